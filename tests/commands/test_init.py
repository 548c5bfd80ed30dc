"""`jtai init`: a whole repository or nothing, by options or by questions, whatever people are called."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from builders import Jtai, Ran
from exchange.plan_import.office_files import rows, word
from hostile import HOSTILE
from jtai_plan.errors import CannotDo
from jtai_plan.exchange.plan_import import plan as plan_tables
from jtai_plan.exchange.plan_import.leads import ReadLead
from jtai_plan.exchange.plan_import.parts import ReadAction, ReadPlan, ReadTheme
from jtai_plan.files.load import load
from jtai_plan.rules.new_plan import SCALES, periods, this_period, trajectory
from places import ROOT

ENOUGH = ("--title", "A plan", "--agency", "Police", "--first-quarter", "Q2 2018/19")
TOP = [".gitattributes", ".github", ".gitignore", ".gitlab-ci.yml", "README.md", "plan", "requirements.txt", "schemas"]
# Coverage writes files of its own, which one of these tests forbids.
UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def init(*arguments: str, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jtai_plan", "init", *arguments]
    return subprocess.run(command, cwd=cwd, check=False, capture_output=True, encoding="utf-8", **more)


def everything(folder: Path) -> dict[str, bytes | None]:
    """All that lies in *folder*, but for what git keeps."""
    return {
        str(each.relative_to(folder)): each.read_bytes() if each.is_file() else None
        for each in sorted(folder.rglob("*"))
        if ".git" not in each.relative_to(folder).parts
    }


def test_it_says_what_it_made_and_what_comes_next(tmp_path: Path, jtai: Jtai) -> None:
    ran = jtai("init", "our plan", *ENOUGH, "--agency", "Health Trust")
    assert (ran.status, ran.err) == (0, "")
    files, _, then = ran.out.partition("\n16 files in ")
    made = [path for path, content in everything(tmp_path / "our plan").items() if content is not None]
    assert sorted(files.splitlines()) == sorted(f"{path}: new" for path in made)
    assert then == (
        "our plan, for 2 agencies:\n"
        "  plan/agencies/police  Police\n"
        "  plan/agencies/health-trust  Health Trust\n"
        "jtai began a git repository, on the branch main. Nothing was committed.\n"
        "\n"
        "Next:\n"
        "  cd 'our plan'\n"
        "  edit plan/plan.yaml: replace the placeholder action, and agree the scale and the expected ratings\n"
        f"  look at requirements.txt: the checks install 'jtai-plan=={version('jtai-plan')}'. Name another place with "
        "--jtai\n"
        "  jtai check\n"
        "  jtai open 'Q2 2018/19'\n"
    )
    assert sorted(each.name for each in tmp_path.iterdir()) == ["our plan"]
    assert sorted(each.name for each in (tmp_path / "our plan").iterdir() if each.name != ".git") == TOP


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("count", ["1", "3", "40"])
@pytest.mark.parametrize("first", ["Q2 2018/19", "Q4 2024"])
def test_a_quarter_can_be_run_at_once(jtai: Jtai, scale: str, count: str, first: str) -> None:
    call = ("--title", "A plan", "--agency", "Police", "--board", "The Board", "--first-quarter", first)
    assert jtai("init", "new", *call, "--quarters", count, "--scale", scale).status == 0
    at, complete = ("--plan", "new"), next(each.id for each in SCALES[scale].ratings if each.complete)
    assert jtai("check", *at).status == 0
    # Nothing is worth asking but what is to be written still.
    asked = re.findall(r"\(([a-z-]+)\)", jtai("check", "--fail-on", "query", *at).out.partition("Worth asking")[2])
    assert asked == ["placeholder-left"] * 3
    for command in (
        ("open", first),
        ("rate", "1.1", "impact", complete, "-q", first),
        ("report",),
        ("sign-off", "police", "--board", "Its board", "--on", "2018-07-12"),
        ("board", "ask", "Who pays?", "-q", first, "--board", "the-board"),
        ("close", first, "--by", "Me", "--with-missing"),
        ("check",),
    ):
        assert jtai(*command, *at).status == 0, command


def test_what_is_said_is_in_the_files(tmp_path: Path, jtai: Jtai) -> None:
    ran = jtai(
        "init",
        "new",
        *("--title", "The plan: a “start”", "--partnership", "Our partnership", "--collator", "The Council"),
        *("--agency", "Southend CCG|CCG|the CCG=@lead @health/safeguarding", "--agency", "Police=kit@police.example"),
        *("--agency", "Council", "--board", "LSCB", "--board", "Community Safety Board"),
        *("--first-quarter", "2018-19-q4", "--quarters", "2"),
    )
    assert ran.status == 0
    partnership = load(tmp_path / "new").trusted()
    plan = partnership.plan
    assert (plan.title, plan.partnership, plan.collated_by) == ("The plan: a “start”", "Our partnership", "The Council")
    assert {each: board.name for each, board in plan.boards.items()} == {
        "lscb": "LSCB",
        "community-safety-board": "Community Safety Board",
    }
    assert [(name, each.label, str(each.first_day), str(each.last_day)) for name, each in plan.periods.items()] == [
        ("2018-19-Q4", "Q4 2018/19", "2019-01-01", "2019-03-31"),
        ("2019-20-Q1", "Q1 2019/20", "2019-04-01", "2019-06-30"),
    ]
    assert {each: agency.name for each, agency in partnership.agencies.items()} == {
        "southend-ccg": "Southend CCG",
        "council": "Council",
        "police": "Police",
    }
    agency = (tmp_path / "new/plan/agencies/southend-ccg/agency.yaml").read_text()
    assert "\n# Also written: CCG; the CCG.\n" in agency
    owners = (tmp_path / "new/.github/CODEOWNERS").read_text().splitlines()
    assert [line for line in owners if "agencies" in line] == [
        "/plan/agencies/southend-ccg/ @lead @health/safeguarding",
        "/plan/agencies/police/ kit@police.example",
        "# /plan/agencies/council/ @reviewer",
    ]
    assert re.search(r"^jtai-plan==\d[\d.]*$", (tmp_path / "new/requirements.txt").read_text(), re.MULTILINE)
    readme = (tmp_path / "new/README.md").read_text()
    assert "\n| The Council | opens each period" in readme
    assert "\n| Southend CCG | rates the actions it leads" in readme


@pytest.mark.parametrize("boards", [(), ("--board", "LSCB")])
@pytest.mark.parametrize("scale", SCALES)
def test_every_field_that_is_shown_as_an_example_is_one(
    tmp_path: Path, jtai: Jtai, boards: Sequence[str], scale: str
) -> None:
    jtai("init", "new", *ENOUGH, *boards, "--scale", scale)
    root = tmp_path / "new"
    for file in (root / "plan").rglob("*.yaml"):
        text = file.read_text()
        used = re.sub(r"^( *)#(?! \S)", r"\1", text, flags=re.MULTILINE)
        assert used != text
        file.write_text(used)
    assert load(root).faults == ()
    plan = load(root).trusted().plan
    said = plan.model_dump(exclude_defaults=True)
    assert set(type(plan).model_fields) == set(said)
    action = plan.actions["T1.1"]
    assert set(type(action).model_fields) == action.model_fields_set
    assert jtai("check", "--plan", "new").status == 0
    agency = load(root).trusted().agencies["police"]
    assert set(type(agency).model_fields) - agency.model_fields_set == {"signs_with", "contacts"}


def test_every_file_names_a_schema_that_is_there(tmp_path: Path, jtai: Jtai) -> None:
    jtai("init", "new", *ENOUGH)
    jtai("open", "Q2 2018/19", "--plan", "new")
    files = sorted((tmp_path / "new/plan").rglob("*.yaml"))
    assert len(files) == 4
    for file in files:
        first = file.read_text().splitlines()[0]
        assert (file.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file(), file


def test_the_schemas_are_packaged_one_and_all() -> None:
    packaged = (ROOT / "pyproject.toml").read_text()
    for file in (ROOT / "schemas").glob("*.json"):
        assert f'"schemas/{file.name}" = "jtai_plan/schemas/{file.name}"' in packaged


# What people are called.


@pytest.mark.parametrize(
    "name", [*HOSTILE.values(), "a: b", "- a", "@kit /plan/ @root", "*", "# x", "{a}", "\u2028x: y"]
)
def test_whatever_people_are_called_is_only_text(tmp_path: Path, jtai: Jtai, name: str) -> None:
    words = f"Name {name}"[:60]
    ran = jtai(
        "init",
        "new",
        *("--title", name, "--partnership", name, "--collator", name, "--board", words),
        *("--agency", f"{words.replace('=', '').replace('|', '')}=", "--first-quarter", "Q2 2018/19"),
    )
    assert (ran.status, ran.err) == (0, "")
    root = tmp_path / "new"
    partnership = load(root).trusted()
    flat = " ".join(name.split())
    assert (partnership.plan.title, partnership.plan.partnership, partnership.plan.collated_by) == (flat, flat, flat)
    (agency,) = partnership.agencies.values()
    assert agency.name == " ".join(words.replace("=", "").replace("|", "").split())
    owners = (root / ".github/CODEOWNERS").read_text()
    assert [line for line in owners.splitlines() if line and not line.startswith("# ")] == []
    assert jtai("check", "--plan", "new").status == 0
    assert jtai("report", "--plan", "new").status == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--title", "a\x1b[2J"], "the title holds a character that is not text: 'a\\x1b[2J'."),
        (["--title", " \n"], "the title is empty."),
        (["--collator", "\u202e"], "the collator holds a character that is not text: '\\u202e'."),
        (["--partnership", "\udcff"], "the partnership holds a character that is not text: '\\udcff'."),
        (["--agency", "A||B"], "the name of an agency is empty."),
        (["--agency", "POLICE"], "two agencies, 'Police' and 'POLICE', would have the same id, police."),
        (["--board", "LSCB", "--board", "lscb"], "two boards, 'LSCB' and 'lscb', would have the same id, lscb."),
        (
            ["--agency", "A=kit"],
            "'kit' cannot review for A. Name an @account, an @organisation/team or an e-mail address.",
        ),
        (["--agency", "A=@kit\n* @root"], "'*' cannot review for A"),
        (["--agency", "A=@kit#"], "'@kit#' cannot review for A"),
        (["--agency", "A=@kit/../x"], "'@kit/../x' cannot review for A"),
        (
            ["--first-quarter", "Q5 2018"],
            "'Q5 2018' is not a quarter. Write Q2 2018/19 for years from April, or Q2 2024 for",
        ),
        (["--first-quarter", "Q1 2018/20"], "'Q1 2018/20' is not a quarter."),
        (["--first-quarter", "next"], "'next' is not a quarter."),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    tmp_path: Path, jtai: Jtai, more: list[str], sentence: str
) -> None:
    ran = jtai("init", "new", *ENOUGH, *more)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"jtai: {sentence}")
    assert ran.err.endswith(" Nothing was written.\n")
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("made", ["", "1", "../x", "A", "a" * 64, "a\nb"])
def test_an_id_that_no_folder_should_be_named_by_is_refused(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, made: str
) -> None:
    monkeypatch.setattr("jtai_plan.commands.members.agency_id", lambda _: made)
    assert jtai("init", "new", *ENOUGH).err == (
        "jtai: cannot make an id from the agency 'Police'. An id begins with a letter from a to z and has at most 63 "
        "characters. Give a name like that here, and correct it in the file afterwards. Nothing was written.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_missing_is_named_at_once(tmp_path: Path, jtai: Jtai) -> None:
    end = "or run jtai init in a terminal and answer its questions. Nothing was written.\n"
    assert jtai("init", "new").err == f"jtai: give --title, --agency and --first-period, {end}"
    assert jtai("init", "new", *ENOUGH[2:]).err == f"jtai: give --title, {end}"
    assert list(tmp_path.iterdir()) == []


# Everything or nothing.


def test_a_folder_with_other_files_is_added_to(tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / "new/plan").mkdir(parents=True)
    (tmp_path / "new/LICENSE").write_text("Free")
    ran = jtai("init", "new", *ENOUGH)
    assert ran.status == 0
    assert (tmp_path / "new/LICENSE").read_text() == "Free"
    assert load(tmp_path / "new").faults == ()


def test_what_a_forge_begins_a_repository_with_is_kept(tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / "new").mkdir()
    theirs = {name: f"{name} of theirs" for name in (".gitignore", "LICENSE", "README.md")}
    for name, text in theirs.items():
        (tmp_path / "new" / name).write_text(text)
    ran = jtai("init", "new", *ENOUGH)
    assert (ran.status, ran.err) == (0, "")
    assert [each for each in (".gitignore", "README.md") if f"\n{each}: kept as it was\n" in ran.out] == [
        ".gitignore",
        "README.md",
    ]
    assert "\n13 files in new, for 1 agency:\n" in ran.out
    assert "README.md: new" not in ran.out
    assert {name: (tmp_path / "new" / name).read_text() for name in theirs} == theirs
    assert jtai("check", "--plan", "new").status == 0


def test_the_readme_names_every_command_of_a_quarter_and_where_jtai_comes_from(tmp_path: Path, jtai: Jtai) -> None:
    jtai("init", "new", *ENOUGH)
    readme = (tmp_path / "new/README.md").read_text()
    for command in ("submit AGENCY", "diff", "log ACTION", "sign-off AGENCY"):
        assert f"\n| `jtai {command}` | " in readme
    assert "does not have jtai, say in [requirements.txt](requirements.txt) where to find it." in readme


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("0.9", "jtai-plan==0.9"),
        ("git+https://git.example/jtai.git@v0.9", "jtai-plan @ git+https://git.example/jtai.git@v0.9"),
        (
            "https://files.example/jtai_plan-0.9-py3-none-any.whl",
            "jtai-plan @ https://files.example/jtai_plan-0.9-py3-none-any.whl",
        ),
        ("wheels/jtai_plan-0.9-py3-none-any.whl", "./wheels/jtai_plan-0.9-py3-none-any.whl"),
    ],
)
def test_the_repository_says_where_jtai_comes_from(tmp_path: Path, jtai: Jtai, source: str, line: str) -> None:
    call = ("init", "new", "--title", "A plan", "--agency", "Police", "--first-quarter", "Q2 2018/19")
    assert jtai(*call, "--jtai", source).status == 0
    assert (tmp_path / "new/requirements.txt").read_text().splitlines()[-1] == line


@pytest.mark.parametrize(
    "source", ["--index-url=https://a.example", "-r other.txt", "x\n-e .", "file:///tmp/x", "jtai", "../x.whl"]
)
def test_what_pip_would_take_for_something_else_is_refused(tmp_path: Path, jtai: Jtai, source: str) -> None:
    call = ("init", "new", "--title", "A plan", "--agency", "Police", "--first-quarter", "Q2 2018/19")
    ran = jtai(*call, f"--jtai={source}")
    assert (ran.status, "is no version (1.0), no address" in ran.err) == (2, True)
    assert not (tmp_path / "new").exists()


def test_an_address_that_jtai_was_installed_from_is_the_repositorys(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed:
        def read_text(self, _: str) -> str:
            return '{"url": "https://git.example/jtai.git", "vcs_info": {"vcs": "git", "commit_id": "abc1234"}}'

    monkeypatch.setattr("jtai_plan.commands.requirement.distribution", lambda _: Installed())
    assert jtai("init", "new", "--title", "A plan", "--agency", "Police", "--first-quarter", "Q2 2018/19").status == 0
    assert (tmp_path / "new/requirements.txt").read_text().splitlines()[-1] == (
        "jtai-plan @ git+https://git.example/jtai.git@abc1234"
    )


def test_an_id_that_stays_for_good_is_seen(jtai: Jtai) -> None:
    assert "\n  plan/agencies/agency  日本\n" in jtai("init", "new", *ENOUGH, "--agency", "日本").out


def test_an_empty_folder_that_one_stands_in_stays_the_one_that_one_stands_in(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").mkdir()
    before = (tmp_path / "new").stat().st_ino
    monkeypatch.chdir(tmp_path / "new")
    ran = jtai("init", ".", *ENOUGH)
    assert "Next:\n  edit plan/plan.yaml" in ran.out
    assert (tmp_path / "new").stat().st_ino == before
    assert jtai("check").status == 0


def test_folders_on_the_way_are_made(tmp_path: Path, jtai: Jtai) -> None:
    assert jtai("init", "a/b/c", *ENOUGH).status == 0
    assert load(tmp_path / "a/b/c").faults == ()
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_no_file_that_is_there_is_touched_and_each_is_named(tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / "new/plan").mkdir(parents=True)
    (tmp_path / "new/README.md").write_text("Mine")
    (tmp_path / "new/plan/agencies").write_text("a file where a folder belongs")
    (tmp_path / "new/.gitignore").symlink_to("nowhere")
    before = everything(tmp_path)
    ran = jtai("init", "new", *ENOUGH)
    assert (ran.status, ran.err) == (
        2,
        (
            f"jtai: {tmp_path}/new: 2 files are in the way: .gitignore, plan/agencies/police/agency.yaml. "
            "Move what is there away, or name another folder. Nothing was written.\n"
        ),
    )
    assert everything(tmp_path) == before


def test_a_second_time_what_would_differ_is_in_the_way(tmp_path: Path, jtai: Jtai) -> None:
    jtai("init", "new", *ENOUGH)
    before = everything(tmp_path)
    assert "a file is in the way: plan/plan.yaml." in jtai("init", "new", *ENOUGH, "--title", "Another").err
    assert jtai("init", "new", *ENOUGH).out.count(": kept as it was\n") == 15
    assert everything(tmp_path) == before


def test_a_file_is_no_folder(tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / "new").write_text("x")
    for folder in ("new", "new/below"):
        assert jtai("init", folder, *ENOUGH).err == (
            f"jtai: {tmp_path}/new: this is not a folder. Name another. Nothing was written.\n"
        )


def test_nothing_is_written_through_a_link_that_leads_out(tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "new/plan").symlink_to(tmp_path / "elsewhere")
    ran = jtai("init", "new", *ENOUGH)
    assert ran.err.endswith(f": a link on the way there leads out of {tmp_path}/new. Nothing was written.\n")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.posix
@pytest.mark.parametrize("there", [None, "empty", "with a file"])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, there: str | None) -> None:
    if there:
        (tmp_path / "new").mkdir()
    if there == "with a file":
        (tmp_path / "new/mine").write_text("x")
    before = everything(tmp_path)
    import resource  # Windows has none

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    ran = init("new", *ENOUGH, cwd=tmp_path, env=UNMEASURED, preexec_fn=no_room)
    assert (ran.returncode, ran.stderr) == (1, "jtai: File too large. No file was left half-written.\n")
    assert everything(tmp_path) == before


@pytest.mark.parametrize("there", [False, True])
def test_control_c_at_any_file_leaves_everything_as_it_was(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    if there:
        (tmp_path / "new/plan").mkdir(parents=True)
        (tmp_path / "new/plan/mine").write_text("x")
    before = everything(tmp_path)
    rename = Path.rename
    for moves in range(16 if there else 1):
        left = iter(range(moves))

        def interrupted(self: Path, target: Path, left: Any = left) -> Path:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", interrupted)
        ran = jtai("init", "new", *ENOUGH)
        assert ran.status == (0 if moves == 15 else 130)
        if moves < 15:
            assert everything(tmp_path) == before
            assert not (tmp_path / "new/.git").exists()


# The git repository.


@pytest.mark.posix
def test_the_repository_has_no_hook_and_no_commit(tmp_path: Path) -> None:
    template = tmp_path / "template/hooks"
    template.mkdir(parents=True)
    (template / "post-checkout").write_text("#!/bin/sh\ntouch ran\n")
    (tmp_path / "gitconfig").write_text(f"[init]\n\ttemplateDir = {tmp_path}/template\n\tdefaultBranch = trunk\n")
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "GIT_TEMPLATE_DIR": str(tmp_path / "template"),
    }
    assert init("new", *ENOUGH, cwd=tmp_path, env=environment).returncode == 0
    assert not (tmp_path / "new/.git/hooks").exists()
    assert (tmp_path / "new/.git/HEAD").read_text() == "ref: refs/heads/main\n"
    said = subprocess.run(
        ["git", "status", "--short"], cwd=tmp_path / "new", check=True, capture_output=True, text=True
    ).stdout
    assert [line.removeprefix("?? ").rstrip("/") for line in said.splitlines()] == TOP


def test_without_git_it_says_so_and_goes_on(tmp_path: Path) -> None:
    ran = init("new", *ENOUGH, cwd=tmp_path, env={**os.environ, "PATH": "/nowhere"})
    assert ran.returncode == 0
    assert "\njtai could not begin a git repository: git is not installed, or is not on the PATH." in ran.stdout
    assert load(tmp_path / "new").faults == ()


def test_a_git_that_fails_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "gitconfig").write_text("[broken\n")
    ran = init("new", *ENOUGH, cwd=tmp_path, env={**os.environ, "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")})
    assert ran.returncode == 0
    assert re.search(
        r"\njtai could not begin a git repository \(bad config line 1 .*\)\. Begin one: git init\.\n", ran.stdout
    )


def test_a_repository_that_is_there_is_used(tmp_path: Path, jtai: Jtai) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    told = jtai("init", "new", *ENOUGH).out
    assert f"\nThis folder is inside the repository {tmp_path}. GitHub and GitLab read .github and" in told
    assert not (tmp_path / "new/.git").exists()
    (tmp_path / "top").mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path / "top", check=True)
    assert "\nThis is already a git repository. Nothing was committed.\n" in jtai("init", "top", *ENOUGH).out


# By questions.


class Terminal(io.StringIO):
    """Lines that somebody types."""

    def isatty(self) -> bool:
        return True


Asking = Callable[..., Ran]


@pytest.fixture
def asking(jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Runs `jtai init new` with lines that somebody types."""

    def run(*lines: str, options: Sequence[str] = ()) -> Ran:
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))
        return jtai("init", "new", *options)

    return run


