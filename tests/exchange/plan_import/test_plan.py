"""A plan comes out of the tables that it lives in, and what was not understood is said."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import TypeAdapter

from exchange.plan_import.southend_tables import TABLES, Table
from hostile import HOSTILE
from jtai_plan.errors import JtaiError
from jtai_plan.exchange.plan_import.plan import (
    PlanNotRead,
    ReadAction,
    ReadLead,
    ReadPlan,
    ReadTheme,
    agency_id,
    read_plan,
)
from jtai_plan.files.load import load
from jtai_plan.model.words import AgencyId
from places import ROOT

ACROSS, DOWN = "<", "^"
"""A cell that is merged with the one before it, and one that is merged with the one above."""
HEADINGS = ("Action", "Lead", "Outcome")
THEME = ("THEME 1: Strategy", ACROSS, ACROSS)

SOUTHEND = {
    "lscb": ["LSCB"],
    "csp": ["CSP"],
    "essex-police": ["Essex Police"],
    "sbc-childrens-services": ["SBC Children’s Services"],
    "sbc-public-health": ["SBC Public Health"],
    "southend-ccg": ["Southend CCG", "CCG"],
    "nps": ["NPS"],
    "ewmhs": ["EWMHS"],
    "sbc-integrated-commissioning": ["SBC Integrated Commissioning team"],
}

Sheets = Mapping[str, Sequence[Sequence[Any]]]
Block = Sequence[Sequence[str]] | tuple[str, str]
"""A table, or a paragraph with its style."""


def laid_out(document: Word, rows: Sequence[Sequence[str]]) -> None:
    """Add a table of *rows* to *document*."""
    width = max(len(row) for row in rows)
    table = document.add_table(len(rows), width)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text not in (ACROSS, DOWN):
                table.cell(at, column).text = text
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == ACROSS:
                table.cell(at, column - 1).merge(table.cell(at, column))
            elif text == DOWN:
                table.cell(at - 1, column).merge(table.cell(at, column))


def word(file: Path, *blocks: Block) -> Path:
    """A Word document of *blocks*."""
    document = Document()
    for block in blocks:
        if isinstance(block[0], str):
            document.add_paragraph(str(block[1]), style=block[0])
        else:
            laid_out(document, [tuple(row) for row in block])
            document.add_paragraph(" ")
    document.save(str(file))
    return file


def fill(sheet: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value not in (ACROSS, DOWN):
                sheet.cell(at, column).value = value
                if isinstance(value, str):
                    sheet.cell(at, column).data_type = "s"
            elif value == ACROSS and (column == len(row) or row[column] != ACROSS):
                first = max(each for each in range(column) if row[each] != ACROSS) + 1
                sheet.merge_cells(start_row=at, start_column=first, end_row=at, end_column=column)
            elif value == DOWN and (at == len(rows) or rows[at][column - 1] != DOWN):
                top = max(each for each in range(at) if rows[each][column - 1] != DOWN) + 1
                sheet.merge_cells(start_row=top, start_column=column, end_row=at, end_column=column)


def excel(file: Path, sheets: Sheets) -> Path:
    """A workbook of *sheets*."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        fill(book.create_sheet(name), rows)
    book.save(file)
    return file


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ReadPlan]:
    """Reads the Word document of some blocks."""

    def reading(*blocks: Block, agencies: Mapping[str, Sequence[str]] | None = None) -> ReadPlan:
        return read_plan(word(tmp_path / "plan.docx", *blocks), agencies or {})

    return reading


Read = Callable[..., ReadPlan]


def rows(*below: Sequence[Any], headings: Sequence[str] = HEADINGS) -> list[Sequence[Any]]:
    """The rows of a table with a theme, its headings and what stands *below*."""
    return [(*THEME, *([ACROSS] * (len(headings) - 3))), headings, *below]


def actions(plan: ReadPlan) -> list[ReadAction]:
    return [action for theme in plan.themes for action in theme.actions]


def leads(plan: ReadPlan) -> list[ReadLead]:
    return [lead for action in actions(plan) for lead in action.leads]


# The published plan.

PARTNERSHIP = load(ROOT).partnership
assert PARTNERSHIP is not None
THE_PLAN = PARTNERSHIP.plan
# What the published plan has as it stands in the repository: its themes as they are to be read.
PUBLISHED = tuple(
    ReadTheme(
        theme.id,
        theme.title,
        tuple(
            ReadAction(
                action.id,
                action.action,
                tuple(ReadLead(lead.agency, lead.name, lead.role) for lead in action.leads),
                action.outcome_measure,
            )
            for action in theme.actions
        ),
    )
    for theme in THE_PLAN.themes
)


def as_laid_out(table: Table) -> list[Sequence[str]]:
    """A table as the document lays it out: the title of a theme is merged across four columns."""
    width = max(max(len(row) for row in table), 4)
    width = 6 if table[0][0] != "RED" else width
    return [(row[0], ACROSS, ACROSS, ACROSS) if len(row) == 1 else (*row, *[""] * (width - len(row))) for row in table]


PROCESS = "PROGRESS UPDATE PROCESS/ACTIVITY Expected Q2 Red/amber Q3 amber/blue Q4 blue"
IMPACT = "PROGRESS UPDATE IMPACT Expected Q2 Red Q3 amber Q4 amber/blue Q1 2019/20 blue"
PERFORMANCE = "PROGRESS UPDATE PERFORMANCE Expected Q2 red Q3 amber Q4 amber/blue Q1 2019/20 blue"


