"""Whatever a workbook holds, it is read within limits of time and memory, or refused in one sentence."""

import contextlib
import os
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from xlsxwriter import Workbook

from builders import Q2, a_partnership, a_plan
from exchange.plan_import.office_files import excel, word
from hostile import added, rewritten
from jtai_plan.exchange.forms.read import FormIsWrong, read_form
from jtai_plan.exchange.forms.write import form
from jtai_plan.exchange.plan_import.plan import PlanNotRead, read_plan
from jtai_plan.exchange.untrusted import WORKBOOK, Refused, checked, sheets

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
ROW = "<table:table-row{}>{}</table:table-row>"


def excel_workbook(file: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """A workbook in whose parts one text is replaced by another."""
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["a", "b"])
        sheet.write("A3", 1)
    for part, (old, new) in changes.items():
        rewritten(part, lambda xml, old=old, new=new: xml.replace(old.encode(), new.encode()))(file)  # type: ignore[misc]
    return file


def open_workbook(file: Path, rows: str) -> Path:
    """An OpenDocument workbook of one sheet."""
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", TYPE)
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", OPEN.format(rows))
    return file


END = "</sheetData>"
MANY_SHEETS = '<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" {} r:id="rId1"/>'
GOES_ON = "a sheet goes on to row {} and column {}; the limit is 20,000 rows and 5,000,000 cells."
TOO_MUCH = "its sheets hold too much. The limit is 200 sheets, 5,000,000 cells and 50 MB of text."
UNREADABLE = "it cannot be read as a workbook ({}"

EXCEL: dict[str, tuple[dict[str, tuple[str, str]], str]] = {
    "two cells far apart": ({SHEET: (END, FAR + END)}, GOES_ON.format("1,048,576", "16,384")),
    "a far cell in a row that names another": (
        {SHEET: (END, '<row r="4"><c r="XFD1048576"><v>1</v></c></row>' + END)},
        GOES_ON.format("1,048,576", "16,384"),
    ),
    "a far formula": ({SHEET: (END, FAR.replace("<v>1</v>", "<f>1+1</f>") + END)}, "a sheet goes on to row 1,048,576"),
    "a cell in row 0": ({SHEET: ('r="A3"', 'r="A0"')}, UNREADABLE.format("'A0' is not a cell)")),
    "row 0": ({SHEET: ('<row r="3"', '<row r="0"')}, UNREADABLE.format("r is '0')")),
    "row 4294967296": ({SHEET: ('r="A3"', 'r="A4294967296"')}, UNREADABLE.format("'A4294967296' is not a cell)")),
    "a cell of nonsense": ({SHEET: ('r="A3"', 'r="&#x1F693;"')}, UNREADABLE.format("'🚓' is not a cell)")),
    "a cell in a cell": ({SHEET: ("<v>1</v>", '<c r="B9"/><v>1</v>')}, UNREADABLE.format("a cell holds a cell)")),
    "two values": ({SHEET: ("<v>1</v>", "<v>1</v><v>2</v>")}, UNREADABLE.format("a cell has two values)")),
    "a text in 20,000 cells": (
        {
            STRINGS: ("<t>a</t>", f"<t>{'a' * 32_000}</t>"),
            SHEET: (END, "".join(f'<row r="{at}"><c t="s"><v>0</v></c></row>' for at in range(4, 20_000)) + END),
        },
        TOO_MUCH,
    ),
    "50,000 sheets of one part": (
        {
            BOOK: (
                "</sheets>",
                "".join(MANY_SHEETS.format(f'name="{at}" sheetId="{at}"') for at in range(2, 50_000)) + "</sheets>",
            )
        },
        UNREADABLE.format("two of its sheets are the same part)"),
    ),
    "merged cells all over": (
        {
            SHEET: (
                END,
                END + '<mergeCells><mergeCell ref="A1:B3"/>' + '<mergeCell ref="A1:B3"/>' * 20_000 + "</mergeCells>",
            )
        },
        "it has too many merged cells. Unmerge those that do not need it.",
    ),
    "more texts than it holds": (
        {STRINGS: (' uniqueCount="', ' uniqueCount="1844674407370955161')},
        UNREADABLE.format("uniqueCount is '1844674407370955161")[:-1],
    ),
    "two million attributes": (
        {SHEET: (END, "<x " + " ".join(f'a{at}=""' for at in range(2_000_000)) + "/>" + END)},
        "it holds far more than people write by hand.",
    ),
    "entities in UTF-16": ({}, "it declares XML entities, which no office program does."),
}


def as_utf16(xml: bytes) -> bytes:
    return ('<!DOCTYPE a [<!ENTITY b "c">]>' + xml.decode().partition("?>")[2]).encode("utf-16")


