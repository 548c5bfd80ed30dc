"""`jtai report`: the collated board report of a period, or the plan as agreed."""

from collections.abc import Iterator
from pathlib import Path

from jtai_plan.commands.names import the_agency, the_period
from jtai_plan.errors import CannotDo, did_you_mean
from jtai_plan.files.layout import find_root
from jtai_plan.files.loading import Loaded, load
from jtai_plan.files.writing import write_whole
from jtai_plan.output.build_view import plan_view, report_view
from jtai_plan.output.console import line, note, show
from jtai_plan.output.reports import FORMATS, board_report, plan_edition
from jtai_plan.rules.collate import collate


def report(
    start: Path,
    *,
    quarter: str | None,
    edition: str | None,
    formats: tuple[str, ...],
    out: Path | None,
    agency: str | None,
    check: bool = False,
) -> int:
    """Write the report in every one of *formats* below *out*, and print where each file lies.

    With no rating at all, or where *edition* is "plan", it is the plan as agreed. With an *agency* it is that agency's
    own, and with "all" that of every agency. Nothing is written unless all of it could be rendered.

    To *check* is to write nothing: the exit status is 1 where a file is not what would have been written. Where neither
    a quarter, an edition nor an agency is named, it is of every report that lies there.
    """
    for form in formats:
        if form not in FORMATS:
            raise CannotDo(f"--format '{form}' is not a format. {did_you_mean(form, FORMATS)} Nothing was written.")
    loaded = load(find_root(start))
    folder = out if out is not None else loaded.root / "reports"
    everything = check and (quarter, edition, agency) == (None, None, None)
    files = dict(
        _there(loaded, folder, formats) if everything else _rendered(loaded, quarter, edition, agency, formats)
    )
    for fault in loaded.faults:
        note(fault.sentence)
    if check:
        stale = [name for name, text in files.items() if not _says(folder / name, text)]
        show(line(f"{_from_here(folder / name)} is not what the files give: jtai report.") for name in stale)
        return int(bool(stale))
    for name, text in files.items():
        write_whole(folder / name, text)
        show([line(_from_here(folder / name))])
    return 0


def _there(loaded: Loaded, folder: Path, formats: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every report that lies in *folder*, by its name, with the text that it should have."""
    plan = loaded.trusted().plan
    several = [(None, "plan", None), *((period, None, agency) for period in plan.periods for agency in (None, "all"))]
    for quarter, edition, agency in several:
        if any((folder / (quarter or "plan")).glob("agency-*" if agency else "[!a]*")):
            rendered = _rendered(loaded, quarter, edition, agency, formats)
            yield from ((name, text) for name, text in rendered if (folder / name).exists())


def _says(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode()


def _from_here(file: Path) -> str:
    """*file* as it is named from the working directory, where it lies below it."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _rendered(
    loaded: Loaded, quarter: str | None, edition: str | None, agency: str | None, formats: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """The name of each file below the reports' folder, and its text."""
    partnership = loaded.trusted()
    latest = partnership.latest_rated_period()
    period = the_period(partnership.plan, quarter) if quarter is not None else latest
    if edition == "plan" or (edition is None and period is None and agency is None):
        if agency is not None:
            raise CannotDo("the plan as agreed is of no single agency: leave out --agency, or --edition plan.")
        if quarter is not None:
            raise CannotDo("the plan as agreed is of no quarter: leave out --quarter, or --edition plan.")
        if latest is None:
            note("No period has a rating yet: this is the plan as agreed.")
        for form in formats:
            yield f"plan/plan.{form}", plan_edition(plan_view(partnership), form, loaded.root)
        return
    period = period or next(iter(partnership.plan.periods))
    if quarter is None:
        note(f"Reporting {partnership.plan.periods[period].label}, the latest period that has a rating.")
    collation = collate(partnership, period)
    if agency is None:
        reports = {"board-report": report_view(collation, loaded.faults)}
    else:
        agencies = partnership.agencies if agency == "all" else (the_agency(partnership, agency),)
        reports = {f"agency-{each}-report": report_view(collation, loaded.faults, each) for each in agencies}
    for name, view in reports.items():
        for form in formats:
            yield f"{period}/{name}.{form}", board_report(view, form, loaded.root)
