"""What Word and Excel add to the text of a table is read, or noted."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from exchange.plan_import.office_files import (
    HEADINGS,
    NPS,
    Block,
    Read,
    actions,
    excel,
    one,
    rows,
    word,
)
from jtai_plan.exchange.plan_import.parts import ReadPlan
from jtai_plan.exchange.plan_import.plan import read_plan

CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def changed(read: Read, tmp_path: Path, change: Callable[[Word], Any], *blocks: Block) -> ReadPlan:
    """What is read of a document after *change*."""
    file = word(tmp_path / "plan.docx", *(blocks or (rows(one("A")),)))
    document = Document(str(file))
    change(document)
    document.save(str(file))
    return read_plan(file, NPS)


def test_a_title_is_what_the_document_says_it_is(read: Read, tmp_path: Path) -> None:
    def named(document: Word) -> None:
        document.core_properties.title = "Document1"

    assert read(("Title", "Our  plan"), rows(one("A")), agencies=NPS).title == "Our plan"
    assert read(("Normal", "Our plan"), rows(one("A")), agencies=NPS).title is None
    assert changed(read, tmp_path, named).title == "Document1"
    plan = changed(read, tmp_path, named, ("Title", "Our plan"), ("Title", "Annex"), rows(one("A")))
    assert plan.title == "Our plan"
    assert plan.not_understood == (
        "the document: 'Our plan' was read as its title, but it also has 'Annex', 'Document1'.",
    )


def test_a_style_made_from_a_heading_is_a_heading(read: Read, tmp_path: Path) -> None:
    def restyled(document: Word) -> None:
        style: Any = document.styles.add_style("House style", 1)
        style.base_style = document.styles["Heading 2"]
        document.paragraphs[0].style = style

    blocks: tuple[Block, ...] = (("Normal", "Theme 3: Ours"), [HEADINGS, one("A")])
    assert [each.title for each in changed(read, tmp_path, restyled, *blocks).themes] == ["Ours"]


def test_a_nested_table_is_not_read(read: Read, tmp_path: Path) -> None:
    def nested(document: Word) -> None:
        document.tables[0].cell(2, 2).add_table(1, 1).cell(0, 0).text = "Inner"

    plan = changed(read, tmp_path, nested)
    assert actions(plan)[0].outcome_measure == ("x",)
    assert plan.not_understood == ("table 1, row 3: a table within a cell was not read: 'Inner'.",)


def in_action(document: Word, xml: str) -> None:
    """Put *xml* after the words of the only action."""
    document.tables[0].cell(2, 0).paragraphs[0]._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


WORD_WORDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "inserted": (
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins>",
        "A new",
        ("the document: it has tracked changes and was read as if all were accepted.",),
    ),
    "deleted": (
        "<w:del><w:r><w:t> old</w:t></w:r></w:del>",
        "A",
        ("the document: it has tracked changes and was read as if all were accepted.",),
    ),
    "hidden words and symbols": (
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t> draft</w:t><w:sym w:font="Symbol" w:char="F0B3"/></w:r>',
        "A",
        ("table 1, row 3: 'draft≥' is hidden and was not read.",),
    ),
    "in a control": ("<w:sdt><w:sdtContent><w:r><w:t> more</w:t></w:r></w:sdtContent></w:sdt>", "A more", ()),
    "a text box": (
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Aside</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        "A",
        ("the document: the text in text boxes was not read.",),
    ),
    "a break": ("<w:r><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r>", "A\nb-c d", ()),
    "struck through": (
        "<w:r><w:rPr><w:strike/></w:rPr><w:t> gone</w:t></w:r>",
        "A gone",
        ("table 1, row 3: 'gone' is struck through but was read all the same.",),
    ),
    "not struck through": ('<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t> kept</w:t></w:r>', "A kept", ()),
    "a change of direction": (
        "<w:r><w:t>\u202eb\u2066\u0085c</w:t></w:r>",
        "Ab\nc",
        ("table 1, row 3: control characters were left out of 'Ab c'.",),
    ),
}


@pytest.mark.parametrize(("xml", "action", "said"), WORD_WORDS.values(), ids=WORD_WORDS.keys())
def test_text_is_read_as_word_shows_it(
    read: Read, tmp_path: Path, xml: str, action: str, said: tuple[str, ...]
) -> None:
    plan = changed(read, tmp_path, lambda document: in_action(document, xml))
    assert (actions(plan)[0].action, plan.not_understood) == (action, said)


def test_a_footnote_is_named_with_its_place(read: Read, tmp_path: Path) -> None:
    def noted(document: Word) -> None:
        words = '<w:footnote w:id="2"><w:p><w:r><w:t>Of 2017.</w:t></w:r></w:p></w:footnote>'
        name, kind = PackURI("/word/footnotes.xml"), f"{CONTENT}.footnotes+xml"
        xml = f"<w:footnotes {nsdecls('w')}>{words}</w:footnotes>".encode()
        document.part.relate_to(Part(name, kind, xml, document.part.package), RELATIONSHIP_TYPE.FOOTNOTES)
        in_action(document, '<w:r><w:footnoteReference w:id="2"/></w:r>')

    assert changed(read, tmp_path, noted).not_understood == ("table 1, row 3: a footnote was not read: 'Of 2017.'.",)


def test_a_row_deleted_under_tracked_changes_is_not_read(read: Read, tmp_path: Path) -> None:
    def delete(document: Word) -> None:
        document.tables[0].rows[3]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))

    plan = changed(read, tmp_path, delete, rows(one("A"), one("B"), one("C")))
    assert [each.action for each in actions(plan)] == ["A", "C"]
    assert plan.not_understood == ("the document: it has tracked changes and was read as if all were accepted.",)


def test_numbers_and_dates_are_read_as_people_write_them(tmp_path: Path) -> None:
    row = (3.0, "NPS", date(2018, 9, 30))
    others = ((2.5, "NPS", True), ("_x0007_A", "NPS", datetime(2018, 9, 30, 12, 0)))  # noqa: DTZ001  # Excel's have no zone
    plan = read_plan(excel(tmp_path / "plan.xlsx", {"P": rows(row, *others)}), NPS)
    assert [(each.action, each.outcome_measure) for each in actions(plan)] == [
        ("3", ("2018-09-30",)),
        ("2.5", ("TRUE",)),
        ("A", ("2018-09-30T12:00:00",)),
    ]
    assert plan.not_understood == ("sheet 'P', row 5: control characters were left out of 'A'.",)


def test_a_formula_without_a_value_and_an_error_are_named(tmp_path: Path) -> None:
    file = excel(tmp_path / "plan.xlsx", {"P": rows(one("A"), one("B"))})
    book = load_workbook(file)
    book["P"]["C3"].value = "#N/A"
    book["P"]["C3"].data_type = "e"
    book["P"]["C4"].value = '=CONCATENATE("y",""&"z")'
    book.save(file)
    plan = read_plan(file, NPS)
    assert plan.not_understood[0] == (
        "sheet 'P', cell C3 and sheet 'P', cell C4 cannot be shown: an error such as #REF!, or a formula that was "
        "saved without its value. Each was read as empty."
    )


def test_what_a_workbook_hides_or_says_beside_its_cells_is_named(tmp_path: Path) -> None:
    file = excel(tmp_path / "plan.xlsx", {"P": rows(one("A"), one("B"))})
    book = load_workbook(file)
    book["P"]["A3"].comment = Comment("Ask about this", "Kim")
    book["P"].row_dimensions[4].hidden = True
    book["P"].column_dimensions["C"].hidden = True
    book.save(file)
    plan = read_plan(file, NPS)
    assert [each.action for each in actions(plan)] == ["A", "B"]
    assert plan.not_understood == (
        "the comment at A3 was not read: 'Ask about this'.",
        "sheet 'P': column C and row 4 are hidden, but read all the same.",
    )


def test_what_a_document_says_beside_its_text_is_quoted(tmp_path: Path) -> None:
    file = word(tmp_path / "plan.docx", rows(one("A")))
    document = Document(str(file))
    document.add_comment(document.paragraphs[0].add_run("x"), text="Ask about this", author="Kim")
    document.sections[0].header.paragraphs[0].text = "OFFICIAL"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 3"
    document.save(str(file))
    assert read_plan(file, NPS).not_understood == (
        "after the last table: 'x' was not read.",
        "a comment: 'Ask about this' was not read.",
        "the head of a page: 'OFFICIAL' was not read.",
    )


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    file = excel(tmp_path / "plan.xlsx", {"P": rows(one("A")), "Old": rows(one("B"))})
    book = load_workbook(file)
    book["Old"].sheet_state = "hidden"
    book.save(file)
    plan = read_plan(file, NPS)
    assert [each.action for each in actions(plan)] == ["A"]
    assert plan.not_understood == ("sheet 'Old': it is hidden and was not read.",)


def test_a_cell_is_never_wider_than_word_allows(read: Read, tmp_path: Path) -> None:
    def widen(document: Word) -> None:
        properties = document.tables[0].cell(2, 2)._tc.get_or_add_tcPr()
        properties.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="99999999"/>'))

    assert [each.action for each in actions(changed(read, tmp_path, widen))] == ["A"]


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        (0.95, "0%", "95%"),
        (0.125, "0.0%", "12.5%"),
        (2.1, "0.00", "2.10"),
        (25000, '"£"#,##0', "£25,000"),
        (25000.5, "[$£-809]#,##0.00", "£25,000.50"),
        (7, "000", "007"),
        (-3, "0", "-3"),
        (2.5, "0", "2.5"),
        (61, "General", "61"),
        ("Soon", "0%", "Soon"),
        (0.5, "0." + "0" * 31, "0.5"),
        (7, "0" * 256, "7"),
        (5, '0"%"', "5"),
        (5, "0\\%", "5"),
        (0.125, "0.00", "0.13"),
        (2.675, "0.00", "2.68"),
    ],
)
def test_a_number_is_read_as_excel_shows_it(tmp_path: Path, value: object, code: str, said: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Action", "Lead", "Outcome"), ("Act", "Jo (NPS)", value)):
        sheet.append(row)
    sheet["C2"].number_format = code
    book.save(tmp_path / "plan.xlsx")
    assert actions(read_plan(tmp_path / "plan.xlsx"))[0].outcome_measure == (said,)


def test_a_symbol_is_read_an_equation_is_named_and_what_is_hidden_is_not_read(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=2, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Action", "Lead", "Outcome"), strict=True):
        cell.text = words
    act, lead, outcome = table.rows[1].cells
    act.text, lead.text = "Act", "Jo (NPS)"
    act.paragraphs[0].add_run(" in secret").font.hidden = True
    run = outcome.paragraphs[0].add_run()
    for font, code in (("Symbol", "F0B3"), ("Wingdings", "F0FC"), ("Webdings", "F021")):
        run._r.append(OxmlElement("w:sym", attrs={qn("w:font"): font, qn("w:char"): code}))
    outcome.paragraphs[0]._p.append(parse_xml(f"<m:oMath {nsdecls('m')}><m:r><m:t>x=1</m:t></m:r></m:oMath>"))
    document.save(str(tmp_path / "plan.docx"))
    plan = read_plan(tmp_path / "plan.docx")
    assert (actions(plan)[0].action, actions(plan)[0].outcome_measure) == ("Act", ("≥✓\ufffdx=1",))
    assert plan.not_understood[:3] == (
        "table 1, row 2: 'in secret' is hidden and was not read.",
        "table 1, row 2: an equation was read as 'x=1'.",
        "table 1, row 2: a symbol that Word inserted was not read; it stands as \ufffd in '≥✓\ufffdx=1'.",
    )
