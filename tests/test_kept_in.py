"""What stays where it belongs, whatever is typed: the words of a restricted cell, and what the guard found."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import Q2, Q3, Jtai, an_action, plan_values, return_values, written
from repositories import a_repository

pytestmark = pytest.mark.once

FILE = f"plan/agencies/police/returns/{Q3}.yaml"
PRINTS = (
    ("check",),
    ("check", "-q", Q2, "--format", "json"),
    ("check", "--format", "github", "--trail"),
    ("show",),
    ("show", "T1.1"),
    ("diff", "HEAD~1", "HEAD"),
    ("diff", "HEAD~1", "HEAD", "--with-text"),
    ("diff", "HEAD~1", "HEAD", "--with-text", "--format", "md"),
    ("diff", "HEAD~1", "HEAD", "--with-text", "--format", "json"),
    ("log",),
    ("log", "T1.1", "--format", "md"),
    ("log", "--format", "json"),
    ("remind", "-q", Q3),
    ("export", "--format", "json"),
)
WRITES = (
    ("export", "--format", "csv", "--out", "made"),
    ("report", "-q", Q3, "--edition", "public", "--format", "md,html,docx", "--out", "made"),
    ("report", "--edition", "plan", "--format", "md,html,docx", "--out", "made"),
)


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text in the files that were made, and in what is packed into them."""
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                yield from (
                    (f"{file}: {name}", packed.read(name).decode("utf-8", "replace")) for name in packed.namelist()
                )
        else:
            yield str(file), file.read_text(encoding="utf-8")


def a_cell(word: str) -> dict[str, object]:
    """A cell that says *word* wherever it may say anything."""
    return {
        "rating": "red",
        "update": f"{word} update",
        "recovery": {"plan": f"{word} recovery", "by": "2018-11-30"},
        "evidence": [{"what": f"{word} evidence", "where": f"https://example.org/{word}", "dated": "2018-09-01"}],
        "answers": {"no-recovery": f"{word} answer"},
        "restricted": {"reason": "A child could be recognised", "by": "Kit Example"},
    }


@pytest.mark.parametrize("period", [Q2, Q3])
@pytest.mark.parametrize("word", ["Kept", "**Kept**", "Kept <b>&\u0301", "- Kept\n\n# Kept\n", "Kept " * 300])
def test_the_words_of_a_restricted_cell_are_told_by_the_board_edition_alone(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, word: str, period: str
) -> None:
    plan = plan_values(an_action("T1.1", "police", "health"), an_action("T1.2", "police"))
    returns = {("police", each): return_values(each, {("T1.1", "impact"): "red"}) for each in (Q2, Q3)}
    monkeypatch.chdir(written(tmp_path / "plan", plan, returns))
    repo = a_repository(Path.cwd())
    repo.commit("Begin")
    returns["police", period] = return_values(period, {("T1.1", "impact"): a_cell(word)})
    written(repo.root, plan, returns)
    at = ("-q", period)
    for command in (
        ("board", "moderate", "T1.1", "impact", "amber", "--reason", word, "--board", "lscb", *at),
        *(("close", each, "--by", "Kit Example", "--with-missing") for each in (Q2, Q3) if each <= period),
        (
            "rate",
            "T1.1",
            "impact",
            "red",
            "--agency",
            "police",
            "--update",
            f"{word} now",
            "--amend",
            word,
            "--by",
            "Kit",
            *at,
        ),
    ):
        ran = jtai(*command)
        assert (ran.status, "Kept" in ran.out + ran.err) == (0, False), ran
    repo.commit("Rate")
    for command in PRINTS:
        ran = jtai(*command)
        assert ran.status in (0, 1), ran
        assert "Kept" not in ran.out + ran.err, command
    for command in WRITES:
        ran = jtai(*command)
        assert (ran.status, "Kept" in ran.out + ran.err) == (0, False), ran
    assert [name for name, text in texts_of(repo.root / "made") if "Kept" in text] == []
    assert jtai("report", "-q", period, "--format", "md", "--out", "board").status == 0
    assert any("Kept" in text for _, text in texts_of(repo.root / "board"))


NUMBER = "943 476 5919"
RETURN = f"plan/agencies/police/returns/{Q3}.yaml"
RECORD = f"plan/board/{Q3}.yaml"
ASKS = "asks:\n  - {id: A1, board: lscb, ask: 'Seen %s'}\n"


@pytest.mark.parametrize("taken_back", [False, True])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        (RETURN, "actions:\n  T1.1:\n    impact:\n      rating: red\n      update: Seen %s\n"),
        (RETURN, "actions:\n  T1.1:\n    impact:\n      rating: red\n      answers: {'%s': Seen}\n"),
        (RETURN, "actions:\n  'Seen %s':\n    impact: {rating: red}\n"),
        (RETURN, "actions:  # Seen %s\n"),
        (RETURN, "actions: {T1.1: {impact: {rating: Seen %s}}}\n"),
        (RETURN, "Seen %s: ["),
        (RECORD, ASKS),
        (RECORD, "amendments:\n  - {action: 'Seen %s'}\n"),
        ("plan/agencies/police/agency.yaml", "name: Seen %s\n"),
        ("plan/plan.yaml", "title: Seen %s\n"),
        ("plan/agencies/police/returns/Seen 9434765919.yaml", "actions:\n"),
        ("plan/agencies/seen-9434765919/agency.yaml", "name: Seen\n"),
    ],
)
def test_no_command_repeats_what_the_guard_found(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch, path: str, text: str, taken_back: bool
) -> None:
    plan = plan_values(an_action("T1.1", "police", "health"))
    returns = {("police", each): return_values(each, {("T1.1", "impact"): "red"}) for each in (Q2, Q3)}
    monkeypatch.chdir(written(tmp_path / "plan", plan, returns))
    repo = a_repository(Path.cwd())
    repo.commit("Begin")
    repo.write(path, text.replace("%s", NUMBER) if path != RETURN else f"period: {Q3}\n" + text.replace("%s", NUMBER))
    repo.commit(f"Seen {NUMBER}")
    if taken_back:
        repo.git("revert", "--no-edit", "HEAD")
    for command in (*PRINTS, *WRITES, ("scrub-check", "HEAD~1..HEAD"), ("submit", "police", "-q", Q3), ("forms",)):
        ran = jtai(*command)
        assert ("5919" in ran.out + ran.err, ran.status in (0, 1, 2)) == (False, True), (command, ran)
    made = [text for each in ("made", "forms", "reports") for _, text in texts_of(repo.root / each)]
    assert not any("5919" in text for text in made)
