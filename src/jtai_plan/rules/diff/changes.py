"""What differs between two versions of a plan: frozen values, which `output/diff` puts into words."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import PLAN, Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.rules.judge.trajectory import Standing


class ChangeKind(StrEnum):
    """What a change is a change of."""

    RATING = "rating"
    STANDING = "standing"
    """The rating is the same, but its standing differs, because what is expected of it changed."""
    UPDATE = "update"
    RECOVERY = "recovery"
    EVIDENCE = "evidence"
    MEASURED = "measured"
    """The value of a measure in a return."""
    RESTRICTED = "restricted"
    ANSWER = "answer"
    RETURN = "return"
    """A return was added or removed."""
    PREPARED = "prepared"
    APPROVED = "approved"

    SIGN_OFF = "sign-off"
    COVERAGE = "coverage"
    """The sign-off is the same, but the plan it signed changed; or the approval is, but not the ratings it covers."""
    AGENCY = "agency"
    RENAMED = "renamed"
    """The id of an agency."""
    MEASURE = "measure"

    MODERATED = "moderated"
    ASK = "ask"
    DECISION = "decision"
    PRESENTED = "presented"
    CLOSED = "closed"
    AMENDMENT = "amendment"
    RECORD = "record"
    """A boards' record was added or removed."""

    PLAN = "plan"
    THEME = "theme"
    ACTION = "action"
    LEAD = "lead"
    OFFICER = "officer"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    EXPECTED = "expected"
    PERIOD = "period"
    DIMENSION = "dimension"
    SCALE = "scale"
    BOARD = "board"
    INSPECTION = "inspection"
    AREA = "area"


class Field(NamedTuple):
    """What a key of a plan's files is. The names in braces stand for ids and keys of the change."""

    kind: ChangeKind
    subject: str
    """What the field belongs to, such as "{cell}", an action and dimension in one period."""
    name: str
    """What the field is called, such as "outcome measure"."""


class Change(NamedTuple):
    """One value that differs. *was* and *now* are as the files hold them; None is nothing."""

    field: Field
    path: str
    """The file that holds it, or held it if it is gone."""
    keys: tuple[str, ...]
    """The keys that lead to it within its file, action or rating, such as ("recovery", "by")."""
    was: Any
    now: Any
    rest: tuple[str, ...] = ()
    """Those of *keys* that are not part of the field's pattern."""
    id: str = ""
    agency: str | None = None
    action: str | None = None
    dimension: str | None = None
    period: str | None = None
    standing_was: Standing | None = None
    standing_now: Standing | None = None
    closed: bool = False
    """Whether its period was closed before."""
    reason: Any = None
    """The amendment or revision that made it, what of the plan a sign-off does not cover, or the sign-off itself."""

    @property
    def kind(self) -> ChangeKind:
        """What it is a change of."""
        return self.field.kind

    @property
    def is_of_a_rating(self) -> bool:
        """Whether it changes an agency's rating or its standing."""
        return self.kind in (ChangeKind.RATING, ChangeKind.STANDING)


class State(NamedTuple):
    """The files of a plan at one time: as they were read, and byte for byte."""

    partnership: Partnership | None
    faults: tuple[Finding, ...] = ()
    contents: Mapping[str, bytes] = MappingProxyType({})
    """The files of the plan by path; empty for a file that is a link or too large."""
    revision: str | None = None
    """The hash of the revision; None for the files in the working folder."""


class Unreadable(NamedTuple):
    """A file that cannot be read before, or after."""

    path: str
    is_after: bool
    faults: tuple[Finding, ...]
    other: str
    """What is known of it on the other side: "readable", "unreadable" or "absent"."""


NO_PLAN = Plan.model_construct(title="", periods={}, dimensions={}, scale={}, expected={}, themes=())
"""What a new plan is compared with."""


class Comparison(NamedTuple):
    """Everything that differs between two states of a plan."""

    before: State
    after: State
    was: Partnership
    """The partnership before, with the ids that its agencies have after; empty if there was no plan."""
    now: Partnership
    changes: tuple[Change, ...] = ()
    formatting_only: tuple[str, ...] = ()
    """Files whose bytes differ but whose values do not; line ends alone do not count."""
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether plan.yaml could be read, or is absent, on both sides: otherwise nothing can be compared."""
        return not any(PLAN in state.contents and state.partnership is None for state in (self.before, self.after))