@pytest.mark.parametrize(("changes", "said"), EXCEL.values(), ids=EXCEL.keys())
def test_an_excel_workbook_that_would_take_too_much_is_refused_by_both_readers(
    tmp_path: Path, changes: Mapping[str, tuple[str, str]], said: str
) -> None:
    file = excel_workbook(tmp_path / "book.xlsx", changes)
    if not changes:
        rewritten(SHEET, as_utf16)(file)
    with pytest.raises(FormIsWrong) as form:
        read_form(file, a_partnership(a_plan(), {}))
    with pytest.raises(PlanNotRead) as plan:
        read_plan(file)
    for refused, end in ((form, "\nNothing was written from this form."), (plan, " Nothing was read from it.")):
        words = str(refused.value)
        assert words.startswith(f"{file}: {said}")
        assert words.endswith(end)
        assert len(words) < 500


OPEN_DOCUMENT = {
    "a row that repeats": (
        ROW.format(' table:number-rows-repeated="1000000"', CELL.format("", "a")),
        "a sheet goes on to row 1,000,000",
    ),
    "a cell that repeats": (
        ROW.format("", CELL.format(' table:number-columns-repeated="9999999"', "a")),
        "a sheet goes on to row 1 and column 9,999,999",
    ),
    "a value far below": (
        ROW.format("", CELL.format("", "a"))
        + ROW.format(' table:number-rows-repeated="1000000"', "<table:table-cell/>")
        + ROW.format("", '<table:table-cell office:value-type="float" office:value="1"/>'),
        "a sheet goes on to row 1,000,002",
    ),
    "spaces without end": (ROW.format("", CELL.format("", 'a<text:s text:c="900000000"/>')), TOO_MUCH),
    "a text that repeats": (
        ROW.format("", CELL.format(' table:number-columns-repeated="16000"', "a" * 32_000)),
        TOO_MUCH,
    ),
    "sheets without end": (
        "".join(f'</table:table><table:table table:name="{at}">' for at in range(300)),
        TOO_MUCH,
    ),
    "a table in a cell": (
        ROW.format("", f"<table:table-cell>{ROW.format('', CELL.format('', 'a'))}</table:table-cell>"),
        UNREADABLE.format("a cell holds a cell)"),
    ),
    "a row that repeats no times": (
        ROW.format(' table:number-rows-repeated="-1"', CELL.format("", "a")),
        UNREADABLE.format("table:number-rows-repeated is '-1')"),
    ),
}


@pytest.mark.parametrize(("rows", "said"), OPEN_DOCUMENT.values(), ids=OPEN_DOCUMENT.keys())
def test_an_open_document_that_would_take_too_much_is_refused(tmp_path: Path, rows: str, said: str) -> None:
    file = open_workbook(tmp_path / "book.ods", rows)
    with pytest.raises(Refused, match=r"^.{20,400}$") as refused:
        checked(file, WORKBOOK)
    assert str(refused.value).startswith(said)


def test_tabs_and_breaks_of_an_open_document_are_read(tmp_path: Path) -> None:
    said = 'one<text:tab/>two<text:line-break/>three<text:tab text:x="1"></text:tab>four<text:s text:c="2"/>five'
    file = tmp_path / "a.ods"
    open_workbook(file, ROW.format("", CELL.format("", said)))
    (sheet,) = sheets(checked(file, WORKBOOK))
    assert sheet.values == [["one\ttwo\nthree\tfour  five"]]


def test_rows_and_cells_that_hold_nothing_do_not_count(tmp_path: Path) -> None:
    last = '<row r="1048576" ht="12.8"><c r="A1048576" s="0"/></row>'
    book = checked(excel_workbook(tmp_path / "book.xlsx", {SHEET: (END, last + END)}), WORKBOOK)
    assert [sheet.values for sheet in sheets(book)] == [[["a", "b"], ["", ""], [1.0, ""]]]
    nothing = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = ROW.format("", CELL.format("", "a") + nothing) + ROW.format(' table:number-rows-repeated="1048575"', nothing)
    assert [sheet.values for sheet in sheets(checked(open_workbook(tmp_path / "book.ods", rows), WORKBOOK))] == [
        [["a"]]
    ]


def test_a_library_gets_only_the_parts_that_were_counted(tmp_path: Path) -> None:
    file = excel_workbook(tmp_path / "book.xlsx", {})
    hidden = file.read_bytes()
    file.write_bytes(b"more before the zip" + hidden)
    content = checked(file, WORKBOOK).content.getvalue()
    assert content.startswith(b"PK")
    assert b"more before" not in content


def test_a_part_that_was_not_counted_is_left_empty(tmp_path: Path) -> None:
    """Whatever it is called: a relation may point a library at any part."""
    file = tmp_path / "form.xlsx"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/evil.dat", "<a/>" * 10)
        packed.writestr("mimetype", "application/x")
    with zipfile.ZipFile(checked(file, WORKBOOK).content) as kept:
        assert [kept.read(each) for each in kept.namelist()] == [b"<workbook/>", b"", b"application/x"]


