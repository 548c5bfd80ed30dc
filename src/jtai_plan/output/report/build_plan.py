"""The part of a report's view model about the plan: what was agreed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Milestone, Plan, Steps
from jtai_plan.output.palette import palette
from jtai_plan.output.report.view.cell import CellView, LeadView, RatingView, TrajectoryView
from jtai_plan.output.report.view.plan import ActionView, AreaView, KeyView, MeaningView, PlanView, ThemeView
from jtai_plan.rules import wording

Cells = Mapping[tuple[str, str], CellView]
"""Cells by action and dimension."""
NO_CELLS: Cells = MappingProxyType({})


def plan_view(
    partnership: Partnership, period: str | None = None, cells: Cells = NO_CELLS, inputs: str | None = None
) -> PlanView:
    """The plan as agreed; in the report of a *period*, only the actions with any of its *cells*, each with its own."""
    plan = partnership.plan
    shown = plan.order[period] + 1 if period else None
    inspection, areas = plan.inspection, plan.areas_for_improvement
    days = (inspection.first_day, inspection.last_day) if inspection else (None, None)
    return PlanView(
        inputs=inputs,
        title=plan.title,
        partnership=plan.partnership,
        collated_by=plan.collated_by,
        marking=plan.marking,
        inspection=inspection.name if inspection else None,
        inspection_days=wording.span(days[0], days[1]) if days[0] and days[1] else None,
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
            for each in list(plan.periods.values())[:shown]
        ),
        areas=areas.count if areas else None,
        areas_source=areas.source if areas else None,
        areas_recorded=tuple(
            AreaView(
                area.id,
                f"{area.summary} ({area.response})" if area.response else area.summary,
                tuple(each.id for each in plan.actions.values() if area.id in each.addresses),
            )
            for area in (areas.items if areas else ())
        ),
        dimensions=tuple(dimension.label for dimension in plan.dimensions.values()),
        trajectory=_trajectory(plan, plan.expected),
        key=tuple(_key(plan, name) for name in plan.scale),
        due_words=_due_words(plan),
        palette=palette(plan.scale),
        themes=tuple(_themes(partnership, period, cells)),
    )


def action_view(
    partnership: Partnership,
    action: Action,
    period: str | None,
    cells: Cells,
    contributes_to: tuple[str, ...] = (),
) -> ActionView:
    """*action* with its own of the *cells*."""
    plan = partnership.plan
    own = tuple(cells[action.id, each] for each in plan.dimensions if (action.id, each) in cells)
    return ActionView(
        id=action.id,
        wording=action.action,
        leads=lead_views(partnership, action, period),
        outcome_measure=action.outcome_measure,
        reporting=action.reporting,
        ref=action.ref,
        sponsor=action.sponsor,
        also=tuple((name, " ".join(words.split())) for name, words in action.also.items()),
        addresses=tuple(_area(plan, each) for each in action.addresses),
        due=wording.due(plan, action, period),
        milestones=tuple(_milestone(plan, each, period) for each in action.milestones),
        trajectory=_trajectory(plan, action.expected),
        starts=plan.periods[action.starts].label if action.starts else None,
        withdrawn=_withdrawn(plan, action),
        contributes_to=contributes_to,
        cells=own,
        silent=_silent(own),
    )


def _silent(cells: Sequence[CellView]) -> str:
    """Which agencies gave no update of which dimensions."""
    without: dict[str, list[str]] = {}
    for cell in cells:
        for said in cell.said:
            if not said.update and not said.carried:
                without.setdefault(said.agency, []).append(cell.dimension.lower())
    all_of = len(cells) if len(cells) > 1 else 0
    return "; ".join(
        f"{agency} ({'every dimension' if len(labels) == all_of else ', '.join(labels)})"
        for agency, labels in without.items()
    )


def lead_views(partnership: Partnership, action: Action, period: str | None) -> tuple[LeadView, ...]:
    """Who leads *action* in *period*; without a period, who ever leads it, and when."""
    plan, agencies = partnership.plan, partnership.agencies
    return tuple(
        LeadView(agencies[lead.agency].name, lead.name, lead.role, None if period else wording.term(plan, lead))
        for lead in (plan.leads(action, period) if period else action.leads)
    )


def rating_view(plan: Plan, name: str | None) -> RatingView | None:
    """The rating *name* of the plan's scale; None for none."""
    return RatingView(name, plan.scale[name].label, plan.scale[name].letter) if name else None


def paragraphs(text: str | None) -> tuple[str, ...]:
    """*text* split at blank lines; no paragraphs if there is no text."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text or "") if part.strip())


def _themes(partnership: Partnership, period: str | None, cells: Cells) -> Iterator[ThemeView]:
    held = {action for action, _ in cells} if period else set(partnership.plan.actions)
    for theme in partnership.plan.themes:
        actions = tuple(action_view(partnership, each, period, cells) for each in theme.actions if each.id in held)
        if actions:
            yield ThemeView(theme.id, theme.title, actions)


def _key(plan: Plan, name: str) -> KeyView:
    rating = plan.scale[name]
    view = RatingView(name, rating.label, rating.letter)
    used = {dimension: name in plan.ratings(dimension) for dimension in plan.dimensions}
    unused = tuple(plan.dimensions[each].label for each, is_used in used.items() if not is_used)
    if isinstance(rating.means, str):
        return KeyView(view, (MeaningView(None, rating.means),), (), unused)
    means = {plan.dimensions[each].label: rating.meaning(each) for each, is_used in used.items() if is_used}
    meanings = tuple(MeaningView(label, text) for label, text in means.items() if text)
    return KeyView(view, meanings, tuple(label for label, text in means.items() if not text), unused)


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


def _due_words(plan: Plan) -> str | None:
    """What is expected of an action with a due day."""
    if not any(wording.due(plan, action) for action in plan.actions.values()):
        return None
    ranked = [each for each in plan.scale.values() if each.rank is not None]
    before, after = (
        wording.listed((each.label for each in ranked if getattr(each, key)), "or") for key in ("on_track", "complete")
    )
    return f"{before} is expected before the day on which an action is due, and {after} from then on."


def _milestone(plan: Plan, milestone: Milestone, period: str | None) -> str:
    """A step on the way: "31 December 2018: audit agreed (done 20 December 2018)"."""
    last_day = plan.periods[period].last_day if period else None
    stands = ""
    if milestone.done and (last_day is None or milestone.done <= last_day):
        stands = f" (done {wording.day(milestone.done)})"
    elif last_day and milestone.by <= last_day:
        stands = " (gone by)"
    return f"{wording.day(milestone.by)}: {milestone.what}{stands}"


def _withdrawn(plan: Plan, action: Action) -> str | None:
    withdrawn = action.withdrawn
    if withdrawn is None:
        return None
    board = wording.board(plan, withdrawn.board)
    return f"from {plan.periods[withdrawn.since].label}, by {board} on {wording.day(withdrawn.on)}: {withdrawn.reason}"


def _area(plan: Plan, area: str) -> str:
    assert plan.areas_for_improvement is not None, "an action addresses only listed areas"
    return next(f"{area} {each.summary}" for each in plan.areas_for_improvement.items if each.id == area)
