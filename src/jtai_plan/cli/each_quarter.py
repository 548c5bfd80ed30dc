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
    dimension: Annotated[str | None, typer.Argument(metavar="DIMENSION", help="The dimension, such as impact.")] = None,
    rating: Annotated[
        str | None, typer.Argument(metavar="RATING", help="A rating on the plan's scale, such as amber.")
    ] = None,
    agency: Agency = None,
    quarter: Quarter = None,
    update: Annotated[str | None, typer.Option(metavar="TEXT", help="What was done and what it achieved.")] = None,
    recovery: Annotated[
        str | None,
        typer.Option(metavar="'PLAN | DATE'", help="What will bring a late rating back on track, and by when."),
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(metavar="'WHAT | WHERE | DATE'", help="What shows that the rating is right. Can be repeated."),
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="ID=NUMBER", help="A measure's value. Can be repeated.")
    ] = None,
    amend: Annotated[
        str | None, typer.Option(metavar="REASON", help="Why a rating of a closed period changes. Needs --by.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who makes the change.")] = None,
    plan: Plan = Path(),
) -> int:
    if action is None:
        from jtai_plan.commands.guided import guided

        return guided(plan, agency=agency, quarter=quarter)
    if dimension is None or rating is None:
        raise CannotDo(
            "give an action, a dimension and a rating: jtai rate ACTION DIMENSION RATING.", nothing_written=True
        )
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
        str | None, typer.Option(metavar="DATE", help="Also say which returns were overdue on this day.")
    ] = None,
    fail_on: Annotated[
        Literal["error", "behind", "missing", "query"],
        typer.Option(help="Exit 1 if any finding is this severe or worse."),
    ] = "error",
    form: Annotated[
        Literal["text", "json", "github"], typer.Option("--format", help="How to print the findings.")
    ] = "text",
    trail: Annotated[
        bool, typer.Option("--trail", help="Also check in git that somebody else reviewed each change.")
    ] = False,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REVISION", help="Closed periods must not have changed since this revision. Needs --trail."
        ),
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
        str | None, typer.Option(metavar="AGENCY", help="Write this agency's own report, or 'all' for every agency's.")
    ] = None,
    edition: Annotated[
        Literal["board", "public", "plan"] | None,
        typer.Option(help="The report for the boards, for the public, or the plan as agreed."),
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="Any of md, html, pdf and docx, separated by commas.")
    ] = "md,html",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write into this folder instead of reports/.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing. Exit 1 if a report is out of date.")] = False,
    open_them: Annotated[bool, typer.Option("--open", help="Open the reports afterwards.")] = False,
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
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write into this folder instead of forms/QUARTER.")
    ] = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.forms import forms as run

    return run(plan, quarter=quarter, agency=agency, out=out)


def collect(
    form: Annotated[list[Path], typer.Argument(metavar="FORM...", help="Completed forms, or folders of them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change. Write nothing.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also replace what changed after the form was made.")
    ] = False,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.collect import collect as run

    return run(plan, form, dry_run=dry_run, overwrite=overwrite)


def remind(
    quarter: Quarter = None,
    agency: Agency = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Say how late each return is on this day.")] = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.remind import remind as run

    return run(plan, quarter=quarter, agency=agency, as_of=optional_day("--as-of", as_of))


def export(
    form: Annotated[
        Literal["json", "csv"], typer.Option("--format", help="One JSON document, or three CSV files.")
    ] = "json",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the CSV files here instead of into export/.")
    ] = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.export import export as run

    return run(plan, as_csv_files=form == "csv", out=out)
