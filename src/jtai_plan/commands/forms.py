"""`jtai forms`: an Excel form to send to each agency."""

from pathlib import Path

from jtai_plan.commands.mails import draft_of, forms_of
from jtai_plan.commands.names import the_agency
from jtai_plan.commands.returns import load_plan, load_returns
from jtai_plan.commands.writing import write_files
from jtai_plan.model.partnership import form_name
from jtai_plan.output.reminder import invitation
from jtai_plan.output.terminal import note
from jtai_plan.rules.judge.collate import collate


def forms(
    start: Path | None, *, quarter: str | None, agency: str | None, out: Path | None, mail: Path | None = None
) -> int:
    """Write a form for each agency that reports in the period, and print its path.

    Into the folder *mail*, each is written attached to a draft of a mail to its agency.
    """
    loaded, period = load_plan(start, quarter, "Making forms for")
    agencies = loaded.trusted().agencies if agency is None else (the_agency(loaded.trusted(), agency),)
    loaded = load_returns(loaded, period, agencies)
    partnership = loaded.trusted()
    for fault in loaded.faults:
        note(fault.sentence)
    invited = invitation(collate(partnership, period)) if mail is not None else None
    made = forms_of(partnership, period, *agencies)
    folder = out or loaded.root / "forms" / period
    write_files(folder, {form_name(each, period): content for each, content in made.items()}, out or loaded.root)
    if mail is not None and invited is not None:
        drafts = [draft_of(partnership, period, each, invited, content) for each, content in made.items()]
        write_files(mail, dict(drafts), mail)
    return 0
