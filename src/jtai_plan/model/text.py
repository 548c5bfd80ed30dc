"""Which characters text may hold, and how text that nobody has checked is printed."""

import re

# A control character would reach the reader's terminal through `check`, and no font prints one. Those that turn the
# direction of what follows make a line read as something that it does not say.
CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
# What stands for a byte of a file's name that is no letter cannot be printed in any encoding.
_CONTROL = re.compile(f"[{CONTROLS}\ud800-\udfff]")
_BREAK = re.compile("[\t\n\u2028\u2029]")


def without_controls(text: str) -> str:
    """*text* that nobody has checked, as it may be printed: a sign stands for each control character."""
    return _CONTROL.sub("\ufffd", text)


def name_as_shown(name: str) -> str:
    """The *name* of a file or folder, which can hold any character, as it may be printed."""
    return without_controls(_BREAK.sub("\ufffd", name))


def one_line(text: object) -> str:
    """*text* that nobody has checked, as it may be printed within a line: a space stands for each break."""
    return without_controls(" ".join(str(text).split()))
