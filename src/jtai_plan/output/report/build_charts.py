"""The part of a report's view model about its charts: how many actions stand as expected, period by period."""

from collections import Counter
from collections.abc import Iterator

from jtai_plan.model.plan import Plan
from jtai_plan.output.report.view.period import BarView, ChartView
from jtai_plan.rules import wording
from jtai_plan.rules.judge.collate import Collation
from jtai_plan.rules.judge.judgement import Judgement
from jtai_plan.rules.judge.trajectory import Standing, reached

WITHOUT = {
    Standing.PART_RETURNED: "Part returned",
    Standing.NO_RETURN: "Not returned",
    Standing.NOT_DUE: "Not due yet",
}
"""What counts under no rating."""


def charts(collation: Collation) -> Iterator[ChartView]:
    """For each dimension, how the plan's actions stood in every period, against what was expected."""
    for name, itself in collation.partnership.plan.dimensions.items():
        histories = [cell.history for cell in collation.cells if cell.dimension == name]
        bars = (_bar(collation.partnership.plan, name, each) for each in zip(*histories, strict=True))
        yield ChartView(itself.label, tuple(bars))


def _bar(plan: Plan, dimension: str, judgements: tuple[Judgement, ...]) -> BarView:
    period = judgements[0].period
    shown = [each for each in judgements if not each.withheld]
    counts = Counter(counted_as(each) for each in shown)
    expected = reached(plan, plan.expected.get(dimension, {}), period)
    labels: dict[str, str] = {name: each.label for name, each in plan.scale.items()}
    labels |= {name.value: label for name, label in WITHOUT.items()}
    return BarView(
        period=plan.periods[period].label,
        expected=wording.permitted_labels(plan, expected),
        letters=wording.letters(plan, expected),
        ratings=tuple((label, counts[name]) for name, label in labels.items() if counts[name]),
        met=sum(each.standing.is_met for each in shown),
        part=sum(each.standing is Standing.PART_RETURNED for each in shown),
        due=sum(each.standing is not Standing.NOT_DUE for each in shown),
    )


def counted_as(judgement: Judgement) -> str | Standing:
    """The rating that a judgement counts under, or why it counts under none."""
    if judgement.standing is Standing.PART_RETURNED:
        return Standing.PART_RETURNED
    if judgement.rating:
        return judgement.rating
    return Standing.NOT_DUE if judgement.standing is Standing.NOT_DUE else Standing.NO_RETURN
