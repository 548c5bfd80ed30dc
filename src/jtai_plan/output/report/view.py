"""What a report says, ready to be laid out: the one view model that every format prints.

Everything here is words, numbers and names; a template decides only where they go. Text that people typed is text: each
format escapes it for where it lands.
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
    """A rating of the plan's key; dimensions to which the key gives no meaning are in *undefined*."""

    rating: RatingView
    meanings: tuple[MeaningView, ...]
    undefined: tuple[str, ...]


class TrajectoryView(NamedTuple):
    """What the plan expects of one dimension, for each period in which the expectation changes."""

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
    """What it measures, baseline, target, the values so far, and which way they go."""
    values: tuple[tuple[str, float], ...]
    """The periods with a value, by their labels, and the values; in public no small count of people."""
    baseline: float | None
    target: float | None


class LeadView(NamedTuple):
    """Who leads an action."""

    agency: str
    name: str | None
    role: str | None
    term: str | None
    """In the plan as agreed, when it leads: "from Q3 2018/19"; None where it always does."""

    @property
    def words(self) -> str:
        """The lead as one phrase, such as "Jason Hendy, Essex Police"."""
        officer = f"{self.name} ({self.role})" if self.name and self.role else self.name or self.role
        return ", ".join(filter(None, (officer, self.agency, self.term)))


class SaidView(NamedTuple):
    """What one lead agency returned for a cell; *rating* is None where it returned none."""

    agency: str
    rating: RatingView | None
    awaited: bool
    """Whether a rating was expected of it, and is not there."""
    update: tuple[str, ...]
    """Paragraphs; none where no update was recorded."""
    recovery: tuple[str, ...]
    recovery_by: str | None
    evidence: tuple[EvidenceView, ...]

    @property
    def recovery_words(self) -> str | None:
        """What will be done about it, and by when, as one phrase; None where neither is recorded."""
        plan = " ".join(self.recovery)
        if self.recovery_by:
            return f"{plan or 'no plan recorded'} (by {self.recovery_by})"
        return plan or None


class ModeratedView(NamedTuple):
    """The boards' rating in place of the agencies'."""

    reason: str
    board: str
    on: str | None
    minute: str | None

    @property
    def words(self) -> str:
        """Who decided it and when, and why: "Southend LSCB, 20 January 2019, minute 7.3: no evidence was seen"."""
        minute = f"minute {self.minute}" if self.minute else None
        return f"{', '.join(filter(None, (self.board, self.on, minute)))}: {self.reason}"


class PointView(NamedTuple):
    """A cell in one period of its history."""

    period: str
    rating: RatingView | None
    expected: str
    """The letters of the ratings that were expected, such as "A/B"; empty where nothing was."""
    late: bool
    """Whether the rating stood behind or unranked."""
    withheld: bool
    """Whether the rating is not for the public."""


class CellView(NamedTuple):
    """One dimension of one action in the period of the report."""

    action: str
    wording: str
    """What is to be done, in the plan's words."""
    dimension: str
    expected: str
    """What was expected by when; empty where nothing is expected yet."""
    expected_ratings: str
    """The ratings alone, such as "Amber or Blue"; empty where nothing is expected yet."""
    expected_by: str | None
    """The period by which they were first expected."""
    rating: RatingView | None
    standing: str
    """The id of its standing, such as "on-track"."""
    standing_words: str
    """The standing, and how late: "behind, late by 2 periods"."""
    revised: str | None
    """Where a board revised what is expected: how the rating stands against both, and who decided it and why."""
    movement: str | None
    """The id of its movement, such as "improved"."""
    movement_words: str
    """The movement in words: "improved from red"."""
    leads: tuple[LeadView, ...]
    moderated: ModeratedView | None
    measures: tuple[MeasureView, ...]
    history: tuple[PointView, ...]
    """Every period up to this one."""
    slips: tuple[str, ...]
    """Where it is late, and not for the first time, why: each a phrase."""
    said: tuple[SaidView, ...]
    late: tuple[SaidView, ...]
    """Of those, whose rating makes the cell stand late."""

    @property
    def history_words(self) -> str:
        """Its ratings so far as one phrase: "Red in Q2 2018/19; Amber in Q3 2018/19 to Q4 2018/19"."""
        spells: list[tuple[str, str, str]] = []
        for point in self.history:
            said = "Withheld" if point.withheld else point.rating.label if point.rating else "No rating"
            if spells and spells[-1][0] == said:
                spells[-1] = (said, spells[-1][1], point.period)
            else:
                spells.append((said, point.period, point.period))
        return "; ".join(f"{said} in {first}{f' to {last}' if last != first else ''}" for said, first, last in spells)


