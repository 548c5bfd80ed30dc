"""The part of a report's view model behind the first page: the matrix, the promises, the measures and the counts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Recovery
from jtai_plan.output.report.build_cells import has_gone_by, link
from jtai_plan.output.report.build_charts import WITHOUT, counted_as
from jtai_plan.output.report.build_plan import Cells, rating_view
from jtai_plan.output.report.view.cell import CellView, PointView
from jtai_plan.output.report.view.period import CountRow, MatrixRowView, MatrixView, PromiseView
from jtai_plan.rules import wording
from jtai_plan.rules.judge import asks
from jtai_plan.rules.judge.collate import CollatedCell, Collation
from jtai_plan.rules.judge.trajectory import Standing

LAST = 4
"""How many periods the matrix shows one by one."""


def matrix(collation: Collation, cells: Cells) -> MatrixView:
    """Every action of the plan by dimension and period."""
    plan = collation.partnership.plan
    periods = [plan.periods[each].label for each in plan.until(collation.period)]
    held = {action for action, _ in cells}
    themes = (
        (
            theme.id,
            theme.title,
            tuple(_row(plan, each.id, each.action, cells) for each in theme.actions if each.id in held),
        )
        for theme in plan.themes
    )
    return MatrixView(
        dimensions=tuple(each.label for each in plan.dimensions.values()),
        periods=tuple(periods[-LAST:]),
        has_earlier=len(periods) > LAST,
        themes=tuple(each for each in themes if each[2]),
    )


def _row(plan: Plan, action: str, words: str, cells: Cells) -> MatrixRowView:
    return MatrixRowView(action, words, tuple(_points(cells.get((action, each))) for each in plan.dimensions))


def _points(cell: CellView | None) -> tuple[str, tuple[PointView, ...]] | None:
    """The earlier periods of *cell* in letters, in groups such as "RRAA B", and the last ones; None for none."""
    if cell is None:
        return None
    earlier, last = cell.history[:-LAST], cell.history[-LAST:]
    letters = [point.letter for point in earlier]
    return " ".join("".join(letters[at : at + LAST]) for at in range(0, len(letters), LAST)), last


def promises(collation: Collation, cells: Cells) -> Iterator[PromiseView]:
    """Every day of recovery that stands, and every day by which a board should decide, in the order of the days.

    What several agencies promise of the same cell stands once.
    """
    partnership, period, plan = collation.partnership, collation.period, collation.partnership.plan
    found: dict[tuple[date, str, str], list[PromiseView]] = {}
    for cell in collation.everything:
        for agency in cell.judgement.ratings:
            recovery = _standing_promise(partnership, cell, agency)
            if recovery is None or recovery.by is None:
                continue
            promise = PromiseView(
                by=wording.day(recovery.by),
                gone_by=has_gone_by(plan, period, recovery.by),
                agency=partnership.agency_name(agency),
                about=wording.subject(plan, cell.action.id, cell.dimension),
                action=cell.action.id,
                what=" ".join((recovery.plan or "no plan recorded").split()),
            )
            found.setdefault((recovery.by, promise.about, promise.what), []).append(promise)
    for asked in asks.open_asks(partnership, period):
        ask = asked.ask
        if ask.due:
            owner = partnership.agency_name(ask.owner) if ask.owner else plan.boards[ask.board].name
            gone_by = has_gone_by(plan, period, ask.due)
            promise = PromiseView(wording.day(ask.due), gone_by, owner, ask.id, link(ask.about, cells), ask.ask)
            found[ask.due, ask.id, ask.ask] = [promise]
    for _, several in sorted(found.items(), key=lambda each: each[0][0]):
        yield several[0]._replace(agency=", ".join(each.agency for each in several))


def _standing_promise(partnership: Partnership, cell: CollatedCell, agency: str) -> Recovery | None:
    """What *agency* last said of the recovery of *cell*: in this period or, where it says nothing now, before.

    A promise of an earlier period stands only while the cell is not met.
    """
    for point in reversed(cell.history):
        said = partnership.cell(agency, cell.action.id, cell.dimension, point.period)
        if said.recovery or said.rating:
            is_now = point.period == cell.judgement.period
            return said.recovery if is_now or not cell.standing.is_met else None
    return None


def counts(collation: Collation, before: Collation | None) -> Iterator[CountRow]:
    """How many actions have each rating, for each dimension."""
    plan = collation.partnership.plan
    now, then = (
        Counter((cell.dimension, counted_as(cell.judgement)) for cell in each.cells) if each else None
        for each in (collation, before)
    )
    assert now is not None, "there is a collation"
    for name in (*plan.scale, *WITHOUT):
        row = tuple((now[each, name], then[each, name] if then is not None else None) for each in plan.dimensions)
        if name in plan.scale:
            rating = rating_view(plan, name)
            yield CountRow(rating.label if rating else "", rating, row)
        elif any(number or was for number, was in row):
            yield CountRow(WITHOUT[Standing(name)], None, row)
