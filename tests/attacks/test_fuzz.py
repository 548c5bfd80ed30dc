"""Whatever one slip makes of a file, every command that reads it ends in a sentence, and changes nothing else.

JTAI_FUZZ=50 tries fifty times as many files, other ones in each run: `nox --session fuzz`.
"""

import os
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builders import Q1, Q2, Q3, Q4, Jtai, Ran, an_action, plan_values, return_values, written
from exchange.plan_import.office_files import excel, rows, word
from jtai_plan.output.report.templates import packaged
from mutations import IN_TEMPLATES, IN_YAML, changed, changed_bytes, changed_zip, parts_of
from repositories import a_repository

pytestmark = [pytest.mark.once, pytest.mark.posix]

TIMES = int(os.environ.get("JTAI_FUZZ", "1"))
"""How many times the examples of the gate. The gate's own are always the same."""


def tries(examples: int) -> settings:
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        database=None,
        # A smaller example is worth less than the minutes it takes to find.
        phases=(Phase.explicit, Phase.generate),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


LEAD = {"agency": "police", "name": "A. Officer", "role": "Head", "from": Q2, "until": Q1}
REVISED = {"from": Q3, "expected": {"impact": {Q4: ["amber"]}}, "board": "lscb", "on": "2018-10-20", "reason": "Late"}
WITHDRAWN = {"from": Q4, "board": "lscb", "on": "2018-10-20", "reason": "Done elsewhere"}
PLAN = plan_values(
    an_action("T1.1", leads=[LEAD, {"agency": "health"}], addresses=["A1"], outcome_measure=["x"], revised=[REVISED]),
    an_action("T1.2", "police", starts=Q3, due="2019-03-31", milestones=[{"by": "2018-12-01", "what": "Hire"}]),
    an_action("T1.3", "health", withdrawn=WITHDRAWN, also={"By when": "soon"}, expected={"impact": {Q3: ["red"]}}),
    areas_for_improvement={"count": 1, "items": [{"id": "A1", "summary": "x"}]},
    checks={"ignore": ["no-measures"]},
    personal_data={"allow": ["help@example.org"], "case_reference": "AB-[0-9]{4}"},
    complete_stands=True,
)
PLAN["scale"]["amber"]["on_track"] = True
MEASURE = {"id": "m", "action": "T1.1", "dimension": "impact", "description": "Cases", "unit": "cases", "target": 60}
AGENCY = {
    "name": "Police",
    "short_name": "PO",
    "governance_board": {"name": "Force board"},
    "contacts": ["sam@police.example"],
    "measures": [MEASURE | {"by": Q4, "targets": {Q3: 30}, "baseline": 10, "better": "higher", "count": True}],
    "actions": [
        {"id": "P1", "action": "Train", "contributes_to": ["T1.1"], "starts": Q2, "expected": {"impact": {Q3: ["red"]}}}
    ],
}
SAID = {
    "rating": "red",
    "update": "Hired one.",
    "recovery": {"plan": "Hire two", "by": "2018-12-31"},
    "evidence": [{"what": "Audit", "where": "file 3", "dated": "2018-09-01"}],
    "measures": {"m": 12},
    "restricted": {"reason": "One family", "by": "Sam"},
}
RECORD = {
    "summary": "It goes well.",
    "achievements": ["One"],
    "moderated": {"T1.1": {"impact": {"rating": "grey", "reason": "x", "board": "lscb", "on": "2018-10-20"}}},
    "asks": [{"id": "ask-1", "board": "lscb", "about": "T1.1", "ask": "Why?", "owner": "police", "due": "2018-11-01"}],
    "decisions": [{"resolves": "ask-1", "decision": "So", "board": "lscb", "on": "2018-11-01", "minute": "3"}],
}
FILES = {
    "plan": "plan/plan.yaml",
    "agency": "plan/agencies/police/agency.yaml",
    "return": f"plan/agencies/police/returns/{Q3}.yaml",
    "closed return": f"plan/agencies/police/returns/{Q2}.yaml",
    "sign-off": "plan/agencies/police/sign-off.yaml",
    "record": f"plan/board/{Q3}.yaml",
    "closed record": f"plan/board/{Q2}.yaml",
}
RATE = ("rate", "T1.1", "impact", "amber", "--agency", "police")
BY = ("--by", "Sam")
READING = (
    ("check",), ("check", "--format", "json"), ("check", "--agency", "police"), ("report", "--format", "md"),
    ("report", "--format", "md", "--edition", "public"), ("report", "--format", "md", "--agency", "police"),
    ("report", "--check"), ("status",), ("show",), ("show", "T1.1"), ("remind",), ("export",), ("forms", "-q", Q3),
)  # fmt: skip
WRITING = (
    (*RATE, "-q", Q3), (*RATE, "-q", Q2, "--amend", "Wrong", *BY), ("open", Q4), ("close", Q3, *BY, "--with-missing"),
    ("sign-off", "police", "--board", "Force board", "--on", "2018-11-01"),
    ("board", "ask", "Why?", "-q", Q3, "--board", "lscb"),
    ("board", "moderate", "T1.1", "process", "red", "-q", Q3, "--board", "lscb", "--reason", "x"),
)  # fmt: skip
WRITES_BESIDE = {"report", "export", "forms"}
"""Commands that write files for others, here into the folder `out`."""
AGENCIES = ("--agency", "Police", "--agency", "NPS")
INIT = ("init", "new", "--title", "A plan", *AGENCIES, "--first-quarter", "2018-19-Q2")


