"""No field of any noun can change without a word: values are made for every field of every model."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from builders import PERIODS, Q2, Q3, Q4, RATINGS, a_plan, an_action
from jtai_plan.model.agency import Agency, SignOff
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.noun import Noun
from jtai_plan.model.partnership import Partnership, agency_path, board_path, return_path, sign_off_path
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Return
from jtai_plan.output.diff.words import in_words
from jtai_plan.rules.diff.changes import State
from jtai_plan.rules.diff.compare import compare

DAY = "2019-01-09"
DIMENSIONS = ("process", "impact", "performance")
STEPS = {"impact": {Q3: ["red", "amber"], Q4: ["amber"]}}

FULL_ACTION = an_action(
    "T1.1",
    leads=[
        {"agency": "police", "name": "A", "role": "B", "from": Q2, "until": Q4},
        {"agency": "health", "name": "C", "role": "D"},
    ],
    outcome_measure=["One", "Two"],
    addresses=["A1", "A2"],
    reporting="Monthly",
    ref="4.54",
    sponsor="S",
    also={"Resource": "R"},
    due=DAY,
    milestones=[{"by": DAY, "what": "W", "done": DAY}, {"by": DAY, "what": "V"}],
    starts=Q2,
    expected=STEPS,
    revised=[{"from": Q4, "expected": STEPS, "board": "lscb", "minute": "4", "on": DAY, "reason": "Late", "due": DAY}],
    withdrawn={"from": Q4, "board": "lscb", "on": DAY, "reason": "Done"},
)
SCALE = {
    "amber": {"label": "Amber", "letter": "A", "rank": 2, "on_track": True, "colour": "amber", "means": "M"},
    "red": {"label": "Red", "letter": "R", "rank": 1, "means": {"process": "P", "impact": "I"}},
    "blue": {"label": "Blue", "letter": "B", "rank": 3, "complete": True},
    "grey": {"label": "Grey", "letter": "G", "dimensions": ["process", "impact"]},
}
FULL_PLAN = a_plan(
    FULL_ACTION,
    an_action("T1.2", "police"),
    scale=SCALE,
    complete_stands=True,
    partnership="P",
    collated_by="C",
    marking="M",
    inspection={
        "name": "I",
        "from": DAY,
        "to": DAY,
        "lead_inspectorate": "L",
        "inspectorates": ["L", "N"],
    },
    introduction="Intro",
    governance="Gov",
    excellence_introduction="Ex",
    excellence=["E1", "E2"],
    areas_for_improvement={
        "count": 2,
        "source": "S",
        "items": [{"id": "A1", "summary": "S", "priority": "P", "response": "R"}],
    },
    answers={"rule": "why"},
    checks={"ignore": ["unsigned"]},
    personal_data={"allow": ["0800 1111"], "case_reference": "CR"},
)
MEASURE = {
    "id": "m",
    "action": "T1.1",
    "dimension": "impact",
    "description": "D",
    "unit": "U",
    "baseline": 1.0,
    "targets": {Q2: 1.5},
    "target": 2.0,
    "by": Q4,
    "count": True,
}
FULL_AGENCY = Agency.model_validate(
    {
        "contacts": ["a@b.example"],
        "name": "N",
        "short_name": "S",
        "governance_board": {"name": "B"},
        "signs_with": "health",
        "measures": [MEASURE, MEASURE | {"id": "n"}],
        "actions": [
            {
                "id": "own-1",
                "action": "A",
                "contributes_to": ["T1.1"],
                "outcome_measure": ["One", "Two"],
                "starts": Q2,
                "due": DAY,
                "expected": STEPS,
            },
            {"id": "own-2", "action": "A", "contributes_to": ["T1.1"]},
        ],
    }
)
FULL_SIGN_OFF = SignOff.model_validate({"board": "B", "on": DAY, "minute": "4", "signed": {"plan": "sha256:x"}})
FULL_CELL = {
    "rating": "red",
    "update": "U",
    "recovery": {"plan": "P", "by": DAY},
    "evidence": [{"what": "W", "where": "R", "dated": DAY}, {"what": "V"}],
    "measures": {"m": 1.0},
    "answers": {"rule": "why"},
    "restricted": {"reason": "R", "by": "B"},
}
FULL_RETURN = Return.model_validate(
    {
        "period": Q3,
        "prepared": {"by": "P", "on": DAY},
        "approved": {"board": "B", "on": DAY, "minute": "4", "ratings": {"T1.1": {"impact": "red"}}},
        "actions": {"T1.1": {"impact": FULL_CELL}},
    }
)
MODERATION = {"rating": "red", "reason": "R", "board": "lscb", "on": DAY, "minute": "4"}
FULL_RECORD = BoardRecord.model_validate(
    {
        "moderated": {"T1.1": {"impact": MODERATION}},
        "summary": "S",
        "achievements": ["One", "Two"],
        "next": ["One", "Two"],
        "asks": [{"id": "ask-1", "board": "lscb", "about": "T1.1", "ask": "A", "owner": "police", "due": DAY}],
        "decisions": [{"resolves": "ask-1", "decision": "D", "board": "lscb", "on": DAY, "minute": "4"}],
        "presented": [{"board": "lscb", "on": DAY, "minute": "4"}, {"board": "csp", "on": DAY}],
        "closed": {
            "on": DAY,
            "by": "W",
            "returns": {"police": {"digest": "sha256:x", "ratings": {"T1.1": {"impact": "red"}}}},
            "moderated": "sha256:y",
        },
        "amendments": [
            {
                "agency": "police",
                "action": "T1.1",
                "dimension": "impact",
                "was": "red",
                "to": "amber",
                "reason": "R",
                "by": "W",
                "on": DAY,
                "digest": "sha256:z",
            },
            {
                "board": "lscb",
                "action": "T1.1",
                "dimension": "impact",
                "to": "amber",
                "reason": "R",
                "by": "W",
                "on": DAY,
            },
        ],
    }
)
FULL = (FULL_PLAN, FULL_AGENCY, FULL_SIGN_OFF, FULL_RETURN, FULL_RECORD)
WITHOUT_MEANING = {"Return.period"}
"""A return's period is that of its file's name: another one is another return."""


def with_value(noun: Noun, name: str, value: Any) -> Noun:
    """*noun* with another value, and without anything that was looked up in it."""
    fields = {each: getattr(noun, each) for each in type(noun).model_fields} | {name: value}
    return type(noun).model_construct(**fields)


def others_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Values that are not *value*: each says what differs within it."""
    match value:
        case bool():
            yield "", not value
        case int() | float():
            yield "", value + 1
        case date():
            yield "", value + timedelta(days=1)
        case str():
            pool = next((pool for pool in (PERIODS, RATINGS, DIMENSIONS) if value in pool), (f"{value}x",))
            yield "", next(each for each in pool if each != value)
        case tuple():
            yield from other_lists(value)
        case Noun():
            yield from other_nouns(value)
        case Mapping():
            yield from other_mappings(value)


