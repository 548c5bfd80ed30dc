"""What is worth asking about a plan, and how it is answered."""

from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Q3, Q4, Jtai, a_partnership, a_plan, a_return, an_action, plan_values, written
from jtai_plan.files.load import load
from jtai_plan.model.plan import Plan
from jtai_plan.rules.checks.catalogue import queries
from jtai_plan.rules.checks.catalogue.rule import Rule
from jtai_plan.rules.checks.period import run_checks
from jtai_plan.rules.judge.collate import collate
from places import ROOT

ABOUT_THE_PLAN = {rule.id for rule in vars(queries).values() if isinstance(rule, Rule)}
AREAS = {"count": 1, "items": [{"id": "A1", "summary": "Plans drift"}]}


def asked(plan: Plan, ratings: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """The rule and message of every query about *plan*, when the police returned *ratings* of T1.1 by dimension."""
    cells = {("T1.1", dimension): rating for dimension, rating in (ratings or {}).items()}
    collation = collate(a_partnership(plan, {"police": [a_return(Q3, cells)]}), Q3)
    return [(each.rule, each.message) for each in run_checks(collation) if each.rule in ABOUT_THE_PLAN]


def with_scale(**more: Any) -> Plan:
    """A plan in whose scale *more* is said of a rating."""
    scale = plan_values()["scale"]
    return a_plan(scale={**scale, **{name: {**scale[name], **values} for name, values in more.items()}})


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        pytest.param(a_plan(), [], id="nothing"),
        pytest.param(
            with_scale(grey={"means": {"process": "x", "impact": "y"}}),
            [("undefined-rating", "the key gives grey no meaning for performance")],
            id="a rating without a meaning for a dimension",
        ),
        pytest.param(
            with_scale(blue={"means": {"process": "Done, impact seen", "impact": "Seen", "performance": "Met"}}),
            [
                (
                    "misplaced-definition",
                    "blue means that process/activity is complete, but its definition mentions impact",
                )
            ],
            id="a definition of complete that speaks of another dimension",
        ),
        pytest.param(
            a_plan(
                an_action("T1.1", "police", starts=Q4, expected={"impact": {Q2: ["red"], Q3: ["red"], Q4: ["blue"]}})
            ),
            [
                (
                    "unreachable-expectation",
                    (
                        f"T1.1 impact has a step for {quarter} 2018/19 that never applies: the action starts in "
                        "Q4 2018/19, when a later step applies"
                    ),
                )
                for quarter in ("Q2", "Q3")
            ],
            id="steps before the start",
        ),
        pytest.param(
            a_plan(an_action("T1.1", "police", starts=Q4, expected={"impact": {Q3: ["amber"]}})),
            [],
            id="a step that holds on from before the start",
        ),
        pytest.param(
            a_plan(areas_for_improvement={"count": 29}),
            [("areas-not-recorded", "0 of 29 areas for improvement are recorded")],
            id="areas that are only counted",
        ),
        pytest.param(
            a_plan(areas_for_improvement=AREAS),
            [("area-not-addressed", "no action addresses A1, “Plans drift”")],
            id="an area that no action addresses",
        ),
        pytest.param(
            a_plan(
                an_action(
                    "T1.1",
                    "police",
                    addresses=["A1"],
                    withdrawn={"from": Q2, "board": "lscb", "on": "2018-07-12", "reason": "Done"},
                ),
                areas_for_improvement=AREAS,
            ),
            [("area-not-addressed", "no action addresses A1, “Plans drift”")],
            id="an area whose only action is withdrawn",
        ),
    ],
)
def test_what_is_worth_asking(plan: Plan, said: list[tuple[str, str]]) -> None:
    assert asked(plan) == said


ADDRESSED = a_plan(an_action("T1.1", "police", addresses=["A1"]), areas_for_improvement=AREAS)


@pytest.mark.parametrize(
    ("ratings", "is_asked"),
    [
        ({"process": "blue", "impact": "amber", "performance": "blue"}, True),
        ({"process": "blue", "performance": "blue"}, True),
        ({"process": "blue", "impact": "blue", "performance": "blue"}, False),
        ({"process": "blue", "impact": "amber", "performance": "amber"}, False),
        ({}, False),
    ],
)
def test_an_area_whose_every_action_is_complete_while_its_impact_is_not(
    ratings: dict[str, str], *, is_asked: bool
) -> None:
    said = (
        "complete-without-impact",
        "T1.1 is complete in everything but impact, and no other action addresses A1, “Plans drift”",
    )
    assert asked(ADDRESSED, ratings) == ([said] if is_asked else [])


def test_an_answered_query_is_printed_as_answered_and_no_longer_counted(tmp_path: Path, jtai: Jtai) -> None:
    values = plan_values(areas_for_improvement={"count": 29})
    written(tmp_path, values)
    assert jtai("check", "--fail-on", "query").status == 1
    assert "Worth asking (1)\n  0 of 29 areas for improvement are recorded" in jtai("check").out
    written(tmp_path, values | {"answers": {"areas-not-recorded": "The report lists none"}})
    assert (
        "Worth asking (0)\n"
        "  0 of 29 areas for improvement are recorded (areas-not-recorded).\n"
        "    Answered: The report lists none\n" in jtai("check").out
    )


def test_what_is_worth_asking_about_southends_plan() -> None:
    collation = collate(load(ROOT).trusted(), "2018-19-Q2")
    assert [each.message for each in run_checks(collation) if each.rule in ABOUT_THE_PLAN] == [
        "the key gives grey no meaning for performance",
        "blue means that process/activity is complete, but its definition mentions impact",
        "blue means that performance is complete, but its definition mentions impact",
        "0 of 29 areas for improvement are recorded",
    ]
