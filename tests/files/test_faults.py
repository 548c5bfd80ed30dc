"""Every kind of fault in a file, and the whole of what is said of it."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from builders import Q2, Jtai, an_action, plan_values, return_values, written
from jtai_plan.files.load import load
from jtai_plan.model.partnership import PLAN, agency_path, board_path, return_path

PLAN_VALUES = plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "police"))
RETURN = return_path("police", Q2)
IN_RETURN = [
    # Not YAML at all.
    ("an empty file", "", [": the file is empty."]),
    ("nothing but a comment", "# soon\n", [": the file is empty."]),
    ("nothing but the line that begins a document", "---\n", [": the file is empty."]),
    ("a value left empty", "null\n", [": the file is empty."]),
    (
        "a merge conflict marker",
        "period: 2018-19-Q2\nactions:\n<<<<<<< HEAD\n  T1.1: {}\n=======\n  T1.2: {}\n>>>>>>> police\n",
        [
            (
                ":3: two versions of the file were left unmerged: '<<<<<<<' is a merge conflict marker. "
                "Choose between the two, and delete the marker lines."
            )
        ],
    ),
    (
        "a tab",
        "period: 2018-19-Q2\nactions:\n\tT1.1: {}\n",
        [":3:1: a tab where the line is indented. Indent with spaces: YAML takes no tabs."],
    ),
    (
        "a second colon",
        "period: 2018-19-Q2\nprepared:\n  by: Sam: custody\n",
        [":3:10: a second ': ' in one line. Put the text in quotation marks."],
    ),
    (
        "a line set in by mistake",
        "period: 2018-19-Q2\n  actions: {}\n",
        [
            (
                ":2:10: this line is indented as if it continued the one above. "
                "Check the indentation, or put the text in quotation marks."
            )
        ],
    ),
    (
        "a line set in by one too many",
        "period: 2018-19-Q2\nactions:\n  T1.1:\n    process: {}\n   T1.2: {}\n",
        [":5:4: this does not fit the lines above it. Check the indentation and the quotes."],
    ),
    (
        "a truncated file",
        "period: 2018-19-Q2\nactions:\n  T1.1: {}\n  T1.2",
        [":5:1: a line above this one has no ':' after its key. Give it one."],
    ),
    (
        "an open quotation mark",
        'period: "2018-19-Q2\nactions: {}\n',
        [":1:9: a quotation mark is opened here and not closed. Close it."],
    ),
    (
        "an open bracket",
        "period: 2018-19-Q2\nactions: {T1.1: {}\n",
        [":2:10: a bracket is opened here and not closed. Close it, or put a comma between its values."],
    ),
    (
        "a text that begins with a sign",
        "period: 2018-19-Q2\nprepared: {by: @sam}\n",
        [":2:16: text that begins with '@'. Put the text in quotation marks."],
    ),
    (
        "a second document",
        "period: 2018-19-Q2\n---\nperiod: 2018-19-Q2\n",
        [":2:1: a second document begins here. A file holds one: delete the '---' line."],
    ),
    (
        "an alias of nothing",
        "period: *x\n",
        [":1:9: an alias (*name) without its anchor (&name). Write the value out."],
    ),
    (
        "a raw control character",
        'period: 2018-19-Q2\nprepared: {by: "a\x1b[31mb"}\n',
        [": the file holds a character that no YAML file may hold. Delete it."],
    ),
    (
        "a Word document",
        b"PK\x03\x04\xff\xfe",
        [":1: the file is not UTF-8 text. Save it again, encoded as UTF-8."],
    ),
    # Made to bring the program down.
    (
        "aliases that unfold to millions",
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{name}: &{name} [{','.join(['*' + last] * 9)}]\n" for last, name in zip("abcde", "bcdef", strict=True)
        ),
        [":6:8: the file's aliases (*name) expand without end. Write the values out."],
    ),
    (
        "an alias of itself",
        "period: &a [*a]\n",
        [":1:13: the file's aliases (*name) expand without end. Write the values out."],
    ),
    (
        "a hundred thousand brackets",
        "period: " + "[" * 100_000,
        [":1:48: values are nested more than 40 deep, the limit for a plan file."],
    ),
    ("megabytes", "#" * 2_000_001, [": the file is larger than 2 MB, the limit for a plan file."]),
    (
        "a YAML tag",
        "period: !!python/object:os.system 2018-19-Q2\n",
        [":1:9: a YAML tag (os.system) is not allowed here. Delete it."],
    ),
    # YAML, and not a return.
    (
        "a list",
        "- T1.1\n- T1.2\n",
        [": the file holds no keys: it should begin with a line such as 'key: value'."],
    ),
    (
        "a sentence",
        "Nothing to report.\n",
        [": the file holds no keys: it should begin with a line such as 'key: value'."],
    ),
    (
        "a file of another kind",
        "name: Police\n",
        [
            ": 'period' is missing. Add it.",
            ":1:1: 'name' is not a key that belongs here. There is period, prepared, approved and actions.",
        ],
    ),
    (
        "a duplicate key",
        "period: 2018-19-Q2\nperiod: 2018-19-Q3\n",
        [":2:1: 'period' stands here for the second time. Keep one of the two."],
    ),
    (
        "a number for a key",
        "period: 2018-19-Q2\nactions: {1.1: {process: {rating: red}}}\n",
        [
            (
                ":2:11: '1.1' is a number or an empty word, but a name belongs here. "
                "Put it in quotation marks; an id carries a letter (T1.10)."
            )
        ],
    ),
    (
        "a list for a key",
        "period: 2018-19-Q2\n? [a]\n: b\n",
        [":2:3: a key that is not a single word. Write one word before the colon."],
    ),
    (
        "a misspelt key",
        "period: 2018-19-Q2\nactions: {T1.1: {process: {ratng: red}}}\n",
        [":2:28: T1.1 process: 'ratng' is not a key that belongs here. Did you mean 'rating'?"],
    ),
    (
        "a day in words",
        "period: 2018-19-Q2\nprepared: {on: 5 October 2018}\n",
        [":2:16: prepared: 'on' is '5 October 2018'. Write a day as year-month-day, such as 2018-10-05."],
    ),
    (
        "a day that never was",
        "period: 2018-19-Q2\nprepared: {on: 2018-02-30}\n",
        [":2:16: prepared: 'on' is '2018-02-30', which is not a valid date."],
    ),
    (
        "a number for a text",
        "period: 2018-19-Q2\nactions: {T1.1: {process: {rating: red, update: 12}}}\n",
        [":2:49: T1.1 process: 'update' is read as 12, but must be text. Put it in quotation marks."],
    ),
    (
        "a list for a text",
        "period: 2018-19-Q2\nactions: {T1.1: {process: {rating: red, update: [a, b]}}}\n",
        [":2:41: T1.1 process: 'update' should be text. Write one value, in quotation marks if need be."],
    ),
    (
        "a word for a truth",
        "period: 2018-19-Q2\nactions: {T1.1: {process: {rating: red, restricted: maybe}}}\n",
        [":2:53: T1.1 process: 'restricted' is 'maybe', but must be true or false."],
    ),
    (
        "a rating without its key",
        "period: 2018-19-Q2\nactions: {T1.1: {process: red}}\n",
        [":2:27: T1.1: 'process' should hold keys of its own. Write 'key: value' lines below it."],
    ),
    (
        "a control character in a text",
        'period: 2018-19-Q2\nprepared: {by: "a\\x1b[31mb"}\n',
        [":2:16: prepared: 'by' holds a control character. Delete it."],
    ),
    # A return, and not of this plan.
    (
        "another period",
        "period: 2018-19-Q3\n",
        [(":1:9: the file is named 2018-19-Q2 but its 'period' is 2018-19-Q3. Rename the file, or correct 'period'.")],
    ),
    (
        "an action that the plan does not have",
        "period: 2018-19-Q2\nactions: {T1.9: {process: {rating: red}}}\n",
        [":2:11: there is no action 'T1.9'. Did you mean 'T1.2'?"],
    ),
    (
        "a dimension that the plan does not have",
        "period: 2018-19-Q2\nactions: {T1.1: {proces: {rating: red}}}\n",
        [":2:18: T1.1: there is no dimension 'proces'. Did you mean 'process'?"],
    ),
    (
        "a rating that is not on the scale",
        "period: 2018-19-Q2\nactions: {T1.1: {process: {rating: ambr}}}\n",
        [":2:36: T1.1 process: there is no rating 'ambr'. There is red, amber, blue and grey."],
    ),
    (
        "several at once",
        "period: 2018-19-Q2\nprepared: {on: soon}\nactions: {T1.1: {process: {rating: [red], updat: x}}}\n",
        [
            ":2:16: prepared: 'on' is 'soon'. Write a day as year-month-day, such as 2018-10-05.",
            ":3:28: T1.1 process: 'rating' should be text. Write one value, in quotation marks if need be.",
            ":3:43: T1.1 process: 'updat' is not a key that belongs here. Did you mean 'update'?",
        ],
    ),
]

IN_PLAN = [
    (
        "a number for an id",
        "id: T1.1",
        "id: 1.10",
        [":77:9: T1 action 1: 'id' is read as 1.1, but must be text. An id carries a letter, such as T1.10."],
    ),
    (
        "an id without a letter",
        "id: T1.1",
        "id: '1.10'",
        [
            (
                ":77:9: 1.10: '1.10' is not a name that the files can use. "
                "Use letters, digits and hyphens, and begin with a letter."
            )
        ],
    ),
    (
        "an id that stands twice",
        "id: T1.2",
        "id: T1.1",
        [":82:9: action 'T1.1' is listed twice. Give it another id."],
    ),
    (
        "a misspelt key that was needed",
        "title: A plan",
        "titel: A plan",
        [": 'title' is missing. Add it.", ":1:1: 'titel' is not a key that belongs here. Did you mean 'title'?"],
    ),
    (
        "an agency without a folder",
        "agency: health",
        "agency: helth",
        [":81:15: there is no agency 'helth'. Did you mean 'health'?"],
    ),
    (
        "an agency in capitals",
        "agency: police",
        "agency: Police",
        [
            (
                ":80:15: T1.1 lead 1: 'Police' is not a name that the files can use. "
                "Use lower-case letters, digits and hyphens, and begin with a letter."
            )
        ],
    ),
    (
        "an agency that leads twice",
        "agency: health",
        "agency: police",
        [":79:5: police leads T1.1 twice in Q2 2018/19. Name each agency once."],
    ),
    (
        "an action that nobody leads for a while",
        "    leads:\n    - agency: police\n    - agency: health\n",
        "    leads: [{agency: police, from: 2018-19-Q3}]\n",
        [":79:5: T1.1 has no lead in Q2 2018/19."],
    ),
    (
        "an expectation of a rating without a rank",
        "2018-19-Q2:\n    - red\n    - amber",
        "2018-19-Q2:\n    - grey\n    - amber",
        [":55:7: grey has no rank, so it cannot be expected. Expect a rating that has a rank in the scale."],
    ),
    (
        "an expectation of nothing",
        "    2018-19-Q2:\n    - red\n    - amber",
        "    2018-19-Q2: []",
        [":54:5: expected process: '2018-19-Q2' is empty. It needs at least one."],
    ),
    (
        "an expectation by a period that is not there",
        "  process:\n    2018-19-Q2",
        "  process:\n    2018-19-Q5",
        [":54:5: there is no period '2018-19-Q5'. Did you mean '2018-19-Q4'?"],
    ),
    (
        "periods that overlap",
        "'2018-10-01'",
        "'2018-09-01'",
        [
            (
                ":13:11: Q3 2018/19 begins on 2018-09-01, before the previous period has ended. "
                "List the periods in order. Each begins after the previous one has ended."
            )
        ],
    ),
    (
        "a period that ends before it begins",
        "to: '2018-09-30'",
        "to: '2018-06-30'",
        [":9:9: Q2 2018/19 ends on 2018-06-30, before it begins on 2018-07-01."],
    ),
    (
        "a rank in words",
        "rank: 1",
        "rank: one",
        [":35:11: scale red: 'rank' is 'one', but must be a whole number."],
    ),
    (
        "a word for a letter",
        "letter: R",
        "letter: RED",
        [":34:13: scale red: 'letter' is 'RED', which is too long. Use at most 2 characters."],
    ),
    (
        "a letter that stands for two",
        "letter: A",
        "letter: R",
        [
            ":34:13: the letter R stands for more than one rating. Give each rating a letter of its own.",
            ":39:13: the letter R stands for more than one rating. Give each rating a letter of its own.",
        ],
    ),
]

ELSEWHERE = [
    (
        "a return for no period of the plan",
        return_path("police", "2018-19-Q9"),
        "period: 2018-19-Q9\n",
        [": the file is not one of the plan's: there is no '2018-19-Q9'. Did you mean '2018-19-Q4'?"],
    ),
    (
        "a file that ends in yml",
        "plan/agencies/police/returns/2018-19-Q3.yml",
        "period: 2018-19-Q3\n",
        [": the file is not read: its name should end in .yaml. Rename it to 2018-19-Q3.yaml."],
    ),
    (
        "a rating by an agency that does not lead",
        return_path("health", Q2),
        "period: 2018-19-Q2\nactions: {T1.2: {process: {rating: red}}}\n",
        [":2:11: Health does not lead T1.2 in Q2 2018/19. It leads T1.1. To change the lead, edit plan/plan.yaml."],
    ),
    ("an agency without a name", agency_path("police"), "short_name: P\n", [": 'name' is missing. Add it."]),
    (
        "a sign-off with an agency that is not there",
        agency_path("police"),
        "name: Police\nsigns_with: polize\n",
        [":2:13: there is no agency 'polize'. Did you mean 'police'?"],
    ),
    (
        "a measure of somebody else's action",
        agency_path("health"),
        "name: Health\nmeasures: [{id: m1, action: T1.2, dimension: impact, description: x}]\n",
        [":2:29: measure 'm1' is for T1.2, which health does not lead."],
    ),
    (
        "an action of its own that contributes to nothing",
        agency_path("health"),
        "name: Health\nactions: [{id: h-1, action: x, contributes_to: [T9]}]\n",
        [":2:49: there is no action 'T9'. There is T1.1 and T1.2."],
    ),
    (
        "an action of its own with the id of another's",
        agency_path("police"),
        "name: Police\nactions: [{id: T1.1, action: x, contributes_to: [T1.2]}]\n",
        [":2:16: action 'T1.1' is listed twice. Give it another id."],
    ),
    (
        "a moderated rating of a board that is not there",
        board_path(Q2),
        "moderated: {T1.1: {impact: {rating: rad, reason: x, board: lcsb}}}\n",
        [
            ":1:37: T1.1 impact: there is no rating 'rad'. There is red, amber, blue and grey.",
            ":1:60: there is no board 'lcsb'. Did you mean 'lscb'?",
        ],
    ),
    (
        "a moderated rating without a reason",
        board_path(Q2),
        "moderated: {T1.1: {impact: {rating: red, board: lscb}}}\n",
        [":1:20: moderated T1.1 impact: 'reason' is missing. Add it."],
    ),
]


def faults_with(root: Path, path: str, content: str | bytes) -> list[str]:
    """The sentences of all faults once the file at *path* holds *content*."""
    written(root, PLAN_VALUES)
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return [fault.sentence for fault in load(root).faults]


@pytest.mark.parametrize(("content", "said"), [each[1:] for each in IN_RETURN], ids=[each[0] for each in IN_RETURN])
def test_a_fault_in_a_return(tmp_path: Path, content: str | bytes, said: list[str]) -> None:
    assert faults_with(tmp_path, RETURN, content) == [RETURN + each for each in said]


@pytest.mark.parametrize(("old", "new", "said"), [each[1:] for each in IN_PLAN], ids=[each[0] for each in IN_PLAN])
def test_a_fault_in_the_plan(tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    text = (written(tmp_path, PLAN_VALUES) / PLAN).read_text(encoding="utf-8")
    assert old in text
    assert faults_with(tmp_path, PLAN, text.replace(old, new, 1)) == [PLAN + each for each in said]
    assert load(tmp_path).partnership is None


@pytest.mark.parametrize(
    ("path", "content", "said"), [each[1:] for each in ELSEWHERE], ids=[each[0] for each in ELSEWHERE]
)
def test_a_fault_elsewhere(tmp_path: Path, path: str, content: str, said: list[str]) -> None:
    assert faults_with(tmp_path, path, content) == [path + each for each in said]


def test_the_faults_of_all_files_are_told_at_once_in_the_plans_order(tmp_path: Path) -> None:
    written(
        tmp_path,
        PLAN_VALUES,
        {("health", Q2): "period: [", ("police", Q2): return_values(Q2, {("T1.1", "process"): "rad"})},
        agencies={"police": {"name": ""}},
    )
    said = [fault.path for fault in load(tmp_path).faults]
    assert said == [agency_path("police"), return_path("police", Q2), return_path("health", Q2)]


def test_two_agencies_cannot_have_an_action_of_the_same_id(tmp_path: Path) -> None:
    own = {"actions": [{"id": "own-1", "action": "x", "contributes_to": ["T1.1"]}]}
    written(tmp_path, PLAN_VALUES, agencies={each: {"name": each.title(), **own} for each in ("police", "health")})
    assert [fault.message for fault in load(tmp_path).faults] == ["action 'own-1' is listed by police too"]


def test_a_return_that_cannot_be_read_counts_as_no_return_and_the_others_stand(tmp_path: Path) -> None:
    sound = return_values(Q2, {("T1.1", "process"): "red"})
    written(tmp_path, PLAN_VALUES, {("health", Q2): "period: [", ("police", Q2): sound})
    partnership = load(tmp_path).trusted()
    assert partnership.rating("police", "T1.1", "process", Q2) == "red"
    assert partnership.rating("health", "T1.1", "process", Q2) is None


@pytest.mark.parametrize("start", ["\ufeff", "\ufeff# A comment\r\n"])
def test_a_byte_order_mark_is_no_fault(tmp_path: Path, start: str) -> None:
    assert (
        faults_with(
            tmp_path, RETURN, f"{start}period: 2018-19-Q2\r\nactions: {{T1.1: {{process: {{rating: red}}}}}}\r\n"
        )
        == []
    )
    assert load(tmp_path).trusted().rating("police", "T1.1", "process", Q2) == "red"


def test_a_link_that_leads_out_of_the_plan_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("period: 2018-19-Q2\nname: hidden\n")
    root = written(tmp_path / "there", PLAN_VALUES)
    file = root / RETURN
    file.parent.mkdir(parents=True)
    file.symlink_to(secret)
    assert [fault.sentence for fault in load(root).faults] == [
        f"{RETURN}: the file is a link that leads out of the plan's folder."
    ]


def linked(root: Path, path: str) -> None:
    """Move what stands at *path* below *root* out of plan/, and leave a link to it."""
    file, elsewhere = root / path, root / "elsewhere" / Path(path).name
    elsewhere.parent.mkdir()
    file.parent.mkdir(exist_ok=True)
    if file.exists():
        file.rename(elsewhere)
    file.symlink_to(elsewhere)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (RETURN, [RETURN]),
        ("plan/plan.yaml", ["plan/plan.yaml"]),
        ("plan/agencies/police/agency.yaml", ["plan/agencies/police/agency.yaml"]),
        ("plan/agencies/police/returns", ["plan/agencies/police/returns"]),
        ("plan/board", ["plan/board"]),
        ("plan/agencies/police", ["plan/agencies/police"]),
        ("plan/agencies", ["plan/agencies"]),
        ("plan", ["plan/plan.yaml"]),
    ],
)
def test_a_link_on_the_way_to_a_file_is_refused_wherever_it_leads(tmp_path: Path, path: str, told: list[str]) -> None:
    root = written(tmp_path, PLAN_VALUES, {("police", Q2): return_values(Q2, {})}, {Q2: {"asks": None}})
    assert load(root).faults == ()
    linked(root, path)
    faults = [fault for fault in load(root).faults if fault.rule == "unsafe-file"]
    assert [fault.path for fault in faults] == told
    assert faults[0].words == "this is a link, and git keeps only the link, not the file. Put the file itself there."


def test_a_link_that_leads_nowhere_is_refused_too(tmp_path: Path) -> None:
    root = written(tmp_path, PLAN_VALUES)
    linked(root, RETURN)
    assert [(fault.rule, fault.path) for fault in load(root).faults] == [("unsafe-file", RETURN)]


def test_a_plan_to_whose_folder_a_link_leads_is_read(tmp_path: Path) -> None:
    root = written(tmp_path / "there", PLAN_VALUES)
    (tmp_path / "here").symlink_to(root)
    assert load(tmp_path / "here").faults == ()


def test_the_c_library_reads_yaml() -> None:
    # Without it everything works, six times slower, and nobody is told.
    assert hasattr(YAML(typ="safe").Parser, "raw_parse")


def test_a_fault_is_told_in_one_line_whatever_a_key_is_called(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    file = tmp_path / "plan/agencies/police/agency.yaml"
    file.write_text('name: Police\n"zz\\n::add-mask::x": y\n')
    for call in (("check",), ("report",)):
        ran = jtai(*call)
        assert "'zz ::add-mask::x' is not a key that belongs here" in ran.out + ran.err
        assert not [line for line in (ran.out + ran.err).splitlines() if line.startswith("::")]


@pytest.mark.parametrize(
    "agency",
    [
        {"actions": [{"id": "own-1", "action": "Do", "contributes_to": ["T1.1"], "starts": "2030"}]},
        {
            "actions": [
                {"id": "own-1", "action": "Do", "contributes_to": ["T1.1"], "expected": {"impact": {"2030": ["red"]}}}
            ]
        },
        {
            "measures": [
                {"id": "m", "action": "T1.1", "dimension": "impact", "description": "M", "target": 1, "by": "2030"}
            ]
        },
    ],
)
def test_what_an_agency_says_of_an_unknown_period_is_told_and_not_judged(
    tmp_path: Path, jtai: Jtai, agency: dict[str, Any]
) -> None:
    said = return_values(Q2, {("T1.1", "impact"): {"rating": "red"}})
    written(tmp_path, plan_values(), {("police", Q2): said}, agencies={"police": {"name": "Police", **agency}})
    ran = jtai("check")
    assert (ran.status, "there is no period '2030'" in ran.out) == (1, True)
    assert jtai("report", "--agency", "police").status == 0
