"""Errors in one file: it cannot be read, or it does not hold what it should."""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

MISSING_FILE = Rule(
    id="missing-file",
    severity=Severity.ERROR,
    meaning="The plan needs this file, and it is not there.",
)

UNSAFE_FILE = Rule(
    id="unsafe-file",
    severity=Severity.ERROR,
    meaning="A link stands where a file or folder of the plan belongs.",
)

TOO_LARGE = Rule(
    id="too-large",
    severity=Severity.ERROR,
    meaning="The file, or what its aliases unfold to, is larger than any file of a plan.",
)

TOO_DEEP = Rule(
    id="too-deep",
    severity=Severity.ERROR,
    meaning="Values are nested deeper than any file of a plan needs.",
)

NOT_UTF8 = Rule(
    id="not-utf8",
    severity=Severity.ERROR,
    meaning="The file is not UTF-8 text.",
)

MERGE_CONFLICT = Rule(
    id="merge-conflict",
    severity=Severity.ERROR,
    meaning="The file still holds the markers of a merge conflict.",
)

NOT_YAML = Rule(
    id="not-yaml",
    severity=Severity.ERROR,
    meaning="The file is not YAML.",
)

EMPTY_FILE = Rule(
    id="empty-file",
    severity=Severity.ERROR,
    meaning="The file holds nothing.",
)

UNEXPECTED_FILE = Rule(
    id="unexpected-file",
    severity=Severity.ERROR,
    meaning="A file in the plan's folders is not one of the plan's.",
)

DUPLICATE_KEY = Rule(
    id="duplicate-key",
    severity=Severity.ERROR,
    meaning="A key is written twice in the same place.",
)

NOT_TEXT = Rule(
    id="not-text",
    severity=Severity.ERROR,
    meaning="A value or a key is read as a number, true or false, and text belongs there.",
)

WRONG_TYPE = Rule(
    id="wrong-type",
    severity=Severity.ERROR,
    meaning="A value is not of the kind that belongs there.",
)

MISSING_KEY = Rule(
    id="missing-key",
    severity=Severity.ERROR,
    meaning="A key that the file needs is missing.",
)

UNKNOWN_KEY = Rule(
    id="unknown-key",
    severity=Severity.ERROR,
    meaning="A key does not belong where it stands.",
)

EMPTY = Rule(
    id="empty",
    severity=Severity.ERROR,
    meaning="A value that the file needs is left empty.",
)

TOO_LONG = Rule(
    id="too-long",
    severity=Severity.ERROR,
    meaning="A value is longer than there is room for.",
)

NOT_A_DAY = Rule(
    id="not-a-day",
    severity=Severity.ERROR,
    meaning="A value is not a day of the calendar.",
)

NOT_AN_ID = Rule(
    id="not-an-id",
    severity=Severity.ERROR,
    meaning="A name has characters that an id cannot have.",
)

CONTROL_CHARACTER = Rule(
    id="control-character",
    severity=Severity.ERROR,
    meaning="Text holds a control character.",
)
