"""`jtai diff --format md`: a comment on a pull request, which a director can read.

It uses no template: a pull request could change the templates of its plan, and so what is said of it.
"""

import re
from collections.abc import Iterable, Iterator

from jtai_plan.model.plan import Plan
from jtai_plan.model.text import cut
from jtai_plan.output.diff.summary import actions_named, headline, sections, unreadable_words
from jtai_plan.output.diff.words import WordedChange, label
from jtai_plan.output.markdown import escape
from jtai_plan.rules import wording
from jtai_plan.rules.diff.changes import ChangeKind, Comparison

MARKER = "<!-- jtai diff -->"
"""The first line, by which a workflow finds its own comment again."""
MAX_LENGTH = 60_000
"""GitHub takes 65,536 characters."""
LONGEST_TEXT = 600
"""People's text is cut to this many characters, so that no text crowds the others out of the comment."""
LONGEST_LINE = 2_000
LONGEST_NAME = 120
LONGEST_ACTION = 240
# In a comment, unlike in a file, these link to another issue, and leave a mark there.
_REFERENCE = re.compile(r"#(?=\d)|(?<=gh)-(?=\d)", re.IGNORECASE)
_HEAD = (
    "| Action | Dimension | Period | Rating (was → now) | Standing (was → now) |",
    "| --- | --- | --- | --- | --- |",
)
Block = tuple[int, list[str]]
"""Lines that belong together, and how many changes they tell of."""


def diff_markdown(both: Comparison, *, with_text: bool = False) -> str:
    """The comment: a headline, the ratings in tables, the other changes as lists, and what the actions are."""
    lines = [MARKER, "", _shown(headline(both))]
    length, left_out, is_full = sum(len(each) + 1 for each in lines), 0, False
    for changes, several in _blocks(both, with_text=with_text):
        added = sum(len(each) + 1 for each in several)
        is_full = is_full or length + added > MAX_LENGTH
        if is_full:
            left_out += changes
            continue
        lines += several
        length += added
    if left_out:
        many = f"{wording.counted(left_out, 'more line')} {wording.are(left_out)} left out here, to fit in a comment."
        revisions = " ".join(filter(None, (both.before.revision, both.after.revision)))
        lines += ["", f"**{many}** To see everything: `jtai diff {revisions}`."]
    return "\n".join(lines) + "\n"


def _blocks(both: Comparison, *, with_text: bool) -> Iterator[Block]:
    yield from _list("Files that cannot be read", map(unreadable_words, both.unreadable))
    heading = ["", "### Ratings"]
    for title, changes in sections(both, with_text=with_text):
        for place, each in enumerate(each for each in changes if each.change.is_of_a_rating):
            above = [] if place else [*heading, "", f"#### {_shown(title, LONGEST_NAME)}", "", *_HEAD]
            heading = []
            yield 1, [*above, _row(both, each)]
        noted = [each for each in changes if each.change.is_of_a_rating and each.note]
        for place, each in enumerate(noted):
            note = _shown(f"{each.subject}: {each.note}", LONGEST_TEXT)
            yield 0, [*([] if place else [""]), f"- {note}"]
    for title, changes in sections(both, with_text=with_text):
        others = [each for each in changes if not each.change.is_of_a_rating]
        # Its ratings are under its name above, and no text can crowd them out of the comment.
        also = "" if len(others) == len(changes) else ": what else changes"
        yield from _list(cut(title, LONGEST_NAME) + also, (each.line(LONGEST_TEXT) for each in others))
    yield from _list("Only the formatting changed", both.formatting_only)
    named = (f"{name}: {cut(words, LONGEST_ACTION)}" for name, words in actions_named(both))
    yield from ((0, lines) for _, lines in _list("The actions named above", named))


def _list(title: str, texts: Iterable[str]) -> Iterator[Block]:
    for place, text in enumerate(texts):
        above = [] if place else ["", f"### {_shown(title)}", ""]
        yield 1, [*above, f"- {_shown(text)}"]


def _row(both: Comparison, worded: WordedChange) -> str:
    change = worded.change
    was, now = _rating(both.was.plan, change.was), _rating(both.now.plan, change.now)
    rating = f"still {now}" if change.kind is ChangeKind.STANDING else f"{was} → {now}"
    period = label(both, "periods", change.period) + (" (closed period)" if change.closed else "")
    dimension = label(both, "dimensions", change.dimension)
    cells = (change.action or "", dimension, period, rating, worded.standings)
    return f"| {' | '.join(_shown(each, LONGEST_NAME) for each in cells)} |"


def _rating(plan: Plan, name: str | None) -> str:
    return f"{plan.scale[name].label} ({plan.scale[name].letter})" if name else "No return"


def _shown(text: str, longest: int = LONGEST_LINE) -> str:
    """*text* as it was typed, cut to *longest* characters."""
    return _REFERENCE.sub(lambda found: f"{found[0]}<!-- -->", escape(cut(text, longest)))
