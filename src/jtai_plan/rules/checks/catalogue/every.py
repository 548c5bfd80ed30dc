"""All rules by their id, the gravest first, and the rules that a call names."""

from collections.abc import Iterable, Mapping

from jtai_plan.errors import CannotDo, did_you_mean
from jtai_plan.rules.checks.catalogue import behind_and_missing, file_errors, plan_errors, queries, questions
from jtai_plan.rules.checks.catalogue.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.id: rule
    for module in (file_errors, plan_errors, behind_and_missing, questions, queries)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}


def rule_named(asked: str) -> Rule:
    """The rule whose id is *asked*, in any case. Raises CannotDo."""
    if rule := RULES.get(asked.strip().lower()):
        return rule
    hint = did_you_mean(asked.strip(), RULES) or "To list the rules: jtai explain."
    raise CannotDo(f"there is no rule '{asked.strip()}'. {hint}")


def rules_named(lists: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that *lists* name, with commas between them. Raises CannotDo."""
    return tuple(rule_named(each) for several in lists for each in several.split(",") if each.strip())
