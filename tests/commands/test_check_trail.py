"""`jtai check --trail`: whether a second person saw what stands, and whether what was closed stayed as it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Jtai, an_action, plan_values, return_values, written
from repositories import KIT, SAM, Repo, a_repository

POLICE = f"plan/agencies/police/returns/{Q2}.yaml"
RECORD = f"plan/board/{Q2}.yaml"
CELLS = {("T1.1", dimension): "red" for dimension in ("process", "impact", "performance")}
RULES = ("merged-by-writer", "unreviewed", "changed-since-base")
ANN = "\n\nReviewed-by: Ann Example <ann@example.org>"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A plan of one agency on the main branch, without a return."""
    repo = a_repository(written(tmp_path, plan_values(an_action("T1.1", "police"))))
    repo.commit("Begin", author=KIT)
    return repo


def found(jtai: Jtai, *options: str) -> list[dict[str, Any]]:
    """What the trail says of the first quarter."""
    ran = jtai("check", "-q", Q2, "--trail", "--format", "json", *options)
    findings: list[dict[str, Any]] = json.loads(ran.out)["findings"]
    return [each for each in findings if each["rule"] in RULES]


def told(jtai: Jtai) -> list[tuple[str, str]]:
    return [(each["rule"], each["severity"]) for each in found(jtai)]


def rated_on_a_branch(repo: Repo, jtai: Jtai, message: str = "Rate") -> None:
    repo.branch("returns")
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2).status == 0
    repo.commit(message, author=SAM)
    repo.switch("main")


def test_a_return_that_somebody_else_merged_is_fine(repo: Repo, jtai: Jtai) -> None:
    rated_on_a_branch(repo, jtai)
    repo.merge("returns", author=KIT)
    assert told(jtai) == []


def test_a_return_that_its_writer_merged_is_reported(repo: Repo, jtai: Jtai) -> None:
    rated_on_a_branch(repo, jtai)
    commit = repo.git("rev-parse", "returns")
    repo.merge("returns", author=SAM)
    (finding,) = found(jtai)
    assert (finding["rule"], finding["severity"], finding["path"]) == ("merged-by-writer", "missing", POLICE)
    assert (finding["line"], finding["agency"], finding["period"]) == (12, "police", Q2)
    assert finding["message"] == (
        f"the return of Police for Q2 2018/19 was merged by Sam Example, who wrote it ({commit[:10]})"
    )
    # A commit that is merged cannot be given a line any more.
    assert finding["hint"].startswith("This is already merged. Ask someone else to review it now")


def test_its_writer_may_be_a_co_author_and_write_an_address_in_capitals(repo: Repo, jtai: Jtai) -> None:
    rated_on_a_branch(repo, jtai, "Rate\n\nCo-authored-by: Kit E. <KIT@example.org>")
    repo.merge("returns", author=KIT)
    assert told(jtai) == [("merged-by-writer", "missing")]


def test_a_review_by_somebody_else_makes_it_a_question(repo: Repo, jtai: Jtai) -> None:
    rated_on_a_branch(repo, jtai, "Rate" + ANN)
    repo.merge("returns", author=SAM)
    assert told(jtai) == [("merged-by-writer", "query")]
    assert found(jtai)[0]["message"].endswith("; reviewed by Ann Example")


def test_a_review_in_the_merge_counts_and_ones_own_does_not(repo: Repo, jtai: Jtai) -> None:
    rated_on_a_branch(repo, jtai, "Rate\n\nReviewed-by: Sam Example <sam@example.org>")
    repo.merge("returns", author=SAM)
    assert told(jtai) == [("merged-by-writer", "missing")]
    repo.git("commit", "--amend", "--quiet", f"--message=Merge{ANN}")
    assert told(jtai) == [("merged-by-writer", "query")]


def test_a_return_committed_to_the_main_line_was_seen_by_nobody_else(repo: Repo, jtai: Jtai) -> None:
    jtai("rate", "T1.1", "impact", "red", "-q", Q2)
    repo.commit("Rate")
    assert "was committed to the main branch by Sam Example, who wrote it" in found(jtai)[0]["message"]


def test_a_change_that_is_not_merged_still_has_its_review_ahead(repo: Repo, jtai: Jtai) -> None:
    rated_on_a_branch(repo, jtai)
    repo.switch("returns")
    assert told(jtai) == []


def test_only_what_still_stands_is_reported(repo: Repo, jtai: Jtai) -> None:
    jtai("rate", "T1.1", "impact", "red", "-q", Q2)
    repo.commit("Rate")
    repo.branch("again")
    jtai("rate", "T1.1", "impact", "amber", "-q", Q2)
    repo.commit("Rate again")
    repo.switch("main")
    repo.merge("again", author=KIT)
    assert told(jtai) == []


