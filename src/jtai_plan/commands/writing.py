"""What every command that decides by what it reads, and then writes, has in common: nobody else writes meanwhile."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from jtai_plan.files.atomic_write import only_writer
from jtai_plan.files.layout import find_root

Said = ParamSpec("Said")
Command = Callable[Concatenate[Path | None, Said], int]


def alone(command: Command[Said]) -> Command[Said]:
    """*command* while no other jtai writes in the plan: what it reads stays as it is until it has written."""

    @wraps(command)
    def run(start: Path | None, /, *said: Said.args, **also: Said.kwargs) -> int:
        with only_writer(find_root(start)):
            return command(start, *said, **also)

    return run
