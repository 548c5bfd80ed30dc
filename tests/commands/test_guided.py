"""`jtai rate` without arguments: a cell at a time, saved as it is given."""

import io
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Q3, Jtai, Ran, an_action, plan_values, return_values, written
from jtai_plan.cli.options import today
from jtai_plan.files.load import load
from jtai_plan.model.returns import Cell

Guided = Callable[..., Ran]
TYPED = "\n".join


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    before = {("T1.1", "impact"): {"rating": "red", "update": "Begun."}}
    values = plan_values(an_action("T1.1", "police", "health", outcome_measure=["Fewer"]), an_action("T1.2", "police"))
    opened: dict[str, Any] = {Q3: {"asks": []}}
    return written(tmp_path, values, {("police", Q2): return_values(Q2, before)}, opened)


@pytest.fixture
def guided(plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> Guided:
    """Runs `jtai rate` with lines that somebody types."""

    def run(*lines: str, options: tuple[str, ...] = ("--agency", "police", "-q", Q3)) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return jtai("rate", *options)

    return run


def ratings(plan: Path) -> dict[str, dict[str, str | None]]:
    returned = load(plan).trusted().returns["police", Q3]
    return {
        action: {dimension: cell.rating if cell else None for dimension, cell in (cells or {}).items()}
        for action, cells in returned.actions.items()
    }


def test_a_cell_is_shown_with_all_that_helps_to_rate_it(guided: Guided) -> None:
    told = guided("", "q").out
    assert (
        "2 of 6: T1.1 Impact: Do T1.1\n"
        "  Outcome measure: Fewer\n"
        "  Last time: red: Begun.\n"
        "  Expected: amber\n"
        "    r  red: Slipped.\n"
        "    a  amber: Nearly there.\n"
        "    b  blue: Completed.\n"
        "    g  grey: Not begun.\n"
    ) in told


def test_letters_words_and_skips(plan: Path, guided: Guided) -> None:
    ran = guided("B", "Done", "", "skip", "", "amber", "", "", "")
    assert ran.status == 0
    assert ratings(plan)["T1.1"] == {"process": "blue", "impact": None, "performance": None}
    assert ratings(plan)["T1.2"] == {"process": "amber", "impact": None, "performance": None}
    assert ran.out.endswith(
        "Saved: 2 ratings.\nStill missing: T1.1 impact, T1.1 performance, T1.2 impact, T1.2 performance.\n"
        "To go on: jtai rate --agency police -q 2018-19-Q3\n"
    )


def test_a_rating_that_falls_short_is_asked_for_its_recovery(plan: Path, guided: Guided) -> None:
    ran = guided("r", "Slipped", "Hire", "end of March", "2019-03-31", "q")
    cell = load(plan).trusted().returns["police", Q3].cell("T1.1", "process")
    assert cell is not None
    assert cell.recovery is not None
    assert (cell.update, cell.recovery.plan, str(cell.recovery.by)) == ("Slipped", "Hire", "2019-03-31")
    assert "is not a date. Write it as" in ran.out
    assert "Nothing was written" not in ran.out


def test_what_is_not_understood_is_asked_again(plan: Path, guided: Guided) -> None:
    ran = guided("purple", "b", "", "q")
    assert "there is no rating 'purple' in the plan. There is red, amber, blue and grey." in ran.out
    assert ratings(plan)["T1.1"]["process"] == "blue"


def test_one_can_go_back(plan: Path, guided: Guided) -> None:
    ran = guided("b", "", "", "<", "a", "", "q")
    assert "  Now: blue, on track\n" in ran.out
    assert ratings(plan)["T1.1"]["process"] == "amber"
    assert "Saved: 1 rating.\n" in ran.out


def test_a_rating_is_saved_before_more_is_asked(plan: Path, guided: Guided) -> None:
    assert "Saved: 1 rating.\n" in guided("b", "q").out
    assert ratings(plan)["T1.1"]["process"] == "blue"


def test_it_takes_up_where_it_was_left(guided: Guided) -> None:
    guided("b", "", "", "q")
    assert guided("q").out.startswith("\n2 of 6: T1.1 Impact")


def test_the_agency_is_asked_for_by_number_or_name(plan: Path, guided: Guided) -> None:
    ran = guided("7", "nobody", "2", "b", "", "q", options=("-q", Q3))
    assert "  1  Police\n  2  Health\n" in ran.out
    assert "there is no agency 'nobody' in the plan." in ran.out
    assert load(plan).trusted().rating("health", "T1.1", "process", Q3) == "blue"


def test_when_nothing_more_is_typed_it_stops(plan: Path, guided: Guided) -> None:
    ran = guided("b", "Done")
    assert (ran.status, "Saved: 1 rating.\n" in ran.out) == (0, True)
    assert guided(options=("-q", Q3)).out.endswith("Saved: 0 ratings.\n")


def test_when_all_is_rated_it_says_so(guided: Guided) -> None:
    ran = guided(*["b", "", ""] * 6, "")
    assert ran.out.endswith(
        "Saved: 6 ratings.\nNothing is missing.\nNext, look at it: jtai check --agency police -q 2018-19-Q3\n"
    )


def test_a_closed_period_is_not_asked_for(jtai: Jtai, guided: Guided) -> None:
    for period in (Q2, Q3):
        jtai("close", period, "--by", "Me", "--on", "2019-01-31", "--with-missing")
    assert guided("b").err.endswith(
        "Q3 2018/19 was closed on 31 January 2019. To change a rating, use jtai rate --amend.\n"
    )


def test_half_a_call_is_no_guided_one(plan: Path, jtai: Jtai) -> None:
    assert jtai("rate", "T1.1", "impact").err == (
        "jtai: give an action, a dimension and a rating: jtai rate ACTION DIMENSION RATING. Nothing was written.\n"
    )


def on_a_terminal(plan: Path, steps: list[tuple[str, str]], end: int | None = None) -> tuple[int, str]:
    """What `jtai rate` prints on a terminal, where each of *steps* is typed once what it waits for is there."""
    import pty  # Windows has none

    master, slave = pty.openpty()
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100"}
    command = [sys.executable, "-m", "jtai_plan", "rate", "-q", Q3]
    process = subprocess.Popen(
        command, cwd=plan, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    said = ""
    latest = time.monotonic() + 60

    def read_until(words: str | None) -> None:
        nonlocal said
        begun = len(said)
        while words is None or words not in said[begun:]:
            if not select.select([master], [], [], 3)[0] and words is None and end is not None:
                # A signal that comes as the program turns to its input is not heeded until the next.
                process.send_signal(end)
            if time.monotonic() > latest:
                process.kill()
                raise TimeoutError(said)
            if not select.select([master], [], [], 0)[0]:
                continue
            try:
                piece = os.read(master, 4096)
            except OSError:
                return
            if not piece:
                return
            said += piece.decode()

    for words, typed in steps:
        read_until(words)
        os.write(master, f"{typed}\n".encode())
    if end is not None:
        read_until("Rating, by")
        process.send_signal(end)
    read_until(None)
    os.close(master)
    return process.wait(timeout=30), said.replace("\r\n", "\n")


@pytest.mark.posix
def test_on_a_real_terminal(plan: Path) -> None:
    status, said = on_a_terminal(
        plan, [("Agency", "police"), ("Rating", "b"), ("What was done", "Done"), ("What shows it", ""), ("Rating", "q")]
    )
    assert (status, "Saved: 1 rating." in said) == (0, True)
    assert ratings(plan)["T1.1"]["process"] == "blue"


@pytest.mark.posix
def test_control_c_says_what_was_saved(plan: Path) -> None:
    steps = [("Agency", "1"), ("Rating", "b"), ("What was done", "Done"), ("What shows it", "")]
    status, said = on_a_terminal(plan, steps, end=signal.SIGINT)
    assert (status, "Saved: 1 rating." in said, "Traceback" in said) == (130, True, False)
    assert "Still missing: T1.1 impact" in said


def test_a_new_recovery_plan_without_a_day_does_not_keep_the_day_of_the_old_one(plan: Path, guided: Guided) -> None:
    guided("r", "Slipped", "Hire", "2019-03-31", "q")
    # The first rating is given already, so go back to it.
    guided("<", "r", "", "Ask the board", "", "q")
    recovery = load(plan).trusted().cell("police", "T1.1", "process", Q3).recovery
    assert recovery is not None
    assert (recovery.plan, recovery.by) == ("Ask the board", None)


def cell(plan: Path, dimension: str = "process", action: str = "T1.1") -> Cell:
    return load(plan).trusted().cell("police", action, dimension, Q3)


@pytest.mark.parametrize(
    ("typed", "evidence", "answers"),
    [
        ("Audit | Shared drive | 14 September 2018", [("Audit", "Shared drive", "2018-09-14")], {}),
        ("Audit", [("Audit", None, "None")], {}),
        ("", [], {}),
        ("none: the audit is due in May", [], {"complete-without-evidence": "the audit is due in May"}),
    ],
)
def test_who_becomes_complete_is_asked_for_evidence_and_may_say_why_there_is_none(
    plan: Path, guided: Guided, typed: str, evidence: list[tuple[str, ...]], answers: dict[str, str]
) -> None:
    guided("b", "Done", typed, "q")
    said = cell(plan)
    assert [(each.what, each.where, str(each.dated)) for each in said.evidence] == evidence
    assert said.answers == answers


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("none", "say why there is none, such as 'none: the audit is due in May'."),
        ("Audit | Drive | some day", "this: 'some day' is not a date."),
        ("| Drive", "this '| Drive' is not of the form 'what | where | date'."),
        ("Seen 943 476 5919", "what you wrote holds an NHS number."),
    ],
)
def test_evidence_that_cannot_be_taken_is_asked_for_again(
    plan: Path, guided: Guided, typed: str, sentence: str
) -> None:
    assert sentence in " ".join(guided("b", "Done", typed, "Audit", "q").out.split())
    assert [each.what for each in cell(plan).evidence] == ["Audit"]


