"""What is expected of an action with a due day: on track until then, complete from the period that holds the day on."""

from datetime import date
from typing import Any

import pytest

from builders import PERIODS, Q2, Q3, Q4, RATINGS, a_plan, an_action
from jtai_plan.model.plan import Plan
from jtai_plan.rules import wording
from jtai_plan.rules.judge.trajectory import expectation, standing

SCALE = {
    "red": {"label": "Off track", "letter": "R", "rank": 1},
    "amber": {"label": "Slipping", "letter": "A", "rank": 2, "on_track": True},
    "green": {"label": "On track", "letter": "G", "rank": 3, "on_track": True},
    "blue": {"label": "Done", "letter": "B", "rank": 4, "complete": True},
    "grey": {"label": "Paused", "letter": "P"},
}
LATER = {"from": Q4, "due": "2019-06-30", "board": "lscb", "on": "2019-01-09", "reason": "Staff left"}


def due_plan(due: str = "2018-12-31", **more: Any) -> Plan:
    action = an_action("T1.1", "police", due=due, **more)
    return a_plan(action, scale=SCALE, expected={})


def permitted(plan: Plan, period: str, dimension: str = "impact") -> tuple[str, ...]:
    expected = expectation(plan, plan.actions["T1.1"], dimension, period)
    return expected.ratings if expected else ()


@pytest.mark.parametrize(
    ("due", "periods_before"),
    [("2018-06-30", 0), ("2018-07-01", 0), ("2018-10-01", 1), ("2018-12-31", 1), ("2019-01-01", 2), ("2025-01-01", 4)],
)
def test_what_is_on_track_is_expected_before_the_due_day_and_what_is_complete_from_then_on(
    due: str, periods_before: int
) -> None:
    plan = due_plan(due)
    for number, period in enumerate(PERIODS):
        assert permitted(plan, period) == (("amber", "green") if number < periods_before else ("blue",))


def test_each_rating_stands_as_its_rank_says() -> None:
    plan = due_plan()
    stands = {
        (period, rating): standing(rating, expectation(plan, plan.actions["T1.1"], "impact", period), plan.scale).value
        for period in (Q2, Q3)
        for rating in SCALE
    }
    assert [stands[Q2, each] for each in SCALE] == ["behind", "on-track", "on-track", "ahead", "unranked"]
    assert [stands[Q3, each] for each in SCALE] == ["behind", "behind", "behind", "on-track", "unranked"]


def test_steps_of_its_own_replace_the_due_day_and_a_start_comes_before_both() -> None:
    plan = due_plan(expected={"impact": {Q2: ["red"]}}, starts=Q3)
    assert permitted(plan, Q2) == ()
    assert permitted(plan, Q4) == ("red",)
    assert permitted(plan, Q4, "process") == ("blue",)


def test_a_board_moves_the_day_from_a_period_on_and_the_first_day_stays_in_sight() -> None:
    plan = due_plan(revised=[LATER])
    action = plan.actions["T1.1"]
    assert permitted(plan, Q3) == ("blue",)
    assert permitted(plan, Q4) == ("amber", "green")
    assert wording.due(plan, action, Q3) == "31 December 2018"
    assert wording.due(plan, action, Q4) == "30 June 2019 (first 31 December 2018)"
    assert wording.due(plan, action) == "31 December 2018"


def test_the_day_is_told_instead_of_a_period() -> None:
    plan = due_plan()
    before, after = (expectation(plan, plan.actions["T1.1"], "impact", period) for period in (Q2, Q3))
    assert before is not None
    assert before.due == date(2018, 12, 31)
    assert wording.expected(plan, before) == "slipping or on track was expected, due 31 December 2018"
    assert wording.expected(plan, after) == "done was due by 31 December 2018"
    assert wording.expected_labels(plan, after) == "Done expected, due 31 December 2018"


def test_a_plan_without_due_days_is_judged_as_before() -> None:
    plan = a_plan(an_action("T1.1", "police"))
    assert {*RATINGS} == {*plan.scale}
    assert permitted(plan, Q2) == ("red",)
