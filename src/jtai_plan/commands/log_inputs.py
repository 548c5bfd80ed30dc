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
from jtai_plan.model.partnership import PLAN
from jtai_plan.model.plan import Plan
from jtai_plan.model.trail import Commit
from jtai_plan.model.words import Noun
from jtai_plan.output.log.words import people, when
from jtai_plan.output.terminal import line, note, show
from jtai_plan.rules import wording
from jtai_plan.rules.seals.report_inputs import inputs, is_input, part

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def log_inputs(start: Path, asked: str) -> int:
    """Print from which commit to which the inputs are held whose digest is *asked* for, or is printed in that report.

    The exit status is 1 where no commit of this history holds them.
    """
    repository = Repository(find_root(start))
    digest = _digest(asked)
    history = list(snapshots(repository))
    with Objects(repository, (blob for _, files in history for blob in files.values())) as objects:
        held = dict(objects.contents())
    told = list(_told(history, held, digest))
    found = [(commit, report) for commit, report in told if report]
    if not found:
        more = " The clone is shallow: git fetch --unshallow." if repository.is_shallow else ""
        note(f"No commit up to the one that is checked out holds these inputs.{more}")
        return 1
    does, reports = "holds" if len(found) == 1 else "hold", wording.listed(dict.fromkeys(each for _, each in found))
    show([line(f"{wording.counted(len(found), 'commit')} {does} the inputs of {reports}:")])
    for holds, run in groupby(told, key=lambda each: each[1] is not None):
        commits = [commit for commit, _ in run]
        if holds:
            show(line(f"{word} {_worded(commit)}", indent=2) for word, commit in _ends(commits))
    return 0


def _ends(commits: list[Commit]) -> Iterator[tuple[str, Commit]]:
    if len(commits) == 1:
        yield "in", commits[0]
        return
    yield "from", commits[0]
    yield "to", commits[-1]


def _worded(commit: Commit) -> str:
    return f"{commit.short}, {when(commit.committed)}, {people(commit.authors)}: {commit.subject}"


def _digest(asked: str) -> str:
    """The digest that is *asked* for, or that is printed in the report of that name. Raises CannotDo."""
    named = Path(asked)
    text = named.read_text(encoding="utf-8", errors="replace") if named.is_file() else asked
    digests: list[str] = list(dict.fromkeys(_DIGEST.findall(text)))
    if len(digests) != 1:
        raise CannotDo(
            f"'{asked}' is neither a digest nor a report with one in it. Copy it from the end of the report: "
            "sha256: and 64 letters and figures; or name the report's .md or .html (no .pdf, no .docx)."
        )
    return digests[0]


def _told(
    history: list[tuple[Commit, Mapping[str, str]]], held: Mapping[str, bytes], digest: str
) -> Iterator[tuple[Commit, str | None]]:
    """Each commit of *history*, and the report that has this *digest* there; None where none has."""

    @cache
    def noun(path: str, blob: str) -> tuple[Noun | None, bytes]:
        return read_alone(path, held[blob])

    @cache
    def part_of(path: str, blob: str, plan_blob: str, period: str | None) -> str:
        plan, _ = noun(PLAN, plan_blob)
        assert isinstance(plan, Plan), "it is asked only of a plan that can be read"
        return part(*noun(path, blob), period, plan)

    # Most commits of a repository leave the plan as it was.
    @cache
    def report_of(state: frozenset[tuple[str, str]]) -> str | None:
        files = dict(state)
        plan, _ = noun(PLAN, files[PLAN]) if PLAN in files else (None, b"")
        if not isinstance(plan, Plan):
            return None
        for period in (*plan.periods, None):
            ours = [(path, blob) for path, blob in state if is_input(path, period, plan)]
            if inputs({path: part_of(path, blob, files[PLAN], period) for path, blob in ours}) == digest:
                return f"the report for {plan.periods[period].label}" if period else "the plan as agreed"
        return None

    for commit, files in history:
        yield commit, report_of(frozenset((path, blob) for path, blob in files.items() if blob in held))
