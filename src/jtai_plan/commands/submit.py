"""`jtai submit`: one agency's files as a commit on a branch of their own, and on their way to a review."""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from jtai_plan.commands.names import first_open, the_agency, the_period
from jtai_plan.errors import CannotDo, FilesAreWrong
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load, load_contents
from jtai_plan.files.source import lying
from jtai_plan.history.branch import Branch
from jtai_plan.history.git import GitFailed
from jtai_plan.history.repository import Repository
from jtai_plan.model.finding import Finding, Severity
from jtai_plan.model.partnership import Partnership, place_of, return_path
from jtai_plan.model.text import one_line
from jtai_plan.output.diff.words import Told, told
from jtai_plan.output.terminal import Line, line, note, show
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.plan_errors import CHANGED_AFTER_CLOSE
from jtai_plan.rules.checks.period import run_checks
from jtai_plan.rules.diff.compare import compare
from jtai_plan.rules.diff.nouns import State
from jtai_plan.rules.judge.collate import collate

_UNCHANGED = "Nothing was changed."
_UNTIL_MENDED = "Nothing is submitted until they are mended."
_LONGEST = 200
"""How much of a text is quoted in the message of a commit."""


class _Submission(NamedTuple):
    """What is submitted: whose, of which period, and which files hold something else than they did (None: are gone)."""

    agency: str
    period: str
    files: Mapping[str, bytes | None]


def submit(start: Path, asked: str, *, quarter: str | None) -> int:
    """Commit the files of the agency *asked* for on the branch returns/PERIOD/AGENCY, and push it to the remote.

    Where nothing is new, a commit of that branch that never came to the remote is pushed.
    The user's branch, index, files and other changes stay as they are; so does everything where a step fails.
    Raises FilesAreWrong while the check would find an error in what is submitted; CannotDo where there is nothing to
    submit, or somebody else has changed the same files since.
    """
    loaded = load(find_root(start))
    partnership = loaded.trusted()
    agency = the_agency(partnership, asked)
    period = the_period(partnership.plan, quarter) if quarter is not None else first_open(partnership, "Submitting")
    # What cannot be read must not be taken for what is gone.
    if faults := [each.sentence for each in loaded.faults if _is_of(agency, each.path)]:
        raise FilesAreWrong(faults, _UNTIL_MENDED)
    repository = Repository(loaded.root)
    _may_commit(repository)
    branch = Branch(repository, f"returns/{period}/{agency}")
    parent = branch.parent()
    submission = _Submission(agency, period, _changed(repository, agency, branch, parent))
    waiting = None if submission.files else branch.waiting(parent)
    if not submission.files and waiting is None:
        raise CannotDo(f"{agency}: nothing here is new, and nothing is submitted.")
    before = repository.contents(branch.main if waiting else parent)
    after = repository.contents(parent) if waiting else _with(before, submission.files)
    then, now = (load_contents(loaded.root, each) for each in (before, after))
    _refuse_another_period(partnership, submission, named=quarter is not None)
    _refuse_errors(loaded, now, submission)
    _say_what_is_owed(loaded, agency, period)
    changes = _changes(then, now, agency)
    commit = waiting or branch.commit(parent, submission.files, _message(loaded, submission, changes))
    if branch.remote:
        note(f"Pushing to {branch.remote} ...")
    said = branch.publish(commit)
    counted = f"{wording.counted(len(changes), 'change')} of {one_line(partnership.agency_name(agency))}"
    show(
        [
            line(f"{counted}, as {commit[:10]} on the branch {branch.name}:"),
            *(line(each.line(_LONGEST), indent=2) for each in changes),
            *_next(branch, said, agency),
        ]
    )
    return 0


def _refuse_another_period(partnership: Partnership, submission: _Submission, *, named: bool) -> None:
    """Raise CannotDo where nobody named the period, and what is new is the return of another."""
    places = [place for path in submission.files if (place := place_of(path))]
    periods = [place.period for place in places if place.kind == "return" and place.period]
    if not named and periods and submission.period not in periods:
        label, other = (partnership.plan.periods[each].label for each in (submission.period, periods[0]))
        raise CannotDo(
            f"nothing of the return for {label} is new, and that for {other} is. "
            f"Submit it: jtai submit {submission.agency} -q {periods[0]}. {_UNCHANGED}"
        )


def _may_commit(repository: Repository) -> None:
    if repository.head is None:
        raise CannotDo(f"nothing has been committed here yet: commit the plan first. {_UNCHANGED}")
    try:
        repository.call("var", "GIT_COMMITTER_IDENT")
    except GitFailed:
        raise CannotDo(
            "git does not know who you are, and a commit names its author. Say so once: "
            "git config --global user.name 'YOUR NAME' and git config --global user.email YOUR@ADDRESS. " + _UNCHANGED
        ) from None


def _changed(repository: Repository, agency: str, branch: Branch, parent: str) -> dict[str, bytes | None]:
    """The agency's files that lie here otherwise than at *parent*, with the line ends that they have there.

    Raises CannotDo where one was changed there by somebody else since this work left the main branch.
    """
    fork = repository.base() if repository.main_line else repository.revision("HEAD")
    then, there = (_of_agency(repository.contents(each), agency) for each in (fork, parent))
    own = _of_agency(repository.contents(branch.tip), agency) if branch.tip else {}
    folder = repository.root / _folder(agency)
    names = (file.relative_to(repository.root).as_posix() for file in sorted(folder.rglob("*.yaml")))
    here = lying(repository.root, (name for name in names if _is_of(agency, name)))
    changed: dict[str, bytes | None] = {}
    for path in sorted({*then, *here}):
        was, lies, stands = then.get(path), here.get(path), there.get(path)
        if _same(lies, was) or _same(lies, stands):
            # Not touched here, or said there already.
            continue
        if not any(_same(stands, known) for known in (was, own.get(path))):
            raise CannotDo(
                f"{path} was changed by somebody else since your copy was made, and by you. Take theirs over first: "
                f"git pull, or git switch {branch.name} where it is on that branch. {_UNCHANGED}"
            )
        changed[path] = _with_line_ends_of(stands, lies) if lies is not None else None
    return changed


