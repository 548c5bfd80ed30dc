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


def attacked(root: Path, *call: str, given: bytes = b"", **environment: str) -> Outcome:
    """`jtai` with *call* in *root*. Raises AssertionError for a trace, a signal, or more than it may take."""
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "jtai_plan", *call],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            env={**os.environ, "JTAI_PLAN": "", "NO_COLOR": "1", **environment},
        )
        assert process.stdin is not None
        with process.stdin as typed:
            typed.write(given)
        _, how, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(how)
        said.seek(0)
        printed = said.read().decode("utf-8", "replace")
    assert process.returncode in (0, 1, 2, 130), (call, process.returncode, printed[-2000:])
    assert "Traceback" not in printed
    assert time.monotonic() - begun < SECONDS
    assert used.ru_maxrss < MEGABYTES * (1024 if sys.platform == "linux" else 1024**2)
    assert len(printed) < CHARACTERS
    return Outcome(process.returncode, printed)
