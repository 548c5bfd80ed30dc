"""The PDF reports, made by typst: tagged, for archives (PDF/A-2a) and screen readers (PDF/UA-1)."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from fontTools.ttLib import TTFont

from jtai_plan.output.palette import PLAIN
from jtai_plan.output.report.html import charts_of, html
from jtai_plan.output.report.templates import REFERENCE, TemplateIsWrong, files_of, packaged
from jtai_plan.output.report.view.cell import MeasureView

STANDARDS = ["a-2a", "ua-1"]
# Without a clock, the same files give the same bytes. The first page names the period.
MADE = datetime(2000, 1, 1, tzinfo=UTC)


def pdf(root: Path, name: str, values: Mapping[str, Any]) -> bytes:
    """The report of the template *name*, filled in with *values*. Raises TemplateIsWrong."""
    data = {**values, "charts": charts_of(root, values), "plain": PLAIN}
    text = json.dumps(_plain(data, root), ensure_ascii=False)
    return compiled(root, f"{name}.typ", {"data": text}, pdf_standards=STANDARDS, timestamp=MADE)


def compiled(root: Path, name: str, inputs: Mapping[str, str], **options: Any) -> bytes:
    """What typst makes of the template *name*. It sees the templates' folder, and nothing else on the machine."""
    with TemporaryDirectory(prefix="jtai-") as folder:
        # Copies, because a link among a stranger's templates may lead anywhere.
        for file, content in files_of(root, (".typ", ".ttf", ".otf", ".svg", ".png", ".jpg")).items():
            copy = Path(folder, file)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        try:
            made, warnings = typst.compile_with_warnings(
                Path(folder, name),
                root=folder,
                font_paths=[Path(folder, "fonts")],
                ignore_system_fonts=True,
                sys_inputs=dict(inputs),
                # No packages: this folder has none, and `limits` takes the network away.
                package_path=folder,
                package_cache_path=folder,
                **options,
            )
        except typst.TypstError as error:
            raise _wrong(name, error) from None
        if warnings:
            raise _wrong(name, warnings[0])
    assert isinstance(made, bytes), "one file is made, and handed over"
    return made


def _wrong(name: str, said: typst.TypstError | typst.TypstWarning) -> TemplateIsWrong:
    where = re.search(r"([\w./-]+\.typ):(\d+)", said.diagnostic)
    place = f"templates/{Path(where[1]).name}:{where[2]}" if where else f"templates/{name}"
    message = " ".join(said.message.split()).rstrip(".")
    if "does not contain key" in message:
        message += f". {REFERENCE}"
    if "package" in message:
        message = (
            "it names a package, which would be fetched from elsewhere. A template may only lay out what it is given"
        )
    return TemplateIsWrong(f"{place}: {message}.")


def _plain(value: Any, root: Path) -> Any:
    """*value* for JSON: a view becomes its fields and properties, and every text becomes printable."""
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {key: _plain(each, root) for key, each in value.items()}
        case tuple() if hasattr(value, "_fields"):
            properties = [key for key, each in vars(type(value)).items() if isinstance(each, property)]
            plain = {key: _plain(getattr(value, key), root) for key in (*value._fields, *properties)}
            if isinstance(value, MeasureView):
                has_course = len(value.values) > 1
                plain["line"] = html(root, "line.svg", {"measure": value, "number": 1}) if has_course else None
            return plain
        case tuple() | list():
            return [_plain(each, root) for each in value]
        case _:
            return value


def printable(text: str) -> str:
    """*text* with a name or code for each character that the fonts do not have: typst refuses a missing one."""
    return text if text.isascii() else "".join(map(_printable, text))


def _printable(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf":
        # It shows nothing by itself, and the characters it joins are printed one by one.
        return ""
    if ord(character) in _covered() or character == "\n":
        return character
    if kind in ("Mn", "Me", "Cc"):
        return ""
    if kind.startswith("Z"):
        return " "
    name = unicodedata.name(character, "") if kind.startswith("S") else ""
    return f"[{name.lower() or f'U+{ord(character):04X}'}]"


@cache
def _covered() -> frozenset[int]:
    """The characters in both faces of the packaged font for text, or in any of those for symbols."""
    fonts = {face.name: set(TTFont(face).getBestCmap()) for face in (packaged() / "fonts").glob("*.ttf")}
    text = [characters for name, characters in fonts.items() if name.startswith("Liberation")]
    symbols = [characters for name, characters in fonts.items() if not name.startswith("Liberation")]
    return frozenset(set.intersection(*text).union(*symbols))
