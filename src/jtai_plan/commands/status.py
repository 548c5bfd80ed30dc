"""`jtai status`: where the quarter is, and what comes next."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jtai_plan.commands.names import current_period, the_period
from jtai_plan.commands.returns import load_returns
from jtai_plan.errors import JtaiError
from jtai_plan.files.layout import find_root, opened_periods
from jtai_plan.files.load import Loaded, Scope, load
from jtai_plan.history.checkout import KEPT, Checkout
from jtai_plan.history.repository import Repository
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import Partnership, form_name
from jtai_plan.output.terminal import Part, heading, line, note, show
from jtai_plan.rules import wording


class Step(NamedTuple):
    """One step of the quarter."""

    name: str
    state: str
    """How far it is, in words."""
    done: bool
    todo: str
    """The command that does it."""


def status(start: Path | None, quarter: str | None) -> int:
    """Print how far each step of the period is, what comes next as a command, and what is not saved."""
    loaded = load(find_root(start), Scope(agencies=()))
    plan = loaded.trusted().plan
    period = the_period(plan, quarter) if quarter is not None else current_period(loaded, "Looking at")
    loaded = load_returns(loaded, period)
    for fault in loaded.faults:
        note(fault.sentence)
    steps = list(_steps(loaded, period))
    show([heading(f"{plan.title}: {plan.periods[period].label}")])
    show(line(Part(f"{each.name}: ", "bold"), each.state, indent=2) for each in steps)
    unsaved = _unsaved(loaded.root)
    if unsaved is not None:
        show([line(Part("Saved: ", "bold"), unsaved or "everything", indent=2)])
    following = next((each.todo for each in steps if not each.done), "jtai save" if unsaved else None)
    if loaded.faults:
        following = "jtai check"
    show([line(Part("Next: ", "bold"), following or "nothing. This quarter is done.")])
    return 0


def _steps(loaded: Loaded, period: str) -> Iterator[Step]:
    partnership = loaded.trusted()
    plan, record = partnership.plan, partnership.record_of(period)
    due = [agency for agency, itself in partnership.agencies.items() if reported_actions(plan, agency, itself, period)]
    opened = period in opened_periods(loaded.root)
    yield Step("Opened", "yes" if opened else "no", opened, f"jtai open {period}")
    forms = sum((loaded.root / "forms" / period / form_name(agency, period)).exists() for agency in due)
    heard = [agency for agency in due if _says_something(partnership, agency, period)]
    yield Step("Forms", f"{forms} of {len(due)} made", forms > 0 or bool(heard), f"jtai forms -q {period}")
    silent = [partnership.agency_name(each) for each in due if each not in heard]
    missing = f"; nothing yet from {wording.listed(silent)}" if silent else ""
    collect = "jtai collect FOLDER" if not heard else f"jtai remind -q {period}"
    yield Step("Returns", f"{len(heard)} of {len(due)} in{missing}", not silent, collect)
    approved = [each for each in heard if (said := partnership.returns[each, period].approved) and said.on]
    ready = len(approved) == len(heard)
    sign = f"jtai sign-off AGENCY -q {period} --board BOARD --on DATE"
    yield Step("Approved", f"{len(approved)} of {len(heard)} returns, by the agency's own board", ready, sign)
    made = (loaded.root / f"reports/{period}/board-report.md").exists()
    yield Step("Report", "made" if made else "not made", made, f"jtai report -q {period}")
    shown = {each.board for each in record.presented} & set(plan.boards)
    boards = f"to {len(shown)} of {wording.counted(len(plan.boards), 'board')}"
    yield Step(
        "Presented", boards, len(shown) == len(plan.boards), f"jtai board present -q {period} --board BOARD --on DATE"
    )
    closed = f"by {record.closed.by} on {wording.day(record.closed.on)}" if record.closed else "no"
    yield Step("Closed", closed, record.closed is not None, f"jtai close {period} --by WHO")


def _says_something(partnership: Partnership, agency: str, period: str) -> bool:
    returned = partnership.returns.get((agency, period))
    return returned is not None and returned.says_something


def _unsaved(root: Path) -> str | None:
    """What is not in git yet, in words: empty if everything is, None if nothing can be said."""
    try:
        files = Checkout(Repository(root)).changed(KEPT)
    except JtaiError:
        return None
    return f"not yet: {wording.counted(len(files), 'file')}" if files else ""
