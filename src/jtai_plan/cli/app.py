"""The commands of `jtai`: their names, groups and one line of help. Only the command that is called is built.

A command is a function of its own name, in the module of its group. Its line here is its help.
"""

from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
import typer.main
from typer.core import TyperGroup

from jtai_plan.cli.options import SETTINGS


class Group(NamedTuple):
    """A heading of `jtai --help`."""

    heading: str
    module: str
    commands: dict[str, str]
    """What each command does, by its name."""


GROUPS = (
    Group(
        "Each quarter",
        "jtai_plan.cli.each_quarter",
        {
            "open": "Make an empty return for every agency.",
            "rate": "Record a rating. With no action, jtai asks for each one in turn.",
            "check": "Find errors in the files, and what is behind or missing.",
            "report": "Write the report for the boards or an agency, or the plan as agreed.",
            "show": "Show the plan and its latest standings, or one action's history.",
            "forms": "Make an Excel form for each agency.",
            "collect": "Read completed forms into the agencies' returns.",
            "remind": "Write the e-mail that asks each agency for what is missing.",
            "export": "Export actions, ratings and measures for other tools.",
        },
    ),
    Group(
        "Governance",
        "jtai_plan.cli.governance",
        {
            "sign-off": "Record that an agency's board signed off the plan or a return.",
            "close": "Freeze a period's ratings and issue its reports.",
            "board": "Keep the boards' record: moderate, ask, decide, present.",
        },
    ),
    Group(
        "The trail",
        "jtai_plan.cli.trail",
        {
            "diff": "Show what a pull request changes, in the plan's words.",
            "log": "Show who recorded, reviewed and merged each change, from git.",
            "submit": "Commit and push one agency's files on a branch of their own.",
        },
    ),
    Group(
        "Set-up",
        "jtai_plan.cli.set_up",
        {
            "explain": "Explain a rule of check, or list all rules.",
            "init": "Make a new partnership's repository, by options or by questions.",
        },
    ),
)
COMMANDS = {name: group for group in GROUPS for name in group.commands}
"""The group of each command, by the command's name."""


def build(name: str) -> Any:
    """The command *name*, as typer runs it."""
    group = COMMANDS[name]
    command = getattr(import_module(group.module), name.replace("-", "_"))
    app = command if isinstance(command, typer.Typer) else typer.Typer(add_completion=False, **SETTINGS)
    if app is not command:
        app.command(name, help=group.commands[name])(command)
    return typer.main.get_command(app)


class BuiltWhenCalled(TyperGroup):
    """Lists the commands under the headings of their groups, and builds the one that is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # typer looks here for a name like the one that was mistyped.
        self.commands: dict[str, Any] = dict.fromkeys(COMMANDS)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # typer's signature
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # typer's signature
        """The command *cmd_name*; None if there is none."""
        return build(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # typer's signature
        """Write the commands, group by group."""
        for group in GROUPS:
            with formatter.section(group.heading):
                formatter.write_dl(list(group.commands.items()))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command. If nothing does, leave out jtai's own options: they take pydantic."""
        if args and args[0] in COMMANDS:
            self.params, self.add_help_option = [], False
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is called, and exit with the status that it returns."""
        try:
            raise typer.Exit(super().invoke(ctx))
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


app = typer.Typer(
    cls=BuiltWhenCalled,
    no_args_is_help=True,
    help="Run the quarterly cycle of a multi-agency action plan: rate, check, report.",
    **SETTINGS,
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"jtai {version('jtai-plan')}")
        raise typer.Exit


@app.callback()
def jtai(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """What can be asked of jtai itself."""
