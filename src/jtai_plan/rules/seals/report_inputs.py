"""The inputs of a report, and a digest of them.

`as_of` leaves what a report of a period is made from. The digest covers all that the report may show. Later periods,
comments, the layout, the order of keys and line ends do not change it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jtai_plan.model.agency import Agency, SignOff
from jtai_plan.model.noun import Noun
from jtai_plan.model.partnership import Partnership, place_of
from jtai_plan.model.plan import Action, Plan, Steps
from jtai_plan.model.returns import Return
from jtai_plan.model.text import with_line_feeds
from jtai_plan.rules.seals.digest import digest, digest_of_bytes

NOT_SHOWN = {"answers", "checks", "closed", "contacts", "presented"}
"""Top-level keys that no report shows. Most are written after a report has been issued."""
IN_ORDER = ("boards", "dimensions", "scale")
"""The mappings of plan.yaml whose order a report shows."""


def as_of(partnership: Partnership, period: str) -> Partnership:
    """*partnership* as the report of *period* reads it.

    It has no returns or records of later periods, and no revisions, withdrawals or changes of lead that begin later.
    """
    plan = partnership.plan
    held, now = _plan_as_of(plan, period), plan.order[period]
    # The leads come first, whatever the order of the folders.
    agencies = dict.fromkeys((*held.lead_agencies, *sorted(partnership.agencies)))
    return partnership._replace(
        plan=held,
        agencies={each: partnership.agencies[each] for each in agencies if each in partnership.agencies},
        returns={key: each for key, each in partnership.returns.items() if plan.order[key[1]] <= now},
        board_records={key: each for key, each in partnership.board_records.items() if plan.order[key] <= now},
    )


def is_input(path: str, period: str | None, plan: Plan) -> bool:
    """Whether the file at *path* is an input of the report of *period*, a period of *plan*.

    Without a *period*, the report is the plan as agreed, which shows only the plan and the names of the agencies that
    lead.
    """
    place = place_of(path)
    if place is None or (place.agency or "").startswith("."):
        return False
    if place.kind == "agency":
        return period is not None or place.agency in plan.lead_agencies
    if place.period:
        return period is not None and plan.order.get(place.period, len(plan.order)) <= plan.order[period]
    return place.kind == "plan" or (place.kind == "sign-off" and period is not None)


def signed_by_then(plan: Plan, on: date, period: str) -> bool:
    """Whether the report of *period* shows a sign-off of the day *on*: one of its days, or up to that for returns."""
    itself = plan.periods[period]
    return on <= max(filter(None, (itself.last_day, itself.returns_due)))


def part(noun: Noun | None, content: bytes, period: str | None, plan: Plan) -> str:
    """The digest of what one file says to the report of *period* or, without one, to the plan as agreed.

    *noun* is what the file holds. If it cannot be read, that is None, and the bytes of its *content* count. The digest
    of a return or a boards' record depends on neither *plan* nor *period*. It is empty if the file says nothing.
    """
    match noun:
        case None:
            return digest_of_bytes(with_line_feeds(content))
        case SignOff():
            return digest(_values_shown(noun)) if period and signed_by_then(plan, noun.on, period) else ""
        case Plan():
            return digest(_of_plan(noun, period))
        case Agency():
            return digest(_of_agency(noun, period, plan))
        case _:
            said = _that_says_something(_of_return(noun) if isinstance(noun, Return) else _values_shown(noun))
            return digest(said) if said.keys() - {"period"} else ""


def inputs(parts: Mapping[str, str]) -> str:
    """The digest of the inputs of a report: of their paths, and of the `part` of each."""
    return digest({path: said for path, said in parts.items() if said})


def _plan_as_of(plan: Plan, period: str) -> Plan:
    order, now, last_day = plan.order, plan.order[period], plan.periods[period].last_day
    # An old version of the plan may name a period that it does not have.
    never = len(order)

    def has_begun(since: str | None) -> bool:
        return since is None or order.get(since, never) <= now

    def has_ended(until: str | None) -> bool:
        return until is not None and order.get(until, never) < now

    def held(action: Action) -> Action:
        done = (each.done for each in action.milestones)
        changes = (action.revised, action.withdrawn, *((lead.since or lead.until) for lead in action.leads), *done)
        if not any(changes):
            return action
        leads = (
            lead if has_ended(lead.until) else lead.model_copy(update={"until": None})
            for lead in action.leads
            if has_begun(lead.since)
        )
        revised = tuple(each for each in action.revised if has_begun(each.since))
        withdrawn = action.withdrawn if action.withdrawn and has_begun(action.withdrawn.since) else None
        milestones = tuple(
            each if each.done is None or each.done <= last_day else each.model_copy(update={"done": None})
            for each in action.milestones
        )
        held = {"leads": tuple(leads), "revised": revised, "withdrawn": withdrawn, "milestones": milestones}
        return action.model_copy(update=held)

    return plan.with_actions(held)


def _of_plan(plan: Plan, period: str | None) -> Any:
    if period is None:
        # The plan as agreed shows no revisions.
        held = plan.with_actions(lambda action: action.model_copy(update={"revised": ()}))
    else:
        held = _plan_as_of(plan, period)
    said = _values_shown(held)
    for key in IN_ORDER:
        said[key] = list(said.get(key, {}).items())
    # A report shows only the label of a later period, and only if something is expected then.
    last = len(plan.order) if period is None else plan.order[period]
    whole = [each for each in said["periods"].items() if plan.order[each[0]] <= last]
    named = _named(plan, ((plan.expected, None), *((each.expected, each.starts) for each in plan.actions.values())))
    said["periods"] = [whole, named]
    return said


def _of_agency(agency: Agency, period: str | None, plan: Plan) -> Any:
    if period is None:
        return agency.name
    trajectories = [(each.expected, each.starts) for each in agency.actions]
    return [_values_shown(agency), _named(plan, (*trajectories, *(({}, each.by) for each in agency.measures)))]


def _of_return(returned: Return) -> Any:
    said = _values_shown(returned)
    for cells in said.get("actions", {}).values():
        for cell in (cells or {}).values():
            if cell:
                cell.pop("answers", None)
    return said


def _that_says_something(values: Mapping[str, Any]) -> dict[str, Any]:
    """*values* without its empty keys."""
    kept = {}
    for key, value in values.items():
        each = _that_says_something(value) if isinstance(value, dict) else value
        if each is not None and each not in ({}, []):
            kept[key] = each
    return kept


def _named(plan: Plan, expected: Iterable[tuple[Steps, str | None]]) -> list[tuple[str, str]]:
    """The periods of the steps and of what is named beside them, with their labels, in the plan's order."""
    named: set[str | None] = set()
    for steps, beside in expected:
        named.update((beside, *(period for each in steps.values() for period in each)))
    return [(period, each.label) for period, each in plan.periods.items() if period in named]


def _values_shown(noun: Noun) -> dict[str, Any]:
    return noun.model_dump(mode="json", by_alias=True, exclude=NOT_SHOWN, exclude_defaults=True, exclude_none=True)
