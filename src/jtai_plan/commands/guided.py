"""`jtai rate` without arguments: it asks for one rating at a time, and saves each answer at once."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

from jtai_plan.commands.asking import Stop, ask
from jtai_plan.commands.names import the_agency, the_rating
from jtai_plan.commands.returns import Rated, load_plan, load_returns, refuse_closed_or_faulty, refuse_unopened
from jtai_plan.commands.typed import EVIDENCE, day, number, parts
from jtai_plan.errors import CannotDo
from jtai_plan.files.load import Loaded
from jtai_plan.files.personal_data import guard_of, refusal
from jtai_plan.files.record import CellName, record
from jtai_plan.files.validate import validated
from jtai_plan.model.agency import Measure, reported_actions
from jtai_plan.model.partnership import PLAN, Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Cell
from jtai_plan.output.terminal import Line, line, rating_part, show, standing_part
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.questions import COMPLETE_WITHOUT_EVIDENCE
from jtai_plan.rules.judge.measures import value_in
from jtai_plan.rules.judge.trajectory import standing
from jtai_plan.rules.personal_data.guard import Guard

INTERRUPTED = 130
SKIP, BACK = ("", "skip"), ("<", "back")
LEAVE = "(Enter to leave as it is)"


def guided(start: Path | None, *, agency: str | None, quarter: str | None, today: date) -> int:
    """Ask for every rating that an agency owes, and save each as it is given.

    It begins with the first that has none. The answers are lines: a letter or word of the scale, nothing to skip, "<"
    to go back, "q" to stop. The end says what is still missing and what comes next. The status is 130 after Ctrl-C.
    """
    loaded, period = load_plan(start, quarter, "Rating")
    refuse_unopened(loaded, period)
    partnership = loaded.trusted()
    chosen = the_agency(partnership, agency) if agency is not None else None
    saved: set[CellName] = set()
    status = 0
    try:
        chosen = chosen or _which_agency(partnership, period)
        loaded = load_returns(loaded, period, (chosen,))
        refuse_closed_or_faulty(loaded, chosen, period)
        _ask_all(loaded, chosen, period, saved)
        _ask_who(loaded, chosen, period, saved, today)
    except Stop:
        pass
    except KeyboardInterrupt:
        print()
        status = INTERRUPTED
    print(f"Saved: {wording.counted(len(saved), 'rating')}.")
    if chosen:
        _print_what_is_next(load_returns(loaded, period, (chosen,)).trusted(), chosen, period)
    return status


def _print_what_is_next(partnership: Partnership, agency: str, period: str) -> None:
    plan = partnership.plan
    missing = [
        wording.subject(plan, each.action.id, each.dimension)
        for each in _due(partnership, agency, period)
        if each.action.id in plan.actions and not each.rating(partnership) and not each.stands_since(partnership)
    ]
    if missing:
        print(f"Still missing: {', '.join(missing)}.\nTo go on: jtai rate --agency {agency} -q {period}")
    else:
        print(f"Nothing is missing.\nNext, look at it: jtai check --agency {agency} -q {period}")


def _which_agency(partnership: Partnership, period: str) -> str:
    agencies = partnership.agencies.items()
    reporting = [each for each, itself in agencies if reported_actions(partnership.plan, each, itself, period)]
    print("Which agency is this return from?")
    for place, each in enumerate(reporting, start=1):
        print(f"  {place}  {partnership.agencies[each].name}")

    def agency(typed: str) -> str:
        if typed.isdigit() and 0 < int(typed) <= len(reporting):
            return reporting[int(typed) - 1]
        return the_agency(partnership, typed)

    return ask("Agency, by number or name (q to stop): ", agency)


def _due(partnership: Partnership, agency: str, period: str) -> list[Rated]:
    """Every rating that is expected of *agency* for *period*, of its own actions too."""
    plan = partnership.plan
    actions = reported_actions(plan, agency, partnership.agencies[agency], period)
    every = (Rated(agency, period, action, dimension) for action in actions for dimension in plan.dimensions)
    return [each for each in every if each.expected(plan)]


def _ask_all(loaded: Loaded, agency: str, period: str, saved: set[CellName]) -> None:
    known = loaded.trusted()
    due = _due(known, agency, period)
    owed = (place for place, each in enumerate(due) if not each.rating(known) and not each.stands_since(known))
    at = next(owed, 0)
    between = ""
    while at < len(due):
        asked = due[at]
        # Somebody else may have written meanwhile.
        loaded = load_returns(loaded, period, (agency,))
        partnership = loaded.trusted()
        print(f"\n{between}", end="")
        between = f"{'-' * (get_terminal_size().columns - 1)}\n"
        show(_about(partnership, asked, f"{at + 1} of {len(due)}"))
        answer = partial(_rating, partnership.plan, asked.dimension)
        rating = ask("Rating, by its letter (Enter to skip, < to go back, q to stop):", answer)
        if rating == BACK[0]:
            at = max(at - 1, 0)
            continue
        if rating:
            name = (asked.action.id, asked.dimension)
            for says in _answers(partnership, asked, rating, _texts(loaded)):
                record(loaded, agency, period, {name: validated(Cell, says)})
                saved.add(name)
            print("Saved.")
        at += 1


def _ask_who(loaded: Loaded, agency: str, period: str, saved: set[CellName], today: date) -> None:
    """Ask who filled the return in, once every rating was asked for, unless the return says so."""
    returned = load_returns(loaded, period, (agency,)).trusted().returns.get((agency, period))
    if saved and not (returned and returned.prepared and returned.prepared.by):
        print()
        if who := ask("Who filled this return in? (Enter to leave it out)", _texts(loaded)):
            record(loaded, agency, period, {}, {("prepared", "by"): who, ("prepared", "on"): today})


def _rating(plan: Plan, dimension: str, typed: str) -> str:
    if typed.casefold() in SKIP:
        return ""
    return BACK[0] if typed.casefold() in BACK else the_rating(plan, typed, dimension)


def _answers(
    partnership: Partnership, asked: Rated, rating: str, text: Callable[[str], str]
) -> Iterator[dict[str, Any]]:
    """The rating, and then one answer after the other, so that each is saved at once."""
    plan = partnership.plan
    yield {"rating": rating}
    if update := ask(f"What was done, and what came of it? {LEAVE}", text):
        yield {"update": update}
    if standing(rating, asked.expected(plan), plan.scale).is_late:
        print("That is below what is expected.")
        if recovery := ask(f"What will be done about it? {LEAVE}", text):
            yield {"recovery": {"plan": recovery}}
            if by := ask("By when? Such as 31/12/2018 (Enter for no day)", _day):
                yield {"recovery": {"by": by}}
    if _becomes_complete(partnership, asked, rating):
        question = f"What shows it? WHAT | WHERE | DATE, or none: WHY {LEAVE}"
        if shown := ask(question, lambda typed: _evidence(text(typed))):
            yield shown
    for measure in partnership.agencies[asked.agency].measures_of(asked.action.id, asked.dimension):
        last = _last_value(partnership, asked, measure)
        if (value := ask(f"{measure.description}{last} The number now? {LEAVE}", _number)) is not None:
            yield {"measures": {measure.id: value}}


def _becomes_complete(partnership: Partnership, asked: Rated, rating: str) -> bool:
    plan, before = partnership.plan, partnership.plan.period_before(asked.period)
    last = partnership.rating(asked.agency, asked.action.id, asked.dimension, before) if before else None
    if asked.stands_since(partnership):
        return False
    return plan.scale[rating].complete and not (last and plan.scale[last].complete)


def _last_value(partnership: Partnership, asked: Rated, measure: Measure) -> str:
    """What is known of *measure*, in brackets, and a full stop."""
    before = partnership.plan.period_before(asked.period)
    last = value_in(partnership, asked.agency, measure, before) if before else None
    known = {"unit": measure.unit, "last time": last, "target": measure.targets.get(asked.period, measure.target)}
    said = "; ".join(
        f"{name}: {each:g}" if name != "unit" else str(each) for name, each in known.items() if each is not None
    )
    return f" ({said})." if said else "."


def _texts(loaded: Loaded) -> Callable[[str], str]:
    return partial(_text, guard_of(loaded.documents[PLAN]))


def _text(guard: Guard, typed: str) -> str:
    if found := guard.certain(typed):
        raise CannotDo(refusal([each.kind for each in found]))
    validated(Cell, {"update": typed})
    return typed


def _evidence(typed: str) -> dict[str, Any]:
    """A piece of evidence, or the answer to why there is none; nothing if nothing was typed."""
    none, _, why = (part.strip() for part in typed.partition(":"))
    if none.casefold() != "none":
        return {"evidence": [parts("this", typed, EVIDENCE)]} if typed else {}
    if not why:
        raise CannotDo("say why there is none, such as 'none: the audit is due in May'.")
    return {"answers": {COMPLETE_WITHOUT_EVIDENCE.id: why}}


def _number(typed: str) -> float | None:
    if typed and number(typed) is None:
        raise CannotDo(f"'{typed}' is not a number. Write only the number, such as 61.")
    return number(typed)


def _day(typed: str) -> str | None:
    return day("this", typed) if typed else None


def _about(partnership: Partnership, asked: Rated, place: str) -> Iterator[Line]:
    plan, action, dimension = partnership.plan, asked.action, asked.dimension
    expected = asked.expected(plan)
    assert expected is not None, "only what is expected is asked for"
    yield line(f"{place}: {action.id} {plan.dimensions[dimension].label}: {action.action}")
    yield from (line(f"Outcome measure: {words}", indent=2) for words in action.outcome_measure)
    before = plan.period_before(asked.period)
    last = partnership.cell(asked.agency, action.id, dimension, before) if before else None
    if last and last.rating:
        yield line("Last time: ", rating_part(plan, last.rating), f": {last.update}" if last.update else "", indent=2)
    if last and last.recovery and last.recovery.plan:
        by = f", by {wording.day(last.recovery.by)}" if last.recovery.by else ""
        yield line(f"Promised then: {last.recovery.plan}{by}", indent=4)
    for period in filter(None, (before, asked.period)):
        if moderated := partnership.record_of(period).moderation(action.id, dimension):
            board, label = plan.boards[moderated.board].name, plan.periods[period].label
            yield line(f"{board} in {label}: ", rating_part(plan, moderated.rating), f": {moderated.reason}", indent=2)
    if since := asked.stands_since(partnership):
        stands = rating_part(plan, partnership.rating(asked.agency, action.id, dimension, since) or "")
        yield line("Stands: ", stands, f", as rated in {plan.periods[since].label}. Enter leaves it so.", indent=2)
    if now := asked.rating(partnership):
        yield line("Now: ", rating_part(plan, now), ", ", standing_part(standing(now, expected, plan.scale)), indent=2)
    yield line(f"Expected: {wording.permitted(plan, expected.ratings)}{wording.when_due(expected)}", indent=2)
    for name, rating in plan.ratings(dimension).items():
        means = rating.meaning(dimension) or "the key does not define this"
        yield line(f"{rating.letter.lower()}  ", rating_part(plan, name), f": {means}", indent=4)
