"""`jtai scrub-check`: personal data in every commit of a branch, and in its messages. History is what is pushed."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from jtai_plan.errors import CannotDo
from jtai_plan.files.document import Document
from jtai_plan.files.layout import find_root
from jtai_plan.files.personal_data import guard_of, personal_data
from jtai_plan.files.source import Folder
from jtai_plan.history.git import git
from jtai_plan.history.log import PRINTED, commit_of, logged_in
from jtai_plan.history.repository import ORDINARY, Objects, Repository
from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import PLAN
from jtai_plan.model.text import name_as_shown
from jtai_plan.model.trail import Commit
from jtai_plan.output.terminal import line, note, show
from jtai_plan.rules import wording
from jtai_plan.rules.personal_data.guard import Guard

_FOLDERS = ("plan", "reports", "forms", "export", "templates")
"""What a partnership writes. The rest of a repository is a program's, or nobody's in particular."""
# A trailer names somebody who worked on a commit, as its author does.
_TRAILER = re.compile(r"^[A-Za-z-]+-by: [^<\n]*<[^>\n]*>$", re.MULTILINE)


class _Written(NamedTuple):
    """A commit, and the hash of what each file holds that it wrote, by path."""

    commit: Commit
    files: Mapping[str, str]


def scrub_check(start: Path | None, asked: str | None) -> int:
    """Print where personal data stands in the commits *asked* for, such as "origin/main..HEAD"; the status is 1 if any.

    Their messages and the name of the branch are read too. Without a range they are those since this work left the
    main branch. Nothing that is found is repeated.
    Raises NoHistory if there is no repository; CannotDo if there is no such revision.
    """
    root = find_root(start)
    repository = Repository(root)
    base, _, head = asked.partition("..") if asked else (repository.base()[:10], "", "HEAD")
    if not base or head.startswith("."):
        raise CannotDo(f"'{asked}' does not name commits. Write BASE..HEAD, such as origin/main..HEAD.")
    before, after = repository.revision(base), repository.revision(head or "HEAD")
    written = list(_written(repository, f"{before}..{after}"))
    guard = guard_of(Folder(root).document(PLAN, None))
    with Objects(repository, (blob for each in written for blob in each.files.values())) as objects:
        held = dict(objects.contents())
    found = [(each.commit, fault) for each in written for fault in _found(each, held, guard)]
    named = guard.certain(repository.asked("rev-parse", "--abbrev-ref", head or "HEAD"))
    unread = {path for each in written for path, blob in each.files.items() if b"\0" in held[blob]}
    if unread:
        names = wording.listed(map(name_as_shown, sorted(unread)))
        note(f"Not read, because {'it is' if len(unread) == 1 else 'they are'} no text: {names}.")
    counted = wording.counted(len(written), "commit")
    if not found and not named:
        show([line(f"No personal data was found in {counted}, {base}..{head or 'HEAD'}.")])
        return 0
    show(line(f"{each.kind} stands in the name of the branch. Rename it: git branch --move NAME.") for each in named)
    show(line(f"{commit.short} {fault.sentence}") for commit, fault in found)
    show([line(f"Do not push this. docs/personal-data.md says what to do. {counted} were read.")])
    return 1


def _written(repository: Repository, asked: str) -> Iterator[_Written]:
    """The commits *asked* for, oldest first."""
    arguments = (*PRINTED, "--topo-order", "--reverse", "--diff-merges=first-parent", "--no-renames", asked, "--")
    printed = git(repository.root, *arguments).decode("utf-8", "replace")
    for each in logged_in(printed).values():
        files = {}
        for about, path, _ in each.raw:
            _, mode, _, blob, _ = about.lstrip(":").split(" ")
            if mode in ORDINARY and path.partition("/")[0] in _FOLDERS:
                files[path] = blob
        yield _Written(commit_of(each), files)


def _found(written: _Written, held: Mapping[str, bytes], guard: Guard) -> Iterator[Finding]:
    """The findings in the message of a commit and in the files that it wrote."""
    message = _TRAILER.sub("", written.commit.message)
    yield from personal_data(Document("its message", content=message.encode()), guard)
    for path, blob in written.files.items():
        content = b"" if b"\0" in held[blob] else held[blob]
        yield from personal_data(Document(path, content=content), guard)
