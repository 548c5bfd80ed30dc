"""Ratings that are not where the plan expected them, and what is owed and has not come."""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

BEHIND = Rule(
    id="behind",
    severity=Severity.BEHIND,
    meaning="A rating is below what the plan expected by this period.",
    reason=(
        "Southend's plan says what it expects by when (“Expected Q2 Red/amber Q3 amber/blue Q4 blue”). A board must "
        "see where it is not met, and by how much."
    ),
    remedy=(
        "Nothing is wrong with the file: an honest red is never an error. Say under 'recovery' what will be done, "
        "and by when."
    ),
    example="T2.2 impact is red (Essex Police); amber was expected by Q3 2018/19: newly behind",
)

UNRANKED = Rule(
    id="unranked",
    severity=Severity.BEHIND,
    meaning="A rating has no rank, such as grey, and the plan expected one that has.",
    reason=(
        "The key of Southend's plan keeps grey for what is “Not started - action not scheduled to start in this "
        "period”. Once something is expected, grey does not meet it."
    ),
    remedy="Give a rating that has a rank, or say under 'recovery' what will be done, and by when.",
    example="T2.2 process/activity is grey (Health); red or amber was expected by Q2 2018/19: newly unranked",
)

NO_RETURN = Rule(
    id="no-return",
    severity=Severity.MISSING,
    meaning="A rating is expected, and no lead agency has given one.",
    reason=(
        "Silence must never look like progress. A rating that is not there is never taken for grey: grey is "
        "something an agency says."
    ),
    remedy="Record the rating: jtai rate ACTION DIMENSION RATING --agency AGENCY --quarter QUARTER.",
    example="T2.2 impact has no rating from Essex Police",
)

AWAITING = Rule(
    id="awaiting",
    severity=Severity.MISSING,
    meaning="A rating is expected, another lead agency has given one, and this agency has not.",
    reason=(
        "One agency's rating of a shared action says nothing of what the other has done, so the action counts as "
        "part returned."
    ),
    remedy="Record the rating: jtai rate ACTION DIMENSION RATING --agency AGENCY --quarter QUARTER.",
    example="T1.1 impact has no rating from the CSP",
)

OVERDUE = Rule(
    id="overdue",
    severity=Severity.MISSING,
    meaning="Returns were due, and an agency still owes ratings.",
    reason=(
        "The council collates the returns into one report each quarter, and needs them by a day the plan can set "
        "(returns_due). Only check --as-of DATE looks at the day."
    ),
    remedy="Send the agency a reminder (jtai remind), and record what comes.",
    example=(
        "the return of Health for Q2 2018/19 was due on 12 October 2018 and is 3 days late: 2 ratings still to come"
    ),
)

NO_MEASURES = Rule(
    id="no-measures",
    severity=Severity.MISSING,
    meaning="A lead agency has chosen no measure for an action.",
    reason=(
        "Southend's plan: “Agencies must determine which impact and performance measures they will report to "
        "evidence progress.”"
    ),
    remedy=(
        "Add a measure under 'measures' in the agency's agency.yaml, with the action and the dimension that it "
        "measures."
    ),
    example="""\
measures:
  - {id: referrals-made, action: T2.2, dimension: performance, description: Referrals made}
""",
)

NOT_MEASURED = Rule(
    id="not-measured",
    severity=Severity.MISSING,
    meaning="An agency chose a measure, and has not reported its value for the period.",
    reason="Southend's plan asks each agency to report the measures it chose, “to evidence progress”.",
    remedy="Record the value: jtai rate ACTION DIMENSION RATING --measure ID=NUMBER.",
    example="Essex Police has not reported 'referrals-made' (T2.2 performance)",
)

APPROVED_EARLIER_RETURN = Rule(
    id="approved-earlier-return",
    severity=Severity.MISSING,
    meaning="A rating has changed since the agency's own governance approved the return.",
    reason="A board agreed to the ratings that it saw. It did not agree to what was written afterwards.",
    remedy="Take the return to the board again, and record its approval: jtai sign-off AGENCY --quarter QUARTER.",
    example="approved: {board: .., on: 2019-01-10, ratings: {T2.2: {impact: red}}}, where T2.2 impact is amber now.",
)

