"""Rows become themes and actions by their columns, and what is not read is noted."""

from datetime import date
from pathlib import Path

import pytest

from exchange.plan_import.office_files import (
    ACROSS,
    DOWN,
    HEADINGS,
    NPS,
    THEME,
    Read,
    Sheets,
    actions,
    excel,
    kinds,
    leads,
    one,
    rows,
    word,
)
from jtai_plan.exchange.plan_import.leads import ReadLead
from jtai_plan.exchange.plan_import.parts import ReadAction, ReadArea, ReadMilestone
from jtai_plan.exchange.plan_import.plan import PlanNotRead, read_plan


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("THEME 1: Strategy", ("T1", "Strategy")),
        ("Theme 4 – Decision\nmaking", ("T4", "Decision making")),
        ("theme 07. Seven", ("T7", "Seven")),
        ("Theme 2", ("T2", "Theme 2")),
        ("3. Supervision", ("T3", "Supervision")),
        ("3. Supervision (continued)", ("T3", "Supervision")),
        ("Supervision", ("T1", "Supervision")),
        ("16 days of action", ("T1", "16 days of action")),
        ("16-17 year olds", ("T1", "16-17 year olds")),
    ],
)
def test_the_title_of_a_theme_and_its_number(read: Read, title: str, theme: tuple[str, str]) -> None:
    plan = read([(title, ACROSS, ACROSS), HEADINGS, ("A", "NPS", "x")], agencies={"nps": ["NPS"]})
    assert [(each.id, each.title) for each in plan.themes] == [theme]
    assert [each.id for each in actions(plan)] == [f"{theme[0]}.1"]
    assert plan.not_understood == ()


def test_a_theme_is_the_heading_above_a_table(read: Read) -> None:
    document = (
        ("Heading 1", "Plan"),
        ("Heading 2", "Theme 2: Service"),
        ("Normal", "Words."),
        [HEADINGS, one("A")],
        ("Normal", "More words."),
        [HEADINGS, one("B")],
        ("Heading 2", "Supervision"),
        [HEADINGS, one("C")],
    )
    plan = read(*document, agencies=NPS)
    assert [(each.id, each.title, len(each.actions)) for each in plan.themes] == [
        ("T2", "Service", 2),
        ("T3", "Supervision", 1),
    ]
    assert [each.id for each in actions(plan)] == ["T2.1", "T2.2", "T3.1"]
    assert plan.not_understood == (
        "before table 1: 'Plan', 'Words.' were not read.",
        "before table 2: 'More words.' was not read.",
    )


def test_headings_of_two_levels_are_joined_if_there_are_several_of_the_higher(read: Read) -> None:
    table = [HEADINGS, one("A")]
    plan = read(
        *(("Heading 1", "Goal 1"), ("Heading 2", "Be quick"), table, ("Heading 2", "Be kind"), table),
        *(("Heading 1", "Goal 2"), ("Heading 2", "Be sure"), table),
        agencies=NPS,
    )
    assert [each.title for each in plan.themes] == ["Goal 1: Be quick", "Goal 1: Be kind", "Goal 2: Be sure"]


def test_what_a_recommendation_says_is_an_area_that_its_actions_address(tmp_path: Path) -> None:
    table = [
        ("Recommendation", "Scope", *HEADINGS),
        ("Recommendation 4:\nAsk early.", "Local", *one("A")),
        (DOWN, "", *one("B")),
        ("Tell families.", "", *one("C")),
    ]
    for plan in kinds(tmp_path, table):
        assert plan.areas == (ReadArea("R4", "Ask early."), ReadArea("R2", "Tell families."))
        assert [each.addresses for each in actions(plan)] == [("R4",), ("R4",), ("R2",)]
        assert actions(plan)[0].also == {"Scope": "Local"}


def test_a_card_says_which_area_its_actions_address(read: Read) -> None:
    card = [
        ("Area for improvement:", ACROSS, "Background:"),
        ("Ref No. E1", "Train all staff", "Few are"),
        ("Ref:", "Action:", "Achievements:"),
        ("E1.1", "Write a course", "Draft"),
    ]
    plan = read(("Heading 1", "Prevention"), card, agencies=NPS)
    assert plan.areas == (ReadArea("E1", "Train all staff"),)
    assert [(each.id, each.ref, each.addresses) for each in actions(plan)] == [("E1.1", "", ("E1",))]
    assert [each for each in plan.not_understood if "was not read" in each] == [
        "table 1, row 1: this row is above the names of the columns and was not read: 'Background:'.",
        "table 1, row 2: this row is above the names of the columns and was not read: 'Few are'.",
    ]


