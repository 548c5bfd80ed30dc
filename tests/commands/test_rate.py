"""`jtai rate` and `jtai open`: what they say, and what they refuse."""

from datetime import date
from pathlib import Path

import pytest

from builders import Q2, Q3, Q4, Jtai, an_action, plan_values, return_values, written
from jtai_plan.files.load import load

RETURN = f"plan/agencies/police/returns/{Q3}.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    actions = (
        an_action("T2.1", "police"),
        an_action("T2.2", "police", "health"),
        an_action("T2.3", "police", starts=Q3),
    )
    return written(tmp_path, plan_values(*actions), {("police", Q3): return_values(Q3, {("T2.1", "impact"): "red"})})


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("T2.1 impact amber", "T2.1 impact, {} Police: red → amber; amber was expected: on track"),
        ("t2.1 IMPACT B", "T2.1 impact, {} Police: red → blue; amber was expected: ahead"),
        (
            "2.1 process Grey",
            "T2.1 process/activity, {} Police: no return → grey; amber or blue was expected: unranked",
        ),
        ("2.2 impact red --agency health", "T2.2 impact, {} Health: no return → red; amber was expected: behind"),
        ("2.1 impact red --update Again", "T2.1 impact, {} Police: red; amber was expected: behind"),
        ("2.1 impact red", "T2.1 impact, {} Police: red already. Nothing was changed."),
    ],
)
def test_it_says_what_it_did_in_one_line(plan: Path, jtai: Jtai, call: str, said: str) -> None:
    ran = jtai("rate", *call.split(), "-q", "q3 2018/19")
    assert (ran.status, ran.out, ran.err) == (0, said.format("Q3 2018/19,") + "\n", "")


def test_an_action_that_has_not_started_is_not_due(plan: Path, jtai: Jtai) -> None:
    assert jtai("open", Q2).status == 0
    assert jtai("rate", "T2.3", "impact", "red", "-q", Q2).out == (
        "T2.3 impact, Q2 2018/19, Police: no return → red; nothing is expected yet: not due\n"
    )


def test_a_period_that_was_never_opened_is_not_taken_while_another_is_open(plan: Path, jtai: Jtai) -> None:
    never = (
        "jtai: Q4 2018/19 was never opened; Q3 2018/19 is. If you mean it, open it first: jtai open 2018-19-Q4. "
        "Nothing was written.\n"
    )
    assert jtai("rate", "T2.1", "impact", "red", "-q", Q4).err == never
    assert jtai("rate", "--agency", "police", "-q", Q4).status == 2
    for period in (Q2, Q3):
        assert jtai("close", period, "--by", "Kit Example", "--with-missing").status == 0
    assert jtai("rate", "T2.1", "impact", "red", "-q", Q4).status == 0


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (("--evidence", "An audit | | 2999-01-01"), "'2999-01-01' is not a date."),
        (("--evidence", "A | | 2150-01-01"), "--evidence cannot be dated 1 January 2150: that day is still to come."),
        (("--recovery", "A | 2018-09-30"), "--recovery cannot be by 30 September 2018: Q3 2018/19 began on"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused(plan: Path, jtai: Jtai, option: tuple[str, str], sentence: str) -> None:
    ran = jtai("rate", "T2.1", "impact", "red", "-q", Q3, *option)
    assert ran.status == 2
    assert sentence in ran.err
    assert jtai("rate", "T2.1", "impact", "red", "-q", Q3, "--recovery", "A plan | 2018-10-01").status == 0


@pytest.mark.parametrize("asked", ["green", "gren", "G reen"])
def test_a_rating_that_is_not_there_is_not_taken_for_the_one_spelt_like_it(plan: Path, jtai: Jtai, asked: str) -> None:
    ran = jtai("rate", "T2.1", "impact", asked, "-q", Q3)
    assert ran.err == f"jtai: there is no rating '{asked}' in the plan. There is red, amber, blue and grey.\n"


def test_without_a_quarter_it_takes_the_first_that_is_not_closed(plan: Path, jtai: Jtai) -> None:
    (plan / RETURN).unlink()
    ran = jtai("rate", "T2.1", "impact", "red")
    assert ran.err == "Rating Q2 2018/19, the first period that is not closed.\n"
    assert ran.out.startswith("T2.1 impact, Q2 2018/19, Police:")


def test_everything_that_is_said_is_recorded_in_the_cell_alone(plan: Path, jtai: Jtai) -> None:
    options = (
        "--update",
        "Begun.\nSecond line.",
        "--recovery",
        "Recruit | 2019-01-31",
        "--evidence",
        "Audit | Share | 2018-12-01",
    )
    jtai("rate", "T2.1", "impact", "amber", "-q", Q3, *options)
    assert (
        (plan / RETURN).read_text()
        == """\
period: 2018-19-Q3
actions:
  T2.1:
    impact:
      rating: amber
      update: |-
        Begun.
        Second line.
      recovery:
        plan: Recruit
        by: 2019-01-31
      evidence:
        - what: Audit
          where: Share
          dated: 2018-12-01
"""
    )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("T9 impact red", "there is no action 'T9' in the plan. There is T2.1, T2.2 and T2.3."),
        ("T2.1 impct red", "there is no dimension 'impct' in the plan. Did you mean 'impact'?"),
        ("T2.1 impact ambr", "there is no rating 'ambr' in the plan. There is red, amber, blue and grey."),
        ("T2.1 impact red --agency helth", "there is no agency 'helth' in the plan. Did you mean 'health'?"),
        (
            "T2.1 impact red --agency health",
            "health does not lead T2.1 in Q3 2018/19: police does. Nothing was written.",
        ),
        ("T2.2 impact red", "T2.2 is led by police and health in Q3 2018/19. Say who rates it: --agency police."),
        (
            "T2.1 impact red --recovery a|b|c",
            "--recovery 'a|b|c' is not of the form 'plan | date'. Nothing was written.",
        ),
        (
            "T2.1 impact red --recovery a|soon",
            "--recovery: 'soon' is not a date. Write it as 2018-12-31, 31/12/2018 or 31 December 2018. {}",
        ),
        (
            "T2.1 impact red --evidence |x",
            "--evidence '|x' is not of the form 'what | where | date'. {}",
        ),
    ],
)
def test_a_wrong_call_gets_one_sentence_and_changes_nothing(plan: Path, jtai: Jtai, call: str, sentence: str) -> None:
    before = (plan / RETURN).read_bytes()
    ran = jtai("rate", *call.split(), "-q", Q3)
    assert (ran.status, ran.out, ran.err) == (2, "", f"jtai: {sentence.format('Nothing was written.')}\n")
    assert (plan / RETURN).read_bytes() == before


