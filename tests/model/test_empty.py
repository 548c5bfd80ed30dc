"""A key with nothing after it says nothing, and nobody who reads the model needs to ask whether it was there."""

import pytest

from builders import Q2, a_return
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.returns import Cell, Return


def test_a_list_or_mapping_that_is_left_empty_is_read_as_empty() -> None:
    left_empty = BoardRecord.model_validate(dict.fromkeys(("moderated", "asks", "decisions", "presented", "closed")))
    assert left_empty == BoardRecord()
    assert (left_empty.moderated, left_empty.asks, left_empty.amendments) == ({}, (), ())
    assert Cell.model_validate({"evidence": None, "measures": None, "answers": None}) == Cell()
    assert Return.model_validate({"period": Q2, "actions": None}).actions == {}


def test_the_cells_of_a_return_leave_out_what_is_empty() -> None:
    returned = Return.model_validate(
        {"period": Q2, "actions": {"T1.1": None, "T1.2": {"impact": None, "process": {"rating": "red"}}}}
    )
    assert list(returned.cells()) == [("T1.2", "process", Cell(rating="red"))]
    assert returned.says_something
    assert not a_return(Q2, {("T1.1", "impact"): None}).says_something


@pytest.mark.parametrize("wrong", ["text", 1, False])
def test_anything_else_in_place_of_a_list_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="tuple"):
        Cell.model_validate({"evidence": wrong})
