"""`jtai close`: freeze a period's ratings and issue its reports."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from jtai_plan.commands.names import refuse_impossible_day, the_period
from jtai_plan.commands.report import of_period, rendered
from jtai_plan.commands.writing import alone, write_files
from jtai_plan.errors import CannotDo, FilesAreWrong, NothingWritten
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load
from jtai_plan.files.record import record_of_boards
from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import Partnership
from jtai_plan.output.check.text import ratings_named
from jtai_plan.output.terminal import line, note, progress, show
from jtai_plan.rules import wording
from jtai_plan.rules.checks.period import missing
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.judge.judgement import Judged
from jtai_plan.rules.seals.closing import closed_values


@alone
def close(start: Path | None, quarter: str, *, by: str, on: date, with_missing: bool, today: date) -> int:
    """Write the closing record of a period, and the reports for the boards and for each agency.

    Of a period that is closed already, only the reports are written: so a second call ends what a first one began.
    Raises FilesAreWrong while any file has a fault; CannotDo if an earlier period is not closed, or ratings are
    missing and *with_missing* is not said.
    """
    loaded = load(find_root(start))
    partnership = loaded.trusted()
    if loaded.faults:
        raise FilesAreWrong((fault.sentence for fault in loaded.faults), "Nothing was closed. Correct the files first.")
    period = the_period(partnership.plan, quarter)
    label = partnership.plan.periods[period].label
    if closed := partnership.record_of(period).closed:
        note(f"{label} was closed on {wording.day(closed.on)} by {closed.by}. Its reports are written anew.")
        return _issue(loaded, period)
    _refuse_before_an_earlier_one(partnership, period)
    refuse_impossible_day(partnership.plan, period, "the closing", on, today)
    collation = collate(partnership, period)
    owed = list(missing(collation))
    if owed and not with_missing:
        raise CannotDo(
            "\n".join(_by_agency(partnership, owed))
            + f"\n{wording.counted(len(owed), 'rating')} missing, so {label} was not closed. "
            "Get them, or close it without them: --with-missing."
        )
    who = " ".join(by.split())
    if not who:
        raise CannotDo("--by is empty. Say who closes the period.")
    closing = closed_values(partnership, period, who, on)
    document = record_of_boards(loaded, period, {("closed",): closing})
    assert document is not None, "an open period was closed"
    returns, still_owed = wording.counted(len(closing["returns"]), "return"), wording.counted(len(owed), "rating")
    show([line(f"{label} is closed: {returns}, {still_owed} missing.")])
    # Only the record has changed: no other file is read anew, and the judgement stands.
    others = {path: noun for path, noun in loaded.nouns.items() if path != document.path}
    known = loaded._replace(documents={**loaded.documents, document.path: document}, nouns=others)
    return _issue(load(loaded.root, known=known), period, collation.judged)


def _by_agency(partnership: Partnership, owed: Sequence[Finding]) -> Iterator[str]:
    """What each agency owes, in a line."""
    for agency in partnership.agencies:
        if mine := [each for each in owed if each.agency == agency]:
            yield f"{partnership.agency_name(agency)}: {ratings_named(partnership.plan, mine)}."


def _issue(closed: Loaded, period: str, judged: Judged | None = None) -> int:
    """Write the reports of a closed period: the boards', each agency's, and what lies there in other formats."""
    partnership, folder = closed.trusted(), closed.root / "reports"
    label = partnership.plan.periods[period].label
    try:
        files = dict(progress(rendered(closed, of_period(partnership, period, folder), judged)))
        write_files(folder, files, closed.root)
    except BaseException:
        # Ctrl-C and a full disk come here too.
        again = f"jtai close {period} --by WHO"
        note(f"{label} stays closed, but not all its reports were written. To write them: {again}.")
        raise
    show([line("Next: jtai save, and send the reports to their boards.")])
    return 0


def _refuse_before_an_earlier_one(partnership: Partnership, period: str) -> None:
    plan = partnership.plan
    for earlier in plan.periods:
        if plan.order[earlier] < plan.order[period] and partnership.record_of(earlier).closed is None:
            label = plan.periods[earlier].label
            raise NothingWritten(f"{label} is not closed yet. Close it first: jtai close {earlier}.")
