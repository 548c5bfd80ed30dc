"""What each row of a file's tables is: the columns' names, the title of a theme, or an action."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from jtai_plan.exchange.plan_import.document import FoundDocument, FoundTable, TableCell, TableRow, one_line

LEAD = {"lead", "leads", "owner", "owners", "responsible"}
NUMBERED = re.compile(r"theme\s+(\d{1,3})\b\s*[:.)\-–—]*\s*(.*)|(\d{1,2})[:.)]\s+(\S.*)", re.IGNORECASE)
CONTINUED = re.compile(r"\s*\(cont[^()]*\)$", re.IGNORECASE)


class Note(NamedTuple):
    """A sentence about what was not understood."""

    words: str


class Band(NamedTuple):
    """The title of a theme: the actions below it are the theme's."""

    place: str
    title: str
    """Empty where a new sheet begins, and no theme with it."""
    number: int | None = None
    """Where the file gives it one."""
    is_row: bool = False
    """Whether it stands among the rows, and not above them."""


class Entry(NamedTuple):
    """A row about an action; empty where the row says nothing."""

    place: str
    action: str
    lead: str
    outcome: str
    goes_on: bool = False
    """Whether its action is merged with that of the row above."""


Item = Note | Band | Entry


class NoPlanInTables(Exception):
    """No table names the three columns. Who knows the file words it."""


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
        return tuple(one_line(each.text) for each in (self.action, self.lead, self.outcome))


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
    """What the rows of *document* are, in its order. Raises NoPlanInTables."""
    tables = [_ruled(table) for table in document.tables]
    if not any(table.first for table in tables):
        raise NoPlanInTables
    sense = _Sense(tables)
    yield from (Note(each) for each in document.notes)
    for table in tables:
        yield from sense.of(table)


def _ruled(table: FoundTable) -> _Ruled:
    headers = tuple(_header(row, table) for row in table.rows)
    return _Ruled(table, headers, next(filter(None, headers), None))


def _header(row: TableRow, table: FoundTable) -> _Columns | None:
    """The columns that *row* names; None where it does not name an action, a lead and an outcome."""
    kinds: dict[str, TableCell] = {}
    # Of "Action no." and "Action" it is the shorter that is meant.
    for cell in sorted(row.cells, key=lambda cell: len(cell.text.split())):
        kinds.setdefault(_kind(cell.text) or "", cell)
    if not kinds.keys() >= {"action", "lead", "outcome"}:
        return None
    action, lead, outcome = kinds["action"], kinds["lead"], kinds["outcome"]
    others = tuple(cell for cell in row.cells if cell not in (action, lead, outcome))
    return _Columns(action, lead, outcome, others, table.width)


def _kind(heading: str) -> str | None:
    words = set(re.findall(r"[^\W\d_]+", heading.casefold()))
    if words & LEAD:
        return "lead"
    if words & {"outcome", "outcomes"} or ("success" in words and words & {"measure", "measures"}):
        return "outcome"
    return "action" if words & {"action", "actions"} else None


def _band(place: str, text: str, *, is_row: bool) -> Band:
    words = one_line(text)
    matched = NUMBERED.fullmatch(CONTINUED.sub("", words))
    if not matched:
        return Band(place, CONTINUED.sub("", words) or words, None, is_row)
    number, title = (matched[1], matched[2]) if matched[1] else (matched[3], matched[4])
    return Band(place, title or words, int(number), is_row)


