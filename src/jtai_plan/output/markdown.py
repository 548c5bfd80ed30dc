"""People's text as GitHub Markdown: it shows exactly what they typed, and reads well unrendered."""

import re
from functools import lru_cache

from markupsafe import Markup

_WITHIN_A_LINE = re.compile(
    r"""
      (?P<backslash> \\ (?= [!-/:-@\[-`{-~] | $ ) )     # elsewhere a backslash is plain text
    | (?P<mark> [`*\[\]|~] | :// )
    | (?P<underscores> _+ )
    | (?P<entity> [&<] (?! \s ) )
    | (?P<at> @ (?! \s ) )
    | (?P<dollar> \$ )
    | (?P<www> www (?= \. ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_BEGINS_A_BLOCK = re.compile(r"^(?:(?=[-+=>#]|:-)|(\d{1,9})(?=[.)](?:\s|$)))")
_ENDS_A_HEADING = re.compile(r"(?<=\s)(?=#+$)")


@lru_cache(maxsize=10_000)
def escape(text: str) -> Markup:
    """*text* within a Markdown line: no markup, links, HTML or mentions; a line break becomes a space."""
    line = _WITHIN_A_LINE.sub(_escaped, re.sub(r"\s+", " ", text))
    line = _BEGINS_A_BLOCK.sub(lambda found: f"{found[1] or ''}\\", line)
    return Markup(_ENDS_A_HEADING.sub(r"\\", line))  # noqa: S704  # escaped right here


def block(paragraph: str) -> Markup:
    """A *paragraph* on lines of its own, with its line breaks."""
    lines = (line.strip() for line in paragraph.splitlines())
    return Markup("\\\n".join(escape(line) for line in lines if line))  # noqa: S704  # escaped right here


def tidy(text: str) -> str:
    """*text* with single blank lines, and none at its ends."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip() + "\n"


def _escaped(found: re.Match[str]) -> str:
    typed = found[0]
    match found.lastgroup:
        case "underscores":
            return typed if _is_within_a_word(found) else typed.replace("_", r"\_")
        case "entity":
            return _ENTITIES[typed]
        case "at":
            # GitHub finds addresses and mentions after it has resolved escapes: only a comment keeps them text.
            return "@<!-- -->"
        case "dollar":
            # GitHub's mathematics ignores a backslash; its documentation gives this for a plain dollar.
            return "<span>$</span>"
        case "www":
            return f"{typed}\\"
        case _:
            return f"\\{typed}"


def _is_within_a_word(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return before.isalnum() and after.isalnum()
