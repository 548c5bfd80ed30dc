"""The arguments and options that several commands take."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from jtai_plan.errors import CannotDo

SETTINGS: dict[str, Any] = {
    "rich_markup_mode": None,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
"""How every command is made."""

_A_PERIOD = "The period, such as 2018-19-Q3 or 'Q3 2018/19'."

Plan = Annotated[
    Path,
    typer.Option(
        "--plan", metavar="DIR", envvar="JTAI_PLAN", help="The folder that holds plan/, or a folder inside it."
    ),
]
Quarter = Annotated[str | None, typer.Option("--quarter", "--period", "-q", metavar="QUARTER", help=_A_PERIOD)]
RequiredQuarter = Annotated[str, typer.Option("--quarter", "--period", "-q", metavar="QUARTER", help=_A_PERIOD)]
QuarterArgument = Annotated[str, typer.Argument(metavar="QUARTER", help=_A_PERIOD)]
Agency = Annotated[str | None, typer.Option("--agency", metavar="AGENCY", help="The agency's id or name.")]
AgencyArgument = Annotated[str, typer.Argument(metavar="AGENCY", help="The agency's id or name.")]
ActionArgument = Annotated[str, typer.Argument(metavar="ACTION", help="The action, such as T2.2 or 2.2.")]
OptionalAction = Annotated[str | None, typer.Argument(metavar="ACTION", help="The action, such as T2.2 or 2.2.")]
Minute = Annotated[
    str | None, typer.Option("--minute", metavar="TEXT", help="The minute that records it, such as 7.3.")
]


def today() -> date:
    """The day where the user is."""
    return date.today()  # noqa: DTZ011  # that is no other time zone's day


def day(option: str, words: str) -> date:
    """The day that *words* of an *option* name. Raises CannotDo."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CannotDo(f"{option} '{words}' is not a valid date. Write year-month-day, such as 2018-10-13.") from None


def optional_day(option: str, words: str | None) -> date | None:
    """The day that *words* of an *option* name, if it is given. Raises CannotDo."""
    return None if words is None else day(option, words)
