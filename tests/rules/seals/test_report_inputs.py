"""The inputs of a report: what changes their digest, and what comes later and does not."""

from collections.abc import Mapping
from typing import Any

import pytest

from builders import PROCESS_STEPS, Q1, Q2, Q3, Q4, a_partnership, a_plan, a_return, an_action, plan_values
from jtai_plan.model.agency import Agency, SignOff
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.noun import Noun
from jtai_plan.model.plan import Plan
from jtai_plan.rules.seals.report_inputs import as_of, inputs, is_input, part

BY_LSCB = {"board": "lscb", "on": "2018-10-20", "reason": "The post was empty"}
REVISED_LATER = [{"from": Q4, "expected": {"impact": {Q4: ["red"]}}, **BY_LSCB}]
WITHDRAWN_LATER = {"from": Q4, **BY_LSCB}
OLD_AND_NEW_LEAD = [{"agency": "police", "until": Q3}, {"agency": "health", "from": Q4}]


def of(noun: Noun, period: str | None = Q3, plan: Plan | None = None) -> str:
    return part(noun, b"", period, plan or (noun if isinstance(noun, Plan) else a_plan()))


def with_period(name: str, **values: Any) -> dict[str, Any]:
    """The plan's periods, with other *values* for that of this *name*."""
    periods: dict[str, Any] = plan_values()["periods"]
    return {"periods": {**periods, name: {**periods.get(name, {}), **values}}}


LATER = {
    "a revision": a_plan(an_action("T1.1", "police", revised=REVISED_LATER)),
    "a withdrawal": a_plan(an_action("T1.1", "police", withdrawn=WITHDRAWN_LATER)),
    "another lead": a_plan(an_action("T1.1", leads=OLD_AND_NEW_LEAD)),
    "the day a return is due": a_plan(**with_period(Q4, returns_due="2019-04-12")),
    "a new period": a_plan(
        **with_period("2019-20-Q2", label="Q2 2019/20", **{"from": "2019-07-01", "to": "2019-09-30"})
    ),
    "an answer": a_plan(answers={"undefined-rating": "The key of 2018 has it so"}),
}


@pytest.mark.parametrize("plan", LATER.values(), ids=LATER)
def test_what_holds_only_from_a_later_period_on_is_no_part_of_an_earlier_report(plan: Plan) -> None:
    assert of(plan, Q3) == of(a_plan(), Q3)


@pytest.mark.parametrize("name", ["a revision", "a withdrawal", "another lead"])
def test_it_is_part_of_the_report_of_the_period_from_which_on_it_holds(name: str) -> None:
    assert of(LATER[name], Q4) != of(a_plan(), Q4)


@pytest.mark.parametrize(
    ("period", "plan"),
    [
        (Q3, a_plan(an_action("T1.1", "police", action="Do T1.1 well"))),
        (Q3, a_plan(an_action("T1.1", "police", outcome_measure=["Fewer"]))),
        (Q3, a_plan(an_action("T1.1", "police", starts=Q4))),
        (Q3, a_plan(an_action("T1.1", leads=[{"agency": "police", "name": "A. Nother"}]))),
        (Q3, a_plan(an_action("T1.1", leads=[{"agency": "police"}, {"agency": "health", "until": Q2}]))),
        (Q3, a_plan(title="Another plan")),
        (Q3, a_plan(marking="OFFICIAL")),
        (Q3, a_plan(boards={})),
        (Q3, a_plan(**with_period(Q3, returns_due="2019-01-12"))),
        (Q2, a_plan(**with_period(Q4, label="the last quarter"))),
        (Q3, a_plan(expected={"process": {**PROCESS_STEPS, Q1: ["amber"]}})),
    ],
)
def test_what_a_report_shows_of_the_plan_is_part_of_it(period: str, plan: Plan) -> None:
    assert of(plan, period) != of(a_plan(), period)


def turned(values: Any) -> Any:
    """*values* with the keys of every mapping the other way round."""
    if isinstance(values, Mapping):
        return {key: turned(each) for key, each in reversed(list(values.items()))}
    return [turned(each) for each in values] if isinstance(values, list) else values


def test_the_order_of_keys_does_not_count_but_that_of_periods_dimensions_ratings_and_boards_does() -> None:
    values = plan_values(boards={"lscb": {"name": "The LSCB"}, "csp": {"name": "The CSP"}})
    ordered = ("periods", "dimensions", "scale", "boards")
    same = turned(values)
    for key in ordered:
        same[key] = dict(reversed(same[key].items()))
    assert of(Plan.model_validate(same)) == of(Plan.model_validate(values))
    for key in ("dimensions", "scale", "boards"):
        other = {**values, key: dict(reversed(values[key].items()))}
        assert of(Plan.model_validate(other)) != of(Plan.model_validate(values))


