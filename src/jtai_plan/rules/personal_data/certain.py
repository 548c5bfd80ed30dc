"""What is certainly about a person: numbers with a check digit, and what has one form only.

Each pattern takes a value in capitals or not, whole or split by spaces, dots, hyphens, slashes or lines.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_S = r"[ ./\\_-]{0,3}"
"""What may stand between the parts of a value."""
_ALONE, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"

_OPEN, _CLOSE = r"[(\[{<] ?", r" ?[)\]}>]"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:(?:19|20)\d\d|\d\d)"
DATE = (
    rf"(?:(?:19|20)\d\d{_S}(?:0?[1-9]|1[0-2]){_S}{_DAY}"
    rf"|{_DAY}{_S}(?:0?[1-9]|1[0-2]){_S}{_YEAR}"
    rf"|{_DAY}(?: ?(?:st|nd|rd|th))?(?: of)?{_S}{_MONTH}[,.]?{_S}{_YEAR}"
    rf"|{_MONTH}{_S}{_DAY}(?:st|nd|rd|th)?,?{_S}{_YEAR}){_END}"
)
"""A day, as people write it."""

_BIRTH = r"(?:d[. ]{0,3}o[. ]{0,3}b\b\.?|(?:date|day|dates)[ -]of[ -]birth|birth[ -]?(?:date|day))"


class Found(NamedTuple):
    """Something in a text that is, or may be, about a person."""

    start: int
    """Where it begins in the text, from 0."""
    end: int
    kind: str
    """What messages call it, with its article, such as "a postcode"."""


class Pattern(NamedTuple):
    """One kind of personal data: how it is written, and what else must hold of a match."""

    kind: str
    """What messages call it, with its article."""
    hint: str
    """A pattern in small letters that is found in every text with this kind, and quickly; kinds may share one."""
    regex: str
    """The pattern itself, which is compiled for the first text that has the hint."""
    holds: Callable[[str], bool] = lambda _: True
    words: tuple[str, ...] = ()
    """Of these, in small letters, every text with this kind has one: to look for a word takes no time."""


def _compact(value: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", value).upper()


def _is_nhs_number(value: str) -> bool:
    from stdnum.gb import nhs

    digits = _compact(value)[-10:]
    return len(set(digits)) > 1 and bool(nhs.is_valid(digits))


def _is_upn(value: str) -> bool:
    from stdnum.gb import upn

    return bool(upn.is_valid(_compact(value)))


def _is_tax_reference(value: str) -> bool:
    from stdnum.gb import utr

    return bool(utr.is_valid(_compact(value)[-10:]))


def _is_postcode(value: str) -> bool:
    """Whether the area is one of Royal Mail's, and the end is no ordinal, as in "E1 2nd quarter"."""
    inward = value.strip()[-2:]
    return inward not in ("st", "nd", "rd", "th") and re.match(rf"(?:{_AREAS})\d", _compact(value)) is not None


_AREAS = (
    "AB|AL|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|FK"
    "|FY|GL|GU|GY|G|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN"
    "|NP|NR|NW|N|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR|TS|TW"
    "|UB|WA|WC|WD|WF|WN|WR|WS|WV|W|YO|ZE"
)
"""The areas of postcodes, of Royal Mail."""

_TEN_DIGITS = (
    rf"\d{{10}}|\d{{5}}{_S}\d{{5}}|\d{{3}}{_S}\d{{3}}{_S}\d{{4}}|\d{{3}}{_S}\d{{3}}{_S}\d{{2}}{_S}\d{{2}}"
    r"|\d(?:[ ./-]\d){9}"
)

_INWARD = "[ABD-HJLNP-UW-Z]"
"""The letters at the end of a postcode."""
_INSURANCE_NUMBER = (
    rf"{_ALONE}(?:QQ|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z]{_S}[A-CEGHJ-NPR-TW-Z])(?:{_S}\d){{6}}{_S}[A-D]{_END}"
)
"""As HM Revenue and Customs gives them out, and QQ, which its forms show as an example."""
_OTHER_NUMBER = (
    r"\b(?:orders?|po|invoices?|contracts?|jobs?|runs?|batch|assets?|serials?|tickets?|cost codes?|accounts?|isbn)"
    r"(?: (?:no|nos|number|numbers|id)\b\.?)?[ :#]{1,3}"
)
"""What comes before the number of a thing: one in eleven of them has the check digit of an NHS number."""

_NUMBER = (
    rf"\d(?:(?:[^0-9A-Za-z,:{{}}]{{0,3}}\d){{8}}|(?:{_S}\d){{5}}{_S}[a-d](?![0-9a-z])"
    rf"|{_INWARD.lower()}{{2}}(?![0-9a-z])|[ .-]{_INWARD.lower()}[ .-]{_INWARD.lower()}(?![0-9a-z]))"
)
"""What each number and postcode has, in small letters: nine digits, or the digits and letters at the end of one."""

_BIRTH_WORDS = ("birth", "dob", "d.o", "d o", "d. o", "d .", "d  o", "d..o")
_BIRTH_HINT = r"\bbirth|\bd[. ]{0,3}o[. ]{0,3}b\b"

PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "an NHS number",
        _NUMBER,
        rf"(?:{_OTHER_NUMBER})?{_ALONE}(?:{_TEN_DIGITS}){_END}",
        lambda value: value[0].isdigit() and _is_nhs_number(value),
    ),
    Pattern("an NHS number", "nhs", rf"(?<=\bNHS)[^0-9]{{0,20}}\d(?:{_S}\d){{9}}{_END}", _is_nhs_number),
    Pattern(
        "a unique pupil number",
        _NUMBER,
        rf"{_ALONE}[A-HJ-NP-RT-Z](?:{_S}\d){{11}}{_S}[0-9A-HJ-NP-RT-Z]{_END}",
        _is_upn,
    ),
    Pattern("a National Insurance number", _NUMBER, _INSURANCE_NUMBER),
    Pattern("a tax reference", "utr", rf"\bUTR\b[^0-9]{{0,20}}\d(?:{_S}\d){{9}}{_END}", _is_tax_reference),
    Pattern(
        "a date of birth",
        _BIRTH_HINT,
        rf"{_ALONE}{_BIRTH}[^0-9A-Za-z]{{0,6}}(?:(?:is|was|on|of)[ :]{{1,3}})?{DATE}",
        words=_BIRTH_WORDS,
    ),
    Pattern(
        "a date of birth",
        _BIRTH_HINT,
        rf"{_ALONE}{DATE}[ ,;:(\[-]{{1,4}}(?:(?:is|was|as)[ ])?(?:(?:his|her|their|the) )?{_BIRTH}",
        words=_BIRTH_WORDS,
    ),
    Pattern(
        "a postcode",
        _NUMBER,
        rf"{_ALONE}(?:[A-Z]{{1,2}}\d[0-9A-Z]?{_S}|[A-Z]{{1,2}} \d[0-9A-Z]? )\d{_INWARD}{{2}}{_END}",
        _is_postcode,
    ),
    Pattern(
        "a postcode",
        _NUMBER,
        rf"{_ALONE}[A-Z]([ .-])(?:[A-Z]\1)?\d\1(?:[0-9A-Z]\1)?\d\1{_INWARD}\1{_INWARD}{_END}",
        _is_postcode,
    ),
    Pattern(
        "an e-mail address",
        "",
        rf"(?<![\w.%+-])\w[\w.%+'-]{{0,63}}(?: ?@ ?| ?{_OPEN}at{_CLOSE} ?)"
        rf"[\w-]{{1,63}}(?:(?:\.| ?\. ?(?=\w)| ?{_OPEN}dot{_CLOSE} ?| dot )[\w-]{{2,63}}){{1,5}}",
        words=("@", *(f"at{end}" for end in (*")]}>", " )", " ]", " }", " >"))),
    ),
    Pattern("an e-mail address", " dot ", r"(?<![\w.%+-])\w[\w.%+-]{0,63} at [\w-]{1,63}(?: dot [\w-]{2,63}){1,5}"),
)


def found(text: str) -> Iterator[Found]:
    """What is certainly about a person in *text*, which was made plain; one value may be found twice."""
    yield from matches(PATTERNS, text)
    yield from _phone_numbers(text)


def matches(patterns: Sequence[Pattern], text: str) -> Iterator[Found]:
    """Where *patterns* match in *text*."""
    small = text.lower()
    worth = {each.hint for each in patterns if not each.words or any(word in small for word in each.words)}
    hinted = {hint for hint in worth if re.search(hint, small)}
    for pattern in patterns:
        for match in re.finditer(pattern.regex, text, re.IGNORECASE) if pattern.hint in hinted else ():
            if pattern.holds(match.group()):
                yield Found(*match.span(), pattern.kind)


def _phone_numbers(text: str) -> Iterator[Found]:
    """Where phone numbers stand in *text*: British ones, and others with a + and their country."""
    without_times = _without_times(text) if re.search(_NUMBER, text.lower()) else ""
    if not re.search(_PHONE, without_times):
        return
    import phonenumbers

    for match in phonenumbers.PhoneNumberMatcher(without_times, "GB", phonenumbers.Leniency.POSSIBLE):
        # After 00 there must be a country: many numbers of things begin with zeros.
        abroad = match.raw_string.startswith("00") and match.number.country_code != _BRITAIN
        stands_alone = re.compile(_PHONE).match(text, match.start) and not text[match.end : match.end + 1].isalnum()
        if stands_alone and (not abroad or phonenumbers.is_valid_number(match.number)):
            yield Found(match.start, match.end, "a phone number")


_BRITAIN = 44
_PHONE = rf"{_ALONE}\(?(?:\+|0{_S}\(?0?{_S}[1-9])(?:[^0-9A-Za-z]{{0,3}}\d){{6,}}"
"""How a phone number begins, and how many digits it has at least.

Without its 0 or + it could as well be a reference, a count or a sum of money.
"""


_TIME = (
    rf"{_ALONE}(?:(?:19|20)\d\d[/.-](?:\d\d?[/.-]\d\d?|\d\d(?:\d\d)?)|\d\d?[/.-]\d\d?[/.-](?:(?:19|20)?\d\d)"
    rf"|{_DAY}(?:st|nd|rd|th)? {_MONTH} (?:19|20)\d\d|\d\d?[:.]\d\d(?::\d\d)?){_END}"
)


def _without_times(text: str) -> str:
    """*text* with letters in the place of each day and time, which a reader of phone numbers could take for one."""
    return re.sub(_TIME, lambda match: "x" * len(match.group()), text, flags=re.IGNORECASE)
