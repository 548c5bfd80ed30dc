"""Measure how long `jtai diff` takes for 40 changed files, without its start: `python benchmarks/diff.py`.

The start is a Python that imports the same modules and does nothing. The plan is made up: ten agencies, four periods,
21 actions. Every rating in the 40 returns differs from the main branch. All files are in a temporary folder.
"""

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from run import ROOT, seconds

AGENCIES = [f"agency-{n}" for n in range(10)]
PERIODS = {
    "2018-19-Q2": ("2018-07-01", "2018-09-30"),
    "2018-19-Q3": ("2018-10-01", "2018-12-31"),
    "2018-19-Q4": ("2019-01-01", "2019-03-31"),
    "2019-20-Q1": ("2019-04-01", "2019-06-30"),
}
DIMENSIONS = ("process", "impact", "performance")
ACTIONS = {f"T1.{n}": AGENCIES[n % 10 :][:3] or AGENCIES[:3] for n in range(1, 22)}
LIMIT = 0.2
MODULES = (
    "jtai_plan.cli.app, jtai_plan.cli.trail, jtai_plan.commands.diff, jtai_plan.output.diff.text, jtai_plan.model.board"
)
DIFF = (sys.executable, "-m", "jtai_plan", "diff")
# How `jtai` itself starts. The first use of the nouns compiles them, and that is part of the start.
START = (sys.executable, "-c", f"import gc; gc.disable(); import {MODULES}")


def plan_text() -> str:
    lines = ["title: A plan", "periods:"]
    lines += [f"  {name}: {{label: {name}, from: {first}, to: {last}}}" for name, (first, last) in PERIODS.items()]
    lines += ["dimensions:", *(f"  {name}: {{label: {name.title()}}}" for name in DIMENSIONS), "scale:"]
    lines += [f"  {name}: {{label: {name}, letter: {name[0]}, rank: {n}}}" for n, name in enumerate(("red", "amber"))]
    lines += ["expected:", *(f"  {name}: {{2018-19-Q3: [amber]}}" for name in DIMENSIONS)]
    lines += ["themes:", "  - id: T1", "    title: All", "    actions:"]
    for action, leads in ACTIONS.items():
        lines += [f"      - id: {action}", f"        action: Do {action}"]
        lines.append(f"        leads: [{', '.join(f'{{agency: {each}}}' for each in leads)}]")
    return "\n".join(lines) + "\n"


def return_text(agency: str, period: str, rating: str, update: str) -> str:
    lines = [f"period: {period}", "actions:"]
    for action, leads in ACTIONS.items():
        if agency in leads:
            lines.append(f"  {action}:")
            for dimension in DIMENSIONS:
                lines += [f"    {dimension}:", f"      rating: {rating}", f"      update: {update}"]
                lines += [
                    "      recovery:",
                    "        plan: Repeat the sample with new guidance",
                    "        by: 2019-01-31",
                ]
    return "\n".join(lines) + "\n"


def write(root: Path, rating: str, update: str) -> None:
    """Write the plan, and a return of every agency for every period."""
    files = {"plan/plan.yaml": plan_text()}
    for agency in AGENCIES:
        files[f"plan/agencies/{agency}/agency.yaml"] = f"name: {agency}\n"
        for period in PERIODS:
            files[f"plan/agencies/{agency}/returns/{period}.yaml"] = return_text(agency, period, rating, update)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "core.hooksPath=" + os.devnull)
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def main() -> int:
    """Measure, print, and exit with 1 if it takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="how often each command is run (default: 15)")
    rounds = parser.parse_args().rounds
    # An installed program is compiled; some machines do not write what they compile.
    compileall.compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, "red", "Begun, and a first sample of 40 case files was read with the lead practitioner.")
        git(root, "init", "--quiet", "--initial-branch=main")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message=Begin")
        git(root, "switch", "--quiet", "--create", "work")
        write(root, "amber", "Done, and a second sample of 40 case files was read with the lead practitioner.")
        git(root, "commit", "--quiet", "--all", "--message=Change")
        # Take turns, and count the fastest of each: a difference of two medians is mostly what else the machine did.
        taken = [(seconds(START, root), seconds(DIFF, root)) for _ in range(rounds)]
    start, whole = (min(each) for each in zip(*taken, strict=True))
    beyond = whole - start
    print(f"start: {start * 1000:.0f} ms, jtai diff: {whole * 1000:.0f} ms, the fastest of {rounds}")
    over = "" if beyond <= LIMIT else ", OVER"
    print(f"jtai diff of 40 files beyond its start: {beyond * 1000:.0f} ms (at most {LIMIT * 1000:.0f}){over}")
    return int(beyond > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
