"""Workbooks that were made to exhaust whoever reads them: both commands that read them stay within time and memory."""

from pathlib import Path

import pytest

from attack import attacked
from builders import Q2, an_action, plan_values, return_values, written
from exchange.test_untrusted import EXCEL, SHEET, as_utf16, excel_workbook
from hostile import rewritten

pytestmark = [pytest.mark.once, pytest.mark.posix]


@pytest.mark.parametrize("kind", EXCEL)
def test_a_workbook_that_would_take_too_much_takes_little(tmp_path: Path, kind: str) -> None:
    changes, _ = EXCEL[kind]
    root = tmp_path / "plan"
    written(root, plan_values(an_action("T1.1")), {("police", Q2): return_values(Q2, {("T1.1", "impact"): "red"})})
    file = excel_workbook(tmp_path / "book.xlsx", changes)
    if not changes:
        rewritten(SHEET, as_utf16)(file)
    for call in (("collect", str(file)), ("init", str(tmp_path / "new"), "--from", str(file), "--dry-run")):
        ran = attacked(root, *call)
        assert (ran.status, "book.xlsx: " in ran.said) == (1, True)
