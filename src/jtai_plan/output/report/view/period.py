"""What the report of a period says: its first page, and everything behind that."""

from typing import NamedTuple

from jtai_plan.output.report.view.cell import BehindView, MeasureView, PointView, RatingView
from jtai_plan.output.report.view.plan import PlanView, ThemeView


class TotalView(NamedTuple):
    """How many of the ratings that are due stand alike; every one of them counts in exactly one total."""

    id: str
    """The id of the standing, such as "part-returned"."""
    label: str
    """The standing in a reader's words, such as "as expected"."""
    number: int
    before: int | None
    """How many there were in the period before; None in the first period."""

    @property
    def words(self) -> str:
        """The total with its change since the period before: "12 as expected (was 10)"."""
        return f"{self.number} {self.label}{'' if self.before is None else f' (was {self.before})'}"


class BarView(NamedTuple):
    """How the actions stood in one dimension and one period."""

    period: str
    expected: str
    """What the plan expects then, such as "Amber or Blue"; empty where it expects nothing."""
    letters: str
    """The letters of what is expected, such as "A/B"."""
    ratings: tuple[tuple[str, int], ...]
    """How many have each rating, and how many have none: the rating's label, "part returned" or "no return"."""
    met: int
    """How many are on track or ahead."""
    part: int
    """How many only some of the leads have returned."""
    due: int
    """How many are due."""

    @property
    def words(self) -> str:
        """The bar as a sentence without its full stop: "Q2 2018/19: 3 of 5 as expected or better (3 red)"."""
        counts = ", ".join(f"{number} {label.lower()}" for label, number in self.ratings)
        expected = f"; {self.expected} expected" if self.expected else ""
        return f"{self.period}: {self.outcome} ({counts or 'nothing to rate'}{expected})"

    @property
    def outcome(self) -> str:
        """How many are as expected or better: "3 of 5 as expected or better, 1 part returned"."""
        part = f", {self.part} part returned" if self.part else ""
        return f"{self.met} of {self.due} as expected or better{part}" if self.due else "nothing expected yet"


class ChartView(NamedTuple):
    """The share of the actions that stood as expected in one dimension, period by period."""

    dimension: str
    bars: tuple[BarView, ...]
    """Every period up to this one; the picture shows the last of them."""

    @property
    def words(self) -> str:
        """All that the chart shows, in words."""
        return ". ".join(bar.words for bar in self.bars) + "."


class AskView(NamedTuple):
    """What a board was asked and has not decided."""

    id: str
    ask: str
    board: str
    about: str | None
    """The id of an action."""
    link: str | None
    """The same, if the report holds that action."""
    owner: str | None
    """The agency that will do it."""
    due: str | None
    """The day by which the board should decide, and whether that has gone by."""
    open_for: str
    """For how long it has been open: "new", or "open for 2 periods"."""

    @property
    def facts(self) -> str:
        """Its owner, due day and age as one phrase: "owner: Police; due 3 May 2022; open for 2 periods"."""
        owner = f"owner: {self.owner}" if self.owner else "no owner named"
        due = f"due {self.due}" if self.due else "no day set"
        return "; ".join((f"to {self.board}", owner, due, self.open_for))


class NoteItemView(NamedTuple):
    """One thing that a note names: the *action* that it leads to, if it is about one, and words."""

    action: str | None
    words: str


class NoteView(NamedTuple):
    """What else a board should know, in a line."""

    id: str
    title: str
    """Such as "Not heard from"."""
    items: tuple[NoteItemView, ...]

    @property
    def words(self) -> str:
        """The items as one phrase."""
        return "; ".join(each.words for each in self.items)


