"""From YAML to plain values: text, numbers, true and false, None, lists and mappings. A day stays text.

The parser's events are handled one by one, without recursion. Files come from other people, and one that is nested a
million deep, or whose aliases expand without end, must not crash the program.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from jtai_plan.model.finding import Finding
from jtai_plan.rules.checks.catalogue.file_errors import DUPLICATE_KEY, NOT_TEXT, NOT_YAML, TOO_DEEP, TOO_LARGE
from jtai_plan.rules.checks.catalogue.rule import Rule

MAX_DEPTH = 40
MAX_VALUES = 100_000
MAX_FAULTS = 20
"""So many faults of one file are told. Whoever corrects them is told the next."""
MAX_DIGITS = 18
"""A longer number counts as text: nobody can read it, and Python refuses to print one of thousands of digits."""


class Parsed(NamedTuple):
    """What one parse of a text gave."""

    values: Any
    """None if the text cannot be read, or holds nothing."""
    faults: tuple[Finding, ...]
    events: Sequence[Event]
    """The parser's events in order, each with its place in the text."""


def parse_yaml(path: str, text: str) -> Parsed:
    """The values in *text*, and the faults in it, which name *path*.

    Raises ruamel's YAMLError if *text* is not YAML.
    """
    values, events = _Values(path), list[Event]()
    try:
        for event in _events(text):
            events.append(event)
            if handle := _HANDLERS.get(type(event)):
                handle(values, event)
    except _Stopped:
        return Parsed(None, tuple(values.faults), events)
    return Parsed(next(iter(values.whole), None), tuple(values.faults), events)


def node_of(events: Sequence[Event]) -> Node:
    """The nodes that *events* make up, each with its place. An alias is the node that it stands for."""
    anchored: dict[str, Node] = {}
    begun: list[tuple[MappingStartEvent | SequenceStartEvent, list[Node]]] = []
    whole: list[Node] = []
    for event in events:
        start: Any = event
        node: Node
        match event:
            case MappingStartEvent() | SequenceStartEvent():
                begun.append((event, []))
                continue
            case MappingEndEvent():
                start, parts = begun.pop()
                pairs = list(zip(parts[::2], parts[1::2], strict=True))
                node = MappingNode(None, pairs, start.start_mark, event.end_mark, flow_style=start.flow_style)
            case SequenceEndEvent():
                start, parts = begun.pop()
                node = SequenceNode(None, parts, start.start_mark, event.end_mark, flow_style=start.flow_style)
            case ScalarEvent():
                node = ScalarNode(None, event.value, event.start_mark, event.end_mark, style=event.style)
            case AliasEvent():
                node = anchored[event.anchor]
            case _:
                continue
        if start.anchor:
            anchored[start.anchor] = node
        (begun[-1][1] if begun else whole).append(node)
    return whole[0]


def _events(text: str) -> Iterator[Event]:
    parser = _yaml().Parser
    if hasattr(parser, "raw_parse"):
        # This is libyaml's own parser, without the class that the library makes for each file.
        return iter(parser(text).get_event, None)
    return YAML(typ="safe").parse(text)  # type: ignore[no-any-return]


class _Stopped(Exception):
    """After the last fault, nothing more can be read."""


class _Open:
    """A list or mapping that has begun and not ended."""

    def __init__(self, built: Any, anchor: str | None, begun: int) -> None:
        self.built, self.anchor = built, anchor
        self.begun = begun
        """How many values came before it."""
        self.key: str | None = None
        """In a mapping, the key of the next value."""


