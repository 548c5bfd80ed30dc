"""`jtai diff`: what a pull request changes, in the plan's words."""

from pathlib import Path

from jtai_plan.files.layout import find_root
from jtai_plan.files.load import Loaded, load, load_contents
from jtai_plan.history.repository import Repository
from jtai_plan.output.terminal import note, show
from jtai_plan.rules.diff.compare import compare
from jtai_plan.rules.diff.nouns import Comparison, State


def diff(start: Path, base: str | None, head: str | None, *, form: str) -> int:
    """Print what differs between the revision *base* and *head*, or the files in the folder, in the format *form*.

    Raises NoHistory if there is no repository; CannotDo if there is no such revision.
    """
    root = find_root(start)
    repository = Repository(root)
    before = repository.revision(base) if base is not None else repository.base()
    after = repository.revision(head) if head is not None else None
    note(_compared(repository, before, base, after, head))
    comparison = compare(_at(repository, before), _at(repository, after) if after else _state(load(root), None))
    _print(comparison, form)
    return 0


def _print(comparison: Comparison, form: str) -> None:
    if form == "json":
        from jtai_plan.output.diff.as_json import diff_json

        print(diff_json(comparison))
    elif form == "md":
        from jtai_plan.output.diff.markdown import diff_markdown

        print(diff_markdown(comparison), end="")
    else:
        from jtai_plan.output.diff.text import diff_lines

        show(diff_lines(comparison))


def _at(repository: Repository, revision: str) -> State:
    contents, links = repository.contents(revision), repository.links(revision)
    return _state(load_contents(repository.root, contents, links), revision)


def _state(loaded: Loaded, revision: str | None) -> State:
    there = {path: each.content or b"" for path, each in loaded.documents.items() if not each.is_missing}
    return State(loaded.partnership, loaded.faults, there, revision)


def _compared(repository: Repository, before: str, base: str | None, after: str | None, head: str | None) -> str:
    """What is compared with what, as a sentence."""
    subject = "the files in this folder" if after is None else _called(after, head)
    if base is not None:
        return f"Comparing {subject} with {_called(before, base)}."
    if before == repository.head:
        return f"Comparing {subject} with {before[:7]}, the last commit."
    return f"Comparing {subject} with {before[:7]}, where this work left {repository.main_name}."


def _called(revision: str, name: str | None) -> str:
    """A revision by its hash, with the name it was asked by."""
    return f"{revision[:7]} ({name})" if name is not None and not revision.startswith(name) else revision[:7]
