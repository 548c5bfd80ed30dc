"""The names in a plan: enough to put its history into words, even if the plan has faults."""

from collections.abc import Mapping
from typing import NamedTuple


class Outline(NamedTuple):
    """The names in a plan by their ids, in its order."""

    title: str
    actions: Mapping[str, str]
    """The wording of each action: the plan's, then the agencies' own."""
    dimensions: Mapping[str, str]
    periods: Mapping[str, str]
    ratings: Mapping[str, str]
    agencies: Mapping[str, tuple[str, ...]]
    """What each agency is called, the shortest name first."""
    boards: Mapping[str, str]
