"""The judgement over time: how a cell moved, for how long it has been late, and which promises were not kept.

A *history* is how one cell was judged in every period up to the one asked about, which is the last.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import takewhile

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan, Rating
from jtai_plan.rules import wording
from jtai_plan.rules.judge.judgement import Judgement
from jtai_plan.rules.judge.trajectory import standing, strength

History = tuple[Judgement, ...]


class Movement(StrEnum):
    """How a cell's rating moved since the period before: by rank, no rank lowest."""

    IMPROVED = "improved"
    DECLINED = "declined"
    UNCHANGED = "unchanged"
    NEW = "new"


class Change(StrEnum):
    """What a board should notice about a cell, compared with the period before."""

    NEWLY_BEHIND = "newly-behind"
    STILL_BEHIND = "still-behind"
    BACK_ON_TRACK = "back-on-track"


def before(history: History) -> Judgement | None:
    """The judgement in the period before; None in the first."""
    return history[-2] if len(history) > 1 else None


def late_by(history: History, scale: Mapping[str, Rating]) -> int | None:
    """For how many periods in a row, up to now, the present rating falls short of what was expected in each.

    0 if it does not fall short now; None if there is no rating to judge.
    """
    rating = history[-1].rating
    if rating is None:
        return None
    late = (standing(rating, each.expected, scale).is_late for each in reversed(history))
    return sum(takewhile(bool, late))


def movement_of(history: History, plan: Plan) -> Movement | None:
    """How the rating moved since the period before; None without a rating."""
    was, now = before(history), history[-1]
    if now.rating is None:
        return None
    if was is None or was.rating is None:
        return Movement.NEW
    old, new = strength(plan, was.rating), strength(plan, now.rating)
    if new == old:
        return Movement.UNCHANGED
    return Movement.IMPROVED if new > old else Movement.DECLINED


def change_of(history: History) -> Change | None:
    """What a board should notice; None if there is nothing."""
    was, now = before(history), history[-1]
    was_late = was is not None and was.standing.is_late
    if now.standing.is_late:
        return Change.STILL_BEHIND if was_late else Change.NEWLY_BEHIND
    return Change.BACK_ON_TRACK if was_late and now.standing.is_met else None


def slips(partnership: Partnership, action: str, dimension: str, history: History) -> Iterator[str]:
    """Why a late cell has slipped before, as phrases.

    It slips again if it met what was expected after it had been late, or if an agency promised its recovery by a day
    that has passed: no later than the last day of the period.
    """
    *earlier, now = history
    if not now.standing.is_late:
        return
    periods = partnership.plan.periods
    met = next((n for n in reversed(range(len(earlier))) if earlier[n].standing.is_met), None)
    if met is not None and any(each.standing.is_late for each in earlier[:met]):
        yield f"behind again after being back on track in {periods[earlier[met].period].label}"
    for agency in now.ratings:
        promised = {
            said.recovery.by: each.period
            for each in earlier
            if (returned := partnership.returns.get((agency, each.period)))
            and (said := returned.cell(action, dimension))
            and said.recovery
            and said.recovery.by
            and said.recovery.by <= periods[now.period].last_day
        }
        if promised:
            day, period = next(iter(promised.items()))
            whose = f"{partnership.agency_name(agency)} said in {periods[period].label}"
            times = len(promised) - 1
            again = "once" if times == 1 else f"{times} times"
            since = f", and has changed the date {again} since" if times else ""
            yield f"{whose} that it would recover by {wording.day(day)}{since}"
