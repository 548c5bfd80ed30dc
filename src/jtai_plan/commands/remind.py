"""`jtai remind`: an e-mail to each agency whose return is not complete."""

from datetime import date
from pathlib import Path

from jtai_plan.commands.names import the_agency
from jtai_plan.commands.returns import load_plan, load_returns
from jtai_plan.output.reminder import reminder
from jtai_plan.output.terminal import line, note, show
from jtai_plan.rules import wording
from jtai_plan.rules.judge.collate import collate

BETWEEN = "-" * 60


def remind(start: Path | None, *, quarter: str | None, agency: str | None, as_of: date | None) -> int:
    """Print an e-mail to each agency whose return for the period is not complete, with dashes between two."""
    loaded, period = load_plan(start, quarter, "Writing reminders for")
    loaded = load_returns(loaded, period)
    partnership = loaded.trusted()
    for fault in loaded.faults:
        note(fault.sentence)
    collation = collate(partnership, period)
    agencies = partnership.agencies if agency is None else (the_agency(partnership, agency),)
    texts = {each: reminder(collation, each, as_of) for each in agencies}
    letters = [text for text in texts.values() if text]
    for number, text in enumerate(letters):
        show(map(line, (BETWEEN, *text) if number else text))
    if done := [partnership.agency_name(each) for each, text in texts.items() if not text]:
        note(f"Nothing is missing from {wording.listed(done)}.")
    return 0
