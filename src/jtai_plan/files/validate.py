"""From the values of a file to the noun they stand for, or to the faults that keep them from it."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jtai_plan.errors import NothingWritten, did_you_mean
from jtai_plan.files.document import Document, located
from jtai_plan.files.personal_data import USUAL, personal_data
from jtai_plan.files.yaml_values import MAX_FAULTS
from jtai_plan.model.finding import Finding, Keys
from jtai_plan.model.noun import Noun
from jtai_plan.model.text import cut
from jtai_plan.rules.checks.catalogue.file_errors import (
    CONTROL_CHARACTER,
    EMPTY,
    MISSING_KEY,
    MORE_FAULTS,
    NOT_A_DAY,
    NOT_AN_ID,
    NOT_TEXT,
    TOO_LONG,
    UNKNOWN_KEY,
    WRONG_TYPE,
)
from jtai_plan.rules.checks.catalogue.rule import Rule
from jtai_plan.rules.personal_data.guard import Guard

Kind = TypeVar("Kind", bound=Noun)


def validate(kind: type[Kind], document: Document, guard: Guard = USUAL) -> tuple[Kind | None, tuple[Finding, ...]]:
    """The noun of *kind* that *document* holds, and every fault in it; None if there is any fault.

    Where the *guard* finds personal data, that is all that is said of the document: another fault could quote it.
    """
    if personal := personal_data(document, guard):
        return None, personal
    if document.values is None:
        return None, document.faults
    if not isinstance(document.values, dict):
        message = "the file holds no keys: it should begin with a line such as 'key: value'"
        return None, (*document.faults, WRONG_TYPE.finding(message, document.path))
    try:
        noun = kind.model_validate(document.values)
    except ValidationError as error:
        # One place has one fault: if it could not be read, that is enough.
        told = {(fault.line, fault.column) for fault in document.faults}
        found = (located(document, fault) for fault in _faults(kind, document, error))
        new = [fault for fault in found if (fault.line, fault.column) not in told]
        return None, tuple(sorted([*document.faults, *new], key=lambda fault: (fault.line or 0, fault.column or 0)))
    return (None if document.faults else noun), document.faults


def validated(kind: type[Kind], said: Mapping[str, object]) -> Kind:
    """The noun of *kind* that a call *said*. Raises CannotDo if part of it does not have the right form."""
    noun, faults = validate(kind, Document("", values=dict(said)))
    if noun is None:
        raise NothingWritten("\n".join(fault.words for fault in faults))
    return noun


def _faults(kind: type[Noun], document: Document, error: ValidationError) -> Iterator[Finding]:
    told = set()
    details = error.errors(include_url=False)
    if len(details) > MAX_FAULTS:
        message = f"{len(details) - MAX_FAULTS:,} more faults in this file are not listed"
        yield MORE_FAULTS.finding(message, document.path, "Correct these first.")
    for detail in details[:MAX_FAULTS]:
        keys = _keys_in(document.values, detail["loc"])
        if detail["type"] == "missing":
            keys = keys[: len(detail["loc"]) - 1]
        elif detail["type"] == "too_short" and detail["input"]:
            # It is not empty: what is in it has a fault of its own.
            continue
        rule, message, hint = _worded(kind, detail, keys)
        about = _about(document.values, keys if rule == MISSING_KEY else keys[:-1])
        # One value that fits none of several kinds is one fault.
        if (keys, rule) in told and rule != MISSING_KEY:
            continue
        told.add((keys, rule))
        yield rule.finding(f"{about}: {message}" if about else message, document.path, hint, keys=keys)


def _keys_in(values: Any, loc: tuple[str | int, ...]) -> Keys:
    """The part of pydantic's *loc* that leads through the file; the rest names the kinds that were tried."""
    keys: list[str | int] = []
    for part in loc:
        is_here = part in values if isinstance(values, dict) else isinstance(values, list) and isinstance(part, int)
        if not is_here:
            break
        values = values[part]
        keys.append(part)
    return tuple(keys)


def _about(values: Any, keys: Keys) -> str:
    """What a sentence about the value at *keys* is about, in the plan's words: "T1.2 lead 1"."""
    words: list[str] = []
    for place, key in enumerate(keys):
        here: Any = values
        values = here[key]
        if isinstance(values, dict) and isinstance(values.get("id"), str):
            words = [values["id"]]
        elif isinstance(key, int):
            words.append(_named(keys[: place + 1]))
        elif not isinstance(values, list) and key != "actions":
            words.append(key)
    return " ".join(words)


def _named(keys: Keys) -> str:
    """The last of *keys*, as a sentence names it: "lead 1" for the first of the leads."""
    match keys:
        case (*_, str() as above, int() as place):
            return f"{above.removesuffix('s')} {place + 1}"
        case (*_, last):
            return str(last)
    return ""


