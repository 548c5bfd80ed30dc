"""`jtai`, and `python -m jtai_plan`: nothing is imported before Ctrl-C can be caught."""

import gc
import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130


def script() -> int:
    """Run `jtai` as a process of its own."""
    # A command ends before collecting garbage would pay off. freeze() saves the collection at the end as well.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        return main()
    finally:
        gc.freeze()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `jtai`. The exit status is 0; 1 for findings; 2 for a wrong call; 3 for a fault in jtai; 130 for Ctrl-C."""
    try:
        from jtai_plan.cli import run

        return run(arguments)
    except KeyboardInterrupt:
        print("jtai: stopped. No file was left half-written.", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(script())
