"""`jtai save`: what the collator keeps is committed and pushed, and everything else is as it was, whatever fails."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from attack import without_coverage
from builders import Q2, Jtai, an_action, plan_values, written
from repositories import FAILING, KIT, Repo, a_repository, as_sam

RETURN = f"plan/agencies/police/returns/{Q2}.yaml"
RECORD = f"plan/board/{Q2}.yaml"
REPORT = f"reports/{Q2}/board-report.md"


@pytest.fixture
def remote(tmp_path: Path) -> Repo:
    repo = a_repository(tmp_path / "remote")
    repo.git("config", "core.bare", "true")
    return repo


@pytest.fixture
def repo(tmp_path: Path, jtai: Jtai, remote: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A clone in which a rating, a decision and a report are new, and another file is staged."""
    as_sam(monkeypatch)
    root = written(tmp_path / "clone of ü", plan_values(an_action("T1.1", "police", "health")))
    repo = a_repository(root)
    monkeypatch.chdir(root)
    assert jtai("open", Q2).status == 0
    repo.commit("Open")
    repo.git("remote", "add", "origin", str(remote.root))
    repo.git("push", "--quiet", "--set-upstream", "origin", "main")
    assert jtai("rate", "T1.1", "impact", "red", "--agency", "police", "-q", Q2, "--update", "Secret").status == 0
    assert jtai("board", "ask", "Who pays?", "--board", "lscb", "-q", Q2).status == 0
    assert jtai("report", "-q", Q2, "--format", "md,docx").status == 0
    repo.write("notes.txt", "To do\n")
    repo.git("add", "notes.txt")
    return repo


def status(repo: Repo) -> list[str]:
    return repo.git("status", "--porcelain", "--untracked-files=all").splitlines()


def another(tmp_path: Path, remote: Repo, path: str, text: str) -> None:
    """Somebody else pushes a change of the file at *path*."""
    folder = tmp_path / "another"
    if not folder.exists():
        subprocess.run(["git", "clone", "--quiet", remote.root, folder], check=True)
    other = Repo(folder)
    other.git("pull", "--quiet")
    other.write(path, text)
    other.commit("Theirs", author=KIT)
    other.git("push", "--quiet", "origin", "main")


