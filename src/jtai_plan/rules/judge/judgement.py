"""The judgement: how every action and dimension stands in each period, with all leads taken together.

Each is judged once in each period (`judge_all`). History, collation, checks and reports read the result.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from jtai_plan.model.board import Moderation
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Plan
from jtai_plan.rules.judge.public_edition import is_restricted
from jtai_plan.rules.judge.trajectory import Expectation, Standing, expectation, standing, strength


class Judgement(NamedTuple):
    """One action and dimension in one period: what was expected, what was returned, and how it stands."""

    period: str
    expected: Expectation | None
    standing: Standing
    rating: str | None
    """The rating of a lead with this standing: the lowest, if there are several."""
    ratings: Mapping[str, str | None]
    """Every lead's own rating."""
    standings: Mapping[str, Standing]
    """How every lead's own rating stands."""
    awaiting: tuple[str, ...]
    """The leads whose rating is expected and missing."""
    moderated: Moderation | None
    """The boards' rating, if it replaces the agencies'."""
    withheld: bool
    """Whether the rating is left out of the public edition."""
    carried: Mapping[str, str] = MappingProxyType({})
    """The leads whose rating stands from an earlier period, and that period: it was complete, and the plan lets it."""

    @property
    def carried_from(self) -> str | None:
        """The period from which the whole rating stands; None if any lead, or a board, has rated in this one."""
        rated = [agency for agency, rating in self.ratings.items() if rating]
        if self.moderated or not rated or any(agency not in self.carried for agency in rated):
            return None
        return max(self.carried.values())


Judged = Mapping[tuple[str | None, str, str], tuple[Judgement, ...]]
"""The judgements of each action and dimension, from the plan's first period on.

The key is the agency whose own action it is (None for an action of the plan), the action and the dimension.
"""

# The first that applies is the standing of a cell with several leads. Colours are not blended, and no lead's silence
# counts as progress.
_WORST_FIRST = (Standing.BEHIND, Standing.UNRANKED, Standing.NO_RETURN, Standing.ON_TRACK, Standing.AHEAD)


def judge(partnership: Partnership, action: Action, dimension: str, period: str) -> Judgement:
    """How *action* and *dimension* stand in *period*, by the returns of all leads and the boards' moderation."""
    plan = partnership.plan
    expected = expectation(plan, action, dimension, period)
    ratings = {
        lead.agency: partnership.rating(lead.agency, action.id, dimension, period)
        for lead in plan.leads(action, period)
    }
    carried = {
        agency: since
        for agency, rating in ratings.items()
        if rating is None and (since := complete_since(partnership, action, dimension, period, agency))
    }
    ratings |= {agency: partnership.rating(agency, action.id, dimension, since) for agency, since in carried.items()}
    awaiting = tuple(agency for agency, rating in ratings.items() if rating is None) if expected else ()
    standings = {agency: standing(rating, expected, plan.scale) for agency, rating in ratings.items()}
    moderated = partnership.record_of(period).moderation(action.id, dimension)
    if moderated:
        rating: str | None = moderated.rating
        stands = standing(rating, expected, plan.scale)
    else:
        stands = _together(tuple(standings.values())) if expected else Standing.NOT_DUE
        rating = _lowest(plan, stands, ratings, standings)
    withheld = partnership.public and any(
        is_restricted(partnership, action.id, dimension, each) for each in (period, *carried.values())
    )
    return Judgement(period, expected, stands, rating, ratings, standings, awaiting, moderated, withheld, carried)


def complete_since(partnership: Partnership, action: Action, dimension: str, period: str, agency: str) -> str | None:
    """The earlier period in which *agency* was last heard, if the plan lets stand what it rated complete there.

    A board that rated less than complete in that period has the last word.
    """
    plan = partnership.plan
    for earlier in reversed(plan.until(period)[:-1] if plan.complete_stands else []):
        own = partnership.rating(agency, action.id, dimension, earlier)
        board = partnership.record_of(earlier).moderation(action.id, dimension)
        if own or board:
            said = [each for each in (own, board.rating if board else own) if each]
            return earlier if own and all(plan.scale[each].complete for each in said) else None
    return None


def own_judgement(judgement: Judgement, agency: str) -> Judgement:
    """The part of *judgement* that is about the rating of *agency* alone, without the boards' moderation."""
    leads = agency in judgement.ratings
    return judgement._replace(
        standing=judgement.standings.get(agency, Standing.NOT_DUE),
        rating=judgement.ratings.get(agency),
        ratings={agency: judgement.ratings[agency]} if leads else {},
        standings={agency: judgement.standings[agency]} if leads else {},
        awaiting=tuple(each for each in judgement.awaiting if each == agency),
        moderated=None,
        carried={each: since for each, since in judgement.carried.items() if each == agency},
    )


def standing_against(plan: Plan, judgement: Judgement, expected: Expectation | None) -> Standing:
    """How the ratings of *judgement* would stand if this were *expected*."""
    if judgement.moderated:
        return standing(judgement.moderated.rating, expected, plan.scale)
    if expected is None:
        return Standing.NOT_DUE
    return _together(tuple(standing(each, expected, plan.scale) for each in judgement.ratings.values()))


def judge_all(partnership: Partnership, last: str) -> Judged:
    """The judgement of every action and dimension in every period up to *last*, each made once."""
    periods = partnership.plan.until(last)
    return {
        (owner, action.id, dimension): tuple(judge(partnership, action, dimension, period) for period in periods)
        for owner, action in actions_with_owners(partnership)
        for dimension in partnership.plan.dimensions
    }


def actions_with_owners(partnership: Partnership) -> Iterator[tuple[str | None, Action]]:
    """Every action: those of the plan (None), then each agency's own with the agency."""
    yield from ((None, action) for action in partnership.plan.actions.values())
    yield from ((agency, action.led_by(agency)) for agency, action in partnership.additional_actions())


def _together(standings: tuple[Standing, ...]) -> Standing:
    worst = next((each for each in _WORST_FIRST if each in standings), Standing.NO_RETURN)
    if worst is Standing.NO_RETURN and any(each is not Standing.NO_RETURN for each in standings):
        return Standing.PART_RETURNED
    return worst


def _lowest(
    plan: Plan, stands: Standing, ratings: Mapping[str, str | None], standings: Mapping[str, Standing]
) -> str | None:
    """The lowest of the *ratings* that make a cell stand as it does; None if nobody returned one."""
    all_count = stands in (Standing.PART_RETURNED, Standing.NOT_DUE)
    in_play = (rating for agency, rating in ratings.items() if rating and (all_count or standings[agency] is stands))
    return min(in_play, key=lambda rating: strength(plan, rating), default=None)
