"""`jtai diff --format md`: a comment on a pull request, which a director can read.

It is made without templates: a pull request could rewrite those of its plan, and with them what is said of it.
"""

import re
from collections.abc import Iterable, Iterator

from jtai_plan.model.plan import Rating
from jtai_plan.output.markdown import escape
from jtai_plan.rules import wording
from jtai_plan.rules.diff.change import Change, Kind, in_words, standing_words
from jtai_plan.rules.diff.compare import Comparison, actions_named, groups, headline

MARKER = "<!-- jtai diff -->"
"""The first line, by which a workflow finds its own comment again."""
MAX_LENGTH = 60_000
"""GitHub takes 65,536 characters."""
LONGEST_TEXT = 600
"""What people wrote is cut to so many characters, so that no text keeps the others out of the comment."""
LONGEST_LINE = 2_000
LONGEST_NAME = 120
LONGEST_ACTION = 240
# In a comment, unlike in a file, these link to another issue, and leave a mark in that.
_REFERENCE = re.compile(r"#(?=\d)|(?<=gh)-(?=\d)", re.IGNORECASE)
_CLOSED = " (closed period)"


def diff_markdown(comparison: Comparison) -> str:
    """The comment: a headline, the ratings in tables, the other changes as lists, and what the actions are."""
    lines = [MARKER, "", _shown(headline(comparison))]
    length, left_out, is_full = sum(len(each) + 1 for each in lines), 0, False
    for change, several in _blocks(comparison):
        added = sum(len(each) + 1 for each in several)
        is_full = is_full or length + added > MAX_LENGTH
        if is_full:
            left_out += change
            continue
        lines += several
        length += added
    if left_out:
        lines += ["", _left_out(comparison, left_out)]
    return "\n".join(lines) + "\n"


def _left_out(comparison: Comparison, number: int) -> str:
    revisions = " ".join(each for each in (comparison.before.revision, comparison.after.revision) if each)
    many = (
        f"{wording.counted(number, 'more line')} {wording.are(number)} left out here, as a comment can only be so long."
    )
    return f"**{many}** To see everything: `jtai diff {revisions}`."


Block = tuple[int, list[str]]
"""Lines that belong together, and how many changes they tell of."""


def _blocks(comparison: Comparison) -> Iterator[Block]:
    yield from _list("Files that cannot be read", (each.sentence for each in comparison.unreadable))
    yield from _ratings(comparison)
    for title, changes in groups(comparison):
        others = [change for change in changes if not change.is_of_a_rating]
        heading = _cut(title, LONGEST_NAME)
        # Its ratings stand under its name above, where no text can keep them out of the comment.
        heading += ": what else changes" if len(others) < len(changes) else ""
        yield from _list(heading, (in_words(change, LONGEST_TEXT) for change in others))
    yield from _list("Only the formatting changed", comparison.formatting_only)
    named = (f"{name}: {_cut(words, LONGEST_ACTION)}" for name, words in actions_named(comparison))
    yield from ((0, lines) for _, lines in _list("The actions named above", named))


def _list(title: str, texts: Iterable[str]) -> Iterator[Block]:
    for place, text in enumerate(texts):
        above = [] if place else ["", f"### {_shown(title)}", ""]
        yield 1, [*above, f"- {_shown(text)}"]


def _ratings(comparison: Comparison) -> Iterator[Block]:
    """For each agency a table; what else there is to say of a rating stands below it."""
    first = True
    for title, changes in groups(comparison):
        rated = [change for change in changes if change.is_of_a_rating]
        for place, change in enumerate(rated):
            above = ["", "### Ratings"] if first else []
            above += [] if place else ["", f"#### {_shown(title, LONGEST_NAME)}", "", *_HEAD]
            first = False
            yield 1, [*above, _row(comparison, change)]
        for place, change in enumerate(each for each in rated if each.note):
            note = _shown(f"{change.subject}: {change.note}", LONGEST_TEXT)
            yield 0, [*([] if place else [""]), f"- {note}"]


_HEAD = (
    "| Action | Dimension | Period | Rating (was → now) | Standing (was → now) |",
    "| --- | --- | --- | --- | --- |",
)


def _row(comparison: Comparison, change: Change) -> str:
    dimension, period = (str(each) for each in (change.dimension, change.period))
    for state in (comparison.before, comparison.after):
        if state.partnership:
            plan = state.partnership.plan
            dimension = plan.dimensions[dimension].label if dimension in plan.dimensions else dimension
            period = plan.periods[period].label if period in plan.periods else period
    now = _rating(change.rating_now)
    rating = f"{now}, as before" if change.kind is Kind.STANDING else f"{_rating(change.rating_was)} → {now}"
    closed = _CLOSED if change.closed else ""
    cells = (change.action or "", dimension, period + closed, rating, standing_words(change))
    return f"| {' | '.join(_shown(each, LONGEST_NAME) for each in cells)} |"


def _rating(rating: Rating | None) -> str:
    return f"{rating.label} ({rating.letter})" if rating else "No return"


def _shown(text: str, longest: int = LONGEST_LINE) -> str:
    """*text* as it was typed, but for what is longer than *longest*."""
    return _REFERENCE.sub(lambda found: f"{found[0]}<!-- -->", escape(_cut(text, longest)))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
