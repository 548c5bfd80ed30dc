"""The geometry of the charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_plan.output.report.charts import line


def test_a_line_has_its_highest_value_on_top_and_its_lowest_below() -> None:
    drawn = line([10, 20, 30], 40, 0, 180, 40)
    assert [x for x, _ in drawn.points] == [0, 90, 180]
    assert [y for _, y in drawn.points] == [pytest.approx(30), pytest.approx(20), pytest.approx(10)]
    assert (drawn.target, drawn.baseline) == (0, 40)


def test_a_line_of_one_value_lies_in_the_middle() -> None:
    assert line([7.0, 7.0], None, None, 180, 40).points == ((0, 20), (180, 20))


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=9),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
)
def test_no_value_runs_out_of_its_box(values: list[float], target: float | None) -> None:
    drawn = line(values, target, None, 180, 40)
    assert all(-1e-6 <= y <= 40 + 1e-6 for _, y in drawn.points)
