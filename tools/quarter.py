"""Run the commands that the README shows, and write what each prints below it: `python tools/quarter.py`."""

import os
import re
import shlex
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from jtai_plan.cli import run as jtai
from keep_current import ROOT, keep_current

BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def rewritten(text: str) -> str:
    """*text* with every `console` block as it looks if its commands are run on a copy of this repository's plan."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "plan", Path(folder) / "plan", ignore=shutil.ignore_patterns(".jtai"))
        os.chdir(folder)
        try:
            return re.sub(
                r"(?<=^```console\n).*?(?=^```$)", lambda found: shown(found[0]), text, flags=re.MULTILINE | re.DOTALL
            )
        finally:
            os.chdir(before)


def shown(block: str) -> str:
    """The commands of *block*, each with what it prints now; raises SystemExit if one does not end with 0."""
    lines = []
    for line in re.findall(r"^\$ jtai .*$", block, flags=re.MULTILINE):
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            status = jtai(shlex.split(line)[2:])
        if status:
            sys.exit(f"{line}\n{err.getvalue()}")
        lines += [line, out.getvalue().strip("\n"), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    keep_current(ROOT / "README.md", rewritten((ROOT / "README.md").read_text(encoding="utf-8")))
