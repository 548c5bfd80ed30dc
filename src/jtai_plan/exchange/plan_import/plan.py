"""A plan from the tables it is kept in: a Word document or an Excel workbook becomes themes, actions and leads.

Nothing is guessed in silence: each row that is not understood gets a note.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from jtai_plan.errors import JtaiError
from jtai_plan.exchange.plan_import.columns import Chosen
from jtai_plan.exchange.plan_import.document import FoundDocument
from jtai_plan.exchange.plan_import.leads import Leads
from jtai_plan.exchange.plan_import.parts import ReadPlan
from jtai_plan.exchange.plan_import.rows import Entry, Item, Keyed, Taken, items
from jtai_plan.exchange.plan_import.themes import Themes
from jtai_plan.exchange.untrusted import Refused
from jtai_plan.rules.wording import listed

_REFERENCE = re.compile(r"(\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=[.)])|[A-Z]{1,3}\d{1,3}(?:\.\d{1,3})*[a-z]?)[.):]?\s+(?=\S)")
"""What the words of an action begin with if its reference has no column of its own."""
_OF_A_ROW = re.compile(r"(table \d+|sheet '.*?'), row (\d+): (.*)", re.DOTALL)
NO_AGENCIES: Mapping[str, Sequence[str]] = MappingProxyType({})
NO_COLUMNS: Chosen = MappingProxyType({})
NO_POSTS: Mapping[str, str] = MappingProxyType({})


class PlanNotRead(JtaiError):
    """No plan can be read from a file."""

    status = 1

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"{file}: {why} Nothing was read from it.")


def read_plan(
    file: Path,
    agencies: Mapping[str, Sequence[str]] = NO_AGENCIES,
    chosen: Chosen = NO_COLUMNS,
    posts: Mapping[str, str] = NO_POSTS,
) -> ReadPlan:
    """The plan in the tables of *file*, a .docx or .xlsx. Raises PlanNotRead.

    *agencies* are those that the user named: the spellings of each by its id, the name first. *chosen* are the columns
    that the user named, and *posts* the agencies of posts and people. Where no column names a lead, the first of the
    agencies leads every action.
    """
    try:
        document = _document(file)
        read = tuple(items(document, chosen))
        notes: list[str] = []
        entries = [item for item in read if isinstance(item, Entry)]
        if not any(each.ref for each in entries):
            read = _with_references_of_words(read)
        if entries and not any(each.lead for each in entries):
            read = _led_by_the_first(read, agencies, notes)
        leads = Leads(agencies, posts, (item.lead for item in read if isinstance(item, Entry)), notes)
        gathered = Themes(leads, notes, read)
        themes = gathered.of(read)
        if not themes:
            words = "there is no action with a lead below the names of the columns. Add one."
            raise Refused(" ".join([words, *notes[:3]]))
    except Refused as why:
        raise PlanNotRead(file, str(why)) from None
    columns = tuple(item.words for item in read if isinstance(item, Taken))
    notes += [*leads.alike(), *leads.unknown_posts()]
    if leads.unplaced:
        who = "', '".join(leads.unplaced)
        notes.append(f"Name the agency of these posts and people, each with --post 'POST=AGENCY': '{who}'.")
    areas = tuple(gathered.areas.values())
    parts: dict[str, str] = {}
    for item in read:
        parts = {**item.parts, **parts} if isinstance(item, Taken) else parts
    unplaced = tuple(leads.unplaced)
    pairs = [item for item in read if isinstance(item, Keyed)]
    key = {one.casefold(): other for each in pairs for one, other in (each, each[::-1])}
    title = document.title or gathered.title
    return ReadPlan(title, themes, leads.agencies, _grouped(notes), columns, areas, unplaced, parts, key)


def _grouped(notes: Sequence[str]) -> tuple[str, ...]:
    """*notes*, of which those that say the same of several rows of a table are one."""
    rows: dict[tuple[str, str], list[str]] = {}
    for each in notes:
        table, row, words = found.groups() if (found := _OF_A_ROW.fullmatch(each)) else ("", "", each)
        rows.setdefault((table, words), []).append(row)
    return tuple(
        words if not table else f"{table}, {'row' if len(several) == 1 else 'rows'} {listed(several)}: {words}"
        for (table, words), several in rows.items()
    )


def _with_references_of_words(read: Sequence[Item]) -> tuple[Item, ...]:
    """*read*, with the reference that the words of each action begin with, if all do: "1.1.1 Choose a tool"."""
    found = {
        at: _REFERENCE.match(item.action) for at, item in enumerate(read) if isinstance(item, Entry) and item.action
    }
    if not all(found.values()) or len({each[1] for each in found.values() if each}) < len(found):
        return tuple(read)
    return tuple(
        item._replace(ref=each[1], action=item.action[each.end() :])
        if isinstance(item, Entry) and (each := found.get(at))
        else item
        for at, item in enumerate(read)
    )


def _led_by_the_first(
    read: Sequence[Item], agencies: Mapping[str, Sequence[str]], notes: list[str]
) -> tuple[Item, ...]:
    """*read*, of which no row names a lead, with the first of *agencies* as the lead of each. Raises Refused."""
    name = next((spellings[0] for spellings in agencies.values()), None)
    if name is None:
        raise Refused("no column says who leads an action. Name the agency that leads them all: --agency NAME.")
    notes.append(f"the file: no column says who leads an action, so '{name}' leads each. Correct it in plan/plan.yaml.")
    return tuple(item._replace(lead=name) if isinstance(item, Entry) and item.action else item for item in read)


def _document(file: Path) -> FoundDocument:
    match file.suffix.lower():
        case ".docx":
            from jtai_plan.exchange.plan_import.word import read_word_document

            return read_word_document(file)
        case ".xlsx":
            from jtai_plan.exchange.plan_import.excel import read_workbook

            return read_workbook(file)
        case ".doc" | ".docm" | ".dotx" | ".rtf" | ".odt":
            raise Refused("Word files must be .docx. Save it in Word as .docx.")
        case ".xls" | ".xlsm" | ".xlsb" | ".ods" | ".csv":
            raise Refused("Excel files must be .xlsx. Save it in Excel as .xlsx.")
        case _:
            raise Refused("a plan is read from a table in a .docx or .xlsx file. Save it as one of them.")
