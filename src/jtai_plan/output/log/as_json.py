"""`jtai log --format json`: the trail for other people's scripts."""

import json
from collections.abc import Mapping
from typing import Any

from jtai_plan.model.plan_names import Outline
from jtai_plan.model.trail import Event, History, Person
from jtai_plan.output.log.words import SIGNATURES

SCHEMA = 1


def log_json(names: Outline, history: History, signatures: Mapping[str, str]) -> str:
    """The events, oldest first, with what is known of their commits. *signatures* are git's letters, by commit."""
    whole = {
        "schema": SCHEMA,
        "plan": names.title,
        "shallow": history.trail.is_shallow,
        "events": [_event(event, signatures.get(event.step.commit.id)) for event in history.events],
        "settled_by_merges": [
            {
                "kind": each.last.subject.kind,
                "agency": each.last.agency,
                "action": each.last.subject.action,
                "dimension": each.last.subject.dimension,
                "period": each.last.period,
                "recorded_last": each.last.rating,
                "stands": each.rating,
                "says": dict(each.stands),
            }
            for each in history.settled
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=str)


def _event(event: Event, signature: str | None) -> dict[str, Any]:
    step, commit = event.step, event.step.commit
    return {
        "kind": event.subject.kind,
        "agency": event.agency,
        "agency_then": event.agency_then,
        "action": event.subject.action,
        "dimension": event.subject.dimension,
        "period": event.period,
        "was": event.rating_was,
        "now": event.rating,
        "changed": [key for key in ("rating",) if event.rating != event.rating_was] + list(event.beside),
        "says": dict(event.now),
        "commit": commit.id,
        "is_beginning": step.is_beginning,
        "recorded_by": [] if step.is_beginning else [_person(each) for each in commit.authors],
        "recorded_on": None if step.is_beginning else commit.authored,
        "committed_by": None if step.is_beginning else _person(commit.committer),
        "committed_on": None if step.is_beginning else commit.committed,
        "reviewed_by": [_person(each) for each in step.reviewers],
        "signed_off_by": [_person(each) for each in commit.signed_off_by],
        "merged": step.merge is not None,
        "merged_by": _person(step.merged_by) if step.merged_by else None,
        "merged_on": step.merge.committed if step.merge else None,
        "merge_commit": step.merge.id if step.merge else None,
        "request": step.request,
        "signature": SIGNATURES.get(signature, signature) if signature else None,
        "repeats": commit.picked_from,
        "takes_back": commit.reverts,
    }


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email}
