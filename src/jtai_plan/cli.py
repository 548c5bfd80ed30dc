"""The command line: what can be said, and nothing of how it is done. Commands are imported when they are called."""

import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from jtai_plan.errors import CannotDo, JtaiError

EACH_QUARTER = "Each quarter"
GOVERNANCE = "Governance"
THE_TRAIL = "The trail"
SET_UP = "Set-up"


class Grouped(TyperGroup):
    """Lists the commands of `--help` under the headings that they were given."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, heading by heading, in the order in which they were added."""
        commands: dict[str, Any] = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        for group in dict.fromkeys(command.rich_help_panel for command in commands.values()):
            rows = [
                (name, each.get_short_help_str(80)) for name, each in commands.items() if each.rich_help_panel == group
            ]
            with formatter.section(group):
                formatter.write_dl(rows)


app = typer.Typer(
    cls=Grouped,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Run the quarterly cycle of a multi-agency action plan: rate, check, report.",
)


class CheckFormat(StrEnum):
    """How `jtai check` prints."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class TrailFormat(StrEnum):
    """How `jtai diff` and `jtai log` print."""

    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"


class ExportFormat(StrEnum):
    """How `jtai export` writes."""

    JSON = "json"
    CSV = "csv"


class Edition(StrEnum):
    """Whom a report is for."""

    BOARD = "board"
    PUBLIC = "public"
    PLAN = "plan"


class Scale(StrEnum):
    """The key that a new plan begins with, by the rating that other keys lack."""

    GREY = "grey"
    GREEN = "green"


class FailOn(StrEnum):
    """The least grave finding that makes `jtai check` exit with 1."""

    ERROR = "error"
    BEHIND = "behind"
    MISSING = "missing"
    QUERY = "query"


Plan = Annotated[
    Path,
    typer.Option("--plan", metavar="DIR", envvar="JTAI_PLAN", help="The folder that holds plan/, or one below it."),
]
Quarter = Annotated[
    str | None,
    typer.Option("--quarter", "--period", "-q", metavar="QUARTER", help="A period: 2018-19-Q3 or 'Q3 2018/19'."),
]
Agency = Annotated[str | None, typer.Option("--agency", metavar="AGENCY", help="An agency's id or name.")]


@app.command("open", rich_help_panel=EACH_QUARTER)
def open_period(
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help="A period: 2018-19-Q3 or 'Q3 2018/19'.")],
    plan: Plan = Path(),
) -> None:
    """Make an empty return for every agency."""
    from jtai_plan.commands.open import open_period

    raise typer.Exit(open_period(plan, quarter))


@app.command(rich_help_panel=EACH_QUARTER)
def rate(
    action: Annotated[str | None, typer.Argument(metavar="ACTION", help="An action: T2.2 or 2.2.")] = None,
    dimension: Annotated[str | None, typer.Argument(metavar="DIMENSION", help="What is rated, such as impact.")] = None,
    rating: Annotated[
        str | None, typer.Argument(metavar="RATING", help="A rating of the plan's scale, such as amber.")
    ] = None,
    agency: Agency = None,
    quarter: Quarter = None,
    update: Annotated[str | None, typer.Option(metavar="TEXT", help="What was done, and what came of it.")] = None,
    recovery: Annotated[
        str | None, typer.Option(metavar="'PLAN | DATE'", help="What will be done about a late rating, and by when.")
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(metavar="'WHAT | WHERE | DATE'", help="What shows that the rating is right. May be repeated."),
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="ID=NUMBER", help="The value of a measure. May be repeated.")
    ] = None,
    amend: Annotated[
        str | None, typer.Option(metavar="REASON", help="Why a rating of a closed period is changed; with --by.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who changes it.")] = None,
    plan: Plan = Path(),
) -> None:
    """Record a rating; without an action, ask for one after another."""
    if action is None:
        from jtai_plan.commands.guided import guided

        raise typer.Exit(guided(plan, agency=agency, quarter=quarter))
    if dimension is None or rating is None:
        raise CannotDo("say what is rated, and how: jtai rate ACTION DIMENSION RATING. Nothing was written.")
    from jtai_plan.commands.rate import Said
    from jtai_plan.commands.rate import rate as record

    said = Said(
        action,
        dimension,
        rating,
        agency,
        quarter,
        update,
        recovery,
        tuple(evidence or ()),
        tuple(measure or ()),
        amend,
        by,
    )
    raise typer.Exit(record(plan, said, date.today()))  # noqa: DTZ011  # the day where the user is


@app.command(rich_help_panel=EACH_QUARTER)
def check(
    quarter: Quarter = None,
    agency: Agency = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Say also which returns were overdue on this day.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 where a finding is this grave, or graver.")
    ] = FailOn.ERROR,
    form: Annotated[CheckFormat, typer.Option("--format", help="How to print it.")] = CheckFormat.TEXT,
    trail: Annotated[
        bool, typer.Option("--trail", help="Ask git too: was all of it reviewed by somebody else?")
    ] = False,
    base: Annotated[
        str | None,
        typer.Option(metavar="REVISION", help="With --trail: since when closed periods must be as they were."),
    ] = None,
    plan: Plan = Path(),
) -> None:
    """Say what is wrong with the files, what is behind, and what is missing."""
    from jtai_plan.commands.check import check as run
    from jtai_plan.model.finding import Severity

    day = _day("--as-of", as_of) if as_of is not None else None
    raise typer.Exit(
        run(
            plan,
            quarter=quarter,
            agency=agency,
            as_of=day,
            fail_on=Severity(fail_on),
            trail=trail,
            base=base,
            form=form.value,
        )
    )


@app.command(rich_help_panel=EACH_QUARTER)
def report(
    quarter: Quarter = None,
    agency: Annotated[
        str | None, typer.Option(metavar="AGENCY", help="An agency's own report for its governance board, or all.")
    ] = None,
    edition: Annotated[
        Edition | None, typer.Option(help="The report for the boards, for the public, or the plan.")
    ] = None,
    formats: Annotated[str, typer.Option("--format", metavar="LIST", help="Any of md, html, pdf, docx.")] = "md,html",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write below this folder, not reports/.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 where a file is not what it would be.")
    ] = False,
    open_them: Annotated[bool, typer.Option("--open", help="Open what was written.")] = False,
    plan: Plan = Path(),
) -> None:
    """Write the collated board report, an agency's own, or the plan as agreed."""
    from jtai_plan.commands.report import Asked
    from jtai_plan.commands.report import report as run

    chosen = tuple(dict.fromkeys(each.strip().lower() for each in formats.split(",") if each.strip()))
    asked = Asked(quarter, edition.value if edition else None, agency)
    raise typer.Exit(run(plan, asked, formats=chosen, out=out, check=check, open_them=open_them))


