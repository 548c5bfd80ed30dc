"""A plan out of the tables that it lives in: a Word document or an Excel workbook becomes themes, actions and leads.

What is not understood is said, row by row: nothing is guessed in silence.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, assert_never

from jtai_plan.exchange.plan_import.document import FoundDocument, PlanNotRead, one_line
from jtai_plan.exchange.plan_import.leads import Leads, ReadLead, agency_id, leads_once
from jtai_plan.exchange.plan_import.rows import Band, Entry, Item, NoPlanInTables, Note, items

__all__ = ["PlanNotRead", "ReadAction", "ReadLead", "ReadPlan", "ReadTheme", "agency_id", "read_plan"]

NO_AGENCIES: Mapping[str, Sequence[str]] = MappingProxyType({})


class ReadAction(NamedTuple):
    """One thing that the partnership agreed to do."""

    id: str
    """Such as "T1.1": the actions of a theme are counted in the document's order."""
    action: str
    leads: tuple[ReadLead, ...]
    outcome_measure: tuple[str, ...]


class ReadTheme(NamedTuple):
    """A heading of the plan, and the actions under it."""

    id: str
    """Such as "T1": its number in the document, or its place where it has none."""
    title: str
    actions: tuple[ReadAction, ...]


class ReadPlan(NamedTuple):
    """What a file says of a plan."""

    title: str | None
    """None where the document gives itself none."""
    themes: tuple[ReadTheme, ...]
    agencies: Mapping[str, str]
    """The names of those that lead, by their ids, in the order of their first appearance."""
    not_understood: tuple[str, ...]
    """In the document's order, each a sentence with its place."""


def read_plan(file: Path, agencies: Mapping[str, Sequence[str]] = NO_AGENCIES) -> ReadPlan:
    """The plan in the tables of *file*, a .docx or .xlsx. Raises PlanNotRead.

    *agencies* are those that the user has named: by the id of each its spellings, the name first.
    """
    document = _document(file)
    try:
        read = tuple(items(document))
    except NoPlanInTables:
        why = (
            "no row of its tables names the columns" if document.tables else "it holds no table that names the columns"
        )
        words = f"{why} of an action, a lead and an outcome. Write them in a row above the actions."
        raise PlanNotRead(file, words) from None
    reading = _Reading(Leads(agencies, (item.lead for item in read if isinstance(item, Entry))), _has_theme(read))
    for item in read:
        reading.take(item)
    themes = reading.themes_read()
    if not themes:
        words = "no action that has a lead stands below the names of the columns. Write one there."
        raise PlanNotRead(file, " ".join([words, *reading.notes[:3]]))
    return ReadPlan(document.title, themes, reading.leads.agencies, tuple(reading.notes))


def _document(file: Path) -> FoundDocument:
    match file.suffix.lower():
        case ".docx":
            from jtai_plan.exchange.plan_import.word import word_document

            return word_document(file)
        case ".xlsx":
            from jtai_plan.exchange.plan_import.excel import workbook

            return workbook(file)
        case ".doc" | ".docm" | ".dotx" | ".rtf" | ".odt":
            raise PlanNotRead(file, "only .docx is read of Word's kinds of file. Save it in Word as .docx.")
        case ".xls" | ".xlsm" | ".xlsb" | ".ods" | ".csv":
            raise PlanNotRead(file, "only .xlsx is read of Excel's kinds of file. Save it in Excel as .xlsx.")
        case _:
            raise PlanNotRead(file, "a plan is read from a table in a .docx or .xlsx file. Save it as one of them.")


def _has_theme(read: Sequence[Item]) -> bool:
    """Whether any action stands under the title of a theme."""
    first = next((at for at, item in enumerate(read) if isinstance(item, Band) and item.title), len(read))
    return any(isinstance(item, Entry) for item in read[first:])


class _Theme:
    """A theme whose actions are being read."""

    def __init__(self, name: str, title: str) -> None:
        self.id, self.title = name, title
        self.actions: list[ReadAction] = []


