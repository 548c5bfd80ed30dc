"""What is worth asking about. A query is no fault: an answer settles it."""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

UNDEFINED_RATING = Rule(
    id="undefined-rating",
    severity=Severity.QUERY,
    meaning="The key gives a rating no meaning for some dimension.",
    reason=(
        "The key of Southend's plan gives grey no meaning for performance. Two agencies may then mean different "
        "things by the same colour."
    ),
    remedy="Define the rating for that dimension under 'means', or answer why it needs no definition.",
    example="""\
answers:
  undefined-rating: Grey is not used for performance
""",
    answered_in="plan",
)

MISPLACED_DEFINITION = Rule(
    id="misplaced-definition",
    severity=Severity.QUERY,
    meaning="The definition of a complete rating for one dimension speaks of another.",
    reason=(
        "In the key of Southend's plan blue is “Completed and impact evidenced”, whatever is rated. An agency may "
        "then withhold a blue for process until impact is seen."
    ),
    remedy="Define the rating for each dimension by itself under 'means', or answer how agencies are to read it.",
    example="""\
answers:
  misplaced-definition: The boards read blue for each dimension by itself
""",
    answered_in="plan",
)

UNREACHABLE_EXPECTATION = Rule(
    id="unreachable-expectation",
    severity=Severity.QUERY,
    meaning="A step of an action's trajectory never applies, because the action starts when a later step holds.",
    reason=(
        "Nothing is expected of an action before it starts, so such a step looks like a promise and asks for nothing."
    ),
    remedy="Delete the step, let the action start earlier, or answer why it stands.",
    example="""\
id: T3.1
starts: 2018-19-Q4
expected: {impact: {2018-19-Q2: [red], 2018-19-Q4: [amber]}}
""",
    answered_in="plan",
)

PLACEHOLDER_LEFT = Rule(
    id="placeholder-left",
    severity=Severity.QUERY,
    meaning="A placeholder that jtai init wrote still stands in the plan, or an agency is called one.",
    reason="A board would read it as a part of the plan.",
    remedy="Put what the partnership agreed in its place.",
    example="the first theme is still a placeholder",
    answered_in="plan",
)

AREAS_NOT_RECORDED = Rule(
    id="areas-not-recorded",
    severity=Severity.QUERY,
    meaning="Fewer areas for improvement are written down than the inspection named, or more.",
    reason=(
        "Southend's plan says that the inspection report contains 29 areas for improvement and lists none. Until "
        "they are written down, nobody can show that each is addressed."
    ),
    remedy=(
        "List them under 'areas_for_improvement: items', in the words of the report, and name them under "
        "'addresses' in each action. Never invent one."
    ),
    example="0 of 29 areas for improvement are recorded",
    answered_in="plan",
)

AREA_NOT_ADDRESSED = Rule(
    id="area-not-addressed",
    severity=Severity.QUERY,
    meaning="No action addresses an area for improvement.",
    reason=(
        "Southend's plan sets out to “meet the need for action related to each area for improvement within the report”."
    ),
    remedy="Name the area under 'addresses' in the action that answers it, or answer why no action does.",
    example="no action addresses A7, “Return interviews are not timely”",
    answered_in="plan",
)

COMPLETE_WITHOUT_IMPACT = Rule(
    id="complete-without-impact",
    severity=Severity.QUERY,
    meaning="All actions that address an area are complete in everything but impact.",
    reason=(
        "When everything planned has been done and it has made no difference yet, more of the same is unlikely to "
        "bring it. The boards may want to ask for something else."
    ),
    remedy="Ask what else would make a difference, or answer why the impact is still to come.",
    example="""\
answers:
  complete-without-impact: The impact is measured once a year, in the spring
""",
    answered_in="plan",
)

REOPENED = Rule(
    id="reopened",
    severity=Severity.QUERY,
    meaning="The closing of a period was withdrawn or rewritten.",
    reason="Withdrawing a closing leaves no sign in the files. Git still has it, and an auditor would ask why.",
    remedy="It cannot be answered in a file: it stays in the history. Minute why the period was opened again.",
    example="the closing of Q2 2018/19 was withdrawn by A. Officer in 1a2b3c4",
)

NAMED_OFFICER = Rule(
    id="named-officer",
    severity=Severity.QUERY,
    meaning="A text of a return or of the boards' record names an officer whom the plan names.",
    reason=(
        "The public edition names no officers. It writes “[an officer]” in place of each name that the plan knows, "
        "which reads badly, and a nickname or a surname alone would stay."
    ),
    remedy="Name the role in place of the person, or answer why the name belongs there.",
    example="update: A. Officer wrote to the chief officers, where A. Officer leads the action",
    answered_in="return",
)

RESTRICTED_WITHOUT_REASON = Rule(
    id="restricted-without-reason",
    severity=Severity.QUERY,
    meaning="A rating is left out of the public edition, and nobody says why.",
    reason=(
        "What is withheld from the public must be answered for. Without a reason and a name, nobody can tell a child's "
        "protection from an embarrassment."
    ),
    remedy="Say why, and who says so: jtai rate ACTION DIMENSION RATING --restrict REASON --by WHO.",
    example="restricted: true",
    answered_in="return",
)

COUNT_OF_PEOPLE = Rule(
    id="count-of-people",
    severity=Severity.QUERY,
    meaning="A measure seems to count people, and does not say whether it does.",
    reason=(
        "Small numbers of people are left out of the public edition, because whoever knows the place may know the "
        "child. jtai leaves them out only where a measure says that it counts people."
    ),
    remedy="Add 'count: true' to the measure in agency.yaml; or 'count: false', if it does not count people.",
    example="measures: [{id: missing, action: T2.2, dimension: performance, description: Missing, unit: children}]",
)

MAY_IDENTIFY = Rule(
    id="may-identify",
    severity=Severity.QUERY,
    meaning=(
        "A text may point to a person: initials with an age, a child by a letter, a relative, a day beside “born”, a "
        "school beside an age, or a street address."
    ),
    reason=(
        "In a small place a sentence needs no name for people to know whom it is about. Whether they would, only a "
        "reader can tell: the name of a published review is no fault."
    ),
    remedy="Say it without what points to a person, or answer who looked and why it may stand.",
    example="""\
answers:
  may-identify: Looked at by the safeguarding lead. It is the name of a published review
""",
    answered_in="return",
)