def test_the_questions_and_their_defaults(tmp_path: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jtai_plan.commands.init_answers.this_period", lambda *_: "Q3 2026/27")
    ran = asking("", "", "A plan", "", "The Council", "Police=@kit", "Health", "", "LSCB", "", "", "", "", "")
    assert ran.status == 0
    questions = ran.out.partition(".gitattributes: new")[0]
    assert questions == (
        "Set up a new partnership's plan. Press Enter to take the answer in [brackets].\n"
        "Type q to stop. Nothing is written before the last answer.\n"
        "Word or Excel file to read the actions from (optional): "
        "How often agencies report: month, quarter, term or half-year [quarter]: "
        "Title of the plan: "
        "Name of the partnership (optional): "
        "Who collates the returns (optional): "
        "The agencies, one on a line. Add =@account to say who reviews its returns.\n"
        "Agency 1: Agency 2 (Enter when done): Agency 3 (Enter when done): "
        "The boards that receive the report, one on a line.\n"
        "Board 1 (Enter when done): Board 2 (Enter when done): "
        "First quarter [Q3 2026/27]: "
        "How many of them [4]: "
        "The rating scale:\n"
        "brag: red, amber, blue, and grey for what has not begun.\n"
        "ragb: red, amber, green, and blue for what is done.\n"
        "rag: red, amber, and green for what is done or on course to be.\n"
        "delivery: off track, at risk, on track, complete, and not started.\n"
        "Scale [brag]: "
        "What is rated for every action, one on a line, such as Progress.\n"
        "Enter at once takes process/activity, impact and performance.\n"
        "Dimension 1 (Enter when done): "
    )
    partnership = load(tmp_path / "new").trusted()
    assert list(partnership.agencies) == ["police", "health"]
    assert list(partnership.plan.periods) == ["2026-27-Q3", "2026-27-Q4", "2027-28-Q1", "2027-28-Q2"]
    assert (partnership.plan.partnership, partnership.plan.collated_by) == (None, "The Council")


def test_what_is_not_understood_is_asked_again(tmp_path: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = asking(
        *(
            "no.docx",
            "",
            "year",
            "quarter",
            "",
            "A plan",
            "",
            "",
            "",
            "Police=kit",
            "Police",
            "police",
            "",
            "B",
            "b",
            "",
            "soon",
            "Q1 2024",
        ),
        *("0", "many", "2", "purple", "RAGB", "Progress", "progress", "Use", ""),
    )
    assert ran.status == 0
    asked = ran.out.partition(".gitattributes: new")[0]
    # Each prompt ends where something is typed.
    assert [line for line in re.split(r"\n|: ", asked) if len(line) > 80] == []
    for sentence in (
        "no.docx: there is no such file. Check the spelling of its name.",
        "'year' is none of these. Type month, quarter, term or half-year.",
        "two dimensions, 'Progress' and 'progress', would have the same id, progress.",
        "the title is empty.",
        "the name of an agency is empty.",
        "'kit' cannot review for Police. Name an @account, an @organisation/team or an e-mail address.",
        "two agencies, 'Police' and 'police', would have the same id, police. Leave one out, or rename it.",
        "two boards, 'B' and 'b', would have the same id, b.",
        "'soon' is not a quarter. Write Q2 2018/19 for years from April, or Q2 2024 for calendar years.",
        "give a number of periods from 1 to 120, not '0'.",
        "give a number of periods from 1 to 120, not 'many'.",
        "'purple' is not a scale. Choose brag, ragb, rag or delivery.",
    ):
        assert sentence in " ".join(asked.split()), sentence
    plan = load(tmp_path / "new").trusted().plan
    assert (list(plan.periods), list(plan.scale)) == (["2024-Q1", "2024-Q2"], ["red", "amber", "green", "blue"])


@pytest.mark.parametrize("count", ["0", "121", "many"])
def test_a_wrong_number_of_quarters_is_refused_in_one_sentence(jtai: Jtai, count: str) -> None:
    ran = jtai("init", "new", *ENOUGH, "--quarters", count)
    sentence = f"give a number of periods from 1 to 120, not '{count}'. Nothing was written."
    assert (ran.status, ran.err) == (2, f"jtai: {sentence}\n")


def test_what_the_call_says_is_not_asked(asking: Asking) -> None:
    said = (
        *ENOUGH[2:],
        "--board",
        "B",
        "--quarters",
        "1",
        "--scale",
        "ragb",
        "--every",
        "quarter",
        "--dimension",
        "Use",
    )
    ran = asking("", "A plan", "", "", options=said)
    assert ran.status == 0
    assert re.findall(r"(\w+)[^:.]*: ", ran.out.partition("answer.\n")[2].partition(".git")[0]) == [
        "Word",
        "Title",
        "Name",
        "Who",
    ]


def test_where_nothing_is_missing_nothing_is_asked(asking: Asking) -> None:
    assert asking(options=ENOUGH).out.startswith(".gitattributes: new\n")


def test_nothing_is_asked_where_a_file_is_in_the_way(tmp_path: Path, asking: Asking) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new/README.md").write_text("Mine")
    (tmp_path / "new/.gitlab-ci.yml").write_text("Mine")
    ran = asking("A plan")
    assert (ran.status, ran.out) == (2, "")
    assert "new: a file is in the way: .gitlab-ci.yml. Move what is there away, or name another folder." in ran.err


@pytest.mark.parametrize("end", [("q",), ()])
def test_one_can_stop_and_nothing_is_left(tmp_path: Path, asking: Asking, end: Sequence[str]) -> None:
    ran = asking("", "", "A plan", "", "", "Police", *end)
    assert (ran.status, ran.err) == (2, "jtai: stopped. Nothing was written.\n")
    assert list(tmp_path.iterdir()) == []


def test_control_c_at_a_question_leaves_nothing(
    tmp_path: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    ran = asking()
    assert (ran.status, ran.err.splitlines()[-1]) == (
        130,
        "jtai: stopped. No file was left half-written.",
    )
    assert list(tmp_path.iterdir()) == []


# From a document.

READ = ReadPlan(
    title="The agreed plan",
    themes=(
        ReadTheme(
            "T1",
            "Strategy: first",
            (
                ReadAction(
                    "T1.1",
                    "Revise\nthe strategy",
                    (ReadLead("police", "Kit", "DI"), ReadLead("nhs", None, None)),
                    ("One", "Two"),
                ),
                ReadAction("T1.2", "#2 - [draft]", (ReadLead("nhs"),), ()),
            ),
        ),
        ReadTheme("T2", "Practice", (ReadAction("T2.1", "Train", (ReadLead("police"),), ("@all",)),)),
    ),
    agencies={"police": "Police", "nhs": "The NHS: trust"},
    not_understood=("row 7: 'Total'", "row 9:\n\x1b[2Jno lead"),
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Mapping[str, Sequence[str]]]]:
    """What the reader of documents, which finds READ, was asked."""
    calls: list[tuple[Path, Mapping[str, Sequence[str]]]] = []

    def read_plan(file: Path, agencies: Mapping[str, Sequence[str]], *_: Mapping[str, str]) -> ReadPlan:
        calls.append((file, agencies))
        return READ

    monkeypatch.setattr(plan_tables, "read_plan", read_plan)
    return calls


def test_a_document_gives_the_themes_and_actions(
    tmp_path: Path, jtai: Jtai, asked: list[tuple[Path, Mapping[str, Sequence[str]]]]
) -> None:
    ran = jtai(
        *("init", "new", "--from", "plan.docx", "--agency", "Police|the police=@kit", "--agency", "Probation"),
        *("--first-quarter", "Q2 2018/19"),
    )
    assert ran.status == 0
    assert ran.err == (
        "Compare these with the file: they were not read, or not as they stand there.\n  row 7: 'Total'\n"
        "  row 9: [2Jno lead\n"
    )
    assert asked == [(Path("plan.docx"), {"police": ("Police", "the police"), "probation": ("Probation",)})]
    assert (
        "\n  edit plan/plan.yaml: compare it with the agreed document, and agree the scale and the expected ratings\n"
        in ran.out
    )
    text = (tmp_path / "new/plan/plan.yaml").read_text()
    assert "PLACEHOLDER" not in text + (tmp_path / "new/README.md").read_text()
    assert YAML(typ="safe").load(text)["themes"] == [
        {
            "id": "T1",
            "title": "Strategy: first",
            "actions": [
                {
                    "id": "T1.1",
                    "action": "Revise\nthe strategy",
                    "leads": [{"agency": "police", "name": "Kit", "role": "DI"}, {"agency": "nhs"}],
                    "outcome_measure": ["One", "Two"],
                },
                {"id": "T1.2", "action": "#2 - [draft]", "leads": [{"agency": "nhs"}]},
            ],
        },
        {
            "id": "T2",
            "title": "Practice",
            "actions": [
                {"id": "T2.1", "action": "Train", "leads": [{"agency": "police"}], "outcome_measure": ["@all"]},
            ],
        },
    ]
    partnership = load(tmp_path / "new").trusted()
    assert partnership.plan.title == "The agreed plan"
    assert {each: itself.name for each, itself in partnership.agencies.items()} == {
        "police": "Police",
        "nhs": "The NHS: trust",
        "probation": "Probation",
    }
    assert (jtai("check", "--plan", "new").status, jtai("open", "Q2 2018/19", "--plan", "new").status) == (0, 0)


def test_a_document_answers_questions(
    tmp_path: Path, asking: Asking, asked: list[tuple[Path, Mapping[str, Sequence[str]]]]
) -> None:
    ran = asking("", "", "", "", "", "", "", "Q2 2018/19", "", "", "", options=("--from", "plan.docx"))
    assert ran.status == 0
    assert "Title of the plan [The agreed plan]: " in ran.out
    assert "Agency 1 (Enter when done): " in ran.out
    assert list(load(tmp_path / "new").trusted().agencies) == ["police", "nhs"]


def test_the_agency_of_each_post_is_asked_for(tmp_path: Path, asking: Asking) -> None:
    word(tmp_path / "plan.docx", rows(("A", "Head of Safety", "x"), ("B", "Jo Bloggs", "y"), ("C", "Chair", "z")))
    answers = ("yes", "", "A plan", "", "", "", "", "Q2 2018/19", "", "", "", "The council", "", "NPS")
    ran = asking(*answers, options=("--from", "plan.docx"))
    assert ran.status == 0
    assert "Which agency is 'Jo Bloggs' of [The council]: " in ran.out
    partnership = load(tmp_path / "new").trusted()
    assert [
        (lead.agency, lead.name, lead.role) for action in partnership.plan.actions.values() for lead in action.leads
    ] == [("the-council", None, "Head of Safety"), ("the-council", "Jo Bloggs", None), ("nps", None, "Chair")]
    assert list(partnership.agencies) == ["the-council", "nps"]


def test_the_columns_are_asked_for_one_by_one_if_they_were_read_wrongly(tmp_path: Path, asking: Asking) -> None:
    headings = ("Action", "Lead", "Owner", "Outcome")
    word(tmp_path / "plan.docx", [headings, ("A", "Jo Bloggs", "NPS", "x")])
    columns = ("maybe", "n", "", "Ownr", "owner", "4", *[""] * 6)
    answers = ("", "A plan", "", "", "", "", "Q2 2018/19", "", "", "")
    ran = asking(*columns, *answers, options=("--from", "plan.docx"))
    assert ran.status == 0, ran.err
    assert "Is that right, yes or no? [yes]: answer yes or no, not 'maybe'.\n" in ran.out
    assert "Column of the action [Action]: Column of the lead [Lead]: " in ran.out
    assert "it has no column 'Ownr'. There is 'Action', 'Lead', 'Owner', 'Outcome'." in ran.out.replace("\n", " ")
    assert "Column of the sponsor [none]: " in ran.out
    (action,) = load(tmp_path / "new").trusted().plan.actions.values()
    assert ([lead.agency for lead in action.leads], dict(action.also)) == (["nps"], {"Lead": "Jo Bloggs"})


def test_what_nobody_knows_yet_is_left_open(tmp_path: Path, asking: Asking) -> None:
    word(tmp_path / "plan.docx", rows(("A", "Head of Safety", "x"), ("B", "Jo Bloggs", "y")))
    answers = ("'plan.docx'", "", "", "A plan", "", "", "", "", "Q2 2018/19", "", "", "", "-", "The council")
    ran = asking(*answers)
    assert ran.status == 0, ran.err
    partnership = load(tmp_path / "new").trusted()
    assert [lead.agency for each in partnership.plan.actions.values() for lead in each.leads] == [
        "placeholder",
        "the-council",
    ]


def test_a_terminal_asks_which_period_the_columns_of_progress_are_of(tmp_path: Path, asking: Asking) -> None:
    word(tmp_path / "plan.docx", [("Action", "Lead", "RAG", "Progress"), ("A", "NPS", "Green", "Begun")])
    options = ("--from", "plan.docx", "--title", "A plan", "--scale", "rag", "--every", "quarter", "--dimension", "Use")
    ran = asking("", "", "", "", "", "Q1 2024/25", "4", "Q1 2030/31", "Q2 2024/25", options=options)
    assert ran.status == 0, ran.err
    assert "Which period's returns are 'RAG' and 'Progress' (Enter to keep them in the plan): " in " ".join(
        ran.out.split("\n")
    )
    assert "'Q1 2030/31' is no period of the plan." in ran.out
    partnership = load(tmp_path / "new").trusted()
    assert partnership.rating("nps", "T1.1", "use", "2024-25-Q2") == "green"
    assert dict(partnership.plan.actions["T1.1"].also) == {}


def test_a_post_is_given_its_agency_in_the_call(tmp_path: Path, jtai: Jtai) -> None:
    word(tmp_path / "plan.docx", rows(("A", "Head of Safety", "x")))
    call = ("init", "new", "--title", "A plan", "--first-quarter", "Q2 2018/19", "--from", "plan.docx")
    assert jtai(*call, "--post", "Head of Safety").err == (
        "jtai: --post 'Head of Safety' is not POST=AGENCY, such as 'Head of Safety=The council'. Nothing was written.\n"
    )
    assert jtai(*call, "--post", "Head of Safety=The council").status == 0
    assert list(load(tmp_path / "new").trusted().agencies) == ["the-council"]


def with_progress(tmp_path: Path) -> tuple[str, ...]:
    headings = ("Action", "Lead", "Outcome", "Resource", "RAG", "Progress", "Status")
    table = [
        headings,
        ("Hire", "NPS; Police", "x", "£2", "Amber", "Advert out", "On time"),
        ("Train", "NPS", "x", "", "", "", "Completed"),
        ("Audit", "NPS", "x", "", "Purple", "", ""),
        ("Tell", "NPS", "x", "£1", "", "", ""),
    ]
    word(tmp_path / "plan.docx", table)
    return (
        "init",
        "new",
        "--title",
        "A plan",
        "--first-period",
        "Q1 2024/25",
        "--scale",
        "ragb",
        "--from",
        "plan.docx",
    )


def test_columns_of_progress_become_the_returns_of_a_period(tmp_path: Path, jtai: Jtai) -> None:
    call = with_progress(tmp_path)
    ran = jtai(*call, "--dimension", "Progress", "--as", "Q2 2024/25")
    assert ran.status == 0, ran.err
    assert "T1.3: what the columns of progress say is no rating of the scale, so none was brought over." in ran.err
    partnership = load(tmp_path / "new").trusted()
    assert ran.out.endswith("  jtai check\n  jtai report -q 'Q2 2024/25'\n")
    over = "(Brought over from plan.docx.)"
    said = {
        (agency, action): (cell.rating, cell.update)
        for (agency, _), returned in partnership.returns.items()
        for action, _, cell in returned.cells()
    }
    hire = ("amber", f"Progress: Advert out\nStatus: On time\n{over}")
    assert said == {
        ("nps", "T1.1"): hire,
        ("police", "T1.1"): hire,
        ("nps", "T1.2"): ("blue", f"Status: Completed\n{over}"),
        ("nps", "T1.3"): (None, f"RAG: Purple\n{over}"),
    }
    assert [action.also for action in partnership.plan.actions.values()] == [
        {"Resource": "£2"},
        {},
        {},
        {"Resource": "£1"},
    ]
    for command in (("check",), ("report", "-q", "Q2 2024/25")):
        assert jtai(*command, "--plan", "new").status == 0


def test_the_column_that_names_the_period_gives_its_ratings(tmp_path: Path, jtai: Jtai) -> None:
    table = [("Action", "Lead", "Q1 RAG", "Q2 RAG"), ("A", "NPS", "R", "G"), ("B", "NPS", "Amber", "Closed")]
    word(tmp_path / "plan.docx", table)
    call = (
        "--title",
        "P",
        "--first-period",
        "Q1 2024/25",
        "--scale",
        "rag",
        "--from",
        "plan.docx",
        "--as",
        "Q2 2024/25",
    )
    assert jtai("init", "new", *call).status == 0
    returned = load(tmp_path / "new").trusted().returns["nps", "2024-25-Q2"]
    over = "(Brought over from plan.docx.)"
    assert [(cell.rating, cell.update) for _, _, cell in returned.cells()] == [
        ("green", f"Q1 RAG: R\n{over}"),
        ("green", f"Q2 RAG: Closed\nQ1 RAG: Amber\n{over}"),
    ]


def test_the_key_of_the_file_says_which_rating_its_words_are(tmp_path: Path, jtai: Jtai) -> None:
    table = [("Action", "Lead", "Status"), ("A", "NPS", "Delivered, not yet evidenced"), ("B", "NPS", "Evidenced")]
    key = [("Red", "Not delivered"), ("Amber", "Delivered, not yet evidenced"), ("Evidenced", "Green")]
    word(tmp_path / "plan.docx", table, key)
    call = (
        "--title",
        "P",
        "--first-period",
        "Q1 2024/25",
        "--scale",
        "rag",
        "--from",
        "plan.docx",
        "--as",
        "Q1 2024/25",
    )
    assert jtai("init", "new", *call).status == 0
    returned = load(tmp_path / "new").trusted().returns["nps", "2024-25-Q1"]
    over = "(Brought over from plan.docx.)"
    assert [(cell.rating, cell.update) for _, _, cell in returned.cells()] == [
        ("amber", f"Status: Delivered, not yet evidenced\n{over}"),
        ("green", f"Status: Evidenced\n{over}"),
    ]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("Q1 2030/31", "--as Q1 2030/31 is no period of the plan. There is Q1 2024/25, Q2 2024/25, Q3 2024/25 and Q4"),
        ("soon", "'soon' is not a quarter"),
    ],
)
def test_progress_is_brought_over_into_a_period_of_the_plan_alone(
    tmp_path: Path, jtai: Jtai, period: str, said: str
) -> None:
    ran = jtai(*with_progress(tmp_path), "--as", period)
    assert (ran.status, said in ran.err) == (2, True), ran.err
    assert not (tmp_path / "new").exists()


