"""By when: the days that plans name, as people write them, and what names none."""

import pytest

from jtai_plan.exchange.plan_import.dates import is_of_due_days, last_day_of


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30/09/2019", "2019-09-30"),
        ("30.9.19", "2019-09-30"),
        ("1st October 2019", "2019-10-01"),
        ("by 1 Oct 2019", "2019-10-01"),
        ("Sept 2019", "2019-09-30"),
        ("Sep-19", "2019-09-30"),
        ("Feb '20", "2020-02-29"),
        ("By the end of\nMarch 2020.", "2020-03-31"),
        ("2019-04", "2019-04-30"),
        ("09/2018", "2018-09-30"),
        ("13/2018", None),
        ("Q3 19/20", "2019-12-31"),
        ("Q3 2019/20", "2019-12-31"),
        ("Q3 2019", "2019-09-30"),
        ("Autumn 2019", "2019-12-31"),
        ("Spring term 2020", "2020-04-30"),
        ("H1 2019/20", "2019-09-30"),
        ("Fri 30 Sept 2024", "2024-09-30"),
        ("Tuesday, 1st Oct. 2024", "2024-10-01"),
        ("1st Sept '24", "2024-09-01"),
        ("30-Sep-24", "2024-09-30"),
        ("31-03-24", "2024-03-31"),
        ("2021-03-31", "2021-03-31"),
        ("Sept. 2024", "2024-09-30"),
        ("9/2024", "2024-09-30"),
        ("September 30, 2024", "2024-09-30"),
        ("Quarter 3 2024/25", "2024-12-31"),
        ("9/30/2024", None),
        ("May 31", None),
        ("May 05", None),
        ("May-05", "2005-05-31"),
        ("before April 2026", None),
        ("Saturday", None),
        ("Ongoing", None),
        ("", None),
        ("2019", None),
        ("31/02/2019", None),
        ("Sept 2019 and then monthly", None),
        ("Q3", None),
        ("Immediate", None),
        ("Mars 2019", None),
        ("Q9 19/20", None),
    ],
)
def test_a_day_is_the_last_one_of_what_is_named(words: str, day: str | None) -> None:
    found = last_day_of(words)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("By when", True),
        ("When?", True),
        ("6. Target Date", True),
        ("Timescale", True),
        ("Target date", True),
        ("DUE  DATE", True),
        ("Due date (action in place)", True),
        ("Start date", False),
        ("Date completed", False),
        ("Evidence due", False),
        ("Review date", False),
    ],
)
def test_only_a_column_of_due_days_is_one(name: str, is_one: bool) -> None:
    assert is_of_due_days(name) is is_one
