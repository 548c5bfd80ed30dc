"""`jtai diff` as text: how much changed, then the plan, then agency by agency, then the boards."""

from collections.abc import Iterable, Iterator

from jtai_plan.output.terminal import Line, Part, heading, line, standing_part
from jtai_plan.rules.diff.change import Change, Kind, in_words
from jtai_plan.rules.diff.compare import Comparison, actions_named, groups, headline


def diff_lines(comparison: Comparison) -> Iterator[Line]:
    """Everything that changed, a line each, and the actions that it is about; one line where nothing did."""
    yield heading(headline(comparison))
    yield from _section("Files that cannot be read", (line(each.sentence, indent=2) for each in comparison.unreadable))
    for title, changes in groups(comparison):
        yield from _section(title, map(_change, changes))
    paths = (line(path, indent=2) for path in comparison.formatting_only)
    yield from _section("Only the formatting changed", paths)
    named = (line(Part(name, "bold"), f": {words}", indent=2) for name, words in actions_named(comparison))
    yield from _section("The actions named above", named)


def _section(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    several = list(lines)
    if several:
        yield line()
        yield heading(f"{title} ({len(several)})")
        yield from several


def _change(change: Change) -> Line:
    words = in_words(change)
    if change.kind in (Kind.RATING, Kind.STANDING) and change.standing_now:
        # Only where a rating stands now is set off: the words of the line say it all.
        return line(standing_part(change.standing_now, words), indent=2)
    subject, colon, rest = words.partition(": ")
    return line(Part(subject, "bold"), f"{colon}{rest}", indent=2)
