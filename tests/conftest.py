"""What the tests of the commands share."""

from pathlib import Path

import pytest

from builders import Jtai, Ran
from jtai_plan.cli import main


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