def test_the_published_plan_comes_out_of_its_word_tables(read: Read) -> None:
    plan = read(*map(as_laid_out, TABLES), agencies=SOUTHEND)
    assert plan.themes == PUBLISHED
    assert plan.agencies == {agency: spellings[0] for agency, spellings in SOUTHEND.items()}
    assert plan.title is None
    assert plan.not_understood == (
        f"table 1, row 2: the column '{PROCESS}' is not read.",
        f"table 1, row 2: the column '{IMPACT}' is not read.",
        f"table 1, row 2: the column '{PERFORMANCE}' is not read.",
        "table 3: no row above its actions names the columns; those of the table before it were taken.",
        f"table 3, row 1: 'October and quarterly updates' stands in the column '{PROCESS}', and was not read.",
        f"table 4, row 2: the column 'PROGRESS UPDATE IMPACT {IMPACT}' is not read.",
        "table 5: no row above its actions names the columns; those of the table before it were taken.",
        (
            "table 6, row 4: 'Erin Brennan- Douglas - SBC Public Health' was read as "
            "'Erin Brennan-Douglas - SBC Public Health'."
        ),
        (
            "table 7: no row names the columns of an action, a lead and an outcome, and it was not read. "
            "It begins 'RED'."
        ),
    )


def test_the_published_plan_comes_out_of_a_workbook(tmp_path: Path) -> None:
    *themes, key = map(as_laid_out, TABLES)
    file = excel(tmp_path / "plan.xlsx", {"Plan": [row for table in themes for row in table], "Key": key})
    plan = read_plan(file, SOUTHEND)
    assert plan.themes == PUBLISHED
    assert plan.agencies == {agency: spellings[0] for agency, spellings in SOUTHEND.items()}
    assert plan.title is None
    assert plan.not_understood == (
        f"sheet 'Plan', row 2: the column '{PROCESS}' is not read.",
        f"sheet 'Plan', row 2: the column '{IMPACT}' is not read.",
        f"sheet 'Plan', row 2: the column '{PERFORMANCE}' is not read.",
        f"sheet 'Plan', row 17: 'October and quarterly updates' stands in the column '{PROCESS}', and was not read.",
        f"sheet 'Plan', row 19: the column 'PROGRESS UPDATE IMPACT {IMPACT}' is not read.",
        (
            "sheet 'Plan', row 27: 'Erin Brennan- Douglas - SBC Public Health' was read as "
            "'Erin Brennan-Douglas - SBC Public Health'."
        ),
        (
            "sheet 'Key': no row names the columns of an action, a lead and an outcome, and it was not read. "
            "It begins 'RED'."
        ),
    )


def test_without_named_agencies_it_is_said_what_the_document_alone_does_not_tell(read: Read) -> None:
    plan = read(*map(as_laid_out, TABLES))
    elsewhere = "which the file names elsewhere."
    both = "'Elizabeth Chidgey LSCB and Carl Robinson CSP'"
    assert [each for each in plan.not_understood if "split" in each or "one lead" in each] == [
        f"table 2, row 10: {both} was split before 'CSP', {elsewhere}",
        f"table 2, row 10: {both} was read as one lead: 'Elizabeth Chidgey LSCB and Carl Robinson', of 'CSP'.",
        f"table 3, row 1: 'Jason Hendy Essex Police' was split before 'Essex Police', {elsewhere}",
        f"table 4, row 3: 'Julie Cole SBC Children’s Services' was split before 'SBC Children’s Services', {elsewhere}",
        f"table 6, row 5: 'Sharon Connell Southend CCG' was split before 'Southend CCG', {elsewhere}",
        f"table 6, row 10: 'Erin Brennan-Douglas SBC Public Health' was split before 'SBC Public Health', {elsewhere}",
    ]
    assert len(plan.not_understood) == 9 + 6
    assert plan.agencies == {
        "lscb-independent-chair": "LSCB independent chair",
        "csp": "CSP",
        "lscb-executive": "LSCB Executive",
        "essex-police": "Essex Police",
        "sbc-childrens-services": "SBC Children’s Services",
        "sbc-public-health": "SBC Public Health",
        "ccg": "CCG",
        "nps": "NPS",
        "southend-ccg": "Southend CCG",
        "ewmhs": "EWMHS",
        "sbc-integrated-commissioning-team": "SBC Integrated Commissioning team",
    }


# Who leads.

KNOWN = {"police": ["Essex Police", "Police"], "ccg": ["Southend CCG", "CCG"], "lscb": ["LSCB"], "kids": ["Children’s"]}
Lead = tuple[str, str | None, str | None]
POLICE: Lead = ("police", "Jo Bloggs", None)
ONE = "table 1, row 3: "

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
        [("jo-mcpolice", None, None)],
        ["no name and agency can be told apart in 'Jo McPolice', which was taken for the name of an agency."],
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
        ["'LSCB chair' names nobody, and was taken for a role at 'lscb'."],
    ),
    "an agency that was not named": (
        "Jo Bloggs - NPS",
        [("nps", "Jo Bloggs", None)],
        ["'NPS' is not among the agencies that were named; its id is 'nps'."],
    ),
    "lines": ("Jo Bloggs - Police\n\n Al (CCG) ", [POLICE, ("ccg", "Al", None)], []),
    "and": ("Jo Bloggs Police and Al CCG", [POLICE, ("ccg", "Al", None)], []),
    "a semicolon": ("Jo Bloggs - Police; Al (CCG)", [POLICE, ("ccg", "Al", None)], []),
    "an ampersand": ("Jo Bloggs - Police & Al (CCG)", [POLICE, ("ccg", "Al", None)], []),
    "a stroke": ("LSCB/CCG", [("lscb", None, None), ("ccg", None, None)], []),
    "a comma": (
        "Jo Bloggs (Police), Al (CCG) and Di LSCB",
        [POLICE, ("ccg", "Al", None), ("lscb", "Di", None)],
        [],
    ),
    "a comma for a dash": ("Jo Bloggs, Essex Police", [POLICE], []),
    "and within an agency": (
        "Jo Bloggs - Health and Care, Al - CCG",
        [("health-and-care", "Jo Bloggs", None), ("ccg", "Al", None)],
        [
            "'Health and Care' is not among the agencies that were named; its id is 'health-and-care'.",
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
            "'Al - Essex Police' was left out: 'police' leads the action already, and an agency leads it once.",
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
        [("jo-bloggs-police", None, None)],
        ["no name and agency can be told apart in 'Jo Bloggs-Police', which was taken for the name of an agency."],
    ),
    "prose": (
        "and so on, " * 50 + "Police",
        [("and-so-on-and-so-on-and-so-on-and-so-on-and-so-on-and-so-on", None, None)],
        [
            "no name and agency can be told apart in '" + "and so on, " * 50 + "Police', "
            "which was taken for the name of an agency."
        ],
    ),
    "no agency": (
        "Jo Bloggs",
        [("jo-bloggs", None, None)],
        ["no name and agency can be told apart in 'Jo Bloggs', which was taken for the name of an agency."],
    ),
    "a dash and no agency": (
        "Jo Bloggs -",
        [("jo-bloggs", None, None)],
        ["no name and agency can be told apart in 'Jo Bloggs -', which was taken for the name of an agency."],
    ),
    "a typed bullet": ("• Jo Bloggs - Police\n- Al - CCG", [POLICE, ("ccg", "Al", None)], []),
    "a bracket not at the end": (
        "Jo (Police) tbc",
        [("jo-police-tbc", None, None)],
        ["no name and agency can be told apart in 'Jo (Police) tbc', which was taken for the name of an agency."],
    ),
}