class ActionView(NamedTuple):
    """An action of the plan; without *cells* in the edition that is signed off."""

    id: str
    wording: str
    leads: tuple[LeadView, ...]
    outcome_measure: tuple[str, ...]
    reporting: str | None
    addresses: tuple[str, ...]
    trajectory: tuple[TrajectoryView, ...]
    """Its own trajectory, where it has one."""
    starts: str | None
    withdrawn: str | None
    """From when on it is no longer part of the plan, who decided it and why."""
    contributes_to: tuple[str, ...]
    """For an agency's own action, the ids of those of the plan that it serves."""
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
    """The ids of actions of which the same is owed, with the dimensions as words."""
    fault: str | None
    """Why its return could not be read, where it could not."""


class CountRow(NamedTuple):
    """How many actions have one rating, for each dimension: now, and in the period before (None in the first)."""

    label: str
    rating: RatingView | None
    """None for the row of those without a rating."""
    counts: tuple[tuple[int, int | None], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Each count with that of the period before in brackets: "3 (was 2)"."""
        return tuple(f"{now}" if before is None else f"{now} (was {before})" for now, before in self.counts)


class AskView(NamedTuple):
    """What a board was asked; with a *decision*, how it was resolved."""

    id: str
    ask: str
    board: str
    period: str
    """The period in whose record it was asked."""
    about: str | None
    """The id of an action."""
    decision: str | None
    """Who decided what, and when, as one phrase."""


class NoticeView(NamedTuple):
    """What the board is asked to notice."""

    asks: tuple[AskView, ...]
    """What is still open."""
    decisions: tuple[AskView, ...]
    """What was decided in the period."""
    amendments: tuple[str, ...]
    """What was changed after the period was closed, each as one sentence without its full stop."""
    newly_behind: tuple[CellView, ...]
    still_behind: tuple[CellView, ...]
    back_on_track: tuple[CellView, ...]
    slipped_again: tuple[CellView, ...]
    """Those late cells that have `slips`."""
    lowest: RatingView | None
    """The lowest rating of the scale."""
    lowest_as_expected: tuple[tuple[tuple[str, ...], str], ...]
    """Where the rating is the lowest, and was expected to be: ids of actions, with the dimensions as words."""
    missing: tuple[MissingView, ...]
    record_fault: str | None
    """Why the boards' record of the period could not be read, where it could not: nothing stands as moderated."""


class AreaView(NamedTuple):
    """An area for improvement, and the ids of the actions that address it."""

    id: str
    summary: str
    addressed_by: tuple[str, ...]


class PlanView(NamedTuple):
    """The plan as agreed: what the governance boards sign."""

    inputs: str | None
    """The digest of the files that the report is made from, by which they are found again in the history."""
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
    """Each period's label, its days, and the day on which its returns are due; in a report of a period, up to it."""
    areas: int | None
    areas_source: str | None
    areas_recorded: tuple[AreaView, ...]
    """Those of them that were written down."""
    dimensions: tuple[str, ...]
    trajectory: tuple[TrajectoryView, ...]
    key: tuple[KeyView, ...]
    themes: tuple[ThemeView, ...]


class BarView(NamedTuple):
    """How the actions were rated in one dimension and one period."""

    period: str
    expected: str
    """What the plan expects then, such as "Amber or Blue"; empty where it expects nothing."""
    segments: tuple[tuple[RatingView | None, int], ...]
    """How many actions have each rating, of those that any has; None is no rating."""
    met: int
    """How many stand where they were expected, or better."""
    due: int
    """Of how many something was expected."""

    @property
    def words(self) -> str:
        """The bar as a sentence without its full stop: "Q2 2018/19: 3 red, 2 no rating; 3 of 5 as expected"."""
        counts = ", ".join(f"{n} {rating.label.lower() if rating else 'no rating'}" for rating, n in self.segments)
        return f"{self.period}: {counts or 'nothing to rate'}; {self.outcome}"

    @property
    def outcome(self) -> str:
        """How many stand as expected: "3 of 5 as expected"."""
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
    """Whom it is for, such as "Public edition"."""
    public: bool
    withheld: int
    """How many actions and dimensions are left out, as they are not for the public."""
    headline: str
    """What stands behind and what is missing, in one or two sentences."""
    agency: str | None
    """Whose own report it is; None for the boards' report of all."""
    audience: tuple[str, ...]
    """The boards it is for."""
    period: str
    period_days: str
    period_before: str | None
    periods: tuple[str, ...]
    """The labels of every period up to this one."""
    charts: tuple[ChartView, ...]
    agencies: tuple[str, ...]
    """The names of those that lead any of its actions."""
    notice: NoticeView
    standings: tuple[tuple[str, str, int], ...]
    """The id of each standing, its words, and how many cells have it."""
    cells: int
    counts: tuple[CountRow, ...]
    revisions: int
    """How many times a board revised what is expected, up to this period."""
    additional: tuple[ThemeView, ...]
    """The agencies' own actions, under the theme of the first action that each contributes to."""
