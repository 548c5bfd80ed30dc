"""`jtai submit`: one agency's files on a branch of their own, and all else as it was, whatever fails."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from attack import without_coverage
from builders import Q2, Q3, Jtai, Ran, an_action, plan_values, written
from repositories import FAILING, KIT, Repo, a_repository, as_sam

POLICE = f"plan/agencies/police/returns/{Q2}.yaml"
HEALTH = f"plan/agencies/health/returns/{Q2}.yaml"
BRANCH = f"returns/{Q2}/police"
STASH = "git stash push --include-untracked -- plan/agencies/police"
AT_WORK = ("submit", "police", "-q", Q2)


@pytest.fixture
def remote(tmp_path: Path) -> Repo:
    """The repository that everybody pushes to; like a forge, it says where a request is opened."""
    repo = a_repository(tmp_path / "remote")
    repo.git("config", "core.bare", "true")
    hook = repo.root / ".git/hooks/post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Create a pull request by visiting:' >&2\necho '  https://d.example/new' >&2\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    return repo


@pytest.fixture
def repo(tmp_path: Path, jtai: Jtai, remote: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A clone in which the police have rated, health has rated too, and a file is staged."""
    as_sam(monkeypatch)
    root = written(tmp_path / "clone of ü", plan_values(an_action("T1.1", "police", "health")))
    repo = a_repository(root)
    monkeypatch.chdir(root)
    assert jtai("open", Q2).status == 0
    repo.commit("Open")
    repo.git("remote", "add", "origin", str(remote.root))
    repo.git("push", "--quiet", "--set-upstream", "origin", "main")
    for agency in ("police", "health"):
        assert rate(jtai, "impact", "red", agency).status == 0
    repo.write("notes.txt", "To do\n")
    repo.git("add", "notes.txt")
    return repo


def rate(jtai: Jtai, dimension: str, rating: str, agency: str = "police") -> Ran:
    return jtai("rate", "T1.1", dimension, rating, "--agency", agency, "-q", Q2, "--update", "Begun")


def state(repo: Repo) -> dict[str, object]:
    """All that a user would miss: where the branches lead, what is checked out and staged, and every file."""
    return {
        "refs": repo.git("for-each-ref"),
        "head": (repo.root / ".git/HEAD").read_bytes(),
        "index": (repo.root / ".git/index").read_bytes(),
        "config": (repo.root / ".git/config").read_bytes(),
        "status": repo.git("--no-optional-locks", "status", "--porcelain"),
        "files": {
            file: file.read_bytes()
            for file in sorted(repo.root.rglob("*"))
            if file.is_file() and ".git" not in file.relative_to(repo.root).parts and ".jtai" not in file.parts
        },
    }


def test_it_commits_the_agencys_files_and_pushes_them_and_says_what_to_open(
    repo: Repo, remote: Repo, jtai: Jtai
) -> None:
    before = state(repo)
    ran = jtai(*AT_WORK)
    commit = repo.git("rev-parse", BRANCH)
    assert (
        ran.out
        == f"""\
2 changes for Police, in commit {commit[:10]} on the branch {BRANCH}:
  T1.1 impact, Q2 2018/19: no return → red (no return → on track)
  T1.1 impact, Q2 2018/19: update added
It is pushed to origin.
Open the request: https://d.example/new
Your files stay as they are. Once it is merged: {STASH}, then git pull.
"""
    )
    assert (
        ran.err
        == """\
jtai check says of this return (3):
  T1.1 process/activity has no rating from Police.
  T1.1 performance has no rating from Police.
  the return of Police for Q2 2018/19 is not approved by its own governance.
Pushing to origin ...
"""
    )
    assert ran.status == 0
    assert remote.git("rev-parse", BRANCH) == commit
    assert repo.git("rev-parse", f"{commit}^") == repo.head
    assert repo.git("diff", "--name-only", "HEAD", commit).splitlines() == [POLICE]
    assert repo.git("show", f"{commit}:{POLICE}") == (repo.root / POLICE).read_text().strip()
    after = state(repo)
    assert {**after, "refs": ""} == {**before, "refs": ""}


