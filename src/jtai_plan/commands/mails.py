"""Forms, and mails to agencies: each a draft with the agency's form and the day on which it is due."""

from jtai_plan.exchange.forms.write import form
from jtai_plan.exchange.mail import draft, due_day
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import Partnership, form_name
from jtai_plan.output.palette import palette
from jtai_plan.output.reminder import Reminder
from jtai_plan.output.terminal import note


def forms_of(partnership: Partnership, period: str, *agencies: str) -> dict[str, bytes]:
    """The form of each of *agencies* that reports in *period*."""
    colours = {rating: (paint.fill, paint.ink) for rating, paint in palette(partnership.plan.scale).items()}
    return {
        each: form(partnership, each, period, colours)
        for each in agencies
        if reported_actions(partnership.plan, each, partnership.agencies[each], period)
    }


def draft_of(partnership: Partnership, period: str, agency: str, mail: Reminder, its_form: bytes) -> tuple[str, bytes]:
    """The name and content of a draft (.eml) of *mail* to *agency* with *its_form*."""
    itself, due = partnership.agencies[agency], partnership.plan.periods[period].returns_due
    attached = {form_name(agency, period): its_form}
    if due:
        attached[f"{period}.ics"] = due_day(f"{mail.subject}: due", due, f"{period}-{agency}")
    if not itself.contacts:
        note(f"{partnership.agency_name(agency)} has no 'contacts' in its agency.yaml, so the mail has no address yet.")
    return f"{period}-{agency}.eml", draft(itself.contacts, mail.subject, "\n".join(mail.body) + "\n", attached)
