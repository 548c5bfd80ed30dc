"""What git knows of the plan. Each command imports what it calls; `app` has its line of help."""

from typing import Annotated, Literal

from jtai_plan.cli.options import Agency, AgencyArgument, OptionalAction, Plan, Quarter, argument, choice, flag, option
from jtai_plan.errors import CannotDo

Format = Literal["text", "md", "json"]
WITH_TEXT = "Also quote updates, reasons and evidence. What is restricted is never quoted."


def diff(
    base: Annotated[
        str | None, argument("BASE", "The revision to compare with. Default: where this branch left main.")
    ] = None,
    head: Annotated[
        str | None, argument("HEAD", "The revision to compare. Default: the files as they are now.")
    ] = None,
    form: Annotated[Format, choice("How to print the changes.", "--format")] = "text",
    with_text: Annotated[bool, flag("--with-text", WITH_TEXT)] = False,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.diff import diff as run

    return run(plan, base, head, form=form, with_text=with_text)


def log(
    action: OptionalAction = None,
    agency: Agency = None,
    quarter: Quarter = None,
    form: Annotated[
        Format, choice("How to print the history. md is for an appendix to a report.", "--format")
    ] = "text",
    inputs: Annotated[
        str | None, option("DIGEST", "List the commits that a report was made from. Give its digest or file.")
    ] = None,
    plan: Plan = None,
) -> int:
    if inputs is not None:
        from jtai_plan.commands.log_inputs import log_inputs

        if action or agency or quarter or form != "text":
            raise CannotDo("--inputs lists commits only. Leave out ACTION, --agency, --quarter and --format.")
        return log_inputs(plan, inputs)
    from jtai_plan.commands.log import log as run

    return run(plan, action, agency=agency, quarter=quarter, form=form)


def submit(
    agency: AgencyArgument,
    quarter: Quarter = None,
    with_text: Annotated[bool, flag("--with-text", WITH_TEXT)] = False,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.submit import submit as run

    return run(plan, agency, quarter=quarter, with_text=with_text)


def save(
    message: Annotated[str | None, option("TEXT", "The first line of the commit's message.", "-m", "--message")] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.save import save as run

    return run(plan, message)


def scrub_check(
    asked: Annotated[
        str | None, argument("BASE..HEAD", "The commits to read. Default: those since this branch left main.")
    ] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.scrub_check import scrub_check as run

    return run(plan, asked)
