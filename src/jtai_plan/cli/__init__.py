"""The command line: what can be asked for, and how every command ends."""

import os
import sys
from collections.abc import Sequence

from jtai_plan.errors import JtaiError
from jtai_plan.model.text import harmless

WRONG_CALL = 2


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* call, or those of the process. Returns the exit status; raises Ctrl-C."""
    # A scheduled task, or a call with a closed output, has nowhere to print. What is opened stays open to the end.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # On Windows, the encoding of a pipe lacks half of the letters that people type.
            piped = {} if stream.isatty() else {"encoding": "utf-8", "newline": "\n"}
            # The name of a folder may hold bytes that are no letters: print them as numbers.
            stream.reconfigure(errors="backslashreplace", **piped)
    try:
        import typer.main

        from jtai_plan.cli.app import app

        typer.main.get_command(app)(arguments, prog_name="jtai")
    except JtaiError as error:
        return _failed(error.in_full, error.status)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}. No file was left half-written.", 1)
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
        if status == 130:  # how typer passes Ctrl-C on
            raise KeyboardInterrupt from None
        if status == WRONG_CALL and any(map(_looks_like_an_option, arguments or sys.argv[1:])):
            print("A text that begins with - comes after --, as in: jtai board ask -q Q2 -- '-10 %'.", file=sys.stderr)
        return status
    except Exception as error:
        from jtai_plan.cli.fault import sentence

        return _failed(sentence(error), 3)
    return 0


def _looks_like_an_option(argument: str) -> bool:
    """Whether *argument* begins with a hyphen, and is no option of ours: those begin with letters."""
    return argument[:1] == "-" and not argument.lstrip("-")[:1].isalpha() and argument.strip("-") != ""


def _failed(message: str, status: int) -> int:
    # It may repeat what was typed, or the name of a folder.
    print(f"jtai: {harmless(message)}", file=sys.stderr)
    return status
