"""`jtai report`: the committed reports whole, what a report says in which order, and that text stays text."""

import builtins
import json
import os
import re
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from cmarkgfm import github_flavored_markdown_to_html  # type: ignore[import-untyped]
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from docx import Document
from ruamel.yaml import YAML

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from hostile import HOSTILE, filled_in
from jtai_plan.output.report.html import script_source
from places import EXAMPLE, ROOT

PERIODS = ("2021-22-Q2", "2021-22-Q3", "2021-22-Q4", "2022-23-Q1")
REPORTS = [
    (ROOT, ["--edition", "plan"], "plan/plan"),
    (EXAMPLE, ["--edition", "plan"], "plan/plan"),
    *((EXAMPLE, ["-q", period], f"{period}/board-report") for period in PERIODS),
    (EXAMPLE, ["-q", PERIODS[-1], "--agency", "police"], f"{PERIODS[-1]}/agency-police-report"),
    (EXAMPLE, ["-q", PERIODS[-1], "--edition", "public"], f"{PERIODS[-1]}/public-report"),
    # What closing issued.
    *(
        (EXAMPLE, ["-q", period, "--agency", agency], f"{period}/agency-{agency}-report")
        for period in PERIODS[:2]
        for agency in ("police", "council", "health", "probation", "safeguarding-partnership")
    ),
]


@pytest.mark.parametrize(("root", "options", "name"), REPORTS)
def test_the_committed_reports_are_what_the_files_give(
    tmp_path: Path, jtai: Jtai, root: Path, options: list[str], name: str
) -> None:
    forms = formats_of(root, name)
    made = jtai("report", "--plan", str(root), *options, "--format", ",".join(forms), "--out", str(tmp_path))
    assert made.status == 0
    for form in forms:
        committed = root / f"reports/{name}.{form}"
        assert (tmp_path / f"{name}.{form}").read_bytes() == committed.read_bytes(), (
            f"{committed} is out of date. Read the difference, and if it is right: "
            f"jtai report --plan {root.relative_to(ROOT)} {' '.join(options)} --format {form}"
        )


def formats_of(root: Path, name: str) -> tuple[str, ...]:
    """The formats in which the report *name* is committed: a plan and a last report in all four."""
    whole = (ROOT, "plan/plan"), (EXAMPLE, f"{PERIODS[-1]}/board-report")
    return ("md", "html", "pdf", "docx") if (root, name) in whole else ("md", "html")


def test_every_committed_report_is_compared() -> None:
    committed = {file for root in (ROOT, EXAMPLE) for file in (root / "reports").rglob("*.*")}
    assert committed == {
        root / f"reports/{name}.{form}" for root, _, name in REPORTS for form in formats_of(root, name)
    }


def test_the_same_files_give_the_same_bytes_elsewhere_and_in_another_time_zone(tmp_path: Path) -> None:
    elsewhere = shutil.copytree(EXAMPLE / "plan", tmp_path / "ein anderer Ort/plan").parent
    environment = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "jtai_plan", "report", "-q", PERIODS[-1], "--format", "md,html,pdf,docx"]
    subprocess.run(command, cwd=elsewhere, env=environment, check=True, capture_output=True)
    for form in ("md", "html", "pdf", "docx"):
        name = f"reports/{PERIODS[-1]}/board-report.{form}"
        assert (elsewhere / name).read_bytes() == (EXAMPLE / name).read_bytes()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    values = plan_values(
        an_action("T1.1", "police", "health"), an_action("T1.2", "police"), an_action("T1.3", "health", starts=Q3)
    )
    first = {("T1.1", each): "red" for each in ("process", "impact", "performance")}
    return written(
        tmp_path,
        values,
        {
            ("police", Q2): return_values(Q2, {**first, ("T1.2", "process"): "grey", ("T1.2", "impact"): "grey"}),
            ("health", Q2): return_values(Q2, first),
            ("police", Q3): return_values(
                Q3,
                {
                    ("T1.1", "process"): {"rating": "red", "update": "Slipped.", "recovery": {"plan": "Hire"}},
                    ("T1.1", "impact"): "amber",
                    ("T1.2", "process"): "amber",
                    ("T1.2", "impact"): "grey",
                },
            ),
            ("health", Q3): return_values(Q3, {("T1.1", "process"): "blue", ("T1.3", "impact"): "blue"}),
        },
    )


