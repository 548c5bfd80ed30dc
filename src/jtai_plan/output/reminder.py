"""The text of an e-mail that reminds an agency of what it still owes."""

from collections.abc import Iterator
from datetime import date

from jtai_plan.model.partnership import form_name
from jtai_plan.rules import wording
from jtai_plan.rules.checks.period import no_measures, not_measured
from jtai_plan.rules.checks.trust import approved_earlier, not_approved
from jtai_plan.rules.judge.collate import Collation


def reminder(collation: Collation, agency: str, as_of: date | None) -> tuple[str, ...]:
    """The lines of the e-mail to *agency*, and how late its return is on the day *as_of*; none if it owes nothing."""
    ratings = list(_ratings(collation, agency))
    checks = (no_measures, not_measured, not_approved, approved_earlier)
    others = [f"- {each.message}" for check in checks for each in check(collation) if each.agency == agency]
    owed = [*ratings, *others]
    if not owed:
        return ()
    partnership, plan = collation.partnership, collation.partnership.plan
    label = plan.periods[collation.period].label
    return (
        f"To: {partnership.agencies[agency].name}",
        f"Subject: {plan.title}: return for {label}",
        "",
        _when(collation, as_of) if ratings else f"Your ratings for {label} have reached us. Thank you.",
        "",
        "Still missing:",
        *owed,
        "",
        f"The form is {form_name(agency, collation.period)}. Fill in the yellow cells only, and send it back.",
    )


def _when(collation: Collation, as_of: date | None) -> str:
    period = collation.partnership.plan.periods[collation.period]
    if period.returns_due is None:
        return f"Part of your return for {period.label} has not reached us."
    due = wording.day(period.returns_due)
    if as_of is not None and as_of > period.returns_due:
        late = wording.counted((as_of - period.returns_due).days, "day")
        return f"Your return for {period.label} was due on {due} and is {late} late."
    return f"Your return for {period.label} is due by {due}."


def _ratings(collation: Collation, agency: str) -> Iterator[str]:
    plan = collation.partnership.plan
    for cell in collation.owed_by(agency):
        subject = wording.subject(plan, cell.action.id, cell.dimension)
        yield f"- {subject} ({cell.action.action}): {wording.expected(plan, cell.judgement.expected)}"
