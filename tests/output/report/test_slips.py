"""What a report says of a late rating that was late before, or whose recovery was promised earlier."""

from typing import Any

from builders import Q1, Q2, Q3, Q4, a_partnership, a_plan, a_return, an_action
from jtai_plan.model.partnership import Partnership
from jtai_plan.output.report.build_cells import slips
from jtai_plan.rules.judge.collate import collate

IMPACT = ("T1.1", "impact")


def told(**by_period: Any) -> Partnership:
    """A partnership of one lead, which says this of T1.1 impact in each period."""
    periods = {"q2": Q2, "q3": Q3, "q4": Q4, "q1": Q1}
    returns = [a_return(periods[name], {IMPACT: said}) for name, said in by_period.items()]
    return a_partnership(a_plan(an_action("T1.1", "police")), {"police": returns})


def slips_of(partnership: Partnership, period: str) -> list[str]:
    (cell,) = (each for each in collate(partnership, period).cells if each.dimension == "impact")
    return list(slips(partnership, cell))


def test_late_for_the_first_time_is_no_slip() -> None:
    assert slips_of(told(q2="red", q3="red"), Q3) == []


def test_behind_again_after_it_was_back_on_track_is_a_slip() -> None:
    partnership = told(q2="red", q3="red", q4="amber", q1="red")
    assert slips_of(partnership, Q1) == ["behind again after being back on track in Q4 2018/19"]


def test_what_is_back_on_track_has_not_slipped() -> None:
    assert slips_of(told(q2="red", q3="red", q4="amber"), Q4) == []


def test_a_promise_that_has_gone_by_is_a_slip_and_one_that_has_not_is_none() -> None:
    promise = {"rating": "red", "recovery": {"plan": "Hire", "by": "2019-03-31"}}
    partnership = told(q2="red", q3=promise, q4="red")
    assert slips_of(partnership, Q4) == ["Police said in Q3 2018/19 that it would recover by 31 March 2019"]
    later = told(q2="red", q3={**promise, "recovery": {"plan": "Hire", "by": "2019-04-01"}}, q4="red")
    assert slips_of(later, Q4) == []


def test_of_several_promises_the_first_is_told_and_the_others_are_counted() -> None:
    first, second, third = (
        {"rating": "red", "recovery": {"plan": "Hire", "by": day}} for day in ("2018-10-31", "2018-12-31", "2019-03-31")
    )
    assert slips_of(told(q2=first, q3=second, q4=third, q1="red"), Q1) == [
        ("Police said in Q2 2018/19 that it would recover by 31 October 2018, and has changed the date 2 times since")
    ]


def test_what_is_promised_only_now_is_no_slip() -> None:
    now = {"rating": "red", "recovery": {"plan": "Hire", "by": "2018-12-01"}}
    assert slips_of(told(q2="red", q3=now), Q3) == []
