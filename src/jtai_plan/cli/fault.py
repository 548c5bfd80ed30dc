"""A fault in jtai itself: what the user reads, and the file that helps whoever corrects it."""

import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from importlib.metadata import version


def sentence(error: BaseException) -> str:
    """Ask for a report of *error*, and name the file that holds its trace."""
    try:
        # Only this user can read or write the file.
        handle, file = tempfile.mkstemp(prefix="jtai-fault-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            opened.writelines(f"{line}\n" for line in trace(error))
    except OSError:
        return f"this is a fault in jtai itself ({type(error).__name__}). Please report it."
    return f"this is a fault in jtai itself. Please report it and send {file}, which holds no text from your plan."


def trace(error: BaseException) -> Iterator[str]:
    """Where *error* was raised, and what it followed.

    People's words may be in its message and in the values of variables, and their names in folders: none of that is
    printed.
    """
    yield f"jtai {version('jtai-plan')}, Python {platform.python_version()}, {platform.system()}"
    at: BaseException | None = error
    while at is not None:
        yield f"{type(at).__module__}.{type(at).__qualname__}"
        for frame, line in traceback.walk_tb(at.__traceback__):
            yield f"  {frame.f_globals.get('__name__')}, line {line}, in {frame.f_code.co_name}"
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
