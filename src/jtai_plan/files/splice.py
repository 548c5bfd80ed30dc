"""Changing one value of a YAML file and leaving every other byte as it was.

A library that loads, changes and writes a whole document lays out anew lines that nobody touched, and a reviewer of
the pull request has to read them. So the place of the value is found, the value alone is written by the library, and
the text goes in there. The result is loaded and compared before anyone gets it.
"""

import io
import re
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from jtai_plan.errors import CannotDo
from jtai_plan.files.document import Document, parse

Value = str | float | bool | date | None | Mapping[str, "Value"] | Sequence["Value"]
Order = Sequence[str]
"""The keys of a mapping in the order in which they belong."""

INDENT = 2
_BREAK = re.compile(r"\r\n?|\n")
_IDLE_BLANKS = re.compile(r"[ \t]*(?=[\r\n]|\Z)")
_COMMENT = re.compile(r"[ \t]+#.*")
# The library takes these for line breaks, and a file that holds one is read with a space in its place.
_LINE_BREAKS_OF_OTHERS = frozenset("\x85\u2028\u2029")


def put(text: str, keys: Sequence[str], value: Value, orders: Sequence[Order]) -> str:
    """*text* with *value* at *keys*, and every other value, comment, quote and blank line as it was.

    *orders* gives, for each key, the order among its siblings, so that what is new goes where it belongs.
    Raises CannotDo where the layout does not allow it (an alias, an unusual key).
    """
    before = parse("", text.encode())
    if same(at(before.values, keys), value):
        return text
    if isinstance(before.root, MappingNode):
        changed = _Splice(before, before.root).text_with(keys, _tidy(value), orders)
        after = parse("", changed.encode())
        if not after.faults and same(after.values, _with(before.values, keys, value)):
            return changed
    raise CannotDo(
        f"{' '.join(keys)} is laid out in a way that cannot be changed without touching something else. "
        "Write the value out where it stands (no alias, no anchor), then try again.",
        nothing_written=True,
    )


def at(values: object, keys: Sequence[str]) -> object:
    """The value at *keys*; None where the way to it ends."""
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values


