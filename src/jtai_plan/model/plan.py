"""`plan/plan.yaml`: what the partnership agreed to do, who leads it, and how far it should be by when."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from jtai_plan.model.noun import (
    ActionId,
    AgencyId,
    Day,
    DimensionId,
    Flag,
    MayBeEmpty,
    Name,
    Noun,
    PeriodId,
    RatingId,
    Text,
    Whole,
    Word,
)

Steps = Mapping[DimensionId, Mapping[PeriodId, Annotated[tuple[RatingId, ...], Field(min_length=1)]]]
"""A trajectory: for each dimension, from which period on which ratings are expected."""


class Inspection(Noun):
    """The inspection that the plan answers."""

    name: Name
    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="to")
    lead_inspectorate: Word | None = None
    inspectorates: tuple[Word, ...] = ()


class Board(Noun):
    """A board that receives the collated report."""

    name: Name


class Period(Noun):
    """One round of returns: a quarter, or any length that the plan needs."""

    label: Name
    """As people write it, such as "Q2 2018/19"."""
    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")
    returns_due: Day | None = None
    """The last day on which a return is in time."""


class Dimension(Noun):
    """One of the things that are rated for every action, such as its impact."""

    label: Name


class Rating(Noun):
    """One step of the scale, such as amber."""

    label: Name
    letter: Annotated[Name, Field(max_length=2)]
    """Stands for it where there is no room for the label, and no colour."""
    rank: Whole | None = None
    """Higher is better. A rating without a rank (grey) never satisfies an expectation."""
    complete: Flag = False
    """Whether an action with this rating is finished."""
    on_track: Flag = False
    """Whether an action that is not yet due may have this rating."""
    colour: Annotated[str, StringConstraints(pattern=r"^([a-z]+|#[0-9A-Fa-f]{6})$")] | None = None
    """The name of a colour of the palette, or one such as "#00703c"; by default the colour that its id names."""
    dimensions: tuple[DimensionId, ...] = ()
    """Those in which it may be used; every one if this is left out."""
    means: Word | Mapping[DimensionId, Word] | None = None
    """The definition in the plan's key: one for every dimension, or one for each."""

    def meaning(self, dimension: str) -> str | None:
        """The key's definition of this rating for *dimension*; None if the key gives none."""
        return self.means if isinstance(self.means, str) or self.means is None else self.means.get(dimension)


class Area(Noun):
    """An area for improvement that the inspection report names."""

    id: ActionId
    summary: Word
    priority: Word | None = None
    response: Word | None = None
    """What the partnership answered, such as "partly agreed"."""


class AreasForImprovement(Noun):
    """The areas for improvement in the inspection report: their number, and those that were written down."""

    count: Whole | None = None
    source: Text | None = None
    """Where the number comes from."""
    items: tuple[Area, ...] = ()


class Lead(Noun):
    """An agency that leads an action, and the officer who answers for it."""

    agency: AgencyId
    name: Name | None = None
    role: Name | None = None
    since: PeriodId | None = Field(default=None, alias="from")
    """The first period it leads; the plan's first if this is left out."""
    until: PeriodId | None = None
    """The last period it leads; the plan's last if this is left out."""


class Revision(Noun):
    """A board's change of what is expected of an action, from a period on: other steps, or another day."""

    since: PeriodId = Field(alias="from")
    expected: Steps = Field(default_factory=dict)
    due: Day | None = None
    board: Word
    minute: Word | None = None
    on: Day
    reason: Word

    def changes(self, dimension: str) -> bool:
        """Whether it changes what is expected of *dimension*."""
        return self.due is not None or dimension in self.expected


class Milestone(Noun):
    """A step on the way, and the day by which it should be taken. It is shown, and never rated."""

    by: Day
    what: Word
    done: Day | None = None


class Withdrawal(Noun):
    """A board's decision that an action is no longer part of the plan, from a period on."""

    since: PeriodId = Field(alias="from")
    board: Word
    on: Day
    reason: Word


class Action(Noun):
    """One thing that the partnership agreed to do."""

    id: ActionId
    action: Word
    """What is to be done, in the plan's words."""
    leads: Annotated[tuple[Lead, ...], Field(min_length=1)]
    outcome_measure: tuple[Word, ...] = ()
    addresses: tuple[ActionId, ...] = ()
    """The ids of the areas for improvement that it answers."""
    reporting: Text | None = None
    """When it is reported, in the plan's words."""
    ref: Name | None = None
    """The plan's own reference, where that is not its id: "4.54"."""
    sponsor: Name | None = None
    """Who answers for it above the lead. No rule reads it, and the public edition leaves it out."""
    also: Annotated[Mapping[Word, Word], MayBeEmpty()] = Field(default_factory=dict)
    """Other columns of the plan, by their names, in its words. No rule reads them; the public edition has none."""
    starts: PeriodId | None = None
    """Nothing is expected before this period."""
    due: Day | None = None
    """The day by which it should be complete. It replaces the plan's steps in every dimension."""
    milestones: tuple[Milestone, ...] = ()
    expected: Steps = Field(default_factory=dict)
    """A trajectory of its own, which replaces the plan's, and its due day, for the dimensions it names."""
    revised: tuple[Revision, ...] = ()
    withdrawn: Withdrawal | None = None


