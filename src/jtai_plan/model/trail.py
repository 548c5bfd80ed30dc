"""The trail: who committed, reviewed and merged what. It is read from git, and is as true as what was written there."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


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
    """A commit. Times are ISO 8601 with the zone, as the committer's machine had them."""

    id: str
    parents: tuple[str, ...]
    author: Person
    authored: str
    committer: Person
    committed: str
    message: str
    by_forge: bool = False
    """Whether a forge committed it for somebody."""
    request: str | None = None
    """The pull or merge request that it says it came from, such as "#12" or "!12"."""
    reverts: str | None = None
    """The commit that it takes back."""
    picked_from: str | None = None
    """The commit of another line of work that it repeats."""
    co_authors: tuple[Person, ...] = ()
    reviewers: tuple[Person, ...] = ()
    """Who reviewed or approved it."""
    signed_off_by: tuple[Person, ...] = ()

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
    def authors(self) -> tuple[Person, ...]:
        """Its author, and those named as co-authors."""
        return tuple(dict.fromkeys((self.author, *self.co_authors)))

    @property
    def applied_by(self) -> Person | None:
        """Who applied it, as in a rebase or a cherry-pick; None if that is its author, or the forge."""
        return None if self.by_forge or self.committer.is_one_of((self.author,)) else self.committer


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
        if self.commit.by_forge:
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


class SubjectKind(StrEnum):
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

    kind: SubjectKind
    action: str | None = None
    dimension: str | None = None
    agency: str | None = None
    """Whose rating was amended; the boards' record says it of every agency."""


Recorded = Mapping[Subject, Mapping[str, Any]]
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
        return _rating(self.was)

    @property
    def rating(self) -> str | None:
        """The rating since."""
        return _rating(self.now)

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
        return _rating(self.stands)


class History(NamedTuple):
    """What a history says."""

    trail: Trail
    events: tuple[Event, ...]
    """What was asked for, oldest first."""
    settled: tuple[Settled, ...]


def _rating(values: Mapping[str, Any]) -> str | None:
    value = values.get("rating")
    return value if isinstance(value, str) and value else None
