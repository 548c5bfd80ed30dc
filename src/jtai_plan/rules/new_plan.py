"""What a new plan begins with: its periods, its scale, and which ratings are expected from when on."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from jtai_plan.errors import NothingWritten

DIMENSIONS = ("Process/activity", "Impact", "Performance")
"""What is rated unless the user says so."""
_OF_PROCESS = "process"


class ScaleRating(NamedTuple):
    """One rating of a scale that a plan can begin with; without a rank it never meets an expectation."""

    id: str
    label: str
    letter: str
    rank: int | None
    means: tuple[str, str, str]
    """What it means for process, impact and performance."""
    on_track: bool = False
    complete: bool = False
    colour: str | None = None
    """If its id names none."""


class Scale(NamedTuple):
    """A scale that a plan can begin with."""

    words: str
    ratings: tuple[ScaleRating, ...]
    process: tuple[tuple[str, ...], ...]
    """What is expected of process, step by step."""
    impact: tuple[tuple[str, ...], ...]
    """The same of impact. Performance goes as impact does."""


_SLIPPED = (
    "Work has slipped, and nothing is in place yet to bring it back on track",
    "It should have made a difference by now, but has not",
    "The target is missed, or will be unless something changes",
)
_RECOVERING = (
    "Some work is behind, and a plan with dates will bring it back on track",
    "It begins to make a difference, but nothing shows yet that this will last",
    "The target is in doubt, and the agency is acting on it",
)
_TO_PLAN = (
    "Work is going to plan",
    "It makes the difference that was intended",
    "The target is met, or is on course to be met",
)
_DONE_SO_FAR = ("All the work that was due by now is done", *_TO_PLAN[1:])
_DONE = (
    "All the work is done, and evidence shows it",
    "It has made the difference that was intended, evidence shows it, and it is likely to last",
    "The target is met, and is likely to stay met",
)
_NOT_BEGUN = ("Not started, and not due to start yet", "Too early to make a difference", "Too early to count")

_RED = ScaleRating("red", "Red", "R", 1, _SLIPPED)
_AMBER = ScaleRating("amber", "Amber", "A", 2, _RECOVERING)
_GREEN = ScaleRating("green", "Green", "G", 3, _TO_PLAN, on_track=True)
_BLUE = ScaleRating("blue", "Blue", "B", 4, _DONE, complete=True)

SCALES: Mapping[str, Scale] = {
    "brag": Scale(
        "red, amber, blue, and grey for what has not begun",
        (
            _RED,
            _AMBER._replace(on_track=True),
            _BLUE._replace(rank=3),
            ScaleRating("grey", "Grey", "G", None, _NOT_BEGUN),
        ),
        (("red", "amber"), ("amber", "blue"), ("blue",)),
        (("red",), ("amber",), ("amber", "blue"), ("blue",)),
    ),
    "ragb": Scale(
        "red, amber, green, and blue for what is done",
        (_RED, _AMBER, _GREEN, _BLUE),
        (("amber", "green"), ("green", "blue"), ("blue",)),
        (("red", "amber"), ("amber", "green"), ("green", "blue"), ("blue",)),
    ),
    "rag": Scale(
        "red, amber, and green for what is done or on course to be",
        (_RED, _AMBER._replace(on_track=True), _GREEN._replace(means=_DONE_SO_FAR, complete=True)),
        (("red", "amber"), ("amber", "green"), ("green",)),
        (("red", "amber"), ("amber", "green"), ("green",)),
    ),
    "delivery": Scale(
        "off track, at risk, on track, complete, and not started",
        (
            ScaleRating("off-track", "Off track", "F", 1, _SLIPPED, colour="red"),
            ScaleRating("at-risk", "At risk", "R", 2, _RECOVERING, colour="amber"),
            ScaleRating("on-track", "On track", "T", 3, _TO_PLAN, on_track=True, colour="green"),
            ScaleRating("complete", "Complete", "C", 4, _DONE, complete=True, colour="blue"),
            ScaleRating("not-started", "Not started", "N", None, _NOT_BEGUN, colour="grey"),
        ),
        (("at-risk", "on-track"), ("on-track", "complete"), ("complete",)),
        (("off-track", "at-risk"), ("at-risk", "on-track"), ("on-track", "complete"), ("complete",)),
    ),
}
"""By the names that people give them."""


class NewPeriod(NamedTuple):
    """A period of a new plan."""

    id: str
    label: str
    first_day: date
    last_day: date


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TERMS = ("Autumn", "Spring", "Summer")
"""Of a school year from September, four months each."""
LENGTHS = {"month": 1, "quarter": 3, "term": 4, "half-year": 6}
"""How many months each kind of period has."""
_EXAMPLES = {
    "month": "April 2019",
    "quarter": "Q2 2018/19 for years from April, or Q2 2024 for calendar years",
    "term": "Autumn 2019, Spring 2020 or Summer 2020",
    "half-year": "H1 2018/19 for years from April, or H1 2024 for calendar years",
}
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_SPAN = _YEAR + r"(?:\s*[/-]\s*(?P<next>\d\d))?"
_WRITTEN = {
    "month": (rf"(?P<name>[a-z]{{3,9}})\s+{_YEAR}", rf"{_YEAR}-(?P<part>0[1-9]|1[0-2])"),
    "quarter": (rf"q(?P<part>[1-4])\s+{_SPAN}", rf"{_SPAN}[\s-]+q(?P<part>[1-4])"),
    "term": (rf"(?P<name>autumn|spring|summer)(?:\s+term)?\s+{_YEAR}", rf"{_YEAR}-(?P<name>autumn|spring|summer)"),
    "half-year": (rf"h(?P<part>[12])\s+{_SPAN}", rf"{_SPAN}[\s-]+h(?P<part>[12])"),
}


def periods(every: str, first: str, count: int) -> tuple[NewPeriod, ...]:
    """*count* periods from the *first*, each of the length that *every* names.

    Quarters and half-years are of years that begin in April ("Q2 2018/19") or of calendar years ("Q2 2024"), terms of a
    school year of three times four months from September. Raises CannotDo if *first* is no such period.
    """
    found = next(filter(None, (re.fullmatch(each, first.strip(), re.IGNORECASE) for each in _WRITTEN[every])), None)
    begins = _first_month(every, found.groupdict()) if found else None
    if begins is None or found is None:
        a = "a half-year" if every == "half-year" else f"a {every}"
        raise NothingWritten(f"'{first}' is not {a}. Write {_EXAMPLES[every]}.")
    financial = bool(found.groupdict().get("next"))
    return tuple(_period(every, begins + number * LENGTHS[every], financial) for number in range(count))


def this_period(every: str, today: date) -> str:
    """The label of the period that holds *today*; quarters and half-years are of years that begin in April."""
    length, month = LENGTHS[every], today.year * 12 + today.month - 1
    begin = {"month": 0, "quarter": 3, "term": 8, "half-year": 3}[every]
    return _period(every, month - (month - begin) % length, financial=True).label


def _first_month(every: str, words: Mapping[str, str | None]) -> int | None:
    """The number of the first month, counted from January of the year 0; None if the words contradict themselves."""
    year, after = int(words["year"] or 0), words.get("next")
    if after not in (None, f"{(year + 1) % 100:02}"):
        return None
    if every == "month" and words.get("name"):
        name = (words["name"] or "").lower()
        month = next((n for n, each in enumerate(_MONTHS) if each.lower().startswith(name)), None)
        return None if month is None else year * 12 + month
    if every == "term":
        return year * 12 + {"autumn": 8, "spring": 0, "summer": 4}[(words["name"] or "").lower()]
    return year * 12 + (int(words["part"] or 1) - 1) * LENGTHS[every] + (3 if after else 0)


def _period(every: str, month: int, financial: bool) -> NewPeriod:
    """The period that begins with *month*; a *financial* year is named for the one in which it begins."""
    first, after = (date(each // 12, each % 12 + 1, 1) for each in (month, month + LENGTHS[every]))
    if every == "month":
        name, label = f"{first:%Y-%m}", f"{_MONTHS[first.month - 1]} {first.year}"
    elif every == "term":
        term = _TERMS[(first.month - 9) % 12 // 4]
        name, label = f"{first.year}-{term.lower()}", f"{term} {first.year}"
    else:
        year, place = divmod(month - (3 if financial else 0), 12)
        part = f"{every[0].upper()}{place // LENGTHS[every] + 1}"
        years = f"{year}-{(year + 1) % 100:02}" if financial else f"{year}"
        name, label = f"{years}-{part}", f"{part} {years.replace('-', '/')}"
    return NewPeriod(name, label, first, after - timedelta(days=1))


def trajectory(scale: str, dimensions: Sequence[str], over: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """From which period of *over* on which ratings are expected of each of *dimensions*, in even steps.

    Process is done before impact and performance. Any other dimension goes as process does, over all periods.
    """
    steps = SCALES[scale]
    ahead = over[:-1] if len(over) > 3 and _OF_PROCESS in dimensions and len(dimensions) > 1 else over
    return {
        each: _spread(steps.impact, over) if each in ("impact", "performance") else _spread(steps.process, ahead)
        for each in dimensions
    }


def _spread(steps: Sequence[tuple[str, ...]], over: Sequence[str]) -> dict[str, tuple[str, ...]]:
    spread: dict[str, tuple[str, ...]] = {}
    for place, ratings in enumerate(steps):
        # If there are fewer periods than steps, the less demanding step of two holds.
        spread.setdefault(over[place * (len(over) - 1) // (len(steps) - 1)], ratings)
    # What is agreed is complete by the end, however short the plan is.
    spread[over[-1]] = steps[-1]
    return spread
