"""The HTML reports: each is one file, which makes no request and runs only its own script."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from jtai_plan.output.report.charts import line
from jtai_plan.output.report.templates import render


def report(root: Path, name: str, values: Mapping[str, Any]) -> bytes:
    """The report of the template *name*, filled in with *values*. Raises TemplateIsWrong."""
    return html(root, f"{name}.html", values).encode()


def html(root: Path, name: str, values: Mapping[str, Any]) -> str:
    """The template *name*, of a report or of a chart such as `bars.svg`, with *values*. Raises TemplateIsWrong."""
    return render(root, name, values, filters=FILTERS)


def charts_of(root: Path, values: Mapping[str, Any]) -> list[str]:
    """The charts of the report in *values* as SVG, in order; an empty text if there is nothing to draw."""
    charts = values["report"].first.charts if "report" in values else ()
    return [
        html(root, "bars.svg", {"chart": chart, "number": number}) if chart.bars else ""
        for number, chart in enumerate(charts, start=1)
    ]


def script_source(script: str) -> str:
    """The source for a content security policy that allows only this *script*; 'none' if it is empty."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" if script else "'none'"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "line": line,
    "script_source": script_source,
}
