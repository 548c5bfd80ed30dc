"""What is read of a plan: its themes, actions, milestones and areas for improvement."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from jtai_plan.exchange.plan_import.leads import ReadLead


class ReadArea(NamedTuple):
    """What inspectors or reviewers said should be better: a recommendation, or an area for improvement."""

    id: str
    """Such as "R1": its reference in the file, or its place."""
    summary: str
    response: str = ""
    """Whether it is agreed, if the file says so."""


class ReadMilestone(NamedTuple):
    """A step on the way of an action."""

    by: date
    what: str


class ReadAction(NamedTuple):
    """One thing that the partnership agreed to do."""

    id: str
    """Such as "T1.1": the actions of a theme are counted in the document's order."""
    action: str
    leads: tuple[ReadLead, ...]
    outcome_measure: tuple[str, ...]
    ref: str = ""
    sponsor: str = ""
    also: Mapping[str, str] = MappingProxyType({})
    """What the other columns say, by their names."""
    due: date | None = None
    """The last day of what the file gives for it: a day, a month, a quarter or a term."""
    milestones: tuple[ReadMilestone, ...] = ()
    addresses: tuple[str, ...] = ()
    """The ids of the areas for improvement that it answers."""


class ReadTheme(NamedTuple):
    """A heading of the plan, and the actions under it."""

    id: str
    """Such as "T1": its number in the document, or its place if it has no number."""
    title: str
    actions: tuple[ReadAction, ...]


class ReadPlan(NamedTuple):
    """What a file says of a plan."""

    title: str | None
    """None if the document has no title."""
    themes: tuple[ReadTheme, ...]
    agencies: Mapping[str, str]
    """The names of the lead agencies by their ids, in the order in which they first appear."""
    not_understood: tuple[str, ...]
    """In the document's order, each a sentence with its place."""
    columns: tuple[str, ...] = ()
    """Which column plays which part, for each different row of names, as a sentence."""
    areas: tuple[ReadArea, ...] = ()
    unplaced: tuple[str, ...] = ()
    """The posts and people whose agency neither the file nor the user names."""
    parts: Mapping[str, str] = MappingProxyType({})
    """The names of the columns that were taken, by the parts that they play."""
    key: Mapping[str, str] = MappingProxyType({})
    """What stands beside what in its other tables, by the words in small letters: "not yet delivered" is "Red"."""
