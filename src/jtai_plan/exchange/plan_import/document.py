"""The rows of a file that somebody sent, before anyone asks what they mean: what each cell says, and where it stands.

The file is a stranger's. What is no plain document of a plain size is refused before a library opens it.
"""

import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jtai_plan.errors import JtaiError
from jtai_plan.exchange.forms.read import MAX_BYTES, MAX_UNPACKED
from jtai_plan.model.text import CONTROLS

LONGEST = 32_767
"""How many characters a cell may hold: no form would take more."""


class PlanNotRead(JtaiError):
    """A file that no plan can be read from: where, what, and what to do next."""

    status = 1

    def __init__(self, file: Path, words: str) -> None:
        super().__init__(f"{file}: {words} Nothing was read from it.")


class TableCell(NamedTuple):
    """A cell that says something."""

    first: int
    """The first column that it stands in, from 0."""
    last: int
    """The last; another than the first where cells are merged across."""
    text: str
    """What it says: lines without the white space that does not count."""
    is_from_above: bool = False
    """Whether it is merged with the cell above, which says the same."""


class TableRow(NamedTuple):
    """A row, with those of its cells that say something."""

    place: str
    """Such as "table 2, row 5"."""
    cells: tuple[TableCell, ...]
    notes: tuple[str, ...] = ()
    """What could not be taken as it stands, in sentences."""


class FoundTable(NamedTuple):
    """A table of a document, or a sheet of a workbook."""

    place: str
    """Such as "table 2" or "sheet 'Plan'"."""
    rows: tuple[TableRow, ...]
    width: int
    """How many columns it has."""
    heading: str | None = None
    """The last heading before it, where one stands between it and the table before."""
    sheet: str | None = None
    """The name that somebody gave the sheet; empty where Excel did, and None in a document."""
    goes_on: bool = False
    """Whether nothing stands between it and the table before."""


class FoundDocument(NamedTuple):
    """All tables of a file."""

    title: str | None
    tables: tuple[FoundTable, ...]
    notes: tuple[str, ...] = ()


def folded(raw: str) -> tuple[str, bool]:
    """*raw* in lines, each without the white space that does not count; and whether control characters were dropped."""
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", raw)
    kept = [re.sub(f"[{CONTROLS}]", "", line) for line in lines]
    return "\n".join(words for line in kept if (words := one_line(line))), kept != lines


def one_line(text: str) -> str:
    """*text* in one line, with single spaces."""
    return " ".join(text.split())


def read_text(file: Path, place: str, raw: str) -> tuple[str, tuple[str, ...]]:
    """What a cell says, and what is to be said of it. Raises PlanNotRead where it is too long."""
    if len(raw) > LONGEST:
        raise PlanNotRead(file, f"{place} holds a text of {len(raw):,} characters; {LONGEST:,} are taken. Shorten it.")
    text, dropped = folded(raw)
    return text, (f"{place}: control characters were left out of '{one_line(text)}'.",) if dropped else ()


def parts_of(file: Path, kind: str, program: str) -> Mapping[str, bytes]:
    """What the file's parts hold, by their names. Raises PlanNotRead for what is no *kind* (".docx") of *program*."""
    try:
        if file.is_dir() or not file.exists():
            raise PlanNotRead(file, "there is no such file. Look at how its name is spelt.")
        if (size := file.stat().st_size) > MAX_BYTES:
            most = MAX_BYTES // 10**6
            raise PlanNotRead(file, f"the file has {size / 1e6:.0f} MB; {most} are taken. Take its pictures out.")
        with file.open("rb") as opened:
            if opened.read(4) == b"\xd0\xcf\x11\xe0":
                raise PlanNotRead(
                    file, f"it is protected by a password, or of an old kind. Save it as {kind} without one."
                )
        parts = _unpacked(file)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError) as error:
        raise PlanNotRead(
            file, f"this cannot be read ({one_line(str(error))}). Save it in {program} as {kind}."
        ) from None
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise PlanNotRead(file, f"the file holds macros. Save it as {kind}, without them.")
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for name, part in parts.items() if _is_xml(name)):
        raise PlanNotRead(
            file, f"it declares XML entities, which {program} never does. Save it in {program} as {kind}."
        )
    return parts


def _unpacked(file: Path) -> Mapping[str, bytes]:
    parts: dict[str, bytes] = {}
    room = MAX_UNPACKED
    with zipfile.ZipFile(file) as packed:
        for each in packed.infolist():
            # What the file says of its own size need not be so.
            each.file_size = MAX_UNPACKED + 1
            with packed.open(each) as part:
                parts[each.filename] = part.read(room + 1)
            room -= len(parts[each.filename])
            if room < 0:
                raise PlanNotRead(
                    file, f"the file unpacks to more than {MAX_UNPACKED // 10**6} MB, as no plan does. Ask who sent it."
                )
    return parts


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))
