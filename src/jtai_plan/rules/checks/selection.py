"""Which findings are shown and counted: the rules that a call or the plan selects or ignores."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jtai_plan.errors import CannotDo
from jtai_plan.model.finding import Finding, Severity
from jtai_plan.rules.checks.catalogue.every import rules_named


class Selection(NamedTuple):
    """The ids of the rules that are selected (all, if none is named), and of those that are ignored."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def divide(
        self, findings: Iterable[Finding], ignored_by_plan: Sequence[str]
    ) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """The *findings* that are shown, and those that are left out. Ignoring a rule wins over selecting it."""
        shown: list[Finding] = []
        left_out: list[Finding] = []
        for each in findings:
            ignored = each.rule in self.ignore or each.rule in ignored_by_plan
            is_shown = not ignored and (not self.select or each.rule in self.select)
            (shown if is_shown else left_out).append(each)
        return tuple(shown), tuple(left_out)


def selection(select: Sequence[str], ignore: Sequence[str]) -> Selection:
    """What these lists of rules ask for. Raises CannotDo if there is no such rule, or an error is to be ignored."""
    ignored = rules_named(ignore)
    for rule in ignored:
        if rule.severity is Severity.ERROR:
            raise CannotDo(f"'{rule.id}' is an error, and errors cannot be ignored. Correct the file instead.")
    return Selection(tuple(rule.id for rule in rules_named(select)), tuple(rule.id for rule in ignored))
