"""Which characters text may hold, and how text that nobody has checked is printed."""

import re

# A control character would reach the reader's terminal through `check`, and no font prints one. Those that change the
# direction of text make a line read as something else.
CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
# A byte of a file's name that is not text becomes a character that no encoding can print.
_CONTROL = re.compile(f"[{CONTROLS}\ud800-\udfff]")
_BREAK = re.compile("[\t\n\u2028\u2029]")


def without_controls(text: str) -> str:
    """*text* that nobody has checked, made safe to print: each control character becomes a sign."""
    return _CONTROL.sub("\ufffd", text)


def harmless(text: str) -> str:
    """*text* for a terminal, without control characters. A byte that is no letter stays, and is printed as a number."""
    return re.sub(f"[{CONTROLS}]", "\ufffd", text)


def name_as_shown(name: str) -> str:
    """The *name* of a file or folder, which can hold any character, made safe to print."""
    return without_controls(_BREAK.sub("\ufffd", name))


def one_line(text: object) -> str:
    """*text* that nobody has checked, made safe to print within a line: each break becomes a space."""
    return without_controls(" ".join(str(text).split()))


def cut(words: str, longest: int | None) -> str:
    """*words*, cut to *longest* characters."""
    return words if longest is None or len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def with_line_feeds(content: bytes) -> bytes:
    """The *content* of a file, the same whatever line ends git gave it on this machine."""
    return content.replace(b"\r\n", b"\n")
