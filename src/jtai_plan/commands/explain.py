"""`jtai explain`: what a rule of `jtai check` means, why it exists, and what to do about it."""

from jtai_plan.output.check.rules import list_lines, rule_lines
from jtai_plan.output.terminal import show
from jtai_plan.rules.checks.catalogue.every import RULES, rule_named


def explain(rule: str | None) -> int:
    """Print one *rule*, or (None) the list of all. Raises CannotDo if there is no such rule."""
    show(list_lines(RULES.values()) if rule is None else rule_lines(rule_named(rule)))
    return 0
