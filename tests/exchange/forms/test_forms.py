"""Forms go out and come back: nothing is lost or misread, whatever happens to the spreadsheet."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from builders import Q2, Q3, Jtai, a_partnership, a_plan, a_return, an_action, plan_values, return_values, written
from hostile import rewritten
from jtai_plan.exchange.forms import layout
from jtai_plan.exchange.forms.read import read_form
from jtai_plan.exchange.forms.write import form
from jtai_plan.files.load import load
from jtai_plan.model.returns import Cell

MEASURE = {"id": "referrals", "action": "T1.1", "dimension": "performance", "description": "Referrals", "target": 60}
FORM = f"forms/{Q3}/{Q3}-police.xlsx"
RETURN = f"plan/agencies/police/returns/{Q3}.yaml"


@pytest.fixture
def plan(tmp_path: Path, jtai: Jtai) -> Path:
    """A plan whose police have a form for Q3."""
    values = plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "police"))
    before = {("T1.1", "impact"): "red", ("T1.2", "process"): "amber"}
    returns = {("police", Q2): return_values(Q2, before)}
    root = written(tmp_path, values, returns, {Q3: {"asks": []}}, {"police": {"name": "Police", "measures": [MEASURE]}})
    assert jtai("forms", "-q", Q3).status == 0
    return root


def fill(plan: Path, change: Callable[[Workbook], None]) -> Path:
    """Do *change* to the form of the police, as somebody does in a spreadsheet."""
    file = plan / FORM
    book = load_workbook(file)
    change(book)
    book.save(file)
    return file


def row_of(book: Workbook, reference: str, sheet: str = "Return") -> int:
    return next(int(each.row) for each in book[sheet]["A"] if each.value == reference)


def put(book: Workbook, reference: str, heading: str, value: Any, sheet: str = "Return") -> None:
    heads = next(row for row in book[sheet].iter_rows() if any(each.value == heading for each in row))
    column = next(each.column for each in heads if each.value == heading)
    book[sheet].cell(row_of(book, reference, sheet), column).value = value


def answers(book: Workbook) -> None:
    put(book, "T1.1/impact", "Rating", "Amber")
    put(book, "T1.1/impact", "Update", "Sampled 40 files.\nFindings to the board.")
    put(book, "T1.1/impact", "Evidence 1: what", "Audit")
    put(book, "T1.1/impact", "Evidence 1: date", datetime(2018, 12, 1))  # noqa: DTZ001
    put(book, "T1.2/process", "Rating", "red")
    put(book, "T1.2/process", "Recovery: what", "Hire")
    put(book, "T1.2/process", "Recovery: by when", "31/03/2019")
    put(book, "T1.1/performance", "Rating", "grey")
    put(book, "referrals", "Value", 61, "Measures")
    put(book, "prepared/by", "Answer", "A. Officer", "About")


def collected(plan: Path) -> dict[str, Any]:
    returned = load(plan).trusted().returns["police", Q3]
    return returned.model_dump(exclude_none=True, exclude_defaults=True)


EXPECTED = {
    "period": Q3,
    "prepared": {"by": "A. Officer"},
    "approved": {},
    "actions": {
        "T1.1": {
            "process": {},
            "impact": {
                "rating": "amber",
                "update": "Sampled 40 files.\nFindings to the board.",
                "evidence": ({"what": "Audit", "dated": date(2018, 12, 1)},),
            },
            "performance": {"rating": "grey", "measures": {"referrals": 61.0}},
        },
        "T1.2": {
            "process": {"rating": "red", "recovery": {"plan": "Hire", "by": date(2019, 3, 31)}},
            "impact": {},
            "performance": {},
        },
    },
}


def test_answers_in_a_form_are_recorded_in_the_return(plan: Path, jtai: Jtai) -> None:
    fill(plan, answers)
    ran = jtai("collect", FORM)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        f"{FORM}: Police, Q3 2018/19\n"
        "  T1.1 impact: no return → amber; update and evidence\n"
        "  T1.1 performance: no return → grey; measures\n"
        "  T1.2 process/activity: no return → red; recovery\n"
        "  Who filled this in? A. Officer\n"
    )
    assert collected(plan) == EXPECTED


def test_collecting_a_form_again_changes_nothing(plan: Path, jtai: Jtai) -> None:
    fill(plan, answers)
    jtai("collect", FORM)
    before = (plan / RETURN).read_bytes()
    assert jtai("collect", FORM).out == f"{FORM}: Police, Q3 2018/19: no changes\n"
    assert (plan / RETURN).read_bytes() == before


def test_a_dry_run_prints_the_changes_and_writes_nothing(plan: Path, jtai: Jtai) -> None:
    fill(plan, answers)
    assert "no return → amber" in jtai("collect", "--dry-run", FORM).out
    assert not (plan / RETURN).exists()


def test_the_same_files_give_the_same_form(plan: Path, jtai: Jtai) -> None:
    before = (plan / FORM).read_bytes()
    jtai("forms", "-q", Q3)
    assert (plan / FORM).read_bytes() == before


def test_a_form_shows_the_last_rating_and_what_is_expected(plan: Path) -> None:
    sheet = load_workbook(plan / FORM)["Return"]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["T1.1/impact"][1:6] == ("T1.1 Do T1.1", "Impact", None, "Amber", "Red")
    assert rows["T1.2/process"][1:6] == ("T1.2 Do T1.2", "Process/activity", None, "Amber or Blue", "Amber")
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert not sheet["G6"].protection.locked
    assert sheet["F6"].protection.locked
    lists = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    assert {each.formula1 for each in lists} == {'"Red,Amber,Blue,Grey"'}


def test_a_form_is_filled_in_with_what_was_returned_already(plan: Path, jtai: Jtai) -> None:
    jtai("rate", "T1.2", "process", "blue", "--agency", "police", "-q", Q3, "--update", "Done", "--evidence", "Minutes")
    jtai("forms", "-q", Q3)
    assert "no changes" in jtai("collect", FORM).out
    fill(plan, lambda book: put(book, "T1.2/process", "Rating", None))
    assert "T1.2 process/activity: blue → no return" in jtai("collect", FORM).out
    assert load(plan).trusted().rating("police", "T1.2", "process", Q3) is None


def test_a_rating_that_changed_since_is_replaced_only_with_overwrite(plan: Path, jtai: Jtai) -> None:
    fill(plan, answers)
    jtai("rate", "T1.1", "impact", "blue", "--agency", "police", "-q", Q3)
    before = (plan / RETURN).read_bytes()
    ran = jtai("collect", FORM)
    assert ran.status == 1
    assert ran.err == (
        f"jtai: {FORM}: T1.1 impact of Police has changed since this form was made. The return now says blue. "
        "Make a new form, or use --overwrite to take this one.\n"
        "Nothing was written from this form.\n1 of 1 form refused.\n"
    )
    assert (plan / RETURN).read_bytes() == before
    assert jtai("collect", FORM, "--overwrite").status == 0
    assert collected(plan) == EXPECTED


def test_an_answer_that_changed_since_is_replaced_only_with_overwrite(plan: Path, jtai: Jtai) -> None:
    fill(plan, lambda book: put(book, "approved/minute", "Answer", "4.1", "About"))
    jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q3)
    assert jtai("sign-off", "police", "-q", Q3, "--board", "Board", "--on", "2019-01-10", "--minute", "7").status == 0
    ran = jtai("collect", FORM)
    asked = "the answer to 'Where is this in the minutes?' has changed since this form was made. "
    assert ran.err.startswith(f"jtai: {FORM}: {asked}")
    assert (
        jtai("collect", FORM, "--overwrite").out == f"{FORM}: Police, Q3 2018/19\n  Where is this in the minutes? 4.1\n"
    )
    approved = load(plan).trusted().returns["police", Q3].approved
    assert approved is not None
    assert (approved.board, approved.minute) == ("Board", "4.1")


def test_ratings_whose_labels_fit_no_list_are_typed(tmp_path: Path, jtai: Jtai) -> None:
    values = plan_values()
    values["scale"]["red"]["label"] = "Red, or slipped"
    values["scale"]["grey"]["label"] = 'Not "begun"' + " at all" * 40
    values["periods"][Q3]["label"] = "Q3 & more"
    written(tmp_path, values)
    assert jtai("forms", "-q", Q3).status == 0
    fill(tmp_path, lambda book: put(book, "T1.1/impact", "Rating", "red, or SLIPPED"))
    assert jtai("collect", FORM).status == 0
    assert load(tmp_path).trusted().rating("police", "T1.1", "impact", Q3) == "red"


def test_an_untouched_answer_does_not_undo_a_later_rating(plan: Path, jtai: Jtai) -> None:
    fill(plan, lambda book: put(book, "T1.2/process", "Rating", "blue"))
    jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q3)
    assert jtai("collect", FORM).status == 0
    assert load(plan).trusted().rating("police", "T1.1", "impact", Q3) == "amber"


REFUSED: dict[str, tuple[Callable[[Workbook], Any], str]] = {
    "a blend of ratings": (
        lambda book: put(book, "T1.1/impact", "Rating", "Amber/Red"),
        "sheet 'Return', cell G7: 'Amber/Red' is not a rating. Choose Red, Amber, Blue or Grey, or leave it empty.",
    ),
    "a rating of another scale": (
        lambda book: put(book, "T1.1/impact", "Rating", "green"),
        "sheet 'Return', cell G7: 'green' is not a rating. Choose Red, Amber, Blue or Grey, or leave it empty.",
    ),
    "a date that is not one": (
        lambda book: put(book, "T1.1/impact", "Recovery: by when", "end of March"),
        "sheet 'Return', cell J7: 'end of March' is not a date. Write it as 31/12/2018.",
    ),
    "a number in words": (
        lambda book: put(book, "referrals", "Value", "about 60", "Measures"),
        "sheet 'Measures', cell H5: 'about 60' is not a number. Write only the number, such as 61.",
    ),
    "evidence without what": (
        lambda book: put(book, "T1.2/impact", "Evidence 1: where", "Shared drive"),
        "sheet 'Return', cell K10 is empty but the cells beside it are not. Say what the evidence is.",
    ),
    "a control character": (
        lambda book: put(book, "T1.1/impact", "Update", "read \u202ethis"),
        "sheet 'Return', cell H7: the text has a hidden control character. Type the text again.",
    ),
    "a row deleted": (
        lambda book: book["Return"].delete_rows(row_of(book, "T1.2/impact")),
        "the row of T1.2 impact is missing. Put it back, or use a new form.",
    ),
    "a row added": (
        lambda book: book["Return"].append([None, "T1.3 Another"]),
        (
            "sheet 'Return', row 12 was added, and it is not clear what it is about. "
            "Move its text to one of the rows above, then delete it."
        ),
    ),
    "a sheet copied": (
        lambda book: book.copy_worksheet(book["Return"]),
        "sheet 'Return Copy', row 6: T1.1 process is there twice. Delete one of the two rows.",
    ),
    "merged cells": (
        lambda book: book["Return"].merge_cells("G7:H7"),
        "sheet 'Return', cell G7 and cell H7 are merged. Unmerge them.",
    ),
    "the hidden sheet deleted": (
        lambda book: book.remove(book["jtai"]),
        "this form was not made by jtai forms, or by another version. Copy the answers into a new one.",
    ),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_fault_in_a_form_is_reported_with_its_place_and_nothing_is_written(
    plan: Path, jtai: Jtai, change: Callable[[Workbook], Any], said: str
) -> None:
    fill(plan, answers)
    fill(plan, change)
    ran = jtai("collect", FORM)
    assert (ran.status, ran.out) == (1, "")
    assert f"{FORM}: {said}\n" in ran.err
    assert not (plan / RETURN).exists()


def test_all_faults_are_reported_at_once(plan: Path, jtai: Jtai) -> None:
    for reference in ("T1.1/impact", "T1.2/impact"):
        fill(plan, lambda book, where=reference: put(book, where, "Rating", "purple"))  # type: ignore[misc]
    assert jtai("collect", FORM).err.count("'purple' is not a rating") == 2


def sort_rows(book: Workbook) -> None:
    """Put the rows in another order, hidden references and all."""
    sheet = book["Return"]
    rows = [[cell.value for cell in sheet[number]] for number in range(6, 12)]
    for number, row in zip(range(6, 12), reversed(rows), strict=True):
        for cell, value in zip(sheet[number], row, strict=True):
            cell.value = value


TAKEN: dict[str, Callable[[Workbook], Any]] = {
    "nothing": lambda _: None,
    "spaces and capitals": lambda book: put(book, "T1.1/impact", "Rating", " AMBER "),
    "the letter alone": lambda book: put(book, "T1.1/impact", "Rating", "a"),
    "a number typed as text": lambda book: put(book, "referrals", "Value", "61", "Measures"),
    "a day typed in words": lambda book: put(book, "T1.2/process", "Recovery: by when", "31 March 2019"),
    "a sheet renamed": lambda book: setattr(book["Return"], "title", "Our answers"),
    "protection removed": lambda book: setattr(book["Return"].protection, "sheet", False),
    "a column moved": lambda book: book["Return"].insert_cols(7),
    "rows sorted": sort_rows,
    "a link to another workbook": lambda book: book.create_sheet("Links").append(["='[other.xlsx]Sheet1'!A1"]),
    "a row hidden": lambda book: setattr(book["Return"].row_dimensions[7], "hidden", True),
    "lines above": lambda book: book["Return"].insert_rows(1, 3),
    "a sheet of one's own": lambda book: book.create_sheet("Notes").append(["mine"]),
}


@pytest.mark.parametrize("change", TAKEN.values(), ids=TAKEN.keys())
def test_harmless_changes_to_a_form_are_accepted(plan: Path, jtai: Jtai, change: Callable[[Workbook], Any]) -> None:
    fill(plan, answers)
    fill(plan, change)
    assert jtai("collect", FORM).status == 0
    assert collected(plan) == EXPECTED


def bomb(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 101_000_000)


def with_macros(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"")


def with_entities(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>")


NOT_FORMS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "cut short": (
        lambda file: file.write_bytes(file.read_bytes()[:3000]),
        "it cannot be read as a workbook (File is not a zip file). Save it in Excel as .xlsx.",
    ),
    "a .csv named .xlsx": (
        lambda file: file.write_text("a,b\n1,2\n"),
        "it cannot be read as a workbook (File is not a zip file)",
    ),
    "empty": (lambda file: file.write_bytes(b""), "it cannot be read as a workbook (File is not a zip file)"),
    "a password": (
        lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0" * 9),
        "it has a password, or is in an old format. Save it in Excel as .xlsx without a password.",
    ),
    "a zip bomb": (bomb, "it unpacks to more than 100 MB"),
    "100 MB": (lambda file: os.truncate(file, 100_000_000), "the file is 100 MB; the limit is 10 MB."),
    "macros": (with_macros, "it holds macros. Save it in Excel as .xlsx without macros."),
    "a cell far away": (
        rewritten(
            "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<c r="G7"', b'<c r="XFD1048576" t="b"><v>1</v></c><c')
        ),
        "a sheet goes on to row 1,048,576 and column 16,384; the limit is 20,000 rows and 5,000,000 cells.",
    ),
    "XML entities": (with_entities, "it declares XML entities, which no office program does."),
}


@pytest.mark.parametrize(("change", "said"), NOT_FORMS.values(), ids=NOT_FORMS.keys())
def test_a_file_that_is_not_a_form_is_refused_in_one_sentence(
    plan: Path, jtai: Jtai, change: Callable[[Path], Any], said: str
) -> None:
    change(plan / FORM)
    ran = jtai("collect", FORM)
    assert (ran.status, ran.out, "Traceback" in ran.err) == (1, "", False)
    assert said in ran.err
    assert not (plan / RETURN).exists()


def test_a_form_of_another_plan_or_an_earlier_one_is_refused(plan: Path, jtai: Jtai) -> None:
    text = (plan / "plan/plan.yaml").read_text()
    (plan / "plan/plan.yaml").write_text(text.replace("Do T1.2", "Do T1.2 soon"))
    assert "the plan has changed since this form was made" in jtai("collect", FORM).err
    (plan / "plan/plan.yaml").write_text(text.replace("A plan", "Another plan"))
    assert "this form belongs to another plan, 'A plan'." in jtai("collect", FORM).err


def test_a_form_of_a_closed_period_is_refused(plan: Path, jtai: Jtai) -> None:
    fill(plan, answers)
    for period in (Q2, Q3):
        assert jtai("close", period, "--by", "Me", "--on", "2019-01-31", "--with-missing").status == 0
    ran = jtai("collect", FORM)
    assert f"{FORM}: Q3 2018/19 was closed on 31 January 2019." in ran.err


def test_a_form_that_does_not_exist_is_an_error(plan: Path, jtai: Jtai) -> None:
    assert jtai("collect", "nowhere.xlsx").err == "jtai: nowhere.xlsx: there is no such file. Nothing was written.\n"
    (plan / "empty").mkdir()
    assert jtai("collect", "empty").err == "jtai: there is no form in empty. Nothing was written.\n"


def test_one_refused_form_does_not_hold_up_the_others(plan: Path, jtai: Jtai) -> None:
    fill(plan, answers)
    (plan / f"forms/{Q3}/a folder.xlsx").mkdir()
    (plan / f"forms/{Q3}/a link.xlsx").symlink_to("nowhere")
    (plan / f"forms/{Q3}/{Q3}-health.xlsx").write_text("no form")
    assert jtai("collect", "forms").status == 1
    assert collected(plan) == EXPECTED


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_form_saved_by_libreoffice_is_read(plan: Path, jtai: Jtai, kind: str) -> None:
    fill(plan, answers)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{plan}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", "saved", FORM], check=True, capture_output=True, cwd=plan)
    ran = jtai("collect", "saved")
    assert (ran.status, ran.err) == (0, "")
    assert collected(plan) == EXPECTED
    if kind == "xlsx":
        sheet = load_workbook(plan / f"saved/{Q3}-police.xlsx")["Return"]
        assert sheet.protection.sheet
        assert sheet.column_dimensions["A"].hidden
        assert not sheet["G6"].protection.locked
        rules = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
        assert rules
        assert all("Expected" in str(each.prompt) for each in rules)


# What a person can type into a spreadsheet; the files refuse control characters.
TYPED = st.text(
    st.characters(
        blacklist_categories=["Cs", "Cc", "Co", "Cn"],
        blacklist_characters="\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
    ),
    min_size=1,
    max_size=80,
).map(str.strip).filter(bool) | st.sampled_from(["=1+1", "'quoted", "+44", "@x", "_x0041_", "a\nb", "x" * 32_000, "🚓"])
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@settings(max_examples=60, deadline=None)
@given(
    update=st.none() | TYPED,
    recovery=st.none() | st.fixed_dictionaries({"plan": TYPED, "by": DAYS}),
    evidence=st.lists(st.fixed_dictionaries({"what": TYPED}, optional={"where": TYPED, "dated": DAYS}), max_size=4),
    rating=st.sampled_from([None, "red", "amber", "blue", "grey"]),
)
def test_any_return_comes_back_unchanged_from_its_form(
    tmp_path_factory: pytest.TempPathFactory, update: Any, recovery: Any, evidence: Any, rating: Any
) -> None:
    said = {"rating": rating, "update": update, "recovery": recovery, "evidence": evidence or None}
    cell = Cell.model_validate({key: value for key, value in said.items() if value is not None})
    returned = a_return(Q2, {("T1.1", "impact"): cell.model_dump(exclude_none=True)})
    partnership = a_partnership(a_plan(an_action("T1.1", "police")), {"police": [returned]})
    file = tmp_path_factory.mktemp("form") / "form.xlsx"
    file.write_bytes(form(partnership, "police", Q2, {}))
    filled = read_form(file, partnership)
    assert filled.cells["T1.1", "impact"] == cell


def test_personal_data_in_a_form_is_refused_with_its_cells_and_not_repeated(plan: Path, jtai: Jtai) -> None:
    def change(book: Workbook) -> None:
        answers(book)
        put(book, "T1.1/impact", "Update", "Seen: 943 476 5919")
        put(book, "T1.2/process", "Recovery: by when", "ring 07700 900123")
        put(book, "T1.2/impact", "Not for the public: why", "She lives at ZE1 9ZZ")
        put(book, "referrals", "Value", "943 476 5919", "Measures")
        put(book, "prepared/by", "Answer", "a.name@example.org", "About")
        book["Return"]["B6"].comment = Comment("born: DOB 3 May 2009", "somebody")
        book["Return"].cell(60, 1).value = "943 476 5919"
        book.properties.keywords = "AB123456C"

    file = fill(plan, change)
    ran = jtai("collect", str(file))
    said = "What is recorded is kept for ever, so say it without."
    beside = "a comment, or a property of the file,"
    delete = "Delete it: in Excel, File, Info, Inspect Workbook."
    assert ran.status == 1
    assert ran.err == (
        f"jtai: {file}: {beside} holds a National Insurance number. {delete}\n"
        f"{file}: {beside} holds a date of birth. {delete}\n"
        f"{file}: sheet 'Return', row 60: the form does not ask for '…'. Delete the row.\n"
        f"{file}: sheet 'Return', cell H7 holds an NHS number. {said}\n"
        f"{file}: sheet 'Return', cell J9 holds a phone number. {said}\n"
        f"{file}: sheet 'Return', cell Q10 holds a postcode. {said}\n"
        f"{file}: sheet 'Measures', cell H5 holds an NHS number. {said}\n"
        f"{file}: sheet 'About', cell C4 holds an e-mail address. {said}\n"
        "Nothing was written from this form.\n1 of 1 form refused.\n"
    )
    assert not (plan / RETURN).exists()


def test_a_form_restricts_a_cell_and_says_why(plan: Path, jtai: Jtai) -> None:
    file = fill(plan, lambda book: put(book, "T1.1/impact", "Not for the public: why", "A child could be recognised"))
    assert jtai("collect", str(file)).status == 0
    assert collected(plan)["actions"]["T1.1"]["impact"] == {"restricted": {"reason": "A child could be recognised"}}
    assert jtai("forms", "-q", Q3).status == 0
    assert jtai("collect", str(plan / FORM)).out.endswith("no changes\n")
    file = fill(plan, lambda book: put(book, "T1.1/impact", "Not for the public: why", None))
    assert jtai("collect", str(file)).status == 0
    assert "impact" not in [key for key, cell in collected(plan)["actions"]["T1.1"].items() if cell]


@pytest.mark.parametrize("value", ["#REF!", "#NAME?", "#DIV/0!", "=G8", '="Red"'])
def test_a_cell_that_cannot_be_shown_is_refused_and_takes_nothing_away(plan: Path, jtai: Jtai, value: str) -> None:
    assert jtai("collect", str(fill(plan, answers))).status == 0
    assert jtai("forms", "-q", Q3).status == 0
    before = (plan / RETURN).read_bytes()

    def change(book: Workbook) -> None:
        put(book, "T1.1/impact", "Rating", value)
        put(book, "referrals", "Value", value, "Measures")

    file = fill(plan, change)
    ran = jtai("collect", str(file))
    assert (ran.status, (plan / RETURN).read_bytes()) == (1, before)
    assert ran.err == (
        f"jtai: {file}: sheet 'Return', cell G7 and sheet 'Measures', cell H5 cannot be shown: an error such as "
        "#REF!, or a formula that was saved without its value. Type what belongs there.\n"
        "Nothing was written from this form.\n1 of 1 form refused.\n"
    )


@pytest.mark.parametrize(("value", "is_taken"), [(0.93, False), (1, False), ("0.93", True), ("1", True), (93, True)])
def test_a_share_is_not_taken_for_per_cent(tmp_path: Path, jtai: Jtai, value: Any, is_taken: bool) -> None:
    measure = {**MEASURE, "unit": "per cent"}
    written(tmp_path, plan_values(), {}, {}, {"police": {"name": "Police", "measures": [measure]}})
    assert jtai("forms", "-q", Q3).status == 0
    ran = jtai("collect", str(fill(tmp_path, lambda book: put(book, "referrals", "Value", value, "Measures"))))
    assert ran.status == (0 if is_taken else 1)
    assert is_taken or "and the unit is per cent. Excel keeps 93 % as 0.93: write the number as text" in ran.err


def test_a_form_says_which_ratings_the_board_approved(plan: Path, jtai: Jtai) -> None:
    def approve(book: Workbook) -> None:
        put(book, "T1.1/impact", "Rating", "Amber")
        put(book, "approved/board", "Answer", "Its board", "About")
        put(book, "approved/on", "Answer", "10 January 2019", "About")

    assert jtai("collect", str(fill(plan, approve))).status == 0
    approved = load(plan).trusted().returns["police", Q3].approved
    assert approved is not None
    assert approved.ratings == {"T1.1": {"impact": "amber"}}
    jtai("rate", "T1.1", "impact", "red", "--agency", "police", "-q", Q3)
    assert (
        "approved its return for Q3 2018/19 on 10 January 2019; since then T1.1 impact was amber and is red"
        in jtai("check", "-q", Q3).out
    )


def test_a_form_takes_none_with_a_reason_for_evidence_and_shows_it_again(plan: Path, jtai: Jtai) -> None:
    def complete(book: Workbook) -> None:
        put(book, "T1.1/impact", "Rating", "Blue")
        put(book, "T1.1/impact", "Evidence 1: what", "None: the audit is due in May")

    assert jtai("collect", str(fill(plan, complete))).out.endswith("  T1.1 impact: no return → blue; answers\n")
    cell = load(plan).trusted().cell("police", "T1.1", "impact", Q3)
    assert (cell.evidence, cell.answers) == ((), {"complete-without-evidence": "the audit is due in May"})
    assert jtai("forms", "-q", Q3).status == 0
    book = load_workbook(plan / FORM)
    row = row_of(book, "T1.1/impact")
    assert "None: the audit is due in May" in [each.value for each in book["Return"][row]]
    assert jtai("collect", str(plan / FORM)).out.endswith("no changes\n")
    fill(plan, lambda book: put(book, "T1.1/impact", "Evidence 1: what", "None"))
    said = "says that there is no evidence, but not why. Write 'None:' and the reason."
    assert said in jtai("collect", str(plan / FORM)).err


def test_a_form_shows_what_was_promised_and_what_the_board_said_last_time(plan: Path, jtai: Jtai) -> None:
    recovery = ("--recovery", "Hire two | 2018-12-31", "--agency", "police", "-q", Q2)
    assert jtai("rate", "T1.1", "impact", "red", *recovery).status == 0
    moderate = ("board", "moderate", "T1.1", "impact", "grey", "--board", "lscb", "--reason", "Nobody was seen")
    assert jtai(*moderate, "-q", Q2).status == 0
    assert jtai("forms", "-q", Q3).status == 0
    book = load_workbook(plan / FORM)
    row = row_of(book, "T1.1/impact")
    last = "Red\nPromised: Hire two, by 31 December 2018\nThe LSCB: Grey. Nobody was seen"
    assert last in [each.value for each in book["Return"][row]]


def mailed(form: Path, called: str = "form.xlsx") -> bytes:
    """A mail with *form* attached."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Our return", "sam@example.org"
    mail.set_content("Attached.")
    mail.add_attachment(form.read_bytes(), maintype="application", subtype="octet-stream", filename=called)
    return mail.as_bytes()


