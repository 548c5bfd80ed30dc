"""Rating one cell changes that cell's lines and no other, however a person laid the file out."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from jtai_plan.errors import CannotDo
from jtai_plan.files import splice
from jtai_plan.files.document import parse
from jtai_plan.files.yaml_text import Value

pytestmark = pytest.mark.once

ACTIONS = ["T1.1", "T1.2", "T2.1"]
DIMENSIONS = ["process", "impact", "performance"]
FIELDS = ["rating", "update", "recovery", "evidence"]
ORDERS = (["period", "prepared", "actions"], ACTIONS, DIMENSIONS, FIELDS, ["plan", "by"])
TARGET = ("T1.2", "impact")


def put_all(text: str, changes: splice.Changes) -> str:
    """*text* with *changes* made."""
    return splice.put(parse("", text.encode()), changes, lambda keys: ORDERS[len(keys)]).text


def put(text: str, keys: splice.Keys, value: Value) -> str:
    """*text* with *value* at *keys*."""
    return put_all(text, {keys: value})


@dataclass(frozen=True)
class LaidOut:
    """A return as somebody laid it out, and the numbers of the lines that belong to the cell `TARGET`."""

    lines: list[str]
    newline: str
    cell: frozenset[int]

    @property
    def text(self) -> str:
        return self.newline.join(self.lines)


class Layout:
    """Draws how each part of a return is laid out."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.step = " " * draw(st.sampled_from([2, 3, 4]))
        self.lines: list[str] = []
        self.cell: set[int] = set()
        self.comments = 0

    def either(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def quoted(self, word: str) -> str:
        return str(self.either(word, f"'{word}'", f'"{word}"'))

    def comment(self) -> str:
        self.comments += 1
        return f"# note {self.comments}: rating"

    def trailing(self) -> str:
        return f"  {self.comment()}" if self.either(False, False, True) else ""

    def add(self, line: str, *, cell: bool = False) -> None:
        if cell:
            self.cell.add(len(self.lines))
        self.lines.append(line)

    def between(self, pad: str) -> None:
        """What may stand between two entries."""
        match self.either("nothing", "nothing", "comment", "comment at the margin", "blank line"):
            case "comment":
                self.add(pad + self.comment())
            case "comment at the margin":
                self.add(self.comment())
            case "blank line":
                self.add("")

    def inline_cell(self, fields: list[str]) -> str:
        rating = self.either("red", "'amber'", '"blue"', "null", "")
        values = {
            "rating": f" {rating}",
            "update": self.either(" Begun", ' "First, second"'),
            "recovery": " {plan: Recruit, by: 2018-12-31}",
            "evidence": " [{what: Audit}]",
        }
        between = str(self.either(", ", " , "))
        return f"{{{between.join(f'{field}:{values[field]}' for field in fields)}}}"

    def block_cell(self, fields: list[str], pad: str, *, target: bool) -> None:
        for field in fields:
            self.between(pad)
            for line in self.field(field, pad):
                self.add(line, cell=target)

    def field(self, field: str, pad: str) -> list[str]:
        below = pad + self.step
        match field:
            case "rating":
                value = self.either(" red", " 'amber'", '   "blue"', "", " ~", f" &line{len(self.lines)} red")
                return [f"{pad}{self.quoted('rating')}:{value}{self.trailing()}"]
            case "update":
                return list(
                    self.either(
                        [f"{pad}update: Begun{self.trailing()}"],
                        [f"{pad}update: Begun", f"{below}and going on"],
                        [f"{pad}update: |{self.trailing()}", f"{below}First line", "", f"{below}rating: red, they say"],
                        [f"{pad}update: >-", f"{below}First line", f"{below}second line"],
                        [f'{pad}update: "First line', f'{below}second line"'],
                    )
                )
            case "recovery":
                return list(
                    self.either(
                        [f"{pad}recovery: {{plan: Recruit, by: 2018-12-31}}{self.trailing()}"],
                        [f"{pad}recovery:{self.trailing()}", f"{below}plan: Recruit", f"{below}by: 2018-12-31"],
                    )
                )
            case _:
                return list(
                    self.either(
                        [f"{pad}evidence:", f"{pad}- what: Audit", f"{pad}- {{what: Minutes}}"],
                        [f"{pad}evidence:", f"{below}- what: Audit", f"{below}  where: Share"],
                        [f"{pad}evidence: []"],
                    )
                )


@st.composite
def returns(draw: st.DrawFn) -> LaidOut:
    layout = Layout(draw)
    some = st.lists(st.sampled_from(FIELDS), unique=True, max_size=4)
    dimensions = st.lists(st.sampled_from(DIMENSIONS), unique=True, max_size=3)
    chosen = {name: {each: draw(some) for each in draw(dimensions)} for name in draw(st.permutations(ACTIONS))}
    if layout.either(False, True):
        layout.add(layout.comment())
    if layout.either(False, False, False, True):
        actions = ", ".join(
            f"{name}: {{{', '.join(f'{each}: {layout.inline_cell(fields)}' for each, fields in cells.items())}}}"
            for name, cells in chosen.items()
        )
        layout.add(f"{{period: 2018-19-Q2, actions: {{{actions}}}}}", cell=True)
    else:
        layout.add(f"period: 2018-19-Q2{layout.trailing()}")
        layout.add(f"actions:{layout.trailing()}", cell=not chosen)
        for name, cells in chosen.items():
            layout.between(layout.step)
            _lay_action(layout, name, cells)
    if layout.either(False, True):
        layout.add(layout.comment())
    if layout.either(True, True, False):
        layout.add("")
    return LaidOut(layout.lines, layout.either("\n", "\r\n"), frozenset(layout.cell))


def _lay_action(layout: Layout, name: str, cells: dict[str, list[str]]) -> None:
    pad, ours = layout.step, name == TARGET[0]
    if layout.either(False, False, True):
        inline = ", ".join(f"{each}: {layout.inline_cell(fields)}" for each, fields in cells.items())
        layout.add(f"{pad}{layout.quoted(name)}: {{{inline}}}{layout.trailing()}", cell=ours)
        return
    layout.add(f"{pad}{layout.quoted(name)}:{layout.trailing()}", cell=ours and not cells)
    for dimension, fields in cells.items():
        layout.between(pad * 2)
        target = (name, dimension) == TARGET
        if layout.either(False, False, True):
            inline = layout.inline_cell(fields)
            layout.add(f"{pad * 2}{dimension}: {inline}{layout.trailing()}", cell=target)
        else:
            layout.add(f"{pad * 2}{dimension}:{layout.trailing()}", cell=target and not fields)
            layout.block_cell(fields, pad * 3, target=target)


def loaded(text: str) -> Any:
    """What an independent reading of *text* says."""
    # Where a file breaks off without a line break, a block of text that ends there gains one when lines follow.
    return without_last_line_break(YAML(typ="safe", pure=True).load(text))


def without_last_line_break(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_last_line_break(each) for key, each in value.items()}
    return value.removesuffix("\n") if isinstance(value, str) else value


@settings(max_examples=400, deadline=None)
@given(
    laid=returns(),
    key=st.sampled_from(["rating", "update"]),
    value=st.sampled_from(["grey", "Asked: 'why?', # not said", "First line\n\nsecond: line"]),
)
def test_rating_one_cell_changes_that_cells_lines_and_no_other(laid: LaidOut, key: str, value: str) -> None:
    before = laid.text
    expected = loaded(before)
    expected["actions"] = expected["actions"] or {}
    cells = expected["actions"]
    cells[TARGET[0]] = cells.get(TARGET[0]) or {}
    cells[TARGET[0]][TARGET[1]] = {**(cells[TARGET[0]].get(TARGET[1]) or {}), key: value}

    after = put(before, ("actions", *TARGET, key), value)

    assert loaded(after) == expected
    assert re.findall(r"# note \d+", after) == re.findall(r"# note \d+", before)
    assert after.count("\r") == (after.count("\n") if laid.newline == "\r\n" else 0)
    assert lines_that_went(laid.lines, after.split(laid.newline)) <= laid.cell


@st.composite
def several_changes(draw: st.DrawFn) -> dict[splice.Keys, Value]:
    """What somebody says of several cells at once."""
    fields: dict[splice.Keys, st.SearchStrategy[Any]] = {
        ("rating",): st.sampled_from(["grey", None]),
        ("update",): st.sampled_from(["Now", "First line\n\nsecond: line", None]),
        ("recovery", "plan"): st.sampled_from(["Hire: now", "Hire\nand train"]),
        ("recovery", "by"): st.sampled_from([date(2019, 1, 31), None]),
        ("evidence",): st.just([{"what": "Audit"}, {"what": "More", "where": "Share"}]),
    }
    cells = st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(DIMENSIONS)), min_size=1, max_size=4)
    said = {
        ("actions", *cell, *keys): draw(value)
        for cell in draw(cells)
        for keys, value in fields.items()
        if draw(st.booleans())
    }
    return {**said, ("prepared", "by"): "Somebody"} if draw(st.booleans()) else said


