"""Two states of a plan's files, compared: what they say otherwise, what only looks otherwise, what cannot be read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from pathlib import PurePosixPath
from typing import NamedTuple

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import PLAN, Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.model.text import one_line
from jtai_plan.rules import wording
from jtai_plan.rules.diff.change import Change, Kind
from jtai_plan.rules.diff.changes import changes
from jtai_plan.rules.diff.renamed_agencies import path_in_new_names, renamed
from jtai_plan.rules.judge.trajectory import Standing


class State(NamedTuple):
    """The files of a plan at one time: as they were read, and byte for byte."""

    revision: str | None
    """The hash of the revision; None is the files as they lie there."""
    partnership: Partnership | None
    faults: tuple[Finding, ...]
    contents: Mapping[str, bytes]
    """The files of the plan by their paths; nothing is known of what is in one that is too large, or a link."""


class Unreadable(NamedTuple):
    """A file that cannot be read before, or after."""

    path: str
    is_after: bool
    faults: tuple[Finding, ...]
    other: str
    """What is known of it on the other side: "readable", "unreadable" or "absent"."""

    @property
    def sentence(self) -> str:
        """Where and why it cannot be read, and what was known of it otherwise."""
        there, elsewhere = ("now", "before") if self.is_after else ("before", "now")
        tense = "was" if self.is_after else "is"
        otherwise = {
            "readable": f"it {tense} readable {elsewhere}",
            "unreadable": f"nor can it be read {elsewhere}",
            "absent": f"there {tense} no such file {elsewhere}",
        }[self.other]
        faults = one_line(" ".join(fault.sentence for fault in self.faults))
        return f"{faults} ({'It cannot' if self.is_after else 'It could not'} be read {there}; {otherwise}.)"


class Comparison(NamedTuple):
    """What is not the same in two states of a plan."""

    before: State
    after: State
    changes: tuple[Change, ...]
    formatting_only: tuple[str, ...]
    """Files that hold other bytes and say the same; line ends alone are not counted."""
    unreadable: tuple[Unreadable, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the plan itself could be read, or is not there, on both sides: else nothing can be compared."""
        return not any(PLAN in state.contents and state.partnership is None for state in (self.before, self.after))


# What is compared with where there is no plan, so that all of a plan is new.
_NO_PLAN = Plan.model_construct(title="", periods={}, dimensions={}, scale={}, expected={}, themes=())


def compare(before: State, after: State) -> Comparison:
    """What *after* says otherwise than *before*. A file that cannot be read on either side is not compared."""
    unreadable = tuple(_unreadable(before, after))
    whole = Comparison(before, after, (), (), unreadable)
    if not whole.is_complete:
        return whole
    was, now = (state.partnership or Partnership(_NO_PLAN, {}) for state in (before, after))
    names = renamed(was, now)
    broken = {fault.path for state in (before, after) if state.partnership for fault in state.faults}
    broken |= {path_in_new_names(path, names) for path in broken}
    found = tuple(change for change in changes(was, now) if not _is_at_or_below(change.path, broken))
    contents = {path_in_new_names(path, names): content for path, content in before.contents.items()}
    alike = broken | {change.path for change in found}
    return whole._replace(
        changes=found,
        formatting_only=tuple(
            path
            for path, content in sorted(after.contents.items())
            if path in contents and path not in alike and _differ(contents[path], content)
        ),
    )


def _differ(was: bytes, now: bytes) -> bool:
    return was.replace(b"\r\n", b"\n") != now.replace(b"\r\n", b"\n")


def _is_at_or_below(path: str, paths: Set[str]) -> bool:
    """Whether *path* is one of *paths*, or lies in a folder that is."""
    return path in paths or any(str(folder) in paths for folder in PurePosixPath(path).parents)


def _unreadable(before: State, after: State) -> Iterator[Unreadable]:
    """The files that cannot be read on one side; on both, only where they are not the same."""
    for state, other in ((before, after), (after, before)):
        faults, others = _by_path(state), _by_path(other)
        for path, found in faults.items():
            same = state.contents.get(path) == other.contents.get(path) != b""
            if path in others and same:
                continue
            known = "readable" if any(_is_at_or_below(each, {path}) for each in other.contents) else "absent"
            yield Unreadable(path, state is after, found, "unreadable" if path in others else known)


