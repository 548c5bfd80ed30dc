"""The geometry of the charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_plan.output.report.charts import line, shares, spans


def test_a_bar_is_cut_in_proportion() -> None:
    assert shares([1, 3], 100, 10) == (25, 75)


def test_a_slim_part_is_widened_at_the_cost_of_the_others() -> None:
    assert shares([1, 99, 100], 100, 20) == pytest.approx((20, 80 * 99 / 199, 80 * 100 / 199))


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=8))
def test_every_part_has_room_for_its_label_and_all_fill_the_bar(counts: list[int]) -> None:
    widths = shares(counts, 350, 36)
    assert min(widths) >= 36 - 1e-9
    assert sum(widths) == pytest.approx(350)


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


def test_spans_lie_side_by_side_from_the_left() -> None:
    placed = list(spans((1, 1, 2), 100.0, 40.0, 0.0))
    assert placed == [(100.0, 10.0), (110.0, 10.0), (120.0, 20.0)]
