"""What agencies sent: forms, folders of them, and mails with forms attached. Every file is taken or named."""

import email
import email.policy
from collections.abc import Iterator, Sequence
from email.errors import MessageError
from pathlib import Path, PurePath
from tempfile import mkdtemp
from typing import NamedTuple

from jtai_plan.model.text import name_as_shown

SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls")
"""The ends of the names of forms."""
MAX_MAIL = 30_000_000
"""How many bytes a mail may have."""
_LEFT = {
    ".xlsb": "Save it in Excel as .xlsx.",
    ".xltx": "Save it in Excel as .xlsx.",
    ".numbers": "Export it as .xlsx.",
    ".msg": "Save the form that it holds, or save the mail as .eml.",
    ".zip": "Unpack it.",
}
_NOT_SENT = ("~$", ".~lock", ".", "Thumbs.db", "desktop.ini")
"""How the names of files begin that a program or the system put beside those that people sent."""


class Received(NamedTuple):
    """A file that came in."""

    name: str
    """What messages call it."""
    file: Path | None
    """The form; None if it is left alone."""
    why: str = ""
    """Why it is left alone, and what to do."""


def received(sent: Sequence[Path], folder: Path) -> Iterator[Received]:
    """Every form among what was *sent*, and every file that is none. Forms in mails are unpacked into *folder*."""
    for each in sent:
        if each.is_dir() and each.suffix.lower() not in SUFFIXES:
            for file in sorted(
                file for file in each.rglob("*") if not file.is_dir() or file.suffix.lower() in SUFFIXES
            ):
                if not file.name.startswith(_NOT_SENT):
                    yield from _taken(file, folder)
        else:
            # Whatever it is called: somebody named it.
            yield from _taken(each, folder) if each.suffix.lower() == ".eml" else [Received(str(each), each)]


def _taken(file: Path, folder: Path) -> Iterator[Received]:
    suffix, name = file.suffix.lower(), name_as_shown(str(file))
    if suffix in SUFFIXES:
        yield Received(name, file)
    elif suffix == ".eml":
        yield from _attached(file, name, folder)
    else:
        yield Received(name, None, _LEFT.get(suffix, "It is no form."))


def _attached(file: Path, name: str, folder: Path) -> Iterator[Received]:
    """The forms attached to the mail in *file*."""
    try:
        if not file.is_file() or file.stat().st_size > MAX_MAIL:
            yield Received(name, None, f"It is no mail of at most {MAX_MAIL // 10**6} MB.")
            return
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        parts = [(each.get_filename() or "", each.get_payload(decode=True)) for each in mail.walk()]
    except (OSError, ValueError, LookupError, AttributeError, TypeError, IndexError, MessageError) as error:
        # A mail can be broken in more ways than its reader names.
        yield Received(name, None, f"It cannot be read as a mail ({type(error).__name__}).")
        return
    forms = [(called, content) for called, content in parts if called.lower().endswith(SUFFIXES)]
    for called, content in forms:
        # Only the end of the name is the sender's: a name may lead anywhere.
        copy = Path(mkdtemp(dir=folder), f"form{PurePath(called).suffix.lower()}")
        copy.write_bytes(content if isinstance(content, bytes) else b"")
        yield Received(f"{name}, {name_as_shown(PurePath(called).name)}", copy)
    if not forms:
        yield Received(name, None, "No form is attached to this mail.")
