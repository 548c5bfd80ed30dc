"""Reads a form that came back. It may hold anything, so everything in it is checked, and all faults are reported."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from jtai_plan.errors import JtaiError
from jtai_plan.exchange.forms import layout
from jtai_plan.exchange.untrusted import WORKBOOK, Refused, Sheet, as_typed, checked, sheets, unshown, words_beside
from jtai_plan.model.agency import Measure, reported_actions
from jtai_plan.model.days import FIRST, LAST, day_of
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.returns import Cell
from jtai_plan.model.text import CONTROLS
from jtai_plan.rules import wording
from jtai_plan.rules.checks.catalogue.questions import COMPLETE_WITHOUT_EVIDENCE
from jtai_plan.rules.personal_data.guard import Guard


class FormIsWrong(JtaiError):
    """A form with faults. Each fault is a sentence that can be sent on to whoever filled the form in."""

    status = 1

    def __init__(self, file: Path, faults: Sequence[str]) -> None:
        super().__init__("\n".join([*(f"{file}: {fault}" for fault in faults), "Nothing was written from this form."]))


class Filled(NamedTuple):
    """What a form says."""

    agency: str
    period: str
    cells: Mapping[tuple[str, str], Cell]
    """By action and dimension."""
    about: Mapping[str, str | date | None]
    """Who prepared and approved it, by the references of the sheet About; None if the form says nothing."""
    about_was: Mapping[str, str]
    """The same when the form was made, as text."""
    made_from: Mapping[tuple[str, str], str]
    """By action and dimension, the fingerprint of the cell when the form was made."""


class _Place(NamedTuple):
    """A value of the workbook, and where it stands."""

    sheet: str
    row: int
    column: int
    value: Any = None

    @property
    def cell(self) -> str:
        """The cell as Excel names it, such as "cell G7"."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        return f"cell {xl_rowcol_to_cell(self.row, self.column)}"

    @property
    def name(self) -> str:
        """The sheet and the cell, such as "sheet 'Return', cell G7"."""
        return f"sheet '{self.sheet}', {self.cell}"


Row = Mapping[str, _Place]
"""By heading."""


def read_form(file: Path, partnership: Partnership) -> Filled:
    """What the form in *file* says. Raises FormIsWrong, with every fault."""
    try:
        book = checked(file, WORKBOOK)
        found = tuple(sheets(book))
        # What somebody added beside the answers is not read.
        cells = [
            name
            for sheet, name in unshown(book, found)
            if sheet is None or any(layout.REFERENCE in row for row in sheet.values)
        ]
        if cells:
            raise Refused(
                f"{wording.listed(cells)} cannot be shown: an error such as #REF!, or a formula that was saved without "
                "its value. Type what belongs there."
            )
        return _Reading(file, partnership, found, words_beside(book)).filled()
    except Refused as why:
        raise FormIsWrong(file, [str(why)]) from None


