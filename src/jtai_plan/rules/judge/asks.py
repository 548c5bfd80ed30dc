"""Asks: what a board is asked, or asks for. Each stays in the reports until a decision resolves it."""

from collections.abc import Iterator
from typing import NamedTuple

from jtai_plan.model.board import Ask, Decision
from jtai_plan.model.partnership import Partnership


class Asked(NamedTuple):
    """An ask, and the period whose record holds it."""

    period: str
    ask: Ask
    decision: Decision | None = None
    """What resolves it; None in a list of what is asked."""


def all_asks(partnership: Partnership) -> Iterator[Asked]:
    """Every ask, in the order of the periods."""
    for period in partnership.plan.periods:
        for ask in partnership.record_of(period).asks:
            yield Asked(period, ask)


def open_asks(partnership: Partnership, period: str) -> tuple[Asked, ...]:
    """The asks made by *period* that no decision has resolved by then."""
    until = partnership.plan.until(period)
    resolved = {decided.ask.id for each in until for decided in decided_in(partnership, each)}
    return tuple(each for each in all_asks(partnership) if each.period in until and each.ask.id not in resolved)


def decided_in(partnership: Partnership, period: str) -> tuple[Asked, ...]:
    """The asks that the record of *period* resolves, each with its decision, unless the ask cannot be read."""
    known = {each.ask.id: each for each in all_asks(partnership)}
    decisions = partnership.record_of(period).decisions
    return tuple(known[each.resolves]._replace(decision=each) for each in decisions if each.resolves in known)
