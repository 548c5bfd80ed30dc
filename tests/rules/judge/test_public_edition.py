"""What the public may see, and what it may not find out."""

from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written

SECRETS = {
    "an officer's name": "Robin Officer",
    "an officer's role": "Custody inspector",
    "a restricted update": "Of one child",
    "a restricted reason of a board": "Board knows one child",
    "a restricted amendment": "Amended for one child",
    "who amended": "Collator Jones",
    "where evidence is kept": "//server/safeguarding",
    "the marking": "OFFICIAL-SENSITIVE",
    "a small count": "4 in Q2 2018/19",
    "a small baseline, target and count": "Children | 2 | 5 | 4 in Q2 2018/19",
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    lead = {"agency": "police", "name": "Robin Officer", "role": "Custody inspector"}
    values = plan_values(an_action("T1.1", leads=[lead]), an_action("T1.2", "police"), marking="OFFICIAL-SENSITIVE")
    cells: dict[tuple[str, str], Any] = {
        ("T1.1", "process"): {
            "rating": "amber",
            "update": "Open to all",
            "evidence": [{"what": "An audit", "where": "//server/safeguarding"}],
        },
        ("T1.1", "impact"): {"rating": "grey", "update": "Of one child", "restricted": True},
        ("T1.1", "performance"): {"rating": "red", "measures": {"children": 4}},
    }
    record = {
        "moderated": {"T1.1": {"impact": {"rating": "red", "reason": "Board knows one child", "board": "lscb"}}},
        "amendments": [
            {"agency": "police", "action": "T1.1", "dimension": "impact", "was": "red", "to": "grey"}
            | {"reason": "Amended for one child", "by": "Somebody", "on": "2018-11-01"},
            {"agency": "police", "action": "T1.1", "dimension": "process", "was": "red", "to": "amber"}
            | {"reason": "Miscounted", "by": "Collator Jones", "on": "2018-11-01"},
        ],
    }
    measure = {"id": "children", "action": "T1.1", "dimension": "performance", "description": "Children", "count": True}
    agency = {"name": "Police", "measures": [{**measure, "baseline": 2, "target": 5}]}
    returns = {
        ("police", Q2): return_values(Q2, cells),
        ("police", Q3): return_values(Q3, {("T1.1", "impact"): "red", ("T1.1", "performance"): {"rating": "red"}}),
    }
    return written(tmp_path, values, returns, {Q2: record}, {"police": agency})


def report(plan: Path, jtai: Jtai, *options: str, name: str, quarter: str = Q2) -> str:
    assert jtai("report", "-q", quarter, *options).status == 0
    return (plan / f"reports/{quarter}/{name}-report.md").read_text()


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_what_stands_in_the_boards_edition_and_not_in_the_publics(plan: Path, jtai: Jtai, secret: str) -> None:
    assert secret in report(plan, jtai, name="board")
    assert secret not in report(plan, jtai, "--edition", "public", name="public")
    assert secret not in (plan / f"reports/{Q2}/public-report.html").read_text()


def test_the_edition_says_that_it_is_the_publics_and_what_is_left_out(plan: Path, jtai: Jtai) -> None:
    public = report(plan, jtai, "--edition", "public", name="public")
    assert "Public edition. Q2 2018/19" in public
    assert "It leaves out restricted ratings (1 of 6)" in public
    assert "Open to all" in public
    assert "Evidence: An audit\n" in public
    assert "c in Q2 2018/19" in public
    assert "- **Changed after the period was closed (1):** T1.1 process/activity\n" in public


def test_what_was_restricted_is_withheld_from_the_history_too(plan: Path, jtai: Jtai) -> None:
    public = report(plan, jtai, "--edition", "public", name="public", quarter=Q3)
    assert "| T1.1 | A | – | withheld | R! (A) | R | R! (A) |" in public
    assert "declined" not in public
    assert "improved from grey" not in public


def test_a_fault_is_said_and_not_quoted(plan: Path, jtai: Jtai) -> None:
    (plan / f"plan/agencies/police/returns/{Q2}.yaml").write_text(
        f"period: {Q2}\nactions: {{T1.1: {{impact: Of one child}}}}\n"
    )
    assert "There is" not in (public := report(plan, jtai, "--edition", "public", name="public"))
    assert "its return could not be read: the file has a fault" in public
    assert "Of one child" not in public


def test_nothing_of_a_restricted_cell_is_told_by_another_lead_or_another_period(tmp_path: Path, jtai: Jtai) -> None:
    impact = ("T1.1", "impact")
    returns = {
        ("police", Q2): return_values(Q2, {impact: {"rating": "grey", "restricted": True}}),
        ("health", Q2): return_values(
            Q2, {impact: {"rating": "blue", "update": "Of one child", "recovery": {"plan": "x", "by": "2018-10-31"}}}
        ),
        ("police", Q3): return_values(Q3, {impact: "red"}),
        ("health", Q3): return_values(Q3, {impact: "red"}),
    }
    plan = written(tmp_path, plan_values(an_action("T1.1", "police", "health")), returns)
    public = report(plan, jtai, "--edition", "public", name="public", quarter=Q3)
    assert "| T1.1 | – | – | withheld | R! (A) | – | – |" in public
    assert "Of one child" not in public
    assert "31 October 2018" not in public
    assert "declined from" not in public


def test_an_amendment_of_an_agencys_own_restricted_cell_is_not_told(tmp_path: Path, jtai: Jtai) -> None:
    own = {"id": "p-1", "action": "Own work", "contributes_to": ["T1.1"]}
    cells: dict[tuple[str, str], Any] = {
        ("p-1", "impact"): {"rating": "red", "restricted": True},
        ("T1.1", "impact"): "red",
    }
    amendment = {"agency": "police", "action": "p-1", "dimension": "impact", "was": "grey", "to": "red"}
    record = {"amendments": [{**amendment, "reason": "Amended for one child", "by": "Somebody", "on": "2018-11-01"}]}
    agencies = {"police": {"name": "Police", "actions": [own]}}
    plan = written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, cells)}, {Q2: record}, agencies)
    assert "Amended for one child" in report(plan, jtai, name="board")
    assert "Amended for one child" not in report(plan, jtai, "--edition", "public", name="public")


def test_a_total_that_would_give_a_small_count_away_is_left_out_too(tmp_path: Path, jtai: Jtai) -> None:
    ids = {"girls": 3, "boys": 60, "all": 63, "audits": 12}
    about = {"action": "T1.1", "dimension": "performance", "target": 2, "baseline": 70, "better": "lower"}
    measures = [{"id": name, "description": name.title(), "count": name != "audits", **about} for name in ids]
    cells: dict[tuple[str, str], Any] = {("T1.1", "performance"): {"rating": "red", "measures": ids}}
    plan = written(
        tmp_path,
        plan_values(an_action("T1.1", "police")),
        {("police", Q2): return_values(Q2, cells)},
        {},
        {"police": {"name": "Police", "measures": measures}},
    )
    public = report(plan, jtai, "--edition", "public", name="public")
    assert "Girls | 70 | c | c in Q2 2018/19 | not told |\n" in public
    assert "Boys | 70 | c | 60 in Q2 2018/19 | moving the right way |\n" in public
    assert "All | 70 | c | c in Q2 2018/19 | not told |\n" in public
    assert "Audits | 70 | 2 | 12 in Q2 2018/19 | moving the right way |\n" in public
    assert "All | 70 | 2 | 63 in Q2 2018/19 | moving the right way |" in report(plan, jtai, name="board")
