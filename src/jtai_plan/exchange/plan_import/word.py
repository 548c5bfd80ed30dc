"""The tables of a Word document, row by row, as Word shows them."""

from collections.abc import Iterator, Mapping
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

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t"))
BOX = f"{W}txbxContent"
CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
# What was deleted under tracked changes, what lies beside the page, and the second writing of the same thing.
NOT_READ = {
    *(f"{W}{name}" for name in ("del", "moveFrom", "txbxContent")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
MAX_PART = 10_000_000
"""In memory a document takes fifty times as much."""
MAX_COLUMNS = 63
"""As many as Word makes."""


def word_document(file: Path) -> FoundDocument:
    """The tables of the Word document in *file*. Raises PlanNotRead."""
    largest = max((len(part) for part in parts_of(file, ".docx", "Word").values()), default=0)
    if largest > MAX_PART:
        size, most = largest / 1e6, MAX_PART // 10**6
        words = f"a part of it unpacks to {size:.0f} MB; {most} are taken. Copy the plan's tables into a new document."
        raise PlanNotRead(file, words)
    body, styles, named = _opened(file)
    tables: list[FoundTable] = []
    titles: list[str] = []
    heading, goes_on = None, False
    for block in _nearest(body, PARAGRAPH, TABLE):
        if block.tag == TABLE:
            tables.append(_table(file, block, len(tables) + 1, heading, goes_on=goes_on))
            heading, goes_on = None, True
        elif words := one_line(folded(_text(block))[0]):
            goes_on = False
            style = _style(block, styles)
            if style == "title":
                titles.append(words)
            elif style.startswith("heading"):
                heading = words
    title = next(iter(titles), named or None)
    return FoundDocument(title, tuple(tables), tuple(_notes(body, titles, named)))


def _opened(file: Path) -> tuple[Any, Mapping[str, Any], str]:
    """The document's body, its styles by their ids, and the title among its properties."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        document = Document(str(file))
        root = document.element
        if root.getroottree().docinfo.internalDTD is not None:
            raise ValueError("it declares XML entities")
        styles = {each.get(f"{W}styleId"): each for each in document.styles.element.iter(f"{W}style")}
        # Asked for the properties of a document without any, the library makes some up.
        told = any(each.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for each in document.part.package.rels.values())
        return root.body[:], styles, one_line(folded(document.core_properties.title)[0]) if told else ""
    except Exception as error:
        # A stranger's file brings the library down in more ways than can be listed.
        why = one_line(folded(str(error))[0])[:200]
        words = f"this cannot be read as a Word document ({why}). Save it in Word as .docx."
        raise PlanNotRead(file, words) from None


def _notes(body: Any, titles: list[str], named: str) -> Iterator[str]:
    """What is to be said of the document as a whole."""
    if len(titles) > 1 or (titles and named and titles[0] != named):
        others = ", ".join(f"'{each}'" for each in dict.fromkeys((*titles[1:], named)) if each and each != titles[0])
        if others:
            yield f"the document: '{titles[0]}' was read as its title, and it also says {others}."
    if any(True for block in body for _ in block.iter(*CHANGES)):
        yield "the document: it holds tracked changes, and was read as if all were accepted."
    if any(each.text for block in body for box in block.iter(BOX) for each in box.iter(TEXT)):
        yield "the document: what stands in text boxes was not read."


def _table(file: Path, table: Any, number: int, heading: str | None, *, goes_on: bool) -> FoundTable:
    place = f"table {number}"
    rows: list[TableRow] = []
    above: dict[int, TableCell] = {}
    width = 0
    for at, row in enumerate(_nearest(table, ROW), start=1):
        if at > MAX_ROWS:
            raise PlanNotRead(
                file, f"{place} has more than {MAX_ROWS:,} rows, as no plan has. Take out what is not one."
            )
        if row.find(f"{W}trPr/{W}del") is None:
            read, above, end = _row(file, row, f"{place}, row {at}", above)
            rows.append(read)
            width = max(width, end)
    return FoundTable(place, tuple(rows), width, heading, goes_on=goes_on)


def _row(
    file: Path, row: Any, place: str, above: Mapping[int, TableCell]
) -> tuple[TableRow, dict[int, TableCell], int]:
    """A row; its cells by their first column, those that say nothing among them; and how many columns it has."""
    cells: dict[int, TableCell] = {}
    notes: list[str] = []
    at = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _nearest(row, CELL):
        last = at + max(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1) - 1
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart" and at in above:
            cells[at] = TableCell(at, last, above[at].text, is_from_above=True)
        else:
            blocks = list(_nearest(cell, PARAGRAPH, TABLE))
            raw = "\n".join(_text(block) for block in blocks if block.tag == PARAGRAPH)
            text, said = read_text(file, place, raw)
            cells[at] = TableCell(at, last, text)
            notes += said
            notes += _cell_notes(place, blocks)
        at = last + 1
    return TableRow(place, tuple(cell for cell in cells.values() if cell.text), tuple(notes)), cells, at


def _cell_notes(place: str, blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        if block.tag == TABLE:
            words = one_line(folded(_text(block))[0])
            yield f"{place}: a table within a cell was not read: '{words}'."
        elif struck := one_line(folded("".join(_text(run) for run in block.iter(RUN) if _is_struck(run)))[0]):
            yield f"{place}: '{struck}' is struck through, and was read as if it were not."


def _is_struck(run: Any) -> bool:
    marks = [run.find(f"{W}rPr/{W}{name}") for name in ("strike", "dstrike")]
    return any(mark is not None and mark.get(f"{W}val") not in ("0", "false", "off") for mark in marks)


def _nearest(inside: Any, *tags: str) -> Iterator[Any]:
    """The elements of *tags* inside, in their order, without those inside one another."""
    for each in inside:
        if each.tag in tags:
            yield each
        elif each.tag not in NOT_READ:
            yield from _nearest(each, *tags)


def _text(block: Any) -> str:
    return "".join(
        (each.text or "") if each.tag == TEXT else BREAKS[each.tag] for each in _nearest(block, TEXT, *BREAKS)
    )


def _number(element: Any, otherwise: int) -> int:
    """The number that *element* holds, as far as Word goes."""
    said = "" if element is None else str(element.get(f"{W}val"))
    return min(int(said), MAX_COLUMNS) if said.isascii() and said.isdigit() and len(said) < 9 else otherwise


def _style(paragraph: Any, styles: Mapping[str, Any]) -> str:
    """The name of Word's own style that the paragraph's is, or is made from: "title", "heading 1" or another."""
    chosen = paragraph.find(f"{W}pPr/{W}pStyle")
    name = ""
    for _ in range(10):
        style = styles.get(chosen.get(f"{W}val")) if chosen is not None else None
        if style is None:
            break
        named = style.find(f"{W}name")
        name = str(named.get(f"{W}val")).casefold() if named is not None else ""
        if name == "title" or name.startswith("heading"):
            break
        chosen = style.find(f"{W}basedOn")
    return name