def test_the_message_says_what_changed_and_whose_it_is(repo: Repo, jtai: Jtai) -> None:
    repo.replace(POLICE, "prepared:\n  by:", "prepared:\n  by: Kit Example")
    repo.replace(POLICE, "update: Begun", 'update: "Begun\\nReviewed-by: Boss <boss@host>"')
    assert jtai(*AT_WORK, "--with-text").status == 0
    message = repo.git("show", "--no-patch", "--format=%B", BRANCH)
    assert message.startswith("Return of Police for Q2 2018/19\n\n- ")
    assert "- T1.1 impact, Q2 2018/19: no return → red (no return → on track)\n" in message
    assert message.endswith(f"\nAgency: police\nPeriod: {Q2}\nPrepared-by: Kit Example")
    trailers = repo.git("show", "--no-patch", "--format=%(trailers:only,unfold)", BRANCH)
    assert "Reviewed-by" not in trailers
    repo.git("stash", "--quiet", "--include-untracked")
    repo.switch(BRANCH)
    assert "boss" not in jtai("log", "T1.1").out.lower()


def test_no_name_makes_a_trailer(repo: Repo, jtai: Jtai) -> None:
    forged = "P\\n\\nReviewed-by: Boss <boss@host>\\n\\nP"
    repo.replace(POLICE, "prepared:\n  by:", f'prepared:\n  by: "{forged}"')
    ran = jtai(*AT_WORK)
    assert ran.status == 0
    assert "\nReviewed-by" not in ran.out
    assert "\nReviewed-by" not in repo.git("show", "--no-patch", "--format=%B", BRANCH)
    for path, was in (("plan/agencies/police/agency.yaml", "name: Police"), ("plan/plan.yaml", "label: Q2 2018/19")):
        repo.replace(path, was, f'{was.partition(":")[0]}: "{forged}"')
        assert "goes on over several lines. Write it in one." in jtai(*AT_WORK).err


def test_files_that_are_not_the_plans_are_not_submitted(repo: Repo, jtai: Jtai) -> None:
    for path in ("private/names.yaml", "names.yaml", "returns/more/names.yaml", "returns/names.txt"):
        repo.write(f"plan/agencies/police/{path}", "name: A child\n")
    repo.write(".git/info/exclude", "private/\n")
    assert jtai(*AT_WORK).status == 0
    assert repo.git("diff", "--name-only", "main", BRANCH) == POLICE


def test_a_second_submission_adds_to_the_first(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    assert jtai(*AT_WORK).status == 0
    first = repo.git("rev-parse", BRANCH)
    rate(jtai, "process", "amber")
    assert jtai(*AT_WORK).status == 0
    assert repo.git("rev-parse", f"{BRANCH}^") == first
    assert remote.git("rev-parse", BRANCH) == repo.git("rev-parse", BRANCH)
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.err) == (2, "jtai: police has no changes here, so nothing was submitted.\n")


def test_the_return_of_another_period_is_not_submitted_under_the_name_of_the_latest_open(
    repo: Repo, remote: Repo, jtai: Jtai
) -> None:
    repo.git("checkout", "--", POLICE)
    jtai("open", Q3)
    repo.git("add", "plan")
    repo.git("commit", "--quiet", "--message=Open Q3")
    repo.git("push", "--quiet", "origin", "main")
    assert jtai("rate", "T1.1", "impact", "red", "--agency", "police", "-q", Q2).status == 0
    before = state(repo)
    ran = jtai("submit", "police")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(
        "jtai: the Q3 2018/19 return has no changes; the Q2 2018/19 return has. "
        f"Submit it: jtai submit police -q {Q2}. Nothing was changed.\n"
    )
    assert state(repo) == before


