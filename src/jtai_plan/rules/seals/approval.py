"""What an agency's own board approved: the ratings of a return. The approval lapses when one of them changes."""

from collections.abc import Iterator
from typing import NamedTuple

from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Return
from jtai_plan.rules import wording
from jtai_plan.rules.seals.closing import ratings_of


class Changed(NamedTuple):
    """A rating that is not what was approved; None for one that is not there."""

    action: str
    dimension: str
    then: str | None
    now: str | None

    def words(self, plan: Plan) -> str:
        """The change in words: "T2.2 impact was red and is amber"."""
        then, now = (rating_words(plan, each) for each in (self.then, self.now))
        return f"{self.action} {self.dimension} was {then} and is {now}"


def changed_since_approval(returned: Return | None) -> Iterator[Changed]:
    """Every rating of *returned* that is not what was approved. Nothing if no rating was recorded as approved."""
    approved = returned.approved if returned else None
    if returned is None or approved is None or approved.on is None or not approved.ratings:
        return
    then = {
        (action, dimension): each for action, cells in approved.ratings.items() for dimension, each in cells.items()
    }
    now = ratings_of(returned)
    for cell in dict.fromkeys((*then, *now)):
        if then.get(cell) != now.get(cell):
            yield Changed(*cell, then.get(cell), now.get(cell))


def rating_words(plan: Plan, rating: str | None) -> str:
    """A *rating* that a seal holds, in words. Nothing holds it against the scale."""
    if rating is None:
        return "not rated"
    return wording.rating(plan, rating) if rating in plan.scale else f"'{rating}'"
