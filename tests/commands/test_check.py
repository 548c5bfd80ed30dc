"""`jtai check`: what a collator sees first, and what a script reads."""

import json
from pathlib import Path

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written

PLAN = plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "health", starts=Q3))
POLICE = return_values(
    Q3,
    {
        ("T1.1", "process"): {"rating": "red", "recovery": {"plan": "Train the new team", "by": "2019-01-31"}},
        ("T1.1", "impact"): "amber",
        ("T1.1", "performance"): "blue",
    },
) | {"approved": {"board": "Police Board", "on": "2019-01-10"}}
HEALTH = return_values(
    Q3,
    {
        ("T1.1", "process"): "blue",
        ("T1.1", "performance"): "grey",
        ("T1.2", "process"): "amber",
        ("T1.2", "impact"): "blue",
    },
)


@pytest.fixture
def plan(tmp_path: Path, jtai: Jtai) -> Path:
    written(tmp_path, PLAN, {("police", Q3): POLICE, ("health", Q3): HEALTH})
    for agency in ("police", "health"):
        assert jtai("sign-off", agency, "--board", "Its board", "--on", "2018-07-12").status == 0
    return tmp_path


def test_the_whole_text_of_a_period(plan: Path, jtai: Jtai) -> None:
    ran = jtai("check", "-q", "Q3 2018/19", "--as-of", "2019-01-12")
    assert (
        ran.out.partition("\nWorth asking")[0]
        == """\
A plan: Q3 2018/19
Of 6 ratings: 1 ahead, 1 on track, 1 part returned, 1 behind, 1 unranked, 1 no return

Behind what was expected (2)
  T1.1 process/activity: red; amber or blue was expected by Q3 2018/19. Newly behind
    Do T1.1
    Police: red. Recovery: Train the new team (by 31 January 2019)
  T1.1 performance: grey; amber was expected by Q3 2018/19. Newly unranked
    Do T1.1
    Health: grey. Recovery: none recorded

Missing, by agency (2 ratings)
  Health: T1.1 (impact); T1.2 (performance)
    Overdue: the return of Health for Q3 2018/19 was due on 11 January 2019 and is 1 day late: 2 ratings still to come.

Missing measures
  Police: none chosen for T1.1
  Health: none chosen for T1.1 and T1.2

Sign-off and approval
  The return for Q3 2018/19 is not approved by the governance board of Health.
"""
    )
    assert (ran.status, ran.err) == (0, "")


def test_nothing_behind_and_nothing_missing_is_said_too(tmp_path: Path, jtai: Jtai) -> None:
    cells = {("T1.1", "process"): "amber", ("T1.1", "impact"): "red", ("T1.1", "performance"): "red"}
    written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, cells)})
    ran = jtai("check")
    assert (
        ran.out
        == """\
A plan: Q2 2018/19
Of 3 ratings: 3 on track

No returned rating is behind

No rating is missing

Missing measures
  Police: none chosen for T1.1

Sign-off and approval
  The plan is not signed off by Police.
  The return for Q2 2018/19 is not approved by the governance board of Police.
"""
    )
    assert ran.err == "Checking Q2 2018/19, the latest period that has a rating.\n"


def test_without_any_rating_the_first_period_is_checked(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    ran = jtai("check")
    assert ran.err == "Checking Q2 2018/19, the first period, because none has a rating yet.\n"
    assert "Of 3 ratings: 3 no return\n" in ran.out


def test_a_plan_that_names_no_day_for_returns_cannot_have_overdue_ones(plan: Path, jtai: Jtai) -> None:
    ran = jtai("check", "-q", "2018-19-Q4", "--as-of", "2030-01-01")
    assert "Overdue" not in ran.out
    assert "gives no day on which returns for Q4 2018/19 are due" in ran.err


def test_a_measure_is_told_of_an_agency_whatever_it_is_called(tmp_path: Path, jtai: Jtai) -> None:
    measure = {"id": "visits", "action": "T1.1", "dimension": "impact", "description": "Visits"}
    agency = {"police": {"name": "Somebody has to", "measures": [measure]}}
    written(tmp_path, plan_values(), agencies=agency)
    assert "\n  Somebody has to: not reported 'visits' (T1.1 impact)\n" in jtai("check").out


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("behind", 1), ("missing", 1), ("query", 1)])
def test_an_honest_red_breaks_nobodys_build_unless_asked_to(plan: Path, jtai: Jtai, fail_on: str, status: int) -> None:
    assert jtai("check", "--fail-on", fail_on).status == status


