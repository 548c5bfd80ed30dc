"""`jtai diff --format json`: the contract that other people's scripts read."""

import json
from typing import Any

from jtai_plan.output.diff.summary import unreadable_words
from jtai_plan.output.diff.words import WordedChange, in_words
from jtai_plan.rules.diff.changes import Comparison, Unreadable

SCHEMA = 1


def diff_json(both: Comparison, *, with_text: bool = False) -> str:
    """Every change, every file whose formatting alone changed, and every file that cannot be read."""
    whole = {
        "schema": SCHEMA,
        "base": both.before.revision,
        "head": both.after.revision,
        "changes": [_change(each) for each in in_words(both, with_text=with_text)],
        "formatting_only": list(both.formatting_only),
        "unreadable": [_unreadable(each) for each in both.unreadable],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _change(worded: WordedChange) -> dict[str, Any]:
    change = worded.change
    was, now = (change.was, change.now) if change.is_of_a_rating else (worded.was, worded.now)
    if worded.is_kept:
        was = now = None
    return {
        "kind": change.kind,
        **{name: getattr(change, name) for name in ("agency", "action", "dimension", "period")},
        "field": ".".join(change.keys),
        "was": was,
        "now": now,
        "standing_was": change.standing_was,
        "standing_now": change.standing_now,
        "closed": change.closed,
        "path": change.path,
        "message": worded.line(),
    }


def _unreadable(file: Unreadable) -> dict[str, Any]:
    return {
        "path": file.path,
        "side": "head" if file.is_after else "base",
        "other_side": file.other,
        "line": file.faults[0].line,
        "message": unreadable_words(file),
    }
