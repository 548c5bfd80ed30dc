"""The files of a new partnership's repository, before its plan is filled in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined

from jtai_plan.model.partnership import agency_path
from jtai_plan.output.markdown import escape
from jtai_plan.rules.new_plan import SCALES, NewPeriod, trajectory

TEMPLATE = ".j2"
_AGENCY = "plan/agencies/agency.yaml"


class Member(NamedTuple):
    """An agency of the partnership, or a board that receives the report."""

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    """How documents spell it too."""
    reviewers: tuple[str, ...] = ()
    """Who is asked to review a change of an agency's files: names of accounts, or e-mail addresses."""


class NewPlan(NamedTuple):
    """What is known of a plan when its repository is made."""

    title: str
    agencies: tuple[Member, ...]
    periods: tuple[NewPeriod, ...]
    dimensions: tuple[Member, ...]
    scale: str
    """One of SCALES."""
    partnership: str | None
    collator: str | None
    boards: tuple[Member, ...]
    areas: Any
    """The areas for improvement, as plan.yaml holds them; empty if none are known."""
    themes: Any
    """As plan.yaml holds them; without any, a placeholder takes their place."""


def texts(
    plan: NewPlan, packaged: Mapping[str, str], requirement: str, filters: Mapping[str, Callable[..., str]]
) -> dict[str, str]:
    """The text of every file of the new repository, by its path.

    *packaged* are the texts that come with jtai, by their paths: those of templates are filled in. *requirement* is
    the line by which pip installs jtai. *filters* write a value as YAML: `yaml` after a key, `block` on its own lines.
    """
    environment = Environment(  # noqa: S701  # nothing here is HTML, and every word goes through a filter
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= {**filters, "markdown": escape}
    known = {
        **plan._asdict(),
        "requirement": requirement,
        "scale": SCALES[plan.scale],
        "expected": trajectory(plan.scale, [each.id for each in plan.dimensions], [each.id for each in plan.periods]),
        "by_dimension": [each.id for each in plan.dimensions] == ["process", "impact", "performance"],
        "inspected_on": plan.periods[0].first_day - timedelta(days=91),
        "two_weeks": timedelta(days=14),
        "a_board": plan.boards[0].id if plan.boards else "partnership-board",
        "first_action": plan.themes[0]["actions"][0]["id"] if plan.themes else "T1.1",
    }
    made: dict[str, str] = {}
    for path, text in packaged.items():
        name = path.removesuffix(TEMPLATE)
        if name == path:
            made[path] = text
        elif name == _AGENCY:
            for agency in plan.agencies:
                made[agency_path(agency.id)] = environment.from_string(text).render(known, agency=agency)
        else:
            made[name] = environment.from_string(text).render(known)
    return made


def fixed_paths(packaged: Iterable[str]) -> list[str]:
    """The paths of the files that are made of the *packaged* ones whatever the agencies are."""
    return [name for path in packaged if (name := path.removesuffix(TEMPLATE)) != _AGENCY]
