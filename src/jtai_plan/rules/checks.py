"""The checks of a period: what is behind, and what is missing. Each is a function of a collation, in `CHECKS`."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from jtai_plan.model.finding import Finding, Severity
from jtai_plan.model.partnership import board_path, return_path
from jtai_plan.rules import wording
from jtai_plan.rules.collate import CollatedCell, Collation
from jtai_plan.rules.trajectory import Standing

Check = Callable[[Collation], Iterator[Finding]]


def run_checks(collation: Collation) -> tuple[Finding, ...]:
    """Everything found in the period, in the order of `CHECKS` and of the plan."""
    return tuple(finding for check in CHECKS for finding in check(collation))


def late(collation: Collation) -> Iterator[Finding]:
    """Every rating that falls short of what was expected: rules `behind` and `unranked`."""
    for cell in collation.cells:
        if cell.standing.is_late:
            for agency, rating in said_by(cell):
                yield _of_cell(
                    collation,
                    cell,
                    agency,
                    rule=cell.standing.value,
                    severity=Severity.BEHIND,
                    message=_falls_short(collation, cell, agency, rating),
                    hint=_what_next(cell, agency),
                )


def said_by(cell: CollatedCell) -> Iterator[tuple[str | None, str]]:
    """Whose ratings give *cell* its standing, and what they are; the boards' own has no agency."""
    judgement = cell.judgement
    if judgement.moderated:
        yield None, judgement.moderated.rating
        return
    for agency, rating in judgement.ratings.items():
        if rating and judgement.standings[agency] is cell.standing:
            yield agency, rating


def missing(collation: Collation) -> Iterator[Finding]:
    """Every rating that is expected and not there: `no-return`, or `awaiting` where another lead has returned."""
    for cell in collation.cells:
        somebody = any(cell.judgement.ratings.values())
        for agency in cell.judgement.awaiting:
            name = collation.partnership.agency_name(agency)
            about = wording.subject(collation.partnership.plan, cell.action.id, cell.dimension)
            yield _of_cell(
                collation,
                cell,
                agency,
                rule="awaiting" if somebody else "no-return",
                severity=Severity.MISSING,
                message=f"{about} has no rating from {name}",
                hint=f"Record it: jtai rate {cell.action.id} {cell.dimension} RATING "
                f"--agency {agency} --quarter {collation.period}.",
            )


CHECKS: Sequence[Check] = (late, missing)


def overdue(collation: Collation, as_of: date) -> Iterator[Finding]:
    """The agencies that owed a rating when the last day for returns had gone by, on the day *as_of*."""
    plan = collation.partnership.plan
    period = plan.periods[collation.period]
    if period.returns_due is None or as_of <= period.returns_due:
        return
    for agency in plan.lead_agencies:
        if owed := len(list(collation.owed_by(agency))):
            yield Finding(
                rule="overdue",
                severity=Severity.MISSING,
                message=f"the return of {collation.partnership.agency_name(agency)} for {period.label} was due on "
                f"{wording.day(period.returns_due)} and is {wording.counted((as_of - period.returns_due).days, 'day')} "
                f"late: {wording.counted(owed, 'rating')} still to come",
                path=return_path(agency, collation.period),
                agency=agency,
                period=collation.period,
            )


def _falls_short(collation: Collation, cell: CollatedCell, agency: str | None, rating: str) -> str:
    plan, expected = collation.partnership.plan, cell.judgement.expected
    assert expected is not None, "what stands late was expected"
    who = collation.partnership.agency_name(agency) if agency else "moderated by the board"
    return (
        f"{wording.subject(plan, cell.action.id, cell.dimension)} is {wording.rating(plan, rating)} ({who}); "
        f"{wording.expected(plan, expected)}: late by {wording.counted(cell.late_by or 0, 'period')}"
    )


def _what_next(cell: CollatedCell, agency: str | None) -> str | None:
    returned = cell.returned.get(agency) if agency else None
    if agency is None or (returned and returned.recovery and returned.recovery.plan):
        return None
    if cell.standing is Standing.UNRANKED:
        return "Give it a rating that has a rank, or say in 'recovery' what will be done, and by when."
    return "Say in 'recovery' what will be done, and by when."


def _of_cell(
    collation: Collation,
    cell: CollatedCell,
    agency: str | None,
    *,
    rule: str,
    severity: Severity,
    message: str,
    hint: str | None,
) -> Finding:
    """A finding about *cell*: in the return of *agency*, or in the boards' record where there is none."""
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        hint=hint,
        path=return_path(agency, collation.period) if agency else board_path(collation.period),
        keys=("actions" if agency else "moderated", cell.action.id, cell.dimension, "rating"),
        agency=agency,
        action=cell.action.id,
        dimension=cell.dimension,
        period=collation.period,
    )
