"""Compare how long `jtai log` of one action takes with git's own log: `python benchmarks/history.py`.

The history is made up: this repository's plan with 36 returns, and 5,000 commits on branches that are merged. Each
commit changes one rating. Git's log is measured twice: as `jtai log` calls it, which names the files that each commit
changed, and with `-p`, which has to read the files as `jtai log` does. The time that any command takes to start is
printed too. All files are in a temporary folder.
"""

import argparse
import compileall
import random
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from run import JTAI, ROOT, seconds

from jtai_plan.files.load import load
from jtai_plan.history.git import command
from jtai_plan.history.log import LOG
from jtai_plan.model.partnership import return_path

LIMIT = 1.5
"""How many times as long as `git log -p` it may take, without the start."""
ACTION = "T4.1"
ON_A_BRANCH = 10
"""How many commits a branch has when it is merged."""


def stream(root: Path, commits: int) -> Iterator[str]:
    """The input of `git fast-import`: the plan below *root*, then *commits* that change one rating each."""
    chance = random.Random(2018)  # noqa: S311  # the same history each time, and no secret
    partnership = load(root).trusted()
    plan = partnership.plan
    texts = {
        return_path(agency, period): (root / return_path(agency, period)).read_text(encoding="utf-8").splitlines()
        for agency in partnership.agencies
        for period in plan.periods
    }
    cells = [(path, n) for path, lines in texts.items() for n, line in enumerate(lines) if line.endswith(" rating:")]
    ratings = list(plan.scale)

    def commit(ref: str, mark: int, who: int, message: str) -> Iterator[str]:
        identity = f"Officer {who} <officer{who}@example.org> {1_530_000_000 + mark * 600} +0000"
        yield from (f"commit {ref}", f"mark :{mark}", f"author {identity}", f"committer {identity}")
        yield from (f"data {len(message)}", message)

    def content(path: str, text: str) -> Iterator[str]:
        yield from (f"M 100644 inline {path}", f"data {len(text.encode())}", text)

    yield from commit("refs/heads/main", 1, 0, "Begin")
    for file in sorted((root / "plan").rglob("*.yaml")):
        yield from content(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
    main, mark = 1, 1
    while mark < commits:
        branch = f"refs/heads/work-{mark}"
        yield from (f"reset {branch}", f"from :{main}")
        for _ in range(ON_A_BRANCH):
            mark += 1
            path, n = chance.choice(cells)
            texts[path][n] = texts[path][n].partition(":")[0] + f": {chance.choice(ratings)}"
            yield from commit(branch, mark, mark % 9, "Rate a cell")
            yield from content(path, "\n".join(texts[path]) + "\n")
        tip, mark = mark, mark + 1
        yield from commit("refs/heads/main", mark, 9, f"Merge pull request #{mark} from example/work")
        yield from (f"from :{main}", f"merge :{tip}")
        for path in texts:
            yield from content(path, "\n".join(texts[path]) + "\n")
        main = mark


def main() -> int:
    """Measure, print, and exit with 1 if the ratio is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="how often each command is run (default: 10)")
    parser.add_argument("--commits", type=int, default=5000, help="how long the history is (default: 5000)")
    arguments = parser.parse_args()
    compileall.compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "plan", root / "plan", ignore=shutil.ignore_patterns("returns", ".jtai"))
        for period in load(root).trusted().plan.periods:
            subprocess.run([*JTAI, "open", period], cwd=root, check=True, capture_output=True)
        subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=root, check=True)
        history = "\n".join(stream(root, arguments.commits)) + "\n"
        subprocess.run(["git", "fast-import", "--quiet"], cwd=root, check=True, input=history.encode())
        subprocess.run(["git", "reset", "--quiet", "--hard", "main"], cwd=root, check=True)
        empty = root / "empty"
        shutil.copytree(root / "plan", empty / "plan", ignore=shutil.ignore_patterns("returns"))
        for call in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=Begin"]):
            who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"]
            subprocess.run(["git", *who, *call], cwd=empty, check=True)
        runs = {
            "git log": (command(root, LOG), root),
            "git log -p": (command(root, ["log", "-p", *LOG[1:]]), root),
            "jtai log": ([*JTAI, "log", ACTION], root),
            "start": ([*JTAI, "log", ACTION], empty),
        }
        taken: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(arguments.rounds):
            for name, (each, where) in runs.items():
                taken[name].append(seconds(each, where))
    medians = {name: statistics.median(each) for name, each in taken.items()}
    beyond = medians["jtai log"] - medians["start"]
    print(", ".join(f"{name}: {median * 1000:.0f} ms" for name, median in medians.items()))
    for name in ("git log", "git log -p"):
        whole, more = (each / medians[name] for each in (medians["jtai log"], beyond))
        print(f"jtai log {ACTION}: {whole:.2f} of {name}, {more:.2f} beyond start")
    ratio = beyond / medians["git log -p"]
    print(f"beyond start, of git log -p: {ratio:.2f} (at most {LIMIT:g}){'' if ratio <= LIMIT else ', OVER'}")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
