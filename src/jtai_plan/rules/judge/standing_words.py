"""How a cell stands over time, in words: the same in `check`, in every report and in the terminal."""

from collections.abc import Sequence

from jtai_plan.model.plan import Plan, Revision
from jtai_plan.rules import wording
from jtai_plan.rules.judge.collate import CollatedCell
from jtai_plan.rules.judge.history import missed, revisions_since
from jtai_plan.rules.judge.judgement import Judgement
from jtai_plan.rules.judge.trajectory import Standing


def expected(plan: Plan, cell: CollatedCell) -> str:
    """What was expected by when: "blue was expected by Q4 2018/19, and amber by Q3 2018/19".

    Of a late cell the first step of the run that it falls short of stands beside the present one.
    """
    now, *before = missed(plan, cell.history) or (cell.judgement.expected,)
    also = (
        f", and {wording.permitted(plan, each.ratings)} by {plan.periods[each.since].label}" for each in before if each
    )
    return wording.expected(plan, now) + "".join(also)


def stands(plan: Plan, cell: CollatedCell) -> str:
    """How it stands and for how long: "behind for 3 periods, with no return in Q3 2018/19", "newly behind", "on track".

    A run of one period is new, unless something was heard of the cell within the run.
    """
    time, standing = cell.over_time, cell.standing
    if standing.is_late:
        if time.behind_for == 1:
            return f"newly {standing.words}"
        labels = [
            plan.periods[each.period].label
            for each in cell.history
            if each.period in time.silences and not each.withheld
        ]
        silent = f", with no return in {wording.listed(labels)}" if labels else ""
        return f"{standing.words} for {time.behind_for} periods{silent}"
    if since := cell.judgement.carried_from:
        return f"{standing.words}, as rated in {plan.periods[since].label}"
    if standing is Standing.NO_RETURN and time.silent_for > 1:
        return f"no return for {time.silent_for} periods"
    return standing.words


def story(plan: Plan, cell: CollatedCell) -> str:
    """The rating, what was expected, and for how long it has been late, as two sentences without the last full stop.

    Such as "Red; blue was expected by Q4 2018/19, and amber by Q3 2018/19. Behind for 3 periods, with no return in Q3
    2018/19".
    """
    rating = plan.scale[cell.rating].label if cell.rating else "No return"
    how_long = stands(plan, cell)
    return f"{rating}; {expected(plan, cell)}. {how_long[0].upper()}{how_long[1:]}"


def letter(plan: Plan, judgement: Judgement) -> str:
    """What stands for a rating in a table: its letter, "–" where none was returned, "·" where none is due."""
    if judgement.rating:
        return plan.scale[judgement.rating].letter
    return "·" if judgement.standing is Standing.NOT_DUE else "–"


def mark(judgement: Judgement) -> str:
    """What stands after that letter: "!" if behind or unranked, "?" if part returned, "=" if from an earlier period."""
    if judgement.standing.is_late:
        return "!"
    if judgement.standing is Standing.PART_RETURNED:
        return "?"
    return "=" if judgement.carried_from else ""


def lowered(plan: Plan, cell: CollatedCell) -> str | None:
    """By which board, when and why the expectation was lowered, and how often it was; None if it was not.

    It is told for as long as the cell would be late by the original expectation.
    """
    if not (made := _made(plan, cell)):
        return None
    last = made[-1]
    return (
        f"lowered from {plan.periods[last.since].label} by {wording.board(plan, last.board)} on {wording.day(last.on)} "
        f"({last.reason}); revised {_times(made)}"
    )


def lowered_by(plan: Plan, cell: CollatedCell) -> str:
    """By which boards an expectation was lowered, and how often: "by The LSCB, once"."""
    made = _made(plan, cell)
    return (
        f"by {wording.listed(dict.fromkeys(wording.board(plan, each.board) for each in made))}, {_times(made)}"
        if made
        else ""
    )


def _made(plan: Plan, cell: CollatedCell) -> tuple[Revision, ...]:
    """The revisions without which *cell* would be late now."""
    if not cell.over_time.rebaselined:
        return ()
    return revisions_since(plan, cell.action, cell.dimension, None, cell.judgement.period)


def _times(made: Sequence[Revision]) -> str:
    return {1: "once", 2: "twice"}.get(len(made), f"{len(made)} times")
