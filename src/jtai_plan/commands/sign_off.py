"""`jtai sign-off`: a governance board's agreement to the plan, or to one return."""

from datetime import date
from pathlib import Path

from jtai_plan.commands.names import the_agency, the_period
from jtai_plan.errors import CannotDo
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import NO_RETURNS, Loaded, load
from jtai_plan.files.record import approve, sign
from jtai_plan.files.validate import validated
from jtai_plan.model.agency import SignOff
from jtai_plan.model.returns import Approved
from jtai_plan.output.terminal import line, show
from jtai_plan.rules import wording
from jtai_plan.rules.checks.consistency import before_the_inspection_ended
from jtai_plan.rules.seals.sign_off import digests


def sign_off(start: Path, asked: str, *, quarter: str | None, board: str | None, on: date, minute: str | None) -> int:
    """Record that the board of the agency *asked* for agreed on the day *on*: to the plan, or to its return.

    If no board is named, it is the agency's own.
    """
    loaded = load(find_root(start), NO_RETURNS)
    partnership = loaded.trusted()
    agency = the_agency(partnership, asked)
    itself = partnership.agencies[agency]
    named = " ".join((board or "").split()) or (itself.governance_board.name if itself.governance_board else None)
    if named is None:
        raise CannotDo(
            f"{agency} has no governance board in its agency.yaml. Say which board agreed: --board.",
            nothing_written=True,
        )
    if quarter is not None:
        _approve(loaded, agency, the_period(partnership.plan, quarter), {"board": named, "on": on, "minute": minute})
    else:
        _sign(loaded, agency, {"board": named, "on": on, "minute": minute})
    return 0


def _sign(loaded: Loaded, agency: str, said: dict[str, object]) -> None:
    partnership = loaded.trusted()
    plan, itself = partnership.plan, partnership.agencies[agency]
    if itself.signs_with:
        raise CannotDo(
            f"{agency} signs with {itself.signs_with}. Record that instead: jtai sign-off {itself.signs_with}.",
            nothing_written=True,
        )
    signed = validated(SignOff, {**said, "signed": dict(digests(plan))})
    if too_early := before_the_inspection_ended(plan, signed.on):
        raise CannotDo(f"{too_early}.", nothing_written=True)
    written = sign(loaded, agency, signed)
    outcome = (
        f"signed off by {signed.board} on {wording.day(signed.on)}" if written else "already recorded as signed off"
    )
    show([line(f"{itself.name}: the plan is {outcome}: {wording.counted(len(plan.actions), 'action')}.")])


def _approve(loaded: Loaded, agency: str, period: str, said: dict[str, object]) -> None:
    partnership = loaded.trusted()
    approved = validated(Approved, said)
    assert approved.on is not None, "the call has a day"
    written = approve(loaded, agency, period, approved)
    outcome = (
        f"approved by {approved.board} on {wording.day(approved.on)}" if written else "already recorded as approved"
    )
    label = partnership.plan.periods[period].label
    show([line(f"{partnership.agencies[agency].name}: the return for {label} is {outcome}.")])