def test_a_sign_off_and_a_moderated_rating_that_nobody_else_reviewed(repo: Repo, jtai: Jtai) -> None:
    jtai("sign-off", "police", "--board", "Its board", "--on", "2018-07-12")
    moderate = ("moderate", "T1.1", "impact", "red", "-q", Q2, "--board", "lscb", "--reason", "The audit says less")
    jtai("board", *moderate)
    commit = repo.commit("Sign and moderate", author=KIT)
    assert [each["message"] for each in found(jtai)] == [
        f"{what} was recorded by Kit Example in {commit[:10]}, and nobody else is recorded as a reviewer"
        for what in ("the sign-off of Police", "the moderated rating of T1.1 impact")
    ]
    repo.git("commit", "--amend", "--quiet", f"--message=Sign and moderate{ANN}")
    assert told(jtai) == []


def test_the_text_has_a_heading_for_them(repo: Repo, jtai: Jtai) -> None:
    jtai("rate", "T1.1", "impact", "red", "-q", Q2)
    commit = repo.commit("Rate")
    assert (
        "\nWho wrote it and who reviewed it (1)\n  The return of Police for Q2 2018/19 was committed to the "
        f"main branch by Sam Example, who wrote it ({commit[:10]}).\n" in jtai("check", "-q", Q2, "--trail").out
    )
    assert "Who wrote" not in jtai("check", "-q", Q2).out


@pytest.fixture
def closed(repo: Repo, jtai: Jtai) -> Repo:
    """The quarter is closed on the main branch, and a branch is begun."""
    written(repo.root, plan_values(an_action("T1.1", "police")), {("police", Q2): return_values(Q2, CELLS)})
    assert jtai("close", Q2, "--by", "The collator", "--on", "2018-10-31").status == 0
    repo.commit(f"Close{ANN}")
    repo.branch("work")
    return repo


def changed(jtai: Jtai) -> list[str]:
    return [each["message"] for each in found(jtai) if each["rule"] == "changed-since-base"]


def test_a_closed_period_that_did_not_change_is_not_reported(closed: Repo, jtai: Jtai) -> None:
    assert changed(jtai) == []


def test_a_return_rewritten_together_with_its_digest_is_found(closed: Repo, jtai: Jtai) -> None:
    record = closed.root / RECORD
    text = record.read_text()
    record.write_text(text.partition("closed:")[0])
    jtai("rate", "T1.1", "impact", "blue", "-q", Q2)
    assert jtai("close", Q2, "--by", "The collator", "--on", "2018-10-31").status == 0
    closed.commit("Rewrite")
    assert "changed-after-close" not in jtai("check", "-q", Q2, "--format", "json").out
    assert changed(jtai) == [
        "the closing of Q2 2018/19 has changed",
        "the return of Police for Q2 2018/19, which was closed, has changed",
    ]
    assert jtai("check", "-q", Q2, "--trail").status == 1


def test_an_open_amendment_is_fine_and_withdrawing_one_is_not(closed: Repo, jtai: Jtai) -> None:
    amend = ("--amend", "Miscounted", "--by", "Inspector")
    assert jtai("rate", "T1.1", "impact", "amber", "-q", Q2, *amend).status == 0
    closed.commit("Amend")
    assert changed(jtai) == []
    closed.git("switch", "--quiet", "main")
    closed.git("merge", "--quiet", "--ff-only", "work")
    closed.branch("more")
    closed.replace(RECORD, "reason: Miscounted", "reason: Counted")
    assert changed(jtai) == ["an amendment of Q2 2018/19 has changed"]


def test_an_amendment_covers_its_own_cell_and_no_other(closed: Repo, jtai: Jtai) -> None:
    amend = ("--amend", "Miscounted", "--by", "Inspector")
    closed.replace(POLICE, "process:\n      rating: red", "process:\n      rating: red\n      update: Rewritten")
    assert jtai("rate", "T1.1", "impact", "amber", "-q", Q2, *amend).status == 0
    assert changed(jtai) == ["the return of Police for Q2 2018/19, which was closed, has changed"]


def test_a_base_with_an_unreadable_plan_is_reported(closed: Repo, jtai: Jtai) -> None:
    closed.replace("plan/plan.yaml", "title: A plan", "titel: A plan")
    broken = closed.commit("Break the plan")
    closed.replace("plan/plan.yaml", "titel: A plan", "title: A plan")
    ran = jtai("check", "-q", Q2, "--trail", "--base", broken)
    assert "Changes to closed periods were not checked: plan.yaml cannot be read at the base." in ran.err


