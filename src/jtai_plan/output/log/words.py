"""The history in words, the same in the terminal and in an appendix to a report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, assert_never

from jtai_plan.model.plan_names import Outline
from jtai_plan.model.text import one_line
from jtai_plan.model.trail import Event, History, Person, Settled, Step, SubjectKind
from jtai_plan.model.unchecked import items, mapping
from jtai_plan.rules import wording

SIGNATURES = {
    "G": "good",
    "U": "good, by a key of unknown trust",
    "X": "good, but expired",
    "Y": "good, by a key that has expired",
    "R": "good, by a key that was revoked",
    "B": "BAD: the commit is not what was signed",
    "E": "there, but cannot be checked on this machine",
    "N": "none",
}
"""What git says of a commit's signature, by its letter."""
SETTLED = "Settled by a merge and recorded in no commit"
_HEADINGS = {
    SubjectKind.SIGN_OFF: "Sign-off of the plan",
    SubjectKind.APPROVAL: "Approval of returns",
    SubjectKind.CLOSING: "Closing of periods",
}
"""The headings of what is about no action."""


class Entry(NamedTuple):
    """An event in words."""

    what: str
    """What was recorded, such as "red → amber" or "still amber; update changed"."""
    recorded: str
    """Who recorded it, when, and in which commit."""
    seen: tuple[str, ...]
    """Who reviewed and merged it, and what git says of its signature."""
    evidence: tuple[str, ...]
    """The evidence that came with it."""


def grouped(
    names: Outline, history: History, signatures: Mapping[str, str]
) -> Mapping[str, Mapping[str, Sequence[Entry]]]:
    """The events by heading and subject, each oldest first, in the plan's order; what is about no action comes last.

    *signatures* are git's letters, by commit.
    """
    groups: dict[str, dict[str, list[Entry]]] = {}
    for event in sorted(history.events, key=lambda event: _place(names, event)):
        action, step = event.subject.action, event.step
        heading = (
            f"{one_line(action)} {names.actions.get(action, '')}".strip() if action else _HEADINGS[event.subject.kind]
        )
        entries = groups.setdefault(heading, {}).setdefault(_about(names, event), [])
        seen = tuple(_seen(step, signatures.get(step.commit.id), history.trail.main))
        entries.append(Entry(_what(names, event), _recorded(step), seen, tuple(_evidence(event))))
    return groups


def settled(names: Outline, found: Settled) -> str:
    """What a merge settled, as a sentence without its full stop."""
    last = found.last
    about = ", ".join(filter(None, (last.subject.action, _about(names, last))))
    stands = _named(names, found.rating) if found.rating != last.rating else "something else"
    recorded = f"{_what(names, last)} was recorded last, in {last.step.commit.short}"
    return f"{about}: now {stands}, but {recorded}; a merge kept the version of one side"


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


def _what(names: Outline, event: Event) -> str:
    was, now = (_named(names, each) for each in (event.rating_was, event.rating))
    match event.subject.kind:
        case SubjectKind.RATING if event.rating_was != event.rating:
            return f"{was} → {now}" if event.rating_was else now
        case SubjectKind.RATING:
            return f"{f'still {now}' if event.rating else now}; {wording.listed(event.beside)} changed"
        case SubjectKind.MODERATION:
            moved = f"moderated from {was} to {now}" if event.rating_was else f"moderated to {now}"
            board = str(event.now.get("board") or "")
            by = f" by {names.boards.get(board) or one_line(board)}" if board else ""
            return moved + by + _because(event.now) if event.rating else "moderation withdrawn"
        case SubjectKind.AMENDMENT:
            return _amended(names, event)
        case SubjectKind.CLOSING if event.now and event.was:
            return "the closing was changed"
        case SubjectKind.CLOSING:
            by = f" by {one_line(event.now.get('by') or 'nobody')}"
            return f"closed{_on(event.now)}{by}" if event.now else "reopened"
        case SubjectKind.SIGN_OFF:
            return f"the plan was signed off{_agreed(event.now)}" if event.now else "sign-off withdrawn"
        case SubjectKind.APPROVAL:
            return f"the return was approved{_agreed(event.now)}" if event.now else "approval withdrawn"
        case _:
            assert_never(event.subject.kind)


