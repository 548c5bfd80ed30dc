"""Text that nobody has checked, as it may be printed."""

import pytest

from jtai_plan.model.text import name_as_shown, one_line


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


def test_no_name_of_a_file_can_break_a_line_or_fail_to_be_printed() -> None:
    assert name_as_shown("a\nb\tc\u2028d\udce9\x1b.yaml") == "a\ufffdb\ufffdc\ufffdd\ufffd\ufffd.yaml"
    assert name_as_shown("2018-19-Q3 Kopie – é.yaml") == "2018-19-Q3 Kopie – é.yaml"
