"""Agencies that have another id: known by their returns, which say what those of one that is gone said."""

from collections.abc import Iterator, Mapping
from typing import Any

from jtai_plan.model.partnership import PLAN, Partnership, agency_path, board_path
from jtai_plan.model.plan import Plan
from jtai_plan.rules.diff.before_and_after import Sides
from jtai_plan.rules.diff.change import Change, Kind
from jtai_plan.rules.diff.fields import is_nothing


def renamed(before: Partnership, after: Partnership) -> Mapping[str, str]:
    """The new id of every agency that has another one.

    One agency is gone and one is new, and at least half of all that either says in its returns is the same; where
    neither has returned anything, it is what each says of itself that is the same.
    """
    gone = [agency for agency in before.agencies if agency not in after.agencies]
    new = [agency for agency in after.agencies if agency not in before.agencies]
    found: dict[str, str] = {}
    for agency in gone:
        likely = {each: _likeness(before, agency, after, each) for each in new if each not in found.values()}
        best = max(likely, key=likely.__getitem__, default=None)
        if best is not None and likely[best] >= 0.5:
            found[agency] = best
    return found


def _likeness(before: Partnership, old: str, after: Partnership, new: str) -> float:
    """How much of what *old* and *new* say is the same, from 0 to 1."""
    was, now = _cells(before, old), _cells(after, new)
    if not was and not now:
        return float(before.agencies[old] == after.agencies[new])
    same = len([place for place, cell in was.items() if now.get(place) == cell])
    return same / max(len(was), len(now))


def _cells(partnership: Partnership, agency: str) -> dict[tuple[str, str, str], Any]:
    return {
        (period, action, dimension): cell
        for (whose, period), returned in partnership.returns.items()
        if whose == agency
        for action, cells in returned.actions.items()
        for dimension, cell in (cells or {}).items()
        if not is_nothing(cell)
    }


def in_new_names(partnership: Partnership, names: Mapping[str, str]) -> Partnership:
    """*partnership* with the new ids of the agencies in *names*."""
    if not names:
        return partnership

    def new(agency: str) -> str:
        return names.get(agency, agency)

    agencies = {new(agency): _with_new(each, "signs_with", new) for agency, each in partnership.agencies.items()}
    return partnership._replace(
        plan=_plan(partnership.plan, names),
        agencies=agencies,
        returns={(new(agency), period): each for (agency, period), each in partnership.returns.items()},
        sign_offs={new(agency): each for agency, each in partnership.sign_offs.items()},
        board_records={period: _record(each, new) for period, each in partnership.board_records.items()},
    )


def _with_new(noun: Any, field: str, new: Any) -> Any:
    named = getattr(noun, field)
    return noun.model_copy(update={field: new(named)}) if named else noun


def _plan(plan: Plan, names: Mapping[str, str]) -> Plan:
    def action(each: Any) -> Any:
        leads = tuple(_with_new(lead, "agency", lambda name: names.get(name, name)) for lead in each.leads)
        return each.model_copy(update={"leads": leads})

    themes = tuple(
        theme.model_copy(update={"actions": tuple(action(each) for each in theme.actions)}) for theme in plan.themes
    )
    # A copy would keep what was looked up of the actions with their old leads.
    return Plan.model_construct(**{key: getattr(plan, key) for key in Plan.model_fields} | {"themes": themes})


def _record(record: Any, new: Any) -> Any:
    closed = record.closed
    if closed:
        closed = closed.model_copy(update={"returns": {new(agency): each for agency, each in closed.returns.items()}})
    amendments = tuple(_with_new(each, "agency", new) for each in record.amendments)
    return record.model_copy(update={"closed": closed, "amendments": amendments})


def changes_by_renaming(before: Partnership, sides: Sides, names: Mapping[str, str]) -> Iterator[Change]:
    """That each agency in *names* has another id; and, once for all, the files beside its own that name it by that."""
    for old, new in names.items():
        yield Change(Kind.RENAMED, agency_path(new), "agency", "", "id", old, new, agency=new)
    if not names:
        return
    was, now = ", ".join(names), ", ".join(names.values())
    if before.plan != sides.before.plan:
        yield Change(Kind.RENAMED, PLAN, "plan", "leads", "lead agencies' ids", was, now)
    for agency, each in sides.before.agencies.items():
        old = next((old for old, new in names.items() if new == agency), agency)
        if each != before.agencies[old]:
            yield Change(
                Kind.RENAMED, agency_path(agency), "agency", "signs_with", "id it signs with", was, now, agency
            )
    for period, record in sides.before.board_records.items():
        if record != before.board_records[period]:
            label = sides.period(period)
            yield Change(
                Kind.RENAMED,
                board_path(period),
                label,
                "agency",
                "agencies' ids",
                was,
                now,
                period=period,
                closed=sides.is_closed(period),
            )


def path_in_new_names(path: str, names: Mapping[str, str]) -> str:
    """Where the file at *path* lies once the agencies in *names* have their new ids."""
    for old, new in names.items():
        folder = f"plan/agencies/{old}/"
        if path.startswith(folder):
            return f"plan/agencies/{new}/{path.removeprefix(folder)}"
    return path
