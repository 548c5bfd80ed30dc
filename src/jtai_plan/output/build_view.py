"""From the judgement of a period to the view model of its report."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, assert_never

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import Partnership, board_path, return_path
from jtai_plan.model.plan import Action, Inspection, Lead, Plan, Steps
from jtai_plan.model.returns import Cell
from jtai_plan.output.view import (
    ActionView,
    AreaView,
    AskView,
    CellView,
    CountRow,
    EvidenceView,
    KeyView,
    LeadView,
    MeaningView,
    MeasureView,
    MissingView,
    ModeratedView,
    NoticeView,
    PlanView,
    RatingView,
    ReportView,
    SaidView,
    ThemeView,
    TrajectoryView,
)
from jtai_plan.rules import asks, measures, wording
from jtai_plan.rules.checks import said_by
from jtai_plan.rules.collate import Change, CollatedCell, Collation, Movement, collate
from jtai_plan.rules.trajectory import original_expectation, revision_in_force, standing

if TYPE_CHECKING:
    from jtai_plan.model.board import Decision


def plan_view(partnership: Partnership, collation: Collation | None = None) -> PlanView:
    """The plan as agreed; with a *collation*, its actions carry the cells of that period."""
    plan = partnership.plan
    inspection, areas = plan.inspection, plan.areas_for_improvement
    return PlanView(
        title=plan.title,
        partnership=plan.partnership,
        collated_by=plan.collated_by,
        marking=plan.marking,
        inspection=inspection.name if inspection else None,
        inspection_days=_days(inspection) if inspection else None,
        inspectorates=wording.listed(inspection.inspectorates) if inspection and inspection.inspectorates else None,
        lead_inspectorate=inspection.lead_inspectorate if inspection else None,
        introduction=paragraphs(plan.introduction),
        governance=paragraphs(plan.governance),
        excellence_introduction=paragraphs(plan.excellence_introduction),
        excellence=plan.excellence,
        boards=tuple(board.name for board in plan.boards.values()),
        periods=tuple(
            (
                each.label,
                wording.span(each.first_day, each.last_day),
                wording.day(each.returns_due) if each.returns_due else None,
            )
            for each in plan.periods.values()
        ),
        areas=areas.count if areas else None,
        areas_source=areas.source if areas else None,
        areas_recorded=tuple(
            AreaView(
                area.id,
                area.summary,
                tuple(action.id for action in plan.actions.values() if area.id in action.addresses),
            )
            for area in (areas.items if areas else ())
        ),
        dimensions=tuple(dimension.label for dimension in plan.dimensions.values()),
        trajectory=_trajectory(plan, plan.expected),
        key=tuple(_key(plan, name) for name in plan.scale),
        themes=tuple(_themes(partnership, collation)),
    )


def report_view(collation: Collation, faults: Sequence[Finding] = (), agency: str | None = None) -> ReportView:
    """The report of a period, or the part of it that *agency* leads, for its own governance board.

    *faults* are those of files that could not be read, and count as no return.
    """
    partnership, period = collation.partnership, collation.period
    collation = collation.led_by(agency) if agency else collation
    plan, before = partnership.plan, partnership.plan.period_before(period)
    this = plan.periods[period]
    earlier = collate(partnership, before) if before else None
    earlier = earlier.led_by(agency) if earlier and agency else earlier
    itself = partnership.agencies[agency] if agency else None
    own_board = itself.governance_board if itself else None
    boards = tuple(board.name for board in plan.boards.values())

    def notice(change: Change) -> tuple[CellView, ...]:
        return tuple(_cell(collation, cell) for cell in collation.changed(change))

    return ReportView(
        plan=plan_view(partnership, collation),
        agency=itself.name if itself else None,
        audience=boards if itself is None else (own_board.name,) if own_board else (),
        period=this.label,
        period_days=wording.span(this.first_day, this.last_day),
        period_before=plan.periods[before].label if before else None,
        notice=NoticeView(
            asks=tuple(_asked(partnership, each) for each in asks.open_asks(partnership, period)),
            decisions=tuple(
                _asked(partnership, each.asked, each.decision) for each in asks.decided_in(partnership, period)
            ),
            amendments=tuple(_amendments(partnership, period)),
            newly_behind=notice(Change.NEWLY_BEHIND),
            still_behind=notice(Change.STILL_BEHIND),
            back_on_track=notice(Change.BACK_ON_TRACK),
            missing=tuple(_missing(collation, faults, (agency,) if agency else plan.lead_agencies)),
            record_fault=_fault(faults, board_path(period)),
        ),
        standings=tuple((each.value, each.words, number) for each, number in collation.counts.items()),
        cells=len(collation.cells),
        counts=tuple(_counts(collation, earlier)),
        revisions=sum(
            plan.order[revision.since] <= plan.order[period]
            for action in {cell.action.id: cell.action for cell in collation.cells}.values()
            for revision in action.revised
        ),
        additional=tuple(_additional(collation)),
    )


def _asked(partnership: Partnership, asked: asks.Asked, decision: "Decision | None" = None) -> AskView:
    plan = partnership.plan
    resolved = (
        ModeratedView(
            reason=decision.decision,
            board=plan.boards[decision.board].name,
            on=wording.day(decision.on) if decision.on else None,
            minute=decision.minute,
        )
        if decision
        else None
    )
    return AskView(
        id=asked.ask.id,
        ask=asked.ask.ask,
        board=plan.boards[asked.ask.board].name,
        period=plan.periods[asked.period].label,
        about=asked.ask.about,
        decision=resolved.words if resolved else None,
    )


def _amendments(partnership: Partnership, period: str) -> Iterator[str]:
    plan, record = partnership.plan, partnership.board_records.get(period)
    for each in (record.amendments if record else None) or ():
        subject = wording.subject(plan, each.action, each.dimension)
        was, to = (wording.rating(plan, name) if name else "no rating" for name in (each.was, each.to))
        change = f"{to} as before, with another text" if was == to else f"{was} to {to}"
        yield (
            f"{subject}, {partnership.agencies[each.agency].name}: {change}, by {each.by} on "
            f"{wording.day(each.on)}: {each.reason}"
        )


def paragraphs(text: str | None) -> tuple[str, ...]:
    """*text* cut where it has a blank line; no paragraph where there is no text."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text or "") if part.strip())


