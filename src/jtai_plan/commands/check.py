"""`jtai check`: what is wrong with the files, what is behind, and what is missing."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from jtai_plan.commands.names import latest_rated, the_agency, the_period
from jtai_plan.errors import CannotDo
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import load
from jtai_plan.files.personal_data import guard_of, may_identify
from jtai_plan.model.finding import Finding, Severity
from jtai_plan.model.partnership import PLAN
from jtai_plan.output.terminal import note, show
from jtai_plan.rules import wording
from jtai_plan.rules.checks.answers import answered
from jtai_plan.rules.checks.days import impossible_days
from jtai_plan.rules.checks.period import overdue, run_checks
from jtai_plan.rules.checks.selection import selection
from jtai_plan.rules.judge.collate import Collation, collate


def check(
    start: Path | None,
    *,
    quarter: str | None,
    agency: str | None,
    as_of: date | None,
    today: date,
    fail_on: Severity,
    form: str,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    trail: bool = False,
    base: str | None = None,
) -> int:
    """Print all findings in a *form* (text, json, github); the exit status is 1 if one reaches *fail_on*.

    Only findings of the rules in *select* are shown and counted (of all, if none is named), without those in *ignore*
    and those that the plan ignores. If plan.yaml cannot be read, its faults are shown whatever is selected.
    With *trail*, git is read too: who wrote and reviewed each rating, and what changed in closed periods since the
    revision *base*. Without a base, that is where this work left the main branch.
    """
    if base is not None and not trail:
        raise CannotDo("--base needs --trail.")
    asked = selection(select, ignore)
    loaded = load(find_root(start))
    collation, found, say = None, loaded.faults, _say(form)
    left_out: tuple[Finding, ...] = ()
    if (partnership := loaded.partnership) is not None:
        named = the_period(partnership.plan, quarter) if quarter is not None else None
        collation = collate(partnership, named or latest_rated(partnership, "Checking", say))
        found += (*impossible_days(partnership, today), *run_checks(collation))
        asked_of_texts = may_identify(loaded.documents, collation.period, guard_of(loaded.documents[PLAN]))
        found += tuple(answered(partnership, asked_of_texts))
        if as_of is not None:
            found += tuple(overdue(collation, as_of))
            _say_if_no_date(collation, say)
        if trail:
            from jtai_plan.commands.trail import trail_findings, with_what_was_signed

            found = tuple(with_what_was_signed(loaded, found))
            found += tuple(trail_findings(loaded, collation.period, base, say))
        if agency is not None:
            agency = the_agency(partnership, agency)
            collation = collation.led_by(agency)
            found = tuple(each for each in found if each.agency == agency or f"/{agency}/" in each.path)
        found, left_out = asked.divide(found, partnership.plan.checks.ignore)
        _say_what_is_left_out(left_out, say)
    if form == "json":
        from jtai_plan.output.check.as_json import check_json

        print(check_json(collation, loaded.located(found)))
    elif form == "github":
        from jtai_plan.output.check.github import check_github

        print(*check_github(collation, loaded.located(found), loaded.root), sep="\n")
    else:
        from jtai_plan.output.check.text import check_lines

        # The text gives the place of an error alone. To find a place takes a while.
        errors = loaded.located(each for each in found if each.severity is Severity.ERROR)
        others = (each for each in found if each.severity is not Severity.ERROR)
        show(check_lines(collation, (*errors, *others), {each.rule for each in left_out}))
    return exit_status(found, fail_on)


def _say(form: str) -> Callable[[str], None]:
    """The function that prints a note. GitHub's runner reads standard error too, and must not see a command there."""
    if form != "github":
        return note
    from jtai_plan.output.check.github import harmless

    return lambda words: note(harmless(words))


def exit_status(findings: Sequence[Finding], fail_on: Severity) -> int:
    """1 if any finding is as severe as *fail_on* or worse. Answered ones do not count."""
    gravest_first = list(Severity)
    counted = gravest_first[: gravest_first.index(fail_on) + 1]
    return int(any(finding.severity in counted and finding.answered is None for finding in findings))


def _say_if_no_date(collation: Collation, say: Callable[[str], None]) -> None:
    period = collation.partnership.plan.periods[collation.period]
    if period.returns_due is None:
        say(f"The plan gives no day on which returns for {period.label} are due, so none is overdue.")


def _say_what_is_left_out(findings: Sequence[Finding], say: Callable[[str], None]) -> None:
    if findings:
        number = wording.counted(len(findings), "finding")
        errors = sum(each.severity is Severity.ERROR for each in findings)
        among = f", {wording.counted(errors, 'error')} among them" if errors else ""
        say(f"Not shown and not counted: {number}{among} (--select, --ignore, or checks: ignore in {PLAN}).")
