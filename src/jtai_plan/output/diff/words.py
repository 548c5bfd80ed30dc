"""Each change of a comparison in the plan's words: what it is about, what it was and what it is now."""

from typing import Any, NamedTuple

from jtai_plan.model.board import Amendment, Moderation
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Revision
from jtai_plan.model.text import cut, one_line
from jtai_plan.output.diff.values import is_text, officers, terms, value_words
from jtai_plan.rules import wording
from jtai_plan.rules.diff.changes import Change, ChangeKind, Comparison
from jtai_plan.rules.diff.fields import ORDER
from jtai_plan.rules.judge.public_edition import is_restricted


class WordedChange(NamedTuple):
    """A change in words."""

    change: Change
    subject: str
    """What it is about, such as "T2.2 impact, Q3 2018/19"."""
    field: str
    """What of the subject changed, such as "outcome measure"."""
    was: str | None
    now: str | None
    is_quoted: bool
    """Whether *was* and *now* are text that people wrote."""
    note: str | None
    """What else there is to say: a reason, or a consequence."""
    is_kept: bool = False
    """Whether *was*, *now* and reasons are kept back: they are an agency's or a board's own words."""

    def line(self, longest: int | None = None) -> str:
        """The change as one plain line without a full stop; people's text is cut to *longest* characters.

        Such as "T1.1 impact, Q3 2018/19: red → amber (behind → on track)". The agency is not named: `change` has it.
        """
        return f"{one_line(self.subject)}: {self.difference(longest)}"

    def difference(self, longest: int | None = None) -> str:
        """What `line` says of the subject."""
        closed = " [closed period]" if self.change.closed else ""
        note = f"; {cut(one_line(self.note), longest)}" if self.note else ""
        # A name is people's text too, and a line break in one could make a line of its own.
        return one_line(f"{self._was_and_now(longest)}{note}{closed}")

    @property
    def standings(self) -> str:
        """The standings, such as "behind → on track" or "still behind"; empty if there are none."""
        was, now = self.change.standing_was, self.change.standing_now
        if was is now:
            return f"still {was.words}" if was else ""
        return f"{was.words if was else 'none'} → {now.words if now else 'none'}"

    def _was_and_now(self, longest: int | None) -> str:
        standings = f" ({self.standings})" if self.standings else ""
        was, now = (one_line(each) if each is not None else None for each in (self.was, self.now))
        match self.change.kind:
            case ChangeKind.RATING:
                return f"{was or 'no return'} → {now or 'no return'}{standings}"
            case ChangeKind.STANDING:
                return f"still {now}{standings}"
            case ChangeKind.COVERAGE:
                signed = "return" if self.change.period else "plan"
                return f"no longer covers the {signed}: {now}" if now else f"covers the {signed} again"
        happened = "added" if was is None else "removed" if now is None else "changed"
        if self.is_kept:
            return f"{self.field} {happened}"
        if was is None or now is None:
            return f"{self.field} {happened}: {self._shown(was or now or '', longest)}{standings}"
        if was == now:
            # What is shown is the same: the note says what differs.
            return f"{self.field}: {self._shown(now, longest)}"
        was, now = excerpts(was, now)
        return f"{self.field}: {self._shown(was, longest)} → {self._shown(now, longest)}{standings}"

    def _shown(self, words: str, longest: int | None) -> str:
        return f"“{cut(words, longest)}”" if self.is_quoted else cut(words, longest)


_TEXTS = frozenset(
    (
        ChangeKind.UPDATE,
        ChangeKind.RECOVERY,
        ChangeKind.EVIDENCE,
        ChangeKind.ANSWER,
        ChangeKind.RESTRICTED,
        ChangeKind.MODERATED,
        ChangeKind.ASK,
        ChangeKind.DECISION,
        ChangeKind.AMENDMENT,
        ChangeKind.RECORD,
    )
)
"""What agencies and boards write in their own words, each quarter."""


def in_words(both: Comparison, *, with_text: bool = False) -> tuple[WordedChange, ...]:
    """Every change of a comparison in words, in its order.

    Agencies' and boards' own words are told only *with_text*, and those of a restricted cell never: they would be
    copied to where nobody can delete them.
    """
    worded = (_in_words(both, change) for change in both.changes)
    return tuple(_kept(both, each) if _is_kept(both, each.change, with_text=with_text) else each for each in worded)


def _is_kept(both: Comparison, change: Change, *, with_text: bool) -> bool:
    about = change.action, change.dimension, change.period
    restricted = any(is_restricted(side, *map(str, about)) for side in (both.was, both.now) if all(about))
    return change.kind in (*_TEXTS, ChangeKind.RATING) and (restricted or not with_text)


def _kept(both: Comparison, worded: WordedChange) -> WordedChange:
    """*worded* without anybody's own words: what is left are ratings, standings, names and days."""
    change = worded.change
    if change.kind is ChangeKind.RATING:
        return worded._replace(note=f"amended openly by {change.reason.by}" if change.reason else worded.note)
    was, now = (_rating_in(side, each) for side, each in ((both.was, change.was), (both.now, change.now)))
    if was or now:
        return worded._replace(was=was, now=now, is_quoted=False, note=None)
    if change.keys == ("restricted",):
        return worded._replace(was="yes" if change.was else "no", now="yes" if change.now else "no", is_quoted=False)
    return worded if change.keys[-1:] == ("rating",) else worded._replace(note=None, is_kept=True)


