"""How long commands take, as ratios to a floor that is measured in the same run: `python benchmarks/run.py`.

The floor is what importing the libraries alone takes. The plan is this repository's, with a full year of returns made
for the purpose; growth compares it with a plan of ten times the actions. Nothing is written outside a temporary folder.
"""

import argparse
import compileall
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from jtai_plan.files.load import load
from jtai_plan.model.partnership import Partnership, return_path

ROOT = Path(__file__).parents[1]
TIMES = 10
FLOOR = (sys.executable, "-c", "import typer, pydantic, ruamel.yaml; pydantic.BaseModel")
JTAI = (str(Path(sys.executable).with_name("jtai")),)
LIMITS = {"jtai --help": 1.0, "jtai check": 1.6, "jtai report": 2.2}


def fill_in(root: Path) -> None:
    """Write a return of every agency for every period, with a rating and an update in every cell."""
    partnership: Partnership = load(root).trusted()
    plan, ratings = partnership.plan, cycle(partnership.plan.scale)
    for agency in partnership.agencies:
        for period in plan.periods:
            lines = [f"period: {period}", "actions:"]
            for action in plan.led_by(agency, period):
                lines.append(f"  {action.id}:")
                for dimension in plan.dimensions:
                    lines += [
                        f"    {dimension}:",
                        f"      rating: {next(ratings)}",
                        "      update: Sampled 40 case files with the lead practitioner; findings go to the board.",
                        "      recovery:",
                        "        plan: Repeat the sample once the new guidance is out",
                        f"        by: {plan.periods[period].last_day}",
                    ]
            file = root / return_path(agency, period)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def made_larger(root: Path, times: int) -> None:
    """Give every theme of the plan its actions *times* times over."""
    file = root / "plan/plan.yaml"
    head, *themes = re.split(r"(?m)^(?=  - id: T\d+$)", file.read_text(encoding="utf-8"))
    larger = [head]
    for theme in themes:
        first, *actions = re.split(r"(?m)^(?=      - id: T)", theme)
        larger.append(first)
        for turn in range(times):
            larger += [re.sub(r"(?m)^(      - id: T[\d.]+)", rf"\1-{turn}", action) + "\n" for action in actions]
    file.write_text("".join(larger), encoding="utf-8")


def seconds(command: Sequence[str], root: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> int:
    """Measure, print, and exit with 1 where a ratio is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="how often each command is run (default: 15)")
    rounds = parser.parse_args().rounds
    # As an installed program is: some machines write no bytecode.
    compileall.compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        plan, large = Path(folder, "plan"), Path(folder, "large")
        for root in (plan, large):
            shutil.copytree(ROOT / "plan", root / "plan", ignore=shutil.ignore_patterns("returns", ".jtai"))
        made_larger(large, TIMES)
        fill_in(plan)
        fill_in(large)
        runs = {
            "floor": (FLOOR, plan),
            "jtai --help": ((*JTAI, "--help"), plan),
            "jtai check": ((*JTAI, "check"), plan),
            "jtai report": ((*JTAI, "report"), plan),
            "imports of check": ((sys.executable, "-c", "import jtai_plan.cli, jtai_plan.commands.check"), plan),
            "large check": ((*JTAI, "check"), large),
        }
        taken: dict[str, list[float]] = {name: [] for name in runs}
        # In turns, so that a slow moment of the machine slows them all.
        for _ in range(rounds):
            for name, (command, root) in runs.items():
                taken[name].append(seconds(command, root))
    medians = {name: statistics.median(each) for name, each in taken.items()}
    floor, start = medians["floor"], medians["imports of check"]
    growth = (medians["large check"] - start) / (medians["jtai check"] - start)
    results = [(name, medians[name] / floor, limit) for name, limit in LIMITS.items()]
    results.append((f"growth, {TIMES} times the actions", growth, float(TIMES)))
    print(f"floor: {floor * 1000:.0f} ms, median of {rounds}")
    for name, ratio, limit in results:
        print(f"{name}: {ratio:.2f} (at most {limit:g}){'' if ratio <= limit else ', OVER'}")
    return int(any(ratio > limit for _, ratio, limit in results))


if __name__ == "__main__":
    raise SystemExit(main())
