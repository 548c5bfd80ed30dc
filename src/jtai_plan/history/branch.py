"""A commit on a branch of its own, made without touching the user's branch, index and files."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from jtai_plan.errors import CannotDo
from jtai_plan.history.git import GitFailed, Running
from jtai_plan.history.own_programs import refuse_own_programs
from jtai_plan.history.repository import Repository

_SIGNING = r"^(gpg\.(.*\.)?(program|format|defaultkeycommand)|user\.signingkey)$"


class Declined(CannotDo):
    """The remote takes no commit on this branch from this person: its rules want a request."""


class Branch:
    """The branch *name* of *repository*: here, and at the remote to which it is pushed, if there is one."""

    def __init__(self, repository: Repository, name: str) -> None:
        self.repository = repository
        self.name = name
        self.ref = f"refs/heads/{name}"
        self.remote = _remote(repository)
        self.tip = repository.find(self.ref)
        there = f"refs/remotes/{self.remote}/{name}"
        self.tip_there = repository.find(there) if self.remote else None

    @cached_property
    def main(self) -> str:
        """The revision of the main branch, or the one that is checked out if there is no main branch."""
        return self.repository.revision(self.repository.main_line or "HEAD")

    def parent(self) -> str:
        """The revision that the next commit goes on: the tip of the branch, or the main branch.

        Raises CannotDo if the branch is checked out, or differs here and at the remote.
        """
        worktrees = self.repository.call("worktree", "list", "--porcelain").splitlines()
        if f"branch {self.ref}" in worktrees:
            raise CannotDo(
                f"the branch {self.name} is checked out. Switch to another first, such as the main branch: "
                "git switch main. Nothing was changed."
            )
        # A branch that was merged is finished, so the next commit starts from the main branch.
        tips = [tip for tip in (self.tip, self.tip_there) if tip and not self._is_merged(tip)]
        if not tips:
            return self.main
        newest = next((tip for tip in tips if all(self.is_within(each, tip) for each in tips)), None)
        if newest is None:
            raise CannotDo(
                f"the branch {self.name} here and the one at {self.remote} have different commits. Combine them first: "
                f"git switch {self.name}, then git pull --rebase. Nothing was changed."
            )
        return newest

    def waiting(self, parent: str) -> str | None:
        """*parent*, if it is on the branch here and was never pushed to the remote; else None."""
        is_open = parent == self.tip and not self._is_merged(parent)
        return parent if self.remote and is_open and self.tip_there != parent else None

    def commit(self, parent: str, files: Mapping[str, bytes | None], message: str) -> str:
        """A commit on *parent* in which *files* have these contents (None removes one). No branch has it yet."""
        call, prefix = self.repository.call, self.repository.prefix
        lines = []
        for path, content in files.items():
            blob = call("hash-object", "-w", "--no-filters", "--stdin", given=content) if content is not None else None
            lines.append(f"100644 {blob}\t{prefix}{path}\0" if blob else f"0 {'0' * len(parent)}\t{prefix}{path}\0")
        with TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            call("read-tree", parent, more=index)
            call("update-index", "-z", "--index-info", given="".join(lines).encode(), more=index)
            tree = call("write-tree", more=index)
        made = ("commit-tree", tree, "-p", parent, "-F", "-")
        if self.repository.asked("config", "--type=bool", "--get", "commit.gpgSign") != "true":
            return call(*made, given=message.encode())
        own = [word for key, value in self._own_signing().items() for word in ("-c", f"{key}={value}")]
        try:
            return call(*own, *made, "-S", given=message.encode())
        except GitFailed as error:
            raise GitFailed(made, error.said) from None

    def publish(self, commit: str) -> str | None:
        """Move the branch to *commit* and push it. The answer of the remote, or None if there is no remote.

        If either fails or is interrupted, the branch is as it was. A branch that somebody else moved is left alone.
        """
        try:
            self.repository.call("update-ref", "-m", "jtai submit", self.ref, commit, self.tip or "")
            return self.push(commit) if self.remote else None
        except BaseException:
            back = ("-m", "jtai submit, undone", self.ref, self.tip) if self.tip else ("-d", self.ref)
            self.repository.asked("update-ref", *back, commit)
            raise

    def push(self, commit: str) -> str:
        """Push *commit* to the branch at the remote; its answer. Raises CannotDo if others have pushed meanwhile."""
        refuse_own_programs(self.repository)
        arguments = ("push", "--quiet", "--no-verify", self.remote or "", f"{commit}:{self.ref}")
        with Running(self.repository.root, *arguments) as running:
            try:
                running.printed()
            except GitFailed:
                if re.search(r"^ ! \[rejected\]", running.noted(), re.MULTILINE):
                    raise CannotDo(self._why_rejected(commit)) from None
                if re.search(r"^ ! \[remote rejected\]", running.noted(), re.MULTILINE):
                    raise Declined(
                        f"{self.remote} does not take this commit on the branch {self.name}. Ask whoever looks after "
                        "the repository. Nothing was changed."
                    ) from None
                raise
            return running.noted()

    def _why_rejected(self, commit: str) -> str:
        if self.tip_there and not self.is_within(self.tip_there, commit):
            return (
                f"the branch {self.name} was merged as a squash, and {self.remote} still has it. Delete it there: "
                f"git push {self.remote} --delete {self.name}. Nothing was changed."
            )
        return (
            f"somebody else has pushed to the branch {self.name} meanwhile. Fetch their commits, then submit again: "
            "git fetch, then jtai submit. Nothing was changed."
        )

    def _is_merged(self, tip: str) -> bool:
        """Whether the main branch has *tip*, or holds all its changes, as a squash leaves them."""
        if self.is_within(tip, self.main):
            return True
        fork = self.repository.asked("merge-base", self.main, tip)
        if not fork:
            return False
        was, said, stands = (self.repository.entries(each) for each in (fork, tip, self.main))
        changed = [path for path in {**was, **said} if was.get(path) != said.get(path)]
        return bool(changed) and all(said.get(path) == stands.get(path) for path in changed)

    def _own_signing(self) -> dict[str, str]:
        """How the user signs: the programs and the key in the user's or the machine's configuration.

        The repository's configuration may come from a stranger, so it may name none of these.
        """
        settings: dict[str, str] = {}
        for scope in ("--system", "--global"):
            listed = self.repository.asked("config", scope, "--includes", "-z", "--get-regexp", _SIGNING)
            pairs = (each.partition("\n") for each in listed.split("\0"))
            settings |= {key: value for key, given, value in pairs if given}
        return settings

    def is_within(self, ancestor: str, revision: str) -> bool:
        """Whether the history of *revision* holds *ancestor*."""
        return self.repository.asked("merge-base", ancestor, revision) == ancestor


def link_in(answer: str) -> str | None:
    """Where to open a request, or the one that was updated, if a forge says so in its *answer* to a push."""
    links = re.findall(r"^remote:.*?(https?://[!-~]+)", answer, re.MULTILINE)
    return links[0] if links else None


def _remote(repository: Repository) -> str | None:
    """The remote to push to: origin, or the only one; None if there is none."""
    remotes = repository.call("remote").splitlines()
    if "origin" in remotes:
        return "origin"
    if len(remotes) > 1:
        named = ", ".join(remotes)
        raise CannotDo(
            f"there are several remotes ({named}), and none is called origin. Rename one: git remote rename."
        )
    return remotes[0] if remotes else None
