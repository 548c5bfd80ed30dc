"""Write the reference in docs/commands.md from what each command says under --help: `python tools/commands.py`.

With --check nothing is written; the exit status says if the reference is current.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from jtai_plan.cli import run as jtai

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs/commands.md"
BEGINS = "<!-- tools/commands.py writes everything below this line -->\n"


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
    text = DOCUMENT.read_text(encoding="utf-8")
    whole = text.partition(BEGINS)[0] + BEGINS + "\n".join(reference()) + "\n"
    if "--check" in sys.argv:
        sys.exit(0 if whole == text else "docs/commands.md is not what --help says. Run: python tools/commands.py")
    DOCUMENT.write_text(whole, encoding="utf-8")
