"""The challenge pack: what the board may ask each agency, with what was answered last time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jtai_plan.model.finding import Finding, Severity
from jtai_plan.rules.checks.answers import answered
from jtai_plan.rules.checks.questions import QUESTIONS
from jtai_plan.rules.judge.collate import Collation


class Question(NamedTuple):
    """An open question about a rating, and the answer that the agency gave to it last, in which period."""

    finding: Finding
    last: tuple[str, str] | None
    """The period and the answer; None if it was never answered."""


def challenge_pack(collation: Collation) -> Mapping[str, Sequence[Question]]:
    """The open questions of the period, by the agency that is asked, in the plan's order.

    What is restricted is not asked about: the pack is printed and passed on.
    """
    partnership = collation.partnership
    found = answered(partnership, (each for question in QUESTIONS for each in question(collation)))
    pack: dict[str, list[Question]] = {agency: [] for agency in partnership.agencies}
    for each in found:
        if (
            each.agency in pack
            and each.severity is Severity.QUERY
            and not each.answered
            and not _is_restricted(collation, each)
        ):
            pack[each.agency].append(Question(each, next(_last_answers(collation, each), None)))
    return {agency: questions for agency, questions in pack.items() if questions}


def _is_restricted(collation: Collation, finding: Finding) -> bool:
    if not (finding.agency and finding.action and finding.dimension):
        return False
    said = collation.partnership.cell(finding.agency, finding.action, finding.dimension, collation.period)
    return bool(said.restricted)


def _last_answers(collation: Collation, finding: Finding) -> Iterator[tuple[str, str]]:
    """The answers to the same question about the same rating in earlier periods, the latest first."""
    for period in reversed(collation.partnership.plan.until(collation.period)[:-1]):
        if finding.agency and finding.action and finding.dimension:
            said = collation.partnership.cell(finding.agency, finding.action, finding.dimension, period)
            if (why := said.answers.get(finding.rule)) and not said.restricted:
                yield period, why
