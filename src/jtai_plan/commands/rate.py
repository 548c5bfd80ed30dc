"""`jtai rate`: record one rating, and say how it stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from jtai_plan.commands.names import the_action, the_dimension, the_lead, the_rating
from jtai_plan.commands.returns import Rated, load_plan, load_returns, refuse_unopened
from jtai_plan.commands.typed import EVIDENCE, RECOVERY, number, parts
from jtai_plan.commands.writing import alone, note_stale
from jtai_plan.errors import FilesAreWrong, NothingWritten, UnknownName
from jtai_plan.files.load import Loaded
from jtai_plan.files.record import AMENDMENTS, foreseen, record, record_of_boards
from jtai_plan.files.validate import validated
from jtai_plan.model.board import Amendment
from jtai_plan.model.partnership import Partnership, board_path, return_path
from jtai_plan.model.plan import Action, Plan
from jtai_plan.model.returns import Cell, Return
from jtai_plan.output.terminal import Line, Part, line, rating_part, show, standing_part
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.queries import MAY_IDENTIFY
from jtai_plan.rules.judge.trajectory import standing
from jtai_plan.rules.seals.closing import digest_of


class Said(NamedTuple):
    """What the call says about one rating, in the words that were typed."""

    action: str
    dimension: str
    rating: str | None = None
    agency: str | None = None
    quarter: str | None = None
    update: str | None = None
    recovery: str | None = None
    evidence: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    amend: str | None = None
    """Why a rating of a closed period is changed."""
    by: str | None = None
    """Who changes it."""
    answers: tuple[str, ...] = ()
    clear: bool = False
    """Whether the rating is taken back."""
    restrict: str | None = None
    """Why the cell is left out of the public edition."""
    sure: tuple[str, ...] = ()
    """What may point to a person, and was looked at: kinds, as `check` names them."""


@alone
def rate(start: Path | None, said: Said, today: date) -> int:
    """Record what was *said* in the agency's return, and begin that return if there is none.

    In a closed period this is an amendment, which is recorded first, as of *today*.
    """
    who = [name for name in ("amend", "restrict", "sure") if getattr(said, name)]
    if said.by is not None and not who:
        raise NothingWritten("--by needs --amend, --restrict or --sure.")
    if said.by is None and who and who != ["amend"]:
        raise NothingWritten(f"say who you are beside --{who[-1]}: --by WHO.")
    loaded, period = load_plan(start, said.quarter, "Rating")
    refuse_unopened(loaded, period)
    partnership = loaded.trusted()
    action = the_action(partnership, said.action)
    _refuse_withdrawn(partnership.plan, action, period)
    agency = the_lead(partnership, action, period, said.agency)
    rated = Rated(agency, period, action, the_dimension(partnership.plan, said.dimension))
    loaded = load_returns(loaded, period, (agency,))
    partnership = loaded.trusted()
    cell = _cell(partnership, rated, said)
    _refuse_impossible_days(partnership.plan, rated, cell, today)
    _amend(loaded, rated, cell, said, today)
    before, written = record(loaded, agency, period, {(action.id, rated.dimension): cell})
    show([_outcome(partnership, rated, before, cell, written=written)])
    if written:
        show(_consequences(partnership, rated, before, cell))
    return 0


def _refuse_withdrawn(plan: Plan, action: Action, period: str) -> None:
    if action.withdrawn and plan.is_withdrawn(action, period):
        since, on = plan.periods[action.withdrawn.since].label, wording.day(action.withdrawn.on)
        board = plan.boards[action.withdrawn.board].name if action.withdrawn.board in plan.boards else "the board"
        raise NothingWritten(f"{action.id} is withdrawn from {since} on: {board} decided so on {on}.")


def _refuse_impossible_days(plan: Plan, rated: Rated, cell: Cell, today: date) -> None:
    for each in cell.evidence:
        if each.dated and each.dated > today:
            raise NothingWritten(f"--evidence cannot be dated {wording.day(each.dated)}: that day is still to come.")
    begins = plan.periods[rated.period].first_day
    if cell.recovery and cell.recovery.by and cell.recovery.by < begins:
        label, by = plan.periods[rated.period].label, wording.day(cell.recovery.by)
        raise NothingWritten(f"--recovery cannot be by {by}: {label} began on {wording.day(begins)}.")


def _amend(loaded: Loaded, rated: Rated, cell: Cell, said: Said, today: date) -> None:
    """Write the amendment that a rating of a closed period needs. Raises CannotDo if the call does not give it."""
    agency, period, action, dimension = rated
    if faults := [fault.sentence for fault in loaded.faults if fault.path == board_path(period)]:
        raise FilesAreWrong(faults, "Nobody can tell whether the period is closed, so nothing was written.")
    partnership = loaded.trusted()
    label, closing = partnership.plan.periods[period].label, partnership.record_of(period).closed
    reason, by = (" ".join((words or "").split()) for words in (said.amend, said.by))
    if closing is None:
        if said.amend is not None:
            raise NothingWritten(f"{label} is not closed, so leave out --amend.")
        return
    if faults := [fault.sentence for fault in loaded.faults if fault.path == return_path(agency, period)]:
        raise FilesAreWrong(faults, "Nobody can tell what the rating was, so nothing was written.")
    if not reason or not by:
        message = f"{label} was closed on {wording.day(closing.on)}. To change a rating, say why and who you are: "
        raise NothingWritten(f"{message}--amend REASON --by WHO.")
    was = rated.rating(partnership)
    now = cell.rating if "rating" in cell.model_fields_set else was
    if was != now or cell.model_fields_set - {"rating"}:
        amendment = Amendment(
            agency=agency,
            action=action.id,
            dimension=dimension,
            was=was,
            to=now,
            reason=reason,
            by=by,
            on=today,
            digest=digest_of(foreseen(loaded, agency, period, {(action.id, dimension): cell})),
        )
        # A call that was stopped after this leaves the amendment: the next one finishes what it began.
        *_, last = (None, *(each for each in partnership.record_of(period).amendments if each.agency == agency))
        if last is None or last.model_copy(update={"on": today}) != amendment:
            record_of_boards(loaded, period, {AMENDMENTS: [amendment]})
        note_stale(loaded, period)


def _cell(partnership: Partnership, rated: Rated, said: Said) -> Cell:
    """The cell that the call gives. Raises CannotDo if part of it does not have the right form."""
    values: dict[str, Any] = {"rating": None} if said.clear else {}
    if said.rating is not None:
        values["rating"] = the_rating(partnership.plan, said.rating, rated.dimension)
    if said.measures:
        measures = partnership.agencies[rated.agency].measures_of(rated.action.id, rated.dimension)
        chosen = [each.id for each in measures]
        values["measures"] = dict(_measure(words, rated, chosen) for words in said.measures)
    if said.restrict is not None:
        values["restricted"] = {"reason": said.restrict, "by": said.by}
    if said.sure:
        kinds = wording.listed(" ".join(kind.split()) for kind in said.sure)
        values["answers"] = {MAY_IDENTIFY.id: f"Looked at by {said.by}: {kinds}"}
    if said.answers:
        values["answers"] = {**values.get("answers", {}), **dict(map(_answer, said.answers))}
    if said.update is not None:
        if not said.update.strip():
            raise NothingWritten("--update is empty. Leave it out to keep what is there.")
        values["update"] = said.update
    if said.recovery is not None:
        values["recovery"] = parts("--recovery", said.recovery, RECOVERY)
    if said.evidence:
        values["evidence"] = [parts("--evidence", words, EVIDENCE) for words in said.evidence]
    return validated(Cell, values)


def _measure(words: str, rated: Rated, chosen: Sequence[str]) -> tuple[str, float]:
    """The id and value of "referrals=61". Raises UnknownName if the id is none of those *chosen*."""
    name, _, value = (part.strip() for part in words.partition("="))
    if not chosen:
        subject = f"{rated.action.id} {rated.dimension}"
        raise NothingWritten(f"{rated.agency} has chosen no measure for {subject}.")
    if name not in chosen:
        raise UnknownName(f"measure of {rated.agency} for {rated.action.id} {rated.dimension}", name, chosen)
    if (measured := number(value)) is None:
        raise NothingWritten(f"--measure '{words}' is not of the form 'id=number'.")
    return name, measured


def _answer(words: str) -> tuple[str, str]:
    """The id of a rule and the answer of "rule=why". Raises CannotDo if the rule cannot be answered in a return."""
    # Few calls answer a query, and the others need not wait for all rules.
    from jtai_plan.rules.checks.answers import answer_where
    from jtai_plan.rules.checks.catalogue.every import rule_named

    name, _, why = (part.strip() for part in words.partition("="))
    if not why:
        raise NothingWritten(f"--answer '{words}' is not of the form 'rule=why'.")
    rule = rule_named(name)
    if rule.answered_in != "return":
        raise NothingWritten(f"'{rule.id}' cannot be answered in a return. {answer_where(rule)}")
    return rule.id, why


def _consequences(partnership: Partnership, rated: Rated, before: Return | None, cell: Cell) -> Iterator[Line]:
    """What else the new rating means: an approval that lapses, a board's own rating that stands."""
    approved = before.approved if before else None
    was = before.rating(rated.action.id, rated.dimension) if before else None
    if approved and approved.on and "rating" in cell.model_fields_set and was != cell.rating:
        who = approved.board or "its own board"
        yield line(f"The approval of this return by {who} on {wording.day(approved.on)} lapses: take it there again.")
    if moderated := partnership.record_of(rated.period).moderation(rated.action.id, rated.dimension):
        board = partnership.plan.boards[moderated.board].name
        yield line(f"{board}'s own rating, {wording.rating(partnership.plan, moderated.rating)}, stands in the report.")


def _outcome(partnership: Partnership, rated: Rated, before: Return | None, cell: Cell, *, written: bool) -> Line:
    plan, (agency, period, action, dimension) = partnership.plan, rated
    label, name = plan.periods[period].label, partnership.agency_name(agency)
    where = f"{wording.subject(plan, action.id, dimension)}, {label}, {name}: "
    saved = [name for name in Cell.model_fields if name in cell.model_fields_set - {"rating"}]
    if "rating" not in cell.model_fields_set:
        return line(where, f"{wording.listed(saved)} {'saved' if written else 'already there'}.")
    now = rating_part(plan, cell.rating)
    if not written:
        return line(where, now, " already. Nothing was changed.")
    was = before.rating(action.id, dimension) if before else None
    moved: tuple[str | Part, ...] = (now,) if was == cell.rating else (rating_part(plan, was), " → ", now)
    if cell.rating is None:
        return line(where, *moved)
    expected = rated.expected(plan)
    ratings = f"{wording.permitted(plan, expected.ratings)} was expected" if expected else "nothing is expected yet"
    return line(where, *moved, f"; {ratings}: ", standing_part(standing(cell.rating, expected, plan.scale)))
