"""Lines of text: coloured and wrapped on a terminal, plain everywhere else. No meaning is in the colour alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from jtai_plan.model.plan import Plan
from jtai_plan.model.text import harmless
from jtai_plan.output.palette import paint
from jtai_plan.rules.judge.trajectory import Standing

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_SYMBOLS = {
    Standing.AHEAD: "▲",
    Standing.ON_TRACK: "●",
    Standing.PART_RETURNED: "◐",
    Standing.BEHIND: "▼",
    Standing.UNRANKED: "?",
    Standing.NO_RETURN: "○",
    Standing.NOT_DUE: "·",
}


class Part(NamedTuple):
    """Some words of a line. *mark* is a symbol before them, shown only with colour."""

    words: str
    style: str = ""
    mark: str = ""


class Line(NamedTuple):
    """A line of output, indented by *indent* columns, also where it wraps."""

    parts: tuple[Part, ...] = ()
    indent: int = 0

    @property
    def plain(self) -> str:
        """The line without colour or symbols."""
        return harmless(" " * self.indent + "".join(part.words for part in self.parts))


class Table(NamedTuple):
    """Rows of lines under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


def line(*parts: str | Part, indent: int = 0) -> Line:
    """A line of *parts*."""
    return Line(tuple(Part(part) if isinstance(part, str) else part for part in parts), indent)


def heading(words: str) -> Line:
    """A line above others."""
    return line(Part(words, "bold"))


def section(words: str, lines: Iterable[Line]) -> Iterator[Line]:
    """*lines* under a heading, after an empty line; nothing if there are none."""
    if several := list(lines):
        yield from (line(), heading(words), *several)


def rating_part(plan: Plan, name: str | None) -> Part:
    """A rating in its colour, with its letter."""
    if name is None:
        return Part("no return", "dim")
    rating = plan.scale.get(name)
    if rating is None:
        # A file may hold a rating that the scale does not have.
        return Part(f"'{name}'")
    painted = paint(plan.scale, name)
    return Part(rating.label.lower(), f"{painted.ink} on {painted.fill}", f" {rating.letter} ")


def standing_part(standing: Standing, words: str = "") -> Part:
    """A standing, with its symbol."""
    return Part(words or standing.words, "bold" if standing.is_late else "", f"{_SYMBOLS[standing]} ")


def reworded(lines: Iterable[Line], words: Callable[[str], str]) -> Iterator[Line]:
    """*lines*, with what *words* makes of the words of each part."""
    return (Line(tuple(part._replace(words=words(part.words)) for part in each.parts), each.indent) for each in lines)


def show(lines: Iterable[Line], stream: TextIO | None = None) -> None:
    """Print *lines* to *stream*, by default standard output."""
    stream = stream or sys.stdout
    if not stream.isatty():
        stream.writelines(each.plain + "\n" for each in lines)
        return
    # Importing rich takes as long as running a command, so only a terminal pays for it.
    from rich.padding import Padding

    console = _rich_console(stream)
    for each in lines:
        console.print(Padding(_rich_text(each.parts), (0, 0, 0, each.indent)))


def show_table(table: Table) -> None:
    """Print *table* to standard output, a line for each row; on a terminal the last column is cut where it ends."""
    from rich.table import Table as RichTable

    terminal = sys.stdout.isatty()
    console = _rich_console(sys.stdout, None if terminal else _WIDE)
    # Without expanding, a table that is too wide would take the width of its narrow columns first.
    laid = RichTable(box=None, pad_edge=False, expand=terminal)
    *columns, last = table.columns
    for column in columns:
        laid.add_column(column, no_wrap=True, overflow="ellipsis", max_width=console.width // 3 if terminal else None)
    laid.add_column(last, no_wrap=True, overflow="ellipsis", ratio=1 if terminal else None)
    for row in table.rows:
        laid.add_row(*(_rich_text(each.parts) if terminal else each.plain for each in row))
    with console.capture() as printed:
        console.print(laid)
    sys.stdout.write("".join(f"{each.rstrip()}\n" for each in printed.get().splitlines()))


_WIDE = 10_000


def _rich_console(stream: TextIO, width: int | None = None) -> Console:
    from rich.console import Console

    return Console(file=stream, width=width, highlight=False, emoji=False, markup=False)


def _rich_text(parts: Iterable[Part]) -> Text:
    from rich.text import Text

    text = Text()
    for part in parts:
        if part.mark.startswith(" "):
            text.append(part.mark, part.style).append(f" {harmless(part.words)}")
        else:
            text.append(part.mark + harmless(part.words), part.style)
    return text


def from_here(file: Path) -> str:
    """*file* relative to the working directory, if it is below it."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def note(words: str) -> None:
    """Print *words* on standard error, beside the result; a terminal gets lines that end between words."""
    said = harmless(words)
    if sys.stderr.isatty():
        import textwrap
        from shutil import get_terminal_size

        indent = " " * (len(said) - len(said.lstrip(" ")))
        width = get_terminal_size().columns - 1
        said = textwrap.fill(said, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    print(said, file=sys.stderr)


def progress(named: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Pass on the *named* things as they are made, and show the latest name if standard error is a terminal."""
    terminal = sys.stderr.isatty()
    for name, content in named:
        if terminal:
            print(f"\r\x1b[K{name}", end="", file=sys.stderr, flush=True)
        yield name, content
    if terminal:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