def test_as_many_days_as_milestones_date_them(read: Read) -> None:
    headings = ("Action", "Lead", "Key milestones", "Target date")
    table = [
        headings,
        ("A", "NPS", "Review\nAmend", "By 31/12/2016\nBy 31/01/2017"),
        ("B", "NPS", "Review\nAmend", "By 31/12/2016\nongoing"),
        ("C", "NPS", "Review", "31/12/2016"),
    ]
    first, second, third = actions(read(table, agencies=NPS))
    assert first.milestones == (
        ReadMilestone(date(2016, 12, 31), "Review"),
        ReadMilestone(date(2017, 1, 31), "Amend"),
    )
    assert (first.due, first.also) == (date(2017, 1, 31), {})
    assert (second.due, second.milestones, second.also) == (
        None,
        (),
        {"Key milestones": "Review\nAmend", "Target date": "By 31/12/2016\nongoing"},
    )
    assert (third.due, third.milestones, third.also) == (date(2016, 12, 31), (), {"Key milestones": "Review"})


def test_a_title_in_a_row_comes_before_the_heading_above(read: Read) -> None:
    plan = read(("Heading 1", "Plan"), rows(one("A")), agencies=NPS)
    assert [each.title for each in plan.themes] == ["Strategy"]


def test_a_theme_whose_title_comes_again_continues(read: Read) -> None:
    again = [("THEME 1: strategy (cont’d)", ACROSS, ACROSS), HEADINGS, one("C")]
    plan = read(rows(one("A")), [("THEME 2: Other", ACROSS, ACROSS), HEADINGS, one("B")], again, agencies=NPS)
    assert [each.id for each in actions(plan)] == ["T1.1", "T1.2", "T2.1"]
    assert plan.not_understood == ()


def test_a_number_with_a_second_title_is_noted(read: Read) -> None:
    again = [("THEME 1: Other", ACROSS, ACROSS), HEADINGS, one("B")]
    plan = read(rows(one("A")), again, agencies=NPS)
    assert [(each.id, each.title) for each in plan.themes] == [("T1", "Strategy"), ("T2", "Other")]
    assert plan.not_understood == ("table 2, row 3: there is a theme T1 already, so 'Other' has the id T2.",)


def test_a_file_without_themes_gets_one(read: Read) -> None:
    plan = read([HEADINGS, one("A")], ("Normal", "Words."), [HEADINGS, one("B")], agencies=NPS)
    assert [(each.id, each.title) for each in plan.themes] == [("T1", "Actions")]
    assert [each.id for each in actions(plan)] == ["T1.1", "T1.2"]
    assert plan.not_understood == (
        "before table 2: 'Words.' was not read.",
        "table 1, row 2: no title of a theme is above it, so it was put under one called 'Actions'.",
    )


def test_an_action_without_a_theme_is_told_if_others_have_one(read: Read) -> None:
    plan = read([HEADINGS, one("A")], ("Normal", "Words."), rows(one("B")), agencies=NPS)
    assert [(each.title, [a.action for a in each.actions]) for each in plan.themes] == [
        ("Actions", ["A"]),
        ("Strategy", ["B"]),
    ]
    assert plan.not_understood == (
        "before table 2: 'Words.' was not read.",
        "table 1, row 2: no title of a theme is above it, so it was put under one called 'Actions'.",
    )


def test_a_title_without_actions_is_left_out(read: Read) -> None:
    plan = read([("Our plan", ACROSS, ACROSS), *rows(one("A")), ("THEME 2: None", ACROSS, ACROSS)], agencies=NPS)
    assert [each.title for each in plan.themes] == ["Strategy"]
    assert plan.not_understood == (
        "table 1, row 1: 'Our plan' was left out: no action was read under it.",
        "table 1, row 5: 'None' was left out: no action was read under it.",
    )


def test_a_text_alone_in_its_row_is_a_title_and_is_noted(read: Read) -> None:
    plan = read([HEADINGS, ("Strategy", "", ""), one("A")], agencies=NPS)
    assert [(each.id, each.title) for each in plan.themes] == [("T1", "Strategy")]
    assert plan.not_understood == (
        "table 1, row 2: 'Strategy' is alone in its row, so it was read as the title of a theme.",
    )


