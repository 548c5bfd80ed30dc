"""Write docs/rules.md from the catalogue of rules."""

from collections.abc import Iterator

from jtai_plan.output.check.rules import KINDS
from jtai_plan.rules.checks.catalogue.every import RULES
from jtai_plan.rules.checks.catalogue.rule import Rule
from keep_current import ROOT, keep_current

INTRODUCTION = """\
# The rules of `jtai check`

<!-- Made by tools/rules_page.py from the catalogue of rules. Do not edit it by hand. -->

Every finding of `jtai check` names its rule. `jtai explain RULE` prints what stands here.

- **Show only some rules:** `jtai check --select no-return,awaiting`. What is not shown is not counted either.
- **Leave some out:** `jtai check --ignore no-measures`, or for good in plan.yaml: `checks: {ignore: [no-measures]}`.
  A rule that finds errors cannot be ignored. What is both selected and ignored is left out.
- **Answer a query:** a query is not a fault. Say why it stands as it is, and it is printed with your answer and no
  longer counted. A query about the plan is answered in plan.yaml, and one about a rating in the return, under that
  rating: `answers: {rule-name: why it stands}`. `jtai rate --answer "rule-name=why it stands"` writes the second.
"""
NO_ANSWER = """\
  No rule of this version asks about a rating: what can be answered is answered in plan.yaml.
"""
"""What the introduction adds until there is such a rule."""


def page() -> str:
    """The whole document."""
    parts = [INTRODUCTION if any(rule.answered_in == "return" for rule in RULES.values()) else INTRODUCTION + NO_ANSWER]
    for severity, words in KINDS.items():
        parts.append(f"## {words}\n")
        parts += ["\n".join(section(rule)) for rule in RULES.values() if rule.severity is severity]
    return "\n".join(parts)


def section(rule: Rule) -> Iterator[str]:
    """The lines about *rule*."""
    yield from (f"### `{rule.id}`", "", rule.meaning, "", f"**Why:** {rule.reason}", "")
    yield from (f"**What to do:** {rule.remedy}", "", "```", *rule.example.splitlines(), "```", "")


if __name__ == "__main__":
    keep_current(ROOT / "docs/rules.md", page())
