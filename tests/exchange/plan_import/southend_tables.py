"""The words of the tables of the plan that Southend's agencies published in 2018, line breaks and white space and all.

A row is its cells, without the empty ones at its end. Where a page breaks, the document begins another table, without
the names of the columns.
"""

# ruff: noqa: E501  # a cell is as long as it is

Table = tuple[tuple[str, ...], ...]

PROCESS = "PROGRESS UPDATE PROCESS/ACTIVITY \nExpected Q2 Red/amber Q3 amber/blue Q4 blue"
IMPACT = "PROGRESS UPDATE IMPACT Expected Q2 Red Q3 amber \nQ4 amber/blue\nQ1 2019/20 blue"
PERFORMANCE = "PROGRESS UPDATE PERFORMANCE \nExpected Q2 red Q3 amber Q4 amber/blue\nQ1 2019/20 blue "
PERFORMANCE_2 = "PROGRESS UPDATE PERFORMANCE \nExpected Q2 red Q3 amber Q4 amber/blue\nQ1 2019/20 blue"
IMPACT_TWICE = "PROGRESS UPDATE IMPACT PROGRESS UPDATE IMPACT Expected Q2 Red Q3 amber \nQ4 amber/blue\nQ1 2019/20 blue"
PERFORMANCE_3 = "PROGRESS UPDATE PERFORMANCE \nExpected Q2 red Q3 amber Q4 amber/blue\nQ1 2019/20 blue  "