class Place:
    """A folder, what lies in it, and `jtai` in it."""

    def __init__(self, root: Path, jtai: Jtai) -> None:
        self.root, self.jtai, self.kept = root, jtai, _lying(root)

    def put(self, path: str, content: bytes) -> None:
        """Write a file that the next call finds, and that `tidy` puts back."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(content)

    def ended(self, *call: str) -> Ran:
        """`jtai` with *call*, which ends in a sentence."""
        ran = self.jtai(*call)
        assert ran.status in (0, 1, 2), (call, ran)
        assert ran.status == 0 or ran.out + ran.err != "", call
        assert "Traceback" not in ran.out + ran.err
        return ran

    def unchanged(self, *call: str) -> Ran:
        """`jtai` with *call*, which leaves every file as it was, but for those in `out`."""
        before = _lying(self.root)
        beside = ("--out", "out") if call[0] in WRITES_BESIDE and "--check" not in call else ()
        ran = self.ended(*call, *beside)
        assert _lying(self.root) == before, call
        return ran

    def tidy(self) -> None:
        """Let the folder be as it was at first."""
        now = _lying(self.root)
        for path in now.keys() - self.kept.keys():
            (self.root / path).unlink()
        for path, content in self.kept.items():
            if now.get(path) != content:
                self.put(path, content)


def _lying(root: Path) -> dict[str, bytes]:
    files = (each for each in root.rglob("*") if each.is_file())
    found = {each.relative_to(root).as_posix(): each for each in files}
    aside = (".git/", "out/", "plan/.jtai/")
    return {path: file.read_bytes() for path, file in found.items() if not path.startswith(aside)}


@pytest.fixture
def place(tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A plan that says something in nearly every field, with one period closed and amended. A fault is raised."""
    cells: Mapping[tuple[str, str], Any] = {("T1.1", "impact"): SAID, ("T1.1", "process"): "amber"}
    returns = {("police", period): return_values(period, cells) for period in (Q2, Q3)}
    returns["health", Q2] = return_values(Q2, {("T1.1", "impact"): "red"})
    written(tmp_path, PLAN, returns, {Q2: RECORD, Q3: {"asks": []}}, {"police": AGENCY})
    for call in (
        (*RATE, "-q", Q2, "--update", "Hired one"),
        ("close", Q2, *BY, "--on", "2018-10-31", "--with-missing"),
        ("rate", "T1.1", "impact", "grey", "--agency", "police", "-q", Q2, "--amend", "Wrong", *BY),
        ("sign-off", "police", "--board", "Force board", "--on", "2018-10-01"),
        ("board", "present", "-q", Q2, "--board", "lscb", "--on", "2018-11-10"),
    ):
        ran = jtai(*call)
        assert ran.status == 0, ran
    ran = jtai("check")
    assert ran.status == 0, ran
    return raising(tmp_path, jtai, monkeypatch)


