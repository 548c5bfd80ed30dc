"""A plan is read from the tables it is kept in, and what is not understood is noted."""

import subprocess
import sys
from pathlib import Path

import pytest

from exchange.plan_import.office_files import (
    Read,
    actions,
    as_laid_out,
    excel,
    kinds,
    rows,
)
from exchange.plan_import.southend_tables import TABLES
from hostile import HOSTILE
from jtai_plan.exchange.plan_import.leads import ReadLead
from jtai_plan.exchange.plan_import.parts import ReadAction, ReadTheme
from jtai_plan.exchange.plan_import.plan import read_plan
from jtai_plan.files.load import load
from places import ROOT

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

PROCESS = "PROGRESS UPDATE PROCESS/ACTIVITY Expected Q2 Red/amber Q3 amber/blue Q4 blue"
IMPACT = "PROGRESS UPDATE IMPACT Expected Q2 Red Q3 amber Q4 amber/blue Q1 2019/20 blue"
PERFORMANCE = "PROGRESS UPDATE PERFORMANCE Expected Q2 red Q3 amber Q4 amber/blue Q1 2019/20 blue"

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
                also={PROCESS: "October and quarterly updates"} if action.reporting else {},
            )
            for action in theme.actions
        ),
    )
    for theme in THE_PLAN.themes
)


def test_the_published_plan_comes_out_of_its_word_tables(read: Read) -> None:
    plan = read(*map(as_laid_out, TABLES), agencies=SOUTHEND)
    assert plan.themes == PUBLISHED
    assert plan.agencies == {agency: spellings[0] for agency, spellings in SOUTHEND.items()}
    assert plan.title is None
    parts = "action = 'ACTION', lead = 'LEAD AGENCY/AGENCIES', outcome = 'OUTCOME MEASURE'; kept as they are: "
    first = f"{parts}'{PROCESS}', '{IMPACT}', '{PERFORMANCE}'."
    assert plan.columns[0] == f"table 1, row 2: {first}"
    *notes, unread = plan.not_understood
    assert unread.startswith(
        "table 7: no row names the columns of an action plan, so it was not read: 'RED', 'Process: Tasks"
    )
    assert notes == [
        "table 3: no row above its actions names the columns, so those of the table before were used.",
        "table 5: no row above its actions names the columns, so those of the table before were used.",
        (
            "table 6, row 4: 'Erin Brennan- Douglas - SBC Public Health' was read as "
            "'Erin Brennan-Douglas - SBC Public Health'."
        ),
    ]


def test_the_published_plan_comes_out_of_a_workbook(tmp_path: Path) -> None:
    *themes, key = map(as_laid_out, TABLES)
    file = excel(tmp_path / "plan.xlsx", {"Plan": [row for table in themes for row in table], "Key": key})
    plan = read_plan(file, SOUTHEND)
    assert plan.themes == PUBLISHED
    assert plan.agencies == {agency: spellings[0] for agency, spellings in SOUTHEND.items()}
    assert plan.title is None
    note, unread = plan.not_understood
    assert unread.startswith(
        "sheet 'Key': no row names the columns of an action plan, so it was not read: 'RED', 'Process"
    )
    assert note == (
        "sheet 'Plan', row 27: 'Erin Brennan- Douglas - SBC Public Health' was read as "
        "'Erin Brennan-Douglas - SBC Public Health'."
    )


def test_without_named_agencies_what_the_document_does_not_say_is_noted(read: Read) -> None:
    plan = read(*map(as_laid_out, TABLES))
    elsewhere = "which the file also names elsewhere."
    assert [each for each in plan.not_understood if "split" in each or "one lead" in each] == [
        f"table 2, row 10: 'Carl Robinson CSP' was split before 'CSP', {elsewhere}",
        f"table 3, row 1: 'Jason Hendy Essex Police' was split before 'Essex Police', {elsewhere}",
        f"table 4, row 3: 'Julie Cole SBC Children’s Services' was split before 'SBC Children’s Services', {elsewhere}",
        f"table 6, row 5: 'Sharon Connell Southend CCG' was split before 'Southend CCG', {elsewhere}",
        f"table 6, row 10: 'Erin Brennan-Douglas SBC Public Health' was split before 'SBC Public Health', {elsewhere}",
    ]
    assert len(plan.not_understood) == 4 + 5 + 1
    assert plan.unplaced == ("Elizabeth Chidgey, LSCB independent chair", "Elizabeth Chidgey LSCB")
    assert plan.agencies == {
        "csp": "CSP",
        "lscb-executive": "LSCB Executive",
        "essex-police": "Essex Police",
        "sbc-childrens-services": "SBC Children’s Services",
        "sbc-public-health": "SBC Public Health",
        "ccg": "CCG",
        "placeholder": "PLACEHOLDER: the agency of these leads",
        "nps": "NPS",
        "southend-ccg": "Southend CCG",
        "ewmhs": "EWMHS",
        "sbc-integrated-commissioning-team": "SBC Integrated Commissioning team",
    }


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_is_read_as_text(tmp_path: Path, typed: str) -> None:
    for plan in kinds(tmp_path, rows((typed, f"Jo {typed} (NPS)", typed))):
        words = " ".join(typed.split())
        assert actions(plan)[0].action == words
        assert actions(plan)[0].outcome_measure == (words,)


def test_no_library_is_imported_before_a_file_is_read() -> None:
    script = "import jtai_plan.exchange.plan_import.plan, sys; print('docx' in sys.modules, 'lxml' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert ran.stdout == "False False\n"
