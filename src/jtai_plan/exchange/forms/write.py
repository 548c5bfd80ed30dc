"""Writes a form: a workbook for one agency and period, filled in with what is known."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jtai_plan.errors import NothingWritten
from jtai_plan.exchange.forms import layout
from jtai_plan.model.agency import reported_actions
from jtai_plan.model.partnership import Partnership
from jtai_plan.model.plan import Action
from jtai_plan.model.returns import Cell
from jtai_plan.rules import wording
from jtai_plan.rules.judge.judgement import complete_since
from jtai_plan.rules.judge.measures import value_in
from jtai_plan.rules.judge.trajectory import expectation

# Not the time: the same files give the same bytes.
MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # Excel's own properties have no time zone
MAX_PROMPT = 255
"""How many characters the prompt of a cell may have."""
Value = str | float | date | None
Rows = Sequence[Sequence[tuple[Value, Format]]]
"""What stands in each cell, and how it looks."""


class _Row(NamedTuple):
    """What the form asks of one action and dimension."""

    action: Action
    dimension: str
    said: Cell | None


def form(partnership: Partnership, agency: str, period: str, colours: Mapping[str, tuple[str, str]]) -> bytes:
    """The workbook that *agency* fills in for *period*. Raises CannotDo if a text is too long for a cell.

    *colours* are the background and the text colour of each rating.
    """
    made = BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{partnership.plan.title}: return", "author": "", "created": MADE})
        writing = _Writing(book, partnership, agency, period)
        writing.returns(colours)
        if partnership.agencies[agency].measures:
            writing.measures()
        writing.about()
        writing.key()
        writing.hidden()
    return made.getvalue()


class _Writing:
    """The writing of one workbook, sheet by sheet."""

    def __init__(self, book: Workbook, partnership: Partnership, agency: str, period: str) -> None:
        self.book, self.partnership, self.agency, self.period = book, partnership, agency, period
        self.plan, self.itself = partnership.plan, partnership.agencies[agency]
        self.returned = partnership.returns.get((agency, period))
        self.before = self.plan.period_before(period)
        self.label = self.plan.periods[period].label
        self.rows = [
            _Row(action, dimension, self.returned.cell(action.id, dimension) if self.returned else None)
            for action in reported_actions(self.plan, agency, self.itself, period)
            for dimension in self.plan.dimensions
        ]
        base: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        asked = {**base, "locked": False, "bg_color": "#fffbe6", "border": 1}
        self.title = book.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False})
        self.help = book.add_format({**base, "text_wrap": False})
        self.head = book.add_format({**base, "bold": True, "bottom": 2})
        self.text = book.add_format({**base, "border": 1, "border_color": "#d0d0d0"})
        self.ask = book.add_format(asked)
        self.ask_text = book.add_format({**asked, "num_format": "@"})
        self.ask_day = book.add_format({**asked, "num_format": "d mmm yyyy", "align": "left"})

    def returns(self, colours: Mapping[str, tuple[str, str]]) -> None:
        slots = max([layout.LEAST_EVIDENCE, *(len(row.said.evidence) + 1 for row in self.rows if row.said)])
        evidence = [heading for number in range(1, slots + 1) for heading in layout.evidence_headings(number)]
        headings = [
            *(layout.REFERENCE, "Action", "Dimension", "Outcome measure", "Expected now", "Last time"),
            *(layout.RATING, layout.UPDATE, layout.RECOVERY, layout.RECOVERY_BY, *evidence, layout.RESTRICTED),
        ]
        widths = [0, 26, 12, 24, 11, 18, 9, 38, 24, 12, *([24, 20, 12] * slots), 24]
        due = self.plan.periods[self.period].returns_due
        to = f" to {self.plan.collated_by}" if self.plan.collated_by else ""
        complete = wording.listed((rating.label for rating in self.plan.scale.values() if rating.complete), "or")
        lines = (
            f"{self.plan.title}: return of {self.itself.name} for {self.label}",
            (
                "Fill in the yellow cells. Choose a rating from the list, and say what was done. "
                "If a rating is below what is expected, say what you will do about it and by when. "
                f"If it becomes {complete}, say what shows it, or write 'None:' and why nothing does."
            ),
            (
                "Do not name a child. If you do not know a rating, leave it empty: it counts as no return. "
                f"Send the form back{to} {f'by {wording.day(due)}' if due else 'when it is filled in'}."
            ),
        )
        rows = [[*self._plain(*self._known(row)), *self._answers(row.said or Cell(), slots)] for row in self.rows]
        sheet, first = self._sheet(layout.RETURN, lines, headings, widths, rows)
        rating_at = headings.index(layout.RATING)
        for at, row in enumerate(self.rows, start=first):
            self._offer(sheet, at, rating_at, row)
        last = first + max(len(self.rows), 1) - 1
        for name, rating in self.plan.scale.items():
            if name in colours:
                background, ink = colours[name]
                painted = self.book.add_format({"bg_color": background, "font_color": ink})
                quoted = rating.label.replace('"', '""')
                match = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": painted}
                sheet.conditional_format(first, rating_at, last, rating_at, match)
        sheet.freeze_panes(first, 3)
        sheet.activate()
        # On paper, the evidence has pages of its own, with the same actions and dimensions beside it.
        sheet.set_print_scale(64)
        sheet.set_v_pagebreaks([headings.index(layout.evidence_headings(1)[0])])
        sheet.repeat_columns(0, 2)

    def _known(self, row: _Row) -> tuple[str, ...]:
        """What the plan says of a row, in the order of the columns."""
        action, before = row.action, self.before
        return (
            f"{action.id}/{row.dimension}",
            f"{action.id} {action.action}",
            self.plan.dimensions[row.dimension].label,
            "\n".join(action.outcome_measure),
            self._expected(row),
            self._last_time(row) if before else "",
        )

    def _last_time(self, row: _Row) -> str:
        """What was said in the period before: the rating, what was promised, and what a board said in its place."""
        assert self.before is not None, "the first period has none before it"
        since = complete_since(self.partnership, row.action, row.dimension, self.period, self.agency)
        said = self.partnership.cell(self.agency, row.action.id, row.dimension, since or self.before)
        words = [self.plan.scale[said.rating].label if said.rating else "No rating"]
        if since:
            words = [
                f"{words[0]}, as rated in {self.plan.periods[since].label}. It stands if you leave this row empty."
            ]
        if said.recovery and said.recovery.plan:
            by = f", by {wording.day(said.recovery.by)}" if said.recovery.by else ""
            words.append(f"Promised: {said.recovery.plan}{by}")
        if moderated := self.partnership.record_of(self.before).moderation(row.action.id, row.dimension):
            board, label = self.plan.boards[moderated.board].name, self.plan.scale[moderated.rating].label
            words.append(f"{board}: {label}. {moderated.reason}")
        return "\n".join(words)

    def _answers(self, said: Cell, slots: int) -> Iterator[tuple[Value, Format]]:
        """What was *said* already, in the order of the columns, with room for *slots* pieces of evidence."""
        yield self.plan.scale[said.rating].label if said.rating else None, self.ask
        yield said.update, self.ask_text
        yield said.recovery.plan if said.recovery else None, self.ask_text
        yield said.recovery.by if said.recovery else None, self.ask_day
        none = iter(filter(None, [layout.no_evidence(said)]))
        for each in (*said.evidence, *([None] * (slots - len(said.evidence)))):
            yield each.what if each else next(none, None), self.ask_text
            yield each.where if each else None, self.ask_text
            yield each.dated if each else None, self.ask_day
        yield layout.restriction(said) or None, self.ask_text

    def _offer(self, sheet: Worksheet, at: int, column: int, row: _Row) -> None:
        """The list of ratings in a row, with what each means. Labels that fit no list are typed, and checked later."""
        ratings = self.plan.ratings(row.dimension).values()
        labels = [rating.label for rating in ratings]
        fits = len(",".join(labels)) <= MAX_PROMPT and not any("," in label for label in labels)
        rule: dict[str, Any] = {"validate": "list", "source": labels} if fits else {"validate": "any"}
        meanings = [(rating.label, rating.meaning(row.dimension)) for rating in ratings]
        means = [f"{label}: {meaning.rstrip('.')}." for label, meaning in meanings if meaning]
        rule |= {"input_title": "Rating", "input_message": _prompt(f"Expected: {self._expected(row)}.", *means)}
        rule |= {"error_title": "Not a rating of this plan"}
        rule |= {"error_message": _prompt(f"Choose {wording.listed(labels, 'or')}.")}
        refused = sheet.data_validation(at, column, at, column, rule)
        assert refused == 0, "xlsxwriter only warns, and leaves the list out"

    def _expected(self, row: _Row) -> str:
        expected = expectation(self.plan, row.action, row.dimension, self.period)
        return (wording.permitted_labels(self.plan, expected) or "Nothing yet") + wording.when_due(expected)

    def measures(self) -> None:
        headings = [layout.REFERENCE, "Measure", "Action", "Unit", "Baseline", "Target", "Last value", layout.VALUE]
        lines = (f"Measures for {self.label}", "Fill in the yellow cells. Write numbers only.")
        rows = []
        for measure in self.itself.measures:
            last, now = (
                value_in(self.partnership, self.agency, measure, period) if period else None
                for period in (self.before, self.period)
            )
            subject = wording.subject(self.plan, measure.action, measure.dimension)
            target = measure.targets.get(self.period, measure.target)
            known = (measure.id, measure.description, subject, measure.unit, measure.baseline, target, last)
            rows.append([*self._plain(*known), (now, self.ask)])
        self._sheet(layout.MEASURES, lines, headings, [0, 45, 12, 14, 10, 10, 10, 12], rows)

    def about(self) -> None:
        rows = []
        for reference, question in layout.ABOUT_QUESTIONS.items():
            kind = self.ask_day if reference.endswith("/on") else self.ask_text
            rows.append([*self._plain(reference, question), (layout.about_value(self.returned, reference), kind)])
        headings = (layout.REFERENCE, "Question", layout.ANSWER)
        self._sheet(layout.ABOUT, ("About this return",), headings, [0, 45, 45], rows)

    def key(self) -> None:
        rows = []
        for rating in self.plan.scale.values():
            means = (
                rating.meaning(dimension) or "The key does not define this."
                if rating in self.plan.ratings(dimension).values()
                else "Not used."
                for dimension in self.plan.dimensions
            )
            rows.append([(f"{rating.label} ({rating.letter})", self.head), *self._plain(*means)])
        headings = ["Rating", *(each.label for each in self.plan.dimensions.values())]
        self._sheet(layout.KEY, ("What each rating means",), headings, [12, *([50] * len(self.plan.dimensions))], rows)

    def hidden(self) -> None:
        """The sheet that says what the form was made from, so that what comes back can be checked."""
        sheet = self.book.add_worksheet(layout.HIDDEN)
        sheet.very_hidden()
        made_from = {
            "version": layout.VERSION,
            "plan": self.plan.title,
            "fingerprint": layout.plan_fingerprint(self.partnership, self.agency, self.period),
            "agency": self.agency,
            "period": self.period,
        }
        for each in layout.ABOUT_QUESTIONS:
            made_from[f"about/{each}"] = str(layout.about_value(self.returned, each) or "")
        for row in self.rows:
            made_from[f"cell/{row.action.id}/{row.dimension}"] = layout.fingerprint(row.said)
        self._write(sheet, 0, [self._plain(*each) for each in made_from.items()])

    def _plain(self, *values: Value) -> list[tuple[Value, Format]]:
        """Cells that nobody fills in."""
        return [(value, self.text) for value in values]

    def _sheet(
        self, name: str, lines: Sequence[str], headings: Sequence[str], widths: Sequence[int], rows: Rows
    ) -> tuple[Worksheet, int]:
        """A new sheet with *lines* above the *headings* of its columns; and where its *rows* begin."""
        sheet = self.book.add_worksheet(name)
        hides_first = headings[0] == layout.REFERENCE
        for at, words in enumerate(lines):
            sheet.write_string(at, int(hides_first), words, self.title if at == 0 else self.help)
        head = len(lines) + 1
        for column, (words, width) in enumerate(zip(headings, widths, strict=True)):
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
        self._write(sheet, head + 1, rows)
        for at, row in enumerate(rows, start=head + 1):
            sheet.set_row(at, _height([value if isinstance(value, str) else "" for value, _ in row], widths))
        return sheet, head + 1

    def _write(self, sheet: Worksheet, first: int, rows: Rows) -> None:
        for at, row in enumerate(rows, start=first):
            for column, (value, kind) in enumerate(row):
                if sheet.write(at, column, value, kind) < 0:
                    assert isinstance(value, str), "only a text can be too long"
                    raise NothingWritten(
                        f"a text of {len(value):,} characters is too long for a form, which holds "
                        f"{sheet.xls_strmax:,}: '{textwrap.shorten(value, 60, placeholder='...')}'."
                    )


def _prompt(*sentences: str) -> str:
    return textwrap.shorten(" ".join(sentences), MAX_PROMPT - 5, placeholder=" ...")


def _on_paper(text: str) -> str:
    """*text* for the head or foot of a page."""
    return textwrap.shorten(text, 100, placeholder=" ...").replace("&", "&&")


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height in points for *texts* in columns of these *widths*: at least two lines."""
    lines = [
        sum(-(-max(len(line), 1) // max(width - 2, 1)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
        if width
    ]
    return min(13.5 * max([2, *lines]), 400.0)
