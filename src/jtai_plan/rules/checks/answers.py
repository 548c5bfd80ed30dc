"""The answers to queries: about a rating in its return, about the plan in plan.yaml."""

from collections.abc import Iterable, Iterator, Mapping

from jtai_plan.model.finding import Finding, Severity
from jtai_plan.model.partnership import PLAN, Partnership, place_of
from jtai_plan.rules.checks.catalogue.every import RULES
from jtai_plan.rules.checks.catalogue.rule import Rule
from jtai_plan.rules.judge.public_edition import RESTRICTED, is_restricted


def answered(partnership: Partnership, findings: Iterable[Finding]) -> Iterator[Finding]:
    """*findings*, with the answer to each query that has one; of a restricted rating, only that it has one."""
    for each in findings:
        if each.severity is Severity.QUERY and (answer := _answers(partnership, each).get(each.rule)):
            about = (each.action, each.dimension, each.period)
            restricted = all(about) and is_restricted(partnership, *map(str, about))
            yield each._replace(answered=RESTRICTED if restricted else answer)
        else:
            yield each


def can_be_answered(name: str, path: str) -> bool:
    """Whether the rule *name* may be answered in the file at *path*."""
    place, rule = place_of(path), RULES.get(name)
    return place is not None and rule is not None and place.kind == rule.answered_in


def answer_where(rule: Rule) -> str:
    """Where *rule* is answered, as a hint."""
    match rule.answered_in:
        case "plan":
            return f"It is about the plan: answer it under 'answers' in {PLAN}."
        case "return":
            return "It is about a rating: answer it under that rating's 'answers' in the return."
        case _:
            return f"Only a query can be answered. What to do instead: jtai explain {rule.id}."


def _answers(partnership: Partnership, query: Finding) -> Mapping[str, str]:
    """The answers in the place where *query* can be answered."""
    if not can_be_answered(query.rule, query.path):
        return {}
    if query.path == PLAN:
        return partnership.plan.answers
    about = (query.agency, query.action, query.dimension, query.period)
    return partnership.cell(*(each or "" for each in about)).answers
