"""A file that may be hostile is read within limits, or refused in one sentence."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exchange.plan_import.office_files import (
    HEADINGS,
    NPS,
    Block,
    excel,
    one,
    rows,
    word,
)
from hostile import added, rewritten
from jtai_plan.exchange import untrusted
from jtai_plan.exchange.plan_import.plan import PlanNotRead, read_plan


@pytest.fixture(autouse=True)
def small_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let less be too much, so that the tests are quick. Forms are tested with the limit itself."""
    monkeypatch.setattr(untrusted, "MAX_UNPACKED", 20_000_000)


def lying_bomb(file: Path) -> None:
    """A bomb whose directory says that it is small."""
    added("word/media/a.png", b"\0" * 21_000_000)(file)
    file.write_bytes(file.read_bytes().replace((21_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little")))


def into_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def declared(xml: bytes) -> bytes:
    start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    return xml[:start] + BOMB + xml[start:]


Change = Callable[[Path], Any]
OF_BOTH: dict[str, tuple[Change, str]] = {
    "cut short": (lambda file: file.write_bytes(file.read_bytes()[:3000]), "it cannot be read as a "),
    "text": (lambda file: file.write_text("a,b\n"), "it cannot be read as a "),
    "empty": (lambda file: file.write_bytes(b""), "it cannot be read as a "),
    "another zip": (lambda file: zipfile.ZipFile(file, "w").close(), "it cannot be read as a "),
    "a password": (
        lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0" * 9),
        "it has a password, or is in an old format.",
    ),
    "a zip bomb": (added("a.xml", b"\0" * 21_000_000), "it unpacks to more than 20 MB. Ask who sent it."),
    "a zip bomb that lies": (lying_bomb, "it unpacks to more than 20 MB. Ask who sent it."),
    "100 MB": (lambda file: os.truncate(file, 100_000_000), "the file is 100 MB; the limit is 10 MB."),
    "macros": (added("word/vbaProject.bin", b""), "it holds macros."),
    "entities": (
        added("customXml/item9.xml", BOMB + b"<a>&c;</a>"),
        "it declares XML entities, which no office program does.",
    ),
    "no file": (lambda file: file.unlink(), "there is no such file."),
    "a folder": (into_a_folder, "it is not a file."),
}
OF_WORD: dict[str, tuple[Change, str]] = {
    "no document": (rewritten(DOCUMENT, lambda _: b""), "it cannot be read as a Word document ("),
    "broken XML": (rewritten(DOCUMENT, lambda xml: xml[:-20]), "it cannot be read as a Word document ("),
    "no body": (
        rewritten(DOCUMENT, lambda xml: xml.replace(b"w:body", b"w:other")),
        "it cannot be read as a Word document (",
    ),
    "an XML bomb": (rewritten(DOCUMENT, declared), "it declares XML entities, which no office program does."),
    "an XML bomb in UTF-16": (
        rewritten(DOCUMENT, lambda xml: declared(xml[xml.index(b"?>") + 2 :]).decode().encode("utf-16")),
        "it declares XML entities, which no office program does.",
    ),
    "a long text": (
        rewritten(DOCUMENT, lambda xml: xml.replace(b"<w:t>A<", b"<w:t>" + b"A" * 32_768 + b"<")),
        "table 1, row 3 holds a text of 32,768 characters; the limit is 32,767. Shorten it.",
    ),
    "rows without end": (
        rewritten(DOCUMENT, lambda xml: xml.replace(b"</w:tbl>", b"<w:tr/>" * 20_001 + b"</w:tbl>")),
        "table 1 has more than 20,000 rows.",
    ),
    "words without end": (
        rewritten(DOCUMENT, lambda xml: xml.replace(b"<w:sectPr", b"<w:p/>" * 2_000_000 + b"<w:sectPr", 1)),
        "it holds far more than people write by hand. Copy what is needed into a new file.",
    ),
    "a workbook": (lambda file: excel(file, {"P": rows(one("A"))}), "it cannot be read as a Word document ("),
}
OF_EXCEL: dict[str, tuple[Change, str]] = {
    "broken XML": (rewritten(SHEET, lambda xml: xml[:300]), "it cannot be read as a workbook ("),
    "an XML bomb": (rewritten(SHEET, declared), "it declares XML entities, which no office program does."),
    "a cell that stands far away": (
        rewritten(SHEET, lambda xml: xml.replace(b'r="A3"', b'r="XFD1048576"')),
        "a sheet goes on to row 1,048,576 and column 16,384; the limit is 20,000 rows and 5,000,000 cells.",
    ),
    "a row that stands far away": (
        rewritten(SHEET, lambda xml: xml.replace(b'<row r="3"', b'<row r="1048576"').replace(b' r="A3"', b"")),
        "a sheet goes on to row 1,048,576",
    ),
    "rows without end": (
        rewritten(
            SHEET, lambda xml: xml.replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 20_001 + b"</sheetData>")
        ),
        "a sheet goes on to row 20,004 and column 3; the limit is 20,000 rows",
    ),
    "cells without end": (
        rewritten(
            SHEET,
            lambda xml: xml.replace(
                b'<row r="3"', b'<row r="19999">' + b"<c><v>1</v></c>" * 1000 + b'</row><row r="3"'
            ),
        ),
        "a sheet goes on to row 19,999 and column 1,000; the limit is 20,000 rows and 5,000,000 cells.",
    ),
    "merged without end": (
        rewritten(
            SHEET, lambda xml: xml.replace(b"<mergeCell ", b'<mergeCell ref="A1:Z3"/>' * 20_001 + b"<mergeCell ", 1)
        ),
        "it has too many merged cells.",
    ),
    "a document": (lambda file: word(file, rows(one("A"))), "it cannot be read as a workbook ("),
}


def refused(file: Path, said: str) -> None:
    with pytest.raises(PlanNotRead) as raised:
        read_plan(file, NPS)
    words = str(raised.value)
    assert words.startswith(f"{file}: ")
    assert said in words
    assert words.endswith(" Nothing was read from it.")
    assert raised.value.status == 1


@pytest.mark.parametrize(("change", "said"), (OF_BOTH | OF_WORD).values(), ids=(OF_BOTH | OF_WORD).keys())
def test_a_file_that_is_not_a_document_is_refused_in_one_sentence(tmp_path: Path, change: Change, said: str) -> None:
    change(file := word(tmp_path / "plan.docx", rows(one("A"))))
    refused(file, said)


@pytest.mark.parametrize(("change", "said"), (OF_BOTH | OF_EXCEL).values(), ids=(OF_BOTH | OF_EXCEL).keys())
def test_a_file_that_is_not_a_workbook_is_refused_in_one_sentence(tmp_path: Path, change: Change, said: str) -> None:
    change(file := excel(tmp_path / "plan.xlsx", {"P": rows(one("A"))}))
    refused(file, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plan.doc", "Word files must be .docx. Save it in Word as .docx."),
        ("plan.XLS", "Excel files must be .xlsx. Save it in Excel as .xlsx."),
        ("plan.pdf", "a plan is read from a table in a .docx or .xlsx file. Save it as one of them."),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    refused(tmp_path / name, said)


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        (
            [("Normal", "Words.")],
            "it has no table that names the columns of an action and of who leads it, its outcome or its date.",
        ),
        (
            [[("Action", "Cost")]],
            "no row of its tables names the columns of an action and of who leads it, its outcome",
        ),
        ([[HEADINGS]], "there is no action with a lead below the names of the columns. Add one."),
    ],
)
def test_a_document_without_a_plan_is_refused(tmp_path: Path, blocks: list[Block], said: str) -> None:
    refused(word(tmp_path / "plan.docx", *blocks), said)
