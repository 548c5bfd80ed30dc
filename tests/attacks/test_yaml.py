"""Files that were made to hang or exhaust whoever reads them, in the folder and in the history."""

from pathlib import Path

import pytest

from attack import attacked
from builders import Q2, Q3, an_action, plan_values, return_values, written
from repositories import a_repository

pytestmark = [pytest.mark.once, pytest.mark.posix]

MANY = 150_000
HOSTILE = {
    "keys": "period: x\nactions:\n" + "".join(f"  k{n}: 1\n" for n in range(MANY)),
    "pairs in brackets": "actions: {" + ",".join(f"a{n}: b" for n in range(MANY)) + "}",
    "open brackets": "a: " + "[" * 100_000,
    "brackets": "a: " + "[" * 5_000 + "]" * 5_000,
    "indentation": "".join(" " * n + "a:\n" for n in range(1_500)),
    "a hexadecimal number": "period: 0x" + "f" * 20_000 + "\n",
    "a binary number": "period: 0b" + "1" * 200_000 + "\n",
    "an octal number": "period: 0o" + "7" * 20_000 + "\n",
    "a number": "period: " + "7" * 20_000 + "\nactions: {T1.1: {impact: {rating: " + "9" * 9_000 + "}}}\n",
    "a sum of sixties": "period: " + ":".join(["59"] * 5_000) + "\n",
    "not a number": "actions: {T1.1: {impact: {measures: {m: .nan, n: .inf, o: 1e999}}}}\n",
    "unknown keys": "".join(f"x{n}: 1\n" for n in range(5_000)),
    "aliases of aliases": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "an alias of itself": "a: &a [*a]\n",
    "merge keys": "a: &a {x: 1}\nb: {<<: [*a" + ",*a" * 20_000 + "]}\n",
    "a tag": 'period: !!python/object/apply:os.system ["id"]\n',
    "items": "actions:\n" + "".join("- {what: a}\n" for _ in range(80_000)),
    "comments": "# x\n" * 500_000,
    "a long line": "period: " + "x" * 1_900_000 + "\n",
    "a long key": "x" * 1_900_000 + ": 1\n",
    "keys without a name": "? \n" * 300_000,
    "documents": "---\n" * 300_000,
    "quotation marks": '"' * 1_000_000,
    "nothing": "~\n",
    "zeros": "\0" * 1_000,
    "conflict markers": "<<<<<<< a\n" * 100_000,
}
FILES = (f"plan/agencies/police/returns/{Q3}.yaml", "plan/agencies/police/agency.yaml", f"plan/board/{Q3}.yaml")
COMMANDS = (("check",), ("report", "--format", "md"))


def a_plan_folder(root: Path) -> Path:
    returns = {("police", each): return_values(each, {("T1.1", "impact"): "red"}) for each in (Q2, Q3)}
    return written(root / "plan", plan_values(an_action("T1.1", "police", "health")), returns)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path, kind: str) -> None:
    root = a_plan_folder(tmp_path)
    for path in FILES[::2]:
        file = root / path
        before = file.read_bytes() if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HOSTILE[kind], encoding="utf-8", newline="")
        ran = attacked(root, "check")
        assert (ran.status, path in ran.said) == (1, True)
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
    (root / "plan/plan.yaml").write_text(HOSTILE[kind], encoding="utf-8", newline="")
    for command in COMMANDS:
        ran = attacked(root, *command)
        assert (ran.status, "plan/plan.yaml" in ran.said) == (1, True)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_commit_of_it_hangs_no_reviewer(tmp_path: Path, kind: str) -> None:
    root = a_plan_folder(tmp_path)
    repo = a_repository(root)
    repo.commit("Begin")
    for path in FILES[:2]:
        repo.write(path, HOSTILE[kind])
    repo.commit("Break")
    repo.git("revert", "--no-edit", "HEAD")
    for command in (
        ("diff", "HEAD~1", "HEAD"),
        ("log",),
        ("log", "--format", "json"),
        ("check", "--trail"),
    ):
        assert attacked(root, *command).status in (0, 1)
