"""What `check` finds in a period, in the words that people read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from builders import Q2, Q3, Q4, a_partnership, a_plan, a_return, an_action
from jtai_plan.model.finding import Finding, Severity
from jtai_plan.rules.checks.period import overdue, run_checks
from jtai_plan.rules.judge.collate import Collation, collate

Said = str | Mapping[str, Any]

JOINT = a_plan(an_action("T1.1", "police", "health"))


def collated(period: str, police: Mapping[str, Said], health: Mapping[str, Said] | None = None) -> Collation:
    """T1.1, led by two agencies, of which each says this of the dimensions."""
    returns = {
        agency: [a_return(period, {("T1.1", dimension): said for dimension, said in cells.items()})]
        for agency, cells in (("police", police), ("health", health))
        if cells is not None
    }
    return collate(a_partnership(JOINT, returns), period)


def told(collation: Collation) -> list[Finding]:
    """What is found, without what is only asked."""
    return [each for each in run_checks(collation) if each.severity is not Severity.QUERY]


def found(collation: Collation, dimension: str) -> list[tuple[str, str, str | None]]:
    return [(each.rule, each.message, each.hint) for each in told(collation) if each.dimension == dimension]


RECOVER = "Say in 'recovery' what will be done, and by when."


def test_each_lead_that_is_behind_is_named_with_what_was_expected_and_how_late_it_is() -> None:
    assert found(collated(Q4, {"impact": "red"}, {"impact": "red"}), "impact") == [
        ("behind", "T1.1 impact is red (Police); amber or blue was expected by Q4 2018/19: newly behind", RECOVER),
        ("behind", "T1.1 impact is red (Health); amber or blue was expected by Q4 2018/19: newly behind", RECOVER),
    ]


def test_a_lead_that_is_on_track_is_not_blamed_for_another() -> None:
    assert found(collated(Q3, {"impact": "red"}, {"impact": "blue"}), "impact") == [
        ("behind", "T1.1 impact is red (Police); amber was expected by Q3 2018/19: newly behind", RECOVER)
    ]


def test_who_has_said_how_to_recover_is_not_told_to() -> None:
    said = {"impact": {"rating": "red", "recovery": {"plan": "Recruit", "by": "2019-01-31"}}}
    assert [hint for _, _, hint in found(collated(Q3, said, {"impact": "amber"}), "impact")] == [None]


def test_grey_does_not_meet_an_expectation() -> None:
    assert found(collated(Q2, {"process": "grey"}, {"process": "red"}), "process") == [
        (
            "unranked",
            "T1.1 process/activity is grey (Police); red or amber was expected by Q2 2018/19: newly unranked",
            "Give it a rating that has a rank, or say in 'recovery' what will be done, and by when.",
        )
    ]


def test_a_red_that_is_expected_is_no_finding() -> None:
    assert found(collated(Q2, {"impact": "red"}, {"impact": "red"}), "impact") == []


def test_what_is_missing_says_who_owes_it_and_how_to_record_it() -> None:
    assert found(collated(Q2, {"impact": "red"}), "impact") == [
        (
            "awaiting",
            "T1.1 impact has no rating from Health",
            "Record it: jtai rate T1.1 impact RATING --agency health --quarter 2018-19-Q2.",
        )
    ]
    assert [rule for rule, _, _ in found(collated(Q2, {"impact": "red"}), "process")] == ["no-return", "no-return"]


def test_a_moderated_rating_that_is_behind_is_the_boards_own() -> None:
    moderated = {"T1.1": {"impact": {"rating": "red", "reason": "Not evidenced", "board": "lscb"}}}
    returns = {agency: [a_return(Q3, {("T1.1", "impact"): "blue"})] for agency in ("police", "health")}
    collation = collate(a_partnership(JOINT, returns, {Q3: {"moderated": moderated}}), Q3)
    (finding,) = [each for each in told(collation) if each.dimension == "impact"]
    assert (finding.path, finding.keys, finding.agency, finding.hint) == (
        "plan/board/2018-19-Q3.yaml",
        ("moderated", "T1.1", "impact", "rating"),
        None,
        None,
    )
    assert finding.message == (
        "T1.1 impact is red (moderated by the board); amber was expected by Q3 2018/19: newly behind"
    )


def test_findings_stand_in_the_plans_order_what_is_behind_before_what_is_missing() -> None:
    findings = told(collated(Q3, {"process": "red", "performance": "red"}, {}))
    assert [(each.severity.value, each.dimension, each.agency) for each in findings] == [
        ("behind", "process", "police"),
        ("behind", "performance", "police"),
        ("missing", "process", "health"),
        ("missing", "impact", "police"),
        ("missing", "impact", "health"),
        ("missing", "performance", "health"),
        ("missing", None, "police"),
        ("missing", None, "health"),
        ("missing", None, "police"),
        ("missing", None, "police"),
        ("missing", None, "health"),
    ]
    rules = ["no-measures", "no-measures", "not-approved", "unsigned", "unsigned"]
    assert [each.rule for each in findings[-5:]] == rules


def late_returns(as_of: str, period: str = Q2) -> list[Finding]:
    every = {"process": "amber", "impact": "red", "performance": "red"}
    return list(overdue(collated(period, dict(every), {"process": "red"}), date.fromisoformat(as_of)))


@pytest.mark.parametrize(("as_of", "late"), [("2018-10-13", "1 day late"), ("2018-11-12", "31 days late")])
def test_a_return_is_overdue_once_its_last_day_has_gone_by(as_of: str, late: str) -> None:
    (finding,) = late_returns(as_of)
    assert (finding.rule, finding.severity, finding.agency) == ("overdue", "missing", "health")
    assert finding.message == (
        f"the return of Health for Q2 2018/19 was due on 12 October 2018 and is {late}: 2 ratings still to come"
    )
    assert finding.path == "plan/agencies/health/returns/2018-19-Q2.yaml"


def test_a_return_is_not_overdue_on_its_last_day() -> None:
    assert late_returns("2018-10-12") == []


def test_nothing_is_overdue_where_the_plan_names_no_day() -> None:
    assert late_returns("2030-01-01", Q4) == []
