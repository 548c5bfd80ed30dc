"""Personal data is refused before it is written, found where it stands, and never repeated. All values are made up."""

import json
import shutil
from pathlib import Path

import pytest

from builders import Q2, Jtai, an_action, plan_values, written
from places import EXAMPLE
from repositories import Repo, a_repository

NUMBER = "943 476 5919"
RETURN = f"plan/agencies/police/returns/{Q2}.yaml"
REFUSED = (
    "jtai: what you wrote holds an NHS number. Git keeps what is committed for ever, so leave it out. "
    "If it may stand, such as the number of a help line: jtai explain personal-data. Nothing was written.\n"
)
AT = ("T1.1", "impact", "red", "--agency", "police", "-q", Q2)


@pytest.fixture
def repo(tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> Repo:
    root = written(tmp_path / "plan of ü", plan_values(an_action("T1.1", "police", "health")))
    monkeypatch.chdir(root)
    repo = a_repository(root)
    assert jtai("open", Q2).status == 0
    repo.commit("Open")
    return repo


@pytest.mark.parametrize(
    "option",
    [
        ("--update", f"Seen, {NUMBER}."),
        ("--recovery", f"See {NUMBER} | 2018-12-31"),
        ("--evidence", f"File of {NUMBER}"),
        ("--evidence", f"A file | {NUMBER}"),
        ("--restrict", f"About {NUMBER}", "--by", "Kit"),
        ("--restrict", "A reason", "--by", NUMBER),
    ],
)
def test_rate_refuses_it_wherever_it_is_given(repo: Repo, jtai: Jtai, option: tuple[str, ...]) -> None:
    before = (repo.root / RETURN).read_bytes()
    ran = jtai("rate", *AT, *option)
    assert (ran.status, ran.out, ran.err) == (2, "", REFUSED)
    assert (repo.root / RETURN).read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        ("board", "ask", f"What of {NUMBER}?", "--board", "lscb"),
        ("board", "moderate", "T1.1", "impact", "red", "--reason", f"See {NUMBER}", "--board", "lscb"),
        ("board", "present", "--board", "lscb", "--on", "2018-10-20", "--minute", NUMBER),
        ("sign-off", "police", "--board", f"Board {NUMBER}", "--on", "2018-07-12", "--minute", "1"),
    ],
)
def test_every_command_that_writes_refuses_it(repo: Repo, jtai: Jtai, command: tuple[str, ...]) -> None:
    period = () if command[0] == "sign-off" else ("-q", Q2)
    ran = jtai(*command, *period)
    assert (ran.status, ran.out, ran.err) == (2, "", REFUSED)
    assert repo.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ("      update:\n", f"      update: Seen {NUMBER}\n", "18:20"),
        ("      update:\n", f"      update:\n      # Seen {NUMBER}\n", "19:14"),
        ("      update:\n", "      update: |\n        Seen 943\n        476 5919\n", "19:14"),
        ("      update:\n", '      update: "Seen 943 47\\x36 5919"\n', "18:15"),
        ("actions:\n", f"'{NUMBER}': 1\nactions:\n", "12:2"),
    ],
)
def test_check_says_where_it_stands_and_does_not_repeat_it(
    repo: Repo, jtai: Jtai, was: str, now: str, place: str
) -> None:
    repo.replace(RETURN, was, now)
    ran = jtai("check", "-q", Q2)
    told = (
        f"  {RETURN}:{place}: an NHS number stands here. Delete it: git keeps what is committed for ever. "
        "If it may stand: jtai explain personal-data.\n"
    )
    assert ran.status == 1
    assert told in ran.out
    assert "943" not in ran.out + ran.err


def test_a_file_that_cannot_be_read_is_searched_too_and_nothing_else_is_said_of_it(repo: Repo, jtai: Jtai) -> None:
    repo.replace(RETURN, "actions:\n", f"actions: [{NUMBER}\n")
    told = json.loads(jtai("check", "-q", Q2, "--format", "json").out)
    assert [each["rule"] for each in told["findings"] if each["severity"] == "error"] == ["personal-data"]
    assert "943" not in json.dumps(told)