def amber(book: Workbook) -> None:
    put(book, "T1.1/impact", "Rating", "Amber")


@pytest.mark.parametrize("called", ["form.xlsx", "../../escaped.xlsx", "../escaped.xlsx", "fôrm\u202e\n.XLSX"])
def test_a_form_attached_to_a_mail_is_taken(plan: Path, jtai: Jtai, called: str) -> None:
    mail = plan / "inbox/return.eml"
    mail.parent.mkdir()
    mail.write_bytes(mailed(fill(plan, amber), called.replace("\n", "")))
    assert jtai("collect", "inbox/return.eml").status == 0
    assert load(plan).trusted().rating("police", "T1.1", "impact", Q3) == "amber"
    assert {each.parent for each in plan.rglob("*.xlsx")} == {(plan / FORM).parent}
    assert not Path(gettempdir(), "escaped.xlsx").exists()


def test_every_file_is_named_as_taken_or_left_and_those_who_sent_nothing_too(plan: Path, jtai: Jtai) -> None:
    form = fill(plan, amber)
    inbox = plan / "inbox"
    inbox.mkdir()
    shutil.copy(form, inbox / "police.xlsx")
    for name in ("notes.pdf", "old.xlsb", "all.zip", "mail.msg", "table.csv"):
        (inbox / name).write_bytes(b"x")
    (inbox / "empty.eml").write_bytes(b"Subject: Sorry\n\nNext week.")
    (inbox / "broken.xlsx").write_bytes(b"PK")
    (inbox / "folder.xlsx").mkdir()
    (inbox / "nowhere.ods").symlink_to("/nowhere")
    (inbox / "~$police.xlsx").write_bytes(b"x")
    ran = jtai("collect", "inbox")
    assert ran.status == 1
    assert ran.out.partition("\n\n")[2] == (
        "Taken: 1 form: inbox/police.xlsx.\n"
        "Refused: 3 forms: inbox/broken.xlsx, inbox/folder.xlsx, inbox/nowhere.ods.\n"
        "Left alone: inbox/all.zip. Unpack it.\n"
        "Left alone: inbox/empty.eml. No form is attached to this mail.\n"
        "Left alone: inbox/mail.msg. Save the form that it holds, or save the mail as .eml.\n"
        "Left alone: inbox/notes.pdf. It is no form.\n"
        "Left alone: inbox/old.xlsb. Save it in Excel as .xlsx.\n"
        "Left alone: inbox/table.csv. It is no form.\n"
        "Nothing for Q3 2018/19 yet from: Health.\n"
    )
    assert ran.err.endswith("3 of 4 forms refused.\n")
    assert jtai("collect", "inbox/police.xlsx", "inbox/police.xlsx").out.endswith(
        "Unchanged: 2 forms: inbox/police.xlsx, inbox/police.xlsx.\nNothing for Q3 2018/19 yet from: Health.\n"
    )