class Theme(Noun):
    """A heading of the plan, and the actions under it."""

    id: ActionId
    title: Name
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]


class Checks(Noun):
    """How `jtai check` reads this plan."""

    ignore: tuple[Word, ...] = ()
    """The rules whose findings are left out."""


class PersonalData(Noun):
    """What the texts of this plan may say, although it looks like personal data, and what they may not."""

    allow: tuple[Word, ...] = ()
    """What may stand, such as the address of an office or the telephone number of a help line."""
    case_reference: Word | None = None
    """How the partnership's references of cases are written: a pattern of letters, digits, [..], \\d and {..}."""


class Plan(Noun):
    """A multi-agency action plan that answers an inspection."""

    title: Name
    partnership: Name | None = None
    collated_by: Name | None = None
    """Who turns the agencies' returns into one report."""
    marking: Name | None = None
    """A protective marking, printed on every page."""
    inspection: Inspection | None = None
    introduction: Text | None = None
    governance: Text | None = None
    excellence_introduction: Text | None = None
    excellence: tuple[Word, ...] = ()
    """The statements of what excellent services look like."""
    boards: Mapping[AgencyId, Board] = Field(default_factory=dict)
    periods: Annotated[Mapping[PeriodId, Period], Field(min_length=1)]
    dimensions: Annotated[Mapping[DimensionId, Dimension], Field(min_length=1)]
    scale: Annotated[Mapping[RatingId, Rating], Field(min_length=1)]
    expected: Steps = Field(default_factory=dict)
    """The trajectory. A plan in which every action has a due day needs none."""
    complete_stands: Flag = False
    """Whether what was rated complete stands in later periods without another rating."""
    areas_for_improvement: AreasForImprovement | None = None
    answers: Mapping[Word, Word] = Field(default_factory=dict)
    """The answers to queries of `jtai check` about the plan, by rule."""
    checks: Checks = Checks()
    personal_data: PersonalData = PersonalData()
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """Every action by its id, in the plan's order."""
        return {action.id: action for theme in self.themes for action in theme.actions}

    @cached_property
    def theme_of(self) -> Mapping[str, Theme]:
        """The theme of every action, by the action's id."""
        return {action.id: theme for theme in self.themes for action in theme.actions}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of every period in the plan's order, from 0."""
        return {period: place for place, period in enumerate(self.periods)}

    @cached_property
    def lead_agencies(self) -> tuple[str, ...]:
        """Every agency that ever leads an action, in the order in which the plan names them."""
        return tuple(dict.fromkeys(lead.agency for action in self.actions.values() for lead in action.leads))

    def ratings(self, dimension: str) -> Mapping[str, Rating]:
        """The part of the scale that may be used in *dimension*."""
        return {name: each for name, each in self.scale.items() if not each.dimensions or dimension in each.dimensions}

    def with_actions(self, change: Callable[[Action], Action]) -> "Plan":
        """The plan after *change* of every action; itself if no action changes."""
        themes = tuple(
            theme.model_copy(update={"actions": tuple(change(action) for action in theme.actions)})
            for theme in self.themes
        )
        if themes == self.themes:
            return self
        # A copy would keep the cached actions as they were.
        return Plan.model_validate({**{key: getattr(self, key) for key in Plan.model_fields}, "themes": themes})

    def until(self, period: str) -> list[str]:
        """The periods up to *period*, in the plan's order."""
        return list(self.periods)[: self.order[period] + 1]

    def period_before(self, period: str) -> str | None:
        """The period before *period* in the plan's order; None before the first."""
        place = self.order[period]
        return list(self.periods)[place - 1] if place else None

    def leads(self, action: Action, period: str) -> Iterator[Lead]:
        """Who leads *action* in *period*, in the order in which the plan names them."""
        now = self.order[period]
        for lead in action.leads:
            begun = lead.since is None or self.order[lead.since] <= now
            if begun and (lead.until is None or now <= self.order[lead.until]):
                yield lead

    def is_withdrawn(self, action: Action, period: str) -> bool:
        """Whether *action* is no longer part of the plan in *period*."""
        return action.withdrawn is not None and self.order[action.withdrawn.since] <= self.order[period]

    def led_by(self, agency: str, period: str) -> tuple[Action, ...]:
        """The actions that *agency* leads in *period*, in the plan's order."""
        return tuple(
            action
            for action in self.actions.values()
            if any(lead.agency == agency for lead in self.leads(action, period))
        )
