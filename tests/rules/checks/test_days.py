"""Days that cannot be, on both sides of the boundary."""

from datetime import date
from typing import Any

import pytest

from builders import Q2, Q3, a_partnership, a_plan, a_return, return_values
from jtai_plan.model.agency import SignOff
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Return
from jtai_plan.rules.checks.days import impossible_days

TODAY = date(2019, 1, 20)


def told(partnership: Partnership) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(each.message, each.keys) for each in impossible_days(partnership, TODAY)]


def a_day_in(**said: Any) -> Partnership:
    """The record of Q3, which lasted from 1 October to 31 December 2018."""
    return a_partnership(a_plan(), records={Q3: said})


MODERATED = {"rating": "red", "reason": "x", "board": "lscb"}
DECIDED = {"resolves": "a-1", "decision": "x", "board": "lscb"}
AMENDED = {"agency": "police", "action": "T1.1", "dimension": "impact", "to": "red", "reason": "x", "by": "y"}


@pytest.mark.parametrize(
    ("what", "keys", "said"),
    [
        (
            "the meeting",
            ("moderated", "T1.1", "impact"),
            lambda on: {"moderated": {"T1.1": {"impact": {**MODERATED, "on": on}}}},
        ),
        ("the meeting", ("decisions", 0), lambda on: {"decisions": [{**DECIDED, "on": on}]}),
        ("the meeting", ("presented", 0), lambda on: {"presented": [{"board": "lscb", "on": on}]}),
        ("the amendment", ("amendments", 0), lambda on: {"amendments": [{**AMENDED, "on": on}]}),
        ("the closing", ("closed",), lambda on: {"closed": {"on": on, "by": "x"}}),
    ],
)
def test_nothing_is_before_its_period_begins_or_after_today(what: str, keys: tuple[str | int, ...], said: Any) -> None:
    assert told(a_day_in(**said("2018-10-01"))) == []
    assert told(a_day_in(**said("2019-01-20"))) == []
    early = f"{what} cannot have been on 30 September 2018: Q3 2018/19 began on 1 October 2018"
    assert told(a_day_in(**said("2018-09-30"))) == [(early, (*keys, "on"))]
    late = f"{what} cannot have been on 21 January 2019: that day is still to come"
    assert told(a_day_in(**said("2019-01-21"))) == [(late, (*keys, "on"))]


def test_an_approval_and_a_sign_off_are_looked_at_too() -> None:
    values = {**return_values(Q3, {("T1.1", "impact"): "red"}), "approved": {"board": "B", "on": "2018-01-10"}}
    partnership = a_partnership(a_plan(), {"police": [Return.model_validate(values)]})
    assert told(partnership) == [
        ("the approval cannot have been on 10 January 2018: Q3 2018/19 began on 1 October 2018", ("approved", "on"))
    ]
    signed = SignOff.model_validate({"board": "B", "on": "2091-07-12", "signed": {}})
    partnership = a_partnership(a_plan())._replace(sign_offs={"police": signed})
    assert told(partnership) == [("the sign-off cannot have been on 12 July 2091: that day is still to come", ("on",))]


@pytest.mark.parametrize(("dated", "count"), [("2018-10-05", 0), ("2018-10-06", 1)])
def test_evidence_is_not_younger_than_its_return(dated: str, count: int) -> None:
    cell = {"rating": "red", "evidence": [{"what": "An audit", "dated": dated}]}
    values = return_values(Q2, {("T1.1", "impact"): cell})
    without = a_return(Q2, {("T1.1", "impact"): cell})
    prepared = Return.model_validate({**values, "prepared": {"by": "A", "on": "2018-10-05"}})
    assert told(a_partnership(a_plan(), {"police": [without]})) == []
    found = told(a_partnership(a_plan(), {"police": [prepared]}))
    keys = ("actions", "T1.1", "impact", "evidence", 0, "dated")
    message = "evidence cannot be dated 6 October 2018: the return was prepared on 5 October 2018"
    assert found == [(message, keys)] * count
