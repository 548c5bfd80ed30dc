"""What a report says of one cell: its rating, what was expected, what was said, and how it came to that."""

from typing import NamedTuple


class RatingView(NamedTuple):
    """A rating: its id in the scale, what it is called, and the letter that stands for it."""

    id: str
    label: str
    letter: str


class TrajectoryView(NamedTuple):
    """What the plan expects of one dimension, for each period in which that changes."""

    dimension: str
    steps: tuple[tuple[str, str], ...]
    """The period, and the ratings as words."""


class EvidenceView(NamedTuple):
    """What shows that a rating is right."""

    what: str
    where: str | None
    dated: str | None

    @property
    def words(self) -> str:
        """The evidence as one phrase, such as "Audit; shared drive; 14 September 2018"."""
        return "; ".join(filter(None, (self.what, self.where, self.dated)))


class MeasureView(NamedTuple):
    """A measure that an agency chose to report."""

    agency: str
    action: str
    dimension: str
    name: str
    """What it measures, and its unit."""
    words: str
    """What it measures, baseline, target, the values so far, and which way they move."""
    values: tuple[tuple[str, float], ...]
    """The labels of the periods with a value, and the values; the public sees no small count of people."""
    baseline: float | None
    target: float | None
    baseline_words: str
    """The baseline as people write it; "c" where the public may not see it; empty if there is none."""
    target_words: str
    """The targets, each with the period in which it is due: "40 by Q4 2018/19"."""
    values_words: str
    """The values so far: "61 in Q2 2018/19, 64 in Q3 2018/19", or "no value reported yet"."""
    direction: str
    """Which way the last value moved, and whether the target is met: "moving the right way; target met"."""


class LeadView(NamedTuple):
    """Who leads an action."""

    agency: str
    name: str | None
    role: str | None
    term: str | None
    """When it leads, in the plan as agreed: "from Q3 2018/19"; None if it always does."""

    @property
    def words(self) -> str:
        """The lead as one phrase, such as "Jason Hendy, Essex Police"."""
        officer = f"{self.name} ({self.role})" if self.name and self.role else self.name or self.role
        return ", ".join(filter(None, (officer, self.agency, self.term)))


class SaidView(NamedTuple):
    """What one lead agency returned for a cell; *rating* is None if it returned none."""

    agency: str
    short: str
    """The agency's short name, or else its name."""
    rating: RatingView | None
    awaited: bool
    """Whether a rating is expected of it and missing."""
    carried: str | None
    """The earlier period from which its rating stands, if it has not rated in this one."""
    update: tuple[str, ...]
    """Paragraphs; none if there is no update."""
    recovery: tuple[str, ...]
    recovery_by: str | None
    gone_by: bool
    """Whether the day of recovery is no later than the last day of the period."""
    evidence: tuple[EvidenceView, ...]

    @property
    def note(self) -> str:
        """What stands after its rating: "awaited", "as rated in Q3 2018/19", or nothing."""
        return "awaited" if self.awaited else f"as rated in {self.carried}" if self.carried else ""

    @property
    def recovery_words(self) -> str | None:
        """What will be done about it, and by when, as one phrase; None if neither is recorded."""
        plan = " ".join(self.recovery)
        if self.recovery_by:
            return f"{plan or 'no plan recorded'} (by {self.recovery_by}{', gone by' if self.gone_by else ''})"
        return plan or None


class ModeratedView(NamedTuple):
    """The boards' rating, which replaces the agencies'."""

    reason: str
    board: str
    on: str | None
    minute: str | None
    direction: str | None = None
    """What it did to the agencies' rating: "lowered from amber"."""

    @property
    def words(self) -> str:
        """Who decided it, when, to what effect and why: "The LSCB, 20 January 2019, lowered from amber: why"."""
        minute = f"minute {self.minute}" if self.minute else None
        return f"{', '.join(filter(None, (self.board, self.on, minute, self.direction)))}: {self.reason}"


