"""The view model of a period's report, from the judgement of the period."""

from collections.abc import Iterator, Sequence

from jtai_plan.model.finding import Finding
from jtai_plan.output.report.build_assurance import assurance
from jtai_plan.output.report.build_cells import cell_view, measure_views
from jtai_plan.output.report.build_first_page import first_page
from jtai_plan.output.report.build_plan import Cells, action_view, plan_view
from jtai_plan.output.report.build_tables import counts, matrix, promises
from jtai_plan.output.report.view.period import ReportView
from jtai_plan.output.report.view.plan import ThemeView
from jtai_plan.rules import wording
from jtai_plan.rules.judge.collate import Collation, collate


def report_view(
    collation: Collation, faults: Sequence[Finding] = (), agency: str | None = None, inputs: str | None = None
) -> ReportView:
    """The report of a period, or the part of it that *agency* leads, for its own governance board.

    If the partnership is `public`, it is the public edition. A file with *faults* counts as no return.
    """
    partnership, period = collation.partnership, collation.period
    plan, before = partnership.plan, partnership.plan.period_before(period)
    withheld = len(plan.actions) * len(plan.dimensions) - len(collation.cells)
    earlier = collate(partnership, before, collation.judged) if before else None
    whole = collation
    if agency:
        collation, earlier = collation.of(agency), earlier.of(agency) if earlier else None
    this = plan.periods[period]
    itself = partnership.agencies[agency] if agency else None
    boards = plan.boards.values() if itself is None else filter(None, (itself.governance_board,))
    everything = collation.everything
    every_cell = {(cell.action.id, cell.dimension): cell_view(collation, cell) for cell in everything}
    own = {action.id for _, action in partnership.additional_actions()}
    cells = {key: cell for key, cell in every_cell.items() if key[0] not in own}
    public = partnership.public
    return ReportView(
        plan=plan_view(partnership, period, cells, inputs),
        edition="Agency edition" if itself else "Public edition" if public else "Board edition",
        public=public,
        withheld=withheld,
        agency=itself.name if itself else None,
        audience=tuple(board.name for board in boards),
        period=this.label,
        period_days=wording.span(this.first_day, this.last_day),
        period_before=plan.periods[before].label if before else None,
        last_day=(this.last_day.year, this.last_day.month, this.last_day.day),
        first=first_page(collation, earlier, every_cell, faults, agency),
        matrix=matrix(collation, cells),
        promises=() if public else tuple(promises(collation, every_cell)),
        measures=tuple(measure for cell in everything for measure in measure_views(collation, cell)),
        counts=tuple(counts(collation, earlier)),
        agencies=tuple(
            each.name
            for name, each in partnership.agencies.items()
            if any(name in cell.judgement.ratings for cell in everything)
        ),
        standings=tuple((each.value, each.words, number) for each, number in collation.counts.items()),
        cells=len(collation.cells),
        assurance=None if public else assurance(collation, whole, cells, agency),
        additional=tuple(_additional(collation, every_cell)),
    )


def _additional(collation: Collation, cells: Cells) -> Iterator[ThemeView]:
    partnership, plan = collation.partnership, collation.partnership.plan
    own = {each.id: each for _, each in partnership.additional_actions()}
    actions = {cell.action.id: cell.action for cell in collation.additional}
    for theme in plan.themes:
        here = [name for name in actions if plan.theme_of[own[name].contributes_to[0]] is theme]
        if here:
            views = (
                action_view(partnership, actions[name], collation.period, cells, own[name].contributes_to)
                for name in here
            )
            yield ThemeView(theme.id, theme.title, tuple(views))
