"""Which columns of a table play which part, by what the field calls them or as the user says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jtai_plan.exchange.plan_import.dates import is_of_due_days
from jtai_plan.exchange.plan_import.document import FoundTable, TableCell, TableRow
from jtai_plan.model.text import one_line

ROLES: Mapping[str, re.Pattern[str]] = {
    role: re.compile(rf"\b(?:{words})\b")
    for role, words in {
        "ref": r"ref|refs|reference|references|no|number|num|id",
        "sponsor": r"sponsor|sro|executive lead|executive sponsor|monitored by|monitoring|senior responsible",
        "outcome": r"outcomes?|success (?:measures?|criteria)|measures? of success|objectives?|impact",
        "lead": (
            r"leads?|owners?|responsible|responsibility|accountable|whom?|agency|agencies|organisations?|partners?"
        ),
        "action": (
            r"actions?|what (?:will|we will|(?:we )?needs? to|should|must|are we going to) .*(?:do|done|happen)|"
            r"activit(?:y|ies)|tasks?|steps?|interventions?|deliverables?"
        ),
        "theme": r"themes?|priorit(?:y|ies)|workstreams?|strands?|pillars?",
        "recommendation": (
            r"recommendations?|findings?|learning (?:points?|themes?)|afi description|must do|should do|concerns?|"
            r"areas? (?:for|of) (?:improvement|development|weakness)"
        ),
    }.items()
}
"""What the columns of an action plan are called. The roles come in the order in which a name is tried against them."""
_QUESTIONS: Mapping[str, re.Pattern[str]] = {
    "outcome": re.compile(
        r"what .*(?:want|hope|aim|need) to (?:achieve|see)|what .*(?:be different|difference|(?:success|good) look)|"
        r"how (?:will|would|do|are) .*(?:know|measure)|how .*measured"
    ),
    "recommendation": re.compile(r"what .*(?:report|inspect\w+|ofsted|estyn|review\w*) .*(?:say|said|find|found)"),
    "action": re.compile(r"how (?:we )?(?:will|are|do|can) .*(?:do|achieve|address|deliver|get|meet|improve)\b"),
}
"""The questions that many plans have for names of columns, by the parts that they ask for."""
_NOT_A_ROLE = re.compile(
    r"\b(?:actions? taken|rag|status|date|dated?|when|timescales?|deadlines?|completed|completion|progress|evidence|"
    r"comments?|updates?|next steps?|response|resources?|agreed(?! .*action)|scope|joint plan outcome|how)\b"
)
"""What is in the name of a column that plays none of these roles, whatever else is in it."""
_ANSWERS = re.compile(
    r"(?=.*\b(?:agree|accept|reject))(?:(?:\d+|agreed?|accept(?:ed)?|reject(?:ed)?|fully|partly|partially|in part|not|"
    r"or|and|yes|no|y|n|recommendations?|decision)\b|\W)+"
)
"""What a column is called that says whether a recommendation is agreed, and nothing else."""
OF_PROGRESS = re.compile(
    r"\b(?:progress|status|rag|brag|update|commentary|comments?|achievements?|assessment|rating|where are we)\b",
    re.IGNORECASE,
)
"""What is in the name of a column that says how far an action is."""


class Columns(NamedTuple):
    """The cells of a header row, by the part that each column plays."""

    roles: Mapping[str, TableCell]
    """By one of KINDS; a plan need not have all of them."""
    others: tuple[TableCell, ...]
    width: int

    @property
    def action(self) -> TableCell:
        """The column of the actions, which every plan has."""
        return self.roles["action"]

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are called, from left to right."""
        cells = sorted((*self.roles.values(), *self.others), key=lambda cell: cell.first)
        return tuple(one_line(each.text) for each in cells)

    @property
    def words(self) -> str:
        """Which column plays which part: "action = 'What we will do', lead = 'Responsible'; kept as it is: 'Cost'"."""
        taken = ", ".join(f"{role} = '{name}'" for role, name in self.parts.items())
        kept = ", ".join(f"'{one_line(cell.text)}'" for cell in self.others)
        return f"{taken}; kept as {'it is' if len(self.others) == 1 else 'they are'}: {kept}" if kept else taken

    @property
    def parts(self) -> Mapping[str, str]:
        """The names of the columns, by the parts that they play."""
        return {role: one_line(cell.text) for role, cell in self.roles.items()}

    def of(self, cell: TableCell) -> str | None:
        """Which part the column plays that *cell* begins in."""
        return next((role for role, column in self.roles.items() if cell.begins_in(column)), None)

    def name_of(self, cell: TableCell) -> str:
        """What the column is called that *cell* begins in, as the action's other columns have it."""
        columns = (*self.others, *self.roles.values())
        column = next((each for each in columns if cell.begins_in(each)), None)
        return (one_line(column.text).rstrip(" :*") or column.text) if column else "A column without a name"

    def said_in(self, row: TableRow) -> tuple[Mapping[str, list[TableCell]], Mapping[str, str]]:
        """The cells of *row* for each of TEXTS, and what all the others say, by the names of their columns."""
        said: dict[str, list[TableCell]] = {kind: [] for kind in TEXTS}
        also: dict[str, str] = {}
        for cell in row.cells:
            if (kind := self.of(cell)) in said:
                said[kind].append(cell)
            else:
                name = self.name_of(cell)
                also[name] = f"{also[name]}\n{cell.text}" if name in also else cell.text
        for name, colour in self._shades(row):
            also[name] = f"{also.get(name, '')} [shaded {colour}]".strip()
        return said, also

    def _shades(self, row: TableRow) -> Iterator[tuple[str, str]]:
        """The columns of progress whose cells in *row* are shaded, unlike that of the action; each with its colour."""
        for column in self.others:
            colour = row.shades.get(column.first)
            if colour and colour != row.shades.get(self.action.first) and OF_PROGRESS.search(column.text):
                yield self.name_of(column), colour


