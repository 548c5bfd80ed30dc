"""Comparing two versions of a plan: file by file, field by field, in the plan's order."""

from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

from jtai_plan.model.agency import Agency
from jtai_plan.model.board import Amendment
from jtai_plan.model.finding import Finding
from jtai_plan.model.noun import Noun
from jtai_plan.model.partnership import PLAN, Partnership, agency_path, board_path, return_path, sign_off_path
from jtai_plan.model.plan import Action, Plan, Revision
from jtai_plan.model.returns import Cell, Return
from jtai_plan.model.text import with_line_feeds
from jtai_plan.rules.diff.changes import NO_PLAN, Change, ChangeKind, Comparison, State, Unreadable
from jtai_plan.rules.diff.fields import ORDER, Difference, differences, field_of, fields, in_both, reordered
from jtai_plan.rules.diff.renamed_agencies import ids_changed, in_new_names, path_in_new_names, renamed
from jtai_plan.rules.judge.judgement import judge
from jtai_plan.rules.judge.trajectory import Standing, due_days, expectation, revision_in_force, standing
from jtai_plan.rules.seals.approval import changed_since_approval
from jtai_plan.rules.seals.sign_off import changed_since


def compare(before: State, after: State) -> Comparison:
    """What differs between two states. A file that cannot be read on either side is not compared.

    An agency whose id changed is compared with what it was. The plan comes first, then each agency, then the boards.
    """
    was, now = (state.partnership or Partnership(NO_PLAN, {}) for state in (before, after))
    names = renamed(was, now)
    pair = _Pair(in_new_names(was, names), now)
    whole = Comparison(before, after, *pair, unreadable=tuple(_unreadable(before, after)))
    if not whole.is_complete:
        return whole
    broken = {fault.path for state in (before, after) if state.partnership for fault in state.faults}
    broken |= {path_in_new_names(path, names) for path in broken}
    ids = (pair.change("renamed", each, path, **about) for each, path, about in ids_changed(was, pair.before, names))
    every = (*_plan(pair), *ids, *_agencies(pair), *_boards(pair))
    found = tuple(change for change in every if not _is_at_or_below(change.path, broken))
    contents = {path_in_new_names(path, names): content for path, content in before.contents.items()}
    reported = broken | {change.path for change in found}
    reformatted = (
        path
        for path, content in sorted(after.contents.items())
        if path in contents and path not in reported and with_line_feeds(contents[path]) != with_line_feeds(content)
    )
    return whole._replace(changes=found, formatting_only=tuple(reformatted))


class _Pair(NamedTuple):
    """A partnership before and after."""

    before: Partnership
    after: Partnership

    def change(self, within: str, difference: Difference, path: str, **about: Any) -> Change:
        """*difference* in a plan, action, agency, return, cell or board's record, with the ids that it is *about*."""
        field, named = field_of(within, tuple(key for key in difference.keys if key != ORDER))
        about = {**about, **named}
        period = about.get("period")
        closed = period is not None and self.before.record_of(period).closed is not None
        return Change(field, path, *difference, closed=closed, **about)

    def whole(self, what: str, was: Any, now: Any, path: str, keys: tuple[str, ...] = (), **about: Any) -> Change:
        """A whole action, agency, return or boards' record that is new or gone."""
        return self.change("new", Difference((what,), was, now), path, **about)._replace(keys=keys)

    def changes(
        self, within: str, was: Noun | None, now: Noun | None, path: str, without: tuple[str, ...] = (), **about: Any
    ) -> Iterator[Change]:
        """Each difference between two nouns, as a change."""
        for each in fields(was, now, without):
            yield self.change(within, each, path, **about)


def _plan(pair: _Pair) -> Iterator[Change]:
    before, after = pair.before.plan, pair.after.plan
    yield from pair.changes("plan", before, after, PLAN, ("themes",))
    was, now = ({theme.id: {"title": theme.title} for theme in plan.themes} for plan in (before, after))
    for each in differences(was, now, ("themes",)):
        yield pair.change("new" if None in (each.was, each.now) else "plan", each, PLAN)
    yield from _actions(pair, "plan", before.actions, after.actions, PLAN)


def _actions(
    pair: _Pair, within: str, was: Mapping[str, Any], now: Mapping[str, Any], path: str, **about: Any
) -> Iterator[Change]:
    """The actions of the plan, or those of one agency, and their order."""
    for name in in_both(now, was):
        if name in was and name in now:
            yield from _action(pair, was[name], now[name], path, action=name, **about)
        else:
            yield pair.whole(within, was.get(name), now.get(name), path, ("action",), action=name, **about)
    for each in reordered(was, now, ("actions",)):
        yield pair.change(within, each, path, **about)


def _action(pair: _Pair, was: Any, now: Any, path: str, **about: Any) -> Iterator[Change]:
    yield from pair.changes("action", was, now, path, ("id", "leads", "revised"), **about)
    if isinstance(now, Action):
        for each in _leads(was, now):
            yield pair.change("action", each, path, **about)
        for each in differences(was.revised, now.revised, ("revised",)):
            change = pair.change("action", each, path, **about)
            yield from (change,) if each.was else _revision(pair, change, now, each.now)
        themes = [each.plan.theme_of[now.id].id for each in pair]
        if themes[0] != themes[1]:
            yield pair.change("action", Difference(("theme",), *themes), path, **about)


