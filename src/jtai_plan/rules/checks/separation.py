"""Separation of duties: what one person wrote, another reviews or merges.

The trail says whether a second person saw what is on the main branch. It knows people by the addresses that git
recorded.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from jtai_plan.model.board import BoardRecord
from jtai_plan.model.finding import Finding, Keys, Severity
from jtai_plan.model.partnership import PLAN, Partnership, board_path, return_path, sign_off_path
from jtai_plan.model.returns import Cell, Return
from jtai_plan.model.trail import Event, Person, Settled, Step, SubjectKind
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.behind_and_missing import MERGED_BY_WRITER, SETTLED_BY_MERGE, UNREVIEWED
from jtai_plan.rules.checks.catalogue.plan_errors import CHANGED_SINCE_BASE
from jtai_plan.rules.checks.catalogue.queries import REOPENED
from jtai_plan.rules.checks.catalogue.questions import APPROVED_BEFORE_RECORDED
from jtai_plan.rules.checks.catalogue.rule import About, Rule

_REVIEW = "This is already merged. Ask someone else to review it now, and to review and merge the next change."


def separation(
    partnership: Partnership, period: str, events: Sequence[Event], merged: Sequence[Settled]
) -> Iterator[Finding]:
    """What stands in *period* and nobody has seen but those who wrote it.

    Also each closing that was withdrawn or rewritten, and each value of *merged* that a merge took from one side.
    *events* are the whole trail, oldest first. A change that is not merged yet is still to be reviewed, so it is left
    out. Nobody knows who wrote what a shallow clone begins with.
    """
    latest = {(event.subject, event.agency, event.period): event for event in events}
    told = [event for event in latest.values() if event.step.merge and not event.step.is_beginning]
    standing = [event for event in told if event.now]
    for agency in partnership.agencies:
        own = [event for event in standing if event.agency == agency]
        rated = [event for event in own if event.subject.kind is SubjectKind.RATING and event.period == period]
        yield from _merged_by_writer(partnership, agency, period, rated)
        yield from _approved_before(partnership, agency, period, rated)
        for event in own:
            if event.subject.kind is SubjectKind.SIGN_OFF:
                yield from _unreviewed(partnership, event)
    order = {action: place for place, action in enumerate(partnership.plan.actions)}
    moderated = [event for event in standing if event.subject.kind is SubjectKind.MODERATION and event.period == period]
    for event in sorted(moderated, key=lambda event: order.get(event.subject.action or "", len(order))):
        yield from _unreviewed(partnership, event)
    for event in events:
        if event.subject.kind is SubjectKind.CLOSING and event.period == period and event.was and event.step.merge:
            yield _reopened(partnership, event)
    for each in merged:
        if each.last.period in (None, period) and each.last.step.merge:
            yield _settled(partnership, each)


def changed_since_base(base: Partnership, now: Partnership) -> Iterator[Finding]:
    """Every change to a period that was closed at *base*, apart from open amendments.

    The closing itself is compared with *base*, so a return that is rewritten together with its digest is found too.
    """
    for period, before in base.board_records.items():
        if before.closed is None:
            continue
        after, label = now.board_records.get(period), base.plan.periods[period].label
        then, since = before.amendments, after.amendments if after else ()
        if after is None or after.closed != before.closed:
            yield _changed(f"the closing of {label}", board_path(period), "closed", period)
        if since[: len(then)] != then:
            yield _changed(f"an amendment of {label}", board_path(period), "amendments", period)
        amended = {(each.agency, each.action, each.dimension) for each in since[len(then) :]}
        if after is None or any((None, *cell) not in amended for cell in _moderated_anew(before, after)):
            what = f"a moderated rating of {label}, which was closed,"
            yield _changed(what, board_path(period), "moderated", period)
        for agency in dict.fromkeys((*base.agencies, *now.agencies)):
            was, stands = _cells(base.returns.get((agency, period))), _cells(now.returns.get((agency, period)))
            cells = dict.fromkeys((*was, *stands))
            if any(was.get(cell) != stands.get(cell) for cell in cells if (agency, *cell) not in amended):
                what = f"the return of {now.agency_name(agency)} for {label}, which was closed,"
                yield _changed(what, return_path(agency, period), "actions", period, agency)


def _moderated_anew(before: BoardRecord, after: BoardRecord) -> Iterator[tuple[str, str]]:
    """The action and dimension of each moderated rating that differs."""
    for action in dict.fromkeys((*before.moderated, *after.moderated)):
        was, now = before.moderated.get(action, {}), after.moderated.get(action, {})
        yield from ((action, each) for each in dict.fromkeys((*was, *now)) if was.get(each) != now.get(each))


def _cells(returned: Return | None) -> dict[tuple[str, str], Cell]:
    """All that a return says of each action and dimension. A cell that says nothing is left out."""
    return {
        (action, dimension): cell
        for action, dimension, cell in (returned.cells() if returned else ())
        if cell.model_dump(exclude_defaults=True, exclude_none=True)
    }


def _merged_by_writer(partnership: Partnership, agency: str, period: str, events: Sequence[Event]) -> Iterator[Finding]:
    """The one finding about a return if its writer merged any of it."""
    alone = {event.step.commit.id: event.step for event in events if _merger(event.step)}
    if not alone:
        return
    people = wording.listed({each.key: each.name for step in alone.values() if (each := _merger(step))}.values())
    commits = wording.listed(dict.fromkeys(step.commit.short for step in alone.values()))
    direct = all(step.is_direct and not step.request for step in alone.values())
    how = "committed to the main branch" if direct else "merged"
    message = (
        f"the return of {partnership.agency_name(agency)} for {partnership.plan.periods[period].label} was {how} by "
        f"{people}, who wrote it ({commits})"
    )
    rule, reviewed = MERGED_BY_WRITER, all(step.others for step in alone.values())
    if reviewed:
        # The writer could have added the line that names a reviewer, so it is still worth asking.
        rule = rule._replace(severity=Severity.QUERY)
        seen = dict.fromkeys(person.name for step in alone.values() for person in step.others)
        message += f"; reviewed by {wording.listed(seen)}"
    path, hint = return_path(agency, period), None if reviewed else _REVIEW
    yield rule.finding(message, path, hint, keys=("actions",), agency=agency, period=period)


def _approved_before(partnership: Partnership, agency: str, period: str, events: Sequence[Event]) -> Iterator[Finding]:
    """The one finding about a return whose approval is older than a rating that it covers."""
    returned = partnership.returns.get((agency, period))
    approved = returned.approved if returned else None
    if approved is None or approved.on is None:
        return
    recorded = {
        f"{event.subject.action} {event.subject.dimension}": date.fromisoformat(event.step.commit.authored[:10])
        for event in events
        if event.rating_was != event.now.get("rating")
    }
    late = {cell: day for cell, day in recorded.items() if day > approved.on}
    if late:
        who, label = partnership.agency_name(agency), partnership.plan.periods[period].label
        message = (
            f"{who} approved its return for {label} on {wording.day(approved.on)}, and {wording.listed(late)} "
            f"{'was' if len(late) == 1 else 'were'} recorded on {wording.day(max(late.values()))}"
        )
        yield APPROVED_BEFORE_RECORDED.finding(message, PLAN, agency=agency, period=period)


def _merger(step: Step) -> Person | None:
    """Who merged *step*, if they also wrote it."""
    merged_by = step.merged_by
    return merged_by if merged_by and merged_by.is_one_of(step.commit.authors) else None


def _unreviewed(partnership: Partnership, event: Event) -> Iterator[Finding]:
    step, subject = event.step, event.subject
    keys: Keys = ("signed",)
    if step.others:
        return
    if subject.kind is SubjectKind.SIGN_OFF:
        assert event.agency is not None, "a sign-off is an agency's"
        what = f"the sign-off of {partnership.agency_name(event.agency)}"
    else:
        what = f"the moderated rating of {subject.action} {subject.dimension}"
        keys = ("moderated", subject.action or "", subject.dimension or "")
    people = wording.listed(person.name for person in step.commit.authors)
    message = f"{what} was recorded by {people} in {step.commit.short}, and nobody else is recorded as a reviewer"
    yield _of_event(UNREVIEWED, event, message, _REVIEW, keys)


def _reopened(partnership: Partnership, event: Event) -> Finding:
    """The finding that a closing was withdrawn or rewritten, which leaves no sign in the files."""
    assert event.period is not None, "a closing is of a period"
    commit, label = event.step.commit, partnership.plan.periods[event.period].label
    done = "rewritten" if event.now else "withdrawn"
    people = wording.listed(each.name for each in commit.authors)
    message = f"the closing of {label} was {done} by {people} in {commit.short}"
    return _of_event(REOPENED, event, message, None, ("closed",))


def _settled(partnership: Partnership, found: Settled) -> Finding:
    last, subject = found.last, found.last.subject
    whose = f" of {partnership.agency_name(last.agency)}" if last.agency else ""
    about = " ".join(filter(None, (subject.kind.value, subject.action, subject.dimension)))
    now, recorded = found.rating or "something", last.rating or "something else"
    last_recorded = f"{recorded} was recorded last, in {last.step.commit.short}"
    message = f"the {about}{whose} is {now}, but {last_recorded}: a merge kept only one side"
    hint = "Ask whoever merged it which is right, and record that in a new commit."
    return _of_event(SETTLED_BY_MERGE, last, message, hint)


def _of_event(rule: Rule, event: Event, message: str, hint: str | None, keys: Keys = ()) -> Finding:
    agency, period, subject = event.agency, event.period, event.subject
    path = board_path(period or "") if agency is None else sign_off_path(agency)
    if agency and period:
        path = return_path(agency, period)
    about: About = {"agency": agency, "action": subject.action, "dimension": subject.dimension, "period": period}
    return rule.finding(message, path, hint, keys=keys, **about)


def _changed(what: str, path: str, key: str, period: str, agency: str | None = None) -> Finding:
    hint = "Restore it. To change a rating openly: jtai rate ACTION DIMENSION RATING --amend REASON --by WHO."
    message = f"{what} has changed"
    return CHANGED_SINCE_BASE.finding(message, path, hint, keys=(key,), agency=agency, period=period)