def test_everything_that_changed_is_saved_and_pushed_and_nothing_else(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    ran = jtai("save")
    assert ran.status == 0
    assert ran.out.startswith("Saved on the branch main, in commit ")
    assert ": Save files of 1 agency, the boards' record and 2 reports.\n" in ran.out
    assert "It is pushed to origin.\n" in ran.out
    message = repo.git("show", "--no-patch", "--format=%B")
    assert "- T1.1 impact, Q2 2018/19: no return → red (no return → on track)\n" in message
    assert "Secret" not in message
    assert "Who pays" not in message
    assert remote.git("rev-parse", "main") == repo.head
    assert status(repo) == ["A  notes.txt"]
    assert sorted(repo.git("show", "--name-only", "--format=").splitlines()) == [
        RETURN,
        RECORD,
        REPORT.replace(".md", ".docx"),
        REPORT,
    ]
    again = jtai("save")
    assert (again.status, again.out) == (0, "Nothing has changed below plan/ and reports/.\n")


def test_the_first_line_may_be_said_and_holds_no_personal_data(repo: Repo, jtai: Jtai) -> None:
    refused = jtai("save", "-m", "About 943 476 5919")
    assert (refused.status, "an NHS number" in refused.err, "5919" in refused.err) == (2, True, False)
    assert jtai("save", "-m", "After the meeting").status == 0
    assert repo.git("show", "--no-patch", "--format=%s") == "After the meeting"


def test_a_file_that_is_gone_and_one_with_a_fault(repo: Repo, jtai: Jtai) -> None:
    assert jtai("save").status == 0
    (repo.root / REPORT).unlink()
    assert jtai("save").status == 0
    assert REPORT not in repo.git("ls-files").splitlines()
    head = repo.head
    (repo.root / RETURN).write_text("period: x\nactions: {")
    ran = jtai("save")
    assert (ran.status, ran.err.endswith("Nothing is saved until these are corrected.\n")) == (1, True)
    assert repo.head == head


def test_what_others_saved_is_taken_in_first(repo: Repo, remote: Repo, jtai: Jtai, tmp_path: Path) -> None:
    another(tmp_path, remote, "plan/agencies/health/agency.yaml", "name: Health Trust\n")
    ran = jtai("save")
    assert ran.status == 0
    assert ran.out.startswith("Taken in: what others have saved on the branch main.\n")
    assert (repo.root / "plan/agencies/health/agency.yaml").read_text() == "name: Health Trust\n"
    assert remote.git("rev-parse", "main") == repo.head
    assert status(repo) == ["A  notes.txt"]


def test_what_was_merged_meanwhile_is_in_nobodys_way(repo: Repo, remote: Repo, jtai: Jtai, tmp_path: Path) -> None:
    # As after `jtai submit`, when the request is merged: the folder holds the same, uncommitted.
    another(tmp_path, remote, RETURN, (repo.root / RETURN).read_text())
    another(tmp_path, remote, REPORT, (repo.root / REPORT).read_text())
    assert jtai("save").status == 0
    assert remote.git("rev-parse", "main") == repo.head
    assert status(repo) == ["A  notes.txt"]
    assert "red" in (repo.root / RETURN).read_text()


def test_two_changes_of_one_file_lose_neither(repo: Repo, remote: Repo, jtai: Jtai, tmp_path: Path) -> None:
    another(tmp_path, remote, RETURN, f"period: {Q2}\nactions:\n")
    before, mine = repo.head, (repo.root / RETURN).read_text()
    ran = jtai("save")
    assert ran.status == 2
    assert f"jtai: you and somebody else have both changed {RETURN}." in ran.err
    assert ((repo.root / RETURN).read_text(), repo.head) == (mine, before)


def test_a_branch_that_takes_no_direct_changes_gets_a_request(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    hook = remote.root / ".git/hooks/update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\n[ "$1" = refs/heads/main ] && { echo "protected branch" >&2; exit 1; }\nexit 0\n')
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    ran = jtai("save")
    assert ran.status == 0
    branch = f"save/{repo.head[:10]}"
    assert f"main takes no direct changes, so it is pushed to the branch {branch}.\nOpen a pull request" in ran.out
    assert remote.git("rev-parse", branch) == repo.head


def test_without_a_connection_nothing_is_changed(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    before, files = repo.head, status(repo)
    shutil.move(remote.root, remote.root.with_name("gone"))
    ran = jtai("save")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith("Nothing was changed.\n")
    assert (repo.head, status(repo)) == (before, files)


def test_without_a_remote_it_is_saved_here(repo: Repo, jtai: Jtai) -> None:
    repo.git("remote", "remove", "origin")
    ran = jtai("save")
    assert (ran.status, ran.err) == (0, "There is no remote, so it is saved on this machine alone.\n")
    repo.git("switch", "--quiet", "--detach")
    assert "no branch is checked out. Switch to one first" in jtai("save").err


@pytest.mark.parametrize(
    "setting", ["core.sshCommand", "remote.origin.receivepack", "remote.origin.uploadpack", "credential.helper"]
)
def test_no_program_that_the_repository_names_is_run(repo: Repo, jtai: Jtai, setting: str) -> None:
    repo.git("config", "--local", setting, "sh -c 'touch ran'")
    before = repo.head
    for command in (("save",), ("submit", "police", "-q", Q2)):
        ran = jtai(*command)
        assert ran.status == 2
        assert f"names a program that git would run: {setting.lower()}." in ran.err.lower()
    assert not (repo.root / "ran").exists()
    assert repo.head == before


def test_a_link_is_not_saved(repo: Repo, jtai: Jtai) -> None:
    (repo.root / "reports/secret.md").symlink_to("/etc/hostname")
    ran = jtai("save")
    assert (ran.status, "reports/secret.md is a link, or no file." in ran.err) == (2, True)


@pytest.mark.once
@pytest.mark.posix
@pytest.mark.parametrize("act", ["echo 'fatal: it failed' >&2; exit 1", "kill -INT $PPID; sleep 0.3; exit 130"])
def test_if_any_call_of_git_fails_nothing_is_lost(repo: Repo, remote: Repo, tmp_path: Path, act: str) -> None:
    git, folder = shutil.which("git"), tmp_path / "bin"
    contents = {path: (repo.root / path).read_bytes() for path in (RETURN, RECORD, REPORT)}
    begun, before = repo.head, status(repo)
    for at in range(1, 100):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        program = folder / "git"
        (folder / "count").write_text("0\n")
        program.write_text(FAILING.format(folder=folder, at=at, act=act, git=git))
        program.chmod(0o755)
        ran = subprocess.run(
            [sys.executable, "-m", "jtai_plan", "save"],
            cwd=repo.root,
            env=without_coverage() | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in ran.stderr
        assert {path: (repo.root / path).read_bytes() for path in contents} == contents, f"call {at}"
        if int((folder / "count").read_text()) < at:
            break
        if ran.returncode:
            assert (repo.head, status(repo)) == (begun, before), f"call {at}"
        else:
            # A question whose failure is an answer: begin again.
            repo.git("reset", "--quiet", "--soft", begun)
            repo.git("reset", "--quiet", "--", "plan", "reports")
            remote.git("update-ref", "refs/heads/main", begun)
            repo.git("update-ref", "refs/remotes/origin/main", begun)
    else:
        pytest.fail("it never came to an end")
    assert (ran.returncode, at > 15) == (0, True)
    assert remote.git("rev-parse", "main") == repo.head