def test_a_document_that_cannot_be_a_plan_is_refused_whole(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = READ._replace(themes=(READ.themes[0], READ.themes[0]), not_understood=())
    monkeypatch.setattr(plan_tables, "read_plan", lambda *_: twice)
    ran = jtai("init", "new", "--from", "x", "--first-quarter", "Q2 2018/19")
    assert ran.status == 1
    assert ran.err.startswith("jtai: plan/plan.yaml:")
    assert "theme 'T1' is listed twice." in ran.err
    assert ran.err.endswith("\nThe new plan would have these faults. Nothing was written.\n")
    assert list(tmp_path.iterdir()) == []


def test_no_agency_of_a_document_leads_out_of_the_folder(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_tables, "read_plan", lambda *_: READ._replace(agencies={"../../../x": "X"}))
    ran = jtai("init", "new", "--from", "x", "--first-quarter", "Q2 2018/19")
    assert ran.err.startswith("jtai: cannot make an id from the agency 'X'")
    assert list(tmp_path.iterdir()) == []


def a_document(tmp_path: Path) -> str:
    table = [("Ref", "What will it do?", "Owner", "By when"), ("4.54", "Train staff", "Police; Health", "Sept 2019")]
    return str(word(tmp_path / "agreed.docx", ("Heading 1", "Theme 1: Practice"), table))


def test_what_is_read_from_a_document_can_be_looked_at_first(tmp_path: Path, jtai: Jtai) -> None:
    ran = jtai("init", "new", "--from", a_document(tmp_path), "--dry-run")
    assert ran.status == 0
    assert (
        ran.out
        == """\
      Ref   Lead               Due         Action
T1.1  4.54  police and health  2019-09-30  Train staff
1 action under 1 theme. Nothing was written.
"""
    )
    said = "table 1, row 1: action = 'What will it do?', lead = 'Owner', ref = 'Ref', due = 'By when'."
    assert ran.err.startswith(f"The columns were read so (--column PART=NAME sets one):\n  {said}\n")
    assert not (tmp_path / "new").exists()
    assert jtai("init", "new", "--dry-run").err == (
        "jtai: --dry-run shows what is read from a file. Name it: --from FILE. Nothing was written.\n"
    )


def test_nothing_of_a_document_is_lost_and_the_plan_is_sound(tmp_path: Path, jtai: Jtai) -> None:
    call = ("init", "new", "--from", a_document(tmp_path), "--title", "Plan", "--first-quarter", "Q2 2018/19")
    assert jtai(*call).status == 0
    action = load(tmp_path / "new").trusted().plan.actions["T1.1"]
    assert (action.ref, dict(action.also)) == ("4.54", {})
    assert action.due == date(2019, 9, 30)
    assert jtai("check", "--plan", "new").status == 0
    assert "Due: 30 September 2019\nReference: 4.54\n" in jtai("show", "4.54", "--plan", "new").out


@pytest.mark.parametrize("column", ["cost=Money", "action", "action="])
def test_a_column_that_is_not_a_part_and_a_name_is_refused(tmp_path: Path, jtai: Jtai, column: str) -> None:
    ran = jtai("init", "new", "--from", a_document(tmp_path), "--column", column)
    assert ran.err == (
        f"jtai: --column '{column}' is not PART=NAME. The part is action, lead, outcome, ref, sponsor, "
        "recommendation, theme, due or response; the name is that of a column, its number from the left, or none. "
        "Nothing was written.\n"
    )


def test_no_agency_has_a_name_that_windows_keeps(tmp_path: Path, jtai: Jtai) -> None:
    ran = jtai("init", "new", "--title", "P", "--agency", "Aux", "--first-quarter", "Q2 2018/19")
    assert ran.err == (
        "jtai: Windows cannot check out a folder called 'aux'. Call the agency 'Aux' otherwise. Nothing was written.\n"
    )
    assert list(tmp_path.iterdir()) == []


# The quarters and the trajectory.


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("Q2 2018/19", ["2018-19-Q2", "2018-19-Q3", "2018-19-Q4", "2019-20-Q1"]),
        ("q4 1999-00", ["1999-00-Q4", "2000-01-Q1", "2000-01-Q2", "2000-01-Q3"]),
        ("2018/19 Q2", ["2018-19-Q2", "2018-19-Q3", "2018-19-Q4", "2019-20-Q1"]),
        ("Q3 2024", ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"]),
        ("2024-q3", ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"]),
    ],
)
def test_a_first_quarter_is_taken_as_people_write_it(said: str, ids: list[str]) -> None:
    made = periods("quarter", said, 4)
    assert [each.id for each in made] == ids
    for before, after in pairwise(made):
        assert (after.first_day - before.last_day).days == 1
    assert [each.first_day.day for each in made] == [1, 1, 1, 1]


@pytest.mark.parametrize("said", ["", "Q0 2018", "Q2", "Q2 18", "Q2 2018/2019", "Q2 2018/18", "2018 Q2 x", "Q2 9999"])
def test_what_is_no_quarter_is_refused(said: str) -> None:
    with pytest.raises(CannotDo, match="is not a quarter"):
        periods("quarter", said, 1)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2026-01-01", "Q4 2025/26"),
        ("2026-03-31", "Q4 2025/26"),
        ("2026-04-01", "Q1 2026/27"),
        ("2026-12-31", "Q3 2026/27"),
    ],
)
def test_the_quarter_of_a_day(day: str, label: str) -> None:
    assert this_period("quarter", date.fromisoformat(day)) == label


