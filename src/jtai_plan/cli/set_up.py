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
    every: Annotated[
        Literal["month", "quarter", "term", "half-year"] | None, choice("How often agencies report. [default: quarter]")
    ] = None,
    first_period: Annotated[
        str | None,
        option(
            "PERIOD",
            "'Q2 2018/19' (years from April), 'Q2 2024' (calendar years), 'April 2019', 'Autumn 2019', 'H1 2019/20'.",
            "--first-period",
            "--first-quarter",
        ),
    ] = None,
    periods: Annotated[
        str | None, option("COUNT", "How many periods, 1 to 120. [default: 4]", "--periods", "--quarters")
    ] = None,
    dimension: Annotated[
        list[str] | None,
        option("NAME", "What is rated for every action. Can be repeated. [default: process, impact and performance]"),
    ] = None,
    scale: Annotated[
        Literal["brag", "rag", "ragb", "delivery"] | None,
        choice("brag: red, amber, blue, grey. rag: with green. ragb: and blue. delivery: off track to complete."),
    ] = None,
    source: Annotated[
        Path | None, option("FILE", "Read the themes and actions from this Word or Excel file.", "--from")
    ] = None,
    column: Annotated[
        list[str] | None,
        option(
            "PART=NAME",
            "Which column is the action, lead, outcome, due, theme, ref, sponsor, recommendation or response.",
        ),
    ] = None,
    post: Annotated[
        list[str] | None,
        option("POST=AGENCY", "The agency of a post or a person who leads in the file. Can be repeated."),
    ] = None,
    as_period: Annotated[
        str | None,
        option("PERIOD", "Bring over the file's columns of progress as the returns of this period.", "--as"),
    ] = None,
    jtai: Annotated[
        str | None,
        option("SOURCE", "Where the checks install jtai from: a version, an address, or a wheel in the repository."),
    ] = None,
    dry_run: Annotated[bool, flag("--dry-run", "Show what is read from the file, and write nothing.")] = False,
) -> int:
    from jtai_plan.commands.init import init as run
    from jtai_plan.commands.init_answers import Asked

    asked = Asked(
        title=title,
        partnership=partnership,
        collator=collator,
        agencies=tuple(agency or ()),
        boards=tuple(board or ()),
        every=every,
        first_period=first_period,
        how_many=periods,
        dimensions=tuple(dimension or ()),
        scale=scale,
        source=source,
        columns=tuple(column or ()),
        posts=tuple(post or ()),
        installed_from=jtai,
        as_period=as_period,
    )
    return run(folder, asked, today(), dry_run=dry_run)
