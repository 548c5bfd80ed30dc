"""Recording what an agency says of a cell, in its return, and what the boards say, in their record."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from jtai_plan.errors import CannotDo, FilesAreWrong, NothingWritten
from jtai_plan.files.atomic_write import content, edit
from jtai_plan.files.document import MAX_BYTES, Document, located, parse
from jtai_plan.files.load import Loaded
from jtai_plan.files.personal_data import guard_of, kinds_in, refusal
from jtai_plan.files.scaffold import board_scaffold, scaffold, sign_off_text
from jtai_plan.files.splice import Changes, Keys, Order, at, put, same
from jtai_plan.files.validate import Kind, validate
from jtai_plan.files.yaml_text import Value
from jtai_plan.model.agency import SignOff, reported_actions
from jtai_plan.model.board import BoardRecord, Moderation
from jtai_plan.model.noun import Noun
from jtai_plan.model.partnership import PLAN, board_path, return_path, sign_off_path
from jtai_plan.model.returns import Approved, Cell, Prepared, Recovery, Return
from jtai_plan.model.unchecked import items

CellName = tuple[str, str]
"""An action and a dimension."""

AMENDMENTS: Keys = ("amendments",)
"""Where the boards' record keeps them."""
NOTHING: Changes = MappingProxyType({})


def record(
    loaded: Loaded, agency: str, period: str, says: Mapping[CellName, Cell], about: Changes = NOTHING
) -> tuple[Return | None, bool]:
    """Write what *agency* *says* in its return for *period*, which is scaffolded if there is none.

    What it says *about* the return, such as who prepared it, is given by its keys in the file.

    Only what was given is written: an update that was left out stays as it is, and evidence is added to the list.
    Returns the return as it stood before (None if it is new), and whether anything was written.
    Raises FilesAreWrong if the return has faults, since nobody can tell what it says; CannotDo as `edit` and `put`.
    """
    before: list[Return] = []

    def change(there: Document | None) -> Document:
        before.extend([_read(loaded, Return, there)] if there else [])
        return _recorded(loaded, agency, period, there, says, about)

    written = _edit(loaded, return_path(agency, period), change)
    return before[0] if before else None, written is not None


def foreseen(loaded: Loaded, agency: str, period: str, says: Mapping[CellName, Cell]) -> Return:
    """The return of *agency* as `record` would leave it; nothing is written. Raises as `record`."""
    path = return_path(agency, period)
    there = loaded.document(path, content(loaded.root, path))
    return _read(loaded, Return, _recorded(loaded, agency, period, there, says))


def _recorded(
    loaded: Loaded,
    agency: str,
    period: str,
    there: Document | None,
    says: Mapping[CellName, Cell],
    about: Changes = NOTHING,
) -> Document:
    """The return of *agency* as it is *there* (None: there is none yet), with what the agency *says*."""
    partnership = loaded.trusted()
    itself, plan_text = partnership.agencies[agency], loaded.documents[PLAN].text
    before = _read(loaded, Return, there) if there else None
    begun = there or parse(
        return_path(agency, period), scaffold(partnership.plan, agency, itself, period, plan_text).encode()
    )
    changes = {
        ("actions", *name, *keys): value
        for name, cell in says.items()
        for keys, value in _values(cell, before.cell(*name) if before else None)
    }
    return _changed(loaded, Return, begun, {**changes, **about}, _order(loaded, agency, period))


def approve(loaded: Loaded, agency: str, period: str, approved: Approved) -> bool:
    """Write in the return of *agency* for *period* that it is *approved*. Returns whether anything was written.

    Raises CannotDo if there is no return that says anything; FilesAreWrong as `record`.
    """
    path = return_path(agency, period)

    def change(there: Document | None) -> Document:
        if there is None or not _read(loaded, Return, there).says_something:
            raise CannotDo(f"{path}: this return has no rating yet, so there is nothing to approve.")
        changes: Changes = {("approved", key): getattr(approved, key) for key in Approved.model_fields}
        return _changed(loaded, Return, there, changes, _order(loaded, agency, period))

    return _edit(loaded, path, change) is not None


def sign(loaded: Loaded, agency: str, sign_off: SignOff) -> bool:
    """Write the *sign_off* of *agency*. Returns whether anything was written. Raises CannotDo as `edit`."""
    path = sign_off_path(agency)
    text = sign_off_text(agency, loaded.trusted().agencies[agency], sign_off, loaded.documents[PLAN].text)
    document = parse(path, text.encode())
    return _edit(loaded, path, lambda _: _changed(loaded, SignOff, document, NOTHING, lambda _: ())) is not None


