"""What was signed lapses with each change of substance, and with nothing else."""

from typing import Any

import pytest

from builders import Q3, Q4, a_plan, an_action
from jtai_plan.model.plan import Plan
from jtai_plan.rules.seals.sign_off import changed_since, digests, quoted


def a_signed_plan(**more: Any) -> Plan:
    """A plan of two actions; *more* is said of the first."""
    leads = [{"agency": "police", "name": "A", "role": "B"}, {"agency": "health"}]
    first = {"leads": leads, "outcome_measure": ["One", "Two"], **more}
    return a_plan(an_action("T1.1", **first), an_action("T1.2", "police"))


SIGNED = digests(a_signed_plan())


def said_of(plan: Plan) -> list[str]:
    return [each.words for each in changed_since(SIGNED, plan)]


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
    ],
)
def test_a_change_of_substance_lapses_the_action_and_no_other_part(more: dict[str, Any]) -> None:
    values = {"outcome_measure": ["One", "Two"], "leads": [{"agency": "police"}, {"agency": "health"}], **more}
    plan = a_plan(an_action("T1.1", **values), an_action("T1.2", "police"))
    assert said_of(plan) == ["T1.1 has changed"]


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
    assert said_of(a_signed_plan(**more)) == []


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
    assert said_of(Plan.model_validate(values)) == said


def a_revision(board: str, on: str) -> dict[str, Any]:
    return {"from": Q4, "expected": {"impact": {Q4: ["red"]}}, "board": board, "on": on, "reason": "x"}


WITHDRAWN = {"from": Q4, "board": "lscb", "on": "2019-03-09", "reason": "Done"}


@pytest.mark.parametrize(
    ("more", "said", "board_knows"),
    [
        ({"withdrawn": WITHDRAWN}, "T1.1 was withdrawn by The LSCB on 9 March 2019", True),
        ({"revised": [a_revision("lscb", "2019-01-09")]}, "T1.1 was revised by The LSCB on 9 January 2019", True),
        (
            {"revised": [a_revision("lscb", "2019-01-09"), a_revision("lscb", "2019-02-09")], "withdrawn": WITHDRAWN},
            (
                "T1.1 was revised by The LSCB on 9 January 2019, revised by The LSCB on 9 February 2019 and withdrawn "
                "by The LSCB on 9 March 2019"
            ),
            True,
        ),
        ({"revised": [a_revision("police", "2019-01-09")]}, "T1.1 has changed", False),
        ({"revised": [a_revision("lscb", "2019-01-09")], "action": "Do t1.1"}, "T1.1 has changed", False),
    ],
)
def test_what_a_board_decided_is_told_from_what_somebody_changed(
    more: dict[str, Any], said: str, board_knows: bool
) -> None:
    [lapse] = changed_since(SIGNED, a_signed_plan(**more))
    assert (lapse.words, lapse.board_knows) == (said, board_knows)


def test_a_decision_that_the_board_signed_too_is_no_change() -> None:
    first, second = (a_revision("lscb", day) for day in ("2019-01-09", "2019-02-09"))
    signed = digests(a_signed_plan(revised=[first]))
    [lapse] = changed_since(signed, a_signed_plan(revised=[first, second]))
    assert lapse.words == "T1.1 was revised by The LSCB on 9 February 2019"


def test_the_days_of_the_periods_are_signed_and_old_sign_offs_do_not_cover_them() -> None:
    values = a_signed_plan().model_dump(by_alias=True, exclude_none=True, mode="json")
    values["periods"][Q4]["to"] = "2019-03-30"
    plan = Plan.model_validate(values)
    assert said_of(plan) == ["when each period begins and ends has changed"]
    old = {name: part for name, part in SIGNED.items() if name != "periods"}
    assert list(changed_since(old, plan)) == []


def test_the_wording_is_quoted_as_it_was_and_as_it_is() -> None:
    now = a_signed_plan(action="Do t1.1", outcome_measure=["One", "Three"])
    assert quoted(a_signed_plan(), now, "T1.1") == "T1.1: “Do T1.1” is now “Do t1.1”; “One; Two” is now “One; Three”"
    assert quoted(a_signed_plan(), a_signed_plan(leads=[{"agency": "fire"}]), "T1.1") == (
        "T1.1: health and police led it, now fire"
    )
    assert quoted(a_signed_plan(), now, "T1.2") is None


def test_new_actions_and_those_that_are_gone_are_named() -> None:
    plan = a_plan(an_action("T1.2", "police"), an_action("T1.3", "police"))
    assert said_of(plan) == [
        "the themes and dimensions have changed",
        "T1.3 is new",
        "T1.1 was removed",
    ]
