"""The program's own errors. Each words itself: where, what, why, and what to do next; none prints."""

from collections.abc import Iterable
from pathlib import Path


def did_you_mean(asked: str, known: Iterable[str]) -> str | None:
    """A hint at the valid name nearest to *asked*; at all of them where none is near and there are few."""
    from difflib import get_close_matches

    names = list(known)
    by_lower = {name.lower(): name for name in names}
    if near := get_close_matches(asked.lower(), by_lower, n=1):
        return f"Did you mean '{by_lower[near[0]]}'?"
    if not names:
        return "None is listed."
    return f"There is {_listed(names)}." if len(names) <= 12 else None


def there_is(known: Iterable[str]) -> str:
    """A hint at every valid name. Of ratings none is near another: 'green' is not meant by 'grey'."""
    return f"There is {_listed(list(known))}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


class JtaiError(Exception):
    """Something that the user can fix. *status* is what the command exits with."""

    status = 2

    @property
    def in_full(self) -> str:
        """The message as the command line prints it. A question that is asked again prints the message alone."""
        return str(self)


class NoPlan(JtaiError):
    """No folder that holds a plan was found."""

    def __init__(self, start: Path, *, named: bool) -> None:
        super().__init__(
            f"{start}: there is no plan/plan.yaml in this folder. Name the folder that holds plan/."
            if named
            else f"{start}: there is no plan/plan.yaml here or in a folder above. "
            "Go to the folder that holds plan/, or name it with --plan."
        )


class UnknownName(JtaiError):
    """A name in the call that the plan does not have."""

    def __init__(self, kind: str, asked: str, known: Iterable[str]) -> None:
        hint = there_is(known) if kind == "rating" else did_you_mean(asked, known)
        super().__init__(f"there is no {kind} '{asked}' in the plan." + (f" {hint}" if hint else ""))


class CannotDo(JtaiError):
    """The call is understood, but cannot be carried out."""


class NothingWritten(CannotDo):
    """What cannot be carried out by a command that was about to write, so it says that no file has changed."""

    @property
    def in_full(self) -> str:
        """The message, and that nothing was written."""
        return f"{self} Nothing was written."


class FilesAreWrong(JtaiError):
    """The files have faults that must be corrected first. *faults* are their sentences, each with its place."""

    status = 1

    def __init__(self, faults: Iterable[str], consequence: str) -> None:
        super().__init__("\n".join([*faults, consequence]))
