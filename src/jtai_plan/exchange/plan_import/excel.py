"""The sheets of an Excel workbook, row by row: values as Excel shows them, merged cells as one."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jtai_plan.exchange.forms.read import MAX_ROWS
from jtai_plan.exchange.plan_import.document import (
    FoundDocument,
    FoundTable,
    PlanNotRead,
    TableCell,
    TableRow,
    folded,
    one_line,
    parts_of,
    read_text,
)
from jtai_plan.rules.wording import are, counted

MAX_CELLS = 5_000_000
# A program other than Excel may leave the value to be reckoned; where there is one that is empty, the type says so.
FORMULA_WITHOUT_VALUE = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]{0,200}t=[\"']str)[^>]{0,200}>"
    rb"<(?:\w+:)?f\b[^<]{0,8192}(?:/>|</(?:\w+:)?f>)(?:<(?:\w+:)?v ?/>|<v></v>)?</(?:\w+:)?c>"
)
Range = tuple[tuple[int, int], tuple[int, int]]


def workbook(file: Path) -> FoundDocument:
    """The sheets of the workbook in *file* that can be seen. Raises PlanNotRead."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    parts = {name: part for name, part in parts_of(file, ".xlsx", "Excel").items() if b"sheetData" in part}
    _refuse_what_has_no_end(file, parts.values())
    tables: list[FoundTable] = []
    notes: list[str] = []
    if unsaved := sum(len(FORMULA_WITHOUT_VALUE.findall(part)) for part in parts.values()):
        notes.append(
            f"the workbook: {counted(unsaved, 'formula')} without a saved value {are(unsaved)} read as empty. "
            "Save it in Excel, and read it again."
        )
    try:
        with CalamineWorkbook.from_path(str(file)) as book:
            for about in book.sheets_metadata:
                name = one_line(folded(about.name)[0])
                if about.visible is not SheetVisibleEnum.Visible:
                    notes.append(f"sheet '{name}': it is hidden, and was not read.")
                elif about.typ is SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(about.name)
                    values = sheet.to_python(skip_empty_area=False)
                    tables.append(_table(file, name, values, sheet.merged_cell_ranges or ()))
    except (CalamineError, OSError) as error:
        why = one_line(folded(str(error))[0])[:200]
        words = f"this cannot be read as a workbook ({why}). Save it in Excel as .xlsx."
        raise PlanNotRead(file, words) from None
    return FoundDocument(None, tuple(tables), tuple(notes))


def _refuse_what_has_no_end(file: Path, sheets: Iterable[bytes]) -> None:
    """Two cells far apart: the library would make room for all between them, and bring the program down."""
    for part in sheets:
        height = width = 0
        for place in re.finditer(rb"\sr\s*=\s*[\"']([A-Za-z]{0,9})(\d{1,9})", part):
            height, width = max(height, int(place[2])), max(width, _column(place[1]))
        # A row or a cell that does not say where it stands follows the one before.
        rows = re.split(rb"<(?:\w+:)?row\b", part)
        height = max(height, len(rows) - 1)
        width = max(width, *(len(re.findall(rb"<(?:\w+:)?c\b", row)) for row in rows))
        if height > MAX_ROWS or height * width > MAX_CELLS:
            raise PlanNotRead(
                file,
                f"a sheet goes on to row {height:,} and column {width:,}, as no plan does. "
                "Delete the rows and columns beyond the plan, and save it.",
            )


def _column(letters: bytes) -> int:
    number = 0
    for each in letters.upper():
        number = number * 26 + each - 64
    return number


def _table(file: Path, name: str, values: list[list[Any]], ranges: Iterable[Range]) -> FoundTable:
    place = f"sheet '{name}'"
    merged: dict[int, list[tuple[int, int, Range]]] = defaultdict(list)
    room = MAX_ROWS
    for each in ranges:
        (top, first), (bottom, last) = each
        for row in range(top, min(bottom + 1, len(values))):
            merged[row].append((first, last, each))
        room -= max(min(bottom + 1, len(values)) - top, 1)
        if room < 0:
            raise PlanNotRead(file, f"{place} has too many merged cells. Split those outside the plan.")
    rows = tuple(_row(file, f"{place}, row {at + 1}", at, values, merged.get(at, [])) for at in range(len(values)))
    sheet = "" if re.fullmatch(r"sheet ?\d*", name, re.IGNORECASE) else name
    return FoundTable(place, rows, max((len(row) for row in values), default=0), sheet=sheet)


def _row(file: Path, place: str, at: int, values: list[list[Any]], merged: list[tuple[int, int, Range]]) -> TableRow:
    cells: dict[int, TableCell] = {}
    notes: list[str] = []
    covered = {column for first, last, _ in merged for column in range(first, min(last + 1, len(values[at])))}
    for column, value in enumerate(values[at]):
        if column not in covered and value != "":
            text, said = read_text(file, place, _words(value))
            cells[column] = TableCell(column, column, text)
            notes += said
    for first, last, ((top, _), _) in merged:
        value = values[top][first] if first < len(values[top]) else ""
        text, said = read_text(file, place, _words(value))
        cells[first] = TableCell(first, last, text, is_from_above=at > top)
        notes += said if at == top else ()
    ordered = (cells[column] for column in sorted(cells))
    return TableRow(place, tuple(cell for cell in ordered if cell.text), tuple(notes))


def _words(value: Any) -> str:
    """A value as people write it: 3, not 3.0."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)
