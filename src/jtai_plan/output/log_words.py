"""How the trail is put in words, the same in the terminal and in an appendix to a report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from jtai_plan.model.outline import Outline
from jtai_plan.model.text import without_controls
from jtai_plan.model.trail import Event, Kind, Person, Step
from jtai_plan.rules import wording

SIGNATURES = {
    "G": "good",
    "U": "good, by a key of unknown trust",
    "X": "good, and expired",
    "Y": "good, by a key that has expired",
    "R": "good, by a key that was revoked",
    "B": "BAD: the commit is not what was signed",
    "E": "there, and cannot be checked on this machine",
    "N": "none",
}
"""What git says of a commit's signature, by its letter."""


class Group(NamedTuple):
    """The events of one subject, oldest first, under what they are about."""

    heading: str
    about: str
    events: tuple[Event, ...]


def grouped(outline: Outline, events: Sequence[Event]) -> list[Group]:
    """*events* by action, period, dimension and agency, in the plan's order; what has no action comes last."""
    groups: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=lambda event: _place(outline, event)):
        groups.setdefault((_heading(outline, event), _about(outline, event)), []).append(event)
    return [Group(heading, about, tuple(several)) for (heading, about), several in groups.items()]


def what(outline: Outline, event: Event) -> str:
    """What *event* recorded, as a phrase: "red → amber", "amber as before; changed beside it: update"."""
    match event.subject.kind:
        case Kind.RATING | Kind.MODERATION:
            return _rating(outline, event)
        case Kind.SIGN_OFF | Kind.APPROVAL:
            verb = "the plan was signed off" if event.subject.kind is Kind.SIGN_OFF else "the return was approved"
            if not event.now:
                return f"no longer recorded that {verb}"
            return _agreed(f"recorded that {verb}", event.now)


def evidence(event: Event) -> Iterator[str]:
    """The evidence that was given with a rating, where *event* gave it."""
    if "evidence" not in event.beside:
        return
    before = event.was.get("evidence")
    for each in _list(event.now.get("evidence")):
        if each not in _list(before) and isinstance(each, dict):
            parts = (each.get("what"), each.get("where"), _day(each.get("dated")))
            yield ", ".join(without_controls(str(part)) for part in parts if part)


def recorded(step: Step) -> str:
    """By whom and when a step was made, and in which commit."""
    commit = step.commit
    words = f"{people(commit.authors)} on {when(commit.authored)} in {commit.short}"
    if commit.applied_by:
        words += f", put here by {people((commit.applied_by,))} on {when(commit.committed)}"
    if commit.picked_from:
        words += f", which repeats {commit.picked_from[:10]}"
    if commit.reverts:
        words += f", which takes back {commit.reverts[:10]}"
    return words


def seen(step: Step, signature: str | None) -> Iterator[str]:
    """Who reviewed and merged a step, by which request, and what git says of its *signature*, as phrases."""
    if step.reviewers:
        yield f"reviewed by {people(step.reviewers)}"
    if step.commit.signed_off_by:
        yield f"Signed-off-by {people(step.commit.signed_off_by)}"
    yield _merged(step)
    if signature and signature != "N":
        yield f"signature: {SIGNATURES.get(signature, signature)}"


def people(several: Sequence[Person]) -> str:
    """The names of *several* people, or the address of one who has none."""
    return wording.listed(dict.fromkeys(each.name or each.email or "nobody" for each in several))


def when(moment: str) -> str:
    """The day of a *moment* as git writes it, such as "5 October 2018"."""
    try:
        return wording.day(datetime.fromisoformat(moment).date())
    except ValueError:
        return moment


def agency_name(outline: Outline, event: Event) -> str | None:
    """What the agency is called, and what its folder was called then; None for the boards' record."""
    if event.agency is None:
        return None
    then = f" (then {event.agency_then})" if event.agency_then != event.agency else ""
    return outline.agencies.get(event.agency, (event.agency,))[0] + then


def _merged(step: Step) -> str:
    request = f" in {step.request}" if step.request else ""
    if step.merge is None:
        return f"not merged{request}"
    if step.commit.is_merge and step.is_direct:
        return f"written in a merge{request}, and in neither of what it merged"
    if not step.is_direct:
        return f"merged by {people((step.merge.author,))} on {when(step.merge.committed)}{request}"
    if step.request:
        by = f" by {people((step.merged_by,))}" if step.merged_by else ", by whom git does not say"
        return f"merged{request}{by}"
    return "committed to the main line, without a merge"


def _rating(outline: Outline, event: Event) -> str:
    was, now = (_named(outline, each) for each in (event.rating_was, event.rating))
    if event.subject.kind is Kind.MODERATION:
        reason = f": {_line(event.now['reason'])}" if event.now.get("reason") else ""
        by = f" by {_line(event.now['board'])}" if event.now.get("board") else ""
        moved = f"moderated from {was} to {now}" if event.rating_was else f"moderated to {now}"
        return f"{moved}{by}{reason}" if event.rating else "no longer moderated"
    if event.rating_was != event.rating:
        return f"{was} → {now}" if event.rating_was else now
    kept = f"{now} as before" if event.rating else now
    return f"{kept}; changed beside it: {wording.listed(event.beside)}"


def _named(outline: Outline, rating: str | None) -> str:
    if rating is None:
        return "no rating"
    return outline.ratings.get(rating) or _line(rating)


def _agreed(said: str, values: Mapping[str, Any]) -> str:
    by = f" by {_line(values['board'])}" if values.get("board") else ""
    on = f" on {_day(values['on'])}" if values.get("on") else ""
    minute = f", minute {_line(values['minute'])}" if values.get("minute") else ""
    return f"{said}{by}{on}{minute}"


def _day(value: object) -> str | None:
    try:
        return wording.day(date.fromisoformat(str(value))) if value else None
    except ValueError:
        return _line(value)


def _line(value: object) -> str:
    return without_controls(" ".join(str(value).split()))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _place(outline: Outline, event: Event) -> tuple[bool, int, str, int, int, int, int]:
    kind, action, dimension = event.subject
    return (
        action is None,
        _index(outline.actions, action),
        action or kind.value,
        _index(outline.periods, event.period),
        _index(outline.dimensions, dimension),
        list(Kind).index(kind),
        _index(outline.agencies, event.agency),
    )


def _index(names: Iterable[str], name: str | None) -> int:
    known = list(names)
    return known.index(name) if name in known else len(known)


def _heading(outline: Outline, event: Event) -> str:
    action = event.subject.action
    if action is None:
        return "Sign-off of the plan" if event.subject.kind is Kind.SIGN_OFF else "Approval of returns"
    return f"{_line(action)} {outline.actions.get(action, '')}".strip()


def _about(outline: Outline, event: Event) -> str:
    dimension, period = event.subject.dimension or "", event.period or ""
    return ", ".join(
        filter(
            None,
            (
                outline.dimensions.get(dimension) or _line(dimension),
                outline.periods.get(period) or _line(period),
                agency_name(outline, event) or "the boards",
            ),
        )
    )
