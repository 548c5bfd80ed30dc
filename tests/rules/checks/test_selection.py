"""Which rules of `jtai check` are shown and counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from builders import Jtai, plan_values, written

OWED = {"no-return", "no-measures", "unsigned"}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of one action, of which nothing has come."""
    return written(tmp_path, plan_values())


def rules(jtai: Jtai, *arguments: str) -> set[str]:
    """The rules of what `jtai check` finds."""
    return {each["rule"] for each in json.loads(jtai("check", "--format", "json", *arguments).out)["findings"]}


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ((), OWED),
        (("--select", "no-return"), {"no-return"}),
        (("--select", "no-return,unsigned"), {"no-return", "unsigned"}),
        (("--select", "no-return", "--select", "unsigned, no-measures"), OWED),
        (("--ignore", "no-return,unsigned"), {"no-measures"}),
        (("--ignore", "NO-RETURN", "--ignore", "unsigned"), {"no-measures"}),
        (("--select", "no-return,unsigned", "--ignore", "unsigned"), {"no-return"}),
        (("--select", "overdue"), set()),
    ],
)
@pytest.mark.usefixtures("plan")
def test_select_shows_only_these_rules_and_ignore_wins(jtai: Jtai, arguments: tuple[str, ...], shown: set[str]) -> None:
    assert rules(jtai, *arguments) == shown


@pytest.mark.usefixtures("plan")
def test_what_is_not_shown_is_not_counted_and_their_number_is_told(jtai: Jtai) -> None:
    assert jtai("check", "--fail-on", "missing").status == 1
    ran = jtai("check", "--fail-on", "missing", "-q", "2018-19-Q2", "--select", "overdue")
    assert ran.status == 0
    assert ran.err == (
        "Not shown and not counted: 5 findings (--select, --ignore, or checks: ignore in plan/plan.yaml).\n"
    )


@pytest.mark.usefixtures("plan")
def test_missing_ratings_that_are_left_out_are_not_said_to_be_none(jtai: Jtai) -> None:
    assert "Missing, by agency (3 ratings)" in jtai("check", "--ignore", "unsigned").out
    told = jtai("check", "--ignore", "no-return").out
    assert "Missing, by agency" not in told
    assert "No rating is missing" not in told


def test_late_ratings_that_are_left_out_are_not_said_to_be_none(tmp_path: Path, jtai: Jtai) -> None:
    cells = {dimension: {"rating": "red"} for dimension in ("process", "impact", "performance")}
    returned = {"period": "2018-19-Q4", "actions": {"T1.1": cells}}
    written(tmp_path, plan_values(), {("police", "2018-19-Q4"): returned})
    assert "Behind what was expected (3)" in jtai("check").out
    told = jtai("check", "--ignore", "behind").out
    assert "Behind what was expected" not in told
    assert "No returned rating is behind" not in told


def test_an_error_that_is_not_selected_is_named_among_what_is_left_out(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(), {("police", "2018-19-Q2"): {"period": "2018-19-Q3"}})
    assert jtai("check").status == 1
    ran = jtai("check", "--select", "no-return")
    assert (ran.status, "Files to correct" in ran.out) == (0, False)
    assert "Not shown and not counted: 3 findings, 1 error among them" in ran.err


def test_a_plan_that_cannot_be_read_is_told_of_whatever_is_selected(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(title=""))
    ran = jtai("check", "--select", "no-return")
    assert (ran.status, "plan/plan.yaml:1:" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--select", "no-retrun"), "there is no rule 'no-retrun'. Did you mean 'no-return'?"),
        (("--ignore", "unsigned,xyz"), "there is no rule 'xyz'. To list the rules: jtai explain."),
        (
            ("--ignore", "unknown-name"),
            "'unknown-name' is an error, and errors cannot be ignored. Correct the file instead.",
        ),
    ],
)
@pytest.mark.usefixtures("plan")
def test_a_call_that_cannot_be_carried_out_is_refused(jtai: Jtai, arguments: tuple[str, ...], message: str) -> None:
    ran = jtai("check", *arguments)
    assert (ran.status, ran.out, ran.err) == (2, "", f"jtai: {message}\n")


def test_the_plan_can_leave_rules_out(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(checks={"ignore": ["unsigned", "no-measures"]}))
    assert rules(jtai) == {"no-return"}
    assert rules(jtai, "--select", "no-return,unsigned") == {"no-return"}
    assert "Not shown and not counted: 2 findings" in jtai("check").err


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        ({"ignore": ["unsinged"]}, "there is no rule 'unsinged'. Did you mean 'unsigned'?"),
        (
            {"ignore": ["unsigned", "unknown-name"]},
            "'unknown-name' finds errors, and an error cannot be ignored. Delete it from the list.",
        ),
    ],
)
def test_what_the_plan_cannot_ignore_is_an_error(
    tmp_path: Path, jtai: Jtai, checks: dict[str, Any], sentence: str
) -> None:
    written(tmp_path, plan_values(checks=checks))
    ran = jtai("check")
    assert (ran.status, sentence in ran.out) == (1, True)
