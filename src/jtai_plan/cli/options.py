"""How options and arguments are made, and those that several commands take."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from jtai_plan.errors import CannotDo
from jtai_plan.model.days import EXAMPLES, day_of

SETTINGS: dict[str, Any] = {"rich_markup_mode": None, "context_settings": {"help_option_names": ["-h", "--help"]}}
"""How every command is made."""


def argument(metavar: str, help: str) -> Any:
    """A value that is known by its place in the call."""
    return typer.Argument(metavar=metavar, help=help)


def option(metavar: str, help: str, *names: str) -> Any:
    """A value that is known by one of *names*. Without any, it has the name of the parameter."""
    return typer.Option(*names, metavar=metavar, help=help)


def flag(name: str, help: str) -> Any:
    """An option without a value."""
    return typer.Option(name, help=help)


def choice(help: str, *names: str) -> Any:
    """An option that takes one of the words of its type."""
    return typer.Option(*names, help=help)


def day(name: str, help: str) -> Any:
    """An option that takes a date. Its value is a day; a wrong one raises CannotDo."""

    def parse(words: str) -> date:
        if (day := day_of(words)) is None:
            raise CannotDo(f"{name} '{words}' is not a date. Write it as {EXAMPLES}.")
        return day

    return typer.Option(name, metavar="DATE", parser=parse, help=help)


PERIOD = ("--quarter", "--period", "-q")
_PERIOD = "The period, such as 2018-19-Q3 or 'Q3 2018/19'."
_ACTION = "The action, such as T2.2 or 2.2."
_AGENCY = "The agency's id or name."

Plan = Annotated[
    Path | None, typer.Option("--plan", metavar="DIR", envvar="JTAI_PLAN", help="The folder that holds plan/.")
]
Quarter = Annotated[str | None, option("QUARTER", _PERIOD, *PERIOD)]
RequiredQuarter = Annotated[str, option("QUARTER", _PERIOD, *PERIOD)]
QuarterArgument = Annotated[str, argument("QUARTER", _PERIOD)]
Agency = Annotated[str | None, option("AGENCY", _AGENCY, "--agency")]
AgencyArgument = Annotated[str, argument("AGENCY", _AGENCY)]
ActionArgument = Annotated[str, argument("ACTION", _ACTION)]
OptionalAction = Annotated[str | None, argument("ACTION", _ACTION)]
Minute = Annotated[str | None, option("TEXT", "The minute that records it, such as 7.3.", "--minute")]


def today() -> date:
    """The day where the user is."""
    return date.today()  # noqa: DTZ011  # that is no other time zone's day
