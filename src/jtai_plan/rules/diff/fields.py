"""Comparing what two files say, value by value: what is not the same, and the keys that lead to it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.words import Noun
from jtai_plan.rules import wording

ORDER = "order"
"""The key of a difference that is only one of order."""
_IN_ORDER = ("periods", "dimensions", "scale", "boards")
"""Mappings that the plan's readers see in the order of the file."""


class Difference(NamedTuple):
    """A value that is not what it was. None is nothing."""

    keys: tuple[str, ...]
    was: Any
    now: Any


def differences(was: Any, now: Any, keys: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Every value that differs between *was* and *now*, in the order of the fields.

    What has an id or a key is compared with what had the same; other lists by what is in them. A value left out, one
    left empty and an empty list all say nothing, and are the same.
    """
    if was is now or (is_nothing(was) and is_nothing(now)):
        return
    if isinstance(was, Noun) and isinstance(now, Noun) and not (is_nothing(was) or is_nothing(now)):
        for name, key in keys_of(now).items():
            yield from differences(getattr(was, name), getattr(now, name), (*keys, key))
    elif _all_of((was, now), Mapping):
        yield from _in_mappings(was or {}, now or {}, keys)
    elif _all_of((was, now), tuple):
        yield from _in_lists(was or (), now or (), keys)
    elif was != now:
        yield Difference(keys, None if is_nothing(was) else was, None if is_nothing(now) else now)


def is_nothing(value: Any) -> bool:
    """Whether *value* says nothing: left out, left empty, or all that is in it is."""
    if isinstance(value, Noun):
        return all(is_nothing(getattr(value, name)) for name in type(value).model_fields)
    return value is None or value is False or (isinstance(value, str | tuple | Mapping) and not value)


def keys_of(noun: Noun) -> Mapping[str, str]:
    """The fields of *noun*, each with its key in a file."""
    return {name: field.alias or name for name, field in type(noun).model_fields.items()}


def _all_of(values: tuple[Any, Any], kind: type) -> bool:
    return all(value is None or isinstance(value, kind) for value in values)


def _in_mappings(was: Mapping[str, Any], now: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[Difference]:
    for key in (*now, *(key for key in was if key not in now)):
        before, after = was.get(key), now.get(key)
        if keys[-1:] == ("expected",):
            # Steps make sense together; and none at all, in place of the plan's, are something else than no word.
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
    """The order of what is in both, where it is not the same."""
    before, after = tuple(key for key in was if key in now), tuple(key for key in now if key in was)
    if before != after:
        yield Difference((*keys, ORDER), before, after)


def _without(several: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """*several* without those that are among *others*, each of which takes away one."""
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
    """What is the same for two values that are the same, and can be counted: a list may be as long as its file."""
    if isinstance(value, Noun):
        return type(value), *(_hashable(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, Mapping):
        return frozenset((key, _hashable(each)) for key, each in value.items())
    if isinstance(value, tuple):
        return tuple(map(_hashable, value))
    return value


def words(partnership: Partnership, value: Any, key: str = "") -> str:
    """*value* of the field *key* in words, and in the names that *partnership* gives things."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return wording.day(value)
        case int() | float():
            return wording.number(float(value))
        case str():
            return named(partnership, key, value)
        case Noun():
            return ", ".join(_fields(partnership, value))
        case Mapping():
            return ", ".join(_entry(partnership, name, each) for name, each in value.items()) or "nothing"
        case tuple():
            return ", ".join(words(partnership, each, key) for each in value)
        case _:
            return "nothing"


def is_text(key: str, value: Any) -> bool:
    """Whether *value* of the field *key* is text that people wrote."""
    return isinstance(value, str) and key not in (*_IDS, *_PERIODS, "digest")


_IDS = ("agency", "signs_with", "board", "dimension", "rating", "was", "id", "resolves", "about", "theme")
_PERIODS = ("from", "until", "starts", "by", "to")


def named(partnership: Partnership, key: str, value: str) -> str:
    """What the plan calls the thing that *value* of the field *key* is the id of; *value* where it is no id."""
    plan = partnership.plan
    if key in ("agency", "signs_with") and value in partnership.agencies:
        return partnership.agency_name(value)
    if key == "board" and value in plan.boards:
        return plan.boards[value].name
    if key == "dimension" and value in plan.dimensions:
        return plan.dimensions[value].label.lower()
    if key in ("rating", "was", "to") and value in plan.scale:
        return wording.rating(plan, value)
    if key in _PERIODS and value in plan.periods:
        return plan.periods[value].label
    return f"{value[:15]}…" if value.startswith("sha256:") else value


_BARE = ("what", "plan", "ask", "decision", "name", "label", "summary", "description", "action", "rating", "title")
"""Fields that need no word before them."""


def _fields(partnership: Partnership, noun: Noun) -> Iterator[str]:
    for name, key in keys_of(noun).items():
        value = getattr(noun, name)
        if key == "id" or is_nothing(value):
            continue
        label = key.replace("_", " ")
        if value is True:
            yield label
        else:
            said = words(partnership, value, key)
            quoted = f"“{said}”" if is_text(key, value) else said
            yield quoted if key in _BARE else f"{label} {quoted}"


def _entry(partnership: Partnership, name: str, value: Any) -> str:
    plan = partnership.plan
    if isinstance(value, tuple):
        label = plan.periods[name].label if name in plan.periods else name
        return f"{wording.permitted(plan, value)} by {label}"
    return f"{name}: {words(partnership, value)}"
