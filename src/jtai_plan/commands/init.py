"""`jtai init`: a new partnership's repository, by options or by questions on a terminal."""

import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from jtai_plan.commands.asking import Stop, ask
from jtai_plan.commands.members import agencies, boards, checked_id, dimensions, line_of
from jtai_plan.commands.requirement import requirement
from jtai_plan.errors import FilesAreWrong, NothingWritten
from jtai_plan.exchange.plan_import import plan as plan_import
from jtai_plan.exchange.plan_import.progress import as_values, brought_over, spellings
from jtai_plan.files.atomic_write import found, refuse_what_is_there
from jtai_plan.files.load import load_contents
from jtai_plan.files.yaml_text import block, inline
from jtai_plan.history.git import GitFailed, NoHistory
from jtai_plan.history.repository import new_repository, top_of
from jtai_plan.model.partnership import return_path
from jtai_plan.model.text import CONTROLS, one_line
from jtai_plan.output.new_repository import Member, NewPlan, fixed_paths, texts
from jtai_plan.output.report.templates import packaged
from jtai_plan.output.terminal import Table, line, note, show_table
from jtai_plan.rules.new_plan import SCALES, periods, this_period
from jtai_plan.rules.wording import counted, listed

PERIODS = "4"
"""How many periods a plan has unless the user says so."""
MOST_PERIODS = 120
QUARTER = "quarter"
BRAG = "brag"
AGENCIES = "The agencies, one on a line. Add =@account to say who reviews its returns."
BOARDS = "The boards that receive the report, one on a line."
THE_SCALES = "The rating scale:\n" + "\n".join(f"{name}: {each.words}." for name, each in SCALES.items())
_MAY_BE_THERE = (".gitignore", "README.md")


class Asked(NamedTuple):
    """What the call says of the partnership, word for word."""

    title: str | None = None
    partnership: str | None = None
    collator: str | None = None
    agencies: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    every: str | None = None
    """How long a period is: month, quarter, term or half-year."""
    first_period: str | None = None
    how_many: str | None = None
    dimensions: tuple[str, ...] = ()
    """What is rated for every action; DIMENSIONS if nobody says so."""
    scale: str | None = None
    source: Path | None = None
    """A file from which the themes and actions are read."""
    columns: tuple[str, ...] = ()
    """Which column of the file plays which part, each as PART=NAME."""
    posts: tuple[str, ...] = ()
    """The agencies of posts and people in the file, each as POST=AGENCY."""
    installed_from: str | None = None
    """Where the checks install jtai from: a version, an address or a wheel."""
    as_period: str | None = None
    """The period whose returns the file's columns of progress become."""


def init(folder: Path, asked: Asked, today: date, *, dry_run: bool = False) -> int:
    """Make a new partnership's repository in *folder*: everything, or nothing. No existing file changes.

    A README.md and a .gitignore, with which a forge begins a repository, may be there already. A *dry_run* writes
    nothing, and prints the actions that were read from the file.
    """
    if dry_run:
        return _show(asked)
    sources = _packaged()
    kept = [each for each in _MAY_BE_THERE if (folder / each).is_file() and not (folder / each).is_symlink()]
    read = _read(asked)
    if missing := _missing(asked, read):
        if not sys.stdin.isatty():
            raise NothingWritten(f"give {listed(missing)}, or run jtai init in a terminal and answer its questions.")
        # Nobody should answer all the questions only to be refused.
        refuse_what_is_there(folder, [path for path in fixed_paths(sources) if path not in kept])
        asked = _by_questions(asked, read, today)
        read = _read(asked)
    read, returns = _brought_over(asked, read)
    plan = _new_plan(asked, read)
    installs = requirement(asked.installed_from)
    made = texts(plan, sources, installs, {"yaml": inline, "block": block}) | returns
    loaded = load_contents(folder, {path: text.encode() for path, text in made.items()})
    if loaded.faults:
        faults = (fault.sentence for fault in loaded.faults)
        raise FilesAreWrong(faults, "The new plan would have these faults. Nothing was written.")
    new = found(folder, {path: text for path, text in made.items() if path not in kept})
    repository = _with_git(folder)
    for path in made:
        print(f"{path}: {'new' if path in new else 'kept as it was'}")
    _tell(folder, plan, len(new), repository, installs)
    if read:
        _tell_notes(asked, read)
    return 0


