"""What `jtai check` finds: an error, or something that a reader of the plan should know."""

from enum import StrEnum
from typing import NamedTuple

from jtai_plan.model.text import one_line

Keys = tuple[str | int, ...]
"""Where a value stands in a file: the keys of mappings and the places in lists."""


class Severity(StrEnum):
    """How severe a finding is, the worst first."""

    ERROR = "error"
    """The files are wrong."""
    BEHIND = "behind"
    """An action is not where the plan expected it to be."""
    MISSING = "missing"
    """Something is owed and has not come."""
    QUERY = "query"
    """Something is worth asking about. An answer settles it."""


class Finding(NamedTuple):
    """One thing found, where it was found, and what to do about it.

    *message* is one sentence without its full stop. *line* and *column* count from 1; they are found from *keys*.
    """

    rule: str
    severity: Severity
    message: str
    hint: str | None
    path: str
    line: int | None = None
    column: int | None = None
    agency: str | None = None
    action: str | None = None
    dimension: str | None = None
    period: str | None = None
    answered: str | None = None
    """Why it stands as it is, in the words of those who were asked."""
    keys: Keys = ()
    measure: str | None = None

    @property
    def sentence(self) -> str:
        """The finding as one line: where, what, and what next."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return one_line(f"{place}: {self.words}")

    @property
    def words(self) -> str:
        """The finding without its place: what, and what next."""
        return f"{self.message}." + (f" {self.hint}" if self.hint else "")
