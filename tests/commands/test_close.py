"""`jtai close`: what stood stays, and what changes afterwards is amended openly or is an error."""

import re
from pathlib import Path

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from jtai_plan.files.load import load

RETURN = f"plan/agencies/police/returns/{Q2}.yaml"
RECORD = f"plan/board/{Q2}.yaml"
CLOSE = ("close", Q2, "--by", "The collator", "--on", "2018-10-31")
AMEND = ("--amend", "Miscounted", "--by", "Inspector")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    cells = {("T1.1", dimension): "red" for dimension in ("process", "impact", "performance")}
    values = plan_values(an_action("T1.1", "police", "health"))
    returned = {
        ("police", Q2): return_values(Q2, {**cells, ("T1.1", "process"): {"rating": "red", "update": "Begun"}}),
        ("health", Q2): return_values(Q2, cells),
    }
    return written(tmp_path, values, returned)


@pytest.fixture
def closed(plan: Path, jtai: Jtai) -> Path:
    assert jtai(*CLOSE).status == 0
    return plan


def errors(jtai: Jtai) -> list[str]:
    """The faults that `jtai check` lists."""
    ran = jtai("check", "-q", Q2)
    faults = re.search(r"^Files to correct .*\n((?:  .*\n)*)", ran.out, flags=re.MULTILINE)
    assert ran.status == int(faults is not None)
    return faults[1].splitlines() if faults else []


def test_closing_records_what_stood_and_issues_the_reports(plan: Path, jtai: Jtai) -> None:
    assert jtai(*CLOSE).out == (
        "Q2 2018/19 is closed: 2 returns, 0 ratings missing.\n"
        + "".join(
            f"reports/{Q2}/{name}-report.{form}\n"
            for name in ("board", "agency-police", "agency-health")
            for form in ("md", "html")
        )
        + "Next: jtai save, and send the reports to their boards.\n"
    )
    assert re.sub(r"sha256:[0-9a-f]{64}", "sha256:..", (plan / RECORD).read_text()).endswith(
        """\
closed:
  on: 2018-10-31
  by: The collator
  returns:
    police:
      digest: sha256:..
      ratings:
        T1.1:
          process: red
          impact: red
          performance: red
    health:
      digest: sha256:..
      ratings:
        T1.1:
          process: red
          impact: red
          performance: red
  moderated: sha256:..
"""
    )
    assert errors(jtai) == []
    assert load(plan).faults == ()


def test_what_is_missing_is_said_before_a_period_is_closed(plan: Path, jtai: Jtai) -> None:
    (plan / f"plan/agencies/health/returns/{Q2}.yaml").unlink()
    ran = jtai(*CLOSE)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "jtai: Health: T1.1 (every dimension).\n"
        "3 ratings missing, so Q2 2018/19 was not closed. Get them, or close it without them: --with-missing.\n"
    )
    assert jtai(*CLOSE, "--with-missing").out.startswith("Q2 2018/19 is closed: 1 return, 3 ratings missing.\n")


def test_nothing_is_closed_while_a_file_is_wrong(plan: Path, jtai: Jtai) -> None:
    (plan / RETURN).write_text("period: [\n")
    ran = jtai(*CLOSE, "--with-missing")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith("Nothing was closed. Correct the files first.\n")
    assert not (plan / "plan/board").exists()


