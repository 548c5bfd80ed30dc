"""What a good chair would ask about the ratings of a period. No question looks at the clock or changes a rating."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import PLAN, board_path, return_path
from jtai_plan.model.plan import Plan, Rating
from jtai_plan.model.returns import Cell, Evidence
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue import questions as rules
from jtai_plan.rules.checks.catalogue.rule import Rule
from jtai_plan.rules.judge import measures
from jtai_plan.rules.judge.collate import CollatedCell, Collation, own_cell
from jtai_plan.rules.judge.history import Movement, last_heard
from jtai_plan.rules.judge.judgement import Judgement

ALIKE = 0.9
"""From this share of the same words on, two updates are nearly the same."""
LONGEST = 2_000
"""Of longer updates only so many characters are compared: comparing takes the square of them."""
SAME_PERIODS = 3
SILENT_PERIODS = 2
APART = 2
"""So many ranks apart is a jump, or a disagreement."""

_IMPACT = re.compile(r"impact|outcome|effect|difference", re.IGNORECASE)


class _Asked:
    """One agency's own rating of a cell: what is asked about."""

    def __init__(self, collation: Collation, agency: str, cell: CollatedCell) -> None:
        self.collation, self.agency, self.cell = collation, agency, cell
        self.partnership, self.plan, self.period = collation.partnership, collation.partnership.plan, collation.period
        self.said: Cell = cell.returned[agency]
        self.was: Judgement | None = last_heard(cell.history)

    @property
    def subject(self) -> str:
        who = self.partnership.agency_name(self.agency)
        return f"{wording.subject(self.plan, self.cell.action.id, self.cell.dimension)} of {who}"

    def told(self, rule: Rule, words: str) -> Finding:
        return rule.finding(
            f"{self.subject}: {words}",
            return_path(self.agency, self.period),
            keys=("actions", self.cell.action.id, self.cell.dimension),
            agency=self.agency,
            action=self.cell.action.id,
            dimension=self.cell.dimension,
            period=self.period,
        )

    def said_in(self, period: str) -> Cell:
        return self.partnership.cell(self.agency, self.cell.action.id, self.cell.dimension, period)

    @property
    def ratings(self) -> Collection[Rating]:
        return self.plan.ratings(self.cell.dimension).values()

    def is_complete(self, rating: str | None) -> bool:
        return rating is not None and self.plan.scale[rating].complete

    def rating(self, name: str) -> str:
        return wording.rating(self.plan, name)

    def label(self, period: str) -> str:
        return self.plan.periods[period].label


def of_ratings(collation: Collation) -> Iterator[Finding]:
    """Every question about an agency's own rating, in the plan's order, of additional actions too."""
    for cell in collation.everything:
        for agency, rating in cell.judgement.ratings.items():
            if rating is not None and agency not in cell.judgement.carried:
                asked = _Asked(collation, agency, own_cell(collation.partnership.plan, cell, agency))
                yield from (finding for question in _OF_A_RATING for finding in question(asked))


def _without_evidence(asked: _Asked) -> Iterator[Finding]:
    becomes = asked.is_complete(asked.cell.rating) and not asked.is_complete(asked.was.rating if asked.was else None)
    periods = asked.plan.until(asked.period)
    if becomes and not any(each.dated for period in periods for each in asked.said_in(period).evidence):
        rating = asked.rating(asked.cell.rating or "")
        yield asked.told(
            rules.COMPLETE_WITHOUT_EVIDENCE, f"{rating} for the first time, and no dated evidence was given"
        )


def _declined(asked: _Asked) -> Iterator[Finding]:
    if asked.was and asked.is_complete(asked.was.rating) and not asked.is_complete(asked.cell.rating):
        was, now = (asked.rating(each or "") for each in (asked.was.rating, asked.cell.rating))
        yield asked.told(rules.DECLINED_FROM_COMPLETE, f"{was} in {asked.label(asked.was.period)}, and {now} now")