def test_what_the_plan_allows_may_stand(repo: Repo, jtai: Jtai) -> None:
    text = (repo.root / "plan/plan.yaml").read_text()
    (repo.root / "plan/plan.yaml").write_text(text + 'personal_data: {allow: ["Ring 0800 1111", "Office, ZE1 9ZZ"]}\n')
    assert jtai("rate", *AT, "--update", "Ring 0800-1111, or write to ZE1 9ZZ").status == 0
    assert jtai("check", "-q", Q2).status == 0
    assert jtai("rate", *AT, "--update", "Write to ZE1 9ZY").status == 2


def test_the_plan_says_how_its_case_references_are_written(repo: Repo, jtai: Jtai) -> None:
    text = (repo.root / "plan/plan.yaml").read_text()
    (repo.root / "plan/plan.yaml").write_text(text + "personal_data: {case_reference: 'LCS\\d{6}'}\n")
    ran = jtai("rate", *AT, "--update", "See LCS 204-816.")
    assert ran.err.startswith("jtai: what you wrote holds a case reference. Git keeps")
    assert jtai("rate", *AT, "--update", "See LCS 2048.").status == 0


@pytest.mark.parametrize("pattern", ["(a+)+b", ".*", r"\d+", "[^a]", "a{1,9}b{1,9}c{1,9}d{1,9}", "x" * 101])
def test_a_pattern_that_could_take_for_ever_is_an_error(repo: Repo, jtai: Jtai, pattern: str) -> None:
    text = (repo.root / "plan/plan.yaml").read_text()
    (repo.root / "plan/plan.yaml").write_text(text + f"personal_data: {{case_reference: {json.dumps(pattern)}}}\n")
    ran = jtai("check", "-q", Q2)
    assert ran.status == 1
    assert "the pattern of case references has a sign that it may not have. Write it with letters" in ran.out


def test_a_text_that_may_point_to_a_person_is_asked_about_until_somebody_has_looked(repo: Repo, jtai: Jtai) -> None:
    assert jtai("rate", *AT, "--update", "KB, aged 14, was seen with her mother.").status == 0
    asked = "Initials with an age stands here. Does it point to a person? (may-identify).\n"
    assert asked in jtai("check", "-q", Q2).out
    ran = jtai("rate", *AT, "--sure", "initials with an age")
    assert ran.err == "jtai: say who you are beside --sure: --by WHO. Nothing was written.\n"
    assert jtai("rate", *AT, "--sure", "initials with an age", "--by", "Kit Example").status == 0
    out = jtai("check", "-q", Q2).out
    assert f"  {asked}    Answered: Looked at by Kit Example: initials with an age\n" in out


def test_scrub_check_reads_every_commit_and_every_message(repo: Repo, jtai: Jtai) -> None:
    first = repo.head
    repo.replace(RETURN, "      update:\n", f"      update: Seen {NUMBER}\n")
    added = repo.commit("Add")
    repo.replace(RETURN, f"Seen {NUMBER}", "Seen")
    repo.commit("Take back")
    told = repo.commit("Ring 07700 900123\n\nSigned-off-by: Sam Example <sam@example.org>")
    ran = jtai("scrub-check", f"{first}..HEAD")
    assert ran.status == 1
    delete = "Delete it: git keeps what is committed for ever. If it may stand: jtai explain personal-data."
    assert (
        ran.out
        == f"""\
{added[:10]} {RETURN}:18:20: an NHS number stands here. {delete}
{told[:10]} its message:1:6: a phone number stands here. {delete}
Do not push this. docs/personal-data.md says what to do. 3 commits were read.
"""
    )
    assert (
        jtai("scrub-check", f"{added}..{added}").out == f"No personal data was found in 0 commits, {added}..{added}.\n"
    )
    assert jtai("scrub-check", "HEAD~9..HEAD").status == 2
    assert jtai("scrub-check", "..HEAD").err == (
        "jtai: '..HEAD' does not name commits. Write BASE..HEAD, such as origin/main..HEAD.\n"
    )