def raising(root: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A place in which a fault of jtai is raised, so that it is seen where it is."""

    def reraise(error: Exception) -> str:
        raise error

    monkeypatch.setattr("jtai_plan.cli.fault.sentence", reraise)
    return Place(root, jtai)


@pytest.mark.parametrize("kind", FILES)
def test_a_slip_in_a_file_is_a_finding_or_nothing(place: Place, kind: str) -> None:
    text = place.kept[FILES[kind]].decode()

    @given(changed(text, IN_YAML), st.sampled_from(READING), st.sampled_from(WRITING))
    @tries(25)
    def each(now: str, reading: tuple[str, ...], writing: tuple[str, ...]) -> None:
        place.put(FILES[kind], now.encode("utf-8", "surrogatepass"))
        place.unchanged(*reading)
        place.ended(*writing)
        place.tidy()

    each()


@pytest.mark.parametrize("kind", FILES)
def test_a_slip_in_the_history_hides_no_commit(place: Place, kind: str) -> None:
    text = place.kept[FILES[kind]].decode()
    repo = a_repository(place.root)
    base = repo.commit("Begin")

    @given(changed(text, IN_YAML), st.sampled_from(("stays", "mended")))
    @tries(4)
    def each(now: str, then: str) -> None:
        place.put(FILES[kind], now.encode("utf-8", "surrogatepass"))
        place.unchanged("diff", base)
        repo.commit("Slip")
        if then == "mended":
            place.tidy()
            repo.commit("Mend")
        place.unchanged("diff", base, "HEAD", "--format", "json")
        assert base in place.unchanged("log", "--format", "json").out
        place.unchanged("log")
        place.unchanged("check", "--trail")
        repo.git("reset", "--quiet", "--hard", base)

    each()


@pytest.fixture
def form(place: Place) -> bytes:
    """The form of the police for Q3, which says what the return said once."""
    assert place.jtai("forms", "-q", Q3, "--out", "out").status == 0
    place.put(FILES["return"], f"period: {Q3}\n".encode())
    place.kept = _lying(place.root)
    return (place.root / f"out/{Q3}-police.xlsx").read_bytes()


def collect(place: Place, name: str, content: bytes) -> None:
    """Read a file as `collect` does, without writing and with; what is written is sound."""
    place.put(name, content)
    place.unchanged("collect", name, "--dry-run")
    if place.ended("collect", name, "--overwrite").status == 0:
        ran = place.jtai("check", "-q", Q3, "--format", "json")
        assert ran.status == 0, ran.out
    place.tidy()


def sheets(content: bytes, *others: str) -> list[str]:
    """The names of the parts of an office file that say the most."""
    return [each for each in parts_of(content) if "sheet" in each or each in others]


def test_any_change_of_a_form_is_refused_or_read(place: Place, form: bytes) -> None:
    @given(changed_zip(form, sheets(form, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml")))
    @tries(20)
    def each(content: bytes) -> None:
        collect(place, "form.xlsx", content)

    each()


def test_any_change_of_a_mail_is_refused_or_read(place: Place, form: bytes) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Our return", "Sam <sam@example.org>", "kit@example.org"
    mail.set_content("Attached: é.")
    mail.add_alternative("<p>Attached.</p>", subtype="html")
    mail.add_attachment(form, maintype="application", subtype="octet-stream", filename="fôrm.xlsx")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="x.pdf")
    text = mail.as_string()
    at = text.index("UEs")  # The form begins here: what lies before is the mail's own.
    odd = ("", "\n\n", "\n", "--", "=?utf-8?q?=ff?=", "=?x?b?!?=", "utf-8", "x-unknown", "base64", "quoted-printable",
           "8bit", "uuencode", "multipart/mixed", "message/rfc822", "text/plain", "boundary", "filename*0", "a.xlsx",
           "filename*", "utf-8''%ff.xlsx", "../../a.ods", "a.xls", "\0", ";", '"', "x" * 2000)  # fmt: skip

    @given(st.one_of(changed(text[:at], odd).map(lambda head: head + text[at:]), changed(text, odd)))
    @tries(15)
    def each(now: str) -> None:
        collect(place, "return.eml", now.encode("utf-8", "surrogatepass"))

    each()


@pytest.mark.parametrize("content", [b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"<xml/>", b"a,b"])
@pytest.mark.parametrize("end", ["xlsx", "xls", "ods", "eml"])
def test_any_bytes_are_refused_as_a_form(place: Place, end: str, content: bytes) -> None:
    @given(changed_bytes(content))
    @tries(2)
    def each(now: bytes) -> None:
        collect(place, f"form.{end}", now)

    each()


TABLE = rows(("1.1 Hire", "Police", "More"), ("1.2 Train", "NPS / Police", "x"), ("1.3 Tell", "A. Officer (NPS)", ""))
MADE: dict[str, Callable[[Path], Path]] = {
    "docx": lambda file: word(file, ("Heading 1", "A plan"), TABLE, ("Heading 2", "Theme 2: x"), TABLE[1:]),
    "xlsx": lambda file: excel(file, {"P": TABLE, "Q": [*TABLE, ("2.1 Go", "Police", 0.5)]}),
}


@pytest.mark.parametrize("end", MADE)
def test_any_change_of_a_plans_table_is_refused_or_read(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    name = f"table.{end}"
    content = MADE[end](tmp_path / name).read_bytes()
    place = raising(tmp_path, jtai, monkeypatch)
    assert place.unchanged(*INIT, "--from", name, "--dry-run").status == 0
    likely = sheets(content, "word/document.xml", "word/numbering.xml", "word/styles.xml", "xl/workbook.xml")

    @given(changed_zip(content, likely))
    @tries(20)
    def each(now: bytes) -> None:
        place.put(name, now)
        place.unchanged(*INIT, "--from", name, "--dry-run")

    each()


@pytest.mark.parametrize("name", ["board-report.md.j2", "board-report.html.j2"])
def test_any_change_of_a_template_is_an_error_in_it_or_another_report(place: Place, name: str) -> None:
    text = (packaged() / name).read_text(encoding="utf-8")

    @given(changed(text, IN_TEMPLATES))
    @tries(4)
    def each(now: str) -> None:
        place.put(f"templates/{name}", now.encode("utf-8", "surrogatepass"))
        ran = place.unchanged("report", "--format", name.split(".")[1], "-q", Q2)
        assert ran.status == 0 or "templates/" in ran.err
        place.tidy()

    each()
