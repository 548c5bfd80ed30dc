"""What is not where the plan expected it to be, and what is owed and has not been given."""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

BEHIND = Rule(
    id="behind",
    severity=Severity.BEHIND,
    meaning="A rating is below what the plan expected by this period.",
)

UNRANKED = Rule(
    id="unranked",
    severity=Severity.BEHIND,
    meaning="A rating without a rank, such as grey, stands where the plan expected a ranked one.",
)

NO_RETURN = Rule(
    id="no-return",
    severity=Severity.MISSING,
    meaning="A rating is expected, and no lead agency has given one.",
)

AWAITING = Rule(
    id="awaiting",
    severity=Severity.MISSING,
    meaning="A rating is expected, another lead agency has given one, and this agency has not.",
)

OVERDUE = Rule(
    id="overdue",
    severity=Severity.MISSING,
    meaning="The day for returns has gone by, and an agency still owes ratings.",
)

NO_MEASURES = Rule(
    id="no-measures",
    severity=Severity.MISSING,
    meaning="A lead agency has chosen no measure for an action.",
)

NOT_MEASURED = Rule(
    id="not-measured",
    severity=Severity.MISSING,
    meaning="An agency chose a measure, and has not reported its value for the period.",
)

NOT_APPROVED = Rule(
    id="not-approved",
    severity=Severity.MISSING,
    meaning="A return is not approved by the agency's own governance.",
)

UNSIGNED = Rule(
    id="unsigned",
    severity=Severity.MISSING,
    meaning="An agency's governance board has not signed off the plan.",
)

SIGNED_EARLIER_PLAN = Rule(
    id="signed-earlier-plan",
    severity=Severity.MISSING,
    meaning="The plan has changed since an agency's governance board signed it off.",
)

NOT_PRESENTED = Rule(
    id="not-presented",
    severity=Severity.MISSING,
    meaning="The report of a closed period has not been put before a board.",
)

MERGED_BY_WRITER = Rule(
    id="merged-by-writer",
    severity=Severity.MISSING,
    meaning="A return was merged, or committed to the main branch, by one of those who wrote it.",
)

UNREVIEWED = Rule(
    id="unreviewed",
    severity=Severity.MISSING,
    meaning="A sign-off or a moderated rating was recorded, and nobody else is known to have reviewed it.",
)

SETTLED_BY_MERGE = Rule(
    id="settled-by-merge",
    severity=Severity.MISSING,
    meaning="A merge kept the value of one side, and the other side was recorded later.",
)
