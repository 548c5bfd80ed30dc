"""`jtai init`: a new partnership's repository."""

import re
import shlex
import sys
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jtai_plan.commands.init_answers import QUARTER, Asked, by_questions
from jtai_plan.commands.members import agencies, boards, checked_id, dimensions, line_of
from jtai_plan.commands.requirement import requirement
from jtai_plan.errors import FilesAreWrong, NothingWritten
from jtai_plan.exchange.plan_import.parts import ReadPlan
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
from jtai_plan.rules.new_plan import SCALES, periods
from jtai_plan.rules.wording import counted, listed

_MAY_BE_THERE = (".gitignore", "README.md")


def init(folder: Path, asked: Asked, today: date, *, dry_run: bool = False) -> int:
    """Make a new partnership's repository in *folder*: everything, or nothing. No existing file changes.

    A README.md and a .gitignore, with which a forge begins a repository, may be there already. A *dry_run* writes
    nothing, and prints the actions that were read from the file.
    """
    if dry_run:
        return _show(asked)
    sources = _packaged()
    kept = [each for each in _MAY_BE_THERE if (folder / each).is_file() and not (folder / each).is_symlink()]
    read = asked.read()
    if asked.source is None and (asked.columns or asked.posts) and not sys.stdin.isatty():
        raise NothingWritten("--column and --post are about a file. Name it: --from FILE.")
    missing = asked.missing(read)
    if missing or (read and read.unplaced and sys.stdin.isatty()):
        if not sys.stdin.isatty():
            raise NothingWritten(f"give {listed(missing)}, or run jtai init in a terminal and answer its questions.")
        # Nobody should answer all the questions only to be refused.
        refuse_what_is_there(folder, [path for path in fixed_paths(sources) if path not in kept])
        asked = by_questions(asked, read, today)
        read = asked.read()
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
    _tell(folder, plan, len(new), repository, installs, returns)
    if read:
        _tell_notes(asked, read)
    return 0


def _brought_over(asked: Asked, read: ReadPlan | None) -> tuple[ReadPlan | None, dict[str, str]]:
    """What was *read* without its columns of progress, and the texts of the returns that they become, by their paths.

    Of several dimensions the first is the one that such columns speak of.
    """
    if asked.as_period is None:
        return read, {}
    if read is None or asked.source is None:
        raise NothingWritten("--as brings over what a file says of progress. Name it: --from FILE.")
    every, first, count = asked.every or QUARTER, asked.first_period or "", asked.number_of_periods
    known = {each.id: each.label for each in periods(every, first, count)}
    (wanted,) = periods(every, asked.as_period, 1)
    if wanted.id not in known:
        raise NothingWritten(f"--as {wanted.label} is no period of the plan. There is {listed(known.values())}.")
    scale = SCALES[asked.the_scale].ratings
    ratings = {each.id: spellings(each.id, each.label, each.letter, complete=each.complete) for each in scale}
    read, said = brought_over(read, ratings, asked.source.name, wanted.label)
    dimension = dimensions(asked.dimensions)[0].id
    order = [action.id for theme in read.themes for action in theme.actions]
    return read, {
        return_path(agency, wanted.id): block(as_values(wanted.id, dimension, cells, order)) + "\n"
        for agency, cells in said.items()
    }


def _show(asked: Asked) -> int:
    """Print what is read from the file, as a table of actions. Nothing is written."""
    read = asked.read()
    if read is None:
        raise NothingWritten("--dry-run shows what is read from a file. Name it: --from FILE.")
    actions = [action for theme in read.themes for action in theme.actions]
    said = {
        "": [each.id for each in actions],
        "Ref": [each.ref for each in actions],
        "Lead": [listed(lead.agency for lead in each.leads) for each in actions],
        "Due": [f"{each.due or ''}" for each in actions],
        "Action": [one_line(each.action) for each in actions],
    }
    columns = {name: words for name, words in said.items() if any(words)}
    show_table(Table(tuple(columns), tuple(tuple(map(line, row)) for row in zip(*columns.values(), strict=True))))
    print(f"{counted(len(actions), 'action')} under {counted(len(read.themes), 'theme')}. Nothing was written.")
    _tell_notes(asked, read)
    return 0


def _notes(asked: Asked, read: ReadPlan) -> Iterator[str]:
    if read.title and asked.title and " ".join(asked.title.split()) != read.title:
        yield f"the document: its title, '{read.title}', was not taken: you gave another."
    yield from read.not_understood


def _tell_notes(asked: Asked, read: ReadPlan) -> None:
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


def _new_plan(asked: Asked, read: ReadPlan | None) -> NewPlan:
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
        periods=periods(asked.every or QUARTER, asked.first_period or "", asked.number_of_periods),
        dimensions=dimensions(asked.dimensions),
        scale=asked.the_scale,
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


def _tell(folder: Path, plan: NewPlan, files: int, repository: str, installs: str, returned: Collection[str]) -> None:
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
    # What was brought over is reported first.
    first = next((each for each in plan.periods if any(path.endswith(f"/{each.id}.yaml") for path in returned)), None)
    print(f"  jtai report -q '{first.label}'" if first else f"  jtai open '{plan.periods[0].label}'")
