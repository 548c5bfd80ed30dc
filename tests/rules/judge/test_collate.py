"""The returns of all agencies put together, and compared with the period before."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import PERIODS, Q1, Q2, Q3, Q4, RATINGS, a_partnership, a_plan, a_return, an_action
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.judge.judgement import Judgement, judge, judge_all
from jtai_plan.rules.judge.trajectory import Standing
from jtai_plan.rules.seals.report_inputs import as_of

CELL = ("T1.1", "impact")


def judged(period: str, ratings: Mapping[str, str | None], **action: Any) -> Judgement:
    """The judgement of T1.1 impact in *period*, led by the agencies that gave *ratings*."""
    plan = a_plan(an_action("T1.1", *ratings, **action))
    returns = {agency: [a_return(period, {CELL: rating})] for agency, rating in ratings.items()}
    return judge(a_partnership(plan, returns), plan.actions["T1.1"], "impact", period)


# In Q3 amber is expected of impact: red is behind, blue is ahead.
@pytest.mark.parametrize(
    ("leads", "standing", "rating"),
    [
        (("red",), "behind", "red"),
        (("amber",), "on-track", "amber"),
        (("blue",), "ahead", "blue"),
        (("grey",), "unranked", "grey"),
        ((None,), "no-return", None),
        # Behind if any lead is.
        (("red", "blue"), "behind", "red"),
        (("red", "grey"), "behind", "red"),
        (("red", None), "behind", "red"),
        # Then unranked if any lead is.
        (("grey", "blue"), "unranked", "grey"),
        (("grey", None), "unranked", "grey"),
        # Nobody's silence is taken for progress.
        ((None, None), "no-return", None),
        (("amber", None), "part-returned", "amber"),
        (("blue", None), "part-returned", "blue"),
        (("blue", "amber", None), "part-returned", "amber"),
        # On track if any lead is no better.
        (("amber", "blue"), "on-track", "amber"),
        (("blue", "blue"), "ahead", "blue"),
    ],
)
def test_the_standing_of_a_jointly_led_action(leads: tuple[str | None, ...], standing: str, rating: str | None) -> None:
    found = judged(Q3, {f"lead-{n}": each for n, each in enumerate(leads)})
    assert (found.standing.value, found.rating) == (standing, rating)


def test_every_leads_rating_and_who_is_awaited_stand_beside_the_cell() -> None:
    found = judged(Q3, {"police": "blue", "health": None})
    assert found.ratings == {"police": "blue", "health": None}
    assert found.awaiting == ("health",)


def test_nobody_is_awaited_while_nothing_is_due() -> None:
    found = judged(Q3, {"police": "red", "health": None}, starts=Q4)
    assert (found.standing, found.rating, found.awaiting) == (Standing.NOT_DUE, "red", ())


def test_only_those_who_lead_in_the_period_are_asked() -> None:
    action = an_action("T1.1", leads=[{"agency": "police", "until": Q2}, {"agency": "health", "from": Q3}])
    plan = a_plan(action)
    partnership = a_partnership(
        plan, {"police": [a_return(Q2, {CELL: "red"})], "health": [a_return(Q3, {CELL: "amber"})]}
    )
    assert judge(partnership, plan.actions["T1.1"], "impact", Q2).ratings == {"police": "red"}
    assert judge(partnership, plan.actions["T1.1"], "impact", Q3).ratings == {"health": "amber"}


def test_a_moderated_rating_replaces_the_agencies_own_which_stay_visible() -> None:
    plan = a_plan(an_action("T1.1", "police", "health"))
    moderated = {"T1.1": {"impact": {"rating": "red", "reason": "No evidence was seen", "board": "lscb"}}}
    partnership = a_partnership(plan, {"police": [a_return(Q3, {CELL: "blue"})]}, {Q3: {"moderated": moderated}})
    found = judge(partnership, plan.actions["T1.1"], "impact", Q3)
    assert (found.standing, found.rating) == (Standing.BEHIND, "red")
    assert found.ratings == {"police": "blue", "health": None}
    assert found.awaiting == ("health",)
    assert found.moderated is not None
    assert found.moderated.reason == "No evidence was seen"


def test_a_history_has_a_judgement_for_every_period_up_to_the_one_asked() -> None:
    returns = [a_return(Q2, {CELL: "red"}), a_return(Q4, {CELL: "amber"})]
    judged = judge_all(a_partnership(a_plan(), {"police": returns}), Q4)
    assert [(each.period, each.rating, each.standing.value) for each in judged[None, *CELL]] == [
        (Q2, "red", "on-track"),
        (Q3, None, "no-return"),
        (Q4, "amber", "on-track"),
    ]


def test_cells_stand_in_the_plans_order_and_are_all_counted() -> None:
    plan = a_plan(an_action("T1.2", "police"), an_action("T1.1", "police"))
    collation = collate(a_partnership(plan, {"police": [a_return(Q2, {CELL: "red"})]}), Q2)
    assert [(cell.action.id, cell.dimension) for cell in collation.cells] == [
        (action, dimension) for action in ("T1.2", "T1.1") for dimension in ("process", "impact", "performance")
    ]
    assert collation.counts == dict.fromkeys(Standing, 0) | {Standing.ON_TRACK: 1, Standing.NO_RETURN: 5}


BY = {"board": "lscb", "on": "2019-01-09", "reason": "x"}
CHANGING = a_plan(
    an_action("T1.1", "police", revised=[{"from": Q4, "expected": {"impact": {Q4: ["red"]}}, **BY}]),
    an_action("T1.2", leads=[{"agency": "police", "until": Q3}, {"agency": "health", "from": Q4}]),
    an_action("T1.3", "health", withdrawn={"from": Q1, **BY}),
)


@pytest.mark.parametrize("period", PERIODS)
def test_what_comes_later_changes_no_judgement_so_one_serves_the_reports_of_all_periods(period: str) -> None:
    said = {(action, "impact"): "red" for action in CHANGING.actions}
    returns = {agency: [a_return(each, said) for each in PERIODS] for agency in ("police", "health")}
    partnership = a_partnership(CHANGING, returns)
    held = as_of(partnership, period)
    assert collate(held, period, judge_all(partnership, Q1)).cells == collate(held, period).cells


@given(
    st.lists(st.sampled_from([*RATINGS, None]), min_size=1, max_size=4),
    st.sampled_from((Q2, Q3, Q4, Q1)),
)
def test_a_cell_with_an_awaited_lead_is_never_on_track_or_ahead(ratings: list[str | None], period: str) -> None:
    found = judged(period, {f"lead-{n}": each for n, each in enumerate(ratings)})
    assert not (found.awaiting and found.standing.is_met)
    assert (found.rating is None) == (found.standing is Standing.NO_RETURN)