def _by_path(state: State) -> Mapping[str, tuple[Finding, ...]]:
    """The faults of each file; of a plan that is not there, none."""
    found: dict[str, tuple[Finding, ...]] = {}
    if PLAN in state.contents:
        for fault in state.faults:
            found[fault.path] = (*found.get(fault.path, ()), fault)
    return found


def headline(comparison: Comparison) -> str:
    """How much changed, and whether anything is behind for it, in a few short sentences."""
    return one_line(" ".join(_sentences(comparison)))


def _sentences(comparison: Comparison) -> Iterator[str]:
    unreadable = wording.counted(len({each.path for each in comparison.unreadable}), "file")
    if not comparison.is_complete:
        yield f"{PLAN} cannot be read on both sides, so nothing can be compared."
    elif comparison.changes:
        yield from _of_changes(comparison)
    elif comparison.formatting_only:
        yield "Nothing changed but formatting."
    elif not comparison.unreadable:
        yield "Nothing changes in the plan's files."
    if comparison.formatting_only:
        yield f"{wording.counted(len(comparison.formatting_only), 'file')} changed in formatting only."
    if comparison.unreadable:
        yield f"{unreadable} cannot be read, and {wording.are(len(comparison.unreadable))} not compared."


def _of_changes(comparison: Comparison) -> Iterator[str]:
    found = comparison.changes
    if PLAN not in comparison.before.contents:
        yield "The plan is new."
    elif PLAN not in comparison.after.contents:
        yield "The plan is gone."
    ratings = [change for change in found if change.kind is Kind.RATING]
    judged = [change for change in found if change.kind is Kind.STANDING]
    others = len(found) - len(ratings) - len(judged)
    if ratings:
        counts = Counter(map(_outcome, ratings))
        outcomes = wording.listed(f"{counts[each]} {each}" for each in _OUTCOMES if counts[each])
        yield f"{wording.counted(len(ratings), 'rating')} changed: {outcomes}."
    if judged:
        does = "stands" if len(judged) == 1 else "stand"
        yield f"{wording.counted(len(judged), 'rating')} {does} otherwise, as what is expected changed."
    if others:
        noun = "other change" if ratings or judged else "change"
        yield f"{wording.counted(others, noun)}{'' if ratings or judged else ', none of a rating'}."
    closed = [change for change in found if change.closed and change.period]
    if closed:
        plan = (comparison.before.partnership or Partnership(_NO_PLAN, {})).plan
        labels = wording.listed(each.label for name, each in plan.periods.items() if name in {c.period for c in closed})
        yield f"{wording.counted(len(closed), 'change')} {wording.are(len(closed))} in a closed period: {labels}."


_OUTCOMES = ("newly behind", "still behind", "back on track", "as expected", "not due yet", "withdrawn")


def _outcome(change: Change) -> str:
    """What a change of a rating comes to, as one of `_OUTCOMES`."""
    was, now = change.standing_was, change.standing_now
    was_late = was is not None and was.is_late
    if change.now is None:
        return "withdrawn"
    if now is not None and now.is_late:
        return "still behind" if was_late else "newly behind"
    if now is None or now is Standing.NOT_DUE:
        return "not due yet"
    return "back on track" if was_late else "as expected"


def groups(comparison: Comparison) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The changes of the plan, of each agency in the plan's order, and of the boards, each with a heading."""
    found = comparison.changes
    boards = tuple(change for change in found if change.path.startswith("plan/board/"))
    others = tuple(change for change in found if not change.path.startswith("plan/board/"))
    plan = tuple(change for change in others if change.agency is None)
    if plan:
        yield "The plan", plan
    for agency in dict.fromkeys(change.agency for change in others if change.agency):
        yield _name(comparison, agency), tuple(change for change in others if change.agency == agency)
    if boards:
        yield "The boards", boards


def actions_named(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Each action that a change is about, once and in the plan's order, with its wording now, or else before."""
    about = {change.action for change in comparison.changes}
    wordings: dict[str, str] = {}
    for state in (comparison.after, comparison.before):
        if state.partnership:
            own = (action.led_by(agency) for agency, action in state.partnership.additional_actions())
            for action in (*state.partnership.plan.actions.values(), *own):
                wordings.setdefault(action.id, one_line(action.action))
    return (each for each in wordings.items() if each[0] in about)


def _name(comparison: Comparison, agency: str) -> str:
    known = (state.partnership for state in (comparison.after, comparison.before) if state.partnership)
    return one_line(next((each.agency_name(agency) for each in known if agency in each.agencies), agency))
