"""Runs `jtai` as its users do, on input that was made to break it, and says what it cost."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

SECONDS, MEGABYTES, CHARACTERS = 10, 300, 300_000
"""What no command may take, whatever it is given."""


class Outcome(NamedTuple):
    """How a call of `jtai` ended."""

    status: int
    said: str
    """Everything that it printed."""


_MEASURED = (
    # A process counts the memory of the one that began it. This one is small; the tests' own is not.
    "import resource, subprocess, sys\n"
    "ended = subprocess.run([sys.executable, '-m', 'jtai_plan', *sys.argv[2:]])\n"
    "open(sys.argv[1], 'w').write(f'{ended.returncode} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}')\n"
)


def without_coverage() -> dict[str, str]:
    """The environment of a process that is not traced: tracing slows it down tenfold, and others run the same lines."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def attacked(root: Path, *call: str, given: bytes = b"") -> Outcome:
    """`jtai` with *call* in *root*. Raises AssertionError for a trace, a signal, or more than it may take."""
    with tempfile.TemporaryDirectory() as folder:
        measured = Path(folder, "measured")
        begun = time.monotonic()
        ran = subprocess.run(
            [sys.executable, "-c", _MEASURED, str(measured), *call],
            cwd=root,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=without_coverage() | {"NO_COLOR": "1"},
            timeout=60,
            check=False,
        )
        took, printed = time.monotonic() - begun, ran.stdout.decode("utf-8", "replace")
        status, memory = map(int, measured.read_text().split())
    assert status in (0, 1, 2, 130), (call, status, printed[-2000:])
    assert "Traceback" not in printed
    assert took < SECONDS, (call, took)
    assert memory < MEGABYTES * (1024 if sys.platform == "linux" else 1024**2), (call, memory)
    assert len(printed) < CHARACTERS, (call, len(printed))
    return Outcome(status, printed)
