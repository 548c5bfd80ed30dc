"""What a rule of `jtai check` is, and how it makes a finding."""

from typing import NamedTuple, TypedDict, Unpack

from jtai_plan.model.finding import Finding, Keys, Severity
from jtai_plan.model.text import cut

LONGEST = 2_000
"""How many characters a message has: it quotes what people wrote, which may be a whole file."""


class About(TypedDict, total=False):
    """What a finding is about, as far as its rule knows."""

    line: int | None
    column: int | None
    agency: str | None
    action: str | None
    dimension: str | None
    measure: str | None
    period: str | None
    answered: str | None


class Rule(NamedTuple):
    """One thing that `jtai check` looks for."""

    id: str
    severity: Severity
    meaning: str
    """When it is found, in a sentence."""
    reason: str
    """Why it exists, with its source."""
    remedy: str
    """How to satisfy it, or to answer it."""
    example: str
    """An excerpt of a file, a message, or a case."""
    answered_in: str | None = None
    """The kind of file in which it may be answered: "plan" or "return"; None if it cannot be."""

    def finding(
        self, message: str, path: str, hint: str | None = None, *, keys: Keys = (), **about: Unpack[About]
    ) -> Finding:
        """A finding of this rule in the file at *path*, at the value that *keys* lead to."""
        message, hint = cut(message, LONGEST), hint and cut(hint, LONGEST)
        return Finding(self.id, self.severity, message, hint, path, keys=keys, **about)
