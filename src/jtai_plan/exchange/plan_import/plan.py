"""A plan from the tables it is kept in: a Word document or an Excel workbook becomes themes, actions and leads.

Nothing is guessed in silence: each row that is not understood gets a note.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from jtai_plan.errors import JtaiError
from jtai_plan.exchange.plan_import.columns import KINDS, NONE, Chosen
from jtai_plan.exchange.plan_import.dates import last_day_of
from jtai_plan.exchange.plan_import.document import MOST_TITLE, FoundDocument
from jtai_plan.exchange.plan_import.leads import Leads, ReadLead, agency_id
from jtai_plan.exchange.plan_import.rows import Band, Entry, Item, Keyed, Taken, Titled, items
from jtai_plan.exchange.untrusted import Refused
from jtai_plan.model.text import one_line
from jtai_plan.rules.wording import day, listed

__all__ = ["KINDS", "NONE", "PlanNotRead", "ReadAction", "ReadLead", "ReadPlan", "ReadTheme", "agency_id", "read_plan"]

_AREA = re.compile(
    r"(recommendation|area (?:for|of) [a-z ]+|finding|ref(?:erence)? no\.?)\s*([A-Z]?\d{1,3}[a-z]?)\b[:.\s]*(.*)",
    re.IGNORECASE,
)
"""How the words of an area for improvement begin if they give its reference."""
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?")
_ID = re.compile(r"[A-Za-z]{1,4}[-._]?\d[A-Za-z0-9._-]{0,10}")
"""References that may be the ids of their actions."""
_REFERENCE = re.compile(r"(\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=[.)])|[A-Z]{1,3}\d{1,3}(?:\.\d{1,3})*[a-z]?)[.):]?\s+(?=\S)")
"""What the words of an action begin with if its reference has no column of its own."""
_MARK = re.compile(r"\(?(?:[a-z]|[ivx]+|\d+(?:\.\d+)+)[.)]?(?=\s)|[A-Z][a-z]+(?=\s+\d)")
"""How the title of a theme begins that is one of several below a higher title: "a)", "1.2" or "Objective 2"."""
_OF_A_ROW = re.compile(r"(table \d+|sheet '[^']*'), row (\d+): (.*)", re.DOTALL)
NO_AGENCIES: Mapping[str, Sequence[str]] = MappingProxyType({})
NO_COLUMNS: Chosen = MappingProxyType({})
NO_POSTS: Mapping[str, str] = MappingProxyType({})


class PlanNotRead(JtaiError):
    """No plan can be read from a file."""

    status = 1

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"{file}: {why} Nothing was read from it.")


class ReadArea(NamedTuple):
    """What inspectors or reviewers said should be better: a recommendation, or an area for improvement."""

    id: str
    """Such as "R1": its reference in the file, or its place."""
    summary: str
    response: str = ""
    """Whether it is agreed, if the file says so."""


class ReadMilestone(NamedTuple):
    """A step on the way of an action."""

    by: date
    what: str


class ReadAction(NamedTuple):
    """One thing that the partnership agreed to do."""

    id: str
    """Such as "T1.1": the actions of a theme are counted in the document's order."""
    action: str
    leads: tuple[ReadLead, ...]
    outcome_measure: tuple[str, ...]
    ref: str = ""
    sponsor: str = ""
    also: Mapping[str, str] = MappingProxyType({})
    """What the other columns say, by their names."""
    due: date | None = None
    """The last day of what the file gives for it: a day, a month, a quarter or a term."""
    milestones: tuple[ReadMilestone, ...] = ()
    addresses: tuple[str, ...] = ()
    """The ids of the areas for improvement that it answers."""


class ReadTheme(NamedTuple):
    """A heading of the plan, and the actions under it."""

    id: str
    """Such as "T1": its number in the document, or its place if it has no number."""
    title: str
    actions: tuple[ReadAction, ...]


