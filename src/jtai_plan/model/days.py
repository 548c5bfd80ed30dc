"""Days as people write them."""

import re
from datetime import date, datetime

_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
"""No day of a plan is before or after these: 1022 and 2999 are slips of the finger."""
EXAMPLES = "2018-12-31, 31/12/2018 or 31 December 2018"


def day_of(words: str) -> date | None:
    """The day that "2018-12-31", "31/12/2018" or "31 December 2018" names; None if it names none of this age."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(words.split()).replace(",", ""), flags=re.IGNORECASE)
    for form in _FORMS:
        try:
            day = datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
        return day if FIRST <= day <= LAST else None
    return None