def test_a_period_is_closed_once_and_in_order(closed: Path, jtai: Jtai) -> None:
    before, report = (closed / RECORD).read_text(), closed / f"reports/{Q2}/agency-police-report.md"
    report.unlink()
    again = jtai("close", Q2, "--by", "Somebody else")
    assert again.status == 0
    assert again.err == "Q2 2018/19 was closed on 31 October 2018 by The collator. Its reports are written anew.\n"
    assert ((closed / RECORD).read_text(), report.exists()) == (before, True)
    ran = jtai("close", "2018-19-Q4", "--by", "x", "--with-missing")
    assert (
        ran.err == "jtai: Q3 2018/19 is not closed yet. Close it first: jtai close 2018-19-Q3. Nothing was written.\n"
    )
    assert jtai("rate", "T1.1", "impact", "red", "--agency", "police").err.startswith("Rating Q3 2018/19, the first")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "impact:\n      rating: red",
            "impact:\n      rating: blue",
            [
                (
                    f"  {RETURN}:8:15: T1.1 impact of Police was red when Q2 2018/19 was closed on 31 October 2018, "
                    "and is now blue. Restore it, or amend it openly: "
                    "jtai rate T1.1 impact RATING --amend REASON --by WHO."
                )
            ],
            id="a rating that changed",
        ),
        pytest.param(
            "impact:\n      rating: red",
            "impact:\n      rating:",
            [
                (
                    f"  {RETURN}:8:7: T1.1 impact of Police was red when Q2 2018/19 was closed on 31 October 2018, "
                    "and is now not rated. Restore it, or amend it openly: "
                    "jtai rate T1.1 impact RATING --amend REASON --by WHO."
                )
            ],
            id="a rating that was taken away",
        ),
        pytest.param(
            "update: Begun",
            "update: Done",
            [
                (
                    f"  {RETURN}:2:1: the return of Police has changed since Q2 2018/19 was closed on "
                    "31 October 2018, although its ratings are the same. Restore it."
                )
            ],
            id="another update",
        ),
        pytest.param("period:", "# A comment\nperiod:", [], id="a comment"),
    ],
)
def test_a_change_after_closing(closed: Path, jtai: Jtai, old: str, new: str, said: list[str]) -> None:
    text = (closed / RETURN).read_text()
    assert old in text
    (closed / RETURN).write_text(text.replace(old, new))
    assert errors(jtai) == said


def test_a_return_that_is_deleted_after_closing(closed: Path, jtai: Jtai) -> None:
    (closed / RETURN).unlink()
    assert errors(jtai) == [
        (
            f"  {RETURN}: the return of Police is missing or cannot be read; it was there when Q2 2018/19 was closed "
            "on 31 October 2018. Restore it."
        )
    ]


def test_a_moderated_rating_that_changes_after_closing(closed: Path, jtai: Jtai) -> None:
    text = (closed / RECORD).read_text()
    moderated = "moderated: {T1.1: {impact: {rating: amber, reason: Late, board: lscb}}}"
    (closed / RECORD).write_text(f"{moderated}\n" + text.replace("moderated: {}\n", "").replace("moderated:\n", "", 1))
    assert errors(jtai) == [
        (f"  {RECORD}:1:1: a moderated rating has changed since Q2 2018/19 was closed on 31 October 2018. Restore it.")
    ]


