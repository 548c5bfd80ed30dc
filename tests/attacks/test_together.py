"""Commands that are called at the same time: each ends in a sentence, and the plan is sound and whole afterwards."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from builders import Q2, Jtai, an_action, plan_values, return_values, written
from jtai_plan.files.load import load

pytestmark = [pytest.mark.once, pytest.mark.posix]

ACTIONS = [f"T1.{n}" for n in range(1, 9)]
DIMENSIONS = ("process", "impact", "performance")
RATE = ("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2)
CLOSE = ("close", Q2, "--by", "The collator", "--with-missing")


def at_once(root: Path, calls: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """The status and the output of each of several calls that are made at the same time."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "jtai_plan", *call, "--plan", str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for call in calls
    ]
    said = [each.communicate(timeout=120)[0] for each in started]
    assert not [words for words in said if "Traceback" in words]
    return [(each.returncode, words) for each, words in zip(started, said, strict=True)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    cells = {("T1.1", dimension): "red" for dimension in DIMENSIONS}
    plan = plan_values(*(an_action(each, "police", "health") for each in ACTIONS))
    return written(tmp_path, plan, {(agency, Q2): return_values(Q2, cells) for agency in ("police", "health")})


def test_ratings_that_sixteen_give_at_once_are_all_kept(root: Path) -> None:
    ratings = ("red", "amber", "grey")
    calls = [
        ("rate", action, dimension, ratings[number % 3], "--agency", agency, "-q", Q2, "--update", f"By {agency} {n}")
        for n, agency in enumerate(("police", "health"))
        for number, (action, dimension) in enumerate((each, other) for each in ACTIONS for other in DIMENSIONS)
    ]
    for at in range(0, len(calls), 16):
        assert [status for status, _ in at_once(root, calls[at : at + 16])] == [0] * len(calls[at : at + 16])
    loaded = load(root)
    assert loaded.faults == ()
    for _, action, dimension, rating, _, agency, _, _, _, update in calls:
        cell = loaded.trusted().cell(agency, action, dimension, Q2)
        assert (cell.rating, cell.update) == (rating, update)


def test_a_rating_given_while_its_period_is_closed_is_in_the_closing_or_refused(root: Path, jtai: Jtai) -> None:
    (closed, _), (rated, said) = at_once(root, [CLOSE, RATE])
    assert (closed, rated in (0, 2)) == (0, True)
    assert rated == 0 or "was closed" in said
    assert jtai("check", "--plan", str(root)).status == 0
    closing = load(root).trusted().record_of(Q2).closed
    assert closing is not None
    assert closing.returns["police"].ratings["T1.1"]["impact"] == ("red" if rated else "amber")


def test_of_several_that_close_a_period_one_closes_it_and_the_others_say_so(root: Path, jtai: Jtai) -> None:
    ended = at_once(root, [CLOSE] * 4)
    assert [status for status, _ in ended] == [0] * 4
    assert sorted("was closed on" in said for _, said in ended) == [False, True, True, True]
    assert jtai("check", "--plan", str(root)).status == 0
    assert jtai("report", "--check", "--plan", str(root)).status == 0


def test_a_form_that_is_collected_while_its_agency_rates_takes_nothing_back(root: Path, jtai: Jtai) -> None:
    assert jtai("forms", "-q", Q2, "--agency", "police", "--out", str(root / "sent"), "--plan", str(root)).status == 0
    (collected, said), (rated, _) = at_once(root, [("collect", str(root / "sent")), RATE])
    assert (collected in (0, 1), rated) == (True, 0), said
    assert load(root).trusted().cell("police", "T1.1", "impact", Q2).rating == "amber"
