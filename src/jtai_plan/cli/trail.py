"""What git knows of the plan. Each command imports what it calls; `app` has its line of help."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from jtai_plan.cli.options import Agency, AgencyArgument, OptionalAction, Plan, Quarter
from jtai_plan.errors import CannotDo

Format = Literal["text", "md", "json"]


def diff(
    base: Annotated[
        str | None,
        typer.Argument(metavar="BASE", help="The revision to compare with, if not where this work left main."),
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="HEAD", help="The revision to compare, if not the files here.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = "text",
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.diff import diff as run

    return run(plan, base, head, form=form)


def log(
    action: OptionalAction = None,
    agency: Agency = None,
    quarter: Quarter = None,
    form: Annotated[Format, typer.Option("--format", help="How to print it; md is an appendix to a report.")] = "text",
    inputs: Annotated[
        str | None,
        typer.Option(metavar="DIGEST", help="Name the commits that a report was made from, by its digest or file."),
    ] = None,
    plan: Plan = Path(),
) -> int:
    if inputs is not None:
        from jtai_plan.commands.log_inputs import log_inputs

        if action or agency or quarter or form != "text":
            raise CannotDo("--inputs asks for commits alone: leave out ACTION, --agency, --quarter and --format.")
        return log_inputs(plan, inputs)
    from jtai_plan.commands.log import log as run

    return run(plan, action, agency=agency, quarter=quarter, form=form)


def submit(agency: AgencyArgument, quarter: Quarter = None, plan: Plan = Path()) -> int:
    from jtai_plan.commands.submit import submit as run

    return run(plan, agency, quarter=quarter)
