"""What was rated complete stands in later periods, where the plan says so, and is shown as carried."""

import io
import json
import sys
from typing import Any

import pytest
from openpyxl import load_workbook

from builders import (
    PERIODS,
    Q1,
    Q2,
    Q3,
    Q4,
    Jtai,
    a_partnership,
    a_plan,
    a_return,
    an_action,
    plan_values,
    return_values,
    written,
)
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.partnership import Partnership
from jtai_plan.rules.judge.collate import CollatedCell, collate
from jtai_plan.rules.judge.history import Movement
from jtai_plan.rules.judge.judgement import judge
from jtai_plan.rules.judge.trajectory import Standing

CELL = ("T1.1", "process")


def partnership(returns: dict[str, dict[str, Any]], *leads: str, stands: bool = True) -> Partnership:
    """Agencies, each with its rating of T1.1 process by period."""
    plan = a_plan(an_action("T1.1", *leads), complete_stands=stands)
    made = {
        agency: [a_return(period, {CELL: rating}) for period, rating in ratings.items()]
        for agency, ratings in returns.items()
    }
    return a_partnership(plan, made)


def cell_of(known: Partnership, period: str) -> CollatedCell:
    return next(each for each in collate(known, period).cells if each.dimension == "process")


def test_it_stands_and_says_since_when() -> None:
    known = partnership({"police": {Q2: "red", Q3: "blue"}}, "police")
    for period in (Q4, Q1):
        cell = cell_of(known, period)
        assert (cell.rating, cell.standing, cell.judgement.carried_from) == ("blue", Standing.ON_TRACK, Q3)
        assert (cell.over_time.silent_for, cell.over_time.last_heard) == (0, Q3)
        assert cell.over_time.movement is Movement.UNCHANGED
        assert cell.judgement.awaiting == ()


def test_without_it_silence_is_silence() -> None:
    cell = cell_of(partnership({"police": {Q3: "blue"}}, "police", stands=False), Q4)
    assert (cell.rating, cell.standing, cell.judgement.carried_from) == (None, Standing.NO_RETURN, None)


@pytest.mark.parametrize("last", ["amber", "grey", "red"])
def test_only_what_is_complete_stands(last: str) -> None:
    cell = cell_of(partnership({"police": {Q2: "blue", Q3: last}}, "police"), Q4)
    assert (cell.rating, cell.standing) == (None, Standing.NO_RETURN)


def test_a_later_rating_ends_it() -> None:
    known = partnership({"police": {Q2: "blue", Q4: "amber"}}, "police")
    assert cell_of(known, Q3).judgement.carried_from == Q2
    assert (cell_of(known, Q4).rating, cell_of(known, Q4).judgement.carried_from) == ("amber", None)
    assert cell_of(known, Q1).rating is None


def test_each_lead_speaks_for_itself() -> None:
    known = partnership({"police": {Q3: "blue"}, "health": {Q3: "amber"}}, "police", "health")
    cell = cell_of(known, Q4)
    assert dict(cell.judgement.ratings) == {"police": "blue", "health": None}
    assert (cell.standing, cell.judgement.awaiting) == (Standing.PART_RETURNED, ("health",))


@pytest.mark.parametrize(("board", "since"), [("red", None), ("blue", Q3)])
def test_a_board_that_rated_less_has_the_last_word(board: str, since: str | None) -> None:
    known = partnership({"police": {Q3: "blue"}}, "police")
    decided = {"rating": board, "reason": "R", "board": "lscb", "on": "2019-01-20"}
    record = BoardRecord.model_validate({"moderated": {"T1.1": {"process": decided}}})
    known = known._replace(board_records={Q3: record})
    assert cell_of(known, Q4).judgement.carried_from == since


def test_a_restricted_rating_is_withheld_wherever_it_stands() -> None:
    known = partnership({"police": {Q3: {"rating": "blue", "restricted": True}}}, "police")._replace(public=True)
    action = known.plan.actions["T1.1"]
    withheld = [judge(known, action, "process", period).withheld for period in PERIODS]
    assert withheld == [False, True, True, True]


def test_check_and_report_say_since_when(tmp_path: Any, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    values = plan_values(an_action("T1.1", "police")) | {"complete_stands": True}
    cells: dict[tuple[str, str], Any] = {("T1.1", each): "blue" for each in ("process", "impact", "performance")}
    written(tmp_path, values, {("police", Q3): return_values(Q3, cells), ("police", Q4): return_values(Q4, {})})
    monkeypatch.chdir(tmp_path)
    said = json.loads(jtai("check", "-q", Q4, "--format", "json").out)
    assert {(each["rating"], each["carried_from"]) for each in said["cells"]} == {("blue", Q3)}
    assert said["counts"]["no-return"] == 0
    assert "unchanged-for" not in {each["rule"] for each in said["findings"]}
    assert jtai("report", "-q", Q4, "--format", "md").status == 0
    report = (tmp_path / f"reports/{Q4}/board-report.md").read_text()
    assert "##### T1.1 Impact: Blue (B), on track, as rated in Q3 2018/19" in report
    assert "= stands from an earlier period" in report
    assert r"| B\= |" in report
    assert "No update from" not in report
    assert "as rated in Q3 2018/19" in jtai("show", "T1.1").out


def test_what_stands_is_not_asked_for_again(tmp_path: Any, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two periods after it was rated: the one before alone does not tell."""
    values = plan_values(an_action("T1.1", "police")) | {"complete_stands": True}
    cells: dict[tuple[str, str], Any] = {("T1.1", each): "blue" for each in ("process", "impact")}
    written(tmp_path, values, {("police", Q2): return_values(Q2, cells)}, {Q4: {"asks": []}})
    monkeypatch.chdir(tmp_path)
    reminded = jtai("remind", "-q", Q4).out
    assert "T1.1 performance" in reminded
    assert "T1.1 impact" not in reminded
    monkeypatch.setattr(sys, "stdin", io.StringIO("<\n\nred\n\n\nKim\n"))
    guided = jtai("rate", "--agency", "police", "-q", Q4).out
    assert guided.startswith("\n3 of 3: T1.1 Performance")
    assert "  Stands: blue, as rated in Q2 2018/19. Enter leaves it so.\n" in guided
    assert "Nothing is missing." in guided
    assert jtai("forms", "-q", Q4).status == 0
    sheet = load_workbook(tmp_path / f"forms/{Q4}/{Q4}-police.xlsx")["Return"]
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "Blue, as rated in Q2 2018/19. It stands if you leave this row empty." in words
