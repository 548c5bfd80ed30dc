"""The PDF: tagged as its standards ask, and the same text as the other formats."""

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from builders import Q2, Jtai, plan_values, return_values, written
from hostile import HOSTILE, filled_in
from jtai_plan.output.report.pdf import printable
from places import EXAMPLE, ROOT

REPORT = EXAMPLE / "reports/2022-23-Q1/board-report.pdf"
PLAN = ROOT / "reports/plan/plan.pdf"


def elements(file: Path) -> list[tuple[str, str]]:
    """The tag of every element of the structure of *file*, and what it says in place of what it shows."""
    found: list[tuple[str, str]] = []

    def look(element: Any) -> None:
        if not isinstance(element, pikepdf.Dictionary):
            return
        if "/S" in element:
            found.append((str(element.S), str(element.get("/Alt", ""))))
        children: Any = element.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            look(child)

    with pikepdf.open(file) as whole:
        look(whole.Root.StructTreeRoot)
    return found


def text(file: Path) -> str:
    ran = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True)
    return ran.stdout


needs_pdftotext = pytest.mark.needs("pdftotext")


@pytest.mark.parametrize("file", [REPORT, PLAN])
def test_it_is_tagged_titled_and_in_english(file: Path) -> None:
    with pikepdf.open(file) as whole:
        assert whole.Root.MarkInfo.Marked
        assert whole.Root.Lang == "en-GB"
        assert whole.Root.ViewerPreferences.DisplayDocTitle
        about = whole.open_metadata()
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["dc:title"]
        for page in whole.pages:
            assert page.obj.Tabs == "/S"
            inside = 0
            for each in pikepdf.parse_content_stream(page):
                operator = str(each.operator)
                inside += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
                assert inside or operator not in ("Tj", "TJ", "Do", "f", "S"), "nothing is shown that is not tagged"


def test_every_figure_says_what_it_shows_and_every_table_has_header_cells() -> None:
    tags = Counter(tag for tag, _ in elements(REPORT))
    assert tags["/Figure"] > 3
    assert all(words for tag, words in elements(REPORT) if tag == "/Figure")
    assert tags["/Table"] >= 6
    assert tags["/TH"] >= 3 * tags["/Table"]
    assert tags["/H1"] > 4
    assert tags["/Link"] > 20


@needs_pdftotext
def test_the_marking_and_the_number_stand_on_every_page() -> None:
    pages = text(REPORT).split("\f")[:-1]
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert page.count("EXAMPLE: every name, rating and event is made up") == 2
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("edition", ["plan", "board"])
def test_text_that_people_typed_comes_out_as_text(tmp_path: Path, jtai: Jtai, typed: str, edition: str) -> None:
    plan, returned, record, agency = filled_in(typed)
    root = written(tmp_path, plan, {("police", Q2): returned}, {Q2: record}, {"police": agency})
    ran = jtai("report", "--plan", str(root), "--edition", edition, "--format", "pdf")
    assert (ran.status, ran.err.count("Traceback")) == (0, 0)
    (file,) = (root / "reports").rglob("*.pdf")
    with pikepdf.open(file) as whole:
        title = str(whole.open_metadata()["dc:title"])
    assert " ".join(title.split()).startswith(" ".join(printable(typed).split()))


@needs_pdftotext
@pytest.mark.parametrize("typed", [each for each in HOSTILE.values() if each.isascii() and len(each) < 200])
def test_it_can_be_read_on_the_pages_as_it_was_typed(tmp_path: Path, jtai: Jtai, typed: str) -> None:
    plan, returned, record, agency = filled_in("Harmless")
    returned["actions"]["T1.1"]["process"] |= {"update": typed, "evidence": [{"what": typed}]}
    root = written(tmp_path, plan, {("police", Q2): returned}, {Q2: record}, {"police": agency})
    assert jtai("report", "--plan", str(root), "--format", "pdf").status == 0
    (file,) = (root / "reports").rglob("*.pdf")
    assert "".join(text(file).split()).count("".join(typed.split())) >= 2