def test_a_closed_rating_is_changed_only_openly(closed: Path, jtai: Jtai) -> None:
    call = ("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2)
    before = (closed / RETURN).read_bytes()
    assert jtai(*call).err == (
        "jtai: Q2 2018/19 was closed on 31 October 2018. To change a rating, say why and who you are: "
        "--amend REASON --by WHO. Nothing was written.\n"
    )
    assert (closed / RETURN).read_bytes() == before
    assert jtai(*call, *AMEND).out == "T1.1 impact, Q2 2018/19, Police: red → amber; red was expected: ahead\n"
    assert errors(jtai) == []
    jtai("report", "-q", Q2, "--format", "md")
    report = (closed / f"reports/{Q2}/board-report.md").read_text()
    assert re.search(
        r"### Changed after the period was closed \(1\)\n\n"
        r"- T1.1 impact, Police: red to amber, by Inspector on .+: Miscounted\n",
        report,
    )


def test_a_second_try_finishes_an_amendment_that_was_stopped_half_way(closed: Path, jtai: Jtai) -> None:
    call = ("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2, *AMEND)
    before = (closed / RETURN).read_bytes()
    assert jtai(*call).status == 0
    # As if it had been stopped before its second write, on an earlier day.
    (closed / RETURN).write_bytes(before)
    record = re.sub(r"(?m)^(  +on: )\S+(?=\n +digest)", r"\g<1>2018-11-02", (closed / RECORD).read_text())
    assert "2018-11-02" in record
    (closed / RECORD).write_text(record)
    assert errors(jtai) != []
    assert jtai(*call).status == 0
    assert errors(jtai) == []
    assert (closed / RECORD).read_text() == record


def test_what_is_amended_back_and_again_is_recorded_each_time(closed: Path, jtai: Jtai) -> None:
    for rating in ("amber", "red", "amber"):
        assert jtai("rate", "T1.1", "impact", rating, "--agency", "police", "-q", Q2, *AMEND).status == 0
    assert errors(jtai) == []
    assert (closed / RECORD).read_text().count("reason: Miscounted") == 3


def test_whoever_changes_what_a_report_shows_is_told_which_reports_are_old(closed: Path, jtai: Jtai) -> None:
    old = "The reports of Q2 2018/19 were made before this. Make them anew: jtai report --refresh.\n"
    assert (closed / f"reports/{Q2}").is_dir()
    assert jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2, *AMEND).err.endswith(old)
    board = ("--board", "Police Board", "--on", "2018-10-20")
    assert jtai("sign-off", "police", "-q", Q2, *board).err.endswith(old)
    assert jtai("sign-off", "police", "--board", "Police Board", "--on", "2018-09-20").err.endswith(old)


def test_an_amendment_covers_one_change_and_no_later_one(closed: Path, jtai: Jtai) -> None:
    jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2, *AMEND)
    (closed / RETURN).write_text((closed / RETURN).read_text().replace("rating: amber", "rating: blue"))
    (said,) = errors(jtai)
    assert "T1.1 impact of Police was amber when Q2 2018/19 was closed on 31 October 2018, and is now blue." in said


def test_an_amendment_covers_one_text_and_no_later_one(closed: Path, jtai: Jtai) -> None:
    jtai("rate", "T1.1", "impact", "red", "--agency", "police", "-q", Q2, "--update", "Recounted", *AMEND)
    assert errors(jtai) == []
    (closed / RETURN).write_text((closed / RETURN).read_text().replace("Recounted", "Recounted twice"))
    (said,) = errors(jtai)
    assert "the return of Police has changed since it was last amended" in said


def test_there_is_nothing_to_amend_in_an_open_period(plan: Path, jtai: Jtai) -> None:
    assert jtai("open", Q3).status == 0
    ran = jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q3, *AMEND)
    assert ran.err == "jtai: Q3 2018/19 is not closed, so leave out --amend. Nothing was written.\n"


def test_a_record_that_cannot_be_read_might_be_closed(closed: Path, jtai: Jtai) -> None:
    (closed / RECORD).write_text((closed / RECORD).read_text() + "surplus: 1\n")
    ran = jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2)
    assert ran.status == 1
    assert ran.err.endswith("Nobody can tell whether the period is closed, so nothing was written.\n")


def test_a_closed_period_that_a_board_has_not_seen_is_missing(closed: Path, jtai: Jtai) -> None:
    said = "  The report for Q2 2018/19, closed on 31 October 2018, was not presented to The LSCB.\n"
    assert said in jtai("check", "-q", Q2).out
    jtai("board", "present", "-q", Q2, "--board", "lscb", "--on", "2018-11-07")
    assert said not in jtai("check", "-q", Q2).out
    assert errors(jtai) == []


def test_the_issued_reports_are_compared_with_what_the_files_give(closed: Path, jtai: Jtai) -> None:
    assert jtai("report", "-q", Q2, "--check").status == 0
    file = closed / f"reports/{Q2}/board-report.md"
    file.write_text(file.read_text().replace("Red", "Blue"))
    assert jtai("report", "-q", Q2, "--check", "--format", "html").status == 0
    ran = jtai("report", "--check")
    assert (ran.status, ran.out) == (1, f"reports/{Q2}/board-report.md is out of date. Run jtai report --refresh.\n")
    assert "Blue" in file.read_text()