def test_a_merged_branch_is_finished(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    assert jtai(*AT_WORK).status == 0
    first = repo.git("rev-parse", BRANCH)
    other = a_clone(remote, repo.root.parent / "other")
    other.git("merge", "--quiet", "--no-ff", "--message=Merge", f"origin/{BRANCH}", author=KIT)
    other.git("push", "--quiet", "origin", "main")
    repo.git("fetch", "--quiet")
    rate(jtai, "process", "amber")
    assert jtai(*AT_WORK).status == 0
    assert repo.git("rev-parse", f"{BRANCH}^") == repo.git("rev-parse", "origin/main")
    assert first in repo.git("rev-list", BRANCH)


def test_a_squashed_branch_is_finished(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    assert jtai(*AT_WORK).status == 0
    other = a_clone(remote, repo.root.parent / "other")
    other.git("merge", "--quiet", "--squash", f"origin/{BRANCH}")
    other.commit("Return of Police", author=KIT)
    other.write("plan/agencies/health/agency.yaml", "name: The trust\n")
    other.commit("Go on", author=KIT)
    other.git("push", "--quiet", "origin", "main")
    repo.git("fetch", "--quiet")
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.err) == (2, "jtai: police has no changes here, so nothing was submitted.\n")
    rate(jtai, "process", "amber")
    before = state(repo)
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        f"jtai: the branch {BRANCH} was merged as a squash, and origin still has it. Delete it there: "
        f"git push origin --delete {BRANCH}. Nothing was changed."
    )
    assert state(repo) == before
    repo.git("push", "--quiet", "origin", "--delete", BRANCH)
    assert jtai(*AT_WORK).status == 0
    assert repo.git("rev-parse", f"{BRANCH}^") == repo.git("rev-parse", "origin/main")
    assert remote.git("rev-parse", BRANCH) == repo.git("rev-parse", BRANCH)


