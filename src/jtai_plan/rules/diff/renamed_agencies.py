"""Agencies whose id changed. They are recognised by their returns, which repeat those of an agency that is gone."""

from collections.abc import Iterator, Mapping
from typing import Any

from jtai_plan.model.noun import Noun
from jtai_plan.model.partnership import PLAN, Partnership, agency_path, board_path
from jtai_plan.rules.diff.fields import Difference, is_nothing


def renamed(before: Partnership, after: Partnership) -> Mapping[str, str]:
    """The new id of every agency whose id changed.

    One agency is gone, one is new, and at least half of what their returns say is the same. If neither has returned
    anything, their own files must be the same.
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
        for action, dimension, cell in returned.cells()
        if not is_nothing(cell)
    }


def in_new_names(partnership: Partnership, names: Mapping[str, str]) -> Partnership:
    """*partnership* with the new ids of the agencies in *names*."""
    if not names:
        return partnership

    def new(agency: str) -> str:
        return names.get(agency, agency)

    return partnership._replace(
        plan=_renamed_in(partnership.plan, names),
        agencies={new(agency): _renamed_in(each, names) for agency, each in partnership.agencies.items()},
        returns={(new(agency), period): each for (agency, period), each in partnership.returns.items()},
        sign_offs={new(agency): each for agency, each in partnership.sign_offs.items()},
        board_records={period: _renamed_in(each, names) for period, each in partnership.board_records.items()},
    )


def _renamed_in(value: Any, names: Mapping[str, str], key: str = "") -> Any:
    """*value* of the field *key*, with every id of an agency in *names* replaced."""
    match value:
        case Noun():
            # A copy would keep what was looked up with the old ids.
            return type(value).model_construct(
                **{name: _renamed_in(getattr(value, name), names, name) for name in type(value).model_fields}
            )
        case tuple():
            return tuple(_renamed_in(each, names, key) for each in value)
        case Mapping():
            new = names if key == "returns" else {}
            return {new.get(name, name): _renamed_in(each, names) for name, each in value.items()}
        case str() if key in ("agency", "signs_with"):
            return names.get(value, value)
    return value


def ids_changed(
    before: Partnership, was: Partnership, names: Mapping[str, str]
) -> Iterator[tuple[Difference, str, dict[str, str]]]:
    """The new id of each agency in *names*, then each other file that names one: the difference, the path, whose it is.

    *was* is *before* with the new ids.
    """
    for old, new in names.items():
        yield Difference((), (old,), (new,)), agency_path(new), {"agency": new}
    every = tuple(names), tuple(names.values())
    if before.plan != was.plan:
        yield Difference(("leads",), *every), PLAN, {}
    olds = {new: old for old, new in names.items()}
    for agency, each in was.agencies.items():
        if each != before.agencies[olds.get(agency, agency)]:
            yield Difference(("signs_with",), *every), agency_path(agency), {"agency": agency}
    for period, record in was.board_records.items():
        if record != before.board_records[period]:
            yield Difference(("agency",), *every), board_path(period), {"period": period}


def path_in_new_names(path: str, names: Mapping[str, str]) -> str:
    """Where the file at *path* lies once the agencies in *names* have their new ids."""
    for old, new in names.items():
        folder = f"plan/agencies/{old}/"
        if path.startswith(folder):
            return f"plan/agencies/{new}/{path.removeprefix(folder)}"
    return path
