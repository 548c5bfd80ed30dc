"""What differs between two versions of a partnership, in words."""

from collections.abc import Mapping
from typing import Any

import pytest

from builders import Q2, Q3, Q4, a_partnership, a_plan, a_return, an_action, return_values
from jtai_plan.model.agency import Agency, SignOff
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Return
from jtai_plan.output.diff.words import in_words
from jtai_plan.rules.diff.changes import Change, ChangeKind, Comparison, State
from jtai_plan.rules.diff.compare import compare
from jtai_plan.rules.judge.trajectory import Standing
from jtai_plan.rules.seals.sign_off import digests

DAY = "2019-01-09"
DIMENSIONS = ("process", "impact", "performance")
MODERATION = {"rating": "red", "reason": "R", "board": "lscb", "on": DAY, "minute": "4"}


def compared(before: Partnership, after: Partnership) -> Comparison:
    return compare(State(before), State(after))


def changes(before: Partnership, after: Partnership) -> tuple[Change, ...]:
    return compared(before, after).changes


def lines(before: Partnership, after: Partnership, longest: int | None = None) -> list[str]:
    return [each.line(longest) for each in in_words(compared(before, after), with_text=True)]


def returned(cells: Mapping[tuple[str, str], Any], plan: Plan | None = None, **more: Any) -> Partnership:
    return a_partnership(plan or a_plan(), {"police": [a_return(Q3, cells)]}, **more)


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("red", "amber", "red → amber (behind → on track)"),
        ("amber", "blue", "amber → blue (on track → ahead)"),
        ("red", "grey", "red → grey (behind → unranked)"),
        (None, "red", "no return → red (no return → behind)"),
        ("red", None, "red → no return (behind → no return)"),
    ],
)
def test_a_rating_is_shown_with_its_standing_before_and_now(was: str | None, now: str | None, words: str) -> None:
    before, after = (returned({("T1.1", "impact"): each}) for each in (was, now))
    assert lines(before, after) == [f"T1.1 impact, Q3 2018/19: {words}"]


def test_each_side_is_judged_by_its_own_plan() -> None:
    cells = {("T1.1", "impact"): "red"}
    easier = a_plan(an_action("T1.1", "police", expected={"impact": {Q3: ["red"]}}))
    assert lines(returned(cells), returned(cells, easier)) == [
        "T1.1: expected rating for impact added: red by Q3 2018/19",
        "T1.1 impact, Q3 2018/19: still red (behind → on track)",
    ]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({"rating": "red"}, {"rating": "red", "evidence": None, "recovery": {"plan": None}, "restricted": False}),
        ({"rating": "red"}, {"rating": "red", "evidence": [], "measures": {"m": None}, "answers": {}, "update": ""}),
    ],
)
def test_an_empty_value_is_the_same_as_none(was: Any, now: Any) -> None:
    assert lines(returned({("T1.1", "impact"): was}), returned({("T1.1", "impact"): now})) == []


def test_every_part_of_a_rating_that_was_added_or_removed_is_shown() -> None:
    was = {"rating": "red", "update": "Begun", "evidence": [{"what": "Audit"}]}
    now = {
        "rating": "red",
        "update": "Begun  and done",
        "recovery": {"plan": "Train", "by": "2019-01-31"},
        "evidence": [{"what": "Audit"}, {"what": "Minutes", "where": "Share", "dated": "2018-12-01"}],
        "measures": {"m": 61},
        "answers": {"rule": "It stands"},
    }
    assert lines(returned({("T1.1", "impact"): was}), returned({("T1.1", "impact"): now})) == [
        f"T1.1 impact, Q3 2018/19: {each}"
        for each in (
            "update: “Begun” → “Begun and done”",
            "recovery added: “Train”, by 31 January 2019",
            "evidence added: “Minutes”, where “Share”, dated 1 December 2018",
            "measure “m” added: 61",
            "answer to rule added: “It stands”",
        )
    ]


