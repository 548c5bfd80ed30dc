"""Asks: what a board is asked, or asks for. Each stays in the reports until a decision resolves it."""

from collections.abc import Iterator
from typing import NamedTuple

from jtai_plan.model.board import Ask, Decision
from jtai_plan.model.partnership import Partnership


class Asked(NamedTuple):
    """An ask, and the period whose record holds it."""

    period: str
    ask: Ask


class Decided(NamedTuple):
    """A decision, and the ask that it resolves."""

    decision: Decision
    asked: Asked


def all_asks(partnership: Partnership) -> Iterator[Asked]:
    """Every ask, in the order of the periods."""
    for period in partnership.plan.periods:
        record = partnership.board_records.get(period)
        for ask in record.asks if record else ():
            yield Asked(period, ask)


def open_asks(partnership: Partnership, period: str) -> tuple[Asked, ...]:
    """The asks made by *period* that no decision has resolved by then."""
    until = partnership.plan.until(period)
    resolved = {decided.asked.ask.id for each in until for decided in decided_in(partnership, each)}
    return tuple(each for each in all_asks(partnership) if each.period in until and each.ask.id not in resolved)


def decided_in(partnership: Partnership, period: str) -> tuple[Decided, ...]:
    """The decisions in the record of *period*, each with its ask; those whose ask cannot be read are left out."""
    record = partnership.board_records.get(period)
    known = {each.ask.id: each for each in all_asks(partnership)}
    decisions = record.decisions if record else ()
    return tuple(Decided(each, known[each.resolves]) for each in decisions if each.resolves in known)
