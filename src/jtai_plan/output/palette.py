"""The colours of the ratings, which differ for every kind of colour vision and in greyscale."""

from collections.abc import Mapping
from typing import NamedTuple

from jtai_plan.model.plan import Rating
from jtai_plan.rules.colours import DARK, LIGHT, ink_on


class Paint(NamedTuple):
    """How a rating is painted: its ground, the ink on it, and a pattern for people who see no colour."""

    fill: str
    ink: str
    pattern: str
    """The pattern in a square of 8 by 8, as an SVG path; empty for a plain ground."""


PLAIN = Paint(LIGHT, DARK, "")
"""For no rating."""
PALETTE = {
    "blue": Paint("#003078", LIGHT, ""),
    "red": Paint("#c8102e", LIGHT, "M0 0L8 8M8 0L0 8"),
    "amber": Paint("#f5a623", DARK, "M0 8L8 0"),
    "grey": Paint("#eeefef", DARK, "M4 3V5"),
    "green": Paint("#00703c", LIGHT, "M4 0V8"),
}
"""By the name of a colour."""
_OTHER = "#d3d6d8"
"""The ground of a rating whose colour nobody named."""
_PATTERNS = ("M0 4H8", "M0 0L8 8", "M2 2H6V6H2Z", "M0 8L4 0L8 8", "M4 1V7M1 4H7")
"""For the ratings of a scale that have no named colour, in its order."""


def paint(scale: Mapping[str, Rating], rating: str | None) -> Paint:
    """How *rating* of *scale* is painted: in its `colour`, or the one that its id names, or grey with a pattern.

    No rating (None) is plain.
    """
    if rating is None:
        return PLAIN
    colour = scale[rating].colour or rating
    if colour in PALETTE:
        return PALETTE[colour]
    fill = colour if colour.startswith("#") else _OTHER
    return Paint(fill, ink_on(fill), _PATTERNS[list(scale).index(rating) % len(_PATTERNS)])


def palette(scale: Mapping[str, Rating]) -> dict[str, Paint]:
    """How each rating of *scale* is painted."""
    return {rating: paint(scale, rating) for rating in scale}
