"""The log of a repository from one call of git: which commit changed which files of the plan, and who merged it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from jtai_plan.errors import CannotDo
from jtai_plan.history import forges
from jtai_plan.history.git import GitFailed, Running, git
from jtai_plan.history.repository import MAIN, ORDINARY, PLAN_FOLDER, Objects, Repository
from jtai_plan.model.text import without_controls
from jtai_plan.model.trail import Commit, Held, Person, Step, Touched, Trail

FORMAT = "--format=%H %P%n%an%n%ae%n%aI%n%cn%n%ce%n%cI%n%B"
"""How git prints a commit: only the message, which comes last, has more than one line."""
PRINTED = (
    "log",
    # Git leaves no commit out: a rating that was given and taken back on a branch was given.
    "--full-history",
    "--sparse",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-ext-diff",
    "--relative",
    FORMAT,
)
"""Calls git's log so that `logged_in` can read it."""
LOG = (
    *PRINTED,
    "--date-order",
    # For a merge, the files that differ from all of its parents.
    "-c",
    "--combined-all-paths",
    "-M",
    "HEAD",
    # Commits that only the main branch has, too. A pattern may match nothing; git reads a name without one as a folder.
    *(f"--glob={name[:-1]}[{name[-1]}]" for name in MAIN),
    "--",
    PLAN_FOLDER,
)


class Logged(NamedTuple):
    """A commit as git printed it, with the files that it changed."""

    printed: str
    parents: list[str]
    raw: list[tuple[str, ...]]


class Log(Running):
    """The log of *repository*. Git starts at once, and `trail` waits for it."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        super().__init__(repository.root, *LOG)

    def trail(self, is_asked: Callable[[str], bool]) -> Trail:
        """The commits that changed a file of the plan, from the one that is checked out back to the first.

        It has the contents of the files whose paths are asked for. Raises CannotDo if there is no commit; GitFailed if
        git could not read them all.
        """
        logged, head = self._logged()
        touched = {name: tuple(map(_touched, each.raw)) for name, each in logged.items() if each.raw}
        with Objects(self.repository, _asked(touched.values(), is_asked)) as objects:
            # Meanwhile git reads what the files held.
            steps = tuple(self._steps(logged, touched, head))
            now = self.repository.contents(head)
            contents = dict(objects.contents())
        return Trail(steps, contents, now, self.repository.is_shallow, self.repository.main_name)

    def _logged(self) -> tuple[dict[str, Logged], str]:
        """Each commit as git printed it, and the one that is checked out."""
        head = self.repository.head
        try:
            logged = logged_in(self.printed().decode("utf-8", "replace"))
        except GitFailed:
            if head is None:
                message = "nothing has been committed here yet, so there is no history to show."
                raise CannotDo(message) from None
            raise
        assert head is not None, "git has logged it"
        return logged, head

    def _steps(
        self, logged: Mapping[str, Logged], touched: Mapping[str, tuple[Touched, ...]], head: str
    ) -> Iterator[Step]:
        main = self.repository.main_line
        merges = _merges(logged, (self.repository.find(main) if main else None) or head)
        here = _reachable(logged, [head], ())
        commit = cache(lambda name: commit_of(logged[name]))
        for name, files in touched.items():
            if name in here:
                merge = commit(merges[name]) if name in merges else None
                yield Step(commit(name), files, merge, name in self.repository.beginnings)


def _asked(touched: Iterable[tuple[Touched, ...]], is_asked: Callable[[str], bool]) -> Iterator[str]:
    """The hashes of what the files that are asked for held before and after each commit."""
    for each in chain.from_iterable(touched):
        yield from (held.content for held in (*each.before, each.after) if held.content and is_asked(held.path))


def signatures(repository: Repository, commits: Iterable[str]) -> dict[str, str]:
    """What git says of the signature of each of these *commits*: one letter, as for its `%G?`.

    Git runs gpg, gpgsm or ssh-keygen for each signed commit, so ask only about those that are shown.
    """
    given = "".join(f"{commit}\n" for commit in dict.fromkeys(commits)).encode()
    if not given:
        return {}
    printed = git(repository.root, "log", "--no-walk=unsorted", "--stdin", "--format=%H %G?", given=given)
    return {name: letter for name, _, letter in (line.partition(" ") for line in printed.decode().splitlines())}


def logged_in(printed: str) -> dict[str, Logged]:
    """Each commit that git *printed*, by its hash, newest first."""
    logged: dict[str, Logged] = {}
    raw: list[tuple[str, ...]] = []
    parts = iter(printed.split("\0"))
    for part in parts:
        # A file begins with a colon for each parent, and its paths follow. A commit begins with its hash.
        about = part.removeprefix("\n")
        if about.startswith("::"):
            parents = len(about) - len(about.lstrip(":"))
            raw.append((about, *(next(parts) for _ in range(parents + 1))))
        elif about.startswith(":"):
            path = next(parts)
            raw.append((about, path, next(parts) if about.rpartition(" ")[2][:1] in "RC" else path))
        elif about:
            name, *above = about[: about.index("\n")].split()
            raw = []
            logged[name] = Logged(about, above, raw)
    return logged


def commit_of(logged: Logged) -> Commit:
    """What *logged* says of a commit."""
    # Anybody can write a commit, and its text reaches a terminal.
    ids, name, email, authored, committer, its_email, committed, message = without_controls(logged.printed).split(
        "\n", 7
    )
    message, committed_by = message.strip(), Person(committer, its_email)
    return Commit(
        id=ids.partition(" ")[0],
        parents=tuple(logged.parents),
        author=Person(name, email),
        authored=authored,
        committer=committed_by,
        committed=committed,
        message=message,
        by_forge=forges.is_forge(committed_by),
        request=forges.request(message),
        reverts=forges.reverted(message),
        picked_from=forges.picked(message),
        co_authors=forges.named_in(message, "co-authored-by"),
        reviewers=forges.named_in(message, "reviewed-by", "approved-by", "acked-by"),
        signed_off_by=forges.named_in(message, "signed-off-by"),
    )


def _touched(raw: tuple[str, ...]) -> Touched:
    about, *paths = raw
    # A mode for each parent and one for the commit, then as many hashes, then letters.
    words = about.lstrip(":").split(" ")
    contents = words[len(paths) : 2 * len(paths)]
    held = [
        Held(path, blob if mode in ORDINARY else None)
        for path, mode, blob in zip(paths, words[: len(paths)], contents, strict=True)
    ]
    return Touched(tuple(held[:-1]), held[-1])


def _merges(logged: Mapping[str, Logged], tip: str) -> dict[str, str]:
    """The commit of the main line, which ends in *tip*, that merged each commit; itself for one on the line."""
    line: list[str] = []
    at = tip
    while at in logged:
        line.append(at)
        at = next(iter(logged[at].parents), "")
    merged = {name: name for name in line}
    for name in reversed(line):
        for each in _reachable(logged, logged[name].parents[1:], merged):
            merged[each] = name
    return merged


def _reachable(logged: Mapping[str, Logged], tips: Iterable[str], known: Collection[str]) -> set[str]:
    """*tips* and their ancestors, without those that are *known* and their ancestors."""
    found: set[str] = set()
    ahead = list(tips)
    while ahead:
        each = ahead.pop()
        if each not in found and each not in known and each in logged:
            found.add(each)
            ahead += logged[each].parents
    return found
