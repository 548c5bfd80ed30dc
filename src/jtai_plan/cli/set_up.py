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
        str | None, typer.Option(metavar="COUNT", help="How many quarters, 1 to 40. [default: 4]")
    ] = None,
    scale: Annotated[
        Literal["grey", "green"] | None,
        typer.Option(help="Grey for what has not begun, or green between amber and blue."),
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Read the themes and actions from this document.")
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
