"""What boards agree. Each command imports what it calls; `app` has its line of help."""

from datetime import date
from typing import Annotated

import typer

from jtai_plan.cli import options
from jtai_plan.cli.options import Minute, Plan, RequiredQuarter, argument, day, flag, option, today
from jtai_plan.errors import NothingWritten

Board = Annotated[str, option("BOARD", "The board's id or name.", "--board")]
MeetingDay = Annotated[date | None, day("--on", "The day of the meeting.")]


def sign_off(
    agency: options.AgencyArgument,
    on: Annotated[date, day("--on", "The day the board agreed.")],
    quarter: Annotated[
        str | None, option("QUARTER", "Approve the return for this period, not the plan.", *options.PERIOD)
    ] = None,
    board: Annotated[str | None, option("NAME", "The board that agreed, if not the agency's own.")] = None,
    minute: Minute = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.sign_off import sign_off as run

    return run(plan, agency, quarter=quarter, board=board, on=on, minute=minute, today=options.today())


def close(
    quarter: options.QuarterArgument,
    by: Annotated[str, option("WHO", "Who closes the period.")],
    on: Annotated[date | None, day("--on", "The day it was closed, if not today.")] = None,
    with_missing: Annotated[bool, flag("--with-missing", "Close the period even if ratings are missing.")] = False,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.close import close as run

    return run(plan, quarter, by=by, on=on or options.today(), with_missing=with_missing, today=options.today())


board = typer.Typer(add_completion=False, no_args_is_help=True, **options.SETTINGS)


@board.command(help="Record a board's own rating in place of the agencies' ratings.")
def moderate(
    action: options.ActionArgument,
    dimension: Annotated[str, argument("DIMENSION", "The dimension, such as impact.")],
    quarter: RequiredQuarter,
    board: Board,
    rating: Annotated[str | None, argument("RATING", "The board's own rating.")] = None,
    reason: Annotated[str | None, option("TEXT", "Why the board's rating replaces the agencies'.")] = None,
    withdraw: Annotated[bool, flag("--withdraw", "Take the board's rating back: the agencies' own stand.")] = False,
    on: MeetingDay = None,
    minute: Minute = None,
    amend: Annotated[str | None, option("REASON", "Why a closed period is moderated. Needs --by.")] = None,
    by: Annotated[str | None, option("WHO", "Who amends the closed period.")] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.board import moderate as run

    if withdraw == (rating is not None):
        raise NothingWritten("give the board's rating, or --withdraw to take it back.")
    meeting = {"board": board, "on": on, "minute": minute}
    return run(
        plan,
        quarter,
        action=action,
        dimension=dimension,
        rating=rating,
        reason=reason,
        meeting=meeting,
        amend=amend,
        by=by,
        today=today(),
    )


@board.command(help="Record what a board is asked. It stays open until the board decides.")
def ask(
    words: Annotated[str, argument("TEXT", "What the board is asked.")],
    quarter: RequiredQuarter,
    board: Board,
    about: Annotated[str | None, option("ACTION", "The action it is about.")] = None,
    owner: Annotated[str | None, option("AGENCY", "The agency that will do it.")] = None,
    due: Annotated[date | None, day("--due", "The day by which the board should decide.")] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.board import ask as run

    meeting = {"board": board}
    return run(plan, quarter, words=words, about=about, owner=owner, due=due, meeting=meeting)


@board.command(help="Record what a board decided about an ask.")
def decide(
    resolves: Annotated[str, argument("ASK", "The id of an open ask, such as ask-1.")],
    words: Annotated[str, argument("TEXT", "What the board decided.")],
    quarter: RequiredQuarter,
    board: Board,
    on: MeetingDay = None,
    minute: Minute = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.board import decide as run

    meeting = {"board": board, "on": on, "minute": minute}
    return run(plan, quarter, resolves=resolves, words=words, meeting=meeting, today=today())


@board.command(help="Record the meeting at which a board received the report.")
def present(
    quarter: RequiredQuarter,
    board: Board,
    on: Annotated[date, day("--on", "The day of the meeting.")],
    minute: Minute = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.board import present as run

    return run(plan, quarter, meeting={"board": board, "on": on, "minute": minute}, today=today())


@board.command(help="Record what the report of a period begins with: the collator's or chair's own words.")
def summary(
    quarter: RequiredQuarter,
    words: Annotated[str | None, argument("TEXT", "The summary.")] = None,
    achievement: Annotated[list[str] | None, option("TEXT", "What was achieved. May be repeated.")] = None,
    following: Annotated[list[str] | None, option("TEXT", "What comes next. May be repeated.", "--next")] = None,
    plan: Plan = None,
) -> int:
    from jtai_plan.commands.board import summary as run

    return run(plan, quarter, words=words, achievements=achievement or (), following=following or ())