def test_scrub_check_reads_the_name_of_the_branch(repo: Repo, jtai: Jtai) -> None:
    first = repo.head
    repo.branch("seen-943-476-5919")
    named = "an NHS number stands in the name of the branch. Rename it: git branch --move NAME."
    for asked in (f"{first}..HEAD", f"{first}..seen-943-476-5919"):
        ran = jtai("scrub-check", asked)
        assert (ran.status, ran.out.splitlines()[0], "5919" in ran.out) == (1, named, False)


def test_words_of_agencies_and_boards_are_told_only_when_asked_for(repo: Repo, jtai: Jtai) -> None:
    jtai("rate", *AT, "--update", "Secret words", "--evidence", "Secret file", "--recovery", "Secret plan")
    jtai("board", "moderate", "T1.1", "impact", "amber", "--reason", "Secret reason", "--board", "lscb", "-q", Q2)
    jtai("board", "ask", "Secret ask", "--board", "lscb", "-q", Q2)
    for form in ("text", "md", "json"):
        out = jtai("diff", "--format", form).out
        assert "Secret" not in out
        assert "Secret plan" in jtai("diff", "--with-text", "--format", form).out
    out = jtai("diff").out
    assert "  T1.1 impact, Q2 2018/19: no return → red (no return → on track)\n" in out
    assert "  T1.1 impact, Q2 2018/19: update added\n" in out
    assert "moderated rating added: amber" in out


def test_the_words_of_a_restricted_cell_are_in_the_board_edition_alone(repo: Repo, jtai: Jtai) -> None:
    ran = jtai("rate", *AT, "--update", "Secret words", "--evidence", "Secret file", "--recovery", "Secret plan",
               "--restrict", "A child could be recognised", "--by", "Kit Example")  # fmt: skip
    assert ran.status == 0
    assert (
        "restricted:\n        reason: A child could be recognised\n        by: Kit Example\n"
        in (repo.root / RETURN).read_text()
    )
    repo.commit("Rate")
    for command in (
        ("diff", "HEAD~1", "--with-text"),
        ("diff", "HEAD~1", "--with-text", "--format", "md"),
        ("diff", "HEAD~1", "--with-text", "--format", "json"),
        ("log", "T1.1"),
        ("log", "--format", "json"),
        ("remind", "-q", Q2),
        ("export", "--format", "json"),
        ("export", "--format", "csv"),
        ("report", "-q", Q2, "--edition", "public", "--format", "md,html", "--out", "out"),
    ):
        ran = jtai(*command)
        assert "Secret" not in ran.out + ran.err, command
    made = [file.read_text() for folder in ("out", "export") for file in (repo.root / folder).rglob("*.*")]
    assert not any("Secret" in text for text in made)
    jtai("report", "-q", Q2, "--format", "md", "--out", "board")
    assert "Secret words" in next((repo.root / "board").rglob("board-report.md")).read_text()


def test_a_plan_is_checked_as_before_without_personal_data(tmp_path: Path, jtai: Jtai) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "plan")
    assert jtai("check", "--plan", "plan", "--select", "may-identify,personal-data", "--fail-on", "query").status == 0


def test_guided_rate_asks_again_and_keeps_nothing_of_it(
    repo: Repo, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["r", f"Seen {NUMBER}", "Seen", "q"])
    monkeypatch.setattr("builtins.input", lambda *_: next(typed))
    ran = jtai("rate", "--agency", "police", "-q", Q2)
    assert "what you wrote holds an NHS number. Git keeps" in ran.out + ran.err
    text = (repo.root / RETURN).read_text()
    assert "update: Seen\n" in text
    assert "5919" not in text
