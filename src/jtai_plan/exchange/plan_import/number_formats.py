"""How Excel shows a number: 95% and not 0.95, £25,000, 2.10, 007. The library that reads workbooks gives it bare."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import join, normpath
from xml.etree.ElementTree import Element, fromstring, iterparse
from zipfile import ZipFile

from jtai_plan.exchange.untrusted import WORKBOOK, as_typed, failures_as_refusals

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Those that a workbook need not spell out: ECMA-376, part 1, 18.8.30.
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_SHOWN = re.compile(r"(?P<before>[£$€]?)(?P<digits>[#,?]{0,30}0{0,30})(?P<places>\.0{1,30})?(?P<percent>%?)")
"""No number needs more than 30 digits, or more than 30 decimal places."""
LONGEST = 255
"""Characters in a format: Excel takes no longer one."""
_TEXT = frozenset(("s", "str", "inlineStr", "b", "e"))
"""The kinds of cells that hold no number."""

Formats = Mapping[tuple[int, int], str]
"""By the row and the column of a cell, from 0; cells without a format are left out."""


def formats_of(content: BytesIO) -> Mapping[str, Formats]:
    """The formats of each sheet, by its name, of a workbook that was checked. Raises Refused."""
    with failures_as_refusals(WORKBOOK), ZipFile(BytesIO(content.getvalue())) as packed:
        styles = dict(enumerate(_styles(packed))) if "xl/styles.xml" in packed.namelist() else {}
        return {
            name: {place: code for place, style in _cells(packed, path) if (code := styles.get(style))}
            for name, path in _sheets(packed)
            if path in packed.namelist()
        }


def shown(value: object, code: str) -> str:
    """*value* as Excel shows it in the format *code*, if that is one for whole or decimal numbers; else as typed."""
    plain = re.sub(r'\[\$([^\]-]*)(?:-[^\]]*)?\]|"([^"]*)"|\\(.)', r"\1\2\3", code.split(";")[0]).strip(" _()*")
    form = _SHOWN.fullmatch(plain)
    if not form or not isinstance(value, int | float) or isinstance(value, bool):
        return as_typed(value)
    number = value * 100 if form["percent"] else value
    places = len(form["places"] or ".") - 1
    # A format without decimal places rounds what it shows: the plan keeps the number.
    if not form["places"] and not float(round(number, 9)).is_integer():
        return as_typed(value)
    least = form["digits"].count("0") + (places + 1 if places else 0)
    words = f"{abs(round(number, 9)):{',' if ',' in form['digits'] else f'0{least}'}.{places}f}"
    return f"{'-' if number < 0 else ''}{form['before']}{words}{form['percent']}"


def _cells(packed: ZipFile, path: str) -> Iterator[tuple[tuple[int, int], int]]:
    """The place and the style of each cell of a sheet that holds a number, and is said to have a style."""
    with packed.open(path) as part:
        # A whole sheet would take many times its size in memory.
        for _, element in iterparse(part):  # noqa: S314  # the file was checked: none of its parts declares an entity
            if element.tag == f"{_MAIN}c" and element.get("r") and element.get("t") not in _TEXT:
                yield _place(str(element.get("r"))), int(element.get("s") or 0)
            if element.tag == f"{_MAIN}row":
                element.clear()


def _place(reference: str) -> tuple[int, int]:
    """The row and the column of a *reference* such as "B4", from 0."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1


def _parsed(packed: ZipFile, path: str) -> Element:
    return fromstring(packed.read(path))  # noqa: S314  # the file was checked: none of its parts declares an entity


def _sheets(packed: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the path of its part."""
    relations = _parsed(packed, "xl/_rels/workbook.xml.rels")
    targets = {each.get("Id"): str(each.get("Target")) for each in relations}
    for sheet in _parsed(packed, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield str(sheet.get("name")), target[1:] if target.startswith("/") else normpath(join("xl", target))


def _styles(packed: ZipFile) -> Iterator[str]:
    """The format of each style, in the order in which cells name them; empty for none."""
    root = _parsed(packed, "xl/styles.xml")
    codes = {int(each.get("numFmtId") or 0): str(each.get("formatCode")) for each in root.iter(f"{_MAIN}numFmt")}
    for each in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        number = int(each.get("numFmtId") or 0)
        code = codes.get(number) or _BUILT_IN.get(number, "")
        yield code if len(code) <= LONGEST else ""
