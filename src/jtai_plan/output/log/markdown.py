"""`jtai log` as Markdown: an appendix to put beside a board report."""

from collections.abc import Iterator, Mapping, Sequence

from jtai_plan.model.plan_names import Outline
from jtai_plan.model.trail import Event, Settled, Trail
from jtai_plan.output.log.words import SETTLED, evidence, grouped, recorded, seen, settled, what
from jtai_plan.output.markdown import escape

_COLUMNS = ("Of", "What was recorded", "By whom", "Reviewed and merged")


def log_markdown(
    outline: Outline, trail: Trail, events: Sequence[Event], merged: Sequence[Settled], signatures: Mapping[str, str]
) -> str:
    """*events* of *trail* in a table for each action. *signatures* are git's letters, by commit."""
    lines = [f"# {escape(outline.title)}: who recorded, reviewed and merged what", ""]
    lines.append(
        "As the history of the plan's files has it, oldest first. Names are as each person's git gives them, and lines "
        "such as Reviewed-by as their authors wrote them; a signature is what proves a name."
    )
    if trail.is_shallow:
        lines += ["", "The history is not whole: its beginning was left out where this was made."]
    lines += [] if events else ["", "Nothing was recorded."]
    above = None
    for group in grouped(outline, events):
        if group.heading != above:
            lines += ["", f"## {escape(group.heading)}", "", _row(_COLUMNS), _row(["---"] * len(_COLUMNS))]
            above = group.heading
        for event in group.events:
            told = "; ".join(seen(event.step, signatures.get(event.step.commit.id), trail.main))
            said = "; evidence: ".join((what(outline, event), *evidence(event)))
            lines.append(_row(escape(each) for each in (group.about, said, recorded(event.step), told)))
    lines += ["", f"## {SETTLED}", "", *(f"- {escape(settled(outline, each))}" for each in merged)] if merged else []
    return "\n".join(lines) + "\n"


def _row(cells: Iterator[str] | Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
