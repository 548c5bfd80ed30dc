"""A disk that fails: makes one write of a command after another fail, and says how the command and a second try ended.

As a program it reads calls as JSON, and forks for each try, so that a try costs no start of Python.
"""

import errno
import gc
import importlib
import json
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

FAULTS = ("ENOSPC", "EIO", "Ctrl-C", "kill")
SECONDS = 10
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_EVENTS = ("open", "os.rename", "os.mkdir", "subprocess.Popen")
_NO_POINT = 99


class Try(NamedTuple):
    """How one try of a command ended."""

    status: int
    """Its exit status; below 0 for the signal that ended it."""
    said: str
    """All that it printed."""
    points: int
    """How many points at which it could fail it came to."""


class Broken(NamedTuple):
    """A command that failed at one point."""

    fault: str
    point: int
    first: Try
    second: Try
    """The same command once more, with nothing in its way."""
    differs: list[str]
    """The files that the second try left in another state than a single one without a fault."""
    left: list[str]
    """What is unfinished, and still there after the second try."""
    outside: list[str]
    """The files beside the plan that changed."""


def broken(template: Path, call: Sequence[str], *, every: int = 1) -> list[Broken]:
    """How *call* ends in copies of *template*, whose folder `plan here` is the working folder, at each point.

    With *every* above 1, each point fails in only some of the ways, in turn.
    """
    with tempfile.TemporaryDirectory() as folder:
        job = {"template": str(template), "call": list(call), "every": every, "folder": folder}
        ran = subprocess.run(
            [sys.executable, "-B", __file__],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("COV")} | {"NO_COLOR": "1"},
            check=False,
        )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return [
        Broken(each[0], each[1], Try(*each[2]), Try(*each[3]), *each[4:])
        for each in json.loads(ran.stdout.splitlines()[-1])
    ]


def _fail_at(point: int, fault: str, count: Callable[[], int]) -> None:
    """Let the write, rename, fsync or call of git number *point* of this process fail in the way of *fault*."""

    def met() -> None:
        if count() != point:
            return
        match fault:
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "Ctrl-C":
                raise KeyboardInterrupt
            case _:
                raise OSError(getattr(errno, fault), os.strerror(getattr(errno, fault)))

    def heard(event: str, about: tuple[Any, ...]) -> None:
        if event not in _EVENTS:
            return
        if event == "open" and not (isinstance(about[0], str) and about[2] & _WRITES and "/dev/" not in about[0]):
            return
        met()

    sync = os.fsync

    def fsync(handle: int) -> None:
        met()
        sync(handle)

    os.fsync = fsync  # type: ignore[assignment]  # it takes files too
    sys.addaudithook(heard)


def _tried(root: Path, call: Sequence[str], *, point: int = -1, fault: str = "") -> Try:
    """*call* in a process of its own, which fails at *point* in the way of *fault*."""
    said, counted = root.parent.parent / "said", root.parent.parent / "counted"
    counted.write_text("")
    child = os.fork()
    if not child:
        status = _NO_POINT
        try:
            os.chdir(root)
            os.environ["TMPDIR"] = str(root.parent / "temporary")
            tempfile.tempdir = None
            output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            counter = os.open(counted, os.O_WRONLY | os.O_APPEND)
            os.dup2(output, 1)
            os.dup2(output, 2)
            reached = 0

            def count() -> int:
                nonlocal reached
                reached += 1
                os.write(counter, b".")
                return reached - 1

            from jtai_plan.__main__ import main

            _fail_at(point, fault, count)
            status = main(call)
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(status)
    until = time.monotonic() + SECONDS
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            raise AssertionError(f"{call} hangs at {point}: {fault}")
        time.sleep(0.002)
    code = os.waitstatus_to_exitcode(status)
    return Try(code, said.read_text(errors="replace"), counted.stat().st_size)


def _held(root: Path) -> dict[str, str]:
    """What the files below *root* hold, and where git's branches are."""
    held = {}
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root)
        # The system clears its folder for temporary files itself.
        if (
            path.parts[0] == "temporary"
            or ".git" in path.parts
            or ".jtai" in path.parts
            or file.suffix == ".git"
            or "remote.git" in path.parts
        ):
            continue
        if file.is_file():
            held[str(path)] = file.read_bytes().decode("latin-1")
        elif file.is_dir():
            held[f"{path}/"] = ""
    for repository in (root / "plan here", root / "remote.git"):
        if (repository / ".git").is_dir() or (repository.name == "remote.git" and repository.exists()):
            for words in (
                ["for-each-ref", "--format=%(refname) %(tree) %(contents)"],
                *([["status", "--porcelain"]] if repository.name != "remote.git" else []),
            ):
                ran = subprocess.run(["git", "-C", repository, *words], capture_output=True, text=True, check=False)
                held[f"{repository.name}: git {words[0]}"] = ran.stdout
    return held


def _unfinished(root: Path) -> list[str]:
    mine = [file for file in root.rglob("*") if file.name.startswith(".jtai-") or file.name.endswith(".lock")]
    return [str(each.relative_to(root)) for each in mine]


def _main(job: Mapping[str, Any]) -> list[Any]:
    import jtai_plan

    for each in pkgutil.walk_packages(jtai_plan.__path__, "jtai_plan."):
        importlib.import_module(each.name)
    gc.freeze()
    template, folder, call = Path(job["template"]), Path(job["folder"]), job["call"]

    def fresh() -> Path:
        shutil.rmtree(folder / "copy", ignore_errors=True)
        shutil.copytree(template, folder / "copy", symlinks=True)
        (folder / "copy/temporary").mkdir()
        return folder / "copy/plan here"

    root = fresh()
    plain = _tried(root, call)
    assert plain.status == 0, plain
    should, found = _held(root.parent), []
    beside = {path: content for path, content in should.items() if not path.startswith(("plan here", "remote.git"))}
    for point in range(plain.points):
        for number, fault in enumerate(FAULTS):
            if (point + number) % job["every"]:
                continue
            root = fresh()
            first = _tried(root, call, point=point, fault=fault)
            # What was done needs no second try.
            second = first if first.status == 0 else _tried(root, call)
            held = _held(root.parent)
            differs = [path for path in {**should, **held} if held.get(path) != should.get(path)]
            outside = [path for path in beside if held.get(path) != beside[path]]
            found.append((fault, point, first, second, differs, _unfinished(root.parent), outside))
    return found


if __name__ == "__main__":
    print(json.dumps(_main(json.load(sys.stdin))))