def _brought_over(
    asked: Asked, read: plan_import.ReadPlan | None
) -> tuple[plan_import.ReadPlan | None, dict[str, str]]:
    """What was *read* without its columns of progress, and the texts of the returns that they become, by their paths.

    Of several dimensions the first is the one that such columns speak of.
    """
    if asked.as_period is None:
        return read, {}
    if read is None or asked.source is None:
        raise NothingWritten("--as brings over what a file says of progress. Name it: --from FILE.")
    every, first, count = asked.every or QUARTER, asked.first_period or "", _count(asked.how_many or PERIODS)
    known = {each.id: each.label for each in periods(every, first, count)}
    (wanted,) = periods(every, asked.as_period, 1)
    if wanted.id not in known:
        raise NothingWritten(f"--as {wanted.label} is no period of the plan. There is {listed(known.values())}.")
    scale = SCALES[_scale(asked.scale or BRAG)].ratings
    ratings = {each.id: spellings(each.id, each.label, each.letter, complete=each.complete) for each in scale}
    read, said = brought_over(read, ratings, asked.source.name)
    dimension = dimensions(asked.dimensions)[0].id
    order = [action.id for theme in read.themes for action in theme.actions]
    return read, {
        return_path(agency, wanted.id): block(as_values(wanted.id, dimension, cells, order)) + "\n"
        for agency, cells in said.items()
    }


def _show(asked: Asked) -> int:
    """Print what is read from the file, as a table of actions. Nothing is written."""
    read = _read(asked)
    if read is None:
        raise NothingWritten("--dry-run shows what is read from a file. Name it: --from FILE.")
    rows = [
        tuple(line(one_line(words)) for words in (each.id, each.ref, leads, f"{each.due or ''}", each.action))
        for theme in read.themes
        for each in theme.actions
        for leads in (listed(lead.agency for lead in each.leads),)
    ]
    show_table(Table(("", "Ref", "Lead", "Due", "Action"), tuple(rows)))
    print(f"{counted(len(rows), 'action')} under {counted(len(read.themes), 'theme')}. Nothing was written.")
    _tell_notes(asked, read)
    return 0


def _notes(asked: Asked, read: plan_import.ReadPlan) -> Iterator[str]:
    if read.title and asked.title and " ".join(asked.title.split()) != read.title:
        yield f"the document: its title, '{read.title}', was not taken: you gave another."
    yield from read.not_understood


def _tell_notes(asked: Asked, read: plan_import.ReadPlan) -> None:
    """Say how the file was read, and what of it was not understood."""
    # A document comes from other people, and its words go to a terminal.
    for title, sentences in (
        ("The columns were read so (--column PART=NAME sets one):", read.columns),
        ("Compare these with the file: they were not read, or not as they stand there.", _notes(asked, read)),
    ):
        for number, each in enumerate(sentences):
            if not number:
                note(title)
            note(f"  {re.sub(f'[{CONTROLS}]', '', ' '.join(each.split()))}")


def _missing(asked: Asked, read: plan_import.ReadPlan | None) -> list[str]:
    """The options that a plan needs, and that neither the call nor the document answers."""
    there = {
        "--title": asked.title or (read and read.title),
        "--agency": asked.agencies or (read and read.agencies),
        "--first-period": asked.first_period,
    }
    return [option for option, answer in there.items() if not answer]


