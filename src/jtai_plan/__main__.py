"""`python -m jtai_plan` is `jtai`."""

from jtai_plan.cli import script

if __name__ == "__main__":
    raise SystemExit(script())
