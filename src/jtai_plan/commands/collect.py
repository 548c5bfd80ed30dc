"""`jtai collect`: what agencies wrote in their forms, read back into their returns."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jtai_plan.commands.recordable import refuse_what_is_closed_or_faulty
from jtai_plan.errors import CannotDo, JtaiError
from jtai_plan.exchange.forms.layout import ABOUT_QUESTIONS, about_value, fingerprint, plain
from jtai_plan.exchange.forms.read import Filled, FormIsWrong, read_form
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load
from jtai_plan.files.record import CellName, record
from jtai_plan.files.splice import Value
from jtai_plan.files.validate import validated
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Cell, Return
from jtai_plan.output.terminal import Line, line, note, rating_part, show
from jtai_plan.rules import wording


def collect(start: Path, forms: Sequence[Path], *, dry_run: bool, overwrite: bool) -> int:
    """Record what the *forms* say, each of them whole or not at all, and print what that changes.

    A folder stands for the workbooks in it. Where *dry_run*, nothing is written. What was changed in a return since its
    form was made is replaced only to *overwrite*. The exit status is 1 where a form could not be taken.
    """
    loaded = load(find_root(start))
    files = tuple(_files(forms))
    if not files:
        raise CannotDo(f"there is no form in {', '.join(map(str, forms))}.", nothing_written=True)
    refused = 0
    for file in files:
        try:
            if _collect(loaded, file, dry_run=dry_run, overwrite=overwrite):
                loaded = load(loaded.root)
        except JtaiError as error:
            # What a form's own faults say begins with its name already.
            note(f"jtai: {error.in_full}" if isinstance(error, FormIsWrong) else f"jtai: {file}: {error.in_full}")
            refused += 1
    if refused:
        note(f"{wording.counted(refused, 'form')} of {len(files)} could not be taken.")
    return int(refused > 0)


def _files(forms: Sequence[Path]) -> Iterator[Path]:
    for each in forms:
        if each.is_dir():
            yield from sorted(
                file
                for file in each.rglob("*")
                if file.suffix.lower() in (".xlsx", ".xlsm", ".ods", ".xls")
                and not file.name.startswith(("~$", ".~lock"))
            )
        elif each.exists():
            yield each
        else:
            raise CannotDo(f"{each}: there is no such file.", nothing_written=True)


def _collect(loaded: Loaded, file: Path, *, dry_run: bool, overwrite: bool) -> bool:
    """Whether anything was written of what the form in *file* says. Raises FormIsWrong."""
    partnership = loaded.trusted()
    filled = read_form(file, partnership)
    refuse_what_is_closed_or_faulty(loaded, filled.agency, filled.period)
    returned = partnership.returns.get((filled.agency, filled.period))
    there = {name: returned.cell(*name) if returned else None for name in filled.cells}
    changed = {
        name: said
        for name, said in filled.cells.items()
        if fingerprint(said) not in (fingerprint(there[name]), filled.made_from[name])
    }
    lost = [name for name in changed if fingerprint(there[name]) != filled.made_from[name]]
    if lost and not overwrite:
        raise FormIsWrong([f"{file}: {_lost(partnership, filled, name, there[name])}" for name in lost])
    about = _about(file, filled, returned, overwrite=overwrite)
    says = {name: _new(said, there[name]) for name, said in changed.items()}
    if not dry_run and (says or about):
        record(
            loaded, filled.agency, filled.period, says, {tuple(key.split("/")): value for key, value in about.items()}
        )
    show(_changes(partnership, file, filled, there, says, list(about)))
    return not dry_run and bool(says or about)


def _about(file: Path, filled: Filled, returned: Return | None, *, overwrite: bool) -> Mapping[str, Value]:
    """What the form says otherwise of who prepared and approved the return. Raises FormIsWrong, as for a rating."""
    now = {reference: str(about_value(returned, reference) or "") for reference in filled.about}
    changed = {
        reference: value
        for reference, value in filled.about.items()
        if str(value or "") not in (now[reference], filled.about_was[reference])
    }
    lost = [reference for reference in changed if now[reference] != filled.about_was[reference]]
    if lost and not overwrite:
        raise FormIsWrong(
            [
                f"{file}: '{ABOUT_QUESTIONS[reference]}' was answered otherwise since this form was made: "
                f"'{now[reference]}'. Make a new form, or take this one all the same: --overwrite."
                for reference in lost
            ]
        )
    return changed


def _new(said: Cell, there: Cell | None) -> Cell:
    """What the form says otherwise than the return: what was emptied is emptied; evidence is only ever added."""
    before, now = plain(there), plain(said)
    given: dict[str, Any] = {}
    for key in ("rating", "update"):
        if before.get(key) != now.get(key):
            given[key] = now.get(key)
    for key in ("recovery", "measures"):
        if before.get(key) != now.get(key):
            given[key] = {**dict.fromkeys(before.get(key, {})), **now.get(key, {})}
    if now.get("evidence") and before.get("evidence") != now["evidence"]:
        given["evidence"] = now["evidence"]
    return validated(Cell, given)


def _lost(partnership: Partnership, filled: Filled, name: CellName, there: Cell | None) -> str:
    plan = partnership.plan
    rating = wording.rating(plan, there.rating) if there and there.rating else "no rating"
    return (
        f"{wording.subject(plan, *name)} of {partnership.agency_name(filled.agency)} has changed since this form was "
        f"made, and says {rating} now. Make a new form, or take this one all the same: --overwrite."
    )


def _changes(
    partnership: Partnership,
    file: Path,
    filled: Filled,
    there: Mapping[CellName, Cell | None],
    says: Mapping[CellName, Cell],
    about: Sequence[str],
) -> Iterator[Line]:
    plan = partnership.plan
    whose = f"{partnership.agency_name(filled.agency)}, {plan.periods[filled.period].label}"
    if not (says or about):
        yield line(f"{file}: {whose}: nothing is new; nothing was written")
        return
    yield line(f"{file}: {whose}")
    for name, cell in says.items():
        before = there[name]
        was, given = before.rating if before else None, cell.model_fields_set
        other = [key for key in ("update", "recovery", "evidence", "measures") if key in given]
        moved = (rating_part(plan, was), " → ", rating_part(plan, cell.rating)) if "rating" in given else ()
        beside = f"{'; ' if moved else ''}{wording.listed(other)}" if other else ""
        yield line(f"{wording.subject(plan, *name)}: ", *moved, beside, indent=2)
    yield from (line(f"{ABOUT_QUESTIONS[each]} {filled.about[each] or 'left empty'}", indent=2) for each in about)
