"""What is worth asking before the public reads it: officers' names, what is withheld and why, and counts of people."""

import re
from collections.abc import Iterator

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import agency_path, board_path, return_path
from jtai_plan.model.returns import Cell, Restriction
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue import queries as rules
from jtai_plan.rules.judge.collate import Collation
from jtai_plan.rules.judge.public_edition import officers

_PEOPLE = re.compile(
    r"\b(?:child|children|people|persons?|pupils?|victims?|famil(?:y|ies)|girls|boys|patients|residents)\b",
    re.IGNORECASE,
)


def named_officers(collation: Collation) -> Iterator[Finding]:
    """Every text of the period that names an officer of the plan."""
    partnership, period = collation.partnership, collation.period
    names = officers(partnership.plan)
    if not names:
        return
    known = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names), re.IGNORECASE)
    for agency in partnership.agencies:
        returned = partnership.returns.get((agency, period))
        for action, dimension, cell in returned.cells() if returned else ():
            if known.search("\n".join(_texts(cell))):
                subject = wording.subject(partnership.plan, action, dimension)
                yield rules.NAMED_OFFICER.finding(
                    f"{subject}: {partnership.agency_name(agency)} names an officer",
                    return_path(agency, period),
                    "Name the role.",
                    keys=("actions", action, dimension),
                    agency=agency,
                    action=action,
                    dimension=dimension,
                    period=period,
                )
    record = partnership.record_of(period)
    texts = [each.ask for each in record.asks] + [each.decision for each in record.decisions]
    texts += [each.reason for cells in record.moderated.values() for each in cells.values()]
    if known.search("\n".join(texts)):
        message = "the boards' record names an officer"
        yield rules.NAMED_OFFICER.finding(message, board_path(period), "Name the role.", period=period)


def _texts(cell: Cell) -> Iterator[str]:
    recovery = cell.recovery.plan if cell.recovery else None
    yield from filter(None, (cell.update, recovery, *(each.what for each in cell.evidence)))


def restricted(collation: Collation) -> Iterator[tuple[str, str, str, Cell]]:
    """What is left out of the public edition in the period: agency, action, dimension and what was said."""
    partnership = collation.partnership
    for agency in partnership.agencies:
        returned = partnership.returns.get((agency, collation.period))
        for action, dimension, cell in returned.cells() if returned else ():
            if cell.restricted:
                yield agency, action, dimension, cell


def restricted_without_reason(collation: Collation) -> Iterator[Finding]:
    """Every rating that is left out of the public edition without a reason."""
    partnership = collation.partnership
    for agency, action, dimension, cell in restricted(collation):
        if not isinstance(cell.restricted, Restriction):
            subject = wording.subject(partnership.plan, action, dimension)
            yield rules.RESTRICTED_WITHOUT_REASON.finding(
                f"{subject} of {partnership.agency_name(agency)} is restricted, and nobody says why",
                return_path(agency, collation.period),
                "Say why: --restrict REASON --by WHO.",
                keys=("actions", action, dimension, "restricted"),
                agency=agency,
                action=action,
                dimension=dimension,
                period=collation.period,
            )


def counts_of_people(collation: Collation) -> Iterator[Finding]:
    """Every measure that seems to count people, and does not say whether it does."""
    for agency, itself in collation.partnership.agencies.items():
        for n, measure in enumerate(itself.measures):
            is_share = re.search(r"per ?cent|%|\brate\b|\bdays?\b|\bper\b", measure.unit or "", re.IGNORECASE)
            said = f"{measure.unit or ''} {measure.description}"
            if "count" not in measure.model_fields_set and not is_share and _PEOPLE.search(said):
                yield rules.COUNT_OF_PEOPLE.finding(
                    f"{collation.partnership.agency_name(agency)}: '{measure.id}' seems to count people",
                    agency_path(agency),
                    "Say 'count: true', or 'count: false'.",
                    keys=("measures", n),
                    agency=agency,
                    action=measure.action,
                    dimension=measure.dimension,
                    measure=measure.id,
                )


PRIVACY = (named_officers, restricted_without_reason, counts_of_people)
"""Each takes a collation."""
