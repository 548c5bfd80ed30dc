"""What is said of a new partnership: by the options of `jtai init`, else by answers on a terminal."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jtai_plan.commands.asking import Stop, ask
from jtai_plan.commands.members import agencies, boards, dimensions, line_of
from jtai_plan.errors import NothingWritten
from jtai_plan.exchange.plan_import import plan as plan_import
from jtai_plan.exchange.plan_import.columns import KINDS, NONE
from jtai_plan.exchange.plan_import.parts import ReadPlan
from jtai_plan.exchange.plan_import.progress import of_progress
from jtai_plan.model.text import one_line
from jtai_plan.output.terminal import line, show
from jtai_plan.rules.new_plan import LENGTHS, SCALES, periods, this_period
from jtai_plan.rules.wording import listed

PERIODS = "4"
"""How many periods a plan has unless the user says so."""
MOST_PERIODS = 120
QUARTER = "quarter"
BRAG = "brag"
AGENCIES = "The agencies, one on a line. Add =@account to say who reviews its returns."
BOARDS = "The boards that receive the report, one on a line."
RATED = (
    "What is rated for every action, one on a line, such as Progress.\n"
    "Enter at once takes process/activity, impact and performance."
)
POSTS = "These lead in the file, and it does not say for which agency. Type - where you do not know it yet."
THE_SCALES = "The rating scale:\n" + "\n".join(f"{name}: {each.words}." for name, each in SCALES.items())


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

    @property
    def number_of_periods(self) -> int:
        """How many periods the plan has. Raises CannotDo."""
        return _count(self.how_many or PERIODS)

    @property
    def the_scale(self) -> str:
        """The name of the scale. Raises CannotDo."""
        return _scale(self.scale or BRAG)

    def missing(self, read: ReadPlan | None) -> list[str]:
        """The options that a plan needs, and that neither the call nor the file that was *read* answers."""
        there = {
            "--title": self.title or (read and read.title),
            "--agency": self.agencies or (read and read.agencies),
            "--first-period": self.first_period,
        }
        return [option for option, answer in there.items() if not answer]

    def read(self) -> ReadPlan | None:
        """What the file says; None without one. Raises CannotDo, or PlanNotRead."""
        if self.source is None:
            return None
        known = {each.id: (each.name, *each.other_names) for each in agencies(self.agencies)}
        return plan_import.read_plan(self.source, known, _columns(self.columns), dict(map(_post, self.posts)))


def _columns(chosen: Iterable[str]) -> dict[str, str]:
    """The columns that were *chosen*, each as PART=NAME or PART=NUMBER, by their parts."""
    found: dict[str, str] = {}
    for words in chosen:
        part, _, name = (each.strip() for each in words.partition("="))
        if part not in KINDS or not name:
            raise NothingWritten(
                f"--column '{words}' is not PART=NAME. The part is {listed(KINDS, 'or')}; the name is that "
                f"of a column, its number from the left, or {NONE}."
            )
        found[part] = name
    return found


def _post(words: str) -> tuple[str, str]:
    """The post or person, and the agency, of POST=AGENCY. Raises CannotDo."""
    post, _, agency = (each.strip() for each in words.rpartition("="))
    if not post or not agency:
        raise NothingWritten(f"--post '{words}' is not POST=AGENCY, such as 'Head of Safety=The council'.")
    return post, line_of("the name of an agency", agency)


def by_questions(asked: Asked, read: ReadPlan | None, today: date) -> Asked:
    """*asked*, with an answer to every open question. Raises CannotDo if the user stops half-way."""
    print("Set up a new partnership's plan. Press Enter to take the answer in [brackets].")
    print("Type q to stop. Nothing is written before the last answer.")
    title, name = partial(line_of, "the title"), partial(line_of, "the name")
    try:
        if asked.source is None:
            asked = asked._replace(source=_ask_for_file(asked))
            read = asked.read()
        if read:
            asked = asked._replace(columns=_ask_for_columns(asked, read))
            read = asked.read()
        every = asked.every or _one(f"How often agencies report: {listed(LENGTHS, 'or')}", _every, QUARTER)
        asked = Asked(
            title=asked.title or _one("Title of the plan", title, (read and read.title) or ""),
            partnership=asked.partnership or _one("Name of the partnership", name, optional=True) or None,
            collator=asked.collator or _one("Who collates the returns", name, optional=True) or None,
            agencies=asked.agencies or _several("Agency", AGENCIES, agencies, 0 if read and read.agencies else 1),
            boards=asked.boards or _several("Board", BOARDS, boards),
            every=every,
            first_period=asked.first_period
            or _one(f"First {every}", lambda typed: periods(every, typed, 1), this_period(every, today)),
            how_many=asked.how_many or _one("How many of them", _count, PERIODS),
            scale=asked.scale or _one(f"{THE_SCALES}\nScale", _scale, BRAG),
            dimensions=asked.dimensions or _several("Dimension", RATED, dimensions),
            source=asked.source,
            columns=asked.columns,
            posts=(*asked.posts, *_ask_for_agencies(read)),
            installed_from=asked.installed_from,
            as_period=asked.as_period,
        )
        return asked._replace(as_period=asked.as_period or _ask_for_period(asked, read))
    except Stop:
        raise NothingWritten("stopped.") from None


def _ask_for_file(asked: Asked) -> Path | None:
    """The file that the actions are read from; None if there is none."""

    def answer(typed: str) -> Path | None:
        # A file that is dragged into a terminal comes in quotes.
        file = Path(typed.strip("'\"")) if typed else None
        asked._replace(source=file).read()
        return file

    return ask("Word or Excel file to read the actions from (optional): ", answer)


def _ask_for_period(asked: Asked, read: ReadPlan | None) -> str | None:
    """The period of which the file's columns of progress become the returns; None to keep them in the plan."""
    columns = of_progress(read) if read else ()
    if not columns:
        return None
    known = {each.id for each in periods(asked.every or QUARTER, asked.first_period or "", asked.number_of_periods)}

    def check(typed: str) -> None:
        if periods(asked.every or QUARTER, typed, 1)[0].id not in known:
            raise NothingWritten(f"'{typed}' is no period of the plan.")

    names = listed(f"'{each}'" for each in columns)
    return _one(f"Which period's returns are {names} (Enter to keep them in the plan)", check, optional=True) or None


