"""Files that other people send: Excel, Word and OpenDocument files are zips of XML, and any of them may be hostile.

A file is unpacked and counted here first, and the sizes it states are never believed. The library that reads it gets a
new zip, which holds only the parts that were counted.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from jtai_plan.model.text import one_line

MAX_BYTES = 10_000_000
MAX_UNPACKED = 100_000_000
MAX_PARTS = 2_000
MAX_MARKS = 2_000_000
"""The signs < and = in the XML. Elements and attributes take up to a hundred times their size in memory."""
MAX_SHEETS = 200
MAX_ROWS = 20_000
MAX_CELLS = 5_000_000
"""In the sheets of a workbook, the empty cells between two filled ones included: the library makes room for each."""
MAX_TEXT = 50_000_000
"""Bytes of text in the cells. One text in the file can stand in many cells."""
MAX_STATED = 1_000_000
"""The largest number of things that a part may state to hold: the library makes room for them before it has any."""
MAX_UNSHOWN = 20
"""So many cells whose value cannot be shown are named."""
MAX_MERGED = 100_000
"""Cells that are merged with others."""
Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged range, each as row and column from 0."""


class Refused(Exception):
    """Why a file is not read, in one or two sentences. The caller adds the name of the file."""


class FileKind(NamedTuple):
    """A kind of file that people send."""

    noun: str
    suffix: str
    program: str
    """The program that should save it."""


WORKBOOK = FileKind("workbook", ".xlsx", "Excel")
DOCUMENT = FileKind("Word document", ".docx", "Word")


class Checked(NamedTuple):
    """A file within all limits."""

    content: BytesIO
    """The zip to give to a library."""
    unshown: tuple[tuple[int, str], ...] = ()
    """The cells whose value cannot be shown, each with the number of its sheet from 1: an error such as #REF!, or a
    formula without a saved value."""


class Sheet(NamedTuple):
    """A sheet of a workbook."""

    name: str
    is_hidden: bool
    values: Sequence[Sequence[Any]]
    """By row and column from A1; an empty cell is an empty text."""
    merged: Sequence[Range]


def checked(file: Path, kind: FileKind) -> Checked:
    """The file, unpacked and counted. Raises Refused if it is no *kind* of file or passes a limit."""
    try:
        if file.exists() and not file.is_file():
            raise Refused("it is not a file.")
        if (size := file.stat().st_size) > MAX_BYTES:
            limit = MAX_BYTES // 10**6
            raise Refused(f"the file is {size / 1e6:.0f} MB; the limit is {limit} MB. Take out its pictures.")
        content = file.read_bytes()
    except FileNotFoundError:
        raise Refused("there is no such file. Check the spelling of its name.") from None
    except OSError as error:
        why = error.strerror or "no reason given"
        raise Refused(f"it cannot be opened ({why}). Close it in other programs, then try again.") from None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            f"it has a password, or is in an old format. Save it in {kind.program} as {kind.suffix} without a password."
        )
    with failures_as_refusals(kind):
        parts = _unpacked(content)
        counts = _Counts()
        kept: dict[str, bytes] = {}
        for name, part in parts.items():
            if name.lower() == "xl/workbook.bin":
                raise ValueError("its sheets are not XML")
            # A workbook may keep a sheet in a part of any name. What is not counted, such as a picture, is left empty.
            is_counted = name.lower().endswith((".xml", ".rels")) or b"sheetData" in part
            kept[name] = part if is_counted or name == "mimetype" else b""
            if is_counted:
                counts.add(part, kind)
        counts.refuse_too_much()
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise Refused(f"it holds macros. Save it in {kind.program} as {kind.suffix} without macros.")
    return Checked(_packed(kept), tuple(counts.unshown))


