"""Nothing is lost: not by many at once, not by a kill, not by a full disk, not by a file that may not be written."""

import errno
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from jtai_plan.errors import CannotDo
from jtai_plan.files import atomic_write as writing
from jtai_plan.files.atomic_write import create, edit, write_whole
from jtai_plan.files.load import load

RETURN = f"plan/agencies/police/returns/{Q2}.yaml"
ACTIONS = [an_action(f"T1.{number}", "police") for number in range(1, 5)]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return written(tmp_path / "plan here", plan_values(*ACTIONS))


def rating(action: str, dimension: str, rating: str = "red") -> list[str]:
    return [sys.executable, "-m", "jtai_plan", "rate", action, dimension, rating, "-q", Q2]


# Coverage writes files of its own, which these tests are about to forbid.
UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def left_unfinished(root: Path) -> list[str]:
    """The files that a writer left behind."""
    return [file.name for file in root.rglob("*.tmp")]


def test_eight_processes_at_once_lose_no_rating(plan: Path) -> None:
    cells = [(action["id"], dimension) for action in ACTIONS for dimension in ("process", "impact")]
    at_once = [subprocess.Popen(rating(*cell), cwd=plan, stdout=subprocess.PIPE) for cell in cells]
    assert [each.communicate(timeout=60) and each.returncode for each in at_once] == [0] * 8
    partnership = load(plan).trusted()
    assert [partnership.rating("police", *cell, Q2) for cell in cells] == ["red"] * 8
    assert left_unfinished(plan) == []


@pytest.mark.posix
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(plan: Path) -> None:
    endless = f"""
import itertools, pathlib
from jtai_plan.files.atomic_write import edit
for n in itertools.count():
    edit(pathlib.Path(), {RETURN!r}, lambda _: f"{{n}} begins\\n{{'x' * 900_000}}\\n{{n}} ends\\n".encode())
"""
    for tenths in range(1, 9):
        (plan / RETURN).unlink(missing_ok=True)
        with subprocess.Popen([sys.executable, "-c", endless], cwd=plan) as writer:
            # It is killed while it replaces a file that is there.
            while not (plan / RETURN).exists() or (plan / RETURN).read_text().startswith("0 "):
                time.sleep(0.01)
            time.sleep(0.013 * tenths)
            writer.send_signal(signal.SIGKILL)
        text = (plan / RETURN).read_text()
        number = re.match(r"\d+", text)
        assert number
        assert text == f"{number[0]} begins\n{'x' * 900_000}\n{number[0]} ends\n"
        assert int(number[0]) > 0
    # The dead writer's lock holds up nobody.
    assert edit(plan, RETURN, lambda _: b"again\n")


@pytest.mark.posix
def test_a_full_disk_leaves_the_file_as_it_was(plan: Path) -> None:
    subprocess.run(rating("T1.1", "process"), cwd=plan, check=True, capture_output=True)
    before = (plan / RETURN).read_bytes()

    import resource  # Windows has none

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    command = [*rating("T1.2", "process"), "--update", "x" * 1000]
    ran = subprocess.run(
        command, cwd=plan, check=False, capture_output=True, text=True, preexec_fn=no_room, env=UNMEASURED
    )
    assert ran.returncode == 1
    assert ran.stderr == f"jtai: {plan / RETURN}: File too large. No file was left half-written.\n"
    assert (plan / RETURN).read_bytes() == before
    assert left_unfinished(plan) == []


IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# Root may write anything, unless it gives that up.
AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if IS_ROOT else []


@pytest.mark.posix
@pytest.mark.needs(*AS_ANYBODY[:1])
def test_a_folder_that_may_not_be_written_to_gets_one_sentence(plan: Path) -> None:
    for each in (plan, *plan.rglob("*")):
        each.chmod(0o555 if each.is_dir() else 0o444)
    command = [*AS_ANYBODY, *rating("T1.1", "process")]
    ran = subprocess.run(command, cwd=plan, env=UNMEASURED, check=False, capture_output=True, text=True)
    for each in (plan, *plan.rglob("*")):
        each.chmod(0o755)
    assert ran.stderr == f"jtai: {plan}/plan/.jtai: Permission denied. No file was left half-written.\n"
    assert ran.returncode == 1