def test_a_return_counts_with_all_that_it_says_of_its_actions() -> None:
    before = of(a_return(Q3, {("T1.1", "impact"): "amber"}))
    assert of(a_return(Q3, {("T1.1", "impact"): "red"})) != before
    assert of(a_return(Q3, {("T1.1", "impact"): {"rating": "amber", "update": "Begun"}})) != before
    assert of(a_return(Q3, {("T1.1", "impact"): {"rating": "amber", "restricted": True}})) != before
    assert of(a_return(Q3, {("T1.1", "impact"): {"rating": "amber", "restricted": False}})) == before
    # A measure may be called as a key is that no report shows.
    assert of(a_return(Q3, {("T1.1", "impact"): {"rating": "amber", "measures": {"closed": 4}}})) != before


def test_who_approved_a_return_counts_and_what_answers_a_query_does_not() -> None:
    returned = a_return(Q3, {("T1.1", "impact"): "amber"})
    said = {"rating": "amber", "answers": {"rated-without-evidence": "It is new"}}
    values: dict[str, Any] = {"period": Q3, "actions": {"T1.1": {"impact": said}}}
    assert of(returned.model_validate(values)) == of(returned)
    approved = {"board": "Police Board", "on": "2019-01-08"}
    for more in ({"prepared": {"by": "A. Nother"}}, {"approved": approved}):
        assert of(returned.model_validate(values | more)) != of(returned)


def test_a_sign_off_counts_from_the_period_by_whose_end_it_was_given() -> None:
    signed = SignOff.model_validate({"board": "Police Board", "on": "2018-12-31", "signed": {"plan": "sha256:1"}})
    assert of(signed, Q2) == ""
    assert of(signed, Q3) != ""
    assert of(signed.model_copy(update={"minute": "4"}), Q3) != of(signed, Q3)


def test_closing_a_period_and_putting_its_report_before_a_board_leave_the_report_as_it_is() -> None:
    record = {"asks": [{"id": "a-1", "board": "lscb", "ask": "Find a room"}]}
    later = {
        **record,
        "presented": [{"board": "lscb", "on": "2019-01-20"}],
        "closed": {"on": "2019-01-12", "by": "A. Nother"},
    }
    assert of(BoardRecord.model_validate(later)) == of(BoardRecord.model_validate(record))
    moderated = {"T1.1": {"impact": {"rating": "red", "reason": "No evidence", "board": "lscb"}}}
    assert of(BoardRecord.model_validate({**record, "moderated": moderated})) != of(BoardRecord.model_validate(record))


def test_a_return_or_a_record_that_says_nothing_is_as_if_it_were_not_there() -> None:
    scaffolded = {"rating": None, "update": None, "measures": {"m-1": None}}
    assert of(a_return(Q3, {("T1.1", "impact"): scaffolded, ("T1.1", "process"): None})) == ""
    assert of(BoardRecord.model_validate({"presented": [{"board": "lscb", "on": "2019-01-20"}], "asks": None})) == ""
    assert inputs({"plan/plan.yaml": "sha256:1", "plan/board/q.yaml": ""}) == inputs({"plan/plan.yaml": "sha256:1"})


def test_an_agency_counts_with_its_measures_and_the_labels_of_the_periods_they_are_due_in() -> None:
    measure = {"id": "m-1", "action": "T1.1", "dimension": "impact", "description": "Referrals", "target": 5, "by": Q4}
    plain, measured = Agency(name="Police"), Agency.model_validate({"name": "Police", "measures": [measure]})
    assert of(measured) != of(plain)
    assert of(measured, Q3, a_plan(**with_period(Q4, label="the last quarter"))) != of(measured)
    assert of(measured, Q3, a_plan(**with_period(Q4, returns_due="2019-04-12"))) == of(measured)


def test_the_plan_as_agreed_shows_the_whole_plan_but_for_revisions_and_answers() -> None:
    def agreed(plan: Plan) -> str:
        return of(plan, None)

    same = ("a revision", "an answer")
    assert {name: agreed(plan) == agreed(a_plan()) for name, plan in LATER.items()} == {
        name: name in same for name in LATER
    }


def test_the_plan_as_agreed_shows_of_an_agency_its_name() -> None:
    police = Agency(name="Police")
    assert of(police.model_copy(update={"short_name": "Pol"}), None) == of(police, None)
    assert of(police.model_copy(update={"name": "The Police"}), None) != of(police, None)


