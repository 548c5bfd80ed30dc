"""What a new plan begins with: its quarters, and which ratings are expected from when on."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from jtai_plan.errors import NothingWritten

KEYS = ("grey", "green")
"""The rating scales that a plan can begin with, by the rating that the others lack."""
_STEPS = {
    "grey": {
        "process": (("red", "amber"), ("amber", "blue"), ("blue",)),
        "impact": (("red",), ("amber",), ("amber", "blue"), ("blue",)),
    },
    "green": {
        "process": (("amber", "green"), ("green", "blue"), ("blue",)),
        "impact": (("red", "amber"), ("amber", "green"), ("green", "blue"), ("blue",)),
    },
}
"""What is expected, step by step. Performance goes as impact does."""
_QUARTERS = (
    re.compile(r"q(?P<quarter>[1-4])\s+(?P<year>(?:19|20|21)\d\d)(?:\s*[/-]\s*(?P<next>\d\d))?", re.IGNORECASE),
    re.compile(r"(?P<year>(?:19|20|21)\d\d)(?:[/-](?P<next>\d\d))?[\s-]+q(?P<quarter>[1-4])", re.IGNORECASE),
)


class Quarter(NamedTuple):
    """A period of a new plan."""

    id: str
    label: str
    first_day: date
    last_day: date


def quarters(first: str, count: int) -> tuple[Quarter, ...]:
    """*count* quarters from the *first*: "Q2 2018/19" of years that begin in April, or "Q2 2024" of calendar years.

    Raises CannotDo if *first* is neither.
    """
    found = next(filter(None, (each.fullmatch(first.strip()) for each in _QUARTERS)), None)
    if found is None or found["next"] not in (None, f"{(int(found['year']) + 1) % 100:02}"):
        raise NothingWritten(
            f"'{first}' is not a quarter. Write Q2 2018/19 for years from April, or Q2 2024 for calendar years."
        )
    begin = int(found["year"]) * 4 + int(found["quarter"]) - 1
    return tuple(_quarter(*divmod(number, 4), financial=bool(found["next"])) for number in range(begin, begin + count))


def this_quarter(today: date) -> str:
    """The label of the quarter that holds *today*, of years that begin in April."""
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 - 1, 4)
    return _quarter(year, quarter, financial=True).label


def _quarter(year: int, place: int, *, financial: bool) -> Quarter:
    """The quarter at *place*, from 0, of *year*; a *financial* year is named for the one in which it begins."""
    months = year * 12 + place * 3 + (3 if financial else 0)
    first, after = (date(each // 12, each % 12 + 1, 1) for each in (months, months + 3))
    years = f"{year}-{(year + 1) % 100:02}" if financial else f"{year}"
    label = f"Q{place + 1} {years.replace('-', '/')}"
    return Quarter(f"{years}-Q{place + 1}", label, first, after - timedelta(days=1))


def trajectory(key: str, periods: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """From which of *periods* on which ratings are expected: in even steps, and process is done before the rest."""
    ahead = periods[:-1] if len(periods) > 3 else periods
    impact = _spread(_STEPS[key]["impact"], periods)
    return {"process": _spread(_STEPS[key]["process"], ahead), "impact": impact, "performance": impact}


def _spread(steps: Sequence[tuple[str, ...]], periods: Sequence[str]) -> dict[str, tuple[str, ...]]:
    spread: dict[str, tuple[str, ...]] = {}
    for place, ratings in enumerate(steps):
        # If there are fewer periods than steps, the less demanding step of two holds.
        spread.setdefault(periods[place * (len(periods) - 1) // (len(steps) - 1)], ratings)
    # What is agreed is complete by the end, however short the plan is.
    spread[periods[-1]] = steps[-1]
    return spread
