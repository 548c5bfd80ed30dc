"""`jtai init`: a new partnership's repository, by options or by questions on a terminal."""

import re
import shlex
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from jtai_plan.commands.asking import Stop, ask
from jtai_plan.errors import CannotDo, FilesAreWrong
from jtai_plan.files.atomic_write import found, refuse_what_is_there
from jtai_plan.files.load import load_contents
from jtai_plan.files.new_repository import (
    SCALES,
    Founding,
    NewAgency,
    NewBoard,
    fixed_paths,
    quarters,
    texts,
    this_quarter,
)
from jtai_plan.files.splice import Value
from jtai_plan.history.beginning import begin, repository_of
from jtai_plan.history.git import GitFailed, NoHistory
from jtai_plan.model.text import CONTROLS
from jtai_plan.output.markdown import escape
from jtai_plan.output.report.templates import packaged
from jtai_plan.output.terminal import note
from jtai_plan.rules.wording import counted, listed

if TYPE_CHECKING:
    from jtai_plan.exchange.plan_import.plan import ReadPlan

QUARTERS = 4
"""How many quarters a plan has unless it is said."""
MOST_QUARTERS = 40
_MAY_BE_THERE = (".gitignore", "README.md")
# What GitHub and GitLab take in CODEOWNERS: a person, a team of an organisation, or an address.
_REVIEWER = re.compile(r"@[a-z\d][\w.-]*(/[a-z\d][\w.-]*)*|[a-z\d][\w.+-]*@[\w-]+(\.[\w-]+)+", re.ASCII | re.IGNORECASE)
Answer = TypeVar("Answer")


class Asked(NamedTuple):
    """What the call says of the partnership, word for word."""

    title: str | None = None
    partnership: str | None = None
    collator: str | None = None
    agencies: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    first_quarter: str | None = None
    how_many: int | None = None
    scale: str | None = None
    source: Path | None = None
    """A file from which the themes and actions are read."""


def init(folder: Path, asked: Asked, today: date) -> int:
    """Make a new partnership's repository in *folder*: everything, or nothing; no file that is there is touched.

    A README.md and a .gitignore, with which a forge begins a repository, are kept where they are there.
    """
    read = _read(asked.source, asked.agencies)
    if missing := _missing(asked, read):
        if not sys.stdin.isatty():
            raise CannotDo(
                f"say also {listed(missing)}, or call jtai init on a terminal to be asked.", nothing_written=True
            )
        # Nobody should answer all the questions only to be refused.
        refuse_what_is_there(folder, _but_for(_kept(folder), fixed_paths(_packaged())))
        asked = _by_questions(asked, read, today)
        read = _read(asked.source, asked.agencies)
    founding = _founding(asked, read)
    made = texts(founding, _packaged(), version("jtai-plan"), escape)
    _refuse_faults(folder, made)
    kept = _kept(folder)
    new = _but_for(kept, made)
    found(folder, {path: made[path] for path in new})
    repository = _with_git(folder)
    _tell(folder, founding, new, kept, repository)
    for row in _not_understood(read):
        note(row)
    return 0


def _kept(folder: Path) -> list[str]:
    """The files of a new repository that are there already, and may stay."""
    return [name for name in _MAY_BE_THERE if (folder / name).is_file() and not (folder / name).is_symlink()]


def _but_for(kept: Sequence[str], paths: Iterable[str]) -> list[str]:
    return [path for path in paths if path not in kept]


def _missing(asked: Asked, read: "ReadPlan | None") -> list[str]:
    """The options without which no plan can be made, and which neither the call nor the file answers."""
    there = {
        "--title": asked.title or (read and read.title),
        "--agency": asked.agencies or (read and read.agencies),
        "--first-quarter": asked.first_quarter,
    }
    return [option for option, answer in there.items() if not answer]


def _read(source: Path | None, agencies: Iterable[str]) -> "ReadPlan | None":
    if source is None:
        return None
    from jtai_plan.exchange.plan_import.plan import read_plan

    return read_plan(source, {each.id: (each.name, *each.other_names) for each in _agencies(agencies)})


def _by_questions(asked: Asked, read: "ReadPlan | None", today: date) -> Asked:
    """*asked*, with an answer to everything that it leaves open. Raises CannotDo where somebody stops half-way."""
    print("A new partnership's plan. Enter takes what stands in [brackets], and q stops.")
    print("Nothing is written before the last answer.")
    try:
        return Asked(
            title=asked.title or _one("Title of the plan", read.title if read else None, _line("the title")),
            partnership=asked.partnership or _one("Name of the partnership (may be left out)", "", _line_or_nothing),
            collator=asked.collator or _one("Who collates the returns (may be left out)", "", _line_or_nothing),
            agencies=asked.agencies or _asked_agencies(at_least=0 if read and read.agencies else 1),
            boards=asked.boards or _asked_boards(),
            first_quarter=asked.first_quarter or _one("First quarter", this_quarter(today), _first_quarter),
            how_many=asked.how_many or _one("How many quarters", str(QUARTERS), _count),
            scale=asked.scale or _asked_scale(),
            source=asked.source,
        )
    except Stop:
        raise CannotDo("stopped.", nothing_written=True) from None