class FirstPageView(NamedTuple):
    """The page that decides: the same in every format, and short."""

    summary: tuple[str, ...]
    """The collator's or chair's own words, as paragraphs; none in the public edition or an agency's own."""
    achievements: tuple[str, ...]
    next: tuple[str, ...]
    headline: str
    """How many ratings are due, as expected, behind and missing, in a few short sentences."""
    totals: tuple[TotalView, ...]
    due: int
    """How many ratings are due: the sum of the totals."""
    due_words: str
    """How many ratings are due and how many are not, and what "was" means, as sentences."""
    charts: tuple[ChartView, ...]
    asks: tuple[AskView, ...]
    """What the board is asked to decide, the oldest first."""
    worst: tuple[BehindView, ...]
    """What is furthest behind, the worst first."""
    rest: tuple[BehindView, ...]
    """What else is behind."""
    notes: tuple[NoteView, ...]
    """What else to know, a line each; none of them is empty."""
    legend: tuple[str, ...]
    """What every word above means."""


class MatrixRowView(NamedTuple):
    """One action in the matrix."""

    id: str
    wording: str
    cells: tuple[tuple[str, tuple[PointView, ...]] | None, ...]
    """For each dimension: the earlier periods as letters ("RRAA B"), and the last periods; None if it is withheld."""


class MatrixView(NamedTuple):
    """Every action by dimension and period."""

    dimensions: tuple[str, ...]
    periods: tuple[str, ...]
    """The labels of the last periods, at most four."""
    has_earlier: bool
    """Whether there are periods before these, which the part by theme tells in full."""
    themes: tuple[tuple[str, str, tuple[MatrixRowView, ...]], ...]
    """The id and the title of each theme, and its actions."""

    @property
    def columns(self) -> int:
        """How many columns there are beside that of the actions."""
        return len(self.dimensions) * (len(self.periods) + self.has_earlier)


class PromiseView(NamedTuple):
    """Something that was promised by a day."""

    by: str
    gone_by: bool
    """Whether the day is no later than the last day of the period."""
    agency: str
    about: str
    """Such as "T2.2 impact"."""
    action: str | None
    what: str


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


class AssuredView(NamedTuple):
    """Who stands behind what one agency returned."""

    agency: str
    prepared: str
    approved: str
    """Which board approved the return and when, and what has changed since; or that none is recorded."""
    signed: str
    """Which board signed the plan and when; or that no sign-off is on file. `jtai check` says what changed since."""


class ChallengeView(NamedTuple):
    """What the board may ask one agency."""

    agency: str
    questions: tuple[str, ...]
    """Each as a sentence with the ratings that it is about, and what was answered last time."""


class AssuranceView(NamedTuple):
    """Who agreed to what, and what was changed: for whoever asks how far the report can be relied on."""

    agencies: tuple[AssuredView, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    """What was revised, moderated, amended and decided: a title, and each as one sentence."""
    challenge: tuple[ChallengeView, ...]
    """The open questions of the period, by agency."""


class ReportView(NamedTuple):
    """The report of one period: the collated one for the boards, the public edition, or an agency's own."""

    plan: PlanView
    edition: str
    """Who it is for, such as "Public edition"."""
    public: bool
    withheld: int
    """How many ratings the public edition leaves out."""
    agency: str | None
    """The agency whose own report it is; None in the boards' report of all."""
    audience: tuple[str, ...]
    """The boards it is for."""
    period: str
    period_days: str
    period_before: str | None
    last_day: tuple[int, int, int]
    """The last day of the period: year, month, day."""
    first: FirstPageView
    matrix: MatrixView
    promises: tuple[PromiseView, ...]
    """Everything that is promised by a day, in the order of the days; none in the public edition."""
    measures: tuple[MeasureView, ...]
    counts: tuple[CountRow, ...]
    agencies: tuple[str, ...]
    """The names of the agencies that lead any of its actions."""
    standings: tuple[tuple[str, str, int], ...]
    """The id of each standing, its words, and how many cells have it."""
    cells: int
    assurance: AssuranceView | None
    """None in the public edition."""
    additional: tuple[ThemeView, ...]
    """The agencies' own actions, under the theme of the first action that each serves."""
