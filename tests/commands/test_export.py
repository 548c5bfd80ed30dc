"""`jtai export`: the same facts as the reports, as tables."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from builders import Q2, Jtai, plan_values, return_values, written
from jtai_plan.exchange.export import COLUMNS
from places import EXAMPLE, ROOT


def test_the_ratings_stand_as_they_do_in_check(jtai: Jtai) -> None:
    exported = json.loads(jtai("export", "--plan", str(EXAMPLE)).out)
    checked = json.loads(jtai("check", "--plan", str(EXAMPLE), "-q", "2022-23-Q1", "--format", "json").out)
    assert exported["schema"] == 2
    plan_actions = {each["action"] for each in exported["actions"] if not each["additional"]}
    rows = [each for each in exported["ratings"] if each["period"] == "2022-23-Q1" and each["action"] in plan_actions]
    cells = {(each["action"], each["dimension"]): each for each in checked["cells"]}
    assert Counter((each["action"], each["dimension"]) for each in rows) == Counter(
        {key: len(cell["ratings"]) for key, cell in cells.items()}
    )
    for row in rows:
        cell = cells[row["action"], row["dimension"]]
        assert row["collated_standing"] == cell["standing"]
        assert row["collated_rating"] == cell["rating"]
        assert row["rating"] == cell["ratings"][row["agency"]]
        for name in ("behind_for", "short_by", "silent_for", "movement", "notice", "last_heard", "rebaselined"):
            assert row[name] == cell[name]
        assert row["expected"] == "|".join(cell["expected"])


def test_csv_holds_the_same_rows_as_json(jtai: Jtai, tmp_path: Path) -> None:
    exported = json.loads(jtai("export", "--plan", str(EXAMPLE)).out)
    assert jtai("export", "--plan", str(EXAMPLE), "--format", "csv", "--out", str(tmp_path)).status == 0
    for name in COLUMNS:
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows == [
            {key: "" if value is None else str(value) for key, value in row.items()} for row in exported[name]
        ]


def test_every_column_is_documented(jtai: Jtai) -> None:
    exported = json.loads(jtai("export", "--plan", str(EXAMPLE)).out)
    text = (ROOT / "docs/export.md").read_text(encoding="utf-8")
    for name in COLUMNS:
        part = text.partition(f"**{name}**")[2].partition("**")[0]
        documented = [
            column for row in re.findall(r"(?m)^\| (`.+?) \|", part) for column in re.findall(r"`(\w+)`", row)
        ]
        assert documented == list(exported[name][0]) == list(COLUMNS[name])


def test_a_table_without_a_row_has_its_columns(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    assert jtai("export", "--format", "csv").status == 0
    for name, columns in COLUMNS.items():
        head = (tmp_path / f"export/{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        assert head == ",".join(columns)


def test_a_workbook_holds_the_same_rows_as_json(jtai: Jtai, tmp_path: Path) -> None:
    exported = json.loads(jtai("export", "--plan", str(EXAMPLE)).out)
    assert jtai("export", "--plan", str(EXAMPLE), "--format", "xlsx", "--out", str(tmp_path)).status == 0
    once = (tmp_path / "export.xlsx").read_bytes()
    book = load_workbook(tmp_path / "export.xlsx")
    assert book.sheetnames == list(COLUMNS)
    for name, columns in COLUMNS.items():
        head, *rows = book[name].iter_rows(values_only=True)
        assert head == tuple(each.replace("_", " ") for each in columns)
        assert rows == [tuple(each if each != "" else None for each in row.values()) for row in exported[name]]
    jtai("export", "--plan", str(EXAMPLE), "--format", "xlsx", "--out", str(tmp_path))
    assert (tmp_path / "export.xlsx").read_bytes() == once


def test_the_evidence_of_a_restricted_rating_is_left_out(tmp_path: Path, jtai: Jtai) -> None:
    evidence = [{"what": "Audit", "where": "Drive", "dated": "2018-09-14"}]
    cells: dict[tuple[str, str], dict[str, Any]] = {
        ("T1.1", "process"): {"rating": "red", "evidence": evidence},
        ("T1.1", "impact"): {"rating": "red", "evidence": evidence, "restricted": True},
    }
    written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, cells)})
    assert json.loads(jtai("export").out)["evidence"] == [
        {
            "period": Q2,
            "agency": "police",
            "action": "T1.1",
            "dimension": "process",
            "what": "Audit",
            "where": "Drive",
            "dated": "2018-09-14",
        }
    ]


@pytest.mark.parametrize("typed", ["=1+1", "+44", "-5 officers", "@home"])
def test_no_text_is_a_formula(tmp_path: Path, jtai: Jtai, typed: str) -> None:
    cells = {("T1.1", "process"): {"rating": "red", "update": typed}}
    written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, cells)})
    jtai("export", "--format", "csv")
    with (tmp_path / "export/ratings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["update"] == f"'{typed}"


def test_a_plan_without_ratings_has_its_actions(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    exported = json.loads(jtai("export").out)
    assert ([each["action"] for each in exported["actions"]], exported["ratings"]) == (["T1.1"], [])
