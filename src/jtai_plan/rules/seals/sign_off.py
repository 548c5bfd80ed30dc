"""What a governance board signs: a digest of each part of the plan, so that a later change shows."""

from collections.abc import Container, Iterator, Mapping
from typing import Any, NamedTuple

from jtai_plan.model.plan import Action, Plan, Revision, Steps, Withdrawal
from jtai_plan.rules.seals.digest import digest
from jtai_plan.rules.wording import day, listed

PLAN_PARTS = {
    "plan": "the themes and dimensions",
    "scale": "the rating scale",
    "expected": "what is expected by when",
    "periods": "when each period begins and ends",
}
"""The parts of a plan other than its actions, each with its name in a sentence."""


def digests(plan: Plan) -> Mapping[str, str]:
    """The digest of each part of *plan*: of those in `PLAN_PARTS`, and of each action by its id.

    They cover substance: ids, wording, lead agencies and when they lead, outcome measures, the scale and its
    definitions, what is expected by when, and the days of the periods. A comment, the layout, the order of keys, white
    space or an officer's name does not change them.
    """
    whole = {"plan": _outline(plan, plan.actions), "scale": _scale(plan), "expected": _expected(plan)}
    whole["periods"] = {
        name: [each.first_day.isoformat(), each.last_day.isoformat()] for name, each in plan.periods.items()
    }
    actions = {action.id: _action(action) for action in plan.actions.values()}
    return {name: digest(part) for name, part in (whole | actions).items()}


class Lapse(NamedTuple):
    """A part of a plan that is not what was signed."""

    part: str
    """Its name: that of an action, or one in `PLAN_PARTS`."""
    words: str
    """What happened to it: "T2.2 has changed", "T7.1 is new"."""
    board_knows: bool = False
    """Whether a board that receives the report decided it, as a revision or a withdrawal."""


def changed_since(signed: Mapping[str, str], plan: Plan) -> Iterator[Lapse]:
    """What has changed in *plan* since it was *signed*. A part that old sign-offs do not cover counts once one does."""
    now = digests(plan)
    for name, part in now.items():
        if name not in signed:
            if name not in PLAN_PARTS:
                yield Lapse(name, f"{name} is new")
        # New actions are told by themselves.
        elif signed[name] != part and not (name == "plan" and signed[name] == digest(_outline(plan, signed))):
            yield _changed(name, signed, plan)
    if gone := [name for name in signed if name not in now]:
        yield Lapse(gone[0], f"{listed(gone)} {'was' if len(gone) == 1 else 'were'} removed")


def _changed(name: str, signed: Mapping[str, str], plan: Plan) -> Lapse:
    if name in PLAN_PARTS:
        return Lapse(name, f"{PLAN_PARTS[name]} {'have' if name == 'plan' else 'has'} changed")
    action = plan.actions[name]
    for earlier, since in _before_decisions(action):
        if all(each.board in plan.boards for each in since) and signed[name] == digest(_action(earlier)):
            decided = [
                f"{'revised' if isinstance(each, Revision) else 'withdrawn'} by {plan.boards[each.board].name} "
                f"on {day(each.on)}"
                for each in since
            ]
            return Lapse(name, f"{name} was {listed(decided)}", board_knows=True)
    return Lapse(name, f"{name} has changed")


def _before_decisions(action: Action) -> Iterator[tuple[Action, tuple[Revision | Withdrawal, ...]]]:
    """*action* as it was before its latest revisions and its withdrawal, and those decisions."""
    for withdrawn in dict.fromkeys((action.withdrawn, None)):
        ended = (action.withdrawn,) if action.withdrawn and withdrawn is None else ()
        for count in range(len(action.revised), -1, -1):
            earlier = action.model_copy(update={"revised": action.revised[:count], "withdrawn": withdrawn})
            yield earlier, (*action.revised[count:], *ended)


def quoted(then: Plan, now: Plan, part: str) -> str | None:
    """How the wording of the action *part* was, and how it is; None if that did not change."""
    was, is_now = then.actions.get(part), now.actions.get(part)
    if was is None or is_now is None:
        return None
    said = [
        f"“{_folded(before)}” is now “{_folded(after)}”"
        for before, after in (
            (was.action, is_now.action),
            ("; ".join(was.outcome_measure), "; ".join(is_now.outcome_measure)),
        )
        if _folded(before) != _folded(after)
    ]
    leads = [sorted(lead.agency for lead in each.leads) for each in (was, is_now)]
    if leads[0] != leads[1]:
        said.append(f"{listed(leads[0])} led it, now {listed(leads[1])}")
    return f"{part}: {'; '.join(said)}" if said else None


def _outline(plan: Plan, actions: Container[str]) -> Any:
    """The themes with those of *actions* that they hold, and the dimensions."""
    themes = {
        theme.id: [_folded(theme.title), sorted(action.id for action in theme.actions if action.id in actions)]
        for theme in plan.themes
    }
    return {"themes": themes, "dimensions": sorted(plan.dimensions)}


def _scale(plan: Plan) -> Any:
    return {
        name: [
            rating.rank,
            rating.complete,
            {each: _folded(rating.meaning(each) or "") for each in plan.dimensions},
            *(["on track"] if rating.on_track else []),
            *([sorted(rating.dimensions)] if rating.dimensions else []),
        ]
        for name, rating in plan.scale.items()
    }


def _expected(plan: Plan) -> Any:
    # A sign-off of a plan that says nothing of it stays as it is.
    return {**_steps(plan.expected), **({"complete stands": True} if plan.complete_stands else {})}


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
        "revised": [
            [each.since, _steps(each.expected), *([each.due.isoformat()] if each.due else [])]
            for each in action.revised
        ],
        "withdrawn": action.withdrawn.since if action.withdrawn else None,
        # A sign-off of a plan without due days stays as it is.
        **({"due": action.due.isoformat()} if action.due else {}),
    }


def _folded(text: str) -> str:
    return " ".join(text.split())
