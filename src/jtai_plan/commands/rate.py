"""`jtai rate`: record one rating, and say how it stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jtai_plan.commands.names import the_action, the_dimension, the_lead, the_rating
from jtai_plan.commands.returns import load_plan, load_returns
from jtai_plan.errors import CannotDo, FilesAreWrong, UnknownName
from jtai_plan.files.load import Loaded
from jtai_plan.files.record import CellName, foreseen, record, record_of_boards
from jtai_plan.files.validate import validated
from jtai_plan.model.partnership import Partnership, board_path
from jtai_plan.model.plan import Action
from jtai_plan.model.returns import Cell, Return
from jtai_plan.output.terminal import Line, Part, line, rating_part, show, standing_part
from jtai_plan.rules import wording
from jtai_plan.rules.judge.trajectory import expectation, standing
from jtai_plan.rules.seals.closing import closing_of, digest_of


@dataclass(frozen=True)
class Said:
    """What the call says of a cell, in the caller's own words."""

    action: str
    dimension: str
    rating: str
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


@dataclass(frozen=True)
class _Named:
    """The cell that is meant, in the plan's own terms."""

    agency: str
    period: str
    action: Action
    dimension: str


def rate(start: Path, said: Said, today: date) -> int:
    """Record what was *said* in the agency's return, which is made where there is none yet.

    In a closed period it is an amendment, which is recorded first, as of *today*.
    """
    loaded, period = load_plan(start, said.quarter, "Rating")
    named = _named(loaded.trusted(), period, said)
    loaded = load_returns(loaded, period, (named.agency,))
    partnership = loaded.trusted()
    cell = _cell(partnership, named, said)
    _amend(loaded, named, cell, said, today)
    before, written = record(loaded, named.agency, named.period, _says(named, cell))
    show([_outcome(partnership, named, before, cell, written=written)])
    return 0


def _named(partnership: Partnership, period: str, said: Said) -> _Named:
    action = the_action(partnership, said.action)
    agency = the_lead(partnership, action, period, said.agency)
    return _Named(agency, period, action, the_dimension(partnership.plan, said.dimension))


def _amend(loaded: Loaded, named: _Named, cell: Cell, said: Said, today: date) -> None:
    """Write the amendment that a rating of a closed period needs. Raises CannotDo where the call does not give it."""
    partnership = loaded.trusted()
    if faults := [fault.sentence for fault in loaded.faults if fault.path == board_path(named.period)]:
        raise FilesAreWrong(faults, "Nobody can tell whether the period is closed, so nothing was written.")
    label, closing = partnership.plan.periods[named.period].label, closing_of(partnership, named.period)
    if closing is None:
        if said.amend is not None:
            raise CannotDo(f"{label} is not closed: leave out --amend, nothing needs it.", nothing_written=True)
        return
    if not (said.amend or "").strip() or not (said.by or "").strip():
        raise CannotDo(
            f"{label} was closed on {wording.day(closing.on)}. A rating is changed there only openly: "
            "--amend REASON --by WHO.",
            nothing_written=True,
        )
    was = partnership.rating(named.agency, named.action.id, named.dimension, named.period)
    if was != cell.rating or len(cell.model_fields_set) > 1:
        amendment = {
            "agency": named.agency,
            "action": named.action.id,
            "dimension": named.dimension,
            "was": was,
            "to": cell.rating,
            "reason": " ".join((said.amend or "").split()),
            "by": " ".join((said.by or "").split()),
            "on": today,
            "digest": digest_of(foreseen(loaded, named.agency, named.period, _says(named, cell))),
        }
        values = {key: value for key, value in amendment.items() if value is not None}
        record_of_boards(loaded, named.period, ("amendments",), [values])


def _says(named: _Named, cell: Cell) -> dict[CellName, Cell]:
    return {(named.action.id, named.dimension): cell}


def _cell(partnership: Partnership, named: _Named, said: Said) -> Cell:
    """The cell as the call gives it. Raises CannotDo where a part of it is not of its form."""
    values: dict[str, Any] = {"rating": the_rating(partnership.plan, said.rating)}
    if said.measures:
        chosen = [
            each.id
            for each in partnership.agencies[named.agency].measures
            if (each.action, each.dimension) == (named.action.id, named.dimension)
        ]
        values["measures"] = dict(_measure(words, named, chosen) for words in said.measures)
    if said.update is not None:
        values["update"] = said.update
    if said.recovery is not None:
        values["recovery"] = _parts("recovery", said.recovery, {"plan": "plan", "by": "date"})
    if said.evidence:
        values["evidence"] = [
            _parts("evidence", words, {"what": "what", "where": "where", "dated": "date"}) for words in said.evidence
        ]
    return validated(Cell, values)


def _measure(words: str, named: _Named, chosen: Sequence[str]) -> tuple[str, float]:
    """The id and value of "referrals=61", where the id is one of those *chosen* for the cell."""
    name, _, value = (part.strip() for part in words.partition("="))
    if name not in chosen:
        raise UnknownName(f"measure of {named.agency} for {named.action.id} {named.dimension}", name, chosen)
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", value):
        raise CannotDo(f"--measure '{words}' is not of the form 'id=number'.", nothing_written=True)
    return name, float(value) if "." in value else int(value)


def _parts(option: str, words: str, keys: Mapping[str, str]) -> dict[str, str]:
    """The parts of "plan | 2018-12-31" by *keys*, which name each part; all but the first may be left out."""
    parts = [part.strip() for part in words.split("|")]
    if len(parts) > len(keys) or not parts[0]:
        form = " | ".join(keys.values())
        raise CannotDo(f"--{option} '{words}' is not of the form '{form}'.", nothing_written=True)
    return {key: part for key, part in zip(keys, parts, strict=False) if part}


def _outcome(partnership: Partnership, named: _Named, before: Return | None, cell: Cell, *, written: bool) -> Line:
    plan = partnership.plan
    assert cell.rating is not None, "the call has a rating"
    where = (
        f"{wording.subject(plan, named.action.id, named.dimension)}, {plan.periods[named.period].label}, "
        f"{partnership.agency_name(named.agency)}: "
    )
    now = rating_part(plan, cell.rating)
    if not written:
        return line(where, now, " already, and nothing else is new; nothing was written")
    was = before.rating(named.action.id, named.dimension) if before else None
    moved: tuple[str | Part, ...] = (now,) if was == cell.rating else (rating_part(plan, was), " → ", now)
    expected = expectation(plan, named.action, named.dimension, named.period)
    ratings = wording.permitted(plan, expected.ratings) if expected else "nothing"
    stands = standing_part(standing(cell.rating, expected, plan.scale))
    return line(where, *moved, f"; {ratings} {'was' if expected else 'is yet'} expected: ", stands)
