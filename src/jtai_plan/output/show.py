"""`jtai show` as text: a table of the plan's last ratings, or one action with its whole history."""

from collections.abc import Iterator

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Plan
from jtai_plan.model.returns import Cell
from jtai_plan.output.terminal import Line, Part, Table, heading, line, rating_part, standing_part
from jtai_plan.rules import wording
from jtai_plan.rules.judge import standing_words
from jtai_plan.rules.judge.collate import CollatedCell, Collation
from jtai_plan.rules.judge.judgement import judge
from jtai_plan.rules.judge.public_edition import RESTRICTED, is_restricted

LAST = 4
"""How many periods the table shows."""


SIGNS = (
    "The last periods, the latest last: ! is behind or unranked (what was expected stands in brackets), ? is part "
    "returned, – is not returned, and · is not due. Of one action: jtai show ACTION."
)


def plan_table(collation: Collation) -> Table:
    """Every action and, for each dimension, the letters of its last ratings: a screen for a plan of some 20 actions.

    `SIGNS` says what stands beside them.
    """
    plan = collation.partnership.plan
    cells = {(cell.action.id, cell.dimension): cell for cell in collation.cells}
    rows: list[tuple[Line, ...]] = []
    for theme in plan.themes:
        rows.append((line(Part(theme.id, "bold")), *[line()] * len(plan.dimensions), line(Part(theme.title, "bold"))))
        for action in theme.actions:
            ratings = (_ratings(plan, cells[action.id, dimension]) for dimension in plan.dimensions)
            rows.append((line(Part(action.id)), *ratings, line(action.action)))
    return Table(("", *(each.label for each in plan.dimensions.values()), "Action"), tuple(rows))


def _ratings(plan: Plan, cell: CollatedCell) -> Line:
    """The letters of the last ratings of *cell*, the present one last, and what was expected now if that is not met."""
    parts: list[str | Part] = []
    for point in cell.history[-LAST:]:
        letter = standing_words.letter(plan, point)
        style = rating_part(plan, point.rating).style if point.rating else ""
        parts += [
            Part(letter, f"bold {style}".rstrip()) if style else letter,
            standing_words.mark(point) or " ",
        ]
    if cell.standing.is_late:
        parts.append(f"({wording.letters(plan, cell.judgement.expected)})")
    return line(*parts)


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
    yield from _in_the_plan(plan, action)
    for period in plan.periods:
        yield line()
        yield heading(plan.periods[period].label)
        for dimension in plan.dimensions:
            yield from _in_period(partnership, action, dimension, period)


def _in_the_plan(plan: Plan, action: Action) -> Iterator[Line]:
    """What else the plan says of *action*."""
    if due := wording.due(plan, action, list(plan.periods)[-1]):
        yield line(f"Due: {due}")
    for each in action.milestones:
        done = f" (done {wording.day(each.done)})" if each.done else ""
        yield line(f"By {wording.day(each.by)}: {each.what}{done}")
    if action.ref:
        yield line(f"Reference: {action.ref}")
    if action.sponsor:
        yield line(f"Sponsor: {action.sponsor}")
    for name, words in action.also.items():
        yield line(f"{name}: {' '.join(words.split())}")
    if action.reporting:
        yield line(f"Reporting: {action.reporting}")


def _in_period(partnership: Partnership, action: Action, dimension: str, period: str) -> Iterator[Line]:
    plan = partnership.plan
    judgement = judge(partnership, action, dimension, period)
    parts: list[str | Part] = [Part(plan.dimensions[dimension].label, "bold"), ": "]
    if judgement.rating:
        parts += [rating_part(plan, judgement.rating), ", "]
    since = judgement.carried_from
    standing = f"{judgement.standing.words}, as rated in {plan.periods[since].label}" if since else ""
    yield line(
        *parts, standing_part(judgement.standing, standing), f"; {wording.expected(plan, judgement.expected)}", indent=2
    )
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