_A_NUMBER = (WRONG_TYPE, "'{key}' is {found}, but must be a number", None)
_A_MAPPING = (WRONG_TYPE, "'{key}' should hold keys of its own", "Write 'key: value' lines below it.")
_A_LIST = (WRONG_TYPE, "'{key}' should be a list", "Write it as '{key}: [..]', or as lines with '- '.")
_TEXT = (WRONG_TYPE, "'{key}' should be text", "Write one value, in quotation marks if need be.")
_INVALID_DAY = (NOT_A_DAY, "'{key}' is {found}, which is not a valid date", None)
_ANYTHING_ELSE = (WRONG_TYPE, "'{key}' is {found}, which does not belong there", None)
_WORDS: Mapping[str, tuple[Rule, str, str | None]] = {
    "missing": (MISSING_KEY, "'{name}' is missing", "Add it."),
    "string_too_short": (EMPTY, "'{key}' is empty", "Fill it in."),
    "string_too_long": (TOO_LONG, "'{key}' is {found}, which is too long", "Use at most {max_length} characters."),
    "string_type": _TEXT,
    "too_short": (EMPTY, "'{key}' is empty", "It needs at least one."),
    "day": (NOT_A_DAY, "'{key}' is {found}", "Write a day as year-month-day, such as 2018-10-05."),
    "day_age": (NOT_A_DAY, "'{key}' is {found}, which cannot be right", "Days are from 1900 to 2200."),
    "date_from_datetime_parsing": _INVALID_DAY,
    "date_parsing": _INVALID_DAY,
    "int_type": (WRONG_TYPE, "'{key}' is {found}, but must be a whole number", None),
    "float_type": _A_NUMBER,
    "finite_number": _A_NUMBER,
    "bool_type": (WRONG_TYPE, "'{key}' is {found}, but must be true or false", None),
    "literal_error": (WRONG_TYPE, "'{key}' is {found}", "Write {expected}."),
    "tuple_type": _A_LIST,
    "model_type": _A_MAPPING,
    "mapping_type": _A_MAPPING,
    "dict_type": _A_MAPPING,
}
"""The rule, the message and the hint for each type of pydantic's errors."""


def _worded(kind: type[Noun], detail: ErrorDetails, keys: Keys) -> tuple[Rule, str, str | None]:
    found, name, context = detail["input"], str(detail["loc"][-1]), detail.get("ctx", {})
    key, shown = _named(keys) or name, _shown(found)
    match detail["type"], found:
        case "extra_forbidden", _:
            hint = did_you_mean(cut(name, 100), _known(kind, keys))
            return UNKNOWN_KEY, f"'{name}' is not a key that belongs here", hint
        case "string_type", None:
            return EMPTY, f"'{key}' is empty", "Fill it in."
        case "string_type", bool() | int() | float():
            do = "An id carries a letter, such as T1.10." if key == "id" else "Put it in quotation marks."
            return NOT_TEXT, f"'{key}' is read as {shown}, but must be text", do
        case "string_pattern_mismatch", _ if "@" in context["pattern"]:
            return WRONG_TYPE, f"{shown} is not an e-mail address", "Write the address alone: name@example.org."
        case "string_pattern_mismatch", str() if "\n" in found.strip() and r"\n" in context["pattern"]:
            return TOO_LONG, f"'{key}' goes on over several lines", "Write it in one."
        case "string_pattern_mismatch", _ if "\\x00" in context["pattern"]:
            return CONTROL_CHARACTER, f"'{key}' holds a control character", "Delete it."
        case "string_pattern_mismatch", _:
            letters = "lower-case letters" if context["pattern"].startswith("^[a-z]") else "letters"
            do = f"Use {letters}, digits and hyphens, and begin with a letter."
            return NOT_AN_ID, f"{shown} is not a name that the files can use", do
    rule, message, hint = _WORDS.get(detail["type"], _ANYTHING_ELSE)
    fields = {"key": key, "name": name, "found": shown, "expected": "", "max_length": "", **context}
    return rule, message.format(**fields), hint.format(**fields) if hint else None


def _shown(found: object) -> str:
    if found is None:
        return "left empty"
    if isinstance(found, str):
        return f"'{cut(found, 200)}'"
    return str(found).lower() if isinstance(found, bool) else str(found)


def _known(kind: type[Noun], keys: Keys) -> list[str]:
    """The keys that belong where *keys* leads in a noun of *kind*."""
    for key in keys[:-1]:
        # A key that is no field's, such as an action's id, stays within the same noun.
        field = next((each for name, each in kind.model_fields.items() if key == (each.alias or name)), None)
        kind = (_noun_in(field.annotation) if field else None) or kind
    return [each.alias or name for name, each in kind.model_fields.items()]


def _noun_in(annotation: Any) -> type[Noun] | None:
    """The kind of noun that a list, mapping or choice of *annotation* holds; None if it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return annotation
    return next(filter(None, map(_noun_in, get_args(annotation))), None)
