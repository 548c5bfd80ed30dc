"""Tidy tables for other tools: one row for each thing, one column for each fact, always the same columns."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Recovery
from jtai_plan.rules import wording
from jtai_plan.rules.judge.collate import CollatedCell, collate
from jtai_plan.rules.judge.judgement import judge_all
from jtai_plan.rules.judge.measures import value_in
from jtai_plan.rules.judge.public_edition import is_restricted

SCHEMA = 2
Row = Mapping[str, Any]
COLUMNS = {
    "actions": (
        *("action", "theme", "theme_title", "wording", "outcome_measure", "leads", "additional", "contributes_to"),
    ),
    "ratings": (
        *("period", "period_label", "action", "dimension", "agency", "expected", "rating", "standing"),
        "carried_from",
        *("collated_rating", "collated_standing", "behind_for", "short_by", "silent_for", "movement", "notice"),
        *("last_heard", "rebaselined", "moderated", "update", "recovery", "recovery_by", "restricted"),
    ),
    "measures": (
        *("period", "agency", "measure", "action", "dimension", "description", "unit", "baseline", "target"),
        *("targets", "better", "value", "count"),
    ),
    "evidence": ("period", "agency", "action", "dimension", "what", "where", "dated"),
}
"""The columns of each table, also of one without a row."""
_LONG = ("wording", "outcome_measure", "update", "recovery", "description", "what", "where")


def tables(partnership: Partnership) -> Mapping[str, list[Row]]:
    """The tables of `COLUMNS` by their names, with rows in the plan's order."""
    return {
        "actions": list(_actions(partnership)),
        "ratings": list(_ratings(partnership)),
        "measures": list(_measures(partnership)),
        "evidence": list(_evidence(partnership)),
    }


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """*rows* as CSV below the names of their *columns*. A spreadsheet takes no text in it for a formula."""
    text = StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _never_a_formula(value) for key, value in row.items()} for row in rows)
    return text.getvalue()


def as_workbook(title: str, made: Mapping[str, Iterable[Row]]) -> bytes:
    """The tables *made*, each on a sheet of its own with a head that stays and filters, for those who work in Excel."""
    from xlsxwriter import Workbook

    made_in = BytesIO()
    with Workbook(made_in, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        # Not the time: the same files give the same bytes.
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        head, text = book.add_format({**base, "bold": True, "bottom": 2}), book.add_format(base)
        for name, rows in made.items():
            sheet, columns, last = book.add_worksheet(name), COLUMNS[name], 0
            sheet.write_row(0, 0, [each.replace("_", " ") for each in columns], head)
            for last, row in enumerate(rows, start=1):
                for at, column in enumerate(columns):
                    value = row[column]
                    if value and isinstance(value, str):
                        sheet.write_string(last, at, value[: sheet.xls_strmax], text)
                    elif value not in (None, ""):
                        sheet.write(last, at, value, text)
            for at, column in enumerate(columns):
                sheet.set_column(at, at, 48 if column in _LONG else 14)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, last, len(columns) - 1)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.repeat_rows(0)
            sheet.fit_to_pages(1, 0)
    return made_in.getvalue()


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
        "carried_from": judgement.carried.get(agency),
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
                    "targets": "|".join(f"{by}={wording.number(each)}" for by, each in measure.targets.items()),
                    "better": measure.better,
                    "value": value_in(partnership, agency, measure, period),
                    "count": measure.count,
                }


def _evidence(partnership: Partnership) -> Iterator[Row]:
    """What each rating rests on. That of a restricted one is left out."""
    for (agency, period), returned in partnership.returns.items():
        for action, dimension, cell in returned.cells():
            for each in () if is_restricted(partnership, action, dimension, period) else cell.evidence:
                yield {
                    "period": period,
                    "agency": agency,
                    "action": action,
                    "dimension": dimension,
                    "what": each.what,
                    "where": each.where or "",
                    "dated": each.dated.isoformat() if each.dated else None,
                }


def _reported(partnership: Partnership) -> Iterable[str]:
    """The periods up to the latest that has a rating."""
    latest = partnership.latest_rated_period()
    return partnership.plan.until(latest) if latest else ()
