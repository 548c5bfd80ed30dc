"""The view model of a period's report, from the judgement of the period."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import Partnership, board_path, return_path
from jtai_plan.model.plan import Plan
from jtai_plan.output.report.build_cells import cell_view, decided_view
from jtai_plan.output.report.build_plan import Cells, action_view, plan_view, rating_view
from jtai_plan.output.report.view import (
    AskView,
    BarView,
    ChallengeView,
    ChartView,
    CountRow,
    GroupView,
    MissingView,
    NoticeView,
    ReportView,
    SegmentView,
    ThemeView,
)
from jtai_plan.rules import wording
from jtai_plan.rules.checks.challenge import Question, challenge_pack
from jtai_plan.rules.judge import asks
from jtai_plan.rules.judge.collate import CollatedCell, Collation, collate
from jtai_plan.rules.judge.history import Notice
from jtai_plan.rules.judge.judgement import Judgement
from jtai_plan.rules.judge.trajectory import Standing, reached, strength


def report_view(
    collation: Collation, faults: Sequence[Finding] = (), agency: str | None = None, inputs: str | None = None
) -> ReportView:
    """The report of a period, or the part of it that *agency* leads, for its own governance board.

    If the partnership is `public`, it is the public edition. A file with *faults* counts as no return.
    """
    partnership, period = collation.partnership, collation.period
    plan, before = partnership.plan, partnership.plan.period_before(period)
    withheld = len(plan.actions) * len(plan.dimensions) - len(collation.cells)
    earlier = collate(partnership, before, collation.judged) if before else None
    whole = collation
    if agency:
        collation, earlier = collation.of(agency), earlier.of(agency) if earlier else None
    this, shown = plan.periods[period], list(plan.periods.values())[: plan.order[period] + 1]
    itself = partnership.agencies[agency] if agency else None
    boards = plan.boards.values() if itself is None else filter(None, (itself.governance_board,))
    everything = collation.everything
    cells = {(cell.action.id, cell.dimension): cell_view(collation, cell) for cell in everything}
    own = {action.id for _, action in partnership.additional_actions()}
    missing = tuple(_missing(collation, faults, (agency,) if agency else plan.lead_agencies))
    return ReportView(
        plan=plan_view(partnership, period, {key: cell for key, cell in cells.items() if key[0] not in own}, inputs),
        edition="Agency edition" if itself else "Public edition" if partnership.public else "Board edition",
        public=partnership.public,
        withheld=withheld,
        headline=_headline(collation, missing),
        agency=itself.name if itself else None,
        audience=tuple(board.name for board in boards),
        period=this.label,
        period_days=wording.span(this.first_day, this.last_day),
        period_before=plan.periods[before].label if before else None,
        periods=tuple(each.label for each in shown),
        charts=tuple(_charts(collation)),
        agencies=tuple(
            each.name
            for name, each in partnership.agencies.items()
            if any(name in cell.judgement.ratings for cell in everything)
        ),
        notice=_notice(collation, cells, missing, faults),
        standings=tuple((each.value, each.words, number) for each, number in collation.counts.items()),
        cells=len(collation.cells),
        counts=tuple(_counts(collation, earlier)),
        revisions=sum(
            plan.order[revision.since] <= plan.order[period]
            for action in {cell.action.id: cell.action for cell in collation.cells}.values()
            for revision in action.revised
        ),
        additional=tuple(_additional(collation, cells)),
        challenge=() if partnership.public else tuple(_challenge(whole, agency)),
    )


def _notice(
    collation: Collation, cells: Cells, missing: tuple[MissingView, ...], faults: Sequence[Finding]
) -> NoticeView:
    partnership, period, plan = collation.partnership, collation.period, collation.partnership.plan

    groups = tuple(_groups(collation, cells))
    late = [cell for group in groups if group.id in _LATE for cell in group.cells]
    lowest = min((name for name in plan.scale if plan.scale[name].rank is not None), key=lambda n: strength(plan, n))
    return NoticeView(
        asks=tuple(_asked(partnership, each) for each in asks.open_asks(partnership, period)),
        decisions=tuple(_asked(partnership, each) for each in asks.decided_in(partnership, period)),
        amendments=tuple(_amendments(partnership, period)),
        withdrawn=tuple(_withdrawn(collation)),
        groups=groups,
        slipped_again=tuple(cell for cell in late if cell.slips),
        lowest=rating_view(plan, lowest),
        lowest_as_expected=wording.grouped(
            plan,
            (
                (cell.action.id, cell.dimension)
                for cell in collation.cells
                if cell.rating == lowest and cell.standing.is_met
            ),
        ),
        missing=missing,
        record_fault=_fault(partnership, faults, board_path(period)),
    )


_LATE = (Notice.STILL_BEHIND.value, Notice.NEWLY_BEHIND.value)
_TITLES = {
    Notice.STILL_BEHIND: "Still behind",
    Notice.NEWLY_BEHIND: "Newly behind",
    Notice.EXPECTATION_LOWERED: "Not behind only because the expectation was lowered",
    Notice.LOST_COMPLETION: "No longer complete",
    Notice.DECLINED: "Declined",
    Notice.BACK_ON_TRACK: "Back on track",
}
_SILENT_PERIODS = 2
"""An agency that has not been heard of a rating for so many periods is said to be silent."""


def _groups(collation: Collation, cells: Cells) -> Iterator[GroupView]:
    """What the board should notice, the gravest first: by the notice of each cell, and what else stands out."""

    def group(name: str, title: str, found: Iterable[CollatedCell], *, is_good: bool = False) -> Iterator[GroupView]:
        if views := tuple(cells[cell.action.id, cell.dimension] for cell in found):
            yield GroupView(name, title, views, is_good)

    for notice, title in _TITLES.items():
        found = list(collation.noticed(notice))
        if notice is Notice.EXPECTATION_LOWERED:
            # It is told for as long as it is true.
            found = [each for each in collation.cells if each in found or each.over_time.rebaselined]
        yield from group(notice.value, title, found, is_good=notice is Notice.BACK_ON_TRACK)
    others = (
        each for each in collation.cells if each.together and each.standing.is_met and each.together.standing.is_late
    )
    yield from group("because-of-others", "Behind because of others", others)
    moderated = (each for each in collation.cells if each.judgement.moderated)
    yield from group("moderated", "Rated by the boards themselves", moderated)


def _withdrawn(collation: Collation) -> Iterator[str]:
    """The actions that leave the plan in this period."""
    plan = collation.partnership.plan
    for action in {cell.action.id: cell.action for cell in collation.cells}.values():
        if action.withdrawn and action.withdrawn.since == collation.period:
            board = (
                plan.boards[action.withdrawn.board].name
                if action.withdrawn.board in plan.boards
                else action.withdrawn.board
            )
            yield f"{action.id} {action.action}: {board}, {wording.day(action.withdrawn.on)}: {action.withdrawn.reason}"


def _headline(collation: Collation, missing: tuple[MissingView, ...]) -> str:
    """Every due rating in one of the groups that the counts below show, and what is missing from whom."""
    counts = collation.counts
    due = sum(number for standing, number in counts.items() if standing is not Standing.NOT_DUE)
    newly = len(list(collation.noticed(Notice.NEWLY_BEHIND)))
    groups = [
        f"{number} {standing.words}"
        for standing, number in counts.items()
        if number and standing is not Standing.NOT_DUE
    ]
    first = f"{wording.counted(due, 'rating')} {wording.are(due)} due"
    sentences = [f"{first}: {wording.listed(groups)}" if groups else first]
    if late := sum(counts[each] for each in Standing if each.is_late):
        sentences.append(f"Of the {late} behind or unranked, {newly or 'none'} {wording.are(newly or 1)} new")
    if owed := [each.ratings for each in missing if each.ratings]:
        total, agencies = sum(owed), wording.counted(len(owed), "agency", "agencies")
        sentences.append(f"{wording.counted(total, 'rating')} {wording.are(total)} awaited from {agencies}")
    return " ".join(f"{each}." for each in sentences)


def _asked(partnership: Partnership, asked: asks.Asked) -> AskView:
    plan, decision = partnership.plan, asked.decision
    return AskView(
        id=asked.ask.id,
        ask=asked.ask.ask,
        board=plan.boards[asked.ask.board].name,
        period=plan.periods[asked.period].label,
        about=asked.ask.about,
        decision=decided_view(plan, decision, decision.decision).words if decision else None,
    )


def _amendments(partnership: Partnership, period: str) -> Iterator[str]:
    plan = partnership.plan
    for each in partnership.record_of(period).amendments:
        subject = wording.subject(plan, each.action, each.dimension)
        none = "the agencies' own" if each.board else "no rating"
        was, to = (wording.rating(plan, name) if name else none for name in (each.was, each.to))
        change = f"still {to}, text changed" if was == to else f"{was} to {to}"
        by = "" if partnership.public else f" by {each.by}"
        board = plan.boards.get(each.board or "")
        name = partnership.agencies[each.agency].name if each.agency else board.name if board else "a board"
        yield f"{subject}, {name}: {change},{by} on {wording.day(each.on)}: {each.reason}"


def _additional(collation: Collation, cells: Cells) -> Iterator[ThemeView]:
    partnership, plan = collation.partnership, collation.partnership.plan
    own = {each.id: each for _, each in partnership.additional_actions()}
    actions = {cell.action.id: cell.action for cell in collation.additional}
    for theme in plan.themes:
        here = [name for name in actions if plan.theme_of[own[name].contributes_to[0]] is theme]
        if here:
            views = (
                action_view(partnership, actions[name], collation.period, cells, own[name].contributes_to)
                for name in here
            )
            yield ThemeView(theme.id, theme.title, tuple(views))


def _challenge(collation: Collation, agency: str | None) -> Iterator[ChallengeView]:
    """The open questions of the period by agency, or those to *agency* alone."""
    partnership = collation.partnership
    for name, questions in challenge_pack(collation).items():
        if agency in (None, name):
            asked = (_asked_words(partnership, each) for each in questions)
            yield ChallengeView(partnership.agencies[name].name, tuple(asked))


def _asked_words(partnership: Partnership, question: Question) -> str:
    words = f"{question.finding.message[0].upper()}{question.finding.message[1:]}."
    if question.last:
        period, why = question.last
        words += f" Answered in {partnership.plan.periods[period].label}: {' '.join(why.split())}"
    return words


def _missing(collation: Collation, faults: Sequence[Finding], agencies: Iterable[str]) -> Iterator[MissingView]:
    partnership = collation.partnership
    for agency in agencies:
        awaited = list(collation.of(agency).owed_by(agency))
        owed = [(cell.action.id, cell.dimension) for cell in awaited]
        fault = _fault(partnership, faults, return_path(agency, collation.period))
        if owed or fault:
            yield MissingView(
                agency=partnership.agencies[agency].name,
                ratings=len(owed),
                groups=wording.grouped(partnership.plan, owed),
                silent=sum(cell.over_time.silent_for >= _SILENT_PERIODS for cell in awaited),
                fault=fault,
            )


def _fault(partnership: Partnership, faults: Sequence[Finding], path: str) -> str | None:
    """What is wrong with the file at *path*; in public only that something is, because a fault quotes the file."""
    fault = next((each.sentence for each in faults if each.path == path), None)
    return "the file has a fault" if fault and partnership.public else fault


_WITHOUT = {
    Standing.PART_RETURNED: ("Part returned", "?"),
    Standing.NO_RETURN: ("No return", "–"),
    Standing.NOT_DUE: ("Not due yet", "·"),
}
"""What counts under no rating, with the sign that stands for it."""


def _counted_as(judgement: Judgement) -> str | Standing:
    """The rating that a judgement counts under, or why it counts under none."""
    if judgement.standing is Standing.PART_RETURNED:
        return Standing.PART_RETURNED
    if judgement.rating:
        return judgement.rating
    return Standing.NOT_DUE if judgement.standing is Standing.NOT_DUE else Standing.NO_RETURN


def _counts(collation: Collation, before: Collation | None) -> Iterator[CountRow]:
    plan = collation.partnership.plan
    now, then = (
        Counter((cell.dimension, _counted_as(cell.judgement)) for cell in each.cells) if each else None
        for each in (collation, before)
    )
    assert now is not None, "there is a collation"
    for name in (*plan.scale, *_WITHOUT):
        counts = tuple((now[each, name], then[each, name] if then is not None else None) for each in plan.dimensions)
        if name in plan.scale:
            rating = rating_view(plan, name)
            yield CountRow(rating.label if rating else "", rating, counts)
        elif any(number or was for number, was in counts):
            yield CountRow(_WITHOUT[Standing(name)][0], None, counts)


def _charts(collation: Collation) -> Iterator[ChartView]:
    """For each dimension, how the plan's actions were rated in every period, against what was expected."""
    for name, itself in collation.partnership.plan.dimensions.items():
        histories = [cell.history for cell in collation.cells if cell.dimension == name]
        bars = (_bar(collation.partnership.plan, name, each) for each in zip(*histories, strict=True))
        yield ChartView(itself.label, tuple(bars))


def _bar(plan: Plan, dimension: str, judgements: tuple[Judgement, ...]) -> BarView:
    period = judgements[0].period
    shown = [each for each in judgements if not each.withheld]
    counts = Counter(_counted_as(each) for each in shown)
    expected = reached(plan, plan.expected.get(dimension, {}), period)
    return BarView(
        period=plan.periods[period].label,
        expected=wording.permitted_labels(plan, expected),
        segments=tuple(_segment(plan, name, counts[name]) for name in (*plan.scale, *_WITHOUT) if counts[name]),
        met=sum(each.standing.is_met for each in shown),
        due=sum(each.standing is not Standing.NOT_DUE for each in shown),
    )


def _segment(plan: Plan, name: str | Standing, number: int) -> SegmentView:
    if name in plan.scale:
        return SegmentView(
            plan.scale[name].label, plan.scale[name].letter, number, rating_view(plan, name), is_part=False
        )
    label, sign = _WITHOUT[Standing(name)]
    return SegmentView(label, sign, number, None, is_part=name == Standing.PART_RETURNED)
