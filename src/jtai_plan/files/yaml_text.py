"""Values as the text of a YAML file: the library writes each, and these say how."""

import io
import sys
from collections.abc import Mapping, Sequence
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

Value = str | float | bool | date | None | Mapping[str, "Value"] | Sequence["Value"]

INDENT = 2
# The library takes these for line breaks, and a file that holds one is read with a space in its place.
_LINE_BREAKS_OF_OTHERS = frozenset("\x85\u2028\u2029")


def inline(value: Value) -> str:
    """*value*, of one line, as it stands before or after the colon of a key."""
    return after_key(value, 0)[0]


def block(value: Value) -> str:
    """*value* as lines, without a line break at the end, to stand in a file by itself."""
    return "\n".join(as_lines(tidy(value), 0))


def tidy(value: Value, *, days_as_text: bool = False) -> Value:
    """*value* without white space at the end of a line or a text: editors remove it, and no report shows it."""
    match value:
        case str():
            return "\n".join(line.rstrip() for line in value.split("\n")).strip()
        case Mapping():
            return {key: tidy(each, days_as_text=days_as_text) for key, each in value.items()}
        case Sequence():
            return [tidy(each, days_as_text=days_as_text) for each in value]
        case date():
            return value.isoformat() if days_as_text else value
    return value


def _styled(value: Value, *, flow: bool) -> object:
    """*value* as the library is to write it: texts of several lines as such, unless they stand in brackets."""
    if isinstance(value, Mapping):
        mapping = CommentedMap((key, _styled(each, flow=flow)) for key, each in value.items())
        if flow:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, str):
        if _LINE_BREAKS_OF_OTHERS.intersection(value) or (flow and "\n" in value):
            return DoubleQuotedScalarString(value)
        return LiteralScalarString(value) if "\n" in value else value
    if isinstance(value, Sequence):
        items = CommentedSeq(_styled(each, flow=flow) for each in value)
        if flow or not value:
            items.fa.set_flow_style()
        return items
    return value


def _dumped(value: object) -> str:
    yaml = YAML()
    yaml.indent(mapping=INDENT, sequence=2 * INDENT, offset=INDENT)
    yaml.width = sys.maxsize
    yaml.allow_unicode = True
    # A value that stands in two places is written out in both.
    yaml.representer.ignore_aliases = lambda _: True
    stream = io.StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().rstrip("\n")


def in_brackets(value: Value) -> str:
    """*value* on one line, as it may stand between brackets."""
    if value is None:
        return "null"
    # In a mapping: alone in a list, the library would leave the braces of a mapping out.
    return _dumped(_styled({"k": value}, flow=True))[1:-1].removeprefix("k:").strip(" ")


def as_lines(value: Value, column: int) -> list[str]:
    """*value* as lines, of which each begins at *column* or right of it."""
    lines = _dumped(_styled(value, flow=False)).split("\n")
    return [" " * column + line if line else "" for line in lines]


def after_key(value: Value, column: int) -> list[str]:
    """What follows on the line of a key that stands at *column*, and the lines below it."""
    first, *lines = as_lines({"k": value}, column)
    return [first.lstrip(" ").removeprefix("k:").strip(" "), *lines]
