"""The palette can be read, and its colours told apart, by eyes of every kind."""

from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from builders import a_plan
from jtai_plan.output.palette import PALETTE, PLAIN, palette

# The key of the published plan; green is for plans of other scales, which have no blue, or say it with the letter.
BRAG = ("blue", "red", "amber", "grey")
OTHER = {
    "late": {"label": "Late", "letter": "L", "rank": 1},
    "fair": {"label": "Fair", "letter": "F", "rank": 2},
    "own": {"label": "Own", "letter": "O", "rank": 3, "colour": "#5b2c6f"},
    "done": {"label": "Done", "letter": "D", "rank": 4, "colour": "blue"},
}


def channels(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels(colour)]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("rating", PALETTE)
def test_every_rating_can_be_read_on_its_ground(rating: str) -> None:
    assert contrast(PALETTE[rating].fill, PALETTE[rating].ink) >= 4.5


@pytest.mark.parametrize("kind", [None, "deuteranomaly", "protanomaly", "tritanomaly"])
def test_the_ratings_differ_for_every_kind_of_colour_vision(kind: str | None) -> None:
    def seen(rating: str) -> Any:
        colour = np.array(channels(PALETTE[rating].fill))
        if kind is None:
            return colour
        return np.clip(cspace_convert(colour, {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}, "sRGB1"), 0, 1)

    nearest = min(
        float(deltaE(seen(one), seen(other), input_space="sRGB1", uniform_space="CAM02-UCS"))
        for one, other in combinations(BRAG, 2)
    )
    assert nearest > 25


def test_the_ratings_differ_in_greyscale() -> None:
    lightness = sorted(float(cspace_convert(channels(PALETTE[each].fill), "sRGB1", "CIELab")[0]) for each in BRAG)
    assert min(after - before for before, after in pairwise(lightness)) > 18


def test_no_rating_of_any_scale_is_left_white() -> None:
    scale = a_plan(scale=OTHER).scale
    made = palette(scale)
    assert made["done"] == PALETTE["blue"]
    assert made["own"].fill == "#5b2c6f"
    assert all(each.fill != PLAIN.fill and contrast(each.fill, each.ink) >= 4.5 for each in made.values())
    assert len({each.pattern for each in made.values()}) == len(made)


def test_each_of_them_has_a_pattern_of_its_own() -> None:
    patterns = [paint.pattern for paint in PALETTE.values()]
    assert len(set(patterns)) == len(patterns)
