"""`jtai remind`: what is missing from whom, as text to send."""

import email
import email.policy
from pathlib import Path

import pytest

from builders import Q2, Q3, Q4, Jtai, an_action, plan_values, return_values, written

CELLS = [(action, dimension) for action in ("T1.1",) for dimension in ("process", "impact", "performance")]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    approved = {"approved": {"board": "Board", "on": "2018-10-10"}}
    measure = {"id": "m", "action": "T1.1", "dimension": "impact", "description": "Calls"}
    health = {**return_values(Q2, dict.fromkeys(CELLS, "red")), **approved}
    health["actions"]["T1.1"]["impact"]["measures"] = {"m": 3}
    police = {**return_values(Q2, {("T1.1", "process"): "red"}), **approved}
    agencies = {each: {"name": each.title(), "measures": [measure]} for each in ("police", "health")}
    return written(
        tmp_path,
        plan_values(an_action("T1.1", "police", "health")),
        {("police", Q2): police, ("health", Q2): health},
        {},
        agencies,
    )


def test_an_agency_is_told_all_that_is_missing_by_when_and_in_which_form(plan: Path, jtai: Jtai) -> None:
    ran = jtai("remind", "-q", Q2)
    assert (
        ran.out
        == """\
To: Police
Subject: A plan: return for Q2 2018/19

Only a part of your return for Q2 2018/19 has reached us. It is due by 12 October 2018.

Still missing:
- T1.1 impact (Do T1.1): red was expected by Q2 2018/19
- T1.1 performance (Do T1.1): red was expected by Q2 2018/19
- Police has not reported 'm' (T1.1 impact)

The form is 2018-19-Q2-police.xlsx. Fill in the yellow cells only, and send it back.
"""
    )
    assert ran.err == "Nothing is missing from Health.\n"


def test_with_a_day_it_says_how_late_the_return_is(plan: Path, jtai: Jtai) -> None:
    late = jtai("remind", "-q", Q2, "--as-of", "2018-10-14").out
    assert "It was due on 12 October 2018, and is 2 days late.\n" in late
    assert "It is due by 12 October 2018" in jtai("remind", "-q", Q2, "--as-of", "2018-10-12").out


def test_an_agency_whose_ratings_are_all_there_is_not_called_late(plan: Path, jtai: Jtai) -> None:
    file = plan / f"plan/agencies/health/returns/{Q2}.yaml"
    file.write_text(file.read_text().replace("m: 3", "m:"))
    told = jtai("remind", "-q", Q2, "--agency", "health", "--as-of", "2018-12-01").out
    assert "Your ratings for Q2 2018/19 have reached us. Thank you.\n\nStill missing:\n- Health has not" in told
    assert "late" not in told


def test_two_letters_have_a_line_between_them(plan: Path, jtai: Jtai) -> None:
    told = jtai("remind", "-q", Q3).out
    assert told.count("To: ") == 2
    assert told.count("\n" + "-" * 60 + "\nTo: Health\n") == 1


def test_the_words_fit_the_case(plan: Path, jtai: Jtai) -> None:
    assert "Nothing of your return for Q3 2018/19 has reached us. It is due by 11 January 2019.\n" in (
        jtai("remind", "-q", Q3).out
    )
    last = jtai("remind", "-q", Q4).out
    assert "has reached us. The plan gives no day on which it is due.\n" in last
    # The form has no room for a choice of measures.
    assert "measure" not in jtai("remind", "-q", Q3, "--agency", "police").out.replace("reported 'm'", "")


def test_a_reminder_is_a_draft_whose_form_can_be_collected(plan: Path, jtai: Jtai) -> None:
    file = plan / "plan/agencies/police/agency.yaml"
    file.write_text(file.read_text() + "contacts: [returns@police.example, o.name@police.example]\n")
    assert jtai("check", "--select", "personal-data").status == 0
    ran = jtai("remind", "-q", Q2, "--out", "mails")
    assert (ran.status, ran.out) == (0, "mails/2018-19-Q2-police.eml\n")
    mail = email.message_from_bytes((plan / "mails/2018-19-Q2-police.eml").read_bytes(), policy=email.policy.default)
    assert (mail["X-Unsent"], mail["To"], mail["Subject"]) == (
        "1",
        "returns@police.example, o.name@police.example",
        "A plan: return for Q2 2018/19",
    )
    names = [each.get_filename() for each in mail.iter_attachments()]
    assert names == ["2018-19-Q2-police.xlsx", "2018-19-Q2.ics"]
    assert b"DTSTART;VALUE=DATE:20181012" in (plan / "mails/2018-19-Q2-police.eml").read_bytes() or any(
        b"DTSTART;VALUE=DATE:20181012" in each.get_payload(decode=True) for each in mail.iter_attachments()
    )
    once = (plan / "mails/2018-19-Q2-police.eml").read_bytes()
    jtai("remind", "-q", Q2, "--out", "mails")
    assert (plan / "mails/2018-19-Q2-police.eml").read_bytes() == once
    assert "no changes" in jtai("collect", "mails").out


def test_the_forms_come_as_drafts_too_and_who_has_no_address_is_named(plan: Path, jtai: Jtai) -> None:
    ran = jtai("forms", "-q", Q3, "--mail", "mails")
    assert ran.status == 0
    assert sorted(each.name for each in (plan / "mails").iterdir()) == [f"{Q3}-health.eml", f"{Q3}-police.eml"]
    assert "Police has no 'contacts' in its agency.yaml, so the mail has no address yet.\n" in ran.err
    text = (plan / f"mails/{Q3}-police.eml").read_text()
    assert "To:" not in text.partition("MIME-Version")[0]
    assert "Attached is the form for your return for Q3 2018/19." in text


@pytest.mark.parametrize(
    "address",
    ["a@b.example\\nBcc: x@y.example", "a@b.example, x@y.example", "Sam <a@b.example>", "nobody", "a b@c.example"],
)
def test_an_address_is_an_address_alone(plan: Path, jtai: Jtai, address: str) -> None:
    file = plan / "plan/agencies/police/agency.yaml"
    file.write_text(file.read_text() + f'contacts: ["{address}"]\n')
    assert "is not an e-mail address. Write the address alone: name@example.org." in jtai("check").out or (
        "an e-mail address stands here" in jtai("check").out
    )
    jtai("remind", "-q", Q2, "--out", "mails")
    assert "bcc" not in (plan / "mails/2018-19-Q2-police.eml").read_text().lower()
