"""Who leads is read from what a cell says, and what is not clear is noted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from exchange.plan_import.office_files import (
    NPS,
    Read,
    actions,
    leads,
    one,
    rows,
)
from jtai_plan.errors import JtaiError
from jtai_plan.exchange.plan_import.leads import UNNAMED, ReadLead, agency_id
from jtai_plan.model.noun import AgencyId

KNOWN = {"police": ["Essex Police", "Police"], "ccg": ["Southend CCG", "CCG"], "lscb": ["LSCB"], "kids": ["Children’s"]}
Lead = tuple[str, str | None, str | None]
POLICE: Lead = ("police", "Jo Bloggs", None)
ONE = "table 1, row 3: "
NEW = "'{}' is not one of the agencies you named; its id is '{}'."
ONE_LEAD = "'{0} - {1}' was read as one lead: '{0}', of '{1}'."
UNPLACED = "Name the agency of these posts and people, each with --post 'POST=AGENCY': '{}'."

TWO = "'{0}' and '{1}' were read as two agencies. If they are one, give it both spellings: --agency '{1}|{0}'."

LEADS: dict[str, tuple[str, list[Lead], list[str]]] = {
    "a bracket": ("Jo Bloggs (Essex Police)", [POLICE], []),
    "a hyphen": ("Jo Bloggs - Essex Police", [POLICE], []),
    "a dash": ("Jo Bloggs – Essex Police", [POLICE], []),
    "a long dash": ("Jo Bloggs — Essex Police", [POLICE], []),
    "a known agency alone": ("Southend CCG", [("ccg", None, None)], []),
    "a known agency after a name": ("Jo Bloggs Essex Police", [POLICE], []),
    "the longest spelling": ("Jo Bloggs Southend CCG", [("ccg", "Jo Bloggs", None)], []),
    "another case": ("Jo Bloggs ESSEX  POLICE", [POLICE], []),
    "another apostrophe": ("Jo Children's", [("kids", "Jo", None)], []),
    "no apostrophe": ("Jo - Childrens", [("kids", "Jo", None)], []),
    "no word boundary": (
        "Jo McPolice",
        [("placeholder", "Jo McPolice", None)],
        [UNPLACED.format("Jo McPolice")],
    ),
    "a role": ("Jo Bloggs (LSCB Executive)", [("lscb", "Jo Bloggs", "LSCB Executive")], []),
    "a role after a dash": (
        "Jo - Police Cadets, North",
        [("police", "Jo", "Police Cadets, North")],
        ["'Jo - Police Cadets, North' was read as one lead: 'Jo', of 'Police Cadets, North'."],
    ),
    "a role and nobody": (
        "LSCB chair",
        [("lscb", None, "LSCB chair")],
        ["'LSCB chair' names no person, so it was read as a role at 'lscb'."],
    ),
    "an agency that was not named": (
        "Jo Bloggs - NPS",
        [("nps", "Jo Bloggs", None)],
        ["'NPS' is not one of the agencies you named; its id is 'nps'."],
    ),
    "lines": ("Jo Bloggs - Police\n\n Al (CCG) ", [POLICE, ("ccg", "Al", None)], []),
    "and": ("Jo Bloggs Police and Al CCG", [POLICE, ("ccg", "Al", None)], []),
    "a semicolon": ("Jo Bloggs - Police; Al (CCG)", [POLICE, ("ccg", "Al", None)], []),
    "a semicolon within brackets": (
        "Jo (LSCB; North)",
        [("lscb", "Jo", "LSCB; North")],
        ["'Jo (LSCB; North)' was read as one lead: 'Jo', of 'LSCB; North'."],
    ),
    "an ampersand": ("Jo Bloggs - Police & Al (CCG)", [POLICE, ("ccg", "Al", None)], []),
    "a stroke": ("LSCB/CCG", [("lscb", None, None), ("ccg", None, None)], []),
    "a comma": (
        "Jo Bloggs (Police), Al (CCG) and Di LSCB",
        [POLICE, ("ccg", "Al", None), ("lscb", "Di", None)],
        [],
    ),
    "a post and its body in a bracket": (
        "Jo Bloggs (Director of Learning, Exford Council)",
        [("exford-council", "Jo Bloggs", "Director of Learning")],
        [
            "{0}, {1}' was read as one lead: {0}', of '{1}'.".format(
                "'Jo Bloggs, Director of Learning", "Exford Council"
            ),
            NEW.format("Exford Council", "exford-council"),
        ],
    ),
    "a post and a part of its body": (
        "Service Manager, Assessment Team",
        [("placeholder", None, "Service Manager, Assessment Team")],
        [UNPLACED.format("Service Manager, Assessment Team")],
    ),
    "a post that begins with its body": (
        "YJS Head of Service",
        [("placeholder", None, "YJS Head of Service")],
        [UNPLACED.format("YJS Head of Service")],
    ),
    "a post of a field": (
        "Cabinet Member for Finance",
        [("placeholder", None, "Cabinet Member for Finance")],
        [UNPLACED.format("Cabinet Member for Finance")],
    ),
    "a list of bodies": (
        "Police, Exford Council, Youth Offending Service",
        [("police", None, None), ("exford-council", None, None), ("youth-offending-service", None, None)],
        [
            NEW.format("Exford Council", "exford-council"),
            NEW.format("Youth Offending Service", "youth-offending-service"),
        ],
    ),
    "and within the name of a field": (
        "Learning & Development Subgroup",
        [("learning-development-subgroup", None, None)],
        [NEW.format("Learning & Development Subgroup", "learning-development-subgroup")],
    ),
    "a place and an abbreviation": (
        "Exshire CBC; Exshire UHB",
        [("exshire-cbc", None, None), ("exshire-uhb", None, None)],
        [NEW.format("Exshire CBC", "exshire-cbc"), NEW.format("Exshire UHB", "exshire-uhb")],
    ),
    "one body by its name and by its initials": (
        "Exshire Community Safety Partnership; CSP",
        [("exshire-community-safety-partnership", None, None), ("csp", None, None)],
        [
            NEW.format("Exshire Community Safety Partnership", "exshire-community-safety-partnership"),
            NEW.format("CSP", "csp"),
            TWO.format("CSP", "Exshire Community Safety Partnership"),
        ],
    ),
    "a comma for a dash": ("Jo Bloggs, Essex Police", [POLICE], []),
    "and within an agency": (
        "Jo Bloggs - Health and Care, Al - CCG",
        [("health-and-care", "Jo Bloggs", None), ("ccg", "Al", None)],
        [
            "'Health and Care' is not one of the agencies you named; its id is 'health-and-care'.",
            "'Jo Bloggs - Health and Care' was read as one lead: 'Jo Bloggs', of 'Health and Care'.",
        ],
    ),
    "and within a bracket": (
        "Jo Bloggs (LSCB, CCG and Police)",
        [("lscb", "Jo Bloggs", "LSCB, CCG and Police")],
        ["'Jo Bloggs (LSCB, CCG and Police)' was read as one lead: 'Jo Bloggs', of 'LSCB, CCG and Police'."],
    ),
    "two people of one agency": (
        "Jo Bloggs and Al (Police)",
        [("police", "Jo Bloggs and Al", None)],
        ["'Jo Bloggs and Al (Police)' was read as one lead: 'Jo Bloggs and Al', of 'Police'."],
    ),
    "an agency twice": (
        "Jo Bloggs - Police\nAl - Essex Police",
        [POLICE],
        [
            "'Al - Essex Police' was left out: 'police' already leads the action.",
        ],
    ),
    "a hyphen within a name": ("Jo Blog-Bloggs - Police", [("police", "Jo Blog-Bloggs", None)], []),
    "a broken hyphen": (
        "Jo Blog- Bloggs - Police",
        [("police", "Jo Blog-Bloggs", None)],
        ["'Jo Blog- Bloggs - Police' was read as 'Jo Blog-Bloggs - Police'."],
    ),
    "a hyphen without a space before an agency": (
        "Jo Bloggs- Essex Police",
        [POLICE],
        ["'Jo Bloggs- Essex Police' was read as 'Jo Bloggs - Essex Police'."],
    ),
    "two dashes": (
        "Jo Bloggs - Inspector - Police",
        [("police", "Jo Bloggs - Inspector", None)],
        ["'Jo Bloggs - Inspector - Police' was read as one lead: 'Jo Bloggs - Inspector', of 'Police'."],
    ),
    "a dash and a bracket": (
        "Jo Bloggs - Police (lead)",
        [("police", "Jo Bloggs", "Police (lead)")],
        [],
    ),
    "the agency first": (
        "Essex Police - Jo Bloggs",
        [POLICE],
        ["'Essex Police - Jo Bloggs' names the agency first: it was read as 'Jo Bloggs', of 'Essex Police'."],
    ),
    "a hyphen before an agency": (
        "Jo Bloggs-Police",
        [("placeholder", "Jo Bloggs-Police", None)],
        [UNPLACED.format("Jo Bloggs-Police")],
    ),
    "prose": (
        "and so on, " * 50 + "Police",
        [("placeholder", None, "and so on, " * 50 + "Police")],
        [UNPLACED.format("and so on, " * 50 + "Police")],
    ),
    "no agency": (
        "Jo Bloggs",
        [("placeholder", "Jo Bloggs", None)],
        [UNPLACED.format("Jo Bloggs")],
    ),
    "a dash and no agency": (
        "Jo Bloggs -",
        [("placeholder", None, "Jo Bloggs -")],
        [UNPLACED.format("Jo Bloggs -")],
    ),
    "a typed bullet": ("• Jo Bloggs - Police\n- Al - CCG", [POLICE, ("ccg", "Al", None)], []),
    "a bracket not at the end": (
        "Jo (Police) tbc",
        [("placeholder", None, "Jo (Police) tbc")],
        [UNPLACED.format("Jo (Police) tbc")],
    ),
    "a post": ("Head of Safety", [("placeholder", None, "Head of Safety")], [UNPLACED.format("Head of Safety")]),
    "a person and a post": (
        "Jo Bloggs, Head of Safety",
        [("placeholder", "Jo Bloggs", "Head of Safety")],
        [UNPLACED.format("Jo Bloggs, Head of Safety")],
    ),
    "a person and a body": (
        "DCI Jo Bloggs, Head of Crime, North Trust",
        [("north-trust", "DCI Jo Bloggs", "Head of Crime")],
        [
            (
                "'DCI Jo Bloggs, Head of Crime, North Trust' was read as one lead: 'DCI Jo Bloggs, Head of Crime', of "
                "'North Trust'."
            ),
            NEW.format("North Trust", "north-trust"),
        ],
    ),
    "a post in a bracket": (
        "Jo Bloggs (Head of Safety)",
        [("placeholder", "Jo Bloggs", "Head of Safety")],
        [UNPLACED.format("Jo Bloggs, Head of Safety")],
    ),
    "a body before a person": (
        "North Trust - DI Al Ample",
        [("north-trust", "DI Al Ample", None)],
        [
            NEW.format("North Trust", "north-trust"),
            "'North Trust - DI Al Ample' names the agency first: it was read as 'DI Al Ample', of 'North Trust'.",
        ],
    ),
    "a list with a comma": (
        "Fire Service, Health and Social Care",
        [("fire-service-health-and-social-care", None, None)],
        [NEW.format("Fire Service, Health and Social Care", "fire-service-health-and-social-care")],
    ),
    "an office": (
        "North Police & Crime Commissioner's Office",
        [("north-police-crime-commissioners-office", None, None)],
        [NEW.format("North Police & Crime Commissioner's Office", "north-police-crime-commissioners-office")],
    ),
    "two posts": (
        "Chair / DCS",
        [("placeholder", None, "Chair, DCS")],
        [UNPLACED.format("Chair', 'DCS")],
    ),
    "people who are not certain": (
        "Jo Bloggs/ Al Ample (tbc)",
        [("placeholder", "Jo Bloggs, Al Ample", None)],
        ["'Al Ample (tbc)' was read as 'Al Ample'.", UNPLACED.format("Jo Bloggs', 'Al Ample")],
    ),
    "bodies": (
        "North Trust and North Fire Authority",
        [("north-trust", None, None), ("north-fire-authority", None, None)],
        [NEW.format("North Trust", "north-trust"), NEW.format("North Fire Authority", "north-fire-authority")],
    ),
    "a list of abbreviations": (
        "SAB, CSP and LSCB",
        [("sab", None, None), ("csp", None, None), ("lscb", None, None)],
        [NEW.format("SAB", "sab"), NEW.format("CSP", "csp")],
    ),
    "and within a body": (
        "Police and Crime Commissioner",
        [("police", None, "Police and Crime Commissioner")],
        ["'Police and Crime Commissioner' names no person, so it was read as a role at 'police'."],
    ),
    "a team of a council": (
        "Licensing Team, Northshire Council",
        [("licensing-team-northshire-council", None, None)],
        [NEW.format("Licensing Team, Northshire Council", "licensing-team-northshire-council")],
    ),
    "a body and its abbreviation": (
        "Safer North Partnership (SNP)",
        [("safer-north-partnership", None, None)],
        [NEW.format("Safer North Partnership (SNP)", "safer-north-partnership")],
    ),
    "a person above a body": (
        "Jo Bloggs, Head of Safety\nNorth Trust",
        [("north-trust", "Jo Bloggs", "Head of Safety")],
        [
            NEW.format("North Trust", "north-trust"),
            ONE_LEAD.format("Jo Bloggs, Head of Safety", "North Trust"),
        ],
    ),
}


@pytest.mark.parametrize(("cell", "expected", "said"), LEADS.values(), ids=LEADS.keys())
def test_who_leads(read: Read, cell: str, expected: list[Lead], said: list[str]) -> None:
    plan = read(rows(("Do it", cell, "Done")), agencies=KNOWN)
    assert leads(plan) == [ReadLead(*lead) for lead in expected]
    assert list(plan.not_understood) == [
        words if words.startswith("Name") or "read as two" in words else f"{ONE}{words}" for words in said
    ]


def test_a_post_has_the_agency_that_the_user_gives_it(read: Read) -> None:
    table = rows(("A", "Head of Safety", "x"), ("B", "Jo Bloggs, head of quality", "x"), ("C", "NPS", "x"))
    posts = {"head of  safety": "Northshire Council", "Jo Bloggs, Head of Quality": "NPS"}
    plan = read(table, posts=posts)
    assert leads(plan) == [
        ReadLead("northshire-council", None, "Head of Safety"),
        ReadLead("nps", "Jo Bloggs", "head of quality"),
        ReadLead("nps"),
    ]
    assert (plan.agencies, plan.unplaced) == ({"northshire-council": "Northshire Council", "nps": "NPS"}, ())


def test_a_post_is_of_the_one_agency_that_the_user_names(read: Read) -> None:
    plan = read(rows(("A", "Head of Safety", "x")), agencies={"nps": ["NPS"]})
    assert leads(plan) == [ReadLead("nps", None, "Head of Safety")]
    assert plan.not_understood == (
        f"{ONE}'Head of Safety' was read as a person or post at 'nps', the one agency that you named.",
    )


def test_an_agency_that_was_not_named_is_noted_once(read: Read) -> None:
    table = rows(("A", "Jo - NPS", "x"), ("B", "Al - nps", "x"))
    assert read(table).not_understood == ()
    plan = read(table, agencies=KNOWN)
    assert plan.not_understood == (f"{ONE}'NPS' is not one of the agencies you named; its id is 'nps'.",)
    assert plan.agencies == {"nps": "NPS"}


def test_an_agency_set_apart_by_a_sign_is_known_in_the_whole_document(read: Read) -> None:
    plan = read(
        rows(("A", "Al Mid-Essex Trust", "x"), ("B", "mid-essex trust", "x"), ("C", "Jo - Mid-Essex Trust", "x"))
    )
    assert leads(plan) == [ReadLead("mid-essex-trust", name) for name in ("Al", None, "Jo")]
    assert plan.not_understood == (
        f"{ONE}'Al Mid-Essex Trust' was split before 'Mid-Essex Trust', which the file also names elsewhere.",
    )


def test_two_agencies_never_share_an_id(read: Read) -> None:
    table = rows(("A", "Jo - Mid Essex", "x"), ("B", "Al - Mid-Essex", "x"), ("C", "Di - MID ESSEX", "x"))
    plan = read(table)
    assert [lead.agency for lead in leads(plan)] == ["mid-essex", "mid-essex-2", "mid-essex"]
    assert plan.agencies == {"mid-essex": "Mid Essex", "mid-essex-2": "Mid-Essex"}
    assert plan.not_understood == (
        "table 1, row 4: 'Mid-Essex' has the id 'mid-essex-2', because another agency has 'mid-essex'.",
    )
    assert [lead.agency for lead in leads(read(table, agencies={"mid-essex": ["NHS"]}))] == [
        "mid-essex-2",
        "mid-essex-3",
        "mid-essex-2",
    ]


def test_a_spelling_of_two_agencies_is_refused(read: Read) -> None:
    with pytest.raises(JtaiError, match="'CCG' is a spelling of two agencies"):
        read(rows(("A", "CCG", "x")), agencies={"ccg": ["CCG"], "nhs": ["NHS", "CCG"]})


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("SBC Children’s Services", "sbc-childrens-services"),
        ("Café & Søn", "cafe-s-n"),
        ("3rd Sector", "agency-3rd-sector"),
        ("警察", "agency"),
        ("  NPS. ", "nps"),
        ("x" * 200, "x" * 60),
    ],
)
def test_an_id_is_made_from_a_name(name: str, made: str) -> None:
    assert agency_id(name) == made


@given(st.text())
def test_any_name_gives_a_valid_id(name: str) -> None:
    TypeAdapter(AgencyId).validate_python(agency_id(name))


@pytest.mark.parametrize(
    "cell",
    [
        "Head of Safety - Jane Smith",
        "Head of Safety (Jane Smith)",
        "Head of Housing (J Church)",
        "Dr Mary Church",
        "Mr John Court",
        "Dr A. Church (Head of Housing)",
        "Mid Council, Jane Smith",
        "ICB, Jane Smith",
        "Mid Council: Jane Smith",
        "Safeguarding lead: Jane Smith",
        "Mid Council and Jane Smith",
        "Jane Smith-Health Trust",
        "Jane Smith - Mary Jones",
        "JS/KB",
        "JS, KB and TW",
        "Jane Smith, RN",
    ],
)
def test_no_person_becomes_an_agency(read: Read, cell: str) -> None:
    plan = read(rows(("A", cell, "x")), agencies={"one": ["One"], "two": ["Two"]})
    assert set(plan.agencies) == {"placeholder"}


def test_a_text_of_many_signs_is_not_split(read: Read) -> None:
    plan = read(rows(("A", "a&" * 250, "x")), agencies=NPS)
    assert len(actions(plan)[0].leads) == 1


def test_no_agency_takes_the_id_of_the_placeholder(read: Read) -> None:
    plan = read(rows(("A", "Jo Bloggs (Placeholder)", "x"), ("B", "Jane Smith", "x")))
    assert plan.agencies == {"placeholder-2": "Placeholder", "placeholder": UNNAMED}


def test_a_post_that_leads_nothing_is_told(read: Read) -> None:
    plan = read(rows(one("A")), agencies=NPS, posts={"Head of Typo": "NPS"})
    assert plan.not_understood == ("no lead is called 'Head of Typo', which --post names.",)
