"""What forges and git's own commands write into a commit's message: requests, reverts, picks and trailers."""

import re

from jtai_plan.model.trail import Person

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
_TRAILER = re.compile(r"^(?P<key>[A-Za-z][A-Za-z-]*): *(?P<words>\S.*)$", re.MULTILINE)


def request(message: str) -> str | None:
    """The pull or merge request that a commit says it came from, such as "#12" or "!12"."""
    found = (pattern.search(message) for pattern in _REQUESTS)
    return next((each["id"] for each in found if each), None)


def reverted(message: str) -> str | None:
    """The commit that it takes back."""
    return found["id"] if (found := _REVERTS.search(message)) else None


def picked(message: str) -> str | None:
    """The commit of another line of work that it repeats."""
    return found["id"] if (found := _PICKED.search(message)) else None


def named_in(message: str, *keys: str) -> tuple[Person, ...]:
    """Those whom lines such as "Reviewed-by: NAME <ADDRESS>" name under one of *keys*, each once."""
    trailers = _TRAILER.finditer(message) if ":" in message else ()
    return tuple(dict.fromkeys(_person(each["words"]) for each in trailers if each["key"].casefold() in keys))


def is_forge(person: Person) -> bool:
    """Whether a forge committed, and not a person."""
    return _FORGE.match(person.email) is not None


def _person(words: str) -> Person:
    name, bracket, rest = words.strip().rpartition("<")
    if bracket and rest.endswith(">"):
        return Person(name.strip(' "'), rest[:-1].strip())
    return Person(words.strip())