def test_a_text_alone_in_its_row_is_an_action_without_a_lead_if_titles_are_plain(read: Read) -> None:
    plan = read(rows(("A", "Jo (NPS)", "x"), ("B", "", "")))
    assert [each.action for each in actions(plan)] == ["A"]
    assert plan.not_understood == (
        "table 1, row 4: the row was left out because it has no lead, and every action needs one: 'B'.",
    )


def test_the_name_of_a_sheet_is_a_theme_if_no_row_is(tmp_path: Path) -> None:
    sheets: Sheets = {"1. Strategy": [HEADINGS, one("A")], "Other": [*rows(one("B"))[1:]], "Sheet3": rows(one("C"))}
    plan = read_plan(excel(tmp_path / "plan.xlsx", sheets), NPS)
    assert [(each.id, each.title, len(each.actions)) for each in plan.themes] == [
        ("T1", "Strategy", 2),
        ("T2", "Other", 1),
    ]
    assert plan.not_understood == (
        "sheet '1. Strategy': no row names a theme, so the name of the sheet was read as one.",
        "sheet 'Other': no row names a theme, so the name of the sheet was read as one.",
    )


def test_a_sheet_name_that_excel_gave_is_not_a_theme(tmp_path: Path) -> None:
    plan = read_plan(excel(tmp_path / "plan.xlsx", {"Sheet1": [HEADINGS, one("A")]}), NPS)
    assert [each.title for each in plan.themes] == ["Actions"]
    two = {"Plan": [HEADINGS, one("A")], "Sheet2": [HEADINGS, one("B")]}
    assert (
        "sheet 'Sheet2', row 2: no title of a theme is above it, so it was put under one called 'Actions'."
        in (read_plan(excel(tmp_path / "two.xlsx", two), NPS).not_understood[-1])
    )


@pytest.mark.parametrize(
    "headings",
    [
        ("ACTION", "LEAD AGENCY/AGENCIES", "OUTCOME MEASURE"),
        ("What action?", "Who is responsible", "Success\nmeasures"),
        ("Actions", "Action owner", "Outcome of the action"),
        ("Action", "Leads", "Measure of success"),
    ],
)
def test_columns_are_known_by_their_words(read: Read, headings: tuple[str, str, str]) -> None:
    plan = read(rows(("A", "NPS", "x"), headings=headings), agencies=NPS)
    assert actions(plan) == [ReadAction("T1.1", "A", (ReadLead("nps"),), ("x",))]
    assert plan.not_understood == ()


def test_each_table_may_have_its_columns_in_its_own_order(read: Read) -> None:
    other = [("THEME 2: Other", ACROSS, ACROSS), ("Outcome", "Lead", "Action"), ("y", "NPS", "B")]
    plan = read(rows(one("A")), other, agencies=NPS)
    assert [(each.action, each.outcome_measure) for each in actions(plan)] == [("A", ("x",)), ("B", ("y",))]
    assert plan.not_understood == ()


def test_the_column_with_the_shorter_name_is_read(read: Read) -> None:
    headings = ("Action no.", "Action", "Lead", "Lead officer", "Outcome")
    plan = read(rows(("7", "A", "NPS", "Jo", "x"), headings=headings), agencies=NPS)
    assert actions(plan) == [ReadAction("T1.1", "A", (ReadLead("nps"),), ("x",), ref="7", also={"Lead officer": "Jo"})]
    parts = "action = 'Action', lead = 'Lead', outcome = 'Outcome', ref = 'Action no.'"
    assert plan.columns == (f"table 1, row 2: {parts}; kept as it is: 'Lead officer'.",)
    assert plan.not_understood == ()


def test_a_column_without_a_name_is_kept(read: Read) -> None:
    plan = read(rows((*one("A"), "Soon"), headings=(*HEADINGS, "")), agencies=NPS)
    assert actions(plan)[0].also == {"A column without a name": "Soon"}


def test_a_row_that_looks_like_the_names_of_columns_is_an_action(read: Read) -> None:
    row = ("Write an action plan", "Lead nurse", "Better outcomes")
    plan = read(rows(one("A"), row, one("B")), agencies=NPS)
    assert [each.action for each in actions(plan)] == ["A", "Write an action plan", "B"]


