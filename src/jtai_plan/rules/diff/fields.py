"""What each key of a plan's files is, and the comparison of two values: what differs, and the keys that lead to it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any, NamedTuple

from jtai_plan.model.noun import Noun
from jtai_plan.rules.diff.changes import ChangeKind, Field

FIELDS: Mapping[str, Field] = {
    "plan.inspection": Field(ChangeKind.INSPECTION, "plan", "{keys}"),
    "plan.boards.{id}": Field(ChangeKind.BOARD, "plan", "board {id}"),
    "plan.periods.{period}": Field(ChangeKind.PERIOD, "plan", "period {period}"),
    "plan.dimensions.{dimension}": Field(ChangeKind.DIMENSION, "plan", "dimension {dimension}"),
    "plan.scale.{id}": Field(ChangeKind.SCALE, "plan", "rating {id}"),
    "plan.expected.{dimension}": Field(ChangeKind.EXPECTED, "plan", "expected rating for {dimension}"),
    "plan.areas_for_improvement.items.{id}": Field(ChangeKind.AREA, "plan", "area {id}"),
    "plan.areas_for_improvement": Field(ChangeKind.AREA, "plan", "{keys}"),
    "plan.answers": Field(ChangeKind.ANSWER, "plan", "answer to {rest}"),
    "plan.excellence": Field(ChangeKind.PLAN, "plan", "statements of excellence"),
    "plan.themes.{id}": Field(ChangeKind.THEME, "plan", "theme {id}"),
    "plan.actions": Field(ChangeKind.ACTION, "plan", "{keys}"),
    "plan": Field(ChangeKind.PLAN, "plan", "{keys}"),
    "new.themes.{id}.title": Field(ChangeKind.THEME, "plan", "theme {id}"),
    "new.plan": Field(ChangeKind.ACTION, "plan", "action {action}"),
    "new.agency": Field(ChangeKind.ACTION, "agency", "additional action {action}"),
    "action.action": Field(ChangeKind.ACTION, "{action}", "wording"),
    "action.addresses": Field(ChangeKind.ACTION, "{action}", "areas that it addresses"),
    "action.contributes_to": Field(ChangeKind.ACTION, "{action}", "actions that it contributes to"),
    "action.expected.{dimension}": Field(ChangeKind.EXPECTED, "{action}", "expected rating for {dimension}"),
    "action.withdrawn": Field(ChangeKind.WITHDRAWN, "{action}", "{keys}"),
    "action.revised.expected.{dimension}": Field(
        ChangeKind.REVISED, "{action}", "expected rating for {dimension}, revised"
    ),
    "action.due": Field(ChangeKind.EXPECTED, "{action}", "due day"),
    "action.revised.due": Field(ChangeKind.REVISED, "{action}", "due day, revised"),
    "action.revised": Field(ChangeKind.REVISED, "{action}", "revision"),
    "action.leads.name": Field(ChangeKind.OFFICER, "{action}", "officer of {lead}"),
    "action.leads": Field(ChangeKind.LEAD, "{action}", "lead agencies"),
    "action": Field(ChangeKind.ACTION, "{action}", "{keys}"),
    "agency.measures.{id}": Field(ChangeKind.MEASURE, "agency", "measure {id}"),
    "agency.actions": Field(ChangeKind.ACTION, "agency", "additional {keys}"),
    "agency": Field(ChangeKind.AGENCY, "agency", "{keys}"),
    "new.partnership": Field(ChangeKind.AGENCY, "partnership", "agency {agency}"),
    "renamed.leads": Field(ChangeKind.RENAMED, "plan", "ids of lead agencies"),
    "renamed.signs_with": Field(ChangeKind.RENAMED, "agency", "id that it signs with"),
    "renamed.agency": Field(ChangeKind.RENAMED, "{period}", "ids of agencies"),
    "renamed": Field(ChangeKind.RENAMED, "agency", "id"),
    "sign-off": Field(ChangeKind.SIGN_OFF, "plan", "sign-off"),
    "coverage": Field(ChangeKind.COVERAGE, "sign-off of {signed}", "what it does not cover"),
    "approval": Field(ChangeKind.COVERAGE, "approval of {signed}, {period}", "what it does not cover"),
    "return.prepared": Field(ChangeKind.PREPARED, "return for {period}", "{keys}"),
    "return.approved": Field(ChangeKind.APPROVED, "return for {period}", "{keys}"),
    "return": Field(ChangeKind.RETURN, "return for {period}", "{keys}"),
    "new.return": Field(ChangeKind.RETURN, "{period}", "return"),
    "cell.rating": Field(ChangeKind.RATING, "{cell}", "rating"),
    "cell.standing": Field(ChangeKind.STANDING, "{cell}", "rating"),
    "cell.update": Field(ChangeKind.UPDATE, "{cell}", "{keys}"),
    "cell.recovery": Field(ChangeKind.RECOVERY, "{cell}", "{keys}"),
    "cell.evidence": Field(ChangeKind.EVIDENCE, "{cell}", "{keys}"),
    "cell.measures.{id}": Field(ChangeKind.MEASURED, "{cell}", "measure “{measure}”"),
    "cell.answers": Field(ChangeKind.ANSWER, "{cell}", "answer to {rest}"),
    "cell.restricted": Field(ChangeKind.RESTRICTED, "{cell}", "{keys}"),
    "board.moderated.{action}.{dimension}.rating": Field(ChangeKind.MODERATED, "{cell}", "moderated rating"),
    "board.moderated.{action}.{dimension}": Field(ChangeKind.MODERATED, "{cell}", "moderated rating {rest}"),
    "board.summary": Field(ChangeKind.RECORD, "{period}", "the summary"),
    "board.achievements": Field(ChangeKind.RECORD, "{period}", "what was achieved"),
    "board.next": Field(ChangeKind.RECORD, "{period}", "what comes next"),
    "board.asks": Field(ChangeKind.ASK, "{period}", "ask {rest}"),
    "board.decisions": Field(ChangeKind.DECISION, "{period}", "decision {rest}"),
    "board.presented": Field(ChangeKind.PRESENTED, "{period}", "{keys}"),
    "board.closed.returns.{agency}": Field(ChangeKind.CLOSED, "{period}", "closing {rest}"),
    "board.closed": Field(ChangeKind.CLOSED, "{period}", "closing {rest}"),
    "board.amendments": Field(ChangeKind.AMENDMENT, "{cell}", "amendment of {agency}"),
    "board": Field(ChangeKind.RECORD, "{period}", "{keys}"),
    "new.board": Field(ChangeKind.RECORD, "{period}", "boards' record"),
}
"""What each key is: the first pattern that fits, which may be shorter than the keys, or end in an id that they lack.

