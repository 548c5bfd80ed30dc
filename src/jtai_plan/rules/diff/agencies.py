"""What changes in what an agency says of itself, and in what its governance board signed."""

from collections.abc import Iterator

from jtai_plan.model.agency import AdditionalAction, Agency, SignOff
from jtai_plan.model.partnership import PLAN, agency_path, sign_off_path
from jtai_plan.rules import wording
from jtai_plan.rules.diff.actions import field_change, fields
from jtai_plan.rules.diff.before_and_after import Sides
from jtai_plan.rules.diff.change import Change, Kind
from jtai_plan.rules.diff.fields import ORDER, Difference, reordered, words
from jtai_plan.rules.seals.sign_off import changed_since


def agency_changes(sides: Sides, agency: str) -> Iterator[Change]:
    """Every change in agency.yaml: that there is the agency, its names, its board, its measures and its own actions."""
    was, now = (each.agencies.get(agency) for each in sides)
    path = agency_path(agency)
    if was is None or now is None:
        there = Difference((), was.name if was else None, now.name if now else None)
        yield sides.change(there, Kind.AGENCY, path, "partnership", f"agency {agency}", agency=agency)
        was, now = (each or Agency(name=there.was or there.now) for each in (was, now))
    for each in fields(was, now, ("measures", "actions")):
        what = " ".join(each.keys).replace("_", " ")
        yield sides.change(each, Kind.AGENCY, path, "agency", what, agency=agency)
    yield from _measures(sides, agency, was, now)
    yield from _own_actions(sides, agency, was, now)


def _measures(sides: Sides, agency: str, was: Agency, now: Agency) -> Iterator[Change]:
    path = agency_path(agency)
    for each in fields(was, now, ("name", "short_name", "governance_board", "signs_with", "actions")):
        _, *keys = each.keys
        name = keys[0] if keys else ""
        known = next((measure for measure in (*now.measures, *was.measures) if measure.id == name), None)
        action = known.action if known else None
        if not known:
            what = "order of the measures" if name == ORDER else "measure"
            yield sides.change(each, Kind.MEASURE, path, "agency", what, agency=agency)
        elif len(keys) == 1:
            yield sides.change(each, Kind.MEASURE, path, "agency", f"measure {name}", agency=agency, action=action)
        else:
            what = " ".join(keys[1:])
            yield sides.change(each, Kind.MEASURE, path, f"measure {name}", what, agency=agency, action=action)


def _own_actions(sides: Sides, agency: str, was: Agency, now: Agency) -> Iterator[Change]:
    path = agency_path(agency)
    before, after = ({action.id: action for action in each.actions} for each in (was, now))
    for name in (*after, *(each for each in before if each not in after)):
        if name in before and name in after:
            for each in fields(before[name], after[name], ("id",)):
                yield field_change(sides, each, Kind.ACTION, path, name, agency)
        else:
            whole = Difference(("action",), _summary(before.get(name)), _summary(after.get(name)))
            what = f"additional action {name}"
            yield sides.change(whole, Kind.ACTION, path, "agency", what, agency=agency, action=name)
    for each in reordered(before, after, ("actions",)):
        yield sides.change(each, Kind.ACTION, path, "agency", "order of the additional actions", agency=agency)


def _summary(action: AdditionalAction | None) -> str | None:
    return f"{action.action} (contributes to {wording.listed(action.contributes_to)})" if action else None


def sign_off_changes(sides: Sides, agency: str) -> Iterator[Change]:
    """A sign-off that is new, made again or withdrawn; or one that covers the plan no longer, or does again."""
    was, now = (each.sign_offs.get(agency) for each in sides)
    if was is not None and was == now:
        yield from _coverage(sides, agency, was)
    elif was != now:
        said = Difference((), _words(sides, was), _words(sides, now))
        change = sides.change(said, Kind.SIGN_OFF, sign_off_path(agency), "plan", "sign-off", agency=agency)
        yield change._replace(is_text=False, note=_covers(sides, now) if now else None)


def _words(sides: Sides, signed: SignOff | None) -> str | None:
    return words(sides.after, signed.model_copy(update={"signed": {}})) if signed else None


def _covers(sides: Sides, signed: SignOff) -> str:
    changed = list(changed_since(signed.signed, sides.after.plan))
    if not changed:
        return "what it signs is the plan as it now is"
    return f"what it signs is not the plan as it now is: {wording.listed(changed)}"


def _coverage(sides: Sides, agency: str, signed: SignOff) -> Iterator[Change]:
    if sides.before.plan == sides.after.plan:
        return
    was, now = (
        wording.listed(found) if (found := list(changed_since(signed.signed, each.plan))) else None for each in sides
    )
    if was != now:
        yield Change(
            kind=Kind.COVERAGE,
            path=PLAN,
            subject=f"sign-off of {wording.day(signed.on)}",
            field="signed",
            what="what is not as it was signed",
            was=was,
            now=now,
            agency=agency,
        )
