"""What a report says, ready to be laid out: the one view model that every format prints.

Everything here is words, numbers and names; a template decides only where they go. What people typed is plain text, and
each format escapes it.
"""

from typing import NamedTuple


class RatingView(NamedTuple):
    """A rating: its id in the scale, what it is called, and the letter that stands for it."""

    id: str
    label: str
    letter: str


class MeaningView(NamedTuple):
    """What a rating means, for one dimension or (*dimension* is None) for all of them."""

    dimension: str | None
    text: str


class KeyView(NamedTuple):
    """A rating of the plan's key; *undefined* lists the dimensions for which the key does not define it."""

    rating: RatingView
    meanings: tuple[MeaningView, ...]
    undefined: tuple[str, ...]


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
    name: str
    """What it measures."""
    words: str
    """What it measures, baseline, target, the values so far, and which way they move."""
    values: tuple[tuple[str, float], ...]
    """The labels of the periods with a value, and the values; the public sees no small count of people."""
    baseline: float | None
    target: float | None


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
    rating: RatingView | None
    awaited: bool
    """Whether a rating is expected of it and missing."""
    update: tuple[str, ...]
    """Paragraphs; none if there is no update."""
    recovery: tuple[str, ...]
    recovery_by: str | None
    evidence: tuple[EvidenceView, ...]

    @property
    def recovery_words(self) -> str | None:
        """What will be done about it, and by when, as one phrase; None if neither is recorded."""
        plan = " ".join(self.recovery)
        if self.recovery_by:
            return f"{plan or 'no plan recorded'} (by {self.recovery_by})"
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
    part_returned: bool = False
    """Whether it is the rating of some of the leads, and others are awaited."""

    @property
    def mark(self) -> str:
        """What stands after the rating's letter: "!" where it was late, "?" where it was part returned."""
        return "!" if self.late else "?" if self.part_returned else ""


class CellView(NamedTuple):
    """One dimension of one action in the period of the report."""

    action: str
    wording: str
    """What is to be done, in the plan's words."""
    dimension: str
    expected: str
    """What was expected by when; empty if nothing is expected yet."""
    expected_ratings: str
    """The ratings alone, such as "Amber or Blue"; empty if nothing is expected yet."""
    expected_by: str | None
    """The period by which they were first expected."""
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
    leads: tuple[LeadView, ...]
    moderated: ModeratedView | None
    measures: tuple[MeasureView, ...]
    history: tuple[PointView, ...]
    """Every period up to this one."""
    lowered: str | None
    """How the expectation was lowered, while the cell would be behind by the original plan."""
    together: str | None
    """In an agency's own report: how it stands with all leads and the boards' moderation, if that can differ."""
    slips: tuple[str, ...]
    """If it is late, and not for the first time: why, each as a phrase."""
    said: tuple[SaidView, ...]
    late: tuple[SaidView, ...]
    """Those of *said* whose rating makes the cell late."""

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


class ActionView(NamedTuple):
    """An action of the plan; the edition that is signed off has no *cells*."""

    id: str
    wording: str
    leads: tuple[LeadView, ...]
    outcome_measure: tuple[str, ...]
    reporting: str | None
    addresses: tuple[str, ...]
    trajectory: tuple[TrajectoryView, ...]
    """Its own trajectory, if it has one."""
    starts: str | None
    withdrawn: str | None
    """From when it is no longer part of the plan, who decided it and why."""
    contributes_to: tuple[str, ...]
    """For an agency's own action, the ids of the plan's actions that it serves."""
    cells: tuple[CellView, ...]


class ThemeView(NamedTuple):
    """A heading of the plan, and its actions."""

    id: str
    title: str
    actions: tuple[ActionView, ...]


class MissingView(NamedTuple):
    """What one agency still owes."""

    agency: str
    ratings: int
    groups: tuple[tuple[tuple[str, ...], str], ...]
    """The ids of actions that miss the same dimensions, and those dimensions as words."""
    silent: int
    """How many of these ratings have been missing for two periods or more."""
    fault: str | None
    """Why its return could not be read, if it could not."""

    @property
    def silent_words(self) -> str:
        """How many have been missing for long, in brackets after a space: " (2 for two periods or more)"."""
        return f" ({self.silent} for two periods or more)" if self.silent else ""