@settings(max_examples=300, deadline=None)
@given(laid=returns(), changes=several_changes())
def test_several_changes_at_once_are_as_one_after_the_other(laid: LaidOut, changes: dict[splice.Keys, Value]) -> None:
    one_by_one = laid.text
    for keys, value in changes.items():
        one_by_one = put(one_by_one, keys, value)
    assert loaded(put_all(laid.text, changes)) == loaded(one_by_one)
    assert put_all(laid.text, changes) == one_by_one


def lines_that_went(before: list[str], after: list[str]) -> set[int]:
    """The numbers of the lines between the first and the last that are not as they were."""
    begin = 0
    while begin < min(len(before), len(after)) and before[begin] == after[begin]:
        begin += 1
    end = 0
    while end < min(len(before), len(after)) - begin and before[-1 - end] == after[-1 - end]:
        end += 1
    return set(range(begin, len(before) - end))


@given(laid=returns())
@settings(max_examples=100, deadline=None)
def test_saying_what_is_there_already_changes_nothing(laid: LaidOut) -> None:
    once = put(laid.text, ("actions", *TARGET, "rating"), "grey")
    assert put(once, ("actions", *TARGET, "rating"), "grey") == once


@given(text=st.text(max_size=200).filter(lambda text: text.strip()))
@settings(max_examples=300, deadline=None)
def test_any_text_that_can_be_written_is_read_back_as_it_was(text: str) -> None:
    try:
        after = put("actions: {}\n", ("actions", *TARGET, "update"), text)
    except CannotDo:
        # No YAML file may hold such a character, and nothing is written instead of something else.
        assert re.search(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\r|\ufeff", text)
        return
    said = loaded(after)["actions"][TARGET[0]][TARGET[1]]["update"]
    assert [line.rstrip() for line in said.splitlines()] == [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "actions:\n  T1.2:\n    impact:\n      rating: red   # said in June\n      update: x\n",
            "actions:\n  T1.2:\n    impact:\n      rating: grey   # said in June\n      update: x\n",
            id="a comment behind the value stays",
        ),
        pytest.param(
            "actions: {T1.2: {impact: {update: 'x'}}}\n",
            "actions: {T1.2: {impact: {rating: grey, update: 'x'}}}\n",
            id="in brackets, in the order of the keys",
        ),
        pytest.param(
            "actions:\n  T1.1:\n    impact: {rating: red}\n  # The last of them.\n  T2.1:\n    impact: {rating: red}\n",
            "actions:\n  T1.1:\n    impact: {rating: red}\n  T1.2:\n    impact:\n      rating: grey\n"
            "  # The last of them.\n  T2.1:\n    impact: {rating: red}\n",
            id="a new action goes where the plan has it",
        ),
        pytest.param(
            "actions:\n  T1.2:\n    impact:\n      rating: |\n        red\n      update: x\n",
            "actions:\n  T1.2:\n    impact:\n      rating: grey\n      update: x\n",
            id="a block of text",
        ),
    ],
)
def test_what_a_file_looks_like_before_and_after(before: str, after: str) -> None:
    assert put(before, ("actions", *TARGET, "rating"), "grey") == after


