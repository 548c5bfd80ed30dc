"""All rules by their id, the gravest first."""

from collections.abc import Mapping

from jtai_plan.rules.checks.catalogue import behind_and_missing, file_errors, plan_errors, queries
from jtai_plan.rules.checks.catalogue.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.id: rule
    for module in (file_errors, plan_errors, behind_and_missing, queries)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}
