"""Tables on terminals of any width."""

import re

import pytest

from jtai_plan.output.terminal import Table, line, show_table


def test_a_narrow_terminal_cuts_the_last_column_and_no_id(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    row = tuple(map(line, ("T1.1", "A A B B", "R R!A B?", "R R!A!B(G)", "Revise the strategy, and say who does what")))
    show_table(Table(("", "Process", "Impact", "Performance", "Action"), (row,)))
    head, told = re.sub("\x1b\\[[0-9;]*m", "", capsys.readouterr().out).splitlines()
    assert head.split() == ["Process", "Impact", "Performance", "Action"]
    assert told.startswith("T1.1  A A B B  R R!A B?  R R!A!B(G)   Revise")
    assert told.endswith("…")
    assert max(len(head), len(told)) <= 50