def test_another_writer_is_waited_for_and_not_for_ever(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(plan, {})
    monkeypatch.setattr(writing, "WAIT_SECONDS", 0.1)
    with FileLock(plan / "plan/.jtai/lock"), pytest.raises(CannotDo) as refused:
        edit(plan, RETURN, lambda _: b"x")
    assert str(refused.value).startswith(f"{plan}/plan: another jtai has been writing here for 0 seconds.")
    assert refused.value.in_full.endswith("Try again when it is done. Nothing was written.")
    assert not (plan / RETURN).exists()


def test_a_file_that_someone_changes_in_the_meantime_is_left_to_them(plan: Path) -> None:
    (plan / RETURN).parent.mkdir()
    (plan / RETURN).write_text("old\n")

    def change(_content: bytes | None) -> bytes:
        (plan / RETURN).write_text("theirs\n")
        return b"ours\n"

    with pytest.raises(CannotDo, match=f"{RETURN} was changed by someone else just now"):
        edit(plan, RETURN, change)
    assert (plan / RETURN).read_text() == "theirs\n"


def test_what_is_not_changed_is_not_written(plan: Path) -> None:
    (plan / RETURN).parent.mkdir()
    (plan / RETURN).write_text("old\n")
    before = (plan / RETURN).stat()
    assert not edit(plan, RETURN, lambda content: content or b"")
    assert (plan / RETURN).stat() == before


def test_a_byte_order_mark_and_the_permissions_stay(plan: Path) -> None:
    (plan / RETURN).parent.mkdir()
    (plan / RETURN).write_bytes(b"\xef\xbb\xbfperiod: 2018-19-Q2\r\n")
    (plan / RETURN).chmod(0o640)
    subprocess.run(rating("T1.1", "process"), cwd=plan, check=True, capture_output=True)
    rated = b"actions:\r\n  T1.1:\r\n    process:\r\n      rating: red\r\n"
    assert (plan / RETURN).read_bytes() == b"\xef\xbb\xbfperiod: 2018-19-Q2\r\n" + rated
    assert stat.S_IMODE((plan / RETURN).stat().st_mode) == 0o640


def test_a_new_file_gets_the_permissions_that_the_user_gives_new_files(plan: Path) -> None:
    before = os.umask(0o027)
    try:
        create(plan, {RETURN: "new\n"})
    finally:
        os.umask(before)
    assert stat.S_IMODE((plan / RETURN).stat().st_mode) == 0o640


@pytest.mark.parametrize("path", [RETURN, "plan/.jtai"])
def test_nothing_is_written_through_a_link_that_leads_out(plan: Path, path: str) -> None:
    outside = plan.parent / "outside"
    outside.mkdir()
    (outside / "file").write_text("theirs\n")
    (plan / path).parent.mkdir(exist_ok=True)
    (plan / path).symlink_to(outside / "file" if path == RETURN else outside)
    for write in (lambda: edit(plan, RETURN, lambda _: b"ours\n"), lambda: create(plan, {RETURN: "ours\n"})):
        refuses(write)
    assert [file.name for file in outside.iterdir()] == ["file"]
    assert (outside / "file").read_text() == "theirs\n"


@pytest.mark.parametrize("path", [RETURN, "plan/agencies/police"])
def test_nothing_is_written_through_a_link_within_the_plan(plan: Path, path: str) -> None:
    (plan / RETURN).parent.mkdir()
    (plan / RETURN).write_text("theirs\n")
    (plan / path).rename(plan / "elsewhere")
    (plan / path).symlink_to(plan / "elsewhere")
    for write in (lambda: edit(plan, RETURN, lambda _: b"ours\n"), lambda: create(plan, {RETURN: "ours\n"})):
        with pytest.raises(CannotDo, match=f"{RETURN}: this is a link, and "):
            write()
    assert (plan / path).is_symlink()
    assert (plan / RETURN).read_text() == "theirs\n"


def test_a_plan_to_whose_folder_a_link_leads_can_be_written_to(plan: Path) -> None:
    (plan.parent / "link").symlink_to(plan)
    assert edit(plan.parent / "link", RETURN, lambda _: b"new\n")
    assert (plan / RETURN).read_text() == "new\n"


def refuses(write: Callable[[], object]) -> None:
    with pytest.raises(CannotDo, match="this is a link that leads out of the plan's folder"):
        write()


def test_git_sees_nothing_of_the_lock(plan: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=plan, check=True)
    subprocess.run(["git", "add", "."], cwd=plan, check=True)
    edit(plan, RETURN, lambda _: b"new\n")
    status = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"], cwd=plan, check=True, capture_output=True, text=True
    )
    assert [line for line in status.stdout.splitlines() if not line.startswith("A ")] == [f"?? {RETURN}"]


def test_a_report_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "new folder/report.md"
    for content in (b"first\n", b"second\n"):
        write_whole(file.parent, {file.name: content}, file.parent, print)
    assert file.read_text() == "second\n"
    assert [each.name for each in file.parent.iterdir()] == ["report.md"]


