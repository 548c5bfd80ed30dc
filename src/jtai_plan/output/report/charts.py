"""The geometry of the charts, in numbers; the templates draw them."""

from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """A line through the values of a measure, in a box of a width and height, the origin at the top left."""

    points: tuple[tuple[float, float], ...]
    target: float | None
    """The height of the target."""
    baseline: float | None
    """The height of the baseline."""


def line(values: Sequence[float], target: float | None, baseline: float | None, width: float, height: float) -> Line:
    """*values* from left to right, all of them and the *target* and *baseline* within the box."""
    known = [*values, *(each for each in (target, baseline) if each is not None)]
    low, high = min(known, default=0.0), max(known, default=0.0)

    def above(value: float) -> float:
        # If all are the same, the line runs through the middle. Halving keeps huge numbers from overflowing.
        return height / 2 if high == low else height * ((high / 2 - value / 2) / (high / 2 - low / 2))

    step = width / (len(values) - 1) if len(values) > 1 else 0.0
    return Line(
        tuple((place * step, above(value)) for place, value in enumerate(values)),
        above(target) if target is not None else None,
        above(baseline) if baseline is not None else None,
    )
