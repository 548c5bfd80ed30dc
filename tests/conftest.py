"""What the tests of the commands share."""

from pathlib import Path

import pytest
from hypothesis import settings

from builders import Jtai, Ran
from jtai_plan.__main__ import main

# The gate gives the same answer each time. To look further: pytest --hypothesis-profile=default
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


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
