"""`jtai save`: what the collator keeps, as a commit, and on its way to the others."""

from pathlib import Path

from jtai_plan.commands.writing import alone
from jtai_plan.errors import FilesAreWrong, NothingWritten
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load, load_contents
from jtai_plan.files.personal_data import guard_of, refusal
from jtai_plan.history.branch import link_in
from jtai_plan.history.checkout import KEPT, Checkout
from jtai_plan.history.repository import Repository
from jtai_plan.model.partnership import PLAN
from jtai_plan.model.text import one_line
from jtai_plan.output.diff.words import WordedChange, in_words
from jtai_plan.output.terminal import line, note, show
from jtai_plan.rules import wording
from jtai_plan.rules.diff.changes import State
from jtai_plan.rules.diff.compare import compare

_LONGEST = 200
"""How many characters of a change the message of a commit quotes."""


@alone
def save(start: Path | None, message: str | None) -> int:
    """Commit all that changed below plan/ and reports/ on the branch that is checked out, and push it.

    First it takes in what others have pushed. The message tells ratings and standings, and nobody's words; its first
    line is *message*, if there is one. Other changes and the index stay as they are, and so does everything if a step
    fails. Raises FilesAreWrong if a file of the plan has a fault; CannotDo if others have changed the same files.
    """
    loaded = load(find_root(start))
    if message is not None and (found := guard_of(loaded.documents.get(PLAN)).certain(message)):
        raise NothingWritten(refusal([each.kind for each in found]))
    if loaded.faults:
        raise FilesAreWrong((each.sentence for each in loaded.faults), "Nothing is saved until these are corrected.")
    repository = Repository(loaded.root)
    repository.require_identity()
    checkout = Checkout(repository)
    if checkout.catch_up(checkout.changed(KEPT)):
        show([line(f"Taken in: what others have saved on the branch {checkout.name}.")])
        repository = Repository(loaded.root)
        checkout, loaded = Checkout(repository), load(loaded.root)
    files = checkout.changed(KEPT)
    if not files:
        checkout.settle(KEPT)
        show([line("Nothing has changed below plan/ and reports/.")])
        return _pass_on(checkout, repository.revision("HEAD"))
    changes = _listed(_changes(loaded, repository))
    subject = one_line(message) if message else _subject(files)
    commit = checkout.commit(files, "\n".join([subject, "", *changes]).rstrip() + "\n")
    try:
        pushed = checkout.push(commit)
    except BaseException:
        checkout.take_back(commit, files)
        raise
    show([line(f"Saved on the branch {checkout.name}, in commit {commit[:10]}: {subject}.")])
    show(line(each, indent=2) for each in changes)
    return _say_where(checkout, pushed)


def _pass_on(checkout: Checkout, commit: str) -> int:
    """Push *commit*, which was made earlier, unless the remote has it."""
    has_it = checkout.branch.tip_there == commit
    return 0 if has_it else _say_where(checkout, checkout.push(commit))


def _say_where(checkout: Checkout, pushed: tuple[str, str] | None) -> int:
    """Print to which branch it was *pushed*, and where to open a request."""
    if pushed is None:
        note("There is no remote, so it is saved on this machine alone.")
        return 0
    name, answer = pushed
    if name == checkout.name:
        show([line(f"It is pushed to {checkout.branch.remote}.")])
        return 0
    show([line(f"{checkout.name} takes no direct changes, so it is pushed to the branch {name}.")])
    link = link_in(answer)
    show([line(f"Open the request: {link}" if link else "Open a pull request for it.")])
    return 0


def _subject(files: dict[str, bytes | None]) -> str:
    """What a commit of *files* is about, by the folders that they lie in."""
    reports = [path for path in files if path.startswith("reports/")]
    boards = [path for path in files if path.startswith("plan/board/")]
    agencies = {path.split("/")[2] for path in files if path.startswith("plan/agencies/")}
    parts = [
        *(["the plan"] if PLAN in files else []),
        *([f"files of {wording.counted(len(agencies), 'agency', 'agencies')}"] if agencies else []),
        *(["the boards' record"] if boards else []),
        *([wording.counted(len(reports), "report")] if reports else []),
    ]
    return f"Save {wording.listed(parts) or 'the plan'}"


def _changes(loaded: Loaded, repository: Repository) -> list[WordedChange]:
    then = load_contents(loaded.root, repository.contents(repository.revision("HEAD")), known=loaded)
    if then.partnership is None or loaded.partnership is None:
        return []
    return list(in_words(compare(State(then.partnership), State(loaded.partnership))))


def _listed(changes: list[WordedChange]) -> list[str]:
    # Behind a dash no text of a return can pass for a trailer, such as Reviewed-by.
    return [f"- {each.line(_LONGEST)}" for each in changes]
