"""Writing a form: one workbook for an agency and a period, filled in with what is known."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jtai_plan.errors import CannotDo
from jtai_plan.exchange.forms import layout
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action, Plan
from jtai_plan.model.returns import Cell
from jtai_plan.rules import wording
from jtai_plan.rules.judge import measures
from jtai_plan.rules.judge.trajectory import expectation

# No clock: the same files give the same bytes.
MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # Excel's own properties have no time zone
LONGEST = 32_767
"""How many characters a cell of a workbook holds."""
MOST_HELP = 255
"""How many characters the help of a cell may have."""


class _Row(NamedTuple):
    """What the form asks of one action and dimension."""

    action: Action
    dimension: str
    said: Cell | None


def form(partnership: Partnership, agency: str, period: str, colours: Mapping[str, tuple[str, str]]) -> bytes:
    """The workbook that *agency* fills in for *period*, where a rating has its *colours*: of the ground, of the ink.

    Raises CannotDo where a text is too long for a cell.
    """
    made = BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{partnership.plan.title}: return", "author": "", "created": MADE})
        rows = tuple(_rows(partnership, agency, period))
        writing = _Writing(book, partnership, agency, period, rows, colours)
        writing.returns()
        if partnership.agencies[agency].measures:
            writing.measures()
        writing.about()
        writing.key()
        writing.hidden()
    return made.getvalue()


def _rows(partnership: Partnership, agency: str, period: str) -> Iterator[_Row]:
    plan, returned = partnership.plan, partnership.returns.get((agency, period))
    for action in reported_actions(plan, agency, partnership.agencies[agency], period):
        for dimension in plan.dimensions:
            yield _Row(action, dimension, returned.cell(action.id, dimension) if returned else None)


class _Writing:
    """The writing of one workbook, sheet by sheet."""

    def __init__(
        self,
        book: Workbook,
        partnership: Partnership,
        agency: str,
        period: str,
        rows: tuple[_Row, ...],
        colours: Mapping[str, tuple[str, str]],
    ) -> None:
        self.book, self.partnership, self.agency, self.period, self.rows = book, partnership, agency, period, rows
        self.colours = colours
        self.plan: Plan = partnership.plan
        self.label = self.plan.periods[period].label
        base: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        filled_in = {**base, "locked": False, "bg_color": "#fffbe6", "border": 1}
        self.title = book.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False})
        self.help = book.add_format({**base, "text_wrap": False})
        self.head = book.add_format({**base, "bold": True, "bottom": 2})
        self.text = book.add_format(base)
        self.ask = book.add_format(filled_in)
        self.ask_text = book.add_format({**filled_in, "num_format": "@"})
        self.ask_day = book.add_format({**filled_in, "num_format": "d mmm yyyy", "align": "left"})

    def returns(self) -> None:
        """The sheet with a row for each action and dimension."""
        slots = max([layout.LEAST_EVIDENCE, *(len(row.said.evidence) + 1 for row in self.rows if row.said)])
        evidence = [heading for number in range(1, slots + 1) for heading in layout.evidence_headings(number)]
        columns = [layout.REFERENCE, "Action", "Outcome measure", "Dimension", "Expected now", "Last time"]
        asked = [layout.RATING, layout.UPDATE, layout.RECOVERY, layout.RECOVERY_BY, *evidence]
        widths = [0, 26, 24, 12, 11, 10, 9, 38, 24, 12, *([24, 20, 12] * slots)]
        due = self.plan.periods[self.period].returns_due
        lines = (
            f"{self.plan.title}: return of {self.partnership.agencies[self.agency].name} for {self.label}",
            (
                "Fill in the yellow cells: choose a rating from the list, and say what was done. Where a rating falls "
                "short of what is expected, say what will be done and by when."
            ),
            "Name no child. Leave a rating empty if you do not know it; it then counts as no return. "
            + (f"Send the form back by {wording.day(due)}." if due else "Send the form back as it is, in Excel."),
        )
        headings = [*columns, *asked]
        sheet, first = self._sheet(layout.RETURN, lines, headings, widths)
        rating_at = headings.index(layout.RATING)
        for at, row in enumerate(self.rows, start=first):
            known, answers = self._known(row), self._answers(row, slots)
            for column, (value, kind) in enumerate((*((words, self.text) for words in known), *answers)):
                self._write(sheet, at, column, value, kind)
            self._offer(sheet, at, rating_at, row)
            texts = [value if isinstance(value, str) else "" for value in (*known, *(value for value, _ in answers))]
            sheet.set_row(at, _height(texts, widths))
        last = first + max(len(self.rows), 1) - 1
        for name, rating in self.plan.scale.items():
            if name in self.colours:
                ground, ink = self.colours[name]
                colours = self.book.add_format({"bg_color": ground, "font_color": ink})
                quoted = rating.label.replace('"', '""')
                match = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": colours}
                sheet.conditional_format(first, rating_at, last, rating_at, match)
        sheet.freeze_panes(first, 2)
        sheet.activate()
        # On paper the evidence goes beside, on pages of its own, under the same actions.
        sheet.set_print_scale(64)
        sheet.set_v_pagebreaks([headings.index(layout.evidence_headings(1)[0])])
        sheet.repeat_columns(0, 1)

    def _known(self, row: _Row) -> tuple[str, ...]:
        """What the plan says of a row, in the order of the columns."""
        return (
            f"{row.action.id}/{row.dimension}",
            f"{row.action.id} {row.action.action}",
            "\n".join(row.action.outcome_measure),
            self.plan.dimensions[row.dimension].label,
            self._expected(row),
            self._last(row),
        )

    def _answers(self, row: _Row, slots: int) -> list[tuple[str | date | None, Format]]:
        """What was answered in a row already, in the order of the columns, with room for *slots* pieces of evidence."""
        said = row.said or Cell()
        recovery, evidence = said.recovery, said.evidence
        answers: list[tuple[str | date | None, Format]] = [
            (self.plan.scale[said.rating].label if said.rating else None, self.ask),
            (said.update, self.ask_text),
            (recovery.plan if recovery else None, self.ask_text),
            (recovery.by if recovery else None, self.ask_day),
        ]
        for slot in range(slots):
            each = evidence[slot] if slot < len(evidence) else None
            answers += [(each.what if each else None, self.ask_text), (each.where if each else None, self.ask_text)]
            answers.append((each.dated if each else None, self.ask_day))
        return answers

    def _offer(self, sheet: Worksheet, at: int, column: int, row: _Row) -> None:
        """The list of ratings at a row, with what each means. What fits no list is typed, and judged later."""
        labels = [rating.label for rating in self.plan.scale.values()]
        fits = len(",".join(labels)) <= MOST_HELP and not any("," in label for label in labels)
        rule: dict[str, Any] = {"validate": "list", "source": labels} if fits else {"validate": "any"}
        rule |= {"input_title": "Rating", "input_message": self._help(row)}
        choose = textwrap.shorten(f"Choose {wording.listed(labels, 'or')}.", MOST_HELP - 5, placeholder=" ...")
        rule |= {"error_title": "Not a rating of this plan", "error_message": choose}
        refused = sheet.data_validation(at, column, at, column, rule)
        assert refused == 0, "xlsxwriter only warns, and leaves the list out"

    def measures(self) -> None:
        """The sheet with a row for each measure that the agency chose."""
        columns = [layout.REFERENCE, "Measure", "Action", "Unit", "Baseline", "Target", "Last value", layout.VALUE]
        lines = (f"Measures for {self.label}", "Fill in the yellow cells with numbers alone.")
        sheet, first = self._sheet(layout.MEASURES, lines, columns, [0, 45, 12, 14, 10, 10, 10, 12])
        before = self.plan.period_before(self.period)
        for at, measure in enumerate(self.partnership.agencies[self.agency].measures, start=first):
            last = measures.value_in(self.partnership, self.agency, measure, before) if before else None
            now = measures.value_in(self.partnership, self.agency, measure, self.period)
            subject = wording.subject(self.plan, measure.action, measure.dimension)
            known = (measure.id, measure.description, subject, measure.unit, measure.baseline, measure.target, last)
            for column, value in enumerate(known):
                self._write(sheet, at, column, value, self.text)
            self._write(sheet, at, len(known), now, self.ask)
            sheet.set_row(at, _height(("", measure.description), (0, 45)))

    def about(self) -> None:
        """The sheet that asks who filled the form in and who approved it."""
        sheet, first = self._sheet(
            layout.ABOUT, ("About this return",), [layout.REFERENCE, "Question", layout.ANSWER], [0, 45, 45]
        )
        returned = self.partnership.returns.get((self.agency, self.period))
        for at, (reference, question) in enumerate(layout.ABOUT_QUESTIONS.items(), start=first):
            self._write(sheet, at, 0, reference, self.text)
            self._write(sheet, at, 1, question, self.text)
            kind = self.ask_day if reference.endswith("/on") else self.ask_text
            self._write(sheet, at, 2, layout.about_value(returned, reference), kind)

    def key(self) -> None:
        """The sheet with what each rating means."""
        dimensions = self.plan.dimensions
        columns = ["Rating", *(each.label for each in dimensions.values())]
        sheet, first = self._sheet(layout.KEY, ("What each rating means",), columns, [12, *([50] * len(dimensions))])
        for at, rating in enumerate(self.plan.scale.values(), start=first):
            self._write(sheet, at, 0, f"{rating.label} ({rating.letter})", self.head)
            for column, dimension in enumerate(dimensions, start=1):
                self._write(sheet, at, column, rating.meaning(dimension) or "The key gives it no meaning.", self.text)

    def hidden(self) -> None:
        """The sheet that says what the form was made of, so that what comes back can be judged."""
        sheet = self.book.add_worksheet(layout.HIDDEN)
        sheet.very_hidden()
        said = {
            "version": layout.VERSION,
            "plan": self.plan.title,
            "fingerprint": layout.plan_fingerprint(self.partnership, self.agency, self.period),
            "agency": self.agency,
            "period": self.period,
        }
        returned = self.partnership.returns.get((self.agency, self.period))
        said |= {f"about/{each}": str(layout.about_value(returned, each) or "") for each in layout.ABOUT_QUESTIONS}
        said |= {f"cell/{row.action.id}/{row.dimension}": layout.fingerprint(row.said) for row in self.rows}
        for at, (key, value) in enumerate(said.items()):
            self._write(sheet, at, 0, key, self.text)
            self._write(sheet, at, 1, value, self.text)

    def _sheet(
        self, name: str, lines: Sequence[str], columns: Sequence[str], widths: Sequence[int]
    ) -> tuple[Worksheet, int]:
        """A new sheet with *lines* above the headings of its *columns*, and the row after them."""
        sheet = self.book.add_worksheet(name)
        hides = columns[0] == layout.REFERENCE
        for at, words in enumerate(lines):
            sheet.write_string(at, 1 if hides else 0, words, self.title if at == 0 else self.help)
        head = len(lines) + 1
        for column, (words, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.write_string(head, column, words, self.head)
            sheet.set_column(column, column, width or 8, None, {"hidden": width == 0})
        sheet.set_row(head, 27)
        sheet.protect("", {"format_rows": True, "format_columns": True, "sort": False})
        sheet.set_landscape()
        sheet.set_paper(9)
        if name != layout.RETURN:
            sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.repeat_rows(head)
        sheet.set_footer(f"&L{_on_paper(self.label)}&RPage &P of &N")
        if self.plan.marking:
            sheet.set_header(f"&C{_on_paper(self.plan.marking)}")
        return sheet, head + 1

    def _write(self, sheet: Worksheet, row: int, column: int, value: str | float | date | None, kind: Format) -> None:
        match value:
            case None | "":
                sheet.write_blank(row, column, None, kind)
            case str() if len(value) > LONGEST:
                raise CannotDo(
                    f"a text of {len(value):,} characters is too long for a form, which holds {LONGEST:,}: "
                    f"'{textwrap.shorten(value, 60, placeholder='...')}'.",
                    nothing_written=True,
                )
            case str():
                sheet.write_string(row, column, value, kind)
            case date():
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), kind)  # noqa: DTZ001
            case _:
                sheet.write_number(row, column, value, kind)

    def _expected(self, row: _Row) -> str:
        expected = expectation(self.plan, row.action, row.dimension, self.period)
        return wording.permitted_labels(self.plan, expected) or "Nothing yet"

    def _last(self, row: _Row) -> str:
        before = self.plan.period_before(self.period)
        rating = self.partnership.rating(self.agency, row.action.id, row.dimension, before) if before else None
        return self.plan.scale[rating].label if rating else "No rating" if before else ""

    def _help(self, row: _Row) -> str:
        means = (
            f"{rating.label}: {meaning}"
            for rating in self.plan.scale.values()
            if (meaning := rating.meaning(row.dimension))
        )
        return textwrap.shorten(
            " ".join([f"Expected: {self._expected(row)}.", *means]), MOST_HELP - 5, placeholder=" ..."
        )


def _on_paper(text: str) -> str:
    """*text* as the head or foot of a page may say it."""
    return textwrap.shorten(text, 100, placeholder=" ...").replace("&", "&&")


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """How many points the lines of *texts* take, each in a column of one of *widths*; no less than two lines do."""
    lines = [
        sum(-(-max(len(line), 1) // max(width - 2, 1)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
        if width
    ]
    return min(13.5 * max([2, *lines]), 400.0)