def test_a_dry_run_says_so_first_and_last(plan: Path, jtai: Jtai) -> None:
    ran = jtai("collect", "--dry-run", str(fill(plan, amber)))
    assert ran.err.splitlines() == ["This is a dry run: nothing is written."] * 2
    assert not (plan / RETURN).exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff" * 100, b"Content-Type: multipart/mixed\n\n",
     b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 50,
     b"Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=a.xlsx\n\n!!!!",
     b"Content-Disposition: attachment; filename*=x''%ff%00.xlsx\n\nPK"],
)  # fmt: skip
def test_a_broken_mail_is_left_alone_or_refused(plan: Path, jtai: Jtai, content: bytes) -> None:
    (plan / "a.eml").write_bytes(content)
    ran = jtai("collect", "a.eml")
    assert ran.status in (1, 2)
    assert "a.eml" in ran.err


def test_a_form_says_to_whom_and_by_when_it_goes_back(plan: Path, jtai: Jtai) -> None:
    file = plan / "plan/plan.yaml"
    file.write_text(file.read_text() + "collated_by: The Council\n")
    assert jtai("forms", "-q", Q3).status == 0
    lines = [str(cell.value) for row in load_workbook(plan / FORM)["Return"].iter_rows(max_row=4) for cell in row]
    assert any("Send the form back to The Council by 11 January 2019." in each for each in lines)


def test_a_page_on_paper_holds_all_its_columns(plan: Path) -> None:
    """Up to the page of the evidence, and from there on with the first columns beside it."""
    sheet = load_workbook(plan / f"forms/{Q3}/{Q3}-police.xlsx")["Return"]
    (names,) = (row for row in sheet.iter_rows() if any(cell.value == layout.RATING for cell in row))
    at = next(cell.column for cell in names if cell.value == layout.evidence_headings(1)[0])
    # Excel: a column of so many characters has seven pixels for each, and five more; 96 pixels are an inch.
    shown = [each for each in names if not sheet.column_dimensions[each.column_letter].hidden]
    inches = {each.column: (sheet.column_dimensions[each.column_letter].width * 7 + 5) / 96 for each in shown}
    first = sum(width for column, width in inches.items() if column < at)
    second = sum(width for column, width in inches.items() if column >= at or column <= 3)
    room = 11.69 - sheet.page_margins.left - sheet.page_margins.right
    assert max(first, second) * sheet.page_setup.scale / 100 <= room