# The names of columns in public plans, and what they are read as.
OTHER_NAMES = {
    ("What will it do?", "Responsible lead/ group", "What is desired outcome", "By when"): (
        "action = 'What will it do?', lead = 'Responsible lead/ group', outcome = 'What is desired outcome', "
        "due = 'By when'."
    ),
    ("1. Rec No", "2. Recommendation", "4. Response Action Taken/Planned", "5. Responsible Owner"): (
        "action = '2. Recommendation', lead = '5. Responsible Owner', ref = '1. Rec No'; "
        "kept as it is: '4. Response Action Taken/Planned'."
    ),
    ("Reference number", "Action", "Objective/ Improvement", "Lead officer", "Monitored by", "Joint Plan Outcome"): (
        "action = 'Action', lead = 'Lead officer', outcome = 'Objective/ Improvement', ref = 'Reference number', "
        "sponsor = 'Monitored by'; kept as it is: 'Joint Plan Outcome'."
    ),
    ("Key Activities", "Target Completion Date", "Status"): (
        "action = 'Key Activities', due = 'Target Completion Date'; kept as it is: 'Status'."
    ),
    ("Action required", "Due Date (action in place)", "Lead Executive", "Outcome RAG"): (
        "action = 'Action required', lead = 'Lead Executive', due = 'Due Date (action in place)'; "
        "kept as it is: 'Outcome RAG'."
    ),
}


@pytest.mark.parametrize(("names", "said"), OTHER_NAMES.items())
def test_columns_have_the_names_of_the_field_and_the_others_are_kept(
    read: Read, names: tuple[str, ...], said: str
) -> None:
    row = tuple(f"Words {number}" for number in range(len(names)))
    plan = read([names, row], agencies=NPS)
    assert plan.columns == (f"table 1, row 1: {said}",)
    assert len(actions(plan)) == 1
    # Every word is in the action.
    told = str(actions(plan)[0]) + str(plan.agencies)
    assert [words for words in row if words not in told] == []


def test_a_column_can_be_chosen_by_its_name_or_number(tmp_path: Path) -> None:
    table = [("What", "Who else", "Deeds"), ("x", "Jo (NPS)", "A")]
    file = word(tmp_path / "plan.docx", table)
    for chosen in ({"action": "Deeds", "lead": "who else"}, {"action": "3", "lead": "2", "outcome": "1"}):
        plan = read_plan(file, NPS, chosen)
        assert [(each.action, each.leads[0].agency) for each in actions(plan)] == [("A", "nps")]


def test_a_column_that_is_not_there_cannot_be_chosen(tmp_path: Path) -> None:
    file = word(tmp_path / "plan.docx", [("Action", "Lead", "Owner"), ("A", "NPS", "CRC")])
    with pytest.raises(PlanNotRead, match=r"it has no column 'Ownr'\. There is 'Action', 'Lead', 'Owner'."):
        read_plan(file, NPS, {"lead": "Ownr"})
    plan = read_plan(file, NPS, {"lead": "none"})
    assert actions(plan)[0].also == {"Lead": "NPS", "Owner": "CRC"}


@pytest.mark.parametrize(
    ("refs", "ids", "kept"),
    [
        (("E1.1", "E1.2", ""), ["E1.1", "E1.2", "T1.3"], ["", "", ""]),
        (("R1a", "R1b", "R2a"), ["R1a", "R1b", "R2a"], ["", "", ""]),
        (("4.54", "E1", "E2"), ["T1.1", "T1.2", "T1.3"], ["4.54", "E1", "E2"]),
        (("E1", "e1", "E2"), ["T1.1", "T1.2", "T1.3"], ["E1", "e1", "E2"]),
        (("T1.2", "T1.1", ""), ["T1.2", "T1.1", "T1.3"], ["", "", ""]),
        (("1.", "2)", "3:"), ["T1.1", "T1.2", "T1.3"], ["1", "2", "3"]),
        (("T1", "T2", "T3"), ["T1.1", "T1.2", "T1.3"], ["T1", "T2", "T3"]),
    ],
)
def test_references_are_ids_where_all_can_be(
    read: Read, refs: tuple[str, ...], ids: list[str], kept: list[str]
) -> None:
    table = [("Ref", *HEADINGS), *((ref, *one(f"A{n}")) for n, ref in enumerate(refs))]
    found = actions(read(table, agencies=NPS))
    assert [each.id for each in found] == ids
    assert [each.ref for each in found] == kept


