"""What a file of the plan said at another time, as far as the trail asks: what stood in each cell.

The files of a history may be of an older form, or have faults. So nothing is held against the nouns here: what is
where a cell belongs is taken as it stands, and what cannot be read at all says nothing.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jtai_plan.files.document import MAX_BYTES, parse
from jtai_plan.model.partnership import place_of
from jtai_plan.model.trail import Kind, Said, Subject

Cells = Mapping[tuple[str, str], Mapping[str, Any]]
"""What is said, by action and dimension."""

_HEAD = re.compile(r"actions:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*(?P<indent> +)(?=\S)")
_KEY = re.compile(r"(?P<quote>[\"']?)(?P<name>[A-Za-z][A-Za-z0-9._-]*)(?P=quote):[ \t]*(?:#.*)?")
_NEXT = re.compile(r"\n[^\s#]")
# What may go on over lines that are set in no deeper than where it began, or stand for something that is elsewhere: a
# quotation or a bracket that is not closed in its line, an anchor, an alias, a tag, a key that is no word; a second
# document; a tab. A file that holds one is read as a whole.
_UNSURE = re.compile(
    r"""^(?:---|\.\.\.|%)
      | \t
      | (?:^|[:?-][ ]) [ ]* (?: [&*!?@`{\[] (?!\]|\}) | "(?:[^"\\]|\\.)*$ | '(?:[^']|'')*$ )""",
    re.VERBOSE,
)


def cells(content: bytes, action: str | None = None) -> Cells | None:
    """What a return with this *content* says, of every action or of *action* alone; None where it cannot be read."""
    if len(content) > MAX_BYTES:
        return None
    text = content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    blocks = _blocks(text, action)
    said = [_said(block) for block in blocks] if blocks is not None else [None]
    whole: dict[tuple[str, str], Mapping[str, Any]] = {}
    for each in said:
        if each is None:
            return _in_whole(text, action)
        whole.update(each)
    return whole


def said(path: str, content: bytes, action: str | None = None) -> Said | None:
    """What the file at *path* says with this *content*; None where it cannot be read.

    Where *action* is named, it is what it says of that action alone.
    """
    if action is not None and action.encode() not in content and b"\\" not in content:
        return {}
    place = place_of(path)
    match place.kind if place else None:
        case "return":
            return _return(content, action)
        case "board":
            found = values(content)
            return None if found is None else dict(_record(found))
        case "sign-off":
            found = values(content)
            return None if found is None else {Subject(Kind.SIGN_OFF): found}
    return {}


def _record(found: Mapping[str, Any]) -> Iterator[tuple[Subject, Mapping[str, Any]]]:
    yield from ((Subject(Kind.MODERATION, *name), cell) for name, cell in _cells(found.get("moderated")))
    amended: dict[Subject, list[Any]] = {}
    for each in found["amendments"] if isinstance(found.get("amendments"), list) else ():
        if isinstance(each, dict):
            words = (each.get(key) for key in ("action", "dimension", "agency"))
            subject = Subject(Kind.AMENDMENT, *(word if isinstance(word, str) else None for word in words))
            amended.setdefault(subject, []).append(each)
    yield from ((subject, {"amendments": several}) for subject, several in amended.items())
    if isinstance(closed := found.get("closed"), dict):
        yield Subject(Kind.CLOSING), closed


def _return(content: bytes, action: str | None) -> Said | None:
    there = cells(content, action)
    if there is None:
        return None
    approved = (values(content) or {}).get("approved") if action is None else None
    own = {Subject(Kind.APPROVAL): approved} if isinstance(approved, dict) else {}
    return own | {Subject(Kind.RATING, *name): cell for name, cell in there.items()}


def values(content: bytes) -> Mapping[str, Any] | None:
    """All that a file with this *content* says; None where it cannot be read."""
    if len(content) > MAX_BYTES:
        return None
    said = parse("", content).values
    return said if isinstance(said, dict) else None


def _in_whole(text: str, action: str | None) -> Cells | None:
    whole = values(text.encode())
    if whole is None:
        return None
    return {name: cell for name, cell in _cells(whole.get("actions")) if action in (None, name[0])}


def _blocks(text: str, action: str | None) -> list[str] | None:
    """The lines of each action, or of *action* alone; None where how far they are set in does not tell them apart.

    A history holds a return many times over, and from one time to the next most of its actions stay as they were.
    """
    begins = [0] if text.startswith("actions:") else []
    begins += [found.start() + 1 for found in re.finditer("\nactions:", text)]
    head = _HEAD.match(text, begins[0]) if len(begins) == 1 else None
    if head is None or "\r" in text or not all(map(_is_sure, text.split("\n"))):
        return None
    first = head.end() - len(head["indent"]) - 1
    last = _NEXT.search(text, first)
    within = text[first : last.start() + 1 if last else len(text)]
    # Every line that is set in no deeper than the first action has to be the key of one.
    lines = list(_outermost(len(head["indent"])).finditer(within))
    keys = [_KEY.fullmatch(line["words"]) for line in lines]
    names = [key["name"] for line, key in zip(lines, keys, strict=True) if key and line["indent"] == head["indent"]]
    if len(set(names)) != len(lines):
        return None
    ends = [*(line.start() for line in lines[1:]), len(within)]
    return [
        within[line.start() + 1 : end]
        for name, line, end in zip(names, lines, ends, strict=True)
        if action in (None, name)
    ]


@lru_cache(maxsize=64)
def _outermost(depth: int) -> re.Pattern[str]:
    """What finds the lines that say something and are set in by *depth* or less."""
    return re.compile(rf"\n(?P<indent> {{0,{depth}}})(?P<words>[^\s#].*)")


@lru_cache(maxsize=65536)
def _is_sure(line: str) -> bool:
    """Whether *line* ends what it begins."""
    return line.lstrip(" ").startswith("#") or _UNSURE.search(line) is None


@lru_cache(maxsize=4096)
def _said(block: str) -> Cells | None:
    document = parse("", block.encode())
    return None if document.faults else dict(_cells(document.values))


def _cells(actions: object) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    for action, dimensions in actions.items() if isinstance(actions, dict) else ():
        for dimension, cell in dimensions.items() if isinstance(dimensions, dict) else ():
            if isinstance(cell, dict):
                yield (action, dimension), cell