@pytest.mark.parametrize(("cell", "expected", "said"), LEADS.values(), ids=LEADS.keys())
def test_who_leads(read: Read, cell: str, expected: list[Lead], said: list[str]) -> None:
    plan = read(rows(("Do it", cell, "Done")), agencies=KNOWN)
    assert leads(plan) == [ReadLead(*lead) for lead in expected]
    assert list(plan.not_understood) == [f"{ONE}{words}" for words in said]


def test_an_agency_that_was_not_named_is_said_once(read: Read) -> None:
    table = rows(("A", "Jo - NPS", "x"), ("B", "Al - nps", "x"))
    assert read(table).not_understood == ()
    plan = read(table, agencies=KNOWN)
    assert plan.not_understood == (f"{ONE}'NPS' is not among the agencies that were named; its id is 'nps'.",)
    assert plan.agencies == {"nps": "NPS"}


def test_an_agency_told_apart_by_a_sign_is_known_in_the_whole_document(read: Read) -> None:
    plan = read(
        rows(("A", "Al Mid-Essex Trust", "x"), ("B", "mid-essex trust", "x"), ("C", "Jo - Mid-Essex Trust", "x"))
    )
    assert leads(plan) == [ReadLead("mid-essex-trust", name) for name in ("Al", None, "Jo")]
    assert plan.not_understood == (
        f"{ONE}'Al Mid-Essex Trust' was split before 'Mid-Essex Trust', which the file names elsewhere.",
    )


def test_two_agencies_never_share_an_id(read: Read) -> None:
    table = rows(("A", "Jo - Mid Essex", "x"), ("B", "Al - Mid-Essex", "x"), ("C", "Di - MID ESSEX", "x"))
    plan = read(table)
    assert [lead.agency for lead in leads(plan)] == ["mid-essex", "mid-essex-2", "mid-essex"]
    assert plan.agencies == {"mid-essex": "Mid Essex", "mid-essex-2": "Mid-Essex"}
    assert plan.not_understood == (
        "table 1, row 4: 'Mid-Essex' would have the id 'mid-essex' of another agency; its id is 'mid-essex-2'.",
    )
    assert [lead.agency for lead in leads(read(table, agencies={"mid-essex": ["NHS"]}))] == [
        "mid-essex-2",
        "mid-essex-3",
        "mid-essex-2",
    ]


def test_a_spelling_of_two_agencies_is_refused(read: Read) -> None:
    with pytest.raises(JtaiError, match="'CCG' is given as a spelling of two agencies"):
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
def test_an_id_is_made_of_a_name(name: str, made: str) -> None:
    assert agency_id(name) == made


@given(st.text())
def test_any_name_gives_a_valid_id(name: str) -> None:
    TypeAdapter(AgencyId).validate_python(agency_id(name))


# Themes.


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("THEME 1: Strategy", ("T1", "Strategy")),
        ("Theme 4 – Decision\nmaking", ("T4", "Decision making")),
        ("theme 07. Seven", ("T7", "Seven")),
        ("Theme 2", ("T2", "Theme 2")),
        ("3. Supervision", ("T3", "Supervision")),
        ("3. Supervision (continued)", ("T3", "Supervision")),
        ("Supervision", ("T1", "Supervision")),
        ("16 days of action", ("T1", "16 days of action")),
        ("16-17 year olds", ("T1", "16-17 year olds")),
    ],
)
def test_the_title_of_a_theme_and_its_number(read: Read, title: str, theme: tuple[str, str]) -> None:
    plan = read([(title, ACROSS, ACROSS), HEADINGS, ("A", "NPS", "x")], agencies={"nps": ["NPS"]})
    assert [(each.id, each.title) for each in plan.themes] == [theme]
    assert [each.id for each in actions(plan)] == [f"{theme[0]}.1"]
    assert plan.not_understood == ()


NPS = {"nps": ["NPS"]}


def one(text: str) -> tuple[str, str, str]:
    return (text, "NPS", "x")