def test_a_branch_that_the_remote_deleted_after_a_squash_starts_again(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    assert jtai(*AT_WORK).status == 0
    other = a_clone(remote, repo.root.parent / "other")
    other.git("merge", "--quiet", "--squash", f"origin/{BRANCH}")
    other.commit("Return of Police", author=KIT)
    other.git("push", "--quiet", "origin", "main", f":{BRANCH}")
    repo.git("fetch", "--quiet")
    rate(jtai, "process", "amber")
    assert jtai(*AT_WORK).status == 0
    assert remote.git("rev-parse", f"{BRANCH}^") == remote.git("rev-parse", "main")


def test_after_the_merge_the_submitted_files_can_be_put_aside(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    signed = ("sign-off", "police", "--board", "Its board", "--on", "2018-07-12")
    assert jtai(*signed).status == 0
    assert repo.git("status", "--porcelain", "plan/agencies/police").split() == [
        *("M", POLICE, "??", "plan/agencies/police/sign-off.yaml")
    ]
    assert jtai(*AT_WORK).status == 0
    other = a_clone(remote, repo.root.parent / "other")
    other.git("merge", "--quiet", "--no-ff", "--message=Merge", f"origin/{BRANCH}", author=KIT)
    other.replace(POLICE, "update: Begun", "update: Begun in July")
    other.commit("Say when", author=KIT)
    other.git("push", "--quiet", "origin", "main")
    with pytest.raises(AssertionError, match="would be overwritten by merge"):
        repo.git("pull", "--quiet")
    repo.git(*STASH.split()[1:])
    repo.git("pull", "--quiet")
    assert repo.head == other.head
    assert "Begun in July" in (repo.root / POLICE).read_text()
    assert (repo.root / "plan/agencies/police/sign-off.yaml").exists()
    assert repo.git("diff", "--name-only") == HEALTH
    assert repo.git("diff", "--name-only", "--cached") == "notes.txt"


def a_clone(remote: Repo, folder: Path) -> Repo:
    remote.git("clone", "--quiet", str(remote.root), str(folder))
    return Repo(folder)


def test_a_change_that_somebody_else_made_on_the_main_branch_is_not_undone(
    repo: Repo, remote: Repo, jtai: Jtai
) -> None:
    other = a_clone(remote, repo.root.parent / "other")
    other.replace(POLICE, "T1.1:\n    process:\n      rating:", "T1.1:\n    process:\n      rating: red")
    other.write("plan/agencies/police/agency.yaml", "name: The police\n")
    other.commit("Rate elsewhere", author=KIT)
    other.git("push", "--quiet", "origin", "main")
    repo.git("fetch", "--quiet")
    before = state(repo)
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"jtai: you and somebody else have both changed {POLICE} since your copy was made. Take their change first: "
        f"git pull, or git switch {BRANCH} if it is on that branch. Nothing was changed.\n"
    )
    assert state(repo) == before
    other.git("revert", "--no-edit", "HEAD")
    other.write("plan/agencies/police/agency.yaml", "name: The police\n")
    other.commit("Rename alone", author=KIT)
    other.git("push", "--quiet", "origin", "main")
    repo.git("fetch", "--quiet")
    assert jtai(*AT_WORK).status == 0
    assert repo.git("show", f"{BRANCH}:plan/agencies/police/agency.yaml") == "name: The police"


def test_a_change_that_a_reviewer_made_on_the_branch_is_not_undone(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    assert jtai(*AT_WORK).status == 0
    other = a_clone(remote, repo.root.parent / "other")
    other.git("switch", "--quiet", BRANCH)
    other.replace(POLICE, "update: Begun", "update: Begun in July")
    other.commit("Say when", author=KIT)
    other.git("push", "--quiet", "origin", BRANCH)
    rate(jtai, "process", "amber")
    unknown = state(repo)
    ran = jtai(*AT_WORK)
    assert ran.status == 2
    assert ran.err.splitlines()[-1] == (
        f"jtai: somebody else has pushed to the branch {BRANCH} meanwhile. Fetch their commits, then submit again: "
        "git fetch, then jtai submit. Nothing was changed."
    )
    assert state(repo) == unknown
    repo.git("fetch", "--quiet")
    ran = jtai(*AT_WORK)
    assert ran.status == 2
    assert "you and somebody else have both changed" in ran.err


def test_a_file_with_a_fault_is_not_submitted(repo: Repo, jtai: Jtai) -> None:
    repo.replace(POLICE, "rating: red", "rating: purple")
    before = state(repo)
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.out) == (1, "")
    assert "there is no rating 'purple'" in ran.err
    assert ran.err.endswith("Nothing is submitted until these are corrected.\n")
    assert state(repo) == before


def test_a_fault_that_comes_from_the_main_branch_stops_the_submission(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    other = a_clone(remote, repo.root.parent / "other")
    other.write("plan/agencies/police/agency.yaml", "name: Police\nsigns_with: nobody\n")
    other.commit("Sign with nobody", author=KIT)
    other.git("push", "--quiet", "origin", "main")
    repo.git("fetch", "--quiet")
    before = state(repo)
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("jtai: plan/agencies/police/agency.yaml:2:")
    assert ran.err.endswith("Nothing is submitted until these are corrected.\n")
    assert state(repo) == before


def test_an_unreadable_file_does_not_pass_for_a_deleted_one(repo: Repo, jtai: Jtai) -> None:
    (repo.root / POLICE).unlink()
    (repo.root / POLICE).symlink_to(repo.root.parent / "elsewhere.yaml")
    (repo.root.parent / "elsewhere.yaml").write_text("actions: {}\n")
    assert jtai(*AT_WORK).status == 1
    assert repo.git("for-each-ref", f"refs/heads/{BRANCH}") == ""


@pytest.fixture
def closed(repo: Repo, jtai: Jtai) -> Repo:
    """The quarter is closed with what was rated in it, and everybody has that."""
    assert jtai("close", Q2, "--by", "Us", "--with-missing").status == 0
    repo.commit("Close")
    repo.git("push", "--quiet", "origin", "main")
    return repo


@pytest.mark.parametrize("period", [Q2, Q3])
def test_a_change_of_a_closed_period_is_not_submitted(closed: Repo, jtai: Jtai, period: str) -> None:
    closed.replace(POLICE, "rating: red", "rating: blue")
    before = state(closed)
    ran = jtai("submit", "police", "-q", period)
    assert (ran.status, ran.out) == (1, "")
    assert "T1.1 impact of Police was red when Q2 2018/19 was closed on" in ran.err
    assert ran.err.endswith("Nothing is submitted until these are corrected.\n")
    assert state(closed) == before


def test_an_amendment_belongs_with_the_boards_record(closed: Repo, jtai: Jtai) -> None:
    amended = ("--amend", "It was misread", "--by", "Us")
    assert jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2, *amended).status == 0
    assert jtai("check", "-q", Q2).status == 0
    before = state(closed)
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith(
        " An amendment to a closed period is not submitted with jtai submit. The collator commits it together with the "
        "boards' record in plan/board/.\n"
    )
    assert state(closed) == before


def test_a_fault_of_another_agency_does_not_stop_the_submission(repo: Repo, jtai: Jtai) -> None:
    repo.replace(HEALTH, "rating: red", "rating: purple")
    assert jtai(*AT_WORK).status == 0


def test_without_a_remote_the_branch_stays_here(repo: Repo, jtai: Jtai) -> None:
    repo.git("remote", "remove", "origin")
    ran = jtai(*AT_WORK)
    assert ran.status == 0
    assert ran.out.endswith(
        "There is no remote to push it to. Add one with git remote add, or pass the branch on yourself.\n"
    )
    assert repo.git("diff", "--name-only", "main", BRANCH) == POLICE


def test_a_commit_that_was_never_pushed_is_pushed_the_next_time(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    repo.git("remote", "remove", "origin")
    assert jtai(*AT_WORK).status == 0
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.err) == (2, "jtai: police has no changes here, so nothing was submitted.\n")
    commit = repo.git("rev-parse", BRANCH)
    repo.git("remote", "add", "origin", str(remote.root))
    ran = jtai(*AT_WORK)
    assert ran.status == 0
    assert ran.out.startswith(f"2 changes for Police, in commit {commit[:10]} on the branch {BRANCH}:\n  T1.1 impact")
    assert remote.git("rev-parse", BRANCH) == repo.git("rev-parse", BRANCH) == commit
    assert jtai(*AT_WORK).status == 2
    # What is merged is not pushed again.
    repo.git("push", "--quiet", "origin", f"{BRANCH}:main", f":{BRANCH}")
    assert jtai(*AT_WORK).err == "jtai: police has no changes here, so nothing was submitted.\n"


def test_without_a_link_from_the_remote_it_says_to_open_a_request(repo: Repo, remote: Repo, jtai: Jtai) -> None:
    (remote.root / ".git/hooks/post-receive").unlink()
    assert jtai(*AT_WORK).out.splitlines()[-2] == "Open a pull request for it, unless it has one already."


def test_several_remotes_without_an_origin_are_refused(repo: Repo, jtai: Jtai) -> None:
    repo.git("remote", "rename", "origin", "one")
    assert jtai(*AT_WORK).status == 0
    repo.git("remote", "add", "two", "elsewhere")
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.out) == (2, "")
    assert "there are several remotes (one, two), and none is called origin" in ran.err


