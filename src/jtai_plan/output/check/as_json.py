"""`jtai check --format json`: the contract that other people's scripts read."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from jtai_plan.model.finding import Finding
from jtai_plan.rules.judge.collate import CollatedCell, Collation
from jtai_plan.rules.judge.trajectory import Standing

SCHEMA = 2


def check_json(collation: Collation | None, findings: Iterable[Finding]) -> str:
    """Counts, cells and findings of a period. If the plan cannot be read, the plan is null and there are no cells."""
    counts = collation.counts if collation else dict.fromkeys(Standing, 0)
    whole = {
        "schema": SCHEMA,
        "plan": collation.partnership.plan.title if collation else None,
        "period": collation.period if collation else None,
        "counts": {standing.value: number for standing, number in counts.items()},
        "cells": [_cell(collation, cell) for cell in collation.cells] if collation else [],
        "additional": list(_additional(collation)) if collation else [],
        "findings": [_finding(each) for each in findings],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _cell(collation: Collation, cell: CollatedCell) -> dict[str, Any]:
    return {
        "action": cell.action.id,
        "theme": collation.partnership.plan.theme_of[cell.action.id].id,
        **_judged(collation, cell),
    }


def _additional(collation: Collation) -> Iterator[dict[str, Any]]:
    own = {(agency, each.id): each.contributes_to for agency, each in collation.partnership.additional_actions()}
    for cell in collation.additional:
        (agency,) = cell.judgement.ratings
        about = {"action": cell.action.id, "agency": agency, "contributes_to": list(own[agency, cell.action.id])}
        yield {**about, **_judged(collation, cell)}


def _judged(collation: Collation, cell: CollatedCell) -> dict[str, Any]:
    judgement = cell.judgement
    return {
        "dimension": cell.dimension,
        "period": collation.period,
        "expected": list(judgement.expected.ratings) if judgement.expected else [],
        "rating": judgement.rating,
        "standing": judgement.standing.value,
        **cell.over_time.told,
        "carried_from": judgement.carried_from,
        "ratings": dict(judgement.ratings),
        "awaiting": list(judgement.awaiting),
        "moderated": judgement.moderated is not None,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    values = finding._asdict()
    # The line already says where, and the message which measure.
    del values["keys"], values["measure"]
    return values
