"""Calling git: whatever a repository or its user has set up, no program runs and the answers are the same."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from builders import Q2, Jtai, an_action, plan_values, written
from jtai_plan.history.git import GitFailed, NoHistory, environment, git
from jtai_plan.history.repository import Repository
from repositories import Repo, a_repository

ALARM = "#!/bin/sh\ntouch '{alarm}'\nexit 1\n"


@pytest.fixture
def repo(tmp_path: Path, jtai: Jtai) -> Repo:
    root = written(tmp_path / "repo", plan_values(an_action("T1.1", "police")))
    repo = a_repository(root)
    assert jtai("open", Q2, "--plan", str(root)).status == 0
    repo.commit("Open")
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2, "--plan", str(root)).status == 0
    repo.commit("Rate")
    return repo


@pytest.fixture
def alarm(tmp_path: Path) -> Path:
    """A file that is there once a program of the repository has run."""
    return tmp_path / "alarm"


@pytest.fixture
def hostile(repo: Repo, alarm: Path) -> Repo:
    """A repository whose configuration, hooks and attributes name a program of its own wherever git would run one."""
    program = repo.root / "evil.sh"
    program.write_text(ALARM.format(alarm=alarm))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    hooks = repo.root / "hooks"
    hooks.mkdir()
    for hook in ("pre-commit", "commit-msg", "reference-transaction", "pre-push", "post-commit", "post-index-change"):
        shutil.copy(program, hooks / hook)
    settings = {
        "core.hooksPath": str(hooks),
        "core.fsmonitor": str(program),
        "core.pager": str(program),
        "core.editor": str(program),
        "core.alternateRefsCommand": str(program),
        "diff.external": str(program),
        "diff.evil.command": str(program),
        "diff.evil.textconv": str(program),
        "filter.evil.clean": str(program),
        "filter.evil.smudge": str(program),
        "gpg.program": str(program),
        "gpg.ssh.program": str(program),
        "gpg.format": "ssh",
        "log.showSignature": "true",
        "log.showRoot": "false",
        "pager.log": str(program),
        "alias.log": f"!{program}",
        "alias.ls-tree": f"!{program}",
        "color.ui": "always",
        "log.decorate": "full",
        "log.follow": "true",
        "log.mailmap": "true",
        "diff.noprefix": "true",
        "diff.renames": "false",
        "diff.orderFile": str(repo.root / "no-such-file"),
        "core.quotepath": "true",
    }
    config = repo.root / ".git/config"
    lines = [f'[{section}{f" {chr(34)}{sub}{chr(34)}" if sub else ""}]\n\t{key} = "{value}"\n'
             for name, value in settings.items()
             for section, sub, key in [_parts(name)]]  # fmt: skip
    config.write_text(config.read_text() + "".join(lines))
    (repo.root / ".gitattributes").write_text("* diff=evil filter=evil\n")
    (repo.root / ".mailmap").write_text("Somebody Else <else@example.org> <sam@example.org>\n")
    return repo


def _parts(name: str) -> tuple[str, str, str]:
    section, _, rest = name.partition(".")
    sub, _, key = rest.rpartition(".")
    return section, sub, key


@pytest.mark.posix
@pytest.mark.parametrize(
    "call",
    [("log",), ("log", "T1.1", "--format", "json"), ("diff",), ("diff", "HEAD~1", "HEAD"), ("check", "--trail")],
    ids=" ".join,
)
def test_no_program_of_a_hostile_repository_runs_and_nothing_else_is_said(
    hostile: Repo, alarm: Path, jtai: Jtai, call: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_EDITOR"):
        monkeypatch.setenv(name, str(hostile.root / "evil.sh"))
    ran = jtai(*call, "--plan", str(hostile.root))
    for name in ("config", "../.gitattributes", "../.mailmap"):
        (hostile.root / ".git" / name).unlink()
    hostile.git("init", "--quiet")
    assert not alarm.exists()
    plain = jtai(*call, "--plan", str(hostile.root))
    assert (ran.status, ran.out) == (plain.status, plain.out)
    assert ran.status == 0


@pytest.mark.posix
def test_a_name_in_the_mailmap_is_not_taken_for_the_one_that_committed(hostile: Repo, jtai: Jtai) -> None:
    out = jtai("log", "T1.1", "--plan", str(hostile.root)).out
    assert "Sam Example" in out
    assert "Somebody Else" not in out


def test_a_replaced_commit_does_not_change_the_trail(repo: Repo, jtai: Jtai) -> None:
    told = jtai("log", "--plan", str(repo.root)).out
    repo.git("replace", "HEAD", "HEAD~1")
    assert jtai("log", "--plan", str(repo.root)).out == told


def test_a_history_cut_off_by_hand_does_not_change_the_trail(repo: Repo, jtai: Jtai) -> None:
    told = jtai("log", "--plan", str(repo.root)).out
    grafts = repo.root / ".git/info/grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{repo.git('rev-parse', 'HEAD')}\n")
    assert jtai("log", "--plan", str(repo.root)).out == told


@pytest.mark.posix
def test_nothing_that_a_partial_clone_lacks_is_fetched_by_its_programs(repo: Repo, alarm: Path, jtai: Jtai) -> None:
    program = repo.root / "evil.sh"
    program.write_text(ALARM.format(alarm=alarm))
    program.chmod(0o755)
    for name, value in {
        "core.repositoryFormatVersion": "1", "extensions.partialClone": "origin", "remote.origin.promisor": "true",
        "remote.origin.url": str(repo.root), "remote.origin.uploadpack": str(program),
        "protocol.file.allow": "always",
    }.items():  # fmt: skip
        repo.git("config", name, value)
    blob = repo.git("rev-parse", f"HEAD:plan/agencies/police/returns/{Q2}.yaml")
    (repo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    for call in (("log", "T1.1"), ("diff", "HEAD~1", "HEAD"), ("check", "--trail")):
        ran = jtai(*call, "--plan", str(repo.root))
        assert (ran.status, ran.out) == (2, "")
        assert "this clone is partial, and lacks a part of the history." in ran.err
    assert not alarm.exists()


def test_called_from_a_hook_it_asks_the_plans_repository(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / "index"))
    assert Repository(repo.root).head == repo.git("-C", str(repo.root), "rev-parse", "HEAD")
    assert "GIT_INDEX_FILE" not in environment()


@pytest.mark.posix
def test_a_repository_of_another_user_has_a_message_with_the_remedy(
    repo: Repo, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if os.geteuid() == 0:
        for path in (repo.root, repo.root / ".git"):
            os.chown(path, 65534, 65534)
        monkeypatch.delenv("SUDO_UID", raising=False)
    else:
        # Git's own tests take any repository for somebody else's so.
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    ran = jtai("log", "--plan", str(repo.root))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"jtai: {repo.root} belongs to another user, as on a shared drive, so git does not read its history. "
        f"If you trust it: git config --global --add safe.directory {repo.root}\n"
    )


def test_a_call_that_fails_says_what_git_says(repo: Repo) -> None:
    with pytest.raises(GitFailed, match=r"^git rev-parse: Needed a single revision\. Nothing was changed\.$"):
        git(repo.root, "rev-parse", "--verify", "no-such-branch")
    with pytest.raises(NoHistory, match="is not in a git repository"):
        git(repo.root.parent, "rev-parse", "HEAD")


def test_a_damaged_repository_has_a_message_of_one_sentence(repo: Repo, jtai: Jtai) -> None:
    for file in (repo.root / ".git/objects").rglob("*"):
        if file.is_file():
            file.chmod(0o644)
            file.write_bytes(b"")
    ran = jtai("log", "--plan", str(repo.root))
    assert ran.status in (1, 2)
    assert ran.err.startswith("jtai: ")
    assert ran.err.count("\n") == 1