def test_a_branch_that_is_checked_out_is_left_alone(repo: Repo, jtai: Jtai) -> None:
    repo.git("stash", "--quiet", "--include-untracked")
    repo.branch(BRANCH)
    rate(jtai, "impact", "red")
    before = state(repo)
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"jtai: the branch {BRANCH} is checked out. Switch to another first, such as the main branch: git switch main. "
        "Nothing was changed.\n"
    )
    assert state(repo) == before


def test_an_author_whom_git_does_not_know_is_told_what_to_do(
    repo: Repo, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    repo.git("config", "user.useConfigOnly", "true")
    ran = jtai(*AT_WORK)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("jtai: git does not know who you are, and a commit names its author.")


def test_nothing_committed_yet(tmp_path: Path, jtai: Jtai) -> None:
    root = a_repository(written(tmp_path, plan_values())).root
    ran = jtai("submit", "police", "-q", Q2, "--plan", str(root))
    assert (ran.status, ran.err) == (
        2,
        "jtai: nothing has been committed here yet. Commit the plan first. Nothing was changed.\n",
    )


def test_a_detached_head_and_no_main_branch(repo: Repo, jtai: Jtai) -> None:
    repo.git("remote", "remove", "origin")
    repo.git("switch", "--quiet", "--detach")
    repo.git("branch", "--move", "main", "trunk")
    assert jtai(*AT_WORK).status == 0
    assert repo.git("rev-parse", f"{BRANCH}^") == repo.head


def test_line_ends_of_windows_are_committed_as_the_repository_has_them(repo: Repo, jtai: Jtai) -> None:
    for path in (POLICE, "plan/agencies/police/agency.yaml"):
        file = repo.root / path
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert jtai(*AT_WORK).status == 0
    assert repo.git("diff", "--name-only", "main", BRANCH) == POLICE
    assert "\r" not in repo.git("cat-file", "blob", f"{BRANCH}:{POLICE}")


def test_a_plan_in_a_folder_of_the_repository(tmp_path: Path, repo: Repo, jtai: Jtai) -> None:
    below = repo.root / "a plan"
    written(below, plan_values(an_action("T1.1", "police")))
    assert jtai("open", Q2, "--plan", str(below)).status == 0
    repo.commit("Another plan")
    repo.git("push", "--quiet", "origin", "main")
    (below / "plan/agencies/police/agency.yaml").write_text("name: The police\n")
    (below / POLICE).unlink()
    assert jtai(*AT_WORK, "--plan", str(below)).status == 0
    assert repo.git("diff", "--name-status", "main", BRANCH).splitlines() == [
        "M\ta plan/plan/agencies/police/agency.yaml",
        f"D\ta plan/{POLICE}",
    ]


def test_a_user_who_signs_commits_signs_this_one(repo: Repo, jtai: Jtai, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    for name, value in {"gpg.format": "ssh", "user.signingKey": str(key), "commit.gpgSign": "true"}.items():
        repo.git("config", name, value)
    assert jtai(*AT_WORK).status == 0
    assert "SSH SIGNATURE" in repo.git("cat-file", "commit", BRANCH)


SIGNING = """\
#!/bin/sh
touch "{ran}"
cat > /dev/null
printf '\\n[GNUPG:] SIG_CREATED \\n' >&2
echo '-----BEGIN PGP SIGNATURE-----'
echo {who}
echo '-----END PGP SIGNATURE-----'
"""


def a_signer(folder: Path, who: str) -> Path:
    """A program that signs as gpg does, with *who* made it."""
    program = folder / who
    program.write_text(SIGNING.format(ran=folder / f"{who} ran", who=who))
    program.chmod(0o755)
    return program


@pytest.mark.posix
@pytest.mark.parametrize("key", ["gpg.program", "gpg.openpgp.program"])
def test_the_users_own_program_signs_and_never_the_repositorys(
    repo: Repo, jtai: Jtai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    users, repositorys = a_signer(tmp_path, "users"), a_signer(tmp_path, "repositorys")
    (tmp_path / "gitconfig").write_text(f"[include]\n\tpath = {tmp_path}/included\n")
    for name, value in {key: str(users), "commit.gpgSign": "true"}.items():
        repo.git("config", "--file", str(tmp_path / "included"), name, value)
    for name in ("gpg.program", "gpg.openpgp.program", "gpg.ssh.program"):
        repo.git("config", name, str(repositorys))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    assert jtai(*AT_WORK).status == 0
    assert "users" in repo.git("cat-file", "commit", BRANCH)
    assert (tmp_path / "users ran").exists()
    assert not (tmp_path / "repositorys ran").exists()


def test_a_signature_that_fails_leaves_all_as_it_was(
    repo: Repo, jtai: Jtai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gitconfig").write_text("[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = false\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    before = state(repo)
    ran = jtai(*AT_WORK)
    assert ran.status == 1
    assert ran.err.splitlines()[-1].startswith("jtai: git commit-tree: gpg failed to sign the data")
    assert state(repo) == before


HOW = {
    "fails": "echo 'fatal: it failed' >&2; exit 1",
    "is interrupted": "kill -INT $PPID; sleep 0.3; exit 130",
}


@pytest.mark.once
@pytest.mark.posix
@pytest.mark.parametrize("how", HOW)
def test_if_any_call_of_git_fails_or_is_interrupted_nothing_changes(
    repo: Repo, remote: Repo, tmp_path: Path, how: str
) -> None:
    before, there = state(repo), remote.git("for-each-ref")
    git, folder = shutil.which("git"), tmp_path / "bin"
    for at in range(1, 100):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        program = folder / "git"
        (folder / "count").write_text("0\n")
        program.write_text(FAILING.format(folder=folder, at=at, act=HOW[how], git=git))
        program.chmod(0o755)
        ran = subprocess.run(
            [sys.executable, "-m", "jtai_plan", *AT_WORK],
            cwd=repo.root,
            env=without_coverage() | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if int((folder / "count").read_text()) < at:
            break
        if ran.returncode:
            assert "jtai: " in ran.stderr
            assert "Traceback" not in ran.stderr
            assert (state(repo), remote.git("for-each-ref")) == (before, there), f"call {at}"
        else:
            # A question whose failure is an answer, such as whether there is a branch of that name.
            assert repo.git("diff", "--name-only", "main", BRANCH) == POLICE
            repo.git("branch", "--quiet", "--delete", "--force", BRANCH)
            repo.git("push", "--quiet", "origin", "--delete", BRANCH)
            assert state(repo) == before
    else:
        pytest.fail("it never came to an end")
    assert ran.returncode == 0
    assert at > 15
    assert remote.git("rev-parse", BRANCH) == repo.git("rev-parse", BRANCH)
