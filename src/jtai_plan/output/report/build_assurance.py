"""The part of a report's view model about assurance: who agreed to what, and what was changed."""

from collections.abc import Iterator, Sequence

from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Revision
from jtai_plan.output.report.build_cells import decided_view
from jtai_plan.output.report.build_plan import Cells
from jtai_plan.output.report.view.period import AssuranceView, AssuredView, ChallengeView
from jtai_plan.rules import wording
from jtai_plan.rules.checks.challenge import Question, challenge_pack
from jtai_plan.rules.judge import asks
from jtai_plan.rules.judge.collate import Collation
from jtai_plan.rules.seals.approval import changed_since_approval
from jtai_plan.rules.seals.report_inputs import signed_by_then


def assurance(collation: Collation, whole: Collation, cells: Cells, agency: str | None) -> AssuranceView:
    """Who stands behind what was returned, or what *agency* returned; *whole* is the collation of all agencies."""
    partnership = collation.partnership
    agencies = (agency,) if agency else tuple(partnership.agencies)
    groups = (
        ("Expectations that boards revised", tuple(_revised(collation))),
        ("Rated by the boards themselves", tuple(_moderated(cells))),
        ("Changed after the period was closed", tuple(_amendments(partnership, collation.period))),
        ("Decided", tuple(_decided(partnership, collation.period))),
    )
    return AssuranceView(
        agencies=tuple(_assured(partnership, each, collation.period) for each in agencies),
        groups=tuple((title, words) for title, words in groups if words),
        challenge=tuple(
            ChallengeView(partnership.agencies[name].name, tuple(_asked(partnership, name, questions)))
            for name, questions in challenge_pack(whole).items()
            if agency in (None, name)
        ),
    )


def _assured(partnership: Partnership, agency: str, period: str) -> AssuredView:
    returned = partnership.returns.get((agency, period))
    prepared = returned.prepared if returned else None
    approved = returned.approved if returned else None
    by = [prepared.by, wording.day(prepared.on) if prepared.on else None] if prepared else []
    agreed = "not approved"
    if approved and approved.on:
        changed = [each.words(partnership.plan) for each in changed_since_approval(returned)]
        agreed = _agreed(approved.board, wording.day(approved.on), approved.minute)
        agreed += f"; since then {wording.listed(changed)}" if changed else ""
    elif returned is None or not returned.says_something:
        agreed = "nothing returned"
    return AssuredView(
        agency=partnership.agencies[agency].name,
        prepared=", ".join(filter(None, by)) or "not said",
        approved=agreed,
        signed=_signed(partnership, agency, period),
    )


def _signed(partnership: Partnership, agency: str, period: str) -> str:
    """Which board had signed the plan by the day the returns of *period* were due, and when.

    What has changed in the plan since is for `jtai check`: this report knows the plan only as it was in its period.
    """
    signs = partnership.agencies[agency].signs_with
    sign_off = partnership.sign_offs.get(signs or agency)
    if sign_off is None or not signed_by_then(partnership.plan, sign_off.on, period):
        return "no sign-off on file"
    also = f"with {partnership.agency_name(signs)}: " if signs else ""
    return also + _agreed(sign_off.board, wording.day(sign_off.on), sign_off.minute)


def _agreed(board: str | None, on: str, minute: str | None) -> str:
    return ", ".join(filter(None, (board, on, f"minute {minute}" if minute else None)))


def _revised(collation: Collation) -> Iterator[str]:
    plan = collation.partnership.plan
    for action in {cell.action.id: cell.action for cell in collation.cells}.values():
        for each in action.revised:
            board = wording.board(plan, each.board)
            minute = f", minute {each.minute}" if each.minute else ""
            yield (
                f"{action.id} from {plan.periods[each.since].label}: {_revision(collation, each)}; "
                f"{board}, {wording.day(each.on)}{minute}: {each.reason}"
            )


def _revision(collation: Collation, revision: Revision) -> str:
    """What *revision* expects from when, or the day on which the action is due."""
    plan = collation.partnership.plan
    due = [f"due {wording.day(revision.due)}"] if revision.due else []
    steps = (
        f"{plan.dimensions[dimension].label.lower()} "
        + ", ".join(f"{wording.permitted(plan, ratings)} by {plan.periods[by].label}" for by, ratings in each.items())
        for dimension, each in revision.expected.items()
    )
    return "; ".join([*due, *steps])


def _moderated(cells: Cells) -> Iterator[str]:
    for cell in cells.values():
        if cell.moderated and cell.rating:
            yield f"{cell.action} {cell.dimension}: {cell.rating.label}; {cell.moderated.words}"


def _amendments(partnership: Partnership, period: str) -> Iterator[str]:
    """What was changed after *period* was closed, each as one sentence without its full stop."""
    plan = partnership.plan
    for each in partnership.record_of(period).amendments:
        subject = wording.subject(plan, each.action, each.dimension)
        none = "the agencies' own" if each.board else "no rating"
        was, to = (wording.rating(plan, name) if name else none for name in (each.was, each.to))
        change = f"still {to}, text changed" if was == to else f"{was} to {to}"
        board = plan.boards.get(each.board or "")
        name = partnership.agencies[each.agency].name if each.agency else board.name if board else "a board"
        yield f"{subject}, {name}: {change}, by {each.by} on {wording.day(each.on)}: {each.reason}"


def _decided(partnership: Partnership, period: str) -> Iterator[str]:
    for each in asks.decided_in(partnership, period):
        if each.decision:
            about = f", about {each.ask.about}" if each.ask.about else ""
            label = partnership.plan.periods[each.period].label
            decided = decided_view(partnership.plan, each.decision, each.decision.decision)
            yield f"{each.ask.id}{about} ({label}): {each.ask.ask} Decided by {decided.words}"


def _asked(partnership: Partnership, agency: str, questions: Sequence[Question]) -> Iterator[str]:
    """The *questions* to *agency*, each as a sentence; the same question of several ratings is asked once.

    Such as "Blue for the first time, and no dated evidence was given: T1.1 impact, T2.3 process/activity."
    """
    subjects: dict[tuple[str, str], list[str]] = {}
    for each in questions:
        subject, asked = _subject(partnership, each.finding)
        answer = ""
        if each.last:
            period, why = each.last
            answer = f" Answered in {partnership.plan.periods[period].label}: {' '.join(why.split())}"
        about = [subject.removesuffix(f" of {partnership.agency_name(agency)}")] if subject else []
        subjects.setdefault((asked, answer), []).extend(about)
    for (asked, answer), several in subjects.items():
        yield f"{asked[0].upper()}{asked[1:]}{': ' if several else ''}{', '.join(several)}.{answer}"


def _subject(partnership: Partnership, finding: Finding) -> tuple[str, str]:
    """The rating that the message of *finding* begins with, and the rest; no rating if it begins otherwise."""
    subject, sign, asked = finding.message.partition(": ")
    if sign and finding.action and finding.dimension:
        rating = wording.subject(partnership.plan, finding.action, finding.dimension)
        if subject == rating or subject.startswith(f"{rating} of "):
            return subject, asked
    return "", finding.message
