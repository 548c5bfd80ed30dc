"""The shades of cells in columns of progress: told in words, and read as ratings with --as."""

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from builders import Jtai
from exchange.plan_import.office_files import NPS, actions, excel, word
from jtai_plan.exchange.plan_import.parts import ReadPlan
from jtai_plan.exchange.plan_import.plan import read_plan
from jtai_plan.exchange.plan_import.shades import shade_of
from jtai_plan.files.load import load

TABLE = [
    ("Action", "Lead", "Cost", "RAG"),
    ("Hire", "NPS", "£1", ""),
    ("Train", "NPS", "£2", "Waiting"),
    ("Audit", "NPS", "£3", "Green"),
]


@pytest.mark.parametrize(
    ("fill", "name"),
    [
        ("FF0000", "red"),
        ("c00000", "red"),
        ("FFC7CE", "red"),
        ("FFC000", "amber"),
        ("FFFF00", "amber"),
        ("FFEB9C", "amber"),
        ("ED7D31", "amber"),
        ("92D050", "green"),
        ("00B050", "green"),
        ("C6EFCE", "green"),
        ("0070C0", "blue"),
        ("00B0F0", "blue"),
        ("DEEAF6", ""),
        ("D9D9D9", ""),
        ("FFFFFF", ""),
        ("000000", ""),
        ("7030A0", ""),
        ("auto", ""),
        (None, ""),
    ],
)
def test_the_names_of_the_colours_that_people_use(fill: str | None, name: str) -> None:
    assert shade_of(fill) == name


def in_word(tmp_path: Path, shades: dict[tuple[int, int], str]) -> Path:
    file = word(tmp_path / "plan.docx", TABLE)
    document = Document(str(file))
    for (row, column), fill in shades.items():
        shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
        document.tables[0].cell(row, column)._tc.get_or_add_tcPr().append(shading)
    document.save(str(file))
    return file


def in_excel(tmp_path: Path, shades: dict[tuple[int, int], str]) -> Path:
    file = excel(tmp_path / "plan.xlsx", {"P": TABLE})
    book = load_workbook(file)
    for (row, column), fill in shades.items():
        book["P"].cell(row + 1, column + 1).fill = PatternFill("solid", fgColor=fill)
    book.save(file)
    return file


def also(plan: ReadPlan) -> list[dict[str, str]]:
    return [dict(each.also) for each in actions(plan)]


@pytest.mark.parametrize("kind", [in_word, in_excel])
def test_a_shade_is_told_in_words_where_the_column_is_of_progress(kind: object, tmp_path: Path) -> None:
    assert callable(kind)
    shades = {(1, 3): "FF0000", (2, 3): "FFC000", (1, 2): "FF0000", (0, 3): "0070C0"}
    # A row in one colour is a matter of taste.
    shades |= {(3, column): "00B050" for column in range(4)}
    plan = read_plan(kind(tmp_path, shades), NPS)
    assert also(plan) == [
        {"Cost": "£1", "RAG": "[shaded red]"},
        {"Cost": "£2", "RAG": "Waiting [shaded amber]"},
        {"Cost": "£3", "RAG": "Green"},
    ]


@pytest.mark.parametrize(
    ("theme", "tint", "said"), [(6, 0.4, "[shaded green]"), (6, 0.9, ""), (4, -0.25, "[shaded blue]")]
)
def test_a_colour_of_the_theme_is_read_in_its_tint(tmp_path: Path, theme: int, tint: float, said: str) -> None:
    file = excel(tmp_path / "plan.xlsx", {"P": TABLE})
    book = load_workbook(file)
    book["P"]["D2"].fill = PatternFill("solid", fgColor=Color(theme=theme, tint=tint))
    book.save(file)
    assert also(read_plan(file, NPS))[0].get("RAG", "") == said


def test_what_is_shaded_is_rated_so_where_no_words_are(tmp_path: Path, jtai: Jtai) -> None:
    file = in_word(tmp_path, {(1, 3): "FF0000", (2, 3): "FFC000", (3, 3): "FF0000"})
    call = ("--title", "A plan", "--first-period", "Q1 2024/25", "--scale", "rag", "--dimension", "Progress")
    ran = jtai("init", "new", "--from", str(file), *call, "--as", "Q1 2024/25")
    assert ran.status == 0, ran.err
    returned = load(tmp_path / "new").trusted().returns["nps", "2024-25-Q1"]
    assert [(cell.rating, cell.update) for _, _, cell in returned.cells()] == [
        ("red", "(Brought over from plan.docx.)"),
        ("amber", "RAG: Waiting [shaded amber]\n(Brought over from plan.docx.)"),
        ("green", "RAG: Green [shaded red]\n(Brought over from plan.docx.)"),
    ]
