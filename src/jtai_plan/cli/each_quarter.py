"""What is done each quarter. Each command imports what it calls; `app` has its line of help."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from jtai_plan.cli.options import Agency, OptionalAction, Plan, Quarter, QuarterArgument, optional_day, today
from jtai_plan.errors import CannotDo


def open(quarter: QuarterArgument, plan: Plan = Path()) -> int:
    from jtai_plan.commands.open import open_period

    return open_period(plan, quarter)


def rate(
    action: OptionalAction = None,
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
) -> int:
    if action is None:
        from jtai_plan.commands.guided import guided

        return guided(plan, agency=agency, quarter=quarter)
    if dimension is None or rating is None:
        raise CannotDo("say what is rated, and how: jtai rate ACTION DIMENSION RATING.", nothing_written=True)
    from jtai_plan.commands.rate import Said
    from jtai_plan.commands.rate import rate as run

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
    return run(plan, said, today())


def check(
    quarter: Quarter = None,
    agency: Agency = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Say also which returns were overdue on this day.")
    ] = None,
    fail_on: Annotated[
        Literal["error", "behind", "missing", "query"],
        typer.Option(help="Exit with 1 where a finding is this grave, or graver."),
    ] = "error",
    form: Annotated[Literal["text", "json", "github"], typer.Option("--format", help="How to print it.")] = "text",
    trail: Annotated[
        bool, typer.Option("--trail", help="Ask git too: was all of it reviewed by somebody else?")
    ] = False,
    base: Annotated[
        str | None,
        typer.Option(metavar="REVISION", help="With --trail: since when closed periods must be as they were."),
    ] = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.check import check as run
    from jtai_plan.model.finding import Severity

    return run(
        plan,
        quarter=quarter,
        agency=agency,
        as_of=optional_day("--as-of", as_of),
        fail_on=Severity(fail_on),
        trail=trail,
        base=base,
        form=form,
    )


def report(
    quarter: Quarter = None,
    agency: Annotated[
        str | None, typer.Option(metavar="AGENCY", help="An agency's own report for its governance board, or all.")
    ] = None,
    edition: Annotated[
        Literal["board", "public", "plan"] | None,
        typer.Option(help="The report for the boards, for the public, or the plan."),
    ] = None,
    formats: Annotated[str, typer.Option("--format", metavar="LIST", help="Any of md, html, pdf, docx.")] = "md,html",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write below this folder, not reports/.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 where a file is not what it would be.")
    ] = False,
    open_them: Annotated[bool, typer.Option("--open", help="Open what was written.")] = False,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.report import Asked
    from jtai_plan.commands.report import report as run

    chosen = tuple(dict.fromkeys(each.strip().lower() for each in formats.split(",") if each.strip()))
    asked = Asked(quarter, edition, agency)
    return run(plan, asked, formats=chosen, out=out, check=check, open_them=open_them)


def show(action: OptionalAction = None, plan: Plan = Path()) -> int:
    from jtai_plan.commands.show import show_plan

    return show_plan(plan, action)


def forms(
    quarter: Quarter = None,
    agency: Agency = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write into this folder, not forms/QUARTER.")] = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.forms import forms as run

    return run(plan, quarter=quarter, agency=agency, out=out)


def collect(
    form: Annotated[list[Path], typer.Argument(metavar="FORM...", help="Forms that came back, or folders of them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace also what has changed since the form was made.")
    ] = False,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.collect import collect as run

    return run(plan, form, dry_run=dry_run, overwrite=overwrite)


def remind(
    quarter: Quarter = None,
    agency: Agency = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Say how late returns are on this day.")] = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.remind import remind as run

    return run(plan, quarter=quarter, agency=agency, as_of=optional_day("--as-of", as_of))


def export(
    form: Annotated[
        Literal["json", "csv"], typer.Option("--format", help="One JSON document, or three CSV files.")
    ] = "json",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the CSV files here, not into export/.")] = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.export import export as run

    return run(plan, as_csv_files=form == "csv", out=out)
