"""The trail: who committed, reviewed and merged what. It is read from git, and is as true as what was written there."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

TRAILER = re.compile(r"^(?P<key>[A-Za-z][A-Za-z-]*): *(?P<words>\S.*)$", re.MULTILINE)
# In the subject of a merge or of a squashed request: GitHub's, GitLab's, Bitbucket's and Azure's.
_REQUESTS = (
    re.compile(r"^Merge pull request (?P<id>#\d+) from "),
    re.compile(r"^Merged in .* \(pull request (?P<id>#\d+)\)"),
    re.compile(r"^Merged PR (?P<id>\d+): "),
    re.compile(r"^See merge request \S*?(?P<id>!\d+)\s*$", re.MULTILINE),
    re.compile(r"\A[^\n]*\((?P<id>#\d+)\)$", re.MULTILINE),
)
_REVERTS = re.compile(r"^This reverts commit (?P<id>[0-9a-f]{7,64})", re.MULTILINE)
_PICKED = re.compile(r"^\(cherry picked from commit (?P<id>[0-9a-f]{7,64})\)$", re.MULTILINE)
_FORGE = re.compile(r"^(noreply@github\.com|.*@noreply\.github\.com)$", re.IGNORECASE)


class Person(NamedTuple):
    """Somebody whom git names."""

    name: str
    email: str = ""

    @property
    def key(self) -> str:
        """By what two mentions are known to be of one person: the address, or the name where there is none."""
        return (self.email or self.name).strip().casefold()

    def is_one_of(self, several: "tuple[Person, ...]") -> bool:
        """Whether one of *several* is the same person, by address; by name where either has no address."""
        return any(
            self.key == each.key or (not (self.email and each.email) and self.name.casefold() == each.name.casefold())
            for each in several
        )


class Commit(NamedTuple):
    """A commit. Days are ISO 8601 with the time and the zone, as the committer's machine had them."""

    id: str
    parents: tuple[str, ...]
    author: Person
    authored: str
    committer: Person
    committed: str
    message: str

    @property
    def short(self) -> str:
        """Its hash as people write it."""
        return self.id[:10]

    @property
    def subject(self) -> str:
        """The first line of its message."""
        return self.message.partition("\n")[0]

    @property
    def is_merge(self) -> bool:
        """Whether it joins two lines of work."""
        return len(self.parents) > 1

    @property
    def request(self) -> str | None:
        """The pull or merge request that it says it came from, such as "#12" or "!12"."""
        found = (pattern.search(self.message) for pattern in _REQUESTS)
        return next((each["id"] for each in found if each), None)

    @property
    def reverts(self) -> str | None:
        """The commit that it takes back."""
        found = _REVERTS.search(self.message)
        return found["id"] if found else None

    @property
    def picked_from(self) -> str | None:
        """The commit of another line of work that it repeats."""
        found = _PICKED.search(self.message)
        return found["id"] if found else None

    def trailer(self, *keys: str) -> tuple[Person, ...]:
        """Those whom lines such as "Reviewed-by: NAME <ADDRESS>" name under one of *keys*, each once."""
        named = (_person(each["words"]) for each in TRAILER.finditer(self.message) if each["key"].casefold() in keys)
        return tuple(dict.fromkeys(named))

    @property
    def authors(self) -> tuple[Person, ...]:
        """Who wrote it: its author, and those named as co-authors."""
        return tuple(dict.fromkeys((self.author, *self.trailer("co-authored-by"))))

    @property
    def reviewers(self) -> tuple[Person, ...]:
        """Who reviewed or approved it."""
        return self.trailer("reviewed-by", "approved-by", "acked-by")

    @property
    def signed_off_by(self) -> tuple[Person, ...]:
        """Who signed it off."""
        return self.trailer("signed-off-by")

    @property
    def applied_by(self) -> Person | None:
        """Who put it where it is, as in a rebase or a cherry-pick; None where that is its author, or the forge."""
        somebody = not self.committer.is_one_of((self.author,)) and not _FORGE.match(self.committer.email)
        return self.committer if somebody else None


class Held(NamedTuple):
    """What a file held. Contents are named by their hash; None where there was no such file."""

    path: str
    content: str | None


class Touched(NamedTuple):
    """A file that a commit changed: what it held in each of the commit's parents, and in the commit itself."""

    before: tuple[Held, ...]
    after: Held


