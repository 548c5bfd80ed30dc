"""What a good chair would ask about a rating. No question changes a rating, and each can be answered.

Ratings that people give their own work are mostly right or too high: Snow, Keil and Wallace (2007, The effects of
optimistic and pessimistic biasing on software project status reporting) found bias in 60 % of reports, upwards twice as
often as downwards. So jtai asks, and never scores.
"""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

_ANSWER = "Or answer why it stands, under 'answers' in the return or with jtai rate --answer 'RULE=WHY'."

COMPLETE_WITHOUT_EVIDENCE = Rule(
    id="complete-without-evidence",
    severity=Severity.QUERY,
    meaning="A rating becomes complete, and no dated evidence was ever given for it.",
    reason=(
        "The key of Southend's plan calls blue “Completed and impact evidenced”. It is asked once, when a rating "
        "becomes so."
    ),
    remedy=f"Name the evidence, with its date. {_ANSWER}",
    example="impact: {rating: blue, evidence: []}",
    answered_in="return",
)

COMPLETE_WHILE_IMPACT_BEHIND = Rule(
    id="complete-while-impact-behind",
    severity=Severity.QUERY,
    meaning="What was to be done has been complete for two periods, and its impact is behind.",
    reason="If the work is done and makes no difference, it may be the wrong work. Ask what else would make one.",
    remedy=f"Say in the update of the impact what else will be done. {_ANSWER}",
    example="T2.1 process has been blue since Q3 2018/19, and impact is red in Q4 2018/19.",
    answered_in="return",
)

REBASELINED_AGAIN = Rule(
    id="rebaselined-again",
    severity=Severity.QUERY,
    meaning="What is expected of a rating is revised for the second time or more.",
    reason="One revision answers an event. A second says that the first was a guess, or that the action is in trouble.",
    remedy="Ask the lead agencies what the new day rests on, or answer in plan.yaml.",
    example="revised: [{from: 2018-19-Q3, ..}, {from: 2018-19-Q4, ..}]",
    answered_in="plan",
)

CONTRADICTS_MEASURE = Rule(
    id="contradicts-measure",
    severity=Severity.QUERY,
    meaning=(
        "A rating and the agency's own measure say different things: complete while a target that is due is missed, "
        "the lowest rating while all targets are met, or better while every measure got worse."
    ),
    reason="The agency chose the measure to show its progress. Where the two part, one of them is wrong.",
    remedy=f"Check the rating and the value. {_ANSWER}",
    example="performance: {rating: blue, measures: {referrals-made: 61}}, where the target of 95 was due.",
    answered_in="return",
)

DECLINED_FROM_COMPLETE = Rule(
    id="declined-from-complete",
    severity=Severity.QUERY,
    meaning="A rating was complete when it was last heard, and is not now.",
    reason="Either it was not complete then, or something was lost since. A board should know which.",
    remedy=f"Say in the update what happened. {_ANSWER}",
    example="T1.2 impact was blue in Q3 2018/19 and is amber in Q4 2018/19.",
    answered_in="return",
)

JUMPED = Rule(
    id="jumped",
    severity=Severity.QUERY,
    meaning="A rating rose by two ranks or more since it was last heard, without dated evidence.",
    reason="From red to blue in a quarter is possible, and rare enough to be shown.",
    remedy=f"Name the evidence, with its date. {_ANSWER}",
    example="T2.2 impact was red in Q3 2018/19 and is blue in Q4 2018/19.",
    answered_in="return",
)

UNCHANGED_FOR = Rule(
    id="unchanged-for",
    severity=Severity.QUERY,
    meaning="An unfinished rating is the same for the third period in a row, and was given in each.",
    reason="A rating that does not move may be copied from the last return, or the work may stand still.",
    remedy=f"Say in the update what is different. {_ANSWER}",
    example="T2.2 impact has been amber in Q2, Q3 and Q4 2018/19.",
    answered_in="return",
)

NO_RECOVERY = Rule(
    id="no-recovery",
    severity=Severity.QUERY,
    meaning="A rating is behind, and there is no plan to recover, no day for it, or the day has gone by.",
    reason="A board can only help with what it is told: what will be done, and by when.",
    remedy=f"Say in 'recovery' what will be done and by when: --recovery 'PLAN | DATE'. {_ANSWER}",
    example="impact: {rating: red, recovery: {plan: Train the new team}}",
    answered_in="return",
)

REPEATED_UPDATE = Rule(
    id="repeated-update",
    severity=Severity.QUERY,
    meaning="An update is the one of the last return, or nearly.",
    reason="A board that reads the same sentence twice cannot tell whether anything happened.",
    remedy=f"Say what is different since then. {_ANSWER}",
    example="“Training continues” in Q3 2018/19 and in Q4 2018/19.",
    answered_in="return",
)

NO_UPDATE = Rule(
    id="no-update",
    severity=Severity.QUERY,
    meaning="A rating is given that has changed or is behind, and no word is said about it.",
    reason="A colour says how far the work is, and not what was done or what came of it.",
    remedy=f"Say in 'update' what was done and what it achieved. {_ANSWER}",
    example="impact: {rating: red, update: }",
    answered_in="return",
)

STALE_EVIDENCE = Rule(
    id="stale-evidence",
    severity=Severity.QUERY,
    meaning="All the evidence that a return gives for a rating is older than the period before.",
    reason="Evidence shows how things were on its day. A rating is about this period.",
    remedy=f"Name newer evidence. {_ANSWER}",
    example="evidence: [{what: Audit, dated: 2017-05-04}] in the return for Q4 2018/19.",
    answered_in="return",
)

