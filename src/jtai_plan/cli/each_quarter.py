"""What is done each quarter. Each command imports what it calls; `app` has its line of help."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from jtai_plan.cli.options import (
    Agency,
    OptionalAction,
    Plan,
    Quarter,
    QuarterArgument,
    argument,
    choice,
    day,
    flag,
    option,
    today,
)
from jtai_plan.errors import NothingWritten


def status(quarter: Quarter = None, plan: Plan = None) -> int:
    from jtai_plan.commands.status import status as run

    return run(plan, quarter)


def open(quarter: QuarterArgument, plan: Plan = None) -> int:
    from jtai_plan.commands.open import open_period

    return open_period(plan, quarter)


def rate(
    action: OptionalAction = None,
    dimension: Annotated[str | None, argument("DIMENSION", "The dimension, such as impact.")] = None,
    rating: Annotated[str | None, argument("RATING", "A rating on the plan's scale, such as amber.")] = None,
    agency: Agency = None,
    quarter: Quarter = None,
    update: Annotated[str | None, option("TEXT", "What was done and what it achieved.")] = None,
    recovery: Annotated[
        str | None, option("'PLAN | DATE'", "What will bring a late rating back on track, and by when.")
    ] = None,
    evidence: Annotated[
        list[str] | None, option("'WHAT | WHERE | DATE'", "What shows that the rating is right. Can be repeated.")
    ] = None,
    measure: Annotated[list[str] | None, option("ID=NUMBER", "A measure's value. Can be repeated.")] = None,
    answer: Annotated[list[str] | None, option("RULE=WHY", "The answer to a query. Can be repeated.")] = None,
    amend: Annotated[str | None, option("REASON", "Why a rating of a closed period changes. Needs --by.")] = None,
    clear: Annotated[bool, flag("--clear", "Take the rating back: then it counts as no return.")] = False,
    restrict: Annotated[
        str | None, option("REASON", "Leave this out of the public edition, and say why. Needs --by.")
    ] = None,
    sure: Annotated[
        list[str] | None,
        option("KIND", "You looked: nobody is pointed to by this, such as 'initials with an age'. Needs --by."),
    ] = None,
    by: Annotated[str | None, option("WHO", "Who makes the change, restricts it or looked.")] = None,
    plan: Plan = None,
) -> int:
    if action is None:
        from jtai_plan.commands.guided import guided

        return guided(plan, agency=agency, quarter=quarter, today=today())
    says = (update, recovery, evidence, measure, answer, restrict, sure)
    if dimension is None or (rating is None and not clear and not any(each is not None for each in says)):
        raise NothingWritten("give an action, a dimension and a rating: jtai rate ACTION DIMENSION RATING.")
    if clear and (rating is not None or any(each is not None for each in says)):
        raise NothingWritten("--clear takes the rating back, and says nothing else.")
    from jtai_plan.commands.rate import Said
    from jtai_plan.commands.rate import rate as run

    said = Said(
        action=action,
        dimension=dimension,
        rating=rating,
        agency=agency,
        quarter=quarter,
        update=update,
        recovery=recovery,
        evidence=tuple(evidence or ()),
        measures=tuple(measure or ()),
        answers=tuple(answer or ()),
        amend=amend,
        clear=clear,
        restrict=restrict,
        sure=tuple(sure or ()),
        by=by,
    )
    return run(plan, said, today())


def check(
    quarter: Quarter = None,
    agency: Agency = None,
    as_of: Annotated[date | None, day("--as-of", "Also say which returns were overdue on this day.")] = None,
    fail_on: Annotated[
        Literal["error", "behind", "missing", "query"], choice("Exit 1 if any finding is this severe or worse.")
    ] = "error",
    select: Annotated[
        list[str] | None, option("RULES", "Show and count only these rules, separated by commas. Can be repeated.")
    ] = None,
    ignore: Annotated[
        list[str] | None, option("RULES", "Leave out these rules. Errors cannot be left out. Can be repeated.")
    ] = None,
    form: Annotated[Literal["text", "json", "github"], choice("How to print the findings.", "--format")] = "text",
    trail: Annotated[bool, flag("--trail", "Also check in git that somebody else reviewed each change.")] = False,
    base: Annotated[
        str | None, option("REVISION", "Closed periods must not have changed since this revision. Needs --trail.")
    ] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.check import check as run
    from jtai_plan.model.finding import Severity

    severity = Severity(fail_on)
    return run(
        plan,
        quarter=quarter,
        agency=agency,
        as_of=as_of,
        today=today(),
        fail_on=severity,
        select=select or (),
        ignore=ignore or (),
        trail=trail,
        base=base,
        form=form,
    )


def explain(rule: Annotated[str | None, argument("RULE", "A rule's name, such as no-return.")] = None) -> int:
    from jtai_plan.commands.explain import explain as run

    return run(rule)


def report(
    quarter: Quarter = None,
    agency: Annotated[
        str | None, option("AGENCY", "Write this agency's own report, or 'all' for every agency's.")
    ] = None,
    edition: Annotated[
        Literal["board", "public", "plan"] | None,
        choice("The report for the boards, for the public, or the plan as agreed."),
    ] = None,
    formats: Annotated[
        str, option("LIST", "Any of md, html, pdf and docx, separated by commas.", "--format")
    ] = "md,html",
    out: Annotated[Path | None, option("DIR", "Write into this folder instead of reports/.")] = None,
    check: Annotated[bool, flag("--check", "Write nothing. Exit 1 if a report is out of date.")] = False,
    refresh: Annotated[
        bool, flag("--refresh", "Write every report in reports/ anew, in the formats that lie there.")
    ] = False,
    open_them: Annotated[bool, flag("--open", "Open the reports afterwards.")] = False,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.report import Asked
    from jtai_plan.commands.report import report as run

    chosen = tuple(dict.fromkeys(each.strip().lower() for each in formats.split(",") if each.strip()))
    asked = Asked(quarter, edition, agency)
    return run(plan, asked, formats=chosen, out=out, check=check, refresh=refresh, open_them=open_them)


def show(action: OptionalAction = None, plan: Plan = None) -> int:
    from jtai_plan.commands.show import show_plan

    return show_plan(plan, action)


def forms(
    quarter: Quarter = None,
    agency: Agency = None,
    out: Annotated[Path | None, option("DIR", "Write into this folder instead of forms/QUARTER.")] = None,
    mail: Annotated[Path | None, option("DIR", "Also write a mail for each form here, as a draft to send.")] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.forms import forms as run

    return run(plan, quarter=quarter, agency=agency, out=out, mail=mail)


def collect(
    form: Annotated[list[Path], argument("FORM...", "Completed forms, or folders of them.")],
    dry_run: Annotated[bool, flag("--dry-run", "Show what would change. Write nothing.")] = False,
    overwrite: Annotated[bool, flag("--overwrite", "Also replace what changed after the form was made.")] = False,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.collect import collect as run

    return run(plan, form, dry_run=dry_run, overwrite=overwrite)


def remind(
    quarter: Quarter = None,
    agency: Agency = None,
    as_of: Annotated[date | None, day("--as-of", "Say how late each return is on this day.")] = None,
    out: Annotated[
        Path | None, option("DIR", "Write each mail here, as a draft with its form, to open and send.")
    ] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.remind import remind as run

    return run(plan, quarter=quarter, agency=agency, as_of=as_of, out=out)


def export(
    form: Annotated[
        Literal["json", "csv", "xlsx"], choice("One JSON document, four CSV files, or one Excel workbook.", "--format")
    ] = "json",
    out: Annotated[Path | None, option("DIR", "Write the files here instead of into export/.")] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.export import export as run

    return run(plan, form, out)
