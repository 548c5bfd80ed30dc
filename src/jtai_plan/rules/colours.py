"""The colours that a plan may give to its ratings: named ones, and any on which words can be read."""

NAMED = ("blue", "red", "amber", "grey", "green")
"""The colours of the palette, by their names."""
LIGHT, DARK = "#ffffff", "#0b0c0c"
"""The inks that words are printed in on a colour."""
CONTRAST = 4.5
"""The least contrast of words with their ground (WCAG 2.2, success criterion 1.4.3)."""


def fault_of_colour(colour: str | None) -> str | None:
    """What is wrong with the *colour* of a rating; None if it can be painted."""
    if colour is None or colour in NAMED:
        return None
    if not colour.startswith("#"):
        return f"there is no colour '{colour}'"
    if max(contrast(colour, ink) for ink in (LIGHT, DARK)) < CONTRAST:
        return f"neither white nor black words can be read on {colour}"
    return None


def ink_on(colour: str) -> str:
    """The ink that is read best on *colour*."""
    return max((LIGHT, DARK), key=lambda ink: contrast(colour, ink))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as "#00703c", from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
