"""Write the reference in docs/commands.md from what each command says under --help: `python tools/commands.py`."""

import os
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO

from jtai_plan.cli import run as jtai
from keep_current import ROOT, keep_current_below

MARKER = "<!-- tools/commands.py writes everything below this line -->\n"


def reference() -> Iterator[str]:
    """The reference: a heading for each group of commands and for each command, and the command's own help."""
    heading = ""
    for line in told().splitlines():
        if group := re.fullmatch(r"(\w.+):", line):
            heading = group[1]
        elif (named := re.match(r"  ([a-z-]+)  ", line)) and heading != "Options":
            if heading:
                yield f"\n## Options: {heading[0].lower()}{heading[1:]}"
            heading = ""
            yield from command(named[1])


def command(name: str) -> Iterator[str]:
    """The part about the command *name*, and about the commands that it holds, if it is a group of them."""
    text = told(*name.split())
    yield f"\n### jtai {name}\n\n```text\n{text.strip()}\n```"
    _, _, several = text.partition("\nCommands:\n")
    for each in re.findall(r"^  ([a-z-]+)  ", several, re.MULTILINE):
        yield from command(f"{name} {each}")


def told(*name: str) -> str:
    """What `jtai NAME --help` prints, in lines of 80 characters."""
    os.environ.update(COLUMNS="80", NO_COLOR="1")
    with redirect_stdout(StringIO()) as out:
        jtai([*name, "--help"])
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


if __name__ == "__main__":
    keep_current_below(MARKER, ROOT / "docs/commands.md", "\n".join(reference()) + "\n")