@app.command(rich_help_panel=EACH_QUARTER)
def show(
    action: Annotated[str | None, typer.Argument(metavar="ACTION", help="An action: T2.2 or 2.2.")] = None,
    plan: Plan = Path(),
) -> None:
    """Show the plan and its latest standings, or one action and its history."""
    from jtai_plan.commands.show import show_plan

    raise typer.Exit(show_plan(plan, action))


@app.command(rich_help_panel=EACH_QUARTER)
def forms(
    quarter: Quarter = None,
    agency: Agency = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write into this folder, not forms/QUARTER.")] = None,
    plan: Plan = Path(),
) -> None:
    """Make an Excel form for each agency."""
    from jtai_plan.commands.forms import forms as run

    raise typer.Exit(run(plan, quarter=quarter, agency=agency, out=out))


@app.command(rich_help_panel=EACH_QUARTER)
def collect(
    form: Annotated[list[Path], typer.Argument(metavar="FORM...", help="Forms that came back, or folders of them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace also what has changed since the form was made.")
    ] = False,
    plan: Plan = Path(),
) -> None:
    """Read the agencies' forms back into their returns."""
    from jtai_plan.commands.collect import collect as run

    raise typer.Exit(run(plan, form, dry_run=dry_run, overwrite=overwrite))


@app.command(rich_help_panel=EACH_QUARTER)
def remind(
    quarter: Quarter = None,
    agency: Agency = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Say how late returns are on this day.")] = None,
    plan: Plan = Path(),
) -> None:
    """Write the e-mail that asks each agency for what is missing."""
    from jtai_plan.commands.remind import remind as run

    day = _day("--as-of", as_of) if as_of is not None else None
    raise typer.Exit(run(plan, quarter=quarter, agency=agency, as_of=day))


@app.command(rich_help_panel=EACH_QUARTER)
def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="One JSON document, or three CSV files.")] = (
        ExportFormat.JSON
    ),
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the CSV files here, not into export/.")] = None,
    plan: Plan = Path(),
) -> None:
    """Write tidy tables for other tools: actions, ratings, measures."""
    from jtai_plan.commands.export import export as run

    raise typer.Exit(run(plan, as_csv_files=form is ExportFormat.CSV, out=out))


