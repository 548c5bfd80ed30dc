"""Reading a form that came back. It may hold anything: all of it is judged anew, and every fault is told at once."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from jtai_plan.errors import JtaiError
from jtai_plan.exchange.forms import layout
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Plan
from jtai_plan.model.returns import Cell
from jtai_plan.model.text import CONTROLS
from jtai_plan.rules import wording

MAX_BYTES = 10_000_000
MAX_UNPACKED = 100_000_000
MAX_ROWS = 20_000


class FormIsWrong(JtaiError):
    """A form that cannot be taken as it is; each fault is a sentence that can be sent on to who filled it in."""

    status = 1

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join([*faults, "Nothing was written from this form."]))


class Filled(NamedTuple):
    """What a form says."""

    agency: str
    period: str
    cells: Mapping[tuple[str, str], Cell]
    """By action and dimension."""
    about: Mapping[str, Any]
    """Who prepared and approved it, by the keys of the return joined by a stroke; None where that is left empty."""
    about_was: Mapping[str, str]
    """The same as it was when the form was made, in plain text."""
    made_from: Mapping[tuple[str, str], str]
    """By action and dimension, the fingerprint of the cell as it was when the form was made."""


class _Place(NamedTuple):
    """A value of the workbook, and where it stands."""

    sheet: str
    row: int
    column: int
    value: Any

    @property
    def name(self) -> str:
        """The cell as Excel names it: "sheet 'Return', cell G7"."""
        letters, column = "", self.column + 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"sheet '{self.sheet}', cell {letters}{self.row + 1}"


Rows = dict[str, dict[str, _Place]]
"""By reference and heading."""


def read_form(file: Path, partnership: Partnership) -> Filled:
    """What the form in *file* says. Raises FormIsWrong, with every fault, where it cannot be taken."""
    book = _opened(file)
    reading = _Reading(file, partnership, {name: _values(book, name) for name in book.sheet_names})
    for name in book.sheet_names:
        reading.refuse_merged(name, book.get_sheet_by_name(name).merged_cell_ranges or ())
    return reading.filled()


def _opened(file: Path) -> CalamineWorkbook:
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise FormIsWrong([f"{file}: the file has {size / 1e6:.0f} MB; a form has at most {MAX_BYTES // 10**6}."])
    with file.open("rb") as opened:
        start = opened.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FormIsWrong(
            [f"{file}: the file is protected by a password, or of an old kind. Save it as .xlsx without one."]
        )
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(each.file_size for each in packed.infolist()) > MAX_UNPACKED:
                raise FormIsWrong(
                    [f"{file}: the file unpacks to more than {MAX_UNPACKED // 10**6} MB. It is not one of our forms."]
                )
            if any(name.endswith("vbaProject.bin") for name in packed.namelist()):
                raise FormIsWrong([f"{file}: the file holds macros. Save it as .xlsx, without them."])
        return CalamineWorkbook.from_path(str(file))
    except (zipfile.BadZipFile, ZipError, CalamineError, OSError, NotImplementedError) as error:
        raise FormIsWrong(
            [f"{file}: this cannot be read as a workbook ({error}). Save it in Excel as .xlsx, and send it again."]
        ) from None


def _values(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    return sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)


class _Reading:
    """The reading of one form: what it says, and every fault that was found."""

    def __init__(self, file: Path, partnership: Partnership, sheets: Mapping[str, list[list[Any]]]) -> None:
        self.file, self.partnership, self.sheets = file, partnership, sheets
        self.plan: Plan = partnership.plan
        self.faults: list[str] = []

    def filled(self) -> Filled:
        """All that it says. Raises FormIsWrong."""
        known = self._known()
        agency, period = known["agency"], known["period"]
        asked = [
            (action.id, dimension)
            for action in reported_actions(self.plan, agency, self.partnership.agencies[agency], period)
            for dimension in self.plan.dimensions
        ]
        rows = self._rows(layout.RATING, [f"{action}/{dimension}" for action, dimension in asked])
        cells = {(action, dimension): self._cell(rows.get(f"{action}/{dimension}", {})) for action, dimension in asked}
        chosen = self.partnership.agencies[agency].measures
        values = self._rows(layout.VALUE, [measure.id for measure in chosen]) if chosen else {}
        for measure in chosen:
            value = self._number(values.get(measure.id, {}).get(layout.VALUE))
            if value is not None:
                cells[measure.action, measure.dimension].setdefault("measures", {})[measure.id] = value
        answers = self._rows(layout.ANSWER, list(layout.ABOUT_QUESTIONS))
        about = {
            reference: self._day(place) if reference.endswith("/on") else self._text(place)
            for reference, row in answers.items()
            for place in (row.get(layout.ANSWER),)
        }
        if self.faults:
            raise FormIsWrong(self.faults)
        made_from = {(action, dimension): known.get(f"cell/{action}/{dimension}", "") for action, dimension in asked}
        about_was = {reference: known.get(f"about/{reference}", "") for reference in layout.ABOUT_QUESTIONS}
        said = {name: Cell.model_validate(cell) for name, cell in cells.items()}
        return Filled(agency, period, said, about, about_was, made_from)

    def refuse_merged(self, sheet: str, ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        """A fault for each of the *ranges* of merged cells of a *sheet*: what they held cannot be told apart."""
        if any(layout.REFERENCE in row for row in self.sheets[sheet]):
            for (row, column), (_, last) in ranges:
                first, end = (_Place(sheet, row, each, None).name for each in (column, last))
                self._fault(f"{first} and {end.partition(', ')[2]} are merged. Split them")

    def _known(self) -> dict[str, str]:
        """What the form was made of. Raises FormIsWrong where it is not one of this plan as it is."""
        known = {str(row[0]): str(row[1]) for row in self.sheets.get(layout.HIDDEN, ()) if len(row) > 1}
        if known.get("version") != layout.VERSION:
            raise FormIsWrong(
                [f"{self.file}: this is not a form that jtai forms made. Copy the answers into one that is."]
            )
        if known.get("plan") != self.plan.title:
            raise FormIsWrong([f"{self.file}: this is a form of another plan, '{known.get('plan')}'."])
        agency, period = known.get("agency", ""), known.get("period", "")
        if agency not in self.partnership.agencies or period not in self.plan.periods:
            raise FormIsWrong(
                [f"{self.file}: it is for agency '{agency}' and period '{period}', which the plan does not have."]
            )
        if known.get("fingerprint") != layout.plan_fingerprint(self.partnership, agency, period):
            raise FormIsWrong(
                [
                    (
                        f"{self.file}: the plan has changed since this form was made. "
                        f"Make a new one: jtai forms -q {period} --agency {agency}."
                    )
                ]
            )
        return known

    def _rows(self, heading: str, asked: list[str]) -> Rows:
        """The rows below *heading*, by their references; a fault for each of those *asked* that is not there."""
        found: Rows = {}
        for sheet, values in self.sheets.items():
            for head, row in enumerate(values):
                headings = [str(each).strip() for each in row]
                if layout.REFERENCE in headings and heading in headings:
                    self._add(found, sheet, values, head, headings, asked)
                    break
        for reference in asked:
            if reference not in found:
                self._fault(f"the row of {_subject(reference)} is missing. Put it back, or use a new form")
        return found

    def _add(
        self, found: Rows, sheet: str, values: list[list[Any]], head: int, headings: list[str], asked: list[str]
    ) -> None:
        at = headings.index(layout.REFERENCE)
        for number, row in enumerate(values[head + 1 :], start=head + 1):
            reference = str(row[at]).strip()
            places = {
                words: _Place(sheet, number, column, row[column]) for column, words in enumerate(headings) if words
            }
            if reference in found:
                self._fault(f"sheet '{sheet}', row {number + 1}: {_subject(reference)} is there twice. Keep one")
            elif reference in asked:
                found[reference] = places
            elif reference:
                self._fault(f"sheet '{sheet}', row {number + 1}: '{reference}' is not asked for. Delete the row")
            elif any(str(each).strip() for each in row):
                self._fault(
                    f"sheet '{sheet}', row {number + 1} was added, and nobody can tell what it is about. "
                    "Move its words to a row that was there, and delete it"
                )

    def _cell(self, row: Mapping[str, _Place]) -> dict[str, Any]:
        said = {
            "rating": self._rating(row.get(layout.RATING)),
            "update": self._text(row.get(layout.UPDATE)),
            "recovery": _without_none(
                plan=self._text(row.get(layout.RECOVERY)), by=self._day(row.get(layout.RECOVERY_BY))
            ),
            "evidence": list(self._evidence(row)),
        }
        return {key: value for key, value in said.items() if value}

    def _evidence(self, row: Mapping[str, _Place]) -> Iterator[dict[str, Any]]:
        number = 1
        while (headings := layout.evidence_headings(number))[0] in row:
            what, where, dated = (row.get(heading) for heading in headings)
            each = _without_none(what=self._text(what), where=self._text(where), dated=self._day(dated))
            if each and "what" not in each and what:
                self._fault(f"{what.name} is empty, and the cells beside it are not. Say what the evidence is")
            elif each:
                yield each
            number += 1

    def _rating(self, place: _Place | None) -> str | None:
        typed = self._text(place)
        if typed is None or place is None:
            return None
        scale = self.plan.scale
        for name, rating in scale.items():
            if typed.casefold() in (name.casefold(), rating.label.casefold(), rating.letter.casefold()):
                return name
        accepted = wording.listed((rating.label for rating in scale.values()), "or")
        self._fault(f"{place.name}: '{_short(typed)}' is not a rating. Choose {accepted}, or leave it empty")
        return None

    def _text(self, place: _Place | None) -> str | None:
        value = place.value if place else None
        match value:
            case None | "":
                return None
            case bool():
                return "TRUE" if value else "FALSE"
            case float() if value.is_integer():
                return str(int(value))
            case datetime():
                return value.date().isoformat()
            case _:
                text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
                if place and re.search(f"[{CONTROLS}]", text):
                    self._fault(f"{place.name}: the text holds a control character. Delete it, or type the text anew")
                return text or None

    def _day(self, place: _Place | None) -> date | None:
        value = place.value if place else None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        typed = self._text(place)
        if typed is None or place is None:
            return None
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y"):
            try:
                return datetime.strptime(typed, form).date()  # noqa: DTZ007  # a day has no time zone
            except ValueError:
                continue
        self._fault(f"{place.name}: '{_short(typed)}' is not a day. Write it as 31/12/2018")
        return None

    def _number(self, place: _Place | None) -> float | None:
        value = place.value if place else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return int(value) if float(value).is_integer() else float(value)
        typed = self._text(place)
        if typed is None or place is None:
            return None
        if re.fullmatch(r"[-+]?\d+(\.\d+)?", typed):
            return float(typed) if "." in typed else int(typed)
        self._fault(f"{place.name}: '{_short(typed)}' is not a number. Write the number alone, such as 61")
        return None

    def _fault(self, words: str) -> None:
        self.faults.append(f"{self.file}: {words}.")


def _subject(reference: str) -> str:
    return reference.replace("/", " ")


def _short(typed: str) -> str:
    return typed if len(typed) <= 60 else f"{typed[:57]}..."


def _without_none(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