def _rating_in(side: Partnership, value: Any) -> str | None:
    """The rating that a moderation or an amendment gives."""
    match value:
        case Moderation():
            return wording.rating(side.plan, value.rating)
        case Amendment():
            return wording.rating(side.plan, value.to) if value.to else "no return"
    return None


def _in_words(both: Comparison, change: Change) -> WordedChange:
    values, names = [change.was, change.now], _Names(both, change)
    if any(isinstance(each, bool) for each in values):
        values = [bool(each) for each in values]
    # What a revision replaced is put in the words of the plan as it is now.
    sides = (both.now if isinstance(change.reason, Revision) else both.was, both.now)
    key = next((each for each in reversed(change.keys) if each != ORDER), "")
    was, now = (_value(change.kind, *pair, key) for pair in zip(sides, values, strict=True))
    is_quoted = change.kind is ChangeKind.OFFICER or all(is_text(key, each) for each in values if each is not None)
    subject, field = change.field.subject, change.field.name
    if change.keys[-1:] == (ORDER,):
        field = f"order of the {field if '{' not in field else '{keys}'}"
    subject, field = (each.format_map(names).strip() for each in (subject, field))
    return WordedChange(change, subject, field, was, now, is_quoted, _note(both, change))


def _value(kind: ChangeKind, side: Partnership, value: Any, key: str) -> str | None:
    match kind:
        case _ if value is None:
            return None
        case ChangeKind.RENAMED:
            return ", ".join(value)
        case ChangeKind.LEAD:
            return terms(side, value)
        case ChangeKind.OFFICER:
            return officers(value)
        case ChangeKind.COVERAGE:
            return wording.listed(value)
    return value_words(side, value, key)


class _Names:
    """What the names in braces in a field's subject and name stand for, for one change."""

    def __init__(self, both: Comparison, change: Change) -> None:
        self.both, self.change = both, change

    def __getitem__(self, name: str) -> str:
        change = self.change
        match name:
            case "keys" | "rest":
                return " ".join(key for key in getattr(change, name) if key != ORDER).replace("_", " ")
            case "period":
                return label(self.both, "periods", change.period)
            case "dimension":
                return label(self.both, "dimensions", change.dimension).lower()
            case "cell":
                period = self["period"]
                return f"{change.action} {self['dimension']}, {period}" if change.action else period
            case "agency":
                if change.kind is ChangeKind.AMENDMENT and change.agency is None:
                    return "a board's own rating"
                return self._agency(change.agency) if change.kind is ChangeKind.AMENDMENT else str(change.agency)
            case "lead":
                return self._agency((change.now or change.was)[0].agency)
            case "measure":
                return self._measure(change.agency, change.id)
            case "signed":
                return wording.day(change.reason.on)
        return str(getattr(change, name))

    def _agency(self, agency: str | None) -> str:
        side = self.both.now if agency in self.both.now.agencies else self.both.was
        return side.agency_name(agency or "")

    def _measure(self, agency: str | None, name: str) -> str:
        known = [side.agencies.get(agency or "") for side in (self.both.now, self.both.was)]
        measures = (measure for each in known if each for measure in each.measures)
        return next((measure.description for measure in measures if measure.id == name), name)


def label(both: Comparison, field: str, name: str | None) -> str:
    """The label of one of the plan's `periods` or `dimensions`, now if it is still there."""
    known = (getattr(side.plan, field).get(name) for side in (both.now, both.was))
    return next((each.label for each in known if each), name or "")


def _note(both: Comparison, change: Change) -> str | None:
    was, now, reason = change.was, change.now, change.reason
    if isinstance(was, str) and isinstance(now, str) and was != now and was.split() == now.split():
        return "only spaces and line breaks changed"
    match change.kind:
        case ChangeKind.RATING if change.closed:
            return f"amended openly by {reason.by}: {reason.reason}" if reason else "no amendment says why"
        case ChangeKind.REVISED if reason:
            return value_words(both.now, reason.model_copy(update={"expected": {}}))
        case ChangeKind.SIGN_OFF if now:
            changed = f"it signed an earlier version of the plan: {wording.listed(reason)}" if reason else None
            return changed or "it covers the plan as it is now"
        case ChangeKind.ACTION if None in (was, now) and isinstance(now or was, Action):
            side = both.now if now else both.was
            agencies = dict.fromkeys(side.agency_name(lead.agency) for lead in (now or was).leads)
            return f"led by {wording.listed(agencies)}"
        case ChangeKind.CLOSED if change.keys == ("closed",) and now is None:
            return "the period is open again"
    return None


_LONG = 240
"""Of texts longer than this, the same beginning and end is left out."""
_CONTEXT = 40


def excerpts(was: str, now: str) -> tuple[str, str]:
    """What differs in two long texts, with some words before and after it; short texts whole."""
    if max(len(was), len(now)) <= _LONG:
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
