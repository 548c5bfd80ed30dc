"""What the commands about returns share: which files they load, and which returns nobody may write."""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from jtai_plan.commands.names import current_period, the_period
from jtai_plan.errors import CannotDo, FilesAreWrong, NothingWritten
from jtai_plan.files.layout import find_root, opened_periods
from jtai_plan.files.load import NO_RETURNS, Loaded, Scope, load
from jtai_plan.model.partnership import Partnership, board_path, return_path
from jtai_plan.model.plan import Action, Plan
from jtai_plan.rules import wording
from jtai_plan.rules.judge.judgement import complete_since
from jtai_plan.rules.judge.trajectory import Expectation, expectation


class Rated(NamedTuple):
    """What is rated: by which agency, for which period, and which action and dimension."""

    agency: str
    period: str
    action: Action
    dimension: str

    def expected(self, plan: Plan) -> Expectation | None:
        """What *plan* expects; None if that is nothing yet."""
        return expectation(plan, self.action, self.dimension, self.period)

    def rating(self, partnership: Partnership) -> str | None:
        """The rating that is there; None if there is none."""
        return partnership.rating(self.agency, self.action.id, self.dimension, self.period)

    def stands_since(self, partnership: Partnership) -> str | None:
        """The earlier period whose rating stands without another one; None if none does."""
        if self.rating(partnership):
            return None
        return complete_since(partnership, self.action, self.dimension, self.period, self.agency)


def load_plan(start: Path | None, quarter: str | None, doing: str) -> tuple[Loaded, str]:
    """The plan without its returns, and the period that *quarter* names.

    Without a quarter it is the current period; a note says so, with what one is *doing*.
    Raises UnknownName, CannotDo if every period is closed, or FilesAreWrong if nobody can tell which are.
    """
    if quarter is not None:
        loaded = load(find_root(start), NO_RETURNS)
        return loaded, the_period(loaded.trusted().plan, quarter)
    loaded = load(find_root(start), Scope(agencies=()))
    if faults := [fault.sentence for fault in loaded.faults if fault.path.startswith("plan/board/")]:
        raise FilesAreWrong(faults, "Nobody can tell which periods are closed. Name one: --quarter.")
    return loaded, current_period(loaded, doing)


def refuse_unopened(loaded: Loaded, period: str) -> None:
    """Raise NothingWritten if *period* was never opened and another is open: then that one is probably meant."""
    plan, opened = loaded.trusted().plan, opened_periods(loaded.root)
    if period in opened or not opened:
        return
    records = load(loaded.root, Scope(agencies=()), known=loaded).trusted()
    there = [each.label for name, each in plan.periods.items() if name in opened and not records.record_of(name).closed]
    if there:
        raise NothingWritten(
            f"{plan.periods[period].label} was never opened; {wording.listed(there)} {wording.are(len(there))}. "
            f"If you mean it, open it first: jtai open {period}."
        )


def load_returns(loaded: Loaded, period: str, agencies: Collection[str] | None = None) -> Loaded:
    """The plan with the returns of *agencies* (None: all) for *period* and the one before, as the files are now.

    Where ratings stand, it is with those of every period before.
    """
    plan = loaded.trusted().plan
    periods = plan.until(period) if plan.complete_stands else plan.until(period)[-2:]
    return load(loaded.root, Scope(agencies, tuple(periods)), known=loaded)


def refuse_closed_or_faulty(loaded: Loaded, agency: str, period: str) -> None:
    """Raise FilesAreWrong if nobody can tell what *agency* said for *period*, and CannotDo if it is closed."""
    paths = (board_path(period), return_path(agency, period))
    if faults := [fault.sentence for fault in loaded.faults if fault.path in paths]:
        raise FilesAreWrong(faults, "Nothing was written.")
    if closing := loaded.trusted().record_of(period).closed:
        label, when = loaded.trusted().plan.periods[period].label, wording.day(closing.on)
        raise CannotDo(f"{label} was closed on {when}. To change a rating, use jtai rate --amend.")
