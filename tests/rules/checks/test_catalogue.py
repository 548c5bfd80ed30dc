"""The catalogue of rules: whole, in plain words, and the only place that names a rule."""

import ast
import re
from pathlib import Path

import pytest

import jtai_plan
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
}
"""The words of a rule's id that stand for something else."""


def test_no_module_but_the_catalogue_writes_the_id_of_a_rule() -> None:
    named = {
        (file.relative_to(SRC).as_posix(), word)
        for file in MODULES
        for word in re.findall(r"[\"'`]([a-z0-9-]+)[\"'`]", file.read_text(encoding="utf-8"))
        if word in RULES
    }
    assert named == set(OF_ANOTHER_MEANING)


def test_every_rule_is_used_by_the_module_that_finds_it() -> None:
    used = {
        node.id
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
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
def test_a_rule_says_what_it_means_in_a_sentence(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z].*\.", rule.meaning, re.DOTALL)
