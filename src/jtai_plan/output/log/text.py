"""`jtai log` as text: for each action, dimension and period, what was recorded, by whom, and who saw it."""

from collections.abc import Iterator, Mapping

from jtai_plan.model.plan_names import Outline
from jtai_plan.model.trail import History
from jtai_plan.output.log.words import SETTLED, grouped, settled
from jtai_plan.output.terminal import Line, Part, heading, line


def log_lines(names: Outline, history: History, signatures: Mapping[str, str]) -> Iterator[Line]:
    """The events under what they are about, oldest first. *signatures* are git's letters, by commit."""
    above = None
    for group in grouped(names, history, signatures):
        if group.heading != above:
            yield from (heading(group.heading),) if above is None else (line(), heading(group.heading))
            above = group.heading
        yield line(Part(group.about, "bold"), indent=2)
        for each in group.entries:
            yield line(f"{each.what}, {each.recorded}", indent=4)
            yield from (line(f"Evidence: {evidence}", indent=6) for evidence in each.evidence)
            if seen := "; ".join(each.seen):
                yield line(f"{seen[0].upper()}{seen[1:]}", indent=6)
    if history.settled:
        yield from (line(), heading(SETTLED))
        yield from (line(settled(names, each), indent=2) for each in history.settled)
