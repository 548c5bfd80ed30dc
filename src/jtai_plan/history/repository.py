"""The repository of a plan: its revisions, its main line, and what the plan's files held at each."""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from jtai_plan.errors import CannotDo
from jtai_plan.history.git import PARTIAL, GitFailed, NoHistory, Running, git

PLAN_FOLDER = "plan"
MAIN = tuple(f"refs/{where}/{name}" for where in ("remotes/origin", "heads") for name in ("main", "master"))
"""The names that the main branch may have: the remote's first, which is what others see."""
ORDINARY = ("100644", "100755")
"""The modes of ordinary files. A link is not one, and is never followed."""


def top_of(folder: Path) -> Path | None:
    """The top of the repository that *folder* is in; None if there is none. It is found without git."""
    here = folder.resolve()
    return next((each for each in (here, *here.parents) if (each / ".git").exists()), None)


def new_repository(folder: Path) -> None:
    """Make a repository in *folder*, on the branch main and without a commit.

    No template is copied: it may hold hooks, which are programs. Raises NoHistory if git is missing, GitFailed if it
    fails.
    """
    git(folder, "init", "--quiet", "--template=", "--initial-branch=main")


class Repository:
    """The git repository that the plan's folder *root* is in, at its top or below.

    Paths are relative to *root*, with slashes. A revision is a full hash. If *main* is given, such as "origin/trunk",
    it is the main branch: a checkout for continuous integration does not say which one that is.
    """

    def __init__(self, root: Path, main: str | None = None) -> None:
        self.root, self._main = root, main

    def call(self, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> str:
        """What git prints, without the last line break. Raises as `git`."""
        return git(self.root, *arguments, given=given, more=more).decode("utf-8", "replace").rstrip("\n")

    def asked(self, *arguments: str) -> str:
        """As `call`, for a question whose failure is an answer: then it is empty."""
        try:
            return self.call(*arguments)
        except GitFailed:
            return ""

    @cached_property
    def prefix(self) -> str:
        """The path from the top of the repository to *root*: empty at the top, else with a slash at its end."""
        return self.call("rev-parse", "--show-prefix")

    @cached_property
    def is_shallow(self) -> bool:
        """Whether the clone leaves out the beginning of the history."""
        return self.call("rev-parse", "--is-shallow-repository") == "true"

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first revisions of a shallow clone. What they hold may be older, and by anybody."""
        if not self.is_shallow:
            return frozenset()
        file = self.root / self.call("rev-parse", "--git-path", "shallow")
        return frozenset(file.read_text(encoding="ascii").split())

    @cached_property
    def head(self) -> str | None:
        """The revision that is checked out; None before the first commit."""
        return self.find("HEAD")

    def find(self, name: str) -> str | None:
        """The revision that *name* (a branch, a tag, a hash) stands for; None if there is none."""
        return self.asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}") or None

    def revision(self, name: str) -> str:
        """The revision that *name* stands for. Raises CannotDo if there is none."""
        found = self.find(name)
        if found is None:
            more = " Check the spelling, or fetch it: git fetch."
            more = " The clone is shallow: git fetch --unshallow." if self.is_shallow else more
            raise CannotDo(f"there is no revision '{name}' in this repository.{more}")
        return found

    @cached_property
    def main_line(self) -> str | None:
        """The name of the main branch, the remote's before the local one; None if there is none."""
        if self._main and self.find(self._main):
            return self._main
        named = (self.asked("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"), *MAIN)
        there = self.call("for-each-ref", "--format=%(refname)", *filter(None, named)).splitlines()
        return next((name for name in named if name in there), None)

    @property
    def main_name(self) -> str | None:
        """The main branch as people call it, such as "origin/main"; None if there is none."""
        line = self.main_line
        return line.removeprefix("refs/").partition("/")[2] if line and line.startswith("refs/") else line

    def base(self) -> str:
        """The revision where the work that is checked out left the main branch. Raises CannotDo if there is none."""
        if self.head is None:
            raise CannotDo("nothing has been committed here yet, so there is nothing to compare with.")
        if self.main_line is None:
            raise CannotDo(
                "there is no main branch here (main or master) to compare with. "
                "Name the revision to compare with: jtai diff BASE, or jtai check --trail --base REVISION."
            )
        if fork := self.asked("merge-base", self.main_line, "HEAD"):
            return fork
        why = "the clone is shallow: git fetch --unshallow" if self.is_shallow else "name one: jtai diff BASE"
        raise CannotDo(f"this work and {self.main_name} share no history; {why}.")

    def require_identity(self) -> None:
        """Raise CannotDo if nothing is committed yet, or git does not know who commits."""
        if self.head is None:
            raise CannotDo("nothing has been committed here yet. Commit the plan first. Nothing was changed.")
        if not self.asked("var", "GIT_COMMITTER_IDENT"):
            raise CannotDo(
                "git does not know who you are, and a commit names its author. Tell it once: git config --global "
                "user.name 'YOUR NAME' and git config --global user.email YOUR@ADDRESS. Nothing was changed."
            )

    def entries(self, revision: str) -> dict[str, str]:
        """The hash of what each ordinary file of the plan's folder holds at *revision*, by path."""
        return {path: blob for mode, blob, path in self._listed(revision) if mode in ORDINARY}

    def links(self, revision: str) -> tuple[str, ...]:
        """The paths at *revision* of links and submodules below the plan's folder, or in its place."""
        return tuple(path for mode, _, path in self._listed(revision) if mode not in ORDINARY)

    def contents(self, revision: str) -> dict[str, bytes]:
        """What every YAML file of the plan held at *revision*, by its path."""
        entries = {path: blob for path, blob in self.entries(revision).items() if path.endswith((".yaml", ".yml"))}
        with Objects(self, entries.values()) as objects:
            held = dict(objects.contents())
        return {path: held[blob] for path, blob in entries.items()}

    def _listed(self, revision: str) -> Iterator[tuple[str, str, str]]:
        """Everything below the plan's folder at *revision*: its mode, hash and path."""
        listed = git(self.root, "ls-tree", "-r", "-z", revision, "--", PLAN_FOLDER).decode("utf-8", "surrogateescape")
        for line in filter(None, listed.split("\0")):
            about, _, path = line.partition("\t")
            mode, _, blob = about.split(" ")
            yield mode, blob, path


LARGEST = 4_000_000
"""How many bytes of an object are read: more than a file of a plan may have, so that it is then refused."""


class Objects(Running):
    """Objects of *repository* by *names*, their hashes. One call of git starts to read them at once."""

    def __init__(self, repository: Repository, names: Iterable[str]) -> None:
        self.names = list(dict.fromkeys(names))
        given = "".join(f"{name}\n" for name in self.names).encode()
        super().__init__(repository.root, "cat-file", "--batch", "--buffer", given=given)

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Each object's name and content. Raises NoHistory if one is not in this clone."""
        printed = self.output()
        for name in self.names:
            size = printed.readline().rstrip(b"\n").rpartition(b" ")[2]
            if not size.isdigit():
                raise NoHistory(PARTIAL)
            yield name, printed.read(min(int(size), LARGEST))
            # Skip what is too large, and the line break at the end.
            printed.seek(max(int(size) - LARGEST, 0) + 1, os.SEEK_CUR)
