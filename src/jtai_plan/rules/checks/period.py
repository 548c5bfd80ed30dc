"""The checks of a period: what is behind and what is missing. `CHECKS` lists them; each takes a collation."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import agency_path, board_path, return_path
from jtai_plan.rules import wording
from jtai_plan.rules.checks.answers import answered
from jtai_plan.rules.checks.catalogue import behind_and_missing as rules
from jtai_plan.rules.checks.catalogue.rule import Rule
from jtai_plan.rules.checks.privacy import PRIVACY
from jtai_plan.rules.checks.queries import QUERIES
from jtai_plan.rules.checks.questions import QUESTIONS
from jtai_plan.rules.checks.trajectories import TRAJECTORIES
from jtai_plan.rules.checks.trust import approved_earlier, changed_after_close, not_approved, not_presented, unsigned
from jtai_plan.rules.judge import standing_words
from jtai_plan.rules.judge.collate import CollatedCell, Collation, said_by
from jtai_plan.rules.judge.measures import value_in
from jtai_plan.rules.judge.trajectory import Standing

Check = Callable[[Collation], Iterator[Finding]]


def run_checks(collation: Collation) -> tuple[Finding, ...]:
    """Everything found in the period, in the order of `CHECKS` and of the plan; each query with its answer."""
    found = (finding for check in CHECKS for finding in check(collation))
    return tuple(answered(collation.partnership, found))


def late(collation: Collation) -> Iterator[Finding]:
    """Every rating that falls short of what was expected, of the agencies' own actions too."""
    for cell in collation.everything:
        if cell.standing.is_late:
            for agency, rating in said_by(cell):
                own = cell.judgement.standings[agency] if agency else cell.standing
                rule = rules.UNRANKED if own is Standing.UNRANKED else rules.BEHIND
                message = _falls_short(collation, cell, agency, rating)
                yield _of_cell(collation, cell, agency, rule, message, _what_next(cell, agency))


def missing(collation: Collation) -> Iterator[Finding]:
    """Every rating that is expected and missing, of the only lead or of one of several."""
    plan = collation.partnership.plan
    for cell in collation.everything:
        rule = rules.AWAITING if any(cell.judgement.ratings.values()) else rules.NO_RETURN
        for agency in cell.judgement.awaiting:
            about = wording.subject(plan, cell.action.id, cell.dimension)
            message = f"{about} has no rating from {collation.partnership.agency_name(agency)}"
            hint = _record(cell.action.id, cell.dimension, agency, collation.period)
            yield _of_cell(collation, cell, agency, rule, message, hint)


def no_measures(collation: Collation) -> Iterator[Finding]:
    """Every action for which a lead agency has chosen no measure."""
    partnership, period = collation.partnership, collation.period
    plan = partnership.plan
    for agency in plan.lead_agencies:
        measured = {measure.action for measure in partnership.agencies[agency].measures}
        for action in plan.led_by(agency, period):
            if action.id not in measured and not plan.is_withdrawn(action, period):
                message = f"{partnership.agency_name(agency)} has chosen no measure for {action.id}"
                hint = "Name one under 'measures', with its action and dimension."
                path = agency_path(agency)
                yield rules.NO_MEASURES.finding(
                    message, path, hint, keys=("measures",), agency=agency, action=action.id
                )


def not_measured(collation: Collation) -> Iterator[Finding]:
    """Every measure without a value whose action and dimension are due."""
    partnership, period = collation.partnership, collation.period
    expected = {(cell.action.id, cell.dimension) for cell in collation.cells if cell.judgement.expected}
    for agency, itself in partnership.agencies.items():
        for measure in itself.measures:
            action, dimension = measure.action, measure.dimension
            if (action, dimension) in expected and value_in(partnership, agency, measure, period) is None:
                about = wording.subject(partnership.plan, action, dimension)
                yield rules.NOT_MEASURED.finding(
                    f"{partnership.agency_name(agency)} has not reported '{measure.id}' ({about})",
                    return_path(agency, period),
                    _record(action, dimension, agency, period, f" --measure {measure.id}=NUMBER"),
                    keys=("actions", action, dimension),
                    agency=agency,
                    action=action,
                    dimension=dimension,
                    measure=measure.id,
                    period=period,
                )


def _record(action: str, dimension: str, agency: str, period: str, more: str = "") -> str:
    return f"Record it: jtai rate {action} {dimension} RATING --agency {agency} --quarter {period}{more}."


CHECKS: Sequence[Check] = (
    changed_after_close,
    late,
    missing,
    no_measures,
    not_measured,
    not_approved,
    approved_earlier,
    unsigned,
    not_presented,
    *QUERIES,
    *TRAJECTORIES,
    *QUESTIONS,
    *PRIVACY,
)


def overdue(collation: Collation, as_of: date) -> Iterator[Finding]:
    """The agencies that owe a rating on the day *as_of*, if returns were due before that day."""
    partnership = collation.partnership
    period = partnership.plan.periods[collation.period]
    if period.returns_due is None or as_of <= period.returns_due:
        return
    due, days = wording.day(period.returns_due), wording.counted((as_of - period.returns_due).days, "day")
    for agency in partnership.plan.lead_agencies:
        if owed := len(list(collation.owed_by(agency))):
            message = (
                f"the return of {partnership.agency_name(agency)} for {period.label} was due on {due} and is {days} "
                f"late: {wording.counted(owed, 'rating')} still to come"
            )
            path = return_path(agency, collation.period)
            yield rules.OVERDUE.finding(message, path, agency=agency, period=collation.period)


def _falls_short(collation: Collation, cell: CollatedCell, agency: str | None, rating: str) -> str:
    plan = collation.partnership.plan
    who = collation.partnership.agency_name(agency) if agency else "moderated by the board"
    return (
        f"{wording.subject(plan, cell.action.id, cell.dimension)} is {wording.rating(plan, rating)} ({who}); "
        f"{standing_words.expected(plan, cell)}: {standing_words.stands(plan, cell)}"
    )


def _what_next(cell: CollatedCell, agency: str | None) -> str | None:
    recovery = cell.returned[agency].recovery if agency else None
    if agency is None or (recovery and recovery.plan):
        return None
    if cell.standing is Standing.UNRANKED:
        return "Give it a rating that has a rank, or say in 'recovery' what will be done, and by when."
    return "Say in 'recovery' what will be done, and by when."


def _of_cell(
    collation: Collation, cell: CollatedCell, agency: str | None, rule: Rule, message: str, hint: str | None
) -> Finding:
    """A finding about *cell*: in the return of *agency*, or in the boards' record if there is none."""
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
