"""`jtai check` as text: the counts, what is behind, what is missing by agency, and what is worth asking."""

from collections.abc import Iterable, Iterator, Sequence, Set

from jtai_plan.model.finding import Finding, Severity
from jtai_plan.model.plan import Plan
from jtai_plan.output.terminal import Line, Part, heading, line, rating_part, section, standing_part
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue import behind_and_missing as rules
from jtai_plan.rules.checks.catalogue.queries import REOPENED
from jtai_plan.rules.checks.privacy import restricted
from jtai_plan.rules.judge import standing_words
from jtai_plan.rules.judge.collate import CollatedCell, Collation, said_by
from jtai_plan.rules.judge.history import Notice
from jtai_plan.rules.judge.public_edition import RESTRICTED, is_restricted
from jtai_plan.rules.judge.trajectory import Standing

RATINGS_OWED = {rules.NO_RETURN.id, rules.AWAITING.id}
_OF_THE_TRAIL = (rules.MERGED_BY_WRITER.id, rules.UNREVIEWED.id, REOPENED.id, rules.SETTLED_BY_MERGE.id)


def check_lines(
    collation: Collation | None, findings: Sequence[Finding], left_out: Set[str] = frozenset()
) -> Iterator[Line]:
    """The counts, then *findings* by kind; no judgement without a *collation*.

    *left_out* are the rules whose findings were left out. The text does not call these in order.
    """
    if collation is not None:
        plan = collation.partnership.plan
        yield heading(f"{plan.title}: {plan.periods[collation.period].label}")
        yield counts(collation)
    errors = [line(each.sentence, indent=2) for each in findings if each.severity is Severity.ERROR]
    yield from section(f"Files to correct ({len(errors)})", errors)
    if collation is None:
        yield line("Nothing can be judged until plan/plan.yaml is corrected.")
        return
    yield from _late(collation, findings, left_out)
    yield from _missing(collation, findings, left_out)
    yield from section("Missing measures", _measures(collation, findings))
    yield from section("Sign-off and approval", _governance(collation, findings))
    trail = [each for each in findings if each.rule in _OF_THE_TRAIL]
    yield from section(f"Who wrote it and who reviewed it ({len(trail)})", map(_listed, trail))
    yield from section("Left out of the public edition", _restricted(collation))
    queries = [each for each in findings if each.severity is Severity.QUERY and each not in trail]
    still_open = sum(each.answered is None for each in queries)
    yield from section(f"Worth asking ({still_open})", _queries(queries))


def counts(collation: Collation) -> Line:
    """How many ratings stand how."""
    standings = [
        standing_part(standing, f"{number} {standing.words}") for standing, number in collation.counts.items() if number
    ]
    parts: list[str | Part] = [f"Of {wording.counted(len(collation.cells), 'rating')}: "]
    for place, part in enumerate(standings):
        parts += [", ", part] if place else [part]
    return line(*parts)


def ratings_named(plan: Plan, findings: Iterable[Finding]) -> str:
    """The actions and dimensions that *findings* are about: "T1.1 and T1.2 (every dimension); T2.1 (impact)"."""
    cells = [(each.action, each.dimension) for each in findings if each.action and each.dimension]
    return "; ".join(f"{wording.listed(actions)} ({labels})" for actions, labels in wording.grouped(plan, cells))


def _listed(finding: Finding) -> Line:
    return line(f"{finding.message[0].upper()}{finding.message[1:]}.", indent=2)


def _late(collation: Collation, findings: Sequence[Finding], left_out: Set[str]) -> Iterator[Line]:
    told = {(each.action, each.dimension) for each in findings if each.severity is Severity.BEHIND}
    late, own = (
        [cell for cell in cells if (cell.action.id, cell.dimension) in told]
        for cells in (collation.cells, collation.additional)
    )
    if not late and not own and not left_out & {rules.BEHIND.id, rules.UNRANKED.id}:
        yield line()
        yield heading("No returned rating is behind")
    for cells, whose in ((late, ""), (own, ", of agencies' own actions")):
        lines = (each for cell in cells for each in _late_cell(collation, cell))
        yield from section(f"Behind what was expected{whose} ({len(cells)})", lines)
    yield from section("Expectation lowered", _lowered(collation))


def _lowered(collation: Collation) -> Iterator[Line]:
    plan = collation.partnership.plan
    for cell in collation.everything:
        if words := standing_words.lowered(plan, cell):
            new = cell.over_time.notice is Notice.EXPECTATION_LOWERED
            subject = wording.subject(plan, cell.action.id, cell.dimension)
            yield line(Part(subject, "bold"), f"{' (new)' if new else ''}: {words}", indent=2)