def test_a_full_disk_leaves_all_the_reports_of_a_call_as_they_were(
    plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan)
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2).status == 0
    assert jtai("report", "-q", Q2).status == 0
    before = {file: file.read_bytes() for file in (plan / "reports").rglob("*.*")}
    assert jtai("rate", "T1.1", "impact", "amber", "-q", Q2).status == 0
    synced = []

    def fills_up(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fills_up)
    ran = jtai("report", "-q", Q2)
    assert (ran.status, "board-report.html: No space left on device" in ran.err) == (1, True)
    assert {file: file.read_bytes() for file in (plan / "reports").rglob("*.*")} == before


@pytest.mark.posix
@pytest.mark.parametrize(
    ("call", "link"),
    [
        (("report", "-q", Q2), "reports"),
        (("report", "-q", Q2), f"reports/{Q2}"),
        (("forms", "-q", Q2), "forms"),
        (("export", "--format", "csv"), "export"),
        (("close", Q2, "--by", "The collator", "--with-missing"), "reports"),
    ],
)
def test_no_folder_of_what_jtai_makes_leads_out_of_the_plan(
    plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...], link: str
) -> None:
    monkeypatch.chdir(plan)
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2).status == 0
    outside = plan.parent / f"outside-{plan.name}"
    outside.mkdir()
    (plan / link).parent.mkdir(exist_ok=True)
    (plan / link).symlink_to(outside)
    ran = jtai(*call)
    assert (ran.status, "a link on the way there leads out of" in ran.err) == (2, True)
    assert not list(outside.iterdir())


def test_a_return_that_would_grow_too_large_is_not_written(plan: Path) -> None:
    long = ["--update", "y" * 60_000]
    many = written(plan.parent / "many", plan_values(*ACTIONS), {("police", Q2): return_values(Q2, {})})
    with (many / RETURN).open("a") as file:
        file.write("# " + "x" * 1_990_000 + "\n")
    before = (many / RETURN).read_bytes()
    ran = subprocess.run([*rating("T1.1", "impact"), *long], cwd=many, check=False, capture_output=True, text=True)
    assert ran.stderr == f"jtai: {RETURN}: the file would be larger than 2 MB. Nothing was written.\n"
    assert (many / RETURN).read_bytes() == before


def test_a_return_for_another_period_is_left_alone(plan: Path) -> None:
    subprocess.run(rating("T1.1", "impact"), cwd=plan, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "jtai_plan", "open", Q3], cwd=plan, check=True, capture_output=True)
    subprocess.run([*rating("T1.1", "impact")[:-1], Q3], cwd=plan, check=True, capture_output=True)
    assert load(plan).trusted().rating("police", "T1.1", "impact", Q2) == "red"


@pytest.mark.posix
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(plan: Path) -> None:
    (plan / RETURN).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(plan / RETURN)
    with pytest.raises(CannotDo, match="this is not a file"):
        edit(plan, RETURN, lambda _: b"again\n")


def test_a_file_that_is_open_elsewhere_is_named_and_the_others_are_written(
    plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan)
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2).status == 0
    assert jtai("report", "-q", Q2, "--format", "md,html").status == 0
    replace = Path.replace

    def as_on_windows(self: Path, target: Path) -> Path:
        if target.name == "board-report.md":
            raise PermissionError(errno.EACCES, "Access is denied", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", as_on_windows)
    ran = jtai("report", "-q", Q2, "--format", "md,html")
    assert (ran.status, ran.out) == (2, f"reports/{Q2}/board-report.html\n")
    assert (
        ran.err == "jtai: board-report.md cannot be replaced. Is it open in another program? Close it, and try again.\n"
    )
    assert not list(plan.rglob("*.tmp"))


def test_an_error_names_the_file_that_was_meant(plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plan)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = jtai("rate", "T1.1", "impact", "red", "-q", Q2)
    assert ran.status == 1
    assert f"{Q2}.yaml: No space left on device. No file was left half-written." in ran.err or ".gitignore" in ran.err
    assert ".tmp" not in ran.err


def test_what_a_kill_left_is_tidied_up_and_what_is_being_written_is_not(
    plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan)
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2).status == 0
    left, fresh = (plan / f"plan/.jtai/.jtai-{name}.tmp" for name in ("left", "fresh"))
    for each in (left, fresh):
        each.write_text("half")
    os.utime(left, (1, 1))
    with fresh.open() as held:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        assert jtai("rate", "T1.1", "impact", "amber", "-q", Q2).status == 0
        assert (left.exists(), fresh.exists()) == (False, True)
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q2).status == 0
    assert fresh.exists() is (sys.platform == "win32")


def test_a_drive_without_locks_is_said_to_be_one(plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plan)

    def none(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("filelock.BaseFileLock.acquire", none)
    ran = jtai("rate", "T1.1", "impact", "red", "-q", Q2)
    assert (ran.status, "this drive cannot lock files" in ran.err) == (2, True)
    assert not (plan / RETURN).exists()