def test_a_return_with_a_fault_is_not_written_to(plan: Path, jtai: Jtai) -> None:
    (plan / RETURN).write_text("period: 2018-19-Q3\nactons: {}\n")
    ran = jtai("rate", "T2.1", "impact", "red", "-q", Q3)
    assert (ran.status, ran.err) == (
        1,
        f"jtai: {RETURN}:2:1: 'actons' is not a key that belongs here. Did you mean 'actions'?\nNothing was written.\n",
    )


def test_a_fault_in_another_agencys_file_stops_nobody(plan: Path, jtai: Jtai) -> None:
    (plan / "plan/agencies/health/agency.yaml").write_text("nam: Health\n")
    assert jtai("rate", "T2.1", "impact", "amber", "-q", Q3).status == 0


def test_open_makes_a_return_for_every_agency_and_leaves_those_that_exist(plan: Path, jtai: Jtai) -> None:
    ran = jtai("open", "Q3 2018/19")
    assert (
        ran.out
        == f"""\
{RETURN}: already there, not changed
plan/agencies/health/returns/2018-19-Q3.yaml: new
plan/board/2018-19-Q3.yaml: new
Q3 2018/19: 1 return opened.
"""
    )
    assert jtai("open", "Q3 2018/19").out.endswith("Q3 2018/19: 0 returns opened.\n")
    assert jtai("check", "-q", Q3).status == 0


MEASURED = {
    "name": "Police",
    "measures": [
        {"id": "referrals", "action": "T2.1", "dimension": "impact", "description": "Referrals"},
        {"id": "audits", "action": "T2.1", "dimension": "impact", "description": "Audits"},
    ],
}


def test_values_of_measures_are_recorded_with_the_rating(tmp_path: Path, jtai: Jtai) -> None:
    root = written(tmp_path, plan_values(an_action("T2.1", "police")), agencies={"police": MEASURED})
    call = ("rate", "T2.1", "impact", "red", "-q", Q3)
    assert jtai(*call, "--measure", "audits=4.5", "--measure", "referrals = 61").status == 0
    assert """\
      rating: red
      update:
      measures:
        referrals: 61
        audits: 4.5
""" in (root / RETURN).read_text()
    assert jtai(*call, "--measure", "referrals=61").out.endswith("Nothing was changed.\n")
    assert jtai("check", "-q", Q3).status == 0


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        (
            "referals=4",
            "there is no measure of police for T2.1 impact 'referals' in the plan. Did you mean 'referrals'?",
        ),
        ("referrals=many", "--measure 'referrals=many' is not of the form 'id=number'. Nothing was written."),
        ("referrals", "--measure 'referrals' is not of the form 'id=number'. Nothing was written."),
        ("referrals=nan", "--measure 'referrals=nan' is not of the form 'id=number'. Nothing was written."),
    ],
)
def test_a_value_that_cannot_be_recorded_gets_one_sentence(
    tmp_path: Path, jtai: Jtai, measure: str, sentence: str
) -> None:
    root = written(tmp_path, plan_values(an_action("T2.1", "police")), agencies={"police": MEASURED})
    ran = jtai("rate", "T2.1", "impact", "red", "-q", Q3, "--measure", measure)
    assert (ran.status, ran.err) == (2, f"jtai: {sentence}\n")
    assert not (root / RETURN).exists()


