"""What each row of a file's tables is: the names of the columns, the title of a theme, or an action."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from jtai_plan.exchange.plan_import.columns import NONE, TEXTS, Chosen, Columns, Ruled, ruled, turned
from jtai_plan.exchange.plan_import.document import FoundDocument, FoundTable, TableCell, TableRow, quoted
from jtai_plan.exchange.untrusted import Refused
from jtai_plan.model.text import one_line
from jtai_plan.rules.personal_data.guard import Guard
from jtai_plan.rules.wording import listed

NUMBERED = re.compile(
    r"(?i:theme)\s+(\d{1,3})\b\s*[:.)\-–—]*\s*(.*)|(\d{1,2})[:.)]\s+(\S.*)|((?![QH])[A-Z]\d{1,2})\b[:.)]?\s+(\S.*)"
)
"""The title of a theme with its number, or its reference: "R1 Raise standards"; a quarter or a half-year is none."""
CONTINUED = re.compile(r"\s*\(cont[^()]*\)$", re.IGNORECASE)


class Band(NamedTuple):
    """The title of a theme, to which the actions below it belong."""

    place: str
    title: str
    """Empty if a new sheet begins without a theme."""
    id: str = ""
    """Its reference in the file: "T2" if it is the second theme there, or "R1"."""
    is_row: bool = False
    """Whether it is one of the rows, not a heading above them."""


class Titled(NamedTuple):
    """What stands above the names of the columns and the title of the first theme: the title of the plan."""

    place: str
    title: str


class Entry(NamedTuple):
    """A row about an action. What the row does not say is empty."""

    place: str
    action: str
    lead: str
    outcome: str
    goes_on: bool = False
    """Whether its action is merged with the action of the row above."""
    ref: str = ""
    sponsor: str = ""
    also: tuple[tuple[str, str], ...] = ()
    """The other columns: the name of each, and what it says."""
    recommendation: str = ""
    """What the inspectors or reviewers said that it answers."""
    due: str = ""
    """Which of the other columns says by when, by its name."""
    response: str = ""
    """Which of them says whether the recommendation is agreed."""


class Taken(NamedTuple):
    """Which column was taken for which part."""

    words: str
    parts: Mapping[str, str]
    """The names of the columns, by their parts."""


class Keyed(NamedTuple):
    """A row of two texts in a table that is no plan: perhaps a rating, and what the plan calls it."""

    one: str
    other: str


Item = Keyed | str | Band | Titled | Entry | Taken
"""A text is a note about what was not understood."""


def items(document: FoundDocument, chosen: Chosen) -> Iterator[Item]:
    """What the rows of *document* are, in order. Raises Refused if no table names the column of the actions."""
    tables = [ruled(table, chosen) for table in document.tables]
    if not any(table.first for table in tables):
        # Where other tables have the names above, one with names on the left is about the plan.
        tables = [ruled(turned(table, chosen), chosen) for table in document.tables]
    _refuse_unknown(document, tables, chosen)
    if not any(table.first for table in tables):
        why = "no row of its tables names the columns" if tables else "it has no table that names the columns"
        raise Refused(
            f"{why} of an action and of who leads it, its outcome or its date. Write them in a row above the actions, "
            "or name them: --column action='What we will do'."
        )
    yield from document.notes
    reading = _Reading(tables)
    for table in tables:
        yield from reading.of(table)


def _refuse_unknown(document: FoundDocument, tables: Sequence[Ruled], chosen: Chosen) -> None:
    """Raise Refused if a column that the user *chose* is in none of the *tables*, and say which there are."""
    for part, wanted in chosen.items():
        if wanted.casefold() != NONE and not any(each.first and part in each.first.roles for each in tables):
            guessed = [table.first for each in document.tables if (table := ruled(each, {})).first]
            if names := dict.fromkeys(name for columns in guessed if columns for name in columns.names):
                raise Refused(f"it has no column '{wanted}'. There is {quoted(names)}.")


def _band(place: str, text: str, *, is_row: bool) -> Band:
    words = one_line(text)
    title = CONTINUED.sub("", words)
    if not (matched := NUMBERED.fullmatch(title)):
        return Band(place, title or words, "", is_row)
    number, title = matched[1] or matched[3], matched[2] or matched[4] or matched[6]
    return Band(place, title or words, f"T{int(number)}" if number else matched[5], is_row)


PAIR = 2
_GUARD = Guard()
_OF_CARD = re.compile(r"areas? for improvement|recommendations?|findings?|causes? of concern")
"""How the label begins above what a card of actions answers."""


class _Reading:
    def __init__(self, tables: Sequence[Ruled]) -> None:
        self.columns: Columns | None = None
        self.card: tuple[TableCell, ...] = ()
        """The labels of the row above, if it labels what a card is about."""
        self.recommendation = ""
        """What the cards of this table answer."""
        self.theme = ""
        """What the column of themes said last."""
        self.told: set[str] = set()
        """Which columns play which part, as notes have told."""
        self.has_plain_bands = any(
            (table.found.heading and _band("", table.found.heading, is_row=False).id)
            or any(self._is_plain_band(table, at) for at in range(len(table.rows)))
            for table in tables
            if table.first
        )
        """Whether some rows are plainly titles. If so, a text alone in its row is not one for that reason only."""

    def of(self, table: Ruled) -> Iterator[Item]:
        found = table.found
        if found.heading:
            yield _band(found.place, found.heading, is_row=False)
        goes_on = found.goes_on and self.columns is not None and self.columns.width == found.width
        self.columns = self.columns if goes_on else None
        self.card, self.recommendation = (), self.recommendation if goes_on else ""
        self.theme = self.theme if goes_on else ""
        if not table.first and not goes_on:
            yield from _not_a_plan(found)
            return
        if goes_on and self._begins_with_actions(table):
            yield f"{found.place}: no row above its actions names the columns, so those of the table before were used."
        if found.sheet is not None:
            yield from self._sheet(table, found.sheet)
        below_names = self._band_below_names(table)
        for at, whole in enumerate(table.rows):
            row, notes = _without_personal_data(whole)
            yield from notes
            if columns := table.headers[at]:
                yield from self._header(row, columns)
            elif self._is_band(table, at):
                yield from self._title(table, row) if at > below_names else [Titled(row.place, row.cells[0].text)]
            elif at and table.headers[at - 1] and _explains(row):
                words = "', '".join(one_line(cell.text) for cell in row.cells)
                yield f"{row.place}: this row explains the columns and was not read: '{words}'."
            elif not all(cell.is_from_above for cell in row.cells):
                yield from self._entry(row)

    def _band_below_names(self, table: Ruled) -> int:
        """Up to which row titles are those of the plan: to the names of the columns, if a theme begins right below."""
        names = next((at for at, columns in enumerate(table.headers) if columns), len(table.rows))
        below = next((at for at in range(names + 1, len(table.rows)) if table.rows[at].cells), None)
        return names if below is not None and self._is_band(table, below) else -1

    def _sheet(self, table: Ruled, name: str) -> Iterator[Item]:
        """The theme that a sheet begins with: the sheet's name, unless a row names a theme."""
        place = table.found.place
        if name and not any(self._is_band(table, at) for at in range(len(table.rows))):
            yield _band(place, name, is_row=False)
            yield f"{place}: no row names a theme, so the name of the sheet was read as one."
        else:
            yield Band(place, "")

    def _begins_with_actions(self, table: Ruled) -> bool:
        above = takewhile(lambda at: not table.headers[at], range(len(table.rows)))
        return any(table.rows[at].cells and not self._is_band(table, at) for at in above)

    def _header(self, row: TableRow, columns: Columns) -> Iterator[Item]:
        """Take *columns* for the rows below."""
        self.columns = columns
        if columns.words not in self.told:
            yield Taken(f"{row.place}: {columns.words}.", columns.parts)
        self.told.add(columns.words)

    def _is_plain_band(self, table: Ruled, at: int) -> bool:
        """Whether a row has one text, which says "theme", is merged across, or stands above the columns' names."""
        cells = table.rows[at].cells
        if len(cells) != 1 or cells[0].is_from_above:
            return False
        says_theme = re.match(r"theme\s+\d", cells[0].text, re.IGNORECASE)
        return bool(says_theme) or self._is_across(table, cells[0]) or table.is_above_names(at)

    def _is_across(self, table: Ruled, cell: TableCell) -> bool:
        """Whether *cell* covers the column of the actions and more."""
        columns = table.first or self.columns
        return cell.first <= columns.action.last < cell.last if columns else cell.last > cell.first

    def _is_band(self, table: Ruled, at: int) -> bool:
        """Whether a row is the title of a theme: plainly, or by its one text if no row is one plainly."""
        if self._is_plain_band(table, at):
            return True
        cells, columns = table.rows[at].cells, table.first or self.columns
        if self.has_plain_bands or len(cells) != 1 or cells[0].is_from_above or columns is None:
            return False
        return cells[0].first <= columns.action.last

    def _title(self, table: Ruled, row: TableRow) -> Iterator[Item]:
        band = _band(row.place, row.cells[0].text, is_row=True)
        if not band.id and not self._is_across(table, row.cells[0]):
            yield f"{row.place}: '{band.title}' is alone in its row, so it was read as the title of a theme."
        yield band

    def _entry(self, row: TableRow) -> Iterator[Item]:
        """A row about an action, and notes on what is not read in it."""
        columns = self.columns
        if columns is None:
            yield from self._above_names(row)
            return
        said, also = columns.said_in(row)
        yield from _merged(row, columns, said)
        goes_on = any(cell.is_from_above for cell in said["action"])
        words = {
            kind: "\n".join(cell.text for cell in cells if not (goes_on and cell.is_from_above))
            for kind, cells in said.items()
        }
        theme = words.pop("theme")
        if theme and theme != self.theme:
            yield _band(row.place, theme, is_row=True)
        self.theme = theme or self.theme
        if [kind for kind, said in words.items() if said] == ["recommendation"] and not also:
            # Alone in its row, it is what the actions below answer.
            self.recommendation = words["recommendation"]
        elif any(words.values()) or also:
            self.recommendation = "" if words["recommendation"] else self.recommendation
            words["ref"] = one_line(words["ref"]).rstrip(" .:)")
            words["sponsor"] = one_line(words["sponsor"])
            words["recommendation"] = words["recommendation"] or self.recommendation
            names = {kind: columns.name_of(cell) for kind, cell in columns.roles.items() if kind not in TEXTS}
            yield Entry(row.place, goes_on=goes_on, also=tuple(also.items()), **words, **names)

    def _above_names(self, row: TableRow) -> Iterator[Item]:
        """A row above the names of the columns: what a card is about, and what is not read."""
        beside = self._beside_card(row)
        if self.card:
            yield Taken(f"{row.place}: recommendation = '{one_line(self.card[0].text)}'.", {})
        if beside:
            words = "', '".join(one_line(cell.text) for cell in beside)
            yield f"{row.place}: this row is above the names of the columns and was not read: '{words}'."

    def _beside_card(self, row: TableRow) -> Sequence[TableCell]:
        """The cells of *row*, above the names of the columns, that do not say what the actions below answer."""
        if self.card:
            label, self.card = self.card[0], ()
            said = [cell for cell in row.cells if cell.begins_in(label)]
            self.recommendation = "\n".join(cell.text for cell in said)
            return [cell for cell in row.cells if cell not in said]
        if _OF_CARD.match(row.cells[0].text.casefold()) and all(each.text.endswith(":") for each in row.cells):
            self.card = row.cells
            return row.cells[1:]
        return row.cells


