"""Errors in one file: it cannot be read, or it does not hold what it should."""

from jtai_plan.model.finding import Severity
from jtai_plan.rules.checks.catalogue.rule import Rule

MISSING_FILE = Rule(
    id="missing-file",
    severity=Severity.ERROR,
    meaning="The plan needs this file, and it is not there.",
    reason=(
        "Every agency that leads an action has a file of its own, so that its name and its measures are its to "
        "keep. Without plan.yaml there is nothing to judge."
    ),
    remedy="Restore the file from git, or write it: docs/files.md shows each kind. For a new plan: jtai init.",
    example="plan/plan.yaml names the agency health, and there is no plan/agencies/health/agency.yaml.",
)

UNSAFE_FILE = Rule(
    id="unsafe-file",
    severity=Severity.ERROR,
    meaning="A link is in the place of a file or folder of the plan.",
    reason=(
        "Everything in a plan's repository comes from other people. A link could make a report show a file of the "
        "reader's own machine, or a command write over one."
    ),
    remedy="Delete the link and put the file itself there.",
    example="plan/agencies/police/agency.yaml is a link to /etc/hostname.",
)

TOO_LARGE = Rule(
    id="too-large",
    severity=Severity.ERROR,
    meaning="A file, the number of its values, or what its aliases stand for, is larger than in any file of a plan.",
    reason=(
        "Files come from other people. In YAML 1.2 a few lines of aliases can stand for millions of values, which "
        "no computer can hold."
    ),
    remedy="Check that the file is the right one. Write values out instead of naming them with * and &.",
    example="plan/plan.yaml is 3 MB. No file of a plan may be larger than 2 MB.",
)

TOO_DEEP = Rule(
    id="too-deep",
    severity=Severity.ERROR,
    meaning="Values are nested deeper than any file of a plan needs.",
    reason="Files come from other people. A file that is nested a million deep must not stop the program.",
    remedy="Check the brackets and the indentation: one is probably opened and never closed.",
    example="update: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
)

NOT_UTF8 = Rule(
    id="not-utf8",
    severity=Severity.ERROR,
    meaning="The file is not UTF-8 text.",
    reason=(
        "YAML 1.2 files are Unicode. A file saved in an older encoding shows the wrong letters in people's names, "
        "or cannot be read at all."
    ),
    remedy="Save the file again and choose UTF-8 as its encoding.",
    example="A return was saved in Windows-1252, so that the é of a name is not a letter.",
)

MERGE_CONFLICT = Rule(
    id="merge-conflict",
    severity=Severity.ERROR,
    meaning="The file still holds the markers of a merge conflict.",
    reason=(
        "When two people change the same lines, git writes both versions and these markers into the file. Until "
        "somebody chooses, nobody knows which rating is meant."
    ),
    remedy="Keep the version that is right, and delete the other one and the lines of markers.",
    example="""\
period: 2018-19-Q3
<<<<<<< HEAD
actions: {T2.2: {impact: {rating: amber}}}
=======
actions: {T2.2: {impact: {rating: red}}}
>>>>>>> essex-police
""",
)

NOT_YAML = Rule(
    id="not-yaml",
    severity=Severity.ERROR,
    meaning="The file is not YAML.",
    reason="Every file of a plan is YAML 1.2. From the first line that is not, nobody can tell what the rest says.",
    remedy=(
        "Look at the line, and the one above it: a quotation mark, a bracket, a colon or the indentation is "
        "usually wrong. YAML takes no tabs for indentation."
    ),
    example="""\
period: 2018-19-Q3
actions:
  T2.2:
    impact: {rating: amber
""",
)

EMPTY_FILE = Rule(
    id="empty-file",
    severity=Severity.ERROR,
    meaning="The file holds nothing.",
    reason="An empty file is usually a failed save.",
    remedy="Restore the file from git, write what belongs in it, or delete it.",
    example="""\
# This return holds a comment and nothing else.
""",
)

UNEXPECTED_FILE = Rule(
    id="unexpected-file",
    severity=Severity.ERROR,
    meaning="A file in the plan's folders is not one of the plan's.",
    reason="A return that is saved under a wrong name would never be read, and its agency would be reported as silent.",
    remedy="Give the file the name of a period of the plan, ending in .yaml, or move it out of plan/.",
    example="plan/agencies/police/returns/2018-19-Q33.yaml, and the plan has no period 2018-19-Q33.",
)

DUPLICATE_KEY = Rule(
    id="duplicate-key",
    severity=Severity.ERROR,
    meaning="A key is written twice in the same place.",
    reason="YAML 1.2 asks for unique keys. Most programs keep one of the two values and say nothing.",
    remedy="Keep one of the two, and delete the other.",
    example="""\
period: 2018-19-Q3
actions:
  T2.2: {impact: {rating: amber}}
  T2.2: {impact: {rating: red}}
""",
)

