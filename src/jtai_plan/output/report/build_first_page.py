"""The part of a report's view model about its first page: what a board decides by."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import Partnership, board_path, return_path
from jtai_plan.model.plan import Plan
from jtai_plan.output.report.build_cells import behind_view, decided_view, direction, has_gone_by, link
from jtai_plan.output.report.build_charts import charts
from jtai_plan.output.report.build_plan import Cells, paragraphs
from jtai_plan.output.report.view.period import (
    AskView,
    FirstPageView,
    NoteItemView,
    NoteView,
    TotalView,
)
from jtai_plan.rules import wording
from jtai_plan.rules.judge import asks, standing_words
from jtai_plan.rules.judge.collate import CollatedCell, Collation
from jtai_plan.rules.judge.history import Notice
from jtai_plan.rules.judge.trajectory import Standing, strength

WORST = 10
"""How many of the ratings that are behind stand on the first page."""
_ITEMS = 8
"""How many things a note of the first page names."""
_SILENT_PERIODS = 2
"""An agency that has not been heard of a rating for so many periods is said to be silent."""
TOTALS = {
    Standing.ON_TRACK: "as expected",
    Standing.AHEAD: "ahead",
    Standing.BEHIND: "behind",
    Standing.UNRANKED: "unranked",
    Standing.PART_RETURNED: "part returned",
    Standing.NO_RETURN: "not returned",
}
"""The standings of the ratings that are due, as the totals call them."""


class Missing(NamedTuple):
    """What one agency still owes."""

    agency: str
    ratings: int
    silent: int
    """How many of them have been missing for two periods or more."""
    fault: str | None
    """Why its return could not be read, if it could not."""

    @property
    def words(self) -> str:
        """It as one phrase: "Probation: 4 ratings, 2 of them for two periods or more"."""
        owed = [wording.counted(self.ratings, "rating")] if self.ratings else []
        owed += [f"{self.silent} of them for two periods or more"] if self.silent else []
        owed += [f"its return could not be read: {self.fault}"] if self.fault else []
        return f"{self.agency}: {', '.join(owed)}"


def first_page(
    collation: Collation, before: Collation | None, cells: Cells, faults: Sequence[Finding], agency: str | None
) -> FirstPageView:
    """The first page of the report of a period, *before* being the collation of the period before.

    A file with *faults* counts as no return. With an *agency* it is that of the agency's own report.
    """
    partnership, period, plan = collation.partnership, collation.period, collation.partnership.plan
    record = partnership.record_of(period)
    own_words = not (partnership.public or agency)
    late = sorted((each for each in collation.cells if each.standing.is_late), key=_gravest_first)
    views = tuple(behind_view(collation, each, cells[each.action.id, each.dimension]) for each in late)
    missing = tuple(_missing(collation, faults, (agency,) if agency else plan.lead_agencies))
    counts = collation.counts
    return FirstPageView(
        summary=paragraphs(record.summary) if own_words else (),
        achievements=record.achievements if own_words else (),
        next=record.next if own_words else (),
        headline=_headline(collation, missing),
        totals=tuple(
            TotalView(each.value, label, counts[each], before.counts[each] if before else None)
            for each, label in TOTALS.items()
            if counts[each] or (before and before.counts[each])
        ),
        due=sum(counts[each] for each in TOTALS),
        due_words=_due_words(collation),
        charts=tuple(charts(collation)),
        asks=tuple(_asked(partnership, each, period, cells) for each in asks.open_asks(partnership, period)),
        worst=views[:WORST],
        rest=views[WORST:],
        notes=tuple(_notes(collation, cells, missing, _fault(partnership, faults, board_path(period)))),
        legend=_legend(plan),
    )


def _due_words(collation: Collation) -> str:
    plan, counts = collation.partnership.plan, collation.counts
    due, later = sum(counts[each] for each in TOTALS), counts[Standing.NOT_DUE]
    more = f"; {later} more {wording.are(later)} not due yet" if later else ""
    before = plan.period_before(collation.period)
    was = f" “Was” means {plan.periods[before].label}." if before else ""
    return f"Of {wording.counted(due, 'rating')} that {wording.are(due)} due{more}.{was}"


def _gravest_first(cell: CollatedCell) -> tuple[int, int]:
    """The order of what is behind: by the ranks that it is short, then by the periods; unranked ratings last."""
    return -(cell.over_time.short_by or 0), -(cell.over_time.behind_for or 0)


def _asked(partnership: Partnership, asked: asks.Asked, period: str, cells: Cells) -> AskView:
    """What a board was *asked*, as the report of *period* tells it."""
    plan, ask = partnership.plan, asked.ask
    age = plan.order[period] - plan.order[asked.period]
    gone_by = ", gone by" if ask.due and has_gone_by(plan, period, ask.due) else ""
    return AskView(
        id=ask.id,
        ask=ask.ask,
        board=plan.boards[ask.board].name,
        about=ask.about,
        link=link(ask.about, cells),
        owner=partnership.agencies[ask.owner].name if ask.owner else None,
        due=f"{wording.day(ask.due)}{gone_by}" if ask.due else None,
        open_for=f"open for {wording.counted(age, 'period')}" if age else "new",
    )


def _headline(collation: Collation, missing: Sequence[Missing]) -> str:
    """Every rating that is due in one of the groups that the totals show, and what is missing from whom."""
    counts = collation.counts
    due = sum(counts[each] for each in TOTALS)
    newly = len(list(collation.noticed(Notice.NEWLY_BEHIND)))
    groups = [f"{counts[each]} {label}" for each, label in TOTALS.items() if counts[each]]
    first = f"{wording.counted(due, 'rating')} {wording.are(due)} due"
    sentences = [f"{first}: {wording.listed(groups)}" if groups else first]
    if late := sum(counts[each] for each in Standing if each.is_late):
        sentences.append(f"Of the {late} behind or unranked, {newly or 'none'} {wording.are(newly or 1)} new")
    if owed := [each.ratings for each in missing if each.ratings]:
        total, agencies = sum(owed), wording.counted(len(owed), "agency", "agencies")
        sentences.append(f"{wording.counted(total, 'rating')} {wording.are(total)} awaited from {agencies}")
    return " ".join(f"{each}." for each in sentences)


def _missing(collation: Collation, faults: Sequence[Finding], agencies: Iterable[str]) -> Iterator[Missing]:
    partnership = collation.partnership
    for agency in agencies:
        awaited = list(collation.of(agency).owed_by(agency))
        fault = _fault(partnership, faults, return_path(agency, collation.period))
        if awaited or fault:
            silent = sum(cell.over_time.silent_for >= _SILENT_PERIODS for cell in awaited)
            yield Missing(partnership.agencies[agency].name, len(awaited), silent, fault)


def _fault(partnership: Partnership, faults: Sequence[Finding], path: str) -> str | None:
    """What is wrong with the file at *path*; in public only that something is, because a fault quotes the file."""
    fault = next((each.sentence for each in faults if each.path == path), None)
    return "the file has a fault" if fault and partnership.public else fault


def _notes(
    collation: Collation, cells: Cells, missing: Sequence[Missing], record_fault: str | None
) -> Iterator[NoteView]:
    """What else a board should know, the gravest first."""
    partnership, period, plan = collation.partnership, collation.period, collation.partnership.plan

    def note(name: str, title: str, items: Iterable[tuple[str | None, str]]) -> Iterator[NoteView]:
        if found := [NoteItemView(link(action, cells), words) for action, words in items]:
            title = f"{title} ({len(found)})" if name not in ("record-fault", "lowest") else title
            more = [NoteItemView(None, f"and {len(found) - _ITEMS} more")] if len(found) > _ITEMS + 1 else []
            yield NoteView(name, title, (*found[: _ITEMS if more else None], *more))

    def about(
        found: Iterable[CollatedCell], said: Callable[[CollatedCell], str] = lambda _: ""
    ) -> Iterator[tuple[str, str]]:
        """An item for each cell: its name, and what is *said* of it."""
        for each in found:
            yield each.action.id, f"{wording.subject(plan, each.action.id, each.dimension)} {said(each)}".rstrip()

    def moved(cell: CollatedCell) -> str:
        return cells[cell.action.id, cell.dimension].movement_words

    if record_fault:
        words = f"The boards’ record could not be read, so this report shows no moderated ratings: {record_fault}"
        yield from note("record-fault", "Not read", [(None, words)])
    noticed = {name: list(collation.noticed(name)) for name in Notice}
    # It is told for as long as it is true.
    lowered = [
        each for each in collation.cells if each in noticed[Notice.EXPECTATION_LOWERED] or each.over_time.rebaselined
    ]
    yield from note(
        Notice.EXPECTATION_LOWERED.value,
        "Not behind only because the expectation was lowered",
        about(lowered, partial(standing_words.lowered_by, plan)),
    )
    yield from note("moderated", "Rated by the boards themselves", _moderated(collation))
    others = (
        each for each in collation.cells if each.together and each.standing.is_met and each.together.standing.is_late
    )
    yield from note("because-of-others", "Behind because of others", about(others))
    for name, title in ((Notice.LOST_COMPLETION, "No longer complete"), (Notice.DECLINED, "Declined")):
        yield from note(name.value, title, about(noticed[name], moved))
    yield from note("missing", "Not heard from", ((None, each.words) for each in missing))
    yield from note("back-on-track", "Back on track", about(noticed[Notice.BACK_ON_TRACK]))
    yield from note("withdrawn", "Withdrawn", _withdrawn(collation))
    decided = asks.decided_in(partnership, period)
    yield from note(
        "decided",
        "Decided",
        (
            (each.ask.about, f"{each.ask.id}: {decided_view(plan, each.decision, each.decision.decision).words}")
            for each in decided
            if each.decision
        ),
    )
    yield from note("amended", "Changed after the period was closed", _amended(partnership, period))
    yield from note("lowest", "As expected", _lowest(collation))


def _moderated(collation: Collation) -> Iterator[tuple[str, str]]:
    """Every rating of the boards' own, with what it did to that of the agencies."""
    plan = collation.partnership.plan
    for cell in collation.cells:
        if moderated := cell.judgement.moderated:
            subject = wording.subject(plan, cell.action.id, cell.dimension)
            rating, board = wording.rating(plan, moderated.rating), plan.boards[moderated.board].name
            yield cell.action.id, f"{subject} {rating}, {direction(plan, cell.judgement)}, by {board}"


