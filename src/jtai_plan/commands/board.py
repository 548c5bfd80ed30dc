"""`jtai board`: the boards' record of a period, kept by the collator: moderated ratings, asks, decisions, meetings."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jtai_plan.commands.names import the_action, the_board, the_dimension, the_period, the_rating
from jtai_plan.errors import CannotDo, UnknownName
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import NO_RETURNS, Loaded, Scope, load
from jtai_plan.files.record import record_of_boards
from jtai_plan.files.validate import validated
from jtai_plan.files.yaml_text import Value
from jtai_plan.model.board import Ask, Decision, Moderation, Presented
from jtai_plan.model.words import Noun
from jtai_plan.output.terminal import line, show
from jtai_plan.rules import wording
from jtai_plan.rules.judge import asks

_RECORDS = Scope(agencies=())


def moderate(
    start: Path, quarter: str, *, action: str, dimension: str, rating: str, reason: str, meeting: Mapping[str, object]
) -> int:
    """Record a board's own rating of a cell, which replaces the agencies' in the collated report."""
    loaded = load(find_root(start), NO_RETURNS)
    plan = loaded.trusted().plan
    period = the_period(plan, quarter)
    itself, dimension = the_action(loaded.trusted(), action), the_dimension(plan, dimension)
    if itself.id not in plan.actions:
        raise CannotDo(f"{itself.id} is an agency's own action, which no board moderates.", nothing_written=True)
    said = validated(
        Moderation, {"rating": the_rating(plan, rating), "reason": _folded(reason), **_meeting(loaded, meeting)}
    )
    subject = wording.subject(plan, itself.id, dimension)
    outcome = f"{subject} is moderated to {wording.rating(plan, said.rating)} by {plan.boards[said.board].name}"
    return _write(loaded, period, ("moderated", itself.id, dimension), _values(said), outcome)


def ask(start: Path, quarter: str, *, words: str, about: str | None, meeting: Mapping[str, object]) -> int:
    """Record what a board is asked, or asks; it stays open until a decision resolves it."""
    loaded = load(find_root(start), _RECORDS)
    partnership = loaded.trusted()
    period = the_period(partnership.plan, quarter)
    known = [each.ask.id for each in asks.all_asks(partnership)]
    name = next(each for n in range(len(known) + 1) if (each := f"ask-{n + 1}") not in known)
    board = _meeting(loaded, meeting)["board"]
    subject = {"about": the_action(partnership, about).id} if about else {}
    said = validated(Ask, {"id": name, "board": board, **subject, "ask": _folded(words)})
    return _write(
        loaded, period, ("asks",), [_values(said)], f"{name} is put to {partnership.plan.boards[said.board].name}"
    )


def decide(start: Path, quarter: str, *, resolves: str, words: str, meeting: Mapping[str, object]) -> int:
    """Record what a board decided about an ask, which is closed by it."""
    loaded = load(find_root(start), _RECORDS)
    partnership = loaded.trusted()
    period = the_period(partnership.plan, quarter)
    still_open = [each.ask.id for each in asks.open_asks(partnership, period)]
    if resolves not in still_open:
        raise UnknownName("open ask", resolves, still_open)
    said = validated(Decision, {"resolves": resolves, "decision": _folded(words), **_meeting(loaded, meeting)})
    outcome = f"{resolves} is resolved by {partnership.plan.boards[said.board].name}"
    return _write(loaded, period, ("decisions",), [_values(said)], outcome)


def present(start: Path, quarter: str, *, meeting: Mapping[str, object]) -> int:
    """Record the meeting at which the report of a period was put before a board."""
    loaded = load(find_root(start), NO_RETURNS)
    plan = loaded.trusted().plan
    said = validated(Presented, _meeting(loaded, meeting))
    outcome = f"the report was put before {plan.boards[said.board].name} on {wording.day(said.on)}"
    return _write(loaded, the_period(plan, quarter), ("presented",), [_values(said)], outcome)


def _write(loaded: Loaded, period: str, keys: tuple[str, ...], value: Value, outcome: str) -> int:
    written = record_of_boards(loaded, period, keys, value)
    label = loaded.trusted().plan.periods[period].label
    show([line(f"{label}: {outcome}{'' if written else ' already; nothing was written'}.")])
    return 0


def _meeting(loaded: Loaded, meeting: Mapping[str, object]) -> dict[str, object]:
    """The board, day and minute of *meeting* that were given, the board by its id."""
    given = {key: value for key, value in meeting.items() if value is not None}
    return {**given, "board": the_board(loaded.trusted().plan, str(meeting["board"]))}


def _folded(words: str) -> str:
    return " ".join(words.split())


def _values(noun: Noun) -> dict[str, Value]:
    """What *noun* says, in the order of its keys, without what was left out."""
    values = {key: getattr(noun, key) for key in type(noun).model_fields}
    return {key: value for key, value in values.items() if isinstance(value, str | date)}