@pytest.mark.parametrize("name", ["XL/worksheets/sheet1.XML", SHEET])
@pytest.mark.filterwarnings("ignore:Duplicate name")  # it is what is tested
def test_two_parts_of_the_same_name_are_refused(tmp_path: Path, name: str) -> None:
    file = excel_workbook(tmp_path / "book.xlsx", {})
    added(name, b"<worksheet/>")(file)
    with pytest.raises(Refused, match="it holds two parts of the same name"):
        checked(file, WORKBOOK)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    file = excel_workbook(tmp_path / "book.xlsx", {})
    monkeypatch.setattr(Path, "read_bytes", denied)
    words = r"it cannot be opened \(Permission denied\)\. Close it in other programs, then try again\."
    with pytest.raises(Refused, match=words):
        checked(file, WORKBOOK)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no fifo")
def test_a_fifo_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "book.xlsx")
    with pytest.raises(Refused, match="it is not a file"):
        checked(tmp_path / "book.xlsx", WORKBOOK)


def test_a_binary_workbook_is_refused(tmp_path: Path) -> None:
    file = excel_workbook(tmp_path / "book.xlsx", {})
    added("xl/workbook.bin", b"")(file)
    with pytest.raises(Refused, match="its sheets are not XML"):
        checked(file, WORKBOOK)


def test_more_parts_than_any_program_writes_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    with zipfile.ZipFile(file, "w") as packed:
        for at in range(2_001):
            packed.writestr(f"{at}.xml", "")
    with pytest.raises(Refused, match="it holds 2,001 parts; the limit is 2,000"):
        checked(file, WORKBOOK)


@pytest.mark.parametrize("rubbish", [b"", b"<", b"\0" * 99, b"\xff\xfe<", b"<worksheet>", b"PK\3\4"])
def test_a_sheet_of_rubbish_is_refused(tmp_path: Path, rubbish: bytes) -> None:
    file = excel_workbook(tmp_path / "book.xlsx", {})
    rewritten(SHEET, lambda _: rubbish)(file)
    with pytest.raises(Refused, match="it cannot be read as a workbook"):
        list(sheets(checked(file, WORKBOOK)))


@pytest.mark.parametrize("part", [BOOK, "xl/_rels/workbook.xml.rels", STRINGS, "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("at", [0, 0.3, 0.6, 0.99])
def test_a_part_cut_short_is_refused(tmp_path: Path, part: str, at: float) -> None:
    file = excel_workbook(tmp_path / "book.xlsx", {})
    rewritten(part, lambda xml: xml[: int(len(xml) * at)])(file)
    with pytest.raises(Refused, match="it cannot be read as a workbook"):
        list(sheets(checked(file, WORKBOOK)))


TOKENS = (
    b"<",
    b'"',
    b"&",
    b"</c>",
    b'<c r="A1">',
    b"999999999999",
    b"-1",
    b"0",
    b't="s"',
    b't="e"',
    b"<f>",
    b"NaN",
    b"\0",
)


def damaged(file: Path, random: Random) -> bytes:
    """The zip in *file* with one part changed: a piece cut out, a token put in, or a byte or a value replaced."""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = random.choice([each for each in parts if each.endswith((".xml", ".rels"))])
    part = bytearray(parts[name])
    at = random.randrange(len(part))
    values = list(re.finditer(rb'"[^"<>]*"', part))
    match random.randrange(4):
        case 0:
            del part[at : at + random.choice([1, 5, 100])]
        case 1:
            part[at:at] = random.choice(TOKENS)
        case 2 if values:
            value = random.choice(values)
            part[value.start() + 1 : value.end() - 1] = random.choice(TOKENS[5:8])
        case _:
            part[at] = random.randrange(256)
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for each, held in (parts | {name: bytes(part)}).items():
            packed.writestr(each, held)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["form.xlsx", "plan.xlsx", "plan.docx", "open.ods"])
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    random = Random(kind)  # noqa: S311  # the same damage each time, and nothing secret
    partnership, whole = a_partnership(a_plan(), {}), tmp_path / kind
    table = [("Action", "Lead", "Outcome"), ("Do it", "Jo - NPS", "Done")]
    if kind == "form.xlsx":
        whole.write_bytes(form(partnership, "police", Q2, {}))
    elif kind == "open.ods":
        open_workbook(whole, ROW.format("", CELL.format("", "a")))
    else:
        word(whole, table) if kind == "plan.docx" else excel(whole, {"P": table})
    file = tmp_path / f"damaged-{kind}"
    for _ in range(100):
        file.write_bytes(damaged(whole, random))
        with contextlib.suppress(FormIsWrong, PlanNotRead):
            read_plan(file) if kind.startswith("plan") else read_form(file, partnership)