def test_whether_a_recommendation_is_agreed_is_the_response_of_its_area(read: Read) -> None:
    names = ("Rec No", "Recommendation", "Accepted / Partially Accepted / Rejected", "Response", "Owner")
    plan = read([names, ("5.1", "Ask early.", "Accepted", "We do.", "NPS"), ("5.2", "Tell all.", "", "", "NPS")])
    assert plan.areas == (ReadArea("R5.1", "Ask early.", "Accepted"),)
    first, second = actions(plan)
    assert (first.addresses, dict(first.also)) == (("R5.1",), {"Response": "We do."})
    assert (second.addresses, dict(second.also)) == ((), {})
    both = read([("Recommendation", "Agreed Y/N", *HEADINGS), ("Ask.", "Y", *one("A")), (DOWN, "N", *one("B"))])
    assert both.areas == (ReadArea("R1", "Ask.", "Y"),)
    assert [dict(each.also) for each in actions(both)] == [{}, {"Agreed Y/N": "N"}]


def test_titles_that_stand_above_one_another_are_one_theme(read: Read) -> None:
    bands = [("R1 Raise standards", ACROSS, ACROSS), ("The report says so", ACROSS, ACROSS)]
    plan = read([*bands, HEADINGS, one("A")], agencies=NPS)
    assert [each.title for each in plan.themes] == ["Raise standards: The report says so"]


def test_a_row_that_explains_the_columns_is_no_action(read: Read) -> None:
    row = ("How will it happen?", "Who?", "What changes?")
    plan = read([HEADINGS, row, one("A")], agencies=NPS)
    assert [each.action for each in actions(plan)] == ["A"]
    assert plan.not_understood[0].startswith("table 1, row 2: this row explains the columns and was not read:")


def test_a_plan_without_leads_is_led_by_the_first_agency(read: Read) -> None:
    plan = read([("Action", "Date"), ("A", "May")], agencies=NPS)
    assert leads(plan) == [ReadLead("nps")]
    assert "so 'NPS' leads each. Correct it in plan/plan.yaml." in plan.not_understood[0]
    mixed = read(rows(one("A"), ("B", "tbc", "y")), agencies=NPS)
    assert [each.action for each in actions(mixed)] == ["A", "B"]
    assert mixed.not_understood == (
        "table 1, row 4: no lead is named ('tbc'), so 'NPS' leads it. Correct it in plan/plan.yaml.",
    )


def test_extra_spaces_are_dropped_and_lines_are_kept(read: Read) -> None:
    plan = read(
        rows((" Do\u00a0 it\tnow \n\n then rest ", "NPS", "  One  \n \n Two\u2003things\u2028three")), agencies=NPS
    )
    assert actions(plan)[0].action == "Do it now\nthen rest"
    assert actions(plan)[0].outcome_measure == ("One", "Two things", "three")


def test_what_a_row_lacks_is_noted(read: Read) -> None:
    plan = read(
        rows(("A", "", "x"), ("", "NPS", "y"), ("C", "Jo (NPS)", ""), ("", "", ""), ("D", ",", ""), ("E", "TBC", "z"))
    )
    nobody = (ReadLead("placeholder"),)
    assert actions(plan) == [
        ReadAction("T1.1", "A", nobody, ("x",)),
        ReadAction("T1.2", "C", (ReadLead("nps", "Jo"),), ()),
        ReadAction("T1.3", "D", nobody, ()),
        ReadAction("T1.4", "E", nobody, ("z",)),
    ]
    lacks, stands = (
        "the row was left out because it has no",
        "so a placeholder leads it. Name the agency in plan/plan.yaml.",
    )
    assert plan.not_understood == (
        f"table 1, row 3: no lead is named, {stands}",
        f"table 1, row 4: {lacks} action: 'NPS', 'y'.",
        "table 1, rows 5 and 7: the action has no outcome.",
        f"table 1, row 7: no lead is named (','), {stands}",
        f"table 1, row 8: no lead is named ('TBC'), {stands}",
    )


def test_what_is_said_of_several_rows_is_said_once(read: Read) -> None:
    table = rows(*((letter, "Jo Bloggs and Al (NPS)", "x" if letter in "AD" else "") for letter in "ABCD"))
    assert read(table, agencies=NPS).not_understood == (
        "table 1, rows 3, 4, 5 and 6: 'Jo Bloggs and Al (NPS)' was read as one lead: 'Jo Bloggs and Al', of 'NPS'.",
        "table 1, rows 4 and 5: the action has no outcome.",
    )


