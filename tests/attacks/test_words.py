"""What people type where something else was meant: one sentence, and nothing done by mistake."""

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from attack import attacked
from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from hostile import rewritten
from repositories import a_repository, as_sam

pytestmark = [pytest.mark.once, pytest.mark.posix]

LONG = "x" * 1_000_000


def a_plan_folder(root: Path, agency: dict[str, Any] | None = None, **values: Any) -> Path:
    cells = {("T1.1", dimension): "red" for dimension in ("process", "impact", "performance")}
    plan = plan_values(an_action("T1.1", "police", "health"), **values)
    return written(
        root, plan, {("police", Q2): return_values(Q2, cells)}, agencies={"police": agency or {"name": "Police"}}
    )


def changed(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("path", ["plan/plan.yaml", "plan/agencies/police/agency.yaml"])
@pytest.mark.parametrize("said", ["~\n", "---\n", "", "# nothing\n"])
def test_a_file_that_says_nothing_is_a_fault(tmp_path: Path, jtai: Jtai, path: str, said: str) -> None:
    root = a_plan_folder(tmp_path, {"name": "Police"})
    (root / path).write_text(said)
    ran = jtai("check", "--plan", str(root))
    assert (ran.status, path in ran.out + ran.err) == (1, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("starts: 2018-19-Q2", "starts: 2018-19-Q9", "2018-19-Q9"),
        ("contributes_to:\n  - T1.1", "contributes_to:\n  - T9.9", "T9.9"),
        ("by: 2018-19-Q3", "by: 2018-19-Q8", "2018-19-Q8"),
        ("dimension: impact", "dimension: impakt", "impakt"),
    ],
)
def test_a_slip_in_an_agencys_file_is_told_once_and_alone(
    tmp_path: Path, jtai: Jtai, old: str, new: str, said: str
) -> None:
    measure = {"id": "m", "action": "T1.1", "dimension": "impact", "description": "x", "unit": "x", "by": Q3}
    action = {"id": "P1", "action": "x", "contributes_to": ["T1.1"], "starts": Q2}
    root = a_plan_folder(tmp_path, {"name": "Police", "measures": [measure], "actions": [action]})
    changed(root, "plan/agencies/police/agency.yaml", old, new)
    ran = jtai("check", "--plan", str(root))
    errors = [line for line in (ran.out + ran.err).splitlines() if "agency.yaml" in line]
    assert (ran.status, len(errors)) == (1, 1)
    assert said in errors[0]
    for call in (("report", "-q", Q2), ("show",), ("forms", "-q", Q2), ("status",)):
        assert jtai(*call, "--plan", str(root)).status in (0, 1)


@pytest.mark.parametrize("where", ["title", "label", "update"])
def test_a_text_of_a_million_letters_is_shortened_wherever_it_is_quoted(tmp_path: Path, where: str) -> None:
    root = a_plan_folder(tmp_path / "plan", title="The title")
    paths = {
        "title": ("plan/plan.yaml", "The title"),
        "label": ("plan/plan.yaml", "Q2 2018/19"),
        "update": (f"plan/agencies/police/returns/{Q2}.yaml", "rating: red"),
    }
    path, old = paths[where]
    changed(root, path, old, f"rating: {LONG}" if where == "update" else LONG)
    for call in (("check",), ("show",), ("status",), ("rate", "T1.1", "impact", "red", "-q", Q2)):
        assert len(attacked(root, *call).said) < 20_000


