"""Which characters text may hold, and how text that nobody has checked is printed."""

import re

# A control character would reach the reader's terminal through `check`, and no font prints one. Those that turn the
# direction of what follows make a line read as something that it does not say.
CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(f"[{CONTROLS}]")


def without_controls(text: str) -> str:
    """*text* that nobody has checked, as it may be printed: a sign stands for each control character."""
    return _CONTROL.sub("\ufffd", text)


def one_line(text: object) -> str:
    """*text* that nobody has checked, as it may be printed within a line: no line break, no control character."""
    return without_controls(" ".join(str(text).split()))