def test_a_rating_that_the_scale_does_not_have_is_replaced(plan: Path, jtai: Jtai) -> None:
    file = plan / RETURN
    file.write_text(file.read_text().replace("red", "purple"))
    ran = jtai("rate", "T2.1", "impact", "amber", "-q", Q3)
    assert (ran.status, ran.out) == (
        0,
        "T2.1 impact, Q3 2018/19, Police: 'purple' → amber; amber was expected: on track\n",
    )


def test_who_makes_a_change_is_named_only_for_an_amendment(plan: Path, jtai: Jtai) -> None:
    before = (plan / RETURN).read_bytes()
    ran = jtai("rate", "T2.1", "impact", "amber", "-q", Q3, "--by", "Inspector")
    assert (ran.status, ran.err) == (2, "jtai: --by needs --amend, --restrict or --sure. Nothing was written.\n")
    assert (plan / RETURN).read_bytes() == before


def test_no_period_is_chosen_while_a_boards_record_cannot_be_trusted(plan: Path, jtai: Jtai) -> None:
    record = plan / f"plan/board/{Q2}.yaml"
    record.parent.mkdir()
    record.write_text("closed: {on: 2018-10-20, by: Me, returns: {}}\nmoderated: {T9.9: {}}\n")
    ran = jtai("rate", "T2.1", "impact", "amber")
    assert ran.status == 1
    assert "there is no action 'T9.9'" in ran.err
    assert ran.err.endswith("Nobody can tell which periods are closed. Name one: --quarter.\n")


def test_without_a_quarter_it_takes_the_latest_that_is_open(plan: Path, jtai: Jtai) -> None:
    jtai("open", Q2)
    # Nobody opened Q3 with `jtai open`, but it has a return.
    assert jtai("rate", "T2.1", "impact", "red").err == "Rating Q3 2018/19, the latest period that is open.\n"


def test_a_new_recovery_plan_does_not_keep_the_day_of_the_old_one(plan: Path, jtai: Jtai) -> None:
    jtai("rate", "T2.1", "impact", "red", "-q", Q3, "--recovery", "Recruit | 2019-01-31")
    jtai("rate", "T2.1", "impact", "red", "-q", Q3, "--recovery", "Ask the board")
    assert "recovery:\n        plan: Ask the board\n        by:\n" in (plan / RETURN).read_text()


def test_an_update_or_evidence_alone_is_saved_and_the_rating_stays(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, {("T1.1", "impact"): "red"})})
    at = ("rate", "T1.1", "impact", "--agency", "police", "-q", Q2)
    assert jtai(*at, "--update", "Begun").out == "T1.1 impact, Q2 2018/19, Police: update saved.\n"
    assert jtai(*at, "--update", "Begun").out == "T1.1 impact, Q2 2018/19, Police: update already there.\n"
    evidence = jtai(*at, "--evidence", "An audit | | 14 September 2018").out
    assert evidence == "T1.1 impact, Q2 2018/19, Police: evidence saved.\n"
    cell = load(tmp_path).trusted().cell("police", "T1.1", "impact", Q2)
    assert (cell.rating, cell.update, cell.evidence[0].dated) == ("red", "Begun", date(2018, 9, 14))
    assert jtai(*at, "--update", " ").err == (
        "jtai: --update is empty. Leave it out to keep what is there. Nothing was written.\n"
    )


def test_a_rating_can_be_taken_back(tmp_path: Path, jtai: Jtai) -> None:
    cell = {"rating": "red", "update": "Begun"}
    written(tmp_path, plan_values(), {("police", Q2): return_values(Q2, {("T1.1", "impact"): cell})})
    at = ("rate", "T1.1", "impact", "--agency", "police", "-q", Q2)
    assert jtai(*at, "--clear", "--update", "x").err == (
        "jtai: --clear takes the rating back, and says nothing else. Nothing was written.\n"
    )
    assert jtai(*at, "--clear").out == "T1.1 impact, Q2 2018/19, Police: red → no return\n"
    assert load(tmp_path).trusted().cell("police", "T1.1", "impact", Q2).rating is None
    assert load(tmp_path).trusted().cell("police", "T1.1", "impact", Q2).update == "Begun"


def test_no_agency_has_a_name_by_which_another_is_called(tmp_path: Path, jtai: Jtai) -> None:
    agencies = {"council": {"name": "Council", "short_name": "police"}, "police": {"name": "The Police"}}
    written(tmp_path, plan_values(an_action("T1.1", "council", "police")), agencies=agencies)
    ran = jtai("check", "-q", Q2)
    assert ran.status == 1
    assert (
        "  plan/agencies/council/agency.yaml:2:13: 'police' is what police is called too. Give it another name.\n"
        in ran.out
    )
