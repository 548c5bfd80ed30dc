"""What a file of the plan said at another time, as far as the trail asks: the values that stood in each rating.

Old files may have faults or an older form. So they are not checked: what is in the place of a rating is taken as it is,
and a file that cannot be read says nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from jtai_plan.files.document import MAX_BYTES, parse
from jtai_plan.model.partnership import place_of
from jtai_plan.model.trail import Recorded, Subject, SubjectKind
from jtai_plan.model.unchecked import items, mapping

Cells = Mapping[tuple[str, str], Mapping[str, Any]]
"""What is said of each action and dimension."""


def recorded(path: str, content: bytes, action: str | None = None) -> Recorded | None:
    """What the file at *path* says with this *content*, or what it says of *action*; None if it cannot be read."""
    place = place_of(path)
    if place is None or (action is not None and action.encode() not in content and b"\\" not in content):
        return {}
    if place.kind == "return" and action is not None:
        found = cells(content, action)
        return None if found is None else {Subject(SubjectKind.RATING, *name): cell for name, cell in found.items()}
    if place.kind not in _RECORDED:
        return {}
    whole = values(content)
    return None if whole is None else dict(_RECORDED[place.kind](whole))


def _in_return(whole: Mapping[str, Any]) -> Iterator[tuple[Subject, Mapping[str, Any]]]:
    if isinstance(whole.get("approved"), dict):
        yield Subject(SubjectKind.APPROVAL), whole["approved"]
    yield from ((Subject(SubjectKind.RATING, *name), cell) for name, cell in _cells(whole.get("actions")))


def _in_record(whole: Mapping[str, Any]) -> Iterator[tuple[Subject, Mapping[str, Any]]]:
    yield from ((Subject(SubjectKind.MODERATION, *name), cell) for name, cell in _cells(whole.get("moderated")))
    amended: dict[Subject, list[Any]] = {}
    for each in filter(mapping, items(whole.get("amendments"))):
        names = (each.get(key) for key in ("action", "dimension", "agency"))
        subject = Subject(SubjectKind.AMENDMENT, *(name if isinstance(name, str) else None for name in names))
        amended.setdefault(subject, []).append(each)
    yield from ((subject, {"amendments": several}) for subject, several in amended.items())
    if isinstance(whole.get("closed"), dict):
        yield Subject(SubjectKind.CLOSING), whole["closed"]


_RECORDED: Mapping[str, Callable[[Mapping[str, Any]], Iterable[tuple[Subject, Mapping[str, Any]]]]] = {
    "return": _in_return,
    "board": _in_record,
    "sign-off": lambda whole: [(Subject(SubjectKind.SIGN_OFF), whole)],
}


def values(content: bytes) -> Mapping[str, Any] | None:
    """All that a file with this *content* says; None if it cannot be read."""
    found = parse("", content).values if len(content) <= MAX_BYTES else None
    return found if isinstance(found, dict) else None


def cells(content: bytes, action: str) -> Cells | None:
    """What a return with this *content* says of *action*; None if it cannot be read."""
    lines = _lines_about(content.decode("utf-8", "replace"), action) if len(content) <= MAX_BYTES else None
    found = _cells_in(lines) if lines is not None else None
    if found is None and (whole := values(content)) is not None:
        found = dict(_cells(whole.get("actions")))
    return None if found is None else {name: cell for name, cell in found.items() if name[0] == action}


@lru_cache(maxsize=4096)
def _cells_in(lines: str) -> Cells | None:
    whole = values(lines.encode())
    return None if whole is None else dict(_cells(whole))


def _cells(actions: object) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    for action, dimensions in mapping(actions).items():
        for dimension, cell in mapping(dimensions).items():
            if isinstance(cell, dict):
                yield (action, dimension), cell


# Lines of plain words that end where they begin. In a file that holds nothing else, indentation alone says what belongs
# to what, and the lines about an action stay the same from one version to the next.
_PLAIN = re.compile(r"(?: *(?:#[^\n\r\x85\u2028\u2029]*|[\w.-]+:(?: \w[\w ,.;()/-]*)?)?\n)*")


def _lines_about(text: str, action: str) -> str | None:
    """The lines about *action* in a return; None if only a reading of the whole file can tell which they are.

    Without this, `jtai log` of one action takes twice as long in a history of 5,000 commits.
    """
    _, found, after = text.partition("\nactions:\n")
    lines = [line for line in after.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    depths = [len(line) - len(line.lstrip()) for line in lines]
    starts = [n for n, line in enumerate(lines) if depths[n] == depths[0] > 0 and line.strip() == f"{action}:"]
    if not found or len(starts) != 1 or min(depths[: starts[0] + 1]) == 0 or not _PLAIN.fullmatch(text):
        return None
    end = next((n for n in range(starts[0] + 1, len(lines)) if depths[n] <= depths[0]), len(lines))
    return "\n".join(lines[starts[0] : end])