class ReadPlan(NamedTuple):
    """What a file says of a plan."""

    title: str | None
    """None if the document has no title."""
    themes: tuple[ReadTheme, ...]
    agencies: Mapping[str, str]
    """The names of the lead agencies by their ids, in the order in which they first appear."""
    not_understood: tuple[str, ...]
    """In the document's order, each a sentence with its place."""
    columns: tuple[str, ...] = ()
    """Which column plays which part, for each different row of names, as a sentence."""
    areas: tuple[ReadArea, ...] = ()
    unplaced: tuple[str, ...] = ()
    """The posts and people whose agency neither the file nor the user names."""
    parts: Mapping[str, str] = MappingProxyType({})
    """The names of the columns that were taken, by the parts that they play."""
    key: Mapping[str, str] = MappingProxyType({})
    """What stands beside what in its other tables, by the words in small letters: "not yet delivered" is "Red"."""


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
        gathered = _Themes(leads, notes, read)
        themes = gathered.of(read)
        if not themes:
            words = "there is no action with a lead below the names of the columns. Add one."
            raise Refused(" ".join([words, *notes[:3]]))
    except Refused as why:
        raise PlanNotRead(file, str(why)) from None
    columns = tuple(item.words for item in read if isinstance(item, Taken))
    notes += leads.alike()
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


def _references_as_ids(read: Sequence[Item]) -> frozenset[str]:
    """The references of the actions, if each that has one can have it as its id: "E1.1", but not "4.54" or "T1"."""
    refs = [item.ref for item in read if isinstance(item, Entry) and item.action and item.ref and not item.goes_on]
    fit = all(_ID.fullmatch(each) and not re.fullmatch(r"T\d+", each) for each in refs)
    return frozenset(refs) if fit and len({each.casefold() for each in refs}) == len(refs) else frozenset()


