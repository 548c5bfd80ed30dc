"""The measures that agencies report: their values so far, and which way they are moving."""

from collections.abc import Iterator
from typing import NamedTuple

from jtai_plan.model.agency import Measure
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.rules import wording
from jtai_plan.rules.judge.public_edition import SMALL_COUNT

RIGHT_WAY, WRONG_WAY = "moving the right way", "moving the wrong way"


class Course(NamedTuple):
    """An agency's measure and the values it reported, by period in the plan's order."""

    agency: str
    measure: Measure
    values: tuple[tuple[str, float], ...]
    public: bool = False
    """Whether it leaves out small counts of people."""
    totals: frozenset[str] = frozenset()
    """The periods in which it is the sum of others, one of which the public may not see."""

    def shown(self, value: float | None, period: str | None = None) -> float | None:
        """*value*, in *period*, unless it is a count that the public may not see.

        That is one so small that people could be identified, or a total from which such a one could be found.
        """
        is_hidden = self.public and self.measure.count and (value in SMALL_COUNT or period in self.totals)
        return None if is_hidden else value

    @property
    def _is_hidden(self) -> bool:
        """Whether something that a comparison of the last values would tell is hidden."""
        last = [self.shown(value, period) for period, value in self.values[-2:]]
        before = [self.shown(each) for each in (self.measure.baseline,) if each is not None and len(self.values) < 2]
        return None in (*last, *before)

    @property
    def travel(self) -> str | None:
        """Which way the last value moved from the one before, or from the baseline; None without two numbers to see."""
        numbers = [value for _, value in self.values]
        if self.measure.baseline is not None:
            numbers.insert(0, self.measure.baseline)
        if not self.values or len(numbers) < 2 or self._is_hidden:
            return None
        gained = (numbers[-1] - numbers[-2]) * self._upwards
        return "unchanged" if gained == 0 else RIGHT_WAY if gained > 0 else WRONG_WAY

    @property
    def is_met(self) -> bool:
        """Whether the last value has reached the target; not told of a value that is hidden."""
        return self.reaches(self.measure.target)

    def reaches(self, target: float | None) -> bool:
        """Whether the last value has reached *target*; not told of a value that is hidden."""
        if self._is_hidden or self.shown(target) != target:
            return False
        return target is not None and bool(self.values) and (self.values[-1][1] - target) * self._upwards >= 0

    def due_target(self, plan: Plan, period: str) -> float | None:
        """The target that is due in *period* or was due last before it; None if none was due yet."""
        due = {
            by: target
            for by, target in self.measure.every_target.items()
            if by and plan.order[by] <= plan.order[period]
        }
        return due[max(due, key=plan.order.__getitem__)] if due else None

    @property
    def _upwards(self) -> int:
        return 1 if self.measure.better == "higher" else -1


def courses(partnership: Partnership, action: str, dimension: str, period: str) -> Iterator[Course]:
    """The course of every measure of *action* and *dimension* up to *period*, agency by agency."""
    found = tuple(_courses(partnership, action, dimension, period))
    for each in found:
        others = [other for other in found if other is not each]
        totals = (period for period, value in each.values if partnership.public and _is_total(value, period, others))
        yield each._replace(totals=frozenset(totals))


def _is_total(value: float, period: str, others: list[Course]) -> bool:
    """Whether *value* is the sum of what *others* count in *period*, and one of those is hidden."""
    parts = [dict(each.values)[period] for each in others if each.measure.count and period in dict(each.values)]
    return len(parts) > 1 and sum(parts) == value and any(part in SMALL_COUNT for part in parts)


def _courses(partnership: Partnership, action: str, dimension: str, period: str) -> Iterator[Course]:
    periods = partnership.plan.until(period)
    for agency, itself in partnership.agencies.items():
        for measure in itself.measures:
            if (measure.action, measure.dimension) == (action, dimension):
                values = ((each, value_in(partnership, agency, measure, each)) for each in periods)
                known = tuple((each, value) for each, value in values if value is not None)
                yield Course(agency, measure, known, partnership.public)


def value_in(partnership: Partnership, agency: str, measure: Measure, period: str) -> float | None:
    """What *agency* reported for *measure* in *period*; None if nothing."""
    return partnership.cell(agency, measure.action, measure.dimension, period).measures.get(measure.id)


class CourseWords(NamedTuple):
    """What there is to say of a course; empty where there is nothing."""

    name: str
    baseline: str
    targets: tuple[str, ...]
    values: str
    direction: str


def in_words(course: Course, plan: Plan) -> CourseWords:
    """The name, baseline, targets and values of *course*, which way they move, and whether the target is met."""
    measure = course.measure

    def told(value: float, period: str | None = None) -> str:
        return "c" if course.shown(value, period) is None else wording.number(value)

    return CourseWords(
        name=f"{measure.description}{f' ({measure.unit})' if measure.unit else ''}",
        baseline="" if measure.baseline is None else told(measure.baseline),
        targets=tuple(
            f"{told(target)}{f' by {plan.periods[by].label}' if by else ''}"
            for by, target in measure.every_target.items()
        ),
        values=", ".join(f"{told(value, period)} in {plan.periods[period].label}" for period, value in course.values)
        or "no value reported yet",
        direction="; ".join(filter(None, (course.travel, "target met" if course.is_met else None))),
    )


def sentence(words: CourseWords) -> str:
    """*words* as a sentence without its full stop."""
    known = [f"baseline {words.baseline}"] if words.baseline else []
    known += [f"target {each}" for each in words.targets]
    return "; ".join(filter(None, (words.name, ", ".join(known), words.values, words.direction)))
