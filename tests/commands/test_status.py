"""`jtai status`: where the quarter is, and what comes next, at each of its steps."""

from pathlib import Path

import pytest

from builders import Q2, Jtai, an_action, plan_values, written
from repositories import a_repository


def following(jtai: Jtai) -> str:
    return jtai("status", "-q", Q2).out.splitlines()[-1].removeprefix("Next: ")


def test_each_step_leads_to_the_next(tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(written(tmp_path / "plan", plan_values(an_action("T1.1", "police"), an_action("T1.2", "health"))))
    repo = a_repository(Path.cwd())
    (repo.root / ".gitignore").write_text("/forms/\n")
    repo.commit("Begin")
    assert jtai("status").out == (
        "A plan: Q2 2018/19\n"
        "  Opened: no\n"
        "  Forms: 0 of 2 made\n"
        "  Returns: 0 of 2 in; nothing yet from Police and Health\n"
        "  Approved: 0 of 0 returns, by the agency's own board\n"
        "  Report: not made\n"
        "  Presented: to 0 of 1 board\n"
        "  Closed: no\n"
        "  Saved: everything\n"
        f"Next: jtai open {Q2}\n"
    )
    jtai("open", Q2)
    assert following(jtai) == f"jtai forms -q {Q2}"
    jtai("forms", "-q", Q2)
    assert following(jtai) == "jtai collect FOLDER"
    jtai("rate", "T1.1", "impact", "red", "-q", Q2)
    assert following(jtai) == f"jtai remind -q {Q2}"
    jtai("rate", "T1.2", "impact", "red", "-q", Q2)
    assert following(jtai) == f"jtai sign-off AGENCY -q {Q2} --board BOARD --on DATE"
    for agency in ("police", "health"):
        jtai("sign-off", agency, "-q", Q2, "--board", "A Board", "--on", "2018-10-10")
    assert following(jtai) == f"jtai report -q {Q2}"
    jtai("report", "-q", Q2)
    assert following(jtai) == f"jtai board present -q {Q2} --board BOARD --on DATE"
    jtai("board", "present", "-q", Q2, "--board", "lscb", "--on", "2018-10-30")
    assert following(jtai) == f"jtai close {Q2} --by WHO"
    jtai("close", Q2, "--by", "Kit Example", "--with-missing")
    assert "  Saved: not yet: 9 files\n" in jtai("status", "-q", Q2).out
    assert following(jtai) == "jtai save"
    repo.commit("Save")
    assert following(jtai) == "nothing. This quarter is done."


def test_a_fault_comes_first_and_git_is_not_needed(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    jtai("open", Q2)
    ran = jtai("status")
    assert "Saved" not in ran.out
    (tmp_path / f"plan/agencies/police/returns/{Q2}.yaml").write_text("period: [")
    ran = jtai("status")
    assert ran.out.endswith("Next: jtai check\n")
    assert "the file is not YAML from here on" in ran.err
