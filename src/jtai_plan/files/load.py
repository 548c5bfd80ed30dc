"""Loading a plan: the files that are needed read, every fault in them found, and what can be trusted put together."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from jtai_plan.errors import FilesAreWrong, did_you_mean
from jtai_plan.files.document import Document, linked, located, parse
from jtai_plan.files.personal_data import guard_of, in_name
from jtai_plan.files.source import Contents, Folder, Source
from jtai_plan.files.validate import validate
from jtai_plan.model.agency import Agency, SignOff
from jtai_plan.model.board import BoardRecord
from jtai_plan.model.finding import Finding, Keys
from jtai_plan.model.noun import Noun
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
from jtai_plan.rules.checks.catalogue.file_errors import UNEXPECTED_FILE
from jtai_plan.rules.checks.consistency import references


class Scope(NamedTuple):
    """Which files are read: the returns and sign-offs of *agencies*, the returns and boards' records of *periods*.

    None is all. The plan and each agency's own file are always read.
    """

    agencies: Collection[str] | None = None
    periods: Collection[str] | None = None


_KINDS: Mapping[str, type[Noun]] = {
    "plan": Plan,
    "agency": Agency,
    "sign-off": SignOff,
    "return": Return,
    "board": BoardRecord,
}
EVERYTHING = Scope()
NO_RETURNS = Scope((), ())


class Loaded(NamedTuple):
    """What the files of a plan say, as far as it can be trusted.

    *partnership* is None while the plan itself has faults: nothing can be judged against it. A return or a boards'
    record with a fault counts as missing, and its fault is among *faults*.
    """

    root: Path
    partnership: Partnership | None
    faults: tuple[Finding, ...]
    documents: dict[str, Document]
    nouns: Mapping[str, Noun]
    """What each file holds, judged by itself, by its path. Files that cannot be read are left out."""

    def located(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """*findings* with the line and column of what each is about."""
        return tuple(located(self.documents.get(each.path, Document(each.path)), each) for each in findings)

    def document(self, path: str, content: bytes | None) -> Document | None:
        """The file at *path* with this *content*, not parsed again if it was loaded so; None without content."""
        return None if content is None else parse(path, content, self.documents.get(path))

    def trusted(self) -> Partnership:
        """The partnership.

        Raises FilesAreWrong, with every fault of plan.yaml, if there is none.
        """
        if self.partnership is None:
            faults = [fault.sentence for fault in self.faults if fault.path == PLAN]
            raise FilesAreWrong(faults, f"Nothing can be judged until {PLAN} is corrected.")
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
    """The files in *scope* below *root*, the folder that holds `plan/`, and every fault in them, in the plan's order.

    A file that holds what it held when it was *known* is not parsed again.
    """
    return _load(_Loading(root, Folder(root), scope, known))


def load_contents(
    root: Path, contents: Mapping[str, bytes], links: Iterable[str] = (), known: Loaded | None = None
) -> Loaded:
    """As `load`, from the files as they were at another time: their *contents* by path, and the paths of *links*."""
    return _load(_Loading(root, Contents(contents, links), EVERYTHING, known))


def read_alone(path: str, content: bytes) -> tuple[Noun | None, bytes]:
    """What the file at *path* holds with this *content*, judged by itself, and the bytes that were read.

    The noun is None if the file cannot be read, or is not one of a plan's.
    """
    kind = _kind(path)
    if kind is None:
        return None, content
    document = Contents({path: content}).document(path)
    return validate(kind, document)[0], document.content or b""


def _kind(path: str) -> type[Noun] | None:
    """The kind of noun in the file at *path*; None if it is not one of a plan's files."""
    place = place_of(path)
    return _KINDS[place.kind] if place else None


def _load(loading: "_Loading") -> Loaded:
    loading.read(PLAN)
    plan, scope = loading.nouns.get(PLAN), loading.scope
    assert plan is None or isinstance(plan, Plan)
    agencies = loading.agencies(plan.lead_agencies if plan else ())
    for agency in agencies:
        loading.read(agency_path(agency))
    for agency in agencies:
        if scope.agencies is None or agency in scope.agencies:
            if "sign-off" in loading.expected(f"plan/agencies/{agency}", ("agency", "sign-off")):
                loading.read(sign_off_path(agency))
            for period in loading.periods(f"plan/agencies/{agency}/returns", plan):
                loading.read(return_path(agency, period))
    for period in loading.periods("plan/board", plan):
        loading.read(board_path(period))
    everything = _partnership(loading.nouns, agencies)
    if everything is None:
        return loading.loaded(None)
    # The ask that a decision resolves may stand in a record that was not read.
    unsure = ("decisions", "resolves") if scope.periods is not None else None
    loading.faults += [fault for fault in references(everything) if fault.keys[::2] != unsure]
    faulty = {fault.path for fault in loading.faults} - {agency_path(agency) for agency in agencies}
    sound = {path: noun for path, noun in loading.nouns.items() if path not in faulty}
    for path in map(agency_path, agencies):
        wrong = {fault.keys[:2] for fault in loading.faults if fault.path == path}
        if wrong and isinstance(itself := sound.get(path), Agency):
            sound[path] = _without(itself, wrong)
    return loading.loaded(_partnership(sound, agencies))


