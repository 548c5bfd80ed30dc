"""Personal data in a file of the plan, with the place of each: in its text, its name, and what its escapes hide."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from jtai_plan.files.document import Document
from jtai_plan.model.finding import Finding, Keys
from jtai_plan.model.partnership import Place, place_of
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.file_errors import PERSONAL_DATA
from jtai_plan.rules.checks.catalogue.queries import MAY_IDENTIFY
from jtai_plan.rules.checks.catalogue.rule import About
from jtai_plan.rules.personal_data.guard import Guard

_HINT = "Delete it: git keeps what is committed for ever. If it may stand: jtai explain personal-data."


@cache
def guard(allow: tuple[str, ...] = (), case_reference: str | None = None) -> Guard:
    """The guard of a plan that says this of personal data. The same words give the same guard."""
    return Guard(allow, case_reference)


USUAL = guard()
"""The guard where a plan says nothing of personal data."""


def guard_of(plan: Document | None) -> Guard:
    """The guard that *plan*, the document of plan.yaml, asks for. What is wrong in it counts as not there."""
    values = plan.values if plan else None
    said = values.get("personal_data") if isinstance(values, dict) else None
    said = said if isinstance(said, dict) else {}
    allow, pattern = said.get("allow"), said.get("case_reference")
    allowed = tuple(each for each in allow if isinstance(each, str)) if isinstance(allow, list) else ()
    return guard(allowed, pattern if isinstance(pattern, str) else None)


def kinds_in(document: Document, guard: Guard) -> tuple[str, ...]:
    """Which kinds of personal data stand in *document*, each once."""
    return tuple(dict.fromkeys(each.kind for each in (*_in_text(document, guard), *_in_escapes(document, guard))))


def refusal(kinds: Sequence[str]) -> str:
    """What is said to somebody who wrote these *kinds* of personal data. It does not repeat them."""
    return (
        f"what you wrote holds {wording.listed(kinds)}. Git keeps what is committed for ever, so leave it out. "
        "If it may stand, such as the number of a help line: jtai explain personal-data."
    )


def personal_data(document: Document, guard: Guard) -> tuple[Finding, ...]:
    """A finding for each personal data in *document*. None repeats what was found."""
    guard = _with_contacts(guard, document)
    path, found = guard.masked(document.path), list(in_name(document.path, guard))
    for place in tuple(_in_text(document, guard)) or _in_escapes(document, guard):
        message, at = f"{place.kind} stands here", About(line=place.line, column=place.column)
        found.append(PERSONAL_DATA.finding(message, path, _HINT, keys=place.keys, **at))
    return tuple(found)


def _with_contacts(guard: Guard, document: Document) -> Guard:
    """*guard*, which also allows the addresses to which mail to the agency goes, in its own file."""
    place = place_of(document.path)
    if place is None or place.kind != "agency" or not isinstance(document.values, dict):
        return guard
    contacts = document.values.get("contacts")
    return guard.allowing(each for each in contacts if isinstance(each, str)) if isinstance(contacts, list) else guard


def in_name(path: str, guard: Guard) -> Iterator[Finding]:
    """A finding for each personal data in the name at *path*, of a file or a folder."""
    for each in guard.certain(path):
        yield PERSONAL_DATA.finding(f"{each.kind} stands in the name of the file", guard.masked(path), _HINT)


class _Place(NamedTuple):
    kind: str
    line: int | None = None
    column: int | None = None
    keys: Keys = ()


def _in_text(document: Document, guard: Guard) -> Iterator[_Place]:
    text = _text(document)
    for each in guard.certain(text):
        before = text[: each.start]
        yield _Place(each.kind, before.count("\n") + 1, each.start - before.rfind("\n"))


def _in_escapes(document: Document, guard: Guard) -> Iterator[_Place]:
    """What no reader of the text sees: in quotation marks, a character may be written as its number."""
    if "\\" in _text(document):
        for keys, value in texts(document.values):
            yield from (_Place(each.kind, keys=keys) for each in guard.certain(value))


def _text(document: Document) -> str:
    # A file that is no YAML has no text, but its bytes.
    return (document.content or b"").decode("utf-8-sig", "replace")


def texts(values: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in *values* with the keys that lead to it, those of mappings among them."""
    if isinstance(values, str):
        yield keys, values
    elif isinstance(values, dict):
        for key, value in values.items():
            if isinstance(key, str):
                yield (*keys, key), key
            yield from texts(value, (*keys, key))
    elif isinstance(values, list):
        for place, value in enumerate(values):
            yield from texts(value, (*keys, place))


def may_identify(documents: Mapping[str, Document], period: str, guard: Guard) -> Iterator[Finding]:
    """A query for each text that may point to a person: in the plan, the agencies' files, and those of *period*."""
    for path, document in documents.items():
        place = place_of(path)
        if place is None or place.period not in (None, period):
            continue
        if not guard.questions(document.text) and "\\" not in document.text:
            # Nearly always: then no value need be looked at by itself.
            continue
        for keys, text in (*texts(document.values), *_comments(document)):
            for kind in dict.fromkeys(each.kind for each in guard.questions(text)):
                yield MAY_IDENTIFY.finding(
                    f"{kind} stands here. Does it point to a person?",
                    path,
                    keys=keys,
                    **_about(place, keys),
                )


def _comments(document: Document) -> Iterator[tuple[Keys, str]]:
    return (((), comment) for comment in re.findall(r"(?:^|\s)#(.*)$", document.text, re.MULTILINE))


def _about(place: Place, keys: Keys) -> About:
    """What the value at *keys* of the file at *place* is about."""
    about = About(agency=place.agency, period=place.period)
    match place.kind, keys:
        case "return", ("actions", str() as action, str() as dimension, *_):
            about |= About(action=action, dimension=dimension)
    return about
