"""`jtai diff`: what a pull request changes, with the real git."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from hostile import HOSTILE, filled_in
from jtai_plan.files.document import MAX_BYTES
from jtai_plan.files.validate import validate
from output.test_markdown import words_and_elements
from repositories import Repo, a_repository

PLAN = plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "health"))
POLICE = return_values(
    Q3,
    {
        ("T1.1", "process"): {"rating": "amber", "update": "Begun"},
        ("T1.1", "impact"): {"rating": "red", "recovery": {"plan": "Train the new team", "by": "2019-01-31"}},
        ("T1.1", "performance"): "amber",
    },
)
HEALTH = return_values(Q2, {("T1.1", "process"): "amber", ("T1.2", "impact"): "red"})
POLICE_RETURN = f"plan/agencies/police/returns/{Q3}.yaml"
HEALTH_RETURN = f"plan/agencies/health/returns/{Q2}.yaml"
CLOSED = {"closed": {"on": "2018-10-20", "by": "The collator"}}


def lying(root: Path) -> Path:
    """The plan's files, below *root*."""
    returns: dict[tuple[str, str], Any] = {("police", Q3): POLICE, ("health", Q2): HEALTH}
    return written(root, PLAN, returns, {Q2: CLOSED, Q3: {"asks": None}})


@pytest.fixture
def repo(tmp_path: Path, jtai: Jtai) -> Repo:
    """A repository with the plan on its main branch."""
    repo = a_repository(lying(tmp_path))
    repo.commit("The plan")
    return repo


def a_change(repo: Repo) -> None:
    """A realistic change: an agency's return, a closed period, an officer, an ask, and some comments."""
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    repo.replace(POLICE_RETURN, "rating: amber\n      update: Begun", "rating: red\n      update: Begun, and stopped")
    repo.replace(HEALTH_RETURN, "rating: red", "rating: grey")
    repo.replace("plan/plan.yaml", "action: Do T1.1", "action: Do T1.1 well")
    asks = '\nasks:\n  - {id: ask-1, board: lscb, about: T1.1, ask: "May we have a room?"}\n'
    repo.write(f"plan/board/{Q3}.yaml", asks)
    repo.write("plan/agencies/health/agency.yaml", "# Health, and nothing else\nname: 'Health'\n")


def test_the_whole_text_of_a_change(repo: Repo, jtai: Jtai) -> None:
    base = repo.head
    repo.branch("q3")
    a_change(repo)
    repo.commit("A change")

    ran = jtai("diff", "--with-text")

    assert ran.status == 0
    assert ran.err == f"Comparing the files in this folder with {base[:7]}, where this work left main.\n"
    assert (
        ran.out
        == """\
3 ratings changed: 2 newly behind and 1 back on track. 3 other changes. \
1 change is in a closed period: Q2 2018/19. 1 file changed in formatting only.

The plan (1)
  T1.1: wording: “Do T1.1” → “Do T1.1 well”

Police (3)
  T1.1 process/activity, Q3 2018/19: amber → red (on track → behind)
  T1.1 process/activity, Q3 2018/19: update: “Begun” → “Begun, and stopped”
  T1.1 impact, Q3 2018/19: red → amber (behind → on track)

Health (1)
  T1.2 impact, Q2 2018/19: red → grey (on track → unranked); no amendment says why [closed period]

The boards (1)
  Q3 2018/19: ask ask-1 added: board The LSCB, about T1.1, “May we have a room?”

Only the formatting changed (1)
  plan/agencies/health/agency.yaml

The actions named above (2)
  T1.1: Do T1.1 well
  T1.2: Do T1.2
"""
    )