def test_a_theme_is_the_heading_above_a_table(read: Read) -> None:
    document = (
        ("Heading 1", "Plan"),
        ("Heading 2", "Theme 2: Service"),
        ("Normal", "Words."),
        [HEADINGS, one("A")],
        ("Normal", "More words."),
        [HEADINGS, one("B")],
        ("Heading 2", "Supervision"),
        [HEADINGS, one("C")],
    )
    plan = read(*document, agencies=NPS)
    assert [(each.id, each.title, len(each.actions)) for each in plan.themes] == [
        ("T2", "Service", 2),
        ("T3", "Supervision", 1),
    ]
    assert [each.id for each in actions(plan)] == ["T2.1", "T2.2", "T3.1"]
    assert plan.not_understood == ()


def test_a_row_that_is_a_title_goes_before_the_heading_above(read: Read) -> None:
    plan = read(("Heading 1", "Plan"), rows(one("A")), agencies=NPS)
    assert [each.title for each in plan.themes] == ["Strategy"]


def test_a_theme_that_comes_again_goes_on(read: Read) -> None:
    again = [("THEME 1: strategy (cont’d)", ACROSS, ACROSS), HEADINGS, one("C")]
    plan = read(rows(one("A")), [("THEME 2: Other", ACROSS, ACROSS), HEADINGS, one("B")], again, agencies=NPS)
    assert [each.id for each in actions(plan)] == ["T1.1", "T1.2", "T2.1"]
    assert plan.not_understood == ()


def test_a_number_that_comes_again_with_another_title_is_said(read: Read) -> None:
    again = [("THEME 1: Other", ACROSS, ACROSS), HEADINGS, one("B")]
    plan = read(rows(one("A")), again, agencies=NPS)
    assert [(each.id, each.title) for each in plan.themes] == [("T1", "Strategy"), ("T2", "Other")]
    assert plan.not_understood == ("table 2, row 3: theme 1 is there already; 'Other' was given the id T2.",)


def test_where_no_theme_is_named_there_is_one(read: Read) -> None:
    plan = read([HEADINGS, one("A")], ("Normal", "Words."), [HEADINGS, one("B")], agencies=NPS)
    assert [(each.id, each.title) for each in plan.themes] == [("T1", "Actions")]
    assert [each.id for each in actions(plan)] == ["T1.1", "T1.2"]
    assert plan.not_understood == (
        "table 1, row 2: the file names no theme; its actions were put under one, 'Actions'.",
    )


def test_an_action_without_a_theme_is_left_out_where_others_have_one(read: Read) -> None:
    plan = read([HEADINGS, one("A")], ("Normal", "Words."), rows(one("B")), agencies=NPS)
    assert [each.action for each in actions(plan)] == ["B"]
    assert plan.not_understood == (
        "table 1, row 2: the row was left out, as it stands under no theme, and others do: 'A', 'NPS', 'x'.",
    )


def test_a_title_without_actions_is_left_out(read: Read) -> None:
    plan = read([("Our plan", ACROSS, ACROSS), *rows(one("A")), ("THEME 2: None", ACROSS, ACROSS)], agencies=NPS)
    assert [each.title for each in plan.themes] == ["Strategy"]
    assert plan.not_understood == (
        "table 1, row 1: 'Our plan' was left out: no action was read under it.",
        "table 1, row 5: 'None' was left out: no action was read under it.",
    )


def test_a_text_alone_in_its_row_is_a_title_and_it_is_said(read: Read) -> None:
    plan = read([HEADINGS, ("Strategy", "", ""), one("A")], agencies=NPS)
    assert [(each.id, each.title) for each in plan.themes] == [("T1", "Strategy")]
    assert plan.not_understood == (
        "table 1, row 2: 'Strategy' stands alone in its row, and was read as the title of a theme.",
    )


def test_a_text_alone_in_its_row_is_an_action_without_a_lead_where_titles_are_plain(read: Read) -> None:
    plan = read(rows(one("A"), ("B", "", "")), agencies=NPS)
    assert [each.action for each in actions(plan)] == ["A"]
    assert plan.not_understood == (
        "table 1, row 4: the row was left out, as it has no lead, which an action must have: 'B'.",
    )


def test_the_name_of_a_sheet_is_a_theme_where_no_row_is(tmp_path: Path) -> None:
    sheets: Sheets = {"1. Strategy": [HEADINGS, one("A")], "Other": [*rows(one("B"))[1:]], "Sheet3": rows(one("C"))}
    plan = read_plan(excel(tmp_path / "plan.xlsx", sheets), NPS)
    assert [(each.id, each.title, len(each.actions)) for each in plan.themes] == [
        ("T1", "Strategy", 2),
        ("T2", "Other", 1),
    ]
    assert plan.not_understood == (
        "sheet '1. Strategy': no row names a theme, and the name of the sheet was read as one.",
        "sheet 'Other': no row names a theme, and the name of the sheet was read as one.",
    )


def test_a_name_that_excel_gave_a_sheet_is_no_theme(tmp_path: Path) -> None:
    plan = read_plan(excel(tmp_path / "plan.xlsx", {"Sheet1": [HEADINGS, one("A")]}), NPS)
    assert [each.title for each in plan.themes] == ["Actions"]
    two = {"Plan": [HEADINGS, one("A")], "Sheet2": [HEADINGS, one("B")]}
    assert (
        "sheet 'Sheet2', row 2: the row was left out, as it stands under no theme, and others do"
        in (read_plan(excel(tmp_path / "two.xlsx", two), NPS).not_understood[-1])
    )


# Columns and rows.


@pytest.mark.parametrize(
    "headings",
    [
        ("ACTION", "LEAD AGENCY/AGENCIES", "OUTCOME MEASURE"),
        ("What action?", "Who is responsible", "Success\nmeasures"),
        ("Actions", "Action owner", "Outcome of the action"),
        ("Action", "Leads", "Measure of success"),
    ],
)
def test_columns_are_known_by_their_words(read: Read, headings: tuple[str, str, str]) -> None:
    plan = read(rows(("A", "NPS", "x"), headings=headings), agencies=NPS)
    assert actions(plan) == [ReadAction("T1.1", "A", (ReadLead("nps"),), ("x",))]
    assert plan.not_understood == ()


