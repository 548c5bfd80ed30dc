"""What is not the same in two states of a partnership, in the plan's order and in the plan's words."""

from collections.abc import Iterator

from jtai_plan.model.partnership import Partnership
from jtai_plan.rules.diff.agencies import agency_changes, sign_off_changes
from jtai_plan.rules.diff.before_and_after import Sides
from jtai_plan.rules.diff.boards import board_changes
from jtai_plan.rules.diff.change import Change
from jtai_plan.rules.diff.plan import plan_changes
from jtai_plan.rules.diff.renamed_agencies import changes_by_renaming, in_new_names, renamed
from jtai_plan.rules.diff.returns import return_changes


def changes(before: Partnership, after: Partnership) -> tuple[Change, ...]:
    """Everything that *after* says otherwise than *before*: the plan, then agency by agency, then the boards.

    An agency that has another id is compared with what it was before.
    """
    names = renamed(before, after)
    sides = Sides(in_new_names(before, names), after)
    return (
        *plan_changes(sides),
        *changes_by_renaming(before, sides, names),
        *(change for agency in _agencies(sides) for change in _agency(sides, agency)),
        *(change for period in _periods(sides) for change in board_changes(sides, period)),
    )


def _agency(sides: Sides, agency: str) -> Iterator[Change]:
    yield from agency_changes(sides, agency)
    yield from sign_off_changes(sides, agency)
    for period in _periods(sides):
        yield from return_changes(sides, agency, period)


def _agencies(sides: Sides) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*sides.after.agencies, *sides.before.agencies)))


def _periods(sides: Sides) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*sides.after.plan.periods, *sides.before.plan.periods)))