class _Themes:
    """Gathers the themes of one document, and notes what is not understood."""

    def __init__(self, leads: Leads, notes: list[str], read: Sequence[Item]) -> None:
        self.leads, self.notes = leads, notes
        self.has_outcomes = any(isinstance(each, Entry) and each.outcome for each in read)
        self.titles: dict[str, str] = {}
        """Of the themes, by their ids."""
        self.actions: dict[str, list[ReadAction]] = {}
        """By the ids of their themes."""
        self.ids_of_titles: dict[str, str] = {}
        """The ids of the themes, by their titles in small letters."""
        self.title: str | None = None
        """Of the plan, if one stands above the names of its columns."""
        self.band: Band | None = None
        """The last title above."""
        self.heading: Band | None = None
        """The heading above the table, if the document has several: titles within the table stand below it."""
        self.has_headings = sum(isinstance(each, Band) and bool(each.title) and not each.is_row for each in read) > 1
        self.higher, self.mark = "", ""
        """The title above that one, and how the titles below it begin."""
        self.notes_above = 0
        """How many notes there were when it came."""
        self.theme: str | None = None
        """The place of its theme, from its first action on."""
        self.was_kept = False
        """Whether the last action was kept."""
        self.titled = {item.id for item in read if isinstance(item, Band)}
        """The ids of themes that the file names."""
        self.ids = _references_as_ids(read)
        """The references that become the ids of their actions."""
        self.area_ids: Counter[str] = Counter()
        """How often each id of an area was wanted."""
        self.areas: dict[str, ReadArea] = {}
        """By their words."""
        self.dated: dict[str, list[tuple[str, date]]] = {}
        """By the names of their columns, what was read as a due day, and as which."""

    def of(self, read: Sequence[Item]) -> tuple[ReadTheme, ...]:
        before: Band | None = None
        for item in read:
            if isinstance(item, str):
                self.notes.append(item)
            elif isinstance(item, Taken | Keyed):
                continue
            elif isinstance(item, Titled):
                self._title(item)
            elif isinstance(item, Band):
                self._begin(item, is_below_another=before is not None)
            elif item.goes_on:
                self._add_to_last(item)
            else:
                self._add(item)
            before = item if isinstance(item, Band) and item.is_row and item.title else None
        self._end_band()
        for name, several in self.dated.items():
            told = "; ".join(f"'{one_line(words)}' is {day(due)}" for words, due in dict.fromkeys(several))
            self.notes.append(f"'{name}' was read as the day by which an action is due: {told}.")
        return tuple(ReadTheme(each, title, tuple(self.actions[each])) for each, title in self.titles.items())

    def _begin(self, band: Band, *, is_below_another: bool) -> None:
        """Take *band* as the title above; it goes on from another that stands right above it."""
        joined = f"{self.band.title}: {band.title}" if self.band and is_below_another and band.is_row else ""
        if self.band and 0 < len(joined) <= MOST_TITLE and not band.id:
            self.higher, self.mark = self.band.title, _mark(band.title)
            self.band = self.band._replace(title=joined)
            return
        if not band.is_row:
            self.heading = band if band.title and self.has_headings else None
        elif self.heading and not band.id and len(joined := f"{self.heading.title}: {band.title}") <= MOST_TITLE:
            if self.band is self.heading and self.theme is None:
                self.band = None
            band = band._replace(title=joined)
        self._end_band()
        if not band.id and self.mark and _mark(band.title) == self.mark:
            band = band._replace(title=f"{self.higher}: {band.title}")
        elif band.title:
            self.higher, self.mark = "", ""
        self.band, self.theme, self.was_kept = (band if band.title else None), None, False
        self.notes_above = len(self.notes)

    def _title(self, item: Titled) -> None:
        if self.title is None:
            self.title = one_line(item.title)
        else:
            self.notes.append(
                f"{item.place}: '{one_line(item.title)}' is above the names of the columns and was not read."
            )

    def _end_band(self) -> None:
        if self.band and self.theme is None:
            words = f"{self.band.place}: '{self.band.title}' was left out: no action was read under it."
            self.notes.insert(self.notes_above, words)

    def _add(self, entry: Entry) -> None:
        self.was_kept = False
        if not entry.action:
            self._leave_out(entry, "it has no action")
        elif leads := self.leads.read(entry.place, entry.lead) or self._by_default(entry):
            self.theme = self._theme(entry.place)
            actions = self.actions[self.theme]
            action, ref = (entry.ref, "") if entry.ref in self.ids else (self._next(self.theme), entry.ref)
            outcome = tuple(entry.outcome.splitlines())
            also = dict(entry.also)
            milestones = tuple(_milestones(also, entry.due))
            due = milestones[-1].by if milestones else self._due(also, entry.due)
            addresses = tuple(self._addressed(entry, also))
            added = ReadAction(
                action, entry.action, leads, outcome, ref, entry.sponsor, also, due, milestones, addresses
            )
            actions.append(added)
            self.was_kept = True
            if not entry.outcome and self.has_outcomes:
                self.notes.append(f"{entry.place}: the action has no outcome.")
        else:
            self._leave_out(entry, "it has no lead, and every action needs one")

    def _next(self, theme: str) -> str:
        """The id of the next action of *theme*, unless the plan's own references are ids."""
        return next(each for n in count(len(self.actions[theme]) + 1) if (each := f"{theme}.{n}") not in self.ids)

    def _due(self, also: dict[str, str], name: str) -> date | None:
        """The day that the column *name* says, which is taken out of the other columns."""
        words = also.get(name, "")
        if due := last_day_of(words):
            self.dated.setdefault(name, []).append((words, due))
            del also[name]
        return due

    def _addressed(self, entry: Entry, also: dict[str, str]) -> Iterator[str]:
        """The area for improvement that *entry* answers; a recommendation that is agreed or not may be the action."""
        response = also.get(entry.response, "")
        titles = (each.title for each in (self.heading, self.band) if each and _AREA.fullmatch(each.title))
        above = entry.recommendation or next(titles, "")
        if words := above or (entry.action if response else ""):
            made = self._area(words, "" if above else entry.ref)
            if response and self.areas[words].response in ("", response):
                self.areas[words] = self.areas[words]._replace(response=one_line(response))
                del also[entry.response]
            yield made

    def _area(self, words: str, ref: str) -> str:
        """The id of the area for improvement that *words* say, which is new if nobody said it before."""
        if words not in self.areas:
            first, _, rest = words.partition("\n")
            found = _AREA.fullmatch(first)
            number = found[2] if found else ref if _NUMBER.fullmatch(ref) else str(len(self.areas) + 1)
            wanted = number if number[0].isalpha() else f"R{number}"
            self.area_ids[wanted] += 1
            made = wanted if self.area_ids[wanted] == 1 else f"{wanted}-{self.area_ids[wanted]}"
            summary = (f"{found[3]}\n{rest}" if found else words).strip() or words
            self.areas[words] = ReadArea(made, one_line(summary))
        return self.areas[words].id

    def _by_default(self, entry: Entry) -> tuple[ReadLead, ...]:
        """The first agency that the user named, or a placeholder, for an action without a lead."""
        name = next((spellings[0] for spellings in self.leads.named.values()), None)
        said = f"no lead is named ('{one_line(entry.lead)}')" if entry.lead else "no lead is named"
        if name is None:
            # A row with nothing else in it may be a remark.
            if not (entry.ref or entry.outcome or entry.also):
                return ()
            self.notes.append(f"{entry.place}: {said}, so a placeholder leads it. Name the agency in plan/plan.yaml.")
            return (self.leads.nobody(),)
        self.notes.append(f"{entry.place}: {said}, so '{name}' leads it. Correct it in plan/plan.yaml.")
        return self.leads.read(entry.place, name)

    def _add_to_last(self, entry: Entry) -> None:
        """Add a row whose action is merged with the action of the row above."""
        if not self.was_kept or self.theme is None:
            self._leave_out(entry, "the action above was left out")
            return
        last = self.actions[self.theme][-1]
        leads = self.leads.read(entry.place, entry.lead, last.leads)
        outcome = (*last.outcome_measure, *entry.outcome.splitlines())
        also = dict(last.also)
        for name, words in entry.also:
            if words not in also.get(name, "").splitlines() and words != also.get(name):
                also[name] = f"{also[name]}\n{words}" if name in also else words
        ref, sponsor = (_joined(*each) for each in ((last.ref, entry.ref), (last.sponsor, entry.sponsor)))
        added = last._replace(leads=leads, outcome_measure=outcome, ref=ref, sponsor=sponsor, also=also)
        self.actions[self.theme][-1] = added
        self.notes.append(f"{entry.place}: {_quoted(entry)} was added to {last.id}, whose cell goes on in this row.")

    def _leave_out(self, entry: Entry, why: str) -> None:
        self.notes.append(f"{entry.place}: the row was left out because {why}: {_quoted(entry)}.")

    def _theme(self, place: str) -> str:
        """The id of the theme of the last title above. The same title is the same theme."""
        if self.theme is not None:
            return self.theme
        title, wanted = (self.band.title, self.band.id) if self.band else ("Actions", "")
        if self.band is None:
            self.notes.append(f"{place}: no title of a theme is above it, so it was put under one called 'Actions'.")
        same = self.ids_of_titles.get(title.casefold(), "")
        if same and wanted in ("", same):
            return same
        made = wanted
        if not wanted or wanted in self.titles:
            numbers = count(len(self.titles) + 1)
            made = next(each for at in numbers if (each := f"T{at}") not in self.titles and each not in self.titled)
        if wanted and made != wanted:
            self.notes.append(f"{place}: there is a theme {wanted} already, so '{title}' has the id {made}.")
        self.ids_of_titles.setdefault(title.casefold(), made)
        self.titles[made], self.actions[made] = title, []
        return made


