"""Draw the layers and rooms of the code into docs/pictures/layers.svg: `python tools/layers.py`.

Everything in the picture comes from the code: the arrows from its imports, the names from its files, the words from the
first sentence of each package.
"""

import ast
import sys
import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path

import grimp

from keep_current import ROOT, keep_current

PACKAGE = "jtai_plan"

ROWS = (("cli",), ("commands",), ("files", "output", "history", "exchange"), ("rules",), ("model",))
"""The layers from top to bottom. Imports go down; tests of the imports hold that, and this drawing fails without it."""
ROOMS = {"output": 1, "exchange": 1, "rules": 4}
"""The layers that are divided into rooms, and how many rooms stand side by side."""

WIDTH, EDGE, GAP, BETWEEN = 1000, 60, 24, 60
LINE, PAD = 17, 14
FONT = 'font-family="Liberation Sans, Arial, Helvetica, sans-serif"'
HEAD = 'viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"'
INK, QUIET, LAYER, ROOM = "#0b0c0c", "#505a5f", "#e8f1f8", "#ffffff"

Imports = set[tuple[str, str]]
Box = tuple[int, int, int, int]
"""Left, top, width and height."""


def imports() -> Imports:
    """Who imports whom: each layer by its name, each room as `rules.judge`."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    found: Imports = set()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            one, other = parts(module), parts(imported)
            # What is in no layer, such as errors.py, may be imported by all.
            if one and other:
                found |= {(one[0], other[0])} if one[0] != other[0] else {(".".join(one), ".".join(other))}
    return {(one, other) for one, other in found if one != other}


def parts(module: str) -> tuple[str, ...]:
    """The layer of *module*, then its room if it has one; nothing if it is in no layer."""
    names = module.split(".")[1:]
    if not names or names[0] not in {layer for row in ROWS for layer in row}:
        return ()
    return tuple(names[:2]) if names[0] in ROOMS else (names[0],)


def rooms(layer: str) -> list[str]:
    """The folders of *layer*, each a room."""
    if layer not in ROOMS:
        return []
    return sorted(each.parent.name for each in (ROOT / "src" / PACKAGE / layer).glob("*/__init__.py"))


def modules(*names: str) -> str:
    """The names of the modules and folders of a layer or a room, without the rooms of a layer."""
    place = ROOT / "src" / PACKAGE / Path(*names)
    found = {each.stem for each in place.glob("[!_]*.py")} | {each.parent.name for each in place.glob("*/__init__.py")}
    return ", ".join(sorted(found - set(rooms(names[0]) if len(names) == 1 else ())))


def about(*names: str) -> str:
    """The first sentence that a package or module says of itself."""
    place = ROOT / "src" / PACKAGE / Path(*names)
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(told.split("\n\n")[0].split()).partition(". ")[0].rstrip(".").replace("`", "")


def picture(found: Imports) -> str:
    """The whole picture as SVG."""
    boxes: dict[str, Box] = {}
    body: list[str] = []
    top = 20
    for row in ROWS:
        width = (WIDTH - 2 * EDGE - GAP * (len(row) - 1)) // len(row)
        height = max(layer_height(layer, width, found) for layer in row)
        for place, layer in enumerate(row):
            boxes[layer] = (EDGE + place * (width + GAP), top, width, height)
            body += drawn_layer(layer, boxes[layer], found)
        top += height + BETWEEN
    body += arrows(boxes, {pair for pair in found if "." not in pair[0]})
    height = top - BETWEEN + 20
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" {FONT}>',
            "<title>The layers of jtai: an arrow goes from a layer to each that it imports</title>",
            f'<defs><marker id="head" {HEAD}><path d="M0 0 10 5 0 10z" fill="{INK}"/></marker></defs>',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *body,
            "</svg>\n",
        ]
    )


def inside(names: tuple[str, ...], width: int, found: Imports) -> list[tuple[str, str]]:
    """The lines of text in the box of a layer or a room, below its name, each with its colour."""
    used = sorted(other.partition(".")[2] for one, other in found if one == ".".join(names) and len(names) == 2)
    paragraphs = [
        (about(*names), INK),
        (modules(*names), QUIET),
        (f"imports {', '.join(used)}" if used else "", INK),
    ]
    fits = max(12, (width - 2 * PAD) * 10 // 66)
    return [
        (line, colour) for words, colour in paragraphs for line in textwrap.wrap(words, fits, break_on_hyphens=False)
    ]


def room_boxes(layer: str, width: int, found: Imports) -> list[tuple[str, Box]]:
    """The box of each room, from the top left corner of all."""
    beside = ROOMS.get(layer, 1)
    each = (width - 2 * PAD - (beside - 1) * 10) // beside
    boxes: list[tuple[str, Box]] = []
    top, names = 0, rooms(layer)
    for start in range(0, len(names), beside):
        row = names[start : start + beside]
        height = max(len(inside((layer, room), each, found)) for room in row) * LINE + LINE + 16
        boxes += [(room, (place * (each + 10), top, each, height)) for place, room in enumerate(row)]
        top += height + 10
    return boxes


def layer_height(layer: str, width: int, found: Imports) -> int:
    """How tall the box of a layer is."""
    below = max((box[1] + box[3] + 10 for _, box in room_boxes(layer, width, found)), default=0)
    return 2 * PAD + LINE * (1 + len(inside((layer,), width, found))) + below


def drawn_layer(layer: str, box: Box, found: Imports) -> Iterator[str]:
    """A layer and its rooms."""
    left, top, width, _ = box
    yield rectangle(box, LAYER)
    yield text(left + PAD, top + PAD + 8, layer, bold=True)
    lines = inside((layer,), width, found)
    for number, (line, colour) in enumerate(lines, start=1):
        yield text(left + PAD, top + PAD + 8 + number * LINE, line, colour=colour)
    below = top + PAD + 18 + len(lines) * LINE
    for room, (across, down, wide, high) in room_boxes(layer, width, found):
        yield rectangle((left + PAD + across, below + down, wide, high), ROOM)
        yield text(left + PAD + across + 8, below + down + 18, room, bold=True)
        for number, (line, colour) in enumerate(inside((layer, room), wide, found), start=1):
            yield text(left + PAD + across + 8, below + down + 18 + number * LINE, line, colour=colour)


def rectangle(box: Box, fill: str) -> str:
    """A box with a border."""
    left, top, width, height = box
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="6" fill="{fill}" '
        f'stroke="{INK}" stroke-width="1"/>'
    )


def text(left: int, base: int, words: str, *, bold: bool = False, colour: str = INK) -> str:
    """A line of text whose letters stand on *base*."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{left}" y="{base}" font-size="{15 if bold else 13}"{weight} fill="{colour}">{escape(words)}</text>'
    )