TABLES: tuple[Table, ...] = (
    (
        ("THEME 1: Strategic Response",),
        (
            "ACTION ",
            "LEAD AGENCY/AGENCIES",
            "OUTCOME MEASURE",
            PROCESS,
            IMPACT,
            PERFORMANCE,
        ),
        (
            "Child Exploitation action plan to be revised ",
            "Elizabeth Chidgey (LSCB independent chair) and Carl Robinson (CSP)",
            "Action plan is multi-agency and clearly drives forward improved outcomes",
        ),
        (
            "Strategic review of LSCB and CSPT to be completed and plan to implement changes in place and progressed",
            "Elizabeth Chidgey (LSCB independent chair) and Carl Robinson (CSP)",
            "Improved shared plans and outcomes seen in the work of the boards",
        ),
        (
            "Violence and Vulnerability strategy completed and progressed",
            "Elizabeth Chidgey (LSCB independent chair) and Carl Robinson (CSP)",
            "Improved identification of children and adults at risk of exploitation. \nImproved partnership response to vulnerable children and adults",
        ),
        (
            "Partnership performance management framework developed",
            "Elizabeth Chidgey (LSCB independent chair) and Carl Robinson (CSP) ",
            "Improved ability to hold partners to account ",
        ),
    ),
    (
        ("THEME 2: Service Provision",),
        (
            "ACTION ",
            "LEAD AGENCY/AGENCIES",
            "OUTCOME MEASURE ",
            PROCESS,
            IMPACT,
            PERFORMANCE_2,
        ),
        (
            "Review potential of joint training across the partnership on safeguarding processes and child exploitation ",
            "Elizabeth Chidgey (LSCB Executive)\n ",
            "Casework evidences shared understanding and a consistent approach across agencies",
        ),
        (
            "Review referrals to SBC Children’s Services by Essex Police for children in custody and implement plan to address any identified concerns",
            "Jason Hendy - Essex Police",
            "When it is identified that a child should be referred to SBC Children’s Social Care this happens. ",
        ),
        (
            "Strength of practice identified within Adolescent Prevention and Intervention Team to be enhanced further ",
            "Carol Compton - SBC Children’s Services ",
            "Casework with adolescents demonstrates strength in assessment and impact ",
        ),
        (
            "Programme for improving the development and progress of child in need plans to be developed and implemented (to cover consistent quality of delivery and impact)",
            "Diane Keens - SBC Children’s Services",
            "Casework demonstrates strong practice and improved outcomes for this group of children ",
        ),
        ("THEME 3: Assessment and Risk Assessment",),
        (
            "ACTION ",
            "LEAD AGENCY/AGENCIES",
            "OUTCOME MEASURE ",
            PROCESS,
            IMPACT,
            PERFORMANCE_2,
        ),
        (
            "Intensive programme of workshops, training and practice assessment to be delivered by each agency during October, November and December 2018 focussing on assessment of need and risk. ",
            "Diane Keens - SBC Children’s Services \nErin Brennan-Douglas - SBC Public Health\nSharon Connell - CCG",
            "Assessments identify need\nAssessment includes analysis of risk including all forms of child exploitation\nAssessments include analysis of diversity  \nAssessment clearly evidence the voice of the child ",
        ),
        (
            "Partnership Child Exploitation risk assessment tool to be developed and implemented in all agencies",
            "Elizabeth Chidgey LSCB and Carl Robinson CSP ",
            "Assessment clearly identify risks relating to all forms of Child Exploitation ",
        ),
    ),
    (
        (
            "Essex Police to review information available to officers on case management systems when they respond to an incident ",
            "Jason Hendy Essex Police",
            "Assurance is given the officers have access to information to support appropriate and safe decisions to be made",
            "October and quarterly updates",
        ),
    ),
    (
        ("THEME 4: Decision Making and planning",),
        (
            "ACTION ",
            "LEAD AGENCY/AGENCIES",
            "OUTCOME MEASURE",
            PROCESS,
            IMPACT_TWICE,
            PERFORMANCE_2,
        ),
        (
            "Review of effectiveness of MASH decision making ",
            "Julie Cole SBC Children’s Services\nSharon Connell – CCG\nJason Hendy – Essex Police",
            "Decisions take account of full range of historical information ",
        ),
        (
            "Review of effectiveness of MACE following introduction of new terms of reference and co-chairing by SBC and Essex Police",
            "Carl Robinson - CSP ",
            "MACE improves outcomes for children and meets the ",
        ),
        (
            "Develop and implement protocol of expectations of all agencies within strategy meetings",
            "Elizabeth Chidgey – LSCB Executive",
            "Safeguarding decisions are owned by all participating agencies ",
        ),
    ),
    (
        (
            "Review MAPPA attendance by SBC Children’s Services ",
            "Carol Compton - SBC Children’s Services\nShirley Henderson - NPS",
            "Assurance that MAPPA has the information available  to the meeting in order to make appropriate safeguarding decisions",
        ),
    ),
    (
        ("THEME 5: Supervision",),
        (
            "ACTION",
            "LEAD AGENCY/AGENCIES",
            "OUTCOME MEASURE",
            PROCESS,
            IMPACT_TWICE,
            PERFORMANCE_2,
        ),
        (
            "Guidance on ensuring the lived experience of children is evidence in social work supervision to be developed and shared",
            "Laurence Doe - SBC Children’s Services",
            "Supervision focuses on the impact that intervention is having on the lived experience of children ",
        ),
        (
            "Standard expectations of supervision within health services to be developed and shared",
            "Sharon Connell - Southend CCG\nErin Brennan- Douglas - SBC Public Health ",
            "High quality supervision can be seen to make a difference to the experience of children ",
        ),
        (
            "Programme to ensure management oversight of safeguarding referrals within health settings consistently and strong to be developed and implemented ",
            "Sharon Connell Southend CCG ",
            "Safeguarding referrals to children’s services are of a high standard and support swift safeguarding action",
        ),
        ("THEME 6: Communication ",),
        (
            "ACTION ",
            "LEAD AGENCY/AGENCIES ",
            "OUTCOME MEASURE ",
            PROCESS,
            IMPACT_TWICE,
            PERFORMANCE_3,
        ),
        (
            "MASH+ official launch",
            "John O’Loughlin - SBC Children’s Services",
            "Partner agencies are aware of, and understand, role of MASH+",
        ),
        (
            "Additional administrative support for minute taking and sharing minutes from strategy meetings and MACE",
            "John O’Loughlin - SBC Children’s Services",
            "Partner agencies receive minutes containing agreed safeguarding actions without delay",
        ),
        (
            "Review of communication challenges between School Nursing and EWMHS to be undertaken and protocol developed and implemented following this ",
            "Erin Brennan-Douglas SBC Public Health \nSharon Hall - EWMHS\nAngela Ejoh – SBC Integrated Commissioning team  ",
            "Communication supports assessment and decision making for children ",
        ),
    ),
    (
        (
            "RED",
            "Process: Tasks not been completed or timescales slipped and need attention\nImpact should start to be seen and measured, but are not met.\nPerformance: Target not achieved to deadline or not forecast to be achieved.",
            "BLUE",
            "Completed and impact evidenced, target achieved and this is likely to be sustained.",
        ),
        (
            "AMBER",
            "Process: Tasks are not fully on track but plans are in place to ensure progress by identifiable timescale\nImpact can start to be measured but are yet to be demonstrable\nPerformance: Potential risk of not achieving target, either progress made and we will be very near to target, and remedial actions in place",
            "GREY",
            "Process: Not started - action not scheduled to start in this period.\nImpact not yet expected to be realised (i.e. actions in progress/not started).",
        ),
    ),
)
