"""The tables of a file that someone sent: the text of each cell, and its place. What they mean is read later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from jtai_plan.exchange.untrusted import Refused
from jtai_plan.model.text import CONTROLS, one_line

MOST_TITLE = 300
"""Characters in the title of a theme."""
MAX_CHARACTERS = 32_767
"""In a cell: a form could hold no more."""


class TableCell(NamedTuple):
    """A cell that says something."""

    first: int
    """The first column it covers, from 0."""
    last: int
    """The last column it covers, which is the first unless cells are merged."""
    text: str
    """Its lines, without blank lines and extra spaces."""
    is_from_above: bool = False
    """Whether it is merged with the cell above, which says the same."""

    def begins_in(self, column: TableCell) -> bool:
        """Whether it begins in the *column* of another cell."""
        return column.first <= self.first <= column.last


class TableRow(NamedTuple):
    """A row, with those of its cells that say something."""

    place: str
    """Such as "table 2, row 5"."""
    cells: tuple[TableCell, ...]
    notes: tuple[str, ...] = ()
    """What could not be read as it stands, in sentences."""
    shades: Mapping[int, str] = MappingProxyType({})
    """The colours of its cells, red, amber, green or blue, by their first columns. A cell may have one and no words."""


class FoundTable(NamedTuple):
    """A table of a document, or a sheet of a workbook."""

    place: str
    """Such as "table 2" or "sheet 'Plan'"."""
    rows: tuple[TableRow, ...]
    width: int
    """How many columns it has."""
    heading: str | None = None
    """The last heading between it and the table before."""
    sheet: str | None = None
    """The name that someone gave the sheet; empty if Excel gave it, and None in a document."""
    goes_on: bool = False
    """Whether nothing stands between it and the table before."""


class FoundDocument(NamedTuple):
    """All tables of a file."""

    title: str | None
    tables: tuple[FoundTable, ...]
    notes: tuple[str, ...] = ()


MOST_QUOTED = 4_000
"""Characters of what was not read that a note repeats."""


def quoted(texts: Iterable[str]) -> str:
    """*texts* as a note quotes what was not read: all of it, unless it is very long."""
    words = ", ".join(f"'{one_line(each)}'" for each in texts)
    return words if len(words) <= MOST_QUOTED else f"{words[:MOST_QUOTED]} … ({len(words):,} characters)"


def tidy(raw: str) -> tuple[str, bool]:
    """The lines of *raw* without extra spaces, and whether control characters were dropped."""
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", raw)
    kept = [re.sub(f"[{CONTROLS}]", "", line) for line in lines]
    return "\n".join(words for line in kept if (words := one_line(line))), kept != lines


def tidy_line(raw: str) -> str:
    """The text of *raw* on one line."""
    return one_line(tidy(raw)[0])


def read_text(place: str, raw: str) -> tuple[str, tuple[str, ...]]:
    """The text of a cell, and a note if part of it was dropped. Raises Refused if it is too long."""
    if len(raw) > MAX_CHARACTERS:
        raise Refused(f"{place} holds a text of {len(raw):,} characters; the limit is {MAX_CHARACTERS:,}. Shorten it.")
    text, dropped = tidy(raw)
    return text, (f"{place}: control characters were left out of '{one_line(text)}'.",) if dropped else ()