def test_a_character_that_no_font_has_is_named() -> None:
    assert printable("a 🚓 b 你") == "a [police car] b [U+4F60]"
    assert printable("👩‍👧") == "[woman][girl]"
    assert printable("naïve – “quoted” Łódź €") == "naïve – “quoted” Łódź €"


OFFICE = "non‑breaking ● ○ ■ ▪ ◆ ► → ⇒ ≥ ≤ ≠ ≈ ✓ ✔ ✗ ☐ ☑ ★ ☎ ½ ™ … ‰"


@needs_pdftotext
def test_what_people_type_in_an_office_is_shown_as_it_is(tmp_path: Path, jtai: Jtai) -> None:
    assert printable(OFFICE) == OFFICE
    path = "//server/" + "safeguarding/" * 12
    plan, returned, record, agency = filled_in("Harmless")
    returned["actions"]["T1.1"]["process"] |= {"update": OFFICE, "evidence": [{"what": "Audit", "where": path}]}
    root = written(tmp_path, plan, {("police", Q2): returned}, {Q2: record}, {"police": agency})
    assert jtai("report", "--plan", str(root), "--format", "pdf").status == 0
    (file,) = (root / "reports").rglob("*.pdf")
    shown = "".join(text(file).split())
    assert "".join(OFFICE.split()) in shown
    # A long path is broken, and nothing is added to what is copied.
    assert path in shown


def test_its_date_is_the_last_day_of_its_period() -> None:
    with pikepdf.open(REPORT) as whole:
        assert str(whole.docinfo.CreationDate).startswith("D:20220630")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, {("T1.1", "process"): "red"})})


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("#nothing", "unknown variable: nothing"),
        ("one\n\n#let", "expected pattern"),
        ('#import "parts.typ": *\n#data.report.notice', 'key "notice". docs/templates.md lists what a template gets'),
        ('one\n#import "@preview/cetz:0.3.0": *', "it names a package, which would be fetched from elsewhere"),
        ('#import "\\u{40}preview/cetz:0.3.0": *', "it names a package, which would be fetched from elsewhere"),
        ('#import ("@" + "preview/cetz:0.3.0"): *', "it names a package, which would be fetched from elsewhere"),
        ('#set document(title: [A])\n#set text(font: "Comic")\nA', "unknown font family: comic"),
        ('#set document(title: [A])\n#read("../plan/plan.yaml")', "would escape the project root"),
        ('#set document(title: [A])\n#read("/etc/passwd")', "file not found"),
    ],
)
def test_a_broken_template_gets_one_sentence_and_nothing_is_written(
    plan: Path, jtai: Jtai, template: str, said: str
) -> None:
    (plan / "templates").mkdir()
    (plan / "templates/board-report.typ").write_text(template)
    ran = jtai("report", "--format", "md,pdf")
    assert ran.status == 1
    assert re.search(
        rf"^jtai: templates/board-report\.typ:\d+: .*{said}", ran.err, flags=re.MULTILINE | re.IGNORECASE
    ), ran.err
    assert not (plan / "reports").exists()


def test_a_link_among_the_templates_leads_nowhere(plan: Path, jtai: Jtai, tmp_path: Path) -> None:
    outside = tmp_path / "outside.svg"
    outside.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (plan / "templates").mkdir()
    (plan / "templates/link.svg").symlink_to(outside)
    (plan / "templates/board-report.typ").write_text('#set document(title: [A])\n#image("link.svg", alt: "A")')
    assert "file not found" in jtai("report", "--format", "pdf").err


@needs_pdftotext
def test_a_partnerships_own_template_takes_the_place_of_the_packaged_one(plan: Path, jtai: Jtai) -> None:
    (plan / "templates").mkdir()
    (plan / "templates/board-report.typ").write_text(
        '#import "parts.typ": *\n#show: body => page-of("Ours", body)\nIn our own words.'
    )
    assert jtai("report", "--format", "pdf").status == 0
    assert "In our own words." in text(plan / f"reports/{Q2}/board-report.pdf")
