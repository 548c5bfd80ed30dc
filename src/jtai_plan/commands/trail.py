"""What `jtai log` and `jtai check --trail` both ask of the history."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from jtai_plan.errors import CannotDo
from jtai_plan.files.recorded_cells import recorded
from jtai_plan.history.log import Log
from jtai_plan.history.repository import Repository
from jtai_plan.model.partnership import place_of
from jtai_plan.model.trail import History, Recorded
from jtai_plan.rules import wording
from jtai_plan.rules.trail import events, settled

if TYPE_CHECKING:
    from jtai_plan.files.load import Loaded
    from jtai_plan.model.finding import Finding


def read_history(log: Log, action: str | None = None, agency: str | None = None, period: str | None = None) -> History:
    """All that was recorded, or only what was recorded of one action, agency or period."""

    def is_asked(path: str) -> bool:
        place = place_of(path)
        return place is not None and place.kind in ("return", "board", "sign-off") and period in (None, place.period)

    trail = log.trail(is_asked)

    # A file holds after one step what it holds before the next, so each content is read once.
    @cache
    def reading(path: str, blob: str) -> Recorded | None:
        return recorded(path, trail.contents[blob], action) if blob in trail.contents else None

    found = tuple(
        event
        for event in events(trail, reading)
        if action in (None, event.subject.action) and agency in (None, event.agency) and period in (None, event.period)
    )
    held = {path: recorded(path, content, action) or {} for path, content in trail.now.items() if is_asked(path)}
    return History(trail, found, settled(found, held))


def trail_findings(loaded: "Loaded", period: str, base: str | None, say: Callable[[str], None]) -> "Iterator[Finding]":
    """Who wrote and reviewed what stands in *period*, and what changed in closed periods since *base*, as findings.

    The base is where this work left the main branch, unless a revision is named. *say* prints what was compared and
    what could not be. Raises NoHistory if there is no repository, CannotDo if there is no such revision.
    """
    from jtai_plan.rules.checks.separation import changed_since_base, separation

    repository = Repository(loaded.root)
    with Log(repository) as log:
        history = read_history(log)
    say(_compared(history))
    before = _before(repository, base, loaded, say)
    if before is not None and before.partnership is not None:
        yield from changed_since_base(before.partnership, loaded.trusted())
    elif before is not None:
        say("Changes to closed periods were not checked: plan.yaml cannot be read at the base. Name another: --base.")
    yield from separation(loaded.trusted(), period, history.events, history.settled)


def _compared(history: History) -> str:
    """What was looked at, so that no findings cannot mean that nothing was looked at."""
    trail, unmerged = history.trail, sum(event.step.merge is None for event in history.events)
    changes = wording.counted(len(history.events), "recorded change")
    more = f", {unmerged} of them not merged there yet" if unmerged else ""
    shallow = " This clone is shallow. To see what came before: git fetch --unshallow." if trail.is_shallow else ""
    return f"The trail: {changes}, compared with {trail.main or 'what is checked out'}{more}.{shallow}"


def _before(repository: Repository, base: str | None, loaded: "Loaded", say: Callable[[str], None]) -> "Loaded | None":
    """The plan at *base*, or where this work left the main branch; None and a note by *say* if there is none."""
    from jtai_plan.files.load import load_contents

    try:
        revision = repository.base() if base is None else repository.revision(base)
    except CannotDo as error:
        if base is not None:
            raise
        say(f"Changes to closed periods since the main branch were not checked: {error}")
        return None
    return load_contents(repository.root, repository.contents(revision), repository.links(revision), known=loaded)
