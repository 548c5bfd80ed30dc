"""The trail: who committed, reviewed and merged what. It comes from git, and is as true as what people wrote there."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Person(NamedTuple):
    """A person whom git names."""

    name: str
    email: str = ""

    @property
    def key(self) -> str:
        """What identifies a person: the address, or the name if there is none."""
        return (self.email or self.name).strip().casefold()

    def is_one_of(self, several: "tuple[Person, ...]") -> bool:
        """Whether one of *several* is the same person, by address, or by name if either has no address."""
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
    """What a file held, by its hash; None if there was no such file."""

    path: str
    content: str | None


class Touched(NamedTuple):
    """A file that a commit changed: what it held in each parent, and in the commit itself."""

    before: tuple[Held, ...]
    after: Held


class Step(NamedTuple):
    """A commit, what it changed, and how it came to the main line."""

    commit: Commit
    touched: tuple[Touched, ...]
    merge: Commit | None
    """The commit that merged it; itself if it was committed to the main branch; None if it is not merged."""
    is_beginning: bool = False
    """Whether a shallow clone begins with it, so that what it holds may be older, and by anybody."""

    @property
    def is_direct(self) -> bool:
        """Whether it was committed to the main branch itself: by hand, or by a forge that squashed or rebased."""
        return self.merge is not None and self.merge.id == self.commit.id

    @property
    def request(self) -> str | None:
        """The pull or merge request that it came from."""
        return self.commit.request or (self.merge.request if self.merge else None)

    @property
    def merged_by(self) -> Person | None:
        """Who put it on the main branch; None if nobody has, or git does not say who.

        A forge that squashes a request names itself, not who pressed the button. The author of an edit on its web page
        is who saved it.
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
        """Who reviewed or approved it, according to the commit or its merge."""
        merged = self.merge.reviewers if self.merge and not self.is_direct else ()
        return tuple(dict.fromkeys((*self.commit.reviewers, *merged)))

    @property
    def others(self) -> tuple[Person, ...]:
        """The people other than its authors who reviewed, approved or merged it."""
        seen = (*self.reviewers, *((self.merged_by,) if self.merged_by else ()))
        return tuple(dict.fromkeys(each for each in seen if not each.is_one_of(self.commit.authors)))


class Trail(NamedTuple):
    """The steps of a history, newest first."""

    steps: tuple[Step, ...]
    contents: Mapping[str, bytes]
    """What the files that were asked for held, by hash."""
    now: Mapping[str, bytes]
    """What the files of the plan hold in the revision that is checked out, by path."""
    is_shallow: bool = False
    """Whether the clone leaves out the beginning."""
    main: str | None = None
    """The main branch. A change counts as merged once it is on it. None means what is checked out."""


class SubjectKind(StrEnum):
    """What was recorded."""

    SIGN_OFF = "sign-off"
    """An agency's governance board signed the plan."""
    APPROVAL = "approval"
    """An agency's governance board approved a return."""
    RATING = "rating"
    """What an agency says of an action and a dimension."""
    MODERATION = "moderation"
    """The boards' own rating in place of the agencies'."""
    AMENDMENT = "amendment"
    """A change of a rating after its period was closed, made openly."""
    CLOSING = "closing"
    """A period was closed."""


class Subject(NamedTuple):
    """What a record in a file is about."""

    kind: SubjectKind
    action: str | None = None
    dimension: str | None = None
    agency: str | None = None
    """Whose rating was amended, in the boards' record."""


Recorded = Mapping[Subject, Mapping[str, Any]]
"""What a file says of each subject: keys and values, as in the file."""


class Event(NamedTuple):
    """A change in what was recorded about one subject, and the step that made it."""

    step: Step
    subject: Subject
    agency: str | None
    """The agency whose file it is, by its id now; None for the boards' record."""
    agency_then: str | None
    """Its id then."""
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
        """The other keys whose values changed."""
        keys = dict.fromkeys((*self.was, *self.now))
        return tuple(key for key in keys if key != "rating" and self.was.get(key) != self.now.get(key))


class Settled(NamedTuple):
    """A value that stands and is not the last one recorded: a merge kept one side's version, and no commit recorded it.

    Git shows no change in a merge that says what one of its parents says.
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
