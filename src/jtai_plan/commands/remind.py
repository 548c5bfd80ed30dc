"""`jtai remind`: an e-mail to each agency whose return is not complete."""

from datetime import date
from pathlib import Path

from jtai_plan.commands.names import the_agency
from jtai_plan.commands.returns import load_plan, load_returns
from jtai_plan.commands.writing import write_files
from jtai_plan.output.reminder import reminder
from jtai_plan.output.terminal import line, note, show
from jtai_plan.rules import wording
from jtai_plan.rules.judge.collate import collate

BETWEEN = "-" * 60


def remind(
    start: Path | None, *, quarter: str | None, agency: str | None, as_of: date | None, out: Path | None = None
) -> int:
    """Print an e-mail to each agency whose return for the period is not complete, with dashes between two.

    With *out* each is written into that folder, as a draft with the agency's form attached.
    """
    loaded, period = load_plan(start, quarter, "Writing reminders for")
    loaded = load_returns(loaded, period)
    partnership = loaded.trusted()
    for fault in loaded.faults:
        note(fault.sentence)
    collation = collate(partnership, period)
    agencies = partnership.agencies if agency is None else (the_agency(partnership, agency),)
    owing = {each: said for each in agencies if (said := reminder(collation, each, as_of))}
    if out is not None:
        # Only a form needs a workbook.
        from jtai_plan.commands.mails import draft_of, forms_of

        made = forms_of(partnership, period, *owing)
        drafts = [draft_of(partnership, period, each, owing[each], its_form) for each, its_form in made.items()]
        write_files(out, dict(drafts), out)
    for number, (each, mail) in enumerate(owing.items() if out is None else ()):
        to = f"To: {', '.join(partnership.agencies[each].contacts) or partnership.agencies[each].name}"
        text = (to, f"Subject: {mail.subject}", "", *mail.body)
        show(map(line, (BETWEEN, *text) if number else text))
    if done := [partnership.agency_name(each) for each in agencies if each not in owing]:
        note(f"Nothing is missing from {wording.listed(done)}.")
    return 0
