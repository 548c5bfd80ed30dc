"""The commands of `jtai`: their names, groups and one line of help. Only the command that is called is built.

A command is a function of its own name, in the module of its group. Its line here is its help.
"""

from importlib import import_module
from typing import Annotated, Any

import typer
import typer.main
from typer.core import TyperGroup

from jtai_plan.cli.options import SETTINGS

EACH_QUARTER, GOVERNANCE, TRAIL, SET_UP = "Each quarter", "Governance", "The trail", "Set-up"
MODULES = {EACH_QUARTER: "each_quarter", GOVERNANCE: "governance", TRAIL: "trail", SET_UP: "set_up"}
"""The groups of `jtai --help`, and the module of each."""
COMMANDS = {
    "status": (EACH_QUARTER, "Show where the quarter is, and what comes next."),
    "open": (EACH_QUARTER, "Make an empty return for every agency."),
    "rate": (EACH_QUARTER, "Record a rating. With no action, jtai asks for each one in turn."),
    "check": (EACH_QUARTER, "Find errors in the files, and what is behind or missing."),
    "explain": (EACH_QUARTER, "Explain a rule of check, or list all rules."),
    "report": (EACH_QUARTER, "Write the report for the boards or an agency, or the plan as agreed."),
    "show": (EACH_QUARTER, "Show the plan and its latest standings, or one action's history."),
    "forms": (EACH_QUARTER, "Make an Excel form for each agency."),
    "collect": (EACH_QUARTER, "Read completed forms into the agencies' returns."),
    "remind": (EACH_QUARTER, "Write the e-mail that asks each agency for what is missing."),
    "export": (EACH_QUARTER, "Export actions, ratings and measures for other tools."),
    "sign-off": (GOVERNANCE, "Record that an agency's board signed off the plan or a return."),
    "close": (GOVERNANCE, "Freeze a period's ratings and issue its reports."),
    "board": (GOVERNANCE, "Keep the boards' record: moderate, ask, decide, present."),
    "diff": (TRAIL, "Show what a pull request changes, in the plan's words."),
    "log": (TRAIL, "Show who recorded, reviewed and merged each change, from git."),
    "submit": (TRAIL, "Commit and push one agency's files on a branch of their own."),
    "save": (TRAIL, "Commit and push what the collator keeps, and take in others' changes."),
    "scrub-check": (TRAIL, "Look for personal data in every commit of a branch, before it is pushed."),
    "init": (SET_UP, "Make a new partnership's repository, by options or by questions."),
}
"""The group of each command, and its help."""


def build(name: str) -> Any:
    """The command *name*, as typer runs it."""
    group, line = COMMANDS[name]
    command = getattr(import_module(f"jtai_plan.cli.{MODULES[group]}"), name.replace("-", "_"))
    if isinstance(command, typer.Typer):
        app = command
        app.info.help = line
    else:
        app = typer.Typer(add_completion=False, **SETTINGS)
        app.command(name, help=line)(command)
    return typer.main.get_command(app)


class BuiltWhenCalled(TyperGroup):
    """Lists the commands under the headings of their groups, and builds the one that is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # The help lists these names, and typer looks here for one like a mistyped name.
        self.commands: dict[str, Any] = dict.fromkeys(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # typer's signature
        """The command *cmd_name*; None if there is none."""
        return build(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # typer's signature
        """Write the commands, group by group."""
        for heading in MODULES:
            with formatter.section(heading):
                formatter.write_dl([(name, line) for name, (group, line) in COMMANDS.items() if group == heading])

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read jtai's own options, such as --version, which stand before the command."""
        if args and args[0] in COMMANDS:
            # There are none. typer would import pydantic to read that.
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
