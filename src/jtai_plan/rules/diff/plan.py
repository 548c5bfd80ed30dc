"""What changes in plan.yaml: what was agreed, who leads it, how it is rated, and by when."""

from collections.abc import Iterator
from typing import Any

from jtai_plan.model.partnership import PLAN, Partnership
from jtai_plan.model.plan import Action, Plan
from jtai_plan.rules.diff.actions import actions_own_changes
from jtai_plan.rules.diff.before_and_after import Sides
from jtai_plan.rules.diff.change import Change, Kind
from jtai_plan.rules.diff.fields import ORDER, Difference, differences, keys_of, reordered
from jtai_plan.rules.wording import listed

_KINDS = {
    "inspection": Kind.INSPECTION,
    "boards": Kind.BOARD,
    "periods": Kind.PERIOD,
    "dimensions": Kind.DIMENSION,
    "scale": Kind.SCALE,
    "expected": Kind.EXPECTED,
    "areas_for_improvement": Kind.AREA,
    "answers": Kind.ANSWER,
}
_ONE_OF = {
    "boards": "board",
    "periods": "period",
    "dimensions": "dimension",
    "scale": "rating",
    "items": "area",
    "excellence": "statement of excellence",
}
"""What one of several is called."""


def plan_changes(sides: Sides) -> Iterator[Change]:
    """Every change in plan.yaml, in the order of its keys."""
    before, after = sides.before.plan, sides.after.plan
    for name, key in keys_of(after).items():
        if key != "themes":
            for difference in differences(getattr(before, name), getattr(after, name), (key,)):
                yield _of_the_plan(sides, difference)
    yield from _themes(sides)
    yield from _actions(sides)


def _of_the_plan(sides: Sides, difference: Difference) -> Change:
    first, *others = difference.keys
    kind = _KINDS.get(first, Kind.PLAN)
    if difference.keys[-1] == ORDER:
        return sides.change(difference, kind, PLAN, "plan", f"order of the {_spaced(*difference.keys[:-1])}")
    if first == "areas_for_improvement" and others[:1] == ["items"]:
        first, *others = others
    if first in ("boards", "periods", "dimensions", "scale", "items"):
        name, *rest = others
        more: dict[str, Any] = {"period": name} if first == "periods" else {}
        more |= {"dimension": name} if first == "dimensions" else {}
        called = sides.period(name) if first == "periods" else name
        if not rest:
            return sides.change(difference, kind, PLAN, "plan", f"{_ONE_OF[first]} {called}", **more)
        return sides.change(difference, kind, PLAN, f"{_ONE_OF[first]} {called}", _spaced(*rest), **more)
    if first == "expected" and others:
        what = f"what is expected of {sides.dimension(others[0])}"
        return sides.change(difference, kind, PLAN, "plan", what, dimension=others[0])
    if first == "answers" and others:
        return sides.change(difference, kind, PLAN, "plan", f"answer to {others[0]}")
    return sides.change(difference, kind, PLAN, "plan", _spaced(_ONE_OF.get(first, first), *others))


def _spaced(*keys: str) -> str:
    return " ".join(keys).replace("_", " ")


def _themes(sides: Sides) -> Iterator[Change]:
    was, now = ({theme.id: theme.title for theme in each.plan.themes} for each in sides)
    for theme in (*now, *(each for each in was if each not in now)):
        for each in differences(was.get(theme), now.get(theme), ("themes", theme, "title")):
            whole = each.was is None or each.now is None
            subject, what = ("plan", f"theme {theme}") if whole else (f"theme {theme}", "title")
            yield sides.change(each, Kind.THEME, PLAN, subject, what)
    for each in reordered(was, now, ("themes",)):
        yield sides.change(each, Kind.THEME, PLAN, "plan", "order of the themes")


def _actions(sides: Sides) -> Iterator[Change]:
    before, after = sides.before.plan, sides.after.plan
    was, now = before.actions, after.actions
    for name in (*now, *(each for each in was if each not in now)):
        if name in was and name in now:
            yield from actions_own_changes(sides, was[name], now[name])
            if _theme(before, name) != _theme(after, name):
                moved = Difference(("theme",), _theme(before, name), _theme(after, name))
                yield sides.change(moved, Kind.ACTION, PLAN, name, "theme", action=name)
        else:
            partnership, action = (sides.after, now[name]) if name in now else (sides.before, was[name])
            whole = Difference(("action",), *(each[name].action if name in each else None for each in (was, now)))
            led = f"led by {_leads(partnership, action)}"
            yield sides.change(whole, Kind.ACTION, PLAN, "plan", f"action {name}", action=name, note=led)
    for each in reordered(was, now, ("actions",)):
        yield sides.change(each, Kind.ACTION, PLAN, "plan", "order of the actions")


def _theme(plan: Plan, action: str) -> str:
    return plan.theme_of[action].id


def _leads(partnership: Partnership, action: Action) -> str:
    return listed(dict.fromkeys(partnership.agency_name(lead.agency) for lead in action.leads))
