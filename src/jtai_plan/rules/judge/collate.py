"""Collation: the judgements of a period put together, and compared with the periods before."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Plan
from jtai_plan.model.returns import Cell
from jtai_plan.rules.judge.history import History, Notice, OverTime, over_time
from jtai_plan.rules.judge.judgement import Judged, Judgement, actions_with_owners, judge_all, own_judgement
from jtai_plan.rules.judge.trajectory import Standing


class CollatedCell(NamedTuple):
    """One action and dimension in the period of a collation."""

    action: Action
    dimension: str
    history: History
    """How it was judged in every period up to this one, which is the last."""
    returned: Mapping[str, Cell]
    """Everything that each lead said about it."""
    over_time: OverTime
    together: "CollatedCell | None" = None
    """In an agency's own collation: the same with all leads and the boards' moderation."""

    @property
    def judgement(self) -> Judgement:
        """How it was judged in this period."""
        return self.history[-1]

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.judgement.standing

    @property
    def rating(self) -> str | None:
        """Its rating in the collated report."""
        return self.judgement.rating


def said_by(cell: CollatedCell) -> Iterator[tuple[str | None, str]]:
    """Which agencies' ratings give *cell* its standing, and the ratings; the boards' own has no agency.

    Of a late cell they are all that are late: of two leads, grey and red, both are said.
    """
    judgement = cell.judgement
    if judgement.moderated:
        yield None, judgement.moderated.rating
        return
    for agency, rating in judgement.ratings.items():
        own = judgement.standings[agency]
        if rating and (own is cell.standing or (own.is_late and cell.standing.is_late)):
            yield agency, rating


class Collation(NamedTuple):
    """Every action and dimension of the plan in one period, in the plan's order."""

    partnership: Partnership
    period: str
    judged: Judged
    """What it is made from: also the judgements of earlier periods, and of what is withheld."""
    cells: tuple[CollatedCell, ...]
    additional: tuple[CollatedCell, ...] = ()
    """The agencies' own actions, which no total of the plan includes."""

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many cells have each standing."""
        found = Counter(cell.standing for cell in self.cells)
        return {each: found[each] for each in Standing}

    def led_by(self, agency: str) -> "Collation":
        """The part of it that *agency* leads, judged with all leads."""
        return self._replace(
            cells=tuple(cell for cell in self.cells if agency in cell.judgement.ratings),
            additional=tuple(cell for cell in self.additional if agency in cell.judgement.ratings),
        )

    def of(self, agency: str) -> "Collation":
        """The part of it that *agency* leads, judged by its own ratings; each cell has the whole one beside it."""
        part, plan = self.led_by(agency), self.partnership.plan
        return part._replace(
            cells=tuple(own_cell(plan, cell, agency) for cell in part.cells),
            additional=tuple(own_cell(plan, cell, agency) for cell in part.additional),
        )

    def noticed(self, notice: Notice) -> Iterator[CollatedCell]:
        """The cells of which this is the *notice*."""
        return (cell for cell in self.cells if cell.over_time.notice is notice)

    @property
    def everything(self) -> tuple[CollatedCell, ...]:
        """The cells of the plan, then those of the agencies' own actions."""
        return (*self.cells, *self.additional)

    def owed_by(self, agency: str) -> Iterator[CollatedCell]:
        """The cells that still need a rating from *agency*."""
        return (cell for cell in self.cells if agency in cell.judgement.awaiting)


def collate(partnership: Partnership, period: str, judged: Judged | None = None) -> Collation:
    """Every action and dimension of the plan in *period*, in the plan's order, without what is withheld.

    *judged* is what `judge_all` made of the partnership, up to *period* or a later one; without it, it is made here.
    """
    judged = judge_all(partnership, period) if judged is None else judged
    plan = partnership.plan
    found = [
        (owner, _collated(partnership, action, dimension, history))
        for owner, action in actions_with_owners(partnership)
        for dimension in plan.dimensions
        for history in (judged[owner, action.id, dimension][: plan.order[period] + 1],)
        if not history[-1].withheld
    ]
    return Collation(
        partnership,
        period,
        judged,
        cells=tuple(cell for owner, cell in found if owner is None),
        additional=tuple(cell for owner, cell in found if owner is not None),
    )


def _collated(partnership: Partnership, action: Action, dimension: str, history: History) -> CollatedCell:
    now = history[-1]
    return CollatedCell(
        action=action,
        dimension=dimension,
        history=history,
        returned={agency: partnership.cell(agency, action.id, dimension, now.period) for agency in now.ratings},
        over_time=over_time(partnership.plan, action, dimension, history),
    )


def own_cell(plan: Plan, cell: CollatedCell, agency: str) -> CollatedCell:
    """*cell* judged by the ratings of *agency* alone, with the whole one beside it."""
    history = tuple(own_judgement(each, agency) for each in cell.history)
    return cell._replace(
        history=history,
        returned={agency: cell.returned[agency]},
        over_time=over_time(plan, cell.action, cell.dimension, history),
        together=cell,
    )
