"""A value of the plan's files in words, with the names that the plan gives things."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from jtai_plan.model.agency import AdditionalAction, SignOff
from jtai_plan.model.board import Amendment, BoardRecord, Closing
from jtai_plan.model.noun import Noun
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Lead
from jtai_plan.model.returns import Return
from jtai_plan.rules import wording
from jtai_plan.rules.diff.fields import is_nothing, keys_of

_IDS = ("agency", "signs_with", "board", "dimension", "rating", "was", "id", "resolves", "about", "theme", "digest")
_PERIODS = ("from", "until", "starts", "by", "to")
_BARE = ("what", "plan", "ask", "decision", "name", "label", "summary", "description", "action", "rating", "title")
"""Fields that need no word before them."""


def is_text(key: str, value: Any) -> bool:
    """Whether *value* of the field *key* is text that people wrote."""
    return isinstance(value, Action | AdditionalAction) or (isinstance(value, str) and key not in (*_IDS, *_PERIODS))


def value_words(partnership: Partnership, value: Any, key: str = "") -> str:
    """*value* of the field *key* in words."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return wording.day(value)
        case int() | float():
            return wording.number(float(value))
        case str():
            return _name(partnership, key, value)
        case Noun():
            return _noun(partnership, value)
        case Mapping():
            return ", ".join(_entry(partnership, name, each) for name, each in value.items()) or "nothing"
        case tuple():
            return ", ".join(value_words(partnership, each, key) for each in value)
        case _:
            return "nothing"


def terms(partnership: Partnership, leads: tuple[Lead, ...]) -> str:
    """The agencies that lead an action, with their periods."""
    return wording.listed(_term(partnership, lead) for lead in leads)


def officers(leads: tuple[Lead, ...]) -> str:
    """The officers who answer for an action in one agency, with their roles."""
    return wording.listed(f"{lead.name or 'nobody named'}{f' ({lead.role})' if lead.role else ''}" for lead in leads)


def _term(partnership: Partnership, lead: Lead) -> str:
    name, when = partnership.agency_name(lead.agency), wording.term(partnership.plan, lead)
    return f"{name} ({when})" if when else name


def _name(partnership: Partnership, key: str, value: str) -> str:
    """What the plan calls the thing with the id *value*; *value* itself if it is no id."""
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


def _noun(partnership: Partnership, noun: Noun) -> str:
    match noun:
        case Action():
            return noun.action
        case AdditionalAction():
            return f"{noun.action} (contributes to {wording.listed(noun.contributes_to)})"
        case Return():
            rated = sum(cell.rating is not None for _, _, cell in noun.cells())
            return wording.counted(rated, "rating") if rated else "no rating"
        case BoardRecord():
            return "the file"
        case Closing():
            return f"{wording.counted(len(noun.returns), 'return')}, on {wording.day(noun.on)}, by {noun.by}"
        case Amendment():
            was, to = (_name(partnership, "to", each) if each else "no return" for each in (noun.was, noun.to))
            others = ", ".join(_fields(partnership, noun, ("agency", "action", "dimension", "was", "to")))
            return f"{was} to {to}, {others}"
        case SignOff():
            return ", ".join(_fields(partnership, noun, ("signed",)))
    return ", ".join(_fields(partnership, noun))


def _fields(partnership: Partnership, noun: Noun, without: tuple[str, ...] = ()) -> Iterator[str]:
    for name, key in keys_of(noun).items():
        value, label = getattr(noun, name), key.replace("_", " ")
        if key in ("id", *without) or is_nothing(value):
            continue
        if value is True:
            yield label
        else:
            words = value_words(partnership, value, key)
            quoted = f"“{words}”" if is_text(key, value) else words
            yield quoted if key in _BARE else f"{label} {quoted}"


def _entry(partnership: Partnership, name: str, value: Any) -> str:
    plan = partnership.plan
    if isinstance(value, tuple):
        label = plan.periods[name].label if name in plan.periods else name
        return f"{wording.permitted(plan, value)} by {label}"
    return f"{name}: {value_words(partnership, value)}"
