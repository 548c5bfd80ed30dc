"""A plan is the same, and has the same faults, whether its files lie in a folder or are given as they once were."""

import shutil
from pathlib import Path

import pytest

from jtai_plan.files.document import MAX_BYTES
from jtai_plan.files.load import load, load_contents
from jtai_plan.files.source import lying
from places import BY_DUE_DAYS, EXAMPLE, ROOT


def contents(root: Path) -> dict[str, bytes]:
    """What every file below plan/ holds, by its path."""
    files = (file for file in (root / "plan").rglob("*") if file.is_file() and ".jtai" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("root", [ROOT, EXAMPLE, BY_DUE_DAYS], ids=["southend", "exampleshire", "sampleton"])
def test_a_plan_is_the_same_from_a_folder_and_from_contents(root: Path) -> None:
    there, given = load(root), load_contents(root, contents(root))
    assert given.partnership == there.partnership
    assert there.partnership is not None
    assert list(given.documents) == list(there.documents)


def test_so_are_its_faults(tmp_path: Path) -> None:
    files = contents(EXAMPLE) | {
        "plan/agencies/police/agency.yaml": b"name: [",
        "plan/agencies/police/sign-of.yaml": b"board: x\n",
        "plan/agencies/nobody/returns/2021-22-Q2.yml": b"period: 2021-22-Q2\n",
        "plan/board/2021-22-Q2.yaml": b"x" * (MAX_BYTES + 1),
        "plan/board/2021-22-Q9.yaml": b"asks:\n",
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    faults = load_contents(tmp_path, files).faults
    assert faults == load(tmp_path).faults
    assert {fault.rule for fault in faults} >= {"not-yaml", "unexpected-file", "missing-file", "too-large"}


def test_without_a_plan_there_is_a_fault_and_no_partnership(tmp_path: Path) -> None:
    loaded = load_contents(tmp_path, {})
    assert loaded.partnership is None
    assert [fault.sentence for fault in loaded.faults] == ["plan/plan.yaml: there is no such file."]


@pytest.mark.parametrize("path", ["plan/agencies/police/returns/2021-22-Q2.yaml", "plan/agencies/police", "plan"])
def test_a_link_is_the_same_fault_in_a_folder_and_in_contents(tmp_path: Path, path: str) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    files = {each: content for each, content in contents(tmp_path).items() if not f"{each}/".startswith(f"{path}/")}
    (tmp_path / path).rename(tmp_path / "elsewhere")
    (tmp_path / path).symlink_to(tmp_path / "elsewhere")
    faults = load_contents(tmp_path, files, [path]).faults
    assert "unsafe-file" in {fault.rule for fault in faults}
    assert faults == load(tmp_path).faults
    name = "plan/agencies/police/returns/2021-22-Q2.yaml"
    assert lying(tmp_path, [name, "plan/agencies/health/agency.yaml"]).keys() <= {"plan/agencies/health/agency.yaml"}
