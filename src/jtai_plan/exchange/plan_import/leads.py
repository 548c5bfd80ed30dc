"""Who leads, read from the text of a cell: "Jason Hendy - Essex Police" is a name and an agency.

A bracket, a dash or a known agency tells the two apart. Without one, a body leads by itself; a post or a person leads
for the agency that the user says, or for a placeholder until somebody does. A note says what was read in another way
than it stands.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from jtai_plan.errors import CannotDo
from jtai_plan.exchange.plan_import.bodies import (
    MAX_LEAD,
    Kind,
    abbreviates,
    initials,
    is_abbreviation,
    is_between,
    kind_of,
    names_whole,
    officer,
)
from jtai_plan.model.text import one_line

MAX_ID = 60
"""Characters. An id is also the name of a folder."""
MAX_WORDS = 20
"""The name of an agency is looked for in this many words."""
MAX_SIGNS = 20
"""A text with more of them is prose, and is not split."""
COMMAS = 2
"""From so many commas between bodies on, they are a list."""
SEPARATOR = re.compile(r"\s+and\s+|\s*[;&/,]\s*", re.IGNORECASE)
DASH = re.compile(r"\s+[-‐‑‒–—―]\s*|\s*[–—―]\s+")
BRACKET = re.compile(r"(.*?)\s*\(([^()]+)\)")
BROKEN_HYPHEN = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
NOBODY = re.compile(r"[-–—?.]+|\(?(?:tbc|tba|tbd|n/?a|none|to be (?:confirmed|agreed|decided))\)?\.?", re.IGNORECASE)
"""What stands where nobody leads yet."""
UNSURE = re.compile(r"\s*\((?:tbc|tba|tbd)\)$", re.IGNORECASE)
"""What stands behind a lead that is not certain."""
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))


class ReadLead(NamedTuple):
    """An agency that leads an action, and the officer who answers for it."""

    agency: str
    """Its id."""
    name: str | None = None
    role: str | None = None


_OFFICERS = (Kind.PERSON, Kind.POST)
PLACEHOLDER = "placeholder"
"""The id of the agency of those whose agency nobody has named yet."""
UNNAMED = "PLACEHOLDER: the agency of these leads"


class _Split(NamedTuple):
    name: str
    agency: str


def agency_id(name: str) -> str:
    """A valid id made from an agency's name, such as "sbc-childrens-services"."""
    plain = unicodedata.normalize("NFKD", name.translate(APOSTROPHES).replace("'", "").casefold())
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    made = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
    if not made[:1].isalpha():
        made = f"agency-{made}"
    return made[:MAX_ID].strip("-")