def _leads(was: Action, now: Action) -> Iterator[Difference]:
    """First who leads the action and when, then the officers of each agency."""
    terms = [[(lead.agency, lead.since, lead.until) for lead in each.leads] for each in (was, now)]
    if terms[0] != terms[1]:
        yield Difference(("leads",), was.leads, now.leads)
    for agency in dict.fromkeys(lead.agency for lead in (*now.leads, *was.leads)):
        before, after = (
            tuple(lead for lead in each.leads if lead.agency == agency and (lead.name or lead.role))
            for each in (was, now)
        )
        if [(lead.name, lead.role) for lead in before] != [(lead.name, lead.role) for lead in after]:
            yield Difference(("leads", "name"), before or None, after or None)


def _revision(pair: _Pair, change: Change, action: Action, new: Revision) -> Iterator[Change]:
    """A *new* revision as a change of what is expected of each dimension, from what was expected before it."""
    plan = pair.after.plan
    without = action.model_copy(update={"revised": tuple(each for each in action.revised if each is not new)})
    if new.due:
        days = due_days(plan, without, new.since)
        difference = Difference(("revised", "due"), days[-1] if days else None, new.due)
        yield pair.change("action", difference, change.path, action=action.id)._replace(reason=new)
    for dimension, expected in new.expected.items():
        earlier = revision_in_force(plan, without, dimension, new.since)
        steps = (earlier or without).expected.get(dimension, plan.expected.get(dimension, {}))
        difference = Difference(("revised", "expected", dimension), steps, expected)
        yield pair.change("action", difference, change.path, action=action.id)._replace(reason=new)


def _agencies(pair: _Pair) -> Iterator[Change]:
    for agency in in_both(pair.after.agencies, pair.before.agencies):
        yield from _agency(pair, agency)
        yield from _sign_off(pair, agency)
        for period in in_both(pair.after.plan.periods, pair.before.plan.periods):
            yield from _return(pair, agency, period)


def _agency(pair: _Pair, agency: str) -> Iterator[Change]:
    was, now = (each.agencies.get(agency) for each in pair)
    path = agency_path(agency)
    if was is None or now is None:
        whole = pair.whole("partnership", was and was.name, now and now.name, path, agency=agency)
        yield whole
        was, now = (each or Agency(name=whole.was or whole.now) for each in (was, now))
    measured = {measure.id: measure.action for each in (was, now) for measure in each.measures}
    for change in pair.changes("agency", was, now, path, ("actions",), agency=agency):
        yield change._replace(action=measured.get(change.id))
    before, after = ({action.id: action for action in each.actions} for each in (was, now))
    for change in _actions(pair, "agency", before, after, path, agency=agency):
        yield change._replace(field=change.field._replace(kind=ChangeKind.ACTION))


def _sign_off(pair: _Pair, agency: str) -> Iterator[Change]:
    """A sign-off that is new, changed or gone, or that covers something else because the plan changed."""
    was, now = (each.sign_offs.get(agency) for each in pair)
    if was != now:
        change = pair.change("sign-off", Difference((), was, now), sign_off_path(agency), agency=agency)
        yield change._replace(reason=_lapsed(now.signed, pair.after.plan) if now else None)
    elif was is not None and pair.before.plan != pair.after.plan:
        stood, stands = (_lapsed(was.signed, each.plan) or None for each in pair)
        if stood != stands:
            change = pair.change("coverage", Difference(("signed",), stood, stands), PLAN, agency=agency)
            yield change._replace(reason=was)


def _lapsed(signed: Mapping[str, str], plan: Plan) -> tuple[str, ...]:
    return tuple(each.words for each in changed_since(signed, plan))


def _return(pair: _Pair, agency: str, period: str) -> Iterator[Change]:
    """The return itself, then its cells in the plan's order."""
    was, now = (each.returns.get((agency, period)) for each in pair)
    path, about = return_path(agency, period), dict[str, Any](agency=agency, period=period)
    if (was is None) != (now is None):
        yield pair.whole("return", was, now, path, **about)
    yield from pair.changes("return", was, now, path, ("period", "actions"), **about)
    for action, dimension in _cells(pair, was, now):
        before, after = ((each and each.cell(action, dimension)) or Cell() for each in (was, now))
        about |= {"action": action, "dimension": dimension}
        yield from _rating(pair, before.rating, after.rating, about)
        yield from pair.changes("cell", before, after, path, ("rating",), **about)
    yield from _approval(pair, was, now, path, agency=agency, period=period)


def _approval(pair: _Pair, was: Return | None, now: Return | None, path: str, **about: Any) -> Iterator[Change]:
    """An approval that is the same, and covers something else because a rating changed."""
    if was is None or now is None or now.approved is None or was.approved != now.approved:
        return
    stood, stands = (
        tuple(each.words(side.plan) for each in changed_since_approval(returned)) or None
        for side, returned in zip(pair, (was, now), strict=True)
    )
    if stood != stands:
        yield pair.change("approval", Difference(("approved",), stood, stands), path, **about)._replace(
            reason=now.approved
        )