def _jumped(asked: _Asked) -> Iterator[Finding]:
    if asked.was is None or any(each.dated for each in asked.said.evidence):
        return
    gained = _ranks_between(asked.plan, asked.was.rating, asked.cell.rating)
    if gained is not None and gained >= APART:
        was, now = (asked.rating(each or "") for each in (asked.was.rating, asked.cell.rating))
        words = f"{was} in {asked.label(asked.was.period)} and {now} now, without dated evidence"
        yield asked.told(rules.JUMPED, words)


def _unchanged(asked: _Asked) -> Iterator[Finding]:
    last = asked.cell.history[-SAME_PERIODS:]
    if len(last) == SAME_PERIODS and len({each.rating for each in last}) == 1 and not asked.is_complete(last[0].rating):
        rating = asked.rating(last[0].rating or "")
        yield asked.told(rules.UNCHANGED_FOR, f"{rating} for the {_ordinal(asked.cell.history)} period in a row")


def _ordinal(history: tuple[Judgement, ...]) -> str:
    number = next((n for n, each in enumerate(reversed(history)) if each.rating != history[-1].rating), len(history))
    return {3: "third", 4: "fourth", 5: "fifth"}.get(number, f"{number}th")


def _recovery(asked: _Asked) -> Iterator[Finding]:
    if not asked.cell.standing.is_late:
        return
    recovery, ends = asked.said.recovery, asked.plan.periods[asked.period].last_day
    if recovery is None or not recovery.plan:
        yield asked.told(rules.NO_RECOVERY, f"{asked.cell.standing.words}, and no plan to recover is given")
    elif recovery.by is None:
        yield asked.told(rules.NO_RECOVERY, f"{asked.cell.standing.words}, and the plan to recover has no day")
    elif recovery.by <= ends:
        day = wording.day(recovery.by)
        yield asked.told(rules.NO_RECOVERY, f"{asked.cell.standing.words}, and the day to recover, {day}, has gone by")


def _update(asked: _Asked) -> Iterator[Finding]:
    words = _plain(asked.said.update)
    has_moved = asked.cell.over_time.movement not in (Movement.UNCHANGED, Movement.NEW)
    if not words and (has_moved or asked.cell.standing.is_late):
        yield asked.told(rules.NO_UPDATE, "no word is said about the rating")
    before = _plain(asked.said_in(asked.was.period).update) if asked.was else ""
    if words and before and _are_alike(words, before):
        period = asked.label(asked.was.period) if asked.was else ""
        yield asked.told(rules.REPEATED_UPDATE, f"the update says what it said in {period}, or nearly")


