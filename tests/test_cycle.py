"""The whole cycle through the command line alone, by the tutorial's own commands."""

import json
import re
import shlex
from pathlib import Path

from builders import Jtai
from places import ROOT

TUTORIAL = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(yaml|sh)\n(.*?)^```$", TUTORIAL, flags=re.MULTILINE | re.DOTALL)


def test_the_tutorial_runs_the_cycle_as_it_stands(tmp_path: Path, jtai: Jtai) -> None:
    said = {}
    for language, text in BLOCKS:
        if language == "yaml":
            first, _, values = text.partition("\n")
            file = tmp_path / first.removeprefix("# ")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(values)
            continue
        for command in text.splitlines():
            program, *arguments = shlex.split(command)
            assert program == "jtai"
            ran = jtai(*arguments)
            assert ran.status == 0, f"{command}\n{ran.err}"
            said[command] = ran.out

    first = (tmp_path / "reports/2021-22-Q1/board-report.md").read_text()
    assert (
        "- Rated by the board itself: Partnership Board, 20 July 2021, lowered from amber: The long form is not in use"
        in first
    )
    assert "- **ask-1**, about T1.2: Who pays for the interviewers? (to Partnership Board;" in first
    assert "T1.2 impact, Council: red to amber, by Improvement officer on " in first
    assert "Council: Audits that agree (per cent) | 40 | 90 | 45 in Q1 2021/22 | moving the right way |\n" in first
    assert "#### council-1 Train new staff with the tool" in first
    second = (tmp_path / "reports/2021-22-Q2/board-report.md").read_text()
    assert "ask-1: Partnership Board, 20 October 2021, minute 3: The council, until March" in second
    assert "- **Back on track (1):** T1.2 process\n" in second
    checked = json.loads(jtai("check", "-q", "2021-22-Q1", "--format", "json").out)
    assert {each["rule"] for each in checked["findings"] if each["severity"] != "query"} == {
        "unranked",
        "approved-earlier-return",
    }
    assert [file.name for file in sorted((tmp_path / "reports/2021-22-Q1").iterdir())] == [
        f"{name}.{form}"
        for name in ("agency-council-report", "agency-police-report", "board-report")
        for form in ("html", "md")
    ]
    overdue = next(out for command, out in said.items() if "--as-of" in command)
    assert "Overdue" not in overdue


def test_the_tutorial_uses_every_command_of_the_cycle() -> None:
    commands = {
        " ".join(shlex.split(line)[1 : 3 if line.startswith("jtai board") else 2])
        for language, text in BLOCKS
        if language == "sh"
        for line in text.splitlines()
    }
    assert commands == {
        "open",
        "rate",
        "sign-off",
        "check",
        "show",
        "report",
        "close",
        "board moderate",
        "board ask",
        "board decide",
        "board present",
    }
