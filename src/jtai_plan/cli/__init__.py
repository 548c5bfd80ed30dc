"""The command line: what can be asked for, and how every command ends."""

import sys
from collections.abc import Sequence

from jtai_plan.errors import JtaiError

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `jtai`; the exit status is 0, 1 for findings, 2 for a wrong call, 130 for Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A pipe on Windows has an encoding without half of the words that people type.
            piped = {} if stream.isatty() else {"encoding": "utf-8", "newline": "\n"}
            # A folder can be called by any bytes: those that are no letter are printed as numbers.
            stream.reconfigure(errors="backslashreplace", **piped)
    try:
        from jtai_plan.cli.app import app

        app(arguments, prog_name="jtai")
    except JtaiError as error:
        return _failed(str(error), error.status)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}. Nothing was half-written.", 1)
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
        if status == INTERRUPTED:
            return _failed("interrupted. Every file is as it was, or as it was to be.", INTERRUPTED)
        return status
    return 0


def _failed(message: str, status: int) -> int:
    print(f"jtai: {message}", file=sys.stderr)
    return status