def test_columns_may_stand_in_any_order_and_another_in_each_table(read: Read) -> None:
    other = [("THEME 2: Other", ACROSS, ACROSS), ("Outcome", "Lead", "Action"), ("y", "NPS", "B")]
    plan = read(rows(one("A")), other, agencies=NPS)
    assert [(each.action, each.outcome_measure) for each in actions(plan)] == [("A", ("x",)), ("B", ("y",))]
    assert plan.not_understood == ()


def test_of_two_columns_with_the_word_the_shorter_is_read(read: Read) -> None:
    headings = ("Action no.", "Action", "Lead", "Lead officer", "Outcome")
    plan = read(rows(("7", "A", "NPS", "Jo", "x"), headings=headings), agencies=NPS)
    assert actions(plan) == [ReadAction("T1.1", "A", (ReadLead("nps"),), ("x",))]
    assert plan.not_understood == (
        "table 1, row 2: the column 'Action no.' is not read.",
        "table 1, row 2: the column 'Lead officer' is not read.",
        "table 1, row 3: '7' stands in the column 'Action no.', and was not read.",
        "table 1, row 3: 'Jo' stands in the column 'Lead officer', and was not read.",
    )


def test_a_column_without_a_name_is_not_read(read: Read) -> None:
    plan = read(rows((*one("A"), "Soon"), headings=(*HEADINGS, "")), agencies=NPS)
    assert plan.not_understood == ("table 1, row 3: 'Soon' stands in a column without a name, and was not read.",)


def test_a_row_that_looks_like_the_names_of_other_columns_is_said(read: Read) -> None:
    row = ("Write an action plan", "Lead nurse", "Better outcomes")
    plan = read(rows(one("A"), row, one("B")), agencies=NPS)
    assert [each.action for each in actions(plan)] == ["A", "B"]
    assert plan.not_understood == (
        (
            "table 1, row 4: it was read as the names of columns, which are now 'Write an action plan', 'Lead nurse', "
            "'Better outcomes'."
        ),
    )


def test_white_space_does_not_count_and_lines_do(read: Read) -> None:
    plan = read(
        rows((" Do\u00a0 it\tnow \n\n then rest ", "NPS", "  One  \n \n Two\u2003things\u2028three")), agencies=NPS
    )
    assert actions(plan)[0].action == "Do it now\nthen rest"
    assert actions(plan)[0].outcome_measure == ("One", "Two things", "three")


def test_what_a_row_lacks_is_said(read: Read) -> None:
    plan = read(rows(("A", "", "x"), ("", "NPS", "y"), ("C", "NPS", ""), ("", "", ""), ("D", ",", "z")), agencies=NPS)
    assert actions(plan) == [ReadAction("T1.1", "C", (ReadLead("nps"),), ())]
    lacks = "the row was left out, as it has no"
    assert plan.not_understood == (
        f"table 1, row 3: {lacks} lead, which an action must have: 'A', 'x'.",
        f"table 1, row 4: {lacks} action: 'NPS', 'y'.",
        "table 1, row 5: T1.1 has no outcome.",
        f"table 1, row 7: {lacks} lead, which an action must have: 'D', ',', 'z'.",
    )


def test_what_stands_above_the_names_of_columns_is_said(read: Read) -> None:
    plan = read([("Version", "3", ""), HEADINGS, one("A")], agencies=NPS)
    assert plan.not_understood[0] == (
        "table 1, row 1: it stands above the names of the columns, and was not read: 'Version', '3'."
    )


def kinds(tmp_path: Path, table: Sequence[Sequence[str]]) -> list[ReadPlan]:
    """What is read of *table* in a document, and in a workbook, with the same places."""
    both = [
        read_plan(word(tmp_path / "plan.docx", table), NPS),
        read_plan(excel(tmp_path / "plan.xlsx", {"P": table}), NPS),
    ]
    return [
        plan._replace(not_understood=tuple(each.replace("sheet 'P'", "table 1") for each in plan.not_understood))
        for plan in both
    ]


def test_a_lead_that_is_merged_over_rows_leads_each(tmp_path: Path) -> None:
    for plan in kinds(tmp_path, rows(one("A"), ("B", DOWN, "y"), ("C", DOWN, "z"))):
        assert [(each.action, each.leads) for each in actions(plan)] == [
            (action, (ReadLead("nps"),)) for action in ("A", "B", "C")
        ]
        assert plan.not_understood == ()


def test_an_action_that_is_merged_over_rows_takes_what_they_say(tmp_path: Path) -> None:
    for plan in kinds(tmp_path, rows(one("A"), (DOWN, "Jo (LSCB)", "y"), (DOWN, "Al - NPS", DOWN))):
        assert actions(plan) == [ReadAction("T1.1", "A", (ReadLead("nps"), ReadLead("lscb", "Jo")), ("x", "y"))]
        assert plan.not_understood == (
            "table 1, row 4: 'LSCB' is not among the agencies that were named; its id is 'lscb'.",
            "table 1, row 4: 'Jo (LSCB)', 'y' was added to T1.1, whose action goes on in this row.",
            "table 1, row 5: 'Al' was left out: 'nps' leads the action already, and an agency leads it once.",
            "table 1, row 5: 'Al - NPS' was added to T1.1, whose action goes on in this row.",
        )


