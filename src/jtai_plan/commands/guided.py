"""`jtai rate` without arguments: it asks for one rating at a time, and saves each answer at once."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jtai_plan.commands.asking import Stop, ask
from jtai_plan.commands.names import the_agency, the_rating
from jtai_plan.commands.returns import Rated, load_plan, load_returns, refuse_closed_or_faulty, refuse_unopened
from jtai_plan.errors import CannotDo
from jtai_plan.files.load import Loaded
from jtai_plan.files.personal_data import guard_of, refusal
from jtai_plan.files.record import CellName, record
from jtai_plan.files.validate import validated
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.days import EXAMPLES, day_of
from jtai_plan.model.partnership import PLAN, Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Cell
from jtai_plan.output.terminal import Line, line, rating_part, show, standing_part
from jtai_plan.rules import wording
from jtai_plan.rules.judge.trajectory import standing
from jtai_plan.rules.personal_data.guard import Guard

INTERRUPTED = 130
SKIP, BACK = ("", "skip"), ("<", "back")


def guided(start: Path | None, *, agency: str | None, quarter: str | None) -> int:
    """Ask for every rating that an agency owes, and save each as it is given.

    It begins with the first that has none. The answers are lines: a letter or word of the scale, nothing to skip, "<"
    to go back, "q" to stop. The end says what is still missing. The status is 130 after Ctrl-C.
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
    except Stop:
        pass
    except KeyboardInterrupt:
        print()
        status = INTERRUPTED
    print(f"Saved: {wording.counted(len(saved), 'rating')}.")
    if chosen:
        partnership = load_returns(loaded, period, (chosen,)).trusted()
        plan = partnership.plan
        missing = [
            wording.subject(plan, each.action.id, each.dimension)
            for each in _due(partnership, chosen, period)
            if each.action.id in plan.actions and not each.rating(partnership)
        ]
        print(f"Still missing: {', '.join(missing)}." if missing else "Nothing is missing.")
    return status


def _which_agency(partnership: Partnership, period: str) -> str:
    agencies = partnership.agencies.items()
    reporting = [each for each, itself in agencies if reported_actions(partnership.plan, each, itself, period)]
    print("Which agency is this return from?")
    for number, each in enumerate(reporting, start=1):
        print(f"  {number}  {partnership.agencies[each].name}")

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
    due = _due(loaded.trusted(), agency, period)
    at = next((place for place, each in enumerate(due) if not each.rating(loaded.trusted())), 0)
    while at < len(due):
        asked = due[at]
        # Somebody else may have written meanwhile.
        loaded = load_returns(loaded, period, (agency,))
        partnership = loaded.trusted()
        print()
        show(_about(partnership, asked, f"{at + 1} of {len(due)}"))
        answer = partial(_rating, partnership.plan)
        text = partial(_text, guard_of(loaded.documents[PLAN]))
        rating = ask("Rating, by its letter (Enter to skip, < to go back, q to stop): ", answer)
        if rating == BACK[0]:
            at = max(at - 1, 0)
            continue
        if rating:
            name = (asked.action.id, asked.dimension)
            for says in _answers(partnership, asked, rating, text):
                record(loaded, agency, period, {name: validated(Cell, says)})
                saved.add(name)
        at += 1


def _rating(plan: Plan, typed: str) -> str:
    if typed.casefold() in SKIP:
        return ""
    return BACK[0] if typed.casefold() in BACK else the_rating(plan, typed)


def _answers(
    partnership: Partnership, asked: Rated, rating: str, text: Callable[[str], str]
) -> Iterator[dict[str, Any]]:
    """The rating, and then one answer after the other, so that each is saved at once."""
    plan = partnership.plan
    yield {"rating": rating}
    if update := ask("What was done, and what came of it? (Enter to leave as it is) ", text):
        yield {"update": update}
    if standing(rating, asked.expected(plan), plan.scale).is_late:
        print("That is below what is expected.")
        if recovery := ask("What will be done about it? (Enter to leave as it is) ", text):
            yield {"recovery": {"plan": recovery}}
            if day := ask("By when? Such as 31/12/2018 (Enter for no day) ", _day):
                yield {"recovery": {"by": day}}


def _text(guard: Guard, typed: str) -> str:
    if found := guard.certain(typed):
        raise CannotDo(refusal([each.kind for each in found]))
    validated(Cell, {"update": typed})
    return typed


def _day(typed: str) -> date | None:
    if not typed:
        return None
    if (day := day_of(typed)) is None:
        raise CannotDo(f"'{typed}' is not a date. Write it as {EXAMPLES}.")
    return day


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
    if now := asked.rating(partnership):
        yield line("Now: ", rating_part(plan, now), ", ", standing_part(standing(now, expected, plan.scale)), indent=2)
    yield line(f"Expected: {wording.permitted(plan, expected.ratings)}", indent=2)
    for name, rating in plan.scale.items():
        means = rating.meaning(dimension) or "the key does not define this"
        yield line(f"{rating.letter.lower()}  ", rating_part(plan, name), f": {means}", indent=4)
