"""`jtai check` as text: a line of counts, then what is behind, then what is missing, agency by agency."""

from collections.abc import Iterable, Iterator, Sequence

from jtai_plan.model.finding import Finding, Severity
from jtai_plan.output.terminal import Line, Part, heading, line, rating_part, standing_part
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.behind_and_missing import (
    AWAITING,
    MERGED_BY_WRITER,
    NO_MEASURES,
    NO_RETURN,
    NOT_APPROVED,
    NOT_MEASURED,
    NOT_PRESENTED,
    OVERDUE,
    SETTLED_BY_MERGE,
    SIGNED_EARLIER_PLAN,
    UNREVIEWED,
    UNSIGNED,
)
from jtai_plan.rules.checks.catalogue.queries import REOPENED
from jtai_plan.rules.judge.collate import CollatedCell, Collation, said_by
from jtai_plan.rules.judge.history import Change
from jtai_plan.rules.judge.trajectory import Standing

_OF_THE_TRAIL = (MERGED_BY_WRITER.id, UNREVIEWED.id, REOPENED.id, SETTLED_BY_MERGE.id)


def check_lines(collation: Collation | None, findings: Sequence[Finding]) -> Iterator[Line]:
    """What a collator wants to see first, and then the rest; no judgement where there is no *collation*."""
    if collation is not None:
        plan = collation.partnership.plan
        yield heading(f"{plan.title}: {plan.periods[collation.period].label}")
        yield counts(collation)
    yield from _faults([each for each in findings if each.severity is Severity.ERROR])
    if collation is None:
        yield line("Nothing can be judged until the plan's own file is mended.")
        return
    yield from _late(collation)
    missing = [each for each in findings if each.severity is Severity.MISSING]
    yield from _missing(collation, missing)
    yield from _measures(collation, missing)
    yield from _governance(collation, missing)
    trail = [each for each in findings if each.rule in _OF_THE_TRAIL]
    yield from _listed("Who wrote, and who looked at it", trail)
    yield from _queries([each for each in findings if each.severity is Severity.QUERY and each not in trail])


def counts(collation: Collation) -> Line:
    """How many ratings stand how."""
    standings = [
        standing_part(standing, f"{number} {standing.words}") for standing, number in collation.counts.items() if number
    ]
    parts: list[str | Part] = [f"Of {wording.counted(len(collation.cells), 'rating')}: "]
    for place, part in enumerate(standings):
        parts += [", ", part] if place else [part]
    return line(*parts)


def _faults(faults: Sequence[Finding]) -> Iterator[Line]:
    if faults:
        yield line()
        yield heading(f"Files to mend ({len(faults)})")
        for fault in faults:
            yield line(fault.sentence, indent=2)


def _late(collation: Collation) -> Iterator[Line]:
    late = [cell for cell in collation.cells if cell.standing.is_late]
    yield line()
    if not late:
        yield heading("Nothing that was returned is behind")
        return
    yield heading(f"Behind what was expected ({len(late)})")
    for cell in late:
        yield from _late_cell(collation, cell)


def _late_cell(collation: Collation, cell: CollatedCell) -> Iterator[Line]:
    plan, expected = collation.partnership.plan, cell.judgement.expected
    assert expected is not None, "what stands late was expected"
    new = ", newly" if cell.change is Change.NEWLY_BEHIND else ""
    yield line(
        Part(wording.subject(plan, cell.action.id, cell.dimension), "bold"),
        ": ",
        rating_part(plan, cell.rating),
        f"; {wording.expected(plan, expected)}: late by {wording.counted(cell.late_by or 0, 'period')}{new}",
        indent=2,
    )
    yield line(cell.action.action, indent=4)
    for agency, rating in said_by(cell):
        own = f": {wording.rating(plan, rating)}" if len(cell.judgement.ratings) > 1 else ""
        yield line(_who(collation, cell, agency, own), indent=4)
    if moderated := cell.judgement.moderated:
        yield line(f"Reason: {moderated.reason}", indent=4)


