"""`jtai board`: what the boards moderated, were asked, decided and were shown."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from builders import Q2, Q3, Q4, Jtai, an_action, plan_values, return_values, written
from jtai_plan.files.load import load

LSCB = ("--board", "The LSCB")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    own = {"actions": [{"id": "p-1", "action": "Own", "contributes_to": ["T1.1"]}]}
    values = plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "police"))
    returned = {("police", Q2): return_values(Q2, {("T1.1", "impact"): "blue"})}
    return written(tmp_path, values, returned, agencies={"police": {"name": "Police", **own}})


def report(plan: Path, jtai: Jtai, period: str) -> str:
    assert jtai("report", "-q", period, "--format", "md").status == 0
    return (plan / f"reports/{period}/board-report.md").read_text()


def test_the_whole_record_of_a_period(plan: Path, jtai: Jtai) -> None:
    on = ("--on", "2018-10-20", "--minute", "7.3")
    said = [
        jtai("board", "moderate", "1.1", "impact", "red", "-q", Q2, *LSCB, "--reason", "No case was seen", *on).out,
        jtai("board", "ask", "Who pays for night cover?", "-q", Q2, *LSCB, "--about", "T1.2").out,
        jtai("board", "ask", "Is one audit enough?", "-q", Q2, *LSCB).out,
        jtai("board", "decide", "ask-2", "Two a year", "-q", Q2, *LSCB, *on).out,
        jtai("board", "present", "-q", Q2, *LSCB, *on).out,
    ]
    assert said == [
        "Q2 2018/19: T1.1 impact is moderated to red by The LSCB.\n",
        "Q2 2018/19: ask-1 was recorded for The LSCB.\n",
        "Q2 2018/19: ask-2 was recorded for The LSCB.\n",
        "Q2 2018/19: ask-2 was decided by The LSCB.\n",
        "Q2 2018/19: the report was put before The LSCB on 20 October 2018.\n",
    ]
    assert (
        (plan / f"plan/board/{Q2}.yaml").read_text()
        == """\
# The boards' record of Q2 2018/19: what they moderated, were asked and decided, and when they met.
moderated:
  T1.1:
    impact:
      rating: red
      reason: No case was seen
      board: lscb
      on: 2018-10-20
      minute: '7.3'
asks:
  - id: ask-1
    board: lscb
    about: T1.2
    ask: Who pays for night cover?
  - id: ask-2
    board: lscb
    ask: Is one audit enough?
decisions:
  - resolves: ask-2
    decision: Two a year
    board: lscb
    on: 2018-10-20
    minute: '7.3'
presented:
  - board: lscb
    on: 2018-10-20
    minute: '7.3'
"""
    )
    assert load(plan).faults == ()
    again = jtai("board", "present", "-q", Q2, *LSCB, *on).out
    assert again == "Q2 2018/19: the report was put before The LSCB on 20 October 2018 already; nothing was written.\n"


def test_a_moderated_rating_takes_the_agencies_place_and_theirs_stay_visible(plan: Path, jtai: Jtai) -> None:
    jtai("board", "moderate", "T1.1", "impact", "amber", "-q", Q2, *LSCB, "--reason", "Not shown to last")
    text = report(plan, jtai, Q2)
    assert (
        """\
##### T1.1 Impact: Amber (A), ahead

- Red expected by Q2 2018/19; first rating
- Rated by the board itself: The LSCB, lowered from blue: Not shown to last

**Police**: Blue (B)

