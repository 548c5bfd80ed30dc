"""Text that nobody has checked, as it may be printed."""

import pytest

from jtai_plan.model.text import one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  two\n\nlines\t", "two lines"),
        ("a\u2028b\x85c\rd\x1ee", "a b c d e"),
        ("\x1b]0;pwn\x07 \u202eback", "\ufffd]0;pwn\ufffd \ufffdback"),
    ],
)
def test_no_break_and_no_control_is_left_in_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown
