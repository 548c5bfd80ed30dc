"""Tidy tables for other tools: one row for each thing, one column for each fact, always the same columns."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Recovery
from jtai_plan.rules.judge.collate import CollatedCell, collate
from jtai_plan.rules.judge.judgement import judge_all
from jtai_plan.rules.judge.measures import value_in

SCHEMA = 2
Row = Mapping[str, Any]


def tables(partnership: Partnership) -> Mapping[str, list[Row]]:
    """The tables `actions`, `ratings` and `measures` by their names, with rows in the plan's order."""
    return {
        "actions": list(_actions(partnership)),
        "ratings": list(_ratings(partnership)),
        "measures": list(_measures(partnership)),
    }


def as_csv(rows: list[Row]) -> str:
    """*rows* as CSV. A spreadsheet takes no text in it for a formula."""
    if not rows:
        return ""
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _never_a_formula(value) for key, value in row.items()} for row in rows)
    return text.getvalue()


def _never_a_formula(value: Any) -> Any:
    # OWASP advises this: a quotation mark in front makes it text.
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _actions(partnership: Partnership) -> Iterator[Row]:
    plan = partnership.plan
    own = {action.id: action.contributes_to for _, action in partnership.additional_actions()}
    additional = (action.led_by(agency) for agency, action in partnership.additional_actions())
    for action in (*plan.actions.values(), *additional):
        theme = plan.theme_of[own[action.id][0] if action.id in own else action.id]
        yield {
            "action": action.id,
            "theme": theme.id,
            "theme_title": theme.title,
            "wording": action.action,
            "outcome_measure": "\n".join(action.outcome_measure),
            "leads": "|".join(dict.fromkeys(lead.agency for lead in action.leads)),
            "additional": action.id in own,
            "contributes_to": "|".join(own.get(action.id, ())),
        }


def _ratings(partnership: Partnership) -> Iterator[Row]:
    plan, reported = partnership.plan, list(_reported(partnership))
    judged = judge_all(partnership, reported[-1]) if reported else {}
    for period in reported:
        collation = collate(partnership, period, judged)
        for cell in (*collation.cells, *collation.additional):
            for agency in cell.judgement.ratings:
                yield {"period": period, "period_label": plan.periods[period].label, **_rating(cell, agency)}


def _rating(cell: CollatedCell, agency: str) -> Row:
    judgement, said = cell.judgement, cell.returned[agency]
    recovery = said.recovery or Recovery()
    # Where two agencies lead, either may restrict what both say.
    restricted = any(bool(each.restricted) for each in cell.returned.values())
    return {
        "action": cell.action.id,
        "dimension": cell.dimension,
        "agency": agency,
        "expected": "|".join(judgement.expected.ratings) if judgement.expected else "",
        "rating": judgement.ratings[agency],
        "standing": judgement.standings[agency].value,
        "collated_rating": cell.rating,
        "collated_standing": cell.standing.value,
        **cell.over_time.told,
        "moderated": judgement.moderated is not None,
        "update": "" if restricted else said.update or "",
        "recovery": "" if restricted else recovery.plan or "",
        "recovery_by": recovery.by.isoformat() if recovery.by else None,
        "restricted": restricted,
    }


def _measures(partnership: Partnership) -> Iterator[Row]:
    for agency, itself in partnership.agencies.items():
        for measure in itself.measures:
            for period in _reported(partnership):
                yield {
                    "period": period,
                    "agency": agency,
                    "measure": measure.id,
                    "action": measure.action,
                    "dimension": measure.dimension,
                    "description": measure.description,
                    "unit": measure.unit or "",
                    "baseline": measure.baseline,
                    "target": measure.target,
                    "better": measure.better,
                    "value": value_in(partnership, agency, measure, period),
                    "count": measure.count,
                }


def _reported(partnership: Partnership) -> Iterable[str]:
    """The periods up to the latest that has a rating."""
    latest = partnership.latest_rated_period()
    return partnership.plan.until(latest) if latest else ()
