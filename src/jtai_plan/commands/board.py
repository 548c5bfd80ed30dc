"""`jtai board`: the boards' record of a period, kept by the collator: moderated ratings, asks, decisions, meetings."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jtai_plan.commands.names import (
    refuse_impossible_day,
    the_action,
    the_agency,
    the_board,
    the_dimension,
    the_period,
    the_rating,
)
from jtai_plan.commands.writing import alone, note_stale
from jtai_plan.errors import NothingWritten, UnknownName
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import NO_RETURNS, Loaded, Scope, load
from jtai_plan.files.record import AMENDMENTS, record_of_boards
from jtai_plan.files.validate import validated
from jtai_plan.model.board import Amendment, Ask, Decision, Moderation, Presented
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.output.terminal import line, show
from jtai_plan.rules import wording
from jtai_plan.rules.judge import asks
from jtai_plan.rules.seals.closing import digest_of_moderated

_RECORDS = Scope(agencies=())
Meeting = Mapping[str, object]
"""The board, day and minute that the call gives."""


@alone
def moderate(
    start: Path | None,
    quarter: str,
    *,
    action: str,
    dimension: str,
    rating: str | None,
    reason: str | None,
    meeting: Meeting,
    amend: str | None,
    by: str | None,
    today: date,
) -> int:
    """Record a board's own rating, which replaces the agencies' in the collated report; without a rating, take it back.

    In a closed period this is an amendment too, as of *today*.
    """
    loaded = load(find_root(start), NO_RETURNS)
    plan = loaded.trusted().plan
    period = the_period(plan, quarter)
    loaded = load(loaded.root, Scope((), (period,)), known=loaded)
    itself, dimension = the_action(loaded.trusted(), action), the_dimension(plan, dimension)
    if itself.id not in plan.actions:
        raise NothingWritten(f"{itself.id} is an agency's own action, which no board moderates.")
    cell, subject = (itself.id, dimension), wording.subject(plan, itself.id, dimension)
    if rating is None:
        return _withdraw(loaded, period, cell, the_board(plan, str(meeting["board"])), (amend, by), today)
    if reason is None:
        raise NothingWritten("say why the board's rating replaces the agencies': --reason TEXT.")
    said = {"rating": the_rating(plan, rating, dimension), "reason": _one_line(reason), **_given(plan, meeting)}
    moderation = validated(Moderation, said)
    refuse_impossible_day(plan, period, "the meeting", moderation.on, today)
    amendments = _amendments(loaded, period, cell, moderation.board, moderation, (amend, by), today)
    now = wording.rating(plan, moderation.rating)
    outcome = f"{subject} is moderated to {now} by {plan.boards[moderation.board].name}"
    return _write(loaded, period, {**amendments, ("moderated", *cell): moderation}, outcome)


def _withdraw(
    loaded: Loaded,
    period: str,
    cell: tuple[str, str],
    board: str,
    said: tuple[str | None, str | None],
    today: date,
) -> int:
    """Take a board's own rating back, so that the agencies' own stand. Raises NothingWritten if it gave none."""
    (action, dimension), plan = cell, loaded.trusted().plan
    moderated = loaded.trusted().record_of(period).moderated.get(action, {})
    there, subject = moderated.get(dimension), wording.subject(plan, action, dimension)
    if there is None or there.board != board:
        raise NothingWritten(f"{plan.boards[board].name} has moderated no rating of {subject} in {period}.")
    amendments = _amendments(loaded, period, cell, board, None, said, today)
    left = {name: each.model_dump(exclude_none=True) for name, each in moderated.items() if name != dimension}
    outcome = f"the rating of {subject} by {plan.boards[board].name} is taken back; the agencies' own stand"
    return _write(loaded, period, {**amendments, ("moderated", action): left}, outcome)


@alone
def ask(
    start: Path | None,
    quarter: str,
    *,
    words: str,
    about: str | None,
    owner: str | None,
    due: date | None,
    meeting: Meeting,
) -> int:
    """Record what a board is asked, or asks; it stays open until a decision resolves it."""
    loaded = load(find_root(start), _RECORDS)
    partnership = loaded.trusted()
    plan = partnership.plan
    period = the_period(plan, quarter)
    known = [each.ask.id for each in asks.all_asks(partnership)]
    name = next(each for n in range(len(known) + 1) if (each := f"ask-{n + 1}") not in known)
    said = {
        "id": name,
        "board": _given(plan, meeting)["board"],
        "about": the_action(partnership, about).id if about else None,
        "ask": _one_line(words),
        "owner": the_agency(partnership, owner) if owner else None,
        "due": due,
    }
    asked = validated(Ask, {key: value for key, value in said.items() if value is not None})
    return _write(loaded, period, {("asks",): [asked]}, f"{name} was recorded for {plan.boards[asked.board].name}")


@alone
def decide(start: Path | None, quarter: str, *, resolves: str, words: str, meeting: Meeting, today: date) -> int:
    """Record what a board decided about an ask, which resolves it."""
    loaded = load(find_root(start), _RECORDS)
    partnership = loaded.trusted()
    plan = partnership.plan
    period = the_period(plan, quarter)
    still_open = [each.ask.id for each in asks.open_asks(partnership, period)]
    if resolves not in still_open:
        raise UnknownName("open ask", resolves, still_open)
    _refuse_another_board(partnership, resolves, the_board(plan, str(meeting["board"])))
    said = validated(Decision, {"resolves": resolves, "decision": _one_line(words), **_given(plan, meeting)})
    refuse_impossible_day(plan, period, "the meeting", said.on, today)
    return _write(loaded, period, {("decisions",): [said]}, f"{resolves} was decided by {plan.boards[said.board].name}")


def _amendments(
    loaded: Loaded,
    period: str,
    cell: tuple[str, str],
    board: str,
    moderation: Moderation | None,
    said: tuple[str | None, str | None],
    today: date,
) -> dict[tuple[str, ...], Any]:
    """The amendment that a moderation (None: taken back) needs in a closed period, to be written with it.

    Raises NothingWritten if the call does not say why, and who makes it.
    """
    partnership = loaded.trusted()
    record, label = partnership.record_of(period), partnership.plan.periods[period].label
    reason, by = (_one_line(words or "") for words in said)
    if record.closed is None:
        if reason or by:
            raise NothingWritten(f"{label} is not closed, so leave out --amend and --by.")
        return {}
    if not reason or not by:
        raise NothingWritten(
            f"{label} was closed on {wording.day(record.closed.on)}. To moderate a rating, say why and who you are: "
            "--amend REASON --by WHO."
        )
    action, dimension = cell
    was = record.moderation(action, dimension)
    if was == moderation:
        return {}
    others = {name: each for name, each in record.moderated.get(action, {}).items() if name != dimension}
    moderated = {**record.moderated, action: others | ({dimension: moderation} if moderation else {})}
    after = record.model_copy(update={"moderated": moderated})
    digest = digest_of_moderated(partnership._replace(board_records={period: after}), period)
    amendment = Amendment(
        board=board,
        action=action,
        dimension=dimension,
        was=was.rating if was else None,
        to=moderation.rating if moderation else None,
        reason=reason,
        by=by,
        on=today,
        digest=digest,
    )
    return {AMENDMENTS: [amendment]}


def _refuse_another_board(partnership: Partnership, resolves: str, board: str) -> None:
    asked = next(each.ask for each in asks.all_asks(partnership) if each.ask.id == resolves)
    if asked.board != board:
        whose, other = (partnership.plan.boards[each].name for each in (asked.board, board))
        raise NothingWritten(
            f"{resolves} was asked of {whose}, so {other} cannot decide it. Ask {other}: jtai board ask."
        )


@alone
def present(start: Path | None, quarter: str, *, meeting: Meeting, today: date) -> int:
    """Record the meeting at which the report of a period was put before a board."""
    loaded = load(find_root(start), NO_RETURNS)
    plan = loaded.trusted().plan
    said = validated(Presented, _given(plan, meeting))
    refuse_impossible_day(plan, the_period(plan, quarter), "the meeting", said.on, today)
    outcome = f"the report was put before {plan.boards[said.board].name} on {wording.day(said.on)}"
    return _write(loaded, the_period(plan, quarter), {("presented",): [said]}, outcome)


@alone
def summary(
    start: Path | None, quarter: str, *, words: str | None, achievements: Sequence[str], following: Sequence[str]
) -> int:
    """Record what the report of a period begins with: a summary, what was achieved, and what comes next.

    A summary takes the place of the one before; the others are added to those that are there.
    """
    loaded = load(find_root(start), NO_RETURNS)
    period = the_period(loaded.trusted().plan, quarter)
    said = {
        "summary": _one_line(words or ""),
        "achievements": [_one_line(each) for each in achievements],
        "next": [_one_line(each) for each in following],
    }
    given: dict[tuple[str, ...], Any] = {(key,): value for key, value in said.items() if value}
    if not given:
        raise NothingWritten("say what the report begins with: TEXT, --achievement TEXT or --next TEXT.")
    return _write(loaded, period, given, "the report will begin with this")


def _write(loaded: Loaded, period: str, says: Mapping[tuple[str, ...], Any], outcome: str) -> int:
    """Write what a board *says*, by its keys in the record of *period*, and tell the *outcome*."""
    written = record_of_boards(loaded, period, says)
    label = loaded.trusted().plan.periods[period].label
    show([line(f"{label}: {outcome}{'' if written else ' already; nothing was written'}.")])
    if written and ("presented",) not in says:
        note_stale(loaded, period)
    return 0


def _given(plan: Plan, meeting: Meeting) -> dict[str, object]:
    """What was given of *meeting*, the board by its id."""
    given = {key: value for key, value in meeting.items() if value is not None}
    return {**given, "board": the_board(plan, str(meeting["board"]))}


def _one_line(words: str) -> str:
    return " ".join(words.split())
