"""The themes and actions of a plan, gathered from its rows. Each row that is not understood gets a note."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from jtai_plan.exchange.plan_import.dates import last_day_of
from jtai_plan.exchange.plan_import.document import MOST_TITLE
from jtai_plan.exchange.plan_import.leads import Leads, ReadLead
from jtai_plan.exchange.plan_import.parts import ReadAction, ReadArea, ReadMilestone, ReadTheme
from jtai_plan.exchange.plan_import.rows import Band, Entry, Item, Keyed, Taken, Titled
from jtai_plan.model.text import one_line
from jtai_plan.rules.wording import day

_AREA = re.compile(
    r"(recommendation|area (?:for|of) [a-z ]+|finding|ref(?:erence)? no\.?)\s*([A-Z]?\d{1,3}[a-z]?)\b[:.\s]*(.*)",
    re.IGNORECASE,
)
"""How the words of an area for improvement begin if they give its reference."""
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?")
_ID = re.compile(r"[A-Za-z]{1,4}[-._]?\d[A-Za-z0-9._-]{0,10}")
"""References that may be the ids of their actions."""
_MARK = re.compile(r"\(?(?:[a-z]|[ivx]+|\d+(?:\.\d+)+)[.)]?(?=\s)|[A-Z][a-z]+(?=\s+\d)")
"""How the title of a theme begins that is one of several below a higher title: "a)", "1.2" or "Objective 2"."""


def _references_as_ids(read: Sequence[Item]) -> frozenset[str]:
    """The references of the actions, if each that has one can have it as its id: "E1.1", but not "4.54" or "T1"."""
    refs = [item.ref for item in read if isinstance(item, Entry) and item.action and item.ref and not item.goes_on]
    fit = all(_ID.fullmatch(each) and not re.fullmatch(r"T\d+", each) for each in refs)
    return frozenset(refs) if fit and len({each.casefold() for each in refs}) == len(refs) else frozenset()


class Themes:
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
        """The themes that the items of the rows make, in the document's order."""
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
            if not (entry.ref or entry.outcome or entry.lead or entry.also):
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
        areas = dict.fromkeys((*last.addresses, *self._addressed(entry, also)))
        added = last._replace(
            leads=leads, outcome_measure=outcome, ref=ref, sponsor=sponsor, also=also, addresses=tuple(areas)
        )
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
    said = dict(entry.also).values()
    return ", ".join(
        f"'{one_line(each)}'"
        for each in (entry.ref, entry.recommendation, entry.action, entry.lead, entry.outcome, entry.sponsor, *said)
        if each
    )
