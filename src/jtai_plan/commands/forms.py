"""`jtai forms`: an Excel form for each agency, to be sent out."""

from pathlib import Path

from jtai_plan.commands.names import first_open, the_agency, the_period
from jtai_plan.exchange.forms.write import form
from jtai_plan.files.atomic_write import write_whole
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import load
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import form_name
from jtai_plan.output.palette import PALETTE
from jtai_plan.output.terminal import from_here, line, note, show


def forms(start: Path, *, quarter: str | None, agency: str | None, out: Path | None) -> int:
    """Write the form of each agency that reports in the period, and print where it lies."""
    loaded = load(find_root(start))
    partnership = loaded.trusted()
    for fault in loaded.faults:
        note(fault.sentence)
    period = (
        the_period(partnership.plan, quarter) if quarter is not None else first_open(partnership, "Making forms for")
    )
    folder = out if out is not None else loaded.root / "forms" / period
    agencies = partnership.agencies if agency is None else (the_agency(partnership, agency),)
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