def _withdrawn(collation: Collation) -> Iterator[tuple[str, str]]:
    """The actions that leave the plan in this period."""
    plan = collation.partnership.plan
    for action in {cell.action.id: cell.action for cell in collation.cells}.values():
        if action.withdrawn and action.withdrawn.since == collation.period:
            decided = action.withdrawn
            board = wording.board(plan, decided.board)
            yield action.id, f"{action.id}, by {board} on {wording.day(decided.on)}: {decided.reason}"


def _amended(partnership: Partnership, period: str) -> Iterator[tuple[str, str]]:
    for each in partnership.record_of(period).amendments:
        yield each.action, wording.subject(partnership.plan, each.action, each.dimension)


def _lowest(collation: Collation) -> Iterator[tuple[None, str]]:
    """How many ratings are the lowest of the scale, and as expected."""
    plan = collation.partnership.plan
    lowest = min((name for name in plan.scale if plan.scale[name].rank is not None), key=lambda n: strength(plan, n))
    found = sum(cell.rating == lowest and cell.standing.is_met for cell in collation.cells)
    if found:
        rating = wording.rating(plan, lowest)
        yield None, f"{wording.counted(found, 'rating')} {wording.are(found)} {rating}, as the plan expects by now"


def _legend(plan: Plan) -> tuple[str, ...]:
    unranked = [each.label.lower() for each in plan.scale.values() if each.rank is None]
    without = f"; unranked: a rating that has no place in that order ({wording.listed(unranked)})" if unranked else ""
    words = (
        "As expected (on track): a rating that the plan expects by now; ahead: a higher one; behind: a lower one"
        f"{without}; part returned: some of the leads have not rated yet; not returned (no return): none has."
    )
    signs = "! is behind or unranked, ? and hatching are part returned, – is not returned, and · is not due yet."
    if plan.complete_stands:
        signs += " = stands from an earlier period, because what is complete need not be rated again."
    return words, f"In the tables and pictures {signs}"
