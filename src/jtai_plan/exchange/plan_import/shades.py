"""The colours with which people shade the cells of a plan to rate an action."""

import re
from colorsys import rgb_to_hsv

_HUES = ((20, "red"), (70, "amber"), (170, "green"), (260, "blue"), (340, ""), (360, "red"))
"""The names of the hues up to each number of degrees. Yellow is what many plans have for amber."""
_PALEST = {"red": 0.15, "amber": 0.15, "green": 0.15, "blue": 0.3}
"""The least saturation: below it a colour is no more than a tint. Many tables tint their rows in pale blue."""
_DARKEST = 0.25
SHADED = re.compile(r"\s*\[shaded (\w+)\]$")
"""How the words of a cell end that is shaded."""


def shade_of(fill: str | None) -> str:
    """The name of the colour *fill*, six hexadecimal digits: red, amber, green or blue; empty if it is none of them."""
    if not fill or not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return ""
    hue, saturation, value = rgb_to_hsv(*(int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    name = next(name for degrees, name in _HUES if hue * 360 <= degrees)
    return name if name and saturation >= _PALEST[name] and value >= _DARKEST else ""
