"""The trail of what was recorded: from a history of files to the life of each rating, sign-off and moderation."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jtai_plan.model.partnership import place_of
from jtai_plan.model.trail import Event, Said, Step, Touched, Trail

Reading = Callable[[str, str], Said | None]
"""Gives what the file at a path says where it holds the content of this name; None where it cannot be read."""

_NOTHING: Mapping[str, Any] = {}


def events(trail: Trail, reading: Reading) -> tuple[Event, ...]:
    """Every change of what was recorded, oldest first.

    A merge counts where it says what none of its parents did. What an agency recorded before its folder was renamed is
    the agency's still. A file that cannot be read says nothing, and what it said before is told again once it can be.
    """
    found: list[Event] = []
    names: dict[str, str] = {}
    for step in trail.steps:
        renamed = dict(_renamed(step))
        for touched in reversed([part for each in step.touched for part in _apart(each, renamed)]):
            found += reversed(list(_events(step, touched, reading, names)))
        names |= {before: names.get(after, after) for before, after in renamed.items()}
    return tuple(reversed(found))


def _events(step: Step, touched: Touched, reading: Reading, names: Mapping[str, str]) -> Iterator[Event]:
    place = place_of(touched.path)
    if place is None or place.kind in ("plan", "agency"):
        return
    now = _said(reading, touched.path, touched.after)
    before = [_said(reading, touched.path_before, each) for each in touched.before]
    for subject in dict.fromkeys((*(key for each in before for key in each), *now)):
        is_now = _filled(now.get(subject, _NOTHING))
        was = [_filled(each.get(subject, _NOTHING)) for each in before] or [_NOTHING]
        if all(is_now != each for each in was):
            agency = names.get(place.agency, place.agency) if place.agency else None
            yield Event(step, subject, agency, place.agency, place.period, was[0], is_now)


def _said(reading: Reading, path: str, content: str | None) -> Said:
    return (reading(path, content) if content else None) or {}


def _filled(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """*cell* without what is left empty."""
    return {key: value for key, value in cell.items() if value not in (None, "", [], {})}


def _apart(touched: Touched, renamed: Mapping[str, str]) -> Iterator[Touched]:
    """*touched*, or, where git takes a file for another that holds much the same, what went and what came.

    Only the file of an agency that was *renamed* is still the same.
    """
    before, after = place_of(touched.path_before), place_of(touched.path)
    moved = before and before._replace(agency=renamed.get(before.agency or "", before.agency))
    if touched.path == touched.path_before or moved == after:
        yield touched
        return
    yield Touched(touched.path_before, touched.before, None, touched.path_before)
    yield Touched(touched.path, tuple(None for _ in touched.before), touched.after, touched.path)


def _renamed(step: Step) -> Iterator[tuple[str, str]]:
    """The agencies whose folder *step* renamed, each with its name before and after.

    It is a rename where the agency's own file has gone from the old folder, and what git knows again of the others went
    to one folder.
    """
    went: dict[str, set[str]] = {}
    gone: set[str] = set()
    for touched in step.touched:
        before, after = place_of(touched.path_before), place_of(touched.path)
        if before is None or before.agency is None or (touched.path == touched.path_before and touched.after):
            continue
        if before.kind == "agency":
            gone.add(before.agency)
        if after and after.agency and after.agency != before.agency:
            went.setdefault(before.agency, set()).add(after.agency)
    yield from ((before, next(iter(after))) for before, after in went.items() if len(after) == 1 and before in gone)