**Health**: no rating, awaited
"""
        in text
    )


def test_a_moderated_rating_is_taken_back(plan: Path, jtai: Jtai) -> None:
    record = plan / f"plan/board/{Q2}.yaml"
    for dimension in ("process", "impact"):
        jtai("board", "moderate", "T1.1", dimension, "amber", "-q", Q2, *LSCB, "--reason", "Not shown to last")
    withdraw = ("board", "moderate", "T1.1", "impact", "-q", Q2, *LSCB, "--withdraw")
    taken_back = "Q2 2018/19: the rating of T1.1 impact by The LSCB is taken back; the agencies' own stand.\n"
    assert jtai(*withdraw).out == taken_back
    cells = load(plan).trusted().record_of(Q2).moderated["T1.1"]
    assert list(cells) == ["process"]
    assert "amber" not in report(plan, jtai, Q2).partition("T1.1 Impact")[2].partition("#####")[0]
    # In a closed period it is an amendment, and what is left may be nothing.
    assert jtai("close", Q2, "--by", "Kit Example", "--with-missing").status == 0
    process = [each if each != "impact" else "process" for each in withdraw]
    assert "To moderate a rating, say why and who you are" in jtai(*process).err
    assert jtai(*process, "--amend", "Wrong action", "--by", "Kit Example").status == 0
    assert "moderated:\n  T1.1:" in record.read_text()
    amendment = load(plan).trusted().record_of(Q2).amendments[-1]
    assert (amendment.board, amendment.was, amendment.to) == ("lscb", "amber", None)
    assert jtai("check", "-q", Q2).status == 0
    assert "amber to the agencies' own, by Kit Example" in report(plan, jtai, Q2)


def test_an_ask_is_carried_into_every_later_report_until_it_is_decided(plan: Path, jtai: Jtai) -> None:
    owed = ("--owner", "police", "--due", "2018-11-01")
    jtai("board", "ask", "Who pays for night cover?", "-q", Q2, *LSCB, "--about", "T1.2", *owed)
    still_open = (
        "## To decide (1)\n\n- **ask-1**, about T1.2: Who pays for night cover? "
        "(to The LSCB; owner: Police; due 1 November 2018{}; {})\n"
    )
    in_third = still_open.format(", gone by", "open for 1 period")
    assert still_open.format("", "new") in report(plan, jtai, Q2)
    assert in_third in report(plan, jtai, Q3)
    assert "| 1 November 2018 **(gone by)** | Police | ask-1: Who pays for night cover? |\n" in report(plan, jtai, Q3)
    jtai("board", "decide", "ask-1", "The police", "-q", Q4, *LSCB, "--on", "2019-04-30")
    decided = report(plan, jtai, Q4)
    assert "To decide" not in decided
    assert "- **Decided (1):** ask-1: The LSCB, 30 April 2019: The police\n" in decided
    assert "(Q2 2018/19): Who pays for night cover? Decided by The LSCB, 30 April 2019: The police\n" in decided
    # What was open then stays open in the report of that period.
    assert in_third in report(plan, jtai, Q3)


def test_the_page_that_decides_begins_with_the_collators_own_words(plan: Path, jtai: Jtai) -> None:
    said = ("A slow quarter", "--achievement", "One audit", "--next", "Hire two", "--next", "Ask again")
    ran = jtai("board", "summary", *said, "-q", Q2)
    assert ran.status == 0
    assert ran.out.splitlines() == ["Q2 2018/19: the report will begin with this."]
    own = "A slow quarter\n\n**Achieved:** One audit\n\n**Next:** Hire two; Ask again\n"
    assert own in report(plan, jtai, Q2)
    # The board edition alone has them: what is said of restricted ratings may stand in them.
    for options, name in ((("--edition", "public"), "public"), (("--agency", "police"), "agency-police")):
        assert jtai("report", "-q", Q2, *options, "--format", "md").status == 0
        assert "A slow quarter" not in (plan / f"reports/{Q2}/{name}-report.md").read_text()
    again = jtai("board", "summary", "A better quarter", "-q", Q2)
    assert again.err == ("The reports of Q2 2018/19 were made before this. Make them anew: jtai report --refresh.\n")
    assert "A better quarter\n" in report(plan, jtai, Q2)
    assert jtai("board", "summary", "-q", Q2).err == (
        "jtai: say what the report begins with: TEXT, --achievement TEXT or --next TEXT. Nothing was written.\n"
    )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            ["moderate", "T1.1", "impact", "red", "-q", Q2, "--board", "csp", "--reason", "x"],
            "jtai: there is no board 'csp' in the plan. There is lscb.",
        ),
        (
            ["moderate", "T1.1", "impact", "red", "-q", Q2, *LSCB, "--reason", " "],
            "jtai: 'reason' is empty. Fill it in. Nothing was written.",
        ),
        (
            ["moderate", "T1.1", "impact", "red", "-q", Q2, *LSCB],
            "jtai: say why the board's rating replaces the agencies': --reason TEXT. Nothing was written.",
        ),
        (
            ["moderate", "T1.1", "impact", "-q", Q2, *LSCB],
            "jtai: give the board's rating, or --withdraw to take it back. Nothing was written.",
        ),
        (
            ["moderate", "T1.1", "impact", "red", "-q", Q2, *LSCB, "--withdraw"],
            "jtai: give the board's rating, or --withdraw to take it back. Nothing was written.",
        ),
        (
            ["moderate", "T1.1", "impact", "-q", Q2, *LSCB, "--withdraw"],
            "jtai: The LSCB has moderated no rating of T1.1 impact in 2018-19-Q2. Nothing was written.",
        ),
        (
            ["moderate", "T1.1", "impact", "red", "-q", Q2, "--reason", "x"],
            "Error: Missing option '--board'.",
        ),
        (
            ["moderate", "p-1", "impact", "red", "-q", Q2, *LSCB, "--reason", "x"],
            "jtai: p-1 is an agency's own action, which no board moderates. Nothing was written.",
        ),
        (
            ["decide", "ask-1", "x", "-q", Q2, *LSCB],
            "jtai: there is no open ask 'ask-1' in the plan. None is listed.",
        ),
        (
            ["present", "-q", Q2, *LSCB, "--on", "May"],
            "jtai: --on 'May' is not a date. Write it as 2018-12-31, 31/12/2018 or 31 December 2018.",
        ),
    ],
)
def test_a_wrong_call_gets_one_sentence_and_writes_nothing(
    plan: Path, jtai: Jtai, call: list[str], sentence: str
) -> None:
    ran = jtai("board", *call)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == sentence
    assert not (plan / "plan/board").exists()


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (
            "decisions: [{resolves: ask-9, decision: x, board: lscb}]",
            ":1:24: there is no ask 'ask-9'. Did you mean 'ask-1'?",
        ),
        (
            "asks: [{id: ask-1, board: lscb, ask: x}]",
            ":1:13: ask 'ask-1' is listed twice. Give it another id.",
        ),
        ("asks: [{id: ask-2, board: lcsb, ask: x}]", ":1:27: there is no board 'lcsb'. Did you mean 'lscb'?"),
        ("presented: [{board: lcsb, on: 2018-10-20}]", ":1:21: there is no board 'lcsb'. Did you mean 'lscb'?"),
        (
            "asks: [{id: ask-2, board: lscb, about: T9.9, ask: x}]",
            ":1:40: there is no action 'T9.9'. There is T1.1, T1.2 and p-1.",
        ),
    ],
)
def test_a_fault_in_the_boards_record(plan: Path, jtai: Jtai, record: str, said: str) -> None:
    jtai("board", "ask", "First?", "-q", Q2, *LSCB)
    (plan / f"plan/board/{Q3}.yaml").write_text(record + "\n")
    assert [fault.sentence for fault in load(plan).faults] == [f"plan/board/{Q3}.yaml{said}"]


def at_once(root: Path, calls: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """The status and the output of each of several calls that are made at the same time."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "jtai_plan", *call, "--plan", str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for call in calls
    ]
    said = [each.communicate(timeout=60) for each in started]
    return [(each.returncode, out + err) for each, (out, err) in zip(started, said, strict=True)]


def test_asks_that_are_recorded_at_once_all_have_ids_of_their_own(tmp_path: Path) -> None:
    root = written(tmp_path, plan_values())
    calls = [("board", "ask", f"Question {n}", "-q", Q2, "--board", "lscb") for n in range(8)]
    assert [status for status, _ in at_once(root, calls)] == [0] * 8
    loaded = load(root)
    assert loaded.faults == ()
    assert sorted(each.id for each in loaded.trusted().record_of(Q2).asks) == [f"ask-{n}" for n in range(1, 9)]


def test_of_two_decisions_at_once_the_second_is_told(tmp_path: Path, jtai: Jtai) -> None:
    root = written(tmp_path, plan_values())
    jtai("board", "ask", "Who pays?", "-q", Q2, "--board", "lscb")
    calls = [("board", "decide", "ask-1", words, "-q", Q2, "--board", "lscb") for words in ("Yes", "No")]
    assert sorted(status for status, _ in at_once(root, calls)) == [0, 2]
    assert len(load(root).trusted().record_of(Q2).decisions) == 1
