"""What the messages of commits say of requests, reverts and people, in each forge's words."""

import pytest

from jtai_plan.history import forges
from jtai_plan.model.trail import Person

PICK = "1f0c2ab9d1e3f4a5b6c7d8e9f0a1b2c3d4e5f607"


@pytest.mark.parametrize(
    ("message", "request_named"),
    [
        ("Merge pull request #12 from example/returns", "#12"),
        ("Merge branch 'returns' into 'main'\n\nSee merge request example/plan!31", "!31"),
        ("Merged in returns (pull request #8)", "#8"),
        ("Merged PR 45: Return of Police", "45"),
        ("Return of Police (#7)\n\n* Rate impact", "#7"),
        ("Rate impact, as in #7", None),
    ],
)
def test_a_request_is_known_in_each_forges_words(message: str, request_named: str | None) -> None:
    assert forges.request(message) == request_named


def test_a_revert_and_a_pick_name_the_other_commit() -> None:
    assert forges.reverted(f'Revert "Rate"\n\nThis reverts commit {PICK}.') == PICK
    assert forges.picked(f"Rate\n\n(cherry picked from commit {PICK})") == PICK
    assert forges.reverted("Rate") is forges.picked("Rate") is None


def test_trailers_name_people_once_with_their_address_if_they_have_one() -> None:
    message = "Rate\n\nReviewed-by: Ann <ann@example.org>\nreviewed-BY: Ann <ann@example.org>\nAcked-by: Kit"
    assert forges.named_in(message, "reviewed-by") == (Person("Ann", "ann@example.org"),)
    assert forges.named_in(message, "acked-by", "approved-by") == (Person("Kit"),)
    assert forges.named_in("No trailers", "reviewed-by") == ()


@pytest.mark.parametrize(
    ("address", "is_forge"),
    [("noreply@github.com", True), ("web@noreply.github.com", True), ("sam@example.org", False), ("", False)],
)
def test_a_forge_is_known_by_its_address(address: str, is_forge: bool) -> None:
    assert forges.is_forge(Person("GitHub", address)) is is_forge
