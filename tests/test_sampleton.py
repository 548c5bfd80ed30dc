"""The example of a plan with due days, one dimension and red, amber and green reads as naturally as the others."""

import re
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import load_workbook

from builders import Jtai
from places import BY_DUE_DAYS

AT = ("--plan", str(BY_DUE_DAYS), "-q", "2024-06")


def test_what_is_behind_says_when_it_was_due(jtai: Jtai) -> None:
    said = jtai("check", *AT).out
    assert said.startswith(
        "Sampleton improvement plan for special educational needs: June 2024\n"
        "Of 4 ratings: 1 on track, 1 part returned, 1 behind, 1 no return\n"
    )
    assert "T1.1 progress: amber; green was due by 30 June 2024. Newly behind\n" in said
    assert "T1.2 progress (new): lowered from June 2024 by Improvement Board on 11 June 2024" in said


def test_a_moved_day_stays_in_sight(jtai: Jtai) -> None:
    said = jtai("show", "1.2", "--plan", str(BY_DUE_DAYS)).out
    assert "Due: 31 August 2024 (first 31 May 2024)\n" in said
    assert "Progress: amber, behind; green was due by 31 May 2024\n" in said


def test_the_reports_that_lie_there_are_up_to_date(jtai: Jtai) -> None:
    assert jtai("report", *AT, "--check").status == 0


@pytest.mark.parametrize(
    "words",
    [
        "Amber; Green expected, due 30 June 2024",
        "- Due: 31 August 2024 (first 31 May 2024)",
        "- Milestone: 31 May 2024: Half of them are done (gone by)",
        "A2 Parents are not asked what would help (partly agreed)",
        "Amber or Green is expected before the day on which an action is due, and Green from then on.",
    ],
)
def test_the_report_tells_days_milestones_and_responses(words: str) -> None:
    report = (BY_DUE_DAYS / "reports/2024-06/board-report.md").read_text(encoding="utf-8")
    assert words in report


def test_the_form_says_by_when_and_comes_back(tmp_path: Path, jtai: Jtai) -> None:
    plan = tmp_path / "sampleton"
    copytree(BY_DUE_DAYS, plan)
    at = ("--plan", str(plan))
    assert jtai("forms", *at, "-q", "2024-06", "--agency", "council", "--out", str(tmp_path / "forms")).status == 0
    (form,) = (tmp_path / "forms").rglob("*.xlsx")
    assert load_workbook(form)["Return"]["E7"].value == "Amber or Green, due 31 July 2024"
    assert jtai("collect", str(form), *at).status == 0


def test_its_colours_are_those_of_its_scale() -> None:
    report = (BY_DUE_DAYS / "reports/2024-06/board-report.html").read_text(encoding="utf-8")
    assert set(re.findall(r"\.chip-([\w-]+) \{", report)) >= {"red", "amber", "green"}