def test_the_whole_markdown_of_a_change(repo: Repo, jtai: Jtai) -> None:
    repo.branch("q3")
    a_change(repo)

    assert (
        jtai("diff", "--with-text", "--format", "md").out
        == """\
<!-- jtai diff -->

3 ratings changed: 2 newly behind and 1 back on track. 3 other changes. \
1 change is in a closed period: Q2 2018/19. 1 file changed in formatting only.

### Ratings

#### Police

| Action | Dimension | Period | Rating (was → now) | Standing (was → now) |
| --- | --- | --- | --- | --- |
| T1.1 | Process/activity | Q3 2018/19 | Amber (A) → Red (R) | on track → behind |
| T1.1 | Impact | Q3 2018/19 | Red (R) → Amber (A) | behind → on track |

#### Health

| Action | Dimension | Period | Rating (was → now) | Standing (was → now) |
| --- | --- | --- | --- | --- |
| T1.2 | Impact | Q2 2018/19 (closed period) | Red (R) → Grey (G) | on track → unranked |

- T1.2 impact, Q2 2018/19: no amendment says why

### The plan

- T1.1: wording: “Do T1.1” → “Do T1.1 well”

### Police: what else changes

- T1.1 process/activity, Q3 2018/19: update: “Begun” → “Begun, and stopped”

### The boards

- Q3 2018/19: ask ask-1 added: board The LSCB, about T1.1, “May we have a room?”

### Only the formatting changed

- plan/agencies/health/agency.yaml

### The actions named above

- T1.1: Do T1.1 well
- T1.2: Do T1.2
"""
    )


def test_json_carries_every_change(repo: Repo, jtai: Jtai) -> None:
    base = repo.head
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    repo.replace("plan/plan.yaml", "title: A plan", "title: 'A plan'  # still")

    told = json.loads(jtai("diff", "--with-text", "--format", "json").out)

    assert told == {
        "schema": 1,
        "base": base,
        "head": None,
        "changes": [
            {
                "kind": "rating",
                "agency": "police",
                "action": "T1.1",
                "dimension": "impact",
                "period": Q3,
                "field": "rating",
                "was": "red",
                "now": "amber",
                "standing_was": "behind",
                "standing_now": "on-track",
                "closed": False,
                "path": POLICE_RETURN,
                "message": "T1.1 impact, Q3 2018/19: red → amber (behind → on track)",
            }
        ],
        "formatting_only": ["plan/plan.yaml"],
        "unreadable": [],
    }
    assert list(told["changes"][0])[:8] == [
        "kind",
        "agency",
        "action",
        "dimension",
        "period",
        "field",
        "was",
        "now",
    ]


@pytest.mark.parametrize(
    ("form", "out"),
    [
        ("text", "Nothing in the plan's files changed.\n"),
        ("md", "<!-- jtai diff -->\n\nNothing in the plan's files changed.\n"),
    ],
)
def test_nothing_changed_is_one_line(repo: Repo, jtai: Jtai, form: str, out: str) -> None:
    ran = jtai("diff", "--with-text", "--format", form)
    assert (ran.status, ran.out) == (0, out)
    assert ran.err == f"Comparing the files in this folder with {repo.head[:7]}, the last commit.\n"


def test_line_ends_alone_are_no_change(repo: Repo, jtai: Jtai) -> None:
    file = repo.root / POLICE_RETURN
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert jtai("diff", "--with-text").out == "Nothing in the plan's files changed.\n"


def test_formatting_alone_is_listed_file_by_file(repo: Repo, jtai: Jtai) -> None:
    file = repo.root / POLICE_RETURN
    file.write_bytes(b"\n# A comment\n" + file.read_bytes().replace(b"\n", b"\r\n"))
    repo.write("plan/agencies/health/agency.yaml", '\nname: "Health"\n')
    assert (
        jtai("diff", "--with-text").out
        == """\
No value changed. 2 files changed in formatting only.

Only the formatting changed (2)
  plan/agencies/health/agency.yaml
  plan/agencies/police/returns/2018-19-Q3.yaml
"""
    )


def test_a_base_and_a_head_can_be_named(repo: Repo, jtai: Jtai) -> None:
    first = repo.head
    repo.git("tag", "q2")
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    second = repo.commit("Amber")
    repo.replace(POLICE_RETURN, "update: Begun", "update: Done")

    amber = "  T1.1 impact, Q3 2018/19: red → amber (behind → on track)\n"
    update = "  T1.1 process/activity, Q3 2018/19: update: “Begun” → “Done”\n"
    ran = jtai("diff", "--with-text", "q2", "HEAD")
    assert ran.err == f"Comparing {second[:7]} (HEAD) with {first[:7]} (q2).\n"
    assert (amber in ran.out, update in ran.out) == (True, False)
    ran = jtai("diff", "--with-text", first)
    assert ran.err == f"Comparing the files in this folder with {first[:7]}.\n"
    assert (amber in ran.out, update in ran.out) == (True, True)
    told = json.loads(jtai("diff", "--with-text", "q2", "HEAD", "--format", "json").out)
    assert (told["base"], told["head"]) == (first, second)


