"""How Excel shows a cell: a number as 95% and not 0.95, £25,000, 2.10 or 007, and its shade.

The library that reads workbooks gives numbers bare, and no shades.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from posixpath import join, normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring, iterparse
from zipfile import ZipFile

from jtai_plan.exchange.plan_import.shades import shade_of
from jtai_plan.exchange.untrusted import WORKBOOK, as_typed, column_name, failures_as_refusals

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Those that a workbook need not spell out: ECMA-376, part 1, 18.8.30.
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_SHOWN = re.compile(r"(?P<before>[£$€]?)(?P<digits>[#,?]{0,30}0{0,30})(?P<places>\.0{1,30})?(?P<percent>%?)")
"""No number needs more than 30 digits, or more than 30 decimal places."""
LONGEST = 255
"""Characters in a format: Excel takes no longer one."""
_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
_LARGEST = 1e15
"""Excel shows no more digits than these."""
_YES = ("1", "true")
_TEXT = frozenset(("s", "str", "inlineStr", "b", "e"))
"""The kinds of cells that hold no number."""


class Style(NamedTuple):
    """How a cell is shown."""

    format: str
    """Of a number; empty for none."""
    shade: str
    """Red, amber, green or blue; empty for none."""


PLAIN = Style("", "")
Styles = Mapping[tuple[int, int], Style]
"""By the row and the column of a cell, from 0; cells that are plain are left out."""


class Look(NamedTuple):
    """How a sheet looks."""

    styles: Styles
    hidden: tuple[str, ...]
    """The rows and columns that Excel does not show: "row 4", "column C"."""


NO_LOOK = Look({}, ())


def looks(content: BytesIO) -> Mapping[str, Look]:
    """How each sheet looks, by its name, in a workbook that was checked. Raises Refused."""
    with failures_as_refusals(WORKBOOK), ZipFile(BytesIO(content.getvalue())) as packed:
        styles = dict(enumerate(_styles(packed))) if "xl/styles.xml" in packed.namelist() else {}
        shades = {number: style._replace(format="") for number, style in styles.items()}
        found: dict[str, Look] = {}
        for name, path in _sheets(packed):
            if path in packed.namelist():
                hidden: list[str] = []
                cells = {
                    place: style
                    for place, number, is_number in _cells(packed, path, hidden)
                    if (style := (styles if is_number else shades).get(number, PLAIN)) != PLAIN
                }
                found[name] = Look(cells, tuple(hidden))
        return found


def comments(content: BytesIO) -> Iterator[tuple[str, str]]:
    """The comments of a workbook that was checked: the cell of each, such as "B4", and its words. Raises Refused."""
    with failures_as_refusals(WORKBOOK), ZipFile(BytesIO(content.getvalue())) as packed:
        for path in packed.namelist():
            for comment in _parsed(packed, path).iter(f"{_MAIN}comment") if _COMMENTS.fullmatch(path) else ():
                yield str(comment.get("ref")), "".join(each.text or "" for each in comment.iter(f"{_MAIN}t"))


def shown(value: object, code: str) -> str:
    """*value* as Excel shows it in the format *code*, if that is one for whole or decimal numbers; else as typed."""
    first = code.split(";")[0]
    plain = re.sub(r'\[\$([^\]-]*)(?:-[^\]]*)?\]|"([^"]*)"|\\(.)', r"\1\2\3", first).strip(" _()*")
    form = _SHOWN.fullmatch(plain)
    if not form or not isinstance(value, int | float) or isinstance(value, bool) or abs(value) >= _LARGEST:
        return as_typed(value)
    # A sign in quotes is a word, and does not make a percentage of the number.
    if form["percent"] and "%" not in re.sub(r'"[^"]*"|\\.', "", first):
        return as_typed(value)
    number = value * 100 if form["percent"] else value
    places = len(form["places"] or ".") - 1
    # A format without decimal places rounds what it shows: the plan keeps the number.
    if not form["places"] and not float(round(number, 9)).is_integer():
        return as_typed(value)
    least = form["digits"].count("0") + (places + 1 if places else 0)
    exact = abs(Decimal(repr(round(number, 9)))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    words = f"{exact:{',' if ',' in form['digits'] else f'0{least}'}.{places}f}"
    return f"{'-' if number < 0 else ''}{form['before']}{words}{form['percent']}"


def _cells(packed: ZipFile, path: str, hidden: list[str]) -> Iterator[tuple[tuple[int, int], int, bool]]:
    """The place of each cell of a sheet, the number of its style, and whether it may hold a number.

    The rows and columns that Excel does not show are added to *hidden*.
    """
    with packed.open(path) as part:
        # A whole sheet would take many times its size in memory.
        for _, element in iterparse(part):  # noqa: S314  # the file was checked: none of its parts declares an entity
            if element.tag == f"{_MAIN}c" and element.get("r"):
                yield _place(str(element.get("r"))), int(element.get("s") or 0), element.get("t") not in _TEXT
            if element.tag == f"{_MAIN}row":
                if element.get("hidden") in _YES and len(element):
                    hidden.append(f"row {element.get('r')}")
                element.clear()
            if element.tag == f"{_MAIN}col" and element.get("hidden") in _YES:
                first, last = (column_name(int(element.get(each) or 1)) for each in ("min", "max"))
                hidden.append(f"column {first}" if first == last else f"columns {first} to {last}")


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


def _styles(packed: ZipFile) -> Iterator[Style]:
    """Each style, in the order in which cells name them."""
    root = _parsed(packed, "xl/styles.xml")
    theme = _theme(packed) if "xl/theme/theme1.xml" in packed.namelist() else []
    shades = [shade_of(_fill(each, theme)) for each in root.iterfind(f"{_MAIN}fills/{_MAIN}fill")]
    codes = {int(each.get("numFmtId") or 0): str(each.get("formatCode")) for each in root.iter(f"{_MAIN}numFmt")}
    for each in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        number = int(each.get("numFmtId") or 0)
        code = codes.get(number) or _BUILT_IN.get(number, "")
        fill = int(each.get("fillId") or 0)
        yield Style(code if len(code) <= LONGEST else "", shades[fill] if fill < len(shades) else "")


def _fill(fill: Element, theme: Sequence[str]) -> str | None:
    """The colour of a *fill*, six hexadecimal digits: its own, or one of the *theme* in a tint."""
    colour = fill.find(f"{_MAIN}patternFill[@patternType='solid']/{_MAIN}fgColor")
    if colour is None:
        return None
    if rgb := colour.get("rgb"):
        return rgb[-6:]
    at, tint = int(colour.get("theme") or len(theme)), float(colour.get("tint") or 0)
    if at >= len(theme):
        return None
    parts = (int(theme[at][each : each + 2], 16) for each in (0, 2, 4))
    # ECMA-376, part 1, 18.8.19: a tint above 0 is lighter, and one below 0 darker.
    tinted = (each + (255 - each) * tint if tint > 0 else each * (1 + tint) for each in parts)
    return "".join(f"{min(max(round(each), 0), 255):02x}" for each in tinted)


def _theme(packed: ZipFile) -> list[str]:
    """The colours of the workbook's theme, in the order in which fills number them."""
    (scheme,) = _parsed(packed, "xl/theme/theme1.xml").iter(f"{_DRAWING}clrScheme")
    dark, light, dark_2, light_2, *accents = (
        each.get("lastClr") or each.get("val") or "000000" for part in scheme for each in part
    )
    return [light, dark, light_2, dark_2, *accents]