def test_what_a_return_said_that_was_deleted_does_not_stop_submit(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_sam(monkeypatch)
    root = a_plan_folder(tmp_path)
    repo = a_repository(root)
    repo.write("plan/agencies/police/returns/2017-18-Q1.yaml", "period: 2017-18-Q1\nactions: {}\n")
    repo.commit("Begin")
    (root / "plan/agencies/police/returns/2017-18-Q1.yaml").unlink()
    ran = jtai("submit", "police", "-q", Q2, "--plan", str(root))
    assert (ran.status in (0, 1, 2), "Traceback" in ran.err) == (True, False)
    assert jtai("log", "--plan", str(root)).status == 0


@pytest.mark.parametrize("value", ["NaN", "1e999", "-INF"])
def test_a_number_that_is_none_is_refused_and_the_other_forms_are_read(tmp_path: Path, jtai: Jtai, value: str) -> None:
    measure = {"id": "m", "action": "T1.1", "dimension": "impact", "description": "x", "unit": "x"}
    root = a_plan_folder(tmp_path / "plan", {"name": "Police", "measures": [measure]})
    sent = tmp_path / "sent"
    assert jtai("forms", "-q", Q2, "--out", str(sent), "--plan", str(root)).status == 0
    file = sent / f"{Q2}-police.xlsx"
    with zipfile.ZipFile(file) as packed:
        names = [each for each in packed.namelist() if "worksheets/sheet" in each]
    # The first cell without a value among the answers becomes a number that is none.
    for name in names:
        rewritten(name, lambda part: part.replace(b'"/></row>', b'"><v>%s</v></c></row>' % value.encode(), 1))(file)
    ran = jtai("collect", str(sent), "--plan", str(root))
    assert ran.status == 1
    assert f"{Q2}-police.xlsx: sheet" in ran.err
    assert "1 of 2 forms refused." in ran.err


def test_a_template_of_a_workbook_is_named_as_left(tmp_path: Path, jtai: Jtai) -> None:
    root = a_plan_folder(tmp_path / "plan")
    for name in ("a.xltx", "b.xlsb", "c.msg", "d.zip", "e.pdf", "f.csv"):
        (tmp_path / "sent").mkdir(exist_ok=True)
        (tmp_path / "sent" / name).write_bytes(b"x")
    ran = jtai("collect", str(tmp_path / "sent"), "--plan", str(root))
    assert [
        name for name in ("a.xltx", "b.xlsb", "c.msg", "d.zip", "e.pdf", "f.csv") if name not in ran.out + ran.err
    ] == []


@pytest.mark.parametrize("said", ["\N{SUPERSCRIPT TWO}\n", b"\xff\xfe\n", "", "\0\n"])
def test_guided_ratings_end_in_a_sentence_whatever_is_typed(tmp_path: Path, said: str | bytes) -> None:
    root = a_plan_folder(tmp_path)
    given = said if isinstance(said, bytes) else said.encode()
    ran = attacked(root, "rate", "--agency", "police", "-q", Q2, given=given)
    assert ran.said.strip()


def test_a_shared_folder_lets_the_next_user_in(tmp_path: Path, jtai: Jtai) -> None:
    root = a_plan_folder(tmp_path)
    before = os.umask(0o022)
    try:
        assert jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2, "--plan", str(root)).status == 0
    finally:
        os.umask(before)
    assert (root / "plan/.jtai/lock").stat().st_mode & 0o666 == 0o666


@pytest.mark.parametrize(
    ("old", "new"),
    [("lscb:", "LSCB:\n    name: Another\n  lscb:"), ("impact:", "Impact:\n    label: Another\n  impact:")],
)
def test_ids_that_differ_only_in_case_are_a_fault(tmp_path: Path, jtai: Jtai, old: str, new: str) -> None:
    root = a_plan_folder(tmp_path)
    text = (root / "plan/plan.yaml").read_text()
    assert old in text
    (root / "plan/plan.yaml").write_text(text.replace(old, new, 1))
    assert jtai("check", "--plan", str(root)).status == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"boards": {"lscb": {"name": "The LSCB"}, "csp": {"name": "lscb"}}}, "'lscb' is what lscb is called too"),
        (
            {"boards": {"lscb": {"name": "The Board"}, "csp": {"name": "the board"}}},
            "'the board' is what lscb is called too",
        ),
    ],
)
def test_a_name_that_is_anothers_id_or_name_is_a_fault(
    tmp_path: Path, jtai: Jtai, values: dict[str, Any], said: str
) -> None:
    ran = jtai("check", "--plan", str(a_plan_folder(tmp_path, **values)))
    assert (ran.status, said in ran.out) == (1, True)


def test_a_label_of_a_dimension_or_rating_that_is_anothers_is_a_fault(tmp_path: Path, jtai: Jtai) -> None:
    root = a_plan_folder(tmp_path)
    changed(root, "plan/plan.yaml", "label: Impact", "label: process")
    changed(root, "plan/plan.yaml", "label: Amber", "label: red")
    ran = jtai("check", "--plan", str(root))
    assert [
        words
        for words in ("'process' is what process is called", "'red' is what red is called")
        if words not in ran.out
    ] == []


def test_a_fault_in_a_plan_below_the_repositorys_root_is_placed_from_the_root(tmp_path: Path, jtai: Jtai) -> None:
    root = a_plan_folder(tmp_path / "below")
    a_repository(tmp_path)
    changed(root, f"plan/agencies/police/returns/{Q2}.yaml", "rating: red", "rating: purple")
    ran = jtai("check", "--format", "github", "--plan", str(root))
    assert f"file=below/plan/agencies/police/returns/{Q2}.yaml" in ran.out


def test_a_period_whose_name_holds_an_escape_is_quoted_without_it(tmp_path: Path, jtai: Jtai) -> None:
    root = a_plan_folder(tmp_path)
    ran = jtai("submit", "police", "-q", "Q2\x1b[2J", "--plan", str(root))
    assert (ran.status, "\x1b" in ran.err) == (2, False)
