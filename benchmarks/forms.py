"""Measure how long it takes to make and collect forms, and how much memory: `python benchmarks/forms.py`.

For this plan's nine agencies, and for 150 agencies that lead one action each.
"""

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from run import JTAI, ROOT

QUARTER = "2018-19-Q2"
MANY = 150


def with_many_agencies(root: Path) -> None:
    """Give the plan 150 actions, each led by an agency of its own."""
    file = root / "plan/plan.yaml"
    head = file.read_text(encoding="utf-8").partition("\nthemes:")[0]
    head = re.sub(r"(?m)^areas_for_improvement:.*\n(?:  .*\n)*", "", head)
    actions = "".join(
        f"      - {{id: T1.{number}, action: Do it, leads: [{{agency: agency-{number}}}]}}\n" for number in range(MANY)
    )
    file.write_text(f"{head}\nthemes:\n  - id: T1\n    title: All\n    actions:\n{actions}", encoding="utf-8")
    shutil.rmtree(root / "plan/agencies")
    for number in range(MANY):
        agency = root / f"plan/agencies/agency-{number}/agency.yaml"
        agency.parent.mkdir(parents=True)
        agency.write_text(f"name: Agency {number}\n", encoding="utf-8")


def seconds(root: Path, *arguments: str | Path) -> float:
    begun = time.perf_counter()
    subprocess.run([*JTAI, *arguments, "--plan", root], check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("nine", "many"):
            root = Path(folder, name)
            shutil.copytree(ROOT / "plan", root / "plan", ignore=shutil.ignore_patterns("returns", ".jtai"))
            if name == "many":
                with_many_agencies(root)
            made = seconds(root, "forms", "-q", QUARTER, "--out", root / "forms")
            number = len(list((root / "forms").iterdir()))
            taken = seconds(root, "collect", root / "forms")
            print(f"{number} agencies: forms {made:.2f} s, collect {taken:.2f} s")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