def record_of_boards(
    loaded: Loaded, period: str, says: Mapping[Keys, Noun | Sequence[Noun | str] | Mapping[str, Value] | str]
) -> Document | None:
    """Write what a board *says*, by its keys, in the boards' record of *period*, which is begun if there is none.

    Nothing but an amendment is added to a list twice. Returns the record as written, or None if nothing was new.
    Raises as `record`.
    """
    path, plan = board_path(period), loaded.trusted().plan
    orders = (list(BoardRecord.model_fields), list(plan.actions), list(plan.dimensions), list(Moderation.model_fields))

    plain = {keys: _plain(each) for keys, each in says.items()}

    def change(there: Document | None) -> Document:
        begun = there or parse(path, board_scaffold(plan, period, loaded.documents[PLAN].text).encode())
        _read(loaded, BoardRecord, begun)
        return _changed(loaded, BoardRecord, begun, plain, lambda at: orders[min(len(at), 3)])

    return _edit(loaded, path, change)


def _edit(loaded: Loaded, path: str, change: Callable[[Document | None], Document]) -> Document | None:
    """The file at *path* after *change*, which is given None if there is no file. None if nothing was new."""
    documents = []

    def changed(there: bytes | None) -> bytes:
        documents.append(change(loaded.document(path, there)))
        return documents[-1].content or b""

    return documents[-1] if edit(loaded.root, path, changed) else None


def _changed(loaded: Loaded, kind: type[Kind], document: Document, changes: Changes, order: Order) -> Document:
    """*document* with *changes* made, still a valid *kind*; a list is added to the one that is there."""
    after = put(document, {keys: _added(document, keys, value) for keys, value in changes.items()}, order)
    if after.content and len(after.content) > MAX_BYTES:
        raise NothingWritten(f"{document.path}: the file would be larger than {MAX_BYTES // 1_000_000} MB.")
    if personal := kinds_in(after, guard_of(loaded.documents.get(PLAN))):
        raise NothingWritten(refusal(personal))
    _read(loaded, kind, after)
    return after


def _read(loaded: Loaded, kind: type[Kind], document: Document) -> Kind:
    noun, faults = validate(kind, document, guard_of(loaded.documents.get(PLAN)))
    if noun is None:
        raise FilesAreWrong((located(document, fault).sentence for fault in faults), "Nothing was written.")
    return noun


def _order(loaded: Loaded, agency: str, period: str) -> Order:
    """The order of the keys of a return."""
    partnership = loaded.trusted()
    plan, itself = partnership.plan, partnership.agencies[agency]
    orders: Mapping[Keys, Sequence[str]] = {
        (): list(Return.model_fields),
        ("prepared",): list(Prepared.model_fields),
        ("approved",): list(Approved.model_fields),
        ("actions",): [action.id for action in reported_actions(plan, agency, itself, period)],
    }
    within = (list(plan.dimensions), list(Cell.model_fields))
    innermost = [*Recovery.model_fields, *(measure.id for measure in itself.measures)]
    return lambda keys: orders[keys] if keys in orders else (within[len(keys) - 2] if len(keys) < 4 else innermost)


def _added(document: Document, keys: Keys, value: Value) -> Value:
    if not isinstance(value, list):
        return value
    known = items(at(document.values, keys))
    # An amendment is an event: the same change may be made again, after it was taken back.
    return [*known, *(value if keys == AMENDMENTS else _new(value, known))]


def _values(cell: Cell, there: Cell | None) -> Iterator[tuple[Keys, Value]]:
    """What was given of *cell*, by the keys below it; of a list, the items to add to the cell that is *there*."""
    given = cell.model_dump(exclude_unset=True)
    yield from (((key,), given[key]) for key in ("rating", "update") if key in given)
    recovery = given.get("recovery") or {}
    if "plan" in recovery and "by" not in recovery:
        # The day of an earlier plan is not the day of this one.
        yield ("recovery", "by"), None
    yield from ((("recovery", each), said) for each, said in recovery.items())
    if "restricted" in given:
        yield ("restricted",), given["restricted"]
    yield from ((("answers", rule), why) for rule, why in (given.get("answers") or {}).items())
    known = [_plain(each) for each in (there.evidence if there else ())]
    if new := _new(map(_plain, cell.evidence), known):
        yield ("evidence",), new
    for measure, value in cell.measures.items():
        yield ("measures", measure), int(value) if value is not None and value.is_integer() else value


def _plain(says: Noun | Sequence[Noun | str] | Mapping[str, Value] | str) -> Value:
    """What a noun *says*, in the order of its keys, without what was left out."""
    if isinstance(says, Noun):
        return {key: value for key in type(says).model_fields if (value := getattr(says, key)) is not None}
    return says if isinstance(says, Mapping | str) else [_plain(each) for each in says]


def _new(said: Iterable[Value], known: Sequence[Value]) -> list[Value]:
    """What was *said* and is neither *known* nor said twice."""
    new: list[Value] = []
    for item in said:
        if not any(same(item, each) for each in [*known, *new]):
            new.append(item)
    return new
