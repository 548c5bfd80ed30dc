"""Every sentence with a number adds up, and says the same in all four formats."""

import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from docx import Document

from builders import Jtai
from places import EXAMPLE

FORMATS = ("md", "html", "pdf", "docx")
PERIODS = ("2021-22-Q2", "2021-22-Q3", "2021-22-Q4", "2022-23-Q1")


def text_of(file: Path) -> str:
    """All words of a report, with one space between them."""
    match file.suffix:
        case ".pdf":
            said = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.decode()
        case ".docx":
            body = Document(str(file)).element.body
            said = " ".join("".join(each.itertext()) for each in body.iter() if each.tag.endswith("}p"))
        case ".html":
            said = unescape(
                re.sub(r"<style>.*?</style>|<[^>]+>", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL)
            )
        case _:
            said = re.sub(r"[*\\]", "", file.read_text(encoding="utf-8"))
    return re.sub(r" (?=[.,;:])", "", " ".join(said.split()))


def numbers(words: str) -> dict[str, int]:
    return {name: int(number) for number, name in re.findall(r"(\d+) ([a-z ]+?)(?=,| and |\.|$)", words)}


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("edition", ["board", "public"])
@pytest.mark.parametrize("period", PERIODS)
def test_the_totals_add_up_in_every_format(jtai: Jtai, tmp_path: Path, period: str, edition: str) -> None:
    call = ("report", "--plan", str(EXAMPLE), "-q", period, "--edition", edition, "--format", ",".join(FORMATS))
    assert jtai(*call, "--out", str(tmp_path)).status == 0
    texts = {kind: text_of(tmp_path / f"{period}/{edition}-report.{kind}") for kind in FORMATS}
    [due] = set(re.findall(r"Of (\d+) ratings that are due", texts["md"]))
    groups = re.search(r"(\d+ as expected.*?)\. Of ", re.sub(r" \(was \d+\)", "", texts["md"]))
    assert groups
    counted = numbers(groups[1])
    for kind, text in texts.items():
        assert f"Of {due} ratings that are due" in text, kind
        for name, number in counted.items():
            assert re.search(rf"\b{number} {name}", text), f"{kind}: {number} {name}"
    assert sum(counted.values()) == int(due)
    late = counted.get("behind", 0) + counted.get("unranked", 0)
    for kind, text in texts.items():
        # Contents lists and headings may both say it.
        assert set(re.findall(r"Behind, worst first \((\d+)\)", text)) == {str(late)}, kind
