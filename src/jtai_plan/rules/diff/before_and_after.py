"""A partnership before and after: the two that are compared, and what is said of things that either of them has."""

from typing import Any, NamedTuple

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action
from jtai_plan.rules.diff.change import Change, Kind
from jtai_plan.rules.diff.fields import ORDER, Difference, is_text, words
from jtai_plan.rules.seals.closing import closing_of


class Sides(NamedTuple):
    """A partnership before and after."""

    before: Partnership
    after: Partnership

    def agency(self, agency: str) -> str:
        """What *agency* is called, now if it is still there."""
        return (self.after if agency in self.after.agencies else self.before).agency_name(agency)

    def period(self, period: str) -> str:
        """What *period* is called, now if it is still there."""
        known = self.after.plan.periods.get(period) or self.before.plan.periods.get(period)
        return known.label if known else period

    def dimension(self, dimension: str) -> str:
        """What *dimension* is called within a sentence."""
        known = self.after.plan.dimensions.get(dimension) or self.before.plan.dimensions.get(dimension)
        return known.label.lower() if known else dimension

    def cell(self, action: str, dimension: str, period: str) -> str:
        """What a sentence about a cell is about, such as "T2.2 impact, Q3 2018/19"."""
        return f"{action} {self.dimension(dimension)}, {self.period(period)}"

    def is_closed(self, period: str | None) -> bool:
        """Whether *period* was closed before."""
        return period is not None and closing_of(self.before, period) is not None

    def change(self, difference: Difference, kind: Kind, path: str, subject: str, what: str, **more: Any) -> Change:
        """*difference* as a change of *subject*, in words."""
        key = next((each for each in reversed(difference.keys) if each != ORDER), "")
        was, now = difference.was, difference.now
        if isinstance(was, bool) or isinstance(now, bool):
            was, now = bool(was), bool(now)
        spaced = isinstance(was, str) and isinstance(now, str) and was.split() == now.split()
        return Change(
            kind=kind,
            path=path,
            subject=subject,
            field=".".join(difference.keys),
            what=what,
            was=None if was is None else words(self.before, was, key),
            now=None if now is None else words(self.after, now, key),
            is_text=all(is_text(key, each) for each in (was, now) if each is not None),
            closed=self.is_closed(more.get("period")),
            **({"note": "only its spaces and line breaks differ"} if spaced else {}) | more,
        )


def action_of(partnership: Partnership, action: str) -> Action | None:
    """The action with this id: the plan's, or an agency's own; None where there is none."""
    known = partnership.plan.actions.get(action)
    own = (each.led_by(agency) for agency, each in partnership.additional_actions() if each.id == action)
    return known or next(own, None)
