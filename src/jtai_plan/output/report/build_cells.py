"""The part of a report's view model about one cell: how it stands, why, and how it came to that."""

from collections.abc import Iterator

from jtai_plan.model.board import Decision, Moderation
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan, Revision
from jtai_plan.model.returns import Cell, Recovery
from jtai_plan.output.report.build_plan import lead_views, paragraphs, rating_view
from jtai_plan.output.report.view import CellView, EvidenceView, MeasureView, ModeratedView, PointView, SaidView
from jtai_plan.rules import wording
from jtai_plan.rules.judge import measures
from jtai_plan.rules.judge.collate import CollatedCell, Collation, said_by
from jtai_plan.rules.judge.history import Movement, back_on_track_in, before, broken_promises
from jtai_plan.rules.judge.judgement import Judgement
from jtai_plan.rules.judge.trajectory import original_expectation, revision_in_force, standing


def cell_view(collation: Collation, cell: CollatedCell) -> CellView:
    """Everything a report says about *cell*."""
    partnership, plan = collation.partnership, collation.partnership.plan
    judgement, moderated = cell.judgement, cell.judgement.moderated
    expected = judgement.expected
    said = tuple(_said_view(collation, cell, agency, says) for agency, says in cell.returned.items())
    late_agencies = [agency for agency, _ in said_by(cell)] if cell.standing.is_late else []
    late = f", late by {wording.counted(cell.late_by, 'period')}" if cell.standing.is_late and cell.late_by else ""
    return CellView(
        action=cell.action.id,
        wording=cell.action.action,
        dimension=plan.dimensions[cell.dimension].label,
        expected=wording.expected(plan, expected) if expected else "",
        expected_ratings=wording.permitted_labels(plan, expected),
        expected_by=plan.periods[expected.since].label if expected else None,
        rating=rating_view(plan, cell.rating),
        standing=cell.standing.value,
        standing_words=cell.standing.words + late,
        revised=_revised(collation, cell),
        movement=cell.movement.value if cell.movement else None,
        movement_words=_movement_words(plan, cell),
        leads=lead_views(partnership, cell.action, collation.period),
        said=said,
        late=tuple(each for agency, each in zip(cell.returned, said, strict=True) if agency in late_agencies),
        moderated=decided_view(plan, moderated, moderated.reason) if moderated else None,
        measures=_measure_views(collation, cell),
        history=tuple(_point_view(plan, each) for each in cell.history),
        slips=tuple(slips(partnership, cell)),
    )


def decided_view(plan: Plan, decided: Moderation | Decision | Revision, reason: str) -> ModeratedView:
    """Which board *decided* it and when, with the *reason* or the decision itself."""
    on = wording.day(decided.on) if decided.on else None
    return ModeratedView(reason=reason, board=plan.boards[decided.board].name, on=on, minute=decided.minute)


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
    )


def _revised(collation: Collation, cell: CollatedCell) -> str | None:
    plan, period = collation.partnership.plan, collation.period
    revision = revision_in_force(plan, cell.action, cell.dimension, period)
    if revision is None:
        return None
    original = original_expectation(plan, cell.action, cell.dimension, period)
    against = standing(cell.rating, original, plan.scale)
    was = f"{against.words} by the original plan" + (f" ({wording.expected(plan, original)})" if original else "")
    return f"{was}, {cell.standing.words} by the revised one; {decided_view(plan, revision, revision.reason).words}"


def _movement_words(plan: Plan, cell: CollatedCell) -> str:
    was = before(cell.history)
    if was and was.rating and cell.movement in (Movement.IMPROVED, Movement.DECLINED):
        return f"{cell.movement.value} from {wording.rating(plan, was.rating)}"
    return cell.movement.value if cell.movement else ""
