"""`jtai sign-off`: what a governance board agreed to, and when that lapses."""

import re
from pathlib import Path

import pytest

from builders import Q2, Jtai, an_action, plan_values, return_values, written
from repositories import a_repository

SIGN_OFF = "plan/agencies/police/sign-off.yaml"
ON = ("--on", "2018-07-12")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    values = plan_values(
        an_action("T1.1", "police", "health"),
        inspection={"name": "An inspection", "from": "2018-03-19", "to": "2018-03-23"},
    )
    agencies = {
        "police": {"name": "Police", "governance_board": {"name": "Police Board"}},
        "health": {"name": "Health"},
        "schools": {"name": "Schools", "signs_with": "police"},
        "youth": {"name": "Youth Service"},
    }
    returned = return_values(Q2, {("T1.1", "impact"): "red"})
    return written(tmp_path, values, {("police", Q2): returned}, agencies=agencies)


def findings(jtai: Jtai) -> list[str]:
    """What `jtai check` says below its last heading."""
    return jtai("check").out.partition("Sign-off and approval\n")[2].splitlines()


def test_the_plan_is_signed_part_by_part(plan: Path, jtai: Jtai) -> None:
    ran = jtai("sign-off", "police", *ON, "--minute", "7.3")
    assert ran.out == "Police: the plan is signed off by Police Board on 12 July 2018: 1 action.\n"
    text = (plan / SIGN_OFF).read_text()
    assert re.sub(r"sha256:[0-9a-f]{64}", "sha256:..", text) == (
        """\
# Police: sign-off of the plan, by a digest of each part that was signed.
board: Police Board
on: 2018-07-12
minute: '7.3'
signed:
  plan: sha256:..
  scale: sha256:..
  expected: sha256:..
  periods: sha256:..
  T1.1: sha256:..
"""
    )
    assert (
        jtai("sign-off", "police", *ON, "--minute", "7.3").out
        == "Police: the plan is already recorded as signed off: 1 action.\n"
    )


def test_check_says_who_has_not_signed_and_a_department_is_covered_by_another(plan: Path, jtai: Jtai) -> None:
    assert findings(jtai)[0] == "  The plan is not signed off by Police, Health, Schools and Youth Service."
    jtai("sign-off", "police", *ON)
    jtai("sign-off", "youth", "--board", "Management Board", *ON)
    assert findings(jtai)[0] == "  The plan is not signed off by Health."


def test_check_says_what_changed_since_it_was_signed(plan: Path, jtai: Jtai) -> None:
    for agency in ("police", "health", "youth"):
        assert jtai("sign-off", agency, "--board", "A Board", *ON).status == 0
    jtai("sign-off", "police", "-q", Q2, *ON)
    assert findings(jtai) == []
    file = plan / "plan/plan.yaml"
    file.write_text(file.read_text().replace("action: Do T1.1", "action: Do less"))
    assert (
        findings(jtai)[0]
        == "  Police signed an earlier version of the plan on 12 July 2018; since then T1.1 has changed."
    )
    assert jtai("check", "--fail-on", "missing").status == 1


def test_with_the_trail_check_quotes_what_was_signed(plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = a_repository(plan)
    for agency in ("police", "health", "youth"):
        jtai("sign-off", agency, "--board", "A Board", *ON)
    repo.commit("Sign")
    repo.replace("plan/plan.yaml", "action: Do T1.1", "action: Do t1.1")
    repo.commit("Correct")
    repo.replace("plan/plan.yaml", "action: Do t1.1", "action: do t1.1")
    assert "; since then T1.1 has changed.\n" in jtai("check").out
    assert "; since then T1.1 has changed; T1.1: “Do T1.1” is now “do t1.1”.\n" in jtai("check", "--trail").out


def test_what_only_others_do_is_a_question_for_a_board_that_signed(plan: Path, jtai: Jtai) -> None:
    for agency in ("police", "health", "youth"):
        jtai("sign-off", agency, "--board", "A Board", *ON)
    file = plan / "plan/plan.yaml"
    file.write_text(file.read_text().replace("action: Do T1.1", "action: Do less"))
    out = jtai("check").out
    asked = "  Youth Service signed an earlier version of the plan on 12 July 2018; since then T1.1 has changed"
    assert f"{asked} (signed-before-decision).\n" in out
    assert f"{asked}.\n" not in out
    file.write_text(file.read_text() + "answers: {signed-before-decision: Told on 1 August}\n")
    assert f"{asked} (signed-before-decision).\n    Answered: Told on 1 August\n" in jtai("check").out


def test_an_agencys_governance_approves_its_return(plan: Path, jtai: Jtai) -> None:
    assert findings(jtai)[-1] == "  The return for Q2 2018/19 is not approved by the governance board of Police."
    ran = jtai("sign-off", "police", "-q", "q2 2018/19", "--on", "2018-10-10", "--minute", "4")
    assert ran.out == "Police: the return for Q2 2018/19 is approved by Police Board on 10 October 2018.\n"
    assert (
        "approved:\n  board: Police Board\n  on: 2018-10-10\n  minute: '4'\n"
        in (plan / f"plan/agencies/police/returns/{Q2}.yaml").read_text()
    )
    assert not any("not approved" in each for each in findings(jtai))
    again = jtai("sign-off", "police", "-q", Q2, "--on", "2018-10-10", "--minute", "4")
    assert again.out == "Police: the return for Q2 2018/19 is already recorded as approved.\n"


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            "polise --board X --on 2018-07-12",
            "there is no agency 'polise' in the plan. Did you mean 'police'?",
        ),
        (
            "health --on 2018-07-12",
            "health has no governance board in its agency.yaml. Say which board agreed: --board. Nothing was written.",
        ),
        (
            "schools --board X --on 2018-07-12",
            "schools signs with police. Record that instead: jtai sign-off police. Nothing was written.",
        ),
        (
            "police --on 2018-03-23",
            (
                "the plan cannot have been signed on 23 March 2018: the inspection ended on 23 March 2018. "
                "Nothing was written."
            ),
        ),
        ("police --on July", "--on 'July' is not a date. Write it as 2018-12-31, 31/12/2018 or 31 December 2018."),
        (
            "health --board X --on 2018-10-10 -q 2018-19-Q2",
            (
                "plan/agencies/health/returns/2018-19-Q2.yaml: this return has no rating yet, "
                "so there is nothing to approve."
            ),
        ),
    ],
)
def test_a_wrong_call_gets_one_sentence_and_writes_nothing(plan: Path, jtai: Jtai, call: str, sentence: str) -> None:
    before = {file: file.read_bytes() for file in (plan / "plan").rglob("*.yaml")}
    ran = jtai("sign-off", *call.split())
    assert (ran.status, ran.out, ran.err) == (2, "", f"jtai: {sentence}\n")
    assert {file: file.read_bytes() for file in (plan / "plan").rglob("*.yaml")} == before


def test_a_sign_off_dated_before_the_inspection_ended_is_a_fault(plan: Path, jtai: Jtai) -> None:
    jtai("sign-off", "police", *ON)
    file = plan / SIGN_OFF
    file.write_text(file.read_text().replace("2018-07-12", "2017-07-12"))
    ran = jtai("check")
    assert ran.status == 1
    assert (
        f"{SIGN_OFF}:3:5: the plan cannot have been signed on 12 July 2017: the inspection ended on 23 March 2018. "
        "Give the day of the meeting that signed it off.\n" in ran.out
    )
