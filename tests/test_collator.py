"""The collator's guide, run as it stands: two quarters, from a Word table and in Southend's own plan."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from builders import Jtai
from places import ROOT
from repositories import Repo, a_repository

GUIDE = (ROOT / "docs/collator.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```text\n(.*?)^```$", GUIDE, flags=re.MULTILINE | re.DOTALL)
COMMANDS = [each for block in BLOCKS for each in block.splitlines() if each.startswith("jtai ")]


def from_a_word_table(folder: Path, jtai: Jtai) -> Path:
    """A repository that `jtai init` makes from a Word table."""
    word = Document()
    table = word.add_table(rows=1, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Action", "Lead", "Outcome"), strict=True):
        cell.text = words
    for action, lead in (("Review referrals", "Police"), ("Train staff", "Council"), ("Ask families", "Council")):
        for cell, words in zip(table.add_row().cells, (action, lead, "It is better"), strict=True):
            cell.text = words
    word.save(str(folder / "plan.docx"))
    made = ("--title", "A plan", "--partnership", "A partnership", "--collator", "The council", "--board", "LSCB")
    ran = jtai("init", "new", "--from", "plan.docx", *made, "--first-quarter", "Q2 2018/19")
    assert ran.status == 0, ran.err
    return folder / "new"


def southend(folder: Path, _jtai: Jtai) -> Path:
    """This repository's own plan."""
    shutil.copytree(ROOT / "plan", folder / "southend/plan", ignore=shutil.ignore_patterns(".jtai"))
    shutil.copy(ROOT / ".gitignore", folder / "southend/.gitignore")
    return folder / "southend"


def filled_in(root: Path, period: str) -> None:
    """The forms come back: every agency rates everything."""
    (root / "forms/returned").mkdir(exist_ok=True)
    for form in sorted((root / f"forms/{period}").glob("*.xlsx")):
        book = load_workbook(form)
        sheet = book["Return"]
        head = next(row for row in sheet.iter_rows() if any(cell.value == "Rating" for cell in row))
        column = next(cell.column for cell in head if cell.value == "Rating")
        for row in range(head[0].row + 1, sheet.max_row + 1):
            sheet.cell(row, column).value = "Amber"
        book.save(root / "forms/returned" / form.name)


@pytest.mark.once
@pytest.mark.parametrize("make", [from_a_word_table, southend])
def test_the_guide_runs_two_quarters_and_leaves_a_trail(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, make: object
) -> None:
    assert callable(make)
    root = make(tmp_path, jtai)
    plan = (root / "plan/plan.yaml").read_text()
    monkeypatch.chdir(root)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Kit Example")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "kit@example.org")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Kit Example")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "kit@example.org")
    repo = Repo(root) if (root / ".git").exists() else a_repository(root)
    repo.commit("Begin")
    action = "T2.2" if "T2.2" in plan else re.findall(r"id: (T\d+\.\d+)", plan)[0]
    for quarter, period, year in (("Q2 2018/19", "2018-19-Q2", "2018-10"), ("Q3 2018/19", "2018-19-Q3", "2019-01")):
        for command in COMMANDS:
            said = command.replace("Q2 2018/19", quarter).replace("2018-10", year).replace("T2.2", action)
            if "--dry-run" in said:
                filled_in(root, period)
            ran = jtai(*shlex.split(said)[1:])
            assert ran.status == 0, f"{said}\n{ran.out}{ran.err}"
    assert repo.git("status", "--porcelain") == ""
    told = jtai("log", action).out
    assert "no return → amber, recorded by Kit Example" in told or "amber, recorded by Kit Example" in told
    assert "closed" in jtai("log", "-q", "2018-19-Q2", "--format", "md").out.lower()
    assert "Closed: by The collator" in jtai("status", "-q", "2018-19-Q3").out
    assert jtai("report", "--check").status == 0
    assert jtai("check", "-q", "2018-19-Q3").status == 0


def test_the_guide_saves_after_every_step() -> None:
    assert sum(command == "jtai save" for command in COMMANDS) == 5
