"""The shapes in which inspectorates and partnerships publish their plans, with made-up words: each is read whole.

Beside each file in `shapes/` lies what `jtai init` makes of it and says of it. After a change of the reader write them
again, and read the difference: `JTAI_WRITE=1 pytest tests/exchange/plan_import/test_shapes.py`.
"""

import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML

from builders import Jtai
from jtai_plan.files.load import load

SHAPES = sorted(each.name for each in Path(__file__).with_name("shapes").glob("*.*x"))
HERE = Path(__file__).with_name("shapes")
CALL = ("--title", "Our plan", "--first-period", "Q1 2024/25", "--scale", "rag")
LED_BY = {"fire-cards.docx": "The brigade", "us-pip.docx": "The department"}
"""Plans without a column of leads."""


def made(shape: str, jtai: Jtai, folder: Path) -> tuple[str, str]:
    """What plan.yaml says below its own examples, and what was said of the file."""
    agency = ("--agency", LED_BY[shape]) if shape in LED_BY else ()
    ran = jtai("init", str(folder), "--from", str(HERE / shape), *CALL, *agency)
    assert ran.status == 0, ran.err
    values = YAML(typ="safe").load(folder / "plan/plan.yaml")
    text = (folder / "plan/plan.yaml").read_text(encoding="utf-8")
    areas = (
        text[text.index("areas_for_improvement:") :].partition("\n\n")[0] + "\n"
        if "areas_for_improvement" in values
        else ""
    )
    agencies = "".join(f"# {each}: {itself.name}\n" for each, itself in load(folder).trusted().agencies.items())
    themes = text[text.index("\nthemes:") + 1 :]
    return f"{agencies}{areas}{themes}", ran.err


@pytest.mark.parametrize("shape", SHAPES)
def test_a_plan_of_this_shape_is_read_whole(tmp_path: Path, jtai: Jtai, shape: str) -> None:
    for said, ending in zip(made(shape, jtai, tmp_path / "new"), (".yaml", ".txt"), strict=True):
        file = HERE / f"{Path(shape).stem}{ending}"
        if os.environ.get("JTAI_WRITE"):
            file.write_text(said, encoding="utf-8")
        assert said == file.read_text(encoding="utf-8")


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def texts_of(file: Path) -> Iterator[str]:
    """The text of each paragraph of a document, or of each shared text of a workbook, as the file itself has it."""
    with zipfile.ZipFile(file) as packed:
        parts = [
            each for each in packed.namelist() if re.fullmatch(r"word/document.xml|xl/worksheets/.*|xl/sharedS.*", each)
        ]
        roots = [ET.fromstring(packed.read(each)) for each in parts]  # noqa: S314  # files of this project
    for block in (each for root in roots for each in root.iter()):
        if block.tag.rpartition("}")[2] in ("p", "si", "is"):
            yield " ".join(each.text or "" for each in block.iter() if each.tag.rpartition("}")[2] == "t")


@pytest.mark.parametrize("shape", SHAPES)
def test_no_word_of_it_is_lost(tmp_path: Path, jtai: Jtai, shape: str) -> None:
    plan, said = made(shape, jtai, tmp_path / "new")
    folder = tmp_path / "new"
    known = words_of(plan + said + (folder / "plan/plan.yaml").read_text(encoding="utf-8"))
    lost = [text for text in texts_of(HERE / shape) if words_of(text).keys() - known.keys()]
    assert lost == []


@pytest.mark.once
@pytest.mark.parametrize("shape", SHAPES)
def test_a_quarter_of_it_can_be_run(tmp_path: Path, jtai: Jtai, shape: str) -> None:
    folder = tmp_path / "new"
    made(shape, jtai, folder)
    sent = tmp_path / "sent"
    for call in (
        ("check",),
        ("open", "Q1 2024/25"),
        ("forms", "-q", "Q1 2024/25", "--out", str(sent)),
        ("collect", str(sent)),
        ("report", "--edition", "plan", "--format", "md,html,pdf,docx"),
        ("report", "-q", "Q1 2024/25", "--format", "md,html,pdf,docx"),
        ("report", "-q", "Q1 2024/25", "--edition", "public", "--format", "md"),
    ):
        ran = jtai(*call, "--plan", str(folder))
        assert ran.status == 0, (call, ran)
    public = (folder / "reports/2024-25-Q1/public-report.md").read_text(encoding="utf-8")
    officers = {
        officer
        for action in load(folder).trusted().plan.actions.values()
        for lead in action.leads
        for officer in (lead.name, lead.role)
        if officer
    }
    assert [each for each in officers if re.search(rf"\b{re.escape(each)}\b", public)] == []
