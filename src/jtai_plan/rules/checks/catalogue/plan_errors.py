"""Errors between the files: each can be read, but they do not fit together."""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

UNKNOWN_NAME = Rule(
    id="unknown-name",
    severity=Severity.ERROR,
    meaning="A file names something that the plan does not have.",
    reason=(
        "A rating of an action that does not exist would be in no report, and a rating that is not in the scale "
        "has no meaning in its key."
    ),
    remedy="Use the name that the message suggests, or add the missing one to plan.yaml.",
    example="T2.2 impact of Essex Polise: there is no agency 'essex-polise'. Did you mean 'essex-police'?",
)

DUPLICATE_ID = Rule(
    id="duplicate-id",
    severity=Severity.ERROR,
    meaning="The same id is given twice.",
    reason="An id must lead to one thing. With two actions T2.2, nobody knows which one a rating is of.",
    remedy="Give one of the two another id.",
    example="action 'T2.2' is listed twice. Give it another id.",
)

PERIOD_ORDER = Rule(
    id="period-order",
    severity=Severity.ERROR,
    meaning="The periods overlap, or do not stand in order.",
    reason="What is expected by when, and what came before, both follow the order of the periods in plan.yaml.",
    remedy="List the periods from the earliest to the latest, each beginning after the one before has ended.",
    example="""\
periods:
  2018-19-Q2: {label: Q2 2018/19, from: 2018-07-01, to: 2018-09-30}
  2018-19-Q3: {label: Q3 2018/19, from: 2018-09-30, to: 2018-12-31}
""",
)

DUPLICATE_LETTER = Rule(
    id="duplicate-letter",
    severity=Severity.ERROR,
    meaning="One letter stands for more than one rating.",
    reason=(
        "On a print without colour, and to a reader who cannot tell the colours apart, the letter alone says which "
        "rating it is."
    ),
    remedy="Give each rating a letter of its own.",
    example="""\
scale:
  green: {label: Green, letter: G, rank: 3}
  grey: {label: Grey, letter: G}
""",
)

NOTHING_EXPECTED = Rule(
    id="nothing-expected",
    severity=Severity.ERROR,
    meaning="Neither a due day nor ratings are expected of an action or by a revision.",
    reason="What has no expectation is never behind, and silence would look like progress.",
    remedy="Give the action, or the revision, a 'due' day or 'expected' ratings, or give the plan 'expected' ratings.",
    example="an action without 'due' in a plan without 'expected'",
)

DUE_WITHOUT_RATING = Rule(
    id="due-without-rating",
    severity=Severity.ERROR,
    meaning="An action has a due day, and the scale does not say what is expected before and after it.",
    reason="Until its due day an action is expected to be on track, and complete from then on.",
    remedy="Mark a rating that has a rank with 'on_track: true', and one with 'complete: true'.",
    example="due: 2019-03-31 in a plan whose scale has no 'on_track'",
)

WRONG_COLOUR = Rule(
    id="wrong-colour",
    severity=Severity.ERROR,
    meaning="The colour of a rating is not one of the palette, or words cannot be read on it.",
    reason="WCAG 2.2 asks for a contrast of 4.5 to 1 between words and their ground.",
    remedy="Name blue, red, amber, grey or green, or give a darker or lighter colour.",
    example='colour: "#767676"',
)

RATING_OF_ANOTHER_DIMENSION = Rule(
    id="rating-of-another-dimension",
    severity=Severity.ERROR,
    meaning="A rating is used in a dimension that the scale does not list for it, or a dimension has no rating.",
    reason="The key says where a rating may be used. Elsewhere it has no meaning.",
    remedy="Choose a rating of the dimension, or add the dimension to the rating's 'dimensions' in the scale.",
    example="expected: {impact: {2018-19-Q2: [amber]}} where amber has 'dimensions: [process]'",
)

UNRANKED_EXPECTATION = Rule(
    id="unranked-expectation",
    severity=Severity.ERROR,
    meaning="The plan expects a rating that has no rank.",
    reason=(
        "A rating without a rank, such as grey, is neither above nor below another, so nothing can be judged "
        "against it."
    ),
    remedy=(
        "Expect a rating that has a rank in the scale. If nothing is expected yet, leave the step out or give the "
        "action a later 'starts'."
    ),
    example="expected: {impact: {2018-19-Q2: [grey]}}",
)

NO_LEAD = Rule(
    id="no-lead",
    severity=Severity.ERROR,
    meaning="An action has no lead in some period.",
    reason="Nobody would be asked for its ratings, and its silence would look like nobody's fault.",
    remedy="Name a lead for every period, or withdraw the action from that period on.",
    example="""\
id: T2.2
leads: [{agency: essex-police, until: 2018-19-Q2}]
""",
)

