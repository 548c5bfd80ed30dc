"""What `jtai log` and `jtai check --trail` both ask of the history."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from jtai_plan.errors import CannotDo
from jtai_plan.files.recorded_cells import recorded
from jtai_plan.history.log import Log
from jtai_plan.history.repository import ORDINARY, Objects, Repository
from jtai_plan.model.partnership import PLAN, place_of
from jtai_plan.model.trail import History, Recorded
from jtai_plan.rules import wording
from jtai_plan.rules.trail import events, settled

if TYPE_CHECKING:
    from jtai_plan.files.load import Loaded
    from jtai_plan.model.finding import Finding
    from jtai_plan.model.plan import Plan


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

    repository = Repository(loaded.root, base)
    with Log(repository) as log:
        history = read_history(log)
    say(_compared(history))
    before = _before(repository, base, loaded, say)
    if before is not None and before.partnership is not None:
        yield from changed_since_base(before.partnership, loaded.trusted())
    elif before is not None:
        say("Changes to closed periods were not checked: plan.yaml cannot be read at the base. Name another: --base.")
    yield from separation(loaded.trusted(), period, history.events, history.settled)


def with_what_was_signed(loaded: "Loaded", findings: "Sequence[Finding]") -> "Iterator[Finding]":
    """*findings*; one about an earlier version of the plan quotes the wording that was signed, as git has it.

    Raises NoHistory if there is no repository.
    """
    from jtai_plan.rules.checks.trust import EARLIER_PLAN, signed_by
    from jtai_plan.rules.seals.sign_off import changed_since, quoted

    partnership = loaded.trusted()
    signed_then = cache(partial(_plan_signed, Repository(loaded.root)))
    for each in findings:
        sign_off = signed_by(partnership, each.agency) if each.rule in EARLIER_PLAN and each.agency else None
        then = signed_then(tuple(sign_off.signed.items())) if sign_off else None
        if sign_off is None or then is None:
            yield each
            continue
        words = (
            quoted(then, partnership.plan, lapse.part) for lapse in changed_since(sign_off.signed, partnership.plan)
        )
        yield each._replace(message="; ".join([each.message, *filter(None, words)]))


def _plan_signed(repository: Repository, signed: tuple[tuple[str, str], ...]) -> "Plan | None":
    """The latest plan in the history whose parts have the digests *signed*; None if there is none."""
    from jtai_plan.files.load import read_alone
    from jtai_plan.model.plan import Plan
    from jtai_plan.rules.seals.sign_off import digests

    # A line for each change: two modes, the hash before and the one after.
    raw = ("log", "--raw", "--no-abbrev", "--no-renames", "--format=", "HEAD", "--", PLAN)
    changes = [each.split() for each in repository.asked(*raw).splitlines() if each]
    blobs = [blob for _, mode, _, blob, *_ in changes if mode in ORDINARY]
    with Objects(repository, blobs) as objects:
        for _, content in objects.contents():
            plan, _ = read_alone(PLAN, content)
            if isinstance(plan, Plan) and digests(plan).items() >= set(signed):
                return plan
    return None


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
