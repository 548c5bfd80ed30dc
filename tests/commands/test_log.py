"""`jtai log`: the life of a rating, told from repositories that the real git made."""

import json
import shutil
import subprocess
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from repositories import KIT, SAM, Repo, a_repository

POLICE = f"plan/agencies/police/returns/{Q2}.yaml"
HEALTH = f"plan/agencies/health/returns/{Q2}.yaml"
REVIEWED = "\n\nReviewed-by: Ann Example <ann@example.org>\nSigned-off-by: Sam Example <sam@example.org>"


@pytest.fixture
def repo(tmp_path: Path, jtai: Jtai) -> Repo:
    """A plan of two agencies whose returns are open, on the main branch."""
    written(tmp_path, plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "police")))
    repo = a_repository(tmp_path)
    assert jtai("open", Q2).status == 0
    repo.commit("Open the period", author=KIT)
    return repo


def rate(jtai: Jtai, agency: str, rating: str, *more: str, action: str = "T1.1") -> None:
    assert jtai("rate", action, "impact", rating, "--agency", agency, "-q", Q2, *more).status == 0


def life(jtai: Jtai, *asked: str) -> list[dict[str, Any]]:
    """What is recorded of the ratings that are *asked* for, as JSON."""
    ran = jtai("log", *asked, "--format", "json")
    assert ran.status == 0, ran.err
    events: list[dict[str, Any]] = json.loads(ran.out)["events"]
    return events


def test_the_whole_text_of_a_rating_that_was_reviewed_and_merged(repo: Repo, jtai: Jtai) -> None:
    repo.branch("returns")
    rate(jtai, "police", "red", "--evidence", "Audit of referrals | Shared drive | 2018-09-14")
    first = repo.commit("Rate impact" + REVIEWED, author=SAM)
    rate(jtai, "police", "amber")
    second = repo.commit("Rate it again", author=KIT)
    repo.switch("main")
    repo.merge("returns", message="Merge pull request #12 from example/returns", author=KIT)
    ran = jtai("log", "1.1")
    assert (
        ran.out
        == f"""\
T1.1 Do T1.1
  Impact, Q2 2018/19, Police
    red, recorded by Sam Example on 3 January 2019 in {first[:10]}
      Evidence: Audit of referrals, Shared drive, 14 September 2018
      Reviewed by Ann Example; Signed-off-by Sam Example; merged by Kit Example on 5 January 2019 in #12
    red → amber, recorded by Kit Example on 4 January 2019 in {second[:10]}
      Merged by Kit Example on 5 January 2019 in #12
"""
    )
    assert (ran.status, ran.err) == (0, "")


