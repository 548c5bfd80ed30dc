"""From a history of files to the life of each rating, sign-off, moderation and closing."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from jtai_plan.model.partnership import place_of
from jtai_plan.model.trail import Commit, Event, Held, History, Recorded, Settled, Step, Subject, Touched, Trail
from jtai_plan.rules.judge.public_edition import RESTRICTED

Reading = Callable[[str, str], Recorded | None]
"""Gives what the file at a path says with the content of this hash; None if it cannot be read."""

_NOTHING: Mapping[str, Any] = {}


def events(trail: Trail, reading: Reading) -> tuple[Event, ...]:
    """Every change of what was recorded, oldest first.

    A merge commit counts if it says what none of its parents said. What an agency recorded before its folder was
    renamed is still its own. A file that cannot be read says nothing, so its values come again once it can be read.
    """
    found: list[Event] = []
    names = _Names(trail)
    for place, step in enumerate(trail.steps):
        renamed = {was: now for at, was, now in names.renamed if at == place}
        for touched in reversed([part for each in step.touched for part in _apart(each, renamed)]):
            found += reversed(list(_events(step, touched, reading, partial(names.now, place=place))))
    return tuple(reversed(found))


_OPEN = ("rating", "board", "on", "minute", "by")
_KEPT_BEFORE = "(restricted, as it was)"


def without_restricted_words(history: History) -> History:
    """*history* without what agencies and boards wrote about a rating while it was restricted, then or since.

    What is left are ratings, boards and days, and that something changed. Those words belong in the board edition
    alone.
    """

    def place(event: Event) -> tuple[str | None, ...]:
        return event.subject.action, event.subject.dimension, event.period

    restricted = {
        place(event) for event in history.events if event.was.get("restricted") or event.now.get("restricted")
    }
    events = tuple(_kept(each) if place(each) in restricted else each for each in history.events)
    settled = tuple(
        each._replace(last=_kept(each.last), stands=_kept(each.last._replace(now=each.stands)).now)
        if place(each.last) in restricted
        else each
        for each in history.settled
    )
    return history._replace(events=events, settled=settled)


def without_personal_data(history: History, masked: Callable[[Any], Any]) -> History:
    """*history* with every message and every value *masked*: what was committed once is never checked again."""

    def commit(of: Commit) -> Commit:
        return of._replace(message=masked(of.message))

    def event(of: Event) -> Event:
        merge = of.step.merge and commit(of.step.merge)
        return of._replace(
            step=of.step._replace(commit=commit(of.step.commit), merge=merge),
            subject=Subject(*masked(of.subject)),
            was=masked(of.was),
            now=masked(of.now),
        )

    settled = tuple(each._replace(last=event(each.last), stands=masked(each.stands)) for each in history.settled)
    return history._replace(events=tuple(map(event, history.events)), settled=settled)


def _kept(event: Event) -> Event:
    def kept(values: Mapping[str, Any], other: Mapping[str, Any], changed: str) -> Mapping[str, Any]:
        return {
            key: value if key in _OPEN else RESTRICTED if other.get(key) == value else changed
            for key, value in values.items()
        }

    return event._replace(was=kept(event.was, event.now, _KEPT_BEFORE), now=kept(event.now, event.was, RESTRICTED))


def settled(found: Sequence[Event], held: Mapping[str, Recorded]) -> tuple[Settled, ...]:
    """What stands in the files (*held*, by path) and is not what was recorded last. *found* are all events in order."""
    stands: dict[tuple[str | None, str | None, Subject], Mapping[str, Any]] = {}
    for path, records in held.items():
        if place := place_of(path):
            for subject, values in records.items():
                stands[place.agency or subject.agency, place.period, subject] = _filled(values)
    latest = {(event.agency, event.period, event.subject): event for event in found}
    differs = ((event, stands.get(key, _NOTHING)) for key, event in latest.items())
    return tuple(Settled(event, now) for event, now in differs if now != event.now)


class _Names:
    """What the agencies of a trail are called now. A place is that of a step, newest first."""

    def __init__(self, trail: Trail) -> None:
        self.renamed = [(at, was, now) for at, step in enumerate(trail.steps) for was, now in _renamed(step)]
        self.begun = [(at, agency) for at, step in enumerate(trail.steps) for agency in _begun(step)]

    def now(self, agency: str, place: int, before: int = sys.maxsize) -> str:
        """The name now of what was *agency* at *place*, following the renames at places *before* that.

        A step on another branch may be newer than the rename. A new agency that took the old name keeps it.
        """
        for at, was, then in self.renamed:
            another = any(name == agency and place <= begun < at for begun, name in self.begun)
            if was == agency and at < before and not another:
                return self.now(then, at, at)
        return agency


def _begun(step: Step) -> Iterator[str]:
    for touched in step.touched:
        place = place_of(touched.after.path)
        was_here = any(held.content and held.path == touched.after.path for held in touched.before)
        if place and place.kind == "agency" and place.agency and not was_here:
            yield place.agency


def _events(step: Step, touched: Touched, reading: Reading, named_now: Callable[[str], str]) -> Iterator[Event]:
    place = place_of(touched.after.path)
    if place is None or place.kind in ("plan", "agency"):
        return
    now, before = _recorded(reading, touched.after), [_recorded(reading, each) for each in touched.before]
    for subject in dict.fromkeys((*(key for each in before for key in each), *now)):
        is_now = _filled(now.get(subject, _NOTHING))
        was = [_filled(each.get(subject, _NOTHING)) for each in before] or [_NOTHING]
        if all(is_now != each for each in was):
            agency = named_now(place.agency) if place.agency else subject.agency
            yield Event(step, subject, agency, place.agency, place.period, was[0], is_now)


def _recorded(reading: Reading, held: Held) -> Recorded:
    return (reading(held.path, held.content) if held.content else None) or {}


def _filled(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """*cell* without its empty values."""
    return {key: value for key, value in cell.items() if value not in (None, "", [], {})}


def _apart(touched: Touched, renamed: Mapping[str, str]) -> Iterator[Touched]:
    """*touched*, or its removal and its addition as two, if git only thinks that a file moved because two are similar.

    Only a file of an agency that was *renamed* really moved.
    """
    after = touched.after
    (before, *others) = touched.before
    then, now = place_of(before.path), place_of(after.path)
    moved = then and then._replace(agency=renamed.get(then.agency or "", then.agency))
    if others or before.path == after.path or moved == now:
        yield touched
        return
    yield Touched((before,), Held(before.path, None))
    yield Touched((Held(after.path, None),), after)


def _renamed(step: Step) -> Iterator[tuple[str, str]]:
    """The agencies whose folder *step* renamed, each with its name before and after.

    It is a rename if the agency's own file left the old folder, and all files that git recognises are in one new one.
    """
    went: dict[str, set[str]] = {}
    gone: set[str] = set()
    for touched in step.touched:
        for held in touched.before:
            before, after = place_of(held.path), place_of(touched.after.path)
            if before is None or before.agency is None or (held.path == touched.after.path and touched.after.content):
                continue
            if before.kind == "agency":
                gone.add(before.agency)
            if after and after.agency and after.agency != before.agency:
                went.setdefault(before.agency, set()).add(after.agency)
    yield from ((before, next(iter(after))) for before, after in went.items() if len(after) == 1 and before in gone)