def _days(inspection: Inspection) -> str | None:
    first, last = inspection.first_day, inspection.last_day
    return wording.span(first, last) if first and last else None


def _rating(plan: Plan, name: str | None) -> RatingView | None:
    return RatingView(name, plan.scale[name].label, plan.scale[name].letter) if name else None


def _key(plan: Plan, name: str) -> KeyView:
    rating, view = plan.scale[name], _rating(plan, name)
    assert view is not None, "a rating of the scale has a name"
    if isinstance(rating.means, str):
        return KeyView(view, (MeaningView(None, rating.means),), ())
    labels = {dimension: each.label for dimension, each in plan.dimensions.items()}
    meanings = tuple(MeaningView(label, said) for each, label in labels.items() if (said := rating.meaning(each)))
    return KeyView(view, meanings, tuple(label for each, label in labels.items() if not rating.meaning(each)))


def _trajectory(plan: Plan, steps: Steps) -> tuple[TrajectoryView, ...]:
    return tuple(
        TrajectoryView(
            dimension.label,
            tuple(
                (plan.periods[period].label, wording.listed((wording.rating(plan, each) for each in ratings), "or"))
                for period, ratings in sorted(steps[name].items(), key=lambda step: plan.order[step[0]])
            ),
        )
        for name, dimension in plan.dimensions.items()
        if name in steps
    )


