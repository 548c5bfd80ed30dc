"""Commands that are stopped half-way: by a full or broken disk, by Ctrl-C, by a kill. A second try finishes them."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from failing_disk import Broken, broken
from repositories import a_repository, as_sam

pytestmark = [pytest.mark.once, pytest.mark.posix]

EVERY = int(os.environ.get("JTAI_EVERY", "16"))
"""Each point fails in one of the four ways, in turn; JTAI_EVERY=1 tries all of them."""
FOLDER = "plan here"
DIMENSIONS = ("process", "impact", "performance")
BOARD = ("-q", Q2, "--board", "lscb")
MADE: dict[str, tuple[str, ...]] = {
    "open": ("open", Q3),
    "rate": ("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2),
    "sign-off": ("sign-off", "police", "--board", "Force board", "--on", "2018-10-10"),
    "sign-off of a return": ("sign-off", "police", "-q", Q2, "--board", "Force board", "--on", "2018-10-10"),
    "moderate": ("board", "moderate", "T1.1", "impact", "amber", *BOARD, "--reason", "Too dark"),
    "ask": ("board", "ask", "Say why", *BOARD),
    "present": ("board", "present", *BOARD, "--on", "2018-10-20"),
    "summary": ("board", "summary", "It goes well", "-q", Q2),
    "close": ("close", Q2, "--by", "The collator", "--on", "2018-10-31"),
    "report": ("report", "-q", Q2),
    "report for all": ("report", "-q", Q2, "--agency", "all"),
    "forms": ("forms", "-q", Q2),
    "forms in mails": ("forms", "-q", Q2, "--mail", "mails"),
    "export": ("export", "--format", "csv"),
}


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A folder with a plan in it, and something beside the plan."""
    cells = {("T1.1", dimension): "red" for dimension in DIMENSIONS}
    returns = {(agency, Q2): return_values(Q2, cells) for agency in ("police", "health")}
    written(tmp_path / "template" / FOLDER, plan_values(an_action("T1.1", "police", "health")), returns)
    (tmp_path / "template/beside.txt").write_text("mine")
    return tmp_path / "template"


def refuse_faults(tries: Sequence[Broken]) -> None:
    """Each first try ends in a sentence, and each second one as a try without a fault would have."""
    assert tries
    for each in tries:
        first, second = each.first, each.second
        match each.fault:
            case "kill":
                assert first.status in (-9, 0), each
            case "Ctrl-C":
                assert first.status == 130, each
            case _:
                # What tidies up may fail and hurt nobody.
                assert first.status in (0, 1), each
                assert first.status == 0 or "jtai: " in first.said, each
        assert "Traceback" not in first.said, each
        assert ".tmp" not in first.said, each
        assert second.status == 0, each
        assert (each.differs, each.left, each.outside) == ([], [], []), each


@pytest.mark.parametrize("kind", MADE)
def test_a_second_try_finishes_what_a_fault_stopped(template: Path, kind: str) -> None:
    refuse_faults(broken(template, MADE[kind], every=EVERY))


def test_a_decision_that_was_stopped_is_recorded_once(
    template: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(template / FOLDER)
    assert jtai(*MADE["ask"]).status == 0
    refuse_faults(broken(template, ("board", "decide", "ask-1", "Agreed", *BOARD), every=EVERY))


def test_an_amendment_that_was_stopped_is_finished(template: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(template / FOLDER)
    assert jtai(*MADE["close"]).status == 0
    refuse_faults(broken(template, (*MADE["rate"], "--amend", "Miscounted", "--by", "Inspector"), every=EVERY))


def test_forms_that_were_collected_half_way_are_collected(
    template: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(template / FOLDER)
    assert jtai("forms", "-q", Q2, "--out", "../sent", "--mail", "../sent/mails").status == 0
    for each in (template / FOLDER / "plan/agencies").glob(f"*/returns/{Q2}.yaml"):
        each.unlink()
    assert jtai("open", Q3).status == 0
    # The forms say what the returns no longer do.
    refuse_faults(broken(template, ("collect", "../sent", "--overwrite"), every=EVERY))


@pytest.mark.parametrize("folder", ["new", "new/within", "."])
def test_a_repository_that_was_begun_half_way_is_finished(tmp_path: Path, folder: str) -> None:
    (tmp_path / "template" / FOLDER).mkdir(parents=True)
    call = ("init", folder, "--title", "A plan", "--agency", "Police", "--first-quarter", "2018-19-Q2")
    refuse_faults(broken(tmp_path / "template", call, every=EVERY))


@pytest.mark.parametrize("call", [("save",), ("submit", "police", "-q", Q2)])
def test_a_commit_that_was_stopped_is_made_and_pushed(
    template: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]
) -> None:
    as_sam(monkeypatch)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", "2019-02-01T12:00:00+00:00")
    repo = a_repository(template / FOLDER)
    repo.commit("Begin")
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", template / "remote.git"], check=True)
    repo.git("remote", "add", "origin", "../remote.git")
    repo.git("push", "--quiet", "--set-upstream", "origin", "main")
    repo.replace(f"plan/agencies/police/returns/{Q2}.yaml", "rating: red", "rating: amber")
    # A call of git is four points, and slow.
    refuse_faults(broken(template, call, every=1 if EVERY == 1 else 4 * EVERY - 1))
