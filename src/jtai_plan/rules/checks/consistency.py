"""Whether the files agree with each other: every name that one uses is one that another gives."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Unpack

from jtai_plan.errors import did_you_mean
from jtai_plan.model.agency import Agency, SignOff
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.finding import Finding, Keys
from jtai_plan.model.partnership import (
    PLAN,
    Partnership,
    agency_path,
    board_path,
    return_path,
    sign_off_path,
)
from jtai_plan.model.plan import Action, Plan, Steps
from jtai_plan.model.returns import Return
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.plan_errors import (
    DUPLICATE_ID,
    DUPLICATE_LEAD,
    DUPLICATE_LETTER,
    NO_LEAD,
    NOT_LEAD,
    PERIOD_ORDER,
    TOO_EARLY,
    UNKNOWN_NAME,
    UNRANKED_EXPECTATION,
    WRONG_PERIOD,
)
from jtai_plan.rules.checks.catalogue.rule import About, Rule

Fault = Callable[..., Finding]
"""Makes an error in one file: rule, keys, message, and what to do about it."""


def references(partnership: Partnership) -> Iterator[Finding]:
    """Every name in the files that does not fit the others, in the plan's order. All are errors.

    Whether an agency leads what it rates is asked only once the plan itself is sound.
    """
    plan = partnership.plan
    in_plan = list(_plan(plan, partnership.agencies))
    yield from in_plan
    for agency, itself in partnership.agencies.items():
        yield from _agency(plan, agency, itself, partnership.agencies)
        if signed := partnership.sign_offs.get(agency):
            yield from _sign_off(plan, agency, signed)
        for period in plan.periods:
            if returned := partnership.returns.get((agency, period)):
                yield from _return(plan, agency, itself, returned, period, plan_is_sound=not in_plan)
    yield from _additional_twice(partnership)
    asked: list[str] = []
    for period, record in partnership.board_records.items():
        yield from _board_record(plan, period, record)
        yield from _asks(partnership, period, record, asked)


def _additional_twice(partnership: Partnership) -> Iterator[Finding]:
    """The actions of an agency's own whose id is that of another agency's."""
    seen: dict[str, str] = {}
    for agency, itself in partnership.agencies.items():
        for n, own in enumerate(itself.actions):
            if seen.setdefault(own.id, agency) != agency:
                message = f"action '{own.id}' is one of {seen[own.id]}'s own too"
                hint = f"Give it another id, such as {agency}-{n + 1}."
                yield _error(agency_path(agency), DUPLICATE_ID, ("actions", n, "id"), message, hint, agency=agency)


def _error(path: str, rule: Rule, keys: Keys, message: str, hint: str | None = None, **about: Unpack[About]) -> Finding:
    return rule.finding(message, path, hint, keys=keys, **about)


def _unknown(
    fault: Fault, keys: Keys, kind: str, asked: str, known: Collection[str], about: str = ""
) -> Iterator[Finding]:
    """The fault of a name that is not among the *known* ones of its *kind*; nothing where it is."""
    if asked not in known:
        yield fault(UNKNOWN_NAME, keys, f"{about}there is no {kind} '{asked}'", did_you_mean(asked, known))


def _twice(fault: Fault, kind: str, named: Iterable[tuple[Keys, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for keys, name in named:
        if name in seen:
            yield fault(DUPLICATE_ID, keys, f"{kind} '{name}' stands here for the second time", "Give it another id.")
        seen.add(name)


def _plan(plan: Plan, agencies: Mapping[str, Agency]) -> Iterator[Finding]:
    fault = partial(_error, PLAN)
    yield from _periods(plan, fault)
    yield from _scale(plan, fault)
    yield from _steps(plan, fault, plan.expected, ("expected",))
    if plan.areas_for_improvement:
        areas = plan.areas_for_improvement.items
        keys: Keys = ("areas_for_improvement", "items")
        yield from _twice(fault, "area", (((*keys, n, "id"), area.id) for n, area in enumerate(areas)))
    actions = [
        (("themes", t, "actions", a), action)
        for t, theme in enumerate(plan.themes)
        for a, action in enumerate(theme.actions)
    ]
    yield from _twice(fault, "theme", ((("themes", t, "id"), theme.id) for t, theme in enumerate(plan.themes)))
    yield from _twice(fault, "action", (((*keys, "id"), action.id) for keys, action in actions))
    for keys, action in actions:
        yield from _action(plan, partial(fault, action=action.id), action, keys, agencies)


def _periods(plan: Plan, fault: Fault) -> Iterator[Finding]:
    ended = None
    for name, period in plan.periods.items():
        if period.last_day < period.first_day:
            message = f"{period.label} ends on {period.last_day} before it begins on {period.first_day}"
            yield fault(PERIOD_ORDER, ("periods", name, "to"), message, period=name)
        elif ended and period.first_day <= ended:
            message = f"{period.label} begins on {period.first_day}, within the period before it"
            hint = "List the periods in order, each beginning after the last has ended."
            yield fault(PERIOD_ORDER, ("periods", name, "from"), message, hint, period=name)
        ended = period.last_day


def _scale(plan: Plan, fault: Fault) -> Iterator[Finding]:
    letters = Counter(rating.letter.casefold() for rating in plan.scale.values())
    for name, rating in plan.scale.items():
        if letters[rating.letter.casefold()] > 1:
            message = f"the letter {rating.letter} stands for more than one rating"
            yield fault(DUPLICATE_LETTER, ("scale", name, "letter"), message, "Give each rating a letter of its own.")
        for dimension in rating.means if isinstance(rating.means, Mapping) else ():
            yield from _unknown(fault, ("scale", name, "means", dimension), "dimension", dimension, plan.dimensions)


def _steps(plan: Plan, fault: Fault, steps: Steps, keys: Keys) -> Iterator[Finding]:
    for dimension, expected in steps.items():
        yield from _unknown(fault, (*keys, dimension), "dimension", dimension, plan.dimensions)
        for period, ratings in expected.items():
            yield from _unknown(fault, (*keys, dimension, period), "period", period, plan.periods)
            for n, rating in enumerate(ratings):
                at: Keys = (*keys, dimension, period, n)
                yield from _unknown(fault, at, "rating", rating, plan.scale)
                if rating in plan.scale and plan.scale[rating].rank is None:
                    message = f"{rating} has no rank, so it cannot be expected"
                    yield fault(UNRANKED_EXPECTATION, at, message, "Expect a rating that the scale gives a rank.")


def _action(plan: Plan, fault: Fault, action: Action, keys: Keys, agencies: Mapping[str, Agency]) -> Iterator[Finding]:
    named: list[tuple[Keys, str | None]] = [(("starts",), action.starts)]
    for n, lead in enumerate(action.leads):
        yield from _unknown(fault, (*keys, "leads", n, "agency"), "agency", lead.agency, agencies)
        named += [(("leads", n, "from"), lead.since), (("leads", n, "until"), lead.until)]
    for n, revision in enumerate(action.revised):
        named.append((("revised", n, "from"), revision.since))
        yield from _steps(plan, fault, revision.expected, (*keys, "revised", n, "expected"))
        yield from _unknown(fault, (*keys, "revised", n, "board"), "board", revision.board, plan.boards)
    if action.withdrawn:
        named.append((("withdrawn", "from"), action.withdrawn.since))
        yield from _unknown(fault, (*keys, "withdrawn", "board"), "board", action.withdrawn.board, plan.boards)
    dangling = [
        finding
        for at, period in named
        if period is not None
        for finding in _unknown(fault, (*keys, *at), "period", period, plan.periods)
    ]
    yield from dangling
    yield from _steps(plan, fault, action.expected, (*keys, "expected"))
    areas = plan.areas_for_improvement.items if plan.areas_for_improvement else ()
    for n, area in enumerate(action.addresses):
        yield from _unknown(fault, (*keys, "addresses", n), "area", area, [each.id for each in areas])
    if not dangling:
        yield from _always_led(plan, fault, action, keys)


def _always_led(plan: Plan, fault: Fault, action: Action, keys: Keys) -> Iterator[Finding]:
    for period, itself in plan.periods.items():
        leads = Counter(lead.agency for lead in plan.leads(action, period))
        withdrawn = action.withdrawn and plan.order[action.withdrawn.since] <= plan.order[period]
        if not leads and not withdrawn:
            yield fault(NO_LEAD, (*keys, "leads"), f"{action.id} has no lead in {itself.label}", period=period)
            return
        for agency, times in leads.items():
            if times > 1:
                message = f"{agency} leads {action.id} twice in {itself.label}"
                yield fault(DUPLICATE_LEAD, (*keys, "leads"), message, "Name each agency once.", period=period)
                return


def _agency(plan: Plan, agency: str, itself: Agency, agencies: Mapping[str, Agency]) -> Iterator[Finding]:
    fault = partial(_error, agency_path(agency), agency=agency)
    if itself.signs_with:
        yield from _unknown(fault, ("signs_with",), "agency", itself.signs_with, agencies)
    yield from _twice(fault, "measure", ((("measures", n, "id"), each.id) for n, each in enumerate(itself.measures)))
    for n, measure in enumerate(itself.measures):
        at: Keys = ("measures", n)
        actions = [*plan.actions, *(action.id for action in itself.actions)]
        yield from _unknown(fault, (*at, "action"), "action", measure.action, actions)
        yield from _unknown(fault, (*at, "dimension"), "dimension", measure.dimension, plan.dimensions)
        if measure.by:
            yield from _unknown(fault, (*at, "by"), "period", measure.by, plan.periods)
        if measure.action in plan.actions and not _ever_leads(plan, agency, measure.action):
            message = f"measure '{measure.id}' is of {measure.action}, which {agency} does not lead"
            yield fault(NOT_LEAD, (*at, "action"), message, action=measure.action)
    named: list[tuple[Keys, str]] = [(("themes",), name) for name in plan.actions]
    named += [(("actions", n, "id"), action.id) for n, action in enumerate(itself.actions)]
    yield from _twice(fault, "action", named)
    for n, action in enumerate(itself.actions):
        for m, contributes_to in enumerate(action.contributes_to):
            yield from _unknown(fault, ("actions", n, "contributes_to", m), "action", contributes_to, plan.actions)
        if action.starts:
            yield from _unknown(fault, ("actions", n, "starts"), "period", action.starts, plan.periods)
        yield from _steps(plan, fault, action.expected, ("actions", n, "expected"))


def _ever_leads(plan: Plan, agency: str, action: str) -> bool:
    return any(lead.agency == agency for lead in plan.actions[action].leads)


def _sign_off(plan: Plan, agency: str, signed: SignOff) -> Iterator[Finding]:
    if too_early := before_the_inspection_ended(plan, signed.on):
        hint = "Give the day of the meeting that signed it."
        yield _error(sign_off_path(agency), TOO_EARLY, ("on",), too_early, hint, agency=agency)


def before_the_inspection_ended(plan: Plan, day: date) -> str | None:
    """Why no board can have signed *plan* on *day*: the inspection that it answers had not ended; None where it had."""
    ended = plan.inspection.last_day if plan.inspection else None
    if ended is None or day > ended:
        return None
    return f"the plan cannot have been signed on {wording.day(day)}: the inspection ended on {wording.day(ended)}"


def _return(
    plan: Plan, agency: str, itself: Agency, returned: Return, period: str, *, plan_is_sound: bool
) -> Iterator[Finding]:
    fault = partial(_error, return_path(agency, period), agency=agency, period=period)
    if returned.period != period:
        message = f"the file is named for {period} and says that it is for {returned.period}"
        yield fault(WRONG_PERIOD, ("period",), message, "Name the file for the period it reports, or mend 'period'.")
    own = [action.id for action in itself.actions]
    leads = [action.id for action in plan.led_by(agency, period)] if plan_is_sound else list(plan.actions)
    for action, cells in returned.actions.items():
        at: Keys = ("actions", action)
        about = partial(fault, action=action)
        yield from _unknown(about, at, "action", action, [*plan.actions, *own])
        if action in plan.actions and action not in leads:
            message = f"{itself.name} does not lead {action} in {plan.periods[period].label}"
            hint = f"It leads {', '.join(leads)}." if leads else "It leads no action then."
            yield about(NOT_LEAD, at, message, f"{hint} A change of lead is made in {PLAN}.")
        for dimension, cell in (cells or {}).items():
            where = partial(about, dimension=dimension)
            yield from _unknown(where, (*at, dimension), "dimension", dimension, plan.dimensions, f"{action}: ")
            if cell and cell.rating:
                yield from _unknown(
                    where, (*at, dimension, "rating"), "rating", cell.rating, plan.scale, f"{action} {dimension}: "
                )
            chosen = [each.id for each in itself.measures if (each.action, each.dimension) == (action, dimension)]
            for measure in cell.measures if cell else ():
                yield from _unknown(where, (*at, dimension, "measures", measure), "measure here", measure, chosen)


def _board_record(plan: Plan, period: str, record: BoardRecord) -> Iterator[Finding]:
    fault = partial(_error, board_path(period), period=period)
    for action, cells in record.moderated.items():
        about = partial(fault, action=action)
        yield from _unknown(about, ("moderated", action), "action", action, plan.actions)
        for dimension, moderation in cells.items():
            at: Keys = ("moderated", action, dimension)
            where = partial(about, dimension=dimension)
            yield from _unknown(where, at, "dimension", dimension, plan.dimensions)
            yield from _unknown(
                where, (*at, "rating"), "rating", moderation.rating, plan.scale, f"{action} {dimension}: "
            )
            yield from _unknown(where, (*at, "board"), "board", moderation.board, plan.boards)


def _asks(partnership: Partnership, period: str, record: BoardRecord, asked: list[str]) -> Iterator[Finding]:
    """The faults in what *record* asks, decides and amends. Its asks are added to those *asked* in earlier periods."""
    plan, fault = partnership.plan, partial(_error, board_path(period), period=period)
    actions = [*plan.actions, *(own.id for _, own in partnership.additional_actions())]
    for n, ask in enumerate(record.asks):
        yield from _unknown(fault, ("asks", n, "board"), "board", ask.board, plan.boards)
        if ask.about:
            yield from _unknown(fault, ("asks", n, "about"), "action", ask.about, actions)
        if ask.id in asked:
            message = f"ask '{ask.id}' stands here for the second time"
            yield fault(DUPLICATE_ID, ("asks", n, "id"), message, "Give it another id.")
        asked.append(ask.id)
    for n, decision in enumerate(record.decisions):
        yield from _unknown(fault, ("decisions", n, "resolves"), "ask", decision.resolves, asked)
        yield from _unknown(fault, ("decisions", n, "board"), "board", decision.board, plan.boards)
    for n, presented in enumerate(record.presented):
        yield from _unknown(fault, ("presented", n, "board"), "board", presented.board, plan.boards)
    for n, amendment in enumerate(record.amendments):
        at: Keys = ("amendments", n)
        yield from _unknown(fault, (*at, "agency"), "agency", amendment.agency, partnership.agencies)
        yield from _unknown(fault, (*at, "action"), "action", amendment.action, actions)
        yield from _unknown(fault, (*at, "dimension"), "dimension", amendment.dimension, plan.dimensions)
        for key, rating in (("was", amendment.was), ("to", amendment.to)):
            if rating is not None:
                yield from _unknown(fault, (*at, key), "rating", rating, plan.scale)