@app.command("sign-off", rich_help_panel=GOVERNANCE)
def sign_off(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="An agency's id or name.")],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day on which its governance board agreed.")],
    quarter: Annotated[
        str | None, typer.Option("--quarter", "--period", "-q", metavar="QUARTER", help="Of this return, not the plan.")
    ] = None,
    board: Annotated[
        str | None, typer.Option(metavar="NAME", help="The board that agreed, if it is not the agency's own.")
    ] = None,
    minute: Annotated[str | None, typer.Option(metavar="TEXT", help="Where its minutes say so.")] = None,
    plan: Plan = Path(),
) -> None:
    """Record that an agency's governance board signed off the plan, or a return."""
    from jtai_plan.commands.sign_off import sign_off as run

    raise typer.Exit(run(plan, agency, quarter=quarter, board=board, on=_day("--on", on), minute=minute))


@app.command(rich_help_panel=GOVERNANCE)
def close(
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help="A period: 2018-19-Q3 or 'Q3 2018/19'.")],
    by: Annotated[str, typer.Option(metavar="WHO", help="Who closes it.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, if it is not today.")] = None,
    with_missing: Annotated[
        bool, typer.Option("--with-missing", help="Close it although ratings are missing.")
    ] = False,
    plan: Plan = Path(),
) -> None:
    """Freeze the ratings of a period, and issue its reports."""
    from jtai_plan.commands.close import close as run

    day = _day("--on", on) if on is not None else date.today()  # noqa: DTZ011  # the day where the user is
    raise typer.Exit(run(plan, quarter, by=by, on=day, with_missing=with_missing))


board_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Write the boards' record: moderate, ask, decide, present.",
)
app.add_typer(board_app, name="board", rich_help_panel=GOVERNANCE)

Meeting = Annotated[str, typer.Option("--board", metavar="BOARD", help="A board's id or name.")]
OfQuarter = Annotated[
    str, typer.Option("--quarter", "--period", "-q", metavar="QUARTER", help="A period: 2018-19-Q3 or 'Q3 2018/19'.")
]
HeldOn = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the meeting.")]
Minute = Annotated[str | None, typer.Option("--minute", metavar="TEXT", help="Where its minutes say so.")]


@board_app.command()
def moderate(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="An action: T2.2 or 2.2.")],
    dimension: Annotated[str, typer.Argument(metavar="DIMENSION", help="What is rated, such as impact.")],
    rating: Annotated[str, typer.Argument(metavar="RATING", help="The board's own rating.")],
    quarter: OfQuarter,
    board: Meeting,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it replaces the agencies' ratings.")],
    on: HeldOn = None,
    minute: Minute = None,
    plan: Plan = Path(),
) -> None:
    """Record a board's own rating in place of the agencies'."""
    from jtai_plan.commands import board as run

    meeting = _meeting(board, on, minute)
    raise typer.Exit(
        run.moderate(plan, quarter, action=action, dimension=dimension, rating=rating, reason=reason, meeting=meeting)
    )


@board_app.command()
def ask(
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What is asked.")],
    quarter: OfQuarter,
    board: Meeting,
    about: Annotated[str | None, typer.Option(metavar="ACTION", help="The action it is about.")] = None,
    plan: Plan = Path(),
) -> None:
    """Record what a board is asked; it stays open until it is decided."""
    from jtai_plan.commands import board as run

    raise typer.Exit(run.ask(plan, quarter, words=words, about=about, meeting=_meeting(board, None, None)))


@board_app.command()
def decide(
    resolves: Annotated[str, typer.Argument(metavar="ASK", help="The id of an open ask, such as ask-1.")],
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What was decided.")],
    quarter: OfQuarter,
    board: Meeting,
    on: HeldOn = None,
    minute: Minute = None,
    plan: Plan = Path(),
) -> None:
    """Record what a board decided about an ask."""
    from jtai_plan.commands import board as run

    raise typer.Exit(run.decide(plan, quarter, resolves=resolves, words=words, meeting=_meeting(board, on, minute)))


@board_app.command()
def present(
    quarter: OfQuarter,
    board: Meeting,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day of the meeting.")],
    minute: Minute = None,
    plan: Plan = Path(),
) -> None:
    """Record the meeting at which the report was put before a board."""
    from jtai_plan.commands import board as run

    raise typer.Exit(run.present(plan, quarter, meeting=_meeting(board, on, minute)))


@app.command(rich_help_panel=THE_TRAIL)
def diff(
    base: Annotated[
        str | None,
        typer.Argument(metavar="BASE", help="The revision to compare with, if not where this work left main."),
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="HEAD", help="The revision to compare, if not the files here.")
    ] = None,
    form: Annotated[TrailFormat, typer.Option("--format", help="How to print it.")] = TrailFormat.TEXT,
    plan: Plan = Path(),
) -> None:
    """Say what a pull request changes, in the plan's words."""
    from jtai_plan.commands.diff import diff as run

    raise typer.Exit(run(plan, base, head, form=form.value))


