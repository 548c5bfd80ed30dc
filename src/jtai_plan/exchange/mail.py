"""Mails to agencies, as drafts that a mail program opens: nothing is sent from here."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256


def draft(to: Sequence[str], subject: str, body: str, attached: Mapping[str, bytes]) -> bytes:
    """A mail (RFC 5322) that is not sent yet: with `X-Unsent`, Outlook opens it as a draft. The same gives the same.

    *attached* are files by their names: Excel forms, and entries for a calendar (.ics).
    """
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    if to:
        mail["To"] = ", ".join(to)
    mail["Subject"] = subject
    mail.set_content(body)
    for name, content in attached.items():
        kind = ("text", "calendar") if name.endswith(".ics") else ("application", _EXCEL)
        mail.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    if attached:
        mail.set_boundary(f"jtai-{sha256(body.encode()).hexdigest()[:24]}")
    return mail.as_bytes()


_EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def due_day(summary: str, day: date, name: str) -> bytes:
    """An entry for a calendar (RFC 5545): *summary* on the whole *day*. *name* tells it from others, and is kept."""
    from icalendar import Calendar, Event

    entry = Event()
    entry.add("summary", summary)
    entry.add("dtstart", day)
    entry.add("uid", f"{name}@jtai")
    # Not the time: the same files give the same bytes.
    entry.add("dtstamp", datetime.combine(day, time(), UTC))
    entry.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//jtai//jtai//EN")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
