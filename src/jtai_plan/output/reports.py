"""The reports of a plan, in each format that has templates."""

from pathlib import Path
from typing import Any

from jtai_plan.output import markdown
from jtai_plan.output.templates import render
from jtai_plan.output.view import PlanView, ReportView

FORMATS = ("md", "html")


def plan_edition(plan: PlanView, form: str, root: Path) -> str:
    """The plan as agreed, as the text of a *form* of `FORMATS`. Raises TemplateIsWrong."""
    return _rendered("plan", form, root, {"plan": plan})


def board_report(report: ReportView, form: str, root: Path) -> str:
    """The collated report of a period, as the text of a *form* of `FORMATS`. Raises TemplateIsWrong."""
    return _rendered("board-report", form, root, {"plan": report.plan, "report": report})


def _rendered(name: str, form: str, root: Path, values: dict[str, Any]) -> str:
    if form == "md":
        return markdown.tidy(render(root, f"{name}.md", values, markdown.escape, {"block": markdown.block}))
    return render(root, f"{name}.html", values)
