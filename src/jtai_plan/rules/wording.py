"""The plan's nouns in words: the same in every finding, report and table."""

from collections.abc import Iterable
from datetime import date

from jtai_plan.model.plan import Action, Lead, Plan
from jtai_plan.rules.judge.trajectory import Expectation, due_days


def day(value: date) -> str:
    """A day as people write it, such as "5 October 2018"."""
    return f"{value.day} {value:%B %Y}"


def span(first: date, last: date) -> str:
    """The days from *first* to *last*, such as "1 July to 30 September 2018" or "19 to 23 March 2018"."""
    if first.year != last.year:
        begin = day(first)
    else:
        begin = str(first.day) if first.month == last.month else f"{first.day} {first:%B}"
    return f"{begin} to {day(last)}"


def number(value: float) -> str:
    """A number as people write it: 61, not 61.0."""
    return f"{value:.0f}" if value.is_integer() else repr(value)


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """*number* of *noun*, such as "1 period" or "2 periods"; *nouns* is its plural, if that is irregular."""
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"


def are(number: int) -> str:
    """The verb of *number* things: "is" or "are"."""
    return "is" if number == 1 else "are"


def listed(words: Iterable[str], last: str = "and") -> str:
    """*words* as in a sentence, such as "a, b and c"."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def subject(plan: Plan, action: str, dimension: str) -> str:
    """The subject of a sentence about *action* and *dimension*, such as "T2.2 impact"."""
    return f"{action} {plan.dimensions[dimension].label.lower()}"


def term(plan: Plan, lead: Lead) -> str | None:
    """When *lead* leads its action, such as "from Q3 2018/19 until Q4 2018/19"; None if it always does."""
    since = f"from {plan.periods[lead.since].label}" if lead.since else None
    until = f"until {plan.periods[lead.until].label}" if lead.until else None
    return " ".join(filter(None, (since, until))) or None


def grouped(plan: Plan, cells: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The actions of *cells* that share the same dimensions, such as ("T1.1", "T1.2"), "every dimension"."""
    dimensions: dict[str, list[str]] = {}
    for action, dimension in cells:
        dimensions.setdefault(action, []).append(dimension)
    actions: dict[str, list[str]] = {}
    for action, several in dimensions.items():
        labels = listed(plan.dimensions[each].label.lower() for each in several)
        all_of_several = len(several) == len(plan.dimensions) > 1
        actions.setdefault("every dimension" if all_of_several else labels, []).append(action)
    return tuple((tuple(several), labels) for labels, several in actions.items())


def rating(plan: Plan, name: str) -> str:
    """A rating within a sentence, such as "amber"."""
    return plan.scale[name].label.lower()


def permitted(plan: Plan, ratings: Iterable[str]) -> str:
    """Which *ratings* are expected, within a sentence: "amber or blue"."""
    return listed((rating(plan, name) for name in ratings), last="or")


def letters(plan: Plan, expectation: Expectation | None) -> str:
    """The letters of the ratings that are expected, such as "A/B"; empty if none is."""
    return "/".join(plan.scale[name].letter for name in expectation.ratings) if expectation else ""


def board(plan: Plan, name: str) -> str:
    """The name of a board of the plan, or what a decision calls one that the plan does not list."""
    return plan.boards[name].name if name in plan.boards else name


def permitted_labels(plan: Plan, expectation: Expectation | None) -> str:
    """Which ratings are expected, outside a sentence: "Amber or Blue". Empty if none is."""
    return listed((plan.scale[name].label for name in expectation.ratings), last="or") if expectation else ""


def expected(plan: Plan, expectation: Expectation | None) -> str:
    """What was expected by when: "amber or blue was expected by Q3 2018/19", or "nothing is expected yet".

    Of an action with a due day: "complete was due by 31 March 2019", and before that "green was expected, due ...".
    """
    if expectation is None:
        return "nothing is expected yet"
    ratings, due = permitted(plan, expectation.ratings), expectation.due
    if due is None:
        return f"{ratings} was expected by {plan.periods[expectation.since].label}"
    gone_by = due <= plan.periods[expectation.since].last_day
    return f"{ratings} was {'due by' if gone_by else 'expected, due'} {day(due)}"


def expected_labels(plan: Plan, expectation: Expectation | None) -> str:
    """The same outside a sentence: "Amber or Blue expected by Q3 2018/19", "Complete expected, due 31 March 2019"."""
    if expectation is None:
        return "Nothing expected yet"
    by = when_due(expectation) or f" by {plan.periods[expectation.since].label}"
    return f"{permitted_labels(plan, expectation)} expected{by}"


def when_due(expectation: Expectation | None) -> str:
    """What follows from a due day: ", due 31 March 2019"; empty if the plan's steps say what is expected."""
    return f", due {day(expectation.due)}" if expectation and expectation.due else ""


def due(plan: Plan, action: Action, period: str | None = None) -> str | None:
    """The day by which *action* is due as of *period* (None: as agreed), and the first one if boards moved it."""
    days = due_days(plan, action, period)
    if not days:
        return None
    return day(days[-1]) + (f" (first {day(days[0])})" if len(days) > 1 else "")
