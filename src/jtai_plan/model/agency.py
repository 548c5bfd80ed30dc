"""`plan/agencies/<agency>/agency.yaml` and `sign-off.yaml`: what an agency says of itself, and what it signed."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from jtai_plan.model.noun import (
    ActionId,
    AgencyId,
    Contact,
    Day,
    DimensionId,
    Flag,
    MayBeEmpty,
    Name,
    Noun,
    Number,
    PeriodId,
    Text,
    Word,
)
from jtai_plan.model.plan import Action, Lead, Plan, Steps


class GovernanceBoard(Noun):
    """The agency's own board, which signs off the plan and the agency's returns."""

    name: Name


class Measure(Noun):
    """A measure that the agency chose to report as evidence of progress."""

    id: ActionId
    action: ActionId
    dimension: DimensionId
    description: Word
    unit: Word | None = None
    baseline: Number | None = None
    target: Number | None = None
    targets: Annotated[Mapping[PeriodId, Number], MayBeEmpty()] = Field(default_factory=dict)
    """The targets on the way, by the period in which each is due."""
    better: Literal["higher", "lower"] = "higher"
    by: PeriodId | None = None
    """The period in which the target is due."""
    count: Flag = False
    """Whether it counts people, so that small numbers are left out of the public edition."""

    @property
    def every_target(self) -> Mapping[str | None, float]:
        """Its targets by the period in which each is due, and the last one, for which the plan may give none."""
        last = {} if self.target is None else {self.by: self.target}
        return dict(self.targets) | last


class AdditionalAction(Noun):
    """An action of the agency's own, which must contribute to the partnership's plan."""

    id: ActionId
    action: Word
    contributes_to: Annotated[tuple[ActionId, ...], Field(min_length=1)]
    outcome_measure: tuple[Word, ...] = ()
    starts: PeriodId | None = None
    due: Day | None = None
    expected: Steps = Field(default_factory=dict)
    """A trajectory of its own, in place of the plan's for the dimensions it names."""

    def led_by(self, agency: str) -> Action:
        """It as an action that *agency* leads, to be judged like those of the plan."""
        return Action(
            id=self.id,
            action=self.action,
            leads=(Lead(agency=agency),),
            outcome_measure=self.outcome_measure,
            starts=self.starts,
            due=self.due,
            expected=self.expected,
        )


class Agency(Noun):
    """An agency of the partnership."""

    name: Name
    short_name: Name | None = None
    governance_board: GovernanceBoard | None = None
    contacts: Annotated[tuple[Contact, ...], MayBeEmpty()] = ()
    """To whom its forms and reminders go. These addresses may stand in its file."""
    signs_with: AgencyId | None = None
    """Another department of the same council, whose sign-off covers this one."""
    measures: tuple[Measure, ...] = ()
    actions: tuple[AdditionalAction, ...] = ()

    def measures_of(self, action: str, dimension: str) -> tuple[Measure, ...]:
        """The measures that it chose for *action* and *dimension*."""
        return tuple(each for each in self.measures if (each.action, each.dimension) == (action, dimension))


def reported_actions(plan: Plan, agency: str, itself: Agency, period: str) -> tuple[Action, ...]:
    """Every action that *agency* reports in *period*: those of the plan that it leads, then its own.

    What is withdrawn by then is not asked for.
    """
    led = (each for each in plan.led_by(agency, period) if not plan.is_withdrawn(each, period))
    return (*led, *(action.led_by(agency) for action in itself.actions))


class SignOff(Noun):
    """The governance board's agreement to the plan, part by part."""

    board: Word
    on: Day
    minute: Text | None = None
    signed: Mapping[Word, Word]
    """The digest of each part of the plan as it was signed."""
