"""The digest of a report's inputs: what the files say counts, and not how it is written; nor where it is read from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builders import PERIODS, Q2, Q3, Q4, an_action, plan_values, return_values, written
from jtai_plan.errors import FilesAreWrong
from jtai_plan.files.document import MAX_BYTES
from jtai_plan.files.load import load, load_contents, read_alone
from jtai_plan.model.partnership import PLAN, agency_path, board_path, return_path
from jtai_plan.model.plan import Plan
from jtai_plan.rules.seals.report_inputs import inputs, is_input, part

MEASURE = {"id": "m-1", "action": "T1.1", "dimension": "impact", "description": "Referrals"}
RETURNED = return_path("police", Q3)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    said = {"rating": "red", "update": "Slipped.\nAnd slipped again.", "recovery": {"plan": "Hire", "by": "2019-01-31"}}
    return written(
        tmp_path,
        plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "police")),
        {
            ("police", Q2): return_values(Q2, {("T1.1", "impact"): "red"}),
            ("police", Q3): return_values(Q3, {("T1.1", "impact"): said}),
        },
        {Q3: {"asks": [{"id": "a-1", "board": "lscb", "ask": "Find a room"}]}},
        {"police": {"name": "Police", "measures": [MEASURE]}},
    )


def changed(root: Path, path: str, change: Callable[[str], str]) -> tuple[bool, ...]:
    """Of which periods' reports the digest changes as the file at *path* does; the last is the plan as agreed."""
    file, before = root / path, [load(root).inputs(period) for period in (*PERIODS, None)]
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    assert change(text) != text, f"{path} is to change"
    file.write_text(change(text), encoding="utf-8", newline="")
    return tuple(load(root).inputs(period) != was for period, was in zip((*PERIODS, None), before, strict=True))


NONE = (False,) * 5


@pytest.mark.parametrize("path", [PLAN, agency_path("police"), RETURNED, board_path(Q3)])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"# A comment\n{text}\n\n# and another\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\ufeff{text}",
        lambda text: text.replace(": ", ":   "),
    ],
    ids=["comments", "line ends", "a byte-order mark", "spaces"],
)
def test_how_a_file_is_written_does_not_count(root: Path, path: str, change: Callable[[str], str]) -> None:
    assert changed(root, path, change) == NONE


def test_neither_do_quotes_and_the_order_of_keys(root: Path) -> None:
    assert changed(root, RETURNED, lambda text: text.replace("'2019-01-31'", "2019-01-31")) == NONE
    swapped = "asks:\n  - ask: Find a room\n    board: lscb\n    id: a-1\n"
    assert changed(root, board_path(Q3), lambda _: swapped) == NONE


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (return_path("police", Q2), "rating: red", "rating: amber", (True, True, True, True, False)),
        (RETURNED, "rating: red", "rating: amber", (False, True, True, True, False)),
        (RETURNED, "slipped again", "slipped", (False, True, True, True, False)),
        (board_path(Q3), "Find a room", "Find two rooms", (False, True, True, True, False)),
        (PLAN, "Do T1.2", "Do T1.2 well", (True, True, True, True, True)),
        (agency_path("police"), "Referrals", "Referrals made", (True, True, True, True, False)),
        (agency_path("police"), "name: Police", "name: The Police", (True, True, True, True, True)),
    ],
)
def test_what_it_says_counts_for_its_period_and_later_ones(
    root: Path, path: str, old: str, new: str, expected: tuple[bool, ...]
) -> None:
    assert changed(root, path, lambda text: text.replace(old, new)) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (return_path("health", Q4), f"period: {Q4}\nactions: {{T1.1: {{impact: {{rating: red}}}}}}\n"),
        (board_path(Q4), "asks: [{id: a-2, board: lscb, ask: And another}]\n"),
        (return_path("health", Q4), "period: [\n"),
    ],
)
def test_a_later_return_or_record_leaves_earlier_reports_as_they_are(root: Path, path: str, text: str) -> None:
    assert changed(root, path, lambda _: text) == (False, False, True, True, False)


def test_a_sign_off_is_in_the_reports_from_the_period_by_whose_end_it_was_given(root: Path) -> None:
    signed = "board: Police Board\non: 2018-07-12\nsigned: {plan: sha256:0}\n"
    assert changed(root, "plan/agencies/police/sign-off.yaml", lambda _: signed) == (True, True, True, True, False)


def test_of_a_return_that_cannot_be_read_the_bytes_count_but_for_line_ends(root: Path) -> None:
    assert changed(root, RETURNED, lambda text: f"{text}  : :\n") == (False, True, True, True, False)
    assert changed(root, RETURNED, lambda text: text.replace("\n", "\r\n")) == NONE
    assert changed(root, RETURNED, lambda text: f"# Why?\n{text}") == (False, True, True, True, False)


def test_of_a_plan_with_a_fault_there_is_no_report_and_no_digest(root: Path) -> None:
    (root / PLAN).write_text("title: [\n", encoding="utf-8")
    with pytest.raises(FilesAreWrong):
        load(root).inputs(Q3)


def parted(contents: dict[str, bytes], period: str | None) -> str:
    """The digest, as the history puts it together from files that are each read once."""
    plan, _ = read_alone(PLAN, contents[PLAN])
    assert isinstance(plan, Plan)
    several = ((path, content) for path, content in contents.items() if is_input(path, period, plan))
    return inputs({path: part(*read_alone(path, content), period, plan) for path, content in several})


def test_it_is_the_same_from_the_folder_from_the_history_and_from_parts_that_were_read_alone(root: Path) -> None:
    (root / return_path("health", Q2)).parent.mkdir()
    (root / return_path("health", Q2)).write_bytes(b"period: [\r\n")
    (root / return_path("health", Q3)).write_bytes(b"#" * (MAX_BYTES + 1))
    (root / "plan/agencies/police/sign-off.yaml").write_text("board: [\n", encoding="utf-8")
    (root / "plan/agencies/police/returns/notes.yaml").write_text("nothing\n", encoding="utf-8")
    contents = {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.*") if file.is_file()}
    for period in (*PERIODS, None):
        there = load(root).inputs(period)
        assert load_contents(root, contents).inputs(period) == there
        assert parted(contents, period) == there
    assert read_alone("plan/README.md", b"# A plan\n") == (None, b"# A plan\n")
    assert read_alone("plan/agencies/police/sign-off.yaml", b"board: [\n") == (None, b"board: [\n")


def test_a_link_that_leads_out_of_the_plan_is_not_opened_for_it(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "return.yaml"
    before = load(root).inputs(Q3)
    file = root / return_path("health", Q3)
    file.parent.mkdir()
    file.symlink_to(elsewhere)
    for text in ("period: 1\n", "period: 2\n"):
        elsewhere.write_text(text, encoding="utf-8")
        assert load(root).inputs(Q3) == before
