"""docs/start.md does what it says, from a Word table to a report."""

import re
import shlex
from pathlib import Path

import pytest

from builders import Jtai
from exchange.plan_import.office_files import word
from places import ROOT

TABLE = [
    ("Ref", "What will we do?", "Owner", "By when", "RAG"),
    ("1", "Train staff", "Head of Service", "Sept 2024", "A"),
    ("2", "Audit cases", "Police", "Ongoing", "R"),
]


def test_the_first_half_hour(tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    word(tmp_path / "agreed.docx", ("Heading 1", "Theme 1: Practice"), TABLE)
    blocks = re.findall(r"```text\n(.*?)```", (ROOT / "docs/start.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    calls = [shlex.split(line) for block in blocks for line in block.splitlines()]
    assert len(calls) == 8
    for program, *call in calls:
        if program == "cd":
            monkeypatch.chdir(call[0])
            continue
        ran = jtai(*call)
        assert (program, ran.status) == ("jtai", 0), ran.err
    report = (tmp_path / "our-plan/reports/2024-25-Q2/board-report.md").read_text(encoding="utf-8")
    for words in (
        "Train staff",
        "- Reference: 1\n",
        "- Due: 30 September 2024\n",
        "- By when: Ongoing\n",
        "Lead: Head of Service, Council",
        "- RAG: A\n",
    ):
        assert words in report
