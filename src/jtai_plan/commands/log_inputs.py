"""`jtai log --inputs`: which commits hold the files that a report was made from."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path

from jtai_plan.errors import CannotDo
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import read_alone
from jtai_plan.history.repository import Objects, Repository
from jtai_plan.history.snapshots import snapshots
from jtai_plan.model.noun import Noun
from jtai_plan.model.partnership import PLAN
from jtai_plan.model.plan import Plan
from jtai_plan.model.trail import Commit
from jtai_plan.output.log.words import people, when
from jtai_plan.output.terminal import line, note, show
from jtai_plan.rules import wording
from jtai_plan.rules.seals.report_inputs import inputs, is_input, part

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
Snapshots = list[tuple[Commit, Mapping[str, str]]]
"""Commits, each with the hash of what every file of the plan held."""


def log_inputs(start: Path | None, asked: str) -> int:
    """Print the commits that hold the inputs of the report with the digest *asked* for, or of the report of that name.

    The exit status is 1 if no commit of this history holds them.
    """
    repository = Repository(find_root(start))
    digest = _digest(asked)
    history = list(snapshots(repository))
    with Objects(repository, (blob for _, files in history for blob in files.values())) as objects:
        reports = list(_reports(history, dict(objects.contents()), digest))
    found = [report for _, report in reports if report]
    if not found:
        more = " The clone is shallow: git fetch --unshallow." if repository.is_shallow else ""
        note(f"No commit up to the one that is checked out holds these inputs.{more}")
        return 1
    commits = wording.counted(len(found), "commit") + (" holds" if len(found) == 1 else " hold")
    show([line(f"{commits} the inputs of {wording.listed(dict.fromkeys(found))}:")])
    for holds, run in groupby(reports, key=lambda each: each[1] is not None):
        first, *others = [commit for commit, _ in run]
        ends = [("from", first), ("to", others[-1])] if others else [("in", first)]
        show(line(f"{word} {_commit(each)}", indent=2) for word, each in ends if holds)
    return 0


def _commit(commit: Commit) -> str:
    return f"{commit.short}, {when(commit.committed)}, {people(commit.authors)}: {commit.subject}"


def _digest(asked: str) -> str:
    """The digest that is *asked* for, or that is printed in the report of that name. Raises CannotDo."""
    named = Path(asked)
    text = named.read_text(encoding="utf-8", errors="replace") if named.is_file() else asked
    digests: list[str] = list(dict.fromkeys(_DIGEST.findall(text)))
    if len(digests) != 1:
        raise CannotDo(
            f"'{asked}' is neither a digest nor a report with one in it. Copy the digest from the end of the report "
            "(sha256: and 64 letters and figures), or name the report's .md or .html file, not its .pdf or .docx."
        )
    return digests[0]


def _reports(history: Snapshots, held: Mapping[str, bytes], digest: str) -> Iterator[tuple[Commit, str | None]]:
    """Each commit of *history*, and the report that has this *digest* there; None if none has."""

    @cache
    def noun(path: str, blob: str) -> tuple[Noun | None, bytes]:
        return read_alone(path, held[blob])

    @cache
    def part_of(path: str, blob: str, plan_blob: str, period: str | None) -> str:
        plan, _ = noun(PLAN, plan_blob)
        assert isinstance(plan, Plan), "only a plan that can be read has parts"
        return part(*noun(path, blob), period, plan)

    # Most commits of a repository leave the plan as it was.
    @cache
    def report_of(state: frozenset[tuple[str, str]]) -> str | None:
        files = dict(state)
        plan = noun(PLAN, files[PLAN])[0] if PLAN in files else None
        if not isinstance(plan, Plan):
            return None
        for period in (*plan.periods, None):
            ours = [(path, blob) for path, blob in state if is_input(path, period, plan)]
            if inputs({path: part_of(path, blob, files[PLAN], period) for path, blob in ours}) == digest:
                return f"the report for {plan.periods[period].label}" if period else "the plan as agreed"
        return None

    for commit, files in history:
        yield commit, report_of(frozenset((path, blob) for path, blob in files.items() if blob in held))
