"""The command line itself: help, wrong calls, where the plan is found, and how it ends."""

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from builders import Q2, Jtai, plan_values, return_values, written
from jtai_plan.__main__ import main
from jtai_plan.cli import app


def jtai_process(*arguments: str, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **more.pop("env", {})}
    command = [sys.executable, "-m", "jtai_plan", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False, **more)


def test_help_groups_the_commands(jtai: Jtai) -> None:
    told = jtai("--help").out
    assert "\nEach quarter:\n  status " in told
    assert [word for word in ("open", "rate", "check", "report", "show") if f"\n  {word} " in told] == [
        "open",
        "rate",
        "check",
        "report",
        "show",
    ]


def test_no_arguments_show_the_help(jtai: Jtai) -> None:
    ran = jtai()
    assert "Each quarter:" in ran.out + ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("chekc", "Error: No such command 'chekc'. Did you mean 'check'?"),
        (
            "rate T1.1",
            "jtai: give an action, a dimension and a rating: jtai rate ACTION DIMENSION RATING. Nothing was written.",
        ),
        (
            "check --as-of soon",
            "jtai: --as-of 'soon' is not a date. Write it as 2018-12-31, 31/12/2018 or 31 December 2018.",
        ),
        (
            "check --fail-on red",
            "Invalid value for '--fail-on': 'red' is not one of 'error', 'behind', 'missing', 'query'.",
        ),
        ("check -q Q9", "jtai: there is no period 'Q9' in the plan."),
        (
            "report --format odt",
            "jtai: --format 'odt' is not a format. There is md, html, pdf and docx. Nothing was written.",
        ),
        (
            "report --edition plan -q 2018-19-Q2",
            "jtai: the plan as agreed has no quarter. Leave out --quarter or --edition",
        ),
    ],
)
def test_a_wrong_call_ends_with_2(tmp_path: Path, jtai: Jtai, call: str, sentence: str) -> None:
    written(tmp_path, plan_values())
    ran = jtai(*call.split())
    assert ran.status == 2
    assert sentence in ran.err


def test_without_a_plan_it_says_where_it_looked_and_what_to_do(tmp_path: Path, jtai: Jtai) -> None:
    ran = jtai("check")
    assert (ran.status, ran.out, ran.err) == (
        2,
        "",
        (
            f"jtai: {tmp_path}: there is no plan/plan.yaml here or in a folder above. "
            "Go to the folder that holds plan/, or name it with --plan.\n"
        ),
    )


