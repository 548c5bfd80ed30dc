"""`jtai init --from`: the published plan, as Word tables or in a workbook, becomes the plan of this repository."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builders import Jtai
from exchange.plan_import.office_files import as_laid_out, excel, word
from exchange.plan_import.southend_tables import TABLES
from jtai_plan.files.load import load
from jtai_plan.model.plan import Plan
from places import ROOT

AGENCIES = (
    "LSCB", "CSP", "Essex Police", "SBC Children’s Services", "SBC Public Health", "Southend CCG|CCG", "NPS", "EWMHS",
    "SBC Integrated Commissioning team",
)  # fmt: skip
# The folders of this repository's plan are named by hand; this one is named for the whole of the agency's name.
RENAMED = {"sbc-integrated-commissioning-team": "sbc-integrated-commissioning"}


def as_docx(folder: Path) -> Path:
    return word(folder / "plan.docx", *map(as_laid_out, TABLES))


def as_xlsx(folder: Path) -> Path:
    *themes, key = map(as_laid_out, TABLES)
    return excel(folder / "plan.xlsx", {"Plan": [row for table in themes for row in table], "Key": key})


def content(plan: Plan) -> list[object]:
    """The themes, actions, leads and outcome measures of *plan*."""
    return [
        (
            theme.id,
            theme.title,
            action.id,
            action.action,
            [(RENAMED.get(lead.agency, lead.agency), lead.name, lead.role) for lead in action.leads],
            action.outcome_measure,
        )
        for theme in plan.themes
        for action in theme.actions
    ]


@pytest.mark.parametrize("made", [as_docx, as_xlsx])
def test_the_published_tables_become_the_published_plan(
    tmp_path: Path, jtai: Jtai, made: Callable[[Path], Path]
) -> None:
    named = [word for agency in AGENCIES for word in ("--agency", agency)]
    ran = jtai(
        "init", "ours", "--from", str(made(tmp_path)), "--title", "A plan", "--first-quarter", "Q2 2018/19", *named
    )
    assert ran.status == 0, ran.err
    loaded = load(tmp_path / "ours")
    assert loaded.faults == ()
    assert content(loaded.trusted().plan) == content(load(ROOT).trusted().plan)
    # What has no place of its own is kept.
    also = [text for action in loaded.trusted().plan.actions.values() for text in action.also.values()]
    assert also == ["October and quarterly updates"]
    assert jtai("check", "--plan", "ours").status == 0
    assert jtai("report", "--plan", "ours").status == 0
