"""Whether what the boards agreed still holds: sign-offs, approvals, closed periods and presented reports."""

from collections.abc import Iterator

from jtai_plan.model.agency import SignOff
from jtai_plan.model.board import BoardRecord, Closing
from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import PLAN, Partnership, board_path, return_path, sign_off_path
from jtai_plan.model.plan import Plan
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue import behind_and_missing as rules
from jtai_plan.rules.checks.catalogue.plan_errors import CHANGED_AFTER_CLOSE
from jtai_plan.rules.checks.catalogue.questions import SIGNED_BEFORE_DECISION
from jtai_plan.rules.judge.collate import Collation
from jtai_plan.rules.seals.approval import changed_since_approval, rating_words
from jtai_plan.rules.seals.closing import (
    agreed_digest,
    agreed_moderated,
    agreed_ratings,
    digest_of,
    digest_of_moderated,
    ratings_of,
)
from jtai_plan.rules.seals.sign_off import Lapse, changed_since

EARLIER_PLAN = (rules.SIGNED_EARLIER_PLAN.id, SIGNED_BEFORE_DECISION.id)
"""The rules about a sign-off of the plan as it was before a change."""


def unsigned(collation: Collation) -> Iterator[Finding]:
    """Every agency whose board has not signed the plan, or signed an earlier version of it.

    The sign-off of another department may cover it (`signs_with`).
    """
    partnership = collation.partnership
    for agency, itself in partnership.agencies.items():
        signs, sign_off = itself.signs_with or agency, signed_by(partnership, agency)
        name, path = partnership.agency_name(agency), sign_off_path(signs)
        if sign_off is None:
            message = f"the plan is not signed off by {name}"
            hint = f"Record it: jtai sign-off {signs} --board BOARD --on DATE --minute MINUTE."
            yield rules.UNSIGNED.finding(message, path, hint, agency=agency)
        else:
            yield from _lapsed(partnership, agency, signs, sign_off)


def signed_by(partnership: Partnership, agency: str) -> SignOff | None:
    """The sign-off of *agency*, or of the one that signs for it."""
    return partnership.sign_offs.get(partnership.agencies[agency].signs_with or agency)


def _lapsed(partnership: Partnership, agency: str, signs: str, sign_off: SignOff) -> Iterator[Finding]:
    """What has changed since the board of *agency*, or of the one that *signs* for it, agreed to the plan.

    What a receiving board decided, and what only other agencies do, is a query: it is minuted, or not the agency's.
    """
    plan, name = partnership.plan, partnership.agency_name(agency)
    changes = list(changed_since(sign_off.signed, plan))
    decided = [each for each in changes if each.board_knows or _is_of_others(plan, each, agency)]
    for rule, path, lapses in (
        (rules.SIGNED_EARLIER_PLAN, sign_off_path(signs), [each for each in changes if each not in decided]),
        (SIGNED_BEFORE_DECISION, PLAN, decided),
    ):
        if lapses:
            signed, since = wording.day(sign_off.on), "; ".join(each.words for each in lapses)
            message = f"{name} signed an earlier version of the plan on {signed}; since then {since}"
            hint = f"Take the plan to {sign_off.board} again, then record it: jtai sign-off {signs}."
            keys = ("signed",) if path != PLAN else ()
            yield rule.finding(message, path, hint, keys=keys, agency=agency)


def _is_of_others(plan: Plan, lapse: Lapse, agency: str) -> bool:
    """Whether it is an action that *agency* does not lead."""
    action = plan.actions.get(lapse.part)
    return action is not None and all(lead.agency != agency for lead in action.leads)


def not_approved(collation: Collation) -> Iterator[Finding]:
    """Every return of the period that the agency's own governance has not approved."""
    partnership, period = collation.partnership, collation.period
    label = partnership.plan.periods[period].label
    for agency in partnership.agencies:
        returned = partnership.returns.get((agency, period))
        if returned and returned.says_something and not (returned.approved and returned.approved.on):
            name, path = partnership.agency_name(agency), return_path(agency, period)
            message = f"the return of {name} for {label} is not approved by its own governance"
            hint = f"Record it: jtai sign-off {agency} --quarter {period} --board BOARD --on DATE --minute MINUTE."
            yield rules.NOT_APPROVED.finding(message, path, hint, keys=("approved",), agency=agency, period=period)


