"""Answers to queries: in plan.yaml about the plan, in a return about one of its ratings."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from builders import EVERY_RATING, Q2, Jtai, a_partnership, a_plan, a_return, plan_values, return_values, written
from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import return_path
from jtai_plan.rules.checks import period
from jtai_plan.rules.checks.answers import answered
from jtai_plan.rules.checks.catalogue.every import RULES
from jtai_plan.rules.checks.catalogue.rule import Rule
from jtai_plan.rules.judge.collate import Collation

ONLY_QUERIES = "Only a query can be answered. What to do instead:"
IN_THE_PLAN = "It is about the plan: answer it under 'answers' in plan/plan.yaml."


@pytest.fixture(autouse=True)
def query(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of the catalogue that asks about every rating of the police."""
    monkeypatch.setitem(cast("dict[str, Rule]", RULES), EVERY_RATING.id, EVERY_RATING)
    monkeypatch.setattr(period, "CHECKS", (*period.CHECKS, asks_about_every_rating))


def asks_about_every_rating(collation: Collation) -> Iterator[Finding]:
    for cell in collation.cells:
        if cell.rating:
            yield asked(cell.action.id, cell.dimension)


def asked(action: str, dimension: str) -> Finding:
    """The query about one rating of the police."""
    return EVERY_RATING.finding(
        f"{action} {dimension} was rated",
        return_path("police", Q2),
        agency="police",
        action=action,
        dimension=dimension,
        period=Q2,
    )


def rated(answers: Any) -> dict[str, Any]:
    """A return of the police, with these *answers* under one of its two ratings."""
    cells = {("T1.1", "impact"): {"rating": "red", "answers": answers}, ("T1.1", "process"): {"rating": "amber"}}
    return return_values(Q2, cells)


def test_the_answer_under_a_rating_is_that_of_the_query_about_it_alone() -> None:
    partnership = a_partnership(
        a_plan(), {"police": [a_return(Q2, {("T1.1", "impact"): {"rating": "red", "answers": {"every-rating": "So"}}})]}
    )
    told = answered(partnership, [asked("T1.1", "impact"), asked("T1.1", "process"), asked("T9.9", "impact")])
    assert [each.answered for each in told] == ["So", None, None]


def test_an_answered_query_about_a_rating_is_printed_with_its_answer_and_not_counted(
    tmp_path: Path, jtai: Jtai
) -> None:
    written(tmp_path, plan_values(), {("police", Q2): rated({"every-rating": "The auditor saw it"})})
    told = jtai("check", "--format", "json").out
    answers = {
        each["dimension"]: each["answered"] for each in json.loads(told)["findings"] if each["rule"] == "every-rating"
    }
    assert answers == {"impact": "The auditor saw it", "process": None}
    assert (
        "Worth asking (1)\n"
        "  T1.1 process was rated (every-rating).\n"
        "  T1.1 impact was rated (every-rating).\n"
        "    Answered: The auditor saw it\n" in jtai("check").out
    )
    assert jtai("check", "--fail-on", "query", "--select", "every-rating").status == 1
    both = rated({"every-rating": "So"})
    both["actions"]["T1.1"]["process"]["answers"] = {"every-rating": "So"}
    written(tmp_path, plan_values(), {("police", Q2): both})
    assert jtai("check", "--fail-on", "query", "--select", "every-rating").status == 0


def test_an_answer_in_the_plan_does_not_answer_for_a_rating(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(answers={"every-rating": "So"}), {("police", Q2): rated({})})
    ran = jtai("check")
    assert ran.status == 1
    assert (
        "'every-rating' cannot be answered here. It is about a rating: answer it under that rating's 'answers' in the "
        "return." in ran.out
    )


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("every-ratings", "T1.1 impact: there is no rule 'every-ratings'. Did you mean 'every-rating'?"),
        ("undefined-rating", f"T1.1 impact: 'undefined-rating' cannot be answered here. {IN_THE_PLAN}"),
        *(
            (rule, f"T1.1 impact: '{rule}' cannot be answered here. {ONLY_QUERIES} jtai explain {rule}.")
            for rule in ("behind", "no-return", "unknown-name", "reopened")
        ),
    ],
)
def test_an_answer_in_a_return_to_what_is_no_query_about_a_rating_is_an_error(
    tmp_path: Path, jtai: Jtai, rule: str, sentence: str
) -> None:
    written(tmp_path, plan_values(), {("police", Q2): rated({rule: "So"})})
    ran = jtai("check")
    assert ran.status == 1
    assert f"plan/agencies/police/returns/{Q2}.yaml:7:" in ran.out
    assert sentence in ran.out


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("undefined-ratings", "there is no rule 'undefined-ratings'. Did you mean 'undefined-rating'?"),
        ("unsigned", f"'unsigned' cannot be answered here. {ONLY_QUERIES} jtai explain unsigned."),
    ],
)
def test_an_answer_in_the_plan_to_what_is_no_query_about_it_is_an_error(
    tmp_path: Path, jtai: Jtai, rule: str, sentence: str
) -> None:
    written(tmp_path, plan_values(answers={rule: "So"}))
    ran = jtai("check")
    assert (ran.status, sentence in ran.out) == (1, True)


def test_rate_writes_answers_below_the_rating(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(), {("police", Q2): rated({})})
    ran = jtai("rate", "T1.1", "impact", "red", "-q", Q2, "--answer", "Every-Rating = The auditor saw it = so it is")
    assert (ran.status, ran.err) == (0, "")
    found = json.loads(jtai("check", "--format", "json", "--select", "every-rating").out)["findings"]
    assert [each["answered"] for each in found] == [None, "The auditor saw it = so it is"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("every-rating", "--answer 'every-rating' is not of the form 'rule=why'. Nothing was written."),
        ("every-rating= ", "--answer 'every-rating= ' is not of the form 'rule=why'. Nothing was written."),
        ("evry-rating=So", "there is no rule 'evry-rating'. Did you mean 'every-rating'?"),
        (
            "behind=So",
            f"'behind' cannot be answered in a return. {ONLY_QUERIES} jtai explain behind. Nothing was written.",
        ),
    ],
)
def test_rate_refuses_an_answer_that_would_be_an_error(tmp_path: Path, jtai: Jtai, answer: str, message: str) -> None:
    written(tmp_path, plan_values())
    ran = jtai("rate", "T1.1", "impact", "red", "-q", Q2, "--answer", answer)
    assert (ran.status, ran.err) == (2, f"jtai: {message}\n")
    assert not (tmp_path / return_path("police", Q2)).exists()
