"""The tables of a Word document, row by row, as Word shows them."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from jtai_plan.exchange.plan_import.document import (
    MOST_TITLE,
    FoundDocument,
    FoundTable,
    TableCell,
    TableRow,
    quoted,
    read_text,
    tidy_line,
)
from jtai_plan.exchange.plan_import.shades import shade_of
from jtai_plan.exchange.untrusted import DOCUMENT, MAX_ROWS, Refused, checked, failures_as_refusals
from jtai_plan.model.text import one_line

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t"))
BOX = f"{W}txbxContent"
CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
# Text deleted under tracked changes, text beside the page, and the second version of the same thing.
NOT_READ = {
    *(f"{W}{name}" for name in ("del", "moveFrom", "txbxContent")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
SYMBOL = f"{W}sym"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATION = f"{MATH}t"
RUNS = (RUN, f"{MATH}r")
SYMBOLS = {
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xB7: "•"}
    | {0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xDE: "⇒", 0xA5: "∞", 0x2D: "−"},
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xA8: "☐", 0xFE: "☑", 0xFD: "☒", 0xA7: "▪", 0x6C: "●", 0xE0: "→", 0xF0: "⇨"},
}
"""What Word inserts as a symbol of a font, by the font and the code of the symbol in it."""
FOOTNOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
NUMBER_OF_PAGE = re.compile(r"\bpage\b|\bof\b", re.IGNORECASE)
SAID = "said"
"""What the mark of a footnote carries while it is read: the words of the note."""
UNREAD = "\ufffd"
BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}


def read_word_document(file: Path) -> FoundDocument:
    """The tables of the Word document in *file*. Raises Refused."""
    content = checked(file, DOCUMENT).content
    with failures_as_refusals(DOCUMENT):
        return _read(Document(content))


def _read(document: WordDocument) -> FoundDocument:
    # If a document has no properties, python-docx makes some up.
    has_properties = any(
        each.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for each in document.part.package.rels.values()
    )
    named = tidy_line(document.core_properties.title) if has_properties else ""
    styles = {each.styleId: each for each in document.styles.element.style_lst}
    body = document.element.body
    _name_footnotes(document)
    tables: list[FoundTable] = []
    titles: list[str] = []
    above: list[Mapping[str, str]] = []
    """For each table, the headings that came before it and after the table before, and those above them."""
    levels: dict[str, str] = {}
    several: Counter[str] = Counter()
    beside: list[list[str]] = [[]]
    """What stands before each table and after the last one, without titles."""
    is_new, goes_on = False, False
    for block in _nearest(body, PARAGRAPH, TABLE):
        if block.tag == TABLE:
            above.append(dict(levels) if is_new else {})
            tables.append(_table(block, len(tables) + 1, goes_on=goes_on))
            beside.append([])
            is_new, goes_on = False, True
        elif words := tidy_line(_text(block)):
            goes_on = False
            style = _style(block.style, styles)
            if style == "title":
                titles.append(words)
                continue
            beside[-1].append(words)
            if style.startswith("heading"):
                levels = {level: each for level, each in levels.items() if level < style} | {style: words}
                several[style] += 1
                is_new = True
    found = tuple(table._replace(heading=_heading(each, several)) for table, each in zip(tables, above, strict=True))
    pairs = list(zip(above, found, strict=True))
    read = {words for each, table in pairs for words in each.values() if words in (table.heading or "")}
    notes = (*_notes(body, titles, named), *_not_read(beside, read), *_in_other_parts(document))
    return FoundDocument(next(iter(titles), named or None), found, notes)


def _not_read(beside: Sequence[Sequence[str]], read: Collection[str]) -> Iterator[str]:
    """Notes about what stands *beside* the tables and was not *read* as a heading."""
    for number, paragraphs in enumerate(beside, start=1):
        if others := [words for words in paragraphs if words not in read]:
            where = f"before table {number}" if number < len(beside) else "after the last table"
            yield f"{where}: {quoted(others)} {'was' if len(others) == 1 else 'were'} not read."


def _in_other_parts(document: WordDocument) -> Iterator[str]:
    """Notes about what stands in comments, and above and below the pages."""
    for kind, where in (("comments", "a comment"), ("header", "the head of a page"), ("footer", "the foot of a page")):
        parts = [each.target_part for each in document.part.rels.values() if each.reltype.endswith(f"/{kind}")]
        paragraphs = [tidy_line(_text(each)) for part in parts for each in parse_xml(part.blob).iter(PARAGRAPH)]
        if words := [
            each for each in dict.fromkeys(paragraphs) if re.search(r"[^\W\d_]", NUMBER_OF_PAGE.sub("", each))
        ]:
            yield f"{where}: {quoted(words)} {'was' if len(words) == 1 else 'were'} not read."


def _heading(levels: Mapping[str, str], several: Mapping[str, int]) -> str | None:
    """The heading of a table: the lowest, below those of higher *levels* of which the document has *several*.

    A heading that is the only one of its level names the document.
    """
    above = list(levels.items())
    if not above:
        return None
    joined = ": ".join(words for level, words in above if several[level] > 1 or words == above[-1][1])
    return joined if len(joined) <= MOST_TITLE else above[-1][1]


def _name_footnotes(document: WordDocument) -> None:
    """Write the words of each footnote and endnote into the mark that points at it."""
    for kind in ("footnote", "endnote"):
        parts = [each for each in document.part.rels.values() if each.reltype.endswith(f"/{kind}s")]
        for part in parts:
            said = {each.get(f"{W}id"): tidy_line(_text(each)) for each in parse_xml(part.target_part.blob)}
            for mark in document.element.body.iter(f"{W}{kind}Reference"):
                mark.set(SAID, said.get(mark.get(f"{W}id"), ""))


def _notes(body: Any, titles: list[str], named: str) -> Iterator[str]:
    """Notes about the document as a whole."""
    if others := [
        f"'{each}'" for each in dict.fromkeys((*titles[1:], named)) if titles and each not in ("", titles[0])
    ]:
        yield f"the document: '{titles[0]}' was read as its title, but it also has {', '.join(others)}."
    if any(True for _ in body.iter(*CHANGES)):
        yield "the document: it has tracked changes and was read as if all were accepted."
    if any(each.text for box in body.iter(BOX) for each in box.iter(TEXT)):
        yield "the document: the text in text boxes was not read."


def _table(table: Any, number: int, *, goes_on: bool) -> FoundTable:
    place = f"table {number}"
    rows: list[TableRow] = []
    above: dict[int, TableCell] = {}
    width = 0
    for at, row in enumerate(_nearest(table, ROW), start=1):
        if at > MAX_ROWS:
            raise Refused(f"{place} has more than {MAX_ROWS:,} rows. Delete those that are not part of the plan.")
        if row.find(f"{W}trPr/{W}del") is None:
            read, above, end = _row(row, f"{place}, row {at}", above)
            rows.append(read)
            width = max(width, end)
    return FoundTable(place, tuple(rows), width, goes_on=goes_on)


def _row(row: Any, place: str, above: Mapping[int, TableCell]) -> tuple[TableRow, dict[int, TableCell], int]:
    """A row, all its cells by their first column, and how many columns it has."""
    cells: dict[int, TableCell] = {}
    notes: list[str] = []
    shades: dict[int, str] = {}
    at = row.grid_before
    for cell in _nearest(row, CELL):
        last = at + max(cell.grid_span, 1) - 1
        shading = cell.find(f"{W}tcPr/{W}shd")
        if shading is not None and (colour := shade_of(shading.get(f"{W}fill"))):
            shades[at] = colour
        if cell.vMerge == "continue" and at in above:
            cells[at] = TableCell(at, last, above[at].text, is_from_above=True)
        else:
            blocks = list(_nearest(cell, PARAGRAPH, TABLE))
            text, said = read_text(place, "\n".join(_text(block) for block in blocks if block.tag == PARAGRAPH))
            cells[at] = TableCell(at, last, text)
            notes += [*said, *_cell_notes(place, blocks)]
        at = last + 1
    filled = tuple(each for each in cells.values() if each.text)
    return TableRow(place, filled, tuple(notes), shades), cells, at


def _cell_notes(place: str, blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        if block.tag == TABLE:
            said = (words for each in block.iter(PARAGRAPH) if (words := tidy_line(_text(each))))
            yield f"{place}: a table within a cell was not read: {quoted(said)}."
            continue
        if hidden := _said_by(block, "vanish"):
            yield f"{place}: '{hidden}' is hidden and was not read."
        if equation := "".join(each.text or "" for each in block.iter(EQUATION)):
            yield f"{place}: an equation was read as '{one_line(equation)}'."
        for footnote in (each.get(SAID) for each in block.iter(*FOOTNOTES)):
            yield f"{place}: a footnote was not read: '{footnote}'."
        if UNREAD in (words := _text(block)):
            yield f"{place}: a symbol that Word inserted was not read; it stands as {UNREAD} in '{tidy_line(words)}'."
        if struck := _said_by(block, "strike", "dstrike"):
            yield f"{place}: '{struck}' is struck through but was read all the same."


def _is_on(run: Any, *properties: str) -> bool:
    """Whether Word shows *run* with one of the *properties*, such as "vanish" for what it hides."""
    said = [run.find(f"{W}rPr/{W}{name}") for name in properties]
    return any(each is not None and each.get(f"{W}val") not in ("0", "false", "off") for each in said)


def _said_by(block: Any, *properties: str) -> str:
    """The words of those runs of *block* that have one of the *properties*."""
    return tidy_line("".join(_text(run, hidden=True) for run in block.iter(*RUNS) if _is_on(run, *properties)))


def _nearest(inside: Any, *tags: str) -> Iterator[Any]:
    """The elements of *tags* inside, in order, without those inside one another."""
    for each in inside:
        if each.tag in tags:
            yield each
        elif each.tag not in NOT_READ:
            yield from _nearest(each, *tags)


def _text(block: Any, *, hidden: bool = False) -> str:
    """The words of *block*, without those that Word hides unless *hidden* ones are asked for."""
    return "".join(
        _words(each)
        for each in _nearest(block, TEXT, EQUATION, SYMBOL, *BREAKS)
        if hidden or not _is_on(each.getparent(), "vanish")
    )


def _words(element: Any) -> str:
    """What an *element* of a paragraph says."""
    if element.tag in (TEXT, EQUATION):
        return element.text or ""
    if element.tag != SYMBOL:
        return BREAKS[element.tag]
    font, code = str(element.get(f"{W}font")).casefold(), str(element.get(f"{W}char"))
    try:
        return SYMBOLS.get(font, {}).get(int(code, 16) & 0xFF, UNREAD)
    except ValueError:
        return UNREAD


def _style(style_id: str | None, styles: Mapping[str | None, Any]) -> str:
    """The name of the style of Word that a style is based on: "title", "heading 1" or another."""
    name = ""
    for _ in range(10):
        style = styles.get(style_id)
        if style is None or name == "title" or name.startswith("heading"):
            break
        name, style_id = str(style.name_val).casefold(), style.basedOn_val
    return name
