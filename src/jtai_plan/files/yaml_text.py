"""Values as YAML text, written by the library in the layout of a plan's files."""

import io
import sys
from collections.abc import Mapping, Sequence
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

Value = str | float | bool | date | None | Mapping[str, "Value"] | Sequence["Value"]

INDENT = 2
# The library reads these as line breaks, and jtai as spaces.
_LINE_BREAKS_OF_OTHERS = frozenset("\x85\u2028\u2029")


def inline(value: Value) -> str:
    """*value*, which takes one line, as it is written before or after the colon of a key."""
    return after_key(value, 0)[0]


def block(value: Value) -> str:
    """*value* as the lines of a whole file, without a line break at the end."""
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
    """*value* as the library should write it: a text of several lines as a block, except in brackets."""
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
    # A value used twice is written out twice, without an anchor and an alias. `_styled` makes each collection anew, and
    # ruamel writes nothing for None only if it may still write an alias.
    yaml.representer.ignore_aliases = lambda each: not isinstance(each, CommentedMap | CommentedSeq)
    stream = io.StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().rstrip("\n")


def in_brackets(value: Value) -> str:
    """*value* on one line, as it is written between brackets."""
    if value is None:
        return "null"
    # Within a mapping: in a list by itself, a mapping would lose its braces.
    return _dumped(_styled({"k": value}, flow=True))[1:-1].removeprefix("k:").strip(" ")


def as_lines(value: Value, column: int) -> list[str]:
    """*value* as lines, each indented to *column* or more."""
    lines = _dumped(_styled(value, flow=False)).split("\n")
    return [" " * column + line if line else "" for line in lines]


def after_key(value: Value, column: int) -> list[str]:
    """The rest of the line of a key at *column*, and the lines below it."""
    first, *lines = as_lines({"k": value}, column)
    return [first.lstrip(" ").removeprefix("k:").strip(" "), *lines]
