"""Calling git so that it runs no program that a repository names, and answers alike whatever the user has set."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self

from jtai_plan.errors import JtaiError

# A repository's own configuration can name programs, and a copied folder brings its configuration along. Each of
# these is the program that git would run for itself, or none.
_NO_PROGRAMS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.alternateRefsCommand": "",
    "diff.external": "",
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.ssh.defaultKeyCommand": "",
}
# A program must read the same for every user. A .mailmap comes with the repository, so a pull request could use it to
# turn one person into another.
_SAME_FOR_ALL = {
    "core.quotepath": "false",
    "color.ui": "false",
    "log.mailmap": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "log.follow": "false",
    "log.date": "default",
    "diff.renames": "true",
    "diff.renameLimit": "2000",
    "diff.orderFile": os.devnull,
    "diff.noprefix": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "i18n.commitEncoding": "UTF-8",
    "push.recurseSubmodules": "no",
    "push.followTags": "false",
}
# What git calls local to one repository (git rev-parse --local-env-vars). A hook sets these for its own repository.
# The others name programs.
_NOT_FROM_OUTSIDE = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
    "GIT_DIFF_OPTS",
    "GIT_EXTERNAL_DIFF",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "LANGUAGE",
)
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "GIT_OPTIONAL_LOCKS": "0",
    # The trail is what was committed, not what replaces it.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    # Only a push and a fetch contact another repository: what a partial clone lacks would be fetched by programs that
    # its configuration names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
}
_FOR_REMOTES = {"GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}


PARTIAL = (
    "this clone is partial, and lacks a part of the history. Clone the whole repository: git clone, without --filter."
)


class NoHistory(JtaiError):
    """Git has no history of the plan's folder to show. The sentence says why, and what to do."""


class GitFailed(JtaiError):
    """A call of git that failed. *said* is git's own message."""

    status = 1

    def __init__(self, arguments: Sequence[str], said: str) -> None:
        self.said = said
        super().__init__(f"git {arguments[0]}: {said.rstrip('.') or 'ended with an error'}. Nothing was changed.")


def command(root: Path, arguments: Sequence[str]) -> list[str]:
    """The command that calls git in *root* with *arguments*."""
    settings = [word for key, value in (_NO_PROGRAMS | _SAME_FOR_ALL).items() for word in ("-c", f"{key}={value}")]
    return ["git", "--no-pager", "-C", str(root), *settings, *arguments]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a call of git, with *more* variables."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_FROM_OUTSIDE}
    return {**kept, **_ENVIRONMENT, **(more or {})}


def git(root: Path, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
    """What git prints when it is called in *root* with *arguments*, and *given* something to read.

    Raises NoHistory if git, the repository or the right to read it is missing; GitFailed if the call fails.
    """
    with Running(root, *arguments, given=given, more=more) as running:
        return running.printed()


class Running:
    """A running call of git; the program can do something else meanwhile. Raises as `git`."""

    def __init__(self, root: Path, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> None:
        self.root, self.arguments = root, arguments
        with ExitStack() as stack:
            # Files, not pipes: a history is long, and git need not wait for a reader.
            into, self._out, self._wrong = (stack.enter_context(TemporaryFile()) for _ in range(3))
            into.write(given)
            into.seek(0)
            try:
                self._process = stack.enter_context(
                    subprocess.Popen(  # noqa: S603  # the words are this program's own, and no shell reads them
                        command(root, arguments),
                        stdin=into,
                        stdout=self._out,
                        stderr=self._wrong,
                        env=environment(
                            {**(_FOR_REMOTES if arguments[0] in ("push", "fetch") else {}), **(more or {})}
                        ),
                    )
                )
            except FileNotFoundError:
                raise NoHistory(
                    "git is not installed, or is not on the PATH. Install it, then try again. "
                    "Ratings, checks and reports need no git."
                ) from None
            self._open = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End it, if it is still running."""
        self._process.kill()
        self._open.close()

    def printed(self) -> bytes:
        """What it printed, once it has ended."""
        return self.output().read()

    def output(self) -> IO[bytes]:
        """What it printed, as a file, once it has ended."""
        if self._process.wait():
            raise _failed(self.root, self.arguments, self.noted())
        self._out.seek(0)
        return self._out

    def noted(self) -> str:
        """What it said on standard error."""
        self._process.wait()
        self._wrong.seek(0)
        return self._wrong.read().decode("utf-8", "replace")


def _failed(root: Path, arguments: Sequence[str], stderr: str) -> JtaiError:
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    if "dubious ownership" in stderr and "safe.directory" in stderr:
        remedy = next(line for line in lines if "safe.directory" in line)
        return NoHistory(
            f"{root} belongs to another user, as on a shared drive, so git does not read its history. "
            f"If you trust it: {remedy}"
        )
    if "not a git repository" in stderr:
        return NoHistory(f"{root} is not in a git repository. Clone the plan's repository, or make one: git init.")
    if "transport '" in stderr and "not allowed" in stderr:
        return NoHistory(PARTIAL)
    wrong = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines
    return GitFailed(arguments, wrong[0].partition(": ")[2] if wrong and ": " in wrong[0] else " ".join(wrong[:1]))
