"""Recording what an agency says of a cell, in its return, and what the boards say, in their record."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from jtai_plan.errors import CannotDo, FilesAreWrong
from jtai_plan.files.atomic_write import content, edit
from jtai_plan.files.document import MAX_BYTES, Document, located, parse
from jtai_plan.files.load import Loaded
from jtai_plan.files.scaffold import board_scaffold, scaffold, sign_off_text
from jtai_plan.files.splice import Changes, Keys, Order, Value, at, put, same
from jtai_plan.files.validate import Kind, validate
from jtai_plan.model.agency import SignOff, reported_actions
from jtai_plan.model.board import BoardRecord, Moderation
from jtai_plan.model.partnership import PLAN, board_path, return_path, sign_off_path
from jtai_plan.model.returns import Approved, Cell, Evidence, Prepared, Recovery, Return

CellName = tuple[str, str]
"""An action and a dimension."""

NOTHING: Changes = MappingProxyType({})


class Recorded(NamedTuple):
    """A return as it stood, and as it stands with what was recorded."""

    before: Return | None
    """None if the return is new."""
    after: Return
    document: Document


def record(
    loaded: Loaded, agency: str, period: str, says: Mapping[CellName, Cell], about: Changes = NOTHING
) -> tuple[Return | None, bool]:
    """Write what *agency* *says* in its return for *period*, which is scaffolded if there is none.

    What it says *about* the return, such as who prepared it, is given by the keys at which it stands.

    Only what a cell was given is written: an update left out stays as it is, and evidence is added to what is there.
    Returns the return as it stood before (None if it is new), and whether anything was written.
    Raises FilesAreWrong if the return has faults, since nobody can tell what it says; CannotDo as `edit` and `put`.
    """
    path = return_path(agency, period)
    before: Return | None = None

    def change(there: Document | None) -> Document:
        nonlocal before
        before, _, document = _recorded(loaded, agency, period, says, there, about)
        return document

    written = _edit(loaded, path, change)
    return before, written


def foreseen(loaded: Loaded, agency: str, period: str, says: Mapping[CellName, Cell]) -> Return:
    """The return of *agency* as `record` would leave it; nothing is written. Raises as `record`."""
    path = return_path(agency, period)
    return _recorded(loaded, agency, period, says, loaded.document(path, content(loaded.root, path))).after


def _recorded(
    loaded: Loaded,
    agency: str,
    period: str,
    says: Mapping[CellName, Cell],
    there: Document | None,
    about: Changes = NOTHING,
) -> Recorded:
    """What *agency* *says*, recorded in its return as it is *there*; None if there is none yet."""
    path = return_path(agency, period)
    before = _read(Return, there) if there else None
    document = there or parse(path, _scaffolded(loaded, agency, period).encode())
    changes = {
        ("actions", *name, *keys): value
        for name, cell in says.items()
        for keys, value in _values(cell, before.cell(*name) if before else None)
    }
    document = _put(document, {**changes, **about}, _order(loaded, agency, period))
    return Recorded(before, _read(Return, document), document)


def approve(loaded: Loaded, agency: str, period: str, approved: Approved) -> bool:
    """Write in the return of *agency* for *period* that it is *approved*; whether anything was written.

    Raises CannotDo if there is no return that says anything; FilesAreWrong as `record`.
    """
    path = return_path(agency, period)

    def change(there: Document | None) -> Document:
        if there is None or not _read(Return, there).says_something:
            raise CannotDo(f"{path}: there is no rating in this return yet, so none can be approved.")
        changes: Changes = {("approved", key): getattr(approved, key) for key in Approved.model_fields}
        document = _put(there, changes, _order(loaded, agency, period))
        _read(Return, document)
        return document

    return _edit(loaded, path, change)


def sign(loaded: Loaded, agency: str, sign_off: SignOff) -> bool:
    """Write the *sign_off* of *agency*; whether anything was written. Raises CannotDo as `edit`."""
    path = sign_off_path(agency)
    text = sign_off_text(agency, loaded.trusted().agencies[agency], sign_off, loaded.documents[PLAN].text)

    def change(_: Document | None) -> Document:
        document = parse(path, text.encode())
        _read(SignOff, document)
        return document

    return _edit(loaded, path, change)


def record_of_boards(loaded: Loaded, period: str, keys: Keys, value: Value) -> bool:
    """Write *value* at *keys* in the boards' record of *period*, which is begun if there is none.

    What stands in a list already is not added again. Returns whether anything was written. Raises as `record`.
    """
    path, plan = board_path(period), loaded.trusted().plan
    orders = (list(BoardRecord.model_fields), list(plan.actions), list(plan.dimensions), list(Moderation.model_fields))

    def change(there: Document | None) -> Document:
        document = there or parse(path, board_scaffold(plan, period, loaded.documents[PLAN].text).encode())
        _read(BoardRecord, document)
        document = _put(document, {keys: value}, lambda keys: orders[len(keys)] if len(keys) < len(orders) else ())
        _read(BoardRecord, document)
        return document

    return _edit(loaded, path, change)


def _edit(loaded: Loaded, path: str, change: Callable[[Document | None], Document]) -> bool:
    """Whether the file at *path* is another after *change*, which is given None if there is no file.

    Raises CannotDo as `edit`, or if the file would be too large.
    """

    def changed(there: bytes | None) -> bytes:
        document = change(loaded.document(path, there))
        assert document.content is not None, "what was parsed has bytes"
        if len(document.content) > MAX_BYTES:
            raise CannotDo(f"{path}: the file would be larger than {MAX_BYTES // 1_000_000} MB.", nothing_written=True)
        return document.content

    return edit(loaded.root, path, changed)


def _scaffolded(loaded: Loaded, agency: str, period: str) -> str:
    partnership = loaded.trusted()
    plan_text = loaded.documents[PLAN].text
    return scaffold(partnership.plan, agency, partnership.agencies[agency], period, plan_text)


def _read(kind: type[Kind], document: Document) -> Kind:
    noun, faults = validate(kind, document)
    if noun is None:
        raise FilesAreWrong((fault.sentence for fault in located(document, faults)), "Nothing was written.")
    return noun


def _order(loaded: Loaded, agency: str, period: str) -> Order:
    """The order of the keys of a return."""
    partnership = loaded.trusted()
    itself = partnership.agencies[agency]
    actions = [action.id for action in reported_actions(partnership.plan, agency, itself, period)]
    measures = [measure.id for measure in itself.measures]

    def order(keys: Keys) -> Sequence[str]:
        match keys:
            case ():
                return list(Return.model_fields)
            case ("prepared",):
                return list(Prepared.model_fields)
            case ("approved",):
                return list(Approved.model_fields)
            case ("actions",):
                return actions
            case (_, _):
                return list(partnership.plan.dimensions)
            case (_, _, _):
                return list(Cell.model_fields)
        return [*Recovery.model_fields, *measures]

    return order


def _put(document: Document, changes: Changes, order: Order) -> Document:
    """*document* with *changes* made; a list is added to the one that is there."""
    return put(document, {keys: _added(document, keys, value) for keys, value in changes.items()}, order)


def _added(document: Document, keys: Keys, value: Value) -> Value:
    if not isinstance(value, list):
        return value
    there = at(document.values, keys)
    known = there if isinstance(there, list) else []
    return [*known, *_new(value, known)]


def _values(cell: Cell, there: Cell | None) -> Iterator[tuple[Keys, Value]]:
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
        known = [_evidence(each) for each in (there.evidence if there else ())]
        if new := _new(map(_evidence, cell.evidence), known):
            yield ("evidence",), new
    if "measures" in given:
        for measure, value in cell.measures.items():
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
