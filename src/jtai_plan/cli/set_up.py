"""What begins a plan. Each command imports what it calls; `app` has its line of help."""

from pathlib import Path
from typing import Annotated, Literal

from jtai_plan.cli.options import argument, choice, flag, option, today


def init(
    folder: Annotated[Path, argument("DIR", "The folder to make, or to add the files to.")],
    title: Annotated[str | None, option("TEXT", "The title of the plan.")] = None,
    partnership: Annotated[str | None, option("NAME", "The name of the partnership.")] = None,
    collator: Annotated[str | None, option("NAME", "Who collates the returns.")] = None,
    agency: Annotated[
        list[str] | None,
        option(
            "NAME[|SPELLING..][=@REVIEWER..]",
            "An agency, its other spellings, and who reviews its files. Can be repeated.",
        ),
    ] = None,
    board: Annotated[list[str] | None, option("NAME", "A board that receives the report. Can be repeated.")] = None,
    first_quarter: Annotated[
        str | None, option("QUARTER", "'Q2 2018/19' for years from April, or 'Q2 2024' for calendar years.")
    ] = None,
    quarters: Annotated[str | None, option("COUNT", "How many quarters, 1 to 40. [default: 4]")] = None,
    scale: Annotated[
        Literal["grey", "green"] | None, choice("grey: for what has not begun. green: between amber and blue.")
    ] = None,
    source: Annotated[
        Path | None, option("FILE", "Read the themes and actions from this Word or Excel file.", "--from")
    ] = None,
    column: Annotated[
        list[str] | None,
        option(
            "PART=NAME", "Which column of the file holds the action, lead, outcome, ref or sponsor. Can be repeated."
        ),
    ] = None,
    dry_run: Annotated[bool, flag("--dry-run", "Show what is read from the file, and write nothing.")] = False,
) -> int:
    from jtai_plan.commands.init import Asked
    from jtai_plan.commands.init import init as run

    several = (tuple(agency or ()), tuple(board or ()))
    asked = Asked(title, partnership, collator, *several, first_quarter, quarters, scale, source, tuple(column or ()))
    return run(folder, asked, today(), dry_run=dry_run)
