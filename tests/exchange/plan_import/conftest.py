"""A reader of Word documents that are made of blocks."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from exchange.plan_import.office_files import Block, word
from jtai_plan.exchange.plan_import.parts import ReadPlan
from jtai_plan.exchange.plan_import.plan import read_plan


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ReadPlan]:
    """Reads the Word document of some blocks."""

    def reading(
        *blocks: Block,
        agencies: Mapping[str, Sequence[str]] | None = None,
        posts: Mapping[str, str] | None = None,
    ) -> ReadPlan:
        return read_plan(word(tmp_path / "plan.docx", *blocks), agencies or {}, posts=posts or {})

    return reading
