"""One change between two states of a plan: what it is about, what it was and what it is, in the plan's words."""

from enum import StrEnum
from typing import NamedTuple

from jtai_plan.model.plan import Rating
from jtai_plan.model.text import one_line
from jtai_plan.rules.judge.trajectory import Standing


class Kind(StrEnum):
    """What a change is a change of."""

    RATING = "rating"
    STANDING = "standing"
    """A rating that stands otherwise, though it is what it was: what is expected of it changed."""
    UPDATE = "update"
    RECOVERY = "recovery"
    EVIDENCE = "evidence"
    MEASURED = "measured"
    """The value of a measure in a return."""
    RESTRICTED = "restricted"
    ANSWER = "answer"
    RETURN = "return"
    """A return that was begun, or is gone."""
    PREPARED = "prepared"
    APPROVED = "approved"

    SIGN_OFF = "sign-off"
    COVERAGE = "coverage"
    """A sign-off that is what it was, while the plan that it signs is not."""
    AGENCY = "agency"
    RENAMED = "renamed"
    """An agency that has another id."""
    MEASURE = "measure"

    MODERATED = "moderated"
    ASK = "ask"
    DECISION = "decision"
    PRESENTED = "presented"
    CLOSED = "closed"
    AMENDMENT = "amendment"
    RECORD = "record"
    """A boards' record that was begun, or is gone."""

    PLAN = "plan"
    THEME = "theme"
    ACTION = "action"
    LEAD = "lead"
    OFFICER = "officer"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    EXPECTED = "expected"
    PERIOD = "period"
    DIMENSION = "dimension"
    SCALE = "scale"
    BOARD = "board"
    INSPECTION = "inspection"
    AREA = "area"


class Change(NamedTuple):
    """One thing that is not what it was.

    *was* and *now* are words, and None is nothing; of a rating they are its id.
    """

    kind: Kind
    path: str
    """The file that says it; where it was, if it is nowhere now."""
    subject: str
    """What it is about, such as "T2.2 impact, Q3 2018/19"."""
    field: str
    """The keys that lead to it, such as "recovery.by"."""
    what: str
    """What of the subject it is, such as "outcome measure"."""
    was: str | None
    now: str | None
    agency: str | None = None
    action: str | None = None
    dimension: str | None = None
    period: str | None = None
    standing_was: Standing | None = None
    standing_now: Standing | None = None
    rating_was: Rating | None = None
    rating_now: Rating | None = None
    is_text: bool = False
    """Whether *was* and *now* are text that people wrote, which is quoted."""
    closed: bool = False
    """Whether its period was closed before."""
    note: str | None = None
    """What else there is to say of it: a reason, or what it leads to."""

    @property
    def is_of_a_rating(self) -> bool:
        """Whether it is about how an agency's rating stands."""
        return self.kind in (Kind.RATING, Kind.STANDING)


def in_words(change: Change, longest: int | None = None) -> str:
    """*change* as one plain line without a full stop; text of people's is cut to *longest* signs.

    Such as "T2.2 impact, Q3 2018/19: red → amber (behind → on track)". Whose it is is not said again: that is in
    `agency`.
    """
    said = f"{change.subject}: {_said(change, longest)}"
    if change.note:
        said += f"; {_cut(one_line(change.note), longest)}"
    # Names are people's words too, and a line break in one could make a line that nothing stands behind.
    return one_line(f"{said} [closed period]" if change.closed else said)


def rating_words(rating: Rating | None) -> str:
    """A rating within a sentence, or that there is none."""
    return rating.label.lower() if rating else "no return"


def standing_words(change: Change) -> str:
    """How it stood and stands, such as "behind → on track" or "still behind"; empty of what stands in no way."""
    was, now = change.standing_was, change.standing_now
    if was is now:
        return f"still {was.words}" if was else ""
    return f"{was.words if was else 'none'} → {now.words if now else 'none'}"


def _said(change: Change, longest: int | None) -> str:
    standings = f" ({standing_words(change)})" if standing_words(change) else ""
    match change.kind:
        case Kind.RATING:
            return f"{rating_words(change.rating_was)} → {rating_words(change.rating_now)}{standings}"
        case Kind.STANDING:
            return f"{rating_words(change.rating_now)} as before{standings}"
        case Kind.COVERAGE:
            return f"no longer covers the plan: {change.now}" if change.now else "covers the plan as it is again"
        case _:
            return f"{change.what}{_was_and_now(change, longest)}{standings}"


def _was_and_now(change: Change, longest: int | None) -> str:
    was, now = (one_line(each) if each is not None else None for each in (change.was, change.now))
    if was is not None and now is not None:
        if was == now:
            # Nothing that is shown differs: the note says what does.
            return f" as it was: {_quoted(change, _cut(now, longest))}"
        was, now = excerpts(was, now)
        return f": {_quoted(change, _cut(was, longest))} → {_quoted(change, _cut(now, longest))}"
    if now is not None:
        return f" added: {_quoted(change, _cut(now, longest))}"
    return f" removed: {_quoted(change, _cut(was or '', longest))}"


LONG = 240
"""Of texts longer than this, what they begin and end with alike is left out."""
_CONTEXT = 40


def excerpts(was: str, now: str) -> tuple[str, str]:
    """What differs in two long texts, with some words before and after it; short ones whole."""
    if max(len(was), len(now)) <= LONG:
        return was, now
    shorter = min(len(was), len(now))
    begin = next((place for place in range(shorter) if was[place] != now[place]), shorter)
    alike = (place for place in range(shorter - begin) if was[-1 - place] != now[-1 - place])
    end = next(alike, shorter - begin)
    first = was.rfind(" ", 0, max(begin - _CONTEXT, 0)) + 1
    return _excerpt(was, first, len(was) - end), _excerpt(now, first, len(now) - end)


def _excerpt(text: str, first: int, last: int) -> str:
    after = text.find(" ", last + _CONTEXT)
    stop = len(text) if after < 0 else after
    return f"{'… ' if first else ''}{text[first:stop]}{' …' if stop < len(text) else ''}"


def _quoted(change: Change, words: str) -> str:
    return f"“{words}”" if change.is_text else words


def _cut(words: str, longest: int | None) -> str:
    if longest is None or len(words) <= longest:
        return words
    return words[: longest - 1].rstrip() + "…"