def test_a_revert_says_the_opposite(repo: Repo, jtai: Jtai) -> None:
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    repo.commit("Amber")
    repo.git("revert", "--no-edit", "HEAD")
    assert "red → amber (behind → on track)" in jtai("diff", "--with-text", "HEAD~2", "HEAD~1").out
    assert "amber → red (on track → behind)" in jtai("diff", "--with-text", "HEAD~1", "HEAD").out
    assert jtai("diff", "--with-text", "HEAD~2", "HEAD").out == "Nothing in the plan's files changed.\n"


def test_on_main_the_uncommitted_changes_are_shown(repo: Repo, jtai: Jtai) -> None:
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    ran = jtai("diff", "--with-text")
    assert ran.out.startswith("1 rating changed: 1 back on track.\n")
    assert ran.err.endswith("the last commit.\n")


def test_a_detached_head_is_compared_with_where_it_left_main(repo: Repo, jtai: Jtai) -> None:
    base = repo.head
    repo.git("switch", "--quiet", "--detach")
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    amber = repo.commit("Amber")
    repo.switch("main")
    repo.commit("Something else")
    repo.git("switch", "--quiet", "--detach", amber)
    ran = jtai("diff", "--with-text")
    assert ran.out.startswith("1 rating changed: 1 back on track.\n")
    assert f"with {base[:7]}, where this work left main" in ran.err


def test_the_remotes_main_branch_comes_before_the_local_one(repo: Repo, jtai: Jtai, tmp_path: Path) -> None:
    clone = Repo(tmp_path / "clone")
    repo.git("clone", "--quiet", str(repo.root), str(clone.root))
    clone.replace(POLICE_RETURN, "rating: red", "rating: amber")
    clone.commit("Amber, on main")
    ran = jtai("diff", "--with-text", "--plan", str(clone.root))
    assert ran.err.endswith("where this work left origin/main.\n")
    assert ran.out.startswith("1 rating changed: 1 back on track.\n")


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_without_a_repository_it_says_so(tmp_path: Path, jtai: Jtai, form: str) -> None:
    lying(tmp_path)
    ran = jtai("diff", "--with-text", "--format", form)
    assert (ran.status, ran.out) == (2, "")
    assert "is not in a git repository" in ran.err


def test_before_the_first_commit_there_is_nothing_to_compare_with(tmp_path: Path, jtai: Jtai) -> None:
    a_repository(lying(tmp_path))
    ran = jtai("diff", "--with-text")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "jtai: nothing has been committed here yet, so there is nothing to compare with.\n"


def test_without_a_main_branch_a_base_is_asked_for(tmp_path: Path, jtai: Jtai) -> None:
    repo = a_repository(lying(tmp_path), main="trunk")
    repo.commit("The plan")
    ran = jtai("diff", "--with-text")
    assert (ran.status, ran.out) == (2, "")
    assert "there is no main branch here" in ran.err
    assert jtai("diff", "--with-text", "trunk").out == "Nothing in the plan's files changed.\n"


def test_a_shallow_clone_without_the_base_says_how_to_get_it(repo: Repo, jtai: Jtai, tmp_path: Path) -> None:
    base = repo.head
    repo.branch("q3")
    repo.commit("One")
    repo.commit("Two")
    repo.switch("main")
    clone = Repo(tmp_path / "shallow")
    url = repo.root.as_uri()
    repo.git("clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=q3", url, str(clone.root))
    ran = jtai("diff", "--with-text", "--plan", str(clone.root))
    assert (ran.status, ran.out) == (2, "")
    assert "git fetch --unshallow" in ran.err
    assert jtai("diff", "--with-text", "q3~1", "--plan", str(clone.root)).err == (
        "jtai: there is no revision 'q3~1' in this repository. The clone is shallow: git fetch --unshallow.\n"
    )
    assert jtai("diff", "--with-text", base, "--plan", str(clone.root)).out == "Nothing in the plan's files changed.\n"


