"""Changing values of a YAML file and leaving every other byte as it was.

A library that loads, changes and writes a whole document also changes the layout of lines that nobody touched, and a
reviewer of the pull request has to read them. So the library writes each value alone, and its text goes into the place
of the old value. The result is parsed and compared before anyone gets it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from jtai_plan.errors import NothingWritten
from jtai_plan.files.document import Document, parse
from jtai_plan.files.yaml_text import INDENT, Value, after_key, as_lines, in_brackets, tidy

Keys = tuple[str, ...]
"""The keys of the mappings that lead to a value, from the outermost."""
Changes = Mapping[Keys, Value]
Order = Callable[[Keys], Sequence[str]]
"""The keys of the mapping at the given keys, in the order in which they belong."""

_BOM = b"\xef\xbb\xbf"
_BREAK = re.compile(r"\r\n?|\n")
_IDLE_BLANKS = re.compile(r"[ \t]*(?=[\r\n]|\Z)")
_COMMENT = re.compile(r"[ \t]+#.*")


def put(document: Document, changes: Changes, order: Order) -> Document:
    """*document* with *changes* made; every other value, comment, quote and blank line stays as it was.

    *order* says where a new key belongs among the others of its mapping. If nothing changes, the result is *document*
    itself. One parse checks the result, however many changes there are.
    Raises CannotDo if the layout does not allow a change (an alias, an unusual key).
    """
    new = {keys: tidy(value) for keys, value in changes.items() if not same(at(document.values, keys), value)}
    if not new:
        return document
    if isinstance(document.root, MappingNode):
        text, values = _Splice(document, order).text_with(document.root, new), document.values
        for keys, value in new.items():
            values = _with(values, keys, value)
        bom = _BOM if document.content and document.content.startswith(_BOM) else b""
        after = parse(document.path, bom + text.encode())
        if not after.faults and same(after.values, values):
            return after
    if len(new) == 1:
        [keys] = new
        raise NothingWritten(
            f"{document.path}: {' '.join(keys)} is laid out in a way that cannot be changed without touching something "
            "else. Write the value out in its place (no alias, no anchor), then try again."
        )
    # Together they do not fit. One after the other they may, or the message names the one that does not.
    for keys, value in new.items():
        document = put(document, {keys: value}, order)
    return document


def at(values: object, keys: Sequence[str]) -> object:
    """The value at *keys*; None if there is none."""
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same, as far as a file can tell. True and 1 are different."""
    return _same(tidy(one, days_as_text=True), tidy(other, days_as_text=True))


