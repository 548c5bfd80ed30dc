"""`jtai log --inputs`: from a report that was printed to the commits that it was made from."""

import re
from pathlib import Path

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from repositories import Repo, a_repository


@pytest.fixture
def repo(tmp_path: Path, jtai: Jtai) -> Repo:
    """A plan with a return for the first period; its report lies outside of the history."""
    cells = {("T1.1", "impact"): {"rating": "red", "update": "Begun"}}
    written(tmp_path, plan_values(an_action("T1.1", "police")), {("police", Q2): return_values(Q2, cells)})
    repo = a_repository(tmp_path)
    repo.write(".gitignore", "reports/\n")
    repo.commit("Rate impact")
    return repo


def report(repo: Repo, jtai: Jtai, *options: str) -> Path:
    ran = jtai("report", *options, "--format", "md")
    return repo.root / ran.out.strip()


def test_the_first_and_last_commits_with_the_inputs_are_named(repo: Repo, jtai: Jtai) -> None:
    first = repo.head
    printed = report(repo, jtai, "-q", Q2)
    repo.write("plan/plan.yaml", "# A comment.\n" + (repo.root / "plan/plan.yaml").read_text())
    repo.commit("Comment on the plan")
    jtai("rate", "T1.1", "impact", "amber", "-q", Q3)
    last = repo.commit("Rate the next quarter")
    jtai("rate", "T1.1", "impact", "amber", "-q", Q2)
    repo.commit("Rate the first quarter again")
    again = repo.git("revert", "--no-edit", "HEAD") and repo.head
    ran = jtai("log", "--inputs", str(printed))
    assert (
        ran.out
        == f"""\
4 commits hold the inputs of the report for Q2 2018/19:
  from {first[:10]}, 2 January 2019, Sam Example: Rate impact
  to {last[:10]}, 4 January 2019, Sam Example: Rate the next quarter
  in {again[:10]}, 5 January 2019, Sam Example: Revert "Rate the first quarter again"
"""
    )
    assert (ran.status, ran.err) == (0, "")


def test_a_digest_or_the_plan_as_agreed_can_be_named(repo: Repo, jtai: Jtai) -> None:
    (digest,) = re.findall(r"sha256:[0-9a-f]{64}", report(repo, jtai, "--edition", "plan").read_text())
    assert jtai("log", "--inputs", digest).out.startswith("1 commit holds the inputs of the plan as agreed:\n  in ")


def test_a_state_that_only_a_branch_had_is_found_too(repo: Repo, jtai: Jtai) -> None:
    repo.branch("returns")
    jtai("rate", "T1.1", "impact", "amber", "-q", Q2)
    commit = repo.commit("Rate on a branch")
    printed = report(repo, jtai, "-q", Q2)
    repo.switch("main")
    repo.replace("plan/plan.yaml", "title: A plan", "title: Another plan")
    repo.commit("Retitle")
    repo.merge("returns")
    assert f"  in {commit[:10]}, " in jtai("log", "--inputs", str(printed)).out


def test_inputs_that_no_commit_holds_are_reported(repo: Repo, jtai: Jtai) -> None:
    jtai("rate", "T1.1", "impact", "amber", "-q", Q2)
    ran = jtai("log", "--inputs", str(report(repo, jtai, "-q", Q2)))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "No commit up to the one that is checked out holds these inputs.\n"


def test_a_word_that_is_no_digest_is_refused(repo: Repo, jtai: Jtai) -> None:
    ran = jtai("log", "--inputs", "plan/plan.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("jtai: 'plan/plan.yaml' is neither a digest nor a report with one in it.")
