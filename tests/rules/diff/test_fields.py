"""Lists without names for what is in them are compared by what that is."""

from typing import Any

import pytest

from jtai_plan.model.returns import Cell, Evidence
from jtai_plan.rules.diff.fields import Difference, differences, field_of


def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Where each comparison of two pieces of evidence leaves a one."""
    compared: list[int] = []
    equal = Evidence.__eq__

    def counted(self: Evidence, other: Any) -> bool:
        compared.append(1)
        return equal(self, other)

    monkeypatch.setattr(Evidence, "__eq__", counted)
    return compared


def evidence(*names: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(what=name) for name in names)


def test_each_takes_away_one_that_is_the_same() -> None:
    assert list(differences(evidence("a", "a", "b"), evidence("b", "a"))) == [Difference((), evidence("a")[0], None)]
    assert list(differences(("a", "b"), ("b", "a"))) == [Difference(("order",), ("a", "b"), ("b", "a"))]


def test_what_is_not_of_one_kind_is_not_the_same() -> None:
    assert len(list(differences((Evidence(what="a"),), (Cell(),)))) == 1
    cells = (Cell(measures={"m": 1, "n": 2}), Cell()), (Cell(measures={"n": 2, "m": 1.0}), Cell(rating="red"))
    assert list(differences(*cells)) == [Difference((), Cell(), Cell(rating="red"))]


def test_long_lists_that_have_nothing_in_common_are_not_compared_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = counting(monkeypatch)
    was, now = (evidence(*(f"{side} {number}" for number in range(1_000))) for side in ("was", "now"))
    assert len(list(differences(was, now))) == 1_000
    assert len(compared) < 10_000


def test_a_key_that_the_table_does_not_know_is_named_by_itself() -> None:
    for within in ("plan", "action", "agency", "return", "board"):
        field, about = field_of(within, ("something_new", "within"))
        assert (field.name, dict(about)) == ("{keys}", {"rest": ("something_new", "within")})


def test_below_an_item_the_item_is_the_subject() -> None:
    assert field_of("plan", ("boards", "lscb"))[0][1:] == ("plan", "board {id}")
    assert field_of("plan", ("boards", "lscb", "name"))[0][1:] == ("board {id}", "{rest}")
    assert field_of("plan", ("boards",))[0][1:] == ("plan", "board {id}")
