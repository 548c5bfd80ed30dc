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
        "outcome": r"outcomes?|success (?:measures?|criteria)|measures? of success|objective|impact",
        "lead": r"leads?|owners?|responsible|responsibility|accountable|by whom|who",
        "action": r"actions?|what (?:will|we will) .*do|what will it do|key activit(?:y|ies)|activit(?:y|ies)|tasks?",
        "recommendation": r"recommendations?",
    }.items()
}
"""What the columns of an action plan are called. The roles come in the order in which a name is tried against them."""
_NOT_A_ROLE = re.compile(
    r"\b(?:actions? taken|rag|status|date|dated?|when|timescales?|deadlines?|completed|completion|progress|evidence|"
    r"comments?|response|resources?|agreed|scope|joint plan outcome|how)\b"
)
"""What is in the name of a column that plays none of these roles, whatever else is in it."""
_ANSWERS = re.compile(
    r"(?=.*\b(?:agree|accept|reject))(?:(?:\d+|agreed?|accept(?:ed)?|reject(?:ed)?|fully|partly|partially|in part|not|"
    r"or|and|yes|no|y|n|recommendations?|decision)\b|\W)+"
)
"""What a column is called that says whether a recommendation is agreed, and nothing else."""
OF_PROGRESS = re.compile(
    r"\b(?:progress|status|rag|brag|update|commentary|comments?|achievements?|assessment)\b", re.IGNORECASE
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

    def shades(self, row: TableRow) -> Iterator[tuple[str, str]]:
        """The columns of progress whose cells in *row* are shaded, unlike that of the action; each with its colour."""
        for column in self.others:
            colour = row.shades.get(column.first)
            if colour and colour != row.shades.get(self.action.first) and OF_PROGRESS.search(column.text):
                yield self.name_of(column), colour


TEXTS = ("action", "lead", "outcome", "ref", "sponsor", "recommendation")
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
    for row in table.rows:
        columns = _header(row, table, chosen) if first is None or _repeats(row, first) else None
        first = first or columns
        headers.append(columns)
    return Ruled(table, tuple(headers), first)


def _repeats(row: TableRow, first: Columns) -> bool:
    """Whether *row* names most of the columns that the *first* header names. A body row may say "action plan"."""
    names = {each.casefold() for each in first.names}
    said = {one_line(cell.text).casefold() for cell in row.cells}
    return len(said & names) * 2 > len(names)


_LONGEST = 60
"""Characters in the name of the column of the actions: a longer text is what a row says."""
_LONGEST_REF = 3
"""Words in the name of the column of references: "Reason for no further action" is none."""
_DATED = re.compile(r"\b(?:dates?|when|timescales?|deadlines?|status|rag|progress|achievements?)\b")


def _header(row: TableRow, table: FoundTable, chosen: Chosen) -> Columns | None:
    """The columns that *row* names; None if it does not name an action and something that is said of actions."""
    roles: dict[str, TableCell] = {}
    # Between "Action no." and "Action", the shorter is meant.
    for cell in sorted(row.cells, key=lambda cell: len(cell.text.split())):
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


def _role(cell: TableCell, chosen: Chosen) -> str | None:
    """The part that the column named by *cell* plays: as the user *chose*, or as the field calls such columns."""
    words = one_line(cell.text).casefold()
    for role, wanted in chosen.items():
        if wanted.casefold() in (words, str(cell.first + 1)):
            return role
    name = re.sub(r"^\d+\.\s*", "", words)
    for role, is_called_so in (("due", is_of_due_days(name)), ("response", _ANSWERS.fullmatch(name))):
        if is_called_so and role not in chosen:
            return role
    if _NOT_A_ROLE.search(words):
        return None
    roles = (role for role, pattern in ROLES.items() if role not in chosen and pattern.search(name))
    return next((role for role in roles if role != "ref" or len(name.split()) <= _LONGEST_REF), None)