def _of_agency(contents: Mapping[str, bytes], agency: str) -> dict[str, bytes]:
    return {path: content for path, content in contents.items() if _is_of(agency, path)}


def _is_of(agency: str, path: str) -> bool:
    """Whether the file at *path* is one of the plan's, and the agency's: what else lies in its folder is its own."""
    place = place_of(path)
    return place is not None and place.agency == agency


def _folder(agency: str) -> str:
    return f"plan/agencies/{agency}/"


def _same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two files hold the same, but for how their lines end: git may have laid them out so on this machine."""
    return (one and one.replace(b"\r\n", b"\n")) == (other and other.replace(b"\r\n", b"\n"))


def _with_line_ends_of(model: bytes | None, content: bytes) -> bytes:
    return content if model and b"\r\n" in model else content.replace(b"\r\n", b"\n")


def _with(before: Mapping[str, bytes], files: Mapping[str, bytes | None]) -> dict[str, bytes]:
    return {path: content for path, content in {**before, **files}.items() if content is not None}


def _refuse_errors(here: Loaded, now: Loaded, submission: _Submission) -> None:
    """Raises FilesAreWrong where the check would find an error about the agency in the plan as submitted, *now*.

    What lies *here* beside it, and is not submitted, may say otherwise: the amendments of a closed period do.
    """
    errors = _errors(now, submission)
    if not errors:
        return
    consequence = _UNTIL_MENDED
    known = {each.message for each in _errors(here, submission)}
    if any(each.rule == CHANGED_AFTER_CLOSE.id and each.message not in known for each in errors):
        consequence += (
            " What was amended in a closed period is committed together with the boards' record in plan/board/, which "
            "is the collator's, and not by jtai submit."
        )
    raise FilesAreWrong((each.sentence for each in errors), consequence)


def _errors(loaded: Loaded, submission: _Submission) -> list[Finding]:
    """The errors about the agency: faults of its files, and what the check finds in any period."""
    found = list(loaded.faults)
    if (partnership := loaded.partnership) is not None:
        # A period may be new here.
        periods = partnership.plan.periods
        period = submission.period if submission.period in periods else next(iter(periods))
        checked = run_checks(collate(partnership, period))
        found += loaded.located(each for each in checked if each.severity is Severity.ERROR)
    agency = submission.agency
    return [each for each in found if each.agency == agency or each.path.startswith(_folder(agency))]


def _say_what_is_owed(loaded: Loaded, agency: str, period: str) -> None:
    """Note what the check finds in the return, which may be submitted all the same: an honest red is no fault."""
    findings = [each for each in run_checks(collate(loaded.trusted(), period)) if each.agency == agency]
    if ours := [each for each in findings if each.path == return_path(agency, period)]:
        told = (line(f"{each.message}.", indent=2) for each in ours)
        show([line(f"jtai check says of this return ({len(ours)}):"), *told], sys.stderr)


def _changes(then: Loaded, now: Loaded, agency: str) -> list[Told]:
    """What the commit changes, in the plan's words."""
    if then.partnership is None or now.partnership is None:
        return []
    found = told(compare(State(then.partnership), State(now.partnership)))
    return [each for each in found if each.change.agency == agency]


def _message(loaded: Loaded, submission: _Submission, changes: list[Told]) -> str:
    """The message of the commit: what it is, what it changes, and trailers that say whose and of when."""
    partnership, (agency, period, _) = loaded.trusted(), submission
    label = partnership.plan.periods[period].label
    returned = partnership.returns.get((agency, period))
    prepared = returned.prepared if returned else None
    approved = returned.approved if returned else None
    trailers = {
        "Agency": agency,
        "Period": period,
        "Prepared-by": prepared.by if prepared else None,
        "Approved-at": approved.board if approved else None,
    }
    lines = [one_line(f"Return of {partnership.agency_name(agency)} for {label}"), ""]
    # Behind a dash no text of a return can pass for a trailer, such as Reviewed-by.
    lines += [f"- {each.line(_LONGEST)}" for each in changes] or ["Only the layout is another."]
    lines += ["", *(f"{key}: {one_line(value)}" for key, value in trailers.items() if value)]
    return "\n".join(lines) + "\n"


def _next(branch: Branch, said: str | None, agency: str) -> Iterator[Line]:
    if said is None:
        yield line("There is no remote to push it to. Add one with git remote add, or hand the branch on yourself.")
        return
    # A forge says where the request is opened, or which one was brought up to date.
    links = re.findall(r"^remote:.*?(https?://[!-~]+)", said, re.MULTILINE)
    yield line(f"It is pushed to {branch.remote}.")
    yield line(f"Open the request: {links[0]}" if links else "Open a pull request for it, unless it has one already.")
    yield line(
        "Your files stay as they are. Once it is merged: "
        f"git stash push --include-untracked -- {_folder(agency).rstrip('/')}, then git pull."
    )