def headings(markdown: str) -> list[str]:
    return re.findall(r"^#{1,3} (.+)$", markdown, flags=re.MULTILINE)


def test_the_page_that_decides_comes_first_then_every_action_then_the_themes_and_the_key(
    plan: Path, jtai: Jtai
) -> None:
    jtai("report", "-q", Q3)
    assert headings((plan / f"reports/{Q3}/board-report.md").read_text()) == [
        "A plan: progress report for Q3 2018/19",
        "Behind, worst first (2)",
        "Also to know",
        "Every action",
        "By theme",
        "T1 Strategy",
        "Assurance",
        "Questions to ask",
        "Key",
        "Red (R)",
        "Amber (A)",
        "Blue (B)",
        "Grey (G)",
        "What is expected by when",
    ]


def test_what_is_said_of_a_late_cell(plan: Path, jtai: Jtai) -> None:
    jtai("report", "-q", Q3)
    assert """\
## Behind, worst first (2)

| Action | Rating | Behind for | Lead agency | What will be done, by when |
| --- | --- | --- | --- | --- |
| **T1.1 Process/activity** Do T1.1 | Red; Amber or Blue expected | new | Police | Hire, no day given |
| **T1.2 Impact** Do T1.2 | Grey; Amber expected | 2 periods | Police | no plan recorded, no day given |

## Also to know
""" in (plan / f"reports/{Q3}/board-report.md").read_text()


def test_the_two_formats_say_the_same(plan: Path, jtai: Jtai) -> None:
    jtai("report", "-q", Q3)
    folder = plan / f"reports/{Q3}"
    in_markdown, in_html = (
        [heading.replace(" (R)", "").replace(" (A)", "").replace(" (B)", "").replace(" (G)", "") for heading in several]
        for several in (
            headings((folder / "board-report.md").read_text()),
            [
                re.sub(r"^[RABG](?=Red|Amber|Blue|Grey)", "", words(each))
                for each in html(folder / "board-report.html").iter()
                if each.tag in ("h1", "h2", "h3") and each.get("id") != "contents"
            ],
        )
    )
    assert in_html == in_markdown


def test_the_first_period_has_nothing_to_compare_with(plan: Path, jtai: Jtai) -> None:
    jtai("report", "-q", Q2)
    text = (plan / f"reports/{Q2}/board-report.md").read_text()
    assert "was)" not in text
    assert "(was" not in text


def test_it_says_which_period_it_took_and_where_the_files_lie(plan: Path, jtai: Jtai) -> None:
    ran = jtai("report")
    assert ran.err == "Reporting Q3 2018/19, the latest period that has a rating.\n"
    assert ran.out == f"reports/{Q3}/board-report.md\nreports/{Q3}/board-report.html\n"