def _amended(names: Outline, event: Event) -> str:
    before, now = (items(each.get("amendments")) for each in (event.was, event.now))
    if now[: len(before)] != before:
        return "an amendment was changed or removed"
    amended = []
    for each in now[len(before) :]:
        was, to = (_named(names, one_line(each[key]) if each.get(key) else None) for key in ("was", "to"))
        by = f" by {one_line(each['by'])}" if each.get("by") else ""
        amended.append(f"amended after the closing, {was} → {to}{by}{_because(each)}")
    return "; ".join(amended)


def _evidence(event: Event) -> Iterator[str]:
    before = items(event.was.get("evidence"))
    for each in map(mapping, items(event.now.get("evidence"))):
        if each and each not in before:
            parts = (each.get("what"), each.get("where"), _day(each.get("dated")))
            yield ", ".join(one_line(part) for part in parts if part)


def _recorded(step: Step) -> str:
    commit = step.commit
    if step.is_beginning:
        return f"author not known: this clone begins with {commit.short}"
    applied = f", applied by {people((commit.applied_by,))} on {when(commit.committed)}" if commit.applied_by else ""
    copied = f", a copy of {commit.picked_from[:10]}" if commit.picked_from else ""
    undone = f", a revert of {commit.reverts[:10]}" if commit.reverts else ""
    by = f"recorded by {people(commit.authors)} on {when(commit.authored)} in {commit.short}"
    return by + applied + copied + undone


def _seen(step: Step, signature: str | None, main: str | None) -> Iterator[str]:
    if step.is_beginning:
        return
    if step.reviewers:
        yield f"reviewed by {people(step.reviewers)}"
    if step.commit.signed_off_by:
        yield f"Signed-off-by {people(step.commit.signed_off_by)}"
    yield _merged(step, main)
    if signature and signature != "N":
        yield f"signature: {SIGNATURES.get(signature, signature)}"


def _merged(step: Step, main: str | None) -> str:
    request = f" in {step.request}" if step.request else ""
    if step.merge is None:
        return f"not merged to {main or 'the main branch'}{request}"
    if not step.is_direct:
        return f"merged by {people((step.merge.author,))} on {when(step.merge.committed)}{request}"
    if step.commit.is_merge:
        return f"introduced by the merge commit itself{request}"
    if step.request:
        by = f" by {people((step.merged_by,))}" if step.merged_by else "; git does not say by whom"
        return f"merged{request}{by}"
    return "committed to the main branch without a merge"


def _about(names: Outline, event: Event) -> str:
    dimension, period, agency = event.subject.dimension or "", event.period or "", event.agency
    whose = names.agencies.get(agency, (agency,))[0] if agency else "the boards"
    then = f" (then {event.agency_then})" if event.agency_then not in (None, agency) else ""
    labels = (names.dimensions.get(dimension) or dimension, names.periods.get(period) or period)
    return ", ".join(filter(None, (*map(one_line, labels), whose + then)))


def _place(names: Outline, event: Event) -> tuple[bool, int, str, int, int, int, int]:
    kind, action, dimension, _ = event.subject
    return (
        action is None,
        _index(names.actions, action),
        action or kind.value,
        _index(names.periods, event.period),
        _index(names.dimensions, dimension),
        _index(SubjectKind, kind),
        _index(names.agencies, event.agency),
    )


def _index(known: Iterable[str], name: str | None) -> int:
    several = list(known)
    return several.index(name) if name in several else len(several)


def _named(names: Outline, rating: str | None) -> str:
    return names.ratings.get(rating) or one_line(rating) if rating is not None else "no rating"


def _because(values: Mapping[str, Any]) -> str:
    return f" (reason: {one_line(values['reason'])})" if values.get("reason") else ""


def _agreed(values: Mapping[str, Any]) -> str:
    by = f" by {one_line(values['board'])}" if values.get("board") else ""
    minute = f", minute {one_line(values['minute'])}" if values.get("minute") else ""
    return by + _on(values) + minute


def _on(values: Mapping[str, Any]) -> str:
    return f" on {_day(values['on'])}" if values.get("on") else ""


def _day(value: object) -> str | None:
    try:
        return wording.day(date.fromisoformat(str(value))) if value else None
    except ValueError:
        return one_line(value)