def test_the_plan_is_found_from_a_folder_below_by_option_and_by_environment(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(tmp_path / "here", plan_values())
    assert jtai("check", "--plan", str(root)).status == 0
    monkeypatch.setenv("JTAI_PLAN", str(root))
    assert jtai("check").status == 0
    monkeypatch.delenv("JTAI_PLAN")
    monkeypatch.chdir(root / "plan/agencies")
    assert jtai("check").status == 0
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("JTAI_PLAN", "~/here")
    assert jtai("check").status == 0


@pytest.mark.parametrize("named", ["exampelshire", "plan", ""])
def test_a_folder_that_is_named_is_that_folder_and_no_other_above(tmp_path: Path, jtai: Jtai, named: str) -> None:
    root = written(tmp_path, plan_values())
    ran = jtai("open", Q2, "--plan", f"examples/{named}")
    where = root / "examples" / named
    wrong = f"jtai: {where}: there is no plan/plan.yaml in this folder. Name the folder that holds plan/.\n"
    assert (ran.status, ran.err) == (2, wrong)
    assert not (root / f"plan/agencies/police/returns/{Q2}.yaml").exists()


@pytest.mark.parametrize("asked", ["2018-19-Q2", "2018-19-q2", "2018/19 Q2", "Q2 2018/19", "q2 2018-19"])
def test_a_period_is_taken_as_people_write_it(tmp_path: Path, jtai: Jtai, asked: str) -> None:
    written(tmp_path, plan_values())
    assert jtai("check", "--period", asked).out.startswith("A plan: Q2 2018/19\n")


def test_a_pipe_gets_utf8_without_colour(tmp_path: Path) -> None:
    written(tmp_path, plan_values(title="Ågency ‘plan’"))
    ran = jtai_process("check", cwd=tmp_path, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"})
    assert ran.stdout.startswith("Ågency ‘plan’: Q2 2018/19\n")
    assert "\x1b" not in ran.stdout


@pytest.mark.posix
def test_a_terminal_gets_colour_and_symbols_and_the_same_words(tmp_path: Path) -> None:
    said = return_values(Q2, {("T1.1", "process"): "amber", ("T1.1", "impact"): "grey"})
    written(tmp_path, plan_values(), {("police", Q2): said})
    script = ["script", "-qec", f"{sys.executable} -m jtai_plan check", "/dev/null"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"}
    ran = subprocess.run(script, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert "\x1b[" in ran.stdout
    assert "▼" not in ran.stdout
    assert "? 1 unranked" in ran.stdout
    plain = jtai_process("check", cwd=tmp_path).stdout
    without_colour = re.sub("\x1b\\[[0-9;]*m", "", ran.stdout)
    assert [word for word in plain.split() if word not in without_colour] == []


@pytest.mark.posix
def test_a_reader_that_stops_reading_is_no_fault(tmp_path: Path) -> None:
    written(tmp_path, plan_values())
    command = f"{sys.executable} -m jtai_plan check --format json | head -1"
    ran = subprocess.run(
        ["sh", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout == "{\n"
    assert "Traceback" not in ran.stderr


def test_ctrl_c_says_that_nothing_is_half_done(tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, plan_values())

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jtai_plan.commands.check.collate", interrupted)
    ran = jtai("check")
    assert (ran.status, ran.err.splitlines()[-1]) == (
        130,
        "jtai: stopped. No file was left half-written.",
    )


@pytest.mark.parametrize("module", ["typer", "pydantic", "ruamel.yaml"])
def test_ctrl_c_while_a_library_is_imported_prints_one_line(tmp_path: Path, module: str) -> None:
    written(tmp_path / "here", plan_values())
    file = tmp_path / "path" / module.replace(".", "/") / "__init__.py"
    file.parent.mkdir(parents=True)
    file.write_text("raise KeyboardInterrupt")
    ran = jtai_process("check", cwd=tmp_path / "here", env={"PYTHONPATH": str(tmp_path / "path")})
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (130, "jtai: stopped. No file was left half-written.")
    assert "Traceback" not in ran.stderr


def test_a_fault_of_the_program_ends_with_3_and_keeps_a_private_trace_without_anybody_s_words(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, plan_values(title="A private title"))

    def wrong(*_: object) -> None:
        raise KeyError("a child's name")

    monkeypatch.setattr("jtai_plan.commands.check.collate", wrong)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = jtai("check", "-q", Q2)
    (file,) = tmp_path.glob("jtai-fault-*.txt")
    asked = f"Please report it and send {file}, which holds no text from your plan."
    assert (ran.status, ran.out, ran.err) == (3, "", f"jtai: this is a fault in jtai itself. {asked}\n")
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("jtai 0.")
    assert lines[1] == "builtins.KeyError"
    assert re.fullmatch(r"  jtai_plan\.commands\.check, line \d+, in check", lines[-2])
    assert lines[-1].endswith(", in wrong")
    assert not [words for words in ("private", "child", str(tmp_path)) if words in file.read_text(encoding="utf-8")]


def test_a_fault_is_reported_when_no_trace_can_be_kept(
    tmp_path: Path, jtai: Jtai, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, plan_values())
    monkeypatch.setattr("jtai_plan.commands.check.collate", None)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    ran = jtai("check", "-q", Q2)
    assert (ran.status, ran.err) == (3, "jtai: this is a fault in jtai itself (TypeError). Please report it.\n")


def test_the_version_is_told(jtai: Jtai) -> None:
    assert jtai("--version").out == f"jtai {version('jtai-plan')}\n"


def test_a_folder_that_cannot_be_written_to_gets_one_sentence(tmp_path: Path, jtai: Jtai) -> None:
    written(tmp_path, plan_values())
    (tmp_path / "reports").write_text("not a folder")
    ran = jtai("report")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.splitlines()[-1] == f"jtai: {tmp_path}/reports/plan: Not a directory. No file was left half-written."


def test_help_imports_neither_the_models_nor_rich() -> None:
    heavy = ("pydantic", "rich", "jinja2", "ruamel")
    code = "import sys; from jtai_plan.__main__ import main; main(['-h'])"
    code += f"; print([each for each in {heavy} if each in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_help_of_a_command_imports_no_models() -> None:
    code = "import sys; from jtai_plan.__main__ import main; main(['check', '-h']); print('pydantic' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert "--fail-on" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize(("call", "built"), [("--help", []), ("check --help", ["check"]), ("board ask -h", ["board"])])
def test_only_the_command_that_is_called_is_built(
    jtai: Jtai, monkeypatch: pytest.MonkeyPatch, call: str, built: list[str]
) -> None:
    seen = []

    def build(name: str) -> Any:
        seen.append(name)
        return as_it_is(name)

    as_it_is = app.build
    monkeypatch.setattr(app, "build", build)
    assert jtai(*call.split()).status == 0
    assert seen == built


@pytest.mark.parametrize("command", app.COMMANDS)
def test_a_command_shows_the_line_of_help_that_the_list_of_commands_shows(jtai: Jtai, command: str) -> None:
    _, line = app.COMMANDS[command]
    assert f"\n\n  {line}\n\n" in jtai(command, "--help").out


@pytest.mark.posix
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("jtai ch", ["check"]),
        ("jtai s", ["status", "show", "sign-off", "submit", "save", "scrub-check"]),
        ("jtai check --fo", ["--format"]),
        ("jtai check --fail-on m", ["missing"]),
        ("jtai board m", ["moderate"]),
        ("jtai board moderate --rea", ["--reason"]),
    ],
)
def test_bash_completes_commands_and_options(tmp_path: Path, typed: str, offered: list[str]) -> None:
    program = tmp_path / "jtai"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m jtai_plan "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = """
        eval "$(_JTAI_COMPLETE=source_bash jtai)"
        COMP_WORDS=($TYPED) COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
        _jtai_completion jtai
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "TYPED": typed}
    ran = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, encoding="utf-8", check=True)
    assert (ran.stdout.split(), ran.stderr) == (offered, "")


def test_main_gives_a_status_and_does_not_exit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, plan_values())
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0


@pytest.mark.posix
def test_a_call_with_nowhere_to_print_does_its_work(tmp_path: Path) -> None:
    written(tmp_path, plan_values())
    call = f"exec {sys.executable} -m jtai_plan open {Q2} >&- 2>&-"
    assert subprocess.run(["sh", "-c", call], cwd=tmp_path, check=False).returncode == 0
    assert (tmp_path / f"plan/agencies/police/returns/{Q2}.yaml").exists()


def test_a_text_that_begins_with_a_hyphen_is_told_how_to_be_one(jtai: Jtai, tmp_path: Path) -> None:
    written(tmp_path, plan_values())
    hint = "A text that begins with - comes after --, as in: jtai board ask -q Q2 -- '-10 %'.\n"
    assert jtai("board", "ask", "-10 % of cases", "-q", Q2, "--board", "lscb").err.endswith(hint)
    assert jtai("board", "ask", "-q", Q2, "--board", "lscb", "--", "-10 % of cases").status == 0
    assert hint not in jtai("check", "--nope").err


@pytest.mark.parametrize(
    "call",
    [("rate", "T1.1{}", "impact", "red"), ("check", "-q", "{}"), ("check", "--select", "{}"), ("explain", "{}"),
     ("report", "--plan", "/nowhere/{}"), ("check", "--as-of", "{}"), ("{}",), ("check", "--{}"),
     ("collect", "{}.xlsx"),
     ("show", "{}"), ("sign-off", "{}", "--on", "2018-10-01"), ("init", "{}/x", "--from", "{}")],
)  # fmt: skip
def test_nothing_that_is_typed_reaches_the_terminal_as_a_command(
    jtai: Jtai, tmp_path: Path, call: tuple[str, ...]
) -> None:
    written(tmp_path, plan_values())
    ran = jtai(*(each.format("\x1b]0;x\x07\x9b2J") for each in call))
    assert ran.status in (1, 2)
    assert not set(ran.out + ran.err) & {"\x1b", "\x07", "\x9b"}
