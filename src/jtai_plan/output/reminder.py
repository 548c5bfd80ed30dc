"""The text of an e-mail that reminds an agency of what it still owes."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from jtai_plan.model.partnership import form_name
from jtai_plan.rules import wording
from jtai_plan.rules.checks.period import not_measured
from jtai_plan.rules.checks.trust import approved_earlier, not_approved
from jtai_plan.rules.judge.collate import Collation


class Reminder(NamedTuple):
    """A mail to an agency about its return."""

    subject: str
    body: tuple[str, ...]
    """Its lines."""


def reminder(collation: Collation, agency: str, as_of: date | None) -> Reminder | None:
    """The mail to *agency*, and how late its return is on the day *as_of*; None if it owes nothing.

    It asks for nothing that the form cannot hold.
    """
    ratings = list(_ratings(collation, agency))
    checks = (not_measured, not_approved, approved_earlier)
    others = [f"- {each.message}" for check in checks for each in check(collation) if each.agency == agency]
    owed = [*ratings, *others]
    if not owed:
        return None
    label = collation.partnership.plan.periods[collation.period].label
    received = (
        _received(collation, agency, as_of) if ratings else f"Your ratings for {label} have reached us. Thank you."
    )
    form = f"The form is {form_name(agency, collation.period)}. Fill in the yellow cells only, and send it back."
    return Reminder(_subject(collation), (received, "", "Still missing:", *owed, "", form))


def invitation(collation: Collation) -> Reminder:
    """The mail that brings an agency its form."""
    label = collation.partnership.plan.periods[collation.period].label
    form = f"Attached is the form for your return for {label}. Fill in the yellow cells only, and send it back."
    return Reminder(_subject(collation), (form, _when(collation, None)))


def _subject(collation: Collation) -> str:
    plan = collation.partnership.plan
    return f"{plan.title}: return for {plan.periods[collation.period].label}"


def _received(collation: Collation, agency: str, as_of: date | None) -> str:
    """How much of the return is here, and how late the rest is."""
    returned = collation.partnership.returns.get((agency, collation.period))
    some = returned is not None and returned.says_something
    label = collation.partnership.plan.periods[collation.period].label
    amount = "Only a part" if some else "Nothing"
    return f"{amount} of your return for {label} has reached us. {_when(collation, as_of)}"


def _when(collation: Collation, as_of: date | None) -> str:
    period = collation.partnership.plan.periods[collation.period]
    if period.returns_due is None:
        return "The plan gives no day on which it is due."
    due = wording.day(period.returns_due)
    if as_of is not None and as_of > period.returns_due:
        late = wording.counted((as_of - period.returns_due).days, "day")
        return f"It was due on {due}, and is {late} late."
    return f"It is due by {due}."


def _ratings(collation: Collation, agency: str) -> Iterator[str]:
    plan = collation.partnership.plan
    for cell in collation.owed_by(agency):
        subject = wording.subject(plan, cell.action.id, cell.dimension)
        yield f"- {subject} ({cell.action.action}): {wording.expected(plan, cell.judgement.expected)}"
