"""What the guard must find: every kind of personal data, whole and in five disguises. All values are made up."""

import itertools
from collections.abc import Callable

import pytest

from jtai_plan.rules.personal_data.guard import Guard

# The parts of each value, and sentences that it stands in.
VALUES = {
    "an NHS number": ("943", "476", "5919"),
    "a unique pupil number": ("B80", "12000", "05001"),
    "a National Insurance number": ("QQ", "12", "34", "56", "C"),
    "a postcode": ("SS99", "9ZZ"),
    "a phone number": ("07700", "900", "123"),
    "a case reference": ("LCS", "204816"),
}
SENTENCES = (
    "{}",
    "The audit of {} is not finished.",
    "Seen by the team (ref {}), and closed.",
    "# {}",
)
DISGUISES: dict[str, Callable[[tuple[str, ...]], str]] = {
    "whole": "".join,
    "spaces": " ".join,
    "dots": ".".join,
    "hyphens": "-".join,
    "no-break spaces": "\u00a0".join,
    "lines": "\n          ".join,
    "small letters": lambda parts: "".join(parts).lower(),
    "wide digits": lambda parts: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in "".join(parts)),
    "unseen characters": "\u200b".join,
    "dashes": "\u2013".join,
}
GUARD = Guard(case_reference=r"LCS\d{6}")


@pytest.mark.parametrize(("kind", "disguise"), list(itertools.product(VALUES, DISGUISES)))
def test_a_value_is_found_however_it_is_written(kind: str, disguise: str) -> None:
    value = DISGUISES[disguise](VALUES[kind])
    for sentence in SENTENCES:
        text = sentence.format(value)
        found = GUARD.certain(text)
        assert [(each.kind, text[each.start : each.end]) for each in found] == [(kind, value)], text


WRITTEN = {
    "a date of birth": (
        "DOB 03/05/2009",
        "dob: 3.5.09",
        "D.O.B. 3 May 2009",
        "D O B 03 05 2009",
        "date of birth 2009-05-03",
        "Date of birth: 3rd May, 2009",
        "Date of birth is 3 of May 2009",
        "date of\n          birth 03\n          05\n          2009",
        "birth date May 3rd, 2009",
        "birthday 03\u00a005\u00a02009",
        "DOB (03-05-2009)",
        "dob 03052009",
        "dob 030509",
        "D . O . B . 3/5/09",
        "03/05/2009 (DOB)",
        "3 May 2009 is her date of birth",
        "date\u2011of\u2011birth \u2013 3\u2011May\u20112009",
    ),
    "an e-mail address": (
        "a.name@example.org",
        "A.NAME@EXAMPLE.ORG",
        "a.name @ example.org",
        "a.name(at)example.org",
        "a.name [at] example [dot] org",
        "a.name at example dot org",
        "a.name@example.nhs.uk",
        "a-name+cse@mail.example.co.uk",
        "a.name@\n          example.org",
        "a.name\uff20example.org",
        "o'name@example.org",
        "a_name@example\u2011trust.org",
    ),
    "an NHS number": (
        "NHS no. 94 347 65 919",
        "NHS: 9434 765 919",
        "9 4 3 4 7 6 5 9 1 9",
        "943/476/5919",
        "nhs number is 943 4765919",
        "94347 65919",
    ),
    "a unique pupil number": ("B 801 2000 05001", "B-801-2000-05-001", "UPN B801200005001"),
    "a National Insurance number": ("AB 123456 C", "ab123456c", "NI: AB 12 34 56 D", "A B 1 2 3 4 5 6 C"),
    "a postcode": (
        "EC1A 1BB",
        "ec1a 1bb",
        "EC1A1BB",
        "M1 1AE",
        "m11ae",
        "B33 8TH",
        "W1A\u00a00AX",
        "CR2-6XH",
        "DN55\n          1PT",
        "S S 9 9 9 Z Z",
        "SS 99 9ZZ",
        "YO1.7HH",
        "zz SS1 9ZZ zz",
    ),
    "a phone number": (
        "01632 960123",
        "01632960123",
        "(01632) 960 123",
        "+44 1632 960123",
        "+44 (0)1632 960 123",
        "0044 7700 900123",
        "+447700900123",
        "07700-900-123",
        "07700.900.123",
        "07700/900123",
        "020 7946 0958",
        "0 7 7 0 0 9 0 0 1 2 3",
        "0808 157 0123",
        "+353 1 496 0123",
        "tel.01632 960123",
        "mob:07700900123",
    ),
    "a tax reference": ("UTR 1955839661", "UTR: 19558 39661", "utr number is 1955-839-661"),
}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in WRITTEN.items() for value in values])
def test_other_ways_of_writing_it_are_found(kind: str, value: str) -> None:
    assert [each.kind for each in GUARD.certain(f"Spoke to the family, {value}; will ring again.")] == [kind]
