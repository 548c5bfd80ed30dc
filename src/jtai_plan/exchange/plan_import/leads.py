"""Who leads, out of the words of a cell: "Jason Hendy - Essex Police" is a name and an agency.

What tells the two apart is a bracket, a dash, or an agency that is known. Where none does, nothing is guessed, and what
was read otherwise than it stands is said.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from jtai_plan.errors import CannotDo
from jtai_plan.exchange.plan_import.document import one_line

LONGEST_ID = 60
"""An id is also the name of a folder."""
LONGEST_LEAD = 500
"""What has more characters is prose, and is not split."""
MOST_WORDS = 20
"""How many words of a text are looked at for the name of an agency."""
SEPARATOR = re.compile(r"\s+and\s+|\s*[;&/,]\s*", re.IGNORECASE)
DASH = re.compile(r"\s+[-‐‑‒–—―]\s*|\s*[–—―]\s+")
BRACKET = re.compile(r"(.*?)\s*\(([^()]+)\)")
BROKEN_HYPHEN = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))


class ReadLead(NamedTuple):
    """An agency that leads an action, and the officer who answers for it."""

    agency: str
    """Its id."""
    name: str | None = None
    role: str | None = None


class _Split(NamedTuple):
    """A lead whose name and agency were told apart."""

    name: str
    agency: str


def agency_id(name: str) -> str:
    """A valid id made of an agency's name, such as "sbc-childrens-services"."""
    plain = unicodedata.normalize("NFKD", name.translate(APOSTROPHES).replace("'", "").casefold())
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    words = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
    if not words[:1].isalpha():
        words = f"agency-{words}"
    return words[:LONGEST_ID].strip("-")


def leads_once(place: str, words: str, agency: str) -> str:
    """What is said of a second lead of the same agency, which no plan takes."""
    return f"{place}: '{words}' was left out: '{agency}' leads the action already, and an agency leads it once."