class _Sense:
    """The sense of a document's rows, in their order."""

    def __init__(self, tables: Sequence[_Ruled]) -> None:
        self.columns: _Columns | None = None
        self.names: tuple[str, ...] = ()
        """What the three columns were called first."""
        self.told: set[str] = set()
        """The columns of which it was said that they are not read."""
        self.are_bands_plain = any(
            (table.found.heading and _band("", table.found.heading, is_row=False).number is not None)
            or any(self._plainly_a_band(table, at) for at in range(len(table.rows)))
            for table in tables
            if table.first
        )
        """Whether the document has rows that are plainly titles: a text alone in a row is none then by itself."""

    def of(self, table: _Ruled) -> Iterator[Item]:
        """What the rows of *table* are."""
        found = table.found
        if found.heading:
            yield _band(found.place, found.heading, is_row=False)
        goes_on = found.goes_on and self.columns is not None and self.columns.width == found.width
        self.columns = self.columns if goes_on else None
        if not table.first and not goes_on:
            yield from self._not_a_plan(found)
            return
        if goes_on and self._begins_with_actions(table):
            yield Note(
                f"{found.place}: no row above its actions names the columns; those of the table before it were taken."
            )
        if found.sheet is not None:
            yield from self._of_sheet(table, found.sheet)
        for at, row in enumerate(table.rows):
            yield from (Note(each) for each in row.notes)
            if columns := table.headers[at]:
                yield from self._named(row, columns)
            elif self._is_band(table, at):
                yield from self._titled(table, row)
            elif not all(cell.is_from_above for cell in row.cells):
                yield from self._told(row)

    def _of_sheet(self, table: _Ruled, name: str) -> Iterator[Item]:
        """The theme that a sheet begins with: its name's, where no row names one."""
        place = table.found.place
        if name and not any(self._is_band(table, at) for at in range(len(table.rows))):
            yield _band(place, name, is_row=False)
            yield Note(f"{place}: no row names a theme, and the name of the sheet was read as one.")
        else:
            yield Band(place, "")

    def _begins_with_actions(self, table: _Ruled) -> bool:
        above = takewhile(lambda at: not table.headers[at], range(len(table.rows)))
        return any(table.rows[at].cells and not self._is_band(table, at) for at in above)

    def _not_a_plan(self, table: FoundTable) -> Iterator[Item]:
        begins = next((one_line(cell.text) for row in table.rows for cell in row.cells), None)
        if begins is not None:
            yield Note(
                f"{table.place}: no row names the columns of an action, a lead and an outcome, and it was not read. "
                f"It begins '{begins}'."
            )

    def _named(self, row: TableRow, columns: _Columns) -> Iterator[Item]:
        """Take *columns* for those of the rows below."""
        self.columns, self.names = columns, self.names or columns.names
        if [each.casefold() for each in columns.names] != [each.casefold() for each in self.names]:
            words = ", ".join(f"'{each}'" for each in columns.names)
            yield Note(f"{row.place}: it was read as the names of columns, which are now {words}.")
        for other in columns.others:
            name = one_line(other.text)
            if name not in self.told:
                self.told.add(name)
                yield Note(f"{row.place}: the column '{name}' is not read.")

    def _plainly_a_band(self, table: _Ruled, at: int) -> bool:
        """Whether a row has one text, which says "theme", is merged across, or stands above the columns' names."""
        cells = table.rows[at].cells
        if len(cells) != 1 or cells[0].is_from_above:
            return False
        return _says_theme(cells[0]) or self._is_across(table, cells[0]) or table.is_above_names(at)

    def _is_across(self, table: _Ruled, cell: TableCell) -> bool:
        """Whether *cell* covers the column of the actions and more."""
        columns = table.first or self.columns
        return cell.first <= columns.action.last < cell.last if columns else cell.last > cell.first

    def _is_band(self, table: _Ruled, at: int) -> bool:
        """Whether a row is the title of a theme: plainly, or for want of any that is, by its one text."""
        if self._plainly_a_band(table, at):
            return True
        cells, columns = table.rows[at].cells, table.first or self.columns
        if self.are_bands_plain or len(cells) != 1 or cells[0].is_from_above or columns is None:
            return False
        return cells[0].first <= columns.action.last

    def _titled(self, table: _Ruled, row: TableRow) -> Iterator[Item]:
        band = _band(row.place, row.cells[0].text, is_row=True)
        if band.number is None and not self._is_across(table, row.cells[0]):
            yield Note(f"{row.place}: '{band.title}' stands alone in its row, and was read as the title of a theme.")
        yield band

    def _told(self, row: TableRow) -> Iterator[Item]:
        """A row about an action, and what of it is not read."""
        columns = self.columns
        if columns is None:
            words = "', '".join(one_line(cell.text) for cell in row.cells)
            yield Note(f"{row.place}: it stands above the names of the columns, and was not read: '{words}'.")
            return
        said: dict[str, list[TableCell]] = {"action": [], "lead": [], "outcome": []}
        for cell in row.cells:
            kind = next((each for each in said if _covers(getattr(columns, each), cell)), None)
            if kind:
                said[kind].append(cell)
                yield from self._merged(row, columns, kind, cell)
            elif not cell.is_from_above:
                other = next(
                    (f"the column '{one_line(each.text)}'" for each in columns.others if _covers(each, cell)), ""
                )
                where = other or "a column without a name"
                yield Note(f"{row.place}: '{one_line(cell.text)}' stands in {where}, and was not read.")
        for kind, cells in said.items():
            if len(cells) > 1:
                yield Note(f"{row.place}: the {kind} stands in {len(cells)} cells; each was read as a line of it.")
        goes_on = any(cell.is_from_above for cell in said["action"])
        if goes_on:
            said = {kind: [each for each in cells if not each.is_from_above] for kind, cells in said.items()}
        action, lead, outcome = ("\n".join(cell.text for cell in cells) for cells in said.values())
        if action or lead or outcome:
            yield Entry(row.place, action, lead, outcome, goes_on)

    def _merged(self, row: TableRow, columns: _Columns, kind: str, cell: TableCell) -> Iterator[Item]:
        for other in ("action", "lead", "outcome"):
            if other != kind and cell.first < getattr(columns, other).first <= cell.last:
                yield Note(f"{row.place}: the {kind} is merged with the {other}, and was read as the {kind} alone.")


def _says_theme(cell: TableCell) -> bool:
    return bool(re.match(r"theme\s+\d", cell.text, re.IGNORECASE))


def _covers(heading: TableCell, cell: TableCell) -> bool:
    return heading.first <= cell.first <= heading.last
