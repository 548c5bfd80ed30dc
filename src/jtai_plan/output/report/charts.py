"""The geometry of the charts, in numbers; the templates draw them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


def shares(counts: Sequence[int], width: float, least: float) -> tuple[float, ...]:
    """*width* divided in proportion to *counts*, no part narrower than *least*, so that its label fits.

    Narrow parts are widened at the cost of the others. Counts are above zero, and all parts fit at their least width.
    """
    narrow: set[int] = set()
    while True:
        rest = sum(count for place, count in enumerate(counts) if place not in narrow)
        room = width - least * len(narrow)
        widths = tuple(least if place in narrow else room * count / rest for place, count in enumerate(counts))
        slim = {place for place, each in enumerate(widths) if each < least and place not in narrow}
        if not slim:
            return widths
        narrow |= slim


def spans(counts: Sequence[int], left: float, width: float, least: float) -> Iterator[tuple[float, float]]:
    """The left edge and the width of each of the `shares`, the first beginning at *left*."""
    for each in shares(counts, width, least):
        yield left, each
        left += each


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