class _Reading:
    """The reading of one form: what it says, and every fault in it."""

    def __init__(self, file: Path, partnership: Partnership, book: Sequence[Sheet], beside: str) -> None:
        self.file, self.partnership, self.plan, self.book = file, partnership, partnership.plan, book
        self.faults: list[str] = []
        said = self.plan.personal_data
        self.guard = Guard(said.allow, said.case_reference)
        for kind in dict.fromkeys(each.kind for each in self.guard.certain(beside)):
            self._fault(
                f"a comment, or a property of the file, holds {kind}. Delete it: in Excel, File, Info, Inspect Workbook"
            )

    def filled(self) -> Filled:
        """Everything it says. Raises FormIsWrong, or Refused if it is not a form of this plan."""
        known = self._known()
        self._refuse_merged()
        agency, period = known["agency"], known["period"]
        asked = [
            (action.id, dimension)
            for action in reported_actions(self.plan, agency, self.partnership.agencies[agency], period)
            for dimension in self.plan.dimensions
        ]
        rows = self._rows(layout.RATING, ["/".join(each) for each in asked])
        cells = {each: self._cell(rows.get("/".join(each), {}), each[1]) for each in asked}
        if chosen := self.partnership.agencies[agency].measures:
            values = self._rows(layout.VALUE, [measure.id for measure in chosen])
            for measure in chosen:
                place = values.get(measure.id, {}).get(layout.VALUE)
                value = self._number(place)
                if place and _may_be_a_share(place, measure):
                    self._fault(
                        f"{place.name} is {wording.number(place.value)}, and the unit is {measure.unit}. Excel keeps "
                        "93 % as 0.93: write the number as text, '93 or '0.93"
                    )
                if value is not None:
                    cells[measure.action, measure.dimension].setdefault("measures", {})[measure.id] = value
        answers = self._rows(layout.ANSWER, list(layout.ABOUT_QUESTIONS))
        about: dict[str, str | date | None] = {}
        for reference, row in answers.items():
            read = self._day if reference.endswith("/on") else self._text
            about[reference] = read(row.get(layout.ANSWER))
        if self.faults:
            raise FormIsWrong(self.file, self.faults)
        return Filled(
            agency,
            period,
            {name: Cell.model_validate(cell) for name, cell in cells.items()},
            about,
            {reference: known.get(f"about/{reference}", "") for reference in layout.ABOUT_QUESTIONS},
            {each: known.get(f"cell/{'/'.join(each)}", "") for each in asked},
        )

    def _known(self) -> dict[str, str]:
        """What the hidden sheet says the form was made from. Raises Refused if this plan does not match it."""
        hidden = next((sheet.values for sheet in self.book if sheet.name == layout.HIDDEN), ())
        known = {str(row[0]): str(row[1]) for row in hidden if len(row) > 1}
        agency, period = known.get("agency", ""), known.get("period", "")
        if known.get("version") not in layout.READABLE:
            raise Refused(
                "this form was not made by jtai forms, or by another version. Copy the answers into a new one."
            )
        if known.get("plan") != self.plan.title:
            raise Refused(f"this form belongs to another plan, '{known.get('plan')}'.")
        if agency not in self.partnership.agencies or period not in self.plan.periods:
            raise Refused(f"this form is for agency '{agency}' and period '{period}', which are not in the plan.")
        if known.get("fingerprint") != layout.plan_fingerprint(self.partnership, agency, period):
            raise Refused(
                "the plan has changed since this form was made. "
                f"Make a new one: jtai forms -q {period} --agency {agency}."
            )
        return known

    def _refuse_merged(self) -> None:
        for sheet in self.book:
            if any(layout.REFERENCE in row for row in sheet.values):
                for (row, column), (_, last) in sheet.merged:
                    first, end = _Place(sheet.name, row, column), _Place(sheet.name, row, last)
                    self._fault(f"{first.name} and {end.cell} are merged. Unmerge them")

    def _rows(self, heading: str, asked: Sequence[str]) -> dict[str, Row]:
        """The rows below *heading*, by their references. Each reference that is *asked* and missing is a fault."""
        found: dict[str, Row] = {}
        for sheet in self.book:
            for head, row in enumerate(sheet.values):
                headings = [str(each).strip() for each in row]
                if layout.REFERENCE in headings and heading in headings:
                    self._add_rows(found, sheet, head, headings, asked)
                    break
        for reference in asked:
            if reference not in found:
                self._fault(f"the row of {_subject(reference)} is missing. Put it back, or use a new form")
        return found

    def _add_rows(
        self, found: dict[str, Row], sheet: Sheet, head: int, headings: Sequence[str], asked: Sequence[str]
    ) -> None:
        """Add what stands below the headings in row *head* of *sheet* to the rows *found*."""
        at = headings.index(layout.REFERENCE)
        for number, row in enumerate(sheet.values[head + 1 :], start=head + 1):
            where, reference = f"sheet '{sheet.name}', row {number + 1}", str(row[at]).strip()
            if reference in found:
                self._fault(f"{where}: {_subject(reference)} is there twice. Delete one of the two rows")
            elif reference in asked:
                found[reference] = {
                    heading: _Place(sheet.name, number, column, row[column])
                    for column, heading in enumerate(headings)
                    if heading
                }
            elif reference:
                self._fault(f"{where}: the form does not ask for '{reference}'. Delete the row")
            elif any(str(each).strip() for each in row):
                self._fault(
                    f"{where} was added, and it is not clear what it is about. "
                    "Move its text to one of the rows above, then delete it"
                )

    def _cell(self, row: Row, dimension: str) -> dict[str, Any]:
        recovery = {"plan": self._text(row.get(layout.RECOVERY)), "by": self._day(row.get(layout.RECOVERY_BY))}
        evidence = list(self._evidence(row))
        why = next(filter(None, map(_why_none, evidence)), None)
        return _filled_in(
            {
                "rating": self._rating(row.get(layout.RATING), dimension),
                "update": self._text(row.get(layout.UPDATE)),
                "recovery": _filled_in(recovery),
                "evidence": [each for each in evidence if _why_none(each) is None],
                "answers": {COMPLETE_WITHOUT_EVIDENCE.id: why} if why else {},
                "restricted": self._restricted(row.get(layout.RESTRICTED)),
            }
        )

    def _restricted(self, place: _Place | None) -> bool | dict[str, str]:
        typed = self._text(place)
        if typed is None:
            return False
        return True if typed.casefold() == layout.YES.casefold() else {"reason": typed}

    def _evidence(self, row: Row) -> Iterator[dict[str, Any]]:
        number = 1
        while (headings := layout.evidence_headings(number))[0] in row:
            what, where, dated = (row.get(heading) for heading in headings)
            each = _filled_in({"what": self._text(what), "where": self._text(where), "dated": self._day(dated)})
            if what and _why_none(each) == "":
                self._fault(f"{what.name} says that there is no evidence, but not why. Write 'None:' and the reason")
            elif each and "what" not in each and what:
                self._fault(f"{what.name} is empty but the cells beside it are not. Say what the evidence is")
            elif each:
                yield each
            number += 1

    def _rating(self, place: _Place | None, dimension: str) -> str | None:
        typed = self._text(place)
        if typed is None or place is None:
            return None
        ratings = self.plan.ratings(dimension)
        for name, rating in ratings.items():
            if typed.casefold() in (name.casefold(), rating.label.casefold(), rating.letter.casefold()):
                return name
        accepted = wording.listed((rating.label for rating in ratings.values()), "or")
        of = f" of {self.plan.dimensions[dimension].label.lower()}" if len(ratings) < len(self.plan.scale) else ""
        self._fault(f"{place.name}: '{_short(typed)}' is not a rating{of}. Choose {accepted}, or leave it empty")
        return None

    def _text(self, place: _Place | None) -> str | None:
        if place is None or place.value is None:
            return None
        text = as_typed(place.value).replace("\r\n", "\n").replace("\r", "\n").strip()
        if found := self.guard.certain(text):
            kinds = wording.listed(dict.fromkeys(each.kind for each in found))
            self._fault(f"{place.name} holds {kinds}. What is recorded is kept for ever, so say it without")
            return None
        if re.search(f"[{CONTROLS}]", text):
            self._fault(f"{place.name}: the text has a hidden control character. Type the text again")
        return text or None

    def _day(self, place: _Place | None) -> date | None:
        if place and isinstance(place.value, date):
            day = place.value.date() if isinstance(place.value, datetime) else place.value
            if FIRST <= day <= LAST:
                return day
            self._fault(f"{place.name}: the year {day.year} cannot be right. Write the day as 31/12/2018")
            return None
        typed = self._text(place)
        if typed is None or place is None:
            return None
        if (found := day_of(typed)) is None:
            self._fault(f"{place.name}: '{_short(typed)}' is not a date. Write it as 31/12/2018")
        return found

    def _number(self, place: _Place | None) -> float | None:
        typed = self._text(place)
        if typed is None or place is None:
            return None
        if (isinstance(place.value, float) and isfinite(place.value)) or re.fullmatch(r"[-+]?\d+(\.\d+)?", typed):
            number = float(typed)
            return int(number) if number.is_integer() else number
        self._fault(f"{place.name}: '{_short(typed)}' is not a number. Write only the number, such as 61")
        return None

    def _fault(self, words: str) -> None:
        # What it quotes may be what nobody should repeat.
        for each in reversed(self.guard.certain(words)):
            words = f"{words[: each.start]}…{words[each.end :]}"
        self.faults.append(f"{words}.")


def _may_be_a_share(place: _Place, measure: Measure) -> bool:
    """Whether a number of per cent may be a share of one: that is how a workbook keeps what is shown with a % sign."""
    is_share = re.search(r"per ?cent|%", measure.unit or "", re.IGNORECASE) is not None
    return is_share and isinstance(place.value, float) and 0 < abs(place.value) <= 1


def _why_none(evidence: Mapping[str, Any]) -> str | None:
    """Why there is none, if somebody wrote "None: why" in the place of *evidence*; empty if without a reason."""
    none, _, why = str(evidence.get("what", "")).partition(":")
    return why.strip() if none.strip().casefold() == "none" else None


def _subject(reference: str) -> str:
    return reference.replace("/", " ")


def _short(typed: str) -> str:
    return typed if len(typed) <= 60 else f"{typed[:57]}..."


def _filled_in(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
