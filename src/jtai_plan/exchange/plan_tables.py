"""A plan's themes and actions as tables of a document say them, and the id of an agency, from its name."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jtai_plan.errors import CannotDo


class ReadLead(NamedTuple):
    """An agency that leads an action, by its id, and who answers for it."""

    agency: str
    name: str | None = None
    role: str | None = None


class ReadAction(NamedTuple):
    """An action."""

    id: str
    action: str
    leads: tuple[ReadLead, ...]
    outcome_measure: tuple[str, ...] = ()


class ReadTheme(NamedTuple):
    """A theme, and the actions under it."""

    id: str
    title: str
    actions: tuple[ReadAction, ...]


class ReadPlan(NamedTuple):
    """What a document says of a plan."""

    title: str | None
    themes: tuple[ReadTheme, ...]
    agencies: Mapping[str, str]
    """The name of each agency that leads an action, by its id."""
    not_understood: tuple[str, ...] = ()
    """The rows that say something else."""


def read_plan(file: Path, agencies: Mapping[str, Sequence[str]]) -> ReadPlan:
    """The plan that *file* says; *agencies* are how names are spelt, by id."""
    raise CannotDo(f"{file}: no document is read yet, for whatever agencies ({len(agencies)}). Nothing was written.")


def agency_id(name: str) -> str:
    """A valid id made of an agency's *name*."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return (words if words[:1].isalpha() else f"agency-{words}")[:60].strip("-")