def test_the_measures_of_a_cell_are_asked_for(plan: Path, guided: Guided) -> None:
    measure = {
        "id": "cases",
        "action": "T1.1",
        "dimension": "impact",
        "description": "Cases",
        "unit": "a week",
        "target": 6,
    }
    written(plan, load(plan).trusted().plan.model_dump(mode="json", by_alias=True, exclude_none=True), agencies={
        "police": {"name": "Police", "measures": [measure]}
    })  # fmt: skip
    ran = guided("", "a", "", "many", "61", "q")
    assert "Cases (a week; target: 6). The number now? (Enter to leave as it is)" in " ".join(ran.out.split())
    assert "'many' is not a number. Write only the number, such as 61." in ran.out
    assert cell(plan, "impact").measures == {"cases": 61}


def test_what_was_promised_and_what_the_board_said_stand_beside_last_time(
    plan: Path, jtai: Jtai, guided: Guided
) -> None:
    recovery = ("--recovery", "Hire two | 2018-12-31", "--agency", "police", "-q", Q2)
    assert jtai("rate", "T1.1", "impact", "red", *recovery).status == 0
    moderate = ("board", "moderate", "T1.1", "impact", "grey", "--board", "lscb", "--reason", "Nobody was seen")
    assert jtai(*moderate, "-q", Q2).status == 0
    told = guided("", "q").out
    assert (
        "  Last time: red: Begun.\n"
        "    Promised then: Hire two, by 31 December 2018\n"
        "  The LSCB in Q2 2018/19: grey: Nobody was seen\n"
        "  Expected: amber\n"
    ) in told


def test_at_the_end_it_asks_once_who_filled_it_in(plan: Path, guided: Guided) -> None:
    guided(*["a", ""] * 6, "A. Officer")
    prepared = load(plan).trusted().returns["police", Q3].prepared
    assert prepared is not None
    assert (prepared.by, prepared.on) == ("A. Officer", today())
    assert "Who filled" not in guided(*["a", ""] * 6).out


def test_a_question_is_not_broken_within_a_word(guided: Guided, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = guided("b", "", "", "q").out
    assert "What was done, and what came of it?\n(Enter to leave as it is)" in out
    assert max(map(len, out.partition("Still missing")[0].splitlines())) <= 80