def approved_earlier(collation: Collation) -> Iterator[Finding]:
    """Every return of the period whose ratings have changed since its own governance approved it."""
    partnership, period = collation.partnership, collation.period
    plan = partnership.plan
    for agency in partnership.agencies:
        returned = partnership.returns.get((agency, period))
        changed = [each.words(plan) for each in changed_since_approval(returned)]
        approved = returned.approved if returned else None
        if approved and approved.on and changed:
            who, label = partnership.agency_name(agency), plan.periods[period].label
            on, since = wording.day(approved.on), wording.listed(changed)
            message = f"{who} approved its return for {label} on {on}; since then {since}"
            board = approved.board or "its board"
            hint = f"Take it to {board} again, then record it: jtai sign-off {agency} -q {period}."
            yield rules.APPROVED_EARLIER_RETURN.finding(
                message, return_path(agency, period), hint, keys=("approved",), agency=agency, period=period
            )


def not_presented(collation: Collation) -> Iterator[Finding]:
    """Every closed period, up to this one, whose report was not presented to every board."""
    partnership = collation.partnership
    plan = partnership.plan
    for period, record, closed in _closed(partnership):
        if plan.order[period] > plan.order[collation.period]:
            return
        shown = {each.board for each in record.presented}
        for board, itself in plan.boards.items():
            if board not in shown:
                label, closed_on = plan.periods[period].label, wording.day(closed.on)
                message = f"the report for {label}, closed on {closed_on}, was not presented to {itself.name}"
                hint = f"Record it: jtai board present --quarter {period} --board {board} --on DATE."
                yield rules.NOT_PRESENTED.finding(message, board_path(period), hint, keys=("presented",), period=period)


def changed_after_close(collation: Collation) -> Iterator[Finding]:
    """Every rating of a closed period that has changed without an amendment.

    If the ratings of a return are the same, any other change in it is one finding.
    """
    partnership = collation.partnership
    for period, record, closed in _closed(partnership):
        closing = f"{partnership.plan.periods[period].label} was closed on {wording.day(closed.on)}"
        for agency in partnership.agencies:
            yield from _changed(partnership, period, agency, record, closing)
        if agreed_moderated(record) not in (None, digest_of_moderated(partnership, period)):
            message = f"a moderated rating has changed since {closing}"
            path = board_path(period)
            yield CHANGED_AFTER_CLOSE.finding(message, path, "Restore it.", keys=("moderated",), period=period)


def _closed(partnership: Partnership) -> Iterator[tuple[str, BoardRecord, Closing]]:
    """Every closed period, in the plan's order, with the boards' record of it and its closing."""
    for period in partnership.plan.periods:
        record = partnership.record_of(period)
        if record.closed:
            yield period, record, record.closed


def _changed(
    partnership: Partnership, period: str, agency: str, record: BoardRecord, closing: str
) -> Iterator[Finding]:
    plan, name, path = partnership.plan, partnership.agency_name(agency), return_path(agency, period)
    returned = partnership.returns.get((agency, period))
    if returned is None and record.closed and agency in record.closed.returns:
        message = f"the return of {name} is missing or cannot be read; it was there when {closing}"
        yield CHANGED_AFTER_CLOSE.finding(message, path, "Restore it.", agency=agency, period=period)
        return
    stood, stands = agreed_ratings(record, agency), ratings_of(returned)
    actions = dict.fromkeys(action for action, _ in (*stood, *stands))
    cells = ((action, dimension) for action in actions for dimension in plan.dimensions)
    differ = [cell for cell in cells if stood.get(cell) != stands.get(cell)]
    for action, dimension in differ:
        was, now = (rating_words(plan, ratings.get((action, dimension))) for ratings in (stood, stands))
        message = f"{wording.subject(plan, action, dimension)} of {name} was {was} when {closing}, and is now {now}"
        yield CHANGED_AFTER_CLOSE.finding(
            message,
            path,
            f"Restore it, or amend it openly: jtai rate {action} {dimension} RATING --amend REASON --by WHO.",
            keys=("actions", action, dimension, "rating"),
            agency=agency,
            action=action,
            dimension=dimension,
            period=period,
        )
    agreed = agreed_digest(record, agency)
    if returned and not differ and agreed and agreed != digest_of(returned):
        amended = any(each.agency == agency for each in record.amendments)
        last = "it was last amended" if amended else closing
        message = f"the return of {name} has changed since {last}, although its ratings are the same"
        yield CHANGED_AFTER_CLOSE.finding(message, path, "Restore it.", keys=("actions",), agency=agency, period=period)