def test_of_a_restricted_rating_no_words_are_told() -> None:
    was = {"rating": "red", "update": "Begun", "restricted": True}
    now = {"rating": "amber", "update": "Begun and done"}
    assert lines(returned({("T1.1", "impact"): was}), returned({("T1.1", "impact"): now})) == [
        "T1.1 impact, Q3 2018/19: red → amber (behind → on track)",
        "T1.1 impact, Q3 2018/19: update changed",
        "T1.1 impact, Q3 2018/19: restricted: yes → no",
    ]


def test_a_change_of_spaces_alone_says_so() -> None:
    before, after = (returned({("T1.1", "impact"): {"update": each}}) for each in ("a b", "a\n\nb"))
    assert lines(before, after) == ["T1.1 impact, Q3 2018/19: update: “a b”; only spaces and line breaks changed"]


def test_an_empty_return_that_was_added_is_shown() -> None:
    empty = {("T1.1", "impact"): None}
    assert lines(a_partnership(a_plan()), returned(empty)) == ["Q3 2018/19: return added: no rating"]
    assert lines(returned(empty), a_partnership(a_plan())) == ["Q3 2018/19: return removed: no rating"]


CLOSED: dict[str, Any] = {"closed": {"on": DAY, "by": "The collator"}}


def test_a_change_in_a_closed_period_is_marked_and_says_whether_it_was_amended() -> None:
    amendment = {
        "agency": "police",
        "action": "T1.1",
        "dimension": "impact",
        "was": "red",
        "to": "amber",
        "reason": "Counted twice",
        "by": "A",
        "on": DAY,
    }
    before = returned({("T1.1", "impact"): "red"}, records={Q3: CLOSED})
    after = returned({("T1.1", "impact"): "amber"}, records={Q3: CLOSED})
    openly = returned({("T1.1", "impact"): "amber"}, records={Q3: {**CLOSED, "amendments": [amendment]}})
    change = "T1.1 impact, Q3 2018/19: red → amber (behind → on track)"
    assert lines(before, after) == [f"{change}; no amendment says why [closed period]"]
    assert lines(before, openly) == [
        f"{change}; amended openly by A: Counted twice [closed period]",
        (
            "T1.1 impact, Q3 2018/19: amendment of Police added: red to amber, reason “Counted twice”, by A, "
            "on 9 January 2019 [closed period]"
        ),
    ]
    assert lines(before, returned({("T1.1", "impact"): "red"})) == [
        "Q3 2018/19: boards' record removed: the file [closed period]",
        (
            "Q3 2018/19: closing removed: 0 returns, on 9 January 2019, by The collator; the period is open again "
            "[closed period]"
        ),
    ]


def test_a_period_closed_by_the_same_change_counts_as_open() -> None:
    before = returned({("T1.1", "impact"): "red"})
    after = returned({("T1.1", "impact"): "amber"}, records={Q3: CLOSED})
    assert [change.closed for change in changes(before, after)] == [False, False, False]


def test_lead_agencies_and_their_officers_are_separate_changes() -> None:
    def led(*leads: Mapping[str, Any]) -> Partnership:
        plan = a_plan({"id": "T1.1", "action": "Do it", "leads": list(leads)})
        return Partnership(plan, {each: Agency(name=each.title()) for each in ("police", "health")})

    police, health = {"agency": "police", "name": "A", "role": "Head"}, {"agency": "health"}
    assert lines(led(police), led({**police, "name": "B"})) == ["T1.1: officer of Police: “A (Head)” → “B (Head)”"]
    assert lines(led(police), led(police, health)) == ["T1.1: lead agencies: Police → Police and Health"]
    assert lines(led(police, health), led({**police, "until": Q2}, {**health, "from": Q3})) == [
        "T1.1: lead agencies: Police and Health → Police (until Q2 2018/19) and Health (from Q3 2018/19)"
    ]


