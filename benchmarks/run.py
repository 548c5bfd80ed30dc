"""How long commands take, as ratios to a floor that is measured in the same run: `python benchmarks/run.py`.

The floor is what importing the libraries alone takes. The plan is this repository's, with a full year of returns made
for the purpose; growth compares it with one of ten times the actions, and of ten times the periods too. A first report
is one for which nothing was kept in the temporary folder. Nothing is written outside a temporary folder.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from jtai_plan.files.load import load
from jtai_plan.model.partnership import Partnership, return_path

ROOT = Path(__file__).parents[1]
# A command starts with what Python has compiled before, as it does for its users.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
TIMES = 10
FLOOR = (sys.executable, "-c", "import typer, pydantic, ruamel.yaml; pydantic.BaseModel")
# As `jtai` itself begins and ends.
IMPORTS_OF_CHECK = (
    sys.executable,
    "-c",
    "import gc; gc.disable(); import jtai_plan.cli.app, jtai_plan.commands.check; gc.freeze()",
)
JTAI = (str(Path(sys.executable).with_name("jtai")),)
PERIOD = "2018-19-Q3"
MORE_YEARS = 9
"""With the year that it has, 40 periods."""
LIMITS = {
    "jtai --help": 0.6,
    "jtai check --help": 0.75,
    "jtai check": 2.4,
    "jtai rate": 2.2,
    "jtai report": 2.8,
    "first report": 2.8,
}
"""How many times as long as the floor. The models alone take 0.3; every text is looked at for personal data."""
RATE_GROWS = 1.5
CHECK_GROWS = 1.3 * TIMES
"""What is taken off for the imports is nearly as long as the shorter of the two, so this is known to a third only."""


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


def made_longer(root: Path, years: int) -> None:
    """Give the plan as many more years of periods."""
    file = root / "plan/plan.yaml"
    quarters = (("Q2", 0, "07-01", "09-30"), ("Q3", 0, "10-01", "12-31"), ("Q4", 1, "01-01", "03-31"))
    more = ""
    for year in range(2019, 2019 + years):
        for quarter, later, begins, ends in (*quarters, ("Q1", 1, "04-01", "06-30")):
            named = year + 1 if quarter == "Q1" else year
            more += (
                f"  {named}-{(named + 1) % 100}-{quarter}: {{label: {quarter} {named}/{(named + 1) % 100}, "
                f"from: {year + later}-{begins}, to: {year + later}-{ends}}}\n"
            )
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\ndimensions:", f"\n{more}\ndimensions:", 1), encoding="utf-8")


def seconds(command: Sequence[str], root: Path, **environment: str) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=root, check=True, capture_output=True, env={**os.environ, **environment})
    return time.perf_counter() - begun


def installed(folder: Path) -> str:
    """Install jtai into *folder*, as its users have it: from a wheel, compiled."""
    command = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), str(ROOT))
    subprocess.run(command, check=True)
    return str(folder)


def copies_of_the_plan(folder: Path) -> Iterator[Path]:
    """Make this repository's plan, with ten times the actions, and with ten times the periods too, all filled in."""
    for name, times, years in (("plan", 1, 0), ("large", TIMES, 0), ("long", TIMES, MORE_YEARS)):
        root = folder / name
        shutil.copytree(ROOT / "plan", root / "plan", ignore=shutil.ignore_patterns("returns", ".jtai"))
        made_larger(root, times)
        made_longer(root, years)
        fill_in(root)
        yield root


def measured(folder: Path, rounds: int) -> dict[str, float]:
    """The median of the seconds that each call takes, by its name."""
    os.environ["PYTHONPATH"] = installed(folder / "installed")
    plan, large, long = copies_of_the_plan(folder)
    taken: dict[str, list[float]] = defaultdict(list)
    # In turns, so that a slow moment of the machine slows them all.
    for turn in range(rounds):
        # Each writes: no round rates what the one before it rated.
        rate = (*JTAI, "rate", "--agency", "lscb", "--quarter", PERIOD, "--update", f"Sampled {turn} files")
        # What jtai keeps between calls, if anything, is below the temporary folder.
        unused = Path(folder, f"unused-{turn}")
        unused.mkdir()
        runs: dict[str, tuple[Sequence[str], Path, dict[str, str]]] = {
            "floor": (FLOOR, plan, {}),
            "jtai --help": ((*JTAI, "--help"), plan, {}),
            "jtai check --help": ((*JTAI, "check", "--help"), plan, {}),
            "imports of check": (IMPORTS_OF_CHECK, plan, {}),
            "jtai check": ((*JTAI, "check"), plan, {}),
            "check, large": ((*JTAI, "check"), large, {}),
            "jtai rate": ((*rate, "T1.1-0", "impact", "amber"), plan, {}),
            "rate, long": ((*rate, "T1.1-0", "impact", "amber"), long, {}),
            "jtai report": ((*JTAI, "report"), plan, {}),
            "first report": ((*JTAI, "report"), plan, {"TMPDIR": str(unused)}),
        }
        for name, (command, root, environment) in runs.items():
            taken[name].append(seconds(command, root, **environment))
    return {name: statistics.median(each) for name, each in taken.items()}


def main() -> int:
    """Measure, print, and exit with 1 if a ratio is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="how often each command is run (default: 15)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        medians = measured(Path(folder), rounds)
    floor, start = medians["floor"], medians["imports of check"]
    results = [(name, medians[name] / floor, limit) for name, limit in LIMITS.items()]
    growth = (medians["check, large"] - start) / (medians["jtai check"] - start)
    results.append((f"growth of check, {TIMES} times the actions", growth, CHECK_GROWS))
    longer = medians["rate, long"] / medians["jtai rate"]
    results.append((f"growth of rate, {TIMES} times the actions and the periods", longer, RATE_GROWS))
    print(f"floor: {floor * 1000:.0f} ms, median of {rounds}")
    for name, ratio, limit in results:
        print(f"{name}: {ratio:.2f} (at most {limit:g}){'' if ratio <= limit else ', OVER'}")
    return int(any(ratio > limit for _, ratio, limit in results))


if __name__ == "__main__":
    raise SystemExit(main())
