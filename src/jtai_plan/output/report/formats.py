"""The reports of a plan, in each format that has templates."""

from pathlib import Path
from typing import Any

from jtai_plan.errors import CannotDo
from jtai_plan.output.report.view import PlanView, ReportView

FORMATS = ("md", "html", "pdf", "docx")
ISSUED = ("md", "html")
"""What is written unless other formats are asked for: text that a pull request shows, and what a browser shows."""


def the_plan(plan: PlanView, form: str, root: Path) -> bytes:
    """The plan as agreed, as a file of a *form* of `FORMATS`. Raises TemplateIsWrong."""
    return _rendered("plan", form, root, {"plan": plan})


def progress_report(report: ReportView, form: str, root: Path) -> bytes:
    """The report of a period, as a file of a *form* of `FORMATS`. Raises TemplateIsWrong."""
    return _rendered("board-report", form, root, {"plan": report.plan, "report": report})


def _rendered(name: str, form: str, root: Path, values: dict[str, Any]) -> bytes:
    try:
        return _made(name, form, root, values)
    except ModuleNotFoundError as error:
        # typst has no build for Windows on ARM.
        raise CannotDo(
            f"--format {form} needs {error.name}, which is not there for this machine. "
            "Make it elsewhere, or ask for md or html.",
            nothing_written=True,
        ) from None


def _made(name: str, form: str, root: Path, values: dict[str, Any]) -> bytes:
    # A format's library is imported where that format is asked for.
    match form:
        case "md":
            from jtai_plan.output.report.markdown import markdown

            return markdown(root, name, values).encode()
        case "html":
            from jtai_plan.output.report.html import html

            return html(root, name, values).encode()
        case "pdf":
            from jtai_plan.output.report.pdf import pdf

            return pdf(root, name, values)
        case _:
            from jtai_plan.output.report.docx import docx

            return docx(root, name, values)
