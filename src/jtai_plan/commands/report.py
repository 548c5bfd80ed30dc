"""`jtai report`: the collated board report of a period, the public's, an agency's own, or the plan as agreed."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jtai_plan.commands.names import the_agency, the_period
from jtai_plan.errors import CannotDo, did_you_mean
from jtai_plan.files.atomic_write import write_whole
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load
from jtai_plan.model.partnership import Partnership
from jtai_plan.output.report.build_plan import plan_view
from jtai_plan.output.report.build_view import report_view
from jtai_plan.output.report.formats import FORMATS, ISSUED, progress_report, the_plan
from jtai_plan.output.terminal import from_here, line, note, progress, show
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.judge.public_edition import published
from jtai_plan.rules.seals.report_inputs import as_of


class Asked(NamedTuple):
    """Which reports are meant: of which quarter, edition and agency, each None where the call names none."""

    quarter: str | None = None
    edition: str | None = None
    agency: str | None = None


def report(
    start: Path,
    asked: Asked,
    *,
    formats: tuple[str, ...] = ISSUED,
    out: Path | None = None,
    check: bool = False,
    open_them: bool = False,
) -> int:
    """Write the report in every one of *formats* below *out*, and print where each file lies.

    With no rating at all, or where the edition is "plan", it is the plan as agreed. With an agency it is that agency's
    own, and with "all" that of every agency. Nothing is written unless all of it could be rendered.

    To *check* is to write nothing: the exit status is 1 where a file is not what would have been written. Where nothing
    is asked for by name, it is of every report that lies there.
    """
    for form in formats:
        if form not in FORMATS:
            raise CannotDo(f"--format '{form}' is not a format. {did_you_mean(form, FORMATS)}", nothing_written=True)
    loaded = load(find_root(start))
    folder = out if out is not None else loaded.root / "reports"
    rendered = _there(loaded, folder) if check and asked == Asked() else _rendered(loaded, asked, formats)
    files = dict(progress(rendered))
    for fault in loaded.faults:
        note(fault.sentence)
    if check:
        stale = [name for name, content in files.items() if not _says(folder / name, content)]
        show(line(f"{from_here(folder / name)} is not what the files give: jtai report.") for name in stale)
        return int(bool(stale))
    for name, content in files.items():
        write_whole(folder / name, content)
        show([line(from_here(folder / name))])
        if open_them:
            _open(folder / name)
    return 0


def _there(loaded: Loaded, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every report that lies in *folder*, by its name, with what it should hold."""
    partnership = loaded.trusted()
    several = [Asked(edition="plan")]
    for period in partnership.plan.periods:
        several += [
            Asked(period),
            Asked(period, "public"),
            *(Asked(period, None, each) for each in partnership.agencies),
        ]
    for asked in several:
        name = _name(asked)
        formats = tuple(form for form in FORMATS if (folder / f"{name}.{form}").exists())
        if formats:
            yield from _rendered(loaded, asked, formats)


def _says(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def _open(file: Path) -> None:
    import webbrowser

    if not webbrowser.open(file.resolve().as_uri()):
        note(f"{from_here(file)} could not be opened here: open it yourself.")


def _name(asked: Asked) -> str:
    """The file of a report below the reports' folder, without the ending of its format."""
    if asked.edition == "plan":
        return "plan/plan"
    kind = f"agency-{asked.agency}" if asked.agency else asked.edition or "board"
    return f"{asked.quarter}/{kind}-report"


def _rendered(loaded: Loaded, asked: Asked, formats: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The name of each file below the reports' folder, and its content."""
    partnership = loaded.trusted()
    for each in _several(partnership, asked):
        name = _name(each)
        # By a digest of all that there is, what is withheld from the public could be guessed and then confirmed.
        inputs = loaded.inputs(each.quarter) if each.edition != "public" else None
        if each.quarter is None:
            plan = plan_view(partnership, inputs=inputs)
            yield from ((f"{name}.{form}", the_plan(plan, form, loaded.root)) for form in formats)
        else:
            whose = published(partnership) if each.edition == "public" else partnership
            collation = collate(as_of(whose, each.quarter), each.quarter)
            view = report_view(collation, loaded.faults, each.agency, inputs)
            yield from ((f"{name}.{form}", progress_report(view, form, loaded.root)) for form in formats)


def _several(partnership: Partnership, asked: Asked) -> Iterator[Asked]:
    """The reports that are *asked* for, one by one; that of no quarter is the plan as agreed. Notes what it took."""
    plan, latest = partnership.plan, partnership.latest_rated_period()
    if asked.agency is not None and asked.edition is not None:
        raise CannotDo(f"an agency's own report has no {asked.edition} edition: leave out --agency, or --edition.")
    if asked.edition == "plan" or (asked == Asked() and latest is None):
        if asked.quarter is not None:
            raise CannotDo("the plan as agreed is of no quarter: leave out --quarter, or --edition plan.")
        if latest is None:
            note("No period has a rating yet: this is the plan as agreed.")
        yield Asked(edition="plan")
        return
    period = the_period(plan, asked.quarter) if asked.quarter is not None else latest or next(iter(plan.periods))
    if asked.quarter is None:
        which = "the latest period that has a rating" if latest else "the first period, as none has a rating yet"
        note(f"Reporting {plan.periods[period].label}, {which}.")
    edition = None if asked.edition == "board" else asked.edition
    if asked.agency is None:
        agencies: tuple[str | None, ...] = (None,)
    else:
        agencies = tuple(partnership.agencies) if asked.agency == "all" else (the_agency(partnership, asked.agency),)
    yield from (Asked(period, edition, agency) for agency in agencies)
