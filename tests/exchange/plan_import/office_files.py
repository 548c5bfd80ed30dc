"""Word and Excel files to read a plan from, made of rows, and what is read of them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Word
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exchange.plan_import.southend_tables import Table
from jtai_plan.exchange.plan_import.leads import ReadLead
from jtai_plan.exchange.plan_import.parts import ReadAction, ReadPlan
from jtai_plan.exchange.plan_import.plan import read_plan

ACROSS, DOWN = "<", "^"
"""A cell that is merged with the one before it, and one that is merged with the one above."""

HEADINGS = ("Action", "Lead", "Outcome")
THEME = ("THEME 1: Strategy", ACROSS, ACROSS)
Sheets = Mapping[str, Sequence[Sequence[Any]]]
Block = Sequence[Sequence[str]] | tuple[str, str]
"""A table, or a paragraph with its style."""


def laid_out(document: Word, rows: Sequence[Sequence[str]]) -> None:
    """Add a table of *rows* to *document*."""
    width = max(len(row) for row in rows)
    table = document.add_table(len(rows), width)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text not in (ACROSS, DOWN):
                table.cell(at, column).text = text
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == ACROSS:
                table.cell(at, column - 1).merge(table.cell(at, column))
            elif text == DOWN:
                table.cell(at - 1, column).merge(table.cell(at, column))


def word(file: Path, *blocks: Block) -> Path:
    """A Word document of *blocks*."""
    document = Document()
    for block in blocks:
        if isinstance(block[0], str):
            document.add_paragraph(str(block[1]), style=block[0])
        else:
            laid_out(document, [tuple(row) for row in block])
            document.add_paragraph(" ")
    document.save(str(file))
    return file


def fill(sheet: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value not in (ACROSS, DOWN):
                sheet.cell(at, column).value = value
                if isinstance(value, str):
                    sheet.cell(at, column).data_type = "s"
            elif value == ACROSS and (column == len(row) or row[column] != ACROSS):
                first = max(each for each in range(column) if row[each] != ACROSS) + 1
                sheet.merge_cells(start_row=at, start_column=first, end_row=at, end_column=column)
            elif value == DOWN and (at == len(rows) or rows[at][column - 1] != DOWN):
                top = max(each for each in range(at) if rows[each][column - 1] != DOWN) + 1
                sheet.merge_cells(start_row=top, start_column=column, end_row=at, end_column=column)


def excel(file: Path, sheets: Sheets) -> Path:
    """A workbook of *sheets*."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        fill(book.create_sheet(name), rows)
    book.save(file)
    return file


def as_laid_out(table: Table) -> list[Sequence[str]]:
    """A table as the document lays it out: the title of a theme is merged across four columns."""
    width = max(max(len(row) for row in table), 4)
    width = 6 if table[0][0] != "RED" else width
    return [(row[0], ACROSS, ACROSS, ACROSS) if len(row) == 1 else (*row, *[""] * (width - len(row))) for row in table]


def rows(*below: Sequence[Any], headings: Sequence[str] = HEADINGS) -> list[Sequence[Any]]:
    """The rows of a table with a theme, its headings and what stands *below*."""
    return [(*THEME, *([ACROSS] * (len(headings) - 3))), headings, *below]


def actions(plan: ReadPlan) -> list[ReadAction]:
    return [action for theme in plan.themes for action in theme.actions]


def leads(plan: ReadPlan) -> list[ReadLead]:
    return [lead for action in actions(plan) for lead in action.leads]


NPS = {"nps": ["NPS"]}


def one(text: str) -> tuple[str, str, str]:
    return (text, "NPS", "x")


def kinds(tmp_path: Path, table: Sequence[Sequence[str]]) -> list[ReadPlan]:
    """What is read of *table* in a document, and in a workbook, with the same places."""
    both = [
        read_plan(word(tmp_path / "plan.docx", table), NPS),
        read_plan(excel(tmp_path / "plan.xlsx", {"P": table}), NPS),
    ]
    return [
        plan._replace(not_understood=tuple(each.replace("sheet 'P'", "table 1") for each in plan.not_understood))
        for plan in both
    ]


Read = Callable[..., ReadPlan]
