"""Whether the files agree: every name that a file uses is defined in the plan or by an agency."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, Unpack

from jtai_plan.errors import did_you_mean, there_is
from jtai_plan.model.agency import Agency, SignOff
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.finding import Finding, Keys, Severity
from jtai_plan.model.partnership import PLAN, Partnership, agency_path, board_path, return_path, sign_off_path
from jtai_plan.model.plan import Action, Plan, Steps
from jtai_plan.model.returns import Return
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue import plan_errors as rules
from jtai_plan.rules.checks.catalogue.rule import About, Rule
from jtai_plan.rules.colours import fault_of_colour
from jtai_plan.rules.personal_data.guard import is_pattern

Names = Mapping[str, Collection[str]]
"""The names that the plan and its agencies define, by what they name."""


class Here(NamedTuple):
    """A place in a file. Each fault that is found there carries what the place is about."""

    path: str
    names: Names
    about: About
    keys: Keys = ()
    subject: str = ""
    """What each message about a name begins with."""

    def at(self, *keys: str | int, subject: str = "", **about: Unpack[About]) -> "Here":
        """A place within this one."""
        return Here(self.path, self.names, self.about | about, (*self.keys, *keys), subject or self.subject)

    def fault(self, rule: Rule, message: str, hint: str | None = None) -> Finding:
        """The fault of this place."""
        return rule.finding(message, self.path, hint, keys=self.keys, **self.about)

    def unknown(
        self, kind: str, name: str | None, *keys: str | int, known: Collection[str] | None = None
    ) -> Iterator[Finding]:
        """The fault of a *name*, at *keys* within this place, that is none of the *known* ones of its *kind*."""
        known = self.names[kind] if known is None else known
        if name is not None and name not in known:
            message = f"{self.subject}there is no {kind} '{name}'"
            hint = there_is(known) if kind == "rating" else did_you_mean(name, known)
            yield self.at(*keys).fault(rules.UNKNOWN_NAME, message, hint)

    def rating(self, plan: Plan, name: str | None, dimension: str, *keys: str | int) -> Iterator[Finding]:
        """The fault of a rating's *name*, at *keys* within this place, that *dimension* does not have."""
        yield from self.unknown("rating", name, *keys)
        if name in plan.scale and dimension in plan.dimensions and name not in (known := plan.ratings(dimension)):
            message = f"{self.subject}{name} is not used for {plan.dimensions[dimension].label.lower()}"
            yield self.at(*keys).fault(rules.RATING_OF_ANOTHER_DIMENSION, message, there_is(known))


def references(partnership: Partnership) -> Iterator[Finding]:
    """Every name in the files that does not fit the others, in the plan's order. All are errors.

    Whether an agency leads what it rates is checked only if the plan itself has no errors.
    """
    plan = partnership.plan
    names = _names(partnership)
    in_plan = list(_plan(plan, Here(PLAN, names, {})))
    yield from in_plan
    for agency, itself in partnership.agencies.items():
        yield from _agency(plan, agency, itself, Here(agency_path(agency), names, {"agency": agency}))
        if signed := partnership.sign_offs.get(agency):
            yield from _sign_off(plan, signed, Here(sign_off_path(agency), names, {"agency": agency}))
        for period in plan.periods:
            if returned := partnership.returns.get((agency, period)):
                here = Here(return_path(agency, period), names, {"agency": agency, "period": period})
                yield from _return(plan, agency, itself, returned, period, here, plan_is_sound=not in_plan)
    yield from _additional_twice(partnership, names)
    yield from _agencies_called_alike(partnership, names)
    asked: list[str] = []
    for period, record in partnership.board_records.items():
        here = Here(board_path(period), names, {"period": period})
        yield from _moderated(plan, record, here)
        yield from _asks(partnership, record, asked, here)


def _names(partnership: Partnership) -> Names:
    plan = partnership.plan
    areas = plan.areas_for_improvement.items if plan.areas_for_improvement else ()
    return {
        "action": plan.actions,
        "agency": partnership.agencies,
        "area": [area.id for area in areas],
        "board": plan.boards,
        "dimension": plan.dimensions,
        "period": plan.periods,
        "rating": plan.scale,
    }