def test_a_revision_says_what_was_expected_and_what_is() -> None:
    revision = {
        "from": Q3,
        "expected": {"impact": {Q3: ["red"], Q4: ["amber"]}},
        "board": "lscb",
        "minute": "5.4",
        "on": DAY,
        "reason": "The system is late",
    }
    own = {"expected": {"impact": {Q2: ["amber"]}}}
    before = a_partnership(a_plan(an_action("T1.1", "police", **own)))
    after = a_partnership(a_plan(an_action("T1.1", "police", **own, revised=[revision])))
    why = "from Q3 2018/19, board The LSCB, minute “5.4”, on 9 January 2019, reason “The system is late”"
    assert lines(before, after) == [
        "T1.1: expected rating for impact, revised: amber by Q2 2018/19 → red by Q3 2018/19, amber by Q4 2018/19; "
        + why
    ]


def test_themes_that_change_places_are_shown() -> None:
    themes = [{"id": f"T{n}", "title": f"Theme {n}", "actions": [an_action(f"T{n}.1", "police")]} for n in (1, 2)]
    before, after = (a_partnership(a_plan(themes=each)) for each in (themes, themes[::-1]))
    assert lines(before, after) == [
        "plan: order of the themes: T1, T2 → T2, T1",
        "plan: order of the actions: T1.1, T2.1 → T2.1, T1.1",
    ]


def test_actions_and_themes_come_and_go_and_move() -> None:
    one, two = an_action("T1.1", "police"), an_action("T1.2", "police")
    theme = {"id": "T2", "title": "Skills", "actions": [two]}
    before = a_partnership(a_plan(one, two))
    after = a_partnership(a_plan(themes=[{"id": "T1", "title": "Strategy", "actions": [one]}, theme]))
    assert lines(before, after) == ["plan: theme T2 added: “Skills”", "T1.2: theme: T1 → T2"]
    assert lines(before, a_partnership(a_plan(one))) == ["plan: action T1.2 removed: “Do T1.2”; led by Police"]
    assert lines(before, a_partnership(a_plan(two, one))) == ["plan: order of the actions: T1.1, T1.2 → T1.2, T1.1"]


def test_a_later_revision_is_compared_with_the_earlier_one() -> None:
    def revised(*periods: str) -> Partnership:
        made = [
            {"from": each, "expected": {"impact": {each: ["red"]}}, "board": "lscb", "on": DAY, "reason": "Late"}
            for each in periods
        ]
        return a_partnership(a_plan(an_action("T1.1", "police", revised=made)))

    (each,) = in_words(compared(revised(Q3), revised(Q3, Q4)))
    assert (each.change.kind, each.was, each.now) == (ChangeKind.REVISED, "red by Q3 2018/19", "red by Q4 2018/19")
    (each,) = in_words(compared(revised(Q3, Q4), revised(Q3)))
    assert (each.change.kind, each.now) == (ChangeKind.REVISED, None)


def test_an_agency_without_returns_is_recognised_by_its_own_file() -> None:
    def signing_with(agency: str, name: str) -> Partnership:
        agencies = {"police": Agency(name="Police", signs_with=agency), agency: Agency(name=name)}
        return Partnership(a_plan(), agencies)

    assert lines(signing_with("council", "Council"), signing_with("borough", "Council")) == [
        "agency: id: council → borough",
        "agency: id that it signs with: council → borough",
    ]
    other = lines(signing_with("council", "Council"), signing_with("borough", "The borough"))
    assert "partnership: agency council removed: “Council”" in other


def test_a_sign_off_says_whether_it_covers_the_plan() -> None:
    plan, reworded = a_plan(), a_plan(an_action("T1.1", "police", action="Do more"))
    signed = SignOff.model_validate({"board": "Its board", "on": DAY, "minute": "4", "signed": dict(digests(plan))})
    bare = a_partnership(plan)
    assert lines(bare, bare._replace(sign_offs={"police": signed})) == [
        "plan: sign-off added: board Its board, on 9 January 2019, minute “4”; it covers the plan as it is now"
    ]
    before = bare._replace(sign_offs={"police": signed})
    after = a_partnership(reworded)._replace(sign_offs={"police": signed})
    assert lines(before, after)[-1] == ("sign-off of 9 January 2019: no longer covers the plan: T1.1 has changed")
    assert lines(after, before)[-1] == "sign-off of 9 January 2019: covers the plan again"
    assert lines(bare, after)[-1].endswith("; it signed an earlier version of the plan: T1.1 has changed")