def test_the_whole_markdown_is_an_appendix_with_a_table_for_each_action(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red", "--evidence", "@x")
    commit = repo.commit("Rate impact")
    assert (
        jtai("log", "--format", "md").out
        == f"""\
# A plan: who recorded, reviewed and merged what

From the git history of the plan's files, oldest first. Names are as each person set them in git, and lines such as \
Reviewed-by are as their authors wrote them. Only a signature proves a name.

## T1.1 Do T1.1

| Of | What was recorded | By whom | Reviewed and merged |
| --- | --- | --- | --- |
| Impact, Q2 2018/19, Police | red; evidence: @<!-- -->x | recorded by Sam Example on 3 January 2019 in {commit[:10]} \
| committed to the main branch without a merge |
"""
    )


def test_a_squashed_request_is_known_by_its_subject_and_its_authors_by_their_lines(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit("Return of Police (#7)\n\n* Rate impact\n\nCo-authored-by: Kit Example <kit@example.org>" + REVIEWED)
    (event,) = life(jtai, "T1.1")
    assert event["request"] == "#7"
    assert [each["name"] for each in event["recorded_by"]] == ["Sam Example", "Kit Example"]
    assert [each["name"] for each in event["reviewed_by"]] == ["Ann Example"]


@pytest.mark.parametrize(
    ("message", "request_named"),
    [
        ("Merge branch 'returns' into 'main'\n\nSee merge request example/plan!31", "!31"),
        ("Merged in returns (pull request #8)", "#8"),
        ("Merge pull request #12 from example/returns", "#12"),
        ("Merge the returns", None),
    ],
)
def test_a_merge_names_its_request_in_each_forges_words(
    repo: Repo, jtai: Jtai, message: str, request_named: str | None
) -> None:
    repo.branch("returns")
    rate(jtai, "police", "red")
    repo.commit()
    repo.switch("main")
    merge = repo.merge("returns", message=message, author=KIT)
    event = life(jtai, "T1.1")[0]
    assert (event["request"], event["merge_commit"]) == (request_named, merge)
    assert event["merged_by"]["name"] == "Kit Example"


def test_a_forge_that_merged_is_not_taken_for_the_person_who_pressed_the_button(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.git("add", "--all")
    repo.git(
        "-c", "user.name=GitHub", "-c", "user.email=noreply@github.com",
        "commit", "--quiet", "--message=Return of Police (#7)", author="GitHub <noreply@github.com>",
    )  # fmt: skip
    (event,) = life(jtai, "T1.1")
    assert (event["merged"], event["merged_by"], event["request"]) == (True, None, "#7")
    assert "merged in #7; git does not say by whom" in jtai("log", "T1.1").out.lower()


def test_what_is_written_on_a_forges_page_is_its_authors(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--message=Update the return", author="GitHub <noreply@github.com>")
    repo.git("commit", "--amend", "--quiet", "--no-edit", "--author=Pat Example <pat@example.org>",
             author="GitHub <noreply@github.com>")  # fmt: skip
    (event,) = life(jtai, "T1.1")
    assert event["merged_by"] == {"name": "Pat Example", "email": "pat@example.org"}
    assert "was committed to the main branch by Pat Example, who wrote it" in jtai("check", "-q", Q2, "--trail").out


def test_whoever_rebased_or_picked_a_commit_is_named_beside_its_author(repo: Repo, jtai: Jtai) -> None:
    repo.branch("returns")
    rate(jtai, "police", "red")
    picked = repo.commit("Rate impact", author=SAM)
    repo.switch("main")
    repo.write("README.md", "Read me")
    repo.commit("Something else")
    repo.git("cherry-pick", "-x", picked, author=KIT)
    (event,) = life(jtai, "T1.1")
    assert event["recorded_by"][0]["name"] == "Sam Example"
    assert event["committed_by"]["name"] == "Kit Example"
    assert event["repeats"] == picked
    text = jtai("log", "T1.1").out
    assert f"applied by Kit Example on 4 January 2019, a copy of {picked[:10]}" in text


def test_a_rebased_commit_is_shown_once(repo: Repo, jtai: Jtai) -> None:
    repo.branch("returns")
    rate(jtai, "police", "red")
    repo.commit("Rate impact")
    repo.switch("main")
    repo.write("README.md", "Read me")
    repo.commit("Something else")
    repo.switch("returns")
    repo.git("rebase", "--quiet", "main", author=KIT)
    repo.switch("main")
    repo.git("merge", "--quiet", "--ff-only", "returns")
    (event,) = life(jtai, "T1.1")
    assert (event["was"], event["now"], event["merge_commit"]) == (None, "red", event["commit"])


def test_a_revert_is_a_change_that_takes_one_back(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit("Rate impact")
    rate(jtai, "police", "blue")
    taken_back = repo.commit("Rate it better")
    repo.git("revert", "--no-edit", "HEAD", author=KIT)
    events = life(jtai, "T1.1")
    assert [(each["was"], each["now"]) for each in events] == [(None, "red"), ("red", "blue"), ("blue", "red")]
    assert events[-1]["takes_back"] == taken_back


def test_a_rating_given_and_taken_back_on_a_branch_is_part_of_its_life(repo: Repo, jtai: Jtai) -> None:
    repo.branch("returns")
    rate(jtai, "police", "red")
    repo.commit("Rate impact")
    repo.git("revert", "--no-edit", "HEAD")
    repo.switch("main")
    repo.merge("returns")
    assert [(each["was"], each["now"]) for each in life(jtai, "T1.1")] == [(None, "red"), ("red", None)]


def test_two_agencies_in_parallel_keep_their_own_merges(repo: Repo, jtai: Jtai) -> None:
    for agency, author in (("police", SAM), ("health", KIT)):
        repo.git("switch", "--quiet", "--create", agency, "main")
        rate(jtai, agency, "red")
        repo.commit(f"Return of {agency}", author=author)
    repo.switch("main")
    merges = [repo.merge("police", author=KIT), repo.merge("health", author=SAM)]
    events = {each["agency"]: each for each in life(jtai, "T1.1")}
    assert [events[agency]["merge_commit"] for agency in ("police", "health")] == merges
    assert "Settled by a merge" not in jtai("log").out
    assert [events[agency]["merged_by"]["name"] for agency in ("police", "health")] == ["Kit Example", "Sam Example"]


def test_a_change_made_in_the_merge_itself_belongs_to_the_merge(repo: Repo, jtai: Jtai) -> None:
    repo.branch("returns")
    rate(jtai, "police", "red")
    repo.commit()
    repo.switch("main")
    rate(jtai, "police", "amber")
    repo.commit()
    repo.git("merge", "--quiet", "--no-commit", "--strategy=ours", "returns")
    rate(jtai, "police", "blue")
    merge = repo.commit("Merge, and say something else")
    assert [each["now"] for each in life(jtai, "T1.1")] == ["red", "amber", "blue"]
    assert life(jtai, "T1.1")[-1]["commit"] == merge
    assert "Introduced by the merge commit itself" in jtai("log", "T1.1").out


def test_a_merge_of_a_file_that_one_side_renamed_hides_no_commit(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit("Rate")
    repo.branch("rename")
    repo.git("mv", "plan/agencies/police", "plan/agencies/county-police")
    repo.replace("plan/plan.yaml", "agency: police", "agency: county-police")
    repo.replace("plan/plan.yaml", "agency: police", "agency: county-police")
    repo.commit("Rename the agency")
    repo.switch("main")
    rate(jtai, "police", "blue")
    blue = repo.commit("Rate it blue", author=KIT)
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "rename")
    repo.replace(f"plan/agencies/county-police/returns/{Q2}.yaml", "rating: blue", "rating: amber")
    merge = repo.commit("Merge, and say something else")
    told = [(each["agency"], each["was"], each["now"], each["commit"]) for each in life(jtai, "T1.1")]
    assert told[1:] == [("county-police", "red", "blue", blue), ("county-police", "blue", "amber", merge)]


def test_a_later_merge_is_found_on_the_main_branch(repo: Repo, jtai: Jtai) -> None:
    repo.branch("returns")
    rate(jtai, "police", "red")
    repo.commit("Rate")
    repo.switch("main")
    merge = repo.merge("returns", author=KIT)
    repo.switch("returns")
    assert [each["merge_commit"] for each in life(jtai, "T1.1")] == [merge]


def test_a_file_that_was_far_too_large_once_is_not_read_into_memory(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    good = (repo.root / POLICE).read_text()
    repo.commit("Rate")
    (repo.root / POLICE).write_bytes(b"#" * 50_000_000)
    repo.commit("Bury it")
    repo.write(POLICE, good)
    repo.commit("Dig it out")
    tracemalloc.start()
    assert [each["now"] for each in life(jtai, "T1.1")] == ["red", None, "red"]
    assert jtai("diff", "HEAD~1", "HEAD").status == 0
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


def test_a_trailer_that_goes_on_for_ever_does_not_hold_the_log_up(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    (repo.root / "message").write_text(f"Rate\n\nReviewed-by: a{' ' * 400_000}x\n")
    repo.git("add", "plan")
    repo.git("commit", "--quiet", "--cleanup=verbatim", "--file=message")
    assert [each["now"] for each in life(jtai, "T1.1")] == ["red"]


def test_the_history_of_a_rating_continues_when_its_agency_is_renamed(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit("Rate impact")
    repo.git("mv", "plan/agencies/police", "plan/agencies/county-police")
    plan = repo.root / "plan/plan.yaml"
    plan.write_text(plan.read_text().replace("agency: police", "agency: county-police"))
    repo.commit("Rename the agency")
    assert jtai("rate", "T1.1", "impact", "amber", "--agency", "county-police", "-q", Q2).status == 0
    repo.commit("Rate it again")
    events = life(jtai, "T1.1", "--agency", "county-police")
    assert [(each["agency_then"], each["now"]) for each in events] == [("police", "red"), ("county-police", "amber")]
    assert "Settled by a merge" not in jtai("log").out
    assert "Impact, Q2 2018/19, Police (then police)" in jtai("log", "T1.1").out


def test_two_agencies_that_say_the_same_are_not_taken_for_one_renamed(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit("Rate impact")
    shutil.copytree(repo.root / "plan/agencies/police", repo.root / "plan/agencies/county-police")
    (repo.root / POLICE).unlink()
    repo.commit("Another agency")
    told = {(each["agency"], each["was"], each["now"]) for each in life(jtai, "T1.1")}
    assert told == {("police", None, "red"), ("police", "red", None), ("county-police", None, "red")}


def test_moderations_approvals_and_sign_offs_are_part_of_the_trail(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "amber")
    repo.commit("Rate")
    moderate = ("moderate", "T1.1", "impact", "red", "-q", Q2, "--board", "lscb", "--reason", "The audit says less")
    assert jtai("board", *moderate).status == 0
    assert jtai("sign-off", "police", "--board", "Its board", "--on", "2018-07-12", "--minute", "7.3").status == 0
    assert jtai("sign-off", "police", "-q", Q2, "--board", "Its board", "--on", "2018-10-12").status == 0
    commit = repo.commit("Moderate and sign", author=KIT)
    out = jtai("log").out
    by = f"recorded by Kit Example on 4 January 2019 in {commit[:10]}\n"
    assert (
        f"  Impact, Q2 2018/19, the boards\n    moderated to red by The LSCB (reason: The audit says less), {by}" in out
    )
    assert (
        "\nSign-off of the plan\n  Police\n    the plan was signed off by Its board on 12 July 2018, "
        f"minute 7.3, {by}" in out
    )
    assert (
        "\nApproval of returns\n  Q2 2018/19, Police\n    the return was approved by Its board on "
        f"12 October 2018, {by}" in out
    )


def test_a_merge_that_silently_keeps_the_old_rating_is_reported(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "blue")
    repo.commit("Rate it blue")
    repo.branch("other")
    repo.write("notes.txt", "x\n")
    repo.commit("Something else")
    repo.switch("main")
    rate(jtai, "police", "red")
    red = repo.commit("Rate it red", author=KIT)
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "other")
    repo.git("checkout", "other", "--", "plan")
    repo.commit("Merge the notes")
    out = jtai("log", "T1.1").out
    assert out.endswith(
        "\nSettled by a merge and recorded in no commit\n  T1.1, Impact, Q2 2018/19, Police: now blue, but "
        f"blue → red was recorded last, in {red[:10]}; a merge kept the version of one side\n"
    )
    assert "\n## Settled by a merge and recorded in no commit\n" in jtai("log", "--format", "md").out
    (told,) = json.loads(jtai("log", "--format", "json").out)["settled_by_merges"]
    assert (told["recorded_last"], told["stands"]) == ("red", "blue")
    findings = json.loads(jtai("check", "-q", Q2, "--trail", "--format", "json").out)["findings"]
    (message,) = [each["message"] for each in findings if each["rule"] == "settled-by-merge"]
    assert message == (
        f"the rating T1.1 impact of Police is blue, but red was recorded last, in {red[:10]}: "
        "a merge kept only one side"
    )


def test_closings_and_amendments_are_part_of_the_trail(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit("Rate")
    assert jtai("close", Q2, "--by", "The collator", "--on", "2018-10-31", "--with-missing").status == 0
    close = repo.commit("Close", author=KIT)
    rate(jtai, "police", "amber", "--amend", "Late audit", "--by", "Pat")
    amend = repo.commit("Amend", author=KIT)
    record = repo.root / f"plan/board/{Q2}.yaml"
    record.write_text(record.read_text().partition("closed:")[0])
    reopen = repo.commit("Reopen")
    out = jtai("log").out
    assert (
        f"    amended after the closing, red → amber by Pat (reason: Late audit), recorded by Kit Example on "
        f"5 January 2019 in {amend[:10]}\n" in out
    )
    assert (
        f"    an amendment was changed or removed, recorded by Sam Example on 6 January 2019 in {reopen[:10]}\n" in out
    )
    assert (
        "\nClosing of periods\n  Q2 2018/19, the boards\n    closed on 31 October 2018 by The collator, "
        f"recorded by Kit Example on 4 January 2019 in {close[:10]}\n" in out
    )
    assert f"    reopened, recorded by Sam Example on 6 January 2019 in {reopen[:10]}\n" in out
    kinds = [each["kind"] for each in life(jtai, "T1.1", "--agency", "police")]
    assert kinds == ["rating", "rating", "amendment", "amendment"]
    assert f"The closing of Q2 2018/19 was withdrawn by Sam Example in {reopen[:10]}." in jtai("check", "--trail").out


def test_an_agency_a_period_or_both_alone(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    rate(jtai, "health", "amber")
    assert jtai("open", Q3).status == 0
    assert jtai("rate", "T1.2", "impact", "amber", "-q", Q3).status == 0
    repo.commit()
    assert [each["now"] for each in life(jtai, "--agency", "Health")] == ["amber"]
    assert [each["action"] for each in life(jtai, "-q", "Q3 2018/19")] == ["T1.2"]
    assert [each["action"] for each in life(jtai, "-q", Q2, "--agency", "police")] == ["T1.1"]
    ran = jtai("log", "T1.2", "-q", Q2)
    assert (ran.status, ran.out, ran.err) == (
        0,
        "",
        "The history holds no rating, sign-off, approval or closing that fits.\n",
    )


def test_an_action_that_the_plan_no_longer_has_is_still_in_the_history(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red", action="T1.2")
    repo.commit()
    written(repo.root, plan_values(an_action("T1.1", "police", "health")))
    file = repo.root / POLICE
    file.write_text(file.read_text().partition("\n  # T1.2")[0] + "\n")
    repo.commit("Drop an action")
    assert [(each["was"], each["now"]) for each in life(jtai, "T1.2")] == [(None, "red"), ("red", None)]
    ran = jtai("log", "T1.9")
    assert (ran.status, ran.err) == (2, "jtai: there is no action 'T1.9' in the plan. Did you mean 'T1.1'?\n")


def test_the_history_is_shown_even_if_the_plan_has_a_fault(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit()
    repo.replace("plan/plan.yaml", "title: A plan", "titel: A plan")
    assert [each["now"] for each in life(jtai, "T1.1")] == ["red"]
    repo.write("plan/plan.yaml", "{")
    assert [each["now"] for each in life(jtai, "T1.1")] == ["red"]


def test_a_return_that_could_not_be_read_for_a_while_says_nothing_then(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit("Rate")
    good = (repo.root / POLICE).read_text()
    repo.write(POLICE, "actions: {")
    repo.commit("Break it")
    repo.write(POLICE, good)
    repo.commit("Mend it")
    assert [(each["was"], each["now"]) for each in life(jtai, "T1.1")] == [(None, "red"), ("red", None), (None, "red")]


def test_a_change_that_is_not_merged_says_so(repo: Repo, jtai: Jtai) -> None:
    repo.branch("returns")
    rate(jtai, "police", "red")
    repo.commit()
    (event,) = life(jtai, "T1.1")
    assert (event["merged"], event["merged_by"]) == (False, None)
    assert "\n      Not merged to main\n" in jtai("log", "T1.1").out


def test_a_detached_head_and_a_main_branch_of_another_name(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit()
    repo.git("branch", "--move", "main", "trunk")
    assert [each["merged"] for each in life(jtai, "T1.1")] == [True]
    repo.git("switch", "--quiet", "--detach")
    assert [each["merged"] for each in life(jtai, "T1.1")] == [True]


def test_a_shallow_clone_says_that_its_history_is_incomplete(repo: Repo, jtai: Jtai, tmp_path: Path) -> None:
    rate(jtai, "police", "red")
    repo.commit()
    rate(jtai, "police", "amber")
    repo.commit()
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--depth=1", repo.root.as_uri(), str(clone))
    ran = jtai("log", "T1.1", "--plan", str(clone))
    assert "Sam Example" not in ran.out
    assert life(jtai, "T1.1", "--plan", str(clone))[0]["recorded_by"] == []
    assert ran.err == "The history is incomplete: this clone is shallow. Fetch the rest: git fetch --unshallow.\n"
    assert "amber, author not known: this clone begins with" in ran.out
    assert "leaves out the beginning" in jtai("log", "T1.1", "--plan", str(clone), "--format", "md").out


def test_no_commit_no_repository_and_no_git_each_have_a_message(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(tmp_path / "plan of áé", plan_values())
    outside = jtai("log", "--plan", str(root))
    assert (outside.status, outside.out) == (2, "")
    assert outside.err == (
        f"jtai: {root} is not in a git repository. Clone the plan's repository, or make one: git init.\n"
    )
    a_repository(root)
    unborn = jtai("log", "--plan", str(root))
    assert (unborn.status, unborn.err) == (
        2,
        "jtai: nothing has been committed here yet, so there is no history to show.\n",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    without = jtai("log", "--plan", str(root))
    assert without.status == 2
    assert without.err == (
        "jtai: git is not installed, or is not on the PATH. Install it, then try again. "
        "Ratings, checks and reports need no git.\n"
    )


def test_a_plan_in_a_folder_of_the_repository_with_spaces_and_letters_of_every_kind(tmp_path: Path, jtai: Jtai) -> None:
    repo = a_repository(tmp_path)
    root = written(tmp_path / "plan für “Süd”", plan_values(), {("police", Q2): return_values(Q2, {})})
    repo.commit("Begin")
    repo.git("config", "core.quotepath", "true")
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2, "--plan", str(root)).status == 0
    repo.commit("Rate")
    assert [each["now"] for each in life(jtai, "T1.1", "--plan", str(root))] == ["red"]


def test_what_a_commit_says_cannot_drive_a_terminal_or_a_report(repo: Repo, jtai: Jtai) -> None:
    rate(jtai, "police", "red")
    repo.commit("Rate\n\nReviewed-by: \x1b[31mAnn\x1b]0;title\x07 | <script> [x](http://d.example)", author=SAM)
    ran, markdown = jtai("log", "T1.1"), jtai("log", "T1.1", "--format", "md")
    assert "\x1b" not in ran.out + markdown.out
    assert "&lt;script> \\[x\\](http\\://d.example)" in markdown.out
    assert [line.count(" | ") for line in markdown.out.splitlines() if line.startswith("| Impact")] == [3]


def test_a_signature_is_shown_if_there_is_one(
    repo: Repo, jtai: Jtai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, allowed = tmp_path / "key", tmp_path / "allowed"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    allowed.write_text(f"sam@example.org {key.with_suffix('.pub').read_text()}")
    for name, value in (
        ("gpg.format", "ssh"), ("user.signingKey", str(key)), ("gpg.ssh.allowedSignersFile", str(allowed)),
    ):  # fmt: skip
        repo.git("config", name, value)
    rate(jtai, "police", "red")
    repo.git("add", "plan")
    repo.git("commit", "--quiet", "--gpg-sign", "--message=Rate")
    rate(jtai, "police", "amber")
    repo.git("add", "plan")
    repo.git("commit", "--quiet", "--message=Rate again")
    assert [each["signature"] for each in life(jtai, "T1.1")] == ["good", "none"]
    assert jtai("log", "T1.1").out.count("signature: good") == 1
    allowed.write_text("")
    assert life(jtai, "T1.1")[0]["signature"] == "good, by a key of unknown trust"
