"""How much changed, and whether anything is behind as a result, in a few sentences."""

import pytest

from builders import Q2, Q3, a_partnership, a_plan, a_return, an_action
from jtai_plan.model.partnership import PLAN
from jtai_plan.model.plan import Plan
from jtai_plan.output.diff.summary import headline
from jtai_plan.rules.diff.changes import State
from jtai_plan.rules.diff.compare import compare

NOT_BEFORE_Q3 = {"expected": {"impact": {Q3: ["amber"]}}}


def state(rating: str | None, plan: Plan | None = None, period: str = Q3) -> State:
    """The files of a plan in which the police rate one cell."""
    returned = a_return(period, {("T1.1", "impact"): rating})
    return State(a_partnership(plan or a_plan(), {"police": [returned]}), contents={PLAN: b""})


@pytest.mark.parametrize(
    ("was", "now", "outcome"),
    [
        ("amber", "red", "newly behind"),
        (None, "grey", "newly behind"),
        ("grey", "red", "still behind"),
        ("red", "blue", "back on track"),
        (None, "amber", "as expected"),
        ("amber", None, "withdrawn"),
    ],
)
def test_the_result_of_a_change_of_rating(was: str | None, now: str | None, outcome: str) -> None:
    assert headline(compare(state(was), state(now))) == f"1 rating changed: 1 {outcome}."


def test_a_rating_that_is_not_due_yet_is_neither_behind_nor_on_track() -> None:
    plan = a_plan(an_action("T1.1", "police", **NOT_BEFORE_Q3))
    found = compare(state(None, plan, Q2), state("red", plan, Q2))
    assert headline(found) == "1 rating changed: 1 not due yet."


def test_a_plan_that_expects_less_changes_standings() -> None:
    easier = a_plan(an_action("T1.1", "police", expected={"impact": {Q3: ["red"]}}))
    assert headline(compare(state("red"), state("red", easier))) == (
        "1 rating has another standing, because what is expected of it changed. 1 other change."
    )


def test_a_change_without_any_rating_says_so() -> None:
    reworded = a_plan(an_action("T1.1", "police", action="Do more"))
    assert headline(compare(state(None), state(None, reworded))) == "1 change. No rating changed."
