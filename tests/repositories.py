"""Repositories for the tests, made with the real git. People and days are always the same."""

import os
import subprocess
from pathlib import Path

import pytest

# Keep out the configuration, hooks and keys of whoever runs the tests.
_ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8",
}
SAM = "Sam Example <sam@example.org>"
KIT = "Kit Example <kit@example.org>"


class Repo:
    """A git repository at *root*. Its commits have fixed authors and days, so the same calls give the same hashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._days = 0

    def git(self, *arguments: str, author: str = SAM, when: str | None = None) -> str:
        """Call git with *arguments*, as *author* and at the time *when*. Returns what it prints."""
        name, _, address = author.rstrip(">").partition(" <")
        time = when or self._next_day()
        people = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in {"NAME": name, "EMAIL": address, "DATE": time}.items()
        }
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        ran = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**environment, **_ALONE, **people},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == 0, f"git {' '.join(arguments)}: {ran.stderr}"
        return ran.stdout.strip()

    def _next_day(self) -> str:
        return f"2019-01-{1 + self._days % 28:02}T12:00:00+00:00"

    @property
    def head(self) -> str:
        """The hash of the commit that is checked out."""
        return self.git("rev-parse", "HEAD")

    def commit(self, message: str = "Change", *, author: str = SAM, when: str | None = None) -> str:
        """Commit all files, as *author* and at the time *when*, or a day after the last commit. Returns the hash."""
        self._days += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}", author=author, when=when)
        return self.head

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Make a branch at *start*, and check it out."""
        self.git("switch", "--quiet", "--create", name, start)

    def switch(self, name: str) -> None:
        """Check a branch out."""
        self.git("switch", "--quiet", name)

    def merge(self, name: str, *, message: str = "", author: str = SAM, when: str | None = None) -> str:
        """Merge a branch into the one that is checked out, with a merge commit. Returns its hash."""
        self._days += 1
        said = message or f"Merge {name}"
        self.git("merge", "--quiet", "--no-ff", f"--message={said}", name, author=author, when=when)
        return self.head

    def write(self, path: str, text: str) -> None:
        """Write *text* into the file at *path*, byte for byte."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    def replace(self, path: str, was: str, now: str) -> None:
        """Replace the first *was* in the file at *path* by *now*."""
        file = self.root / path
        text = file.read_bytes().decode("utf-8")
        assert was in text, f"'{was}' is not in {path}"
        file.write_bytes(text.replace(was, now, 1).encode("utf-8"))


def a_repository(root: Path, *, main: str = "main") -> Repo:
    """A new repository at *root*, without a commit."""
    root.mkdir(parents=True, exist_ok=True)
    repo = Repo(root)
    repo.git("init", "--quiet", f"--initial-branch={main}")
    # Every machine keeps the line ends that the test wrote.
    repo.git("config", "core.autocrlf", "false")
    return repo


def as_sam(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git know Sam, and nothing that this machine has set up."""
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "Sam Example", "GIT_AUTHOR_EMAIL": "sam@example.org",
        "GIT_COMMITTER_NAME": "Sam Example", "GIT_COMMITTER_EMAIL": "sam@example.org",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


FAILING = """\
#!/bin/sh
read number < "{folder}/count"
number=$((number + 1))
echo $number > "{folder}/count"
[ $number = {at} ] && {{ {act}; }}
exec "{git}" "$@"
"""
"""A git that does *act* at its call number *at*, and otherwise what git does."""
