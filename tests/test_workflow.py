"""The workflow's own scripts, run as GitHub's runner runs them, in a fresh clone of a pull request."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from builders import Jtai
from places import ROOT

WORKFLOW = ".github/workflows/plan.yml"
pytestmark = [pytest.mark.posix, pytest.mark.once]
RETURN = "plan/agencies/police/returns/2018-19-Q2.yaml"
SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]


class Step(NamedTuple):
    """What a step ended with."""

    status: int
    out: str


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgSign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, jtai: Jtai) -> Path:
    """A new repository, whose main branch has an empty return, and one rating on the branch that is checked out."""
    assert (
        jtai(*("init", "ours", "--title", "A plan", "--agency", "Police", "--first-quarter", "Q2 2018/19")).status == 0
    )
    ours = tmp_path / "ours"
    jtai("open", "Q2 2018/19", "--plan", "ours")
    git(ours, "add", "--all")
    git(ours, "commit", "--message", "Begin the plan")
    git(ours, "checkout", "-b", "police")
    jtai("rate", "T1.1", "impact", "amber", "-q", "Q2 2018/19", "--update", "Begun", "--plan", "ours")
    return ours


def pull_request(repository: Path) -> Path:
    """A clone in which the branch that is checked out is merged into main, as GitHub does it for a pull request."""
    git(repository, "add", "--all")
    git(repository, "commit", "--message", "Rate")
    git(repository, "checkout", "--detach", "main")
    git(repository, "merge", "--no-ff", "--message", "Merge", "police")
    git(repository, "update-ref", "refs/pull/1/merge", "HEAD")
    git(repository, "checkout", "main")
    clone = repository.parent / "clone"
    git(repository.parent, "clone", str(repository), "clone")
    git(clone, "fetch", "origin", "refs/pull/1/merge")
    git(clone, "checkout", "--detach", "FETCH_HEAD")
    return clone


def run(clone: Path, event: str = "pull_request", before: str = "") -> Iterator[tuple[str, Step]]:
    """Every script of the job `plan` but the installation, by its step's name, at an *event*.

    A push says which revision the branch was at *before*.
    """
    bin_folder = clone.parent / "bin"
    bin_folder.mkdir(exist_ok=True)
    (bin_folder / "jtai").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jtai_plan "$@"\n')
    (bin_folder / "jtai").chmod(0o755)
    runner = {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event}
    environment = {**os.environ, **runner, "PATH": f"{bin_folder}:{os.environ['PATH']}"}
    for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"):
        (clone.parent / name).touch()
        environment[name] = str(clone.parent / name)
    job: dict[str, Any] = YAML(typ="safe", pure=True).load(clone / WORKFLOW)["jobs"]["plan"]
    for step in job["steps"]:
        if "run" in step and step["name"] != "Install jtai":
            file = clone.parent / "script.sh"
            file.write_text(step["run"])
            env = environment | step.get("env", {})
            if "BEFORE" in env:
                assert env["BEFORE"] == "${{ github.event.before }}"
                env["BEFORE"] = before
            ran = subprocess.run(
                [*SHELL, str(file)],
                cwd=clone,
                env=env,
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            yield step["name"], Step(ran.returncode, ran.stdout)


def test_a_pull_request_is_checked_told_and_rendered(repository: Path) -> None:
    clone = pull_request(repository)
    ran = dict(run(clone))
    assert {name: step.status for name, step in ran.items()} == {
        "Check the plan": 0,
        "Look for personal data in every commit": 0,
        "Say what changes": 0,
        "Render the reports": 0,
    }, ran
    told = ran["Check the plan"].out
    assert f"\n::notice file={RETURN},line=" in told
    assert "::error" not in told
    diff = (clone / "diff.md").read_text(encoding="utf-8")
    assert "T1.1" in diff
    assert "mber" in diff
    assert (clone.parent / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8") == diff
    assert sorted(file.name for file in (clone / "rendered").rglob("*") if file.is_file()) == [
        "board-report.html",
        "board-report.md",
    ]
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=clone, check=True, capture_output=True)
    assert changed.stdout == b""


def test_a_fault_is_shown_where_it_stands(repository: Path) -> None:
    file = repository / RETURN
    file.write_text(file.read_text().replace("amber", "ambre"))
    ran = dict(run(pull_request(repository)))
    assert ran["Check the plan"].status == 1
    assert f"::error file={RETURN},line=" in ran["Check the plan"].out
    assert "there is no rating 'ambre'. There is red, amber, blue and grey." in ran["Check the plan"].out
    # And the rest is told all the same.
    assert (ran["Say what changes"].status, ran["Render the reports"].status) == (0, 0)


def test_a_change_to_a_closed_period_is_shown_and_fails_the_check(repository: Path, jtai: Jtai) -> None:
    git(repository, "stash")
    git(repository, "checkout", "main")
    assert jtai("close", "Q2 2018/19", "--by", "Us", "--with-missing", "--plan", "ours").status == 0
    git(repository, "add", "--all")
    git(repository, "commit", "--message", "Close")
    git(repository, "checkout", "-B", "police")
    git(repository, "stash", "pop")
    ran = dict(run(pull_request(repository)))
    assert ran["Check the plan"].status == 1
    assert "title=changed-since-base::the return of Police for Q2 2018/19" in ran["Check the plan"].out


def test_a_push_that_rewrites_a_closed_period_fails_the_check(repository: Path, jtai: Jtai) -> None:
    assert jtai("close", "Q2 2018/19", "--by", "Us", "--with-missing", "--plan", "ours").status == 0
    git(repository, "add", "--all")
    git(repository, "commit", "--message", "Close")
    before = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, check=True, capture_output=True, text=True)
    (repository / "plan/board/2018-19-Q2.yaml").unlink()
    (repository / RETURN).write_text((repository / RETURN).read_text().replace("amber", "blue"))
    git(repository, "commit", "--all", "--message", "Rewrite")
    git(repository, "checkout", "-B", "main")
    git(repository.parent, "clone", str(repository), "clone")
    clone = repository.parent / "clone"
    ran = dict(run(clone, "push", before.stdout.strip()))
    assert ran["Check the plan"].status == 1
    assert "title=changed-since-base::" in ran["Check the plan"].out
    # The first push of a branch, and one by force over what is no longer known.
    for unknown in ("", "0" * 40, "1" * 40):
        ran = dict(run(clone, "push", unknown))
        assert (ran["Check the plan"].status, "changed-since-base" in ran["Check the plan"].out) == (0, False)


def test_what_somebody_writes_is_no_command_to_the_runner(repository: Path, jtai: Jtai) -> None:
    words = "Done\n::error::x\n::set-output name=a::b\n$(touch run)`touch run`"
    jtai("rate", "T1.1", "process", "red", "-q", "Q2 2018/19", "--update", words, "--plan", "ours")
    plan = repository / "plan/plan.yaml"
    plan.write_text(plan.read_text().replace("title: A plan", 'title: "::stop-commands::x"'))
    clone = pull_request(repository)
    for _, step in run(clone):
        assert not [line for line in step.out.splitlines() if line.startswith(("::error", "::set-", "::stop-"))]
    assert not (clone / "run").exists()


def test_this_repositorys_own_plan_passes(tmp_path: Path, repository: Path) -> None:
    shutil.rmtree(repository / "plan")
    shutil.copytree(ROOT / "plan", repository / "plan", ignore=shutil.ignore_patterns(".jtai"))
    ran = dict(run(pull_request(repository)))
    assert {name: step.status for name, step in ran.items() if name != "Say what changes"} == {
        "Check the plan": 0,
        "Look for personal data in every commit": 0,
        "Render the reports": 0,
    }
    # One annotation for each of nine agencies, however many ratings it owes.
    assert ran["Check the plan"].out.count("title=no-return::") == 9
