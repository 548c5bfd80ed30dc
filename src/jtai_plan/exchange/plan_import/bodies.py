"""What a lead is by its words: a body, such as an agency or a group; a post; a person; or none that is clear.

Action plans name all of them in one column. A body becomes an agency of the plan, which the public reads of. A post or
a person never does: who employs them is asked, or said beforehand.
"""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

MAX_LEAD = 500
"""Characters. A longer text is prose, and is not split."""


class Kind(Enum):
    """What a text names."""

    BODY = "body"
    POST = "post"
    PERSON = "person"
    UNCLEAR = "unclear"


_WHOLES = (
    "council|police|constabulary|nhs|trusts?|ccg|icb|boards?|partnerships?|services?|authority|agency|agencies|"
    "groups?|committees?|sub|sub-?groups?|colleges?|schools?|academ(?:y|ies)|universit(?:y|ies)|hospitals?|charit(?:y|ies)|"
    "associations?|federations?|courts?|cafcass|probation|ministry|commission|unions?|company|ltd|foundation|church|"
    "diocese|network|forum|panel|hub|organisations?|partners|providers?|practices"
)
_PARTS = "teams?|departments?|directorates?|divisions?|units?|office|executive"
_FIELDS = (
    "care|health|development|housing|education|resources|communications|commissioning|licensing|safeguarding|finance|"
    "learning|quality"
)
"""What a body works on: alone it may be the name of one, or begin a longer one."""
_BODIES = f"{_WHOLES}|{_PARTS}|{_FIELDS}"
_POSTS = (
    "head|headteachers?|teachers?|managers?|directors?|officers?|leads?|advis[eo]rs?|chairs?|chairm[ae]n|chairperson|governors?|"
    "nurses?|midwi(?:fe|ves)|doctors?|gps?|chief|(?:chief|lead|accountable) executives?|"
    "co-?ordinators?|commissioners?|inspectors?|superintendents?|"
    "sergeants?|constables?|secretary|ministers?|principals?|assistants?|deput(?:y|ies)|consultants?|specialists?|"
    "practitioners?|workers?|members?|councillors?|clerks?|analysts?|supervisors?|owners?|sponsors?|champions?|"
    "coaches|trainers?|solicitors?|ceo|dcs|dass|dph|ewo|sro|ad|psw|iro|lado|senco|dsl"
)
_FIELD = re.compile(_FIELDS, re.IGNORECASE)
_BODY = re.compile(rf"(?<![\w-])(?:{_BODIES})(?![\w-])", re.IGNORECASE)
_ENDS_WITH_WHOLE = re.compile(rf"(?:.*\b)?(?:{_WHOLES})", re.IGNORECASE)
_ENDS_WITH_BODY = re.compile(rf"(?:.*\b)?(?:{_BODIES})\.?", re.IGNORECASE)
_POST = re.compile(rf"(?:.*\b)?(?:{_POSTS})", re.IGNORECASE)
_BEGINS_WITH_POST = re.compile(
    rf"(?:(?!of\b|and\b|for\b)[\w'’&-]+\s+){{0,3}}(?:{_POSTS})\s+(?:of|for|to|at|in)\b|(?:AD|DCS|CEO|SRO|DASS)\s",
    re.IGNORECASE,
)
_ENDS_WITH_ABBREVIATION = re.compile(r"(?!Dr\b|Mrs?\b|Ms\b)[A-Z][\w'’-]+\s+[A-Z]{2,4}")
"""Such as "Exshire CBC". With another word before it, that may be a person, and the body theirs."""
_ABBREVIATION = re.compile(r"[A-Z][A-Z&0-9]{2,7}")
"""Of two letters only, it may be somebody's initials."""
_PERSON = re.compile(r"[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){1,3}")
_SURELY_PERSON = re.compile(
    r"(?:Dr|Mrs?|Ms|Miss|Prof|Professor|Cllr|Sir|Rev|Supt|DCI|DI|DS|PC|Sgt)\.?\s+[A-Z].*|(?:[A-Z]\.?\s+)+[A-Z][\w'’-]+"
)
"""A title or initials before a name, whatever the name is: "Dr Mary Church"."""
_OFFICE = re.compile(r"(?:the\s+)?office of\b", re.IGNORECASE)
_PARTED = re.compile(r"\s*[,:/;&]\s*|\s+and\s+|\s+[-‐‑‒–—―]\s*|\s*[–—―]\s+|-(?=[A-Z])")
"""What stands between the names in a text of several."""
_SMALL = frozenset(("of", "and", "the", "for", "in", "on"))


