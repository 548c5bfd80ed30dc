"""Errors between the files: each can be read, and they do not fit together."""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

UNKNOWN_NAME = Rule(
    id="unknown-name",
    severity=Severity.ERROR,
    meaning="A file names something that the plan does not have.",
)

DUPLICATE_ID = Rule(
    id="duplicate-id",
    severity=Severity.ERROR,
    meaning="The same id is given twice.",
)

PERIOD_ORDER = Rule(
    id="period-order",
    severity=Severity.ERROR,
    meaning="The periods overlap, or do not stand in order.",
)

DUPLICATE_LETTER = Rule(
    id="duplicate-letter",
    severity=Severity.ERROR,
    meaning="One letter stands for more than one rating.",
)

UNRANKED_EXPECTATION = Rule(
    id="unranked-expectation",
    severity=Severity.ERROR,
    meaning="The plan expects a rating that has no rank.",
)

NO_LEAD = Rule(
    id="no-lead",
    severity=Severity.ERROR,
    meaning="An action has no lead in some period.",
)

DUPLICATE_LEAD = Rule(
    id="duplicate-lead",
    severity=Severity.ERROR,
    meaning="An agency leads an action twice in the same period.",
)

NOT_LEAD = Rule(
    id="not-lead",
    severity=Severity.ERROR,
    meaning="An agency reports on an action that it does not lead.",
)

WRONG_PERIOD = Rule(
    id="wrong-period",
    severity=Severity.ERROR,
    meaning="A return says that it is for another period than the one its file is named for.",
)

TOO_EARLY = Rule(
    id="too-early",
    severity=Severity.ERROR,
    meaning="A sign-off is dated before the inspection ended.",
)

CHANGED_AFTER_CLOSE = Rule(
    id="changed-after-close",
    severity=Severity.ERROR,
    meaning="A return or a moderated rating is not what it was when its period was closed.",
)

CHANGED_SINCE_BASE = Rule(
    id="changed-since-base",
    severity=Severity.ERROR,
    meaning="The record of a closed period is not what it was at the base revision.",
)
