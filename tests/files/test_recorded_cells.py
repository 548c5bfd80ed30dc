"""An old return is read as the whole file says, however it is laid out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import Q2
from jtai_plan.files.document import MAX_BYTES, parse
from jtai_plan.files.recorded_cells import _lines_about, cells, recorded, values
from jtai_plan.files.splice import put
from jtai_plan.model.trail import Subject, SubjectKind
from places import EXAMPLE

RETURNS = sorted((EXAMPLE / "plan").rglob("returns/*.yaml"))
SCAFFOLD = """\
period: 2018-19-Q2
actions:

  # T1.1 Do T1.1
  T1.1:
    impact:
      rating:
      update:

  # T1.2 Do T1.2
  T1.2:
    impact:
      rating: red
      update:
"""


RETURN = f"plan/agencies/police/returns/{Q2}.yaml"


def read(text: str) -> dict[tuple[str | None, str | None], object]:
    """What the trail reads of each cell of a return."""
    found = recorded(RETURN, text.encode()) or {}
    return {(subject.action, subject.dimension): cell for subject, cell in found.items() if subject.action}


def in_whole(text: str) -> dict[tuple[str, str], object]:
    """What each cell says by the reader that every other command uses."""
    whole = parse("", text.encode()).values
    assert isinstance(whole, dict)
    return {(action, key): cell for action, several in whole["actions"].items() for key, cell in several.items()}


@pytest.mark.parametrize("file", RETURNS, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_every_return_of_the_example_is_read_alike(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    expected = in_whole(text)
    assert read(text) == expected
    for action in {name for name, _ in expected}:
        assert cells(text.encode(), action) == {key: cell for key, cell in expected.items() if key[0] == action}


@given(st.text(max_size=60), st.text(alphabet="\n :#-'\"[]{}|>&*!?%@`\tT12.", max_size=40))
def test_nothing_typed_into_one_rating_can_pass_for_another(update: str, plan: str) -> None:
    text = SCAFFOLD
    orders = [["period", "actions"], ["T1.1", "T1.2"], ["impact"], ["rating", "update", "recovery"], ["plan"]]
    for keys, value in ((("update",), update), (("recovery", "plan"), plan)):
        clean = "".join(sign for sign in value if sign.isprintable() or sign in "\n\t")
        changes = {("actions", "T1.1", "impact", *keys): clean}
        text = put(parse("", text.encode()), changes, lambda keys: orders[len(keys)]).text
    assert read(text) == in_whole(text)
    assert cells(text.encode(), "T1.2") == {("T1.2", "impact"): {"rating": "red", "update": None}}


LAYOUTS = {
    "a quotation over several lines that looks like another action": """\
period: 2018-19-Q2
prepared:
  by: "Nobody
actions:
  T1.2:
    impact:
      rating: blue
"
actions:
  T1.2:
    impact:
      rating: red
""",
    "another action within a quotation": """\
actions:
  T1.1:
    impact:
      rating: amber
      update: 'see
  T1.2:
    impact:
      rating: blue
  '
  T1.2:
    impact:
      rating: red
""",
    "brackets over several lines": """\
actions:
  T1.1: {impact: {rating: amber, evidence: [a,
  T1.2, b]}}
  T1.2: {impact:
    {rating: red}}
""",
    "keys in quotation marks": 'actions:\n  "T1.2":\n    impact:\n      rating: red\n',
    "a blank before the colon": "actions:\n  T1.1:\n    impact:\n  T1.2 :\n    impact:\n      rating: red\n",
    "an escape in the key": 'actions:\n  T1.1:\n    impact:\n  "T1\\u002e2":\n    impact:\n      rating: red\n',
    "a key after a long way": "actions:\n  T1.1:\n    impact:\n  ? T1.2\n  :\n    impact:\n      rating: red\n",
    "old line ends": "actions:\r  T1.2:\r    impact:\r      rating: red\r",
    "line ends of both kinds": "actions:\n  T1.1:\n    impact:\r  T1.2:\r    impact:\r      rating: red\n",
    "a mapping set in by one": "actions:\n T1.2:\n  impact:\n   rating: red\n",
    "comments further out": "actions:\n    T1.2:\n# here\n        impact:\n  # there\n            rating: red\n",
    "what comes after": "actions:\n  T1.2:\n    impact:\n      rating: red\nprepared:\n  T1.2:\n    impact:\n",
    "an alias": "actions:\n  T1.1: &all\n    impact:\n      rating: red\n  T1.2: *all\n",
    "Windows line ends": "actions:\r\n  T1.2:\r\n    impact:\r\n      rating: red\r\n",
    "no line end": "actions:\n  T1.2:\n    impact:\n      rating: red",
    "text in a block": "actions:\n  T1.1:\n    impact:\n      update: |\n        T1.2:\n          impact:\n"
    "            rating: blue\n  T1.2:\n    impact:\n      rating: red\n",
}


def test_a_return_of_plain_lines_is_read_by_the_lines_about_the_action() -> None:
    plain = SCAFFOLD + "  # More.\n  T1.3:\n    impact:\n      rating: blue\n"
    assert _lines_about(plain, "T1.2") == "  T1.2:\n    impact:\n      rating: red\n      update:"
    assert _lines_about(plain.replace("red", "red  # or amber"), "T1.2") is None
    assert _lines_about(plain.replace("update:", "update: 'x'"), "T1.2") is None


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_an_action_alone_is_read_as_in_the_whole_file(layout: str) -> None:
    assert {key: cell for key, cell in in_whole(layout).items() if key[0] == "T1.2"} == cells(layout.encode(), "T1.2")
    assert cells(layout.encode(), "T1.2") == {("T1.2", "impact"): {"rating": "red"}}


@pytest.mark.parametrize("content", [b"actions: {", b"\xff\xfe", b"- a list\n", b"x" * (MAX_BYTES + 1), b""])
def test_a_file_that_cannot_be_read_says_nothing(content: bytes) -> None:
    assert not recorded(RETURN, content)
    assert not cells(content, "T1.1")
    assert values(content) is None


def test_a_file_without_ratings_in_their_place_says_nothing() -> None:
    for text in ("actions: none\n", "actions:\n  T1.1: none\n", "actions:\n  T1.1:\n    impact: none\n", "period: x\n"):
        assert read(text) == {}
        assert cells(text.encode(), "T1.1") == {}


def test_each_kind_of_file_has_its_own_subjects() -> None:
    returned = b"approved: {board: Its board, on: 2018-10-12}\nactions: {T1.1: {impact: {rating: red}}}\n"
    assert recorded(RETURN, returned) == {
        Subject(SubjectKind.APPROVAL): {"board": "Its board", "on": "2018-10-12"},
        Subject(SubjectKind.RATING, "T1.1", "impact"): {"rating": "red"},
    }
    assert recorded(RETURN, returned, "T1.1") == {Subject(SubjectKind.RATING, "T1.1", "impact"): {"rating": "red"}}
    assert recorded(RETURN, returned, "T1.2") == {}
    record = b"moderated: {T1.1: {impact: {rating: red}}}\n"
    assert recorded(f"plan/board/{Q2}.yaml", record) == {
        Subject(SubjectKind.MODERATION, "T1.1", "impact"): {"rating": "red"}
    }
    assert recorded("plan/agencies/police/sign-off.yaml", b"board: B\n") == {
        Subject(SubjectKind.SIGN_OFF): {"board": "B"}
    }
    assert recorded("plan/plan.yaml", b"title: A plan\n") == {}
    assert recorded(f"plan/board/{Q2}.yaml", b"{") is None
