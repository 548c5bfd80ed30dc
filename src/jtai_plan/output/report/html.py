"""The HTML reports: one file each, which asks nothing of the network and runs only its own script."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from jtai_plan.output.palette import PALETTE, paint
from jtai_plan.output.report.charts import line, shares
from jtai_plan.output.report.templates import render


def html(root: Path, name: str, values: dict[str, Any]) -> str:
    """The template *name*, of a whole report or of a chart such as `bars.svg`, filled in with *values*.

    Raises TemplateIsWrong.
    """
    filters: dict[str, Callable[..., Any]] = {
        "paint": paint,
        "shares": shares,
        "line": line,
        "script_source": script_source,
    }
    return render(root, name, {**values, "palette": PALETTE}, filters=filters)


def script_source(script: str) -> str:
    """What a content security policy allows: this *script* and no other; 'none' where it is empty."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" if script else "'none'"
