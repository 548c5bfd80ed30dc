"""What `jtai log` and `jtai check --trail` ask of the history alike."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jtai_plan.errors import CannotDo
from jtai_plan.files.recorded_cells import said
from jtai_plan.history.log import Log
from jtai_plan.history.repository import Repository
from jtai_plan.model.partnership import place_of
from jtai_plan.model.trail import Event, Recorded, Settled, Trail
from jtai_plan.rules import wording
from jtai_plan.rules.trail import events, settled

if TYPE_CHECKING:
    from jtai_plan.files.load import Loaded
    from jtai_plan.model.finding import Finding


class History(NamedTuple):
    """What a history says: the trail, its events, oldest first, and what a merge settled otherwise."""

    trail: Trail
    events: tuple[Event, ...]
    settled: tuple[Settled, ...]


def recorded(log: Log, action: str | None = None, agency: str | None = None, period: str | None = None) -> History:
    """All that was recorded, or what was of one action, agency or period."""

    def is_asked(path: str) -> bool:
        place = place_of(path)
        return place is not None and place.kind in ("return", "board", "sign-off") and period in (None, place.period)

    trail = log.trail(is_asked)

    # A file holds after one step what it holds before the next.
    @cache
    def reading(path: str, blob: str) -> Recorded | None:
        return said(path, trail.contents[blob], action) if blob in trail.contents else None

    found = tuple(
        event
        for event in events(trail, reading)
        if action in (None, event.subject.action) and agency in (None, event.agency) and period in (None, event.period)
    )
    held = {path: said(path, content, action) or {} for path, content in trail.now.items() if is_asked(path)}
    return History(trail, found, settled(found, held))


def trail_findings(loaded: "Loaded", period: str, base: str | None, say: Callable[[str], None]) -> "Iterator[Finding]":
    """What the history says of who wrote and reviewed what stands in *period*, and of closed periods since *base*.

    The base is where this work left the main branch, unless a revision is named. What could not be looked for is given
    to *say*. Raises NoHistory where there is no repository; CannotDo where there is no such revision.
    """
    from jtai_plan.rules.checks.separation import changed_since_base, separation

    repository = Repository(loaded.root)
    with Log(repository) as log:
        told = recorded(log)
    say(_held_against(told.trail, told.events))
    before = _before(repository, base, say)
    if before is not None and before.partnership is None:
        say(
            "Changes to closed periods were not looked for: plan.yaml cannot be read at the base. Name another: --base."
        )
    elif before is not None and before.partnership is not None:
        yield from changed_since_base(before.partnership, loaded.trusted())
    yield from separation(loaded.trusted(), period, told.events, told.settled)


def _held_against(trail: Trail, found: tuple[Event, ...]) -> str:
    """What was looked at, so that nothing found is not taken for nothing looked at."""
    unmerged = sum(event.step.merge is None for event in found)
    more = f", {unmerged} of them not merged there yet" if unmerged else ""
    shallow = " This clone is shallow: git fetch --unshallow, for what was before." if trail.is_shallow else ""
    changes = wording.counted(len(found), "change")
    return (
        f"The trail: {changes} of what was recorded, held against {trail.main or 'what is checked out'}{more}.{shallow}"
    )


def _before(repository: Repository, base: str | None, say: Callable[[str], None]) -> "Loaded | None":
    """What the plan held at *base*, or where this work left the main branch; None, and said, where that is nowhere."""
    from jtai_plan.files.load import load_contents

    if base is not None:
        revision = repository.revision(base)
    else:
        try:
            revision = repository.base()
        except CannotDo as error:
            say(f"Changes to closed periods since the main branch were not looked for: {error}")
            return None
    return load_contents(repository.root, repository.contents(revision), repository.links(revision))