def test_text_above_the_names_of_the_columns_is_noted(read: Read) -> None:
    plan = read([("Version", "3", ""), HEADINGS, one("A")], agencies=NPS)
    assert plan.not_understood[0] == (
        "table 1, row 1: this row is above the names of the columns and was not read: 'Version', '3'."
    )


def test_a_lead_merged_over_rows_leads_each_action(tmp_path: Path) -> None:
    for plan in kinds(tmp_path, rows(one("A"), ("B", DOWN, "y"), ("C", DOWN, "z"))):
        assert [(each.action, each.leads) for each in actions(plan)] == [
            (action, (ReadLead("nps"),)) for action in ("A", "B", "C")
        ]
        assert plan.not_understood == ()


def test_an_action_merged_over_rows_takes_what_they_say(tmp_path: Path) -> None:
    for plan in kinds(tmp_path, rows(one("A"), (DOWN, "Jo (LSCB)", "y"), (DOWN, "Al - NPS", DOWN))):
        assert actions(plan) == [ReadAction("T1.1", "A", (ReadLead("nps"), ReadLead("lscb", "Jo")), ("x", "y"))]
        assert plan.not_understood == (
            "table 1, row 4: 'LSCB' is not one of the agencies you named; its id is 'lscb'.",
            "table 1, row 4: 'Jo (LSCB)', 'y' was added to T1.1, whose cell goes on in this row.",
            "table 1, row 5: 'Al - NPS' was left out: 'nps' already leads the action.",
            "table 1, row 5: 'Al - NPS' was added to T1.1, whose cell goes on in this row.",
        )


def test_a_row_that_continues_an_action_that_was_left_out_is_left_out(read: Read) -> None:
    for plan in [read(rows(one("A"), ("B", "", ""), (DOWN, "NPS", "z")))]:
        assert [each.action for each in actions(plan)] == ["A"]
        assert (
            plan.not_understood[-1]
            == "table 1, row 5: the row was left out because the action above was left out: 'NPS', 'z'."
        )


def test_cells_merged_across_columns_are_noted(tmp_path: Path) -> None:
    for plan in kinds(tmp_path, rows(("A", "NPS", ACROSS))):
        assert actions(plan) == [ReadAction("T1.1", "A", (ReadLead("nps"),), ())]
        assert plan.not_understood == (
            "table 1, row 3: the lead is merged with the outcome, so it was read as the lead only.",
        )


def test_a_column_of_two_cells_is_noted(tmp_path: Path) -> None:
    for plan in kinds(
        tmp_path, [(*THEME, ACROSS), ("Action", "Lead", ACROSS, "Outcome"), ("A", "NPS", "Jo (LSCB)", "x")]
    ):
        assert leads(plan) == [ReadLead("nps"), ReadLead("lscb", "Jo")]
        assert plan.not_understood[0] == "table 1, row 3: the lead is in 2 cells; each was read as one line."


def test_columns_may_have_columns_below_them(tmp_path: Path) -> None:
    headings = [("Action", "Lead", "Outcome", "Progress", ACROSS), (DOWN, DOWN, DOWN, "Q1", "Q2")]
    for plan in kinds(tmp_path, [(*THEME, ACROSS, ACROSS), *headings, (*one("A"), "", "Begun")]):
        assert [each.action for each in actions(plan)] == ["A"]
        assert actions(plan)[0].also == {"Progress: Q2": "Begun"}
        assert plan.not_understood == ()


def test_a_table_continues_only_with_nothing_between_and_as_many_columns(read: Read) -> None:
    below = "no row names the columns of an action plan, so it was not read:"
    plan = read(rows(one("A")), [(*one("B"), "")], agencies=NPS)
    assert plan.not_understood == (f"table 2: {below} 'B', 'NPS', 'x'.",)
    plan = read(rows(one("A")), ("Normal", "Words."), [one("B")], agencies=NPS)
    assert plan.not_understood == ("before table 2: 'Words.' was not read.", f"table 2: {below} 'B', 'NPS', 'x'.")
    plan = read(rows(one("A")), [one("B"), ("THEME 2: Other", ACROSS, ACROSS), HEADINGS, one("C")], agencies=NPS)
    assert [each.id for each in actions(plan)] == ["T1.1", "T1.2", "T2.1"]
    assert plan.not_understood == (
        "table 2: no row above its actions names the columns, so those of the table before were used.",
    )


