"""The part of a report's view model about one cell: how it stands, why, and how it came to that."""

from collections.abc import Iterator

from jtai_plan.model.board import Decision, Moderation
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan, Revision
from jtai_plan.model.returns import Cell, Recovery
from jtai_plan.output.report.build_plan import lead_views, paragraphs, rating_view
from jtai_plan.output.report.view import CellView, EvidenceView, MeasureView, ModeratedView, PointView, SaidView
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
    late_agencies = [agency for agency, _ in said_by(cell)] if cell.standing.is_late else []
    return CellView(
        action=cell.action.id,
        wording=cell.action.action,
        dimension=plan.dimensions[cell.dimension].label,
        expected=standing_words.expected(plan, cell) if expected else "",
        expected_ratings=wording.permitted_labels(plan, expected),
        expected_by=plan.periods[expected.since].label if expected else None,
        rating=rating_view(plan, cell.rating),
        standing=cell.standing.value,
        standing_words=standing_words.stands(plan, cell),
        revised=_revised(collation, cell),
        movement=time.movement.value if time.movement else None,
        movement_words=_movement_words(plan, cell),
        leads=lead_views(partnership, cell.action, collation.period),
        said=said,
        late=tuple(each for agency, each in zip(cell.returned, said, strict=True) if agency in late_agencies),
        moderated=_moderated(plan, judgement) if moderated else None,
        measures=_measure_views(collation, cell),
        history=tuple(_point_view(plan, each) for each in cell.history),
        lowered=standing_words.lowered(plan, cell),
        together=_together(collation, cell),
        slips=tuple(slips(partnership, cell)),
    )


def decided_view(plan: Plan, decided: Moderation | Decision | Revision, reason: str) -> ModeratedView:
    """Which board *decided* it and when, with the *reason* or the decision itself."""
    on = wording.day(decided.on) if decided.on else None
    return ModeratedView(reason=reason, board=plan.boards[decided.board].name, on=on, minute=decided.minute)


def _moderated(plan: Plan, judgement: Judgement) -> ModeratedView:
    """The boards' own rating, and what it did to that of the agencies: the lowest that they returned."""
    decided = judgement.moderated
    assert decided is not None, "only a moderated rating is asked for"
    returned = [each for each in judgement.ratings.values() if each]
    if not returned:
        direction = "where no agency had rated"
    else:
        was = min(returned, key=lambda name: strength(plan, name))
        before, now = strength(plan, was), strength(plan, decided.rating)
        moved = "confirmed as" if now == before else "lowered from" if now < before else "raised from"
        direction = f"{moved} {wording.rating(plan, was)}"
    return decided_view(plan, decided, decided.reason)._replace(direction=direction)


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
    for each in broken_promises(partnership, cell.action.id, cell.dimension, cell.history):
        who, when = partnership.agency_name(each.agency), periods[each.period].label
        again = "once" if each.changed == 1 else f"{each.changed} times"
        since = f", and has changed the date {again} since" if each.changed else ""
        yield f"{who} said in {when} that it would recover by {wording.day(each.by)}{since}"


def _said_view(collation: Collation, cell: CollatedCell, agency: str, says: Cell) -> SaidView:
    partnership = collation.partnership
    recovery = says.recovery or Recovery()
    return SaidView(
        agency=partnership.agencies[agency].name,
        rating=rating_view(partnership.plan, cell.judgement.ratings[agency]),
        awaited=agency in cell.judgement.awaiting,
        update=paragraphs(says.update),
        recovery=paragraphs(recovery.plan),
        recovery_by=wording.day(recovery.by) if recovery.by else None,
        evidence=tuple(
            EvidenceView(each.what, each.where or None, wording.day(each.dated) if each.dated else None)
            for each in says.evidence
        ),
    )


def _measure_views(collation: Collation, cell: CollatedCell) -> tuple[MeasureView, ...]:
    partnership = collation.partnership
    plan = partnership.plan
    return tuple(
        MeasureView(
            agency=partnership.agencies[each.agency].name,
            name=each.measure.description,
            words=measures.in_words(each, plan),
            values=tuple(
                (plan.periods[period].label, shown)
                for period, value in each.values
                if (shown := each.shown(value, period)) is not None
            ),
            baseline=each.shown(each.measure.baseline),
            target=each.shown(each.measure.target),
        )
        for each in measures.courses(partnership, cell.action.id, cell.dimension, collation.period)
    )


def _point_view(plan: Plan, point: Judgement) -> PointView:
    letters = (plan.scale[each].letter for each in point.expected.ratings) if point.expected else ()
    return PointView(
        period=plan.periods[point.period].label,
        rating=None if point.withheld else rating_view(plan, point.rating),
        expected="/".join(letters),
        late=point.standing.is_late and not point.withheld,
        withheld=point.withheld,
        part_returned=point.standing is Standing.PART_RETURNED and not point.withheld,
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
