"""The branch that is checked out: what changed in its folder, a commit of that, and what others did meanwhile.

The index and all other changes stay as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from jtai_plan.errors import CannotDo
from jtai_plan.history.branch import Branch, Declined
from jtai_plan.history.own_programs import refuse_own_programs
from jtai_plan.history.repository import ORDINARY, Objects, Repository
from jtai_plan.model.text import name_as_shown, with_line_feeds

KEPT = ("plan", "reports")
"""The folders that the collator keeps."""
_BINARY = (".pdf", ".docx", ".xlsx", ".ods", ".png", ".ttf")


class Checkout:
    """The branch of *repository* that is checked out. Raises CannotDo if none is."""

    def __init__(self, repository: Repository) -> None:
        name = repository.asked("symbolic-ref", "--short", "--quiet", "HEAD")
        if not name:
            raise CannotDo("no branch is checked out. Switch to one first: git switch main. Nothing was changed.")
        self.repository, self.branch = repository, Branch(repository, name)

    @property
    def name(self) -> str:
        """The name of the branch."""
        return self.branch.name

    def changed(self, folders: Sequence[str]) -> dict[str, bytes | None]:
        """The files below *folders* that differ from the last commit, by their paths; None for one that is gone.

        Raises CannotDo if one is a link, or no file.
        """
        call, prefix = self.repository.call, self.repository.prefix
        listed = call("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *folders)
        paths = [each[3:].removeprefix(prefix) for each in listed.split("\0") if each]
        stands = self._held("HEAD", paths)
        changed: dict[str, bytes | None] = {}
        for path in paths:
            content = self._lying(path)
            if content is not None and PurePosixPath(path).suffix not in _BINARY:
                was = stands.get(path)
                content = content if was and b"\r\n" in was else with_line_feeds(content)
            if content != stands.get(path):
                changed[path] = content
        return changed

    def _lying(self, path: str) -> bytes | None:
        """What the file at *path* holds; None if there is none."""
        file = self.repository.root / path
        if file.is_symlink() or (file.exists() and not file.is_file()):
            raise CannotDo(
                f"{name_as_shown(path)} is a link, or no file. Put the file itself there. Nothing was changed."
            )
        return file.read_bytes() if file.exists() else None

    def commit(self, files: Mapping[str, bytes | None], message: str) -> str:
        """Commit *files* on the branch. If a step fails or is interrupted, all is as it was."""
        before = self.repository.revision("HEAD")
        made = self.branch.commit(before, files, message)
        self._move(made, before)
        try:
            self._read_into_index(files)
        except BaseException:
            self._move(before, made)
            raise
        return made

    def settle(self, folders: Sequence[str]) -> None:
        """Let the index say of *folders* what the last commit says: a kill may have come between the two."""
        self._read_into_index(dict.fromkeys(folders))

    def take_back(self, made: str, files: Mapping[str, bytes | None]) -> None:
        """Undo the commit *made* of *files*, which nobody else has seen; the files themselves stay."""
        self._move(self.repository.revision(f"{made}^"), made)
        self._read_into_index(files)

    def push(self, commit: str) -> tuple[str, str] | None:
        """Push *commit*: the branch that it is on there, and the answer of the remote; None if there is no remote.

        A branch that takes no direct changes gets a request: then the commit is pushed to a branch of its own.
        """
        if not self.branch.remote:
            return None
        try:
            return self.name, self.branch.push(commit)
        except Declined:
            pass
        apart = Branch(self.repository, f"save/{commit[:10]}")
        return apart.name, apart.push(commit)

    def catch_up(self, changed: Mapping[str, bytes | None]) -> bool:
        """Take in what the remote has of this branch. Returns whether there was anything.

        A file that is *changed* here in the same way as there is taken as there. Raises CannotDo if both changed one.
        """
        remote = self.branch.remote
        if not remote:
            return False
        refuse_own_programs(self.repository)
        self.repository.call("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", remote)
        head, there = self.repository.revision("HEAD"), self.repository.find(f"refs/remotes/{remote}/{self.name}")
        if there is None or self.branch.is_within(there, head):
            return False
        if not self.branch.is_within(head, there):
            raise CannotDo(
                f"the branch {self.name} here and the one at {remote} have different commits. Ask whoever looks after "
                "the repository, or combine them: git pull --rebase. Nothing was changed."
            )
        was, stands = (self._held(each, list(changed)) for each in (head, there))
        same = {path: content for path, content in changed.items() if stands.get(path) == content}
        both = [path for path in changed if path not in same and was.get(path) != stands.get(path)]
        if both:
            raise CannotDo(
                f"you and somebody else have both changed {both[0]}. Keep a copy of yours, take theirs "
                f"(git checkout -- {both[0]}), save again, and write your change anew. Nothing was changed."
            )
        self._forward(there, same)
        return True

    def _forward(self, there: str, same: Mapping[str, bytes | None]) -> None:
        """Bring the branch to *there*. What is the *same* there lies in the way only because git does not compare."""
        root = self.repository.root
        kept = {path: (root / path).read_bytes() for path in same if (root / path).is_file()}
        tracked = list(self._held("HEAD", list(same)))
        try:
            if tracked:
                self.repository.call("checkout", "--quiet", "HEAD", "--", *tracked)
            for path in same:
                if path not in tracked:
                    (root / path).unlink(missing_ok=True)
            self.repository.call("merge", "--quiet", "--ff-only", there)
        except BaseException:
            for path, content in kept.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(content)
            raise

    def _held(self, revision: str, paths: Sequence[str]) -> dict[str, bytes]:
        """What those of *paths* hold that are there at *revision*."""
        listed = self.repository.call("ls-tree", "-z", revision, "--", *paths) if paths else ""
        entries = [each.partition("\t") for each in listed.split("\0") if each]
        names = {path: about.split()[2] for about, _, path in entries if about.split()[0] in ORDINARY}
        with Objects(self.repository, names.values()) as objects:
            held = dict(objects.contents())
        return {path: held[name] for path, name in names.items()}

    def _move(self, to: str, was: str) -> None:
        self.repository.call("update-ref", "-m", "jtai save", f"refs/heads/{self.name}", to, was)

    def _read_into_index(self, files: Iterable[str]) -> None:
        """Let the index say of *files* what the last commit says. Of all others it says what it did."""
        given = "".join(f"{path}\0" for path in files).encode()
        only = ("--pathspec-from-file=-", "--pathspec-file-nul")
        self.repository.call("reset", "--quiet", *only, given=given, more={"GIT_LITERAL_PATHSPECS": "1"})