def test_what_stands_above_the_names_and_another_title_is_the_title_of_the_plan(tmp_path: Path) -> None:
    titles = [("Our plan for 2024", ACROSS, ACROSS), ("Somewhere", ACROSS, ACROSS)]
    table = [*titles, HEADINGS, ("Early help", ACROSS, ACROSS), one("A"), ("Practice", ACROSS, ACROSS), one("B")]
    for plan in kinds(tmp_path, table):
        assert (plan.title, [each.title for each in plan.themes]) == ("Our plan for 2024", ["Early help", "Practice"])
        assert plan.not_understood == (
            "table 1, row 2: 'Somewhere' is above the names of the columns and was not read.",
        )


@pytest.mark.parametrize(
    ("bands", "titles"),
    [
        (("Prepare", "a) Lead", "b) Work", "Protect"), ["Prepare: a) Lead", "Prepare: b) Work", "Protect"]),
        (("Goal", "Objective 1", "Objective 2"), ["Goal: Objective 1", "Goal: Objective 2"]),
        (("Goal", "1.1 Lead", "1.2 Work", "Other", "1.3 End"), ["Goal: 1.1 Lead", "Goal: 1.2 Work", "Other: 1.3 End"]),
    ],
)
def test_titles_of_two_levels_are_told_apart_by_how_the_lower_begin(
    read: Read, bands: tuple[str, ...], titles: list[str]
) -> None:
    below_another = {"a) Lead", "Objective 1", "1.1 Lead", "1.3 End"}
    table = [HEADINGS, one("0")]
    for n, band in enumerate(bands):
        is_above = n + 1 < len(bands) and bands[n + 1] in below_another
        table += [(band, ACROSS, ACROSS), *([] if is_above else [one(band)])]
    plan = read([HEADINGS, *table[2:]], agencies=NPS)
    assert [each.title for each in plan.themes] == titles


@pytest.mark.parametrize(
    ("words", "refs", "left"),
    [
        (("1.1.1 Hire", "1.1.2 Train"), ["1.1.1", "1.1.2"], ["Hire", "Train"]),
        (("1. Hire", "2) Train"), ["1", "2"], ["Hire", "Train"]),
        (("A1a. Hire", "A1b. Train"), ["", ""], ["Hire", "Train"]),
        (("3 staff start", "4 staff leave"), ["", ""], ["3 staff start", "4 staff leave"]),
        (("1.1 Hire", "Train"), ["", ""], ["1.1 Hire", "Train"]),
        (("1.1 Hire", "1.1 Train"), ["", ""], ["1.1 Hire", "1.1 Train"]),
    ],
)
def test_the_words_of_actions_may_begin_with_their_references(
    read: Read, words: tuple[str, ...], refs: list[str], left: list[str]
) -> None:
    plan = read(rows(*map(one, words)), agencies=NPS)
    assert [each.ref for each in actions(plan)] == refs
    assert [each.action for each in actions(plan)] == left
    if words[0].startswith("A1a"):
        assert [each.id for each in actions(plan)] == ["A1a", "A1b"]


def test_a_column_of_themes_is_one_unless_it_says_how_urgent_an_action_is(read: Read) -> None:
    names = ("Priority", *HEADINGS)
    plan = read(
        [names, ("1. Violence", *one("A")), (DOWN, *one("B")), ("", *one("C")), ("Abuse", *one("D"))], agencies=NPS
    )
    assert [(each.id, each.title, len(each.actions)) for each in plan.themes] == [
        ("T1", "Violence", 3),
        ("T2", "Abuse", 1),
    ]
    urgent = read([names, ("High", *one("A")), ("2 - medium", *one("B"))], agencies=NPS)
    assert [each.also for each in actions(urgent)] == [{"Priority": "High"}, {"Priority": "2 - medium"}]


def test_a_title_that_is_a_recommendation_is_an_area_too(read: Read) -> None:
    bands = (("Recommendation 3: Ask early.", ACROSS, ACROSS), ("Area for improvement 4: Listen", ACROSS, ACROSS))
    plan = read([HEADINGS, bands[0], one("A"), one("B"), bands[1], one("C")], agencies=NPS)
    assert plan.areas == (ReadArea("R3", "Ask early."), ReadArea("R4", "Listen"))
    assert [each.addresses for each in actions(plan)] == [("R3",), ("R3",), ("R4",)]


