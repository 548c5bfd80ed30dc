"""`jtai diff` as text: how much changed, then the plan, then agency by agency, then the boards."""

from collections.abc import Iterator

from jtai_plan.model.text import one_line
from jtai_plan.output.diff.summary import actions_named, headline, sections, unreadable_words
from jtai_plan.output.diff.words import WordedChange
from jtai_plan.output.terminal import Line, Part, heading, line, section, standing_part
from jtai_plan.rules.diff.changes import Comparison


def diff_lines(both: Comparison, *, with_text: bool = False) -> Iterator[Line]:
    """Every change, a line each, and the actions that they are about; one line if nothing changed."""
    yield heading(headline(both))
    unreadable = [line(unreadable_words(each), indent=2) for each in both.unreadable]
    reformatted = [line(path, indent=2) for path in both.formatting_only]
    named = [line(Part(name, "bold"), f": {words}", indent=2) for name, words in actions_named(both)]
    yield from section(f"Files that cannot be read ({len(unreadable)})", unreadable)
    for title, changes in sections(both, with_text=with_text):
        yield from section(f"{title} ({len(changes)})", map(_change, changes))
    yield from section(f"Only the formatting changed ({len(reformatted)})", reformatted)
    yield from section(f"The actions named above ({len(named)})", named)


def _change(worded: WordedChange) -> Line:
    if worded.change.is_of_a_rating and worded.change.standing_now:
        # Only the standing now has a colour: the words of the line say it all.
        return line(standing_part(worded.change.standing_now, worded.line()), indent=2)
    return line(Part(one_line(worded.subject), "bold"), f": {worded.difference()}", indent=2)
