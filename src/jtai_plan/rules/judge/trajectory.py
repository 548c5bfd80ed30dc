"""The trajectory: which ratings the plan expects by when, and how a rating stands against them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from jtai_plan.model.plan import Action, Plan, Rating, Revision


class Standing(StrEnum):
    """How a rating stands against what the plan expects of it."""

    AHEAD = "ahead"
    ON_TRACK = "on-track"
    PART_RETURNED = "part-returned"
    BEHIND = "behind"
    UNRANKED = "unranked"
    NO_RETURN = "no-return"
    NOT_DUE = "not-due"

    @property
    def is_late(self) -> bool:
        """Whether there is a rating, and it falls short of what was expected."""
        return self in (Standing.BEHIND, Standing.UNRANKED)

    @property
    def is_met(self) -> bool:
        """Whether all leads have returned, and the rating is as expected or better."""
        return self in (Standing.AHEAD, Standing.ON_TRACK)

    @property
    def words(self) -> str:
        """The standing as a sentence writes it."""
        return self.value.replace("-", " ")


class Expectation(NamedTuple):
    """The ratings that are permitted, and the period by which they were first expected."""

    since: str
    ratings: tuple[str, ...]
    due: date | None = None
    """The day by which the action is due, if they follow from that."""


def expectation(plan: Plan, action: Action, dimension: str, period: str) -> Expectation | None:
    """What the plan expects of *action* and *dimension* in *period*; None while it expects nothing.

    The latest step not after *period* counts; the last step stays in force. An action's own steps for a dimension
    replace the plan's, and so does its due day; a revision replaces any of these from its period on. Nothing is
    expected before the first step, before the action starts, or once it is withdrawn.
    """
    order, now = plan.order, plan.order[period]
    if action.starts is not None and now < order[action.starts]:
        return None
    if plan.is_withdrawn(action, period):
        return None
    revision = revision_in_force(plan, action, dimension, period)
    own = revision or action
    if dimension not in own.expected and own.due:
        expected = reached(plan, _until_due(plan, own.due, dimension), period)
        return expected._replace(due=own.due) if expected else None
    return reached(plan, own.expected.get(dimension, plan.expected.get(dimension, {})), period)


def _until_due(plan: Plan, due: date, dimension: str) -> Mapping[str, tuple[str, ...]]:
    """The steps that follow from a *due* day: what is on track at first, what is complete once the day has gone by.

    A period's ratings say how things stand at its end, so the day has gone by in the period that holds it.
    """
    ranked = {name: each for name, each in plan.ratings(dimension).items() if each.rank is not None}
    on_track = tuple(name for name, each in ranked.items() if each.on_track)
    complete = tuple(name for name, each in ranked.items() if each.complete)
    last = next((period for period, each in plan.periods.items() if due <= each.last_day), None)
    steps = {next(iter(plan.periods)): on_track} | ({last: complete} if last else {})
    return {period: ratings for period, ratings in steps.items() if ratings}


def due_days(plan: Plan, action: Action, period: str | None) -> tuple[date, ...]:
    """The day by which *action* is due, after the first ones if boards moved it up to *period* (None: as agreed)."""
    moved = (each.due for each in action.revised if period is not None and plan.order[each.since] <= plan.order[period])
    return tuple(dict.fromkeys(day for day in (action.due, *moved) if day))


def reached(plan: Plan, steps: Mapping[str, tuple[str, ...]], period: str) -> Expectation | None:
    """The latest of *steps* that is not after *period*; None before the first."""
    order = plan.order
    begun = [step for step in steps if order[step] <= order[period]]
    if not begun:
        return None
    latest = max(begun, key=order.__getitem__)
    return Expectation(latest, steps[latest])


def revision_in_force(plan: Plan, action: Action, dimension: str, period: str) -> Revision | None:
    """The revision by which *action* and *dimension* are judged in *period*; None if the original stands."""
    order = plan.order
    made = [each for each in action.revised if each.changes(dimension) and order[each.since] <= order[period]]
    # Of two from the same period, the one written last stands.
    return max(reversed(made), key=lambda revision: order[revision.since], default=None)


def original_expectation(plan: Plan, action: Action, dimension: str, period: str) -> Expectation | None:
    """What was expected before any revision."""
    return expectation_as_of(plan, action, dimension, period, None)


def expectation_as_of(plan: Plan, action: Action, dimension: str, period: str, as_of: str | None) -> Expectation | None:
    """What would be expected in *period* without the revisions that took effect after *as_of* (None: without any)."""
    kept = tuple(each for each in action.revised if as_of is not None and plan.order[each.since] <= plan.order[as_of])
    return expectation(plan, action.model_copy(update={"revised": kept}), dimension, period)


def standing(rating: str | None, expected: Expectation | None, scale: Mapping[str, Rating]) -> Standing:
    """How *rating* stands against what is expected of it, on *scale*.

    Red is on track if red is expected. A rating without a rank (grey) never satisfies an expectation.
    """
    if expected is None:
        return Standing.NOT_DUE
    if rating is None:
        return Standing.NO_RETURN
    rank = scale[rating].rank
    if rank is None:
        return Standing.UNRANKED
    # A plan that expects an unranked rating is refused when it is loaded.
    permitted = [known for name in expected.ratings if (known := scale[name].rank) is not None]
    if rank < min(permitted):
        return Standing.BEHIND
    if rank > max(permitted):
        return Standing.AHEAD
    return Standing.ON_TRACK


def strength(plan: Plan, rating: str) -> float:
    """The place of *rating* in an order of ratings: by rank, no rank lowest."""
    rank = plan.scale[rating].rank
    return float("-inf") if rank is None else rank