def test_a_moderated_rating_is_shown_with_the_standing_of_all_leads() -> None:
    cells = {("T1.1", "impact"): "amber"}
    moderated = {"moderated": {"T1.1": {"impact": MODERATION}}}
    before, after = returned(cells, records={Q3: {}}), returned(cells, records={Q3: moderated})
    found = changes(before, after)
    assert [(each.kind, each.standing_was, each.standing_now) for each in found] == [
        (ChangeKind.MODERATED, Standing.ON_TRACK, Standing.BEHIND)
    ]
    assert lines(before, after) == [
        (
            "T1.1 impact, Q3 2018/19: moderated rating added: red, reason “R”, board The LSCB, on 9 January 2019, "
            "minute “4” (on track → behind)"
        )
    ]


def in_name(agency: str, update: str = "Begun", rating: str = "red") -> Partnership:
    cell = {"rating": rating, "update": update}
    cells = {("T1.1", each): cell if each == "impact" else "red" for each in DIMENSIONS}
    closed = {"closed": {"on": DAY, "by": "W", "returns": {agency: {"digest": "sha256:x"}}}}
    plan = a_plan(an_action("T1.1", agency))
    return a_partnership(plan, {agency: [a_return(Q3, cells)]}, {Q2: closed})


def test_an_agency_with_a_new_id_is_compared_with_what_it_was() -> None:
    assert lines(in_name("police"), in_name("essex-police", update="Done")) == [
        "agency: id: police → essex-police",
        "plan: ids of lead agencies: police → essex-police",
        "Q2 2018/19: ids of agencies: police → essex-police [closed period]",
        "agency: name: “Police” → “Essex-Police”",
        "T1.1 impact, Q3 2018/19: update: “Begun” → “Done”",
    ]


def test_an_agency_whose_returns_differ_is_another_one() -> None:
    other = a_partnership(a_plan(an_action("T1.1", "fire")), {"fire": [a_return(Q3, {("T1.1", "impact"): "blue"})]})
    words = lines(in_name("police"), other)
    assert "partnership: agency fire added: “Fire”" in words
    assert "partnership: agency police removed: “Police”" in words


def test_text_is_cut_to_the_length_that_is_asked_for() -> None:
    before, after = (returned({("T1.1", "impact"): {"update": each}}) for each in ("x", "long " * 100))
    (line,) = lines(before, after, 20)
    assert line == "T1.1 impact, Q3 2018/19: update: “x” → “long long long long…”"


def test_only_what_differs_in_two_long_texts_is_shown() -> None:
    long = "Each agency signs this plan off at its own board, and returns a rating. " * 6
    before, after = (a_partnership(a_plan(governance=each)) for each in (long, long.replace("off", "away", 1)))
    assert lines(before, after) == [
        (
            "plan: governance: “Each agency signs this plan off at its own board, and returns a rating. …” → "
            "“Each agency signs this plan away at its own board, and returns a rating. …”"
        )
    ]


def test_an_approval_lapses_when_a_rating_that_it_covers_changes() -> None:
    def approved(rating: str) -> Partnership:
        values = return_values(Q3, {("T1.1", "impact"): rating})
        approval = {"board": "Its board", "on": "2019-01-09", "ratings": {"T1.1": {"impact": "red"}}}
        return a_partnership(a_plan(), {"police": [Return.model_validate({**values, "approved": approval})]})

    lapses = "approval of 9 January 2019, Q3 2018/19: no longer covers the return: T1.1 impact was red and is amber"
    assert lines(approved("red"), approved("amber"))[-1] == lapses
    assert lines(approved("amber"), approved("red"))[-1] == (
        "approval of 9 January 2019, Q3 2018/19: covers the return again"
    )
    assert [each for each in lines(approved("red"), approved("red")) if "approval" in each] == []