def other_lists(value: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for place, each in enumerate(value):
        for within, other in others_of(each):
            yield within or "each", (*value[:place], other, *value[place + 1 :])
    # Many a list may not be empty; that one is left out altogether is a case of its noun's.
    if len(value) > 1:
        yield "one less", value[1:]
        yield "order", value[::-1]


def other_nouns(value: Noun) -> Iterator[tuple[str, Any]]:
    for name, field in type(value).model_fields.items():
        for within, other in others_of(getattr(value, name)):
            path = f"{type(value).__name__}.{name} {within}".strip()
            yield within if "." in within else path, with_value(value, name, other)
        default = field.get_default(call_default_factory=True)
        if not field.is_required() and getattr(value, name) != default:
            yield f"{type(value).__name__}.{name} left out", with_value(value, name, default)


def other_mappings(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, each in value.items():
        for within, other in others_of(each):
            yield within or "each", {**value, key: other}
        yield "one less", {name: other for name, other in value.items() if name != key}


def nouns_in(value: Any) -> Iterator[Noun]:
    if isinstance(value, Noun):
        yield value
        for name in type(value).model_fields:
            yield from nouns_in(getattr(value, name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from nouns_in(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from nouns_in(each)


def all_nouns(kind: type[Noun] = Noun) -> Iterator[type[Noun]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("jtai_plan."):
            yield each
            yield from all_nouns(each)


def test_the_nouns_of_these_tests_fill_every_field_of_every_kind() -> None:
    filled = {
        (type(noun), name)
        for whole in FULL
        for noun in nouns_in(whole)
        for name in type(noun).model_fields
        if getattr(noun, name) not in (None, (), {}, False)
    }
    fields = {(kind, name) for kind in all_nouns() for name in kind.model_fields}
    assert {f"{kind.__name__}.{name}" for kind, name in fields - filled} == set()


VARIANTS = [
    pytest.param(whole, other, id=f"{type(whole).__name__}: {path}")
    for whole in FULL
    for path, other in others_of(whole)
    if path.partition(" ")[0] not in WITHOUT_MEANING
]


@pytest.mark.parametrize(("whole", "other"), VARIANTS)
def test_no_field_can_change_without_a_word(whole: Noun, other: Noun) -> None:
    for was, now in ((whole, other), (other, whole)):
        found = in_words(compare(State(holding(was)), State(holding(now))))
        assert found, "nothing is said to have changed"
        assert {each.change.path for each in found} == {path_of(whole)}
        assert all(each.line() for each in found)


def holding(noun: Noun) -> Partnership:
    """A partnership in which *noun* is the only thing that is special."""
    plan = a_plan(an_action("T1.1", "police"), an_action("T1.2", "police"), boards={"lscb": {"name": "The LSCB"}})
    whole = Partnership(plan, {"police": Agency(name="Police")})
    match noun:
        case Plan():
            return whole._replace(plan=noun)
        case Agency():
            return whole._replace(agencies={"police": noun})
        case SignOff():
            return whole._replace(sign_offs={"police": noun})
        case Return():
            return whole._replace(returns={("police", Q3): noun})
        case BoardRecord():
            return whole._replace(board_records={Q3: noun})
    raise AssertionError(noun)


def path_of(noun: Noun) -> str:
    paths = {
        Plan: "plan/plan.yaml",
        Agency: agency_path("police"),
        SignOff: sign_off_path("police"),
        Return: return_path("police", Q3),
        BoardRecord: board_path(Q3),
    }
    return paths[type(noun)]


@pytest.mark.parametrize("whole", FULL, ids=lambda whole: type(whole).__name__)
def test_what_is_the_same_is_no_change(whole: Noun) -> None:
    assert compare(State(holding(whole)), State(holding(whole.model_copy(deep=True)))).changes == ()
