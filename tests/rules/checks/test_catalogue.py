"""The catalogue of rules: whole, in plain words, and the only place that names a rule."""

import ast
import re
from pathlib import Path

import pytest

import jtai_plan
from jtai_plan.files.document import parse
from jtai_plan.files.validate import validate
from jtai_plan.model.finding import Severity
from jtai_plan.model.partnership import return_path
from jtai_plan.model.returns import Return
from jtai_plan.rules.checks.catalogue import file_errors
from jtai_plan.rules.checks.catalogue.every import RULES
from jtai_plan.rules.checks.catalogue.rule import Rule

SRC = Path(jtai_plan.__file__).parent
CATALOGUE = SRC / "rules" / "checks" / "catalogue"
MODULES = [file for file in sorted(SRC.rglob("*.py")) if CATALOGUE not in file.parents]

OF_ANOTHER_MEANING = {
    ("cli/each_quarter.py", "behind"): "what --fail-on takes is a severity",
    ("model/finding.py", "behind"): "a severity",
    ("rules/judge/trajectory.py", "behind"): "a standing",
    ("rules/judge/trajectory.py", "unranked"): "a standing",
    ("rules/judge/trajectory.py", "no-return"): "a standing",
    ("output/check/as_json.py", "awaiting"): "a key of the JSON",
    ("output/log/words.py", "reopened"): "a word of a sentence",
    ("output/report/build_first_page.py", "behind"): "a word of a sentence",
    ("output/report/build_first_page.py", "unranked"): "a word of a sentence",
}
"""The words of a rule's id that stand for something else."""


def test_no_module_but_the_catalogue_writes_the_id_of_a_rule() -> None:
    named = {
        (file.relative_to(SRC).as_posix(), word)
        for file in MODULES
        for word in re.findall(r"[\"'`]([a-z0-9-]+)[\"'`]", file.read_text(encoding="utf-8"))
        if word in RULES
    }
    assert sorted(named - OF_ANOTHER_MEANING.keys()) == []


def test_every_rule_is_used_by_the_module_that_finds_it() -> None:
    used = {
        node.id if isinstance(node, ast.Name) else node.attr
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    assert [rule.id for rule in RULES.values() if constant(rule) not in used] == []


def constant(rule: Rule) -> str:
    """What the constant of *rule* is called."""
    return rule.id.upper().replace("-", "_")


def test_every_constant_is_called_as_its_rule() -> None:
    written = {
        name: value
        for file in CATALOGUE.glob("*.py")
        for name, value in re.findall(r'^([A-Z0-9_]+) = Rule\(\n    id="([a-z0-9-]+)"', file.read_text(), re.MULTILINE)
    }
    assert written == {constant(rule): rule.id for rule in RULES.values()}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_in_sentences_what_it_means_why_and_what_to_do(rule: Rule) -> None:
    for text in (rule.meaning, rule.reason, rule.remedy):
        assert re.fullmatch(r"\S.*[.”]", text)
        assert "  " not in text
    assert rule.example.strip()


RETURN = return_path("police", "2018-19-Q3")
FILES = [rule for rule in vars(file_errors).values() if isinstance(rule, Rule) and rule.example.endswith("\n")]


@pytest.mark.parametrize("rule", FILES, ids=lambda rule: rule.id)
def test_an_example_that_is_a_return_has_the_fault_that_it_shows(rule: Rule) -> None:
    _, faults = validate(Return, parse(RETURN, rule.example.encode()))
    assert rule.id in [fault.rule for fault in faults]


def test_most_errors_in_a_file_are_shown_by_a_return() -> None:
    assert len(FILES) == 13


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_only_a_query_can_be_answered(rule: Rule) -> None:
    assert rule.answered_in is None or (rule.severity is Severity.QUERY and rule.answered_in in ("plan", "return"))