@pytest.mark.parametrize("quoted", ["true", "false"])
def test_paths_with_spaces_and_letters_of_any_kind(tmp_path: Path, jtai: Jtai, quoted: str) -> None:
    repo = a_repository(tmp_path / "Straße & Söhne")
    root = lying(repo.root / "ein plan/für “alle”")
    repo.git("config", "core.quotepath", quoted)
    repo.commit("The plan")
    within = Repo(root)
    within.replace(POLICE_RETURN, "rating: red", "rating: amber")
    within.write("plan/agencies/health/returns/2018-19-Q3 Kopie – alt.yaml", "period: x\n")
    ran = jtai("diff", "--with-text", "--plan", str(root))
    assert ran.status == 0
    assert "  T1.1 impact, Q3 2018/19: red → amber (behind → on track)\n" in ran.out
    assert "plan/agencies/health/returns/2018-19-Q3 Kopie – alt.yaml: the file is not one of the plan's" in ran.out


def test_a_branch_that_adds_the_plan_shows_everything_as_new(tmp_path: Path, jtai: Jtai) -> None:
    repo = a_repository(tmp_path)
    repo.commit("Nothing yet")
    repo.branch("plan")
    lying(tmp_path)
    repo.commit("The plan")
    ran = jtai("diff", "--with-text")
    assert ran.status == 0
    assert ran.out.startswith("The plan is new. 5 ratings changed: ")
    assert "  plan: action T1.1 added: “Do T1.1”; led by Police and Health\n" in ran.out
    assert "  partnership: agency police added: “Police”\n" in ran.out
    assert "cannot be read" not in ran.out
    gone = jtai("diff", "--with-text", "plan", "main").out
    assert gone.startswith("The plan was removed. 5 ratings changed: 5 withdrawn.")


@pytest.mark.parametrize("form", ["text", "md"])
def test_a_plan_that_cannot_be_read_is_reported(repo: Repo, jtai: Jtai, form: str) -> None:
    repo.replace("plan/plan.yaml", "title: A plan", "title: [A plan")
    repo.commit("Broken")
    repo.branch("other")
    for arguments in (("main~1",), ("main", "main~1")):
        ran = jtai("diff", "--with-text", *arguments, "--format", form)
        assert ran.status == 0
        assert "plan/plan.yaml cannot be read in one or both versions, so nothing can be compared." in ran.out
        assert "a bracket is opened here and not closed" in ran.out


def test_a_file_that_cannot_be_read_is_named_with_its_fault(repo: Repo, jtai: Jtai) -> None:
    repo.replace(POLICE_RETURN, "rating: red", "rating: ret")
    repo.write(HEALTH_RETURN, "period: [\n")
    repo.commit("Two faults")
    repo.write(HEALTH_RETURN, "")
    assert (
        jtai("diff", "--with-text", "HEAD~1").out
        == """\
2 files cannot be read, so they were not compared.

Files that cannot be read (2)
  plan/agencies/police/returns/2018-19-Q3.yaml:8:15: T1.1 impact: there is no rating 'ret'. \
There is red, amber, blue and grey. \
(It cannot be read now. It could be read before.)
  plan/agencies/health/returns/2018-19-Q2.yaml: the file is empty. \
(It cannot be read now. It could be read before.)
"""
    )
    told = json.loads(jtai("diff", "--with-text", "--format", "json").out)
    assert told["changes"] == []
    assert [(each["path"], each["side"], each["other_side"]) for each in told["unreadable"]] == [
        (HEALTH_RETURN, "base", "unreadable"),
        (HEALTH_RETURN, "head", "unreadable"),
    ]


