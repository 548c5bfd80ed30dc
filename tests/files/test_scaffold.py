"""A new return: whole, in the plan's order, and never more than the plan's own words."""

from pathlib import Path

from ruamel.yaml import YAML

from builders import Q2, Q3, Jtai, a_plan, an_action, plan_values, written
from jtai_plan.files.scaffold import scaffold
from jtai_plan.model.agency import Agency


def test_the_whole_of_a_new_return(tmp_path: Path, jtai: Jtai) -> None:
    plan = plan_values(
        an_action("T1.1", "police", action="Review what is known of children who are reported missing " * 2),
        an_action("T1.2", "health"),
        an_action("T1.3", leads=[{"agency": "police", "from": Q3}, {"agency": "health", "until": Q2}]),
    )
    police = {"name": "The Police", "actions": [{"id": "p-1", "action": "Own work", "contributes_to": ["T1.1"]}]}
    root = written(tmp_path, plan, agencies={"police": police})
    file = root / "plan/plan.yaml"
    file.write_text("# yaml-language-server: $schema=../schemas/plan.schema.json\n" + file.read_text())
    assert jtai("open", Q2).status == 0
    assert (
        (root / f"plan/agencies/police/returns/{Q2}.yaml").read_text()
        == """\
# yaml-language-server: $schema=../../../../schemas/return.schema.json
# The Police: return for Q2 2018/19.
# A rating is one of red, amber, blue, grey. A rating left empty is no return.
# A cell may also say: recovery: {plan: .., by: date} and evidence: [{what: .., where: .., dated: date}].
period: 2018-19-Q2
prepared:
  by:
  on:
approved:
  board:
  on:
  minute:
actions:

  # T1.1 Review what is known of children who are reported missing Review what is known of children
  # who are reported missing
  T1.1:
    process:
      rating:
      update:
    impact:
      rating:
      update:
    performance:
      rating:
      update:

  # p-1 Own work
  p-1:
    process:
      rating:
      update:
    impact:
      rating:
      update:
    performance:
      rating:
      update:
"""
    )
    assert jtai("check").status == 0


def test_the_plans_words_never_leave_their_comment() -> None:
    breaks = "one\ntwo: {rating: blue}\nthree\u2028four: x\u2029five: y"
    plan = a_plan(an_action("T1.1", "police", action=breaks))
    text = scaffold(plan, "police", Agency(name="one: {two"), Q2)
    assert YAML(typ="safe", pure=True).load(text) == {
        "period": Q2,
        "prepared": {"by": None, "on": None},
        "approved": {"board": None, "on": None, "minute": None},
        "actions": {"T1.1": {each: {"rating": None, "update": None} for each in plan.dimensions}},
    }


def test_ids_that_yaml_would_read_as_something_else_are_quoted() -> None:
    plan = a_plan(an_action("null", "police"), an_action("true", "police"))
    loaded = YAML(typ="safe", pure=True).load(scaffold(plan, "police", Agency(name="P"), Q2))
    assert list(loaded["actions"]) == ["null", "true"]
