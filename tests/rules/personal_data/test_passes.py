"""What the guard must let pass: what partnerships write in their plans and returns. All sentences are made up."""

from pathlib import Path

import pytest

from jtai_plan.rules.personal_data.guard import Guard

SENTENCES = Path(__file__).with_name("passes.txt").read_text(encoding="utf-8").splitlines()


def test_there_are_at_least_300() -> None:
    assert len(set(SENTENCES)) >= 300


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_usual_sentence_passes(sentence: str) -> None:
    assert [sentence[each.start : each.end] for each in Guard().certain(sentence)] == []