USUAL = ("process", "impact", "performance")


@pytest.mark.parametrize(
    ("every", "said", "ids", "label", "last_day"),
    [
        ("month", "Feb 2024", ["2024-02", "2024-03", "2024-04"], "February 2024", "2024-02-29"),
        ("month", "2019-12", ["2019-12", "2020-01", "2020-02"], "December 2019", "2019-12-31"),
        ("term", "Autumn 2019", ["2019-autumn", "2020-spring", "2020-summer"], "Autumn 2019", "2019-12-31"),
        ("term", "summer term 2020", ["2020-summer", "2020-autumn", "2021-spring"], "Summer 2020", "2020-08-31"),
        ("half-year", "H2 2018/19", ["2018-19-H2", "2019-20-H1", "2019-20-H2"], "H2 2018/19", "2019-03-31"),
        ("half-year", "2024 H1", ["2024-H1", "2024-H2", "2025-H1"], "H1 2024", "2024-06-30"),
    ],
)
def test_periods_have_any_usual_length(every: str, said: str, ids: list[str], label: str, last_day: str) -> None:
    made = periods(every, said, 3)
    assert [each.id for each in made] == ids
    assert (made[0].label, made[0].last_day.isoformat()) == (label, last_day)
    assert this_period(every, made[1].last_day) == made[1].label or every == "half-year"