def plain(value: object) -> object:
    """*value* as a file that holds it is read: days as text, and no white space where a line or a text ends."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, str):
        return _tidy_text(value)
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def same(one: object, other: object) -> bool:
    """Whether two values say the same, as far as a file can tell: by their `plain` form, and a truth is no number."""
    return _same(plain(one), plain(other))


def inline(value: Value) -> str:
    """*value*, of one line, as it stands before or after the colon of a key."""
    return _after_key(value, 0)[0]


def block(value: Value) -> str:
    """*value* as lines, without a line break at the end, to stand in a file by itself."""
    return "\n".join(_lines(_tidy(value), 0))


def _same(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _with(values: object, keys: Sequence[str], value: object) -> object:
    """A copy of *values* with *value* at *keys*. Something that is no mapping does not give way to one."""
    if not keys:
        return value
    if values is not None and not isinstance(values, dict):
        return values
    whole = deepcopy(values) or {}
    whole[keys[0]] = _with(whole.get(keys[0]), keys[1:], value)
    return whole


def _tidy(value: Value) -> Value:
    """*value* with no white space where a line or a text ends: an editor takes it away, and no report shows it."""
    if isinstance(value, Mapping):
        return {key: _tidy(each) for key, each in value.items()}
    if isinstance(value, str):
        return _tidy_text(value)
    return [_tidy(each) for each in value] if isinstance(value, Sequence) else value


def _tidy_text(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


@dataclass(frozen=True)
class _Span:
    """The text that makes way for a new value, from *start* to *end*; the *comment* within it stays."""

    start: int
    end: int
    comment: str = ""


class _Splice:
    """The text of one document, and where its values stand in it."""

    def __init__(self, document: Document, root: MappingNode) -> None:
        self.text, self.values, self.root = document.text, document.values, root
        first = _BREAK.search(self.text)
        self.newline = first[0] if first else "\n"

    def text_with(self, keys: Sequence[str], value: Value, orders: Sequence[Order]) -> str:
        """The text with *value* at *keys*; the mappings that are missing on the way there are made."""
        mapping, in_flow = self.root, bool(self.root.flow_style)
        for depth, (key, order) in enumerate(zip(keys, orders, strict=False)):
            below = keys[depth + 1 :]
            name, node = next(((name, node) for name, node in mapping.value if name.value == key), (None, None))
            if name is None or node is None:
                return self._insert(mapping, key, _nested(below, value), order, in_flow=in_flow)
            if not below and (more := _more(at(self.values, keys), value)) and not self._is_open(node, in_flow=in_flow):
                return self._add(node, more, in_flow=in_flow)
            if not below or self._is_open(node, in_flow=in_flow) or not isinstance(node, MappingNode):
                return self._replace(name, node, _nested(below, value), in_flow=in_flow)
            mapping, in_flow = node, in_flow or bool(node.flow_style)
        return self.text

    def _is_open(self, node: Node, *, in_flow: bool) -> bool:
        """Whether nothing is lost where *node* gives way to lines: it is empty, and holds no comment."""
        if isinstance(node, ScalarNode) or in_flow:
            return False
        return not node.value and "#" not in self.text[node.start_mark.index : node.end_mark.index]

    def _insert(self, mapping: MappingNode, key: str, value: Value, order: Order, *, in_flow: bool) -> str:
        """The text with a new *key* in *mapping*, after those that come before it in *order*."""
        later = order[order.index(key) :] if key in order else ()
        earlier = [node for name, node in mapping.value if name.value not in later]
        if in_flow:
            return self._in_brackets(mapping, earlier, _flow({key: value})[1:-1])
        first = mapping.value[0][0].start_mark
        lines = _lines({key: value}, first.column)
        return self._below(earlier[-1], lines) if earlier else self._above(first.index, lines)

    def _add(self, node: Node, items: Sequence[Value], *, in_flow: bool) -> str:
        """The text with *items* at the end of the list *node*."""
        assert isinstance(node, SequenceNode), "a list is added to"
        if in_flow or node.flow_style:
            return self._in_brackets(node, node.value, ", ".join(map(_flow, items)))
        # The library sets a list in from where it is.
        return self._below(node, [line[INDENT:] for line in _lines(items, node.start_mark.column)])

    def _replace(self, name: Node, node: Node, value: Value, *, in_flow: bool) -> str:
        """The text with *value* where *node* stood after the key *name*."""
        span = self._span(name, node)
        first, *lines = [_flow(value)] if in_flow else _after_key(value, name.start_mark.column)
        head = self.text[: span.start]
        if not first:
            head = head.rstrip(" \t")
        elif span.start == name.end_mark.index:
            head += ": "
        elif head.endswith(":"):
            head += " "
        end = self._line_end(span.end)
        below = "".join(self.newline + line for line in lines)
        return head + first + span.comment + self.text[span.end : end] + below + self.text[end:]

    def _span(self, name: Node, node: Node) -> _Span:
        """What makes way where *node*, which stands after the key *name*, is replaced."""
        start, end = node.start_mark.index, self._end(node)
        if start == end:
            blanks = _IDLE_BLANKS.match(self.text, start)
            return _Span(start, blanks.end() if blanks else end)
        if isinstance(node, CollectionNode) and not node.flow_style:
            start, end = self.text.index(":", name.end_mark.index) + 1, self._line_end(end)
        elif not _is_block_scalar(node):
            return _Span(start, end)
        comment = _COMMENT.search(self.text, start, min(end, self._line_end(start)))
        return _Span(start, end, comment[0] if comment else "")

    def _in_brackets(self, node: CollectionNode, earlier: Sequence[Node], more: str) -> str:
        """The text with *more* between the brackets of *node*, after its *earlier* values."""
        if earlier:
            place = self._end(earlier[-1])
            # After an empty value: `{a:, b}` would be a key that ends in a colon.
            return self._at(place, f" , {more}" if self.text[place - 1] == ":" else f", {more}")
        if not node.value:
            return self._at(node.start_mark.index + 1, more)
        first = node.value[0]
        return self._at((first[0] if isinstance(first, tuple) else first).start_mark.index, f"{more}, ")

    def _below(self, node: Node, lines: Sequence[str]) -> str:
        """The text with *lines* after the last line of *node*."""
        last = _last(node)
        end = self._line_end(self._end(last))
        if _is_block_scalar(last) and "+" in self._line_from(last.start_mark.index).partition("#")[0]:
            # The blank lines after it are part of its text.
            end = max(end, last.end_mark.index - len(self.newline))
        return self._at(end, "".join(self.newline + line for line in lines))

    def _above(self, place: int, lines: Sequence[str]) -> str:
        """The text with *lines* before the line of *place*, and before the comment that stands right above it."""
        start = self._line_start(place)
        while start and self.text[(above := self._line_start(start - len(self.newline))) : start].lstrip()[:1] == "#":
            start = above
        return self._at(start, "".join(line + self.newline for line in lines))

    def _at(self, place: int, more: str) -> str:
        return self.text[:place] + more + self.text[place:]

    def _line_from(self, place: int) -> str:
        return self.text[place : self._line_end(place)]

    def _line_start(self, place: int) -> int:
        return max(self.text.rfind("\n", 0, place), self.text.rfind("\r", 0, place)) + 1

    def _line_end(self, place: int) -> int:
        found = _BREAK.search(self.text, place)
        return found.start() if found else len(self.text)

    def _end(self, node: Node) -> int:
        """Where the text of *node* ends: the parser counts the comments and blank lines after a block to it."""
        last = _last(node)
        if not _is_block_scalar(last):
            return int(last.end_mark.index)
        block = self.text[last.start_mark.index : last.end_mark.index]
        return self._line_end(last.start_mark.index + len(block.rstrip(" \t\r\n")))


def _last(node: Node) -> Node:
    """The last of the nodes that *node* is made of, as far as they are laid out in lines."""
    while isinstance(node, CollectionNode) and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return node


def _is_block_scalar(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style in ("|", ">")


def _more(there: object, value: Value) -> Sequence[Value]:
    """The items that the list *value* has after those of the list *there*; none where it does not begin with them."""
    if not isinstance(there, list) or not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return value[len(there) :] if same(there, value[: len(there)]) else ()


def _nested(keys: Sequence[str], value: Value) -> Value:
    for key in reversed(keys):
        value = {key: value}
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
    stream = io.StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().rstrip("\n")


def _flow(value: Value) -> str:
    """*value* on one line, as it may stand between brackets."""
    if value is None:
        return "null"
    # In a mapping: alone in a list, the library would leave the braces of a mapping out.
    return _dumped(_styled({"k": value}, flow=True))[1:-1].removeprefix("k:").strip(" ")


def _lines(value: Value, column: int) -> list[str]:
    """*value* as lines, of which each begins at *column* or right of it."""
    lines = _dumped(_styled(value, flow=False)).split("\n")
    return [" " * column + line if line else "" for line in lines]


def _after_key(value: Value, column: int) -> list[str]:
    """What follows on the line of a key that stands at *column*, and the lines below it."""
    first, *lines = _lines({"k": value}, column)
    return [first.lstrip(" ").removeprefix("k:").strip(" "), *lines]
