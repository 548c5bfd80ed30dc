"""The rule of standings, as a governance officer would check it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import PERIODS, Q1, Q2, Q3, Q4, RATINGS, a_plan, an_action
from jtai_plan.model.plan import Plan
from jtai_plan.rules.judge.trajectory import Expectation, Standing, expectation, standing

PLAN = a_plan(
    an_action("T1.1", "police"),
    an_action("T1.2", "police", starts=Q4),
    an_action("T1.3", "police", expected={"impact": {Q3: ["red"], Q1: ["amber"]}}),
    an_action(
        "T1.4",
        "police",
        revised=[
            {"from": Q4, "expected": {"process": {Q4: ["amber"]}}, "board": "lscb", "on": "2019-01-09", "reason": "x"}
        ],
    ),
    an_action("T1.5", "police", withdrawn={"from": Q4, "board": "lscb", "on": "2019-01-09", "reason": "x"}),
)


def stands(action: str, dimension: str, period: str, rating: str | None, plan: Plan = PLAN) -> str:
    return standing(rating, expectation(plan, plan.actions[action], dimension, period), plan.scale).value


@pytest.mark.parametrize(
    ("action", "dimension", "period", "rating", "expected"),
    [
        # The key of the published plan: process Q2 red or amber, Q3 amber or blue, Q4 blue.
        ("T1.1", "process", Q2, "red", "on-track"),
        ("T1.1", "process", Q2, "amber", "on-track"),
        ("T1.1", "process", Q2, "blue", "ahead"),
        ("T1.1", "process", Q2, "grey", "unranked"),
        ("T1.1", "process", Q2, None, "no-return"),
        ("T1.1", "process", Q3, "red", "behind"),
        ("T1.1", "process", Q3, "amber", "on-track"),
        ("T1.1", "process", Q3, "blue", "on-track"),
        ("T1.1", "process", Q4, "red", "behind"),
        ("T1.1", "process", Q4, "amber", "behind"),
        ("T1.1", "process", Q4, "blue", "on-track"),
        # The last step goes on standing.
        ("T1.1", "process", Q1, "amber", "behind"),
        ("T1.1", "process", Q1, "blue", "on-track"),
        # Impact Q2 red, Q3 amber, Q4 amber or blue, Q1 2019/20 blue.
        ("T1.1", "impact", Q2, "red", "on-track"),
        ("T1.1", "impact", Q2, "amber", "ahead"),
        ("T1.1", "impact", Q3, "red", "behind"),
        ("T1.1", "impact", Q3, "amber", "on-track"),
        ("T1.1", "impact", Q3, "blue", "ahead"),
        ("T1.1", "impact", Q3, "grey", "unranked"),
        ("T1.1", "impact", Q3, None, "no-return"),
        ("T1.1", "impact", Q4, "amber", "on-track"),
        ("T1.1", "impact", Q4, "blue", "on-track"),
        ("T1.1", "impact", Q1, "amber", "behind"),
        ("T1.1", "impact", Q1, "blue", "on-track"),
        # An action that starts later: nothing is expected of it before, whatever is said.
        ("T1.2", "process", Q3, None, "not-due"),
        ("T1.2", "process", Q3, "red", "not-due"),
        ("T1.2", "process", Q3, "grey", "not-due"),
        ("T1.2", "process", Q4, "amber", "behind"),
        ("T1.2", "impact", Q4, None, "no-return"),
        # A trajectory of its own replaces the plan's, for the dimension that it names.
        ("T1.3", "impact", Q2, "red", "not-due"),
        ("T1.3", "impact", Q3, "red", "on-track"),
        ("T1.3", "impact", Q4, "red", "on-track"),
        ("T1.3", "impact", Q1, "red", "behind"),
        ("T1.3", "performance", Q3, "red", "behind"),
        # A revision counts from its period on, and changes nothing before it.
        ("T1.4", "process", Q3, "red", "behind"),
        ("T1.4", "process", Q4, "amber", "on-track"),
        ("T1.4", "impact", Q4, "red", "behind"),
        # So does a withdrawal.
        ("T1.5", "process", Q3, "red", "behind"),
        ("T1.5", "process", Q4, "red", "not-due"),
    ],
)
def test_how_a_rating_stands(action: str, dimension: str, period: str, rating: str | None, expected: str) -> None:
    assert stands(action, dimension, period, rating) == expected


def test_an_expectation_names_the_period_since_when_it_stands() -> None:
    assert expectation(PLAN, PLAN.actions["T1.1"], "process", Q1) == Expectation(Q4, ("blue",))


def test_a_step_may_be_listed_before_an_earlier_one() -> None:
    plan = a_plan(expected={"process": {Q3: ["blue"], Q2: ["red"]}, "impact": {}, "performance": {}})
    assert stands("T1.1", "process", Q2, "red", plan) == "on-track"
    assert stands("T1.1", "impact", Q2, "red", plan) == "not-due"


def test_every_combination_has_a_standing() -> None:
    for action, dimension, period, rating in product(PLAN.actions, PLAN.dimensions, PERIODS, (*RATINGS, None)):
        assert stands(action, dimension, period, rating) in {each.value for each in Standing}


ORDER = {Standing.BEHIND: 0, Standing.ON_TRACK: 1, Standing.AHEAD: 2}
ranked = st.sampled_from(["red", "amber", "blue"])
expected_ratings = st.lists(ranked, min_size=1, max_size=3, unique=True).map(tuple)


@given(ranked, ranked, expected_ratings)
def test_a_better_rating_never_stands_worse(one: str, other: str, ratings: tuple[str, ...]) -> None:
    worse, better = sorted((one, other), key=lambda name: PLAN.scale[name].rank or 0)
    step = Expectation(Q2, ratings)
    assert ORDER[standing(worse, step, PLAN.scale)] <= ORDER[standing(better, step, PLAN.scale)]


@given(expected_ratings)
def test_a_rating_that_is_expected_is_on_track(ratings: tuple[str, ...]) -> None:
    assert {standing(each, Expectation(Q2, ratings), PLAN.scale) for each in ratings} == {Standing.ON_TRACK}


@given(expected_ratings)
def test_absent_is_never_grey(ratings: tuple[str, ...]) -> None:
    step = Expectation(Q2, ratings)
    assert standing(None, step, PLAN.scale) is Standing.NO_RETURN
    assert standing("grey", step, PLAN.scale) is Standing.UNRANKED


@given(
    st.sampled_from(PERIODS),
    st.sampled_from(PERIODS),
    st.sampled_from([*RATINGS, None]),
    st.sampled_from(list(PLAN.dimensions)),
)
def test_an_action_that_has_not_started_is_never_behind(
    starts: str, period: str, rating: str | None, dimension: str
) -> None:
    plan = a_plan(an_action("T1.1", "police", starts=starts))
    if plan.order[period] < plan.order[starts]:
        assert stands("T1.1", dimension, period, rating, plan) == "not-due"
