"""What was signed lapses with each change of substance, and with nothing else."""

from typing import Any

import pytest

from builders import Q3, Q4, a_plan, an_action
from jtai_plan.model.plan import Plan
from jtai_plan.rules.seals.sign_off import changed_since, digests


def a_signed_plan(**more: Any) -> Plan:
    """A plan of two actions; *more* is said of the first."""
    first = {"leads": [{"agency": "police", "name": "A", "role": "B"}, {"agency": "health"}], **more}
    return a_plan(an_action("T1.1", outcome_measure=["One", "Two"], **first), an_action("T1.2", "police"))


SIGNED = digests(a_signed_plan())


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"action": "Do something else"}, id="wording"),
        pytest.param({"leads": [{"agency": "police"}]}, id="a lead agency less"),
        pytest.param({"leads": [{"agency": "police"}, {"agency": "health", "from": Q3}]}, id="from when it leads"),
        pytest.param({"outcome_measure": ["One"]}, id="an outcome measure less"),
        pytest.param({"outcome_measure": ["Two", "One"]}, id="outcome measures in another order"),
        pytest.param({"starts": Q3}, id="when it starts"),
        pytest.param({"expected": {"impact": {Q3: ["red"]}}}, id="a trajectory of its own"),
        pytest.param(
            {"withdrawn": {"from": Q4, "board": "lscb", "on": "2019-01-09", "reason": "Done"}}, id="withdrawn"
        ),
        pytest.param(
            {
                "revised": [
                    {
                        "from": Q4,
                        "expected": {"impact": {Q4: ["red"]}},
                        "board": "lscb",
                        "on": "2019-01-09",
                        "reason": "x",
                    }
                ]
            },
            id="revised",
        ),
    ],
)
def test_a_change_of_substance_lapses_the_action_and_no_other_part(more: dict[str, Any]) -> None:
    values = {"outcome_measure": ["One", "Two"], "leads": [{"agency": "police"}, {"agency": "health"}], **more}
    plan = a_plan(an_action("T1.1", **values), an_action("T1.2", "police"))
    assert list(changed_since(SIGNED, plan)) == ["T1.1 has changed"]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"leads": [{"agency": "police", "name": "C", "role": "D"}, {"agency": "health"}]}, id="officer"),
        pytest.param({"leads": [{"agency": "health"}, {"agency": "police"}]}, id="the order of the leads"),
        pytest.param({"action": "Do\n  T1.1 "}, id="white space"),
        pytest.param({"reporting": "October"}, id="when it is reported"),
    ],
)
def test_what_is_no_substance_lapses_nothing(more: dict[str, Any]) -> None:
    assert list(changed_since(SIGNED, a_signed_plan(**more))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scale": {"red": {"rank": 2}}}, ["the rating scale has changed"]),
        ({"scale": {"red": {"means": "Something else"}}}, ["the rating scale has changed"]),
        ({"scale": {"red": {"letter": "X"}}}, []),
        ({"expected": {"impact": {Q3: ["blue"]}}}, ["what is expected by when has changed"]),
        ({"dimensions": {"impact": {"label": "Another label"}}}, []),
        ({"title": "Another title"}, []),
        ({"introduction": "Another introduction"}, []),
    ],
)
def test_a_change_of_the_plan_beside_its_actions(change: dict[str, Any], said: list[str]) -> None:
    values = a_signed_plan().model_dump(by_alias=True, exclude_none=True)
    for key, new in change.items():
        values[key] = {**values[key], **new} if isinstance(new, dict) else new
        if key in ("scale", "dimensions"):
            name = next(iter(new))
            values[key][name] = {**a_signed_plan().model_dump(by_alias=True, exclude_none=True)[key][name], **new[name]}
    assert list(changed_since(SIGNED, Plan.model_validate(values))) == said


def test_new_actions_and_those_that_are_gone_are_named() -> None:
    plan = a_plan(an_action("T1.2", "police"), an_action("T1.3", "police"))
    assert list(changed_since(SIGNED, plan)) == [
        "the themes and dimensions have changed",
        "T1.3 is new",
        "T1.1 was removed",
    ]
