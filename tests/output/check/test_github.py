"""`jtai check --format github`: what GitHub's runner shows, and that nobody's words are its commands."""

import re
from pathlib import Path

import pytest

from builders import Q1, Q2, Jtai, an_action, plan_values, return_values, written
from repositories import a_repository

ACTIONS = [an_action(f"T1.{number}", "police", "health") for number in range(1, 8)]
COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<about>[^:]*)::(?P<words>.*)")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """One action, of which one rating is missing, one is on track and one is not."""
    steps = {each: {Q2: ["amber"], Q1: ["blue"]} for each in ("process", "impact", "performance")}
    said = return_values(Q2, {("T1.1", "process"): "red", ("T1.1", "impact"): "amber"})
    values = plan_values(expected=steps, areas_for_improvement={"count": 5}, answers={"areas-not-recorded": "Known"})
    return written(tmp_path, values, {("police", Q2): said})


def test_the_whole_of_it_the_gravest_first(plan: Path, jtai: Jtai) -> None:
    (plan / "plan/agencies/police/returns/2030.yaml").write_text("period: x\n")
    ran = jtai("check", "--format", "github")
    assert (ran.status, ran.err) == (1, "Checking Q2 2018/19, the latest period that has a rating.\n")
    assert (
        ran.out
        == """\
