"""What the words of a call name in the plan: an action, an agency, a period, and so on."""

from collections.abc import Callable
from datetime import date

from jtai_plan.errors import CannotDo, NothingWritten
from jtai_plan.files.layout import opened_periods
from jtai_plan.files.load import Loaded
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Plan
from jtai_plan.output.terminal import note
from jtai_plan.rules.lookup import action_named, named, period_named
from jtai_plan.rules.wording import day, listed


def the_action(partnership: Partnership, asked: str) -> Action:
    """The action that "T2.2", "2.2" or its reference names, the plan's or an agency's own.

    Raises UnknownName unless one fits.
    """
    own = {action.id: action.led_by(agency) for agency, action in partnership.additional_actions()}
    actions = {**partnership.plan.actions, **own}
    referred = [each for each in partnership.plan.actions.values() if each.ref and each.ref == asked.strip()]
    return referred[0] if len(referred) == 1 and asked not in actions else actions[action_named(asked, actions)]


def the_period(plan: Plan, asked: str) -> str:
    """The period that "2018-19-Q3", "2018/19 Q3" or "Q3 2018/19" names, in any case. Raises UnknownName."""
    return period_named(asked, {name: period.label for name, period in plan.periods.items()})


def current_period(loaded: Loaded, doing: str) -> str:
    """The latest period that was opened and is not closed or, if there is none, the first that is not closed.

    A period was opened if it has a return or a boards' record. A note says which period it is. Raises CannotDo if all
    are closed.
    """
    partnership = loaded.trusted()
    periods = partnership.plan.periods
    not_closed = [each for each in periods if partnership.record_of(each).closed is None]
    if not not_closed:
        raise CannotDo("every period of the plan is closed. Say which one you mean: --quarter.")
    there = opened_periods(loaded.root)
    opened = [each for each in not_closed if each in there]
    period = opened[-1] if opened else not_closed[0]
    which = "the latest period that is open" if opened else "the first period that is not closed"
    note(f"{doing} {periods[period].label}, {which}.")
    return period


def latest_rated(partnership: Partnership, doing: str, say: Callable[[str], None] = note) -> str:
    """The latest period that has a rating, or else the first; *say* tells which it is."""
    rated = partnership.latest_rated_period()
    period = rated or next(iter(partnership.plan.periods))
    which = "the latest period that has a rating" if rated else "the first period, because none has a rating yet"
    say(f"{doing} {partnership.plan.periods[period].label}, {which}.")
    return period


def refuse_impossible_day(plan: Plan, period: str, what: str, on: date | None, today: date) -> None:
    """Raise CannotDo if *what* cannot have been on the day *on*: before *period* began, or after *today*."""
    # Most calls give no day.
    from jtai_plan.rules.checks.days import why_impossible

    if on is not None and (why := why_impossible(plan, period, on, today)):
        raise NothingWritten(f"{what} cannot have been on {day(on)}: {why}.")


def the_board(plan: Plan, asked: str) -> str:
    """The board that an id or a name names, in any case. Raises UnknownName."""
    return named("board", asked, {name: (board.name,) for name, board in plan.boards.items()})


def the_dimension(plan: Plan, asked: str) -> str:
    """The dimension that an id or a label names, in any case. Raises UnknownName."""
    return named("dimension", asked, {name: (dimension.label,) for name, dimension in plan.dimensions.items()})


def the_rating(plan: Plan, asked: str, dimension: str) -> str:
    """The rating that an id, a label or a letter names, in any case.

    Raises UnknownName; NothingWritten if it is not used in *dimension*.
    """
    found = named("rating", asked, {name: (rating.label, rating.letter) for name, rating in plan.scale.items()})
    if found not in (ratings := plan.ratings(dimension)):
        raise NothingWritten(
            f"{found} is not used for {plan.dimensions[dimension].label.lower()}. There is {listed(ratings)}."
        )
    return found


def the_agency(partnership: Partnership, asked: str) -> str:
    """The agency that an id, a name or a short name names, in any case. Raises UnknownName."""
    names = {
        agency: tuple(filter(None, (itself.name, itself.short_name))) for agency, itself in partnership.agencies.items()
    }
    return named("agency", asked, names)


def the_lead(partnership: Partnership, action: Action, period: str, asked: str | None) -> str:
    """The agency that rates *action*: the one *asked* for, or the only one that leads it in *period*.

    Raises UnknownName; CannotDo if that agency does not lead the action, or several do and none was named.
    """
    plan = partnership.plan
    leads = [lead.agency for lead in plan.leads(action, period)]
    label = plan.periods[period].label
    if asked is None:
        if len(leads) == 1:
            return leads[0]
        raise CannotDo(
            f"{action.id} is led by {listed(leads)} in {label}. Say who rates it: --agency {leads[0]}."
            if leads
            else f"{action.id} has no lead in {label}."
        )
    agency = the_agency(partnership, asked)
    if agency not in leads:
        who = f"{listed(leads)} {'does' if len(leads) == 1 else 'do'}" if leads else "nobody does"
        raise NothingWritten(f"{agency} does not lead {action.id} in {label}: {who}.")
    return agency