def _plain(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()[:LONGEST]


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    from difflib import SequenceMatcher

    words = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return words.real_quick_ratio() >= ALIKE and words.quick_ratio() >= ALIKE and words.ratio() >= ALIKE


def _stale(asked: _Asked) -> Iterator[Finding]:
    before = asked.plan.period_before(asked.period)
    days = [each.dated for each in asked.said.evidence]
    begins = asked.plan.periods[before or asked.period].first_day
    dated = [each for each in days if each is not None]
    if days and len(dated) == len(days) and max(dated) < begins:
        yield asked.told(rules.STALE_EVIDENCE, f"the newest evidence is of {wording.day(max(dated))}")


def _contradiction(asked: _Asked) -> Iterator[Finding]:
    action, dimension = asked.cell.action.id, asked.cell.dimension
    courses = [
        each
        for each in measures.courses(asked.partnership, action, dimension, asked.period)
        if each.agency == asked.agency and each.values and each.values[-1][0] == asked.period
    ]
    aimed = [each for each in courses if each.measure.target is not None]
    due = [(each, target) for each in courses if (target := each.due_target(asked.plan, asked.period)) is not None]
    lowest = min(known for each in asked.ratings if (known := each.rank) is not None)
    rank = asked.plan.scale[asked.cell.rating or ""].rank
    moved = asked.cell.over_time.movement
    rating = asked.rating(asked.cell.rating or "")
    if asked.is_complete(asked.cell.rating) and (missed := [each for each, target in due if not each.reaches(target)]):
        yield asked.told(rules.CONTRADICTS_MEASURE, f"{rating}, and the target of '{missed[0].measure.id}' is missed")
    elif rank == lowest and aimed and all(each.is_met for each in aimed):
        yield asked.told(rules.CONTRADICTS_MEASURE, f"{rating}, and every target is met")
    elif moved is Movement.IMPROVED and courses and all(each.travel == measures.WRONG_WAY for each in courses):
        yield asked.told(rules.CONTRADICTS_MEASURE, f"{rating} is better than before, and every measure got worse")


_OF_A_RATING: tuple[Callable[[_Asked], Iterator[Finding]], ...] = (
    _without_evidence,
    _declined,
    _jumped,
    _unchanged,
    _recovery,
    _update,
    _stale,
    _contradiction,
)


def reused_evidence(collation: Collation) -> Iterator[Finding]:
    """Every document that is the evidence for several actions of one return."""
    partnership, period = collation.partnership, collation.period
    for agency in partnership.agencies:
        returned = partnership.returns.get((agency, period))
        used: dict[tuple[str, str, date | None], list[tuple[str, str]]] = {}
        for action, dimension, cell in returned.cells() if returned else ():
            for each in cell.evidence:
                used.setdefault(_document(each), []).append((action, dimension))
        for places in used.values():
            actions = list(dict.fromkeys(action for action, _ in places))
            if len(actions) > 1:
                action, dimension = places[0]
                yield rules.REUSED_EVIDENCE.finding(
                    f"{partnership.agency_name(agency)} names one document as evidence for {wording.listed(actions)}",
                    return_path(agency, period),
                    keys=("actions", action, dimension, "evidence"),
                    agency=agency,
                    action=action,
                    dimension=dimension,
                    period=period,
                )


def _document(evidence: Evidence) -> tuple[str, str, date | None]:
    return _plain(evidence.what), _plain(evidence.where), evidence.dated


def leads_disagree(collation: Collation) -> Iterator[Finding]:
    """Every cell whose leads rate it two ranks or more apart. It is asked of the one that rates it highest."""
    plan, period = collation.partnership.plan, collation.period
    for cell in collation.cells:
        ranked = {
            agency: rating
            for agency, rating in cell.judgement.ratings.items()
            if rating and plan.scale[rating].rank is not None
        }
        if len(ranked) < APART:
            continue
        low, *_, high = sorted(ranked, key=lambda agency: plan.scale[ranked[agency]].rank or 0)
        if (_ranks_between(plan, ranked[low], ranked[high]) or 0) >= APART:
            both = (
                f"{collation.partnership.agency_name(each)} {wording.rating(plan, ranked[each])}"
                for each in (low, high)
            )
            yield rules.LEADS_DISAGREE.finding(
                f"{wording.subject(plan, cell.action.id, cell.dimension)}: {wording.listed(both)}",
                return_path(high, period),
                keys=("actions", cell.action.id, cell.dimension),
                agency=high,
                action=cell.action.id,
                dimension=cell.dimension,
                period=period,
            )


def _ranks_between(plan: Plan, low: str | None, high: str | None) -> int | None:
    """By how many ranks *high* is above *low*; None if either has none."""
    ranks = sorted({each.rank for each in plan.scale.values() if each.rank is not None})
    known = [plan.scale[each].rank if each else None for each in (low, high)]
    if known[0] is None or known[1] is None:
        return None
    return ranks.index(known[1]) - ranks.index(known[0])


def complete_while_impact_behind(collation: Collation) -> Iterator[Finding]:
    """Every action whose first dimension has been complete for two periods while its impact is late.

    The impact is the first dimension whose id or label speaks of impact, outcome, effect or difference; a plan without
    one is not asked.
    """
    plan, period = collation.partnership.plan, collation.period
    impact = next((name for name, each in plan.dimensions.items() if _IMPACT.search(f"{name} {each.label}")), None)
    first = next((name for name in plan.dimensions if name != impact), None)
    if impact is None or first is None:
        return
    cells = {(cell.action.id, cell.dimension): cell for cell in collation.cells}
    for action in {cell.action.id: cell.action for cell in collation.cells}.values():
        done, effect = cells.get((action.id, first)), cells.get((action.id, impact))
        if done is None or effect is None or not effect.standing.is_late:
            continue
        last = done.history[-2:]
        if len(last) > 1 and all(each.rating and plan.scale[each.rating].complete for each in last):
            agency = next(iter(effect.judgement.ratings))
            yield rules.COMPLETE_WHILE_IMPACT_BEHIND.finding(
                f"{wording.subject(plan, action.id, first)} has been complete for two periods, and "
                f"{plan.dimensions[impact].label.lower()} is {effect.standing.words}",
                return_path(agency, period),
                keys=("actions", action.id, impact),
                agency=agency,
                action=action.id,
                dimension=impact,
                period=period,
            )


def silent(collation: Collation) -> Iterator[Finding]:
    """Every agency that owes ratings and has given none for two periods or more."""
    plan, partnership = collation.partnership.plan, collation.partnership
    for agency in plan.lead_agencies:
        due = [cell for cell in collation.of(agency).cells if cell.judgement.expected]
        if due and all(cell.over_time.silent_for >= SILENT_PERIODS for cell in due):
            number = min(cell.over_time.silent_for for cell in due)
            message = f"nothing was heard from {partnership.agency_name(agency)} for {number} periods"
            yield rules.SILENT.finding(message, PLAN, agency=agency, period=collation.period)


def often_lowered(collation: Collation) -> Iterator[Finding]:
    """Every agency whose ratings boards lowered in this period, and in an earlier one."""
    partnership, plan = collation.partnership, collation.partnership.plan
    for agency in plan.lead_agencies:
        periods = [period for period in plan.until(collation.period) if _is_lowered(collation, agency, period)]
        if len(periods) > 1 and periods[-1] == collation.period:
            labels = wording.listed(plan.periods[period].label for period in periods)
            message = f"boards lowered ratings of {partnership.agency_name(agency)} in {labels}"
            yield rules.OFTEN_LOWERED.finding(message, PLAN, agency=agency, period=collation.period)


def _is_lowered(collation: Collation, agency: str, period: str) -> bool:
    plan = collation.partnership.plan
    place = plan.order[period]
    for cell in collation.cells:
        judgement = cell.history[place]
        own = judgement.ratings.get(agency)
        if judgement.moderated and own and (_ranks_between(plan, judgement.moderated.rating, own) or 0) > 0:
            return True
    return False


def moderates_its_own(collation: Collation) -> Iterator[Finding]:
    """Every moderation by a board that leads the action itself."""
    plan = collation.partnership.plan
    for cell in collation.cells:
        moderated = cell.judgement.moderated
        if moderated and moderated.board in cell.judgement.ratings:
            board = wording.board(plan, moderated.board)
            yield rules.MODERATES_ITS_OWN.finding(
                f"{board} moderates {wording.subject(plan, cell.action.id, cell.dimension)}, which it leads itself",
                board_path(collation.period),
                keys=("moderated", cell.action.id, cell.dimension),
                action=cell.action.id,
                dimension=cell.dimension,
                period=collation.period,
            )


QUESTIONS = (
    of_ratings,
    reused_evidence,
    leads_disagree,
    complete_while_impact_behind,
    silent,
    often_lowered,
    moderates_its_own,
)
"""Each takes a collation."""
