"""`jtai close`: freeze a period's ratings and issue its reports."""

from datetime import date
from pathlib import Path

from jtai_plan.commands.names import refuse_impossible_day, the_period
from jtai_plan.commands.report import of_period, rendered, write
from jtai_plan.commands.writing import alone
from jtai_plan.errors import CannotDo, FilesAreWrong, NothingWritten
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import load
from jtai_plan.files.record import record_of_boards
from jtai_plan.model.partnership import Partnership
from jtai_plan.output.terminal import line, note, progress, show
from jtai_plan.rules import wording
from jtai_plan.rules.checks.period import missing
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.seals.closing import closed_values


@alone
def close(start: Path | None, quarter: str, *, by: str, on: date, with_missing: bool, today: date) -> int:
    """Write the closing record of a period, and the reports for the boards and for each agency.

    Raises FilesAreWrong while any file has a fault; CannotDo if the period is closed already, an earlier one is not,
    or ratings are missing and *with_missing* is not said.
    """
    loaded = load(find_root(start))
    partnership = loaded.trusted()
    if loaded.faults:
        raise FilesAreWrong((fault.sentence for fault in loaded.faults), "Nothing was closed. Correct the files first.")
    period = the_period(partnership.plan, quarter)
    label = partnership.plan.periods[period].label
    _may_close(partnership, period)
    refuse_impossible_day(partnership.plan, period, "the closing", on, today)
    collation = collate(partnership, period)
    owed = [finding.message for finding in missing(collation)]
    if owed and not with_missing:
        raise CannotDo(
            "\n".join(f"{each}." for each in owed)
            + f"\n{wording.counted(len(owed), 'rating')} missing, so {label} was not closed. "
            "Get them, or close it without them: --with-missing."
        )
    who = " ".join(by.split())
    if not who:
        raise CannotDo("--by is empty. Say who closes the period.")
    closing = closed_values(partnership, period, who, on)
    document = record_of_boards(loaded, period, ("closed",), closing)
    assert document is not None, "an open period was closed"
    returns, still_owed = wording.counted(len(closing["returns"]), "return"), wording.counted(len(owed), "rating")
    show([line(f"{label} is closed: {returns}, {still_owed} missing.")])
    # Only the record has changed: no other file is read anew, and the judgement stands.
    others = {path: noun for path, noun in loaded.nouns.items() if path != document.path}
    known = loaded._replace(documents={**loaded.documents, document.path: document}, nouns=others)
    closed = load(loaded.root, known=known)
    try:
        files = dict(progress(rendered(closed, of_period(partnership, period), collation.judged)))
        write(loaded.root / "reports", files)
    except BaseException:
        # A second call is refused, so this one says how to go on. Ctrl-C and a full disk come here too.
        again = f"jtai report -q {period}, and jtai report -q {period} --agency all"
        note(f"{label} stays closed, but not all its reports were written. Write them: {again}.")
        raise
    return 0


def _may_close(partnership: Partnership, period: str) -> None:
    plan = partnership.plan
    if closing := partnership.record_of(period).closed:
        when = wording.day(closing.on)
        raise NothingWritten(f"{plan.periods[period].label} was closed on {when} by {closing.by}.")
    for earlier in plan.periods:
        if plan.order[earlier] < plan.order[period] and partnership.record_of(earlier).closed is None:
            label = plan.periods[earlier].label
            raise NothingWritten(f"{label} is not closed yet. Close it first: jtai close {earlier}.")
