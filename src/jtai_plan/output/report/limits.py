"""A process of its own for templates that other people wrote: it may take so much time and memory, and no more.

Continuous integration renders the templates of a stranger's pull request. What such a template does not get is nothing
to reason about: it ends with the process.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jtai_plan.errors import JtaiError

SECONDS = 30
"""How much computing a file of a report may take."""
MEMORY = 2_000_000_000
"""How many bytes of address space, of which a report uses a part."""
OUTPUT = 50_000_000
"""How many bytes a report may have, and any file that is written meanwhile."""
_NO_NETWORK = "http://127.0.0.1:9"
"""A proxy that nobody answers at: typst would fetch the packages that a template names."""


class TooMuch(JtaiError):
    """A template that takes more than it may."""

    status = 1

    def __init__(self, *_: object) -> None:
        super().__init__(
            f"templates/: these templates take more than a report may: {SECONDS} seconds of computing and "
            f"{MEMORY // 1_000_000_000} GB. Look for a loop or a text without end."
        )


def within_limits(make: Callable[[], bytes]) -> bytes:
    """What *make* returns, made in a process of its own. Raises TooMuch, and what *make* raises for people."""
    # A forked process has what is loaded already; but one with threads, such as typst's, may not be forked.
    is_alone = sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    context: Any = multiprocessing.get_context("fork" if is_alone else "spawn")
    here, there = context.Pipe(duplex=False)
    limits = (SECONDS, MEMORY, OUTPUT)
    process = context.Process(target=_limited, args=(make, there, *limits), daemon=True)
    process.start()
    there.close()
    try:
        made: bytes | Exception = here.recv() if here.poll(SECONDS * 2) else TooMuch()
        # What is over ends in its own time.
        process.join(1)
    except EOFError:
        # It was ended: by the system, or by typst, which ends the whole process where memory does.
        made = TooMuch()
    finally:
        process.kill()
        process.join()
        here.close()
    if isinstance(made, Exception):
        raise made
    return made


def _limited(make: Callable[[], bytes], end: Connection, seconds: int, memory: int, output: int) -> None:
    """Send what *make* returns, or the error that it raises, through *end*."""
    _limit(seconds, memory, output)
    made: bytes | Exception
    try:
        made = make()
    except MemoryError:
        made = TooMuch()
    except Exception as error:
        made = error
    end.send(made if isinstance(made, Exception) or len(made) <= output else TooMuch())


def _limit(seconds: int, memory: int, output: int) -> None:
    os.environ.pop("NO_PROXY", None)
    os.environ.pop("no_proxy", None)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ[name] = os.environ[name.lower()] = _NO_NETWORK
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    # What ends the process prints a trace of its own, which is of no use to anybody.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
