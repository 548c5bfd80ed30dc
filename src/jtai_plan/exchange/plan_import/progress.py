"""How far a plan has come by its own columns: its progress, status and colour become the returns of one period."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jtai_plan.exchange.plan_import.columns import OF_PROGRESS
from jtai_plan.exchange.plan_import.parts import ReadAction, ReadPlan
from jtai_plan.exchange.plan_import.shades import SHADED
from jtai_plan.rules.wording import listed

_ENDS_WITH_DAY = re.compile(r"[\s:,(-]+(?:on |in )?(?:\d{1,2}[/.])?\d{1,2}[/.]\d{2,4}\)?$")
"""Such as the day in "Completed 02/2018"."""
_LONGEST_RATING = 100
"""Characters in a cell that says a rating, and perhaps its day and its shade."""
_COMPLETE = frozenset(("complete", "completed", "closed", "done", "delivered"))
"""What a plan says of an action whose rating is the complete one."""

Said = Mapping[str, str]
"""The "rating" of an action, if its columns give one, and the "update"."""


def spellings(rating: str, label: str, letter: str, *, complete: bool) -> frozenset[str]:
    """How a column may write a *rating*, in lower case."""
    return frozenset(each.casefold() for each in (rating, label, letter)) | (_COMPLETE if complete else frozenset())


def of_progress(plan: ReadPlan) -> tuple[str, ...]:
    """The names of the columns that say how far the actions of *plan* are."""
    named = (name for theme in plan.themes for action in theme.actions for name in action.also)
    return tuple(name for name in dict.fromkeys(named) if OF_PROGRESS.search(name))


def brought_over(
    plan: ReadPlan, ratings: Mapping[str, frozenset[str]], source: str, period: str
) -> tuple[ReadPlan, Mapping[str, Mapping[str, Said]]]:
    """*plan* without its columns of progress, and what they say for each lead agency and action.

    *ratings* are the spellings of each rating. The first column whose words are one of them gives the rating, one that
    names the *period* before others; else the plan's own key says which rating the words are, or the shade of the cell.
    All the rest, with their names, is the update. It says that it was brought over from *source*.
    """
    reading = _Reading(ratings, plan.key, source, period)
    themes, said = [], dict[str, dict[str, Said]]()
    without: list[str] = []
    for theme in plan.themes:
        actions = []
        for action in theme.actions:
            cell, kept = reading.of(action)
            actions.append(action._replace(also=kept))
            if not cell:
                continue
            if "rating" not in cell:
                without.append(action.id)
            for lead in action.leads:
                said.setdefault(lead.agency, {})[action.id] = cell
        themes.append(theme._replace(actions=tuple(actions)))
    notes = list(plan.not_understood)
    if without:
        why = "what the columns of progress say is no rating of the scale, so none was brought over"
        notes.append(f"{listed(without)}: {why}.")
    return plan._replace(themes=tuple(themes), not_understood=tuple(notes)), said


class _Reading(NamedTuple):
    """How the columns of progress of one plan are read."""

    ratings: Mapping[str, frozenset[str]]
    key: Mapping[str, str]
    source: str
    period: str

    def of(self, action: ReadAction) -> tuple[Said, Mapping[str, str]]:
        """What the columns of progress say of *action*, and the other columns."""
        columns = {name: words for name, words in action.also.items() if OF_PROGRESS.search(name)}
        first = re.compile(rf"\b{re.escape(self.period.split()[0])}\b", re.IGNORECASE)
        columns = dict(sorted(columns.items(), key=lambda column: not first.search(column[0])))
        kept = {name: words for name, words in action.also.items() if name not in columns}
        if not columns:
            return {}, kept
        found = next(self._ratings(columns), None)
        # A cell that says no more than the rating is said by it.
        said = found[0] if found and found[0].casefold() not in _COMPLETE else None
        update = [f"{name}: {words}" for name, words in columns.items() if words.strip(" .") != said]
        update.append(f"(Brought over from {self.source}.)")
        return ({"rating": found[1]} if found else {}) | {"update": "\n".join(update)}, kept

    def _ratings(self, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """What gives a rating in the columns, and that rating: first words, then words of the key, then shades."""
        short = [SHADED.sub("", each) for each in columns.values() if len(each) <= _LONGEST_RATING]
        words = [_ENDS_WITH_DAY.sub("", each).strip(" .") for each in short]
        by_key = [("", known) for each in words if (known := self.key.get(each.casefold()))]
        shades = [(found[0], found[1]) for each in columns.values() if (found := SHADED.search(each))]
        for said, plain in (*((each, each) for each in words), *by_key, *shades):
            yield from ((said, rating) for rating, written in self.ratings.items() if plain.casefold() in written)


def as_values(period: str, dimension: str, said: Mapping[str, Said], order: Sequence[str]) -> dict[str, Any]:
    """A return for *period* as its file holds it: what was *said* of each action, in *order*, for one *dimension*."""
    return {"period": period, "actions": {each: {dimension: dict(said[each])} for each in order if each in said}}