def _cells(pair: _Pair, was: Return | None, now: Return | None) -> list[tuple[str, str]]:
    """The cells of either, in the plan's order; those of actions that the plan does not have come last."""
    both = (each.actions for each in (now, was) if each)
    rated = dict.fromkeys((action, each) for actions in both for action in actions for each in actions[action] or {})
    own = (action.id for _, action in pair.after.additional_actions())
    actions = dict.fromkeys((*pair.after.plan.actions, *own, *(action for action, _ in rated)))
    dimensions = dict.fromkeys((*pair.after.plan.dimensions, *(dimension for _, dimension in rated)))
    return [(action, each) for action in actions for each in dimensions if (action, each) in rated]


def _rating(pair: _Pair, was: str | None, now: str | None, about: Mapping[str, str]) -> Iterator[Change]:
    """The change of a rating, or of its standing alone."""
    agency, cell = about["agency"], (about["action"], about["dimension"], about["period"])
    stood, stands = _standing_of(pair.before, was, *cell), _standing_of(pair.after, now, *cell)
    if was == now and (was is None or stood is stands):
        return
    key, path = "rating", return_path(agency, about["period"])
    if was == now:
        key, path = "standing", PLAN if about["action"] in pair.after.plan.actions else agency_path(agency)
    change = pair.change("cell", Difference((key,), was, now), path, **about)
    change = change._replace(keys=("rating",), standing_was=stood, standing_now=stands)
    yield change._replace(reason=_amendment(pair.after, change)) if change.closed else change


def _amendment(after: Partnership, change: Change) -> Amendment | None:
    """The amendment that made the change of a rating, if there is one."""
    asked = (change.agency, change.action, change.dimension, change.was, change.now)
    for each in reversed(after.record_of(change.period or "").amendments):
        if (each.agency, each.action, each.dimension, each.was, each.to) == asked:
            return each
    return None


def _standing_of(side: Partnership, rating: str | None, action: str, dimension: str, period: str) -> Standing | None:
    """The standing of one agency's *rating*; None if *side* has no such action, dimension or period."""
    known = _action_of(side, action, dimension, period)
    return standing(rating, expectation(side.plan, known, dimension, period), side.plan.scale) if known else None


def _standing_of_all(side: Partnership, action: str, dimension: str, period: str) -> Standing | None:
    """The standing of all leads together, or of the moderated rating; None as in `_standing_of`."""
    known = _action_of(side, action, dimension, period)
    return judge(side, known, dimension, period).standing if known else None


def _action_of(side: Partnership, action: str, dimension: str, period: str) -> Action | None:
    if period not in side.plan.periods or dimension not in side.plan.dimensions:
        return None
    own = (each.led_by(agency) for agency, each in side.additional_actions() if each.id == action)
    return side.plan.actions.get(action) or next(own, None)


def _boards(pair: _Pair) -> Iterator[Change]:
    for period in in_both(pair.after.plan.periods, pair.before.plan.periods):
        was, now = (each.board_records.get(period) for each in pair)
        path = board_path(period)
        if (was is None) != (now is None):
            yield pair.whole("board", was, now, path, period=period)
        found = pair.changes("board", was, now, path, period=period)
        for change in sorted(found, key=lambda change: change.kind is ChangeKind.CLOSED):
            yield _of_the_boards(pair, change, period)


def _of_the_boards(pair: _Pair, change: Change, period: str) -> Change:
    """*change* in a board's record, with what else it is about: the standings, or what its value names."""
    value = change.now or change.was
    if isinstance(value, Amendment):
        return change._replace(agency=value.agency, action=value.action, dimension=value.dimension)
    if change.kind is not ChangeKind.MODERATED:
        return change._replace(action=getattr(value, "about", None))
    stood, stands = (_standing_of_all(each, change.action or "", change.dimension or "", period) for each in pair)
    return change._replace(standing_was=stood, standing_now=stands) if stood is not stands else change


def _unreadable(before: State, after: State) -> Iterator[Unreadable]:
    """The files that cannot be read on one side; a file that cannot be read on both is named if it changed."""
    for state, other in ((before, after), (after, before)):
        faults, others = _by_path(state), _by_path(other)
        for path, found in faults.items():
            same = state.contents.get(path) == other.contents.get(path) != b""
            if path in others and same:
                continue
            known = "readable" if any(_is_at_or_below(each, {path}) for each in other.contents) else "absent"
            yield Unreadable(path, state is after, found, "unreadable" if path in others else known)


def _by_path(state: State) -> Mapping[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for fault in state.faults if PLAN in state.contents else ():
        found[fault.path] = (*found.get(fault.path, ()), fault)
    return found


def _is_at_or_below(path: str, paths: Set[str]) -> bool:
    """Whether *path* is one of *paths*, or is in a folder that is."""
    return path in paths or any(path.startswith(f"{folder}/") for folder in paths)
