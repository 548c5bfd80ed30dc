"""The agencies, boards and dimensions that a call names, and the ids that they get."""

import re
import textwrap
from collections.abc import Iterable, Sequence

from jtai_plan.errors import NothingWritten
from jtai_plan.exchange.plan_import.leads import agency_id
from jtai_plan.model.text import CONTROLS
from jtai_plan.output.new_repository import Member
from jtai_plan.rules.new_plan import DIMENSIONS

_WINDOWS = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows keeps for devices."""
# What GitHub and GitLab take in CODEOWNERS: a person, a team of an organisation, or an address.
_REVIEWER = re.compile(r"@[a-z\d][\w.-]*(/[a-z\d][\w.-]*)*|[a-z\d][\w.+-]*@[\w-]+(\.[\w-]+)+", re.ASCII | re.IGNORECASE)


def agencies(named: Iterable[str]) -> tuple[Member, ...]:
    """The agencies of *named*, each NAME, NAME|OTHER SPELLING or NAME=@reviewer. Raises CannotDo."""
    found = []
    for words in named:
        names, _, reviewers = words.rpartition("=") if "=" in words else (words, "", "")
        name, *others = (line_of("the name of an agency", each) for each in names.split("|"))
        reviewed_by = tuple(re.split(r"[\s,]+", reviewers.strip())) if reviewers.strip() else ()
        for reviewer in reviewed_by:
            if not _REVIEWER.fullmatch(reviewer):
                raise NothingWritten(
                    f"'{reviewer}' cannot review for {name}. Name an @account, an @organisation/team or an e-mail "
                    "address."
                )
        found.append(_member("agency", name)._replace(other_names=tuple(others), reviewers=reviewed_by))
    return _distinct("agencies", found)


def boards(named: Iterable[str]) -> tuple[Member, ...]:
    """The boards *named*. Raises CannotDo if two would have the same id."""
    return _distinct("boards", [_member("board", line_of("the name of a board", name)) for name in named])


def dimensions(named: Iterable[str]) -> tuple[Member, ...]:
    """The dimensions *named*, or those that are usual. Process/activity has the id of its first word."""
    several = [line_of("the name of a dimension", each) for each in named] or DIMENSIONS
    return _distinct(
        "dimensions",
        [Member(_member("dimension", each.partition("/")[0]).id, each) for each in several],
    )


def _member(kind: str, name: str) -> Member:
    return Member(checked_id(kind, name, agency_id(name)), name)


def checked_id(kind: str, name: str, made: str) -> str:
    """The id *made* from the *name* of an agency or another *kind*. Raises CannotDo if no folder could be called so."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,62}", made):
        raise NothingWritten(
            f"cannot make an id from the {kind} '{textwrap.shorten(name, 60)}'. An id begins with a letter from a to z "
            "and has at most 63 characters. Give a name like that here, and correct it in the file afterwards."
        )
    if _WINDOWS.fullmatch(made):
        raise NothingWritten(f"Windows cannot check out a folder called '{made}'. Call the {kind} '{name}' otherwise.")
    return made


def _distinct(kind: str, members: Sequence[Member]) -> tuple[Member, ...]:
    seen: dict[str, str] = {}
    for each in members:
        if each.id in seen:
            raise NothingWritten(
                f"two {kind}, '{seen[each.id]}' and '{each.name}', would have the same id, {each.id}. "
                "Leave one out, or rename it."
            )
        seen[each.id] = each.name
    return tuple(members)


def line_of(what: str, words: str) -> str:
    """*words* on one line. Raises CannotDo if there are none, or if no file of a plan may hold them."""
    line = " ".join(words.split())
    if not line:
        raise NothingWritten(f"{what} is empty.")
    if re.search(rf"[{CONTROLS}\ud800-\udfff\ufeff\ufffe\uffff]", line):
        raise NothingWritten(f"{what} holds a character that is not text: {line!a}.")
    return line
