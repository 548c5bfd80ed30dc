"""The part of a report's view model about one cell: how it stands, why, and how it came to that."""

from collections.abc import Iterator, Sequence
from datetime import date

from jtai_plan.model.board import Decision, Moderation
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan, Revision
from jtai_plan.model.returns import Cell, Recovery
from jtai_plan.output.report.build_plan import Cells, paragraphs, rating_view
from jtai_plan.output.report.view.cell import (
    BehindView,
    CellView,
    EvidenceView,
    MeasureView,
    ModeratedView,
    PointView,
    PromisedView,
    SaidView,
)
from jtai_plan.rules import wording
from jtai_plan.rules.judge import measures, standing_words
from jtai_plan.rules.judge.collate import CollatedCell, Collation, said_by
from jtai_plan.rules.judge.history import Movement, back_on_track_in, broken_promises, last_heard
from jtai_plan.rules.judge.judgement import Judgement, standing_against
from jtai_plan.rules.judge.trajectory import Standing, original_expectation, revision_in_force, strength


def cell_view(collation: Collation, cell: CollatedCell) -> CellView:
    """Everything a report says about *cell*."""
    partnership, plan = collation.partnership, collation.partnership.plan
    judgement, moderated = cell.judgement, cell.judgement.moderated
    expected, time = judgement.expected, cell.over_time
    said = tuple(_said_view(collation, cell, agency, says) for agency, says in cell.returned.items())
    return CellView(
        action=cell.action.id,
        dimension=plan.dimensions[cell.dimension].label,
        expected_ratings=wording.permitted_labels(plan, expected),
        expected_words=wording.expected_labels(plan, expected),
        rating=rating_view(plan, cell.rating),
        standing=cell.standing.value,
        standing_words=standing_words.stands(plan, cell),
        revised=_revised(collation, cell),
        movement=time.movement.value if time.movement else None,
        movement_words=_movement_words(plan, cell),
        said=said,
        moderated=_moderated(plan, judgement) if moderated else None,
        history=tuple(_point_view(plan, each) for each in cell.history),
        lowered=standing_words.lowered(plan, cell),
        together=_together(collation, cell),
        slips=tuple(slips(partnership, cell)),
    )


def behind_view(collation: Collation, cell: CollatedCell, view: CellView) -> BehindView:
    """A *cell* that is late, of which the report says *view*, in a row."""
    agencies = {agency for agency, _ in said_by(cell)}
    if None in agencies:
        # The boards' own rating makes it late: every lead is to answer for it.
        agencies = {*cell.returned}
    late = [said for agency, said in zip(cell.returned, view.said, strict=True) if agency in agencies]
    periods = cell.over_time.behind_for
    return BehindView(
        action=view.action,
        dimension=view.dimension,
        wording=cell.action.action,
        rating=view.rating,
        expected=f"{view.expected_ratings} expected{wording.when_due(cell.judgement.expected)}",
        by_board=view.moderated is not None,
        behind_for="new" if periods == 1 else f"{periods} periods",
        agencies=", ".join(dict.fromkeys(each.short for each in late)) or "none in this period",
        promised=tuple(_promised(late)),
        slipped=_slipped(collation.partnership, cell),
    )


def _slipped(partnership: Partnership, cell: CollatedCell) -> str:
    """The `slips` of *cell* in a few words."""
    again = ["behind again"] if back_on_track_in(cell.history) else []
    broken = broken_promises(partnership, cell.action.id, cell.dimension, cell.history)
    days = dict.fromkeys(wording.day(each.by) for each in broken)
    return "; ".join([*again, *([f"missed {wording.listed(days)}"] if days else [])])


def _promised(late: Sequence[SaidView]) -> Iterator[PromisedView]:
    """What those who make a cell *late* will do; the same promise of several stands once."""
    agencies: dict[tuple[str, str], list[str]] = {}
    for said in late:
        by = f"by {said.recovery_by}{' (gone by)' if said.gone_by else ''}" if said.recovery_by else "no day given"
        agencies.setdefault((" ".join(" ".join(said.recovery).split()), by), []).append(said.short)
    for (what, by), names in agencies.items():
        yield PromisedView(", ".join(names) if len(agencies) > 1 else "", what or "no plan recorded", by)


def decided_view(plan: Plan, decided: Moderation | Decision | Revision, reason: str) -> ModeratedView:
    """Which board *decided* it and when, with the *reason* or the decision itself."""
    on = wording.day(decided.on) if decided.on else None
    return ModeratedView(reason=reason, board=plan.boards[decided.board].name, on=on, minute=decided.minute)


def _moderated(plan: Plan, judgement: Judgement) -> ModeratedView:
    """The boards' own rating, and what it did to that of the agencies."""
    decided = judgement.moderated
    assert decided is not None, "only a moderated rating is asked for"
    return decided_view(plan, decided, decided.reason)._replace(direction=direction(plan, judgement))


def direction(plan: Plan, judgement: Judgement) -> str:
    """What the boards' own rating did to the lowest that the agencies returned: "lowered from amber"."""
    decided = judgement.moderated
    assert decided is not None, "only a moderated rating is asked for"
    returned = [each for each in judgement.ratings.values() if each]
    if not returned:
        return "where no agency had rated"
    was = min(returned, key=lambda name: strength(plan, name))
    before, now = strength(plan, was), strength(plan, decided.rating)
    moved = "confirmed as" if now == before else "lowered from" if now < before else "raised from"
    return f"{moved} {wording.rating(plan, was)}"


