"""The guard: which personal data a text holds, and where. What it finds is never repeated."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jtai_plan.rules.personal_data import certain, questions
from jtai_plan.rules.personal_data.certain import Found
from jtai_plan.rules.personal_data.normal import plain, tight, words_of

_DIGEST = r"sha256:[0-9a-f]{64}"
_LONGEST = 100
_ATOM = r"(?:[A-Za-z0-9 /_-]|\\[dw./-]|\[[A-Za-z0-9 ./_-]{1,40}\])"
_FIXED, _VARIABLE = r"(?:\{\d{1,2}\})?", r"(?:\?|\{\d,\d{1,2}\})"
_PATTERN = rf"(?:{_ATOM}{_FIXED})*(?:{_ATOM}{_VARIABLE}(?:{_ATOM}{_FIXED})*){{0,3}}"
_CASE = "a case reference"
Finder = Callable[[str], Iterable[Found]]


class Guard:
    """What a plan forbids in its texts, and what it allows."""

    def __init__(self, allow: Iterable[str] = (), case_reference: str | None = None) -> None:
        self._allow, self._case = tuple(allow), case_reference
        self._allowed = tuple(map(_compact, self._allow))
        written = case_reference if case_reference and is_pattern(case_reference) else None
        self._case_reference = written and re.compile(rf"(?<![0-9A-Za-z])(?:{written})(?![0-9A-Za-z])", re.IGNORECASE)

    def allowing(self, more: Iterable[str]) -> "Guard":
        """The same guard, which also allows what stands in *more*."""
        return Guard((*self._allow, *more), self._case)

    def certain(self, text: str) -> tuple[Found, ...]:
        """What is certainly personal data in *text*, in its order."""
        return self._told(text, (certain.found, self._case_references))

    def questions(self, text: str) -> tuple[Found, ...]:
        """What may point to a person in *text*, in its order."""
        return self._told(text, (questions.found,))

    def masked(self, text: str) -> str:
        """*text* with a … in place of what is certainly personal data."""
        for each in reversed(self.certain(text)):
            text = f"{text[: each.start]}…{text[each.end :]}"
        return text

    def masked_values(self, value: Any) -> Any:
        """*value* with every text in it `masked`, the keys of mappings among them."""
        match value:
            case str():
                return self.masked(value)
            case Mapping():
                return {self.masked_values(key): self.masked_values(each) for key, each in value.items()}
            case list():
                return list(map(self.masked_values, value))
            case tuple():
                return tuple(map(self.masked_values, value))
        return value

    def _case_references(self, text: str) -> Iterator[Found]:
        if self._case_reference:
            yield from (Found(*match.span(), _CASE) for match in self._case_reference.finditer(text))
            itself = tight(text)
            for match in self._case_reference.finditer(itself.text):
                yield Found(itself.place(match.start()), itself.place(match.end() - 1) + 1, _CASE)

    def _told(self, text: str, finders: Iterable[Finder]) -> tuple[Found, ...]:
        if "sha256:" in text:
            text = re.sub(_DIGEST, lambda match: "x" * len(match.group()), text)
        words = words_of(text)
        if not any(True for find in finders for _ in find(words)):
            # Nearly always: then nobody asks where anything stands.
            return ()
        itself = plain(text)
        found = [each for find in finders for each in find(itself.text)]
        told: list[Found] = []
        # Of what overlaps, the first is told: it is one value.
        for each in sorted(found):
            if not (told and each.start < told[-1].end) and not self._is_allowed(itself.text[each.start : each.end]):
                told.append(each)
        return tuple(Found(itself.place(each.start), itself.place(each.end - 1) + 1, each.kind) for each in told)

    def _is_allowed(self, value: str) -> bool:
        return any(_compact(value) in each for each in self._allowed)


def is_pattern(text: str) -> bool:
    r"""Whether *text* may be the pattern of case references: letters, digits, [..], \\d, and {..} or ? after them.

    It comes from other people, and some regular expressions take for ever. So * and + are not among them, and no more
    than three parts may vary in length.
    """
    return len(text) <= _LONGEST and re.fullmatch(_PATTERN, text) is not None


def _compact(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z@]", "", plain(text).text).upper()