def test_with_no_rating_at_all_it_is_the_plan_as_agreed(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    ran = jtai("report", "--format", "md")
    assert ran.err == "No period has a rating yet: this is the plan as agreed.\n"
    assert ran.out == "reports/plan/plan.md\n"


def test_an_empty_period_is_reported_when_it_is_asked_for(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    assert jtai("report", "-q", Q2, "--out", "elsewhere").out.startswith(f"elsewhere/{Q2}/board-report.md\n")


def test_a_return_that_cannot_be_read_is_said_in_the_report_and_beside_it(plan: Path, jtai: Jtai) -> None:
    (plan / f"plan/agencies/health/returns/{Q3}.yaml").write_text("period: [\n")
    ran = jtai("report", "-q", Q3)
    fault = f"plan/agencies/health/returns/{Q3}.yaml:2:1: the file is not YAML"
    assert fault in ran.err
    text = (plan / f"reports/{Q3}/board-report.md").read_text()
    assert "Health: 6 ratings, its return could not be read: plan/agencies/health" in text


def inputs_in(text: str) -> str:
    """The digest that a report ends with."""
    (digest,) = re.findall(r"Inputs: (sha256:[0-9a-f]{64}) \(a digest of the files", text)
    return str(digest)


def end_of(file: Path) -> str:
    """The last line of a report."""
    if file.suffix == ".docx":
        return Document(str(file)).paragraphs[-1].text
    if file.suffix == ".html":
        return words(next(iter(html(file).iter("footer"))))
    return file.read_text(encoding="utf-8").splitlines()[-1]


def test_every_format_of_the_reports_of_a_period_ends_with_the_same_digest_of_its_inputs(
    plan: Path, jtai: Jtai
) -> None:
    for options in ((), ("--agency", "all")):
        assert jtai("report", "-q", Q3, *options, "--format", "md,html,docx").status == 0
    files = list((plan / "reports" / Q3).iterdir())
    assert len(files) == 3 * 3
    (digest,) = {inputs_in(end_of(file)) for file in files}
    jtai("report", "-q", Q2, "--format", "md")
    assert inputs_in(end_of(plan / f"reports/{Q2}/board-report.md")) != digest
    jtai("report", "--edition", "plan", "--format", "md,html")
    assert len({digest, *(inputs_in(end_of(file)) for file in (plan / "reports/plan").iterdir())}) == 2


def test_the_public_edition_has_no_digest_by_which_what_is_withheld_could_be_guessed(plan: Path, jtai: Jtai) -> None:
    assert jtai("report", "-q", Q3, "--edition", "public", "--format", "md,html,docx").status == 0
    files = list((plan / "reports" / Q3).iterdir())
    assert len(files) == 3
    assert [file.name for file in files if "sha256" in end_of(file)] == []


def test_a_report_is_as_it_was_once_a_later_quarter_has_come(plan: Path, jtai: Jtai) -> None:
    options = ("report", "-q", Q2, "--format", "md,html")
    assert jtai(*options).status == 0
    jtai("rate", "T1.1", "impact", "blue", "--agency", "police", "-q", Q3, "--update", "Done")
    file = plan / "plan/plan.yaml"
    values = YAML().load(file)
    values["themes"][0]["actions"][2]["withdrawn"] = {"from": Q3, "board": "lscb", "on": "2018-11-01", "reason": "Done"}
    YAML().dump(values, file)
    assert jtai(*options, "--check").status == 0
    jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2)
    assert jtai(*options, "--check").status == 1


def test_a_faulty_plan_is_not_reported(plan: Path, jtai: Jtai) -> None:
    file = plan / "plan/plan.yaml"
    file.write_text(file.read_text().replace("title:", "titel:"))
    ran = jtai("report")
    assert (ran.status, ran.out) == (1, "")
    assert "Nothing can be judged until plan/plan.yaml is corrected." in ran.err
    assert not (plan / "reports").exists()


def test_a_revised_expectation_is_shown_against_the_original(tmp_path: Path, jtai: Jtai) -> None:
    revision = {
        "from": Q3,
        "expected": {"impact": {Q3: ["red"]}},
        "board": "lscb",
        "on": "2018-10-20",
        "minute": "4",
        "reason": "The post was empty",
    }
    cells = {("T1.1", "impact"): "red", ("T1.1", "process"): "amber"}
    written(
        tmp_path,
        plan_values(an_action("T1.1", "police", revised=[revision])),
        {("police", period): return_values(period, cells) for period in (Q2, Q3)},
    )
    jtai("report", "-q", Q3, "--format", "md")
    text = (tmp_path / f"reports/{Q3}/board-report.md").read_text()
    assert (
        "- Revised: behind by the original plan (amber was expected by Q3 2018/19), on track by the revised "
        "one; The LSCB, 20 October 2018, minute 4: The post was empty\n"
    ) in text
    assert text.count("- Revised: ") == 1
    assert "### Expectations that boards revised (1)\n\n- T1.1 from Q3 2018/19: impact red by Q3 2018/19; " in text
    jtai("report", "-q", Q2, "--format", "md")
    assert "revised" not in (tmp_path / f"reports/{Q2}/board-report.md").read_text().lower()


def test_a_withdrawn_action_is_expected_nothing_more_and_says_why(tmp_path: Path, jtai: Jtai) -> None:
    withdrawal = {"from": Q3, "board": "lscb", "on": "2018-10-20", "reason": "Merged with T1.2"}
    written(tmp_path, plan_values(an_action("T1.1", "police", withdrawn=withdrawal), an_action("T1.2", "police")))
    jtai("report", "-q", Q3, "--format", "md")
    text = (tmp_path / f"reports/{Q3}/board-report.md").read_text()
    assert "- Withdrawn: from Q3 2018/19, by The LSCB on 20 October 2018: Merged with T1.2\n" in text
    assert "##### T1.1 Impact: no rating, not due\n" in text
    assert "none chosen for T1.2\n" in jtai("check", "-q", Q3).out
    assert "none chosen for T1.1 and T1.2\n" in jtai("check", "-q", Q2).out


OWN = {
    "name": "The Police",
    "governance_board": {"name": "Police Board"},
    "actions": [{"id": "p-1", "action": "Own work", "contributes_to": ["T1.2"], "expected": {"impact": {Q3: ["red"]}}}],
}


@pytest.fixture
def with_own_action(plan: Path, jtai: Jtai) -> Path:
    YAML().dump(OWN, plan / "plan/agencies/police/agency.yaml")
    assert jtai("rate", "p-1", "impact", "amber", "-q", Q3, "--update", "Ahead").out == (
        "p-1 impact, Q3 2018/19, The Police: no return → amber; red was expected: ahead\n"
    )
    return plan


def test_an_agencys_own_report_holds_what_it_leads_and_what_is_awaited_from_it(
    with_own_action: Path, jtai: Jtai
) -> None:
    ran = jtai("report", "-q", Q3, "--agency", "The Police", "--format", "md")
    assert ran.out == f"reports/{Q3}/agency-police-report.md\n"
    text = (with_own_action / f"reports/{Q3}/agency-police-report.md").read_text()
    assert headings(text)[:7] == [
        "A plan: The Police, progress report for Q3 2018/19",
        "Behind, worst first (2)",
        "Also to know",
        "Every action",
        "By theme",
        "T1 Strategy",
        "Agencies’ additional actions",
    ]
    assert "For: Police Board." in text
    assert "T1.3" not in text
    assert "- **Not heard from (1):** The Police: 2 ratings, 1 of them for two periods or more\n" in text


def test_all_agencies_have_one_each(with_own_action: Path, jtai: Jtai) -> None:
    assert jtai("report", "-q", Q3, "--agency", "all", "--format", "html").out == (
        f"reports/{Q3}/agency-police-report.html\nreports/{Q3}/agency-health-report.html\n"
    )


def test_additional_actions_stand_under_the_theme_they_serve_and_count_in_no_total(
    with_own_action: Path, jtai: Jtai
) -> None:
    jtai("report", "-q", Q3, "--format", "md")
    text = (with_own_action / f"reports/{Q3}/board-report.md").read_text()
    after = headings(text)[headings(text).index("By theme") :]
    assert after[:4] == [
        "By theme",
        "T1 Strategy",
        "Agencies’ additional actions",
        "T1 Strategy: additional actions",
    ]
    assert "#### p-1 Own work\n\n- Lead: The Police\n- Contributes to: T1.2\n" in text
    assert "##### p-1 Impact: Amber (A), ahead\n" in text
    assert "Of 9 ratings that are due." in text
    assert {cell["action"] for cell in json.loads(jtai("check", "--format", "json").out)["cells"]} == {
        "T1.1",
        "T1.2",
        "T1.3",
    }


def test_an_agencys_own_action_has_its_history_too(with_own_action: Path, jtai: Jtai) -> None:
    told = jtai("show", "p-1").out
    assert told.startswith("p-1 Own work\nAdditional action; contributes to T1.2\nLead: The Police\n")
    assert "  Impact: amber, ahead; red was expected by Q3 2018/19\n      Ahead\n" in told


@pytest.mark.parametrize("edition", ["plan", "public", "board"])
def test_an_agencys_own_report_has_no_edition(plan: Path, jtai: Jtai, edition: str) -> None:
    ran = jtai("report", "--edition", edition, "--agency", "police")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (f"jtai: an agency's own report has no {edition} edition. Leave out --agency or --edition.\n")


def test_a_format_whose_library_is_not_there_is_said_in_one_sentence(
    plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("typst", "jtai_plan.output.report.pdf"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr("builtins.__import__", without("typst"))
    ran = jtai("report", "-q", Q3, "--format", "md,pdf")
    assert (ran.status, ran.err) == (
        2,
        (
            "jtai: --format pdf needs typst, which is not available for this machine. "
            "Make it elsewhere, or ask for md or html. Nothing was written.\n"
        ),
    )
    assert not (plan / "reports").exists()


def without(module: str) -> Callable[..., Any]:
    """An import that does not find *module*."""
    real = builtins.__import__

    def found(name: str, *rest: Any) -> Any:
        if name == module:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        return real(name, *rest)

    return found


def test_what_was_written_can_be_opened(plan: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def opens(address: str) -> bool:
        opened.append(address)
        return len(opened) > 1

    monkeypatch.setattr(webbrowser, "open", opens)
    ran = jtai("report", "-q", Q3, "--open")
    folder = (plan / f"reports/{Q3}").as_uri()
    assert opened == [f"{folder}/board-report.html"]
    assert ran.err == f"reports/{Q3}/board-report.html could not be opened. Open it yourself.\n"
    assert jtai("report", "-q", Q3, "--open", "--format", "md,docx").status == 0
    assert opened[1:] == [f"{folder}/board-report.docx"]


def html(file: Path) -> Element:
    """The elements of *file*, which the standard's own parser reads without a fault."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True)
    with file.open("rb") as stream:
        tree: Element = parser.parse(stream, transport_encoding="utf-8")
    return tree


def words(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


@pytest.mark.parametrize(
    "file", sorted(each for root in (ROOT, EXAMPLE) for each in (root / "reports").rglob("*.html"))
)
def test_the_html_stands_by_itself_and_has_a_sound_structure(file: Path) -> None:
    tree = html(file)
    elements = list(tree.iter())
    assert tree.get("lang") == "en-GB"
    assert not [each.tag for each in elements if each.tag in ("img", "link", "iframe", "object")]
    assert not [each for each in elements if each.get("src") or each.get("action")]
    scripts = [each.text or "" for each in elements if each.tag == "script"]
    (policy,) = (str(each.get("content")) for each in elements if each.get("http-equiv"))
    assert f"script-src {script_source(''.join(scripts))};" in policy
    assert len(scripts) == int("report" in file.name)
    levels = [int(each.tag[1]) for each in elements if re.fullmatch(r"h[1-6]", str(each.tag))]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    ids = [each.get("id") for each in elements if each.get("id")]
    assert len(ids) == len(set(ids))
    links = [str(each.get("href")) for each in elements if each.tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert all(each.get("scope") in ("row", "col", "colgroup") for each in elements if each.tag == "th")
    assert all(next(iter(each)).tag == "caption" for each in elements if each.tag == "table")
    assert not re.search(r"url\((?!#)", file.read_text(encoding="utf-8"))


def words_of_page(file: Path) -> str:
    """What the page of *file* says, without the names below the bars of its charts, which are cut short."""
    tree = html(file)
    for each in tree.iter():
        if str(each.tag).endswith("}text"):
            each.text = ""
    return words(tree)


def elements_of_html(file: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    # What these say is for people to read or for the script to compare: it is text.
    texts = ("aria-label", "data-agencies", "data-dimension")
    for each in html(file).iter():
        yield str(each.tag), {key: "" if key in texts else value for key, value in each.attrib.items()}


def elements_of_markdown(file: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    made: str = github_flavored_markdown_to_html(file.read_text(encoding="utf-8"), options=Options.CMARK_OPT_UNSAFE)
    for each in html5lib.parseFragment(made, treebuilder="etree", namespaceHTMLElements=False).iter():
        # An escaped dollar has an element of its own, and an escaped at sign a comment; neither shows anything.
        if isinstance(each.tag, str) and each.tag != "span":
            yield each.tag, each.attrib


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("edition", ["plan", "board"])
@pytest.mark.parametrize(("form", "elements"), [("html", elements_of_html), ("md", elements_of_markdown)])
def test_text_that_people_typed_comes_out_as_text(
    tmp_path: Path,
    jtai: Jtai,
    text: str,
    edition: str,
    form: str,
    elements: Callable[[Path], Iterator[tuple[str, Mapping[str, str]]]],
) -> None:
    made = {}
    for name, typed in (("harmless", "Harmless"), ("hostile", text)):
        plan, returned, record, agency = filled_in(typed)
        root = written(tmp_path / name, plan, {("police", Q2): returned}, {Q2: record}, {"police": agency})
        ran = jtai("report", "--plan", str(root), "--edition", edition, "--format", form, "--out", str(root / "out"))
        assert (ran.status, ran.err.count("Traceback")) == (0, 0)
        made[name] = next((root / "out").rglob(f"*.{form}"))
    assert list(elements(made["hostile"])) == list(elements(made["harmless"]))
    shown = made["hostile"].read_text(encoding="utf-8")
    if form == "html":
        shown, harmless = (words_of_page(made[each]) for each in ("hostile", "harmless"))
        assert shown.count(" ".join(text.split())) >= harmless.count("Harmless")
