"""`jtai`, and `python -m jtai_plan`."""

import gc
import os


def script() -> int:
    """Run `jtai` as a process of its own."""
    # A command is over before a collection of garbage would have paid, and no plugin of pydantic is looked for.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from jtai_plan.cli import main

    try:
        return main()
    finally:
        # Nor does one pay as the process ends.
        gc.freeze()


if __name__ == "__main__":
    raise SystemExit(script())
