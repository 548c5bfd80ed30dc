"""The four formats of a report say the same: every fact of the view stands in each of them."""

import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from docx import Document

from builders import Jtai
from jtai_plan.files.load import load
from jtai_plan.output.report.build_view import report_view
from jtai_plan.output.report.formats import FORMATS
from jtai_plan.output.report.view.cell import CellView
from jtai_plan.output.report.view.period import ReportView
from jtai_plan.rules.judge.collate import collate
from jtai_plan.rules.judge.public_edition import published
from jtai_plan.rules.seals.report_inputs import as_of
from places import EXAMPLE

PERIOD = "2022-23-Q1"
MARKING = "EXAMPLE: every name, rating and event is made up"


def facts(view: ReportView) -> Iterator[str]:
    """Every fact of *view* that no format shortens."""
    yield from of_first_page(view)
    yield from of_tables(view)
    for theme in (*view.plan.themes, *view.additional):
        yield f"{theme.id} {theme.title}"
        for action in theme.actions:
            yield from (f"{action.id} {action.wording}", *action.outcome_measure, *action.addresses, action.silent)
            yield from (fact for cell in action.cells for fact in of_cell(cell))


def of_first_page(view: ReportView) -> Iterator[str]:
    first = view.first
    yield from (view.edition, view.period_days, first.due_words, *first.legend)
    yield from (f"{each.number} {each.label}" for each in first.totals)
    yield from (bar.words for chart in first.charts for bar in chart.bars)
    for asked in first.asks:
        yield from (asked.id, asked.ask, asked.facts)
    for behind in (*first.worst, *first.rest):
        yield from (f"{behind.action} {behind.dimension}", behind.rated_words, behind.behind_for, behind.agencies)
        yield from (each.by for each in behind.promised)
        yield behind.slipped
    for note in first.notes:
        yield from (note.title, *(item.words for item in note.items))


def of_tables(view: ReportView) -> Iterator[str]:
    for promise in view.promises:
        yield from (promise.by, promise.agency, f"{promise.about}: {promise.what}")
    for measure in view.measures:
        yield from (measure.name, measure.target_words, measure.values_words, measure.direction)
    if view.assurance:
        for assured in view.assurance.agencies:
            yield from (assured.agency, assured.prepared, assured.approved, assured.signed)
        for title, sentences in view.assurance.groups:
            yield from (title, *sentences)
        for challenge in view.assurance.challenge:
            yield from (challenge.agency, *challenge.questions)


def of_cell(cell: CellView) -> Iterator[str]:
    yield from (cell.standing_words, cell.movement_words if cell.movement else "", *cell.slips)
    yield from filter(None, (cell.revised, cell.lowered, cell.together))
    if cell.moderated:
        yield cell.moderated.words
    for said in cell.said:
        yield from (*said.update, said.recovery_words or "", *(each.words for each in said.evidence))


def text_of(file: Path) -> str:
    """All letters and figures of a report, without what stands on every page."""
    match file.suffix:
        case ".pdf":
            said = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.decode()
            said = re.sub(rf"{MARKING}|Exampleshire multi-agency exploitation plan ·|Page \d+ of \d+", "", said)
        case ".docx":
            body = Document(str(file)).element.body
            said = " ".join("".join(each.itertext()) for each in body.iter() if each.tag.endswith("}p"))
        case ".html":
            page = file.read_text(encoding="utf-8")
            said = unescape(re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", "", page, flags=re.DOTALL))
        case _:
            said = file.read_text(encoding="utf-8")
    return letters(said)


def letters(words: str) -> str:
    return "".join(re.findall(r"\w", words)).replace("_", "")


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize(
    ("edition", "agency"), [("board", None), ("public", None), ("agency", "police")], ids=("board", "public", "agency")
)
def test_every_fact_stands_in_every_format(jtai: Jtai, tmp_path: Path, edition: str, agency: str | None) -> None:
    partnership = load(EXAMPLE).trusted()
    shown = published(partnership) if edition == "public" else partnership
    view = report_view(collate(as_of(shown, PERIOD), PERIOD), agency=agency)
    options = ("--agency", agency) if agency else ("--edition", edition)
    call = ("report", "--plan", str(EXAMPLE), "-q", PERIOD, *options, "--format", ",".join(FORMATS))
    assert jtai(*call, "--out", str(tmp_path)).status == 0
    told = {letters(fact): fact for fact in facts(view) if fact}
    assert len(told) > 100
    for file in (tmp_path / PERIOD).iterdir():
        text = text_of(file)
        assert [fact for plain, fact in told.items() if plain not in text] == [], file.name