class _Reading:
    """The reading of one document: its themes, and what was not understood."""

    def __init__(self, leads: Leads, has_theme: bool) -> None:
        self.leads, self.has_theme = leads, has_theme
        self.themes: list[_Theme] = []
        self.notes: list[str] = []
        self.band: Band | None = None
        """The title that stands last above."""
        self.said_above = 0
        """How much had been said when it came."""
        self.theme: _Theme | None = None
        """Its theme, from its first action on."""
        self.was_kept = False
        """Whether the last action was."""

    def take(self, item: Item) -> None:
        match item:
            case Note():
                self.notes.append(item.words)
            case Band():
                self._end_of_band()
                self.band, self.theme, self.was_kept = (item if item.title else None), None, False
                self.said_above = len(self.notes)
            case Entry():
                self._entry(item)
            case _:
                assert_never(item)

    def themes_read(self) -> tuple[ReadTheme, ...]:
        """The themes, when all is taken."""
        self._end_of_band()
        return tuple(ReadTheme(each.id, each.title, tuple(each.actions)) for each in self.themes)

    def _end_of_band(self) -> None:
        if self.band and self.band.is_row and self.theme is None:
            words = f"{self.band.place}: '{self.band.title}' was left out: no action was read under it."
            self.notes.insert(self.said_above, words)

    def _entry(self, entry: Entry) -> None:
        if entry.goes_on:
            self._more(entry)
            return
        self.was_kept = False
        if not entry.action:
            self._left_out(entry, "it has no action")
        elif not entry.lead:
            self._left_out(entry, "it has no lead, which an action must have")
        elif self.has_theme and not self.band:
            self._left_out(entry, "it stands under no theme, and others do")
        else:
            self._keep(entry)

    def _keep(self, entry: Entry) -> None:
        leads, notes = self.leads.read(entry.place, entry.lead)
        self.notes += notes
        if not leads:
            self._left_out(entry, "it has no lead, which an action must have")
            return
        theme = self.theme = self._theme(entry.place)
        name = f"{theme.id}.{len(theme.actions) + 1}"
        theme.actions.append(ReadAction(name, entry.action, leads, tuple(entry.outcome.splitlines())))
        self.was_kept = True
        if not entry.outcome:
            self.notes.append(f"{entry.place}: {name} has no outcome.")

    def _more(self, entry: Entry) -> None:
        """A row whose action is merged with that of the row above: what else it says is of the same action."""
        if not self.was_kept or self.theme is None:
            self._left_out(entry, "its action was")
            return
        last = self.theme.actions[-1]
        leads, notes = self.leads.read(entry.place, entry.lead)
        self.notes += notes
        known = {lead.agency for lead in last.leads}
        self.notes += [
            leads_once(entry.place, lead.name or lead.agency, lead.agency) for lead in leads if lead.agency in known
        ]
        self.theme.actions[-1] = last._replace(
            leads=(*last.leads, *(lead for lead in leads if lead.agency not in known)),
            outcome_measure=(*last.outcome_measure, *entry.outcome.splitlines()),
        )
        self.notes.append(f"{entry.place}: {_quoted(entry)} was added to {last.id}, whose action goes on in this row.")

    def _left_out(self, entry: Entry, why: str) -> None:
        self.notes.append(f"{entry.place}: the row was left out, as {why}: {_quoted(entry)}.")

    def _theme(self, place: str) -> _Theme:
        """The theme of the last title above; the same for the same title."""
        if self.theme:
            return self.theme
        title, number = (self.band.title, self.band.number) if self.band else ("Actions", None)
        if self.band is None:
            self.notes.append(f"{place}: the file names no theme; its actions were put under one, 'Actions'.")
        known = next((each for each in self.themes if _same(each.title) == _same(title)), None)
        if known and number in (None, int(known.id[1:])):
            return known
        name = next(each for each in self._names(number) if each not in {theme.id for theme in self.themes})
        if number is not None and name != f"T{number}":
            self.notes.append(f"{place}: theme {number} is there already; '{title}' was given the id {name}.")
        self.themes.append(_Theme(name, title))
        return self.themes[-1]

    def _names(self, number: int | None) -> Iterator[str]:
        """The ids that a theme may have: its number's, or the next by its place."""
        if number is not None:
            yield f"T{number}"
        at = len(self.themes)
        while True:
            at += 1
            yield f"T{at}"


def _quoted(entry: Entry) -> str:
    return ", ".join(f"'{one_line(each)}'" for each in (entry.action, entry.lead, entry.outcome) if each)


def _same(title: str) -> str:
    return title.casefold()
