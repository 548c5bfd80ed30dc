"""`jtai diff --format json`: the contract that other people's scripts read."""

import json
from typing import Any

from jtai_plan.rules.diff.change import Change, in_words
from jtai_plan.rules.diff.compare import Comparison, Unreadable

SCHEMA = 1


def diff_json(comparison: Comparison) -> str:
    """Every change, every file that only looks otherwise, and every file that cannot be read."""
    whole = {
        "schema": SCHEMA,
        "base": comparison.before.revision,
        "head": comparison.after.revision,
        "changes": [_change(change) for change in comparison.changes],
        "formatting_only": list(comparison.formatting_only),
        "unreadable": [_unreadable(each) for each in comparison.unreadable],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "agency": change.agency,
        "action": change.action,
        "dimension": change.dimension,
        "period": change.period,
        "field": change.field,
        "was": change.was,
        "now": change.now,
        "standing_was": change.standing_was.value if change.standing_was else None,
        "standing_now": change.standing_now.value if change.standing_now else None,
        "closed": change.closed,
        "path": change.path,
        "message": in_words(change),
    }


def _unreadable(each: Unreadable) -> dict[str, Any]:
    return {
        "path": each.path,
        "side": "head" if each.is_after else "base",
        "other_side": each.other,
        "line": each.faults[0].line,
        "message": each.sentence,
    }