def _mark(title: str) -> str:
    """How *title* begins, with letters and numbers alike: "a)" and "b)" are the same, and so is each "Objective"."""
    found = _MARK.match(title)
    return (
        "" if not found else found[0] if found[0][0].isupper() else re.sub(r"\d+", "1", re.sub("[a-z]+", "a", found[0]))
    )


def _milestones(also: dict[str, str], dated: str) -> Iterator[ReadMilestone]:
    """The steps on the way, where a column has as many as that of the due days; both are taken out of *also*."""
    days = [last_day_of(each) for each in also.get(dated, "").splitlines()]
    for steps in [each for each in also if "milestone" in each.casefold()]:
        what = also[steps].splitlines()
        if len(days) == len(what) > 1 and None not in days and days == sorted(filter(None, days)):
            del also[steps], also[dated]
            yield from (ReadMilestone(by, each) for by, each in zip(filter(None, days), what, strict=True))
            return


def _joined(above: str, below: str) -> str:
    """What a merged row and the row *above* say of the same thing, each once."""
    return ", ".join(dict.fromkeys(filter(None, (above, below))))


def _quoted(entry: Entry) -> str:
    return ", ".join(
        f"'{one_line(each)}'"
        for each in (entry.ref, entry.action, entry.lead, entry.outcome, entry.sponsor, *dict(entry.also).values())
        if each
    )
