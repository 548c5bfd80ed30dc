"""`jtai show`: the plan, or one action, in a pipe and on a terminal."""

from pathlib import Path

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    actions = (
        an_action("T1.1", "police", "health", outcome_measure=["Children are safe"], reporting="October"),
        an_action("T1.2", leads=[{"agency": "police", "name": "A Lead", "role": "Chief"}]),
    )
    said = {
        "rating": "red",
        "update": "Begun.\n\nMore to do.",
        "recovery": {"plan": "Recruit", "by": "2019-01-31"},
        "evidence": [{"what": "Audit", "where": "Share", "dated": "2018-12-01"}],
    }
    return written(
        tmp_path,
        plan_values(*actions),
        {
            ("police", Q2): return_values(Q2, {("T1.1", "impact"): "red"}),
            ("police", Q3): return_values(Q3, {("T1.1", "impact"): said, ("T1.2", "process"): "blue"}),
        },
    )


def test_the_plan_as_a_table_of_the_latest_standings(plan: Path, jtai: Jtai) -> None:
    assert (
        jtai("show").out
        == """\
A plan: Q3 2018/19

      Process/activity  Impact   Performance  Action
T1                                            Strategy
T1.1  – –               R?R!(A)  – –          Do T1.1
T1.2  – B               – –      – –          Do T1.2

The last periods, the latest last: ! is behind or unranked (what was expected stands in brackets), ? is part returned, \
– is not returned, and · is not due. Of one action: jtai show ACTION.
"""
    )


def test_one_action_with_its_whole_history(plan: Path, jtai: Jtai) -> None:
    told = jtai("show", "1.1").out
    assert told.startswith("""\
T1.1 Do T1.1
Theme: T1 Strategy
Lead: Police
Lead: Health
Outcome measure: Children are safe
Reporting: October

Q2 2018/19
  Process/activity: no return; red or amber was expected by Q2 2018/19
    Police: no return
    Health: no return
  Impact: red, part returned; red was expected by Q2 2018/19
    Police: red
    Health: no return
""")
    assert (
        """\
  Impact: red, behind; amber was expected by Q3 2018/19
    Police: red
      Begun.
      More to do.
      Recovery: Recruit (by 31 January 2019)
      Evidence: Audit; Share; 1 December 2018
    Health: no return
"""
        in told
    )


def test_a_lead_is_named_with_the_role(plan: Path, jtai: Jtai) -> None:
    assert "\nLead: A Lead (Chief), Police\n" in jtai("show", "T1.2").out


def test_it_says_where_files_could_not_be_read(plan: Path, jtai: Jtai) -> None:
    (plan / "plan/agencies/health/agency.yaml").write_text("name: Health\nx: 1\n")
    assert "Some files have faults" in jtai("show").err
