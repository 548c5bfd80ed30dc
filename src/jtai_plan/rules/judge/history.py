"""The judgement over time: how a cell moved, for how long it has been late, and which promises were not kept.

A *history* is how one cell was judged in every period up to the one asked about, which is the last.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan, Rating
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


class BrokenPromise(NamedTuple):
    """A day by which an agency said it would recover, which has passed."""

    agency: str
    period: str
    """The period in which it said so."""
    by: date
    changed: int
    """How many times it has changed the day since."""


def back_on_track_in(history: History) -> str | None:
    """The latest period in which a late cell was back on track, after it had been late before; None if it never was."""
    *earlier, now = history
    met = max((n for n, each in enumerate(earlier) if each.standing.is_met), default=0)
    was_late = any(each.standing.is_late for each in earlier[:met])
    return earlier[met].period if was_late and now.standing.is_late else None


def broken_promises(partnership: Partnership, action: str, dimension: str, history: History) -> Iterator[BrokenPromise]:
    """The first recovery day that each lead of a late cell promised, if it is no later than the period's last day."""
    *earlier, now = history
    last_day = partnership.plan.periods[now.period].last_day
    for agency in now.ratings if now.standing.is_late else ():
        promised = {
            recovery.by: each.period
            for each in earlier
            if (recovery := partnership.cell(agency, action, dimension, each.period).recovery)
            and recovery.by
            and recovery.by <= last_day
        }
        for day, period in list(promised.items())[:1]:
            yield BrokenPromise(agency, period, day, len(promised) - 1)
