"""`jtai sign-off`: a governance board's agreement to the plan, or to one return."""

from datetime import date
from pathlib import Path

from jtai_plan.commands.names import refuse_impossible_day, the_agency, the_period
from jtai_plan.commands.writing import alone, note_stale
from jtai_plan.errors import NothingWritten
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import NO_RETURNS, Loaded, Scope, load
from jtai_plan.files.record import approve, sign
from jtai_plan.files.validate import validated
from jtai_plan.model.agency import SignOff
from jtai_plan.model.returns import Approved
from jtai_plan.output.terminal import line, show
from jtai_plan.rules import wording
from jtai_plan.rules.checks.consistency import before_the_inspection_ended
from jtai_plan.rules.seals.closing import by_action, ratings_of
from jtai_plan.rules.seals.report_inputs import signed_by_then
from jtai_plan.rules.seals.sign_off import digests


@alone
def sign_off(
    start: Path | None,
    asked: str,
    *,
    quarter: str | None,
    board: str | None,
    on: date,
    minute: str | None,
    today: date,
) -> int:
    """Record that the board of the agency *asked* for agreed on the day *on*: to the plan, or to its return.

    If no board is named, it is the agency's own.
    """
    loaded = load(find_root(start), NO_RETURNS)
    partnership = loaded.trusted()
    agency = the_agency(partnership, asked)
    itself = partnership.agencies[agency]
    named = " ".join((board or "").split()) or (itself.governance_board.name if itself.governance_board else None)
    if named is None:
        raise NothingWritten(f"{agency} has no governance board in its agency.yaml. Say which board agreed: --board.")
    said = {"board": named, "on": on, "minute": minute}
    agreed = f"by {named} on {wording.day(on)}"
    if quarter is not None:
        period = the_period(partnership.plan, quarter)
        refuse_impossible_day(partnership.plan, period, "the approval", on, today)
        loaded = load(loaded.root, Scope((agency,), (period,)), known=loaded)
        ratings = by_action(ratings_of(loaded.trusted().returns.get((agency, period))))
        written = approve(loaded, agency, period, validated(Approved, {**said, "ratings": ratings}))
        what = f"the return for {partnership.plan.periods[period].label}"
        if written:
            note_stale(loaded, period)
        show([line(f"{itself.name}: {what} is {f'approved {agreed}' if written else 'already recorded as approved'}.")])
    else:
        written = _sign(loaded, agency, said)
        if written:
            shown_in = [each for each in partnership.plan.periods if signed_by_then(partnership.plan, on, each)]
            for period in shown_in[:1]:
                note_stale(loaded, period)
        outcome = f"signed off {agreed}" if written else "already recorded as signed off"
        actions = wording.counted(len(partnership.plan.actions), "action")
        show([line(f"{itself.name}: the plan is {outcome}: {actions}.")])
    return 0


def _sign(loaded: Loaded, agency: str, said: dict[str, object]) -> bool:
    """Write the sign-off of the plan. Raises CannotDo if another agency signs for this one, or the day is too early."""
    plan, other = loaded.trusted().plan, loaded.trusted().agencies[agency].signs_with
    if other:
        raise NothingWritten(f"{agency} signs with {other}. Record that instead: jtai sign-off {other}.")
    signed = validated(SignOff, {**said, "signed": dict(digests(plan))})
    if too_early := before_the_inspection_ended(plan, signed.on):
        raise NothingWritten(f"{too_early}.")
    return sign(loaded, agency, signed)
