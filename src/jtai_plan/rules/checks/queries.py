"""What is worth asking about a plan: what it leaves undefined, what never applies, and what no action addresses."""

import re
from collections.abc import Iterator

from jtai_plan.model.finding import Finding, Keys
from jtai_plan.model.partnership import PLAN, agency_path
from jtai_plan.model.plan import Plan, Steps
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue import queries as rules
from jtai_plan.rules.judge.collate import Collation

MARK = "PLACEHOLDER"
"""How a text begins that jtai init wrote for somebody to replace."""


def undefined_ratings(collation: Collation) -> Iterator[Finding]:
    """Every rating that the key does not define for some dimension."""
    plan = collation.partnership.plan
    for name, rating in plan.scale.items():
        used = {dimension: each for dimension, each in plan.dimensions.items() if name in plan.ratings(dimension)}
        without = [each.label.lower() for dimension, each in used.items() if not rating.meaning(dimension)]
        if without:
            message = f"the key gives {wording.rating(plan, name)} no meaning for {wording.listed(without)}"
            yield rules.UNDEFINED_RATING.finding(message, PLAN, "Define it under 'means'.", keys=("scale", name))


def misplaced_definitions(collation: Collation) -> Iterator[Finding]:
    """Every definition of complete that mentions a dimension other than its own."""
    plan = collation.partnership.plan
    for name, rating in plan.scale.items():
        for dimension, itself in plan.dimensions.items() if rating.complete else ():
            said = rating.meaning(dimension) or ""
            others = [each.label.lower() for other, each in plan.dimensions.items() if other != dimension]
            mentioned = [other for other in others if re.search(rf"\b{re.escape(other)}\b", said, re.IGNORECASE)]
            if mentioned:
                message = (
                    f"{wording.rating(plan, name)} means that {itself.label.lower()} is complete, but its definition "
                    f"mentions {wording.listed(mentioned)}"
                )
                hint = "Define it for this dimension alone, under 'means'."
                yield rules.MISPLACED_DEFINITION.finding(message, PLAN, hint, keys=("scale", name))


def unreachable_expectations(collation: Collation) -> Iterator[Finding]:
    """Every step that never applies, because a later one has replaced it when the action starts."""
    plan = collation.partnership.plan
    for t, theme in enumerate(plan.themes):
        for a, action in enumerate(theme.actions):
            if action.starts:
                for dimension, period in _superseded(plan, action.expected, action.starts):
                    message = (
                        f"{wording.subject(plan, action.id, dimension)} has a step for {plan.periods[period].label} "
                        f"that never applies: the action starts in {plan.periods[action.starts].label}, when a later "
                        "step applies"
                    )
                    keys: Keys = ("themes", t, "actions", a, "expected", dimension, period)
                    hint = "Delete the step, or let the action start earlier."
                    yield rules.UNREACHABLE_EXPECTATION.finding(message, PLAN, hint, keys=keys, action=action.id)


def placeholders(collation: Collation) -> Iterator[Finding]:
    """Every text of the plan that still begins with "PLACEHOLDER", and every agency that is called so."""
    partnership = collation.partnership
    hint = "Put what was agreed in its place."
    for t, theme in enumerate(partnership.plan.themes):
        here: Keys = ("themes", t)
        texts: list[tuple[Keys, str]] = [((*here, "title"), theme.title)]
        for a, action in enumerate(theme.actions):
            there: Keys = (*here, "actions", a)
            texts.append(((*there, "action"), action.action))
            texts += [((*there, "outcome_measure", n), each) for n, each in enumerate(action.outcome_measure)]
        for keys, text in texts:
            if text.startswith(MARK):
                yield rules.PLACEHOLDER_LEFT.finding(f"“{text}” is still to be written", PLAN, hint, keys=keys)
    for agency, itself in partnership.agencies.items():
        if itself.name.startswith(MARK):
            led = [
                action.id
                for action in partnership.plan.actions.values()
                if agency in {lead.agency for lead in action.leads}
            ]
            message = f"the agency that leads {wording.listed(led)} is still to be named"
            hint = f"Put its id in place of '{agency}' in each action's 'leads', and delete the folder of '{agency}'."
            yield rules.PLACEHOLDER_LEFT.finding(message, agency_path(agency), hint, keys=("name",))


def areas(collation: Collation) -> Iterator[Finding]:
    """Areas for improvement that are not written down, that no action addresses, or whose impact is still to come."""
    plan = collation.partnership.plan
    known = plan.areas_for_improvement
    if known is None:
        return
    if known.count is not None and known.count != len(known.items):
        message = f"{len(known.items)} of {known.count} areas for improvement are recorded"
        hint = "List them under 'items', and name them in each action's 'addresses'."
        yield rules.AREAS_NOT_RECORDED.finding(message, PLAN, hint, keys=("areas_for_improvement", "count"))
    for n, area in enumerate(known.items):
        keys: Keys = ("areas_for_improvement", "items", n, "id")
        addressed_by = [
            action.id
            for action in plan.actions.values()
            if area.id in action.addresses and not plan.is_withdrawn(action, collation.period)
        ]
        if not addressed_by:
            message = f"no action addresses {area.id}, “{area.summary}”"
            hint = "Name it in the 'addresses' of an action."
            yield rules.AREA_NOT_ADDRESSED.finding(message, PLAN, hint, keys=keys)
        elif _complete_without_impact(collation, addressed_by):
            done = f"{wording.listed(addressed_by)} {wording.are(len(addressed_by))} complete in everything but impact"
            message = f"{done}, and no other action addresses {area.id}, “{area.summary}”"
            yield rules.COMPLETE_WITHOUT_IMPACT.finding(
                message, PLAN, "Ask what else would make a difference.", keys=keys
            )


def _superseded(plan: Plan, steps: Steps, starts: str) -> Iterator[tuple[str, str]]:
    for dimension, expected in steps.items():
        reached = [period for period in expected if plan.order[period] <= plan.order[starts]]
        latest = max(reached, key=plan.order.__getitem__, default=None)
        yield from ((dimension, period) for period in reached if period != latest)


def _complete_without_impact(collation: Collation, actions: list[str]) -> bool:
    """Whether *actions* are complete in every dimension but impact, and not in that."""
    scale = collation.partnership.plan.scale
    cells = [cell for cell in collation.cells if cell.action.id in actions]
    complete = {(cell.action.id, cell.dimension): bool(cell.rating and scale[cell.rating].complete) for cell in cells}
    impact = [done for (_, dimension), done in complete.items() if dimension == "impact"]
    others = [done for (_, dimension), done in complete.items() if dimension != "impact"]
    return bool(impact and others) and all(others) and not all(impact)


QUERIES = (undefined_ratings, misplaced_definitions, unreachable_expectations, placeholders, areas)
"""Each takes a collation."""