def _who(collation: Collation, cell: CollatedCell, agency: str | None, own: str) -> str:
    """Whose rating it is, what it is (*own*, where there are several leads), and what will be done about it."""
    if agency is None:
        return "Moderated by the board"
    leads = collation.partnership.plan.leads(cell.action, collation.period)
    officer = next((lead.name for lead in leads if lead.agency == agency and lead.name), None)
    name = collation.partnership.agency_name(agency)
    returned = cell.returned[agency]
    recovery = returned.recovery if returned else None
    said = recovery.plan if recovery and recovery.plan else "none recorded"
    by = f" (by {wording.day(recovery.by)})" if recovery and recovery.by else ""
    return f"{name}{f' ({officer})' if officer else ''}{own}. Recovery: {' '.join(said.split())}{by}"


def _missing(collation: Collation, findings: Iterable[Finding]) -> Iterator[Line]:
    partnership = collation.partnership
    missing = [
        (each.agency, each.action, each.dimension)
        for each in findings
        if each.rule in (NO_RETURN.id, AWAITING.id) and each.agency and each.action and each.dimension
    ]
    overdue = {each.agency: each for each in findings if each.rule == OVERDUE.id}
    yield line()
    if not missing:
        yield heading("No rating is missing")
        return
    yield heading(f"Missing, by agency ({wording.counted(len(missing), 'rating')})")
    for agency in partnership.plan.lead_agencies:
        owed = [(action, dimension) for who, action, dimension in missing if who == agency]
        if owed:
            groups = wording.grouped(partnership.plan, owed)
            cells = "; ".join(f"{wording.listed(actions)} ({dimensions})" for actions, dimensions in groups)
            yield line(Part(partnership.agency_name(agency), "bold"), f": {cells}", indent=2)
            if agency in overdue:
                yield line(standing_part(Standing.BEHIND, f"Overdue: {overdue[agency].message}."), indent=4)


def _measures(collation: Collation, findings: Sequence[Finding]) -> Iterator[Line]:
    partnership = collation.partnership
    lines = []
    for agency in partnership.agencies:
        mine = [each for each in findings if each.agency == agency]
        unmeasured = [each.action for each in mine if each.rule == NO_MEASURES.id and each.action]
        said = [f"none chosen for {wording.listed(unmeasured)}"] if unmeasured else []
        said += [
            f"not reported '{each.measure}' ({wording.subject(partnership.plan, each.action, each.dimension)})"
            for each in mine
            if each.rule == NOT_MEASURED.id and each.action and each.dimension
        ]
        if said:
            lines.append(line(Part(partnership.agency_name(agency), "bold"), f": {'; '.join(said)}", indent=2))
    if lines:
        yield line()
        yield heading("Measures that are missing")
        yield from lines


_TOGETHER = {
    UNSIGNED.id: "The plan is not signed off by",
    NOT_APPROVED.id: "The return for {period} is not approved by the governance of",
}
"""What is said of all agencies together, for the rules that say nothing else of each."""


def _governance(collation: Collation, findings: Sequence[Finding]) -> Iterator[Line]:
    partnership = collation.partnership
    period = partnership.plan.periods[collation.period].label
    lines = []
    for rule, words in _TOGETHER.items():
        names = [partnership.agency_name(each.agency) for each in findings if each.rule == rule and each.agency]
        if names:
            lines.append(line(f"{words.format(period=period)} {wording.listed(names)}.", indent=2))
    lines += [
        line(f"{each.message[0].upper()}{each.message[1:]}.", indent=2)
        for each in findings
        if each.rule in (SIGNED_EARLIER_PLAN.id, NOT_PRESENTED.id)
    ]
    if lines:
        yield line()
        yield heading("Sign-off and approval")
        yield from lines


def _listed(words: str, findings: Sequence[Finding]) -> Iterator[Line]:
    if findings:
        yield line()
        yield heading(f"{words} ({len(findings)})")
    for each in findings:
        yield line(f"{each.message[0].upper()}{each.message[1:]}.", indent=2)


def _queries(findings: Sequence[Finding]) -> Iterator[Line]:
    if findings:
        open_queries = sum(each.answered is None for each in findings)
        yield line()
        yield heading(f"Worth asking about the plan ({open_queries})")
    for each in findings:
        yield line(f"{each.message[0].upper()}{each.message[1:]} ({each.rule}).", indent=2)
        if each.answered:
            yield line(f"Answered: {' '.join(each.answered.split())}", indent=4)
