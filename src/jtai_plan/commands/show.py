"""`jtai show`: the plan in the terminal, or one action and its history."""

from pathlib import Path

from jtai_plan.commands.names import the_action
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import EVERYTHING, NO_RETURNS, Scope, load
from jtai_plan.output.show import SIGNS, action_lines, plan_table
from jtai_plan.output.terminal import heading, line, note, show, show_table
from jtai_plan.rules.judge.collate import collate


def show_plan(start: Path | None, action: str | None) -> int:
    """Print the latest standings of the whole plan, or everything ever returned about *action*."""
    loaded = load(find_root(start), NO_RETURNS if action is not None else EVERYTHING)
    partnership = loaded.trusted()
    plan = partnership.plan
    if action is not None:
        itself = the_action(partnership, action)
        loaded = load(loaded.root, Scope([lead.agency for lead in itself.leads]), known=loaded)
        show(action_lines(loaded.trusted(), itself))
    else:
        period = partnership.latest_rated_period() or next(iter(plan.periods))
        show([heading(f"{plan.title}: {plan.periods[period].label}"), line()])
        show_table(plan_table(collate(partnership, period)))
        show([line(), line(SIGNS)])
    if loaded.faults:
        note("Some files have faults and were left out. To see all faults: jtai check.")
    return 0
