"""A comparison as a whole: its headline, its sections, the actions it names, and the files that cannot be read."""

from collections import Counter
from collections.abc import Iterator

from jtai_plan.model.partnership import PLAN
from jtai_plan.model.text import one_line
from jtai_plan.output.diff.words import WordedChange, in_words
from jtai_plan.rules import wording
from jtai_plan.rules.diff.changes import Change, ChangeKind, Comparison, Unreadable
from jtai_plan.rules.judge.trajectory import Standing


def headline(both: Comparison) -> str:
    """How much changed, and whether anything is behind as a result, in a few short sentences."""
    return one_line(" ".join(_sentences(both)))


def _sentences(both: Comparison) -> Iterator[str]:
    reformatted = wording.counted(len(both.formatting_only), "file")
    if not both.is_complete:
        yield f"{PLAN} cannot be read in one or both versions, so nothing can be compared."
    elif both.changes:
        yield from _of_changes(both)
    elif both.formatting_only:
        yield "No value changed."
    elif not both.unreadable:
        yield "Nothing in the plan's files changed."
    if both.formatting_only:
        yield f"{reformatted} changed in formatting only."
    if both.unreadable:
        files = len({each.path for each in both.unreadable})
        were = "it was" if files == 1 else "they were"
        yield f"{wording.counted(files, 'file')} cannot be read, so {were} not compared."


def _of_changes(both: Comparison) -> Iterator[str]:
    if PLAN not in both.before.contents:
        yield "The plan is new."
    elif PLAN not in both.after.contents:
        yield "The plan was removed."
    ratings = [change for change in both.changes if change.kind is ChangeKind.RATING]
    judged = sum(change.kind is ChangeKind.STANDING for change in both.changes)
    others = len(both.changes) - len(ratings) - judged
    if ratings:
        counts = Counter(map(_outcome, ratings))
        outcomes = wording.listed(f"{counts[each]} {each}" for each in _OUTCOMES if counts[each])
        yield f"{wording.counted(len(ratings), 'rating')} changed: {outcomes}."
    if judged == 1:
        yield "1 rating has another standing, because what is expected of it changed."
    elif judged:
        yield f"{judged} ratings have another standing, because what is expected of them changed."
    if others and (ratings or judged):
        yield f"{wording.counted(others, 'other change')}."
    elif others:
        yield f"{wording.counted(others, 'change')}. No rating changed."
    closed = {change.period for change in both.changes if change.closed}
    if closed:
        number = sum(change.closed for change in both.changes)
        labels = wording.listed(each.label for name, each in both.was.plan.periods.items() if name in closed)
        yield f"{wording.counted(number, 'change')} {wording.are(number)} in a closed period: {labels}."


_OUTCOMES = ("newly behind", "still behind", "back on track", "as expected", "not due yet", "withdrawn")


def _outcome(change: Change) -> str:
    """The result of a change of a rating, one of `_OUTCOMES`."""
    was, now = change.standing_was, change.standing_now
    was_late = was is not None and was.is_late
    if change.now is None:
        return "withdrawn"
    if now is not None and now.is_late:
        return "still behind" if was_late else "newly behind"
    if now is None or now is Standing.NOT_DUE:
        return "not due yet"
    return "back on track" if was_late else "as expected"


def sections(both: Comparison, *, with_text: bool) -> Iterator[tuple[str, list[WordedChange]]]:
    """The changes of the plan, of each agency and of the boards, each with a heading; *with_text* as `in_words`."""
    plan: list[WordedChange] = []
    boards: list[WordedChange] = []
    agencies: dict[str, list[WordedChange]] = {}
    for each in in_words(both, with_text=with_text):
        agency, in_record = each.change.agency, each.change.path.startswith("plan/board/")
        (boards if in_record else agencies.setdefault(agency, []) if agency else plan).append(each)
    names = ((both.now if each in both.now.agencies else both.was).agency_name(each) for each in agencies)
    titles = ("The plan", *map(one_line, names), "The boards")
    yield from (pair for pair in zip(titles, (plan, *agencies.values(), boards), strict=True) if pair[1])


def actions_named(both: Comparison) -> Iterator[tuple[str, str]]:
    """Each action that a change is about, once and in the plan's order, with its wording now, or else before."""
    about = {change.action for change in both.changes}
    wordings: dict[str, str] = {}
    for side in (both.now, both.was):
        own = (action.led_by(agency) for agency, action in side.additional_actions())
        for action in (*side.plan.actions.values(), *own):
            wordings.setdefault(action.id, one_line(action.action))
    return (each for each in wordings.items() if each[0] in about)


def unreadable_words(file: Unreadable) -> str:
    """Where a file cannot be read and why, and whether it could be read in the other version."""
    faults = one_line(" ".join(fault.sentence for fault in file.faults))
    return f"{faults} ({_UNREADABLE[file.is_after, file.other]})"


_UNREADABLE = {
    (True, "readable"): "It cannot be read now. It could be read before.",
    (True, "unreadable"): "It cannot be read in either version.",
    (True, "absent"): "It cannot be read. The file is new.",
    (False, "readable"): "It could not be read before. It can be read now.",
    (False, "unreadable"): "It cannot be read in either version.",
    (False, "absent"): "It could not be read before. The file was removed.",
}
