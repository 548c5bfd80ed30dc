"""What begins a plan. The command imports what it calls; `app` has its line of help."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from jtai_plan.cli.options import today


def explain(
    rule: Annotated[str | None, typer.Argument(metavar="RULE", help="A rule's name, such as no-return.")] = None,
) -> int:
    from jtai_plan.commands.explain import explain as run

    return run(rule)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make, or to add the files to.")],
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The title of the plan.")] = None,
    partnership: Annotated[str | None, typer.Option(metavar="NAME", help="The name of the partnership.")] = None,
    collator: Annotated[str | None, typer.Option(metavar="NAME", help="Who collates the returns.")] = None,
    agency: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[|SPELLING..][=@REVIEWER..]",
            help="An agency, its other spellings, and who reviews its files. Can be repeated.",
        ),
    ] = None,
    board: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A board that receives the report. Can be repeated.")
    ] = None,
    first_quarter: Annotated[
        str | None,
        typer.Option(metavar="QUARTER", help="'Q2 2018/19' for years from April, or 'Q2 2024' for calendar years."),
    ] = None,
    quarters: Annotated[
        str | None, typer.Option(metavar="COUNT", help="How many quarters, 1 to 40. [default: 4]")
    ] = None,
    scale: Annotated[
        Literal["grey", "green"] | None,
        typer.Option(help="grey: for what has not begun. green: between amber and blue."),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Read the themes and actions from this Word or Excel file."),
    ] = None,
) -> int:
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
        scale,
        source,
    )
    return run(folder, asked, today())
