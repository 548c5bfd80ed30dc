"""Closing a period: from then on its ratings stand as they were, and only an open amendment changes one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jtai_plan.model.board import BoardRecord
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Return
from jtai_plan.rules.seals.digest import digest

Ratings = Mapping[tuple[str, str], str]
"""Ratings by action and dimension. A cell without one is left out."""


def closed_values(partnership: Partnership, period: str, by: str, on: date) -> dict[str, Any]:
    """What the boards' record says under `closed`, if *by* closes *period* on the day *on*."""
    returns = {
        agency: {"digest": digest_of(returned), "ratings": by_action(ratings_of(returned))}
        for agency in partnership.agencies
        if (returned := partnership.returns.get((agency, period))) and returned.says_something
    }
    return {"on": on, "by": by, "returns": returns, "moderated": digest_of_moderated(partnership, period)}


def digest_of(returned: Return) -> str:
    """A digest of all that *returned* says of its actions, but not of who prepared or approved it."""
    return digest(returned.model_dump(mode="json", exclude_defaults=True, exclude_none=True).get("actions", {}))


def digest_of_moderated(partnership: Partnership, period: str) -> str:
    """A digest of every moderated rating of *period*."""
    moderated = partnership.record_of(period).model_dump(mode="json", exclude_none=True)["moderated"]
    return digest({action: cells for action, cells in moderated.items() if cells})


def ratings_of(returned: Return | None) -> Ratings:
    """The ratings that *returned* gives."""
    cells = returned.cells() if returned else ()
    return {(action, dimension): cell.rating for action, dimension, cell in cells if cell.rating}


def agreed_ratings(record: BoardRecord, agency: str) -> Ratings:
    """The ratings of *agency* as closed, and then amended. Each amendment covers one change, and no later one."""
    closed = record.closed and record.closed.returns.get(agency)
    stood: dict[tuple[str, str], str | None] = {
        (action, dimension): rating
        for action, cells in (closed.ratings if closed else {}).items()
        for dimension, rating in cells.items()
    }
    for each in record.amendments:
        cell = (each.action, each.dimension)
        if each.agency == agency and stood.get(cell) == each.was:
            stood[cell] = each.to
    return {cell: rating for cell, rating in stood.items() if rating}


def agreed_digest(record: BoardRecord, agency: str) -> str | None:
    """The digest of the return as last amended or, if it never was, as closed. None if none was recorded."""
    amendments = [each for each in record.amendments if each.agency == agency]
    if amendments:
        return amendments[-1].digest
    closed = record.closed and record.closed.returns.get(agency)
    return closed.digest if closed else None


def agreed_moderated(record: BoardRecord) -> str | None:
    """The digest of the moderated ratings as last amended or, if they never were, as closed."""
    amended = [each.digest for each in record.amendments if each.board]
    return amended[-1] if amended else record.closed.moderated if record.closed else None


def by_action(ratings: Ratings) -> dict[str, dict[str, str]]:
    """*ratings* by action, and then by dimension, as files hold them."""
    actions: dict[str, dict[str, str]] = {}
    for (action, dimension), rating in ratings.items():
        actions.setdefault(action, {})[dimension] = rating
    return actions