TEXTS = ("action", "lead", "outcome", "ref", "sponsor", "recommendation", "theme")
KINDS = (*TEXTS, "due", "response")
"""The parts that columns play. What the last two say stays with the other columns if it is no day, or no answer."""
Chosen = Mapping[str, str]
"""The columns that the user chose, by their parts: the name of each, its number from 1, or NONE."""
NONE = "none"


class Ruled(NamedTuple):
    """A table, and which of its rows name its columns."""

    found: FoundTable
    headers: tuple[Columns | None, ...]
    """For each row; None for most."""
    first: Columns | None
    """The first of them."""

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows of the table."""
        return self.found.rows

    def is_above_names(self, at: int) -> bool:
        """Whether the next row that says something names columns."""
        below = next((each for each in range(at + 1, len(self.rows)) if self.rows[each].cells), None)
        return below is not None and self.headers[below] is not None


def ruled(table: FoundTable, chosen: Chosen) -> Ruled:
    """*table*, and which of its rows name its columns: the first that does, and those that repeat it."""
    headers: list[Columns | None] = []
    first: Columns | None = None
    for at, row in enumerate(table.rows):
        columns = None
        if first is None:
            columns = _header(row, table, chosen)
        elif headers[-1] and (names := _names_of_two_rows(table.rows[at - 1], row)):
            columns = first = headers[-1] = _header(names, table, chosen) or headers[-1]
        elif _repeats(row, first):
            columns = first
        first = first or columns
        headers.append(columns)
    if first and (plain := _without_degrees(table, first, chosen)) != first:
        headers, first = [each and plain for each in headers], plain
    return Ruled(table, tuple(headers), first)


_DEGREE = re.compile(
    r"(?:very )?(?:high|medium|low|critical|essential|urgent|desirable|must|should|could|[a-e]|p?[1-5])(?:[ /-].*)?"
)


def _without_degrees(table: FoundTable, columns: Columns, chosen: Chosen) -> Columns:
    """*columns*, without a theme where it only says how urgent each action is: "High", "2"."""
    column = columns.roles.get("theme")
    if column is None or "theme" in chosen:
        return columns
    said = [cell.text.casefold() for row in table.rows for cell in row.cells if cell.begins_in(column)]
    if any(not _DEGREE.fullmatch(each) for each in said if each != column.text.casefold()):
        return columns
    roles = {role: cell for role, cell in columns.roles.items() if role != "theme"}
    return columns._replace(roles=roles, others=(*columns.others, column))


def _names_of_two_rows(above: TableRow, row: TableRow) -> TableRow | None:
    """The names of columns in two rows, where *row* parts what is merged in the one *above*; None if it does not.

    A row that names what is merged with the row above, and the parts of what is not, is no action.
    """
    names = []
    for cell in row.cells:
        shared = next((each for each in above.cells if each.first <= cell.first <= cell.last <= each.last), None)
        if shared is None or not (cell.is_from_above or cell.last - cell.first < shared.last - shared.first):
            return None
        text = cell.text if cell.is_from_above else f"{one_line(shared.text)}{SHARED}{one_line(cell.text)}"
        names.append(TableCell(cell.first, cell.last, text))
    return row._replace(cells=tuple(names)) if any(SHARED in each.text for each in names) else None


def turned(table: FoundTable, chosen: Chosen) -> FoundTable:
    """*table* with its rows for columns if it is a card that has the names in its first column; else as it is."""
    titles = [row for row in table.rows if len(row.cells) == 1 and row.cells[0].first < row.cells[0].last]
    labelled = [row for row in table.rows if row.cells and row not in titles]
    if not all(row.cells[0].first == 0 for row in labelled):
        return table
    numbers = [row for row in titles if _OF_CARD.fullmatch(one_line(row.cells[0].text))]
    names = [TableCell(at, at, row.cells[0].text) for at, row in enumerate(labelled)]
    names += [TableCell(len(names) + at, len(names) + at, _REFERENCE) for at in range(len(numbers[:1]))]
    if not _header(TableRow(table.place, tuple(names)), table, chosen):
        return table
    firsts = sorted({cell.first for row in labelled for cell in row.cells[1:]})
    rows = [TableRow(labelled[0].place, tuple(names))]
    for first in firsts:
        cells = [
            TableCell(at, at, cell.text)
            for at, row in enumerate((*labelled, *numbers[:1]))
            for cell in row.cells
            if cell.first == first or (row in numbers and cell.first == 0)
        ]
        rows.append(TableRow(f"{table.place}, column {first + 1}", tuple(cells)))
    above = [row._replace(cells=(row.cells[0]._replace(last=len(names)),)) for row in titles if row not in numbers[:1]]
    notes = tuple(note for row in table.rows for note in row.notes)
    return table._replace(rows=(*above, rows[0]._replace(notes=notes), *rows[1:]), width=len(names))


def _repeats(row: TableRow, first: Columns) -> bool:
    """Whether *row* names most of the columns that the *first* header names. A body row may say "action plan"."""
    names = {part.casefold() for each in first.names for part in (each, *each.split(SHARED))}
    said = {one_line(cell.text).casefold() for cell in row.cells}
    return len(said & names) * 2 > len(first.names)


_OF_CARD = re.compile(
    r"(?:action|recommendation|objective|step|priority)\s+(?:no\.?\s*)?[A-Z]?\d+(?:\.\d+)*[a-z]?", re.IGNORECASE
)
"""The title of a card that is only its number."""
_REFERENCE = "Reference"
SHARED = ": "
"""What stands between a name that several columns share and that of each."""
_LONGEST_NAME = 200
"""Characters in the name of any column."""
_LONGEST = 60
"""Characters in the name of the column of the actions: a longer text is what a row says."""
_LONGEST_REF = 3
"""Words in the name of the column of references: "Reason for no further action" is none."""
_AGENCY = re.compile(r"\b(?:agency|agencies|organisations?)\b")
_OTHERS = re.compile(r"\b(?:partners?|support(?:ing)?|involved|others?|contribut\w+|deputy)\b")
_DATED = re.compile(r"\b(?:dates?|when|timescales?|deadlines?|status|rag|progress|achievements?)\b")


def _header(row: TableRow, table: FoundTable, chosen: Chosen) -> Columns | None:
    """The columns that *row* names; None if it does not name an action and something that is said of actions."""
    roles: dict[str, TableCell] = {}
    for cell in sorted(row.cells, key=_likelihood):
        if role := _role(cell, chosen):
            roles.setdefault(role, cell)
    if "action" not in roles and "recommendation" in roles:
        roles["action"] = roles.pop("recommendation")
    others = tuple(cell for cell in row.cells if cell not in roles.values())
    is_said = bool(roles.keys() & {"lead", "outcome", "due"}) or (bool(chosen) and len(row.cells) > 1)
    is_dated = any(_DATED.search(each.text.casefold()) for each in others)
    if "action" not in roles or not (is_said or is_dated) or (len(roles["action"].text) > _LONGEST and not chosen):
        return None
    return Columns({role: roles[role] for role in KINDS if role in roles}, others, table.width)


def _likelihood(cell: TableCell) -> tuple[int, int]:
    """The least is meant: "Action", not "Action no."; the agency, not its officer, and not those beside them."""
    name = cell.text.casefold()
    return (2 if _OTHERS.search(name) else 0 if _AGENCY.search(name) else 1), len(name.split())


def _role(cell: TableCell, chosen: Chosen) -> str | None:
    """The part that the column named by *cell* plays: as the user *chose*, or as the field calls such columns."""
    words = one_line(cell.text).casefold()
    for role, wanted in chosen.items():
        if wanted.casefold() in (words, words.rpartition(SHARED)[2], str(cell.first + 1)):
            return role
    if len(words) > _LONGEST_NAME:
        return None
    # Below a name that several columns share, each has its own: "Timescale: complete by".
    name = re.sub(r"^\d+\.\s*", "", words.rpartition(SHARED)[2])
    for role, is_called_so in (("due", is_of_due_days(name)), ("response", _ANSWERS.fullmatch(name))):
        if is_called_so and role not in chosen:
            return role
    for role, question in _QUESTIONS.items():
        if question.search(name) and role not in chosen:
            return role
    if name == "#":
        return "ref"
    if _NOT_A_ROLE.search(name):
        return None
    roles = (role for role, pattern in ROLES.items() if role not in chosen and pattern.search(name))
    return next((role for role in roles if role != "ref" or len(name.split()) <= _LONGEST_REF), None)
