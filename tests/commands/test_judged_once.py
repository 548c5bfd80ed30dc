"""Every command judges each action and dimension once in each period, however many reports it makes of that."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action
from jtai_plan.rules.judge import judgement

DIMENSIONS = ("process", "impact", "performance")
Judged = Counter[tuple[bool, str, str, str]]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Judged:
    """How often each action and dimension was judged, by whether for the public, and by period."""
    counted: Judged = Counter()
    judge = judgement.judge

    def counting(partnership: Partnership, action: Action, dimension: str, period: str) -> Any:
        counted[partnership.public, action.id, dimension, period] += 1
        return judge(partnership, action, dimension, period)

    monkeypatch.setattr(judgement, "judge", counting)
    return counted


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Two agencies, an additional action, and red for everything in two periods."""
    actions = ("T1.1", "T1.2", "own-1")
    values = plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "police"))
    own = {"actions": [{"id": "own-1", "action": "Do more", "contributes_to": ["T1.1"]}]}
    returns = {
        (agency, period): return_values(period, {(action, each): "red" for action in led for each in DIMENSIONS})
        for agency, led in (("police", actions), ("health", ["T1.1"]))
        for period in (Q2, Q3)
    }
    return written(tmp_path, values, returns, agencies={"police": {"name": "Police", **own}})


def once(*periods: str, public: bool = False) -> Judged:
    """Each action and dimension once in each of *periods*."""
    return Counter(
        (public, action, dimension, period)
        for period in periods
        for action in ("T1.1", "T1.2", "own-1")
        for dimension in DIMENSIONS
    )


@pytest.mark.parametrize(
    ("call", "periods"),
    [
        (("check", "-q", Q3), (Q2, Q3)),
        (("check", "-q", Q2), (Q2,)),
        (("check", "-q", Q3, "--format", "json", "--agency", "police"), (Q2, Q3)),
        (("report", "-q", Q3), (Q2, Q3)),
        (("report", "-q", Q3, "--agency", "police"), (Q2, Q3)),
        (("report", "-q", Q3, "--agency", "all"), (Q2, Q3)),
        (("close", Q2, "--by", "The collator", "--on", "2018-10-31"), (Q2,)),
        (("export",), (Q2, Q3)),
        (("remind", "-q", Q3), (Q2, Q3)),
        (("show",), (Q2, Q3)),
    ],
)
def test_a_command_judges_each_cell_once_in_each_period(
    plan: Path, jtai: Jtai, judged: Judged, call: tuple[str, ...], periods: tuple[str, ...]
) -> None:
    assert jtai(*call).status == 0
    assert judged == once(*periods)


def test_the_public_edition_is_judged_once_without_what_is_restricted(plan: Path, jtai: Jtai, judged: Judged) -> None:
    assert jtai("report", "-q", Q3, "--edition", "public").status == 0
    assert judged == once(Q2, Q3, public=True)


def test_all_reports_of_all_periods_are_compared_by_one_judgement(plan: Path, jtai: Jtai, judged: Judged) -> None:
    for period in (Q2, Q3):
        for edition in (("--agency", "all"), ("--edition", "board"), ("--edition", "public")):
            assert jtai("report", "-q", period, *edition, "--format", "md").status == 0
    judged.clear()
    assert jtai("report", "--check").status == 0
    assert judged == once(Q2, Q3) + once(Q2, Q3, public=True)


def test_a_report_of_an_earlier_period_is_the_same_whatever_else_is_made_with_it(plan: Path, jtai: Jtai) -> None:
    for period in (Q2, Q3):
        jtai("report", "-q", period, "--agency", "all", "--format", "md")
    assert (jtai("report", "--check").status, jtai("report", "--check").out) == (0, "")
    shutil.rmtree(plan / f"reports/{Q3}")
    assert jtai("report", "--check").status == 0
