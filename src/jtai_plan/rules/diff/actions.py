"""What changes in an action: its wording, who leads it, what was revised, and all else that is said of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from jtai_plan.model.partnership import PLAN, Partnership
from jtai_plan.model.plan import Action, Lead, Revision
from jtai_plan.model.words import Noun
from jtai_plan.rules import wording
from jtai_plan.rules.diff.before_and_after import Sides
from jtai_plan.rules.diff.change import Change, Kind
from jtai_plan.rules.diff.fields import ORDER, Difference, differences, keys_of, words

_CALLED = {
    "action": "wording",
    "addresses": "area that it addresses",
    "contributes_to": "action that it contributes to",
}


def actions_own_changes(sides: Sides, was: Action, now: Action) -> Iterator[Change]:
    """What changes in an action of the plan that is there before and after."""
    for difference in fields(was, now, ("id", "leads", "revised")):
        kind = Kind.WITHDRAWN if difference.keys[0] == "withdrawn" else Kind.ACTION
        if difference.keys[0] == "expected":
            kind = Kind.EXPECTED
        yield field_change(sides, difference, kind, PLAN, now.id)
    yield from _leads(sides, was, now)
    yield from _revisions(sides, was, now)


def fields(was: Noun, now: Noun, without: tuple[str, ...]) -> Iterator[Difference]:
    """What differs between two nouns of one kind, but for the fields *without*."""
    for name, key in keys_of(now).items():
        if key not in without:
            yield from differences(getattr(was, name), getattr(now, name), (key,))


def field_change(
    sides: Sides, difference: Difference, kind: Kind, path: str, action: str, agency: str | None = None
) -> Change:
    """A *difference* in one field of *action*, as a change."""
    first, *others = (key for key in difference.keys if key != ORDER)
    more: dict[str, Any] = {"action": action, "agency": agency}
    if first == "expected":
        what = f"what is expected of {sides.dimension(others[0])}"
        more["dimension"] = others[0]
    else:
        what = " ".join((_CALLED.get(first, first), *others)).replace("_", " ")
    if difference.keys[-1] == ORDER:
        what = f"order of: {what}"
    return sides.change(difference, kind, path, action, what, **more)


def _leads(sides: Sides, was: Action, now: Action) -> Iterator[Change]:
    """First who leads it from when to when, and then who answers for that in each agency."""
    terms = tuple([(lead.agency, lead.since, lead.until) for lead in each.leads] for each in (was, now))
    if terms[0] != terms[1]:
        agencies = Difference(("leads",), _terms(sides.before, was), _terms(sides.after, now))
        what = "lead agency" if len(was.leads) == len(now.leads) == 1 else "lead agencies"
        yield sides.change(agencies, Kind.LEAD, PLAN, now.id, what, action=now.id)._replace(is_text=False)
    for agency in dict.fromkeys(lead.agency for lead in (*now.leads, *was.leads)):
        before, after = _officers(was, agency), _officers(now, agency)
        if before != after:
            officer = Difference(("leads", "name"), _people(before), _people(after))
            what = f"officer of {sides.agency(agency)}"
            yield sides.change(officer, Kind.OFFICER, PLAN, now.id, what, action=now.id)


def _terms(partnership: Partnership, action: Action) -> str:
    return wording.listed(_term(partnership, lead) for lead in action.leads)


def _term(partnership: Partnership, lead: Lead) -> str:
    name, periods = partnership.agency_name(lead.agency), partnership.plan.periods
    since = [f"from {periods[lead.since].label}"] if lead.since else []
    until = [f"until {periods[lead.until].label}"] if lead.until else []
    return f"{name} ({' '.join(since + until)})" if since + until else name


def _officers(action: Action, agency: str) -> list[tuple[str | None, str | None]]:
    officers = [(lead.name, lead.role) for lead in action.leads if lead.agency == agency]
    return [each for each in officers if any(each)]


def _people(officers: list[tuple[str | None, str | None]]) -> str | None:
    # A role without a name is told from a name without a role.
    people = [f"{name or 'nobody named'}{f' ({role})' if role else ''}" for name, role in officers]
    return wording.listed(people) if people else None


def _revisions(sides: Sides, was: Action, now: Action) -> Iterator[Change]:
    """A new revision says what was expected and what is; one that is altered or gone is told whole."""
    for difference in differences(was.revised, now.revised, ("revised",)):
        if difference.was is None:
            yield from _revision(sides, now, difference.now)
        else:
            what = "order of the revisions" if difference.keys[-1] == ORDER else "revision"
            yield sides.change(difference, Kind.REVISED, PLAN, now.id, what, action=now.id)


def _revision(sides: Sides, action: Action, revision: Revision) -> Iterator[Change]:
    plan = sides.after.plan
    why = revision.model_copy(update={"expected": {}})
    # As expected before it: of an earlier revision, of the action's own steps, or of the plan's.
    steps = {**plan.expected, **action.expected}
    for earlier in sorted(action.revised, key=lambda each: plan.order[each.since]):
        if plan.order[earlier.since] < plan.order[revision.since]:
            steps = {**steps, **earlier.expected}
    for dimension, expected in revision.expected.items():
        stood: Mapping[str, Any] = steps.get(dimension, {})
        change = sides.change(
            Difference(("revised", "expected", dimension), None, None),
            Kind.REVISED,
            PLAN,
            action.id,
            f"what is expected of {sides.dimension(dimension)}, revised",
            action=action.id,
            dimension=dimension,
            note=words(sides.after, why),
        )
        yield change._replace(was=words(sides.after, stood), now=words(sides.after, expected), is_text=False)