@app.command(rich_help_panel=THE_TRAIL)
def log(
    action: Annotated[str | None, typer.Argument(metavar="ACTION", help="An action: T2.2 or 2.2.")] = None,
    agency: Agency = None,
    quarter: Quarter = None,
    form: Annotated[
        TrailFormat, typer.Option("--format", help="How to print it; md is an appendix to a report.")
    ] = TrailFormat.TEXT,
    inputs: Annotated[
        str | None,
        typer.Option(metavar="DIGEST", help="Name the commits that a report was made from, by its digest or file."),
    ] = None,
    plan: Plan = Path(),
) -> None:
    """Say who recorded, reviewed and merged what, from git."""
    if inputs is not None:
        from jtai_plan.commands.log_inputs import log_inputs

        if action or agency or quarter or form is not TrailFormat.TEXT:
            raise CannotDo("--inputs asks for commits alone: leave out ACTION, --agency, --quarter and --format.")
        raise typer.Exit(log_inputs(plan, inputs))
    from jtai_plan.commands.log import log as run

    raise typer.Exit(run(plan, action, agency=agency, quarter=quarter, form=form.value))


@app.command(rich_help_panel=THE_TRAIL)
def submit(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="An agency's id or name.")],
    quarter: Quarter = None,
    plan: Plan = Path(),
) -> None:
    """Commit and push one agency's files, on a branch of their own."""
    from jtai_plan.commands.submit import submit as run

    raise typer.Exit(run(plan, agency, quarter=quarter))


@app.command(rich_help_panel=SET_UP)
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make, or to add the files to.")],
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What the plan is called.")] = None,
    partnership: Annotated[str | None, typer.Option(metavar="NAME", help="Who answers for it together.")] = None,
    collator: Annotated[str | None, typer.Option(metavar="NAME", help="Who turns the returns into one report.")] = None,
    agency: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[|SPELLING..][=@REVIEWER..]",
            help="An agency, how documents spell it too, and who reviews its files. May be repeated.",
        ),
    ] = None,
    board: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A board that receives the report. May be repeated.")
    ] = None,
    first_quarter: Annotated[
        str | None,
        typer.Option(metavar="QUARTER", help="'Q2 2018/19' of years from April, or 'Q2 2024' of calendar years."),
    ] = None,
    quarters: Annotated[
        int | None, typer.Option(metavar="COUNT", min=1, max=40, help="How many quarters; 4 unless it is said.")
    ] = None,
    scale: Annotated[
        Scale | None, typer.Option(help="Grey for what has not begun, or green between amber and blue.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Read the themes and actions from this document.")
    ] = None,
) -> None:
    """Make a new partnership's repository; on a terminal, ask for what is missing."""
    from jtai_plan.commands.init import Asked
    from jtai_plan.commands.init import init as run

    asked = Asked(
        title,
        partnership,
        collator,
        tuple(agency or ()),
        tuple(board or ()),
        first_quarter,
        quarters,
        scale.value if scale else None,
        source,
    )
    raise typer.Exit(run(folder, asked, date.today()))  # noqa: DTZ011  # the day where the user is


def _meeting(board: str, on: str | None, minute: str | None) -> dict[str, object]:
    return {"board": board, "on": _day("--on", on) if on is not None else None, "minute": minute}


def _day(option: str, words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CannotDo(f"{option} '{words}' is not a day. Write year-month-day, such as 2018-10-13.") from None


def script() -> int:
    """Run `jtai` as a process of its own."""
    # A command is over before a collection of garbage would have paid, and no plugin of pydantic is looked for.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        return main()
    finally:
        # Nor does one pay as the process ends.
        gc.freeze()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `jtai`; the exit status is 0, 1 for findings, 2 for a wrong call, 130 for Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A pipe on Windows has an encoding without half of the words that people type.
            piped = {} if stream.isatty() else {"encoding": "utf-8", "newline": "\n"}
            # A folder can be called by any bytes: those that are no letter are printed as numbers.
            stream.reconfigure(errors="backslashreplace", **piped)
    try:
        app(arguments)
    except JtaiError as error:
        return _failed(str(error), error.status)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}. Nothing was half-written.", 1)
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
        if status == INTERRUPTED:
            return _failed("interrupted. Every file is as it was, or as it was to be.", INTERRUPTED)
        return status
    return 0


INTERRUPTED = 130


def _failed(message: str, status: int) -> int:
    print(f"jtai: {message}", file=sys.stderr)
    return status
