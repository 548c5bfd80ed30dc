"""`jtai report`: the board report of a period, the public edition, an agency's own, or the plan as agreed."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jtai_plan.commands.names import latest_rated, the_agency, the_period
from jtai_plan.commands.writing import write_files
from jtai_plan.errors import CannotDo, NothingWritten, did_you_mean
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.text import with_line_feeds
from jtai_plan.output.report.build_plan import plan_view
from jtai_plan.output.report.build_view import report_view
from jtai_plan.output.report.formats import FORMATS, ISSUED, laid_out
from jtai_plan.output.report.view.period import ReportView
from jtai_plan.output.report.view.plan import PlanView
from jtai_plan.output.terminal import from_here, line, note, progress, show
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.judge.judgement import Judged, judge_all
from jtai_plan.rules.judge.public_edition import published
from jtai_plan.rules.seals.report_inputs import as_of

READ = ("html", "pdf", "docx", "md")
"""The formats, the one that is best read first."""


class Asked(NamedTuple):
    """One report: of which quarter, edition and agency, each None if the call does not say."""

    quarter: str | None = None
    edition: str | None = None
    agency: str | None = None
    formats: tuple[str, ...] = ISSUED

    @property
    def name(self) -> str:
        """Its file below the reports' folder, without the ending of its format."""
        if self.edition == "plan":
            return "plan/plan"
        kind = f"agency-{self.agency}" if self.agency else self.edition or "board"
        return f"{self.quarter}/{kind}-report"


def report(
    start: Path | None,
    asked: Asked,
    *,
    formats: tuple[str, ...] = ISSUED,
    out: Path | None = None,
    check: bool = False,
    refresh: bool = False,
    open_them: bool = False,
) -> int:
    """Write the report in each of *formats* below *out*, and print where each file is.

    If no period has a rating, or the edition is "plan", it is the plan as agreed. With an agency it is that agency's
    own, and with "all" every agency's. Nothing is written unless all of it could be rendered.

    *open_them* opens one of them: the first, in the format that is best read.

    *check* writes nothing: the exit status is 1 if a file differs from what would be written. If the call names no
    report, it checks every report in the folder; and *refresh* writes every one anew, in the formats that lie there.
    """
    for form in formats:
        if form not in FORMATS:
            raise NothingWritten(f"--format '{form}' is not a format. {did_you_mean(form, FORMATS)}")
    loaded = load(find_root(start))
    folder = out if out is not None else loaded.root / "reports"
    partnership = loaded.trusted()
    if (check or refresh) and asked == Asked():
        wanted = issued(partnership, folder)
    elif refresh:
        raise CannotDo("--refresh writes every report that lies there. Leave out --quarter, --agency and --edition.")
    else:
        wanted = [each._replace(formats=formats) for each in _wanted(partnership, asked)]
    files = dict(progress(rendered(loaded, wanted)))
    for fault in loaded.faults:
        note(fault.sentence)
    if check:
        there = {name: (folder / name).read_bytes() for name in files if (folder / name).is_file()}
        stale = [name for name, content in files.items() if not _same(name, there.get(name), content)]
        remedy = "jtai report --refresh" if asked == Asked() else "jtai report, with the same options"
        show(line(f"{from_here(folder / name)} is out of date. Run {remedy}.") for name in stale)
        return int(bool(stale))
    write_files(folder, files, out or loaded.root)
    if open_them and files:
        _open(folder / min(files, key=lambda name: READ.index(name.rpartition(".")[2])))
    return 0


def _same(name: str, one: bytes | None, other: bytes) -> bool:
    """Whether two reports say the same. Git may have changed the line ends of text on this machine."""
    if one is None or not name.endswith((".md", ".html")):
        return one == other
    return with_line_feeds(one) == with_line_feeds(other)


def rendered(loaded: Loaded, wanted: Sequence[Asked], judged: Judged | None = None) -> Iterator[tuple[str, bytes]]:
    """The file of each report *wanted*, below the reports' folder, and its content.

    *judged* is how the partnership was judged, up to the last period wanted; without it, that is done here, once for
    all reports. The public edition is judged by itself, without what is restricted.
    """
    partnership, inputs_of = loaded.trusted(), cache(loaded.inputs)
    order = partnership.plan.order
    last = max((each.quarter for each in wanted if each.quarter), key=order.__getitem__, default="")
    editions = {False: (partnership, judged)} if judged is not None else {}
    for each in wanted:
        public = each.edition == "public"
        # A digest of everything would let somebody confirm a guess at what is withheld.
        inputs = None if public else inputs_of(each.quarter)
        view: PlanView | ReportView
        if each.quarter is None:
            view = plan_view(partnership, inputs=inputs)
        else:
            if public not in editions:
                shown = published(partnership) if public else partnership
                editions[public] = shown, judge_all(shown, last)
            shown, judgements = editions[public]
            collation = collate(as_of(shown, each.quarter), each.quarter, judgements)
            view = report_view(collation, loaded.faults, each.agency, inputs)
        for form in each.formats:
            yield f"{each.name}.{form}", laid_out(view, form, loaded.root)


def of_period(partnership: Partnership, period: str, folder: Path | None = None) -> list[Asked]:
    """The reports that closing *period* issues: the boards', and each agency's own; and what lies in *folder*."""
    each_own = [Asked(period, None, agency) for agency in (None, *partnership.agencies)]
    there = {each[:3]: each.formats for each in issued(partnership, folder) if each.quarter == period} if folder else {}
    formats: dict[tuple[str | None, ...], tuple[str, ...]] = {each[:3]: ISSUED for each in each_own}
    for about, forms in there.items():
        formats[about] = tuple(form for form in FORMATS if form in forms or form in formats.get(about, ()))
    return [Asked(quarter, edition, agency, several) for (quarter, edition, agency), several in formats.items()]


def issued(partnership: Partnership, folder: Path) -> list[Asked]:
    """Every report in *folder*, in the formats it is there in."""
    several = [Asked(edition="plan")]
    for period in partnership.plan.periods:
        board, *agencies = of_period(partnership, period)
        several += [board, Asked(period, "public"), *agencies]
    there = {each: tuple(form for form in FORMATS if (folder / f"{each.name}.{form}").exists()) for each in several}
    return [each._replace(formats=formats) for each, formats in there.items() if formats]


def _wanted(partnership: Partnership, asked: Asked) -> list[Asked]:
    """The reports that the call asks for, one by one. Notes which period it took."""
    if asked.agency is not None and asked.edition is not None:
        raise CannotDo(f"an agency's own report has no {asked.edition} edition. Leave out --agency or --edition.")
    nothing_rated = partnership.latest_rated_period() is None
    if asked.edition == "plan" or (asked == Asked() and nothing_rated):
        if asked.quarter is not None:
            raise CannotDo("the plan as agreed has no quarter. Leave out --quarter or --edition plan.")
        if nothing_rated:
            note("No period has a rating yet: this is the plan as agreed.")
        return [Asked(edition="plan")]
    named = the_period(partnership.plan, asked.quarter) if asked.quarter is not None else None
    period = named or latest_rated(partnership, "Reporting")
    if asked.agency == "all":
        return of_period(partnership, period)[1:]
    agency = the_agency(partnership, asked.agency) if asked.agency is not None else None
    return [Asked(period, None if asked.edition == "board" else asked.edition, agency)]


def _open(file: Path) -> None:
    import webbrowser

    if not webbrowser.open(file.resolve().as_uri()):
        note(f"{from_here(file)} could not be opened. Open it yourself.")