def _late_cell(collation: Collation, cell: CollatedCell) -> Iterator[Line]:
    plan = collation.partnership.plan
    how_long = standing_words.stands(plan, cell)
    yield line(
        Part(wording.subject(plan, cell.action.id, cell.dimension), "bold"),
        ": ",
        rating_part(plan, cell.rating),
        f"; {standing_words.expected(plan, cell)}. {how_long[0].upper()}{how_long[1:]}",
        indent=2,
    )
    yield line(cell.action.action, indent=4)
    for agency, rating in said_by(cell):
        own = f": {wording.rating(plan, rating)}" if len(cell.judgement.ratings) > 1 else ""
        yield line(_who(collation, cell, agency, own), indent=4)
    if moderated := cell.judgement.moderated:
        yield line(f"Reason: {RESTRICTED if _is_restricted(collation, cell) else moderated.reason}", indent=4)


def _who(collation: Collation, cell: CollatedCell, agency: str | None, own: str) -> str:
    """Whose rating it is, what it is (*own*, if there are several leads), and what will be done about it."""
    if agency is None:
        return "Moderated by the board"
    leads = collation.partnership.plan.leads(cell.action, collation.period)
    officer = next((lead.name for lead in leads if lead.agency == agency and lead.name), None)
    name = collation.partnership.agency_name(agency)
    if _is_restricted(collation, cell):
        return f"{name}{f' ({officer})' if officer else ''}{own}. Recovery: {RESTRICTED}"
    recovery = cell.returned[agency].recovery
    said = recovery.plan if recovery and recovery.plan else "none recorded"
    by = f" (by {wording.day(recovery.by)})" if recovery and recovery.by else ""
    return f"{name}{f' ({officer})' if officer else ''}{own}. Recovery: {' '.join(said.split())}{by}"


def _is_restricted(collation: Collation, cell: CollatedCell) -> bool:
    return is_restricted(collation.partnership, cell.action.id, cell.dimension, collation.period)


def _missing(collation: Collation, findings: Sequence[Finding], left_out: Set[str]) -> Iterator[Line]:
    owed = [each for each in findings if each.rule in RATINGS_OWED]
    if not owed and not left_out & RATINGS_OWED:
        yield line()
        yield heading("No rating is missing")
    overdue = {each.agency: each for each in findings if each.rule == rules.OVERDUE.id}
    plan = collation.partnership.plan
    of_plan = [each for each in owed if each.action in plan.actions]
    own = [each for each in owed if each.action not in plan.actions]
    for several, whose in ((of_plan, "by agency"), (own, "of agencies' own actions")):
        lines = []
        for agency in collation.partnership.agencies:
            if mine := [each for each in several if each.agency == agency]:
                name = collation.partnership.agency_name(agency)
                lines.append(line(Part(name, "bold"), f": {ratings_named(plan, mine)}", indent=2))
                if several is of_plan and agency in overdue:
                    lines.append(line(standing_part(Standing.BEHIND, f"Overdue: {overdue[agency].message}."), indent=4))
        yield from section(f"Missing, {whose} ({wording.counted(len(several), 'rating')})", lines)


def _measures(collation: Collation, findings: Sequence[Finding]) -> Iterator[Line]:
    partnership = collation.partnership
    for agency in partnership.agencies:
        mine = [each for each in findings if each.agency == agency]
        unmeasured = [each.action for each in mine if each.rule == rules.NO_MEASURES.id and each.action]
        said = [f"none chosen for {wording.listed(unmeasured)}"] if unmeasured else []
        said += [
            f"not reported '{each.measure}' ({wording.subject(partnership.plan, each.action, each.dimension)})"
            for each in mine
            if each.rule == rules.NOT_MEASURED.id and each.action and each.dimension
        ]
        if said:
            yield line(Part(partnership.agency_name(agency), "bold"), f": {'; '.join(said)}", indent=2)


def _governance(collation: Collation, findings: Sequence[Finding]) -> Iterator[Line]:
    partnership = collation.partnership
    period = partnership.plan.periods[collation.period].label
    together = {
        rules.UNSIGNED.id: "The plan is not signed off by",
        rules.NOT_APPROVED.id: f"The return for {period} is not approved by the governance board of",
    }
    for rule, words in together.items():
        names = [partnership.agency_name(each.agency) for each in findings if each.rule == rule and each.agency]
        if names:
            yield line(f"{words} {wording.listed(names)}.", indent=2)
    yield from (
        _listed(each)
        for each in findings
        if each.rule in (rules.SIGNED_EARLIER_PLAN.id, rules.APPROVED_EARLIER_RETURN.id, rules.NOT_PRESENTED.id)
    )


def _restricted(collation: Collation) -> Iterator[Line]:
    partnership = collation.partnership
    for agency, action, dimension, cell in restricted(collation):
        said = cell.restricted
        why = "no reason given" if isinstance(said, bool) else f"{said.reason}{f' ({said.by})' if said.by else ''}"
        subject = wording.subject(partnership.plan, action, dimension)
        yield line(f"{subject}, {partnership.agency_name(agency)}: {' '.join(why.split())}", indent=2)


def _queries(findings: Sequence[Finding]) -> Iterator[Line]:
    for each in findings:
        yield line(f"{each.message[0].upper()}{each.message[1:]} ({each.rule}).", indent=2)
        if each.answered:
            yield line(f"Answered: {' '.join(each.answered.split())}", indent=4)
