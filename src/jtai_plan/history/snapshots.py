"""What the plan's folder held at every commit, from one call of git."""

from collections.abc import Iterator, Mapping

from jtai_plan.history.git import git
from jtai_plan.history.log import PRINTED, commit_of, logged_in
from jtai_plan.history.repository import ORDINARY, PLAN_FOLDER, Repository
from jtai_plan.model.trail import Commit

# For every commit, what it changed since its first parent.
_LOG = (*PRINTED, "--topo-order", "--reverse", "--diff-merges=first-parent", "--no-renames", "HEAD", "--", PLAN_FOLDER)


def snapshots(repository: Repository) -> Iterator[tuple[Commit, Mapping[str, str]]]:
    """Every commit up to the one that is checked out, oldest first, with the hash of each file of the plan."""
    printed = git(repository.root, *_LOG).decode("utf-8", "replace")
    held: dict[str, Mapping[str, str]] = {}
    for name, logged in logged_in(printed).items():
        commit = commit_of(logged)
        before = held.get(commit.parents[0], {}) if commit.parents else {}
        held[name] = _after(before, logged.raw) if logged.raw else before
        yield commit, held[name]


def _after(before: Mapping[str, str], raw: list[tuple[str, ...]]) -> Mapping[str, str]:
    after = dict(before)
    for about, path, _ in raw:
        _, mode, _, blob, _ = about.lstrip(":").split(" ")
        if mode in ORDINARY:
            after[path] = blob
        else:
            after.pop(path, None)
    return after
