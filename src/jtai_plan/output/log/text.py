"""`jtai log` as text: for each action, dimension and period, what was recorded, by whom, and who saw it."""

from collections.abc import Iterator, Mapping, Sequence

from jtai_plan.model.plan_names import Outline
from jtai_plan.model.trail import Event, Settled, Trail
from jtai_plan.output.log.words import SETTLED, evidence, grouped, recorded, seen, settled, what
from jtai_plan.output.terminal import Line, Part, heading, line


def log_lines(
    outline: Outline, trail: Trail, events: Sequence[Event], merged: Sequence[Settled], signatures: Mapping[str, str]
) -> Iterator[Line]:
    """*events* of *trail* under what they are about, oldest first. *signatures* are git's letters, by commit."""
    above = None
    for group in grouped(outline, events):
        if group.heading != above:
            if above is not None:
                yield line()
            yield heading(group.heading)
            above = group.heading
        yield line(Part(group.about, "bold"), indent=2)
        for event in group.events:
            yield line(f"{what(outline, event)}, {recorded(event.step)}", indent=4)
            yield from (line(f"Evidence: {each}", indent=6) for each in evidence(event))
            if told := "; ".join(seen(event.step, signatures.get(event.step.commit.id), trail.main)):
                yield line(f"{told[0].upper()}{told[1:]}", indent=6)
    if merged:
        yield line()
        yield heading(SETTLED)
        yield from (line(settled(outline, each), indent=2) for each in merged)
