"""What all tests share."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from builders import Jtai, Ran
from jtai_plan.__main__ import main

# The same examples every time, so that the gate gives the same answer. To look further: --hypothesis-profile=default
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs a program this machine lacks. In CI it fails: leave it out there with `-m "not needs"`."""
    programs = [program for marker in item.iter_markers("needs") for program in marker.args]
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        told = f"not installed: {', '.join(missing)}. .ci/run installs what the tests need"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(told)


@pytest.fixture
def jtai(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Jtai:
    """Runs `jtai` in *tmp_path*."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JTAI_PLAN", raising=False)

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        status = main(arguments)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run
