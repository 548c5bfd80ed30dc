"""What boards agree. Each command imports what it calls; `app` has its line of help."""

from pathlib import Path
from typing import Annotated

import typer

from jtai_plan.cli.options import (
    SETTINGS,
    ActionArgument,
    AgencyArgument,
    Minute,
    Plan,
    QuarterArgument,
    RequiredQuarter,
    day,
    optional_day,
    today,
)

Board = Annotated[str, typer.Option("--board", metavar="BOARD", help="The board's id or name.")]
MeetingDay = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the meeting.")]


def sign_off(
    agency: AgencyArgument,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day the board agreed.")],
    quarter: Annotated[
        str | None,
        typer.Option(
            "--quarter", "--period", "-q", metavar="QUARTER", help="Approve the return for this period, not the plan."
        ),
    ] = None,
    board: Annotated[
        str | None, typer.Option(metavar="NAME", help="The board that agreed, if not the agency's own.")
    ] = None,
    minute: Minute = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.sign_off import sign_off as run

    return run(plan, agency, quarter=quarter, board=board, on=day("--on", on), minute=minute)


def close(
    quarter: QuarterArgument,
    by: Annotated[str, typer.Option(metavar="WHO", help="Who closes the period.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it was closed, if not today.")] = None,
    with_missing: Annotated[
        bool, typer.Option("--with-missing", help="Close the period even if ratings are missing.")
    ] = False,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands.close import close as run

    return run(plan, quarter, by=by, on=optional_day("--on", on) or today(), with_missing=with_missing)


board = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Keep the boards' record: moderate, ask, decide, present.",
    **SETTINGS,
)


@board.command(help="Record a board's own rating in place of the agencies' ratings.")
def moderate(
    action: ActionArgument,
    dimension: Annotated[str, typer.Argument(metavar="DIMENSION", help="The dimension, such as impact.")],
    rating: Annotated[str, typer.Argument(metavar="RATING", help="The board's own rating.")],
    quarter: RequiredQuarter,
    board: Board,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why the board's rating replaces the agencies'.")],
    on: MeetingDay = None,
    minute: Minute = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands import board as run

    meeting = _meeting(board, on, minute)
    return run.moderate(
        plan, quarter, action=action, dimension=dimension, rating=rating, reason=reason, meeting=meeting
    )


@board.command(help="Record what a board is asked. It stays open until the board decides.")
def ask(
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What the board is asked.")],
    quarter: RequiredQuarter,
    board: Board,
    about: Annotated[str | None, typer.Option(metavar="ACTION", help="The action it is about.")] = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands import board as run

    return run.ask(plan, quarter, words=words, about=about, meeting=_meeting(board))


@board.command(help="Record what a board decided about an ask.")
def decide(
    resolves: Annotated[str, typer.Argument(metavar="ASK", help="The id of an open ask, such as ask-1.")],
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What the board decided.")],
    quarter: RequiredQuarter,
    board: Board,
    on: MeetingDay = None,
    minute: Minute = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands import board as run

    return run.decide(plan, quarter, resolves=resolves, words=words, meeting=_meeting(board, on, minute))


@board.command(help="Record the meeting at which a board received the report.")
def present(
    quarter: RequiredQuarter,
    board: Board,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day of the meeting.")],
    minute: Minute = None,
    plan: Plan = Path(),
) -> int:
    from jtai_plan.commands import board as run

    return run.present(plan, quarter, meeting=_meeting(board, on, minute))


def _meeting(board: str, on: str | None = None, minute: str | None = None) -> dict[str, object]:
    return {"board": board, "on": optional_day("--on", on), "minute": minute}
