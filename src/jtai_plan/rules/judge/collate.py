"""Collation: the agencies' returns for a period, put together into one judgement of every action and dimension."""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action
from jtai_plan.model.returns import Cell
from jtai_plan.rules.judge.public_edition import is_withheld
from jtai_plan.rules.judge.trajectory import Expectation, Standing, expectation, late_by, standing, strength

if TYPE_CHECKING:
    from jtai_plan.model.board import Moderation


class Movement(StrEnum):
    """How a cell's rating moved since the period before: by rank, no rank lowest."""

    IMPROVED = "improved"
    DECLINED = "declined"
    UNCHANGED = "unchanged"
    NEW = "new"


class Change(StrEnum):
    """What a board is asked to notice of a cell, against the period before."""

    NEWLY_BEHIND = "newly-behind"
    STILL_BEHIND = "still-behind"
    BACK_ON_TRACK = "back-on-track"


class Judgement(NamedTuple):
    """One action and dimension in one period: what was expected, what was returned, and how it stands."""

    expected: Expectation | None
    standing: Standing
    rating: str | None
    """The rating of a lead with this standing: the lowest, where there are several."""
    ratings: Mapping[str, str | None]
    """Every lead's own rating."""
    standings: Mapping[str, Standing]
    """How every lead's own rating stands."""
    awaiting: tuple[str, ...]
    """The leads whose rating is expected and not there."""
    moderated: "Moderation | None"
    """The boards' rating, where it replaces the agencies'."""


class CollatedCell(NamedTuple):
    """A judgement, and how it compares with the period before."""

    action: Action
    dimension: str
    judgement: Judgement
    late_by: int | None
    rating_before: str | None
    """Its rating in the period before."""
    movement: Movement | None
    change: Change | None
    returned: Mapping[str, Cell | None]
    """All that every lead said of it."""

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.judgement.standing

    @property
    def rating(self) -> str | None:
        """Its rating in the collated report."""
        return self.judgement.rating


class Collation(NamedTuple):
    """Every action and dimension of the plan in one period, in the plan's order."""

    partnership: Partnership
    period: str
    cells: tuple[CollatedCell, ...]
    additional: tuple[CollatedCell, ...] = ()
    """The agencies' own actions, which count in no total of the plan."""

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many cells have each standing."""
        found = Counter(cell.standing for cell in self.cells)
        return {each: found[each] for each in Standing}

    def led_by(self, agency: str) -> "Collation":
        """The part of it that *agency* leads."""
        return self._replace(
            cells=tuple(cell for cell in self.cells if agency in cell.judgement.ratings),
            additional=tuple(cell for cell in self.additional if agency in cell.judgement.ratings),
        )

    def changed(self, change: Change) -> Iterator[CollatedCell]:
        """The cells that a board is asked to notice for *change*."""
        return (cell for cell in self.cells if cell.change is change)

    def owed_by(self, agency: str) -> Iterator[CollatedCell]:
        """The cells for which a rating of *agency* is expected and not there."""
        return (cell for cell in self.cells if agency in cell.judgement.awaiting)


# The first that applies is the standing of a cell with several leads. Colours are not blended, and nobody's silence
# is taken for progress.
_GRAVEST_FIRST = (Standing.BEHIND, Standing.UNRANKED, Standing.NO_RETURN, Standing.ON_TRACK, Standing.AHEAD)


def judge(partnership: Partnership, action: Action, dimension: str, period: str) -> Judgement:
    """What the partnership's returns say of *action* and *dimension* in *period*, all leads together."""
    plan = partnership.plan
    expected = expectation(plan, action, dimension, period)
    ratings = {
        lead.agency: partnership.rating(lead.agency, action.id, dimension, period)
        for lead in plan.leads(action, period)
    }
    awaiting = tuple(agency for agency, rating in ratings.items() if rating is None) if expected else ()
    standings = {agency: standing(rating, expected, plan.scale) for agency, rating in ratings.items()}
    record = partnership.board_records.get(period)
    moderated = record.moderation(action.id, dimension) if record else None
    if moderated:
        stands = standing(moderated.rating, expected, plan.scale)
        return Judgement(expected, stands, moderated.rating, ratings, standings, awaiting, moderated)

    stands = _together(tuple(standings.values())) if expected else Standing.NOT_DUE
    in_play = stands not in (Standing.PART_RETURNED, Standing.NOT_DUE)
    spoken = [rating for agency, rating in ratings.items() if rating and (standings[agency] is stands or not in_play)]
    lowest = min(spoken, key=lambda rating: strength(plan, rating), default=None)
    return Judgement(expected, stands, lowest, ratings, standings, awaiting, None)


def _together(standings: tuple[Standing, ...]) -> Standing:
    """The standing of a cell whose leads stand so."""
    gravest = next((each for each in _GRAVEST_FIRST if each in standings), Standing.NO_RETURN)
    if gravest is Standing.NO_RETURN and any(each is not Standing.NO_RETURN for each in standings):
        return Standing.PART_RETURNED
    return gravest


def collate(partnership: Partnership, period: str) -> Collation:
    """Every action and dimension of the plan in *period*, in the plan's order; what is withheld is left out."""
    plan = partnership.plan
    own = tuple(action.led_by(agency) for agency, action in partnership.additional_actions())
    cells, additional = (
        tuple(
            _collated(partnership, action, dimension, period)
            for action in actions
            for dimension in plan.dimensions
            if not is_withheld(partnership, action, dimension, period)
        )
        for actions in (plan.actions.values(), own)
    )
    return Collation(partnership, period, cells, additional)


def _collated(partnership: Partnership, action: Action, dimension: str, period: str) -> CollatedCell:
    plan = partnership.plan
    now = judge(partnership, action, dimension, period)
    earlier = plan.period_before(period)
    before = judge(partnership, action, dimension, earlier) if earlier else None
    returns = {agency: partnership.returns.get((agency, period)) for agency in now.ratings}
    return CollatedCell(
        action=action,
        dimension=dimension,
        judgement=now,
        late_by=late_by(plan, action, dimension, period, now.rating),
        rating_before=before.rating if before else None,
        movement=_movement(partnership, before.rating if before else None, now.rating),
        change=_change(before.standing if before else None, now.standing),
        returned={
            agency: returned.cell(action.id, dimension) if returned else None for agency, returned in returns.items()
        },
    )


def _movement(partnership: Partnership, before: str | None, now: str | None) -> Movement | None:
    if now is None:
        return None
    if before is None:
        return Movement.NEW
    was, is_now = strength(partnership.plan, before), strength(partnership.plan, now)
    if is_now > was:
        return Movement.IMPROVED
    return Movement.DECLINED if is_now < was else Movement.UNCHANGED


def _change(before: Standing | None, now: Standing) -> Change | None:
    was_late = before is not None and before.is_late
    if now.is_late:
        return Change.STILL_BEHIND if was_late else Change.NEWLY_BEHIND
    return Change.BACK_ON_TRACK if was_late and now.is_met else None