DUPLICATE_LEAD = Rule(
    id="duplicate-lead",
    severity=Severity.ERROR,
    meaning="An agency leads an action twice in the same period.",
    reason="An agency gives one rating of an action. Counted twice, it would be asked twice.",
    remedy="Name each agency once. If two officers of one agency share the work, name both in one 'name'.",
    example="leads: [{agency: health, name: A. Officer}, {agency: health, name: B. Officer}]",
)

NOT_LEAD = Rule(
    id="not-lead",
    severity=Severity.ERROR,
    meaning="An agency reports on an action that it does not lead.",
    reason=(
        "A rating counts only from an agency that leads the action. Any other would be in the files and in no report."
    ),
    remedy="Delete the rating or the measure, or name the agency as a lead in plan.yaml.",
    example="Police does not lead T2.2 in Q3 2018/19.",
)

WRONG_PERIOD = Rule(
    id="wrong-period",
    severity=Severity.ERROR,
    meaning="A return says that it is for another period than the one its file is named for.",
    reason="Last quarter's return, copied to a new name, would be read as this quarter's ratings.",
    remedy="Correct 'period', or give the file the name of the period that it reports.",
    example="returns/2018-19-Q3.yaml begins with 'period: 2018-19-Q2'.",
)

TOO_EARLY = Rule(
    id="too-early",
    severity=Severity.ERROR,
    meaning="A sign-off is dated before the inspection ended.",
    reason=(
        "The plan answers the inspection, so no board can have agreed to it before. Such a date is probably a typing "
        "mistake, and an auditor would ask about it."
    ),
    remedy="Give the day of the meeting that signed the plan off.",
    example="the plan cannot have been signed on 12 July 2017: the inspection ended on 23 March 2018",
)

NOT_A_QUERY = Rule(
    id="not-a-query",
    severity=Severity.ERROR,
    meaning="An answer is given to a rule that cannot be answered there.",
    reason=(
        "An answer says why something stands as it is. It settles a query; it does not make an error right, a red "
        "rating better or a missing rating arrive."
    ),
    remedy=(
        "Delete the answer and do what the rule asks: jtai explain RULE. A query about the plan is answered in "
        "plan.yaml, and a query about a rating under that rating."
    ),
    example="""\
answers:
  no-return: We were on leave
""",
)

CANNOT_IGNORE = Rule(
    id="cannot-ignore",
    severity=Severity.ERROR,
    meaning="The plan asks to ignore a rule that finds errors.",
    reason=(
        "While the files are wrong nothing that is made from them can be trusted. Behind, missing and query are "
        "the plan's to weigh; an error is not."
    ),
    remedy="Delete the rule from 'checks: ignore', and correct what it finds.",
    example="checks: {ignore: [unknown-name]}",
)

CHANGED_AFTER_CLOSE = Rule(
    id="changed-after-close",
    severity=Severity.ERROR,
    meaning="A return or a moderated rating has changed since its period was closed.",
    reason=(
        "The boards were shown the ratings as they were closed. A later change must be open, with who made it and "
        "why, or the report no longer says what they saw."
    ),
    remedy="Restore what was closed, or amend it openly: jtai rate ACTION DIMENSION RATING --amend REASON --by WHO.",
    example="T2.2 impact of Essex Police was red when Q2 2018/19 was closed on 12 October 2018, and is now amber",
)

CHANGED_SINCE_BASE = Rule(
    id="changed-since-base",
    severity=Severity.ERROR,
    meaning="The record of a closed period has changed since the base revision.",
    reason=(
        "Whoever changes a return could also change the digest in the closing record. Git still holds both as they "
        "were, so check --trail compares with that."
    ),
    remedy="Restore the record from git, and amend openly what has to change.",
    example="the closing of Q2 2018/19 has changed",
)

IMPOSSIBLE_DAY = Rule(
    id="impossible-day",
    severity=Severity.ERROR,
    meaning="A day cannot be right: it is before its period began, still to come, or later than what it belongs to.",
    reason=(
        "A board cannot have agreed to a quarter that had not begun, and nobody can have met in the future. A slip of "
        "the finger in a year is otherwise never seen, and every later reading of the trail rests on it."
    ),
    remedy="Write the day that the minutes or the document have.",
    example="approved: {board: .., on: 2018-01-10}, in a return for Q3 2018/19, which began on 1 October 2018.",
)

WRONG_PATTERN = Rule(
    id="wrong-pattern",
    severity=Severity.ERROR,
    meaning="The pattern of case references is written with signs that it may not have.",
    reason=(
        "The pattern comes with the plan, which other people write, and it is tried on every text. Some regular "
        "expressions would take for ever."
    ),
    remedy=(
        "Write it with letters, digits, [..] and \\d, and with {6}, {4,6} or ? after what comes several times or not "
        "at all."
    ),
    example="personal_data: {case_reference: 'CR-\\d{6}'}",
)
