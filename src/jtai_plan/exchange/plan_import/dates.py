"""The days that a plan names, in the ways in which people write them in a column such as "By when"."""

import re
from datetime import date
from functools import lru_cache

from jtai_plan.errors import NothingWritten
from jtai_plan.model.days import day_of
from jtai_plan.rules.new_plan import LENGTHS, periods

_OF_DUE_DAYS = re.compile(
    r"(?:by )?when|due(?: dates?| by)?|date due|timescales?|timeframes?|deadlines?|target dates?|"
    r"(?:(?:target|planned|expected|projected|estimated|anticipated|proposed|agreed|revised) )*"
    r"(?:completion|implementation|delivery|finish|end) dates?|(?:to be )?completed? by|"
    r"(?:target )?date (?:for|of) (?:completion|implementation|delivery)|end|finish"
)
"""What a column of due days is called, and nothing else but a remark in brackets: "due date (action in place)"."""
_BEFORE = re.compile(r"^(?:by)?\s*(?:the\s+)?(?:end\s+(?:of\s+)?)?", re.IGNORECASE)
_SHORT_DAY = re.compile(r"^(\d\d?(?:st|nd|rd|th)?[-/. ](?:\d\d?|[a-z]{3,9})[-/. ])['’]?(\d\d)$", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(r"^(?:0?([1-9])|(1[0-2]))/(\d{4})$")
_SHORT_YEAR = re.compile(r"^([a-z]{3,9})\.?(?:\s*['’-]\s*(\d\d)|\s+([12]\d|30))$", re.IGNORECASE)
"""A number behind a space may be a day: "May 31", and even "May 05"."""
_SHORT_YEARS = re.compile(r"\b(\d\d)\s*[/-]\s*(\d\d)$")


def is_of_due_days(name: str) -> bool:
    """Whether a column called *name* says by when an action should be complete."""
    plain = re.sub(r"^\d+\.|[?:*]|\([^()]*\)\s*$", "", name)
    parts = re.split(r"\s*(?:/|&|\band\b|\bor\b)\s*", " ".join(plain.lower().split()))
    return all(_OF_DUE_DAYS.fullmatch(each) for each in parts)


@lru_cache(1_000)
def last_day_of(words: str) -> date | None:
    """The day that *words* name, or the last one of their month, quarter, term or half-year; None if they do not.

    Such as "30/09/2019", "09/2019", "by end of Sept 2019", "Q3 19/20" and "Autumn term 2019". "Ongoing" names none.
    """
    words = _BEFORE.sub("", " ".join(words.split()).rstrip("."))
    if found := day_of(_SHORT_DAY.sub(r"\g<1>20\2", words)):
        return found
    words = re.sub(r"^quarter\s+(?=[1-4]\b)", "Q", re.sub(r"(?<=[A-Za-z])\.", "", words), flags=re.IGNORECASE)
    words = _MONTH_OF_YEAR.sub(lambda found: f"{found[3]}-{int(found[1] or found[2]):02}", words)
    words = _SHORT_YEAR.sub(lambda found: f"{found[1]} 20{found[2] or found[3]}", words)
    words = words if re.search(r"\d{4}", words) else _SHORT_YEARS.sub(r"20\1/\2", words)
    for every in LENGTHS:
        try:
            return periods(every, words, 1)[0].last_day
        except NothingWritten:
            continue
    return None