class Officer(NamedTuple):
    """A person or a post, without the body that it belongs to."""

    name: str | None
    role: str | None


@lru_cache(10_000)
def kind_of(text: str) -> Kind:
    """What *text* names. A comma may divide a post from a person, or a part of a body from the whole."""
    first, *parts = (each.strip(" .") for each in text.split(","))
    last = parts[-1] if parts else first
    if not first or not last or len(text) > MAX_LEAD or ("(" in text and not text.endswith(")")):
        return Kind.UNCLEAR
    if _OFFICE.match(first):
        return Kind.BODY
    if _SURELY_PERSON.fullmatch(first):
        return Kind.PERSON
    if _BEGINS_WITH_POST.match(first):
        return Kind.POST
    if _POST.fullmatch(last) or _BEGINS_WITH_POST.match(last):
        return Kind.PERSON if parts and kind_of(first) is Kind.PERSON else Kind.POST
    if _BODY.search(text) or is_abbreviation(last) or _ENDS_WITH_ABBREVIATION.fullmatch(last):
        return Kind.UNCLEAR if any(map(_may_be_person, _PARTED.split(text))) else Kind.BODY
    return Kind.PERSON if not parts and _PERSON.fullmatch(first) else Kind.UNCLEAR


def _may_be_person(text: str) -> bool:
    return bool(_SURELY_PERSON.fullmatch(text)) or (
        bool(_PERSON.fullmatch(text)) and not (_BODY.search(text) or re.search(r"[A-Z]{3}", text))
    )


def is_between(left: str, right: str, sign: str) -> bool:
    """Whether *sign* between *left* and *right* stands between two leads, as far as their words tell.

    "and" also stands within the names of bodies: "Police and Crime Commissioner".
    """
    kinds = {kind_of(left), kind_of(right)}
    if Kind.UNCLEAR in kinds:
        return False
    if "/" in sign or Kind.BODY not in kinds:
        return True
    if "," in left or (re.search(r"\bpolice$", left, re.IGNORECASE) and right.casefold().startswith("crime")):
        return False
    # "Health and Wellbeing Board", but "Health and Police".
    if _FIELD.fullmatch(left) and " " in right:
        return False
    return kinds == {Kind.BODY} and all(
        _ENDS_WITH_BODY.fullmatch(each) or is_abbreviation(each) for each in (left, right)
    )


def names_whole(text: str) -> bool:
    """Whether *text* is the name of a whole body: "Exford Council", but not "Assessment Team" or "Social Care"."""
    return kind_of(text) is Kind.BODY and (bool(_ENDS_WITH_WHOLE.fullmatch(text)) or is_abbreviation(text))


def is_abbreviation(text: str) -> bool:
    """Whether *text* is the short name of a body, such as "LSCB"."""
    return bool(_ABBREVIATION.fullmatch(text)) and not _POST.fullmatch(text)


def initials(name: str) -> str:
    """The first letters of the words of *name*, without small ones: "CSP" of "Community Safety Partnership"."""
    return "".join(each[0] for each in re.findall(r"[^\W_]+", name) if each.casefold() not in _SMALL).upper()


def abbreviates(short: str, name: str) -> bool:
    """Whether *short* is what the body *name* is called for short: "CCG" of "Clinical Commissioning Group"."""
    return bool(_ABBREVIATION.fullmatch(short)) and (
        initials(name).endswith(short.replace("&", "")) or kind_of(name) is Kind.BODY
    )


def officer(text: str) -> Officer:
    """The person and the post in *text*: "Kim Specimen, Head of Safety" has both."""
    one, _, other = (each.strip() for each in text.partition(","))
    for person, post in ((one, other), (other, one)):
        if post and kind_of(person) is Kind.PERSON and kind_of(post) is Kind.POST:
            return Officer(person, post)
    return Officer(text, None) if kind_of(text) is Kind.PERSON else Officer(None, text)
