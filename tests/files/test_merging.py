"""Returns of one opened period, filled in on branches of their own, merge without a conflict: with the real git."""

import random
import subprocess
from pathlib import Path

import pytest

from builders import Q2, Jtai, an_action, plan_values, written
from jtai_plan.files.load import load

pytestmark = pytest.mark.once

AGENCIES = [f"agency-{letter}" for letter in "abcdefghi"]
ACTIONS = [an_action(f"T1.{n}", *AGENCIES[n % 9 :][: 1 + n % 3]) for n in range(1, 22)]


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "core.hooksPath=/dev/null")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def opened(tmp_path: Path, jtai: Jtai) -> Path:
    written(tmp_path, plan_values(*ACTIONS))
    assert jtai("open", Q2).status == 0
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=Open")
    return tmp_path


def on_branch(root: Path, jtai: Jtai, branch: str, agency: str, actions: list[str]) -> None:
    git(root, "switch", "--quiet", "--create", branch, "main")
    for action in actions:
        for dimension in ("process", "impact", "performance"):
            said = ("--update", f"Said by {branch}", "--evidence", "Audit | Share")
            assert jtai("rate", action, dimension, "red", "--agency", agency, "-q", Q2, *said).status == 0
    git(root, "commit", "--quiet", "--all", f"--message={branch}")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_agencys_branch_merges_in_any_order(opened: Path, jtai: Jtai, seed: int) -> None:
    plan = load(opened).trusted().plan
    led = {agency: [action.id for action in plan.led_by(agency, Q2)] for agency in plan.lead_agencies}
    for agency, actions in led.items():
        on_branch(opened, jtai, f"returns/{agency}", agency, actions)
    git(opened, "switch", "--quiet", "main")
    for agency in random.Random(seed).sample(list(led), len(led)):  # noqa: S311  # an order, and no secret
        git(opened, "merge", "--quiet", "--no-ff", f"--message=Merge {agency}", f"returns/{agency}")
    assert jtai("check", "-q", Q2).out.splitlines()[1] == "Of 63 ratings: 63 on track"


def test_two_people_of_one_agency_who_rate_different_actions_merge(opened: Path, jtai: Jtai) -> None:
    plan = load(opened).trusted().plan
    agency = plan.lead_agencies[0]
    first, second, *_ = (action.id for action in plan.led_by(agency, Q2))
    on_branch(opened, jtai, "one", agency, [first])
    on_branch(opened, jtai, "two", agency, [second])
    git(opened, "merge", "--quiet", "--message=Merge", "one")
    partnership = load(opened).trusted()
    assert [partnership.rating(agency, action, "impact", Q2) for action in (first, second)] == ["red", "red"]
