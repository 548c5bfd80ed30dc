"""The layout of a form: its sheets, and the headings and references by which its answers are found again."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Cell, Restriction, Return
from jtai_plan.rules.checks.catalogue.questions import COMPLETE_WITHOUT_EVIDENCE
from jtai_plan.rules.seals.sign_off import digests

VERSION = "2"
READABLE = ("1", VERSION)
"""The versions that are read. A form of the first cannot restrict a cell."""
RETURN, MEASURES, ABOUT, KEY, HIDDEN = "Return", "Measures", "About", "Key", "jtai"
REFERENCE = "Reference"
RATING, UPDATE, RECOVERY, RECOVERY_BY = "Rating", "Update", "Recovery: what", "Recovery: by when"
RESTRICTED, YES = "Not for the public: why", "Yes"
VALUE, ANSWER = "Value", "Answer"
ABOUT_QUESTIONS = {
    "prepared/by": "Who filled this in?",
    "prepared/on": "On what date?",
    "approved/board": "Which board of your agency approved it?",
    "approved/on": "When was it approved?",
    "approved/minute": "Where is this in the minutes?",
}
"""The questions of the sheet About, by their references: two keys of the return."""
NO_EVIDENCE = "None: "
"""Before the reason why there is no evidence, where evidence would stand: it answers the question about it."""
LEAST_EVIDENCE = 2
"""A form has room for at least this many pieces of evidence."""


def evidence_headings(number: int) -> tuple[str, str, str]:
    """The headings of a piece of evidence, counted from 1: what, where and date."""
    return (f"Evidence {number}: what", f"Evidence {number}: where", f"Evidence {number}: date")


def about_value(returned: Return | None, reference: str) -> str | date | None:
    """The answer in *returned* to a question of the sheet About."""
    part, key = reference.split("/")
    answer: str | date | None = getattr(getattr(returned, part, None), key, None)
    return answer


def form_values(cell: Cell | None) -> dict[str, Any]:
    """What *cell* says of the things that a form asks, as plain values. Empty ones are left out."""
    if cell is None:
        return {}
    held = cell.model_dump(include={"rating", "update", "recovery", "evidence", "measures"}, exclude_none=True)
    held["restricted"] = restriction(cell)
    held["answers"] = {name: why for name, why in cell.answers.items() if name == COMPLETE_WITHOUT_EVIDENCE.id}
    return {key: value for key, value in held.items() if value not in ("", {}, ())}


def no_evidence(cell: Cell) -> str | None:
    """Why *cell* has no evidence, as a form shows it; None if it has some, or nobody said why."""
    why = cell.answers.get(COMPLETE_WITHOUT_EVIDENCE.id)
    return f"{NO_EVIDENCE}{why}" if why and not cell.evidence else None


def restriction(cell: Cell | None) -> str:
    """Why *cell* is left out of the public edition, or YES without a reason; empty if it is not."""
    if cell is None or not cell.restricted:
        return ""
    return cell.restricted.reason if isinstance(cell.restricted, Restriction) else YES


def fingerprint(cell: Cell | None) -> str:
    """A digest of what *cell* says. It shows later whether the cell has changed."""
    return _digest(form_values(cell))


def plan_fingerprint(partnership: Partnership, agency: str, period: str) -> str:
    """A digest of everything in the plan that affects what *agency* reports in *period*."""
    plan = partnership.plan
    parts = digests(plan)
    led = {action.id: parts[action.id] for action in plan.led_by(agency, period)}
    own = [action.model_dump(mode="json") for action in partnership.agencies[agency].actions]
    measures = [measure.model_dump(mode="json") for measure in partnership.agencies[agency].measures]
    return _digest([plan.title, parts["scale"], parts["expected"], led, own, measures])


def _digest(values: Any) -> str:
    def as_text(value: Any) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False, default=as_text).encode()).hexdigest()
