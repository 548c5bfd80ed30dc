"""The Markdown reports, which pull requests show."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jtai_plan.output.markdown import block, escape, tidy
from jtai_plan.output.report.templates import render


def markdown(root: Path, name: str, values: Mapping[str, Any]) -> bytes:
    """The report of the template *name*, filled in with *values*. Raises TemplateIsWrong."""
    return tidy(render(root, f"{name}.md", values, escape, {"block": block})).encode()