def test_every_report_that_is_there_is_compared(closed: Path, jtai: Jtai) -> None:
    jtai("report", "--edition", "plan")
    jtai("report", "-q", Q2, "--agency", "police", "--format", "md")
    assert (jtai("report", "--check").status, jtai("report", "--check").out) == (0, "")
    for name in ("plan/plan.html", f"{Q2}/agency-police-report.md"):
        (closed / f"reports/{name}").write_text("Something else")
    assert jtai("report", "--check").out.splitlines() == [
        "reports/plan/plan.html is out of date. Run jtai report --refresh.",
        f"reports/{Q2}/agency-police-report.md is out of date. Run jtai report --refresh.",
    ]


def test_closing_and_refreshing_write_every_report_that_lies_there(plan: Path, jtai: Jtai) -> None:
    assert jtai("report", "-q", Q2, "--edition", "public", "--format", "md").status == 0
    assert jtai("report", "-q", Q2, "--format", "docx").status == 0
    folder = plan / f"reports/{Q2}"
    assert jtai(*CLOSE).status == 0
    assert jtai("report", "--check").status == 0
    assert sorted(each.name for each in folder.iterdir()) == [
        "agency-health-report.html",
        "agency-health-report.md",
        "agency-police-report.html",
        "agency-police-report.md",
        "board-report.docx",
        "board-report.html",
        "board-report.md",
        "public-report.md",
    ]
    # As git leaves them on Windows.
    report = folder / "board-report.md"
    report.write_bytes(report.read_bytes().replace(b"\n", b"\r\n"))
    assert jtai("report", "--check").status == 0
    jtai("board", "ask", "Who pays?", "--board", "lscb", "-q", Q2)
    stale = jtai("report", "--check").out.splitlines()
    assert f"reports/{Q2}/board-report.docx is out of date. Run jtai report --refresh." in stale
    assert jtai("report", "--refresh").status == 0
    assert jtai("report", "--check").out == ""
    assert jtai("report", "--refresh", "-q", Q2).status == 2


def test_a_rating_in_the_closing_that_the_scale_does_not_have_is_quoted(closed: Path, jtai: Jtai) -> None:
    file = closed / RECORD
    file.write_text(file.read_text().replace("process: red", "process: green", 1))
    assert any(
        "was 'green' when Q2 2018/19 was closed on 31 October 2018, and is now red." in each for each in errors(jtai)
    )


def test_nothing_is_amended_while_nobody_can_tell_what_the_rating_was(closed: Path, jtai: Jtai) -> None:
    file = closed / f"plan/agencies/police/returns/{Q2}.yaml"
    file.write_text(file.read_text() + "  T9.9:\n    impact:\n      rating: red\n")
    before = {each: each.read_bytes() for each in closed.rglob("*.yaml")}
    ran = jtai("rate", "T1.1", "impact", "blue", "-q", Q2, "--agency", "police", *AMEND)
    assert ran.status == 1
    assert ran.err.endswith("Nobody can tell what the rating was, so nothing was written.\n")
    assert {each: each.read_bytes() for each in closed.rglob("*.yaml")} == before


def test_a_close_that_cannot_write_its_reports_says_how_to_go_on(plan: Path, jtai: Jtai) -> None:
    (plan / "reports").write_text("in the way")
    ran = jtai(*CLOSE)
    assert ran.status == 1
    assert ran.err.startswith(
        f"Q2 2018/19 stays closed, but not all its reports were written. To write them: jtai close {Q2} --by WHO.\n"
    )
    assert "Traceback" not in ran.err
    (plan / "reports").unlink()
    assert jtai(*CLOSE).status == 0
    assert jtai("report", "--check").status == 0


def test_a_board_that_meets_after_the_closing_moderates_openly(closed: Path, jtai: Jtai) -> None:
    call = ("board", "moderate", "T1.1", "impact", "amber", "-q", Q2, "--board", "lscb", "--reason", "Seen late")
    assert jtai(*call).err == (
        "jtai: Q2 2018/19 was closed on 31 October 2018. To moderate a rating, say why and who you are: "
        "--amend REASON --by WHO. Nothing was written.\n"
    )
    said = "Q2 2018/19: T1.1 impact is moderated to amber by The LSCB.\n"
    assert jtai(*call, "--amend", "The board met in November", "--by", "Kit").out == said
    assert errors(jtai) == []
    jtai("report", "-q", Q2, "--format", "md")
    text = (closed / f"reports/{Q2}/board-report.md").read_text()
    assert "- T1.1 impact, The LSCB: the agencies' own to amber, by Kit on " in text
    file = closed / RECORD
    file.write_text(file.read_text().replace("reason: Seen late", "reason: Seen early"))
    assert "a moderated rating has changed since" in errors(jtai)[0]