@contextmanager
def failures_as_refusals(kind: FileKind) -> Iterator[None]:
    """Raise Refused for whatever a library raises: a hostile file makes it fail in more ways than can be listed."""
    try:
        yield
    except Refused:
        raise
    except BaseException as error:
        # A panic of a library in Rust is not an Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        why = one_line(error)[:200]
        raise Refused(
            f"it cannot be read as a {kind.noun} ({why}). Save it in {kind.program} as {kind.suffix}."
        ) from None


def sheets(book: Checked) -> Iterator[Sheet]:
    """The sheets of a workbook, in its order. Raises Refused."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with failures_as_refusals(WORKBOOK):
        opened = CalamineWorkbook.from_filelike(book.content)
    for about in opened.sheets_metadata:
        if about.typ is SheetTypeEnum.WorkSheet:
            with failures_as_refusals(WORKBOOK):
                sheet = opened.get_sheet_by_name(about.name)
                values, merged = sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ()
            yield Sheet(about.name, about.visible is not SheetVisibleEnum.Visible, values, merged)


def unshown(book: Checked, found: Sequence[Sheet]) -> Iterator[tuple[Sheet | None, str]]:
    """The cells of *book* whose value cannot be shown, each with its sheet among those *found*, and its name."""
    for number, cell in book.unshown:
        sheet = found[number - 1] if number <= len(found) else None
        yield sheet, f"sheet '{sheet.name}', cell {cell}" if sheet else f"cell {cell}"


_BESIDE = re.compile(r"(?:^|/)(?:comments|threadedComments|docProps/|persons?/|meta\.xml)", re.IGNORECASE)
_NOTE = re.compile(r"<office:annotation\b.*?</office:annotation>", re.DOTALL)


def words_beside(book: Checked) -> str:
    """What a workbook says outside its cells: in comments, and in the properties that the program keeps of it."""
    book.content.seek(0)
    with ZipFile(book.content) as parts:
        kept = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if _BESIDE.search(name)]
        content = parts.read("content.xml").decode("utf-8", "replace") if "content.xml" in parts.namelist() else ""
    book.content.seek(0)
    # A word can be cut by marks of its layout, and a line cannot.
    text = re.sub(r"</?(?:\w+:)?(?:r|t|rPr|span|s)\b[^>]*>", "", "\n".join([*kept, *_NOTE.findall(content)]))
    return unescape(re.sub(r"<[^>]*>", "\n", text))


def as_typed(value: Any) -> str:
    """The value of a cell as people type it: 3, not 3.0."""
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


def _unpacked(content: bytes) -> dict[str, bytes]:
    """What the parts hold, by their names."""
    parts: dict[str, bytes] = {}
    room = MAX_UNPACKED
    with ZipFile(BytesIO(content)) as packed:
        entries = packed.infolist()
        if len(entries) > MAX_PARTS:
            raise Refused(f"it holds {len(entries):,} parts; the limit is {MAX_PARTS:,}. Ask who sent it.")
        for each in entries:
            # zipfile stops at the size that the file states, which may be too small.
            each.file_size = MAX_UNPACKED + 2
            with packed.open(each) as part:
                parts[each.filename] = part.read(room + 1)
            room -= len(parts[each.filename])
            if room < 0:
                raise Refused(f"it unpacks to more than {MAX_UNPACKED // 10**6} MB. Ask who sent it.")
    # Readers look for a part in any case, and two of them might read two different parts.
    if len({name.lower() for name in parts}) < len(entries):
        raise ValueError("it holds two parts of the same name")
    return parts


def _with_tabs_and_breaks(sheets: bytes) -> bytes:
    """The sheets of an OpenDocument workbook, with tabs and line breaks as characters: the library drops the marks."""
    for mark, character in ((b"tab", b"&#9;"), (b"line-break", b"&#10;")):
        sheets = re.sub(rb"<text:%s(?:\s[^<>]*)?(?:/>|>\s*</text:%s>)" % (mark, mark), character, sheets)
    return sheets


def _packed(parts: Mapping[str, bytes]) -> BytesIO:
    content = BytesIO()
    with ZipFile(content, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, _with_tabs_and_breaks(part) if name == "content.xml" else part)
    content.seek(0)
    return content


class _Counts:
    """What a library would make of the XML in a file. It counts part by part, and stops at the first limit."""

    def __init__(self) -> None:
        self.marks = self.sheets = self.sheet_parts = self.cells = self.merged = self.text = 0
        self.unshown: list[tuple[int, str]] = []
        self.shared_sizes: Counter[int] = Counter()
        """The bytes of each shared text of an Excel workbook, by its number."""
        self.shared_uses: Counter[int] = Counter()
        """How many cells hold each shared text."""
        self.row = self.column = self.height = self.width = 0
        """Where the reading of a sheet is, and how far its filled cells go."""
        self.cell: dict[str, str] | None = None
        """The attributes of the cell or shared text that is being read."""
        self.holds: dict[str, str] = {}
        """What it holds: the names of elements, and the text of its value."""
        self.begins = 0
        """The byte at which it begins."""
        self.shared_number = 0
        self.rows = self.copies = 1
        """How many rows, and how many cells, an element of an OpenDocument sheet stands for."""

    def add(self, part: bytes, kind: FileKind) -> None:
        """Count a part. Raises Refused, ExpatError if it is not XML, and ValueError if no office program writes it."""
        self.marks += part.count(b"<") + part.count(b"=")
        if self.marks > MAX_MARKS:
            raise Refused("it holds far more than people write by hand. Copy what is needed into a new file.")
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        if kind is WORKBOOK:
            self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.cell, self.shared_number = None, 0
        self.parser.Parse(part, True)
        self._end_of_sheet()

    def refuse_too_much(self) -> None:
        """Raise Refused if all parts together pass a limit."""
        if self.sheets > self.sheet_parts:
            raise ValueError("two of its sheets are the same part")
        self.text += sum(self.shared_sizes[number] * uses for number, uses in self.shared_uses.items())
        if self.sheets > MAX_SHEETS or self.cells > MAX_CELLS or self.text > MAX_TEXT:
            raise Refused(
                f"its sheets hold too much. The limit is {MAX_SHEETS} sheets, {MAX_CELLS:,} cells and "
                f"{MAX_TEXT // 10**6} MB of text. Copy what is needed into a new workbook."
            )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if "uniqueCount" in attributes:
            _refuse_stated(attributes)
        if name.startswith(("table:", "text:")):
            self._open_document(name, attributes)
        else:
            self._excel(name.rpartition(":")[2], attributes)

    def _excel(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "row":
                self.row, self.column = _number(attributes, "r", self.row + 1), 0
            case "c":
                self._begin(attributes, self.column + 1)
                if place := attributes.get("r"):
                    self.column, self.row = _column_and_row(place)
            case "f" | "is" | "v" if self.cell is not None:
                if name in self.holds:
                    raise ValueError("a cell has two values")
                self.holds[name] = ""
                self.parser.CharacterDataHandler = self._value if name == "v" else None
            case "si":
                self._begin(attributes, 0)
            case "mergeCell":
                self._merge(attributes["ref"])
            case "sheet":
                self.sheets += 1
            case "worksheet" | "chartsheet" | "dialogsheet" | "macrosheet":
                self.sheet_parts += 1

    def _open_document(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table":
                self._end_of_sheet()
                self.sheets, self.sheet_parts = self.sheets + 1, self.sheet_parts + 1
            case "table:table-row":
                self.rows = _number(attributes, "table:number-rows-repeated")
                self.row, self.column = self.row + self.rows, 0
            case "table:table-cell" | "table:covered-table-cell":
                self.copies = _number(attributes, "table:number-columns-repeated")
                self._begin(attributes, self.column + self.copies)
                self.holds |= {each: "" for each in attributes if each.startswith(("office:", "table:formula"))}
            case "text:p":
                self.holds[name] = ""
            case "text:s":
                self.text += _number(attributes, "text:c") * self.copies * self.rows

    def _begin(self, attributes: dict[str, str], column: int) -> None:
        if self.cell is not None:
            raise ValueError("a cell holds a cell")
        self.cell, self.holds, self.column, self.begins = attributes, {}, column, self.parser.CurrentByteIndex
        self.parser.CharacterDataHandler = None

    def _end(self, name: str) -> None:
        size = self.parser.CurrentByteIndex - self.begins
        match name.rpartition(":")[2]:
            case "si":
                self.shared_sizes[self.shared_number] = max(size, self.shared_sizes[self.shared_number])
                self.shared_number, self.cell = self.shared_number + 1, None
            case "c" if self.cell is not None:
                self._end_of_cell(self.cell.get("t"), self.holds.get("v", "").strip())
            case "table-cell" | "covered-table-cell":
                self.text += size * self.copies * self.rows if self.holds else 0
                is_error = (self.cell or {}).get("calcext:value-type") == "error"
                has_value = any(each.startswith("office:") for each in self.holds)
                unsaved = "table:formula" in self.holds and not has_value
                self._end_of_cell("e" if is_error or unsaved else "", "")

    def _end_of_cell(self, kind: str | None, value: str) -> None:
        self.parser.CharacterDataHandler = self.cell = None
        if self.holds:
            self.width, self.height = max(self.width, self.column), max(self.height, self.row)
        if kind == "s" and value.isdecimal():
            self.shared_uses[int(value)] += 1
        is_unsaved = "f" in self.holds and not value and kind != "str"
        if is_unsaved or kind == "e":
            self._note_unshown()

    def _note_unshown(self) -> None:
        if len(self.unshown) < MAX_UNSHOWN:
            self.unshown.append((self.sheet_parts, f"{column_name(self.column)}{self.row}"))

    def _value(self, text: str) -> None:
        self.holds["v"] += text

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (left, top), (right, bottom) = _column_and_row(first), _column_and_row(last or first)
        columns, rows = min(right, self.width) - left + 1, min(bottom, self.height) - top + 1
        self.merged += max(columns, 1) * max(rows, 1)
        if self.merged > MAX_MERGED:
            raise Refused("it has too many merged cells. Unmerge those that do not need it.")

    def _end_of_sheet(self) -> None:
        if self.height > MAX_ROWS or self.height * self.width > MAX_CELLS:
            raise Refused(
                f"a sheet goes on to row {self.height:,} and column {self.width:,}; the limit is {MAX_ROWS:,} rows and "
                f"{MAX_CELLS:,} cells. Delete the rows and columns after the last entry, and save it."
            )
        self.cells += self.height * self.width
        self.row = self.column = self.height = self.width = 0


def column_name(column: int) -> str:
    """The name of a *column*, from 1, such as "G"."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _refuse_doctype(*_: object) -> None:
    raise Refused("it declares XML entities, which no office program does. Save it again in the program that made it.")


def _refuse_stated(attributes: Mapping[str, str]) -> None:
    """Raise ValueError if a part states more texts than any could hold."""
    for name in ("count", "uniqueCount"):
        if not attributes.get(name, "0").isdecimal() or int(attributes.get(name, "0")[:20]) > MAX_STATED:
            raise ValueError(f"{name} is '{attributes[name][:20]}'")


def _number(attributes: Mapping[str, str], name: str, default: int = 1) -> int:
    """The number in an attribute. Raises ValueError if it is not one, or is below 1."""
    typed = attributes.get(name, str(default))
    if not re.fullmatch(r"0{0,9}[1-9]\d{0,18}", typed):
        raise ValueError(f"{name} is '{typed[:20]}'")
    return int(typed)


def _column_and_row(place: str) -> tuple[int, int]:
    """The column and row, from 1, of a cell such as "G7". Raises ValueError."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", place.upper())
    if not found:
        raise ValueError(f"'{place[:20]}' is not a cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(found[2])
