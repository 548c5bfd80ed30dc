"""Everything that the files of a plan say, and the path of each file."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from jtai_plan.model.agency import AdditionalAction, Agency, SignOff
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Cell, Return

PLAN = "plan/plan.yaml"


def agency_path(agency: str) -> str:
    """Where *agency* says who it is."""
    return f"plan/agencies/{agency}/agency.yaml"


def sign_off_path(agency: str) -> str:
    """Where *agency*'s governance board signed the plan."""
    return f"plan/agencies/{agency}/sign-off.yaml"


def return_path(agency: str, period: str) -> str:
    """Where *agency* reports for *period*."""
    return f"plan/agencies/{agency}/returns/{period}.yaml"


def board_path(period: str) -> str:
    """Where the boards' record of *period* is kept."""
    return f"plan/board/{period}.yaml"


class Place(NamedTuple):
    """What a path says of its file: the *kind*, and the agency and the period if it has them."""

    kind: str
    agency: str | None = None
    period: str | None = None


_PLACES = re.compile(
    r"plan/(?:(?P<plan>plan)|board/(?P<board>[^/]+)"
    r"|agencies/(?P<agency>[^/]+)/(?:(?P<own>agency|sign-off)|returns/(?P<period>[^/]+)))\.yaml"
)


@cache
def place_of(path: str) -> Place | None:
    """The inverse of the functions above; None if *path* is not one of a plan's files."""
    found = _PLACES.fullmatch(path)
    if found is None:
        return None
    if found["board"]:
        return Place("board", period=found["board"])
    if found["period"]:
        return Place("return", found["agency"], found["period"])
    return Place(found["own"] or "plan", found["agency"])


def form_name(agency: str, period: str) -> str:
    """What the Excel form of *agency* for *period* is called."""
    return f"{period}-{agency}.xlsx"


_NO_RECORD, _NO_CELL = BoardRecord.model_construct(), Cell.model_construct()


class Partnership(NamedTuple):
    """The plan, its agencies, what they returned, and what the boards made of it."""

    plan: Plan
    agencies: Mapping[str, Agency]
    returns: Mapping[tuple[str, str], Return] = MappingProxyType({})
    """By agency and period."""
    board_records: Mapping[str, BoardRecord] = MappingProxyType({})
    """By period."""
    sign_offs: Mapping[str, SignOff] = MappingProxyType({})
    """By agency."""
    public: bool = False
    """Whether it holds only what the public may see."""

    def agency_name(self, agency: str) -> str:
        """The short name of *agency*, or else its name; its id if its file cannot be read."""
        known = self.agencies.get(agency)
        return known.short_name or known.name if known else agency

    def additional_actions(self) -> Iterator[tuple[str, AdditionalAction]]:
        """Every agency's own actions, each with the agency."""
        for agency, itself in self.agencies.items():
            for action in itself.actions:
                yield agency, action

    def record_of(self, period: str) -> BoardRecord:
        """What the boards recorded in *period*; an empty record if there is none."""
        return self.board_records.get(period, _NO_RECORD)

    def cell(self, agency: str, action: str, dimension: str, period: str) -> Cell:
        """What *agency* returned of *action* and *dimension*; an empty cell if it said nothing at all."""
        returned = self.returns.get((agency, period))
        return (returned and returned.cell(action, dimension)) or _NO_CELL

    def rating(self, agency: str, action: str, dimension: str, period: str) -> str | None:
        """The rating that *agency* returned; None if it returned none."""
        return self.cell(agency, action, dimension, period).rating

    def latest_rated_period(self) -> str | None:
        """The latest period for which any agency has returned a rating; None before the first."""
        rated = {returned.period for returned in self.returns.values() if returned.says_something}
        return next((period for period in reversed(list(self.plan.periods)) if period in rated), None)
