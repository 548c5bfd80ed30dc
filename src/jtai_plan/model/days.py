"""Days as people write them."""

import re
from datetime import date, datetime

_FORMS = (
    *("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"),
    *("%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y", "%B %d %Y", "%b %d %Y"),
)
_WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?\s+", re.IGNORECASE)
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
"""No day of a plan is before or after these: 1022 and 2999 are slips of the finger."""
EXAMPLES = "2018-12-31, 31/12/2018 or 31 December 2018"


def day_of(words: str) -> date | None:
    """The day that "2018-12-31", "31/12/2018" or "Mon 31st December 2018" names; None if it names none of this age."""
    plain = _WEEKDAY.sub("", " ".join(words.split()).replace(",", ""))
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\bsept\b", "Sep", re.sub(r"(?<=[A-Za-z])\.", "", plain), flags=re.IGNORECASE)
    for form in _FORMS:
        try:
            day = datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
        return day if FIRST <= day <= LAST else None
    return None