Below an item that ends a pattern, such as board {id}, the item is the subject and the rest of the keys is the name.
"""

ORDER = "order"
"""The key of a difference that is only one of order."""
_IN_ORDER = ("periods", "dimensions", "scale", "boards", "themes")
"""Mappings that the plan's readers see in the order of the file."""


class Difference(NamedTuple):
    """A value that differs. None is nothing."""

    keys: tuple[str, ...]
    was: Any
    now: Any


@lru_cache(maxsize=1024)
def field_of(within: str, keys: tuple[str, ...]) -> tuple[Field, Mapping[str, Any]]:
    """The field at *keys* of a plan, action, agency, return, cell or board's record, and the ids that it is about."""
    for pattern, field in FIELDS.items():
        names = pattern.split(".")
        pairs = list(zip_longest(names, (within, *keys)[: len(names)]))
        if all(name == key or name.startswith("{") for name, key in pairs):
            rest = keys[len(names) - 1 :]
            if rest and pattern.endswith("}") and "{rest}" not in field.name:
                field = Field(field.kind, field.name, "{rest}")
            return field, {name.strip("{}"): key for name, key in pairs if name != key and key} | {"rest": rest}
    raise AssertionError(f"no pattern fits {within}")


def fields(was: Noun | None, now: Noun | None, without: tuple[str, ...] = ()) -> Iterator[Difference]:
    """What differs between two nouns of one kind, in the order of the fields, except in the fields *without*."""
    for name, key in keys_of(now or was).items():
        if key not in without:
            yield from differences(getattr(was, name, None), getattr(now, name, None), (key,))