def _themes(partnership: Partnership, collation: Collation | None) -> Iterator[ThemeView]:
    """The themes and actions of the plan; with a *collation*, those that it holds."""
    held = {cell.action.id for cell in collation.cells} if collation else set(partnership.plan.actions)
    for theme in partnership.plan.themes:
        actions = tuple(_action(partnership, each, collation) for each in theme.actions if each.id in held)
        if actions:
            yield ThemeView(theme.id, theme.title, actions)


def _additional(collation: Collation) -> Iterator[ThemeView]:
    partnership, plan = collation.partnership, collation.partnership.plan
    own = {each.id: each for _, each in partnership.additional_actions()}
    actions = {cell.action.id: cell.action for cell in collation.additional}
    for theme in plan.themes:
        here = [name for name in actions if plan.theme_of[own[name].contributes_to[0]] is theme]
        if here:
            views = (_action(partnership, actions[name], collation, own[name].contributes_to) for name in here)
            yield ThemeView(theme.id, theme.title, tuple(views))


def _action(
    partnership: Partnership, action: Action, collation: Collation | None, contributes_to: tuple[str, ...] = ()
) -> ActionView:
    plan = partnership.plan
    several = (*collation.cells, *collation.additional) if collation else ()
    cells = [cell for cell in several if cell.action is action]
    return ActionView(
        id=action.id,
        wording=action.action,
        leads=_leads(partnership, action, collation.period if collation else None),
        outcome_measure=action.outcome_measure,
        reporting=action.reporting,
        addresses=tuple(_area(plan, each) for each in action.addresses),
        trajectory=_trajectory(plan, action.expected),
        starts=plan.periods[action.starts].label if action.starts else None,
        withdrawn=_withdrawn(plan, action),
        contributes_to=contributes_to,
        cells=tuple(_cell(collation, cell) for cell in cells) if collation else (),
    )


def _withdrawn(plan: Plan, action: Action) -> str | None:
    withdrawn = action.withdrawn
    if withdrawn is None:
        return None
    board = plan.boards[withdrawn.board].name
    return f"from {plan.periods[withdrawn.since].label}, by {board} on {wording.day(withdrawn.on)}: {withdrawn.reason}"


def _area(plan: Plan, area: str) -> str:
    assert plan.areas_for_improvement is not None, "an action addresses no area that is not listed"
    return next(f"{area} {each.summary}" for each in plan.areas_for_improvement.items if each.id == area)


def _leads(partnership: Partnership, action: Action, period: str | None) -> tuple[LeadView, ...]:
    plan = partnership.plan
    if period:
        return tuple(_lead(partnership, lead, None) for lead in plan.leads(action, period))
    return tuple(_lead(partnership, lead, _term(plan, lead)) for lead in action.leads)


def _lead(partnership: Partnership, lead: Lead, term: str | None) -> LeadView:
    return LeadView(partnership.agencies[lead.agency].name, lead.name, lead.role, term)


def _term(plan: Plan, lead: Lead) -> str | None:
    since = f"from {plan.periods[lead.since].label}" if lead.since else None
    until = f"until {plan.periods[lead.until].label}" if lead.until else None
    return " ".join(filter(None, (since, until))) or None


def _cell(collation: Collation, cell: CollatedCell) -> CellView:
    partnership, plan = collation.partnership, collation.partnership.plan
    judgement, moderated = cell.judgement, cell.judgement.moderated
    expected = judgement.expected
    said = tuple(_said(collation, cell, agency, says) for agency, says in cell.returned.items())
    late_agencies = [agency for agency, _ in said_by(cell)] if cell.standing.is_late else []
    late = f", late by {wording.counted(cell.late_by, 'period')}" if cell.standing.is_late and cell.late_by else ""
    return CellView(
        action=cell.action.id,
        wording=cell.action.action,
        dimension=plan.dimensions[cell.dimension].label,
        expected=wording.expected(plan, expected) if expected else "",
        expected_ratings=wording.listed((plan.scale[each].label for each in expected.ratings), "or")
        if expected
        else "",
        expected_by=plan.periods[expected.since].label if expected else None,
        rating=_rating(plan, cell.rating),
        standing=cell.standing.value,
        standing_words=cell.standing.words + late,
        revised=_revised(collation, cell),
        movement=cell.movement.value if cell.movement else None,
        movement_words=_movement_words(plan, cell),
        leads=_leads(partnership, cell.action, collation.period),
        said=said,
        late=tuple(each for agency, each in zip(cell.returned, said, strict=True) if agency in late_agencies),
        moderated=ModeratedView(
            reason=moderated.reason,
            board=plan.boards[moderated.board].name,
            on=wording.day(moderated.on) if moderated.on else None,
            minute=moderated.minute,
        )
        if moderated
        else None,
        measures=tuple(
            MeasureView(partnership.agencies[course.agency].name, measures.in_words(course, plan))
            for course in measures.courses(partnership, cell.action.id, cell.dimension, collation.period)
        ),
    )