def _columns(chosen: Iterable[str]) -> dict[str, str]:
    """The columns that were *chosen*, each as PART=NAME or PART=NUMBER, by their parts."""
    found: dict[str, str] = {}
    for words in chosen:
        part, _, name = (each.strip() for each in words.partition("="))
        if part not in plan_import.KINDS or not name:
            raise NothingWritten(
                f"--column '{words}' is not PART=NAME. The part is {listed(plan_import.KINDS, 'or')}; the name is that "
                "of a column, or its number from the left."
            )
        found[part] = name
    return found


def _post(words: str) -> tuple[str, str]:
    """The post or person, and the agency, of POST=AGENCY. Raises CannotDo."""
    post, _, agency = (each.strip() for each in words.rpartition("="))
    if not post or not agency:
        raise NothingWritten(f"--post '{words}' is not POST=AGENCY, such as 'Head of Safety=The council'.")
    return post, line_of("the name of an agency", agency)


def _read(asked: Asked) -> plan_import.ReadPlan | None:
    if asked.source is None:
        return None
    known = {each.id: (each.name, *each.other_names) for each in agencies(asked.agencies)}
    return plan_import.read_plan(asked.source, known, _columns(asked.columns), dict(map(_post, asked.posts)))


def _by_questions(asked: Asked, read: plan_import.ReadPlan | None, today: date) -> Asked:
    """*asked*, with an answer to every open question. Raises CannotDo if the user stops half-way."""
    print("Set up a new partnership's plan. Press Enter to take the answer in [brackets].")
    print("Type q to stop. Nothing is written before the last answer.")
    title, name = partial(line_of, "the title"), partial(line_of, "the name")
    every = asked.every or QUARTER
    try:
        return Asked(
            title=asked.title or _one("Title of the plan", title, (read and read.title) or ""),
            partnership=asked.partnership or _one("Name of the partnership", name, optional=True) or None,
            collator=asked.collator or _one("Who collates the returns", name, optional=True) or None,
            agencies=asked.agencies or _several("Agency", AGENCIES, agencies, 0 if read and read.agencies else 1),
            boards=asked.boards or _several("Board", BOARDS, boards),
            every=every,
            first_period=asked.first_period
            or _one(f"First {every}", lambda typed: periods(every, typed, 1), this_period(every, today)),
            how_many=asked.how_many or _one("How many of them", _count, PERIODS),
            dimensions=asked.dimensions,
            scale=asked.scale or _one(f"{THE_SCALES}\nScale", _scale, BRAG),
            source=asked.source,
            columns=asked.columns,
            posts=(*asked.posts, *_ask_for_agencies(read)),
            installed_from=asked.installed_from,
            as_period=asked.as_period,
        )
    except Stop:
        raise NothingWritten("stopped.") from None


def _ask_for_agencies(read: plan_import.ReadPlan | None) -> Iterator[str]:
    """The agency of each post and person that was *read* without one, as POST=AGENCY; Enter takes the one before."""
    last = ""
    for post in read.unplaced if read else ():
        last = _one(f"Which agency is '{one_line(post)}' of", partial(line_of, "the name of an agency"), last)
        yield f"{post}={last}"


def _one(question: str, check: Callable[[str], object], default: str = "", *, optional: bool = False) -> str:
    """What is typed, once *check* takes it. Enter takes the *default*."""
    question += " (optional)" if optional else ""

    def answer(typed: str) -> str:
        if typed or not optional:
            check(typed or default)
        return typed or default

    return ask(f"{question} [{default}]: " if default else f"{question}: ", answer)


def _several(what: str, explained: str, check: Callable[[list[str]], object], at_least: int = 0) -> tuple[str, ...]:
    """The lines that are typed up to an empty one; each is asked for again until *check* takes it beside the others."""
    print(explained)
    named: list[str] = []

    def line(typed: str) -> str:
        if typed or len(named) < at_least:
            check([*named, typed])
        return typed

    while typed := ask(f"{what} {len(named) + 1}{' (Enter when done)' if len(named) >= at_least else ''}: ", line):
        named.append(typed)
    return tuple(named)


