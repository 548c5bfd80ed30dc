"""Plans of other shapes than Southend's, through every command."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from builders import Jtai, written
from jtai_plan.files.load import load

MONTHLY = {
    "title": "A monthly plan with green",
    "boards": {"executive": {"name": "Executive"}},
    "periods": {
        f"2024-0{month}": {"label": f"{name} 2024", "from": f"2024-0{month}-01", "to": f"2024-0{month}-28"}
        for month, name in ((1, "January"), (2, "February"), (3, "March"))
    },
    "dimensions": {"progress": {"label": "Progress"}},
    "scale": {
        "red": {"label": "Red", "letter": "R", "rank": 1, "means": "Late"},
        "amber": {"label": "Amber", "letter": "A", "rank": 2, "means": "Nearly late"},
        "green": {"label": "Green", "letter": "G", "rank": 3, "means": "On time"},
        "blue": {"label": "Blue", "letter": "B", "rank": 4, "complete": True, "means": "Done"},
    },
    "expected": {"progress": {"2024-01": ["amber", "green"], "2024-02": ["green"], "2024-03": ["blue"]}},
    "themes": [
        {"id": "A", "title": "One", "actions": [{"id": "A.1", "action": "Do it", "leads": [{"agency": "trust"}]}]}
    ],
}
FOUR_MONTHLY = {
    "title": "A four-monthly plan that can be suspended",
    "boards": {"executive": {"name": "Executive"}},
    "periods": {
        "spring": {"label": "Spring term", "from": "2024-01-01", "to": "2024-04-30"},
        "summer": {"label": "Summer term", "from": "2024-05-01", "to": "2024-08-31"},
    },
    "dimensions": {"work": {"label": "Work"}, "effect": {"label": "Effect"}},
    "scale": {
        "poor": {"label": "Poor", "letter": "P", "rank": 1, "means": "Poor"},
        "good": {"label": "Good", "letter": "GO", "rank": 2, "complete": True, "means": "Good"},
        "suspended": {"label": "Suspended", "letter": "S", "means": "Not pursued for now"},
    },
    "expected": {"work": {"spring": ["good"]}, "effect": {"summer": ["good"]}},
    "themes": [
        {
            "id": "A",
            "title": "One",
            "actions": [{"id": "A.1", "action": "Do it", "leads": [{"agency": "trust"}, {"agency": "school"}]}],
        }
    ],
}


def cells(jtai: Jtai, period: str) -> list[tuple[Any, ...]]:
    told = json.loads(jtai("check", "-q", period, "--format", "json").out)
    return [(each["dimension"], each["rating"], each["standing"], each["behind_for"]) for each in told["cells"]]


def test_a_monthly_plan_of_one_dimension_with_green(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, MONTHLY)
    assert jtai("open", "january 2024").status == 0
    said = jtai("rate", "A.1", "progress", "g", "-q", "January 2024").out
    assert said == "A.1 progress, January 2024, Trust: no return → green; amber or green was expected: on track\n"
    assert jtai("open", "2024-02").status == 0
    assert jtai("rate", "A.1", "progress", "amber", "-q", "2024-02").out.endswith("green was expected: behind\n")
    assert cells(jtai, "2024-01") == [("progress", "green", "on-track", 0)]
    assert cells(jtai, "2024-02") == [("progress", "amber", "behind", 1)]
    assert cells(jtai, "2024-03") == [("progress", None, "no-return", None)]
    assert "Missing, by agency (1 rating)\n  Trust: A.1 (progress)\n" in jtai("check", "-q", "2024-03").out


def test_a_four_monthly_plan_in_which_work_can_be_suspended(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, FOUR_MONTHLY)
    jtai("open", "spring")
    jtai("rate", "A.1", "work", "Suspended", "--agency", "trust", "-q", "Spring term")
    said = jtai("rate", "A.1", "work", "GO", "--agency", "school", "-q", "spring").out
    assert said == "A.1 work, Spring term, School: no return → good; good was expected: on track\n"
    assert cells(jtai, "spring") == [("work", "suspended", "unranked", 1), ("effect", None, "not-due", None)]
    assert "A.1 work: suspended; good was expected by Spring term. Newly unranked\n" in jtai("check").out


@pytest.mark.parametrize("values", [MONTHLY, FOUR_MONTHLY], ids=["monthly", "four-monthly"])
def test_every_command_takes_any_plan(tmp_path: Path, jtai: Jtai, values: dict[str, Any]) -> None:
    written(tmp_path, values)
    periods = list(values["periods"])
    dimension, rating = next(iter(values["dimensions"])), next(iter(values["scale"]))
    meeting = ("-q", periods[0], "--board", "executive")
    for call in (
        ("report",),
        ("sign-off", "trust", "--board", "Trust Board", "--on", "2024-01-01"),
        ("open", periods[0]),
        ("rate", "A.1", dimension, rating, "--agency", "trust", "-q", periods[0]),
        ("sign-off", "trust", "-q", periods[0], "--board", "Trust Board", "--on", "2024-06-01"),
        ("board", "moderate", "A.1", dimension, rating, *meeting, "--reason", "Seen"),
        ("board", "ask", "More?", *meeting),
        ("board", "decide", "ask-1", "No", *meeting),
        ("check",),
        ("show",),
        ("show", "A.1"),
        ("report", "--agency", "all"),
        ("close", periods[0], "--by", "Collator", "--with-missing"),
        ("board", "present", *meeting, "--on", "2024-06-01"),
        ("report", "-q", periods[0], "--check"),
    ):
        ran = jtai(*call)
        assert (ran.status, "Traceback" in ran.err) == (0, False), (call, ran.err)
    assert load(tmp_path).faults == ()


def of_two_dimensions(**more: Any) -> dict[str, Any]:
    """A plan whose impact is only good or poor, and whose work may also be suspended."""
    scale: Any = FOUR_MONTHLY["scale"]
    limited = {**scale, "suspended": {**scale["suspended"], "dimensions": ["work"]}}
    return {**FOUR_MONTHLY, "scale": limited, **more}


def test_a_rating_is_used_in_its_dimensions_only(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, of_two_dimensions())
    jtai("open", "spring")
    rate = ("--agency", "trust", "-q", "spring")
    assert jtai("rate", "A.1", "work", "suspended", *rate).status == 0
    refused = jtai("rate", "A.1", "effect", "suspended", *rate)
    assert (refused.status, refused.err) == (
        2,
        "jtai: suspended is not used for effect. There is poor and good. Nothing was written.\n",
    )
    moderated = ("board", "moderate", "A.1", "effect", "s", "--board", "executive", "-q", "spring", "--reason", "Seen")
    assert jtai(*moderated).status == 2
    jtai("report", "-q", "spring", "--format", "md")
    report = (tmp_path / "reports/spring/board-report.md").read_text()
    assert "### Suspended (S)\n\n- Not pursued for now\n- Effect: not used.\n" in report


def test_a_form_offers_and_takes_the_ratings_of_a_dimension_only(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, of_two_dimensions())
    jtai("open", "spring")
    jtai("forms", "-q", "spring", "--agency", "trust")
    form = tmp_path / "forms/spring/spring-trust.xlsx"
    book = load_workbook(form)
    sheet = book["Return"]
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation if "Poor" in str(rule.formula1)]
    assert offered == ['"Poor,Good,Suspended"', '"Poor,Good"']
    (head,) = (row for row in sheet.iter_rows() if any(cell.value == "Rating" for cell in row))
    column = next(cell.column for cell in head if cell.value == "Rating")
    sheet.cell(head[0].row + 2, column, "Suspended")
    book.save(form)
    refused = jtai("collect", str(form))
    assert "'Suspended' is not a rating of effect. Choose Poor or Good, or leave it empty" in refused.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"expected": {"effect": {"spring": ["good"]}, "work": {"spring": ["fair"]}}}, None),
        (
            {"expected": {"effect": {"spring": ["fair"]}}},
            "plan/plan.yaml:47:7: fair is not used for effect. There is poor and good.",
        ),
        ({"due": True}, "no rating of the scale is marked on_track for effect, so a due day says nothing"),
    ],
)
def test_what_is_expected_is_a_rating_of_its_dimension(
    tmp_path: Path, jtai: Jtai, more: dict[str, Any], said: str | None
) -> None:
    fair = {"label": "Fair", "letter": "F", "rank": 3, "on_track": True, "dimensions": ["work"]}
    values = of_two_dimensions(**{key: value for key, value in more.items() if key != "due"})
    values["scale"] = {**values["scale"], "fair": fair}
    if "due" in more:
        (action,) = values["themes"][0]["actions"]
        values["themes"] = [{**values["themes"][0], "actions": [{**action, "due": "2024-08-01"}]}]
    written(tmp_path, values)
    ran = jtai("check", "-q", "spring")
    if said is None:
        assert ran.status == 0
    else:
        assert said in ran.out


def test_a_return_holds_no_rating_of_another_dimension(tmp_path: Path, jtai: Jtai) -> None:
    returned = {"period": "spring", "actions": {"A.1": {"effect": {"rating": "suspended"}}}}
    written(tmp_path, of_two_dimensions(), {("trust", "spring"): returned})
    assert "A.1 effect: suspended is not used for effect. There is poor and good." in jtai("check", "-q", "spring").out
