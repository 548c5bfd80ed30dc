"""A plan is the same, and has the same faults, whether its files lie in a folder or are given as they once were."""

from pathlib import Path

import pytest

from jtai_plan.files.loading import load, load_contents
from jtai_plan.files.reading import MAX_BYTES

ROOT = Path(__file__).parents[2]


def contents(root: Path) -> dict[str, bytes]:
    """What every file below plan/ holds, by its path."""
    files = (file for file in (root / "plan").rglob("*") if file.is_file() and ".jtai" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("root", [ROOT, ROOT / "examples/exampleshire"], ids=["southend", "exampleshire"])
def test_a_plan_is_the_same_from_a_folder_and_from_contents(root: Path) -> None:
    lying, given = load(root), load_contents(root, contents(root))
    assert given.partnership == lying.partnership
    assert lying.partnership is not None
    assert list(given.documents) == list(lying.documents)


def test_so_are_its_faults(tmp_path: Path) -> None:
    files = contents(ROOT / "examples/exampleshire") | {
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
