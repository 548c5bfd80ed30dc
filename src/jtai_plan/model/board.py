"""`plan/board/<period>.yaml`: the boards' record of a period, kept by the collator."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from jtai_plan.model.noun import ActionId, AgencyId, Day, DimensionId, MayBeEmpty, Noun, RatingId, Text, Word


class Moderation(Noun):
    """A board's rating of a cell, which replaces the agencies' own in the collated report."""

    rating: RatingId
    reason: Word
    board: AgencyId
    on: Day | None = None
    minute: Text | None = None


class Ask(Noun):
    """Something a board is asked, or asks; it stays open until a later decision resolves it."""

    id: ActionId
    board: AgencyId
    about: ActionId | None = None
    ask: Word
    owner: AgencyId | None = None
    """The agency that does what is asked, once it is decided."""
    due: Day | None = None
    """The day by which the board should decide."""


class Decision(Noun):
    """What a board decided about an ask."""

    resolves: ActionId
    decision: Word
    board: AgencyId
    on: Day | None = None
    minute: Text | None = None


class Presented(Noun):
    """The meeting at which the report was put before a board."""

    board: AgencyId
    on: Day
    minute: Text | None = None


class ClosedReturn(Noun):
    """A return as it stood when the period was closed."""

    digest: Word
    ratings: Mapping[ActionId, Mapping[DimensionId, RatingId | None]] = Field(default_factory=dict)


class Closing(Noun):
    """The closing of a period: from then on its returns and moderated ratings stand as they were."""

    on: Day
    by: Word
    returns: Mapping[AgencyId, ClosedReturn] = Field(default_factory=dict)
    moderated: Word | None = None


class Amendment(Noun):
    """A change to a closed period that was made openly: of an agency's rating, or of a *board*'s own."""

    agency: AgencyId | None = None
    board: AgencyId | None = None
    action: ActionId
    dimension: DimensionId
    was: RatingId | None = None
    to: RatingId | None = None
    reason: Word
    by: Word
    on: Day
    digest: Word | None = None
    """The digest of the agency's return, or of the moderated ratings, with this change; None if it was left out."""


class BoardRecord(Noun):
    """What the boards moderated, asked, decided and closed in one period, and what its report begins with."""

    summary: Text | None = None
    """The collator's or chair's own words, on the first page of the report for the boards."""
    achievements: Annotated[tuple[Word, ...], MayBeEmpty()] = ()
    next: Annotated[tuple[Word, ...], MayBeEmpty()] = ()
    """What comes next."""
    moderated: Annotated[Mapping[ActionId, Annotated[Mapping[DimensionId, Moderation], MayBeEmpty()]], MayBeEmpty()] = (
        Field(default_factory=dict)
    )
    asks: Annotated[tuple[Ask, ...], MayBeEmpty()] = ()
    decisions: Annotated[tuple[Decision, ...], MayBeEmpty()] = ()
    presented: Annotated[tuple[Presented, ...], MayBeEmpty()] = ()
    closed: Closing | None = None
    amendments: Annotated[tuple[Amendment, ...], MayBeEmpty()] = ()

    def moderation(self, action: str, dimension: str) -> Moderation | None:
        """The boards' own rating of *action* and *dimension*; None if the boards left the agencies' rating."""
        return self.moderated.get(action, {}).get(dimension)