def _revised(collation: Collation, cell: CollatedCell) -> str | None:
    plan, period = collation.partnership.plan, collation.period
    revision = revision_in_force(plan, cell.action, cell.dimension, period)
    if revision is None:
        return None
    original = original_expectation(plan, cell.action, cell.dimension, period)
    against = standing(cell.rating, original, plan.scale)
    minute = f"minute {revision.minute}" if revision.minute else None
    decided = ", ".join(filter(None, (plan.boards[revision.board].name, wording.day(revision.on), minute)))
    was = f"{against.words} against the original" + (f" ({wording.expected(plan, original)})" if original else "")
    return f"{was}, {cell.standing.words} on the revised trajectory; {decided}: {revision.reason}"


def _said(collation: Collation, cell: CollatedCell, agency: str, says: Cell | None) -> SaidView:
    partnership = collation.partnership
    recovery = says.recovery if says else None
    return SaidView(
        agency=partnership.agencies[agency].name,
        rating=_rating(partnership.plan, cell.judgement.ratings[agency]),
        awaited=agency in cell.judgement.awaiting,
        update=paragraphs(says.update if says else None),
        recovery=paragraphs(recovery.plan if recovery else None),
        recovery_by=wording.day(recovery.by) if recovery and recovery.by else None,
        evidence=tuple(
            EvidenceView(each.what, each.where or None, wording.day(each.dated) if each.dated else None)
            for each in (says.evidence or () if says else ())
        ),
    )


def _movement_words(plan: Plan, cell: CollatedCell) -> str:
    match cell.movement:
        case None:
            return ""
        case Movement.NEW:
            return "new"
        case Movement.UNCHANGED:
            return "unchanged"
        case Movement.IMPROVED | Movement.DECLINED:
            assert cell.rating_before is not None, "what moved was rated before"
            return f"{cell.movement.value} from {wording.rating(plan, cell.rating_before)}"
        case _:
            assert_never(cell.movement)


def _missing(collation: Collation, faults: Sequence[Finding], agencies: Iterable[str]) -> Iterator[MissingView]:
    partnership = collation.partnership
    for agency in agencies:
        owed = [(cell.action.id, cell.dimension) for cell in collation.owed_by(agency)]
        fault = _fault(faults, return_path(agency, collation.period))
        if owed or fault:
            yield MissingView(
                agency=partnership.agencies[agency].name,
                ratings=len(owed),
                groups=wording.grouped(partnership.plan, owed),
                fault=fault,
            )


def _fault(faults: Sequence[Finding], path: str) -> str | None:
    return next((each.sentence for each in faults if each.path == path), None)


def _counts(collation: Collation, before: Collation | None) -> Iterator[CountRow]:
    plan = collation.partnership.plan
    now = Counter((cell.dimension, cell.rating) for cell in collation.cells)
    then = Counter((cell.dimension, cell.rating) for cell in before.cells) if before else None
    for name in (*plan.scale, None):
        rating = _rating(plan, name)
        counts = tuple((now[each, name], then[each, name] if then is not None else None) for each in plan.dimensions)
        yield CountRow(rating.label if rating else "No rating", rating, counts)