def _same(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _with(values: object, keys: Keys, value: Value) -> object:
    """*values* with *value* at *keys*. Only a mapping, or nothing, can hold keys: other values stay."""
    if not keys:
        return value
    if values is not None and not isinstance(values, dict):
        return values
    there = values or {}
    return {**there, keys[0]: _with(there.get(keys[0]), keys[1:], value)}


class _Edit(NamedTuple):
    """The text that replaces what is between *start* and *end*."""

    start: int
    end: int
    text: str


class _Splice:
    """The edits that change values of one document, found from the places of one parse."""

    def __init__(self, document: Document, order: Order) -> None:
        self.text, self.values, self.order = document.text, document.values, order
        self.edits: list[_Edit] = []
        self.replaced: list[Node] = []
        first = _BREAK.search(self.text)
        self.newline = first[0] if first else "\n"

    def text_with(self, root: MappingNode, changes: Changes) -> str:
        """The text with *changes* made; the mappings that are missing on the way there are made."""
        self._change(root, (), changes, in_flow=bool(root.flow_style))
        parts, place = [], 0
        # Edits at one place stay in the order in which they were found: first within a mapping, then after it.
        for edit in sorted(self.edits, key=lambda edit: edit.start):
            parts += [self.text[place : edit.start], edit.text]
            place = edit.end
        return "".join([*parts, self.text[place:]])

    def _change(self, mapping: MappingNode, at_keys: Keys, changes: Changes, *, in_flow: bool) -> None:
        below = _by_first_key(changes)
        known = {name.value: (name, node) for name, node in reversed(mapping.value)}
        for key in [key for key in below if key in known]:
            name, node = known[key]
            within = below[key]
            is_open = self._is_open(node, in_flow=in_flow)
            if () not in within and isinstance(node, MappingNode) and not is_open:
                self._change(node, (*at_keys, key), within, in_flow=in_flow or bool(node.flow_style))
                continue
            value = self._nested(within, (*at_keys, key))
            more = () if is_open else _more(at(self.values, (*at_keys, key)), value)
            if more:
                self._add(node, more, in_flow=in_flow)
            else:
                self._replace(name, node, value, in_flow=in_flow)
        new = {key: within for key, within in below.items() if key not in known}
        if new:
            self._insert(mapping, self._nested_keys(new, at_keys), self.order(at_keys), in_flow=in_flow)

    def _nested(self, changes: Changes, at_keys: Keys) -> Value:
        """The new value that *changes* make up."""
        return changes[()] if () in changes else self._nested_keys(_by_first_key(changes), at_keys)

    def _nested_keys(self, below: Mapping[str, Changes], at_keys: Keys) -> Mapping[str, Value]:
        order = self.order(at_keys)
        in_order = sorted(below, key=lambda key: order.index(key) if key in order else len(order))
        return {key: self._nested(below[key], (*at_keys, key)) for key in in_order}

    def _is_open(self, node: Node, *, in_flow: bool) -> bool:
        """Whether lines can replace *node* without a loss: it is empty, and holds no comment."""
        if isinstance(node, ScalarNode) or in_flow:
            return False
        return not node.value and "#" not in self.text[node.start_mark.index : node.end_mark.index]

    def _insert(self, mapping: MappingNode, new: Mapping[str, Value], order: Sequence[str], *, in_flow: bool) -> None:
        """Add the keys and values of *new* to *mapping*, each after those that come before it in *order*."""
        several: dict[int, dict[str, Value]] = {}
        for key, value in new.items():
            later = order[order.index(key) :] if key in order else ()
            after = max((n for n, (name, _) in enumerate(mapping.value) if name.value not in later), default=-1)
            several.setdefault(after, {})[key] = value
        for after, values in several.items():
            earlier = mapping.value[after][1] if after >= 0 else None
            if in_flow:
                self._in_brackets(mapping, earlier, in_brackets(values)[1:-1])
                continue
            first = mapping.value[0][0].start_mark
            lines = as_lines(values, first.column)
            if earlier:
                self._below(earlier, lines)
            else:
                self._above(first.index, lines)

    def _add(self, node: Node, items: Sequence[Value], *, in_flow: bool) -> None:
        assert isinstance(node, SequenceNode), "a list is added to"
        last = node.value[-1] if node.value else None
        if in_flow or node.flow_style:
            self._in_brackets(node, last, ", ".join(map(in_brackets, items)))
        else:
            # The library indents a list.
            self._below(node, [line[INDENT:] for line in as_lines(items, node.start_mark.column)])

    def _replace(self, name: Node, node: Node, value: Value, *, in_flow: bool) -> None:
        self.replaced.append(_last(node))
        start, end, comment = self._span(name, node)
        first, *lines = [in_brackets(value)] if in_flow else after_key(value, name.start_mark.column)
        if not first:
            start = len(self.text[:start].rstrip(" \t"))
        elif start == name.end_mark.index:
            first = f": {first}"
        elif self.text[start - 1] == ":":
            first = f" {first}"
        self.edits.append(_Edit(start, end, first + comment))
        self._at(self._line_end(end), "".join(self.newline + line for line in lines))

    def _span(self, name: Node, node: Node) -> _Edit:
        """What to remove to replace *node*, the value of the key *name*, and the comment in it that stays."""
        start, end = node.start_mark.index, self._end(node)
        if start == end:
            blanks = _IDLE_BLANKS.match(self.text, start)
            return _Edit(start, blanks.end() if blanks else end, "")
        if isinstance(node, CollectionNode) and not node.flow_style:
            start, end = self.text.index(":", name.end_mark.index) + 1, self._line_end(end)
        elif not _is_block_scalar(node):
            return _Edit(start, end, "")
        comment = _COMMENT.search(self.text, start, min(end, self._line_end(start)))
        return _Edit(start, end, comment[0] if comment else "")

    def _in_brackets(self, node: CollectionNode, earlier: Node | None, more: str) -> None:
        """Add *more* between the brackets of *node*, after the *earlier* value or before all."""
        if earlier:
            place = self._end(earlier)
            # After an empty value: `{a:, b}` would be a key that ends in a colon.
            self._at(place, f" , {more}" if self.text[place - 1] == ":" else f", {more}")
        elif node.value:
            self._at(node.value[0][0].start_mark.index, f"{more}, ")
        else:
            self._at(node.start_mark.index + 1, more)

    def _below(self, node: Node, lines: Sequence[str]) -> None:
        """Add *lines* after the last line of *node*."""
        last = _last(node)
        end = self._line_end(self._end(last))
        start = last.start_mark.index
        keeps_blanks = _is_block_scalar(last) and "+" in self.text[start : self._line_end(start)].partition("#")[0]
        if keeps_blanks and not any(last is each for each in self.replaced):
            # The blank lines after it are part of its text.
            end = max(end, last.end_mark.index - len(self.newline))
        self._at(end, "".join(self.newline + line for line in lines))

    def _above(self, place: int, lines: Sequence[str]) -> None:
        """Add *lines* above the line of *place*, and above the comment right above it."""
        start = self._line_start(place)
        while start and self.text[(above := self._line_start(start - len(self.newline))) : start].lstrip()[:1] == "#":
            start = above
        self._at(start, "".join(line + self.newline for line in lines))

    def _at(self, place: int, more: str) -> None:
        self.edits.append(_Edit(place, place, more))

    def _line_start(self, place: int) -> int:
        return max(self.text.rfind("\n", 0, place), self.text.rfind("\r", 0, place)) + 1

    def _line_end(self, place: int) -> int:
        found = _BREAK.search(self.text, place)
        return found.start() if found else len(self.text)

    def _end(self, node: Node) -> int:
        """Where the text of *node* ends. To the parser, the comments and blank lines after a block are part of it."""
        last = _last(node)
        if not _is_block_scalar(last):
            return int(last.end_mark.index)
        block = self.text[last.start_mark.index : last.end_mark.index]
        return self._line_end(last.start_mark.index + len(block.rstrip(" \t\r\n")))


def _last(node: Node) -> Node:
    """The last node within *node* that is laid out in lines."""
    while isinstance(node, CollectionNode) and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return node


def _is_block_scalar(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style in ("|", ">")


def _more(there: object, value: Value) -> Sequence[Value]:
    """The items of the list *value* after those of the list *there*; none if it does not begin with them."""
    if not isinstance(there, list) or not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return value[len(there) :] if same(there, value[: len(there)]) else ()


def _by_first_key(changes: Changes) -> Mapping[str, Changes]:
    below: dict[str, dict[Keys, Value]] = {}
    for (key, *rest), value in changes.items():
        below.setdefault(key, {})[tuple(rest)] = value
    return below
