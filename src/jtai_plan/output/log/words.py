"""How the trail is put in words, the same in the terminal and in an appendix to a report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, assert_never

from jtai_plan.model.plan_names import Outline
from jtai_plan.model.text import one_line
from jtai_plan.model.trail import Event, Person, Settled, Step, SubjectKind
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


_HEADINGS = {
    SubjectKind.SIGN_OFF: "Sign-off of the plan",
    SubjectKind.APPROVAL: "Approval of returns",
    SubjectKind.CLOSING: "Closing of periods",
}
"""Above what is of no action."""


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
        case SubjectKind.RATING:
            return _rating(outline, event)
        case SubjectKind.MODERATION:
            return _moderated(outline, event)
        case SubjectKind.AMENDMENT:
            return _amended(outline, event)
        case SubjectKind.CLOSING:
            return _closed(event)
        case SubjectKind.SIGN_OFF | SubjectKind.APPROVAL:
            verb = (
                "the plan was signed off" if event.subject.kind is SubjectKind.SIGN_OFF else "the return was approved"
            )
            return _agreed(verb, event.now) if event.now else f"it is no longer said that {verb}"
        case _:
            assert_never(event.subject.kind)


def evidence(event: Event) -> Iterator[str]:
    """The evidence that was given with a rating, where *event* gave it."""
    if "evidence" not in event.beside:
        return
    before = event.was.get("evidence")
    for each in _list(event.now.get("evidence")):
        if each not in _list(before) and isinstance(each, dict):
            parts = (each.get("what"), each.get("where"), _day(each.get("dated")))
            yield ", ".join(one_line(part) for part in parts if part)


def recorded(step: Step) -> str:
    """By whom and when a step was made, and in which commit."""
    commit = step.commit
    if step.is_beginning:
        return f"by whom is not known here: this clone begins with {commit.short}"
    words = f"recorded by {people(commit.authors)} on {when(commit.authored)} in {commit.short}"
    if commit.applied_by:
        words += f", put here by {people((commit.applied_by,))} on {when(commit.committed)}"
    if commit.picked_from:
        words += f", which repeats {commit.picked_from[:10]}"
    if commit.reverts:
        words += f", which takes back {commit.reverts[:10]}"
    return words


def seen(step: Step, signature: str | None, main: str | None) -> Iterator[str]:
    """Who reviewed and merged a step to *main*, by which request, and what git says of its *signature*, as phrases."""
    if step.is_beginning:
        return
    if step.reviewers:
        yield f"reviewed by {people(step.reviewers)}"
    if step.commit.signed_off_by:
        yield f"Signed-off-by {people(step.commit.signed_off_by)}"
    yield _merged(step, main)
    if signature and signature != "N":
        yield f"signature: {SIGNATURES.get(signature, signature)}"


def people(several: Sequence[Person]) -> str:
    """The names of *several* people, each once, or the address of one who has none."""
    names = {each.key: each.name or each.email or "nobody" for each in reversed(several)}
    return wording.listed(reversed(names.values()))


def when(moment: str) -> str:
    """The day of a *moment* as git writes it, such as "5 October 2018"."""
    try:
        return wording.day(datetime.fromisoformat(moment).date())
    except ValueError:
        return moment


SETTLED = "Settled by a merge, and recorded by no commit"


def settled(outline: Outline, found: Settled) -> str:
    """What stands otherwise than it was recorded last, as a sentence without its full stop."""
    last = found.last
    about = ", ".join(filter(None, (last.subject.action, _about(outline, last))))
    stands = _named(outline, found.rating) if found.rating != last.rating else "something else"
    recorded_last = f"{what(outline, last)} was recorded last, in {last.step.commit.short}"
    return f"{about}: {stands} stands, though {recorded_last}; a merge took the word of one side"


def agency_name(outline: Outline, event: Event) -> str | None:
    """What the agency is called, and what its folder was called then; None for what the boards recorded."""
    if event.agency is None:
        return None
    if event.agency_then is None:
        return outline.agencies.get(event.agency, (event.agency,))[0]
    then = f" (then {event.agency_then})" if event.agency_then != event.agency else ""
    return outline.agencies.get(event.agency, (event.agency,))[0] + then


def _merged(step: Step, main: str | None) -> str:
    request = f" in {step.request}" if step.request else ""
    if step.merge is None:
        return f"not merged to {main or 'the main branch'}{request}"
    if step.commit.is_merge and step.is_direct:
        return f"written in a merge{request}, and in neither of what it merged"
    if not step.is_direct:
        return f"merged by {people((step.merge.author,))} on {when(step.merge.committed)}{request}"
    if step.request:
        by = f" by {people((step.merged_by,))}" if step.merged_by else ", by whom git does not say"
        return f"merged{request}{by}"
    return "committed to the main branch, without a merge"


def _rating(outline: Outline, event: Event) -> str:
    was, now = (_named(outline, each) for each in (event.rating_was, event.rating))
    if event.rating_was != event.rating:
        return f"{was} → {now}" if event.rating_was else now
    kept = f"{now} as before" if event.rating else now
    return f"{kept}; changed beside it: {wording.listed(event.beside)}"


def _moderated(outline: Outline, event: Event) -> str:
    if not event.rating:
        return "no longer moderated"
    was, now = (_named(outline, each) for each in (event.rating_was, event.rating))
    moved = f"moderated from {was} to {now}" if event.rating_was else f"moderated to {now}"
    board = str(event.now.get("board") or "")
    by = f" by {outline.boards.get(board) or one_line(board)}" if board else ""
    return moved + by + _because(event.now)


def _amended(outline: Outline, event: Event) -> str:
    before, now = (_list(each.get("amendments")) for each in (event.was, event.now))
    if now[: len(before)] != before:
        return "an amendment is no longer what it was"
    told = []
    for each in now[len(before) :]:
        was, to = (_named(outline, one_line(each[key]) if each.get(key) else None) for key in ("was", "to"))
        by = f" by {one_line(each['by'])}" if each.get("by") else ""
        told.append(f"amended after the closing, {was} → {to}{by}{_because(each)}")
    return "; ".join(told)


def _closed(event: Event) -> str:
    if not event.now:
        return "no longer closed"
    if event.was:
        return "the closing is no longer what it was"
    on = f" on {_day(event.now['on'])}" if event.now.get("on") else ""
    return f"closed{on} by {one_line(event.now.get('by') or 'nobody')}"


def _because(values: Mapping[str, Any]) -> str:
    return f" (reason: {one_line(values['reason'])})" if values.get("reason") else ""


def _named(outline: Outline, rating: str | None) -> str:
    if rating is None:
        return "no rating"
    return outline.ratings.get(rating) or one_line(rating)


def _agreed(said: str, values: Mapping[str, Any]) -> str:
    by = f" by {one_line(values['board'])}" if values.get("board") else ""
    on = f" on {_day(values['on'])}" if values.get("on") else ""
    minute = f", minute {one_line(values['minute'])}" if values.get("minute") else ""
    return f"{said}{by}{on}{minute}"


def _day(value: object) -> str | None:
    try:
        return wording.day(date.fromisoformat(str(value))) if value else None
    except ValueError:
        return one_line(value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _place(outline: Outline, event: Event) -> tuple[bool, int, str, int, int, int, int]:
    kind, action, dimension, _ = event.subject
    return (
        action is None,
        _index(outline.actions, action),
        action or kind.value,
        _index(outline.periods, event.period),
        _index(outline.dimensions, dimension),
        list(SubjectKind).index(kind),
        _index(outline.agencies, event.agency),
    )


def _index(names: Iterable[str], name: str | None) -> int:
    known = list(names)
    return known.index(name) if name in known else len(known)


def _heading(outline: Outline, event: Event) -> str:
    action = event.subject.action
    if action is None:
        return _HEADINGS[event.subject.kind]
    return f"{one_line(action)} {outline.actions.get(action, '')}".strip()


def _about(outline: Outline, event: Event) -> str:
    dimension, period = event.subject.dimension or "", event.period or ""
    return ", ".join(
        filter(
            None,
            (
                outline.dimensions.get(dimension) or one_line(dimension),
                outline.periods.get(period) or one_line(period),
                agency_name(outline, event) or "the boards",
            ),
        )
    )
