"""`jtai check --format github`: annotations of a pull request. GitHub's runner reads each line as a command.

GitHub shows only ten of each level in a step, so the missing ratings of an agency are one annotation.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from jtai_plan.model.finding import Finding, Severity
from jtai_plan.output.check.text import RATINGS_OWED, counts, ratings_named
from jtai_plan.output.terminal import from_here
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.behind_and_missing import NO_MEASURES
from jtai_plan.rules.judge.collate import Collation

_LEVELS = {
    Severity.ERROR: "error",
    Severity.BEHIND: "warning",
    Severity.MISSING: "notice",
    Severity.QUERY: "notice",
}
# The percent sign first: the others are written with it.
_IN_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_DATA, ":": "%3A", ",": "%2C"}


def check_github(collation: Collation | None, findings: Sequence[Finding], root: Path) -> Iterator[str]:
    """The open *findings* as annotations, the gravest first, and then the counts. Their paths are below *root*.

    No line begins with text from the plan, so nothing that somebody wrote there can be a command.
    """
    for severity in Severity:
        open_ones = [each for each in findings if each.severity is severity and each.answered is None]
        for finding in _together(collation, open_ones) if severity is Severity.MISSING else open_ones:
            yield _annotation(finding, root)
    if collation is not None:
        yield counts(collation).plain


def harmless(words: str) -> str:
    """*words*, which do not begin with text from the plan, as one line without the sign of an older command."""
    return " ".join(words.split()).replace("##[", "## [")


def _annotation(finding: Finding, root: Path) -> str:
    # GitHub counts paths from the top of the repository, wherever the command is called.
    top = next((each for each in (root, *root.parents) if (each / ".git").exists()), None)
    file = (
        PurePath(root.relative_to(top), finding.path) if top else PurePath(from_here(root / finding.path))
    ).as_posix()
    about = {"file": file, "line": finding.line, "col": finding.column, "title": finding.rule}
    properties = ",".join(
        f"{name}={_escaped(str(value), _IN_PROPERTIES)}" for name, value in about.items() if value is not None
    )
    return f"::{_LEVELS[finding.severity]} {properties}::{_escaped(finding.words, _IN_DATA)}"


def _escaped(words: str, signs: dict[str, str]) -> str:
    for sign, escape in signs.items():
        words = words.replace(sign, escape)
    return words


def _together(collation: Collation | None, findings: Iterable[Finding]) -> Iterator[Finding]:
    """*findings*, with those of the same rule and agency made one, at the place of the first."""
    groups: dict[tuple[str, str | None], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.rule, each.agency), []).append(each)
    for several in groups.values():
        yield _as_one(collation, several) if collation and len(several) > 1 else several[0]


def _as_one(collation: Collation, several: Sequence[Finding]) -> Finding:
    first, partnership = several[0], collation.partnership
    name = partnership.agency_name(first.agency) if first.agency else ""
    if first.rule in RATINGS_OWED:
        message = f"{len(several)} ratings of {name} are missing: {ratings_named(partnership.plan, several)}"
        hint: str | None = f"Record them: jtai rate --agency {first.agency} --quarter {collation.period}."
    elif first.rule == NO_MEASURES.id:
        message = f"{name} has chosen no measure for {wording.listed(each.action for each in several if each.action)}"
        hint = first.hint
    else:
        message = "; ".join(each.message for each in several)
        hint = first.hint if len({each.hint for each in several}) == 1 else None
    return first._replace(message=message, hint=hint)
