"""What is only asked about: texts that may point to a person. All of them are made up."""

from pathlib import Path

import pytest

from jtai_plan.rules.personal_data.guard import Guard
from places import EXAMPLE, ROOT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Child A was seen twice.", "a child by a letter"),
        ("The plan of child B2 was reviewed.", "a child by a letter"),
        ("Young person K moved.", "a child by a letter"),
        ("Child A's plan was late.", "a child by a letter"),
        ("A's mother was told.", "a relative of a child"),
        ("KB's step-father attended.", "a relative of a child"),
        ("KB, aged 14, was seen.", "initials with an age"),
        ("K.B. (14) was seen.", "initials with an age"),
        ("KB 14-year-old", "initials with an age"),
        ("A 14 year old, KB, was seen.", "initials with an age"),
        ("She was born on 3 May 2009.", "a day beside a birth"),
        ("Born in 2009, she moved here.", "a day beside a birth"),
        ("A pupil of Made Up High School, aged 14, was seen.", "a school beside an age"),
        ("A 14-year-old of Made Up Academy", "a school beside an age"),
        ("Seen at 12 High Street.", "a street address"),
        ("Seen at Flat 2, 114a Long Made Up Road.", "a street address"),
    ],
)
def test_a_text_that_may_point_to_a_person_is_asked_about(text: str, kind: str) -> None:
    assert [each.kind for each in Guard().questions(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Child protection plans were reviewed.",
        "Each child and its plan",
        "Plan A and plan B",
        "Young people aged 14 to 17 were surveyed.",
        "Pupils in year 9 of 34 schools saw the film.",
        "The LSCB (14) met.",
        "The High Street was patrolled.",
        "Agency A's return was late.",
        "The new post was born of need.",
    ],
)
def test_a_usual_text_is_not_asked_about(text: str) -> None:
    assert Guard().questions(text) == ()


@pytest.mark.parametrize("root", [ROOT, EXAMPLE], ids=lambda root: root.name)
def test_nothing_in_the_plans_here_is_found_or_asked_about(root: Path) -> None:
    files = list(root.glob("plan/**/*.yaml"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert (file.name, Guard().certain(text), Guard().questions(text)) == (file.name, (), ())
