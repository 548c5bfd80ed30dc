"""The colours of the ratings, which differ for every kind of colour vision and in greyscale."""

from typing import NamedTuple


class Paint(NamedTuple):
    """How a rating is painted: its ground, the ink on it, and a pattern for people who see no colour."""

    fill: str
    ink: str
    pattern: str
    """The pattern in a square of 8 by 8, as an SVG path; empty for a plain ground."""


INK = "#0b0c0c"
PLAIN = Paint("#ffffff", INK, "")
"""For no rating, or a rating of another scale."""
PALETTE = {
    "blue": Paint("#003078", "#ffffff", ""),
    "red": Paint("#c8102e", "#ffffff", "M0 0L8 8M8 0L0 8"),
    "amber": Paint("#f5a623", INK, "M0 8L8 0"),
    "grey": Paint("#eeefef", INK, "M4 3V5"),
    "green": Paint("#00703c", "#ffffff", "M4 0V8"),
}
"""By the id of a rating."""


def paint(rating: str | None) -> Paint:
    """How *rating* is painted (None: no rating)."""
    return PALETTE.get(rating or "", PLAIN)
