"""`jtai remind`: what is missing from whom, as text to send."""

from pathlib import Path

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written

CELLS = [(action, dimension) for action in ("T1.1",) for dimension in ("process", "impact", "performance")]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    approved = {"approved": {"board": "Board", "on": "2018-10-10"}}
    measure = {"id": "m", "action": "T1.1", "dimension": "impact", "description": "Calls"}
    health = {**return_values(Q2, dict.fromkeys(CELLS, "red")), **approved}
    health["actions"]["T1.1"]["impact"]["measures"] = {"m": 3}
    police = {**return_values(Q2, {("T1.1", "process"): "red"}), **approved}
    agencies = {each: {"name": each.title(), "measures": [measure]} for each in ("police", "health")}
    return written(
        tmp_path,
        plan_values(an_action("T1.1", "police", "health")),
        {("police", Q2): police, ("health", Q2): health},
        {},
        agencies,
    )


def test_an_agency_is_told_all_that_is_missing_by_when_and_in_which_form(plan: Path, jtai: Jtai) -> None:
    ran = jtai("remind", "-q", Q2)
    assert (
        ran.out
        == """\
To: Police
Subject: A plan: return for Q2 2018/19

Your return for Q2 2018/19 is due by 12 October 2018.

Still missing:
- T1.1 impact (Do T1.1): red was expected by Q2 2018/19
- T1.1 performance (Do T1.1): red was expected by Q2 2018/19
- Police has not reported 'm' (T1.1 impact)

The form is 2018-19-Q2-police.xlsx. Fill in the yellow cells only, and send it back.
"""
    )
    assert ran.err == "Nothing is missing from Health.\n"


def test_with_a_day_it_says_how_late_the_return_is(plan: Path, jtai: Jtai) -> None:
    late = jtai("remind", "-q", Q2, "--as-of", "2018-10-14").out
    assert "Your return for Q2 2018/19 was due on 12 October 2018 and is 2 days late.\n" in late
    assert "is due by 12 October 2018" in jtai("remind", "-q", Q2, "--as-of", "2018-10-12").out


def test_an_agency_whose_ratings_are_all_there_is_not_called_late(plan: Path, jtai: Jtai) -> None:
    file = plan / f"plan/agencies/health/returns/{Q2}.yaml"
    file.write_text(file.read_text().replace("m: 3", "m:"))
    told = jtai("remind", "-q", Q2, "--agency", "health", "--as-of", "2018-12-01").out
    assert "Your ratings for Q2 2018/19 have reached us. Thank you.\n\nStill missing:\n- Health has not" in told
    assert "late" not in told


def test_two_letters_have_a_line_between_them(plan: Path, jtai: Jtai) -> None:
    told = jtai("remind", "-q", Q3).out
    assert told.count("To: ") == 2
    assert told.count("\n" + "-" * 60 + "\nTo: Health\n") == 1
