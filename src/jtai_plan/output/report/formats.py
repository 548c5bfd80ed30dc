"""The reports of a plan, in each format that has templates."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jtai_plan.errors import NothingWritten
from jtai_plan.output.report.view.period import ReportView
from jtai_plan.output.report.view.plan import PlanView

FORMATS = ("md", "html", "pdf", "docx")
ISSUED = ("md", "html")
"""What is written unless the call asks for other formats: pull requests show the first, browsers the second."""


def laid_out(view: PlanView | ReportView, form: str, root: Path) -> bytes:
    """The plan as agreed, or the report of a period, as a file of a *form* of `FORMATS`.

    Raises TemplateIsWrong; CannotDo if this machine does not have what the format needs.
    """
    from jtai_plan.output.report.templates import has_its_own

    name, values = "plan", dict[str, Any](plan=view)
    if isinstance(view, ReportView):
        name, values = "board-report", {"plan": view.plan, "report": view}
    try:
        make = partial(_maker(form), root, name, values)
    except ModuleNotFoundError as error:
        # typst has no build for Windows on ARM.
        raise NothingWritten(
            f"--format {form} needs {error.name}, which is not available for this machine. "
            "Make it elsewhere, or ask for md or html."
        ) from None
    if not has_its_own(root):
        return make()
    from jtai_plan.output.report.limits import within_limits

    return within_limits(make)


def _maker(form: str) -> Callable[[Path, str, Mapping[str, Any]], bytes]:
    """What makes a file of *form*. A format's library is imported only if that format is asked for."""
    match form:
        case "md":
            from jtai_plan.output.report.markdown import markdown

            return markdown
        case "html":
            from jtai_plan.output.report.html import report

            return report
        case "pdf":
            from jtai_plan.output.report.pdf import pdf

            return pdf
        case _:
            from jtai_plan.output.report.docx import docx

            return docx
