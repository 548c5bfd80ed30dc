"""A command parses each file that it needs once, and once more each file that it writes, to check it."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from builders import PERIODS, Q2, Q3, Jtai, an_action, plan_values, return_values, written
from jtai_plan.files import document
from jtai_plan.files.load import load
from jtai_plan.files.yaml_values import Parsed, parse_yaml
from jtai_plan.model.partnership import PLAN, agency_path, board_path, return_path, sign_off_path

MEASURE = {"id": "referrals", "action": "T1.1", "dimension": "impact", "description": "Referrals"}
ACTIONS = [an_action(f"T1.{n}", "police", "health") for n in range(1, 4)]
MEETING = ("--board", "lscb", "--on", "2018-10-20", "--minute", "7")
ONCE_EACH = {PLAN: 1, agency_path("police"): 1, agency_path("health"): 1}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan with a return of two agencies for every period, and a boards' record of every period."""
    said = {(action["id"], "impact"): "red" for action in ACTIONS}
    returns = {(agency, period): return_values(period, said) for agency in ("police", "health") for period in PERIODS}
    asks = {period: {"asks": [{"id": f"ask-{period}", "board": "lscb", "ask": "A room"}]} for period in PERIODS}
    agencies = {"police": {"name": "Police", "governance_board": {"name": "Its board"}, "measures": [MEASURE]}}
    return written(tmp_path, plan_values(*ACTIONS), returns, asks, agencies)


@pytest.fixture
def parses(plan: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the file at each path is parsed from now on."""
    counted: Counter[str] = Counter()

    def counting(path: str, text: str) -> Parsed:
        counted[path] += 1
        return parse_yaml(path, text)

    monkeypatch.setattr(document, "parse_yaml", counting)
    return counted


RATE = ("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q3, "--update", "Done.", "--measure")
FIVE_VALUES = (*RATE, "referrals=3", "--evidence", "Audit | Share | 2018-11-01", "--recovery", "Hire | 2019-01-31")


def test_a_rating_with_five_values_parses_its_return_twice(plan: Path, jtai: Jtai, parses: Counter[str]) -> None:
    assert jtai(*FIVE_VALUES).status == 0
    before = {return_path("police", Q2): 1, board_path(Q2): 1, board_path(Q3): 1}
    assert parses == {**ONCE_EACH, **before, return_path("police", Q3): 2}


def test_a_return_that_is_new_is_parsed_twice(plan: Path, jtai: Jtai, parses: Counter[str]) -> None:
    (plan / return_path("police", Q3)).unlink()
    assert jtai(*FIVE_VALUES).status == 0
    assert parses[return_path("police", Q3)] == 2
    assert load(plan).trusted().rating("police", "T1.1", "impact", Q3) == "amber"


def test_the_form_of_nine_ratings_parses_its_return_twice(plan: Path, jtai: Jtai, parses: Counter[str]) -> None:
    assert jtai("forms", "-q", Q3, "--agency", "health").status == 0
    form = plan / f"forms/{Q3}/{Q3}-health.xlsx"
    book = load_workbook(form)
    sheet = book["Return"]
    heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Rating")
    for row in range(heading.row + 1, heading.row + 10):
        sheet.cell(row, heading.column).value = "Blue"
    book.save(form)
    parses.clear()
    assert jtai("collect", str(form)).status == 0
    before = {return_path("health", Q2): 1, board_path(Q2): 1, board_path(Q3): 1}
    assert parses == {**ONCE_EACH, **before, return_path("health", Q3): 2}
    returned = load(plan).trusted().returns["health", Q3]
    assert all(returned.rating(action["id"], "process") == "blue" for action in ACTIONS)


@pytest.mark.parametrize(
    ("call", "parsed"),
    [
        (("board", "moderate", "T1.1", "impact", "amber", "--reason", "Seen", *MEETING), {board_path(Q3): 2}),
        (("board", "present", *MEETING), {board_path(Q3): 2}),
        (("board", "ask", "Find a room", "--board", "lscb"), {board_path(each): 1 + (each == Q3) for each in PERIODS}),
        (("sign-off", "police", "--on", "2018-10-12"), {return_path("police", Q3): 2, board_path(Q3): 1}),
        (("forms",), {return_path(agency, each): 1 for agency in ("police", "health") for each in (Q2, Q3)}),
        (("remind",), {return_path(agency, each): 1 for agency in ("police", "health") for each in (Q2, Q3)}),
    ],
    ids=" ".join,
)
def test_no_command_parses_more_than_it_needs(
    plan: Path, jtai: Jtai, parses: Counter[str], call: tuple[str, ...], parsed: dict[str, int]
) -> None:
    assert jtai(*call, "-q", Q3).status == 0
    records = {board_path(Q2): 1, board_path(Q3): 1} if call[0] in ("forms", "remind") else {}
    assert parses == {**ONCE_EACH, **records, **parsed}


def test_signing_the_plan_parses_no_return(plan: Path, jtai: Jtai, parses: Counter[str]) -> None:
    assert jtai("sign-off", "police", "--on", "2018-10-12").status == 0
    assert parses == {**ONCE_EACH, sign_off_path("police"): 1}


def test_opening_a_period_parses_no_return(plan: Path, jtai: Jtai, parses: Counter[str]) -> None:
    assert jtai("open", Q3).status == 0
    assert parses == ONCE_EACH


def test_an_action_is_shown_without_the_returns_of_others(tmp_path: Path, jtai: Jtai, parses: Counter[str]) -> None:
    written(tmp_path, plan_values(an_action("T1.1", "police"), an_action("T1.2", "health")))
    assert jtai("show", "T1.1").status == 0
    assert {path for path in parses if "/returns/" in path} == {return_path("police", each) for each in PERIODS}


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_check_parses_every_file_once_and_none_again_for_a_place(
    plan: Path, jtai: Jtai, parses: Counter[str], form: str
) -> None:
    ran = jtai("check", "-q", Q3, "--format", form)
    assert ran.out
    files = {file.relative_to(plan).as_posix() for file in (plan / "plan").rglob("*.yaml")}
    assert parses == dict.fromkeys(files, 1)


def test_closing_a_period_and_issuing_its_reports_parses_no_file_again(
    plan: Path, jtai: Jtai, parses: Counter[str]
) -> None:
    files = {file.relative_to(plan).as_posix() for file in (plan / "plan").rglob("*.yaml")}
    assert jtai("close", Q2, "--by", "Me", "--with-missing").status == 0
    assert parses == {**dict.fromkeys(files, 1), board_path(Q2): 2}
    assert (plan / f"reports/{Q2}/board-report.md").exists()


def test_what_is_known_is_not_parsed_again(plan: Path, parses: Counter[str]) -> None:
    known = load(plan)
    parses.clear()
    path = return_path("police", Q3)
    (plan / path).write_text(f"period: {Q3}\nactions: {{T1.1: {{impact: {{rating: blue}}}}}}\n")
    again: Any = load(plan, known=known).trusted()
    assert parses == {path: 1}
    assert again.rating("police", "T1.1", "impact", Q3) == "blue"
    assert again.returns["health", Q3] is known.trusted().returns["health", Q3]
