"""Closing a period: from then on its ratings stand as they were, but for what is amended openly."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jtai_plan.model.finding import Finding, Keys
from jtai_plan.model.partnership import Partnership, board_path, return_path
from jtai_plan.model.plan import Plan
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.behind_and_missing import NOT_PRESENTED
from jtai_plan.rules.checks.catalogue.plan_errors import CHANGED_AFTER_CLOSE
from jtai_plan.rules.judge.collate import Collation

if TYPE_CHECKING:
    from jtai_plan.model.board import BoardRecord, ClosedReturn, Closing
    from jtai_plan.model.returns import Return

Ratings = Mapping[str, Mapping[str, str]]
"""Ratings by action and dimension; what has none is left out."""


def closing_of(partnership: Partnership, period: str) -> "Closing | None":
    """How *period* was closed; None while it is open."""
    record = partnership.board_records.get(period)
    return record.closed if record else None


def closed_values(partnership: Partnership, period: str, by: str, on: date) -> dict[str, Any]:
    """What the boards' record says under `closed`, once *period* is closed *by* somebody on a day."""
    returns = {
        agency: {"digest": digest_of(returned), "ratings": _ratings(returned)}
        for agency in partnership.agencies
        if (returned := partnership.returns.get((agency, period))) and returned.says_something
    }
    moderated = _digest(_moderated(partnership.board_records.get(period)))
    return {"on": on, "by": by, "returns": returns, "moderated": moderated}


def digest_of(returned: "Return") -> str:
    """A digest of all that *returned* says of its actions; who prepared or approved it is not part of that."""
    return _digest(returned.model_dump(mode="json", exclude_defaults=True, exclude_none=True).get("actions", {}))


def changed_after_close(collation: Collation) -> Iterator[Finding]:
    """Every rating of a closed period that is not what it was, or was amended to.

    Of a return whose ratings are as they were, or were amended to, any other change is told as one.
    """
    partnership = collation.partnership
    for period in partnership.plan.periods:
        record = partnership.board_records.get(period)
        if record and record.closed:
            for agency in partnership.agencies:
                yield from _changed(partnership, period, agency, record)
            if record.closed.moderated not in (None, _digest(_moderated(record))):
                label = partnership.plan.periods[period].label
                message = f"a moderated rating is not what it was when {label} was closed on {_day(record)}"
                yield _error(board_path(period), ("moderated",), message, "Restore it.", period=period)


def not_presented(collation: Collation) -> Iterator[Finding]:
    """Every closed period, up to the one asked for, whose report some board has not been shown."""
    partnership = collation.partnership
    plan = partnership.plan
    for period in plan.periods:
        record = partnership.board_records.get(period)
        if record and record.closed and plan.order[period] <= plan.order[collation.period]:
            shown = {each.board for each in record.presented or ()}
            for board in plan.boards:
                if board not in shown:
                    yield NOT_PRESENTED.finding(
                        message=f"the report for {plan.periods[period].label}, closed on {_day(record)}, "
                        f"was not put before {plan.boards[board].name}",
                        hint=f"Record it: jtai board present --quarter {period} --board {board} --on DATE.",
                        path=board_path(period),
                        keys=("presented",),
                        period=period,
                    )


def _changed(partnership: Partnership, period: str, agency: str, record: "BoardRecord") -> Iterator[Finding]:
    plan = partnership.plan
    assert record.closed is not None, "only a closed period is asked about"
    then: ClosedReturn | None = record.closed.returns.get(agency)
    returned = partnership.returns.get((agency, period))
    path, label = return_path(agency, period), plan.periods[period].label
    since = f"when {label} was closed on {_day(record)}"
    if then and returned is None:
        message = f"the return of {partnership.agency_name(agency)} is gone or cannot be read, and was there {since}"
        yield _error(path, (), message, "Restore it.", agency=agency, period=period)
        return
    stood = _amended(record, agency, then.ratings if then else {})
    stands = _ratings(returned) if returned else {}
    differ = False
    for action in dict.fromkeys((*stood, *stands)):
        for dimension in plan.dimensions:
            was, now = stood.get(action, {}).get(dimension), stands.get(action, {}).get(dimension)
            if was != now:
                differ = True
                about = wording.subject(plan, action, dimension)
                message = f"{about} of {partnership.agency_name(agency)} was {_said(plan, was)} {since}, and is now "
                hint = f"Restore it, or amend it openly: jtai rate {action} {dimension} RATING --amend REASON --by WHO."
                keys: Keys = ("actions", action, dimension, "rating")
                yield _error(path, keys, message + _said(plan, now), hint, agency, action, dimension, period)
    agreed = _agreed(record, agency)
    if returned and not differ and agreed and agreed != digest_of(returned):
        name = partnership.agency_name(agency)
        last = "when it was last amended" if any(each.agency == agency for each in record.amendments or ()) else since
        message = f"the return of {name} says something else than {last}, though its ratings are as they were"
        yield _error(path, ("actions",), message, "Restore it.", agency=agency, period=period)


def _agreed(record: "BoardRecord", agency: str) -> str | None:
    """The digest of the return as it was closed, or as it was last amended; None where nobody recorded one."""
    assert record.closed is not None, "only a closed period is asked about"
    amendments = [each for each in record.amendments or () if each.agency == agency]
    if amendments:
        return amendments[-1].digest
    closed = record.closed.returns.get(agency)
    return closed.digest if closed else None


def _amended(record: "BoardRecord", agency: str, ratings: Mapping[str, Mapping[str, str | None]]) -> Ratings:
    """*ratings* after the amendments of *record*: each covers one change, and no later one."""
    stood = {action: dict(cells) for action, cells in ratings.items()}
    for each in record.amendments or ():
        cells = stood.setdefault(each.action, {})
        if each.agency == agency and cells.get(each.dimension) == each.was:
            cells[each.dimension] = each.to
    return {action: {key: value for key, value in cells.items() if value} for action, cells in stood.items()}


def _ratings(returned: "Return") -> dict[str, dict[str, str]]:
    rated = {
        action: {dimension: cell.rating for dimension, cell in (cells or {}).items() if cell and cell.rating}
        for action, cells in (returned.actions or {}).items()
    }
    return {action: cells for action, cells in rated.items() if cells}


def _moderated(record: "BoardRecord | None") -> Any:
    moderated = (record.moderated if record else None) or {}
    return {
        action: {dimension: each.model_dump(mode="json", exclude_none=True) for dimension, each in cells.items()}
        for action, cells in moderated.items()
    }


def _digest(values: Any) -> str:
    return "sha256:" + sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _said(plan: Plan, rating: str | None) -> str:
    return wording.rating(plan, rating) if rating else "not rated"


def _day(record: "BoardRecord") -> str:
    assert record.closed is not None, "only a closed period is asked about"
    return wording.day(record.closed.on)


def _error(
    path: str,
    keys: Keys,
    message: str,
    hint: str,
    agency: str | None = None,
    action: str | None = None,
    dimension: str | None = None,
    period: str | None = None,
) -> Finding:
    return CHANGED_AFTER_CLOSE.finding(
        message=message,
        path=path,
        hint=hint,
        keys=keys,
        agency=agency,
        action=action,
        dimension=dimension,
        period=period,
    )
