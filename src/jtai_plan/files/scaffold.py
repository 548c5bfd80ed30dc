"""A return before anything is said in it: whole, in the plan's order, so that two who fill it in do not collide."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import PurePosixPath

from jtai_plan.files.splicing import inline
from jtai_plan.model.agency import Agency
from jtai_plan.model.partnership import PLAN, return_path
from jtai_plan.model.plan import Plan

WIDTH = 100
_SCHEMA = re.compile(r"^# yaml-language-server: \$schema=(?P<folder>\S*?)plan\.schema\.json\s*$", re.MULTILINE)


def scaffold(plan: Plan, agency: str, itself: Agency, period: str, plan_text: str = "") -> str:
    """The text of a new return of *agency* for *period*.

    It names the same JSON Schemas as *plan_text*, the text of plan.yaml, so that editors complete it.
    """
    return "\n".join([*_head(plan, agency, itself, period, plan_text), *_actions(plan, agency, itself, period), ""])


def reported_actions(plan: Plan, agency: str, itself: Agency, period: str) -> tuple[tuple[str, str], ...]:
    """The id and wording of every action that *agency* reports in *period*: the plan's, then its own."""
    led = ((action.id, action.action) for action in plan.led_by(agency, period))
    return (*led, *((action.id, action.action) for action in itself.actions))


def _head(plan: Plan, agency: str, itself: Agency, period: str, plan_text: str) -> Iterator[str]:
    if named := _SCHEMA.search(plan_text):
        yield f"# yaml-language-server: $schema={_schema_from(agency, period, named['folder'])}"
    ratings = ", ".join(plan.scale)
    yield from _comment(f"{itself.name}: return for {plan.periods[period].label}.")
    yield from _comment(f"A rating is one of {ratings}. A rating left empty is no return.")
    yield "# A cell may also say: recovery: {plan: .., by: date} and evidence: [{what: .., where: .., dated: date}]."
    yield f"period: {inline(period)}"
    yield from ("prepared:", "  by:", "  on:")
    yield from ("approved:", "  board:", "  on:", "  minute:")


def _actions(plan: Plan, agency: str, itself: Agency, period: str) -> Iterator[str]:
    actions = reported_actions(plan, agency, itself, period)
    yield "actions:" if actions else "actions: {}"
    for name, wording in actions:
        yield ""
        yield from _comment(f"{name} {wording}", "  ")
        yield f"  {inline(name)}:"
        for dimension in plan.dimensions:
            yield from (f"    {inline(dimension)}:", "      rating:", "      update:")


def _comment(words: str, indent: str = "") -> list[str]:
    """*words* as lines of comment. No line break in them, of whatever kind, ends the comment."""
    start = f"{indent}# "
    return textwrap.wrap(
        " ".join(words.split()),
        WIDTH,
        initial_indent=start,
        subsequent_indent=start,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _schema_from(agency: str, period: str, folder: str) -> str:
    """The way from a return to its schema, where plan.yaml finds the schemas in *folder*, a path or an address."""
    climb = len(PurePosixPath(return_path(agency, period)).parents) - len(PurePosixPath(PLAN).parents)
    back = "" if "://" in folder or folder.startswith("/") else "../" * climb
    return f"{back}{folder.removeprefix('./')}return.schema.json"
