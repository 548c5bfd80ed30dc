"""The rules of `jtai check`, as `jtai explain` prints them."""

from collections.abc import Iterable, Iterator

from jtai_plan.model.finding import Severity
from jtai_plan.output.terminal import Line, Part, heading, line, section
from jtai_plan.rules.checks.catalogue.rule import Rule

KINDS = {
    Severity.ERROR: "Errors: the files are wrong",
    Severity.BEHIND: "Behind: a rating is not where the plan expected it",
    Severity.MISSING: "Missing: something is due and has not arrived",
    Severity.QUERY: "Queries: worth asking about, until somebody answers",
}


def list_lines(rules: Iterable[Rule]) -> Iterator[Line]:
    """All *rules* in a line each, the gravest first."""
    rules = list(rules)
    width = max(len(rule.id) for rule in rules)
    for severity, words in KINDS.items():
        yield heading(words)
        for rule in rules:
            if rule.severity is severity:
                yield line(Part(f"{rule.id:{width}}", "bold"), f"  {rule.meaning}", indent=2)
        yield line()
    yield line("More about one of them: jtai explain RULE.")


def rule_lines(rule: Rule) -> Iterator[Line]:
    """All that is known of one *rule*."""
    yield line(Part(rule.id, "bold"), f" ({rule.severity})")
    yield line(rule.meaning, indent=2)
    for words, text in (("Why", rule.reason), ("What to do", rule.remedy), ("Example", rule.example)):
        yield from section(words, (line(each, indent=2) for each in text.splitlines()))