NOT_APPROVED = Rule(
    id="not-approved",
    severity=Severity.MISSING,
    meaning="A return is not approved by the agency's own governance.",
    reason=(
        "Southend's plan makes each agency responsible for “monitoring progress against the actions for which they "
        "are responsible and reporting this to their internal governance arrangements”."
    ),
    remedy=(
        "After the agency's board has agreed to the return: jtai sign-off AGENCY --quarter QUARTER --board BOARD "
        "--on DATE --minute MINUTE."
    ),
    example="the return of Health for Q3 2018/19 is not approved by its own governance",
)

UNSIGNED = Rule(
    id="unsigned",
    severity=Severity.MISSING,
    meaning="An agency's governance board has not signed off the plan.",
    reason=(
        "Southend's plan: “Each agency is responsible for obtaining sign off of this plan at their governance board.”"
    ),
    remedy=(
        "After the board has agreed: jtai sign-off AGENCY --board BOARD --on DATE --minute MINUTE. If another "
        "department's sign-off covers this one, name it under 'signs_with'."
    ),
    example="the plan is not signed off by Health",
)

SIGNED_EARLIER_PLAN = Rule(
    id="signed-earlier-plan",
    severity=Severity.MISSING,
    meaning="The plan has changed since an agency's governance board signed it off.",
    reason=(
        "A board agreed to what it read. The sign-off covers ids, wording, lead agencies, outcome measures, the "
        "scale and what is expected by when, and lapses when one of these changes."
    ),
    remedy="Take the plan to the board again, then record it: jtai sign-off AGENCY.",
    example="Health signed an earlier version of the plan on 12 July 2018; since then T2.2 has changed",
)

NOT_PRESENTED = Rule(
    id="not-presented",
    severity=Severity.MISSING,
    meaning="The report of a closed period was not presented to a board.",
    reason="Southend's plan: progress is reported “to the CSP and Southend LSCB on a quarterly basis”.",
    remedy="After the meeting: jtai board present --quarter QUARTER --board BOARD --on DATE.",
    example="the report for Q2 2018/19, closed on 12 October 2018, was not presented to the LSCB",
)

MERGED_BY_WRITER = Rule(
    id="merged-by-writer",
    severity=Severity.MISSING,
    meaning="A return was merged, or committed to the main branch, by one of those who wrote it.",
    reason=(
        "What one person wrote, another should see before it counts. The trail knows people by the addresses that "
        "git recorded. It is a query if somebody else is named as reviewer: the writer can add such a line."
    ),
    remedy="Ask somebody else to review the return now. Next time, let somebody else review and merge it.",
    example="the return of Essex Police for Q3 2018/19 was merged by A. Officer, who wrote it (1a2b3c4)",
)

UNREVIEWED = Rule(
    id="unreviewed",
    severity=Severity.MISSING,
    meaning="A sign-off or a moderated rating was recorded, and nobody else is recorded as a reviewer.",
    reason=(
        "A sign-off speaks for a board, and a moderated rating replaces the agencies' own. One person's word "
        "should not be enough for either."
    ),
    remedy="Ask somebody else to review it now. Next time, open a pull request that somebody else reviews.",
    example=("the sign-off of Health was recorded by A. Officer in 1a2b3c4, and nobody else is recorded as a reviewer"),
)

SETTLED_BY_MERGE = Rule(
    id="settled-by-merge",
    severity=Severity.MISSING,
    meaning="A value is not the one that was recorded last: a merge kept only one side.",
    reason="When two branches change the same rating, git may keep one side and record nothing of the choice.",
    remedy="Ask whoever merged it which is right, and record that in a new commit.",
    example=(
        "the rating T2.2 impact of Essex Police is amber, but red was recorded last, in 1a2b3c4: a merge kept only "
        "one side"
    ),
)