def test_a_renamed_agency_is_shown_once(repo: Repo, jtai: Jtai) -> None:
    agencies = repo.root / "plan/agencies"
    shutil.move(agencies / "police", agencies / "essex-police")
    plan = (repo.root / "plan/plan.yaml").read_text()
    repo.write("plan/plan.yaml", plan.replace("agency: police", "agency: essex-police"))
    path = f"plan/agencies/essex-police/returns/{Q3}.yaml"
    repo.replace(path, "rating: red", "rating: amber")
    repo.write("plan/agencies/essex-police/agency.yaml", "# Essex\nname: Police\n")
    assert (
        jtai("diff", "--with-text").out
        == """\
1 rating changed: 1 back on track. 2 other changes.

The plan (1)
  plan: ids of lead agencies: police → essex-police

Police (2)
  agency: id: police → essex-police
  T1.1 impact, Q3 2018/19: red → amber (behind → on track)

The actions named above (1)
  T1.1: Do T1.1
"""
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_text_in_the_comment(tmp_path: Path, jtai: Jtai, text: str) -> None:
    repo = a_repository(tmp_path)
    repo.commit("Nothing yet")
    plan, returned, record, agency = filled_in(text)
    written(tmp_path, plan, {("police", Q2): returned}, {Q2: record}, {"police": agency})
    ran = jtai("diff", "--with-text", "--format", "md")
    _, elements = words_and_elements(ran.out)
    assert ran.out.startswith("<!-- jtai diff -->\n\nThe plan is new.")
    allowed = {"DOCUMENT_FRAGMENT", "p", "h3", "h4", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
    # The last line says where to see what is left out.
    cut = "left out here" in ran.out
    assert set(elements) - {"strong", "code"} <= allowed
    assert elements.count("strong") == elements.count("code") == cut


@pytest.mark.parametrize("text", ["@octocat/team and a@b", "https://evil.example www.evil.example", "#12 GH-12"])
def test_nobody_is_named_and_nothing_is_linked_in_the_comment(repo: Repo, jtai: Jtai, text: str) -> None:
    repo.replace(POLICE_RETURN, "update: Begun", f"update: {json.dumps(text)}")
    out = jtai("diff", "--with-text", "--format", "md").out
    shown, elements = words_and_elements(out)
    assert "a" not in elements
    assert " ".join(text.split()) in shown
    assert not any(sign in out for sign in ("@octocat", "@b", "#12", "GH-12"))


def test_a_comment_is_no_longer_than_github_takes(repo: Repo, jtai: Jtai) -> None:
    base = repo.head
    outcomes = [f"Outcome {n}: {'@ word ' * 70}" for n in range(300)]
    written(repo.root, plan_values(an_action("T1.1", "police", "health", outcome_measure=outcomes)))
    repo.write(HEALTH_RETURN, "period: 2018-19-Q2\n")
    out = jtai("diff", "--with-text", "--format", "md").out
    last = out.splitlines()[-1]
    assert 55_000 < len(out) < 60_300
    assert last.endswith(f"left out here, to fit in a comment.** To see everything: `jtai diff {base}`.")
    lines = [line for line in out.splitlines() if not line.endswith("no amendment says why")]
    told = sum(line.startswith(("- ", "| T")) for line in lines)
    left_out = int(last.removeprefix("**").partition(" ")[0])
    all_of_it = json.loads(jtai("diff", "--with-text", "--format", "json").out)
    assert told + left_out == sum(len(all_of_it[key]) for key in ("changes", "formatting_only", "unreadable"))


def test_no_text_can_crowd_the_others_out_of_the_comment(repo: Repo, jtai: Jtai) -> None:
    repo.write(POLICE_RETURN, "period: " + "$" * 100_000)
    repo.replace("plan/plan.yaml", "label: Impact", f"label: '{'$' * 300}'")
    repo.replace(HEALTH_RETURN, "rating: red", "rating: grey")
    out = jtai("diff", "--with-text", "--format", "md").out
    assert "Red (R) → Grey (G)" in out
    assert "plan/agencies/police/returns" in out
    assert len(out) < 65_536


def test_no_name_can_make_a_line_of_its_own(repo: Repo, jtai: Jtai) -> None:
    repo.replace("plan/plan.yaml", "label: Q3 2018/19", 'label: "Q3\\n\\nPolice (1)"')
    repo.replace("plan/agencies/police/agency.yaml", "name: Police", 'name: "Police\\n\\nNothing"')
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    for form in ("text", "md"):
        lines = jtai("diff", "--with-text", "--format", form).out.splitlines()
        assert not [line for line in lines if line.startswith(("Police (1)", "Nothing"))]


def test_the_plans_own_templates_have_no_say_in_the_comment(repo: Repo, jtai: Jtai) -> None:
    for name in ("diff.md.j2", "board-report.md.j2"):
        repo.write(f"templates/{name}", "All is well.")
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    out = jtai("diff", "--with-text", "--format", "md").out
    assert "All is well" not in out
    assert "| T1.1 | Impact | Q3 2018/19 | Red (R) → Amber (A) | behind → on track |" in out


def linked(repo: Repo, path: str) -> None:
    """Move what stands at *path* out of plan/, and leave a link to it."""
    shutil.move(repo.root / path, repo.root / "elsewhere")
    (repo.root / path).symlink_to(repo.root / "elsewhere")


@pytest.mark.parametrize("path", [POLICE_RETURN, "plan/agencies/police/returns", "plan/agencies/police"])
def test_no_link_hides_a_change(repo: Repo, jtai: Jtai, path: str) -> None:
    linked(repo, path)
    repo.commit("A link")
    fault = f"{path}: this is a link, and git keeps only the link, not the file. Put the file itself there."
    for arguments, side in (
        (("HEAD~1", "HEAD"), "It cannot be read now. It could be read before."),
        (("HEAD~1",), "It cannot be read now. It could be read before."),
        (("HEAD", "HEAD~1"), "It could not be read before. It can be read now."),
    ):
        out = jtai("diff", "--with-text", *arguments).out
        assert f"  {fault} ({side})\n" in out
        assert "impact" not in out


NAMES = {
    "a title for the terminal": "plan/agencies/\x1b]0;pwn\x07x/agency.yaml",
    "a line of its own": "plan/agencies/police/returns/a\n::error::pwn\x1b[2J.yaml",
    "no UTF-8": "plan/agencies/police/returns/\udce9.yaml",
    "a folder that is no UTF-8": "plan/agencies/caf\udce9/agency.yaml",
}


@pytest.mark.parametrize("path", NAMES.values(), ids=NAMES)
def test_no_name_of_a_file_is_a_command_to_the_terminal(repo: Repo, jtai: Jtai, path: str) -> None:
    try:
        repo.write(path, "name: X\n")
    except (OSError, UnicodeError):
        pytest.skip("this machine has no such names")
    repo.commit("A name")
    shown = re.sub("[\x00-\x1f\udce9]", "\ufffd", path).removesuffix("/agency.yaml")
    for form in ("text", "json", "github"):
        ran = jtai("check", "--format", form)
        assert ran.status == 1
        assert (shown.replace(":", "%3A") if form == "github" else shown) in ran.out
        assert "there is a character in this name that cannot be shown" in ran.out
        assert not re.search("[\x00-\x09\x0b-\x1f\udc80-\udcff]|^::error::pwn", ran.out + ran.err, re.MULTILINE)
    for form in ("text", "md", "json"):
        for arguments in (("HEAD~1",), ("HEAD~1", "HEAD"), ("HEAD", "HEAD~1")):
            ran = jtai("diff", "--with-text", *arguments, "--format", form)
            assert ran.status == 0
            assert "that cannot be shown" in ran.out
            assert not re.search("[\x00-\x09\x0b-\x1f\udc80-\udcff]|^::error::pwn", ran.out, re.MULTILINE)


def test_a_folder_with_any_bytes_in_its_name_can_be_named_in_an_error(tmp_path: Path, jtai: Jtai) -> None:
    ran = jtai("diff", "--with-text", "--plan", str(tmp_path / "caf\udce9"))
    assert ran.status == 2
    assert "caf\\udce9" in ran.err


def test_the_actions_are_named_in_the_plans_order_with_an_agencys_own_and_those_that_are_gone(
    repo: Repo, jtai: Jtai
) -> None:
    own = "actions:\n  - {id: P9.1, action: 'Do *more*\n\n    of it', contributes_to: [T1.2]}\n"
    repo.write("plan/agencies/police/agency.yaml", f"name: Police\n{own}")
    repo.commit("The police's own")
    plan = plan_values(an_action("T1.2", "health", "police"), an_action("T1.3", "health", action="Long " * 100))
    returns = {("police", Q3): return_values(Q3, {("T1.2", "impact"): "red"}), ("health", Q2): return_values(Q2, {})}
    agencies = {"police": f"name: Police\n{own.replace('more', 'less')}"}
    written(repo.root, plan, returns, {Q2: CLOSED, Q3: {"asks": None}}, agencies)
    text = jtai("diff", "--with-text").out.partition("The actions named above (4)\n")[2]
    assert [each.strip() for each in text.splitlines()] == [
        "T1.2: Do T1.2",
        f"T1.3: {('Long ' * 100).strip()}",
        "P9.1: Do *less* of it",
        "T1.1: Do T1.1",
    ]
    lines = (
        jtai("diff", "--with-text", "--format", "md").out.partition("### The actions named above\n\n")[2].splitlines()
    )
    assert len(lines[1]) < 300
    assert lines[1].endswith("Long…")
    assert lines[2] == r"- P9.1: Do \*less\* of it"
    assert "named above" not in jtai("diff", "--with-text", "--format", "json").out


def test_a_plan_that_is_a_link_is_not_gone(repo: Repo, jtai: Jtai) -> None:
    linked(repo, "plan/plan.yaml")
    repo.commit("A link")
    for arguments in (("HEAD~1",), ("HEAD~1", "HEAD"), ("HEAD", "HEAD~1")):
        out = jtai("diff", "--with-text", *arguments).out
        assert out.startswith("plan/plan.yaml cannot be read in one or both versions, so nothing can be compared.")
        assert "plan/plan.yaml: this is a link" in out


def test_what_is_too_large_to_be_read_may_have_changed(repo: Repo, jtai: Jtai) -> None:
    repo.write(POLICE_RETURN, "#" * (MAX_BYTES + 1))
    repo.commit("Too large")
    repo.write(POLICE_RETURN, "#" * (MAX_BYTES + 2))
    out = jtai("diff", "--with-text").out
    message = f"{POLICE_RETURN}: the file is larger than 2 MB, the limit for a plan file."
    assert f"{message} (It cannot be read in either version.)" in out


def test_a_submodule_in_place_of_a_folder_is_reported(repo: Repo, jtai: Jtai) -> None:
    folder = "plan/agencies/police/returns"
    repo.git("rm", "--quiet", "-r", "--cached", folder)
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head},{folder}")
    repo.git("commit", "--quiet", "--message=A submodule")
    out = jtai("diff", "--with-text", "HEAD~1", "HEAD").out
    assert f"  {folder}: this is a link" in out
    assert "impact" not in out


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of each file that is validated."""
    paths: list[str] = []

    def counted(kind: Any, document: Any, guard: Any) -> Any:
        paths.append(document.path)
        return validate(kind, document, guard)

    monkeypatch.setattr("jtai_plan.files.load.validate", counted)
    return paths


@pytest.mark.parametrize("arguments", [("HEAD",), ("HEAD~1", "HEAD")])
def test_returns_that_are_the_same_are_not_loaded(
    repo: Repo, jtai: Jtai, validated: list[str], arguments: tuple[str, ...]
) -> None:
    repo.replace(POLICE_RETURN, "rating: red", "rating: amber")
    if len(arguments) == 2:
        repo.commit("Amber")
    assert "T1.1 impact, Q3 2018/19: red → amber" in jtai("diff", "--with-text", *arguments).out
    assert POLICE_RETURN in validated
    assert HEALTH_RETURN not in validated


def test_a_change_of_the_plan_loads_every_return(repo: Repo, jtai: Jtai, validated: list[str]) -> None:
    repo.replace("plan/plan.yaml", "title: A plan", "title: The plan")
    assert jtai("diff", "--with-text").status == 0
    assert {POLICE_RETURN, HEALTH_RETURN} <= {*validated}


@pytest.mark.parametrize("is_committed", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        {POLICE_RETURN: None},
        {POLICE_RETURN: "period: 2018-19-Q3\n"},
        {POLICE_RETURN: "period: ["},
        {f"plan/agencies/police/returns/{Q2}.yaml": f"period: {Q2}\nactions:\n  T1.1: {{impact: {{rating: red}}}}\n"},
        {"plan/agencies/police/returns/2030.yaml": "period: 2030\n"},
        {"plan/agencies/fire/returns/2018-19-Q3.yaml": "period: 2018-19-Q3\n"},
        {"plan/agencies/police/sign-off.yaml": "board: B\non: 2018-07-12\nsigned: {plan: sha256:x}\n"},
        {"plan/agencies/police/agency.yaml": None},
        {f"plan/board/{Q2}.yaml": None, POLICE_RETURN: "period: 2018-19-Q3\n"},
    ],
)
def test_leaving_files_out_does_not_change_the_result(
    repo: Repo, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, change: dict[str, str | None], is_committed: bool
) -> None:
    for path, text in change.items():
        repo.write(path, text) if text is not None else (repo.root / path).unlink()
    if is_committed:
        repo.commit("A change")
    arguments = ("HEAD~1", "HEAD") if is_committed else ("HEAD",)
    told = jtai("diff", "--with-text", *arguments, "--format", "json").out
    monkeypatch.setattr("jtai_plan.commands.diff._not_needed", lambda *_: set())
    monkeypatch.setattr("jtai_plan.commands.diff.files_in", lambda _: None)
    assert told == jtai("diff", "--with-text", *arguments, "--format", "json").out