class Step(NamedTuple):
    """A commit, what it changed, and how it came to the main line."""

    commit: Commit
    touched: tuple[Touched, ...]
    merge: Commit | None
    """The commit that merged it; itself where it was committed to the main line; None where it is not merged."""
    is_beginning: bool = False
    """Whether a shallow clone begins with it, so that what it holds may be older, and anybody's."""

    @property
    def is_direct(self) -> bool:
        """Whether it was committed to the main line itself: by hand, or by a forge that squashed or rebased."""
        return self.merge is not None and self.merge.id == self.commit.id

    @property
    def request(self) -> str | None:
        """The pull or merge request by which it came."""
        return self.commit.request or (self.merge.request if self.merge else None)

    @property
    def merged_by(self) -> Person | None:
        """Who put it on the main line; None where it is not there, or git does not say who.

        A forge that squashes a request names itself, and not who pressed the button; of what is written on its web page
        the author is who saved it.
        """
        if self.merge is None:
            return None
        if not self.is_direct:
            return self.merge.author
        if _FORGE.match(self.commit.committer.email):
            return None if self.request else self.commit.author
        return self.commit.committer

    @property
    def reviewers(self) -> tuple[Person, ...]:
        """Who reviewed or approved it: as it says itself, or as its merge does."""
        merged = self.merge.reviewers if self.merge and not self.is_direct else ()
        return tuple(dict.fromkeys((*self.commit.reviewers, *merged)))

    @property
    def others(self) -> tuple[Person, ...]:
        """Who saw it beside those who wrote it: they reviewed, approved or merged it."""
        seen = (*self.reviewers, *((self.merged_by,) if self.merged_by else ()))
        return tuple(dict.fromkeys(each for each in seen if not each.is_one_of(self.commit.authors)))


class Trail(NamedTuple):
    """The steps of a history, newest first."""

    steps: tuple[Step, ...]
    contents: Mapping[str, bytes]
    """What the files that were asked for held, by the name of each content."""
    now: Mapping[str, bytes]
    """What the files of the plan hold in the revision that is checked out, by their paths."""
    is_shallow: bool = False
    """Whether the beginning is missing."""
    main: str | None = None
    """The main branch, by which is told what is merged; None where it is taken to be what is checked out."""


class Kind(StrEnum):
    """What was recorded."""

    SIGN_OFF = "sign-off"
    """That an agency's governance board signed the plan."""
    APPROVAL = "approval"
    """That it approved a return."""
    RATING = "rating"
    """What an agency says of an action and a dimension."""
    MODERATION = "moderation"
    """The boards' own rating in place of the agencies'."""
    AMENDMENT = "amendment"
    """An open change of a rating after its period was closed."""
    CLOSING = "closing"
    """That a period was closed."""


class Subject(NamedTuple):
    """What a file can say something of."""

    kind: Kind
    action: str | None = None
    dimension: str | None = None
    agency: str | None = None
    """Whose rating was amended; the boards' record says it of every agency."""


Said = Mapping[Subject, Mapping[str, Any]]
"""What a file says of each subject: keys and values, as they stand in the file."""


class Event(NamedTuple):
    """A change of what was recorded of one subject, and the step that made it."""

    step: Step
    subject: Subject
    agency: str | None
    """Whose file it stands in, by the id that it has now; None for the boards' record."""
    agency_then: str | None
    """The id that it had then."""
    period: str | None
    was: Mapping[str, Any]
    now: Mapping[str, Any]

    @property
    def rating_was(self) -> str | None:
        """The rating before."""
        return _text(self.was.get("rating"))

    @property
    def rating(self) -> str | None:
        """The rating since."""
        return _text(self.now.get("rating"))

    @property
    def beside(self) -> tuple[str, ...]:
        """The keys beside the rating whose values changed."""
        keys = dict.fromkeys((*self.was, *self.now))
        return tuple(key for key in keys if key != "rating" and self.was.get(key) != self.now.get(key))


class Settled(NamedTuple):
    """What stands and is not what was recorded last: a merge took one side's word, and no commit recorded that.

    Git tells of no change where a merge says what one of its parents did.
    """

    last: Event
    stands: Mapping[str, Any]

    @property
    def rating(self) -> str | None:
        """The rating that stands."""
        return _text(self.stands.get("rating"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _person(words: str) -> Person:
    name, bracket, rest = words.strip().rpartition("<")
    if bracket and rest.endswith(">"):
        return Person(name.strip(' "'), rest[:-1].strip())
    return Person(words.strip())