::error file=plan/agencies/police/returns/2030.yaml,title=unexpected-file::the file is not one of the plan's: there \
is no '2030'. There is 2018-19-Q2, 2018-19-Q3, 2018-19-Q4 and 2019-20-Q1.
::warning file=plan/agencies/police/returns/2018-19-Q2.yaml,line=5,col=15,title=behind::T1.1 process/activity is red \
(Police); amber was expected by Q2 2018/19: newly behind. Say in 'recovery' what will be done, and by when.
::notice file=plan/agencies/police/returns/2018-19-Q2.yaml,line=3,col=3,title=no-return::T1.1 performance has no \
rating from Police. Record it: jtai rate T1.1 performance RATING --agency police --quarter 2018-19-Q2.
::notice file=plan/agencies/police/agency.yaml,line=1,col=1,title=no-measures::Police has chosen no measure for \
T1.1. Name one under 'measures', with its action and dimension.
::notice file=plan/agencies/police/returns/2018-19-Q2.yaml,line=1,col=1,title=not-approved::the return of Police for \
Q2 2018/19 is not approved by its own governance. Record it: jtai sign-off police --quarter 2018-19-Q2 --board BOARD \
--on DATE --minute MINUTE.
::notice file=plan/agencies/police/sign-off.yaml,title=unsigned::the plan is not signed off by Police. Record it: \
jtai sign-off police --board BOARD --on DATE --minute MINUTE.
::notice file=plan/agencies/police/returns/2018-19-Q2.yaml,line=4,col=5,title=no-recovery::T1.1 process/activity of \
Police: behind, and no plan to recover is given.
::notice file=plan/agencies/police/returns/2018-19-Q2.yaml,line=4,col=5,title=no-update::T1.1 process/activity of \
Police: no word is said about the rating.
Of 3 ratings: 1 on track, 1 behind, 1 no return
"""
    )


def test_what_an_agency_owes_of_one_kind_is_one_annotation(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(*ACTIONS))
    told = jtai("check", "--format", "github").out.splitlines()
    assert [line for line in told if "title=no-return" in line] == [
        f"::notice file=plan/agencies/{agency}/returns/{Q2}.yaml,title=no-return::21 ratings of {agency.title()} are "
        "missing: T1.1, T1.2, T1.3, T1.4, T1.5, T1.6 and T1.7 (every dimension). "
        f"Record them: jtai rate --agency {agency} --quarter {Q2}."
        for agency in ("police", "health")
    ]
    assert [line.partition("::")[2].partition("::")[2] for line in told if "title=no-measures" in line] == [
        f"{agency} has chosen no measure for T1.1, T1.2, T1.3, T1.4, T1.5, T1.6 and T1.7. "
        "Name one under 'measures', with its action and dimension."
        for agency in ("Police", "Health")
    ]
    assert len(told) == 7


def test_other_findings_of_one_agency_are_joined(tmp_path: Path, jtai: Jtai) -> None:
    measures = [
        {"id": name, "action": "T1.1", "dimension": "process", "description": name} for name in ("calls", "visits")
    ]
    written(tmp_path, plan_values(), agencies={"police": {"name": "Police", "measures": measures}})
    assert (
        "::Police has not reported 'calls' (T1.1 process/activity); "
        "Police has not reported 'visits' (T1.1 process/activity).\n"
    ) in jtai("check", "--format", "github").out


def test_files_are_named_from_where_the_runner_stands(plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plan.parent)
    told = jtai("check", "--format", "github", "--plan", plan.name).out
    assert f"::warning file={plan.name}/plan/agencies/police/returns/{Q2}.yaml,line=5,col=15," in told


def test_a_sign_that_means_something_in_a_command_is_escaped(tmp_path: Path, jtai: Jtai) -> None:
    root = written(tmp_path / "100%, all: here", plan_values(), agencies={"police": {"name": "50% of: Police, Force"}})
    told = jtai("check", "--format", "github", "--plan", str(root)).out
    assert (
        "::notice file=100%25%2C all%3A here/plan/agencies/police/agency.yaml,line=1,col=1,title=no-measures::" in told
    )
    assert "::50%25 of: Police, Force has chosen no measure for T1.1." in told


@pytest.mark.parametrize(
    "command", ["::set-output name=a::b", "::stop-commands::x", "##[stop-commands]x", "::error::x"]
)
def test_nobodys_words_become_a_command(tmp_path: Path, jtai: Jtai, command: str) -> None:
    said = f"One\n{command}\n\n{command}"
    values = plan_values(an_action("T1.1", "police", action=said), title=command)
    values["periods"][Q2]["label"] = f"One {command}"
    values["scale"]["red"]["label"] = values["dimensions"]["impact"]["label"] = command
    values["expected"] = {each: {Q2: ["amber"]} for each in ("process", "impact", "performance")}
    values["areas_for_improvement"] = {"count": 1, "items": [{"id": "A1", "summary": said}]}
    cell = {"rating": "red", "update": said}
    returned = {("police", Q2): return_values(Q2, {("T1.1", "process"): cell})}
    written(tmp_path, values, returned, agencies={"police": {"name": command}})
    ran = jtai("check", "--format", "github", "--as-of", "2030-01-01")
    assert ran.err.startswith("Checking One ")
    assert ran.err.count("\n") == 1
    assert "##[" not in ran.err
    *annotations, counts = ran.out.splitlines()
    assert counts == "Of 3 ratings: 1 behind, 2 no return"
    assert len(annotations) == 11
    assert [line for line in annotations if not COMMAND.fullmatch(line)] == []


def test_no_fault_of_a_file_becomes_a_command(plan: Path, jtai: Jtai) -> None:
    (plan / f"plan/agencies/police/returns/{Q2}.yaml").write_text('period: "::set-output"\n"x\\r\\n::set-output": 1\n')
    told = jtai("check", "--format", "github").out.splitlines()
    assert [line for line in told if not COMMAND.fullmatch(line)] == ["Of 3 ratings: 3 no return"]


def test_answered_queries_are_left_out(plan: Path, jtai: Jtai) -> None:
    assert "areas-not-recorded" not in jtai("check", "--format", "github").out
    file = plan / "plan/plan.yaml"
    file.write_text(file.read_text().replace("areas-not-recorded:", "area-not-addressed:"))
    told = jtai("check", "--format", "github").out
    assert re.search(
        r"^::notice file=plan/plan.yaml,line=\d+,col=\d+,title=areas-not-recorded::0 of 5", told, re.MULTILINE
    )


def test_a_plan_that_cannot_be_read_has_no_counts(plan: Path, jtai: Jtai) -> None:
    (plan / "plan/plan.yaml").write_text("title: [A plan\n")
    ran = jtai("check", "--format", "github")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("::error file=plan/plan.yaml,line=1,col=8,title=not-yaml::a bracket is opened here")
    assert ran.out.count("\n") == 1


def test_paths_count_from_the_top_of_the_repository(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = a_repository(tmp_path / "whole")
    root = written(repo.root / "plans/ours", plan_values())
    (root / "plan/agencies/police/agency.yaml").write_text("name: Police\nsurplus: 1\n")
    for folder in (root, repo.root, root / "plan"):
        monkeypatch.chdir(folder)
        told = jtai("check", "--format", "github", "--plan", str(root)).out
        assert "::error file=plans/ours/plan/agencies/police/agency.yaml,line=2," in told
