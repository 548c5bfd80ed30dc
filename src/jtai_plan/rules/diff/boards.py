"""What changes in the boards' record of a period: moderation, asks, decisions, meetings, closing and amendments."""

from collections.abc import Iterator
from typing import Any

from jtai_plan.model.board import Amendment, Closing
from jtai_plan.model.partnership import Partnership, board_path
from jtai_plan.rules import wording
from jtai_plan.rules.diff.before_and_after import Sides, action_of
from jtai_plan.rules.diff.change import Change, Kind
from jtai_plan.rules.diff.fields import ORDER, Difference, differences, words
from jtai_plan.rules.judge.judgement import judge
from jtai_plan.rules.judge.trajectory import Standing

_LISTS = {
    "asks": (Kind.ASK, "ask"),
    "decisions": (Kind.DECISION, "decision"),
    "presented": (Kind.PRESENTED, "presented"),
    "amendments": (Kind.AMENDMENT, "amendment"),
}


def board_changes(sides: Sides, period: str) -> Iterator[Change]:
    """Every change in the boards' record of *period*, in the order of its keys."""
    was, now = (each.board_records.get(period) for each in sides)
    if (was is None) != (now is None):
        there = Difference((), "the file" if was else None, "the file" if now else None)
        change = sides.change(there, Kind.RECORD, board_path(period), sides.period(period), "boards' record")
        yield change._replace(period=period, is_text=False, closed=sides.is_closed(period))
    for key in ("moderated", *_LISTS, "closed"):
        for each in differences(getattr(was, key, None), getattr(now, key, None), (key,)):
            yield _change(sides, period, each)


def _change(sides: Sides, period: str, difference: Difference) -> Change:
    path, label = board_path(period), sides.period(period)
    match difference.keys:
        case ("moderated", action, dimension, *_):
            return _moderated(sides, (action, dimension, period), difference)
        case ("closed", *keys):
            return _closed(sides, period, difference, keys)
        case ("amendments",):
            return _amendment(sides, period, difference)
        case (first, last) if last == ORDER:
            kind, _ = _LISTS[first]
            return sides.change(difference, kind, path, label, f"order of the {first}", period=period)
        case (first, *keys):
            kind, what = _LISTS[first]
            about = getattr(difference.now or difference.was, "about", None)
            said = " ".join((what, *keys))
            return sides.change(difference, kind, path, label, said, period=period, action=about)
    raise AssertionError(f"{difference.keys} is in no boards' record")


def _moderated(sides: Sides, place: tuple[str, str, str], difference: Difference) -> Change:
    """A board's own rating in place of the agencies'; it stands as the cell does, with it and without it."""
    action, dimension, period = place
    stood, stands = (_standing(side, place) for side in sides)
    what = " ".join(("moderated rating", *difference.keys[3:])).replace("rating rating", "rating")
    change = sides.change(
        difference,
        Kind.MODERATED,
        board_path(period),
        sides.cell(*place),
        what,
        action=action,
        dimension=dimension,
        period=period,
    )
    return change._replace(standing_was=stood, standing_now=stands) if stood is not stands else change


def _standing(side: Partnership, place: tuple[str, str, str]) -> Standing | None:
    action, dimension, period = place
    itself = action_of(side, action)
    if itself is None or period not in side.plan.periods or dimension not in side.plan.dimensions:
        return None
    return judge(side, itself, dimension, period).standing


def _closed(sides: Sides, period: str, difference: Difference, keys: list[str]) -> Change:
    path, label = board_path(period), sides.period(period)
    if keys:
        what = f"closing record: {' '.join(keys)}"
        more: dict[str, Any] = {"agency": keys[1] if keys[0] == "returns" and len(keys) > 1 else None}
        return sides.change(difference, Kind.CLOSED, path, label, what, period=period, **more)
    was, now = (_closing(each) for each in (difference.was, difference.now))
    change = sides.change(Difference(("closed",), was, now), Kind.CLOSED, path, label, "closing", period=period)
    return change._replace(is_text=False, note="the period is open again" if now is None else None)


def _closing(closing: Closing | None) -> str | None:
    if closing is None:
        return None
    returns = wording.counted(len(closing.returns), "return")
    return f"{returns}, on {wording.day(closing.on)}, by {closing.by}"


def _amendment(sides: Sides, period: str, difference: Difference) -> Change:
    about: Amendment = difference.now or difference.was
    change = sides.change(
        difference,
        Kind.AMENDMENT,
        board_path(period),
        sides.cell(about.action, about.dimension, period),
        f"amendment of {sides.agency(about.agency)}",
        agency=about.agency,
        action=about.action,
        dimension=about.dimension,
        period=period,
    )
    was, now = (_amended(side, each) for side, each in zip(sides, (difference.was, difference.now), strict=True))
    return change._replace(was=was, now=now, is_text=False)


def _amended(side: Partnership, amendment: Amendment | None) -> str | None:
    if amendment is None:
        return None
    was, to = (words(side, each, "rating") if each else "no return" for each in (amendment.was, amendment.to))
    left = amendment.model_copy(update={"agency": "", "action": "", "dimension": "", "was": None, "to": None})
    return f"{was} to {to}, {words(side, left)}"
