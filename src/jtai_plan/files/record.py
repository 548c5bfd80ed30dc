"""Recording what an agency says of a cell, in its return, and what the boards say, in their record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from jtai_plan.errors import CannotDo, FilesAreWrong
from jtai_plan.files.atomic_write import content, edit
from jtai_plan.files.document import MAX_BYTES, located, parse
from jtai_plan.files.load import Loaded
from jtai_plan.files.scaffold import board_scaffold, scaffold
from jtai_plan.files.splice import Order, Value, at, put, same
from jtai_plan.files.validate import Kind, validate
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.board import BoardRecord, Moderation
from jtai_plan.model.partnership import PLAN, board_path, return_path
from jtai_plan.model.returns import Approved, Cell, Evidence, Prepared, Recovery, Return

CellName = tuple[str, str]
"""An action and a dimension."""
Given = tuple[tuple[str, ...], Value]
"""Keys below a cell, and the value that belongs there."""

NOTHING: Mapping[tuple[str, ...], Value] = MappingProxyType({})


def record(
    loaded: Loaded,
    agency: str,
    period: str,
    says: Mapping[CellName, Cell],
    about: Mapping[tuple[str, ...], Value] = NOTHING,
) -> tuple[Return | None, bool]:
    """Write what *agency* *says* in its return for *period*, which is scaffolded where there is none.

    What it says *about* the return, such as who prepared it, is given by the keys at which it stands.

    Only what a cell was given is written: an update left out stays as it is, and evidence is added to what is there.
    Returns the return as it stood before (None where it is new), and whether anything was written.
    Raises FilesAreWrong where the return has faults, since nobody can tell what it says; CannotDo as `edit` and `put`.
    """
    before: Return | None = None

    def change(text: str | None) -> str:
        nonlocal before
        before, text = _recorded(loaded, agency, period, says, text, about)
        return text

    written = edit(loaded.root, return_path(agency, period), change)
    return before, written


def foreseen(loaded: Loaded, agency: str, period: str, says: Mapping[CellName, Cell]) -> Return:
    """The return of *agency* as `record` would leave it; nothing is written. Raises as `record`."""
    path = return_path(agency, period)
    _, text = _recorded(loaded, agency, period, says, content(loaded.root, path))
    return _read(path, text)


def _recorded(
    loaded: Loaded,
    agency: str,
    period: str,
    says: Mapping[CellName, Cell],
    text: str | None,
    about: Mapping[tuple[str, ...], Value] = NOTHING,
) -> tuple[Return | None, str]:
    """What the return said in *text* (None: there is none yet), and its text with what the agency *says* now."""
    path = return_path(agency, period)
    before = _read(path, text) if text is not None else None
    after = text if text is not None else _scaffolded(loaded, agency, period)
    for name, cell in says.items():
        there = before.cell(*name) if before else None
        after = _with_cell(path, after, name, _values(cell, there), _orders(loaded, agency, period))
    for keys, value in about.items():
        after = _put(
            path, after, keys, value, (list(Return.model_fields), [*Prepared.model_fields, *Approved.model_fields])
        )
    if len(after.encode()) > MAX_BYTES:
        raise CannotDo(f"{path}: the file would be larger than {MAX_BYTES // 1_000_000} MB.", nothing_written=True)
    _read(path, after)
    return before, after


def approve(loaded: Loaded, agency: str, period: str, approved: Approved) -> bool:
    """Write in the return of *agency* for *period* that it is *approved*; whether anything was written.

    Raises CannotDo where there is no return that says anything; FilesAreWrong as `record`.
    """
    path = return_path(agency, period)

    def change(text: str | None) -> str:
        returned = _read(path, text) if text is not None else None
        if text is None or returned is None or not returned.says_something:
            raise CannotDo(f"{path}: there is no rating in this return yet, so none can be approved.")
        for key in Approved.model_fields:
            text = _put(path, text, ("approved", key), getattr(approved, key), (list(Return.model_fields), *_APPROVED))
        _read(path, text)
        return text

    return edit(loaded.root, path, change)


_APPROVED = (list(Approved.model_fields),)


def record_of_boards(loaded: Loaded, period: str, keys: tuple[str, ...], value: Value) -> bool:
    """Write *value* at *keys* in the boards' record of *period*, which is begun where there is none.

    What stands in a list already is not added again. Returns whether anything was written. Raises as `record`.
    """
    path, plan = board_path(period), loaded.trusted().plan
    orders = (list(BoardRecord.model_fields), list(plan.actions), list(plan.dimensions), list(Moderation.model_fields))

    def change(text: str | None) -> str:
        text = board_scaffold(plan, period, loaded.documents[PLAN].text) if text is None else text
        _noun(BoardRecord, path, text)
        new = _new(value, _list_at(text, keys)) if isinstance(value, list) else value
        text = _put(path, text, keys, new, orders) if new != [] else text
        _noun(BoardRecord, path, text)
        return text

    return edit(loaded.root, path, change)


def _scaffolded(loaded: Loaded, agency: str, period: str) -> str:
    partnership = loaded.trusted()
    plan_text = loaded.documents[PLAN].text
    return scaffold(partnership.plan, agency, partnership.agencies[agency], period, plan_text)


def _read(path: str, text: str) -> Return:
    return _noun(Return, path, text)


def _noun(kind: type[Kind], path: str, text: str) -> Kind:
    document = parse(path, text.encode())
    noun, faults = validate(kind, document)
    if noun is None:
        raise FilesAreWrong((fault.sentence for fault in located(document, faults)), "Nothing was written.")
    return noun


def _orders(loaded: Loaded, agency: str, period: str) -> tuple[Order, ...]:
    """The order of the keys of a return, from the outermost mapping to the innermost."""
    partnership = loaded.trusted()
    itself = partnership.agencies[agency]
    actions = reported_actions(partnership.plan, agency, itself, period)
    return (
        list(Return.model_fields),
        [action.id for action in actions],
        list(partnership.plan.dimensions),
        list(Cell.model_fields),
        [*Recovery.model_fields, *(measure.id for measure in itself.measures)],
    )


def _with_cell(path: str, text: str, name: CellName, values: Iterable[Given], orders: tuple[Order, ...]) -> str:
    for keys, value in values:
        text = _put(path, text, ("actions", *name, *keys), value, orders)
    return text


def _put(path: str, text: str, where: Sequence[str], value: Value, orders: Sequence[Order]) -> str:
    """*text* with *value* where it belongs; a list is added to the one that is there."""
    if isinstance(value, list):
        value = [*_list_at(text, where), *value]
    try:
        return put(text, where, value, orders)
    except CannotDo as error:
        raise CannotDo(f"{path}: {error}", nothing_written=error.nothing_written) from None


def _list_at(text: str, where: Sequence[str]) -> list[Value]:
    there = at(parse("", text.encode()).values, where)
    return list(there) if isinstance(there, list) else []


def _values(cell: Cell, there: Cell | None) -> Iterator[Given]:
    """What was given of *cell*, by the keys below it; of a list, what is to be added to the cell that is *there*."""
    given = cell.model_fields_set
    if "rating" in given:
        yield ("rating",), cell.rating
    if "update" in given:
        yield ("update",), cell.update
    if "recovery" in given and cell.recovery:
        for key in Recovery.model_fields:
            if key in cell.recovery.model_fields_set:
                yield ("recovery", key), getattr(cell.recovery, key)
    if "evidence" in given and cell.evidence:
        known = [_evidence(each) for each in (there and there.evidence) or ()]
        if new := _new(map(_evidence, cell.evidence), known):
            yield ("evidence",), new
    if "measures" in given:
        for measure, value in (cell.measures or {}).items():
            yield ("measures", measure), int(value) if value is not None and value.is_integer() else value


def _evidence(evidence: Evidence) -> dict[str, Value]:
    return {key: value for key in Evidence.model_fields if (value := getattr(evidence, key)) is not None}


def _new(items: Iterable[Value], known: Sequence[Value]) -> list[Value]:
    """The *items* that say something other than those *known*, and than each other."""
    new: list[Value] = []
    for item in items:
        if not any(same(item, each) for each in [*known, *new]):
            new.append(item)
    return new
