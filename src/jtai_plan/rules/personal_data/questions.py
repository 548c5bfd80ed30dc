"""What may point to a person, and only a reader can tell: the reviews of a partnership write much of it on purpose."""

from collections.abc import Iterator

from jtai_plan.rules.personal_data.certain import DATE, Found, Pattern, matches

_PERSONS = (
    *("child", "young person", "yp", "baby", "boy", "girl", "victim", "witness", "sibling", "brother", "sister"),
    *("pupil", "student", "patient", "subject"),
)
_PERSON = rf"(?:{'|'.join(_PERSONS)})"
_RELATIVE = (
    r"(?:mother|father|mum|dad|parents?|step-?(?:mother|father)|brother|sister|sibling|aunt|uncle|carer"
    r"|grand(?:mother|father|parents?)|family)"
)
_AGE_HINT = (
    r"\d(?:\)(?<=\(..)|\)(?<=\(...)|[ -](?:year|yr)| ?y/?o\b"
    r"|(?<=age\d)|(?<=age \d)|(?<=aged\d)|(?<=aged \d)|(?<=age of \d)|(?<=aged of \d)|(?<=year \d))"
)
_AGE = (
    r"(?:aged? ?(?:of )?\d{1,2}\b|\d{1,2}[ -](?:years?|yrs?)[ -]olds?\b|\d{1,2} ?(?:yo|y/o)\b"
    r"|\byear (?:[1-9]|1[0-3])\b(?! ?/))"
)
_SCHOOL = r"(?-i:(?:[A-Z][\w'.]+ ){1,5}(?:School|Academy|College|Nursery)\b)"
_STREET = r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Crescent|Terrace|Way|Gardens|Grove|Court|Place|Walk|Row)\b"

PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "a child by a letter",
        rf"\b{_PERSON} [a-z]\d?\b",
        rf"\b{_PERSON} (?-i:[A-Z]\d?)(?:'s)?(?![\w-])(?! and (?-i:[a-z]))",
        words=tuple(f"{each} " for each in _PERSONS),
    ),
    Pattern("a relative of a child", r"'s ", rf"\b(?-i:[A-Z]{{1,2}}\d?)'s {_RELATIVE}\b"),
    Pattern(
        "initials with an age",
        _AGE_HINT,
        rf"\b(?-i:[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\.?)?)[ ,(-]{{1,3}}{_AGE}"
        r"|\b(?-i:[A-Z]\. ?[A-Z]\.?|[A-Z]{2}) ?\((?:[0-9]|1[0-9])\)"
        rf"|{_AGE}[ ,(-]{{1,3}}(?-i:[A-Z]\. ?[A-Z]\.?(?![a-z])|[A-Z]{{2}}\b)",
    ),
    Pattern(
        "a day beside a birth",
        r"\bborn\b|\bb\. ?\d",
        rf"\bborn\b[^.\n]{{0,15}}?(?:{DATE}|\b(?:19|20)\d\d\b)|\bb\. ?{DATE}",
        words=("born", "b."),
    ),
    Pattern(
        "a school beside an age",
        _AGE_HINT,
        rf"{_SCHOOL}[^.]{{0,60}}?{_AGE}|{_AGE}[^.]{{0,60}}?{_SCHOOL}",
        words=("school", "academy", "college", "nursery"),
    ),
    Pattern(
        "a street address",
        rf"\d[a-z]?,? (?:[a-z][\w'-]+ ){{1,3}}{_STREET.lower()}",
        rf"(?<![\w.])(?:flat \w{{1,4}},? )?\d{{1,4}}[a-z]?,? (?-i:(?:[A-Z][\w'-]+ ){{1,3}}{_STREET})",
    ),
)


def found(text: str) -> Iterator[Found]:
    """What may point to a person in *text*, which was made plain."""
    return matches(PATTERNS, text)