NOT_TEXT = Rule(
    id="not-text",
    severity=Severity.ERROR,
    meaning="A key or a value is read as a number, as true or as false, and text belongs there.",
    reason=(
        "YAML 1.2 reads 1.10 without quotation marks as the number 1.1, so one action's rating could land on another."
    ),
    remedy="Put the text in quotation marks. An id begins with a letter, such as T1.10.",
    example="""\
period: 2018-19-Q3
actions:
  1.10: {impact: {rating: amber}}
""",
)

WRONG_TYPE = Rule(
    id="wrong-type",
    severity=Severity.ERROR,
    meaning="A value is not of the kind that belongs there.",
    reason=(
        "A list in place of a word, or a word in place of a number, has no meaning for the plan. Guessing one "
        "would put words in an agency's mouth."
    ),
    remedy="Write the kind of value that the message names. docs/files.md shows every key.",
    example="""\
period: 2018-19-Q3
actions:
  T2.2: {performance: {rating: amber, measures: {referrals-made: about sixty}}}
""",
)

MISSING_KEY = Rule(
    id="missing-key",
    severity=Severity.ERROR,
    meaning="A key that the file needs is missing.",
    reason="These keys are the few that nothing can be judged without, such as the period of a return.",
    remedy="Add the key.",
    example="""\
actions:
  T2.2: {impact: {rating: amber}}
""",
)

UNKNOWN_KEY = Rule(
    id="unknown-key",
    severity=Severity.ERROR,
    meaning="A key is misspelt or in the wrong place.",
    reason="A misspelt key would be ignored without a word: a rating under 'ratting' would count as no return.",
    remedy=(
        "Correct the spelling, or move the key to where it belongs. A note of your own goes into a comment, after a #."
    ),
    example="""\
period: 2018-19-Q3
actions:
  T2.2: {impact: {ratting: amber}}
""",
)

EMPTY = Rule(
    id="empty",
    severity=Severity.ERROR,
    meaning="A value that the file needs is left empty.",
    reason="A key without its value is usually unfinished.",
    remedy="Fill it in, or delete the key if the file does not need it.",
    example="""\
period: 2018-19-Q3
actions:
  T2.2: {impact: {rating: amber, evidence: [{what: }]}}
""",
)

TOO_LONG = Rule(
    id="too-long",
    severity=Severity.ERROR,
    meaning="A name, a label or a letter is longer than there is room for, or goes on over several lines.",
    reason=(
        "A narrow table shows the letter of a rating, because its label does not fit. Names stand in headings, in "
        "subjects of mails and in the lines of other programs, and a line break would begin another there."
    ),
    remedy="Shorten it, and write it in one line. A letter is one or two characters.",
    example="scale: {red: {label: Red, letter: Red, rank: 1}}",
)

MORE_FAULTS = Rule(
    id="more-faults",
    severity=Severity.ERROR,
    meaning="A file has more faults than are listed.",
    reason="A list of thousands helps nobody, and most of them often have one cause.",
    remedy="Correct those that are listed, then check again.",
    example="149,980 more faults in this file are not listed",
)

NOT_A_DAY = Rule(
    id="not-a-day",
    severity=Severity.ERROR,
    meaning="A value is not a day of the calendar.",
    reason="A day is written year-month-day, as in ISO 8601: 05/10/2018 is May to some readers and October to others.",
    remedy="Write the day as 2018-10-05.",
    example="""\
period: 2018-19-Q3
prepared: {by: Performance lead, on: 31 November}
""",
)

NOT_AN_ID = Rule(
    id="not-an-id",
    severity=Severity.ERROR,
    meaning="A name has characters that an id cannot have.",
    reason=(
        "Ids are also the names of files and folders, and are typed on the command line. YAML must never read one "
        "as a number."
    ),
    remedy=(
        "Use small letters, figures and hyphens, and begin with a letter. The id of an action may have capitals "
        "and full stops."
    ),
    example="""\
period: 2018-19-Q3
actions:
  T2.2: {impact: {rating: Very Red}}
""",
)

CONTROL_CHARACTER = Rule(
    id="control-character",
    severity=Severity.ERROR,
    meaning="Text holds a control character.",
    reason=(
        "Such a character can change what a reader's screen shows: the text would say one thing and look like another."
    ),
    remedy="Delete the character, or type the text again.",
    example="""\
period: 2018-19-Q3
prepared: {by: "Performance\\x07lead"}
""",
)

PERSONAL_DATA = Rule(
    id="personal-data",
    severity=Severity.ERROR,
    meaning=(
        "A text holds an NHS number, a unique pupil number, a National Insurance number, a date of birth, a postcode, "
        "a phone number, an e-mail address or a case reference."
    ),
    reason=(
        "A plan of this kind is about children, and git keeps what is committed for ever. The UK GDPR, article "
        "5(1)(c), asks for no more personal data than the purpose needs, and a progress report needs none. What was "
        "found is never repeated, so that no log or comment carries it on."
    ),
    remedy=(
        "Delete it. If it was committed, docs/personal-data.md says what to do. What may stand, such as the number of "
        "a help line, goes under personal_data: allow in plan.yaml."
    ),
    example="""\
period: 2018-19-Q3
actions: {T2.2: {impact: {rating: amber, update: Her date of birth is 3 May 2009}}}
""",
)
