"""`jtai show` as text: a table of the plan's standings, or one action with its whole history."""

from collections.abc import Iterator

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action
from jtai_plan.model.returns import Cell
from jtai_plan.output.terminal import Line, Part, Table, heading, line, rating_part, standing_part
from jtai_plan.rules import wording
from jtai_plan.rules.judge.collate import CollatedCell, Collation
from jtai_plan.rules.judge.judgement import judge
from jtai_plan.rules.judge.public_edition import RESTRICTED, is_restricted
from jtai_plan.rules.judge.trajectory import Standing


def plan_tables(collation: Collation) -> Iterator[Table]:
    """A table for each theme: its actions, and how each dimension stands."""
    partnership = collation.partnership
    plan = partnership.plan
    cells = {(cell.action.id, cell.dimension): cell for cell in collation.cells}
    labels = [dimension.label for dimension in plan.dimensions.values()]
    for theme in plan.themes:
        rows = []
        for action in theme.actions:
            standings = [_cell_part(cells[action.id, dimension]) for dimension in plan.dimensions]
            leads = wording.listed(
                partnership.agency_name(each.agency) for each in plan.leads(action, collation.period)
            )
            rows.append((Part(action.id, "bold"), *standings, Part(leads), Part(action.action)))
        yield Table(f"{theme.id} {theme.title}", ("", *labels, "Lead", "Action"), tuple(rows))


def _cell_part(cell: CollatedCell) -> Part:
    time = cell.over_time
    late = f" for {time.behind_for}" if cell.standing.is_late and time.behind_for != 1 else ""
    rating = f"{cell.rating}, " if cell.rating and cell.standing is not Standing.NO_RETURN else ""
    return standing_part(cell.standing, f"{rating}{cell.standing.words}{late}")


def action_lines(partnership: Partnership, action: Action) -> Iterator[Line]:
    """*action*: who leads it, what it should achieve, and what was expected and returned in each period."""
    plan = partnership.plan
    yield heading(f"{action.id} {action.action}")
    if action.id in plan.actions:
        yield line(f"Theme: {plan.theme_of[action.id].id} {plan.theme_of[action.id].title}")
    for _, own in partnership.additional_actions():
        if own.id == action.id:
            yield line(f"Additional action; contributes to {wording.listed(own.contributes_to)}")
    for lead in action.leads:
        officer = f"{lead.name or ''}{f' ({lead.role})' if lead.role else ''}".strip()
        name = partnership.agencies[lead.agency].name
        yield line(f"Lead: {officer}, {name}" if officer else f"Lead: {name}")
    for measure in action.outcome_measure:
        yield line(f"Outcome measure: {measure}")
    if action.reporting:
        yield line(f"Reporting: {action.reporting}")
    for period in plan.periods:
        yield line()
        yield heading(plan.periods[period].label)
        for dimension in plan.dimensions:
            yield from _in_period(partnership, action, dimension, period)


def _in_period(partnership: Partnership, action: Action, dimension: str, period: str) -> Iterator[Line]:
    plan = partnership.plan
    judgement = judge(partnership, action, dimension, period)
    parts: list[str | Part] = [Part(plan.dimensions[dimension].label, "bold"), ": "]
    if judgement.rating:
        parts += [rating_part(plan, judgement.rating), ", "]
    yield line(*parts, standing_part(judgement.standing), f"; {wording.expected(plan, judgement.expected)}", indent=2)
    restricted = is_restricted(partnership, action.id, dimension, period)
    if judgement.moderated:
        reason = RESTRICTED if restricted else judgement.moderated.reason
        yield line(f"Moderated by {plan.boards[judgement.moderated.board].name}: {reason}", indent=4)
    for agency in judgement.ratings:
        cell = partnership.cell(agency, action.id, dimension, period)
        name = partnership.agency_name(agency)
        if len(judgement.ratings) > 1 or judgement.moderated:
            yield line(f"{name}: ", rating_part(plan, cell.rating), indent=4)
        if not restricted:
            yield from _own_words(cell)
    if restricted:
        yield line("Restricted: what was said is in the report for the boards.", indent=4)


def _own_words(cell: Cell) -> Iterator[Line]:
    for each in (cell.update or "").split("\n"):
        if each.strip():
            yield line(each.strip(), indent=6)
    if cell.recovery and cell.recovery.plan:
        by = f" (by {wording.day(cell.recovery.by)})" if cell.recovery.by else ""
        yield line(f"Recovery: {' '.join(cell.recovery.plan.split())}{by}", indent=6)
    for evidence in cell.evidence:
        parts = [evidence.what, evidence.where, wording.day(evidence.dated) if evidence.dated else None]
        yield line(f"Evidence: {'; '.join(part for part in parts if part)}", indent=6)