class _Values:
    """Builds the values of a document from its events."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.whole: list[Any] = []
        """The value of the document, once it has ended."""
        self.faults: list[Finding] = []
        self.count = 0
        self.open = [_Open(self.whole, None, 0)]
        self.anchors: dict[str, tuple[Any, int] | None] = {}
        """The value of each anchor (&name), and how many values that is; None while it is open."""

    def document(self, event: DocumentStartEvent) -> None:
        if self.whole:
            self._stop(NOT_YAML, event, "a second document begins here", "A file holds one: delete the '---' line.")

    def scalar(self, event: ScalarEvent) -> None:
        self._count(event)
        value = self._scalar_value(event)
        if event.anchor:
            self.anchors[event.anchor] = value, 1
        top = self.open[-1]
        if top.key is None and type(top.built) is dict:
            self._key(top, value, event)
        else:
            self._place(value)

    def begin(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        self._count(event)
        if len(self.open) > MAX_DEPTH:
            self._stop(TOO_DEEP, event, f"values are nested more than {MAX_DEPTH} deep, the limit for a plan file")
        self._not_a_key(event)
        if event.anchor:
            self.anchors[event.anchor] = None
        built: Any = {} if isinstance(event, MappingStartEvent) else []
        self.open.append(_Open(built, event.anchor, self.count - 1))

    def _count(self, event: NodeEvent) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            message = f"the file holds more than {MAX_VALUES:,} values, the limit for a plan file"
            self._stop(TOO_LARGE, event, message)

    def end(self, _event: MappingEndEvent | SequenceEndEvent) -> None:
        ended = self.open.pop()
        if ended.anchor:
            self.anchors[ended.anchor] = ended.built, self.count - ended.begun
        self._place(ended.built)

    def alias(self, event: AliasEvent) -> None:
        if event.anchor not in self.anchors:
            self._stop(NOT_YAML, event, "an alias (*name) without its anchor (&name)", "Write the value out.")
        known = self.anchors[event.anchor]
        self.count += known[1] if known else MAX_VALUES
        if known is None or self.count > MAX_VALUES:
            # Aliases of aliases: a few lines can stand for millions, or for themselves.
            message = "the file's aliases (*name) expand without end"
            self._stop(TOO_LARGE, event, message, "Write the values out.")
        self._not_a_key(event)
        self._place(known[0])

    def _place(self, value: Any) -> None:
        """Add *value* to the list or mapping that is open."""
        top = self.open[-1]
        if type(top.built) is list:
            top.built.append(value)
        elif top.key is not None:
            top.built[top.key], top.key = value, None

    def _key(self, mapping: _Open, value: Any, event: ScalarEvent) -> None:
        name = str(event.value)
        if not name or not isinstance(value, str):
            message = (
                f"'{name}' is a number or an empty word, but a name belongs here"
                if name
                else "a key that is not a single word"
            )
            self._fault(NOT_TEXT, event, message, "Put it in quotation marks; an id carries a letter (T1.10).")
        elif name in mapping.built:
            self._fault(DUPLICATE_KEY, event, f"'{name}' stands here for the second time", "Keep one of the two.")
        mapping.key = name

    def _not_a_key(self, event: NodeEvent) -> None:
        """Stop if a key belongs here: *event* is a list, a mapping or an alias."""
        top = self.open[-1]
        if top.key is None and type(top.built) is dict:
            self._stop(NOT_TEXT, event, "a key that is not a single word", "Write one word before the colon.")

    def _scalar_value(self, event: ScalarEvent) -> Any:
        """The value of a scalar, by its tag or by how it is written."""
        is_plain, is_quoted = event.implicit
        if is_plain:
            # With a space in it, it is text, or a day with a time, which stays text.
            return event.value if " " in event.value else _word(event.value)
        tag = str(event.tag).rpartition(":")[2]
        if is_quoted or tag == "str":
            return event.value
        self._fault(NOT_TEXT, event, f"a YAML tag ({tag}) is not allowed here", "Delete it.")
        return None

    def _stop(self, rule: Rule, event: Event, message: str, hint: str | None = None) -> NoReturn:
        self._fault(rule, event, message, hint)
        raise _Stopped

    def _fault(self, rule: Rule, event: Event, message: str, hint: str | None = None) -> None:
        mark = event.start_mark
        self.faults.append(rule.finding(message, self.path, hint, line=mark.line + 1, column=mark.column + 1))
        if len(self.faults) >= MAX_FAULTS:
            raise _Stopped


_HANDLERS: Mapping[type[Event], Callable[[_Values, Any], None]] = {
    DocumentStartEvent: _Values.document,
    ScalarEvent: _Values.scalar,
    MappingStartEvent: _Values.begin,
    SequenceStartEvent: _Values.begin,
    MappingEndEvent: _Values.end,
    SequenceEndEvent: _Values.end,
    AliasEvent: _Values.alias,
}


@lru_cache(maxsize=4096)
def _word(text: str) -> Any:
    """The value of one word without quotation marks."""
    yaml = _yaml()
    tag = yaml.resolver.resolve(ScalarNode, text, (True, False))
    match str(tag).rpartition(":")[2]:
        case "null":
            return None
        case "bool" | "int" | "float" as kind:
            try:
                value = getattr(yaml.constructor, f"construct_yaml_{kind}")(ScalarNode(tag, text))
            except ValueError:
                return text
            return text if type(value) is int and abs(value) >= 10**MAX_DIGITS else value
        case _:
            return text


@cache
def _yaml() -> YAML:
    return YAML(typ="safe")
