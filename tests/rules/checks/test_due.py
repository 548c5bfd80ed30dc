"""A due day means nothing without ratings to expect before and after it, and a colour must let words be read on it."""

from typing import Any

import pytest

from builders import Q4, a_partnership, a_plan, an_action
from jtai_plan.output.palette import PALETTE
from jtai_plan.rules.checks.consistency import references
from jtai_plan.rules.colours import NAMED, fault_of_colour

RED = {"label": "Red", "letter": "R", "rank": 1, "on_track": True}
BLUE = {"label": "Blue", "letter": "B", "rank": 2, "complete": True}
MOVED = {"from": Q4, "board": "lscb", "on": "2019-01-09", "reason": "Staff left"}


def faults(action: dict[str, Any], scale: dict[str, Any], **more: Any) -> list[str]:
    plan = a_plan(action, scale=scale, **{"expected": {}} | more)
    return [each.message for each in references(a_partnership(plan, {})) if "agency" not in each.message]


@pytest.mark.parametrize(
    ("scale", "lacks"),
    [
        ({"red": RED, "blue": BLUE}, None),
        ({"red": {**RED, "on_track": False}, "blue": BLUE}, "on_track"),
        ({"red": RED, "blue": {**BLUE, "complete": False}}, "complete"),
        ({"red": {"label": "Red", "letter": "R", "on_track": True}, "blue": BLUE}, "on_track"),
    ],
)
def test_the_scale_says_what_a_due_day_means(scale: dict[str, Any], lacks: str | None) -> None:
    found = faults(an_action("T1.1", "police", due="2018-12-31"), scale)
    told = f"no rating of the scale is marked {lacks}, so a due day says nothing"
    assert found == ([told] if lacks else [])


def test_an_action_of_which_nothing_is_expected_is_a_fault() -> None:
    scale = {"red": RED, "blue": BLUE}
    assert faults(an_action("T1.1", "police"), scale) == ["T1.1 has no due day, and the plan expects no ratings"]
    assert faults(an_action("T1.1", "police"), scale, expected={"impact": {Q4: ["blue"]}}) == []


def test_a_revision_that_changes_nothing_is_a_fault() -> None:
    action = an_action("T1.1", "police", due="2018-12-31", revised=[MOVED])
    assert faults(action, {"red": RED, "blue": BLUE}) == ["the revision of T1.1 changes nothing"]


@pytest.mark.parametrize(
    ("colour", "fault"),
    [
        (None, None),
        ("green", None),
        ("#5b2c6f", None),
        ("#ffff00", None),
        ("mauve", "there is no colour 'mauve'"),
        ("#757779", "neither white nor black words can be read on #757779"),
    ],
)
def test_words_can_be_read_on_every_colour(colour: str | None, fault: str | None) -> None:
    assert fault_of_colour(colour) == fault


def test_the_named_colours_are_those_of_the_palette() -> None:
    assert set(NAMED) == set(PALETTE)
