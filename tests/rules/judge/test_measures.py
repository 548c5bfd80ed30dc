"""Measures: the values so far, which way they go, and what is not reported."""

from typing import Any

import pytest

from builders import Q2, Q3, Q4, a_plan, a_return, an_action
from jtai_plan.model.agency import Agency
from jtai_plan.model.partnership import Partnership
from jtai_plan.rules.checks.period import run_checks
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.judge.measures import courses, in_words, sentence

PLAN = a_plan(an_action("T1.1", "police"))


def measured(values: dict[str, float | None], **more: Any) -> Partnership:
    """A partnership whose police chose one measure, with *values* by period; *more* is said of the measure."""
    measure = {"id": "m", "action": "T1.1", "dimension": "impact", "description": "Cases", **more}
    returns = {
        ("police", period): a_return(period, {("T1.1", "impact"): {"rating": "red", "measures": {"m": value}}})
        for period, value in values.items()
    }
    return Partnership(PLAN, {"police": Agency.model_validate({"name": "Police", "measures": [measure]})}, returns)


@pytest.mark.parametrize(
    ("more", "values", "said"),
    [
        ({}, {}, "Cases; no value reported yet"),
        ({}, {Q2: 61}, "Cases; 61 in Q2 2018/19"),
        ({"unit": "%", "baseline": 52}, {Q2: 61}, "Cases (%); baseline 52; 61 in Q2 2018/19; moving the right way"),
        ({"baseline": 52.5}, {Q2: 50}, "Cases; baseline 52.5; 50 in Q2 2018/19; moving the wrong way"),
        ({"better": "lower"}, {Q2: 61, Q3: 50}, "Cases; 61 in Q2 2018/19, 50 in Q3 2018/19; moving the right way"),
        ({}, {Q2: 61, Q3: 61}, "Cases; 61 in Q2 2018/19, 61 in Q3 2018/19; unchanged"),
        ({"target": 60, "by": Q4}, {Q2: 61}, "Cases; target 60 by Q4 2018/19; 61 in Q2 2018/19; target met"),
        ({"target": 60, "better": "lower"}, {Q2: 61}, "Cases; target 60; 61 in Q2 2018/19"),
        ({}, {Q2: None, Q3: 4}, "Cases; 4 in Q3 2018/19"),
        ({}, {Q3: 4, Q4: 5}, "Cases; 4 in Q3 2018/19"),
    ],
)  # fmt: skip
def test_the_course_of_a_measure_up_to_the_third_quarter(
    more: dict[str, Any], values: dict[str, float | None], said: str
) -> None:
    (course,) = courses(measured(values, **more), "T1.1", "impact", Q3)
    assert sentence(in_words(course, PLAN)) == said


def rules(partnership: Partnership, period: str) -> list[tuple[str, str]]:
    return [
        (each.rule, each.message)
        for each in run_checks(collate(partnership, period))
        if each.rule in ("no-measures", "not-measured")
    ]


def test_a_measure_without_a_value_is_missing_once_something_is_expected() -> None:
    said = [("not-measured", "Police has not reported 'm' (T1.1 impact)")]
    assert rules(measured({Q2: 4}), Q2) == []
    assert rules(measured({Q2: None}), Q2) == said
    assert rules(measured({}), Q2) == said
    late = a_plan(an_action("T1.1", "police", starts=Q3))
    assert rules(measured({})._replace(plan=late), Q2) == []


def test_an_action_without_a_measure_is_said_of_each_lead() -> None:
    plan = a_plan(an_action("T1.1", "police"), an_action("T1.2", "police"))
    assert rules(measured({Q2: 4})._replace(plan=plan), Q2) == [
        ("no-measures", "Police has chosen no measure for T1.2")
    ]
