"""The judgement over time: how a cell moved, for how long it has been late, and which promises were not kept.

A *history* is how one cell was judged in every period up to the one asked about, which is the last. Each period is
compared with the one in which the cell was *last heard*, so that silence neither ends a run nor hides a change.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Plan, Revision
from jtai_plan.rules.judge.judgement import Judgement, standing_against
from jtai_plan.rules.judge.trajectory import (
    Expectation,
    Standing,
    expectation_as_of,
    original_expectation,
    standing,
    strength,
)

History = tuple[Judgement, ...]


class Movement(StrEnum):
    """How a cell's rating moved since it was last heard, by rank."""

    IMPROVED = "improved"
    DECLINED = "declined"
    UNCHANGED = "unchanged"
    STARTED = "started"
    """It has a rank now, and had none."""
    STOPPED = "stopped"
    """It has no rank now, and had one."""
    NEW = "new"
    """It was never heard before."""


class Notice(StrEnum):
    """The one thing that a board should notice about a cell: the first of these that applies."""

    STILL_BEHIND = "still-behind"
    NEWLY_BEHIND = "newly-behind"
    EXPECTATION_LOWERED = "expectation-lowered"
    """It is not late, and it would be without the revisions that took effect since it was last heard."""
    BACK_ON_TRACK = "back-on-track"
    LOST_COMPLETION = "lost-completion"
    """It was complete when it was last heard, and is not now."""
    DECLINED = "declined"


class OverTime(NamedTuple):
    """How one cell stands over time."""

    behind_for: int | None
    """For how many periods it has been late, up to now, silent ones between two late ones included; None if silent."""
    short_by: int | None
    """By how many ranks the rating falls short of the lowest expected one; None without a rank."""
    silent_for: int
    """For how many due periods in a row, up to now, there has been no rating."""
    movement: Movement | None
    notice: Notice | None
    last_heard: str | None
    """The latest earlier period in which it was rated by all who owed a rating."""
    rebaselined: bool
    """Whether it is late by the original trajectory, and not by the revised one."""
    silences: tuple[str, ...] = ()
    """The periods without a rating within the run of late ones."""

    @property
    def told(self) -> Mapping[str, Any]:
        """What other programs read of it, by name."""
        return {name: value for name, value in self._asdict().items() if name != "silences"}


def over_time(plan: Plan, action: Action, dimension: str, history: History) -> OverTime:
    """How the cell of *action* and *dimension* stands over time."""
    now, was = history[-1], last_heard(history)
    run = _run(history)
    return OverTime(
        behind_for=None if now.rating is None else len(run),
        short_by=_short_by(plan, now),
        silent_for=_silent_for(history),
        movement=_movement(plan, was, now),
        notice=_notice(plan, action, dimension, was, now),
        last_heard=was.period if was else None,
        rebaselined=_is_rebaselined(plan, action, dimension, now),
        silences=tuple(each.period for each in run if each.rating is None),
    )


def last_heard(history: History) -> Judgement | None:
    """The latest earlier judgement with a rating; None if there is none. What is part returned is not heard yet."""
    return next((each for each in reversed(history[:-1]) if _is_heard(each)), None)


def _is_heard(judgement: Judgement) -> bool:
    if judgement.carried_from:
        return False
    return judgement.rating is not None and judgement.standing is not Standing.PART_RETURNED


def _run(history: History) -> History:
    """The periods for which the cell has been late, up to now; none if it is not late now."""
    if not history[-1].standing.is_late:
        return ()
    begun = len(history) - 1
    for place in range(len(history) - 2, -1, -1):
        if history[place].standing.is_late:
            begun = place
        elif _is_heard(history[place]):
            break
    return history[begun:]


def _silent_for(history: History) -> int:
    number = 0
    for each in reversed(history):
        if each.rating is not None:
            break
        number += each.expected is not None
    return number


def _short_by(plan: Plan, now: Judgement) -> int | None:
    rank = plan.scale[now.rating].rank if now.rating else None
    if rank is None:
        return None
    if now.standing is not Standing.BEHIND or now.expected is None:
        return 0
    ranks = sorted({each.rank for each in plan.scale.values() if each.rank is not None})
    wanted = min(known for name in now.expected.ratings if (known := plan.scale[name].rank) is not None)
    return ranks.index(wanted) - ranks.index(rank)


def _movement(plan: Plan, was: Judgement | None, now: Judgement) -> Movement | None:
    if now.rating is None:
        return None
    if was is None or was.rating is None:
        return Movement.NEW
    before, after = plan.scale[was.rating].rank, plan.scale[now.rating].rank
    if before == after:
        return Movement.UNCHANGED
    if before is None:
        return Movement.STARTED
    if after is None:
        return Movement.STOPPED
    return Movement.IMPROVED if after > before else Movement.DECLINED


def _notice(plan: Plan, action: Action, dimension: str, was: Judgement | None, now: Judgement) -> Notice | None:
    was_late = was is not None and was.standing.is_late
    if now.standing.is_late:
        return Notice.STILL_BEHIND if was_late else Notice.NEWLY_BEHIND
    if now.rating is None:
        return None
    is_whole = now.standing is not Standing.PART_RETURNED
    if is_whole and _is_lowered(plan, action, dimension, was, now):
        return Notice.EXPECTATION_LOWERED
    if was_late and now.standing.is_met:
        return Notice.BACK_ON_TRACK
    if was is None or was.rating is None:
        return None
    if plan.scale[was.rating].complete and not plan.scale[now.rating].complete:
        return Notice.LOST_COMPLETION
    return Notice.DECLINED if strength(plan, now.rating) < strength(plan, was.rating) else None


def _is_lowered(plan: Plan, action: Action, dimension: str, was: Judgement | None, now: Judgement) -> bool:
    if not action.revised or plan.is_withdrawn(action, now.period):
        return False
    before = expectation_as_of(plan, action, dimension, now.period, was.period if was else None)
    return standing_against(plan, now, before).is_late


def _is_rebaselined(plan: Plan, action: Action, dimension: str, now: Judgement) -> bool:
    if not action.revised or now.rating is None or now.standing.is_late or plan.is_withdrawn(action, now.period):
        return False
    return standing_against(plan, now, original_expectation(plan, action, dimension, now.period)).is_late


def missed(plan: Plan, history: History) -> tuple[Expectation, ...]:
    """The expectations that the present rating falls short of: the one of this period, and the first of its run."""
    now, run = history[-1], _run(history)
    steps = [each.expected for each in run if each.expected and standing(now.rating, each.expected, plan.scale).is_late]
    return tuple(dict.fromkeys((*steps[-1:], *steps[:1])))


def revisions_since(plan: Plan, action: Action, dimension: str, last: str | None, period: str) -> tuple[Revision, ...]:
    """The revisions that took effect after the period *last* (None: ever), up to *period*."""
    order = plan.order
    after = -1 if last is None else order[last]
    return tuple(
        each for each in action.revised if each.changes(dimension) and after < order[each.since] <= order[period]
    )


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
