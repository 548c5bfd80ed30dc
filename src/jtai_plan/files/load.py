"""Loading a plan: the files that are needed read, every fault in them found, and what can be trusted put together."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from jtai_plan.errors import FilesAreWrong, did_you_mean
from jtai_plan.files.document import Document, linked, located, parse
from jtai_plan.files.source import Contents, Folder, Source
from jtai_plan.files.validate import validate
from jtai_plan.model.agency import Agency, SignOff
from jtai_plan.model.finding import Finding
from jtai_plan.model.partnership import (
    PLAN,
    Partnership,
    agency_path,
    board_path,
    place_of,
    return_path,
    sign_off_path,
)
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Return
from jtai_plan.model.text import name_as_shown
from jtai_plan.model.words import Noun
from jtai_plan.rules.checks.catalogue.file_errors import UNEXPECTED_FILE
from jtai_plan.rules.checks.consistency import references

if TYPE_CHECKING:
    from jtai_plan.model.board import BoardRecord

Kind = TypeVar("Kind", bound=Noun)


class Scope(NamedTuple):
    """Whose returns and sign-offs are read, and of which periods the returns and the boards' records; None is all.

    The plan and what each agency says of itself are read always.
    """

    agencies: Collection[str] | None = None
    periods: Collection[str] | None = None


EVERYTHING = Scope()
NO_RETURNS = Scope((), ())


class Loaded(NamedTuple):
    """What the files of a plan say, as far as it can be trusted.

    *partnership* is None while the plan itself has faults: nothing can be judged against it. A return or a board's
    record with a fault counts as not there, and stands among *faults*.
    """

    root: Path
    partnership: Partnership | None
    faults: tuple[Finding, ...]
    documents: dict[str, Document]
    nouns: Mapping[str, Noun]
    """What each file holds, judged by itself, by its path; those that cannot be read are left out."""

    def located(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """*findings* with the line and column of what each is about."""
        return tuple(
            found
            for finding in findings
            for found in located(self.documents.get(finding.path, Document(finding.path)), (finding,))
        )

    def document(self, path: str, content: bytes | None) -> Document | None:
        """The file at *path* with this *content*, not parsed again if it was loaded so; None without content."""
        if content is None:
            return None
        known = self.documents.get(path)
        return known if known and known.content == content else parse(path, content)

    def trusted(self) -> Partnership:
        """The partnership.

        Raises FilesAreWrong, with every fault of plan.yaml, where there is none.
        """
        if self.partnership is None:
            faults = [fault.sentence for fault in self.faults if fault.path == PLAN]
            raise FilesAreWrong(faults, f"Nothing can be judged until {PLAN} is mended.")
        return self.partnership

    def inputs(self, period: str | None) -> str:
        """The digest of the inputs of the report of *period*, or (None) of the plan as agreed. Raises as `trusted`."""
        # Only reports ask for it.
        from jtai_plan.rules.seals.report_inputs import inputs, is_input, part

        plan = self.trusted().plan
        return inputs(
            {
                path: part(self.nouns.get(path), document.content, period, plan)
                for path, document in self.documents.items()
                if document.content is not None and is_input(path, period, plan)
            }
        )


def load(root: Path, scope: Scope = EVERYTHING, known: Loaded | None = None) -> Loaded:
    """What is in *scope* below *root*, the folder that holds `plan/`, and every fault in it, in the plan's order.

    A file that holds what it held when it was *known* is not parsed again.
    """
    return _load(_Loading(root, Folder(root), scope, known))


def load_contents(
    root: Path, contents: Mapping[str, bytes], links: Iterable[str] = (), known: Loaded | None = None
) -> Loaded:
    """As `load`, from what the files below *root* held at another time: their *contents* by path, and the *links*."""
    return _load(_Loading(root, Contents(contents, links), EVERYTHING, known))


def read_alone(path: str, content: bytes) -> tuple[Noun | None, bytes]:
    """What the file of a plan at *path* holds with this *content*, judged by itself, and what was read of it.

    The noun is None where the file cannot be read.
    """
    kind: type[Noun]
    match place.kind if (place := place_of(path)) else None:
        case "plan":
            kind = Plan
        case "agency":
            kind = Agency
        case "sign-off":
            kind = SignOff
        case "return":
            kind = Return
        case "board":
            from jtai_plan.model.board import BoardRecord

            kind = BoardRecord
        case _:
            return None, content
    document = Contents({path: content}).document(path)
    return validate(kind, document)[0], document.content or b""


def _load(loading: "_Loading") -> Loaded:
    plan = loading.noun(Plan, PLAN)
    agencies = {agency: loading.agency(agency) for agency in loading.agencies(plan.lead_agencies if plan else ())}
    returns: dict[tuple[str, str], Return] = {}
    sign_offs: dict[str, SignOff] = {}
    in_scope = loading.scope.agencies
    for agency in agencies if in_scope is None else [agency for agency in agencies if agency in in_scope]:
        there = loading.unexpected(f"plan/agencies/{agency}", ("agency", "sign-off"))
        if "sign-off" in there and (signed := loading.noun(SignOff, sign_off_path(agency))):
            sign_offs[agency] = signed
        for period in loading.periods(f"plan/agencies/{agency}/returns", plan):
            if returned := loading.noun(Return, return_path(agency, period)):
                returns[agency, period] = returned
    records = dict(_board_records(loading, plan))
    if plan is None:
        return loading.loaded(None)
    everything = Partnership(plan, agencies, returns, records, sign_offs)
    faults = references(everything)
    if loading.scope.periods is not None:
        # The ask that a decision resolves may stand in a record that was not read.
        faults = (fault for fault in faults if fault.keys[::2] != ("decisions", "resolves"))
    loading.faults.extend(faults)
    return loading.loaded(_trusted(everything, {fault.path for fault in loading.faults}))


def _trusted(everything: Partnership, faulty: set[str]) -> Partnership | None:
    """*everything* without the files that are *faulty*; None where the plan is."""
    if PLAN in faulty:
        return None
    return everything._replace(
        returns={key: each for key, each in everything.returns.items() if return_path(*key) not in faulty},
        board_records={key: each for key, each in everything.board_records.items() if board_path(key) not in faulty},
        sign_offs={key: each for key, each in everything.sign_offs.items() if sign_off_path(key) not in faulty},
    )


def _board_records(loading: "_Loading", plan: Plan | None) -> "Iterator[tuple[str, BoardRecord]]":
    for period in loading.periods("plan/board", plan):
        # Many plans have none, and its many nouns take a while to make.
        from jtai_plan.model.board import BoardRecord

        if record := loading.noun(BoardRecord, board_path(period)):
            yield period, record


class _Loading:
    """The reading of one plan: what was read so far, and what was wrong with it."""

    def __init__(self, root: Path, source: Source, scope: Scope, known: Loaded | None) -> None:
        self.root, self.source, self.scope, self.known = root, source, scope, known
        self.faults: list[Finding] = []
        self.documents: dict[str, Document] = {}
        self.nouns: dict[str, Noun] = {}

    def noun(self, kind: type[Kind], path: str) -> Kind | None:
        known = self.known.documents.get(path) if self.known else None
        document = self.source.document(path, known)
        self.documents[path] = document
        before = self.known.nouns.get(path) if self.known and document is known else None
        noun, faults = (before, ()) if isinstance(before, kind) else validate(kind, document)
        self.faults.extend(faults)
        if noun is not None:
            self.nouns[path] = noun
        return noun

    def agencies(self, first: tuple[str, ...]) -> list[str]:
        """The agencies that have a folder: those named in *first* in that order, then the others by name."""
        links = [name for name in self.source.files("plan/agencies") if self.source.is_link(f"plan/agencies/{name}")]
        for path in ("plan/agencies", *(f"plan/agencies/{name}" for name in self._printable("plan/agencies", links))):
            self._refuse_link(path)
        there = list(self._printable("plan/agencies", self.source.folders("plan/agencies")))
        others = [name for name in there if name not in first]
        return [*(name for name in first if name in there), *others]

    def agency(self, agency: str) -> Agency:
        """The agency's own file; no more than its id where that cannot be read."""
        return self.noun(Agency, agency_path(agency)) or Agency(name=agency)

    def periods(self, folder: str, plan: Plan | None) -> list[str]:
        """The periods that the files in *folder* are named for, in the plan's order."""
        in_scope = self.scope.periods
        if in_scope is not None and not in_scope:
            return []
        there = self.unexpected(folder, list(plan.periods) if plan else None)
        return there if in_scope is None else [period for period in there if period in in_scope]

    def unexpected(self, folder: str, known: Iterable[str] | None) -> list[str]:
        """The *known* names for which *folder* has a file; a fault for each other file that looks like one of ours."""
        self._refuse_link(folder)
        there = [name for name in self.source.files(folder) if name.endswith((".yaml", ".yml"))]
        ours = [PurePosixPath(name) for name in self._printable(folder, there)]
        if known is None:
            return [file.stem for file in ours if file.suffix == ".yaml"]
        names = list(known)
        for file in ours:
            if file.stem not in names:
                self._fault(folder, file, f"the file is not one of the plan's: there is no '{file.stem}'", names)
            elif file.suffix == ".yml":
                self._fault(folder, file, "the file is not read: its name should end in .yaml", ())
        return [name for name in names if any(file.name == f"{name}.yaml" for file in ours)]

    def _printable(self, folder: str, names: Iterable[str]) -> Iterator[str]:
        """Those of *names* in *folder* that can be read and told of; a fault for each other, and none for hidden ones.

        Every other message names a file as it is called, and a name could be a command to whoever reads the message.
        """
        for name in names:
            if name.startswith("."):
                continue
            if name == name_as_shown(name):
                yield name
            else:
                message = "there is a character in this name that cannot be shown, so nothing here is read"
                path = f"{folder}/{name_as_shown(name)}"
                self.faults.append(UNEXPECTED_FILE.finding(message, path, "Give it another name."))

    def _refuse_link(self, folder: str) -> None:
        """A fault where a link stands in place of *folder*."""
        if self.source.is_link(folder):
            self.faults.extend(linked(folder).faults)

    def _fault(self, folder: str, file: PurePosixPath, message: str, names: Iterable[str]) -> None:
        names = list(names)
        hint = did_you_mean(file.stem, names) if names else f"Rename it to {file.stem}.yaml."
        self.faults.append(UNEXPECTED_FILE.finding(message, f"{folder}/{file.name}", hint))

    def loaded(self, partnership: Partnership | None) -> Loaded:
        loaded = Loaded(self.root, partnership, (), self.documents, self.nouns)
        order = {path: place for place, path in enumerate(self.documents)}
        in_order = sorted(self.faults, key=lambda fault: order.get(fault.path, len(order)))
        return loaded._replace(faults=loaded.located(in_order))
