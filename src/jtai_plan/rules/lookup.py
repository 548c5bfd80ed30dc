"""Find what people name: they write "2.2", "Q3 2018/19" and "Amber" in any case."""

import re
from collections.abc import Iterable, Mapping

from jtai_plan.errors import UnknownName

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def action_named(asked: str, actions: Iterable[str]) -> str:
    """The one of *actions* that "T2.2", "t2.2" or "2.2" names. Raises UnknownName if none or more than one fits."""
    known, wanted = list(actions), asked.strip().casefold()
    exact = [name for name in known if name.casefold() == wanted]
    found = exact or [name for name in known if name.lstrip(_LETTERS).casefold() == wanted]
    if len(found) != 1:
        raise UnknownName("action", asked, known)
    return found[0]


def period_named(asked: str, labels: Mapping[str, str]) -> str:
    """The period, by its id or its label, that "2018-19-Q3", "2018/19 Q3" or "Q3 2018/19" names. Raises UnknownName."""
    if asked in labels:
        return asked
    wanted = _parts(asked)
    found = [name for name, label in labels.items() if wanted in (_parts(name), _parts(label))]
    if len(found) != 1:
        raise UnknownName("period", asked, labels)
    return found[0]


def named(kind: str, asked: str, names: Mapping[str, Iterable[str]]) -> str:
    """The id for which *asked* is the id itself or, if it is no id, one of its other *names*. Raises UnknownName."""
    wanted = asked.strip().casefold()
    by_id = (name for name in names if name.casefold() == wanted)
    by_name = (name for name, others in names.items() if wanted in (other.casefold() for other in others))
    for found in (*by_id, *by_name):
        return found
    raise UnknownName(kind, asked, names)


def _parts(words: str) -> list[str]:
    return sorted(re.findall(r"[a-z]*[0-9]+|[a-z]+", words.casefold()))
