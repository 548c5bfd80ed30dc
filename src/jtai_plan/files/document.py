"""Reading one YAML file: its values, and the place of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import Event
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from jtai_plan.files.layout import LINKED
from jtai_plan.files.yaml_values import node_of, parse_yaml
from jtai_plan.model.finding import Finding
from jtai_plan.rules.checks.catalogue.file_errors import (
    EMPTY_FILE,
    MERGE_CONFLICT,
    MISSING_FILE,
    NOT_UTF8,
    NOT_YAML,
    TOO_LARGE,
    UNKNOWN_KEY,
    UNSAFE_FILE,
)
from jtai_plan.rules.checks.catalogue.rule import Rule

MAX_BYTES = 2_000_000

# libyaml reads these as line breaks, and other readers do not. Replacing one character by one keeps every place.
_LINE_BREAKS_OF_OTHERS = "\x85\u2028\u2029"
_CONFLICT_MARKER = r"^(<{7}|>{7}|\|{7})( |$)|^={7}$"


@dataclass(frozen=True)
class Document:
    """A file as it was read. *values* is None if it could not be read; *faults* say why."""

    path: str
    text: str = ""
    values: object = None
    faults: tuple[Finding, ...] = ()
    content: bytes | None = None
    """Its bytes; none of them if it is too large to be read, and None if there is no file that may be read."""
    events: Sequence[Event] = field(default=(), repr=False, compare=False)
    """What its one parse gave, with the places of all values."""

    @property
    def is_missing(self) -> bool:
        """Whether there is no file at all. A file that may not be read is there."""
        return any(fault.rule == MISSING_FILE.id for fault in self.faults)

    @cached_property
    def root(self) -> Node | None:
        """The text as nodes, each with its place; None if there are no values. Few files are ever asked for it."""
        return node_of(self.events) if self.values is not None and self.events else None


def located(document: Document, finding: Finding) -> Finding:
    """*finding* about *document*, with the line and column of what it is about, or of what comes nearest to it."""
    node = document.root if finding.line is None and finding.keys else None
    if node is None:
        return finding
    mark = node.start_mark
    for key in finding.keys:
        entry = _entry(node, key)
        if entry is None:
            break
        name, node = entry
        # A collection, a value left empty and a key that is itself wrong are pointed at by the key.
        is_value = isinstance(node, ScalarNode) and node.value and finding.rule != UNKNOWN_KEY.id
        mark = node.start_mark if is_value else name.start_mark
    return finding._replace(line=mark.line + 1, column=mark.column + 1)


def missing(path: str) -> Document:
    """What is known of the file at *path* if there is none."""
    return _refused(path, MISSING_FILE, "there is no such file")


def linked(path: str, *, leads_out: bool = False) -> Document:
    """What is known of the file at *path* if it, or a folder above it, is a link."""
    if leads_out:
        return _refused(path, UNSAFE_FILE, "the file is a link that leads out of the plan's folder")
    return _refused(path, UNSAFE_FILE, LINKED, "Put the file itself there.")


def too_large(path: str) -> Document:
    """What is known of the file at *path* if it is larger than any file of a plan."""
    refused = _refused(
        path, TOO_LARGE, f"the file is larger than {MAX_BYTES // 1_000_000} MB, the limit for a plan file"
    )
    return replace(refused, content=b"")


def parse(path: str, content: bytes, known: Document | None = None) -> Document:
    """The *content* of the file at *path*, with every fault that keeps it from being read. The one parse of a file.

    It is not parsed again if it is what the file held when it was *known*.
    """
    return known if known and known.content == content else replace(_parsed(path, content), content=content)


def _parsed(path: str, content: bytes) -> Document:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return _refused(path, NOT_UTF8, "the file is not UTF-8 text", "Save it again, encoded as UTF-8.", line)
    # Hardly any file holds one of these signs seven times in a row, and looking for that takes no time.
    is_suspicious = any(sign * 7 in text for sign in "<>|=")
    if is_suspicious and (marker := re.search(_CONFLICT_MARKER, text, re.MULTILINE)):
        line = text.count("\n", 0, marker.start()) + 1
        message = f"two versions of the file were left unmerged: '{marker[0].strip()}' is a merge conflict marker"
        return _refused(path, MERGE_CONFLICT, message, "Choose between the two, and delete the marker lines.", line)
    plain = text
    for each in _LINE_BREAKS_OF_OTHERS:
        plain = plain.replace(each, " ")
    try:
        parsed = parse_yaml(path, plain)
    except MarkedYAMLError as error:
        return _not_yaml(path, plain, error)
    except YAMLError:
        return _refused(path, NOT_YAML, "the file holds a character that no YAML file may hold", "Delete it.")
    if parsed.values is None and not parsed.faults:
        return _refused(path, EMPTY_FILE, "the file is empty")
    return Document(path, text, parsed.values, parsed.faults, events=parsed.events)


def _refused(
    path: str, rule: Rule, message: str, hint: str | None = None, line: int | None = None, column: int | None = None
) -> Document:
    return Document(path, faults=(rule.finding(message, path, hint, line=line, column=column),))


_PROBLEMS = (
    ("while scanning a quoted scalar", "a quotation mark is opened here and not closed", "Close it."),
    ("expected ',' or", "a bracket is opened here and not closed", "Close it, or put a comma between its values."),
    ("could not find expected ':'", "a line above this one has no ':' after its key", "Give it one."),
    ("did not find expected key", "this does not fit the lines above it", "Check the indentation and the quotes."),
    ("did not find expected '-'", "this does not fit the list above it", "Check the indentation."),
    ("cannot start any token\n\t", "a tab where the line is indented", "Indent with spaces: YAML takes no tabs."),
    ("cannot start any token", "text that begins with '{found}'", "Put the text in quotation marks."),
    ("mapping values are not allowed.*\n.*\n.*: ", "a second ': ' in one line", "Put the text in quotation marks."),
    (
        "mapping values are not allowed",
        "this line is indented as if it continued the one above",
        "Check the indentation, or put the text in quotation marks.",
    ),
    ("", "the file is not YAML from here on: {problem}", "Compare the lines above it."),
)
"""A pattern of the parser's problem, the sign it stopped at and the line before that sign; then the words for it."""


def _not_yaml(path: str, text: str, error: MarkedYAMLError) -> Document:
    mark = error.problem_mark or error.context_mark
    found = text[mark.index : mark.index + 1] if mark else ""
    before = text[: mark.index].rpartition("\n")[2] if mark else ""
    whole = f"{error.context or ''} {error.problem or ''}\n{found}\n{before}"
    message, hint = next((message, hint) for sign, message, hint in _PROBLEMS if re.search(sign, whole))
    message = message.format(found=found, problem=error.problem or "it breaks off")
    at = error.context_mark if "is opened here" in message and error.context_mark else mark
    return _refused(path, NOT_YAML, message, hint, *((at.line + 1, at.column + 1) if at else ()))


def _entry(node: Node, key: str | int) -> tuple[Node, Node] | None:
    """The key and the value of *key* in a mapping; the item twice in a list; None if there is none."""
    if isinstance(node, MappingNode):
        return next(((name, value) for name, value in node.value if name.value == key), None)
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None