def test_a_note_says_what_was_compared(repo: Repo, jtai: Jtai) -> None:
    rated_on_a_branch(repo, jtai)
    repo.switch("returns")
    err = jtai("check", "-q", Q2, "--trail").err
    assert "The trail: 1 recorded change, compared with main, 1 of them not merged there yet.\n" in err


def test_nobody_is_named_for_the_first_commit_of_a_shallow_clone(repo: Repo, jtai: Jtai, tmp_path: Path) -> None:
    jtai("rate", "T1.1", "impact", "red", "-q", Q2)
    jtai("sign-off", "police", "--board", "Its board", "--on", "2018-07-12")
    repo.commit("Rate")
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--depth=1", repo.root.as_uri(), str(clone))
    ran = jtai("check", "-q", Q2, "--trail", "--plan", str(clone))
    assert "Who wrote" not in ran.out
    assert "This clone is shallow. To see what came before: git fetch --unshallow." in ran.err


def test_a_moderated_rating_and_a_missing_record_are_found(closed: Repo, jtai: Jtai) -> None:
    moderated = "moderated: {T1.1: {impact: {rating: blue, reason: x, board: lscb}}}"
    text = (closed.root / RECORD).read_text()
    closed.replace(RECORD, "moderated:\n", f"{moderated}\n")
    assert changed(jtai) == ["a moderated rating of Q2 2018/19, which was closed, has changed"]
    closed.write(RECORD, text)
    (closed.root / RECORD).unlink()
    assert "the closing of Q2 2018/19 has changed" in changed(jtai)


def test_without_a_main_branch_a_note_says_what_was_not_checked(closed: Repo, jtai: Jtai) -> None:
    closed.git("branch", "--move", "main", "trunk")
    ran = jtai("check", "-q", Q2, "--trail")
    assert ran.status == 0
    assert "Changes to closed periods since the main branch were not checked: there is no main branch here" in ran.err


def test_another_base_can_be_named(closed: Repo, jtai: Jtai) -> None:
    closed.git("branch", "--move", "main", "trunk")
    closed.replace(POLICE, "rating: red", "rating: amber")
    closed.commit("Change a closed period")
    messages = [each["message"] for each in found(jtai, "--base", "trunk") if each["rule"] == "changed-since-base"]
    assert messages == ["the return of Police for Q2 2018/19, which was closed, has changed"]
    ran = jtai("check", "--trail", "--base", "no-such")
    assert (ran.status, ran.out) == (2, "")
    assert "there is no revision 'no-such' in this repository. Check the spelling, or fetch it: git fetch." in ran.err
    ran = jtai("check", "--base", "trunk")
    assert (ran.status, ran.err) == (2, "jtai: --base needs --trail.\n")


def test_without_a_repository_it_says_so_and_checks_nothing(tmp_path: Path, jtai: Jtai) -> None:
    root = written(tmp_path / "plan", plan_values())
    ran = jtai("check", "--trail", "--plan", str(root))
    assert (ran.status, ran.out) == (2, "")
    assert "is not in a git repository" in ran.err


@pytest.mark.parametrize(("on", "asked"), [("2018-10-10", True), ("2019-01-02", False)])
def test_an_approval_older_than_a_rating_that_it_covers_is_asked_about(
    repo: Repo, jtai: Jtai, on: str, asked: bool
) -> None:
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2).status == 0
    repo.commit("Rate", author=SAM, when="2019-01-02T10:00:00+00:00")
    assert jtai("sign-off", "police", "-q", Q2, "--board", "A Board", "--on", on).status == 0
    ran = jtai("check", "-q", Q2, "--trail")
    said = (
        "  Police approved its return for Q2 2018/19 on 10 October 2018, and T1.1 impact was recorded on 2 January "
        "2019 (approved-before-recorded).\n"
    )
    assert (said in ran.out) is asked


def test_the_base_is_the_main_line_whatever_it_is_called(
    repo: Repo, jtai: Jtai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a checkout for continuous integration leaves it: no main, and nothing says what the main branch is called.
    repo.git("branch", "--move", "main", "trunk")
    repo.branch("returns")
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2).status == 0
    repo.commit("Rate", author=SAM)
    assert "merged-by-writer" in {each["rule"] for each in found(jtai)}
    assert found(jtai, "--base", "trunk") == []
    assert "1 of them not merged there yet" in jtai("check", "-q", Q2, "--trail", "--base", "trunk").err
