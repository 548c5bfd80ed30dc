"""What the public may see: no officer's name, nothing restricted, no small count of people."""

import re
from typing import Any

from jtai_plan.model.board import BoardRecord
from jtai_plan.model.noun import Noun
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Plan
from jtai_plan.model.returns import Cell, Return

SMALL_COUNT = range(1, 6)
"""Counts so small that people could be identified; shown as "c", for confidential."""


def published(partnership: Partnership) -> Partnership:
    """*partnership* as the public may see it.

    It leaves out officers' names and roles, sponsors and other columns of the plan, the protective marking, who amended
    what, and where evidence is kept. If any lead restricts a cell, everything about it is left out: what every agency
    says of it, and the boards' moderation and amendments. In people's own words, the names of officers whom the plan
    knows are left out.
    """
    known = partnership
    partnership = _unnamed(partnership)
    return known._replace(
        plan=_plan(partnership.plan),
        returns={key: _return(partnership, each) for key, each in partnership.returns.items()},
        board_records={
            period: _record(partnership, period, record) for period, record in partnership.board_records.items()
        },
        public=True,
    )


def officers(plan: Plan) -> tuple[str, ...]:
    """The names of the officers whom *plan* names, the longest first."""
    named = {lead.name for action in plan.actions.values() for lead in action.leads if lead.name and " " in lead.name}
    return tuple(sorted(named, key=lambda name: (-len(name), name)))


def _unnamed(partnership: Partnership) -> Partnership:
    """*partnership* without officers' names in the texts of returns and boards' records."""
    names = officers(partnership.plan)
    if not names:
        return partnership
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names), re.IGNORECASE)

    def unnamed(value: Any) -> Any:
        match value:
            case str():
                return pattern.sub("[an officer]", value)
            case Noun():
                said = {name: getattr(value, name) for name in value.model_fields_set}
                return value.model_copy(update={name: unnamed(each) for name, each in said.items()})
            case dict():
                return {key: unnamed(each) for key, each in value.items()}
            case tuple():
                return tuple(map(unnamed, value))
        return value

    return partnership._replace(
        returns={key: unnamed(each) for key, each in partnership.returns.items()},
        board_records={key: unnamed(each) for key, each in partnership.board_records.items()},
    )


RESTRICTED = "(restricted)"
"""What stands in place of the words of a restricted rating."""


def is_restricted(partnership: Partnership, action: str, dimension: str, period: str) -> bool:
    """Whether any agency's return for *period* restricts *action* and *dimension*."""
    return any(partnership.cell(agency, action, dimension, period).restricted for agency in partnership.agencies)


def _plan(plan: Plan) -> Plan:
    def anonymous(action: Action) -> Action:
        leads = tuple(lead.model_copy(update={"name": None, "role": None}) for lead in action.leads)
        return action.model_copy(update={"leads": leads, "sponsor": None, "also": {}})

    return plan.model_copy(update={"marking": None}).with_actions(anonymous)


def _return(partnership: Partnership, returned: Return) -> Return:
    def public(action: str, dimension: str, cell: Cell | None) -> Cell | None:
        if is_restricted(partnership, action, dimension, returned.period):
            return Cell(restricted=True)
        evidence = tuple(each.model_copy(update={"where": None}) for each in cell.evidence) if cell else ()
        return cell.model_copy(update={"evidence": evidence}) if cell else None

    actions = {
        action: {dimension: public(action, dimension, cell) for dimension, cell in (cells or {}).items()}
        for action, cells in returned.actions.items()
    }
    return Return(period=returned.period, actions=actions)


def _record(partnership: Partnership, period: str, record: BoardRecord) -> BoardRecord:
    def is_public(action: str, dimension: str) -> bool:
        return not is_restricted(partnership, action, dimension, period)

    moderated = {
        action: {dimension: each for dimension, each in cells.items() if is_public(action, dimension)}
        for action, cells in record.moderated.items()
    }
    amendments = tuple(each for each in record.amendments if is_public(each.action, each.dimension))
    return record.model_copy(update={"moderated": moderated, "amendments": amendments})
