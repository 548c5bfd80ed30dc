"""Southend's plan: what the published document says, no more and no less."""

import pytest

from jtai_plan.files.load import load
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan
from places import ROOT

LEADS = {
    "T1.1": ("lscb", "csp"),
    "T1.2": ("lscb", "csp"),
    "T1.3": ("lscb", "csp"),
    "T1.4": ("lscb", "csp"),
    "T2.1": ("lscb",),
    "T2.2": ("essex-police",),
    "T2.3": ("sbc-childrens-services",),
    "T2.4": ("sbc-childrens-services",),
    "T3.1": ("sbc-childrens-services", "sbc-public-health", "southend-ccg"),
    "T3.2": ("lscb", "csp"),
    "T3.3": ("essex-police",),
    "T4.1": ("sbc-childrens-services", "southend-ccg", "essex-police"),
    "T4.2": ("csp",),
    "T4.3": ("lscb",),
    "T4.4": ("sbc-childrens-services", "nps"),
    "T5.1": ("sbc-childrens-services",),
    "T5.2": ("southend-ccg", "sbc-public-health"),
    "T5.3": ("southend-ccg",),
    "T6.1": ("sbc-childrens-services",),
    "T6.2": ("sbc-childrens-services",),
    "T6.3": ("sbc-public-health", "ewmhs", "sbc-integrated-commissioning"),
}


@pytest.fixture(scope="module")
def partnership() -> Partnership:
    loaded = load(ROOT)
    assert loaded.faults == ()
    return loaded.trusted()


@pytest.fixture(scope="module")
def plan(partnership: Partnership) -> Plan:
    return partnership.plan


def test_six_themes_hold_twenty_one_actions(plan: Plan) -> None:
    assert {theme.title: len(theme.actions) for theme in plan.themes} == {
        "Strategic Response": 4,
        "Service Provision": 4,
        "Assessment and Risk Assessment": 3,
        "Decision Making and planning": 4,
        "Supervision": 3,
        "Communication": 3,
    }


def test_nine_agencies_lead_and_no_other_has_a_folder(partnership: Partnership) -> None:
    assert {action.id: tuple(lead.agency for lead in action.leads) for action in partnership.plan.actions.values()} == (
        LEADS
    )
    assert len(partnership.plan.lead_agencies) == 9
    assert set(partnership.agencies) == set(partnership.plan.lead_agencies)


def test_officers_are_named_as_the_document_names_them_and_a_broken_hyphen_is_joined(plan: Plan) -> None:
    officers = {
        (lead.agency, lead.name, lead.role) for theme in plan.themes for each in theme.actions for lead in each.leads
    }
    assert officers == {
        ("lscb", "Elizabeth Chidgey", "LSCB independent chair"),
        ("lscb", "Elizabeth Chidgey", "LSCB Executive"),
        ("lscb", "Elizabeth Chidgey", None),
        ("csp", "Carl Robinson", None),
        ("essex-police", "Jason Hendy", None),
        ("sbc-childrens-services", "Carol Compton", None),
        ("sbc-childrens-services", "Diane Keens", None),
        ("sbc-childrens-services", "Julie Cole", None),
        ("sbc-childrens-services", "Laurence Doe", None),
        ("sbc-childrens-services", "John O’Loughlin", None),
        ("sbc-public-health", "Erin Brennan-Douglas", None),
        ("southend-ccg", "Sharon Connell", None),
        ("nps", "Shirley Henderson", None),
        ("ewmhs", "Sharon Hall", None),
        ("sbc-integrated-commissioning", "Angela Ejoh", None),
    }


def test_the_trajectory_is_that_of_the_columns_heads(plan: Plan) -> None:
    later = {
        "2018-19-Q2": ("red",),
        "2018-19-Q3": ("amber",),
        "2018-19-Q4": ("amber", "blue"),
        "2019-20-Q1": ("blue",),
    }
    assert plan.expected == {
        "process": {"2018-19-Q2": ("red", "amber"), "2018-19-Q3": ("amber", "blue"), "2018-19-Q4": ("blue",)},
        "impact": later,
        "performance": later,
    }
    assert list(plan.periods) == list(later)


def test_grey_has_no_rank_and_the_key_gives_it_no_meaning_for_performance(plan: Plan) -> None:
    assert [(name, rating.rank, rating.complete) for name, rating in plan.scale.items()] == [
        ("red", 1, False),
        ("amber", 2, False),
        ("blue", 3, True),
        ("grey", None, False),
    ]
    assert plan.scale["grey"].meaning("process") == "Not started - action not scheduled to start in this period."
    assert plan.scale["grey"].meaning("performance") is None
    assert plan.scale["blue"].meaning("impact") == plan.scale["blue"].meaning("process")


def test_what_the_document_leaves_cut_off_or_unsaid_stays_so(plan: Plan) -> None:
    assert plan.actions["T4.2"].outcome_measure == ("MACE improves outcomes for children and meets the",)
    assert "Progress against the overall plan will reported to" in (plan.governance or "")
    assert plan.areas_for_improvement
    assert (plan.areas_for_improvement.count, plan.areas_for_improvement.items) == (29, ())
    assert plan.marking is None
    assert all(period.returns_due is None for period in plan.periods.values())
    assert all(not each.starts and not each.expected and not each.addresses for each in plan.actions.values())


def test_only_one_action_says_when_it_is_reported(plan: Plan) -> None:
    assert {name: each.reporting for name, each in plan.actions.items() if each.reporting} == {
        "T3.3": "October and quarterly updates"
    }


def test_several_outcome_measures_are_a_list(plan: Plan) -> None:
    several = {name: len(each.outcome_measure) for name, each in plan.actions.items() if len(each.outcome_measure) != 1}
    assert several == {"T1.3": 2, "T3.1": 4}


def test_the_inspection_and_the_seventeen_statements_of_excellence(plan: Plan) -> None:
    assert plan.inspection
    assert (str(plan.inspection.first_day), str(plan.inspection.last_day)) == ("2018-03-19", "2018-03-23")
    assert plan.inspection.lead_inspectorate == "Ofsted"
    assert len(plan.inspection.inspectorates) == 4
    assert len(plan.excellence) == 17


def test_no_agency_says_more_than_its_name(partnership: Partnership) -> None:
    for agency in partnership.agencies.values():
        assert agency.model_dump(exclude_defaults=True) == {"name": agency.name}