def test_what_an_alias_stands_for_is_not_changed_behind_its_back() -> None:
    text = "actions:\n  T1.1: &same\n    impact: {rating: red}\n  T1.2: *same\n"
    with pytest.raises(CannotDo, match="laid out in a way that cannot be changed without touching something else"):
        put(text, ("actions", *TARGET, "rating"), "grey")


def test_a_value_that_is_taken_away_leaves_its_key_empty() -> None:
    text = "prepared:\n  by: Sam Example\n  on: 2018-10-05\n"
    assert put(text, ("prepared", "by"), None) == "prepared:\n  by:\n  on: 2018-10-05\n"


def test_a_day_used_twice_is_written_out_twice() -> None:
    day = date(2018, 10, 5)
    text = put("period: 2018-19-Q2\n", ("prepared",), [day, {"on": day}])
    assert text == "period: 2018-19-Q2\nprepared:\n  - 2018-10-05\n  - on: 2018-10-05\n"


def test_the_blank_lines_after_a_block_that_is_replaced_stay_where_they_were() -> None:
    text = "actions:\n  T1.2:\n    impact:\n      update: |+\n        old\n\n\n    process:\n      rating: red\n"
    cell = ("actions", *TARGET)
    changed = put_all(text, {(*cell, "update"): "new", (*cell, "recovery", "plan"): "Recruit"})
    assert changed == (
        "actions:\n  T1.2:\n    impact:\n      update: new\n      recovery:\n        plan: Recruit\n\n\n"
        "    process:\n      rating: red\n"
    )