def _without_personal_data(row: TableRow) -> tuple[TableRow, tuple[str, ...]]:
    """*row* with a … for each address, telephone number and the like, and its notes."""
    cells, found = [], dict[str, None]()
    for cell in row.cells:
        found |= dict.fromkeys(each.kind for each in _GUARD.certain(cell.text))
        cells.append(cell._replace(text=_GUARD.masked(cell.text)))
    if not found:
        return row, row.notes
    verb = "was" if len(found) == 1 else "were"
    note = f"{row.place}: {listed(found)} {verb} left out, and … stands there. Git keeps what is committed for ever."
    return row._replace(cells=tuple(cells)), (*row.notes, note)


def _merged(row: TableRow, columns: Columns, said: Mapping[str, Sequence[TableCell]]) -> Iterator[Item]:
    """Notes about the parts of *row* that are merged with others, or stand in several cells."""
    for kind, cells in said.items():
        for cell in cells:
            for each, column in columns.roles.items():
                if each != kind and cell.first < column.first <= cell.last:
                    yield f"{row.place}: the {kind} is merged with the {each}, so it was read as the {kind} only."
        if len(cells) > 1:
            yield f"{row.place}: the {kind} is in {len(cells)} cells; each was read as one line."


def _explains(row: TableRow) -> bool:
    """Whether *row* asks what each column is about, below the names of the columns."""
    return sum(cell.text.endswith("?") for cell in row.cells) > 1


def _not_a_plan(table: FoundTable) -> Iterator[Item]:
    if said := [cell.text for row in table.rows for cell in row.cells if not cell.is_from_above]:
        yield f"{table.place}: no row names the columns of an action plan, so it was not read: {quoted(said)}."
    for row in table.rows:
        if len(row.cells) == PAIR:
            yield Keyed(*(one_line(cell.text) for cell in row.cells))
