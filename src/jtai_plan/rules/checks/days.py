"""Days that cannot be: before the period that they belong to, still to come, or later than what they belong to."""

from collections.abc import Iterator
from datetime import date

from jtai_plan.model.finding import Finding, Keys
from jtai_plan.model.partnership import Partnership, board_path, return_path, sign_off_path
from jtai_plan.model.plan import Plan
from jtai_plan.rules.checks.catalogue.plan_errors import IMPOSSIBLE_DAY
from jtai_plan.rules.checks.catalogue.rule import About
from jtai_plan.rules.wording import day


def impossible_days(partnership: Partnership, today: date) -> Iterator[Finding]:
    """Every closing, approval, moderation, decision, meeting and amendment before its period began or after *today*.

    Also each sign-off that is still to come, and evidence that is dated after its return was prepared.
    """
    for agency, signed in partnership.sign_offs.items():
        if signed.on > today:
            message = f"the sign-off cannot have been on {day(signed.on)}: that day is still to come"
            yield IMPOSSIBLE_DAY.finding(message, sign_off_path(agency), keys=("on",), agency=agency)
    for (agency, period), returned in partnership.returns.items():
        path, about = return_path(agency, period), About(agency=agency, period=period)
        if returned.approved:
            yield from _outside(
                partnership, period, "the approval", returned.approved.on, today, path, ("approved",), about
            )
        prepared = returned.prepared.on if returned.prepared else None
        for action, dimension, cell in returned.cells():
            for n, evidence in enumerate(cell.evidence):
                if evidence.dated and prepared and evidence.dated > prepared:
                    message = (
                        f"evidence cannot be dated {day(evidence.dated)}: the return was prepared on {day(prepared)}"
                    )
                    keys: Keys = ("actions", action, dimension, "evidence", n, "dated")
                    cell_about = about | About(action=action, dimension=dimension)
                    yield IMPOSSIBLE_DAY.finding(message, path, keys=keys, **cell_about)
    for period in partnership.plan.periods:
        for what, on, keys in _of_boards(partnership, period):
            path = board_path(period)
            yield from _outside(partnership, period, what, on, today, path, keys, About(period=period))


def _of_boards(partnership: Partnership, period: str) -> Iterator[tuple[str, date | None, Keys]]:
    """Every day in the boards' record of *period*: of what it is, the day, and the keys above it."""
    record = partnership.record_of(period)
    for action, cells in record.moderated.items():
        yield from (("the meeting", each.on, ("moderated", action, name)) for name, each in cells.items())
    yield from (("the meeting", each.on, ("decisions", n)) for n, each in enumerate(record.decisions))
    yield from (("the meeting", each.on, ("presented", n)) for n, each in enumerate(record.presented))
    yield from (("the amendment", each.on, ("amendments", n)) for n, each in enumerate(record.amendments))
    if record.closed:
        yield "the closing", record.closed.on, ("closed",)


def _outside(
    partnership: Partnership,
    period: str,
    what: str,
    on: date | None,
    today: date,
    path: str,
    keys: Keys,
    about: About,
) -> Iterator[Finding]:
    if on and (why := why_impossible(partnership.plan, period, on, today)):
        yield IMPOSSIBLE_DAY.finding(f"{what} cannot have been on {day(on)}: {why}", path, keys=(*keys, "on"), **about)


def why_impossible(plan: Plan, period: str, on: date, today: date) -> str | None:
    """Why nothing about *period* can have been on the day *on*; None if it can."""
    itself = plan.periods[period]
    if on < itself.first_day:
        return f"{itself.label} began on {day(itself.first_day)}"
    return "that day is still to come" if on > today else None