@pytest.mark.parametrize(
    ("every", "said"), [("month", "Q2 2019"), ("month", "Ma 2019"), ("term", "Winter 2019"), ("half-year", "H3 2019")]
)
def test_what_is_no_such_period_is_refused(every: str, said: str) -> None:
    with pytest.raises(CannotDo, match=f"is not a {every}"):
        periods(every, said, 1)


def test_a_plan_of_one_dimension_by_month(jtai: Jtai) -> None:
    call = ("--title", "P", "--agency", "Trust", "--every", "month", "--first-period", "April 2024", "--periods", "6")
    assert jtai("init", "new", *call, "--dimension", "Progress", "--scale", "delivery").status == 0
    plan = load(Path("new")).trusted().plan
    assert list(plan.dimensions) == ["progress"]
    assert list(plan.expected["progress"]) == ["2024-04", "2024-06", "2024-09"]
    assert plan.scale["on-track"].colour == "green"
    at = ("--plan", "new")
    assert jtai("open", "2024-04", *at).status == 0
    assert jtai("rate", "1.1", "progress", "on-track", "-q", "2024-04", *at).out.endswith("expected: on track\n")


def test_a_trajectory_goes_to_blue_in_even_steps() -> None:
    eight = [str(number) for number in range(1, 9)]
    assert trajectory("brag", USUAL, eight)["process"] == {
        "1": ("red", "amber"),
        "4": ("amber", "blue"),
        "7": ("blue",),
    }
    assert trajectory("ragb", USUAL, eight)["impact"] == {
        "1": ("red", "amber"),
        "3": ("amber", "green"),
        "5": ("green", "blue"),
        "8": ("blue",),
    }
    assert trajectory("brag", USUAL, ["1"]) == {
        "process": {"1": ("blue",)},
        "impact": {"1": ("blue",)},
        "performance": {"1": ("blue",)},
    }
    assert trajectory("brag", USUAL, ["1", "2"])["impact"] == {"1": ("red",), "2": ("blue",)}
