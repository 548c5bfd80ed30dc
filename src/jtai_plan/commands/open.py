"""`jtai open`: a return for every agency, ready to be filled in, in one change."""

from pathlib import Path

from jtai_plan.commands.names import the_period
from jtai_plan.files.atomic_write import create
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import NO_RETURNS, load
from jtai_plan.files.scaffold import board_scaffold, scaffold
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import PLAN, board_path, return_path
from jtai_plan.output.terminal import line, show
from jtai_plan.rules.wording import counted


def open_period(start: Path | None, quarter: str) -> int:
    """Begin the return of every agency that reports in *quarter*, and the boards' record. Files that exist stay."""
    loaded = load(find_root(start), NO_RETURNS)
    partnership = loaded.trusted()
    plan, period = partnership.plan, the_period(partnership.plan, quarter)
    plan_text = loaded.documents[PLAN].text
    texts = {
        return_path(agency, period): scaffold(plan, agency, itself, period, plan_text)
        for agency, itself in partnership.agencies.items()
        if reported_actions(plan, agency, itself, period)
    }
    texts[board_path(period)] = board_scaffold(plan, period, plan_text)
    written = create(loaded.root, texts)
    label = plan.periods[period].label
    show(line(f"{path}: {'new' if path in written else 'already there, not changed'}") for path in texts)
    opened = len([path for path in written if path != board_path(period)])
    show([line(f"{label}: {counted(opened, 'return')} opened.")])
    return 0
