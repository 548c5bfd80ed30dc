"""`jtai collect`: records in the returns what the agencies wrote in their forms."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from jtai_plan.commands.returns import load_returns, refuse_closed_or_faulty
from jtai_plan.commands.writing import alone
from jtai_plan.errors import JtaiError, NothingWritten
from jtai_plan.exchange.forms.layout import ABOUT_QUESTIONS, about_value, fingerprint, form_values
from jtai_plan.exchange.forms.read import Filled, FormIsWrong, read_form
from jtai_plan.exchange.forms.received import Received, received
from jtai_plan.files.atomic_write import scratch
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import NO_RETURNS, Loaded, load
from jtai_plan.files.record import CellName, foreseen, record
from jtai_plan.files.validate import validated
from jtai_plan.files.yaml_text import Value
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Cell, Return
from jtai_plan.output.terminal import Line, line, note, rating_part, show
from jtai_plan.rules import wording
from jtai_plan.rules.seals.closing import by_action, ratings_of

DRY = "This is a dry run: nothing is written."


class _Outcome(StrEnum):
    """What became of a form."""

    TAKEN = "Taken"
    UNCHANGED = "Unchanged"
    EMPTY = "Empty, without a rating"
    REFUSED = "Refused"


@alone
def collect(start: Path | None, forms: Sequence[Path], *, dry_run: bool, overwrite: bool) -> int:
    """Record what the *forms* say, each of them whole or not at all, and print the changes.

    A folder stands for the forms in it, and a mail (.eml) for those attached to it. A *dry_run* writes nothing. An
    answer that has changed in the return since its form was made is replaced only with *overwrite*. The end names
    what became of every file, and who has not sent one. The exit status is 1 if any form was refused.
    """
    loaded = load(find_root(start), NO_RETURNS)
    for file in forms:
        if not file.exists() and not file.is_symlink():
            raise NothingWritten(f"{file}: there is no such file.")
    if dry_run:
        note(DRY)
    result = _Result({each: [] for each in _Outcome}, [], [])
    with scratch(loaded.root) as folder:
        for each in received(forms, folder):
            _take(loaded, each, result, dry_run=dry_run, overwrite=overwrite)
    refused, count = len(result.outcomes[_Outcome.REFUSED]), sum(map(len, result.outcomes.values()))
    if not count:
        raise NothingWritten("\n".join([*_left(result), f"there is no form in {', '.join(map(str, forms))}."]))
    if count + len(result.left) > 1:
        show(_summary(loaded, result))
    if refused:
        note(f"{refused} of {wording.counted(count, 'form')} refused.")
    if dry_run:
        note(DRY)
    return int(refused > 0)


class _Result(NamedTuple):
    """What became of everything that came in."""

    outcomes: dict[_Outcome, list[str]]
    """The names of forms."""
    left: list[Received]
    """What is no form."""
    sent: list[tuple[str, str]]
    """The agency and period of each form that was read."""


def _take(loaded: Loaded, came: Received, result: _Result, *, dry_run: bool, overwrite: bool) -> None:
    """Record one form, or say why not, and note it in *result*."""
    if came.file is None:
        result.left.append(came)
        return
    try:
        filled = read_form(came.file, loaded.trusted())
        outcome = _collect(loaded, came.name, filled, dry_run=dry_run, overwrite=overwrite)
        result.sent.append((filled.agency, filled.period))
    except JtaiError as error:
        # A form from a mail lies in a folder that nobody knows.
        words = error.in_full.replace(str(came.file), came.name)
        note(f"jtai: {'' if isinstance(error, FormIsWrong) else f'{came.name}: '}{words}")
        outcome = _Outcome.REFUSED
    result.outcomes[outcome].append(came.name)


def _left(result: _Result) -> Iterator[str]:
    return (f"Left alone: {each.name}. {each.why}" for each in result.left)


def _summary(loaded: Loaded, result: _Result) -> Iterator[Line]:
    """What became of every file, and which agencies of the same period have sent nothing."""
    yield line()
    for outcome, names in result.outcomes.items():
        if names:
            yield line(f"{outcome}: {wording.counted(len(names), 'form')}: {', '.join(names)}.")
    yield from map(line, _left(result))
    for period in dict.fromkeys(period for _, period in result.sent):
        partnership = load_returns(loaded, period).trusted()
        plan, agencies = partnership.plan, partnership.agencies
        silent = [
            partnership.agency_name(agency)
            for agency, itself in agencies.items()
            if (agency, period) not in result.sent
            and reported_actions(plan, agency, itself, period)
            and not ((returned := partnership.returns.get((agency, period))) and returned.says_something)
        ]
        label = plan.periods[period].label
        yield line(
            f"Nothing for {label} yet from: {wording.listed(silent)}."
            if silent
            else f"All have sent their returns for {label}."
        )


def _collect(loaded: Loaded, name: str, filled: Filled, *, dry_run: bool, overwrite: bool) -> _Outcome:
    """Record what a form says, and print it. Raises FormIsWrong if the return has changed since and says otherwise."""
    loaded = load_returns(loaded, filled.period, (filled.agency,))
    partnership = loaded.trusted()
    returned = partnership.returns.get((filled.agency, filled.period))
    there = {cell: returned.cell(*cell) if returned else None for cell in filled.cells}
    new = _new(partnership, filled, returned)
    if new.cells or new.answers:
        # Forms of last quarter often lie in the folder still.
        refuse_closed_or_faulty(loaded, filled.agency, filled.period)
    if new.overtaken and not overwrite:
        raise FormIsWrong(Path(name), new.overtaken)
    changes = {cell: _changes(there[cell], filled.cells[cell]) for cell in new.cells}
    if (changes or new.answers) and not dry_run:
        about: dict[tuple[str, ...], Value] = {tuple(each.split("/")): filled.about[each] for each in new.answers}
        if filled.about.get("approved/on") and any(each.startswith("approved/") for each in new.answers):
            after = foreseen(loaded, filled.agency, filled.period, changes)
            about["approved", "ratings"] = by_action(ratings_of(after))
        record(loaded, filled.agency, filled.period, changes, about)
    show(_printed(partnership, name, filled, there, changes, new.answers))
    if changes or new.answers:
        return _Outcome.TAKEN
    return _Outcome.UNCHANGED if any(cell.rating for cell in filled.cells.values()) else _Outcome.EMPTY


class _New(NamedTuple):
    """What a form says that the return does not."""

    cells: Sequence[CellName]
    answers: Sequence[str]
    """The references of the sheet About."""
    overtaken: Sequence[str]
    """A sentence for each of them that has changed in the return since the form was made."""


def _new(partnership: Partnership, filled: Filled, returned: Return | None) -> _New:
    plan, agency = partnership.plan, partnership.agency_name(filled.agency)
    cells, answers, overtaken = [], [], []
    for cell, answer in filled.cells.items():
        there = returned.cell(*cell) if returned else None
        was, now, said = filled.made_from[cell], fingerprint(there), fingerprint(answer)
        if said not in (now, was):
            cells.append(cell)
            if now != was:
                words = wording.rating(plan, there.rating) if there and there.rating else "no rating"
                overtaken.append(_overtaken(f"{wording.subject(plan, *cell)} of {agency}", words))
    for reference, said_about in filled.about.items():
        was, now = filled.about_was[reference], str(about_value(returned, reference) or "")
        if str(said_about or "") not in (now, was):
            answers.append(reference)
            if now != was:
                overtaken.append(_overtaken(f"the answer to '{ABOUT_QUESTIONS[reference]}'", f"'{now}'"))
    return _New(cells, answers, overtaken)


def _overtaken(what: str, now: str) -> str:
    return (
        f"{what} has changed since this form was made. The return now says {now}. "
        "Make a new form, or use --overwrite to take this one."
    )


def _changes(there: Cell | None, said: Cell) -> Cell:
    """What the form changes in a cell. What was emptied is emptied, but evidence is only ever added."""
    before, now = form_values(there), form_values(said)
    given: dict[str, Any] = {}
    for key in ("rating", "update", "recovery", "evidence", "measures", "restricted", "answers"):
        if before.get(key) == now.get(key):
            continue
        if key in ("rating", "update"):
            given[key] = now.get(key)
        elif key == "restricted":
            given[key] = said.restricted
        elif key == "answers":
            # Only ever added, as evidence is: the other answers are not in the form.
            given[key] = now.get(key, {})
        elif key != "evidence":
            given[key] = {**dict.fromkeys(before.get(key, {})), **now.get(key, {})}
        elif key in now:
            given[key] = now[key]
    return validated(Cell, given)


def _printed(
    partnership: Partnership,
    name: str,
    filled: Filled,
    there: Mapping[CellName, Cell | None],
    changes: Mapping[CellName, Cell],
    answers: Sequence[str],
) -> Iterator[Line]:
    plan = partnership.plan
    whose = f"{partnership.agency_name(filled.agency)}, {plan.periods[filled.period].label}"
    if not (changes or answers):
        yield line(f"{name}: {whose}: no changes")
        return
    yield line(f"{name}: {whose}")
    for at, cell in changes.items():
        before, given = there[at], cell.model_fields_set
        was = before.rating if before else None
        others = [
            key for key in ("update", "recovery", "evidence", "measures", "restricted", "answers") if key in given
        ]
        moved = (rating_part(plan, was), " → ", rating_part(plan, cell.rating)) if "rating" in given else ()
        beside = f"{'; ' if moved else ''}{wording.listed(others)}" if others else ""
        yield line(f"{wording.subject(plan, *at)}: ", *moved, beside, indent=2)
    yield from (line(f"{ABOUT_QUESTIONS[each]} {filled.about[each] or 'left empty'}", indent=2) for each in answers)
