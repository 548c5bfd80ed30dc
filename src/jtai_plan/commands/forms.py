"""`jtai forms`: an Excel form to send to each agency."""

from pathlib import Path

from jtai_plan.commands.names import the_agency
from jtai_plan.commands.returns import load_plan, load_returns
from jtai_plan.exchange.forms.write import form
from jtai_plan.files.atomic_write import write_whole
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import form_name
from jtai_plan.output.palette import PALETTE
from jtai_plan.output.terminal import from_here, line, note, show


def forms(start: Path | None, *, quarter: str | None, agency: str | None, out: Path | None) -> int:
    """Write a form for each agency that reports in the period, and print its path."""
    loaded, period = load_plan(start, quarter, "Making forms for")
    agencies = loaded.trusted().agencies if agency is None else (the_agency(loaded.trusted(), agency),)
    loaded = load_returns(loaded, period, agencies)
    partnership = loaded.trusted()
    for fault in loaded.faults:
        note(fault.sentence)
    folder = out if out is not None else loaded.root / "forms" / period
    colours = {rating: (paint.fill, paint.ink) for rating, paint in PALETTE.items()}
    made = {
        each: form(partnership, each, period, colours)
        for each in agencies
        if reported_actions(partnership.plan, each, partnership.agencies[each], period)
    }
    for each, content in made.items():
        file = folder / form_name(each, period)
        write_whole(file, content)
        show([line(from_here(file))])
    return 0