class CountRow(NamedTuple):
    """How many actions have one rating, for each dimension: now, and in the period before (None in the first).

    What only some of the leads have returned counts under no rating.
    """

    label: str
    """The rating, or "Part returned", "No return" or "Not due yet"."""
    rating: RatingView | None
    counts: tuple[tuple[int, int | None], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Each count with the one of the period before in brackets: "3 (was 2)"."""
        return tuple(f"{now}" if before is None else f"{now} (was {before})" for now, before in self.counts)


class AskView(NamedTuple):
    """What a board was asked; with a *decision*, how it was resolved."""

    id: str
    ask: str
    board: str
    period: str
    """The period whose record holds it."""
    about: str | None
    """The id of an action."""
    decision: str | None
    """Who decided what, and when, as one phrase."""


class GroupView(NamedTuple):
    """Cells that need the board's attention for one reason."""

    id: str
    title: str
    cells: tuple[CellView, ...]
    is_good: bool
    """Whether it is good news."""


class ChallengeView(NamedTuple):
    """What the board may ask one agency."""

    agency: str
    questions: tuple[str, ...]
    """Each as a sentence, with what was answered last time."""


class NoticeView(NamedTuple):
    """What needs the board's attention."""

    asks: tuple[AskView, ...]
    """What is still open."""
    decisions: tuple[AskView, ...]
    """What was decided in the period."""
    amendments: tuple[str, ...]
    """What was changed after the period was closed, each as one sentence without its full stop."""
    withdrawn: tuple[str, ...]
    """The actions that leave the plan in this period, each as one sentence without its full stop."""
    groups: tuple[GroupView, ...]
    """What is behind and what else to notice, the gravest first; none of them is empty."""
    slipped_again: tuple[CellView, ...]
    """The late cells that have `slips`."""
    lowest: RatingView | None
    """The lowest rating of the scale."""
    lowest_as_expected: tuple[tuple[tuple[str, ...], str], ...]
    """Where the rating is the lowest, as expected: ids of actions, and their dimensions as words."""
    missing: tuple[MissingView, ...]
    record_fault: str | None
    """Why the boards' record of the period could not be read, if it could not; then no rating is moderated."""


class AreaView(NamedTuple):
    """An area for improvement, and the ids of the actions that address it."""

    id: str
    summary: str
    addressed_by: tuple[str, ...]


class PlanView(NamedTuple):
    """The plan as agreed, which the governance boards sign."""

    inputs: str | None
    """The digest of the files behind the report, which finds them again in the history."""
    title: str
    partnership: str | None
    collated_by: str | None
    marking: str | None
    inspection: str | None
    inspection_days: str | None
    inspectorates: str | None
    lead_inspectorate: str | None
    introduction: tuple[str, ...]
    governance: tuple[str, ...]
    excellence_introduction: tuple[str, ...]
    excellence: tuple[str, ...]
    boards: tuple[str, ...]
    periods: tuple[tuple[str, str, str | None], ...]
    """Each period's label, its days and the day its returns are due; a report of a period stops at that period."""
    areas: int | None
    areas_source: str | None
    areas_recorded: tuple[AreaView, ...]
    """Those that were written down."""
    dimensions: tuple[str, ...]
    trajectory: tuple[TrajectoryView, ...]
    key: tuple[KeyView, ...]
    themes: tuple[ThemeView, ...]


class SegmentView(NamedTuple):
    """How many actions have one rating in a bar, or none."""

    label: str
    """The rating, or "part returned", "no return" or "not due yet"."""
    letter: str
    number: int
    rating: RatingView | None
    is_part: bool
    """Whether it stands for what only some of the leads have returned."""


class BarView(NamedTuple):
    """How the actions were rated in one dimension and one period."""

    period: str
    expected: str
    """What the plan expects then, such as "Amber or Blue"; empty where it expects nothing."""
    segments: tuple["SegmentView", ...]
    met: int
    """How many are on track or ahead."""
    due: int
    """How many are due."""

    @property
    def words(self) -> str:
        """The bar as a sentence without its full stop: "Q2 2018/19: 3 red, 2 no return; 3 of 5 as expected"."""
        counts = ", ".join(f"{each.number} {each.label.lower()}" for each in self.segments)
        return f"{self.period}: {counts or 'nothing to rate'}; {self.outcome}"

    @property
    def outcome(self) -> str:
        """How many are as expected or better: "3 of 5 as expected"."""
        return f"{self.met} of {self.due} as expected" if self.due else "nothing expected yet"


class ChartView(NamedTuple):
    """How the actions were rated in one dimension, period by period, against what was expected."""

    dimension: str
    bars: tuple[BarView, ...]

    @property
    def words(self) -> str:
        """All that the chart shows, in words."""
        return ". ".join(bar.words for bar in self.bars) + "."


class ReportView(NamedTuple):
    """The report of one period: the collated one for the boards, or an agency's own."""

    plan: PlanView
    edition: str
    """Who it is for, such as "Public edition"."""
    public: bool
    withheld: int
    """How many ratings the public edition leaves out."""
    headline: str
    """How many ratings are due, on track, behind and missing, in a few short sentences."""
    agency: str | None
    """The agency whose own report it is; None in the boards' report of all."""
    audience: tuple[str, ...]
    """The boards it is for."""
    period: str
    period_days: str
    period_before: str | None
    periods: tuple[str, ...]
    """The labels of every period up to this one."""
    charts: tuple[ChartView, ...]
    agencies: tuple[str, ...]
    """The names of the agencies that lead any of its actions."""
    notice: NoticeView
    standings: tuple[tuple[str, str, int], ...]
    """The id of each standing, its words, and how many cells have it."""
    cells: int
    counts: tuple[CountRow, ...]
    revisions: int
    """How many times boards revised what is expected, up to this period."""
    additional: tuple[ThemeView, ...]
    """The agencies' own actions, under the theme of the first action that each serves."""
    challenge: tuple[ChallengeView, ...] = ()
    """The open questions of the period, by agency; none in the public edition."""
