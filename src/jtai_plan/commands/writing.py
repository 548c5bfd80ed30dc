"""What the commands that write have in common: nobody else writes meanwhile, and each file is printed."""

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from jtai_plan.files.atomic_write import only_writer, write_whole
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded
from jtai_plan.output.terminal import from_here, line, note, show
from jtai_plan.rules.wording import listed

Said = ParamSpec("Said")
Command = Callable[Concatenate[Path | None, Said], int]


def alone(command: Command[Said]) -> Command[Said]:
    """*command* while no other jtai writes in the plan: what it reads stays as it is until it has written."""

    @wraps(command)
    def run(start: Path | None, /, *said: Said.args, **also: Said.kwargs) -> int:
        with only_writer(find_root(start)):
            return command(start, *said, **also)

    return run


def write_files(folder: Path, files: Mapping[str, bytes], within: Path) -> None:
    """Write *files*, by their names, below *folder*, and print where each is. Raises as `write_whole`."""
    write_whole(folder, files, within, lambda file: show([line(from_here(file))]))


def note_stale(loaded: Loaded, period: str) -> None:
    """Tell that the reports of *period* and later ones no longer say what the files say, if any were issued."""
    plan = loaded.trusted().plan
    issued = [
        itself.label
        for name, itself in plan.periods.items()
        if plan.order[name] >= plan.order[period] and (loaded.root / "reports" / name).is_dir()
    ]
    if issued:
        note(f"The reports of {listed(issued)} were made before this. Make them anew: jtai report --refresh.")