def test_what_goes_on_after_an_action_that_was_left_out_is_left_out(tmp_path: Path) -> None:
    for plan in kinds(tmp_path, rows(one("A"), ("B", "", "y"), (DOWN, "NPS", "z"))):
        assert [each.action for each in actions(plan)] == ["A"]
        assert plan.not_understood[-1] == "table 1, row 5: the row was left out, as its action was: 'NPS', 'z'."


def test_cells_that_are_merged_across_columns_are_said(tmp_path: Path) -> None:
    for plan in kinds(tmp_path, rows(("A", "NPS", ACROSS))):
        assert actions(plan) == [ReadAction("T1.1", "A", (ReadLead("nps"),), ())]
        assert plan.not_understood == (
            "table 1, row 3: the lead is merged with the outcome, and was read as the lead alone.",
            "table 1, row 3: T1.1 has no outcome.",
        )


def test_a_column_of_two_cells_is_said(tmp_path: Path) -> None:
    for plan in kinds(
        tmp_path, [(*THEME, ACROSS), ("Action", "Lead", ACROSS, "Outcome"), ("A", "NPS", "Jo (LSCB)", "x")]
    ):
        assert leads(plan) == [ReadLead("nps"), ReadLead("lscb", "Jo")]
        assert plan.not_understood[0] == "table 1, row 3: the lead stands in 2 cells; each was read as a line of it."


def test_columns_may_stand_above_columns(tmp_path: Path) -> None:
    headings = [("Action", "Lead", "Outcome", "Progress", ACROSS), (DOWN, DOWN, DOWN, "Q1", "Q2")]
    for plan in kinds(tmp_path, [(*THEME, ACROSS, ACROSS), *headings, (*one("A"), "", "Begun")]):
        assert [each.action for each in actions(plan)] == ["A"]
        assert plan.not_understood == (
            "table 1, row 2: the column 'Progress' is not read.",
            "table 1, row 3: the column 'Q1' is not read.",
            "table 1, row 3: the column 'Q2' is not read.",
            "table 1, row 4: 'Begun' stands in the column 'Q2', and was not read.",
        )


def test_a_table_below_goes_on_only_with_nothing_between_and_as_many_columns(read: Read) -> None:
    below = "no row names the columns of an action, a lead and an outcome, and it was not read. It begins"
    plan = read(rows(one("A")), [(*one("B"), "")], agencies=NPS)
    assert plan.not_understood == (f"table 2: {below} 'B'.",)
    plan = read(rows(one("A")), ("Normal", "Words."), [one("B")], agencies=NPS)
    assert plan.not_understood == (f"table 2: {below} 'B'.",)
    plan = read(rows(one("A")), [one("B"), ("THEME 2: Other", ACROSS, ACROSS), HEADINGS, one("C")], agencies=NPS)
    assert [each.id for each in actions(plan)] == ["T1.1", "T1.2", "T2.1"]
    assert plan.not_understood == (
        "table 2: no row above its actions names the columns; those of the table before it were taken.",
    )


# What Word and Excel add.


def changed(read: Read, tmp_path: Path, change: Callable[[Word], Any], *blocks: Block) -> ReadPlan:
    """What is read of a document after *change*."""
    file = word(tmp_path / "plan.docx", *(blocks or (rows(one("A")),)))
    document = Document(str(file))
    change(document)
    document.save(str(file))
    return read_plan(file, NPS)


def test_a_title_is_what_the_document_says_it_is(read: Read, tmp_path: Path) -> None:
    def named(document: Word) -> None:
        document.core_properties.title = "Document1"

    assert read(("Title", "Our  plan"), rows(one("A")), agencies=NPS).title == "Our plan"
    assert read(("Normal", "Our plan"), rows(one("A")), agencies=NPS).title is None
    assert changed(read, tmp_path, named).title == "Document1"
    plan = changed(read, tmp_path, named, ("Title", "Our plan"), ("Title", "Annex"), rows(one("A")))
    assert plan.title == "Our plan"
    assert plan.not_understood == (
        "the document: 'Our plan' was read as its title, and it also says 'Annex', 'Document1'.",
    )


def test_a_style_made_from_a_heading_is_a_heading(read: Read, tmp_path: Path) -> None:
    def restyled(document: Word) -> None:
        style: Any = document.styles.add_style("House style", 1)
        style.base_style = document.styles["Heading 2"]
        document.paragraphs[0].style = style

    blocks: tuple[Block, ...] = (("Normal", "Theme 3: Ours"), [HEADINGS, one("A")])
    assert [each.title for each in changed(read, tmp_path, restyled, *blocks).themes] == ["Ours"]


def test_a_nested_table_is_not_read(read: Read, tmp_path: Path) -> None:
    def nested(document: Word) -> None:
        document.tables[0].cell(2, 2).add_table(1, 1).cell(0, 0).text = "Inner"

    plan = changed(read, tmp_path, nested)
    assert actions(plan)[0].outcome_measure == ("x",)
    assert plan.not_understood == ("table 1, row 3: a table within a cell was not read: 'Inner'.",)


def in_action(document: Word, xml: str) -> None:
    """Put *xml* after the words of the only action."""
    document.tables[0].cell(2, 0).paragraphs[0]._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


WORD_WORDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "inserted": (
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins>",
        "A new",
        ("the document: it holds tracked changes, and was read as if all were accepted.",),
    ),
    "deleted": (
        "<w:del><w:r><w:t> old</w:t></w:r></w:del>",
        "A",
        ("the document: it holds tracked changes, and was read as if all were accepted.",),
    ),
    "in a control": ("<w:sdt><w:sdtContent><w:r><w:t> more</w:t></w:r></w:sdtContent></w:sdt>", "A more", ()),
    "a text box": (
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Aside</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        "A",
        ("the document: what stands in text boxes was not read.",),
    ),
    "a break": ("<w:r><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r>", "A\nb-c d", ()),
    "struck through": (
        "<w:r><w:rPr><w:strike/></w:rPr><w:t> gone</w:t></w:r>",
        "A gone",
        ("table 1, row 3: 'gone' is struck through, and was read as if it were not.",),
    ),
    "not struck through": ('<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t> kept</w:t></w:r>', "A kept", ()),
    "a change of direction": (
        "<w:r><w:t>\u202eb\u2066\u0085c</w:t></w:r>",
        "Ab\nc",
        ("table 1, row 3: control characters were left out of 'Ab c'.",),
    ),
}