class Leads:
    """Reads the leads of one document, and keeps the agencies that it names."""

    def __init__(self, named: Mapping[str, Sequence[str]], cells: Iterable[str]) -> None:
        """*named* are the spellings of each agency by its id; *cells* are the texts of all leads of the document."""
        self.named = named
        self.agencies: dict[str, str] = {}
        """The names of the agencies by their ids, in the order of their first appearance."""
        self.ids: dict[str, str] = {}
        """Ids by what is the same in all writings of a name."""
        for agency, spellings in named.items():
            for spelling in filter(None, map(one_line, spellings)):
                if self.ids.setdefault(_same(spelling), agency) != agency:
                    raise CannotDo(f"'{spelling}' is given as a spelling of two agencies. Give it to one.")
        self.taken = set(named)
        """The ids that an agency has."""
        self.users = frozenset(self.ids)
        """The spellings that the user gave."""
        self.known = self.users
        """These and the document's own, which a bracket or a dash told apart from a name."""
        splits = [self._by_sign(lead) for cell in cells for _, lead in self._leads(cell)]
        self.known |= {_same(each.agency) for each in splits if each and _same(each.name) not in self.users}

    def read(self, place: str, cell: str) -> tuple[tuple[ReadLead, ...], tuple[str, ...]]:
        """The leads in *cell*, and what is to be said of how they were read."""
        leads: dict[str, ReadLead] = {}
        notes: list[str] = []
        for words, mended in self._leads(cell):
            if mended != words:
                notes.append(f"{place}: '{words}' was read as '{mended}'.")
            lead, said = self._lead(place, mended)
            notes += said
            if lead.agency in leads:
                notes.append(leads_once(place, mended, lead.agency))
            else:
                leads[lead.agency] = lead
        return tuple(leads.values()), tuple(notes)

    def _leads(self, cell: str) -> Iterator[tuple[str, str]]:
        """The leads of a cell: as each stands, and with its broken hyphens mended."""
        for line in cell.splitlines():
            for part in self._parts(re.sub(r"^[-–—•·*]\s+", "", line)):
                yield part, self._mended(part)

    def _parts(self, line: str) -> Iterator[str]:
        """*line* split at "and", ";", "&", "/" and "," where a lead stands on either side."""
        if _same(line) in self.ids or len(line) > LONGEST_LEAD:
            yield line
            return
        masked = re.sub(r"\([^()]*\)", lambda inside: "_" * len(inside[0]), line)
        signs = list(SEPARATOR.finditer(masked))
        ends = [*(sign.start() for sign in signs[1:]), len(line)]
        begin = 0
        for sign, end in zip(signs, ends, strict=False):
            left, right = line[begin : sign.start()], line[sign.end() : end]
            if self._is_lead(left) and self._is_lead(right):
                yield left
                begin = sign.end()
        if rest := line[begin:].strip(" ,;&/"):
            yield rest

    def _is_lead(self, text: str) -> bool:
        """Whether *text* can be told to be a lead by itself."""
        return bool(text) and (text.endswith(")") or bool(DASH.search(text)) or self._at_the_end(text) is not None)

    def _at_the_end(self, text: str) -> int | None:
        """Where the longest spelling begins that *text* ends with."""
        if len(text) > LONGEST_LEAD:
            return None
        begins = [match.start() for match in re.finditer(r"(?<![\w‐‑-])\S", text)][-MOST_WORDS:]
        return next((at for at in begins if _same(text[at:]) in self.known), None)

    def _at_the_beginning(self, text: str) -> str | None:
        """The id of the agency that the user knows and *text* begins with."""
        ends = [match.end() for match in islice(re.finditer(r"\S(?!\w)", text), MOST_WORDS)]
        return next((self.ids[same] for at in reversed(ends) if (same := _same(text[:at])) in self.users), None)

    def _mended(self, lead: str) -> str:
        """*lead* with "Brennan- Douglas" joined; with a dash in its place where an agency that is known follows."""
        if len(lead) > LONGEST_LEAD:
            return lead

        def mend(broken: re.Match[str]) -> str:
            after = lead[broken.end() :]
            if self._at_the_beginning(after):
                return " - "
            return "-" if after[0].isupper() else broken[0]

        return BROKEN_HYPHEN.sub(mend, lead)

    def _by_sign(self, lead: str) -> _Split | None:
        """*lead* split by its bracket or dash: where there are several, where an agency that the user knows follows."""
        if len(lead) > LONGEST_LEAD:
            return None
        splits = [_Split(match[1], match[2]) for match in (BRACKET.fullmatch(lead),) if match]
        splits += [_Split(lead[: dash.start()], lead[dash.end() :]) for dash in DASH.finditer(lead)]
        splits = [_Split(split.name.strip(), split.agency.strip()) for split in splits]
        splits = [split for split in splits if split.name and split.agency]
        known = [split for split in splits if _same(split.agency) in self.ids]
        begun = [split for split in splits if self._at_the_beginning(split.agency)]
        return next(iter((*known, *begun, *splits)), None)

    def _lead(self, place: str, words: str) -> tuple[ReadLead, list[str]]:
        if _same(words) in self.known or _same(words) in self.ids:
            agency, role, notes = self._agency(place, words)
            return self._of(agency, words, None, role), notes
        if split := self._by_sign(words):
            return self._split_by_sign(place, words, split)
        if (at := self._at_the_end(words)) and (name := words[:at].rstrip(" ,;:/&-")):
            spelling = words[at:]
            agency, role, notes = self._agency(place, spelling)
            if _same(spelling) not in self.users:
                notes.append(f"{place}: '{words}' was split before '{spelling}', which the file names elsewhere.")
            if SEPARATOR.search(name):
                notes.append(f"{place}: '{words}' was read as one lead: '{name}', of '{spelling}'.")
            return self._of(agency, spelling, name, role), notes
        if begun := self._at_the_beginning(words):
            note = f"{place}: '{words}' names nobody, and was taken for a role at '{begun}'."
            return self._of(begun, words, None, words), [note]
        note = f"{place}: no name and agency can be told apart in '{words}', which was taken for the name of an agency."
        agency, clash = self._new(place, words)
        return self._of(agency, words), [note, *clash]

    def _split_by_sign(self, place: str, words: str, split: _Split) -> tuple[ReadLead, list[str]]:
        is_first = _same(split.name) in self.known
        if is_first and _same(split.agency) not in self.known and not self._at_the_beginning(split.agency):
            agency, role, notes = self._agency(place, split.name)
            notes.append(
                f"{place}: '{words}' names the agency first: it was read as '{split.agency}', of '{split.name}'."
            )
            return self._of(agency, split.name, split.agency, role), notes
        agency, role, notes = self._agency(place, split.agency)
        unsure = f"{split.name} {role or ('' if agency in self.named else split.agency)}"
        if is_first or SEPARATOR.search(unsure) or DASH.search(unsure):
            notes.append(f"{place}: '{words}' was read as one lead: '{split.name}', of '{split.agency}'.")
        return self._of(agency, split.agency, split.name, role), notes

    def _of(self, agency: str, spelling: str, name: str | None = None, role: str | None = None) -> ReadLead:
        given = next(iter(self.named.get(agency, ())), None)
        self.agencies.setdefault(agency, given or (agency if agency in self.named else spelling))
        return ReadLead(agency, name, role)

    def _agency(self, place: str, words: str) -> tuple[str, str | None, list[str]]:
        """The id of the agency that *words* name, the role that they name within it, and what is to be said."""
        if agency := self.ids.get(_same(words)):
            return agency, None, []
        if agency := self._at_the_beginning(words):
            return agency, words, []
        agency, notes = self._new(place, words)
        if self.named:
            notes.insert(0, f"{place}: '{words}' is not among the agencies that were named; its id is '{agency}'.")
        return agency, None, notes

    def _new(self, place: str, words: str) -> tuple[str, list[str]]:
        """An id for an agency that nobody knew."""
        wanted = agency = agency_id(words)
        number = 1
        while agency in self.taken:
            number += 1
            agency = f"{wanted}-{number}"
        self.taken.add(agency)
        self.ids[_same(words)] = agency
        clash = f"{place}: '{words}' would have the id '{wanted}' of another agency; its id is '{agency}'."
        return agency, [clash] if agency != wanted else []


def _same(name: str) -> str:
    """What is the same in all writings of a name: neither case nor white space nor apostrophes count."""
    return re.sub(r"[\s']", "", name.translate(APOSTROPHES)).casefold()