REUSED_EVIDENCE = Rule(
    id="reused-evidence",
    severity=Severity.QUERY,
    meaning="One document is the evidence for several actions of a return.",
    reason="One audit can cover several actions. Somebody should say that it does.",
    remedy=f"Name the part that shows this rating. {_ANSWER}",
    example="“Audit of 40 files” under T2.1, T2.2 and T3.1.",
    answered_in="return",
)

LEADS_DISAGREE = Rule(
    id="leads-disagree",
    severity=Severity.QUERY,
    meaning="Two lead agencies rate the same action two ranks or more apart.",
    reason="They work on one action. With such a gap they see different things, or mean different things by a colour.",
    remedy=f"Let the leads compare what their ratings rest on. {_ANSWER}",
    example="T2.1 impact: red from health, blue from police.",
    answered_in="return",
)

OFTEN_LOWERED = Rule(
    id="often-lowered",
    severity=Severity.QUERY,
    meaning="Boards have lowered an agency's ratings in more than one period.",
    reason="Once is a difference of view. Again is worth a conversation about how the agency rates.",
    remedy="Talk with the agency about the key, or answer in plan.yaml.",
    example="Ratings of health were lowered in Q3 2018/19 and in Q4 2018/19.",
    answered_in="plan",
)

SILENT = Rule(
    id="silent",
    severity=Severity.QUERY,
    meaning="An agency that owes ratings has given none for two periods or more.",
    reason="A missing rating is told each time. An agency that has stopped answering is another matter.",
    remedy="Ask the agency's governance board, or answer in plan.yaml.",
    example="Nothing was heard from probation in Q3 2018/19 and Q4 2018/19.",
    answered_in="plan",
)

MODERATES_ITS_OWN = Rule(
    id="moderates-its-own",
    severity=Severity.QUERY,
    meaning="A board moderates the rating of an action that it leads itself.",
    reason="A board that marks its own work up or down cannot give the others an independent view of it.",
    remedy="Let another board decide, or answer in plan.yaml why this one did.",
    example="moderated: {T1.1: {impact: {rating: blue, board: lscb, ..}}}, where lscb leads T1.1.",
    answered_in="plan",
)

SIGNED_BEFORE_DECISION = Rule(
    id="signed-before-decision",
    severity=Severity.QUERY,
    meaning=(
        "Since an agency's governance board signed the plan, a board that receives the report revised or withdrew an "
        "action, or an action of other agencies changed."
    ),
    reason=(
        "The agency's board agreed to the plan as it read then. What the receiving boards decided is minuted, and what "
        "others do is theirs to agree; yet the board may not know of it."
    ),
    remedy=(
        "Tell the agency's board, and answer in plan.yaml that it knows; or take the plan there again: jtai sign-off."
    ),
    example="Health signed an earlier version of the plan on 12 July 2018; since then T2.2 was revised by the LSCB",
    answered_in="plan",
)

APPROVED_BEFORE_RECORDED = Rule(
    id="approved-before-recorded",
    severity=Severity.QUERY,
    meaning="A rating was recorded after the day on which the agency's own governance approved the return.",
    reason=(
        "A board cannot agree to what is not written yet. It may have read another document, such as a form on paper: "
        "then somebody should say that the ratings are the same."
    ),
    remedy="Compare the rating with what the board saw, and answer in plan.yaml; or take it there: jtai sign-off.",
    example="Health approved its return for Q3 2018/19 on 10 January 2019, and T2.2 impact was recorded on 12 January",
    answered_in="plan",
)

NEVER_COMPLETE = Rule(
    id="never-complete",
    severity=Severity.QUERY,
    meaning="The last step of a trajectory or of a revision permits less than complete.",
    reason="The last step stands for ever. An action that need never be finished is on track for ever.",
    remedy="Add a step that expects the complete rating, or answer why there is none.",
    example="revised: [{from: 2018-19-Q4, expected: {impact: {2018-19-Q4: [amber]}}, ..}]",
    answered_in="plan",
)

REVISION_GAP = Rule(
    id="revision-gap",
    severity=Severity.QUERY,
    meaning="A revision expects nothing for a while from the period on which it takes effect, or nothing at all.",
    reason="Meanwhile any rating, and none, counts as not due. That is a free pass, which a board should know it gave.",
    remedy="Give the revision a step for the period from which it holds, or answer why there is none.",
    example="revised: [{from: 2018-19-Q3, expected: {impact: {2019-20-Q1: [blue]}}, ..}]",
    answered_in="plan",
)

STARTS_WHEN_COMPLETE_IS_DUE = Rule(
    id="starts-when-complete-is-due",
    severity=Severity.QUERY,
    meaning="An action starts in a period for which only the complete rating is expected.",
    reason="It is behind on its first day, and nobody could have done anything about it.",
    remedy="Give the action steps of its own under 'expected', or answer why it stands.",
    example="starts: 2018-19-Q4, where process is expected to be blue from 2018-19-Q4 on.",
    answered_in="plan",
)

TARGET_CONTRADICTS = Rule(
    id="target-contradicts",
    severity=Severity.QUERY,
    meaning="The target of a measure is worse than its baseline.",
    reason="With a baseline of 35, a target of 5 and “higher”, a report would say “target met” on the first day.",
    remedy="Write better: lower, if less is better; or correct the numbers.",
    example="{baseline: 35, target: 5, better: higher}",
)