@pytest.mark.parametrize(("xml", "action", "said"), WORD_WORDS.values(), ids=WORD_WORDS.keys())
def test_words_are_read_as_word_shows_them(
    read: Read, tmp_path: Path, xml: str, action: str, said: tuple[str, ...]
) -> None:
    plan = changed(read, tmp_path, lambda document: in_action(document, xml))
    assert (actions(plan)[0].action, plan.not_understood) == (action, said)


def test_a_row_that_was_deleted_under_tracked_changes_is_not_read(read: Read, tmp_path: Path) -> None:
    def delete(document: Word) -> None:
        document.tables[0].rows[3]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))

    plan = changed(read, tmp_path, delete, rows(one("A"), one("B"), one("C")))
    assert [each.action for each in actions(plan)] == ["A", "C"]
    assert plan.not_understood == ("the document: it holds tracked changes, and was read as if all were accepted.",)


def test_numbers_and_days_are_read_as_people_write_them(tmp_path: Path) -> None:
    row = (3.0, "NPS", date(2018, 9, 30))
    others = ((2.5, "NPS", True), ("_x0007_A", "NPS", datetime(2018, 9, 30, 12, 0)))  # noqa: DTZ001  # Excel's have no zone
    plan = read_plan(excel(tmp_path / "plan.xlsx", {"P": rows(row, *others)}), NPS)
    assert [(each.action, each.outcome_measure) for each in actions(plan)] == [
        ("3", ("2018-09-30",)),
        ("2.5", ("TRUE",)),
        ("A", ("2018-09-30T12:00:00",)),
    ]
    assert plan.not_understood == ("sheet 'P', row 5: control characters were left out of 'A'.",)


def test_a_formula_without_a_value_is_said(tmp_path: Path) -> None:
    file = excel(tmp_path / "plan.xlsx", {"P": rows(one("A"), one("B"))})
    book = load_workbook(file)
    book["P"]["C4"].value = '=CONCATENATE("y",""&"z")'
    book.save(file)
    plan = read_plan(file, NPS)
    assert plan.not_understood == (
        ("the workbook: 1 formula without a saved value is read as empty. Save it in Excel, and read it again."),
        "sheet 'P', row 4: T1.2 has no outcome.",
    )


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    file = excel(tmp_path / "plan.xlsx", {"P": rows(one("A")), "Old": rows(one("B"))})
    book = load_workbook(file)
    book["Old"].sheet_state = "hidden"
    book.save(file)
    plan = read_plan(file, NPS)
    assert [each.action for each in actions(plan)] == ["A"]
    assert plan.not_understood == ("sheet 'Old': it is hidden, and was not read.",)


# Files of strangers.


