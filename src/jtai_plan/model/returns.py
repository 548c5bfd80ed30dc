"""`plan/agencies/<agency>/returns/<period>.yaml`: what an agency reported for one period."""

from collections.abc import Mapping

from pydantic import Field

from jtai_plan.model.words import ActionId, Day, DimensionId, Noun, Number, PeriodId, RatingId, Text, Truth, Word


class Prepared(Noun):
    """Who filled the return in."""

    by: Text | None = None
    on: Day | None = None


class Approved(Noun):
    """The agreement of the agency's own governance board to the return."""

    board: Text | None = None
    on: Day | None = None
    minute: Text | None = None


class Recovery(Noun):
    """What will be done about a rating that is behind, and by when."""

    plan: Text | None = None
    by: Day | None = None


class Evidence(Noun):
    """Something that shows that a rating is right."""

    what: Word
    where: Text | None = None
    dated: Day | None = None


class Cell(Noun):
    """What an agency says of one action and one dimension in one period.

    A cell without a rating is no return. It is never grey: grey is something that an agency says.
    """

    rating: RatingId | None = None
    update: Text | None = None
    recovery: Recovery | None = None
    evidence: tuple[Evidence, ...] | None = None
    measures: Mapping[ActionId, Number | None] | None = None
    answers: Mapping[Word, Word] | None = None
    restricted: Truth = False
    """Left out of the public edition."""


class Return(Noun):
    """What one agency reports for one period."""

    period: PeriodId
    prepared: Prepared | None = None
    approved: Approved | None = None
    actions: Mapping[ActionId, Mapping[DimensionId, Cell | None] | None] | None = Field(default=None)

    @property
    def says_something(self) -> bool:
        """Whether it holds any rating."""
        return any(cell and cell.rating for cells in (self.actions or {}).values() for cell in (cells or {}).values())

    def cell(self, action: str, dimension: str) -> Cell | None:
        """What it says of *action* and *dimension*; None where it says nothing at all."""
        return ((self.actions or {}).get(action) or {}).get(dimension)

    def rating(self, action: str, dimension: str) -> str | None:
        """Its rating of *action* and *dimension*; None is no return."""
        cell = self.cell(action, dimension)
        return cell.rating if cell else None