def _additional_twice(partnership: Partnership, names: Names) -> Iterator[Finding]:
    """Each additional action whose id another agency uses too."""
    seen: dict[str, str] = {}
    for agency, itself in partnership.agencies.items():
        for n, own in enumerate(itself.actions):
            if seen.setdefault(own.id, agency) != agency:
                here = Here(agency_path(agency), names, {"agency": agency}, ("actions", n, "id"))
                message = f"action '{own.id}' is listed by {seen[own.id]} too"
                yield here.fault(rules.DUPLICATE_ID, message, f"Give it another id, such as {agency}-{n + 1}.")


def _agencies_called_alike(partnership: Partnership, names: Names) -> Iterator[Finding]:
    named = [
        (agency, name, Here(agency_path(agency), names, {"agency": agency}, (key,)))
        for agency, itself in partnership.agencies.items()
        for key in ("name", "short_name")
        if (name := getattr(itself, key))
    ]
    yield from _called_alike(partnership.agencies, named)


def _called_alike(ids: Iterable[str], named: Iterable[tuple[str, str, Here]]) -> Iterator[Finding]:
    """Each name that is another's id or name: what a call says of the one would reach the other."""
    called = {each.casefold(): each for each in ids}
    for itself, name, here in named:
        if (other := called.setdefault(name.casefold(), itself)) != itself:
            yield here.fault(rules.DUPLICATE_ID, f"'{name}' is what {other} is called too", "Give it another name.")


def _twice(kind: str, ids: Iterable[tuple[Here, str]], known: Iterable[str] = ()) -> Iterator[Finding]:
    """A fault for each of *ids*, each with the place of what it names, that is *known* or stood before it."""
    seen = set(known)
    for here, name in ids:
        if name in seen:
            message = f"{kind} '{name}' is listed twice"
            yield here.at("id").fault(rules.DUPLICATE_ID, message, "Give it another id.")
        seen.add(name)


def _plan(plan: Plan, here: Here) -> Iterator[Finding]:
    yield from _periods(plan, here.at("periods"))
    yield from _scale(plan, here.at("scale"))
    for kind, key in (("boards", "name"), ("periods", "label"), ("dimensions", "label"), ("scale", "label")):
        nouns = getattr(plan, kind)
        named = ((each, getattr(noun, key), here.at(kind, each, key)) for each, noun in nouns.items())
        yield from _called_alike(nouns, named)
    yield from _steps(plan, plan.expected, here.at("expected"))
    areas = here.at("areas_for_improvement", "items")
    yield from _twice("area", ((areas.at(n), area) for n, area in enumerate(here.names["area"])))
    yield from _twice("theme", ((here.at("themes", t), theme.id) for t, theme in enumerate(plan.themes)))
    actions = [
        (action, here.at("themes", t, "actions", a, action=action.id))
        for t, theme in enumerate(plan.themes)
        for a, action in enumerate(theme.actions)
    ]
    yield from _twice("action", ((there, action.id) for action, there in actions))
    yield from _answers(plan.answers, here)
    yield from _ignored(plan, here.at("checks", "ignore"))
    if (pattern := plan.personal_data.case_reference) and not is_pattern(pattern):
        message = "the pattern of case references has a sign that it may not have"
        hint = r"Write it with letters, digits, [..] and \d, and with {6}, {4,6} or ? after them."
        yield here.at("personal_data", "case_reference").fault(rules.WRONG_PATTERN, message, hint)
    for action, there in actions:
        yield from _action(plan, action, there)


def _answers(answers: Mapping[str, str], here: Here) -> Iterator[Finding]:
    """A fault for each of the *answers* that names no rule, or one that cannot be answered here."""
    if answers:
        # Few files hold any, and the others need not wait for all rules.
        from jtai_plan.rules.checks.answers import answer_where, can_be_answered
        from jtai_plan.rules.checks.catalogue.every import RULES

        for name in answers:
            yield from here.unknown("rule", name, "answers", name, known=RULES)
            if name in RULES and not can_be_answered(name, here.path):
                message = f"{here.subject}'{name}' cannot be answered here"
                yield here.at("answers", name).fault(rules.NOT_A_QUERY, message, answer_where(RULES[name]))


