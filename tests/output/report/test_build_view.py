"""The boards' report, the agencies' own and `jtai check` say the same of every cell, whatever is missing."""

import json
from collections import Counter
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import EVERY_RATING, PERIODS, Q2, RATINGS, a_partnership, a_plan, a_return, an_action
from jtai_plan.model.agency import SignOff
from jtai_plan.model.finding import Finding, Severity
from jtai_plan.model.partnership import Partnership, return_path
from jtai_plan.output.check.as_json import check_json
from jtai_plan.output.report import build_assurance
from jtai_plan.output.report.build_view import report_view
from jtai_plan.output.report.view.period import ReportView
from jtai_plan.rules.judge.collate import collate

AGENCIES = ("police", "health", "council")


@st.composite
def partnerships(draw: st.DrawFn) -> Partnership:
    """A partnership of any leads, of which any rating may be missing."""
    leads = st.lists(st.sampled_from(AGENCIES), min_size=1, max_size=3, unique=True)
    actions = [
        an_action(f"T1.{number}", *draw(leads), starts=draw(st.sampled_from([Q2, *PERIODS])))
        for number in range(1, draw(st.integers(2, 5)))
    ]
    plan = a_plan(*actions)
    returns: dict[str, list[Any]] = {}
    for agency, period in product(plan.lead_agencies, PERIODS):
        led = [(each["id"], dimension) for each in actions for dimension in plan.dimensions]
        cells = {
            cell: draw(st.sampled_from([None, *RATINGS]))
            for cell in led
            if {"agency": agency} in next(each["leads"] for each in actions if each["id"] == cell[0])
        }
        if draw(st.booleans()):
            returns.setdefault(agency, []).append(a_return(period, cells))
    return a_partnership(plan, returns)


def standings(view: ReportView) -> dict[tuple[str, str], str]:
    """The standing of every cell that *view* lays out."""
    return {
        (cell.action, cell.dimension): cell.standing
        for theme in view.plan.themes
        for action in theme.actions
        for cell in action.cells
    }


def test_the_same_question_about_several_ratings_is_asked_once() -> None:
    ratings: dict[tuple[str, str], Any] = {("T1.1", each): "red" for each in ("process", "impact")}
    answered = {"rating": "red", "answers": {"no-recovery": "Hired in May"}}
    returns = [a_return(PERIODS[2], {("T1.1", "impact"): answered}), a_return(PERIODS[3], ratings)]
    partnership = a_partnership(a_plan(an_action("T1.1", "police")), {"police": returns})
    view = report_view(collate(partnership, PERIODS[3]))
    assert view.assurance is not None
    ((_, questions),) = view.assurance.challenge
    assert "No word is said about the rating: T1.1 process/activity, T1.1 impact." in questions
    assert "Behind, and no plan to recover is given: T1.1 process/activity." in questions
    said = "Behind, and no plan to recover is given: T1.1 impact. Answered in Q4 2018/19: Hired in May"
    assert said in questions


@pytest.mark.parametrize(("message", "subject"), [("NHS: trust late", ""), ("T1.1 impact: late", "T1.1 impact")])
def test_only_the_rating_that_a_question_begins_with_is_split_off(message: str, subject: str) -> None:
    partnership = a_partnership(a_plan(an_action("T1.1", "police")), {})
    rule, path = EVERY_RATING.id, return_path("police", Q2)
    asked = Finding(rule, Severity.QUERY, message, None, path, action="T1.1", dimension="impact")
    assert build_assurance._subject(partnership, asked) == (subject, message.removeprefix(f"{subject}: "))


def test_a_sign_off_after_the_returns_were_due_is_not_on_file_yet() -> None:
    plan = a_plan(an_action("T1.1", "police"))
    after = plan.periods[Q2].last_day + timedelta(days=400)
    for on, words in ((after, "no sign-off on file"), (plan.periods[Q2].last_day, "Police Board")):
        sign_off = SignOff.model_validate({"board": "Police Board", "on": on, "signed": {}})
        partnership = a_partnership(plan, {})._replace(sign_offs={"police": sign_off})
        assert build_assurance._signed(partnership, "police", Q2).startswith(words)


@given(partnership=partnerships(), period=st.sampled_from(PERIODS))
def test_every_cell_stands_the_same_everywhere(partnership: Partnership, period: str) -> None:
    plan, collation = partnership.plan, collate(partnership, period)
    board = standings(report_view(collation))
    labels = {name: dimension.label for name, dimension in plan.dimensions.items()}

    checked = json.loads(check_json(collation, ()))
    assert {(cell["action"], labels[cell["dimension"]]): cell["standing"] for cell in checked["cells"]} == board
    assert {name: number for name, number in checked["counts"].items() if number} == Counter(board.values())
    counted = {name: number for name, _, number in report_view(collation).standings if number}
    assert counted == Counter(board.values())

    for agency in plan.lead_agencies:
        own = standings(report_view(collation, agency=agency))
        led = {action.id for action in plan.led_by(agency, period)}
        assert own.keys() == {cell for cell in board if cell[0] in led}
        together = {(each.action.id, labels[each.dimension]): each.together for each in collation.of(agency).cells}
        assert {cell: each.standing for cell, each in together.items() if each} == {cell: board[cell] for cell in own}