def _count(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed[:9]) <= MOST_PERIODS:
        raise NothingWritten(f"give a number of periods from 1 to {MOST_PERIODS}, not '{typed}'.")
    return int(typed)


def _scale(typed: str) -> str:
    if typed.lower() not in SCALES:
        raise NothingWritten(f"'{typed}' is not a scale. Choose {listed(SCALES, 'or')}.")
    return typed.lower()


def _new_plan(asked: Asked, read: plan_import.ReadPlan | None) -> NewPlan:
    led = agencies(asked.agencies)
    named = {each.id for each in led}
    in_document = [
        Member(checked_id("agency", name, each), line_of("the name of an agency", name))
        for each, name in (read.agencies.items() if read else ())
        if each not in named
    ]
    return NewPlan(
        title=line_of("the title", asked.title or (read and read.title) or ""),
        agencies=(*led, *in_document),
        periods=periods(asked.every or QUARTER, asked.first_period or "", _count(asked.how_many or PERIODS)),
        dimensions=dimensions(asked.dimensions),
        scale=_scale(asked.scale or BRAG),
        partnership=line_of("the partnership", asked.partnership) if asked.partnership is not None else None,
        collator=line_of("the collator", asked.collator) if asked.collator is not None else None,
        boards=boards(asked.boards),
        areas=_values(read.areas) if read else (),
        themes=_values(read.themes) if read else (),
    )


def _values(read: Any) -> Any:
    """What was read, as plan.yaml holds it: the fields have the same names, and empty ones are left out."""
    if isinstance(read, tuple) and hasattr(read, "_asdict"):
        return {name: _values(value) for name, value in read._asdict().items() if value}
    return [_values(each) for each in read] if isinstance(read, tuple) else read


def _packaged() -> dict[str, str]:
    """What a new repository is made from: templates and texts that come with jtai, by their paths."""
    repository = packaged() / "repository"
    files = {file.relative_to(repository).as_posix(): file for file in repository.rglob("*") if file.is_file()}
    schemas = packaged().parent / "schemas"
    files |= {f"schemas/{file.name}": file for file in schemas.glob("*.schema.json")}
    return {path: files[path].read_text(encoding="utf-8") for path in sorted(files)}


def _with_git(folder: Path) -> str:
    """Begin a repository in *folder* if it is in none. Returns a sentence about it."""
    top = top_of(folder)
    if top == folder.resolve():
        return "This is already a git repository. Nothing was committed."
    if top is not None:
        return (
            f"This folder is inside the repository {top}. GitHub and GitLab read .github and .gitlab-ci.yml only at "
            "the top of a repository: move them there."
        )
    try:
        new_repository(folder)
    except NoHistory as error:
        return f"jtai could not begin a git repository: {error}"
    except GitFailed as error:
        return f"jtai could not begin a git repository ({error.said}). Begin one: git init."
    return "jtai began a git repository, on the branch main. Nothing was committed."


def _tell(folder: Path, plan: NewPlan, files: int, repository: str, installs: str) -> None:
    print(f"{counted(files, 'file')} in {folder}, for {counted(len(plan.agencies), 'agency', 'agencies')}:")
    # An id stays for good, so it should be seen before anything is built on it.
    for agency in plan.agencies:
        print(f"  plan/agencies/{agency.id}  {agency.name}")
    print(f"{repository}\n\nNext:")
    if folder.resolve() != Path.cwd():
        print(f"  cd {shlex.quote(str(folder))}")
    changes = "compare it with the agreed document" if plan.themes else "replace the placeholder action"
    print(f"  edit plan/plan.yaml: {changes}, and agree the scale and the expected ratings")
    print(f"  look at requirements.txt: the checks install '{installs}'. Name another place with --jtai")
    print("  jtai check")
    print(f"  jtai open '{plan.periods[0].label}'")