def _together(collation: Collation, cell: CollatedCell) -> str | None:
    """How the cell of an agency's own report stands for the partnership, if others have a part in that."""
    whole, partnership = cell.together, collation.partnership
    if whole is None or (len(whole.judgement.ratings) == 1 and not whole.judgement.moderated):
        return None
    plan = partnership.plan
    rating = wording.rating(plan, whole.rating) if whole.rating else "no rating"
    others = [
        f"{partnership.agency_name(agency)} {wording.rating(plan, each) if each else 'no rating'}"
        for agency, each in whole.judgement.ratings.items()
        if agency not in cell.judgement.ratings
    ]
    by = ["rated by the board itself"] if whole.judgement.moderated else []
    return f"{rating}, {standing_words.stands(plan, whole)} ({'; '.join([*others, *by])})"


def slips(partnership: Partnership, cell: CollatedCell) -> Iterator[str]:
    """Why a late *cell* has slipped before, each as a phrase: it was back on track, or a promise was not kept."""
    periods = partnership.plan.periods
    if period := back_on_track_in(cell.history):
        yield f"behind again after being back on track in {periods[period].label}"
    agencies: dict[tuple[str, date, int], list[str]] = {}
    for each in broken_promises(partnership, cell.action.id, cell.dimension, cell.history):
        agencies.setdefault((each.period, each.by, each.changed), []).append(partnership.agency_name(each.agency))
    for (period, by, changed), names in agencies.items():
        they, have = ("it", "has") if len(names) == 1 else ("they", "have")
        again = "once" if changed == 1 else f"{changed} times"
        since = f", and {have} changed the date {again} since" if changed else ""
        said = f"{wording.listed(names)} said in {periods[period].label}"
        yield f"{said} that {they} would recover by {wording.day(by)}{since}"


def _said_view(collation: Collation, cell: CollatedCell, agency: str, says: Cell) -> SaidView:
    partnership = collation.partnership
    recovery = says.recovery or Recovery()
    return SaidView(
        agency=partnership.agencies[agency].name,
        short=partnership.agency_name(agency),
        rating=rating_view(partnership.plan, cell.judgement.ratings[agency]),
        awaited=agency in cell.judgement.awaiting,
        carried=_carried(partnership.plan, cell.judgement, agency),
        update=paragraphs(says.update),
        recovery=paragraphs(recovery.plan),
        recovery_by=wording.day(recovery.by) if recovery.by else None,
        gone_by=recovery.by is not None and has_gone_by(partnership.plan, collation.period, recovery.by),
        evidence=tuple(
            EvidenceView(each.what, each.where or None, wording.day(each.dated) if each.dated else None)
            for each in says.evidence
        ),
    )


def _carried(plan: Plan, judgement: Judgement, agency: str) -> str | None:
    since = judgement.carried.get(agency)
    return plan.periods[since].label if since else None


def measure_views(collation: Collation, cell: CollatedCell) -> tuple[MeasureView, ...]:
    """What agencies measure of *cell*."""
    partnership = collation.partnership
    plan = partnership.plan
    courses = measures.courses(partnership, cell.action.id, cell.dimension, collation.period)
    return tuple(
        MeasureView(
            agency=partnership.agencies[each.agency].name,
            action=cell.action.id,
            dimension=plan.dimensions[cell.dimension].label,
            name=words.name,
            words=measures.sentence(words),
            values=tuple(
                (plan.periods[period].label, shown)
                for period, value in each.values
                if (shown := each.shown(value, period)) is not None
            ),
            baseline=each.shown(each.measure.baseline),
            target=each.shown(each.measure.target),
            baseline_words=words.baseline,
            target_words=", ".join(words.targets),
            values_words=words.values,
            direction=words.direction,
        )
        for each in courses
        for words in (measures.in_words(each, plan),)
    )


def has_gone_by(plan: Plan, period: str, day: date) -> bool:
    """Whether *day* is no later than the last day of *period*: a report knows no other today."""
    return day <= plan.periods[period].last_day


def link(action: str | None, cells: Cells) -> str | None:
    """*action*, if the report holds it and can lead there."""
    return action if any(each == action for each, _ in cells) else None


def _point_view(plan: Plan, point: Judgement) -> PointView:
    withheld = point.withheld
    return PointView(
        period=plan.periods[point.period].label,
        rating=None if withheld else rating_view(plan, point.rating),
        expected=wording.letters(plan, point.expected),
        late=point.standing.is_late and not withheld,
        withheld=withheld,
        part_returned=point.standing is Standing.PART_RETURNED and not withheld,
        letter="w" if withheld else standing_words.letter(plan, point),
        mark="" if withheld else standing_words.mark(point),
    )


def _revised(collation: Collation, cell: CollatedCell) -> str | None:
    plan, period = collation.partnership.plan, collation.period
    revision = revision_in_force(plan, cell.action, cell.dimension, period)
    if revision is None:
        return None
    original = original_expectation(plan, cell.action, cell.dimension, period)
    against = standing_against(plan, cell.judgement, original)
    was = f"{against.words} by the original plan" + (f" ({wording.expected(plan, original)})" if original else "")
    return f"{was}, {cell.standing.words} by the revised one; {decided_view(plan, revision, revision.reason).words}"


def _movement_words(plan: Plan, cell: CollatedCell) -> str:
    """How the rating moved, and since when if that is not the period before."""
    time = cell.over_time
    if time.movement is None:
        return ""
    was = last_heard(cell.history)
    if was is None or was.rating is None:
        return "first rating"
    is_same = time.movement is Movement.UNCHANGED
    since = f" since {plan.periods[was.period].label}" if was.period != cell.history[-2].period else ""
    return f"{time.movement.value}{'' if is_same else f' from {wording.rating(plan, was.rating)}'}{since}"