def _one(question: str, default: str | None, answer: Callable[[str], Answer]) -> Answer:
    """The answer to a *question*; Enter takes the *default*, where there is one."""
    shown = f"{question} [{default}]: " if default else f"{question}: "
    return ask(shown, lambda typed: answer(typed or default or ""))


def _asked_agencies(at_least: int) -> tuple[str, ...]:
    print("The agencies, one to a line: NAME, or NAME=@reviewer with who approves its returns.")
    return _several("Agency", _agencies, at_least)


def _asked_boards() -> tuple[str, ...]:
    print("The boards that receive the report, one to a line.")
    return _several("Board", _boards, 0)


def _several(what: str, check: Callable[[Iterable[str]], object], at_least: int) -> tuple[str, ...]:
    """The lines that are typed up to an empty one; each is asked for again until *check* takes it beside the others."""
    named: list[str] = []

    def line(typed: str) -> str:
        if typed or len(named) < at_least:
            check([*named, typed])
        return typed

    while typed := ask(f"{what} {len(named) + 1}{' (Enter when done)' if len(named) >= at_least else ''}: ", line):
        named.append(typed)
    return tuple(named)


def _asked_scale() -> str:
    print("The key: 'grey' is red, amber, blue, and grey for what has not begun; 'green' is red, amber, green, blue.")
    return _one("Key", next(iter(SCALES)), _scale)


def _line(what: str) -> Callable[[str], str]:
    return lambda typed: _said(what, typed)


def _line_or_nothing(typed: str) -> str | None:
    return _said("the name", typed) if typed else None


def _first_quarter(typed: str) -> str:
    quarters(typed, 1)
    return typed


def _count(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed[:9]) <= MOST_QUARTERS:
        raise CannotDo(f"'{typed}' is no number of quarters from 1 to {MOST_QUARTERS}.")
    return int(typed)


def _scale(typed: str) -> str:
    if typed.lower() not in SCALES:
        raise CannotDo(f"'{typed}' is no key that there is: {listed(SCALES, 'or')}.")
    return typed.lower()


def _founding(asked: Asked, read: "ReadPlan | None") -> Founding:
    agencies = _agencies(asked.agencies)
    named = {each.id for each in agencies}
    found_in_file = [
        NewAgency(_as_id("agency", name, each), _said("the name of an agency", name))
        for each, name in (read.agencies.items() if read else ())
        if each not in named
    ]
    return Founding(
        title=_said("the title", asked.title or (read and read.title) or ""),
        agencies=(*agencies, *found_in_file),
        quarters=quarters(asked.first_quarter or "", asked.how_many or QUARTERS),
        scale=asked.scale or next(iter(SCALES)),
        partnership=_said("the partnership", asked.partnership) if asked.partnership is not None else None,
        collator=_said("the collator", asked.collator) if asked.collator is not None else None,
        boards=_boards(asked.boards),
        themes=_themes(read) if read else (),
    )


def _agencies(said: Iterable[str]) -> tuple[NewAgency, ...]:
    """The agencies that are *said*, each as NAME, NAME|OTHER SPELLING or NAME=@reviewer. Raises CannotDo."""
    agencies = []
    for words in said:
        named, _, reviewers = words.rpartition("=") if "=" in words else (words, "", "")
        name, *others = (_said("the name of an agency", each) for each in named.split("|"))
        reviewed_by = tuple(re.split(r"[\s,]+", reviewers.strip())) if reviewers.strip() else ()
        for reviewer in reviewed_by:
            if not _REVIEWER.fullmatch(reviewer):
                raise CannotDo(
                    f"'{reviewer}' cannot review for {name}: a reviewer is an @account, an @organisation/team or an "
                    "e-mail address.",
                    nothing_written=True,
                )
        agencies.append(NewAgency(_id("agency", name), name, tuple(others), reviewed_by))
    _refuse_same_ids("agencies", agencies)
    return tuple(agencies)


def _boards(said: Iterable[str]) -> tuple[NewBoard, ...]:
    names = [_said("the name of a board", words) for words in said]
    boards = [NewBoard(_id("board", name), name) for name in names]
    _refuse_same_ids("boards", boards)
    return tuple(boards)


def _id(kind: str, name: str) -> str:
    from jtai_plan.exchange.plan_import.plan import agency_id

    return _as_id(kind, name, agency_id(name))