def _ignored(plan: Plan, here: Here) -> Iterator[Finding]:
    """A fault for each rule that the plan ignores and that is none, or finds errors."""
    if plan.checks.ignore:
        from jtai_plan.rules.checks.catalogue.every import RULES

        for n, name in enumerate(plan.checks.ignore):
            yield from here.unknown("rule", name, n, known=RULES)
            if name in RULES and RULES[name].severity is Severity.ERROR:
                message = f"'{name}' finds errors, and an error cannot be ignored"
                yield here.at(n).fault(rules.CANNOT_IGNORE, message, "Delete it from the list.")


def _periods(plan: Plan, here: Here) -> Iterator[Finding]:
    ended = None
    for name, period in plan.periods.items():
        there = here.at(name, period=name)
        if period.last_day < period.first_day:
            message = f"{period.label} ends on {period.last_day}, before it begins on {period.first_day}"
            yield there.at("to").fault(rules.PERIOD_ORDER, message)
        elif ended and period.first_day <= ended:
            message = f"{period.label} begins on {period.first_day}, before the previous period has ended"
            hint = "List the periods in order. Each begins after the previous one has ended."
            yield there.at("from").fault(rules.PERIOD_ORDER, message, hint)
        ended = period.last_day


def _scale(plan: Plan, here: Here) -> Iterator[Finding]:
    letters = Counter(rating.letter.casefold() for rating in plan.scale.values())
    for name, rating in plan.scale.items():
        if letters[rating.letter.casefold()] > 1:
            message = f"the letter {rating.letter} stands for more than one rating"
            yield here.at(name, "letter").fault(
                rules.DUPLICATE_LETTER, message, "Give each rating a letter of its own."
            )
        if problem := fault_of_colour(rating.colour):
            yield here.at(name, "colour").fault(rules.WRONG_COLOUR, f"{rating.label}: {problem}")
        for dimension in rating.means if isinstance(rating.means, Mapping) else ():
            yield from here.unknown("dimension", dimension, name, "means", dimension)
        for n, dimension in enumerate(rating.dimensions):
            yield from here.unknown("dimension", dimension, name, "dimensions", n)
    for dimension, itself in plan.dimensions.items():
        if not plan.ratings(dimension):
            message = f"no rating of the scale may be used for {itself.label.lower()}"
            yield here.fault(rules.RATING_OF_ANOTHER_DIMENSION, message)


def _steps(plan: Plan, steps: Steps, here: Here) -> Iterator[Finding]:
    for dimension, expected in steps.items():
        yield from here.unknown("dimension", dimension, dimension)
        for period, ratings in expected.items():
            yield from here.unknown("period", period, dimension, period)
            for n, rating in enumerate(ratings):
                there = here.at(dimension, period, n)
                yield from there.rating(plan, rating, dimension)
                if rating in plan.scale and plan.scale[rating].rank is None:
                    message = f"{rating} has no rank, so it cannot be expected"
                    yield there.fault(
                        rules.UNRANKED_EXPECTATION, message, "Expect a rating that has a rank in the scale."
                    )


def _action(plan: Plan, action: Action, here: Here) -> Iterator[Finding]:
    dangling = [*here.unknown("period", action.starts, "starts")]
    for n, lead in enumerate(action.leads):
        yield from here.unknown("agency", lead.agency, "leads", n, "agency")
        dangling += here.unknown("period", lead.since, "leads", n, "from")
        dangling += here.unknown("period", lead.until, "leads", n, "until")
    for n, revision in enumerate(action.revised):
        there = here.at("revised", n)
        dangling += there.unknown("period", revision.since, "from")
        yield from _steps(plan, revision.expected, there.at("expected"))
        yield from _due(plan, revision.due, there.at("due"))
        if revision.due is None and not revision.expected:
            yield there.fault(rules.NOTHING_EXPECTED, f"the revision of {action.id} changes nothing")
        yield from there.unknown("board", revision.board, "board")
    if action.withdrawn:
        there = here.at("withdrawn")
        dangling += there.unknown("period", action.withdrawn.since, "from")
        yield from there.unknown("board", action.withdrawn.board, "board")
    yield from dangling
    yield from _steps(plan, action.expected, here.at("expected"))
    yield from _due(plan, action.due, here.at("due"))
    if not plan.expected and not action.expected and action.due is None:
        message = f"{action.id} has no due day, and the plan expects no ratings"
        yield here.fault(rules.NOTHING_EXPECTED, message)
    for n, area in enumerate(action.addresses):
        yield from here.unknown("area", area, "addresses", n)
    if not dangling:
        yield from _always_led(plan, action, here.at("leads"))


