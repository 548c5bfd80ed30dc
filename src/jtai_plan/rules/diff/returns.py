"""What changes in an agency's returns: ratings and how they stand, and all that is said beside them."""

from collections.abc import Iterator, Mapping

from jtai_plan.model.agency import Measure
from jtai_plan.model.partnership import PLAN, Partnership, agency_path, return_path
from jtai_plan.model.returns import Cell, Return
from jtai_plan.rules import wording
from jtai_plan.rules.diff.before_and_after import Sides, action_of
from jtai_plan.rules.diff.change import Change, Kind
from jtai_plan.rules.diff.fields import ORDER, Difference, differences, keys_of
from jtai_plan.rules.judge.trajectory import Standing, expectation, standing

_KINDS = {
    "update": Kind.UPDATE,
    "recovery": Kind.RECOVERY,
    "evidence": Kind.EVIDENCE,
    "measures": Kind.MEASURED,
    "answers": Kind.ANSWER,
    "restricted": Kind.RESTRICTED,
}
_ABOUT_THE_WHOLE = {"prepared": Kind.PREPARED, "approved": Kind.APPROVED}


def return_changes(sides: Sides, agency: str, period: str) -> Iterator[Change]:
    """Every change in the return of *agency* for *period*: the return itself, then its cells in the plan's order."""
    was, now = (each.returns.get((agency, period)) for each in sides)
    path, label = return_path(agency, period), sides.period(period)
    if (was is None) != (now is None):
        begun = Difference((), _rated(was), _rated(now))
        yield sides.change(begun, Kind.RETURN, path, label, "return", agency=agency, period=period)._replace(
            is_text=False
        )
    for key, kind in _ABOUT_THE_WHOLE.items():
        for each in differences(getattr(was, key, None), getattr(now, key, None), (key,)):
            what = " ".join(each.keys)
            yield sides.change(each, kind, path, f"return for {label}", what, agency=agency, period=period)
    for action, dimension in _cells(sides, was, now):
        before, after = (each.cell(action, dimension) if each else None for each in (was, now))
        yield from _cell(sides, agency, (action, dimension, period), before or Cell(), after or Cell())


def _rated(returned: Return | None) -> str | None:
    if returned is None:
        return None
    rated = sum(bool(cell.rating) for _, _, cell in returned.cells())
    return wording.counted(rated, "rating") if rated else "no rating"


def _cells(sides: Sides, was: Return | None, now: Return | None) -> Iterator[tuple[str, str]]:
    """The cells of either, in the plan's order; those of actions that the plan does not have come last."""
    both = [each.actions for each in (now, was) if each]
    said = dict.fromkeys(action for actions in both for action in actions)
    listed = (
        *sides.after.plan.actions,
        *(action.id for _, action in sides.after.additional_actions()),
        *said,
    )
    for action in dict.fromkeys(each for each in listed if each in said):
        mentioned = dict.fromkeys(dimension for actions in both for dimension in actions.get(action) or {})
        in_order = (*sides.after.plan.dimensions, *mentioned)
        yield from ((action, each) for each in dict.fromkeys(in_order) if each in mentioned)


def _cell(sides: Sides, agency: str, place: tuple[str, str, str], was: Cell, now: Cell) -> Iterator[Change]:
    action, dimension, period = place
    about = {"agency": agency, "action": action, "dimension": dimension, "period": period}
    path, subject = return_path(agency, period), sides.cell(*place)
    rating = _rating(sides, agency, place, was.rating, now.rating)
    if rating:
        yield rating
    for name, key in keys_of(now).items():
        if name != "rating":
            for each in differences(getattr(was, name), getattr(now, name), (key,)):
                yield sides.change(each, _KINDS[key], path, subject, _what(sides, agency, each.keys), **about)


def _what(sides: Sides, agency: str, keys: tuple[str, ...]) -> str:
    match keys:
        case ("measures", name):
            return f"measure “{_measure(sides, agency, name)}”"
        case ("answers", rule):
            return f"answer to {rule}"
        case ("recovery",):
            return "recovery"
        case ("recovery", "plan"):
            return "recovery"
        case (first, last) if last == ORDER:
            return f"order of the {first}"
        case _:
            return " ".join(keys)


def _measure(sides: Sides, agency: str, name: str) -> str:
    known: Mapping[str, Measure] = {
        each.id: each for side in sides for each in (side.agencies[agency].measures if agency in side.agencies else ())
    }
    return known[name].description if name in known else name


def _rating(sides: Sides, agency: str, place: tuple[str, str, str], was: str | None, now: str | None) -> Change | None:
    """The change of a rating, or of how it stands; None where neither changes."""
    action, dimension, period = place
    stood, stands = (_standing(side, place, rating) for side, rating in zip(sides, (was, now), strict=True))
    if was == now and (was is None or stood is stands):
        return None
    owner = PLAN if action in sides.after.plan.actions else agency_path(agency)
    kind, path = (Kind.STANDING, owner) if was == now else (Kind.RATING, return_path(agency, period))
    return Change(
        kind=kind,
        path=path,
        subject=sides.cell(*place),
        field="rating",
        what="rating",
        was=was,
        now=now,
        agency=agency,
        action=action,
        dimension=dimension,
        period=period,
        standing_was=stood,
        standing_now=stands,
        rating_was=sides.before.plan.scale[was] if was else None,
        rating_now=sides.after.plan.scale[now] if now else None,
        closed=sides.is_closed(period),
        note=_amended(sides, agency, place, was, now) if kind is Kind.RATING and sides.is_closed(period) else None,
    )


def _standing(side: Partnership, place: tuple[str, str, str], rating: str | None) -> Standing | None:
    """How *rating* stands in the partnership of one side; None where that knows no such cell."""
    action, dimension, period = place
    itself = action_of(side, action)
    if itself is None or period not in side.plan.periods or dimension not in side.plan.dimensions:
        return None
    return standing(rating, expectation(side.plan, itself, dimension, period), side.plan.scale)


def _amended(sides: Sides, agency: str, place: tuple[str, str, str], was: str | None, now: str | None) -> str:
    """Whether the change of a rating in a closed period was made openly."""
    action, dimension, period = place
    record = sides.after.board_records.get(period)
    for each in reversed(record.amendments if record else ()):
        if (each.agency, each.action, each.dimension, each.was, each.to) == (agency, action, dimension, was, now):
            return f"amended openly by {each.by}: {each.reason}"
    return "no amendment says why"