def _as_id(kind: str, name: str, made: str) -> str:
    # It is also the name of a folder.
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,62}", made):
        raise CannotDo(
            f"no id can be made of the {kind} '{textwrap.shorten(name, 60)}': one begins with a letter from a to z, "
            "and is no longer than 63 signs. Name it so here, and mend its name in the file afterwards.",
            nothing_written=True,
        )
    return made


def _refuse_same_ids(kind: str, named: Sequence[NewAgency | NewBoard]) -> None:
    seen: dict[str, str] = {}
    for each in named:
        if each.id in seen:
            raise CannotDo(
                f"two {kind}, '{seen[each.id]}' and '{each.name}', would have the same id, {each.id}. "
                "Leave one out, or name it otherwise.",
                nothing_written=True,
            )
        seen[each.id] = each.name


def _said(what: str, words: str) -> str:
    """*words* on one line. Raises CannotDo where there are none, or what no file of a plan may hold."""
    line = " ".join(words.split())
    if not line:
        raise CannotDo(f"{what} is empty.", nothing_written=True)
    if re.search(rf"[{CONTROLS}\ud800-\udfff\ufeff\ufffe\uffff]", line):
        raise CannotDo(f"{what} holds a control character, or one that is no text: {line!a}.", nothing_written=True)
    return line


def _themes(read: "ReadPlan") -> list[Value]:
    """What was read, as it belongs into plan.yaml."""
    return [
        {
            "id": theme.id,
            "title": theme.title,
            "actions": [
                {
                    "id": action.id,
                    "action": action.action,
                    "leads": [
                        _given({"agency": lead.agency, "name": lead.name, "role": lead.role}) for lead in action.leads
                    ],
                    **_given({"outcome_measure": list(action.outcome_measure)}),
                }
                for action in theme.actions
            ],
        }
        for theme in read.themes
    ]


def _given(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value}


def _packaged() -> dict[str, str]:
    """What a new repository is made from: templates and texts that come with jtai, by their paths."""
    repository = packaged() / "repository"
    files = {file.relative_to(repository).as_posix(): file for file in repository.rglob("*") if file.is_file()}
    schemas = packaged().parent / "schemas"
    files |= {f"schemas/{file.name}": file for file in schemas.glob("*.schema.json")}
    return {path: files[path].read_text(encoding="utf-8") for path in sorted(files)}


def _refuse_faults(folder: Path, made: Mapping[str, str]) -> None:
    """Raises FilesAreWrong where the plan that would be made is not one that jtai reads."""
    loaded = load_contents(folder, {path: text.encode() for path, text in made.items()})
    if loaded.faults:
        faults = (fault.sentence for fault in loaded.faults)
        raise FilesAreWrong(faults, "These would be the faults of the new plan. Nothing was written.")


def _with_git(folder: Path) -> str:
    """A sentence about the repository of *folder*, which is begun where there is none."""
    top = repository_of(folder)
    if top is not None and top != folder.resolve():
        return (
            f"It lies in the repository {top}. A forge reads .github and .gitlab-ci.yml at the top of a repository "
            "only: move them there."
        )
    if top is not None:
        return "It is a git repository already. Nothing was committed."
    try:
        begin(folder)
    except NoHistory as error:
        return f"No git repository was begun: {error}"
    except GitFailed as error:
        return f"No git repository was begun ({error.said}). Begin one: git init."
    return "A git repository was begun, on the branch main. Nothing was committed."


def _tell(folder: Path, founding: Founding, new: Sequence[str], kept: Sequence[str], repository: str) -> None:
    for path in new:
        print(f"{path}: new")
    for path in kept:
        print(f"{path}: kept as it was")
    print(f"{counted(len(new), 'file')} in {folder}, for {counted(len(founding.agencies), 'agency', 'agencies')}:")
    # An id stays for good, so it should be seen before anything is built on it.
    for agency in founding.agencies:
        print(f"  plan/agencies/{agency.id}  {agency.name}")
    print(repository)
    print()
    print("Next:")
    if folder.resolve() != Path.cwd():
        print(f"  cd {shlex.quote(str(folder))}")
    changes = "compare it with the agreed document" if founding.themes else "replace the placeholder action"
    print(f"  edit plan/plan.yaml: {changes}, agree the key and the trajectory")
    print("  see in requirements.txt where the checks install jtai from: your package index may not have it")
    print("  jtai check")
    print(f"  jtai open '{founding.quarters[0].label}'")


def _not_understood(read: "ReadPlan | None") -> Iterable[str]:
    said = read.not_understood if read else ()
    if said:
        yield f"Not understood in the document, so left out or to be compared with it ({len(said)}):"
    # A document comes from other people, and its words go to a terminal.
    yield from (f"  {re.sub(f'[{CONTROLS}]', '', ' '.join(each.split()))}" for each in said)
