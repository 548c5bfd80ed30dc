"""The sheets of an Excel workbook, row by row. Values are read as Excel shows them, and merged cells as one."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from jtai_plan.exchange.plan_import.cell_styles import NO_LOOK, PLAIN, Styles, comments, looks, shown
from jtai_plan.exchange.plan_import.document import (
    FoundDocument,
    FoundTable,
    TableCell,
    TableRow,
    quoted,
    read_text,
    tidy_line,
)
from jtai_plan.exchange.untrusted import MAX_UNSHOWN, WORKBOOK, Range, Sheet, as_typed, checked, sheets, unshown
from jtai_plan.rules.wording import are, listed


def read_workbook(file: Path) -> FoundDocument:
    """The visible sheets of the workbook in *file*. Raises Refused."""
    book = checked(file, WORKBOOK)
    tables: list[FoundTable] = []
    notes: list[str] = []
    found = tuple(sheets(book))
    if cells := [name for _, name in unshown(book, found)]:
        notes.append(
            f"{'among others, ' if len(cells) == MAX_UNSHOWN else ''}{listed(cells)} cannot be shown: an error such as "
            "#REF!, or a formula that was saved without its value. Each was read as empty."
        )
    known = looks(book.content)
    notes += [f"the comment at {cell} was not read: {quoted([words])}." for cell, words in comments(book.content)]
    for sheet in found:
        if sheet.is_hidden:
            notes.append(f"sheet '{tidy_line(sheet.name)}': it is hidden and was not read.")
        else:
            styles, hidden = known.get(sheet.name, NO_LOOK)
            if hidden:
                place = f"sheet '{tidy_line(sheet.name)}'"
                notes.append(f"{place}: {listed(hidden)} {are(len(hidden))} hidden, but read all the same.")
            tables.append(_table(_as_shown(sheet, styles), styles))
    return FoundDocument(None, tuple(tables), tuple(notes))


def _as_shown(sheet: Sheet, styles: Styles) -> Sheet:
    """*sheet* with its numbers as Excel shows them."""
    values = [list(row) for row in sheet.values]
    for (row, column), style in styles.items():
        if style.format and row < len(values) and column < len(values[row]) and values[row][column] != "":
            values[row][column] = shown(values[row][column], style.format)
    return sheet._replace(values=values)


def _table(sheet: Sheet, styles: Styles) -> FoundTable:
    name = tidy_line(sheet.name)
    place = f"sheet '{name}'"
    merged: dict[int, list[Range]] = defaultdict(list)
    for each in sheet.merged:
        (top, _), (bottom, _) = each
        for row in range(top, min(bottom + 1, len(sheet.values))):
            merged[row].append(each)
    rows = tuple(_row(f"{place}, row {at + 1}", at, sheet, merged[at], styles) for at in range(len(sheet.values)))
    is_named = not re.fullmatch(r"sheet ?\d*", name, re.IGNORECASE)
    width = max((len(row) for row in sheet.values), default=0)
    return FoundTable(place, rows, width, sheet=name if is_named else "")


def _row(place: str, at: int, sheet: Sheet, merged: Sequence[Range], styles: Styles) -> TableRow:
    values = sheet.values[at]
    cells: dict[int, TableCell] = {}
    notes: list[str] = []
    covered = {column for (_, first), (_, last) in merged for column in range(first, min(last + 1, len(values)))}
    for column, value in enumerate(values):
        if column not in covered and value != "":
            text, said = read_text(place, as_typed(value))
            cells[column] = TableCell(column, column, text)
            notes += said
    for (top, first), (_, last) in merged:
        text, said = read_text(place, as_typed(sheet.values[top][first]) if first < len(values) else "")
        cells[first] = TableCell(first, last, text, is_from_above=at > top)
        notes += said if at == top else ()
    shades = {each: shade for each in range(len(values)) if (shade := styles.get((at, each), PLAIN).shade)}
    return TableRow(place, tuple(cells[each] for each in sorted(cells) if cells[each].text), tuple(notes), shades)
