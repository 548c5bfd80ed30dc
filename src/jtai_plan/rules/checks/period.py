"""The checks of a period: what is behind, and what is missing. Each is a function of a collation, in `CHECKS`."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import agency_path, board_path, return_path, sign_off_path
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.behind_and_missing import (
    AWAITING,
    BEHIND,
    NO_MEASURES,
    NO_RETURN,
    NOT_APPROVED,
    NOT_MEASURED,
    OVERDUE,
    SIGNED_EARLIER_PLAN,
    UNRANKED,
    UNSIGNED,
)
from jtai_plan.rules.checks.catalogue.rule import Rule
from jtai_plan.rules.checks.queries import QUERIES
from jtai_plan.rules.judge.collate import CollatedCell, Collation
from jtai_plan.rules.judge.measures import value_in
from jtai_plan.rules.judge.trajectory import Standing, is_withdrawn
from jtai_plan.rules.seals.closing import changed_after_close, not_presented
from jtai_plan.rules.seals.sign_off import changed_since

Check = Callable[[Collation], Iterator[Finding]]


def run_checks(collation: Collation) -> tuple[Finding, ...]:
    """Everything found in the period, in the order of `CHECKS` and of the plan."""
    return tuple(finding for check in CHECKS for finding in check(collation))


def late(collation: Collation) -> Iterator[Finding]:
    """Every rating that falls short of what was expected."""
    for cell in collation.cells:
        if cell.standing.is_late:
            for agency, rating in said_by(cell):
                yield _of_cell(
                    collation,
                    cell,
                    agency,
                    rule=UNRANKED if cell.standing is Standing.UNRANKED else BEHIND,
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
    """Every rating that is expected and not there, of an action's only lead or of one of several."""
    for cell in collation.cells:
        somebody = any(cell.judgement.ratings.values())
        for agency in cell.judgement.awaiting:
            name = collation.partnership.agency_name(agency)
            about = wording.subject(collation.partnership.plan, cell.action.id, cell.dimension)
            yield _of_cell(
                collation,
                cell,
                agency,
                rule=AWAITING if somebody else NO_RETURN,
                message=f"{about} has no rating from {name}",
                hint=f"Record it: jtai rate {cell.action.id} {cell.dimension} RATING "
                f"--agency {agency} --quarter {collation.period}.",
            )


def unsigned(collation: Collation) -> Iterator[Finding]:
    """Every agency whose board has not signed the plan, or signed an earlier one.

    Each agency is responsible for obtaining sign-off at its own governance board; a department may be covered by the
    sign-off of another (`signs_with`).
    """
    partnership = collation.partnership
    for agency, itself in partnership.agencies.items():
        signs = itself.signs_with or agency
        sign_off = partnership.sign_offs.get(signs)
        name, where = partnership.agency_name(agency), sign_off_path(signs)
        if sign_off is None:
            yield UNSIGNED.finding(
                message=f"the plan is not signed off by {name}",
                hint=f"Record it: jtai sign-off {signs} --board BOARD --on DATE --minute MINUTE.",
                path=where,
                agency=agency,
            )
        elif changes := list(changed_since(sign_off.signed, partnership.plan)):
            yield SIGNED_EARLIER_PLAN.finding(
                message=f"{name} signed an earlier plan on {wording.day(sign_off.on)}: since then {'; '.join(changes)}",
                hint=f"Put the plan before {sign_off.board} again, then: jtai sign-off {signs}.",
                path=where,
                keys=("signed",),
                agency=agency,
            )


def not_approved(collation: Collation) -> Iterator[Finding]:
    """Every return of the period that the agency's own governance has not approved."""
    partnership, period = collation.partnership, collation.period
    for agency in partnership.agencies:
        returned = partnership.returns.get((agency, period))
        if returned and returned.says_something and not (returned.approved and returned.approved.on):
            yield NOT_APPROVED.finding(
                message=f"the return of {partnership.agency_name(agency)} for {partnership.plan.periods[period].label} "
                "is not approved by its own governance",
                hint=f"Record it: jtai sign-off {agency} --quarter {period} --board BOARD --on DATE --minute MINUTE.",
                path=return_path(agency, period),
                keys=("approved",),
                agency=agency,
                period=period,
            )


def no_measures(collation: Collation) -> Iterator[Finding]:
    """Every action for which a lead agency has chosen no measure.

    Agencies must determine which impact and performance measures they will report.
    """
    partnership = collation.partnership
    for agency in partnership.plan.lead_agencies:
        itself = partnership.agencies[agency]
        measured = {measure.action for measure in itself.measures}
        for action in partnership.plan.led_by(agency, collation.period):
            if action.id not in measured and not is_withdrawn(partnership.plan, action, collation.period):
                yield NO_MEASURES.finding(
                    message=f"{partnership.agency_name(agency)} has chosen no measure for {action.id}",
                    hint="Name one under 'measures', with its action and dimension.",
                    path=agency_path(agency),
                    keys=("measures",),
                    agency=agency,
                    action=action.id,
                )


def not_measured(collation: Collation) -> Iterator[Finding]:
    """Every measure that was chosen, is due by now to be reported, and has no value."""
    partnership, period = collation.partnership, collation.period
    expected = {(cell.action.id, cell.dimension) for cell in collation.cells if cell.judgement.expected}
    for agency, itself in partnership.agencies.items():
        for measure in itself.measures:
            owed = (measure.action, measure.dimension) in expected
            if owed and value_in(partnership, agency, measure, period) is None:
                yield NOT_MEASURED.finding(
                    message=f"{partnership.agency_name(agency)} has not reported '{measure.id}' "
                    f"({wording.subject(partnership.plan, measure.action, measure.dimension)})",
                    hint=f"Record it: jtai rate {measure.action} {measure.dimension} RATING --agency {agency} "
                    f"--quarter {period} --measure {measure.id}=NUMBER.",
                    path=return_path(agency, period),
                    keys=("actions", measure.action, measure.dimension),
                    agency=agency,
                    action=measure.action,
                    dimension=measure.dimension,
                    measure=measure.id,
                    period=period,
                )


CHECKS: Sequence[Check] = (
    changed_after_close,
    late,
    missing,
    no_measures,
    not_measured,
    not_approved,
    unsigned,
    not_presented,
    *QUERIES,
)


def overdue(collation: Collation, as_of: date) -> Iterator[Finding]:
    """The agencies that owed a rating when the last day for returns had gone by, on the day *as_of*."""
    plan = collation.partnership.plan
    period = plan.periods[collation.period]
    if period.returns_due is None or as_of <= period.returns_due:
        return
    for agency in plan.lead_agencies:
        if owed := len(list(collation.owed_by(agency))):
            yield OVERDUE.finding(
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
    rule: Rule,
    message: str,
    hint: str | None,
) -> Finding:
    """A finding about *cell*: in the return of *agency*, or in the boards' record where there is none."""
    return rule.finding(
        message,
        return_path(agency, collation.period) if agency else board_path(collation.period),
        hint,
        keys=("actions" if agency else "moderated", cell.action.id, cell.dimension, "rating"),
        agency=agency,
        action=cell.action.id,
        dimension=cell.dimension,
        period=collation.period,
    )
