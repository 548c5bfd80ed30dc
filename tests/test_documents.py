"""What the documents and the schemas say is so."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from builders import Jtai
from jtai_plan.cli.app import COMMANDS
from jtai_plan.files.load import load
from jtai_plan.model.plan import Plan
from places import EXAMPLE, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
YAML_FILES = sorted(
    file for folder in ("plan", "examples") for file in (ROOT / folder).rglob("*.yaml") if ".jtai" not in file.parts
)


def test_the_readme_begins_with_two_commands_of_one_line_each() -> None:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    assert [language for language, _ in blocks[:2]] == ["sh", "sh"]
    assert [text.count("\n") for _, text in blocks[:2]] == [1, 1]
    assert "jtai report --plan examples/exampleshire" in blocks[0][1]
    assert "pytest" in blocks[1][1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_file_that_a_document_links_to_is_there(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_command_that_the_documents_name_is_one_and_takes_the_options_they_give_it(jtai: Jtai) -> None:
    named = {
        (command, option)
        for document in DOCUMENTS
        for line in re.findall(r"(?:`|^\$ |/)jtai ([^`\n]+)", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for command in [" ".join(line.split()[: 2 if line.startswith("board ") else 1])]
        for option in [None, *re.findall(r"(?<!\S)--?[a-z-]+", line)]
        if not command.startswith("-")
    }
    assert {command.split()[0] for command, _ in named} == set(COMMANDS)
    for command, option in named:
        told = jtai(*command.split(), "--help").out
        assert "Usage:" in told
        assert option is None or re.search(rf"{option}\b", told), f"jtai {command} has no {option}"


def test_the_readme_is_short_and_shows_a_quarter_in_four_commands() -> None:
    assert len(README.split()) < 800
    commands = re.findall(r"^\$ jtai (\S+)", README, flags=re.MULTILINE)
    assert commands == ["open", "rate", "check", "report"]


def test_every_library_has_its_reason_in_the_architecture() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    section = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").partition("## What it stands on")[2]
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = re.split(r"[>=;\s]", requirement)[0]
        assert re.search(rf"\b{re.escape(name)}\b", section) or name.startswith(("pytest-", "types-")), name


def test_every_key_of_the_plan_is_documented() -> None:
    documented = (ROOT / "docs/files.md").read_text(encoding="utf-8")
    keys = {field.alias or name for name, field in Plan.model_fields.items()}
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}:", documented)] == []


@pytest.mark.parametrize(
    "script",
    [
        "schemas/generate.py",
        "tools/commands.py",
        "tools/layers.py",
        "tools/quarter.py",
        "tools/rules_page.py",
        "tools/view_reference.py",
    ],
)
def test_what_a_script_writes_from_the_code_is_current(script: str) -> None:
    ran = subprocess.run([sys.executable, str(ROOT / script), "--check"], check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_stale_schema_is_named(tmp_path: Path) -> None:
    script = tmp_path / "generate.py"
    script.write_bytes((ROOT / "schemas/generate.py").read_bytes())
    subprocess.run([sys.executable, script], check=True)
    (tmp_path / "plan.schema.json").write_text("{}")
    ran = subprocess.run([sys.executable, script, "--check"], check=False, capture_output=True, text=True)
    assert ran.returncode == 1
    assert ran.stderr == "not what the models give: plan.schema.json. Run: python schemas/generate.py\n"


@pytest.mark.parametrize("file", YAML_FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_file_of_a_plan_names_its_schema_and_keeps_to_it(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, "the first line names the schema"
    schema = (file.parent / named[1]).resolve()
    assert schema.parent == ROOT / "schemas"
    # An editor reads a day as text.
    values = json.loads(json.dumps(YAML(typ="safe", pure=True).load(file), default=str))
    jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(values)


@pytest.mark.parametrize("root", [ROOT, EXAMPLE])
def test_the_plans_in_this_repository_have_no_fault(root: Path) -> None:
    assert load(root).faults == ()