def arrows(boxes: dict[str, Box], found: Imports) -> Iterator[str]:
    """An arrow for each import of a layer by another: straight to the next row, and around the sides to those below."""
    place = {layer: number for number, row in enumerate(ROWS) for layer in row}
    order = list(place)
    wrong = [pair for pair in found if place[pair[0]] >= place[pair[1]]]
    if wrong:
        sys.exit(f"These imports do not go down: {sorted(wrong)}")
    for one, other in sorted(found, key=lambda pair: (order.index(pair[0]), order.index(pair[1]))):
        left, top, width, height = boxes[one]
        other_left, other_top, other_width, _ = boxes[other]
        narrow = min(width, other_width)
        middle = (left if width == narrow else other_left) + narrow // 2
        bottom = top + height
        if place[other] == place[one] + 1:
            yield arrow(f"M{middle} {bottom}V{other_top - 1}")
        elif len(ROWS[place[one]]) == 1:
            # One rail a layer, on the left.
            rail, end = EDGE - 40 + 14 * place[one], other_top + 40 - 12 * place[one]
            yield arrow(f"M{left} {top + height // 2}H{rail}V{end}H{other_left - 1}")
        else:
            rail, bus = WIDTH - EDGE + 22, bottom + 22
            start = left + width - 30
            yield arrow(f"M{start} {bottom}V{bus}H{rail}V{other_top + 20}H{other_left + other_width + 1}")


def arrow(path: str) -> str:
    """A line with a head."""
    return f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.5" marker-end="url(#head)"/>'


if __name__ == "__main__":
    keep_current(ROOT / "docs/pictures/layers.svg", picture(imports()))
