"""What people type about a rating: evidence, a recovery, a number, a day."""

import re
from collections.abc import Mapping

from jtai_plan.errors import NothingWritten
from jtai_plan.model.days import EXAMPLES, day_of

EVIDENCE = {"what": "what", "where": "where", "dated": "date"}
"""The parts of a piece of evidence, each with what a message calls it."""
RECOVERY = {"plan": "plan", "by": "date"}
"""The parts of a recovery, in the same way."""


def parts(what: str, words: str, keys: Mapping[str, str]) -> dict[str, str]:
    """The parts of "plan | 2018-12-31" by *keys*, which name each part; all but the first may be left out.

    Raises NothingWritten, which says *what* has not the right form.
    """
    said = [part.strip() for part in words.split("|")]
    if len(said) > len(keys) or not said[0]:
        form = " | ".join(keys.values())
        raise NothingWritten(f"{what} '{words}' is not of the form '{form}'.")
    return {
        key: day(what, part) if key in ("by", "dated") else part for key, part in zip(keys, said, strict=False) if part
    }


def day(what: str, words: str) -> str:
    """The day that *words* name, as files have it. Raises NothingWritten."""
    if (found := day_of(words)) is None:
        raise NothingWritten(f"{what}: '{words}' is not a date. Write it as {EXAMPLES}.")
    return found.isoformat()


def number(words: str) -> float | None:
    """The number that *words* are; None if they are none."""
    if not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", words):
        return None
    return float(words) if "." in words else int(words)