@pytest.mark.parametrize(
    ("path", "of_the_report", "of_the_plan"),
    [
        ("plan/plan.yaml", True, True),
        ("plan/agencies/police/agency.yaml", True, True),
        ("plan/agencies/council/agency.yaml", True, False),
        (f"plan/agencies/police/returns/{Q2}.yaml", True, False),
        (f"plan/agencies/police/returns/{Q3}.yaml", True, False),
        (f"plan/agencies/police/returns/{Q4}.yaml", False, False),
        ("plan/agencies/police/returns/2031-32-Q1.yaml", False, False),
        (f"plan/agencies/police/returns/{Q3}.yml", False, False),
        (f"plan/agencies/police/returns/{Q3}", False, False),
        (f"plan/agencies/.police/returns/{Q3}.yaml", False, False),
        ("plan/agencies/police/sign-off.yaml", True, False),
        (f"plan/board/{Q3}.yaml", True, False),
        (f"plan/board/{Q4}.yaml", False, False),
        ("plan/README.md", False, False),
        ("templates/board-report.md.j2", False, False),
    ],
)
def test_which_files_are_inputs_of_a_report_and_of_the_plan_as_agreed(
    path: str, of_the_report: bool, of_the_plan: bool
) -> None:
    plan = a_plan()
    assert (is_input(path, Q3, plan), is_input(path, None, plan)) == (of_the_report, of_the_plan)


def test_of_a_file_that_cannot_be_read_its_bytes_count_whatever_its_line_ends() -> None:
    plan = a_plan()
    assert part(None, b"period: [\r\n", Q3, plan) == part(None, b"period: [\n", Q3, plan)
    assert part(None, b"period: [\n", Q3, plan) != part(None, b"period: {\n", Q3, plan)


def test_inputs_are_the_same_in_whatever_order_their_files_are_named() -> None:
    parts = {"plan/plan.yaml": "sha256:1", "plan/board/q.yaml": "sha256:2"}
    assert inputs(parts) == inputs(dict(reversed(parts.items())))
    assert inputs(parts) != inputs({"plan/plan.yaml": "sha256:2", "plan/board/q.yaml": "sha256:1"})
    assert len(inputs(parts)) == len("sha256:") + 64


def test_a_report_is_made_from_what_holds_by_its_period() -> None:
    plan = a_plan(
        an_action("T1.1", leads=OLD_AND_NEW_LEAD, revised=REVISED_LATER, withdrawn=WITHDRAWN_LATER),
        an_action("T1.2", "council"),
        an_action("T1.3", "health"),
    )
    returns = {"police": [a_return(period, {("T1.1", "impact"): "red"}) for period in (Q3, Q4)]}
    whole = a_partnership(plan, returns, {Q3: {}, Q4: {}})
    held = as_of(whole, Q3)
    assert held.plan.actions["T1.1"] == a_plan(an_action("T1.1", "police")).actions["T1.1"]
    assert list(held.agencies) == ["police", "council", "health"]
    assert list(whole.agencies) == ["police", "health", "council"]
    assert list(held.returns) == [("police", Q3)]
    assert list(held.board_records) == [Q3]
    assert as_of(whole, Q4).plan.actions["T1.1"] != held.plan.actions["T1.1"]


def test_a_milestone_is_done_from_the_day_on_which_it_was() -> None:
    step = {"by": "2018-12-01", "what": "Agree it"}
    undone, done = (
        a_plan(an_action("T1.1", "police", milestones=[each])) for each in (step, {**step, "done": "2019-01-09"})
    )
    assert of(done, Q3) == of(undone, Q3)
    assert of(done, Q4) != of(undone, Q4)
    assert as_of(a_partnership(done), Q3).plan.actions["T1.1"].milestones[0].done is None


def test_a_plan_in_which_nothing_comes_later_is_left_alone() -> None:
    plan = a_plan()
    assert as_of(a_partnership(plan), Q2).plan is plan


def test_a_plan_that_names_a_period_which_it_does_not_have_has_a_digest_too() -> None:
    lost = {"from": "2031-32-Q1", **BY_LSCB}
    leads = [{"agency": "police", "until": "2031-32-Q1"}, {"agency": "health", "from": "2031-32-Q1"}]
    revised = [{"expected": {"impact": {"2031-32-Q1": ["red"]}}, **lost}]
    assert of(a_plan(an_action("T1.1", leads=leads, withdrawn=lost, revised=revised))) == of(a_plan())