def test_a_rating_that_changes_after_its_approval_lapses_it(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, {("T1.1", "impact"): "red"})})
    assert jtai("sign-off", "police", "-q", Q2, "--board", "Its board", "--on", "10 October 2018").status == 0
    lapsed = "since then T1.1 impact was red and is amber"
    assert lapsed not in jtai("check", "-q", Q2).out
    ran = jtai("rate", "T1.1", "impact", "amber", "--agency", "police", "-q", Q2)
    assert ran.out.endswith(
        "The approval of this return by Its board on 10 October 2018 lapses: take it there again.\n"
    )
    assert f"Police approved its return for Q2 2018/19 on 10 October 2018; {lapsed}.\n" in jtai("check", "-q", Q2).out
    assert jtai("sign-off", "police", "-q", Q2, "--board", "Its board", "--on", "12/10/2018").status == 0
    assert lapsed not in jtai("check", "-q", Q2).out


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (
            ("close", Q2, "--by", "Kit", "--with-missing", "--on", "2018-06-30"),
            "the closing cannot have been on 30 June 2018: Q2 2018/19 began on 1 July 2018",
        ),
        (
            ("close", Q2, "--by", "Kit", "--with-missing", "--on", "2150-01-01"),
            "the closing cannot have been on 1 January 2150: that day is still to come",
        ),
        (
            ("board", "present", "-q", Q2, "--board", "lscb", "--on", "30/06/2018"),
            "the meeting cannot have been on 30 June 2018: Q2 2018/19 began on 1 July 2018",
        ),
        (
            ("sign-off", "police", "-q", Q2, "--board", "B", "--on", "2150-01-01"),
            "the approval cannot have been on 1 January 2150: that day is still to come",
        ),
    ],
)
def test_a_day_that_cannot_be_is_refused(tmp_path: Path, jtai: Jtai, command: tuple[str, ...], words: str) -> None:
    written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, {("T1.1", "impact"): "red"})})
    assert jtai(*command).err.endswith(f"jtai: {words}. Nothing was written.\n")


def test_a_withdrawn_action_is_not_asked_for_and_not_rated(tmp_path: Path, jtai: Jtai) -> None:
    withdrawn = {"from": Q3, "board": "lscb", "on": "2018-10-20", "reason": "Done elsewhere"}
    written(tmp_path, plan_values(an_action("T1.1", "police", withdrawn=withdrawn), an_action("T1.2", "police")))
    assert jtai("open", Q3).status == 0
    assert "T1.1" not in (tmp_path / f"plan/agencies/police/returns/{Q3}.yaml").read_text()
    assert jtai("rate", "T1.1", "impact", "red", "-q", Q3).err == (
        "jtai: T1.1 is withdrawn from Q3 2018/19 on: The LSCB decided so on 20 October 2018. Nothing was written.\n"
    )
    jtai("report", "-q", Q3, "--format", "md")
    assert (
        "- **Withdrawn (1):** T1.1, by The LSCB on 20 October 2018: Done elsewhere\n"
        in (tmp_path / f"reports/{Q3}/board-report.md").read_text()
    )


def test_a_board_decides_its_own_asks_only(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(boards={"lscb": {"name": "The LSCB"}, "csp": {"name": "The CSP"}}))
    jtai("board", "ask", "Who pays?", "-q", Q2, "--board", "lscb")
    assert jtai("board", "decide", "ask-1", "We do", "-q", Q2, "--board", "csp").err == (
        "jtai: ask-1 was asked of The LSCB, so The CSP cannot decide it. Ask The CSP: jtai board ask. "
        "Nothing was written.\n"
    )