def rewritten(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A change of one part of a file."""

    def change_it(file: Path) -> None:
        with zipfile.ZipFile(file) as packed:
            parts = {each: packed.read(each) for each in packed.namelist()}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for each, content in parts.items():
                packed.writestr(each, change(content) if each == name else content)

    return change_it


def added(name: str, content: bytes) -> Callable[[Path], None]:
    def add(file: Path) -> None:
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, content)

    return add


def lying_bomb(file: Path) -> None:
    """A bomb whose directory says that it is small."""
    added("word/media/a.png", b"\0" * 101_000_000)(file)
    file.write_bytes(file.read_bytes().replace((101_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little")))


def into_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def declared(xml: bytes) -> bytes:
    start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    return xml[:start] + BOMB + xml[start:]


Change = Callable[[Path], Any]
OF_BOTH: dict[str, tuple[Change, str]] = {
    "cut short": (lambda file: file.write_bytes(file.read_bytes()[:3000]), "this cannot be read (File is not a zip"),
    "text": (lambda file: file.write_text("a,b\n"), "this cannot be read (File is not a zip"),
    "empty": (lambda file: file.write_bytes(b""), "this cannot be read (File is not a zip"),
    "another zip": (lambda file: zipfile.ZipFile(file, "w").close(), "this cannot be read as a "),
    "a password": (
        lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0" * 9),
        "protected by a password, or of an old kind",
    ),
    "a zip bomb": (added("a.xml", b"\0" * 101_000_000), "the file unpacks to more than 100 MB, as no plan does."),
    "a zip bomb that lies": (lying_bomb, "the file unpacks to more than 100 MB, as no plan does."),
    "100 MB": (lambda file: os.truncate(file, 100_000_000), "the file has 100 MB; 10 are taken."),
    "macros": (added("word/vbaProject.bin", b""), "the file holds macros."),
    "entities": (added("customXml/item9.xml", BOMB + b"<a>&c;</a>"), "it declares XML entities, which "),
    "no file": (lambda file: file.unlink(), "there is no such file."),
    "a folder": (into_a_folder, "there is no such file."),
}
OF_WORD: dict[str, tuple[Change, str]] = {
    "no document": (rewritten(DOCUMENT, lambda _: b""), "this cannot be read as a Word document ("),
    "broken XML": (rewritten(DOCUMENT, lambda xml: xml[:-20]), "this cannot be read as a Word document ("),
    "no body": (
        rewritten(DOCUMENT, lambda xml: xml.replace(b"w:body", b"w:other")),
        "this cannot be read as a Word document (",
    ),
    "an XML bomb": (rewritten(DOCUMENT, declared), "it declares XML entities, which Word never does."),
    "an XML bomb in UTF-16": (
        rewritten(DOCUMENT, lambda xml: declared(xml[xml.index(b"?>") + 2 :]).decode().encode("utf-16")),
        "this cannot be read as a Word document (it declares XML entities)",
    ),
    "a long text": (
        rewritten(DOCUMENT, lambda xml: xml.replace(b"<w:t>A<", b"<w:t>" + b"A" * 32_768 + b"<")),
        "table 1, row 3 holds a text of 32,768 characters; 32,767 are taken. Shorten it.",
    ),
    "rows without end": (
        rewritten(DOCUMENT, lambda xml: xml.replace(b"</w:tbl>", b"<w:tr/>" * 20_001 + b"</w:tbl>")),
        "table 1 has more than 20,000 rows, as no plan has.",
    ),
    "words without end": (
        rewritten(DOCUMENT, lambda xml: xml.replace(b"<w:sectPr", b"<w:p/>" * 2_000_000 + b"<w:sectPr", 1)),
        "a part of it unpacks to 12 MB; 10 are taken. Copy the plan's tables into a new document.",
    ),
    "a workbook": (lambda file: excel(file, {"P": rows(one("A"))}), "this cannot be read as a Word document ("),
}
OF_EXCEL: dict[str, tuple[Change, str]] = {
    "broken XML": (rewritten(SHEET, lambda xml: xml[:300]), "this cannot be read as a workbook ("),
    "an XML bomb": (rewritten(SHEET, declared), "it declares XML entities, which Excel never does."),
    "a cell that stands far away": (
        rewritten(SHEET, lambda xml: xml.replace(b'r="A3"', b'r="XFD1048576"')),
        "a sheet goes on to row 1,048,576 and column 16,384, as no plan does.",
    ),
    "a row that stands far away": (
        rewritten(SHEET, lambda xml: xml.replace(b'<row r="3"', b'<row r="1048576"')),
        "a sheet goes on to row 1,048,576",
    ),
    "rows without end": (
        rewritten(SHEET, lambda xml: xml.replace(b"</sheetData>", b"<row><c/></row>" * 20_001 + b"</sheetData>")),
        "a sheet goes on to row 20,004 and column 3, as no plan does.",
    ),
    "cells without end": (
        rewritten(
            SHEET, lambda xml: xml.replace(b'<row r="3"', b'<row r="19999">' + b"<c/>" * 1000 + b'</row><row r="3"')
        ),
        "a sheet goes on to row 19,999 and column 1,000, as no plan does.",
    ),
    "merged without end": (
        rewritten(
            SHEET, lambda xml: xml.replace(b"<mergeCell ", b'<mergeCell ref="A1:Z3"/>' * 20_001 + b"<mergeCell ", 1)
        ),
        "sheet 'P' has too many merged cells.",
    ),
    "a document": (lambda file: word(file, rows(one("A"))), "this cannot be read as a workbook ("),
}


def refused(file: Path, said: str) -> None:
    with pytest.raises(PlanNotRead) as raised:
        read_plan(file, NPS)
    words = str(raised.value)
    assert words.startswith(f"{file}: ")
    assert said in words
    assert words.endswith(" Nothing was read from it.")
    assert raised.value.status == 1


@pytest.mark.parametrize(("change", "said"), (OF_BOTH | OF_WORD).values(), ids=(OF_BOTH | OF_WORD).keys())
def test_what_is_no_document_is_refused_in_one_sentence(tmp_path: Path, change: Change, said: str) -> None:
    change(file := word(tmp_path / "plan.docx", rows(one("A"))))
    refused(file, said)


@pytest.mark.parametrize(("change", "said"), (OF_BOTH | OF_EXCEL).values(), ids=(OF_BOTH | OF_EXCEL).keys())
def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path, change: Change, said: str) -> None:
    change(file := excel(tmp_path / "plan.xlsx", {"P": rows(one("A"))}))
    refused(file, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plan.doc", "only .docx is read of Word's kinds of file. Save it in Word as .docx."),
        ("plan.XLS", "only .xlsx is read of Excel's kinds of file. Save it in Excel as .xlsx."),
        ("plan.pdf", "a plan is read from a table in a .docx or .xlsx file. Save it as one of them."),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    refused(tmp_path / name, said)


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([("Normal", "Words.")], "it holds no table that names the columns of an action, a lead and an outcome."),
        ([[("Action", "Lead")]], "no row of its tables names the columns of an action, a lead and an outcome."),
        ([[HEADINGS]], "no action that has a lead stands below the names of the columns. Write one there."),
    ],
)
def test_a_document_without_a_plan_is_refused(tmp_path: Path, blocks: list[Block], said: str) -> None:
    refused(word(tmp_path / "plan.docx", *blocks), said)


def test_nothing_makes_a_cell_as_wide_as_it_likes(read: Read, tmp_path: Path) -> None:
    def widen(document: Word) -> None:
        properties = document.tables[0].cell(2, 2)._tc.get_or_add_tcPr()
        properties.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="99999999"/>'))

    assert [each.action for each in actions(changed(read, tmp_path, widen))] == ["A"]


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_text_that_people_typed_is_read_as_text(tmp_path: Path, typed: str) -> None:
    for plan in kinds(tmp_path, rows((typed, f"Jo {typed} (NPS)", typed))):
        words = " ".join(typed.split())
        assert actions(plan)[0].action == words
        assert actions(plan)[0].outcome_measure == (words,)


def test_reading_imports_no_library_before_it_is_asked_to() -> None:
    script = "import jtai_plan.exchange.plan_import.plan, sys; print('docx' in sys.modules, 'lxml' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert ran.stdout == "False False\n"