def test_names_in_two_rows_are_read_together(tmp_path: Path) -> None:
    above = ("Action", "Who", ACROSS, "Timescale", ACROSS)
    table = [above, (DOWN, "Lead", "Others", "Start", "Complete by"), ("A", "NPS", "CRC", "May 2024", "June 2024")]
    for plan in kinds(tmp_path, table):
        assert [lead.agency for lead in leads(plan)] == ["nps"]
        assert actions(plan)[0].due == date(2024, 6, 30)
        assert actions(plan)[0].also == {"Who: Others": "CRC", "Timescale: Start": "May 2024"}
        assert len(plan.columns) == 1


def test_a_card_with_its_names_on_the_left_is_turned(tmp_path: Path) -> None:
    def card(title: str, *words: str) -> list[tuple[str, ...]]:
        names = ("What we will do", "Lead", "By when", "Cost")
        return [(title, ACROSS), *zip(names, words, strict=True)]

    blocks = (card("Action 2a", "Hire", "NPS", "May 2024", "£1"), card("Practice", "Train", "NPS", "Soon", ""))
    plan = read_plan(word(tmp_path / "plan.docx", *blocks), NPS)
    assert [each.title for each in plan.themes] == ["Actions", "Practice"]
    first, second = actions(plan)
    assert (first.action, first.ref, first.due, dict(first.also)) == (
        "Hire",
        "Action 2a",
        date(2024, 5, 31),
        {"Cost": "£1"},
    )
    assert (second.action, second.ref, dict(second.also)) == ("Train", "", {"By when": "Soon"})


def test_what_may_never_be_committed_is_left_out_and_told(read: Read) -> None:
    names = (*HEADINGS, "Contact", "Notes")
    plan = read(
        [names, (*one("A"), "jo@example.org", "Ring 01632 960123 first"), (*one("B"), "", "Fine")], agencies=NPS
    )
    assert [dict(each.also) for each in actions(plan)] == [{"Contact": "…", "Notes": "Ring … first"}, {"Notes": "Fine"}]
    assert plan.not_understood[0] == (
        "table 1, row 2: an e-mail address and a phone number were left out, and … stands there. Git keeps what is "
        "committed for ever."
    )


def test_names_in_two_rows_may_be_repeated(read: Read) -> None:
    above = ("Action", "Who", ACROSS, "Timescale", ACROSS)
    names = [above, (DOWN, "Lead", "Others", "Start", "Complete by")]
    table = [*names, ("A", "NPS", "", "May 2024", "June 2024"), *names, ("B", "NPS", "CRC", "", "July 2024")]
    plan = read(table, agencies=NPS)
    assert [(each.action, each.due) for each in actions(plan)] == [("A", date(2024, 6, 30)), ("B", date(2024, 7, 31))]
    assert actions(plan)[1].also == {"Who: Others": "CRC"}


def test_a_table_about_the_plan_is_no_action(read: Read) -> None:
    about = [("Action plan", "Our plan"), ("Lead officer", "Jo Bloggs"), ("Deadline", "May 2024")]
    plan = read(about, ("Normal", "Words."), [HEADINGS, one("A")], agencies=NPS)
    assert [each.action for each in actions(plan)] == ["A"]
    assert "table 1: no row names the columns of an action plan" in " ".join(plan.not_understood)


def test_a_recommendation_alone_in_its_row_is_what_the_actions_below_answer(read: Read) -> None:
    above = [(*THEME, ACROSS), ("Recommendation", *HEADINGS), ("Ask early.", "", "", "")]
    table = [*above, ("", *one("A")), ("", *one("B")), ("Tell all.", *one("C")), ("", *one("D"))]
    plan = read(table, agencies=NPS)
    assert [each.summary for each in plan.areas] == ["Ask early.", "Tell all."]
    assert [each.addresses for each in actions(plan)] == [("R1",), ("R1",), ("R2",), ()]


def test_a_merged_action_may_answer_two_recommendations(tmp_path: Path) -> None:
    table = [("Recommendation", *HEADINGS), ("One.", *one("A")), ("Two.", DOWN, "CRC", "")]
    for plan in kinds(tmp_path, table):
        assert actions(plan)[0].addresses == ("R1", "R2")


def test_rows_of_a_sheet_with_an_apostrophe_are_told_together(tmp_path: Path) -> None:
    file = excel(tmp_path / "plan.xlsx", {"Kid's plan": rows(("A", "NPS", ""), ("B", "NPS", ""), one("C"))})
    assert read_plan(file, NPS).not_understood == ("sheet 'Kid's plan', rows 3 and 4: the action has no outcome.",)
