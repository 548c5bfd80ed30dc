"""Progress: how a cell stood in every period so far, and what was promised of it and not kept."""

from collections.abc import Iterator
from typing import NamedTuple

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action
from jtai_plan.rules import wording
from jtai_plan.rules.judge.collate import CollatedCell, judge
from jtai_plan.rules.judge.public_edition import is_withheld
from jtai_plan.rules.judge.trajectory import Expectation, Standing


class Point(NamedTuple):
    """A cell in one period: what was expected, what its rating was, and how that stood."""

    period: str
    expected: Expectation | None
    rating: str | None
    standing: Standing
    withheld: bool
    """Whether the rating is not for the public."""


def course(partnership: Partnership, action: Action, dimension: str, last: str) -> tuple[Point, ...]:
    """*action* and *dimension* in every period up to *last*, in the plan's order."""
    order = partnership.plan.order
    return tuple(
        Point(
            period,
            (judgement := judge(partnership, action, dimension, period)).expected,
            judgement.rating,
            judgement.standing,
            is_withheld(partnership, action, dimension, period),
        )
        for period in partnership.plan.periods
        if order[period] <= order[last]
    )


def slips(partnership: Partnership, cell: CollatedCell, points: tuple[Point, ...]) -> Iterator[str]:
    """Why a late *cell* has slipped before, as phrases; *points* are its course up to now.

    It slips again where it met what was expected after it had been late, or where an agency promised its recovery by
    a day that has gone by, which is no later than the last day of the period.
    """
    if not cell.standing.is_late:
        return
    plan, now = partnership.plan, points[-1].period
    late = [point.standing.is_late for point in points]
    met = next((place for place in reversed(range(len(points))) if points[place].standing.is_met), None)
    if met is not None and any(late[:met]):
        yield f"behind again, after it was back on track in {plan.periods[points[met].period].label}"
    for agency in cell.returned:
        promised = {
            recovery.by: point.period
            for point in points[:-1]
            if (returned := partnership.returns.get((agency, point.period)))
            and (said := returned.cell(cell.action.id, cell.dimension))
            and (recovery := said.recovery)
            and recovery.by
            and recovery.by <= plan.periods[now].last_day
        }
        if promised:
            day, period = next(iter(promised.items()))
            whose = f"{partnership.agency_name(agency)} said in {plan.periods[period].label}"
            again = wording.counted(len(promised) - 1, "time")
            since = f", and has named another day {again} since" if len(promised) > 1 else ""
            yield f"{whose} that it would be recovered by {wording.day(day)}{since}"
