"""What a governance board signs: a digest of each part of the plan, so that a later change shows."""

from collections.abc import Iterator, Mapping
from typing import Any

from jtai_plan.model.plan import Action, Plan, Steps
from jtai_plan.rules.seals.digest import digest
from jtai_plan.rules.wording import listed

PLAN_PARTS = {
    "plan": "the themes and dimensions",
    "scale": "the rating scale",
    "expected": "what is expected by when",
}
"""The parts of a plan other than its actions, each with its name in a sentence."""


def digests(plan: Plan) -> Mapping[str, str]:
    """The digest of each part of *plan*: of those in `PLAN_PARTS`, and of each action by its id.

    They cover substance: ids, wording, lead agencies and when they lead, outcome measures, the scale and its
    definitions, and what is expected by when. A comment, the layout, the order of keys, white space or an officer's
    name does not change them.
    """
    whole = {"plan": _outline(plan), "scale": _scale(plan), "expected": _steps(plan.expected)}
    actions = {action.id: _action(action) for action in plan.actions.values()}
    return {name: digest(part) for name, part in (whole | actions).items()}


def changed_since(signed: Mapping[str, str], plan: Plan) -> Iterator[str]:
    """What has changed in *plan* since it was *signed*, in words: "T2.2 has changed", "T7.1 is new"."""
    now = digests(plan)
    for name, part in now.items():
        if name not in signed:
            yield f"{PLAN_PARTS.get(name, name)} is new"
        elif signed[name] != part:
            yield f"{PLAN_PARTS.get(name, name)} {'have' if name == 'plan' else 'has'} changed"
    if gone := [name for name in signed if name not in now]:
        yield f"{listed(gone)} {'was' if len(gone) == 1 else 'were'} removed"


def _outline(plan: Plan) -> Any:
    themes = {theme.id: [_folded(theme.title), sorted(action.id for action in theme.actions)] for theme in plan.themes}
    return {"themes": themes, "dimensions": sorted(plan.dimensions)}


def _scale(plan: Plan) -> Any:
    return {
        name: [rating.rank, rating.complete, {each: _folded(rating.meaning(each) or "") for each in plan.dimensions}]
        for name, rating in plan.scale.items()
    }


def _steps(steps: Steps) -> Any:
    return {
        dimension: {period: sorted(ratings) for period, ratings in expected.items()}
        for dimension, expected in steps.items()
    }


def _action(action: Action) -> Any:
    return {
        "action": _folded(action.action),
        "leads": sorted([lead.agency, lead.since or "", lead.until or ""] for lead in action.leads),
        "outcome_measure": [_folded(each) for each in action.outcome_measure],
        "addresses": sorted(action.addresses),
        "starts": action.starts,
        "expected": _steps(action.expected),
        "revised": [[each.since, _steps(each.expected)] for each in action.revised],
        "withdrawn": action.withdrawn.since if action.withdrawn else None,
    }


def _folded(text: str) -> str:
    return " ".join(text.split())
