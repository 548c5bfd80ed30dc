"""`jtai log` as Markdown: an appendix to put beside a board report."""

from collections.abc import Iterable, Mapping

from jtai_plan.model.plan_names import Outline
from jtai_plan.model.trail import History
from jtai_plan.output.log.words import SETTLED, grouped, settled
from jtai_plan.output.markdown import escape

_COLUMNS = ("Of", "What was recorded", "By whom", "Reviewed and merged")


def log_markdown(names: Outline, history: History, signatures: Mapping[str, str]) -> str:
    """The events in a table for each action. *signatures* are git's letters, by commit."""
    lines = [f"# {escape(names.title)}: who recorded, reviewed and merged what", ""]
    lines.append(
        "From the git history of the plan's files, oldest first. Names are as each person set them in git, and lines "
        "such as Reviewed-by are as their authors wrote them. Only a signature proves a name."
    )
    if history.trail.is_shallow:
        lines += ["", "This history is incomplete: the clone it was made from leaves out the beginning."]
    lines += [] if history.events else ["", "Nothing was recorded."]
    for heading, subjects in grouped(names, history, signatures).items():
        lines += ["", f"## {escape(heading)}", "", _row(_COLUMNS), _row(["---"] * len(_COLUMNS))]
        for about, entries in subjects.items():
            for each in entries:
                what = "; evidence: ".join((each.what, *each.evidence))
                lines.append(_row(map(escape, (about, what, each.recorded, "; ".join(each.seen)))))
    if history.settled:
        lines += ["", f"## {SETTLED}", "", *(f"- {escape(settled(names, each))}" for each in history.settled)]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
