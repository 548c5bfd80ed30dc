"""`jtai submit`: one agency's files as a commit on a branch of their own, and on their way to a review."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from jtai_plan.commands.names import current_period, the_agency, the_period
from jtai_plan.errors import CannotDo, FilesAreWrong
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load, load_contents
from jtai_plan.files.source import lying
from jtai_plan.history.branch import Branch, link_in
from jtai_plan.history.repository import Repository
from jtai_plan.model.finding import Finding, Severity
from jtai_plan.model.partnership import Partnership, place_of, return_path
from jtai_plan.model.text import one_line, with_line_feeds
from jtai_plan.output.diff.words import in_words
from jtai_plan.output.terminal import Line, line, note, show
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.plan_errors import CHANGED_AFTER_CLOSE
from jtai_plan.rules.checks.period import run_checks
from jtai_plan.rules.diff.changes import State
from jtai_plan.rules.diff.compare import compare
from jtai_plan.rules.judge.collate import collate

_UNCHANGED = "Nothing was changed."
_UNTIL_CORRECTED = "Nothing is submitted until these are corrected."
_LONGEST = 200
"""How many characters of a text the message of a commit quotes."""


class _Submission(NamedTuple):
    """What is submitted: whose, for which period, and which files changed (None: the file is gone)."""

    agency: str
    period: str
    files: Mapping[str, bytes | None]


def submit(start: Path | None, asked: str, *, quarter: str | None, with_text: bool = False) -> int:
    """Commit the files of the agency *asked* for on the branch returns/PERIOD/AGENCY, and push it to the remote.

    If nothing is new, a commit of that branch that was never pushed is pushed. The user's branch, index, files and
    other changes stay as they are, and so does everything if a step fails.
    The message tells ratings and standings; agencies' own words only *with_text*, since a message stays for ever.
    Raises FilesAreWrong if the check finds an error in what is submitted; CannotDo if there is nothing to submit, or
    if somebody else has changed the same files.
    """
    loaded = load(find_root(start))
    partnership = loaded.trusted()
    agency = the_agency(partnership, asked)
    period = the_period(partnership.plan, quarter) if quarter is not None else current_period(loaded, "Submitting")
    # A file that cannot be read must not pass for one that is gone.
    if faults := [each.sentence for each in loaded.faults if _is_of(agency, each.path)]:
        raise FilesAreWrong(faults, _UNTIL_CORRECTED)
    repository = Repository(loaded.root)
    repository.require_identity()
    branch = Branch(repository, f"returns/{period}/{agency}")
    parent = branch.parent()
    submission = _Submission(agency, period, _changed(repository, agency, branch, parent))
    waiting = None if submission.files else branch.waiting(parent)
    if not submission.files and waiting is None:
        raise CannotDo(f"{agency} has no changes here, so nothing was submitted.")
    before = repository.contents(branch.main if waiting else parent)
    after = repository.contents(parent) if waiting else {**before, **submission.files}
    there = {path: content for path, content in after.items() if content is not None}
    then = load_contents(loaded.root, before, known=loaded)
    now = load_contents(loaded.root, there, known=then)
    _refuse_another_period(partnership, submission, named=quarter is not None)
    _refuse_errors(loaded, now, submission)
    _say_what_is_owed(loaded, agency, period)
    both = compare(State(then.partnership), State(now.partnership)) if then.partnership and now.partnership else None
    changes = [each for each in in_words(both, with_text=with_text) if each.change.agency == agency] if both else []
    lines = [each.line(_LONGEST) for each in changes]
    commit = waiting or branch.commit(parent, submission.files, _message(partnership, submission, lines))
    if branch.remote:
        note(f"Pushing to {branch.remote} ...")
    answer = branch.publish(commit)
    counted = f"{wording.counted(len(lines), 'change')} for {one_line(partnership.agency_name(agency))}"
    show([line(f"{counted}, in commit {commit[:10]} on the branch {branch.name}:")])
    show(line(each, indent=2) for each in lines)
    show(_next(branch, answer, agency))
    return 0


def _refuse_another_period(partnership: Partnership, submission: _Submission, *, named: bool) -> None:
    """Raise CannotDo if nobody named the period, and the changes are in the return for another one."""
    places = [place for path in submission.files if (place := place_of(path))]
    periods = [place.period for place in places if place.kind == "return" and place.period]
    if not named and periods and submission.period not in periods:
        label, other = (partnership.plan.periods[each].label for each in (submission.period, periods[0]))
        raise CannotDo(
            f"the {label} return has no changes; the {other} return has. "
            f"Submit it: jtai submit {submission.agency} -q {periods[0]}. {_UNCHANGED}"
        )


def _changed(repository: Repository, agency: str, branch: Branch, parent: str) -> dict[str, bytes | None]:
    """The agency's files that differ here from those at *parent*, with the line ends that they have there.

    Raises CannotDo if somebody else has changed one there since this work left the main branch.
    """

    def held(revision: str) -> dict[str, bytes]:
        return {path: content for path, content in repository.contents(revision).items() if _is_of(agency, path)}

    fork = repository.base() if repository.main_line else repository.revision("HEAD")
    then, there, own = held(fork), held(parent), held(branch.tip) if branch.tip else {}
    folder = repository.root / _folder(agency)
    names = (file.relative_to(repository.root).as_posix() for file in sorted(folder.rglob("*.yaml")))
    here = lying(repository.root, (name for name in names if _is_of(agency, name)))
    changed: dict[str, bytes | None] = {}
    for path in sorted({*then, *here}):
        was, lies, stands = then.get(path), here.get(path), there.get(path)
        if _same(lies, was) or _same(lies, stands):
            # Not changed here, or changed there in the same way.
            continue
        if not any(_same(stands, known) for known in (was, own.get(path))):
            raise CannotDo(
                f"you and somebody else have both changed {path} since your copy was made. Take their change first: "
                f"git pull, or git switch {branch.name} if it is on that branch. {_UNCHANGED}"
            )
        changed[path] = lies if lies is None or (stands and b"\r\n" in stands) else with_line_feeds(lies)
    return changed


def _is_of(agency: str, path: str) -> bool:
    """Whether the file at *path* is one of the plan's and the agency's. Its folder may hold other files."""
    place = place_of(path)
    return place is not None and place.agency == agency


def _folder(agency: str) -> str:
    return f"plan/agencies/{agency}/"


def _same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two files hold the same, except for line ends: git may have changed those on this machine."""
    return (one and with_line_feeds(one)) == (other and with_line_feeds(other))