def test_what_is_missing_does_not_fail_on_behind(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    assert jtai("check", "--fail-on", "behind").status == 0
    assert jtai("check", "--fail-on", "missing").status == 1


def test_one_agency_alone(plan: Path, jtai: Jtai) -> None:
    ran = jtai("check", "--agency", "Police", "-q", Q3)
    assert "Of 3 ratings: 1 part returned, 1 behind, 1 unranked\n" in ran.out
    rest = ran.out.partition("No rating is missing\n")[2].partition("\nWorth asking")[0]
    assert rest == "\nMissing measures\n  Police: none chosen for T1.1\n"


def test_a_return_with_a_fault_is_told_first_and_counts_as_no_return(plan: Path, jtai: Jtai) -> None:
    file = plan / f"plan/agencies/police/returns/{Q3}.yaml"
    file.write_text(file.read_text().replace("rating: red", "rating: ret"))
    ran = jtai("check", "-q", Q3)
    assert ran.status == 1
    assert (
        """\

Files to correct (1)
  plan/agencies/police/returns/2018-19-Q3.yaml:5:15: T1.1 process: there is no rating 'ret'. \
There is red, amber, blue and grey.

"""
        in ran.out
    )
    assert "Police: T1.1 (every dimension)\n" in ran.out


def test_a_plan_that_cannot_be_parsed_is_an_error_and_no_judgement(plan: Path, jtai: Jtai) -> None:
    (plan / "plan/plan.yaml").write_text("title: [A plan\n")
    ran = jtai("check")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("\nFiles to correct (1)\n  plan/plan.yaml:1:8: a bracket is opened here and not closed.")
    assert ran.out.endswith("Nothing can be judged until plan/plan.yaml is corrected.\n")
    assert json.loads(jtai("check", "--format", "json").out) | {"findings": []} == {
        "schema": 2,
        "plan": None,
        "period": None,
        "counts": {
            "ahead": 0,
            "on-track": 0,
            "part-returned": 0,
            "behind": 0,
            "unranked": 0,
            "no-return": 0,
            "not-due": 0,
        },
        "cells": [],
        "additional": [],
        "findings": [],
    }


def test_json_carries_every_cell_in_the_plans_order(plan: Path, jtai: Jtai) -> None:
    ran = jtai("check", "-q", Q3, "--format", "json")
    told = json.loads(ran.out)
    assert (told["schema"], told["plan"], told["period"]) == (2, "A plan", Q3)
    assert [(cell["action"], cell["dimension"]) for cell in told["cells"]] == [
        (action, dimension) for action in ("T1.1", "T1.2") for dimension in ("process", "impact", "performance")
    ]
    assert told["counts"] == {
        "ahead": 1,
        "on-track": 1,
        "part-returned": 1,
        "behind": 1,
        "unranked": 1,
        "no-return": 1,
        "not-due": 0,
    }
    assert told["cells"][0] == {
        "action": "T1.1",
        "theme": "T1",
        "dimension": "process",
        "period": "2018-19-Q3",
        "expected": ["amber", "blue"],
        "rating": "red",
        "standing": "behind",
        "behind_for": 1,
        "short_by": 1,
        "silent_for": 0,
        "movement": "new",
        "notice": "newly-behind",
        "last_heard": None,
        "rebaselined": False,
        "carried_from": None,
        "ratings": {"police": "red", "health": "blue"},
        "awaiting": [],
        "moderated": False,
    }
    assert told["cells"][5]["rating"] is None
    assert told["cells"][5]["behind_for"] is None
    assert told["findings"][0] == {
        "rule": "behind",
        "severity": "behind",
        "message": "T1.1 process/activity is red (Police); amber or blue was expected by Q3 2018/19: newly behind",
        "hint": None,
        "path": "plan/agencies/police/returns/2018-19-Q3.yaml",
        "line": 5,
        "column": 15,
        "agency": "police",
        "action": "T1.1",
        "dimension": "process",
        "period": "2018-19-Q3",
        "answered": None,
    }


def test_a_check_writes_nothing(plan: Path, jtai: Jtai) -> None:
    before = {file: file.read_bytes() for file in plan.rglob("*") if file.is_file()}
    jtai("check", "--format", "json")
    assert {file: file.read_bytes() for file in plan.rglob("*") if file.is_file()} == before
