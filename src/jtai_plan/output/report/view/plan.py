"""What a report says of the plan as agreed, and the ratings of its scale."""

from collections.abc import Mapping
from typing import NamedTuple

from jtai_plan.output.palette import Paint
from jtai_plan.output.report.view.cell import CellView, LeadView, RatingView, TrajectoryView


class MeaningView(NamedTuple):
    """What a rating means, for one dimension or (*dimension* is None) for all of them."""

    dimension: str | None
    text: str


class KeyView(NamedTuple):
    """A rating of the plan's key; *undefined* lists the dimensions for which the key does not define it.

    *unused* are those in which it may not be used.
    """

    rating: RatingView
    meanings: tuple[MeaningView, ...]
    undefined: tuple[str, ...]
    unused: tuple[str, ...]


class ActionView(NamedTuple):
    """An action of the plan; the edition that is signed off has no *cells*."""

    id: str
    wording: str
    leads: tuple[LeadView, ...]
    outcome_measure: tuple[str, ...]
    reporting: str | None
    ref: str | None
    """The plan's own reference, where that is not its id."""
    sponsor: str | None
    also: tuple[tuple[str, str], ...]
    """Other columns of the plan: what each is called, and what it says."""
    addresses: tuple[str, ...]
    due: str | None
    """The day by which it is due, and the first one if boards moved it."""
    milestones: tuple[str, ...]
    """Each with its day, and whether it is done or has gone by."""
    trajectory: tuple[TrajectoryView, ...]
    """Its own trajectory, if it has one."""
    starts: str | None
    withdrawn: str | None
    """From when it is no longer part of the plan, who decided it and why."""
    contributes_to: tuple[str, ...]
    """For an agency's own action, the ids of the plan's actions that it serves."""
    cells: tuple[CellView, ...]
    silent: str
    """Which agencies gave no update of which dimensions: "Essex Police (impact)"; empty if all gave one."""


class ThemeView(NamedTuple):
    """A heading of the plan, and its actions."""

    id: str
    title: str
    actions: tuple[ActionView, ...]


class AreaView(NamedTuple):
    """An area for improvement, and the ids of the actions that address it."""

    id: str
    summary: str
    """With the partnership's answer after it, if that was written down: "(partly agreed)"."""
    addressed_by: tuple[str, ...]


class PlanView(NamedTuple):
    """The plan as agreed, which the governance boards sign."""

    inputs: str | None
    """The digest of the files behind the report, which finds them again in the history."""
    title: str
    partnership: str | None
    collated_by: str | None
    marking: str | None
    inspection: str | None
    inspection_days: str | None
    inspectorates: str | None
    lead_inspectorate: str | None
    introduction: tuple[str, ...]
    governance: tuple[str, ...]
    excellence_introduction: tuple[str, ...]
    excellence: tuple[str, ...]
    boards: tuple[str, ...]
    periods: tuple[tuple[str, str, str | None], ...]
    """Each period's label, its days and the day its returns are due; a report of a period stops at that period."""
    areas: int | None
    areas_source: str | None
    areas_recorded: tuple[AreaView, ...]
    """Those that were written down."""
    dimensions: tuple[str, ...]
    trajectory: tuple[TrajectoryView, ...]
    key: tuple[KeyView, ...]
    due_words: str | None
    """What is expected before and after the due day of an action; None if no action has one."""
    palette: Mapping[str, Paint]
    """How each rating is painted, by its id: `fill`, `ink` and `pattern`."""
    themes: tuple[ThemeView, ...]
