"""How a form is laid out: the sheets, the headings and the references by which what comes back is found again."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Cell, Return
from jtai_plan.rules.seals.sign_off import digests

VERSION = "1"
RETURN, MEASURES, ABOUT, KEY, HIDDEN = "Return", "Measures", "About", "Key", "jtai"
REFERENCE = "Reference"
RATING, UPDATE, RECOVERY, RECOVERY_BY = "Rating", "Update", "Recovery: what", "Recovery: by when"
VALUE, ANSWER = "Value", "Answer"
ABOUT_QUESTIONS = {
    "prepared/by": "Who filled this in?",
    "prepared/on": "On which day?",
    "approved/board": "Which board of your agency approved it?",
    "approved/on": "On which day did it approve it?",
    "approved/minute": "Where do its minutes say so?",
}
"""What the sheet About asks, by the keys of the return."""
LEAST_EVIDENCE = 2
"""How many pieces of evidence there is room for, at least."""


def evidence_headings(number: int) -> tuple[str, str, str]:
    """The headings of the *number*-th piece of evidence: what, where and when."""
    return (f"Evidence {number}: what", f"Evidence {number}: where", f"Evidence {number}: date")


def about_value(returned: Return | None, reference: str) -> str | date | None:
    """What *returned* answers to the question of the sheet About with this *reference*."""
    part, key = reference.split("/")
    answer: str | date | None = getattr(getattr(returned, part, None), key, None)
    return answer


def plain(cell: Cell | None) -> dict[str, Any]:
    """What *cell* says that a form holds too, as plain values; nothing for what it leaves empty."""
    if cell is None:
        return {}
    held = cell.model_dump(include={"rating", "update", "recovery", "evidence", "measures"}, exclude_none=True)
    return {key: value for key, value in held.items() if value not in ("", {}, ())}


def fingerprint(cell: Cell | None) -> str:
    """A digest of what *cell* says, by which a later change of it is known."""
    return _digest(plain(cell))


def plan_fingerprint(partnership: Partnership, agency: str, period: str) -> str:
    """A digest of all of the plan that bears on what *agency* reports in *period*."""
    plan = partnership.plan
    parts = digests(plan)
    led = {action.id: parts[action.id] for action in plan.led_by(agency, period)}
    own = [action.model_dump(mode="json") for action in partnership.agencies[agency].actions]
    measures = [measure.model_dump(mode="json") for measure in partnership.agencies[agency].measures]
    return _digest([plan.title, parts["scale"], parts["expected"], led, own, measures])


def _digest(values: Any) -> str:
    def plainly(value: Any) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False, default=plainly).encode()).hexdigest()