class PointView(NamedTuple):
    """A cell in one period of its history."""

    period: str
    rating: RatingView | None
    expected: str
    """The letters of the ratings that were expected, such as "A/B"; empty if nothing was."""
    late: bool
    """Whether the rating was behind or unranked."""
    withheld: bool
    """Whether the rating is left out of the public edition."""
    part_returned: bool
    """Whether it is the rating of some of the leads, and others are awaited."""
    letter: str
    """What stands for the rating: its letter, "–" where none was returned, "·" where none was due; "w" if withheld."""
    mark: str
    """What stands after that letter: "!" where it was late, "?" where it was part returned, "=" carried."""


class CellView(NamedTuple):
    """One dimension of one action in the period of the report."""

    action: str
    dimension: str
    expected_ratings: str
    """The ratings alone, such as "Amber or Blue"; empty if nothing is expected yet."""
    expected_words: str
    """The same with the time: "Amber or Blue expected by Q3 2018/19", or "Nothing expected yet"."""
    rating: RatingView | None
    standing: str
    """The id of its standing, such as "on-track"."""
    standing_words: str
    """The standing, and for how long: "behind for 2 periods"."""
    revised: str | None
    """If a board revised what is expected: how the rating stands against both, who decided it and why."""
    movement: str | None
    """The id of its movement, such as "improved"."""
    movement_words: str
    """The movement in words: "improved from red"."""
    moderated: ModeratedView | None
    history: tuple[PointView, ...]
    """Every period up to this one."""
    lowered: str | None
    """How the expectation was lowered, while the cell would be behind by the original plan."""
    together: str | None
    """In an agency's own report: how it stands with all leads and the boards' moderation, if that can differ."""
    slips: tuple[str, ...]
    """If it is late, and not for the first time: why, each as a phrase."""
    said: tuple[SaidView, ...]

    @property
    def history_words(self) -> str:
        """Its ratings so far as one phrase: "Red in Q2 2018/19; Amber in Q3 2018/19 to Q4 2018/19"."""
        spells: list[tuple[str, str, str]] = []
        for point in self.history:
            said = "Withheld" if point.withheld else point.rating.label if point.rating else "No rating"
            said += ", part returned" if point.part_returned else ""
            if spells and spells[-1][0] == said:
                spells[-1] = (said, spells[-1][1], point.period)
            else:
                spells.append((said, point.period, point.period))
        return "; ".join(
            f"{said} from {first} to {last}" if last != first else f"{said} in {first}" for said, first, last in spells
        )


class PromisedView(NamedTuple):
    """What agencies will do about a cell that is late, and by when."""

    agencies: str
    """Their short names; empty where only one answers for the cell."""
    what: str
    by: str
    """The day, and whether it has gone by; or that none is given."""

    @property
    def words(self) -> str:
        """The promise as one phrase: "LSCB, CSP: repeat the sample, by 30 June 2019 (gone by)"."""
        return f"{f'{self.agencies}: ' if self.agencies else ''}{self.what}, {self.by}"


class BehindView(NamedTuple):
    """A cell that is behind, in a row: what a board asks about it first."""

    action: str
    dimension: str
    wording: str
    rating: RatingView | None
    expected: str
    """What was expected: "Blue expected"."""
    by_board: bool
    """Whether the rating is the boards' own."""
    behind_for: str
    """For how long it has been late: "3 periods", or "new"."""
    agencies: str
    """The short names of the agencies whose ratings make it late; of all leads, if the boards' own rating does."""
    promised: tuple[PromisedView, ...]
    """What will be done; agencies that promise the same stand together."""
    slipped: str
    """If it is not late for the first time: why, in a few words: "missed 30 September 2018"."""

    @property
    def rated_words(self) -> str:
        """The rating beside what was expected: "Red; Blue expected", and whether the boards gave it."""
        label = self.rating.label if self.rating else "No rating"
        return f"{label}; {self.expected}{', rated by the board itself' if self.by_board else ''}"
