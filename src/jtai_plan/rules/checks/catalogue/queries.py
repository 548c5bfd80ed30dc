"""What is worth asking about. A query is no fault: an answer settles it."""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

UNDEFINED_RATING = Rule(
    id="undefined-rating",
    severity=Severity.QUERY,
    meaning="The key gives a rating no meaning for some dimension.",
)

MISPLACED_DEFINITION = Rule(
    id="misplaced-definition",
    severity=Severity.QUERY,
    meaning="The definition of a complete rating for one dimension speaks of another.",
)

UNREACHABLE_EXPECTATION = Rule(
    id="unreachable-expectation",
    severity=Severity.QUERY,
    meaning="A step of an action's trajectory never applies, because the action starts when a later step holds.",
)

AREAS_NOT_RECORDED = Rule(
    id="areas-not-recorded",
    severity=Severity.QUERY,
    meaning="Fewer areas for improvement are written down than the inspection named.",
)

AREA_NOT_ADDRESSED = Rule(
    id="area-not-addressed",
    severity=Severity.QUERY,
    meaning="No action addresses an area for improvement.",
)

COMPLETE_WITHOUT_IMPACT = Rule(
    id="complete-without-impact",
    severity=Severity.QUERY,
    meaning="All actions that address an area are complete in everything but impact.",
)

REOPENED = Rule(
    id="reopened",
    severity=Severity.QUERY,
    meaning="The closing of a period was taken back or written again.",
)
