"""`jtai diff`: what a pull request changes, in the plan's words."""

from collections.abc import Callable, Mapping
from pathlib import Path

from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load, load_contents
from jtai_plan.files.personal_data import guard_of
from jtai_plan.files.source import Folder, files_in
from jtai_plan.history.repository import Repository
from jtai_plan.model.partnership import PLAN, place_of
from jtai_plan.output.terminal import note, reworded, show
from jtai_plan.rules.diff.changes import Comparison, State
from jtai_plan.rules.diff.compare import compare


def diff(start: Path | None, base: str | None, head: str | None, *, form: str, with_text: bool) -> int:
    """Print what differs between the revision *base* and *head*, or the files in the folder, in the format *form*.

    Raises NoHistory if there is no repository; CannotDo if there is no such revision.
    """
    root = find_root(start)
    repository = Repository(root)
    before = repository.revision(base) if base is not None else repository.base()
    after = repository.revision(head) if head is not None else None
    note(_compared(repository, before, base, after, head))
    masked = guard_of(Folder(root).document(PLAN, None)).masked
    _print(compare(*_states(repository, before, after)), form, masked, with_text=with_text)
    return 0


def _print(comparison: Comparison, form: str, masked: Callable[[str], str], *, with_text: bool) -> None:
    if form == "json":
        from jtai_plan.output.diff.as_json import diff_json

        print(masked(diff_json(comparison, with_text=with_text)))
    elif form == "md":
        from jtai_plan.output.diff.markdown import diff_markdown

        print(masked(diff_markdown(comparison, with_text=with_text)), end="")
    else:
        from jtai_plan.output.diff.text import diff_lines

        show(reworded(diff_lines(comparison, with_text=with_text), masked))


def _states(repository: Repository, before: str, after: str | None) -> tuple[State, State]:
    """The plan at two revisions, or at one and in the folder, without the files that cannot matter."""
    root, links = repository.root, repository.links(before)
    then, now = repository.contents(before), repository.contents(after) if after else files_in(root)
    if now is None:
        was = load_contents(root, then, links)
        return _state(was, before), _state(load(root, known=was), None)
    others = repository.links(after) if after else ()
    # A link may hide any file, so with one everything is loaded.
    without = _not_needed(then, now) if not links and not others else set()
    then, now = ({path: each[path] for path in each if path not in without} for each in (then, now))
    was = load_contents(root, then, links)
    return _state(was, before), _state(load_contents(root, now, others, known=was), after)


def _not_needed(then: Mapping[str, bytes], now: Mapping[str, bytes]) -> set[str]:
    """The returns and sign-offs that are the same, if only others changed: nothing gives them another standing then."""
    own = {path for path in {**then, **now} if (place := place_of(path)) and place.kind in ("return", "sign-off")}
    same = {path for path, content in then.items() if now.get(path) == content}
    return same & own if same | own == {*then, *now} else set()


def _state(loaded: Loaded, revision: str | None) -> State:
    there = {path: each.content or b"" for path, each in loaded.documents.items() if not each.is_missing}
    return State(loaded.partnership, loaded.faults, there, revision)


def _compared(repository: Repository, before: str, base: str | None, after: str | None, head: str | None) -> str:
    subject = "the files in this folder" if after is None else _called(after, head)
    if base is not None:
        return f"Comparing {subject} with {_called(before, base)}."
    if before == repository.head:
        return f"Comparing {subject} with {before[:7]}, the last commit."
    return f"Comparing {subject} with {before[:7]}, where this work left {repository.main_name}."


def _called(revision: str, name: str | None) -> str:
    """A revision by its hash, with the name it was asked by."""
    return f"{revision[:7]} ({name})" if name is not None and not revision.startswith(name) else revision[:7]
