"""`jtai explain`: the catalogue of rules in the terminal."""

from builders import Jtai
from jtai_plan.rules.checks.catalogue.every import RULES


def test_a_rule_is_explained_with_its_reason_what_to_do_and_an_example(jtai: Jtai) -> None:
    ran = jtai("explain", "UNSIGNED")
    assert (ran.status, ran.err) == (0, "")
    assert (
        ran.out
        == """\
unsigned (missing)
  An agency's governance board has not signed off the plan.

Why
  Southend's plan: “Each agency is responsible for obtaining sign off of this plan at their governance board.”

What to do
  After the board has agreed: jtai sign-off AGENCY --board BOARD --on DATE --minute MINUTE. If another department's \
sign-off covers this one, name it under 'signs_with'.

Example
  the plan is not signed off by Health
"""
    )


def test_without_a_rule_all_are_listed_the_gravest_first(jtai: Jtai) -> None:
    told = jtai("explain").out
    places = [told.index(f"\n  {name} ") for name in RULES]
    assert places == sorted(places)
    headings = [line.partition(":")[0] for line in told.splitlines() if line and not line.startswith(" ")]
    assert headings[:4] == ["Errors", "Behind", "Missing", "Queries"]


def test_an_unknown_rule_is_refused_with_the_nearest_name(jtai: Jtai) -> None:
    ran = jtai("explain", "no-retrun")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "jtai: there is no rule 'no-retrun'. Did you mean 'no-return'?\n"


def test_a_rule_that_is_like_no_other_is_refused_with_the_way_to_list_them(jtai: Jtai) -> None:
    assert jtai("explain", "xyz").err == "jtai: there is no rule 'xyz'. To list the rules: jtai explain.\n"
