"""`jtai collect`: records in the returns what the agencies wrote in their forms."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jtai_plan.commands.returns import load_returns, refuse_closed_or_faulty
from jtai_plan.commands.writing import alone
from jtai_plan.errors import JtaiError, NothingWritten
from jtai_plan.exchange.forms.layout import ABOUT_QUESTIONS, about_value, fingerprint, form_values
from jtai_plan.exchange.forms.read import Filled, FormIsWrong, read_form
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import NO_RETURNS, Loaded, load
from jtai_plan.files.record import CellName, foreseen, record
from jtai_plan.files.validate import validated
from jtai_plan.files.yaml_text import Value
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Cell
from jtai_plan.output.terminal import Line, line, note, rating_part, show
from jtai_plan.rules import wording
from jtai_plan.rules.seals.closing import by_action, ratings_of

FORM_SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls")


@alone
def collect(start: Path | None, forms: Sequence[Path], *, dry_run: bool, overwrite: bool) -> int:
    """Record what the *forms* say, each of them whole or not at all, and print the changes.

    A folder stands for the workbooks in it. A *dry_run* writes nothing. An answer that has changed in the return since
    its form was made is replaced only with *overwrite*. The exit status is 1 if any form was refused.
    """
    loaded = load(find_root(start), NO_RETURNS)
    files = tuple(_workbooks(forms))
    if not files:
        raise NothingWritten(f"there is no form in {', '.join(map(str, forms))}.")
    refused = 0
    for file in files:
        try:
            _collect(loaded, file, dry_run=dry_run, overwrite=overwrite)
        except JtaiError as error:
            where = "" if isinstance(error, FormIsWrong) else f"{file}: "
            note(f"jtai: {where}{error.in_full}")
            refused += 1
    if refused:
        note(f"{refused} of {wording.counted(len(files), 'form')} refused.")
    return int(refused > 0)


def _workbooks(forms: Sequence[Path]) -> Iterator[Path]:
    for each in forms:
        if each.is_dir():
            files = sorted(file for file in each.rglob("*") if file.suffix.lower() in FORM_SUFFIXES)
            # Excel and LibreOffice leave a lock beside a workbook that is open.
            yield from (file for file in files if not file.name.startswith(("~$", ".~lock")))
        elif each.exists():
            yield each
        else:
            raise NothingWritten(f"{each}: there is no such file.")


def _collect(loaded: Loaded, file: Path, *, dry_run: bool, overwrite: bool) -> None:
    filled = read_form(file, loaded.trusted())
    loaded = load_returns(loaded, filled.period, (filled.agency,))
    partnership = loaded.trusted()
    refuse_closed_or_faulty(loaded, filled.agency, filled.period)
    returned = partnership.returns.get((filled.agency, filled.period))
    there = {name: returned.cell(*name) if returned else None for name in filled.cells}
    plan, agency = partnership.plan, partnership.agency_name(filled.agency)
    ratings, answers, overtaken = [], [], []
    for name, cell in filled.cells.items():
        was, now, said = filled.made_from[name], fingerprint(there[name]), fingerprint(cell)
        if said not in (now, was):
            ratings.append(name)
            if now != was:
                rating = returned.rating(*name) if returned else None
                words = wording.rating(plan, rating) if rating else "no rating"
                overtaken.append(_overtaken(f"{wording.subject(plan, *name)} of {agency}", words))
    for reference, answer in filled.about.items():
        was, now = filled.about_was[reference], str(about_value(returned, reference) or "")
        if str(answer or "") not in (now, was):
            answers.append(reference)
            if now != was:
                overtaken.append(_overtaken(f"the answer to '{ABOUT_QUESTIONS[reference]}'", f"'{now}'"))
    if overtaken and not overwrite:
        raise FormIsWrong(file, overtaken)
    changes = {name: _changes(there[name], filled.cells[name]) for name in ratings}
    if (ratings or answers) and not dry_run:
        about: dict[tuple[str, ...], Value] = {
            tuple(reference.split("/")): filled.about[reference] for reference in answers
        }
        if filled.about.get("approved/on") and any(each.startswith("approved/") for each in answers):
            returned = foreseen(loaded, filled.agency, filled.period, changes)
            about["approved", "ratings"] = by_action(ratings_of(returned))
        record(loaded, filled.agency, filled.period, changes, about)
    show(_printed(partnership, file, filled, there, changes, answers))


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
    file: Path,
    filled: Filled,
    there: Mapping[CellName, Cell | None],
    changes: Mapping[CellName, Cell],
    answers: Sequence[str],
) -> Iterator[Line]:
    plan = partnership.plan
    whose = f"{partnership.agency_name(filled.agency)}, {plan.periods[filled.period].label}"
    if not (changes or answers):
        yield line(f"{file}: {whose}: no changes")
        return
    yield line(f"{file}: {whose}")
    for name, cell in changes.items():
        before, given = there[name], cell.model_fields_set
        was = before.rating if before else None
        others = [
            key for key in ("update", "recovery", "evidence", "measures", "restricted", "answers") if key in given
        ]
        moved = (rating_part(plan, was), " → ", rating_part(plan, cell.rating)) if "rating" in given else ()
        beside = f"{'; ' if moved else ''}{wording.listed(others)}" if others else ""
        yield line(f"{wording.subject(plan, *name)}: ", *moved, beside, indent=2)
    yield from (line(f"{ABOUT_QUESTIONS[each]} {filled.about[each] or 'left empty'}", indent=2) for each in answers)