def _without(agency: Agency, wrong: Set[Keys]) -> Agency:
    """*agency* without its measures and actions at the keys that are *wrong*: with a fault, they count as not there."""
    kept = {
        kind: tuple(each for n, each in enumerate(getattr(agency, kind)) if (kind, n) not in wrong)
        for kind in ("measures", "actions")
    }
    return agency.model_copy(update=kept)


def _partnership(nouns: Mapping[str, Any], agencies: Iterable[str]) -> Partnership | None:
    """What *nouns*, each by the path of its file, make up; None without a plan."""
    if PLAN not in nouns:
        return None
    placed = [(place, noun) for path, noun in nouns.items() if (place := place_of(path))]
    return Partnership(
        nouns[PLAN],
        # If an agency's file cannot be read, its id is all that is known.
        {agency: nouns.get(agency_path(agency)) or Agency(name=agency) for agency in agencies},
        {(str(place.agency), str(place.period)): noun for place, noun in placed if place.kind == "return"},
        {str(place.period): noun for place, noun in placed if place.kind == "board"},
        {str(place.agency): noun for place, noun in placed if place.kind == "sign-off"},
    )


class _Loading:
    """The loading of one plan: what was read so far, and what is wrong with it."""

    def __init__(self, root: Path, source: Source, scope: Scope, known: Loaded | None) -> None:
        self.root, self.source, self.scope, self.known = root, source, scope, known
        self.faults: list[Finding] = []
        self.documents: dict[str, Document] = {}
        self.nouns: dict[str, Noun] = {}

    def read(self, path: str) -> None:
        """Read the file at *path*. If it is as it was known, it is neither parsed nor validated again."""
        guard = guard_of(self.documents.get(PLAN))
        if path != PLAN and self.known and guard is not guard_of(self.known.documents.get(PLAN)):
            self.known = None
        known = self.known.documents.get(path) if self.known else None
        document = self.documents[path] = self.source.document(path, known)
        noun = self.known.nouns.get(path) if self.known and document is known else None
        if noun is None:
            kind = _kind(path)
            assert kind is not None, "only the plan's own files are read"
            noun, faults = validate(kind, document, guard_of(self.documents[PLAN]))
            self.faults += faults
        if noun is not None:
            self.nouns[path] = noun

    def agencies(self, first: tuple[str, ...]) -> list[str]:
        """The agencies that have a folder: those named in *first* in that order, then the others by name."""
        folder = "plan/agencies"
        links = [name for name in self.source.files(folder) if self.source.is_link(f"{folder}/{name}")]
        for path in (folder, *(f"{folder}/{name}" for name in self._printable(folder, links))):
            self._refuse_link(path)
        there = list(self._printable(folder, self.source.folders(folder)))
        return [*(name for name in first if name in there), *(name for name in there if name not in first)]

    def periods(self, folder: str, plan: Plan | None) -> list[str]:
        """The periods in scope that the files in *folder* are named for, in the plan's order."""
        wanted = self.scope.periods
        if wanted is not None and not wanted:
            return []
        there = self.expected(folder, list(plan.periods) if plan else None)
        return [period for period in there if wanted is None or period in wanted]

    def expected(self, folder: str, known: Sequence[str] | None) -> list[str]:
        """The *known* names for which *folder* has a file; a fault for each other file that looks like one of ours."""
        self._refuse_link(folder)
        there = [name for name in self.source.files(folder) if name.endswith((".yaml", ".yml"))]
        ours = [PurePosixPath(name) for name in self._printable(folder, there)]
        if known is None:
            return [file.stem for file in ours if file.suffix == ".yaml"]
        for file in ours:
            if file.stem not in known:
                message = f"the file is not one of the plan's: there is no '{file.stem}'"
                self._unexpected(f"{folder}/{file.name}", message, did_you_mean(file.stem, known))
            elif file.suffix == ".yml":
                message = "the file is not read: its name should end in .yaml"
                self._unexpected(f"{folder}/{file.name}", message, f"Rename it to {file.stem}.yaml.")
        return [name for name in known if any(file.name == f"{name}.yaml" for file in ours)]

    def _printable(self, folder: str, names: Iterable[str]) -> Iterator[str]:
        """Those of *names* in *folder* that may be printed, without hidden ones; a fault for each that may not.

        Other messages print a file's name as it is, and a name could be a command to the program that reads them.
        """
        for name in names:
            if name.startswith("."):
                continue
            personal = list(in_name(f"{folder}/{name}", guard_of(self.documents.get(PLAN))))
            if personal:
                self.faults += personal
            elif name == name_as_shown(name):
                yield name
            else:
                message = "there is a character in this name that cannot be shown, so nothing here is read"
                self._unexpected(f"{folder}/{name_as_shown(name)}", message, "Give it another name.")

    def _unexpected(self, path: str, message: str, hint: str | None) -> None:
        self.faults.append(UNEXPECTED_FILE.finding(message, path, hint))

    def _refuse_link(self, folder: str) -> None:
        if self.source.is_link(folder):
            self.faults += linked(folder).faults

    def loaded(self, partnership: Partnership | None) -> Loaded:
        """What was loaded, with the faults in the order of the files, each at its place."""
        loaded = Loaded(self.root, partnership, (), self.documents, self.nouns)
        order = {path: place for place, path in enumerate(self.documents)}
        in_order = sorted(self.faults, key=lambda fault: order.get(fault.path, len(order)))
        return loaded._replace(faults=loaded.located(in_order))
