"""What a good chair would ask: each question on both sides of its boundary, with its whole message."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from builders import (
    PERIODS,
    Q1,
    Q2,
    Q3,
    Q4,
    Jtai,
    a_partnership,
    a_plan,
    a_return,
    an_action,
    plan_values,
    return_values,
    written,
)
from jtai_plan.model.agency import Agency
from jtai_plan.model.finding import Finding
from jtai_plan.model.plan import Plan
from jtai_plan.rules.checks.challenge import challenge_pack
from jtai_plan.rules.checks.questions import QUESTIONS
from jtai_plan.rules.checks.trajectories import TRAJECTORIES
from jtai_plan.rules.judge.collate import Collation, collate

Said = Mapping[str, Any] | str | None
JOINT = a_plan(an_action("T1.1", "police", "health"))
DATED = {"what": "An audit", "dated": "2018-12-01"}
GOOD = {"update": "A word", "recovery": {"plan": "Train", "by": "2019-12-31"}}


def collation(
    police: Sequence[Said],
    health: Sequence[Said] = (),
    plan: Plan | None = None,
    dimension: str = "impact",
    **more: Any,
) -> Collation:
    """T1.1 with what each agency said of a dimension from Q2 on, up to the last period that the police answered."""
    plan = plan or (JOINT if health else a_plan())
    returns = {
        agency: [
            a_return(period, {("T1.1", dimension): said})
            for period, said in zip(PERIODS, several, strict=False)
            if said
        ]
        for agency, several in (("police", police), ("health", health))
    }
    return collate(a_partnership(plan, returns, **more), PERIODS[len(police) - 1])


def asked(of: Collation, rule: str) -> list[str]:
    return [each.message for question in (*QUESTIONS, *TRAJECTORIES) for each in question(of) if each.rule == rule]


def red(**more: Any) -> dict[str, Any]:
    return {"rating": "red", **more}


def blue(**more: Any) -> dict[str, Any]:
    return {"rating": "blue", "update": "Done", **more}


CASES: list[tuple[str, Sequence[Said], list[str]]] = [
    ("complete-without-evidence", [blue()], ["blue for the first time, and no dated evidence was given"]),
    ("complete-without-evidence", [blue(evidence=[DATED])], []),
    (
        "complete-without-evidence",
        [blue(evidence=[{"what": "No day"}])],
        ["blue for the first time, and no dated evidence was given"],
    ),
    ("complete-without-evidence", [red(evidence=[DATED]), blue()], []),
    ("complete-without-evidence", [blue(), blue()], []),
    ("complete-without-evidence", [red()], []),
    ("declined-from-complete", ["blue", "amber"], ["blue in Q2 2018/19, and amber now"]),
    ("declined-from-complete", ["blue", None, "red"], ["blue in Q2 2018/19, and red now"]),
    ("declined-from-complete", ["blue", "blue"], []),
    ("declined-from-complete", ["amber", "red"], []),
    ("jumped", ["red", "blue"], ["red in Q2 2018/19 and blue now, without dated evidence"]),
    ("jumped", ["red", blue(evidence=[DATED])], []),
    ("jumped", ["red", "amber"], []),
    ("jumped", ["grey", "blue"], []),
    ("unchanged-for", ["amber", "amber", "amber"], ["amber for the third period in a row"]),
    ("unchanged-for", ["red", "red", "red", "red"], ["red for the fourth period in a row"]),
    ("unchanged-for", ["amber", "amber"], []),
    ("unchanged-for", ["amber", None, "amber", "amber"], []),
    ("unchanged-for", ["blue", "blue", "blue"], []),
    ("no-recovery", ["red", red()], ["behind, and no plan to recover is given"]),
    ("no-recovery", ["red", red(recovery={"plan": "Train"})], ["behind, and the plan to recover has no day"]),
    (
        "no-recovery",
        ["red", red(recovery={"plan": "Train", "by": "2018-12-31"})],
        ["behind, and the day to recover, 31 December 2018, has gone by"],
    ),
    ("no-recovery", ["red", red(recovery={"plan": "Train", "by": "2019-01-01"})], []),
    ("no-recovery", [red()], []),
    ("no-update", [red()], []),
    ("no-update", ["red", "red"], ["no word is said about the rating"]),
    ("no-update", ["red", "amber"], ["no word is said about the rating"]),
    ("no-update", ["amber", "amber"], []),
    ("no-update", ["red", red(update="A word")], []),
    (
        "repeated-update",
        [red(update="We go on"), red(update="We  go on ")],
        ["the update says what it said in Q2 2018/19, or nearly"],
    ),
    ("repeated-update", [red(update="We go on"), red(update="We have stopped")], []),
    (
        "repeated-update",
        [red(update=" ".join(map(str, range(20)))), red(update=" ".join(map(str, range(1, 20))))],
        ["the update says what it said in Q2 2018/19, or nearly"],
    ),
    (
        "repeated-update",
        [red(update=" ".join(map(str, range(20)))), red(update=" ".join(map(str, range(5, 20))))],
        [],
    ),
    (
        "stale-evidence",
        ["red", red(evidence=[{"what": "x", "dated": "2018-06-30"}])],
        ["the newest evidence is of 30 June 2018"],
    ),
    ("stale-evidence", ["red", red(evidence=[{"what": "x", "dated": "2018-07-01"}])], []),
    ("stale-evidence", ["red", red(evidence=[{"what": "x", "dated": "2017-07-01"}, DATED])], []),
    ("stale-evidence", ["red", red(evidence=[{"what": "x"}])], []),
]


@pytest.mark.parametrize(("rule", "said", "words"), CASES)
def test_a_question_about_a_rating(rule: str, said: Sequence[Said], words: list[str]) -> None:
    assert asked(collation(said), rule) == [f"T1.1 impact of Police: {each}" for each in words]


@pytest.mark.parametrize(
    ("police", "health", "words"),
    [
        ("red", "blue", ["T1.1 impact: Police red and Health blue"]),
        ("blue", "red", ["T1.1 impact: Health red and Police blue"]),
        ("red", "amber", []),
        ("grey", "blue", []),
        ("red", None, []),
    ],
)
def test_leads_that_disagree(police: str, health: str | None, words: list[str]) -> None:
    assert asked(collation([police], [health]), "leads-disagree") == words


@pytest.mark.parametrize(
    ("process", "impact", "words"),
    [
        (["blue", "blue"], "red", ["T1.1 process/activity has been complete for two periods, and impact is behind"]),
        (["amber", "blue"], "red", []),
        (["blue", "blue"], "amber", []),
        (["blue", "blue"], None, []),
    ],
)
def test_complete_while_impact_is_behind(process: list[str], impact: str | None, words: list[str]) -> None:
    returns = [
        a_return(period, {("T1.1", "process"): rating, ("T1.1", "impact"): impact})
        for period, rating in zip(PERIODS, process, strict=False)
    ]
    assert asked(collate(a_partnership(a_plan(), {"police": returns}), Q3), "complete-while-impact-behind") == words


@pytest.mark.parametrize(
    ("values", "rating", "measure", "words"),
    [
        ([60], "blue", {"target": 95, "by": Q2}, ["T1.1 impact of Police: blue, and the target of 'm' is missed"]),
        ([60], "blue", {"target": 95, "by": Q3}, []),
        ([96], "blue", {"target": 95, "by": Q2}, []),
        ([96], "red", {"target": 95, "by": Q3}, ["T1.1 impact of Police: red, and every target is met"]),
        ([60], "red", {"target": 95}, []),
        (
            [50],
            "blue",
            {"target": 95, "by": Q3, "targets": {Q2: 60}},
            ["T1.1 impact of Police: blue, and the target of 'm' is missed"],
        ),
        ([60], "blue", {"target": 95, "by": Q3, "targets": {Q2: 60}}, []),
        (
            [60, 61],
            "blue",
            {"target": 95, "by": Q3, "targets": {Q2: 60}},
            ["T1.1 impact of Police: blue, and the target of 'm' is missed"],
        ),
        ([60], "red", {}, []),
        ([50, 40], "amber", {}, ["T1.1 impact of Police: amber is better than before, and every measure got worse"]),
        ([50, 60], "amber", {}, []),
        ([50, 40], "amber", {"better": "lower"}, []),
    ],
)
def test_a_rating_that_contradicts_a_measure(
    values: list[int], rating: str, measure: dict[str, Any], words: list[str]
) -> None:
    about = {"id": "m", "action": "T1.1", "dimension": "impact", "description": "M", **measure}
    ratings = [*["red"] * (len(values) - 1), rating]
    returns = [
        a_return(period, {("T1.1", "impact"): {"rating": each, "measures": {"m": value}}})
        for period, each, value in zip(PERIODS, ratings, values, strict=False)
    ]
    partnership = a_partnership(a_plan(), {"police": returns})
    partnership = partnership._replace(
        agencies={"police": Agency.model_validate({"name": "Police", "measures": [about]})}
    )
    assert asked(collate(partnership, PERIODS[len(values) - 1]), "contradicts-measure") == words


def test_one_document_behind_several_actions() -> None:
    plan = a_plan(an_action("T1.1", "police"), an_action("T1.2", "police"))
    both = {(name, "impact"): red(evidence=[DATED]) for name in ("T1.1", "T1.2")}
    of = collate(a_partnership(plan, {"police": [a_return(Q2, both)]}), Q2)
    assert asked(of, "reused-evidence") == ["Police names one document as evidence for T1.1 and T1.2"]
    one = {("T1.1", "impact"): red(evidence=[DATED]), ("T1.1", "process"): red(evidence=[DATED])}
    assert asked(collate(a_partnership(plan, {"police": [a_return(Q2, one)]}), Q2), "reused-evidence") == []


@pytest.mark.parametrize(
    ("police", "words"),
    [
        ([None, None], ["nothing was heard from Police for 2 periods"]),
        (["red", None], []),
        (["red", None, None], ["nothing was heard from Police for 2 periods"]),
        ([None, "red"], []),
    ],
)
def test_an_agency_that_has_stopped_answering(police: list[Said], words: list[str]) -> None:
    plan = a_plan(expected={"impact": {Q2: ["red"], Q1: ["blue"]}, "process": {}, "performance": {}})
    assert asked(collation(police, plan=plan), "silent") == words


def moderated(rating: str, board: str = "lscb") -> dict[str, Any]:
    return {"moderated": {"T1.1": {"impact": {"rating": rating, "reason": "R", "board": board}}}}


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("red", "red", ["boards lowered ratings of Police in Q2 2018/19 and Q3 2018/19"]),
        ("red", "blue", []),
        ("blue", "red", []),
    ],
)
def test_ratings_that_are_often_lowered(first: str, second: str, words: list[str]) -> None:
    records = {Q2: moderated(first), Q3: moderated(second)}
    assert asked(collation(["amber", "amber"], records=records), "often-lowered") == words


def test_a_board_that_moderates_its_own_action() -> None:
    plan = a_plan(an_action("T1.1", "lscb"))
    of = collate(
        a_partnership(plan, {"lscb": [a_return(Q2, {("T1.1", "impact"): "red"})]}, {Q2: moderated("blue")}), Q2
    )
    assert asked(of, "moderates-its-own") == ["The LSCB moderates T1.1 impact, which it leads itself"]
    assert asked(collation(["red"], records={Q2: moderated("blue")}), "moderates-its-own") == []


BY = {"board": "lscb", "on": "2019-01-09", "reason": "R"}


@pytest.mark.parametrize(
    ("rule", "action", "period", "words"),
    [
        ("never-complete", {}, Q3, []),
        (
            "never-complete",
            {"expected": {"impact": {Q3: ["amber"]}}},
            Q3,
            ["T1.1: impact is never expected to be complete: the last step is amber from Q3 2018/19 on"],
        ),
        (
            "never-complete",
            {"revised": [{"from": Q4, "expected": {"impact": {Q4: ["red"]}}, **BY}]},
            Q3,
            ["T1.1, as revised: impact is never expected to be complete: the last step is red from Q4 2018/19 on"],
        ),
        (
            "revision-gap",
            {"revised": [{"from": Q3, "expected": {"impact": {Q1: ["blue"]}}, **BY}]},
            Q3,
            ["the revision of T1.1 impact from Q3 2018/19 on expects nothing until Q1 2019/20"],
        ),
        (
            "revision-gap",
            {"revised": [{"from": Q3, "expected": {"impact": {}}, **BY}]},
            Q3,
            ["the revision of T1.1 impact from Q3 2018/19 on expects nothing any more"],
        ),
        (
            "revision-gap",
            {"revised": [{"from": Q3, "expected": {"impact": {Q3: ["red"], Q1: ["blue"]}}, **BY}]},
            Q3,
            [],
        ),
        (
            "rebaselined-again",
            {
                "revised": [
                    {"from": each, "expected": {"impact": {Q2: ["red"], Q1: ["blue"]}}, **BY} for each in (Q3, Q4)
                ]
            },
            Q4,
            ["what is expected of T1.1 impact is revised for the second time"],
        ),
        (
            "rebaselined-again",
            {
                "revised": [
                    {"from": each, "expected": {"impact": {Q2: ["red"], Q1: ["blue"]}}, **BY} for each in (Q3, Q4)
                ]
            },
            Q3,
            [],
        ),
        (
            "starts-when-complete-is-due",
            {"starts": Q4},
            Q4,
            ["T1.1 process/activity starts in Q4 2018/19, when blue is already expected"],
        ),
        ("starts-when-complete-is-due", {"starts": Q3}, Q4, []),
    ],
)
def test_what_is_asked_of_a_trajectory(rule: str, action: dict[str, Any], period: str, words: list[str]) -> None:
    plan = a_plan(an_action("T1.1", "police", **action))
    assert asked(collate(a_partnership(plan), period), rule) == words


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (
            {"baseline": 35, "target": 5},
            ["Police: 'm' has baseline 35, target 5, and 'higher' is better"],
        ),
        ({"baseline": 35, "target": 5, "better": "lower"}, []),
        ({"baseline": 5, "target": 35}, []),
        ({"baseline": 5, "target": 5}, []),
        (
            {"baseline": 5, "target": 35, "targets": {Q2: 3}},
            ["Police: 'm' has baseline 5, target 3, and 'higher' is better"],
        ),
        ({"target": 5}, []),
    ],
)
def test_a_target_that_contradicts_what_is_better(measure: dict[str, Any], words: list[str]) -> None:
    about = {"id": "m", "action": "T1.1", "dimension": "impact", "description": "M", **measure}
    partnership = a_partnership(a_plan())._replace(
        agencies={"police": Agency.model_validate({"name": "Police", "measures": [about]})}
    )
    assert asked(collate(partnership, Q2), "target-contradicts") == words


def test_the_challenge_pack_holds_what_is_open_with_the_answer_of_last_time() -> None:
    answered = {"rating": "amber", "answers": {"unchanged-for": "The system is late"}}
    pack = challenge_pack(collation(["amber", "amber", answered, {"rating": "amber", **GOOD}]))
    assert [(each.finding.rule, each.last) for each in pack["police"]] == [
        ("unchanged-for", (Q4, "The system is late"))
    ]
    assert challenge_pack(collation(["amber", "amber", {**answered, **GOOD}])) == {}


def test_what_is_restricted_is_not_in_the_pack() -> None:
    assert challenge_pack(collation(["amber", "amber", {"rating": "amber", "restricted": True, **GOOD}])) == {}


def test_an_answer_settles_a_question_and_hides_no_error(tmp_path: Any, jtai: Jtai) -> None:
    written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, {("T1.1", "impact"): "blue"})})
    assert "(complete-without-evidence)" in jtai("check", "-q", Q2).out
    ran = jtai(
        "rate", "T1.1", "impact", "blue", "--agency", "police", "-q", Q2, "--answer", "complete-without-evidence=Seen"
    )
    assert ran.status == 0
    out = jtai("check", "-q", Q2).out
    assert "(complete-without-evidence).\n    Answered: Seen\n" in out
    file = tmp_path / f"plan/agencies/police/returns/{Q2}.yaml"
    file.write_text(file.read_text().replace("rating: blue", "rating: bleu"))
    ran = jtai("check", "-q", Q2)
    assert ran.status == 1
    assert "there is no rating 'bleu'" in ran.out


def test_no_question_quotes_what_was_written() -> None:
    said = {"rating": "red", "update": "SECRET", "evidence": [{"what": "SECRET", "dated": "2010-01-01"}]}
    found: list[Finding] = [each for question in QUESTIONS for each in question(collation([said, said, said, said]))]
    assert found
    assert "SECRET" not in str([(each.message, each.hint) for each in found])
