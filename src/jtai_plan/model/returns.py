"""`plan/agencies/<agency>/returns/<period>.yaml`: what an agency reported for one period."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from jtai_plan.model.noun import (
    ActionId,
    Day,
    DimensionId,
    Flag,
    MayBeEmpty,
    Noun,
    Number,
    PeriodId,
    RatingId,
    Text,
    Word,
)


class Prepared(Noun):
    """Who filled the return in."""

    by: Text | None = None
    on: Day | None = None


class Approved(Noun):
    """The agreement of the agency's own governance board to the return, with the ratings that it agreed to."""

    board: Text | None = None
    on: Day | None = None
    minute: Text | None = None
    ratings: Annotated[Mapping[ActionId, Mapping[DimensionId, RatingId]], MayBeEmpty()] = Field(default_factory=dict)
    """By action and dimension. Empty in a return that was approved before this was recorded."""


class Recovery(Noun):
    """What will be done about a rating that is behind, and by when."""

    plan: Text | None = None
    by: Day | None = None


class Evidence(Noun):
    """Something that shows that a rating is right."""

    what: Word
    where: Text | None = None
    dated: Day | None = None


class Restriction(Noun):
    """Why a cell is left out of the public edition, and who says so."""

    reason: Word
    by: Text | None = None


class Cell(Noun):
    """What an agency says of one action and one dimension in one period.

    A cell without a rating counts as no return. It is never grey: grey is something that an agency says.
    """

    rating: RatingId | None = None
    update: Text | None = None
    recovery: Recovery | None = None
    evidence: Annotated[tuple[Evidence, ...], MayBeEmpty()] = ()
    measures: Annotated[Mapping[ActionId, Number | None], MayBeEmpty()] = Field(default_factory=dict)
    answers: Annotated[Mapping[Word, Word], MayBeEmpty()] = Field(default_factory=dict)
    restricted: Flag | Restriction = False
    """Left out of the public edition. Its text is printed nowhere but in the board edition."""


class Return(Noun):
    """What one agency reports for one period."""

    period: PeriodId
    prepared: Prepared | None = None
    approved: Approved | None = None
    actions: Annotated[Mapping[ActionId, Mapping[DimensionId, Cell | None] | None], MayBeEmpty()] = Field(
        default_factory=dict
    )

    @property
    def says_something(self) -> bool:
        """Whether it holds any rating."""
        return any(cell.rating for _, _, cell in self.cells())

    def cells(self) -> Iterator[tuple[str, str, Cell]]:
        """Every cell that is not left empty, with its action and its dimension."""
        for action, cells in self.actions.items():
            for dimension, cell in (cells or {}).items():
                if cell:
                    yield action, dimension, cell

    def cell(self, action: str, dimension: str) -> Cell | None:
        """What it says of *action* and *dimension*; None if it says nothing at all."""
        return (self.actions.get(action) or {}).get(dimension)

    def rating(self, action: str, dimension: str) -> str | None:
        """Its rating of *action* and *dimension*; None if it gives none."""
        cell = self.cell(action, dimension)
        return cell.rating if cell else None
