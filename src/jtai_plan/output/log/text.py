"""`jtai log` as text: for each action, dimension and period, what was recorded, by whom, and who saw it."""

from collections.abc import Iterator, Mapping

from jtai_plan.model.plan_names import Outline
from jtai_plan.model.trail import History
from jtai_plan.output.log.words import SETTLED, grouped, settled
from jtai_plan.output.terminal import Line, Part, heading, line, section


def log_lines(names: Outline, history: History, signatures: Mapping[str, str]) -> Iterator[Line]:
    """The events under what they are about, oldest first. *signatures* are git's letters, by commit."""
    for place, (title, subjects) in enumerate(grouped(names, history, signatures).items()):
        yield from (line(), heading(title)) if place else (heading(title),)
        for about, entries in subjects.items():
            yield line(Part(about, "bold"), indent=2)
            for each in entries:
                yield line(f"{each.what}, {each.recorded}", indent=4)
                yield from (line(f"Evidence: {evidence}", indent=6) for evidence in each.evidence)
                if seen := "; ".join(each.seen):
                    yield line(f"{seen[0].upper()}{seen[1:]}", indent=6)
    yield from section(SETTLED, (line(settled(names, each), indent=2) for each in history.settled))
