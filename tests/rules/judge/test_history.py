"""How a cell stands over time: a table of stories that a governance officer can read, and what holds of every story."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import PERIODS, Q1, Q2, Q3, Q4, RATINGS, a_partnership, a_plan, a_return, an_action
from jtai_plan.model.plan import Plan
from jtai_plan.rules.judge.collate import CollatedCell, Collation, collate
from jtai_plan.rules.judge.standing_words import lowered, story
from jtai_plan.rules.judge.trajectory import Standing

CELL = ("T1.1", "impact")
BY = {"board": "lscb", "on": "2019-01-09", "reason": "The system is late"}


def cell_of(collation: Collation, action: str = "T1.1", dimension: str = "impact") -> CollatedCell:
    return next(each for each in collation.cells if (each.action.id, each.dimension) == (action, dimension))


def told(ratings: Sequence[str | None], plan: Plan | None = None) -> CollatedCell:
    """The cell T1.1 impact (red by Q2, amber by Q3, amber or blue by Q4, blue by Q1) after *ratings* from Q2 on."""
    returns = [a_return(period, {CELL: rating}) for period, rating in zip(PERIODS, ratings, strict=False) if rating]
    return cell_of(collate(a_partnership(plan or a_plan(), {"police": returns}), PERIODS[len(ratings) - 1]))


# The ratings so far, and then: behind for, short by, silent for, movement, notice, and the words that people see.
STORIES: list[tuple[list[str | None], int | None, int | None, int, str | None, str | None, str]] = [
    (["red"], 0, 0, 0, "new", None, "Red; red was expected by Q2 2018/19. On track"),
    (["grey"], 1, None, 0, "new", "newly-behind", "Grey; red was expected by Q2 2018/19. Newly unranked"),
    ([None], None, None, 1, None, None, "No return; red was expected by Q2 2018/19. No return"),
    (["red", "red"], 1, 1, 0, "unchanged", "newly-behind", "Red; amber was expected by Q3 2018/19. Newly behind"),
    (["red", "amber"], 0, 0, 0, "improved", None, "Amber; amber was expected by Q3 2018/19. On track"),
    (["red", "blue"], 0, 0, 0, "improved", None, "Blue; amber was expected by Q3 2018/19. Ahead"),
    (["red", None], None, None, 1, None, None, "No return; amber was expected by Q3 2018/19. No return"),
    ([None, None], None, None, 2, None, None, "No return; amber was expected by Q3 2018/19. No return for 2 periods"),
    (
        ["grey", "red"],
        2,
        1,
        0,
        "started",
        "still-behind",
        "Red; amber was expected by Q3 2018/19. Behind for 2 periods",
    ),
    (
        ["amber", "grey"],
        1,
        None,
        0,
        "stopped",
        "newly-behind",
        "Grey; amber was expected by Q3 2018/19. Newly unranked",
    ),
    (["amber", "amber"], 0, 0, 0, "unchanged", None, "Amber; amber was expected by Q3 2018/19. On track"),
    (["blue", "amber"], 0, 0, 0, "declined", "lost-completion", "Amber; amber was expected by Q3 2018/19. On track"),
    (
        ["red", "red", "red"],
        2,
        1,
        0,
        "unchanged",
        "still-behind",
        "Red; amber or blue was expected by Q4 2018/19, and amber by Q3 2018/19. Behind for 2 periods",
    ),
    (
        ["red", "red", "amber"],
        0,
        0,
        0,
        "improved",
        "back-on-track",
        "Amber; amber or blue was expected by Q4 2018/19. On track",
    ),
    (
        ["red", "red", None],
        None,
        None,
        1,
        None,
        None,
        "No return; amber or blue was expected by Q4 2018/19. No return",
    ),
    # Red, silent, red: the silence neither ends the run nor makes the second red new.
    (
        ["red", "red", None, "red"],
        3,
        2,
        0,
        "unchanged",
        "still-behind",
        (
            "Red; blue was expected by Q1 2019/20, and amber by Q3 2018/19. "
            "Behind for 3 periods, with no return in Q4 2018/19"
        ),
    ),
    # Red, silent, blue: it is back on track, as it was late when it was last heard.
    (
        ["red", "red", None, "blue"],
        0,
        0,
        0,
        "improved",
        "back-on-track",
        "Blue; blue was expected by Q1 2019/20. On track",
    ),
    (
        ["blue", "blue", "red", "amber"],
        2,
        1,
        0,
        "improved",
        "still-behind",
        "Amber; blue was expected by Q1 2019/20. Behind for 2 periods",
    ),
    (
        ["amber", "blue", "blue", "red"],
        1,
        2,
        0,
        "declined",
        "newly-behind",
        "Red; blue was expected by Q1 2019/20. Newly behind",
    ),
    (
        ["grey", None, None, "grey"],
        4,
        None,
        0,
        "unchanged",
        "still-behind",
        (
            "Grey; blue was expected by Q1 2019/20, and red by Q2 2018/19. "
            "Unranked for 4 periods, with no return in Q3 2018/19 and Q4 2018/19"
        ),
    ),
    (
        ["blue", "blue", "amber"],
        0,
        0,
        0,
        "declined",
        "lost-completion",
        "Amber; amber or blue was expected by Q4 2018/19. On track",
    ),
]


@pytest.mark.parametrize(
    ("ratings", "behind_for", "short_by", "silent_for", "movement", "notice", "words"),
    STORIES,
    ids=lambda value: ",".join(str(each) for each in value) if isinstance(value, list) else "",
)
def test_a_story(
    ratings: list[str | None],
    behind_for: int | None,
    short_by: int | None,
    silent_for: int,
    movement: str | None,
    notice: str | None,
    words: str,
) -> None:
    cell = told(ratings)
    time = cell.over_time
    assert story(a_plan(), cell) == words
    assert (time.behind_for, time.short_by, time.silent_for) == (behind_for, short_by, silent_for)
    assert (time.movement, time.notice) == (movement, notice)
    heard = [period for period, rating in zip(PERIODS, ratings[:-1], strict=False) if rating]
    assert time.last_heard == (heard[-1] if heard else None)


def revised(*revisions: tuple[str, dict[str, list[str]]]) -> Plan:
    made = [{"from": since, "expected": {"impact": steps}, **BY} for since, steps in revisions]
    return a_plan(an_action("T1.1", "police", revised=made))


def test_a_lowered_expectation_is_never_recovery_and_is_told_for_as_long_as_it_is_true() -> None:
    plan = revised((Q4, {Q2: ["red"]}))
    cell = told(["red", "red", "red"], plan)
    assert (cell.standing, cell.over_time.notice) == (Standing.ON_TRACK, "expectation-lowered")
    assert cell.over_time.rebaselined
    words = "lowered from Q4 2018/19 by The LSCB on 9 January 2019 (The system is late)"
    assert lowered(plan, cell) == f"{words}; revised once"
    later = told(["red", "red", "red", "red"], plan)
    assert (later.over_time.notice, later.over_time.rebaselined) == (None, True)
    assert lowered(plan, later) == f"{words}; revised once"


def test_a_revision_while_silent_is_told_when_the_cell_is_heard_again() -> None:
    plan = revised((Q4, {Q2: ["red"]}))
    assert told(["red", "red", None], plan).over_time.notice is None
    assert told(["red", "red", None, "red"], plan).over_time.notice == "expectation-lowered"


def test_a_rating_that_meets_both_expectations_is_back_on_track() -> None:
    cell = told(["red", "red", "amber"], revised((Q4, {Q2: ["red"]})))
    assert (cell.over_time.notice, cell.over_time.rebaselined) == ("back-on-track", False)
    assert lowered(revised((Q4, {Q2: ["red"]})), cell) is None


def test_a_second_revision_is_counted() -> None:
    plan = revised((Q3, {Q2: ["red"]}), (Q1, {Q2: ["red"], Q1: ["red"]}))
    words = lowered(plan, told(["red", "red", "red", "red"], plan))
    assert words is not None
    assert words.endswith("; revised twice")


def test_what_some_of_the_leads_returned_is_neither_recovery_nor_the_end_of_a_run() -> None:
    plan = a_plan(an_action("T1.1", "police", "health"))

    def at(*rounds: tuple[str | None, str | None]) -> CollatedCell:
        returns: dict[str, list[Any]] = {"police": [], "health": []}
        for period, pair in zip(PERIODS, rounds, strict=False):
            for agency, rating in zip(returns, pair, strict=True):
                returns[agency].append(a_return(period, {CELL: rating}))
        return cell_of(collate(a_partnership(plan, returns), PERIODS[len(rounds) - 1]))

    part = at(("red", "red"), ("red", "red"), ("blue", None))
    assert (part.standing, part.over_time.notice, part.over_time.behind_for) == (Standing.PART_RETURNED, None, 0)
    again = at(("red", "red"), ("red", "red"), ("blue", None), ("red", "red"))
    assert (again.over_time.notice, again.over_time.behind_for) == ("still-behind", 3)


def test_an_agencys_own_story_is_told_by_its_own_ratings() -> None:
    plan = a_plan(an_action("T1.1", "police", "health"))
    returns = {
        "police": [a_return(Q2, {CELL: "red"}), a_return(Q3, {CELL: "amber"})],
        "health": [a_return(Q2, {CELL: "red"}), a_return(Q3, {CELL: "red"})],
    }
    collation = collate(a_partnership(plan, returns), Q3)
    own = cell_of(collation.of("police"))
    assert (own.standing, own.rating, own.over_time.notice) == (Standing.ON_TRACK, "amber", None)
    assert own.together is not None
    assert (own.together.standing, own.together.rating) == (Standing.BEHIND, "red")
    assert own.together == cell_of(collation)


def test_of_two_leads_grey_and_red_both_make_the_cell_late() -> None:
    plan = a_plan(an_action("T1.1", "police", "health"))
    returns = {"police": [a_return(Q3, {CELL: "grey"})], "health": [a_return(Q3, {CELL: "red"})]}
    from jtai_plan.rules.checks.period import late

    found = list(late(collate(a_partnership(plan, returns), Q3)))
    assert [(each.agency, each.rule, each.message) for each in found] == [
        (
            "police",
            "unranked",
            "T1.1 impact is grey (Police); amber was expected by Q3 2018/19: newly behind",
        ),
        ("health", "behind", "T1.1 impact is red (Health); amber was expected by Q3 2018/19: newly behind"),
    ]


cells = st.lists(st.sampled_from([*RATINGS, None]), min_size=1, max_size=4)


@given(cells)
def test_what_holds_of_every_story(ratings: list[str | None]) -> None:
    cell = told(ratings)
    time, late = cell.over_time, cell.standing.is_late
    assert (time.behind_for or 0) > 0 if late else time.behind_for in (0, None)
    assert (time.behind_for is None) == (cell.rating is None) == (time.movement is None)
    assert (time.silent_for == 0) == (cell.rating is not None)
    assert late == (time.notice in ("still-behind", "newly-behind"))
    assert (time.notice == "still-behind") <= ((time.behind_for or 0) > 1)
    words = story(a_plan(), cell).casefold()
    assert not ("newly" in words and "with no return" in words)
    if time.notice == "newly-behind":
        assert time.behind_for == 1 or time.silences


@given(cells, cells, st.permutations(["T1.1", "T1.2", "T1.3"]))
def test_another_action_or_its_order_changes_nothing(
    ratings: list[str | None], others: list[str | None], order: list[str]
) -> None:
    period = PERIODS[len(ratings) - 1]
    plan = a_plan(*(an_action(name, "police") for name in order))
    returns = [
        a_return(each, {CELL: rating, ("T1.2", "impact"): other})
        for each, rating, other in zip(PERIODS, ratings, [*others, None, None, None, None], strict=False)
    ]
    cell = cell_of(collate(a_partnership(plan, {"police": returns}), period))
    alone = told(ratings)
    assert (cell.standing, cell.rating, cell.over_time) == (alone.standing, alone.rating, alone.over_time)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=4))
def test_every_due_rating_is_in_exactly_one_group(stories: list[tuple[list[str | None], list[str | None]]]) -> None:
    actions = [an_action(f"T1.{n}", "police", "health") for n in range(1, len(stories) + 1)]
    returns: dict[str, list[Any]] = {"police": [], "health": []}
    for place, period in enumerate(PERIODS):
        for lead, agency in enumerate(returns):
            said = {
                (f"T1.{n}", "impact"): several[lead][place]
                for n, several in enumerate(stories, start=1)
                if place < len(several[lead])
            }
            returns[agency].append(a_return(period, said))
    collation = collate(a_partnership(a_plan(*actions), returns), Q1)
    due = [cell for cell in collation.cells if cell.judgement.expected]
    assert sum(n for standing, n in collation.counts.items() if standing is not Standing.NOT_DUE) == len(due)
    assert sum(collation.counts.values()) == len(collation.cells) == 3 * len(actions)