def _due(plan: Plan, due: date | None, here: Here) -> Iterator[Finding]:
    """A fault if the scale does not say what a *due* day means."""
    for dimension, itself in plan.dimensions.items() if due else ():
        ranked = [each for each in plan.ratings(dimension).values() if each.rank is not None]
        if lacks := [key for key in ("on_track", "complete") if not any(getattr(each, key) for each in ranked)]:
            of = f" for {itself.label.lower()}" if any(each.dimensions for each in plan.scale.values()) else ""
            message = f"no rating of the scale is marked {' or '.join(lacks)}{of}, so a due day says nothing"
            yield here.fault(rules.DUE_WITHOUT_RATING, message)
            return


def _always_led(plan: Plan, action: Action, here: Here) -> Iterator[Finding]:
    # Leads that never change are the same in every period: the first stands for all.
    changes = any(lead.since or lead.until for lead in action.leads)
    for period, itself in list(plan.periods.items())[: None if changes else 1]:
        leads = Counter(lead.agency for lead in plan.leads(action, period))
        withdrawn = action.withdrawn and plan.order[action.withdrawn.since] <= plan.order[period]
        if not leads and not withdrawn:
            yield here.at(period=period).fault(rules.NO_LEAD, f"{action.id} has no lead in {itself.label}")
            return
        for agency, times in leads.items():
            if times > 1:
                message = f"{agency} leads {action.id} twice in {itself.label}"
                there = here.at(period=period)
                yield there.fault(rules.DUPLICATE_LEAD, message, "Name each agency once.")
                return


def _agency(plan: Plan, agency: str, itself: Agency, here: Here) -> Iterator[Finding]:
    yield from here.unknown("agency", itself.signs_with, "signs_with")
    measures = [(here.at("measures", n), measure) for n, measure in enumerate(itself.measures)]
    yield from _twice("measure", ((there, measure.id) for there, measure in measures))
    reported = [*plan.actions, *(action.id for action in itself.actions)]
    for there, measure in measures:
        yield from there.unknown("action", measure.action, "action", known=reported)
        yield from there.unknown("dimension", measure.dimension, "dimension")
        yield from there.unknown("period", measure.by, "by")
        for by in measure.targets:
            yield from there.unknown("period", by, "targets", by)
        led = plan.actions.get(measure.action)
        if led and all(lead.agency != agency for lead in led.leads):
            message = f"measure '{measure.id}' is for {measure.action}, which {agency} does not lead"
            yield there.at("action", action=measure.action).fault(rules.NOT_LEAD, message)
    actions = [(here.at("actions", n), action) for n, action in enumerate(itself.actions)]
    yield from _twice("action", ((there, action.id) for there, action in actions), plan.actions)
    for there, action in actions:
        for m, contributes_to in enumerate(action.contributes_to):
            yield from there.unknown("action", contributes_to, "contributes_to", m)
        yield from there.unknown("period", action.starts, "starts")
        yield from _steps(plan, action.expected, there.at("expected"))
        yield from _due(plan, action.due, there.at("due"))


def _sign_off(plan: Plan, signed: SignOff, here: Here) -> Iterator[Finding]:
    if too_early := before_the_inspection_ended(plan, signed.on):
        yield here.at("on").fault(rules.TOO_EARLY, too_early, "Give the day of the meeting that signed it off.")


def before_the_inspection_ended(plan: Plan, day: date) -> str | None:
    """Why no board can have signed *plan* on *day*: the inspection had not ended. None if it had."""
    ended = plan.inspection.last_day if plan.inspection else None
    if ended is None or day > ended:
        return None
    return f"the plan cannot have been signed on {wording.day(day)}: the inspection ended on {wording.day(ended)}"


