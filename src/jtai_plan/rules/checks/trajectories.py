"""What is worth asking about what a plan expects: steps without an end, revisions that are a free pass, and targets."""

from collections.abc import Iterator

from jtai_plan.model.finding import Finding, Keys
from jtai_plan.model.partnership import PLAN, agency_path
from jtai_plan.model.plan import Plan, Steps
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue import questions as rules
from jtai_plan.rules.judge.collate import Collation
from jtai_plan.rules.judge.trajectory import expectation


def never_complete(collation: Collation) -> Iterator[Finding]:
    """Every trajectory, of the plan, an action or a revision in force, whose last step permits less than complete."""
    plan = collation.partnership.plan
    yield from _without_end(plan, plan.expected, "the plan", ("expected",))
    for t, theme in enumerate(plan.themes):
        for a, action in enumerate(theme.actions):
            keys: Keys = ("themes", t, "actions", a)
            yield from _without_end(plan, action.expected, action.id, (*keys, "expected"))
            for n, revision in enumerate(action.revised):
                where = (*keys, "revised", n, "expected")
                yield from _without_end(plan, revision.expected, f"{action.id}, as revised", where)


def _without_end(plan: Plan, steps: Steps, whose: str, keys: Keys) -> Iterator[Finding]:
    complete = {name for name, each in plan.scale.items() if each.complete}
    for dimension, several in steps.items():
        last = max(several, key=plan.order.__getitem__, default=None)
        if complete and last is not None and not complete & {*several[last]}:
            label = plan.dimensions[dimension].label.lower()
            message = (
                f"{whose}: {label} is never expected to be complete: the last step is "
                f"{wording.permitted(plan, several[last])} from {plan.periods[last].label} on"
            )
            yield rules.NEVER_COMPLETE.finding(message, PLAN, keys=(*keys, dimension, last), dimension=dimension)


def of_revisions(collation: Collation) -> Iterator[Finding]:
    """Every revision that expects nothing for a while, and every one that is not the first of its cell."""
    plan, period = collation.partnership.plan, collation.period
    for t, theme in enumerate(plan.themes):
        for a, action in enumerate(theme.actions):
            seen: dict[str, int] = {}
            for n, revision in enumerate(action.revised):
                keys: Keys = ("themes", t, "actions", a, "revised", n)
                for dimension, steps in revision.expected.items():
                    subject = wording.subject(plan, action.id, dimension)
                    seen[dimension] = seen.get(dimension, 0) + 1
                    if not any(plan.order[step] <= plan.order[revision.since] for step in steps):
                        since = plan.periods[revision.since].label
                        until = min(steps, key=plan.order.__getitem__, default=None)
                        while_ = f"until {plan.periods[until].label}" if until else "any more"
                        message = f"the revision of {subject} from {since} on expects nothing {while_}"
                        yield rules.REVISION_GAP.finding(
                            message, PLAN, keys=keys, action=action.id, dimension=dimension
                        )
                    if seen[dimension] > 1 and revision.since == period:
                        message = f"what is expected of {subject} is revised for the {_times(seen[dimension])} time"
                        yield rules.REBASELINED_AGAIN.finding(
                            message, PLAN, keys=keys, action=action.id, dimension=dimension, period=period
                        )


def _times(number: int) -> str:
    return {2: "second", 3: "third", 4: "fourth"}.get(number, f"{number}th")


def starts_when_complete_is_due(collation: Collation) -> Iterator[Finding]:
    """Every action that starts in a period for which only the complete rating is expected."""
    plan = collation.partnership.plan
    for t, theme in enumerate(plan.themes):
        for a, action in enumerate(theme.actions):
            for dimension in plan.dimensions if action.starts else ():
                expected = expectation(plan, action, dimension, action.starts or "")
                if expected and all(plan.scale[each].complete for each in expected.ratings):
                    begins = plan.periods[action.starts or ""].label
                    message = (
                        f"{wording.subject(plan, action.id, dimension)} starts in {begins}, when "
                        f"{wording.permitted(plan, expected.ratings)} is already expected"
                    )
                    keys: Keys = ("themes", t, "actions", a, "starts")
                    yield rules.STARTS_WHEN_COMPLETE_IS_DUE.finding(
                        message, PLAN, keys=keys, action=action.id, dimension=dimension
                    )


def target_contradicts(collation: Collation) -> Iterator[Finding]:
    """Every measure whose target is worse than its baseline."""
    for agency, itself in collation.partnership.agencies.items():
        for n, each in enumerate(itself.measures):
            wrong = [
                target
                for target in each.every_target.values()
                if each.baseline is not None
                and target != each.baseline
                and (target > each.baseline) is not (each.better == "higher")
            ]
            if each.baseline is not None and wrong:
                numbers = f"baseline {wording.number(each.baseline)}, target {wording.number(wrong[0])}"
                who = collation.partnership.agency_name(agency)
                yield rules.TARGET_CONTRADICTS.finding(
                    f"{who}: '{each.id}' has {numbers}, and '{each.better}' is better",
                    agency_path(agency),
                    "Correct 'better', or the numbers.",
                    keys=("measures", n),
                    agency=agency,
                    action=each.action,
                    dimension=each.dimension,
                    measure=each.id,
                )


TRAJECTORIES = (never_complete, of_revisions, starts_when_complete_is_due, target_contradicts)
"""Each takes a collation."""