def _refuse_errors(here: Loaded, now: Loaded, submission: _Submission) -> None:
    """Raise FilesAreWrong if the check would find an error about the agency in the plan as submitted, *now*.

    Files *here* that are not submitted may say more, such as the amendments of a closed period.
    """
    errors = _errors(now, submission)
    if not errors:
        return
    consequence, known = _UNTIL_CORRECTED, {each.message for each in _errors(here, submission)}
    if any(each.rule == CHANGED_AFTER_CLOSE.id and each.message not in known for each in errors):
        consequence += (
            " An amendment to a closed period is not submitted with jtai submit. The collator commits it together with "
            "the boards' record in plan/board/."
        )
    raise FilesAreWrong((each.sentence for each in errors), consequence)


def _errors(loaded: Loaded, submission: _Submission) -> list[Finding]:
    """The errors about the agency: faults of its files, and what the check finds in any period."""
    found = list(loaded.faults)
    if (partnership := loaded.partnership) is not None:
        # The period may be new here.
        periods = partnership.plan.periods
        period = submission.period if submission.period in periods else next(iter(periods))
        checked = run_checks(collate(partnership, period))
        found += loaded.located(each for each in checked if each.severity is Severity.ERROR)
    agency = submission.agency
    return [each for each in found if each.agency == agency or each.path.startswith(_folder(agency))]


def _say_what_is_owed(loaded: Loaded, agency: str, period: str) -> None:
    """Note what the check finds in the return. It may be submitted all the same: an honest red is no fault."""
    findings = [each for each in run_checks(collate(loaded.trusted(), period)) if each.agency == agency]
    if ours := [each for each in findings if each.path == return_path(agency, period)]:
        lines = (line(f"{each.message}.", indent=2) for each in ours)
        show([line(f"jtai check says of this return ({len(ours)}):"), *lines], sys.stderr)


def _message(partnership: Partnership, submission: _Submission, changes: list[str]) -> str:
    """The message of the commit: what it is, what it changes, and trailers that say whose it is and for when."""
    agency, period, _ = submission
    returned = partnership.returns.get((agency, period))
    prepared, approved = (returned.prepared, returned.approved) if returned else (None, None)
    trailers = {
        "Agency": agency,
        "Period": period,
        "Prepared-by": prepared.by if prepared else None,
        "Approved-at": approved.board if approved else None,
    }
    label = partnership.plan.periods[period].label
    # Behind a dash no text of a return can pass for a trailer, such as Reviewed-by.
    listed = [f"- {each}" for each in changes] or ["Only the layout changed."]
    named = [f"{key}: {one_line(value)}" for key, value in trailers.items() if value]
    subject = one_line(f"Return of {partnership.agency_name(agency)} for {label}")
    return "\n".join([subject, "", *listed, "", *named]) + "\n"


def _next(branch: Branch, answer: str | None, agency: str) -> Iterator[Line]:
    if answer is None:
        yield line("There is no remote to push it to. Add one with git remote add, or pass the branch on yourself.")
        return
    link = link_in(answer)
    yield line(f"It is pushed to {branch.remote}.")
    yield line(f"Open the request: {link}" if link else "Open a pull request for it, unless it has one already.")
    yield line(
        "Your files stay as they are. Once it is merged: "
        f"git stash push --include-untracked -- {_folder(agency).rstrip('/')}, then git pull."
    )