def _return(
    plan: Plan, agency: str, itself: Agency, returned: Return, period: str, here: Here, *, plan_is_sound: bool
) -> Iterator[Finding]:
    if returned.period != period:
        message = f"the file is named {period} but its 'period' is {returned.period}"
        hint = "Rename the file, or correct 'period'."
        yield here.at("period").fault(rules.WRONG_PERIOD, message, hint)
    reported = [*plan.actions, *(action.id for action in itself.actions)]
    for action, cells in returned.actions.items():
        there = here.at("actions", action, subject=f"{action}: ", action=action)
        if action not in reported:
            yield from here.at(action=action).unknown("action", action, "actions", action, known=reported)
        in_plan = plan.actions.get(action) if plan_is_sound else None
        if in_plan and all(lead.agency != agency for lead in plan.leads(in_plan, period)):
            message = f"{itself.name} does not lead {action} in {plan.periods[period].label}"
            leads = [each.id for each in plan.led_by(agency, period)]
            hint = f"It leads {', '.join(leads)}." if leads else "It leads no action in that period."
            yield there.fault(rules.NOT_LEAD, message, f"{hint} To change the lead, edit {PLAN}.")
        for dimension, cell in (cells or {}).items():
            if dimension not in plan.dimensions:
                yield from there.at(dimension=dimension).unknown("dimension", dimension, dimension)
            if cell:
                place = there.at(dimension, subject=f"{action} {dimension}: ", dimension=dimension)
                yield from place.rating(plan, cell.rating, dimension, "rating")
                chosen = [each.id for each in itself.measures_of(action, dimension)]
                for measure in cell.measures:
                    yield from place.unknown("measure", measure, "measures", measure, known=chosen)
                yield from _answers(cell.answers, place)


def _moderated(plan: Plan, record: BoardRecord, here: Here) -> Iterator[Finding]:
    for action, cells in record.moderated.items():
        there = here.at("moderated", action, action=action)
        yield from there.unknown("action", action)
        for dimension, moderation in cells.items():
            place = there.at(dimension, dimension=dimension)
            yield from place.unknown("dimension", dimension)
            subject = f"{action} {dimension}: "
            yield from place.at(subject=subject).rating(plan, moderation.rating, dimension, "rating")
            yield from place.unknown("board", moderation.board, "board")


def _asks(partnership: Partnership, record: BoardRecord, asked: list[str], here: Here) -> Iterator[Finding]:
    """The faults in what *record* asks, decides and amends. Adds its asks to those *asked* in earlier periods."""
    actions = [*partnership.plan.actions, *(own.id for _, own in partnership.additional_actions())]
    for n, ask in enumerate(record.asks):
        there = here.at("asks", n)
        yield from there.unknown("board", ask.board, "board")
        yield from there.unknown("action", ask.about, "about", known=actions)
        yield from there.unknown("agency", ask.owner, "owner")
        yield from _twice("ask", [(there, ask.id)], asked)
        asked.append(ask.id)
    for n, decision in enumerate(record.decisions):
        there = here.at("decisions", n)
        yield from there.unknown("ask", decision.resolves, "resolves", known=asked)
        yield from there.unknown("board", decision.board, "board")
    for n, presented in enumerate(record.presented):
        yield from here.unknown("board", presented.board, "presented", n, "board")
    for n, amendment in enumerate(record.amendments):
        there = here.at("amendments", n)
        yield from there.unknown("agency", amendment.agency, "agency")
        yield from there.unknown("board", amendment.board, "board")
        if (amendment.agency is None) == (amendment.board is None):
            message = "an amendment is of one agency's rating or of one board's own"
            yield there.fault(rules.UNKNOWN_NAME, message, "Name the agency, or the board.")
        yield from there.unknown("action", amendment.action, "action", known=actions)
        yield from there.unknown("dimension", amendment.dimension, "dimension")
        yield from there.unknown("rating", amendment.was, "was")
        yield from there.unknown("rating", amendment.to, "to")
