"""What is asked before the public reads a plan: officers' names, what is withheld, and counts of people."""

from typing import Any

import pytest

from builders import Q3, a_partnership, a_plan, a_return, an_action
from jtai_plan.model.agency import Agency
from jtai_plan.rules.checks.privacy import PRIVACY
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.judge.public_edition import published

PLAN = a_plan(an_action("T1.1", leads=[{"agency": "police", "name": "Robin Sample"}]))


def asked(cell: dict[str, Any]) -> list[str]:
    partnership = a_partnership(PLAN, {"police": [a_return(Q3, {("T1.1", "impact"): cell})]})
    return [f"{each.rule}: {each.message}" for check in PRIVACY for each in check(collate(partnership, Q3))]


@pytest.mark.parametrize(
    "cell",
    [
        {"rating": "red", "update": "ROBIN sample wrote."},
        {"rating": "red", "recovery": {"plan": "Robin Sample writes."}},
        {"rating": "red", "evidence": [{"what": "Letter of Robin Sample"}]},
    ],
)
def test_a_text_that_names_an_officer_is_asked_about_and_the_public_edition_leaves_the_name_out(
    cell: dict[str, Any],
) -> None:
    assert asked(cell) == ["named-officer: T1.1 impact: Police names an officer"]
    public = published(a_partnership(PLAN, {"police": [a_return(Q3, {("T1.1", "impact"): cell})]}))
    assert "sample" not in str(public.returns).casefold()
    assert "[an officer]" in str(public.returns)


def test_a_surname_alone_is_not_asked_about() -> None:
    assert asked({"rating": "red", "update": "A sample of 40 files"}) == []


def test_the_boards_record_names_no_officer_in_public() -> None:
    record = {"asks": [{"id": "a", "board": "lscb", "ask": "What will Robin Sample do?"}]}
    partnership = a_partnership(PLAN, records={Q3: record})
    assert [each.message for each in PRIVACY[0](collate(partnership, Q3))] == ["the boards' record names an officer"]
    assert published(partnership).board_records[Q3].asks[0].ask == "What will [an officer] do?"


@pytest.mark.parametrize(
    ("restricted", "expected"),
    [
        (False, []),
        ({"reason": "Few children"}, []),
        (True, ["restricted-without-reason: T1.1 impact of Police is restricted, and nobody says why"]),
    ],
)
def test_a_restriction_needs_a_reason(restricted: Any, expected: list[str]) -> None:
    assert asked({"rating": "red", "restricted": restricted}) == expected


@pytest.mark.parametrize(
    ("measure", "is_asked"),
    [
        ({"description": "Missing", "unit": "children"}, True),
        ({"description": "Young people who were referred"}, True),
        ({"description": "Missing", "unit": "children", "count": True}, False),
        ({"description": "Missing", "unit": "children", "count": False}, False),
        ({"description": "Children seen in time", "unit": "per cent"}, False),
        ({"description": "Audits", "unit": "audits"}, False),
    ],
)
def test_a_measure_that_seems_to_count_people_is_asked_about(measure: dict[str, Any], is_asked: bool) -> None:
    itself = Agency.model_validate(
        {"name": "police", "measures": [{"id": "m", "action": "T1.1", "dimension": "impact", **measure}]}
    )
    partnership = a_partnership(PLAN)._replace(agencies={"police": itself})
    found = [each.message for each in PRIVACY[2](collate(partnership, Q3))]
    assert found == (["police: 'm' seems to count people"] if is_asked else [])
