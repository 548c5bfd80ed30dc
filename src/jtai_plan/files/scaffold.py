"""Files that jtai begins: an empty return, a boards' record, and a sign-off.

A return has every cell, in the plan's order, so that two people can fill in different cells and merge.
"""

import re
import textwrap
from collections.abc import Iterator
from pathlib import PurePosixPath

from jtai_plan.files.yaml_text import block, inline
from jtai_plan.model.agency import Agency, SignOff, reported_actions
from jtai_plan.model.partnership import PLAN, board_path, return_path, sign_off_path
from jtai_plan.model.plan import Plan

WIDTH = 100
_SCHEMA = re.compile(r"^# yaml-language-server: \$schema=(?P<folder>\S*?)plan\.schema\.json\s*$", re.MULTILINE)


def scaffold(plan: Plan, agency: str, itself: Agency, period: str, plan_text: str = "") -> str:
    """The text of a new return of *agency* for *period*.

    It names the same JSON Schemas as *plan_text*, the text of plan.yaml, so that editors complete it.
    """
    return "\n".join([*_head(plan, agency, itself, period, plan_text), *_actions(plan, agency, itself, period), ""])


def board_scaffold(plan: Plan, period: str, plan_text: str) -> str:
    """The text of a new record of the boards for *period*."""
    label = plan.periods[period].label
    lines = [*_schema_line(board_path(period), "board", plan_text)]
    lines += _comment(f"The boards' record of {label}: what they moderated, were asked and decided, and when they met.")
    return "\n".join([*lines, "moderated:", "asks:", "decisions:", "presented:", ""])


def sign_off_text(agency: str, itself: Agency, sign_off: SignOff, plan_text: str) -> str:
    """The text of the file in which *agency*'s board signs the plan."""
    lines = [*_schema_line(sign_off_path(agency), "sign-off", plan_text)]
    lines += _comment(f"{itself.name}: sign-off of the plan, by a digest of each part that was signed.")
    said = {key: value for key in SignOff.model_fields if (value := getattr(sign_off, key))}
    return "\n".join([*lines, block(said), ""])


def _head(plan: Plan, agency: str, itself: Agency, period: str, plan_text: str) -> Iterator[str]:
    yield from _schema_line(return_path(agency, period), "return", plan_text)
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
    for action in actions:
        yield ""
        yield from _comment(f"{action.id} {action.action}", "  ")
        yield f"  {inline(action.id)}:"
        for dimension in plan.dimensions:
            yield from (f"    {inline(dimension)}:", "      rating:", "      update:")


def _comment(words: str, indent: str = "") -> list[str]:
    """*words* as lines of comment. No kind of line break in them ends the comment."""
    start = f"{indent}# "
    return textwrap.wrap(
        " ".join(words.split()),
        WIDTH,
        initial_indent=start,
        subsequent_indent=start,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _schema_line(path: str, kind: str, plan_text: str) -> Iterator[str]:
    """The line that names the schema of the file at *path*, if *plan_text* names its own."""
    named = _SCHEMA.search(plan_text)
    if named is None:
        return
    folder = named["folder"]
    # plan.yaml finds the schemas by a path or an address. This is the way there from the file.
    climb = len(PurePosixPath(path).parents) - len(PurePosixPath(PLAN).parents)
    back = "" if "://" in folder or folder.startswith("/") else "../" * climb
    yield f"# yaml-language-server: $schema={back}{folder.removeprefix('./')}{kind}.schema.json"