def differences(was: Any, now: Any, keys: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Every value that differs between *was* and *now*, in the order of the fields.

    Things with an id or a key are compared with what had the same id or key, other lists by their content. A value left
    out, a value left empty and an empty list all say nothing, so they are the same.
    """
    if was is now or (is_nothing(was) and is_nothing(now)):
        return
    if isinstance(was, Noun) and isinstance(now, Noun) and not (is_nothing(was) or is_nothing(now)):
        for each in fields(was, now):
            yield each._replace(keys=(*keys, *each.keys))
    elif _all_of((was, now), Mapping):
        yield from _in_mappings(was or {}, now or {}, keys)
    elif _all_of((was, now), tuple):
        yield from _in_lists(was or (), now or (), keys)
    elif was != now:
        yield Difference(keys, None if is_nothing(was) else was, None if is_nothing(now) else now)


def is_nothing(value: Any) -> bool:
    """Whether *value* says nothing: it is left out or empty, or holds only values that are."""
    if isinstance(value, Noun):
        return all(is_nothing(getattr(value, name)) for name in type(value).model_fields)
    return value is None or value is False or (isinstance(value, str | tuple | Mapping) and not value)


def keys_of(noun: Noun | None) -> Mapping[str, str]:
    """The fields of *noun*, each with its key in a file."""
    return {name: field.alias or name for name, field in type(noun).model_fields.items()} if noun else {}


def in_both(now: Mapping[str, Any], was: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of either, those of *now* first."""
    return tuple(dict.fromkeys((*now, *was)))


def _all_of(values: tuple[Any, Any], kind: type) -> bool:
    return all(value is None or isinstance(value, kind) for value in values)


def _in_mappings(was: Mapping[str, Any], now: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[Difference]:
    for key in in_both(now, was):
        before, after = was.get(key), now.get(key)
        if keys[-1:] == ("expected",):
            # Steps only make sense together, and an empty mapping, which replaces the plan's steps, is not nothing.
            if before != after:
                yield Difference((*keys, key), before, after)
        else:
            yield from differences(before, after, (*keys, key))
    if keys[-1:] and keys[-1] in _IN_ORDER:
        yield from reordered(was, now, keys)


def _in_lists(was: tuple[Any, ...], now: tuple[Any, ...], keys: tuple[str, ...]) -> Iterator[Difference]:
    if all(hasattr(each, "id") for each in (*was, *now)):
        before, after = ({each.id: each for each in several} for several in (was, now))
        if len(before) == len(was) and len(after) == len(now):
            yield from _in_mappings(before, after, keys)
            yield from reordered(before, after, keys)
            return
    gone, new = _without(was, now), _without(now, was)
    if not gone and not new and was != now:
        yield Difference((*keys, ORDER), was, now)
    elif len(gone) == len(new):
        yield from (Difference(keys, *pair) for pair in zip(gone, new, strict=True))
    else:
        yield from (Difference(keys, each, None) for each in gone)
        yield from (Difference(keys, None, each) for each in new)


def reordered(was: Mapping[str, Any], now: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[Difference]:
    """The order of the keys that both have, if it differs."""
    before, after = tuple(key for key in was if key in now), tuple(key for key in now if key in was)
    if before != after:
        yield Difference((*keys, ORDER), before, after)


def _without(several: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """*several* without those that are among *others*; each of *others* takes away one."""
    left = Counter(map(_hashable, others))
    found = []
    for each in several:
        key = _hashable(each)
        if left[key]:
            left[key] -= 1
        else:
            found.append(each)
    return found


def _hashable(value: Any) -> Any:
    """The same for equal values, and hashable: a list may be as long as its file, so no item is compared with each."""
    if isinstance(value, Noun):
        return type(value), *(_hashable(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, Mapping):
        return frozenset((key, _hashable(each)) for key, each in value.items())
    if isinstance(value, tuple):
        return tuple(map(_hashable, value))
    return value
