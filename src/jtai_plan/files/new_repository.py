"""The files of a new partnership's repository, before its plan is filled in. They say what belongs where."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined

from jtai_plan.errors import CannotDo
from jtai_plan.files.splice import Value, block, inline
from jtai_plan.model.partnership import agency_path

TEMPLATE = ".j2"
_AGENCY = "plan/agencies/agency.yaml"
_TWO_WEEKS, _THREE_MONTHS = timedelta(days=14), timedelta(days=91)


class NewAgency(NamedTuple):
    """An agency of the partnership."""

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    """How documents spell it too."""
    reviewers: tuple[str, ...] = ()
    """Who is asked to review a change of its files: names of accounts, or e-mail addresses."""


class NewBoard(NamedTuple):
    """A board that receives the report."""

    id: str
    name: str


class Quarter(NamedTuple):
    """A period of the plan."""

    id: str
    label: str
    first_day: date
    last_day: date

    @property
    def two_weeks_later(self) -> date:
        """A day on which returns for it could be due."""
        return self.last_day + _TWO_WEEKS


class Founding(NamedTuple):
    """What is known of a partnership when its repository begins."""

    title: str
    agencies: tuple[NewAgency, ...]
    quarters: tuple[Quarter, ...]
    scale: str
    """The name of a key in SCALES."""
    partnership: str | None = None
    collator: str | None = None
    boards: tuple[NewBoard, ...] = ()
    themes: Sequence[Value] = ()
    """As they belong into plan.yaml; a placeholder takes their place where there are none."""


_QUARTERS = (
    re.compile(r"q(?P<quarter>[1-4])\s+(?P<year>(?:19|20|21)\d\d)(?:\s*[/-]\s*(?P<next>\d\d))?", re.IGNORECASE),
    re.compile(r"(?P<year>(?:19|20|21)\d\d)(?:[/-](?P<next>\d\d))?[\s-]+q(?P<quarter>[1-4])", re.IGNORECASE),
)


def quarters(first: str, count: int) -> tuple[Quarter, ...]:
    """*count* quarters from the *first*: "Q2 2018/19" of years that begin in April, or "Q2 2024" of calendar years.

    Raises CannotDo where *first* is neither.
    """
    found = next(filter(None, (each.fullmatch(first.strip()) for each in _QUARTERS)), None)
    if found is None or found["next"] not in (None, _two_figures(int(found["year"]) + 1)):
        raise CannotDo(
            f"'{first}' is not a quarter. Write it like Q2 2018/19 for years that begin in April, or Q2 2024 for "
            "calendar years.",
            nothing_written=True,
        )
    begin = int(found["year"]) * 4 + int(found["quarter"]) - 1
    return tuple(_quarter(*divmod(number, 4), financial=bool(found["next"])) for number in range(begin, begin + count))


def this_quarter(today: date) -> str:
    """The label of the quarter in which *today* lies, of years that begin in April."""
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 - 1, 4)
    return _quarter(year, quarter, financial=True).label


def _quarter(year: int, place: int, *, financial: bool) -> Quarter:
    """The quarter at *place*, from 0, of *year*; a *financial* year is named for the one in which it begins."""
    months = year * 12 + place * 3 + (3 if financial else 0)
    first, after = (date(each // 12, each % 12 + 1, 1) for each in (months, months + 3))
    following = _two_figures(year + 1)
    return Quarter(
        id=f"{year}-{following}-Q{place + 1}" if financial else f"{year}-Q{place + 1}",
        label=f"Q{place + 1} {year}/{following}" if financial else f"Q{place + 1} {year}",
        first_day=first,
        last_day=after - timedelta(days=1),
    )


def _two_figures(year: int) -> str:
    return f"{year % 100:02}"


class _Step(NamedTuple):
    """A rating of the key."""

    id: str
    rank: int | None
    means: Mapping[str, str]
    complete: bool = False


_RED = {
    "process": "Work has slipped, and nothing is in place yet that would bring it back",
    "impact": "It should have made a difference by now, and none can be seen",
    "performance": "The target is missed, or will be as things stand",
}
_AMBER = {
    "process": "Work is behind in part, and a plan with dates brings it back",
    "impact": "A difference begins to show, and cannot be shown to last",
    "performance": "The target is in doubt, and something is being done about it",
}
_GREEN = {
    "process": "Work goes on as it was planned",
    "impact": "The difference that was meant can be seen where it was looked for",
    "performance": "The target is met, or will be as things stand",
}
_BLUE = {
    "process": "Everything that was to be done is done, and evidence shows it",
    "impact": "The difference that was meant is made, is shown by evidence, and is likely to last",
    "performance": "The target is met, and is likely to stay so",
}
_GREY = {
    "process": "Not begun, and not meant to be yet",
    "impact": "Too early to make a difference",
    "performance": "Too early to be counted",
}
SCALES: Mapping[str, tuple[_Step, ...]] = {
    "grey": (
        _Step("red", 1, _RED),
        _Step("amber", 2, _AMBER),
        _Step("blue", 3, _BLUE, True),
        _Step("grey", None, _GREY),
    ),
    "green": (
        _Step("red", 1, _RED),
        _Step("amber", 2, _AMBER),
        _Step("green", 3, _GREEN),
        _Step("blue", 4, _BLUE, True),
    ),
}
"""The keys that one can begin with, by the rating that the others lack."""
_WAYS = {
    "grey": {
        "process": (("red", "amber"), ("amber", "blue"), ("blue",)),
        "impact": (("red",), ("amber",), ("amber", "blue"), ("blue",)),
    },
    "green": {
        "process": (("amber", "green"), ("green", "blue"), ("blue",)),
        "impact": (("red", "amber"), ("amber", "green"), ("green", "blue"), ("blue",)),
    },
}
"""What is expected one step after another, by key and dimension; performance goes as impact does."""


def trajectory(scale: str, periods: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """From which of *periods* on which ratings are expected: in even steps, and process is done before the rest."""
    way = _WAYS[scale]
    ahead = periods[:-1] if len(periods) > 3 else periods
    impact = _steps(way["impact"], periods)
    return {"process": _steps(way["process"], ahead), "impact": impact, "performance": dict(impact)}


def _steps(way: Sequence[tuple[str, ...]], periods: Sequence[str]) -> dict[str, tuple[str, ...]]:
    steps: dict[str, tuple[str, ...]] = {}
    for place, ratings in enumerate(way):
        # Where there are fewer periods than steps, the more patient of two holds.
        steps.setdefault(periods[place * (len(periods) - 1) // (len(way) - 1)], ratings)
    return steps


def texts(
    founding: Founding, packaged: Mapping[str, str], version: str, markdown: Callable[[str], str]
) -> dict[str, str]:
    """The text of every file of the new repository, by its path.

    *packaged* are the texts that come with jtai, by their paths: those of templates are filled in. *version* is jtai's,
    and *markdown* makes of people's words what shows them as they are.
    """
    environment = Environment(  # noqa: S701  # what is made is no HTML, and every word goes through a filter
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= {"yaml": inline, "block": block, "markdown": markdown}
    known = _known(founding) | {"version": version}
    made: dict[str, str] = {}
    for path, text in packaged.items():
        name = path.removesuffix(TEMPLATE)
        if name == path:
            made[path] = text
        elif name == _AGENCY:
            for agency in founding.agencies:
                made[agency_path(agency.id)] = environment.from_string(text).render(known, agency=agency)
        else:
            made[name] = environment.from_string(text).render(known)
    return made


def fixed_paths(packaged: Iterable[str]) -> list[str]:
    """The paths of the files that are made of the *packaged* ones whatever the agencies are."""
    return [name for path in packaged if (name := path.removesuffix(TEMPLATE)) != _AGENCY]


def _known(founding: Founding) -> dict[str, Any]:
    """What the templates are told."""
    periods = [quarter.id for quarter in founding.quarters]
    expected = trajectory(founding.scale, periods)
    return {
        **founding._asdict(),
        "periods": founding.quarters,
        "scale": SCALES[founding.scale],
        "expected": {
            dimension: [{"period": period, "ratings": ratings} for period, ratings in steps.items()]
            for dimension, steps in expected.items()
        },
        "inspected_on": founding.quarters[0].first_day - _THREE_MONTHS,
        "a_board": founding.boards[0].id if founding.boards else "partnership-board",
        "first_action": next(_actions(founding.themes), "T1.1"),
    }


def _actions(themes: Any) -> Iterator[str]:
    for theme in themes:
        for action in theme["actions"]:
            yield action["id"]