class Leads:
    """Reads the leads of one document, and keeps the agencies that it names."""

    def __init__(
        self, named: Mapping[str, Sequence[str]], posts: Mapping[str, str], cells: Iterable[str], notes: list[str]
    ) -> None:
        """Prepare to read *cells*, the text of every lead of the document.

        *named* has the spellings of each known agency by its id, and *posts* the agency of each post or person that the
        user gave one. What must be checked by a person is added to *notes*.
        """
        self.named, self.notes = named, notes
        self.posts = {_key(post): agency for post, agency in posts.items()}
        self.named_posts = {_key(post): post for post in posts}
        self.placed: set[str] = set()
        """Of these, those that lead something."""
        self.unplaced: dict[str, None] = {}
        """The posts and people whose agency nobody has named."""
        self.agencies: dict[str, str] = {}
        """The names of the agencies by their ids, in the order in which they first appear."""
        self.ids: dict[str, str] = {}
        """The id of an agency by each way to write it, as `_key` makes it."""
        self.place = ""
        """The row being read."""
        for agency, spellings in named.items():
            for spelling in filter(None, map(one_line, spellings)):
                if self.ids.setdefault(_key(spelling), agency) != agency:
                    raise CannotDo(f"'{spelling}' is a spelling of two agencies. Give it to one of them.")
        self.taken = {*named, PLACEHOLDER}
        """The ids that an agency has."""
        self.users = frozenset(self.ids)
        """The spellings that the user gave."""
        self.known = self.users
        """Those, and the agencies that a bracket or a dash sets apart in the document."""
        splits = [self._split_by_sign(lead) for cell in cells for _, lead in self._leads(cell)]
        self.known |= {_key(each.agency) for each in splits if each and _key(each.name) not in self.users}

    def read(self, place: str, cell: str, leading: Sequence[ReadLead] = ()) -> tuple[ReadLead, ...]:
        """The leads in *cell*, after those that are *leading* the action already."""
        self.place = place
        leads = {lead.agency: lead for lead in leading}
        for typed, mended in self._leads(cell):
            if mended != typed:
                self._note(f"'{typed}' was read as '{mended}'.")
            lead = self._lead(mended)
            known = leads.get(lead.agency)
            if known and lead.agency == PLACEHOLDER:
                lead = ReadLead(PLACEHOLDER, _both(known.name, lead.name), _both(known.role, lead.role))
                leads[PLACEHOLDER] = lead
            elif known:
                self._note(f"'{mended}' was left out: '{lead.agency}' already leads the action.")
            leads.setdefault(lead.agency, lead)
        return tuple(leads.values())

    def nobody(self) -> ReadLead:
        """The lead of an action for which the file names none."""
        self.agencies.setdefault(PLACEHOLDER, UNNAMED)
        return ReadLead(PLACEHOLDER)

    def unknown_posts(self) -> Iterator[str]:
        """Notes about the posts that the user gave an agency, and that lead nothing."""
        for key, post in self.named_posts.items():
            if key not in self.placed:
                yield f"no lead is called '{post}', which --post names."

    def alike(self) -> Iterator[str]:
        """Notes about agencies that may be one, since one is named by its initials."""
        begun = {name: initials(name) for name in self.agencies.values() if " " in name}
        for short in filter(is_abbreviation, self.agencies.values()):
            for name in (each for each, letters in begun.items() if letters.endswith(short)):
                both = f"'{short}' and '{name}' were read as two agencies"
                yield f"{both}. If they are one, give it both spellings: --agency '{name}|{short}'."

    def _note(self, words: str) -> None:
        self.notes.append(f"{self.place}: {words}")

    def _leads(self, cell: str) -> Iterator[tuple[str, str]]:
        """The leads of a cell: each as it stands, and with its broken hyphens mended."""
        for line in _with_their_bodies([re.sub(r"^[-–—•·*]\s+", "", each.strip()) for each in cell.splitlines()]):
            for part in self._parts(line):
                if not NOBODY.fullmatch(part):
                    yield part, self._mended(UNSURE.sub("", part))

    def _parts(self, line: str) -> Iterator[str]:
        """*line* split at "and", ";", "&", "/" and "," if there is a lead on both sides."""
        if _key(line) in self.ids or len(line) > MAX_LEAD:
            yield line
            return
        several = [each.strip() for each in SEPARATOR.split(line)]
        # Of two, the second may be the whole that the first is part of.
        if line.count(",") >= COMMAS and all(kind_of(each) is Kind.BODY for each in several):
            yield from several
            return
        masked = re.sub(r"\([^()]*\)", lambda inside: "_" * len(inside[0]), line)
        signs = list(SEPARATOR.finditer(masked))
        if len(signs) > MAX_SIGNS:
            yield line
            return
        ends = [*(sign.start() for sign in signs), len(line)]
        begin = 0
        for at, sign in enumerate(signs, start=1):
            left, others = line[begin : sign.start()], [line[sign.end() : end] for end in ends[at:]]
            # A semicolon stands between leads, whoever they are.
            if ";" in sign[0] or self._is_between(left.strip(), others, sign[0]):
                yield left.strip()
                begin = sign.end()
        if rest := line[begin:].strip(" ,;&/"):
            yield rest

    def _is_between(self, left: str, others: Sequence[str], sign: str) -> bool:
        """Whether *sign* stands between two leads: *left*, and one of the *others* that begin behind it."""
        if self._is_lead(left) and self._is_lead(others[0]):
            return True
        if "," in sign:
            return is_abbreviation(left) and is_abbreviation(others[0].strip())
        left, *others = (UNSURE.sub("", each.strip()) for each in (left, *others))
        if left.endswith(")") or DASH.search(left):
            return False
        return any(is_between(left, each, sign) for each in others if not (each.endswith(")") or DASH.search(each)))

    def _is_lead(self, text: str) -> bool:
        """Whether *text* is clearly a lead by itself: it has a bracket, a dash, or an agency that is known."""
        return bool(text) and (text.endswith(")") or bool(DASH.search(text)) or self._known_end(text) is not None)

    def _known_end(self, text: str) -> int | None:
        """Where the longest known agency begins that *text* ends with."""
        if len(text) > MAX_LEAD:
            return None
        begins = [match.start() for match in re.finditer(r"(?<![\w‐‑-])\S", text)][-MAX_WORDS:]
        return next((at for at in begins if _key(text[at:]) in self.known), None)

    def _users_agency_at_start(self, text: str) -> str | None:
        """The id of the agency that the user named and *text* begins with."""
        ends = [match.end() for match in islice(re.finditer(r"\S(?!\w)", text), MAX_WORDS)]
        return next((self.ids[key] for at in reversed(ends) if (key := _key(text[:at])) in self.users), None)

    def _mended(self, lead: str) -> str:
        """*lead* with "Brennan- Douglas" joined, or with a dash there if a known agency follows."""
        if len(lead) > MAX_LEAD:
            return lead

        def mend(broken: re.Match[str]) -> str:
            after = lead[broken.end() :]
            if self._users_agency_at_start(after):
                return " - "
            return "-" if after[0].isupper() else broken[0]

        return BROKEN_HYPHEN.sub(mend, lead)

    def _split_by_sign(self, lead: str) -> _Split | None:
        """*lead* split at its bracket or dash; if it has several, at the one before a known agency."""
        if len(lead) > MAX_LEAD:
            return None
        pairs = [(match[1], match[2]) for match in (BRACKET.fullmatch(lead),) if match]
        pairs += [(lead[: dash.start()], lead[dash.end() :]) for dash in DASH.finditer(lead)]
        splits = [
            _Split(name.strip(), agency.strip())
            for name, agency in pairs
            if name.strip() and agency.strip() and not abbreviates(agency.strip(), name.strip())
        ]
        known = [split for split in splits if _key(split.agency) in self.ids]
        begun = [split for split in splits if self._users_agency_at_start(split.agency)]
        return next(iter((*known, *begun, *splits)), None)

    def _lead(self, text: str) -> ReadLead:
        if _key(text) in self.known or _key(text) in self.ids:
            return self._of(text)
        if split := self._split_by_sign(text):
            return self._from_split(text, split)
        if (at := self._known_end(text)) and (name := text[:at].rstrip(" ,;:/&-")):
            agency = text[at:]
            lead = self._of(agency, name)
            if _key(agency) not in self.users:
                self._note(f"'{text}' was split before '{agency}', which the file also names elsewhere.")
            if SEPARATOR.search(name):
                self._note(f"'{text}' was read as one lead: '{name}', of '{agency}'.")
            return lead
        if begun := self._users_agency_at_start(text):
            self._note(f"'{text}' names no person, so it was read as a role at '{begun}'.")
            return self._of(text)
        if kind_of(text) is not Kind.BODY or kind_of(text.rpartition(",")[0]) in _OFFICERS:
            return self._officer(text)
        return self._of(text)

    def _officer(self, text: str) -> ReadLead:
        """The post or the person that *text* names, at the agency that the user says."""
        if agency := self.posts.get(_key(text)):
            self.placed.add(_key(text))
            return self._of(agency)._replace(**officer(text)._asdict())
        whose, _, body = (each.strip() for each in text.rpartition(","))
        if names_whole(body) and kind_of(whose) in _OFFICERS:
            self._note(f"'{text}' was read as one lead: '{whose}', of '{body}'.")
            return self._of(body)._replace(**officer(whose)._asdict())
        if len(self.named) == 1:
            (agency,) = self.named
            self._note(f"'{text}' was read as a person or post at '{agency}', the one agency that you named.")
            return self._keep(agency, agency)._replace(**officer(text)._asdict())
        self.unplaced[text] = None
        return self.nobody()._replace(**officer(text)._asdict())

    def _from_split(self, text: str, split: _Split) -> ReadLead:
        if (at := self._known_end(split.agency)) and kind_of(role := split.agency[:at].rstrip(" ,-")) in _OFFICERS:
            return self._of(split.agency[at:])._replace(name=split.name, role=role)
        is_new = _key(split.agency) not in self.ids and not self._users_agency_at_start(split.agency)
        names_body = kind_of(split.name) is Kind.BODY or _key(split.name) in self.ids
        kinds = kind_of(split.name), kind_of(split.agency)
        is_officer = kinds[1] is Kind.POST or (kinds[1] is Kind.PERSON and kinds[0] in _OFFICERS)
        if is_new and not names_body and is_officer:
            return self._officer(f"{split.name}, {split.agency}")
        if is_new and names_body and kind_of(split.agency) in _OFFICERS:
            lead = self._of(split.name)._replace(**officer(split.agency)._asdict())
            self._note(f"'{text}' names the agency first: it was read as '{split.agency}', of '{split.name}'.")
            return lead
        is_first = _key(split.name) in self.known
        if is_first and _key(split.agency) not in self.known and not self._users_agency_at_start(split.agency):
            lead = self._of(split.name, split.agency)
            self._note(f"'{text}' names the agency first: it was read as '{split.agency}', of '{split.name}'.")
            return lead
        lead = self._of(split.agency, split.name)
        if lead.role is None and not DASH.search(split.name) and kind_of(split.name) is not Kind.UNCLEAR:
            lead = lead._replace(**officer(split.name)._asdict())
        unsure = f"{split.name} {lead.role or ('' if lead.agency in self.named else split.agency)}"
        if is_first or SEPARATOR.search(unsure) or DASH.search(unsure):
            self._note(f"'{text}' was read as one lead: '{split.name}', of '{split.agency}'.")
        return lead

    def _of(self, agency: str, name: str | None = None) -> ReadLead:
        """The lead *name* at the agency that is written *agency*, which may also name a role there."""
        if known := self.ids.get(_key(agency)):
            return self._keep(known, agency, name)
        if known := self._users_agency_at_start(agency):
            return self._keep(known, agency, name, role=agency)
        at = len(self.notes)
        made = self._new_id(agency)
        if self.named:
            new = f"{self.place}: '{agency}' is not one of the agencies you named; its id is '{made}'."
            self.notes.insert(at, new)
        return self._keep(made, agency, name)

    def _keep(self, agency: str, spelling: str, name: str | None = None, role: str | None = None) -> ReadLead:
        given = next(iter(self.named.get(agency, ())), None)
        self.agencies.setdefault(agency, given or (agency if agency in self.named else spelling))
        return ReadLead(agency, name, role)

    def _new_id(self, name: str) -> str:
        """An id for an agency that was not known, which no other has."""
        bracket = BRACKET.fullmatch(name)
        short = bracket[2] if bracket and abbreviates(bracket[2], bracket[1]) else ""
        wanted = agency = agency_id(bracket[1] if bracket and short else name)
        number = 1
        while agency in self.taken:
            number += 1
            agency = f"{wanted}-{number}"
        if agency != wanted:
            self._note(f"'{name}' has the id '{agency}', because another agency has '{wanted}'.")
        self.taken.add(agency)
        self.ids[_key(name)] = agency
        if bracket and short:
            self.ids.setdefault(_key(short), agency)
            self.ids.setdefault(_key(bracket[1]), agency)
        return agency


def _with_their_bodies(lines: Sequence[str]) -> Iterator[str]:
    """*lines*, with each person or post joined to the body that stands on the line below."""
    of_whom = ""
    for line in lines:
        kind = kind_of(line)
        if of_whom and kind is Kind.BODY and not SEPARATOR.search(line):
            yield f"{of_whom} - {line}"
            of_whom = ""
            continue
        if of_whom:
            yield of_whom
        of_whom = line if kind in (Kind.PERSON, Kind.POST) else ""
        if not of_whom:
            yield line
    if of_whom:
        yield of_whom


def _both(one: str | None, other: str | None) -> str | None:
    return ", ".join(filter(None, (one, other))) or None


def _key(name: str) -> str:
    """What all ways to write a name have in common: case, white space and apostrophes do not count."""
    return re.sub(r"[\s']|\.$", "", name.translate(APOSTROPHES).strip()).casefold()