def _ask_for_columns(asked: Asked, read: ReadPlan) -> tuple[str, ...]:
    """Which column plays which part, each as PART=NAME: as the file was *read*, or as the user says, one by one."""
    print("The columns were read so:")
    show(line(one_line(each), indent=2) for each in read.columns)
    if _one("Is that right, yes or no?", _yes_or_no, "yes").casefold().startswith("y"):
        return asked.columns
    print(f"Name the column of each part, or give its number from the left. If there is none, type {NONE}.")
    columns: tuple[str, ...] = ()
    for part in KINDS:

        def check(typed: str, part: str = part, before: tuple[str, ...] = columns) -> None:
            asked._replace(columns=(*before, f"{part}={typed}")).read()

        columns = (*columns, f"{part}={_one(f'Column of the {part}', check, read.parts.get(part, NONE))}")
    return columns


def _every(typed: str) -> None:
    if typed not in LENGTHS:
        raise NothingWritten(f"'{typed}' is none of these. Type {listed(LENGTHS, 'or')}.")


def _yes_or_no(typed: str) -> None:
    if typed.casefold() not in ("y", "yes", "n", "no"):
        raise NothingWritten(f"answer yes or no, not '{typed}'.")


def _ask_for_agencies(read: ReadPlan | None) -> Iterator[str]:
    """The agency of each post and person that was *read* without one, as POST=AGENCY; Enter takes the one before."""
    last = ""
    for number, post in enumerate(read.unplaced if read else ()):
        if not number:
            print(POSTS)
        said = _one(f"Which agency is '{one_line(post)}' of", partial(line_of, "the name of an agency"), last)
        if said != "-":
            last = said
            yield f"{post}={said}"


def _one(question: str, check: Callable[[str], object], default: str = "", *, optional: bool = False) -> str:
    """What is typed, once *check* takes it. Enter takes the *default*."""
    question += " (optional)" if optional and "Enter" not in question else ""

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
