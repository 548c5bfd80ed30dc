"""What each row of a file's tables is: the names of the columns, the title of a theme, or an action."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from jtai_plan.exchange.plan_import.document import FoundDocument, FoundTable, TableCell, TableRow
from jtai_plan.exchange.untrusted import Refused
from jtai_plan.model.text import one_line

LEAD = {"lead", "leads", "owner", "owners", "responsible"}
NUMBERED = re.compile(r"theme\s+(\d{1,3})\b\s*[:.)\-–—]*\s*(.*)|(\d{1,2})[:.)]\s+(\S.*)", re.IGNORECASE)
CONTINUED = re.compile(r"\s*\(cont[^()]*\)$", re.IGNORECASE)


class Band(NamedTuple):
    """The title of a theme, to which the actions below it belong."""

    place: str
    title: str
    """Empty if a new sheet begins without a theme."""
    number: int | None = None
    """Its number in the file."""
    is_row: bool = False
    """Whether it is one of the rows, not a heading above them."""


class Entry(NamedTuple):
    """A row about an action. What the row does not say is empty."""

    place: str
    action: str
    lead: str
    outcome: str
    goes_on: bool = False
    """Whether its action is merged with the action of the row above."""


Item = str | Band | Entry
"""A text is a note about what was not understood."""


class _Columns(NamedTuple):
    """The cells of a header row."""

    action: TableCell
    lead: TableCell
    outcome: TableCell
    others: tuple[TableCell, ...]
    width: int

    @property
    def names(self) -> tuple[str, ...]:
        """What the three columns are called."""
        return tuple(one_line(each.text) for each in self[:3])

    def of(self, cell: TableCell) -> str | None:
        """Which of the three columns *cell* begins in."""
        return next((kind for kind in KINDS if _begins_in(getattr(self, kind), cell)), None)


KINDS = ("action", "lead", "outcome")


class _Ruled(NamedTuple):
    """A table, and which of its rows name its columns."""

    found: FoundTable
    headers: tuple[_Columns | None, ...]
    """For each row; None for most."""
    first: _Columns | None
    """The first of them."""

    @property
    def rows(self) -> tuple[TableRow, ...]:
        return self.found.rows

    def is_above_names(self, at: int) -> bool:
        """Whether the next row that says something names columns."""
        below = next((each for each in range(at + 1, len(self.rows)) if self.rows[each].cells), None)
        return below is not None and self.headers[below] is not None


def items(document: FoundDocument) -> Iterator[Item]:
    """What the rows of *document* are, in order. Raises Refused if no table names the three columns."""
    tables = [_ruled(table) for table in document.tables]
    if not any(table.first for table in tables):
        why = "no row of its tables names the columns" if tables else "it has no table that names the columns"
        raise Refused(f"{why} of an action, a lead and an outcome. Write them in a row above the actions.")
    yield from document.notes
    reading = _Reading(tables)
    for table in tables:
        yield from reading.of(table)


def _ruled(table: FoundTable) -> _Ruled:
    headers = tuple(_header(row, table) for row in table.rows)
    return _Ruled(table, headers, next(filter(None, headers), None))


def _header(row: TableRow, table: FoundTable) -> _Columns | None:
    """The columns that *row* names; None if it does not name an action, a lead and an outcome."""
    named: dict[str, TableCell] = {}
    # Between "Action no." and "Action", the shorter is meant.
    for cell in sorted(row.cells, key=lambda cell: len(cell.text.split())):
        named.setdefault(_column_of(cell.text) or "", cell)
    if not named.keys() >= set(KINDS):
        return None
    action, lead, outcome = (named[kind] for kind in KINDS)
    others = tuple(cell for cell in row.cells if cell not in (action, lead, outcome))
    return _Columns(action, lead, outcome, others, table.width)


def _column_of(heading: str) -> str | None:
    """Which of the three columns a heading names."""
    words = set(re.findall(r"[^\W\d_]+", heading.casefold()))
    if words & LEAD:
        return "lead"
    if words & {"outcome", "outcomes"} or ("success" in words and words & {"measure", "measures"}):
        return "outcome"
    return "action" if words & {"action", "actions"} else None


def _band(place: str, text: str, *, is_row: bool) -> Band:
    words = one_line(text)
    title = CONTINUED.sub("", words)
    if not (matched := NUMBERED.fullmatch(title)):
        return Band(place, title or words, None, is_row)
    number, title = (matched[1], matched[2]) if matched[1] else (matched[3], matched[4])
    return Band(place, title or words, int(number), is_row)


class _Reading:
    def __init__(self, tables: Sequence[_Ruled]) -> None:
        self.columns: _Columns | None = None
        self.names: tuple[str, ...] = ()
        """What the three columns were called first."""
        self.not_read: set[str] = set()
        """The columns that a note has named as not read."""
        self.has_plain_bands = any(
            (table.found.heading and _band("", table.found.heading, is_row=False).number is not None)
            or any(self._is_plain_band(table, at) for at in range(len(table.rows)))
            for table in tables
            if table.first
        )
        """Whether some rows are plainly titles. If so, a text alone in its row is not one for that reason only."""

    def of(self, table: _Ruled) -> Iterator[Item]:
        found = table.found
        if found.heading:
            yield _band(found.place, found.heading, is_row=False)
        goes_on = found.goes_on and self.columns is not None and self.columns.width == found.width
        self.columns = self.columns if goes_on else None
        if not table.first and not goes_on:
            yield from _not_a_plan(found)
            return
        if goes_on and self._begins_with_actions(table):
            yield f"{found.place}: no row above its actions names the columns, so those of the table before were used."
        if found.sheet is not None:
            yield from self._sheet(table, found.sheet)
        for at, row in enumerate(table.rows):
            yield from row.notes
            if columns := table.headers[at]:
                yield from self._header(row, columns)
            elif self._is_band(table, at):
                yield from self._title(table, row)
            elif not all(cell.is_from_above for cell in row.cells):
                yield from self._entry(row)

    def _sheet(self, table: _Ruled, name: str) -> Iterator[Item]:
        """The theme that a sheet begins with: the sheet's name, unless a row names a theme."""
        place = table.found.place
        if name and not any(self._is_band(table, at) for at in range(len(table.rows))):
            yield _band(place, name, is_row=False)
            yield f"{place}: no row names a theme, so the name of the sheet was read as one."
        else:
            yield Band(place, "")

    def _begins_with_actions(self, table: _Ruled) -> bool:
        above = takewhile(lambda at: not table.headers[at], range(len(table.rows)))
        return any(table.rows[at].cells and not self._is_band(table, at) for at in above)

    def _header(self, row: TableRow, columns: _Columns) -> Iterator[Item]:
        """Take *columns* for the rows below."""
        self.columns, self.names = columns, self.names or columns.names
        if [each.casefold() for each in columns.names] != [each.casefold() for each in self.names]:
            names = ", ".join(f"'{each}'" for each in columns.names)
            yield f"{row.place}: this row was read as the names of the columns, which are now {names}."
        for name in dict.fromkeys(one_line(each.text) for each in columns.others):
            if name not in self.not_read:
                yield f"{row.place}: the column '{name}' was not read."
        self.not_read |= {one_line(each.text) for each in columns.others}

    def _is_plain_band(self, table: _Ruled, at: int) -> bool:
        """Whether a row has one text, which says "theme", is merged across, or stands above the columns' names."""
        cells = table.rows[at].cells
        if len(cells) != 1 or cells[0].is_from_above:
            return False
        says_theme = re.match(r"theme\s+\d", cells[0].text, re.IGNORECASE)
        return bool(says_theme) or self._is_across(table, cells[0]) or table.is_above_names(at)

    def _is_across(self, table: _Ruled, cell: TableCell) -> bool:
        """Whether *cell* covers the column of the actions and more."""
        columns = table.first or self.columns
        return cell.first <= columns.action.last < cell.last if columns else cell.last > cell.first

    def _is_band(self, table: _Ruled, at: int) -> bool:
        """Whether a row is the title of a theme: plainly, or by its one text if no row is one plainly."""
        if self._is_plain_band(table, at):
            return True
        cells, columns = table.rows[at].cells, table.first or self.columns
        if self.has_plain_bands or len(cells) != 1 or cells[0].is_from_above or columns is None:
            return False
        return cells[0].first <= columns.action.last

    def _title(self, table: _Ruled, row: TableRow) -> Iterator[Item]:
        band = _band(row.place, row.cells[0].text, is_row=True)
        if band.number is None and not self._is_across(table, row.cells[0]):
            yield f"{row.place}: '{band.title}' is alone in its row, so it was read as the title of a theme."
        yield band

    def _entry(self, row: TableRow) -> Iterator[Item]:
        """A row about an action, and notes on what is not read in it."""
        columns = self.columns
        if columns is None:
            words = "', '".join(one_line(cell.text) for cell in row.cells)
            yield f"{row.place}: this row is above the names of the columns and was not read: '{words}'."
            return
        said: dict[str, list[TableCell]] = {kind: [] for kind in KINDS}
        for cell in row.cells:
            if kind := columns.of(cell):
                said[kind].append(cell)
                for each in KINDS:
                    if each != kind and cell.first < getattr(columns, each).first <= cell.last:
                        yield f"{row.place}: the {kind} is merged with the {each}, so it was read as the {kind} only."
            elif not cell.is_from_above:
                other = next((each for each in columns.others if _begins_in(each, cell)), None)
                where = f"the column '{one_line(other.text)}'" if other else "a column without a name"
                yield f"{row.place}: '{one_line(cell.text)}' is in {where} and was not read."
        for kind, cells in said.items():
            if len(cells) > 1:
                yield f"{row.place}: the {kind} is in {len(cells)} cells; each was read as one line."
        goes_on = any(cell.is_from_above for cell in said["action"])
        action, lead, outcome = (
            "\n".join(cell.text for cell in cells if not (goes_on and cell.is_from_above)) for cells in said.values()
        )
        if action or lead or outcome:
            yield Entry(row.place, action, lead, outcome, goes_on)


def _not_a_plan(table: FoundTable) -> Iterator[Item]:
    begins = next((one_line(cell.text) for row in table.rows for cell in row.cells), None)
    if begins is not None:
        yield (
            f"{table.place}: no row names the columns of an action, a lead and an outcome, so it was not read. "
            f"It begins '{begins}'."
        )


def _begins_in(column: TableCell, cell: TableCell) -> bool:
    return column.first <= cell.first <= column.last
