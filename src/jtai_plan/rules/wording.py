"""How the plan's nouns are put in words, the same in every finding, report and table."""

from collections.abc import Iterable
from datetime import date

from jtai_plan.model.plan import Plan
from jtai_plan.rules.trajectory import Expectation


def day(value: date) -> str:
    """A day as people write it, such as "5 October 2018"."""
    return f"{value.day} {value:%B %Y}"


def span(first: date, last: date) -> str:
    """The days from *first* to *last*, such as "1 July to 30 September 2018"."""
    begin = f"{first.day} {first:%B}" if first.year == last.year else day(first)
    return f"{begin} to {day(last)}"


def counted(number: int, noun: str) -> str:
    """*number* of *noun*, such as "1 period" or "2 periods"."""
    return f"{number} {noun if number == 1 else noun + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """*words* as in a sentence, such as "a, b and c"."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def subject(plan: Plan, action: str, dimension: str) -> str:
    """What a sentence about *action* and *dimension* is about, such as "T2.2 impact"."""
    return f"{action} {plan.dimensions[dimension].label.lower()}"


def rating(plan: Plan, name: str) -> str:
    """A rating within a sentence, such as "amber"."""
    return plan.scale[name].label.lower()


def expected(plan: Plan, expectation: Expectation) -> str:
    """What was expected by when, such as "amber or blue was expected by Q3 2018/19"."""
    ratings = listed((rating(plan, name) for name in expectation.ratings), last="or")
    return f"{ratings} was expected by {plan.periods[expectation.since].label}"
