"""From the plan to the part of the view model that says what was agreed."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Inspection, Lead, Plan, Steps
from jtai_plan.output.report.view import (
    ActionView,
    AreaView,
    CellView,
    KeyView,
    LeadView,
    MeaningView,
    PlanView,
    RatingView,
    ThemeView,
    TrajectoryView,
)
from jtai_plan.rules import wording

Cells = Mapping[tuple[str, str], CellView]
"""Cells by action and dimension."""
NO_CELLS: Cells = MappingProxyType({})


def plan_view(
    partnership: Partnership, period: str | None = None, cells: Cells = NO_CELLS, inputs: str | None = None
) -> PlanView:
    """The plan as agreed; in the report of a *period*, the actions that have any of its *cells*, which they carry.

    *inputs* is the digest of the files that it is made from.
    """
    plan = partnership.plan
    last = plan.order[period] if period else len(plan.order)
    inspection, areas = plan.inspection, plan.areas_for_improvement
    return PlanView(
        inputs=inputs,
        title=plan.title,
        partnership=plan.partnership,
        collated_by=plan.collated_by,
        marking=plan.marking,
        inspection=inspection.name if inspection else None,
        inspection_days=_days(inspection) if inspection else None,
        inspectorates=wording.listed(inspection.inspectorates) if inspection and inspection.inspectorates else None,
        lead_inspectorate=inspection.lead_inspectorate if inspection else None,
        introduction=paragraphs(plan.introduction),
        governance=paragraphs(plan.governance),
        excellence_introduction=paragraphs(plan.excellence_introduction),
        excellence=plan.excellence,
        boards=tuple(board.name for board in plan.boards.values()),
        periods=tuple(
            (
                each.label,
                wording.span(each.first_day, each.last_day),
                wording.day(each.returns_due) if each.returns_due else None,
            )
            for name, each in plan.periods.items()
            if plan.order[name] <= last
        ),
        areas=areas.count if areas else None,
        areas_source=areas.source if areas else None,
        areas_recorded=tuple(
            AreaView(
                area.id,
                area.summary,
                tuple(action.id for action in plan.actions.values() if area.id in action.addresses),
            )
            for area in (areas.items if areas else ())
        ),
        dimensions=tuple(dimension.label for dimension in plan.dimensions.values()),
        trajectory=_trajectory(plan, plan.expected),
        key=tuple(_key(plan, name) for name in plan.scale),
        themes=tuple(_themes(partnership, period, cells)),
    )


def action_view(
    partnership: Partnership,
    action: Action,
    period: str | None,
    cells: Cells,
    contributes_to: tuple[str, ...] = (),
) -> ActionView:
    """*action* with those of *cells* that are its own."""
    plan = partnership.plan
    return ActionView(
        id=action.id,
        wording=action.action,
        leads=lead_views(partnership, action, period),
        outcome_measure=action.outcome_measure,
        reporting=action.reporting,
        addresses=tuple(_area(plan, each) for each in action.addresses),
        trajectory=_trajectory(plan, action.expected),
        starts=plan.periods[action.starts].label if action.starts else None,
        withdrawn=_withdrawn(plan, action),
        contributes_to=contributes_to,
        cells=tuple(cells[action.id, each] for each in plan.dimensions if (action.id, each) in cells),
    )


def lead_views(partnership: Partnership, action: Action, period: str | None) -> tuple[LeadView, ...]:
    """Who leads *action* in *period*, or ever, and then from when until when."""
    plan = partnership.plan
    if period:
        return tuple(_lead(partnership, lead, None) for lead in plan.leads(action, period))
    return tuple(_lead(partnership, lead, _term(plan, lead)) for lead in action.leads)


def rating_view(plan: Plan, name: str | None) -> RatingView | None:
    """The rating *name* of the plan's scale; None for none."""
    return RatingView(name, plan.scale[name].label, plan.scale[name].letter) if name else None


def paragraphs(text: str | None) -> tuple[str, ...]:
    """*text* cut where it has a blank line; no paragraph where there is no text."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text or "") if part.strip())


def _themes(partnership: Partnership, period: str | None, cells: Cells) -> Iterator[ThemeView]:
    held = {action for action, _ in cells} if period else set(partnership.plan.actions)
    for theme in partnership.plan.themes:
        actions = tuple(action_view(partnership, each, period, cells) for each in theme.actions if each.id in held)
        if actions:
            yield ThemeView(theme.id, theme.title, actions)


def _days(inspection: Inspection) -> str | None:
    first, last = inspection.first_day, inspection.last_day
    return wording.span(first, last) if first and last else None


def _key(plan: Plan, name: str) -> KeyView:
    rating, view = plan.scale[name], rating_view(plan, name)
    assert view is not None, "a rating of the scale has a name"
    if isinstance(rating.means, str):
        return KeyView(view, (MeaningView(None, rating.means),), ())
    labels = {dimension: each.label for dimension, each in plan.dimensions.items()}
    meanings = tuple(MeaningView(label, said) for each, label in labels.items() if (said := rating.meaning(each)))
    return KeyView(view, meanings, tuple(label for each, label in labels.items() if not rating.meaning(each)))


def _trajectory(plan: Plan, steps: Steps) -> tuple[TrajectoryView, ...]:
    return tuple(
        TrajectoryView(
            dimension.label,
            tuple(
                (plan.periods[period].label, wording.permitted(plan, ratings))
                for period, ratings in sorted(steps[name].items(), key=lambda step: plan.order[step[0]])
            ),
        )
        for name, dimension in plan.dimensions.items()
        if name in steps
    )


def _withdrawn(plan: Plan, action: Action) -> str | None:
    withdrawn = action.withdrawn
    if withdrawn is None:
        return None
    board = plan.boards[withdrawn.board].name
    return f"from {plan.periods[withdrawn.since].label}, by {board} on {wording.day(withdrawn.on)}: {withdrawn.reason}"


def _area(plan: Plan, area: str) -> str:
    assert plan.areas_for_improvement is not None, "an action addresses no area that is not listed"
    return next(f"{area} {each.summary}" for each in plan.areas_for_improvement.items if each.id == area)


def _lead(partnership: Partnership, lead: Lead, term: str | None) -> LeadView:
    return LeadView(partnership.agencies[lead.agency].name, lead.name, lead.role, term)


def _term(plan: Plan, lead: Lead) -> str | None:
    since = f"from {plan.periods[lead.since].label}" if lead.since else None
    until = f"until {plan.periods[lead.until].label}" if lead.until else None
    return " ".join(filter(None, (since, until))) or None
