"""Make the Word templates, templates/plan.docx and templates/board-report.docx, from which a partnership may start.

A partnership restyles its own copy in Word. Whoever changes what the packaged ones hold changes it here.
"""

from pathlib import Path
from zipfile import ZipFile

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from jtai_plan.output.report.docx import repacked

TEMPLATES = Path(__file__).parents[1] / "templates"
INK = RGBColor(0x0B, 0x0C, 0x0C)
QUIET = RGBColor(0x50, 0x5A, 0x5F)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)


def begun() -> Word:
    """A document in the house style: A4, Arial, British English, the marking and page numbers on each page."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(15)
    for name, size in (("Normal", 9.5), ("Title", 17), *((f"Heading {n}", 14.5 - 1.5 * n) for n in range(1, 5))):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for key in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), "Arial")
        style.font.italic = False
        style.font.bold = name != "Normal"
        style.paragraph_format.space_before = Pt(10 if name.startswith("Heading") else 0)
        style.paragraph_format.space_after = Pt(3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    word.styles["Normal"].element.get_or_add_rPr().append(language)
    for each in word.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), "en-GB")
    for name, before in (("Small", 0), ("Inputs", 18)):
        small = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        small.base_style, small.font.size, small.font.color.rgb = word.styles["Normal"], Pt(8), QUIET
        small.paragraph_format.space_before = Pt(before)
    cell = word.styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size, cell.paragraph_format.space_after = word.styles["Normal"], Pt(8), Pt(0)
    marking = section.header.paragraphs[0]
    marking.alignment = WD_ALIGN_PARAGRAPH.CENTER
    marking.add_run("{{ plan.marking or '' }}").bold = True
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run("Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    word.core_properties.author = ""
    word.core_properties.comments = ""
    return word


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # noqa: SLF001  # python-docx makes no field


def say(word: Word, *lines: str, style: str | None = None) -> None:
    """Paragraphs of *lines*, in which **words** are bold."""
    for line in lines:
        _bold(word.add_paragraph(style=style), line)


def _bold(paragraph: Paragraph, line: str) -> None:
    for place, words in enumerate(line.split("**")):
        if words:
            paragraph.add_run(words).bold = True if place % 2 else None


def table(word: Word, columns: list[str], rows: list[list[str]], widths: list[int], *, small: bool = False) -> None:
    """A table with a header row that is repeated on each page; a row of one text is a tag of the template.

    A *small* one has smaller letters.
    """
    made = word.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, words in zip(made.rows[0].cells, columns, strict=True):
        _bold(cell.paragraphs[0], f"**{words}**")
    _mark(made.rows[0], "w:tblHeader")
    for row in rows:
        added = made.add_row()
        _mark(added, "w:cantSplit")
        for cell, words in zip(added.cells, row, strict=False):
            fill(cell, words)
    if small:
        for paragraph in (each for row in made.rows for cell in row.cells for each in cell.paragraphs):
            paragraph.style = word.styles["Cell"]
    # A table that grows columns as it is filled in is laid out anew by docxtpl.
    if not any(words.startswith("{%tc") for words in columns):
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(width)
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  # nor a repeated header row


def fill(cell: _Cell, words: str) -> None:
    """Put *words* in *cell*; those after "rating:" name a rating, which is painted, and after "|" what stands there."""
    lines = words.split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if not line.startswith("rating:"):
            _bold(paragraph, line)
            continue
        rating, _, after = line.removeprefix("rating:").partition("|")
        paragraph.add_run("{% cellbg (" + rating + ") | fill %}")
        for condition, colour in (("{%r if (" + rating + ") | is_dark %}", WHITE), ("{%r else %}", INK)):
            paragraph.add_run(condition)
            run = paragraph.add_run(after)
            run.font.color.rgb = colour
            run.bold = True
        paragraph.add_run("{%r endif %}")


def action(word: Word, action: str, heading: int) -> None:
    """What the plan says of an action."""
    word.add_heading(f"{{{{ {action}.id }}}} {{{{ {action}.wording }}}}", heading)
    say(word, f"{{%p if {action}.ref %}}", f"**Reference:** {{{{ {action}.ref }}}}", "{%p endif %}")
    say(word, f"**Lead:** {{{{ {action}.leads | map(attribute='words') | join('; ') or 'none in this period' }}}}")
    facts = (
        ("outcome_measure", "Outcome measure", "| join('; ')"),
        ("reporting", "Reporting", ""),
        ("sponsor", "Sponsor", ""),
        ("due", "Due", ""),
        ("milestones", "Milestones", "| join('; ')"),
        ("starts", "Starts", ""),
        ("withdrawn", "Withdrawn", ""),
        ("contributes_to", "Contributes to", "| join(', ')"),
        ("addresses", "Addresses", "| join('; ')"),
    )
    for key, label, joined in facts:
        say(word, f"{{%p if {action}.{key} %}}", f"**{label}:** {{{{ {action}.{key} {joined} }}}}", "{%p endif %}")
    each = "{% for period, ratings in d.steps %}{{ ratings }} by {{ period }}{{ ', ' if not loop.last }}{% endfor %}"
    say(
        word,
        f"{{%p for d in {action}.trajectory %}}",
        "**{{ d.dimension }} expected of this action:** " + each,
        "{%p endfor %}",
    )
    say(word, f"{{%p for name, words in {action}.also %}}", "**{{ name }}:** {{ words }}", "{%p endfor %}")


def key(word: Word) -> None:
    """The key, and what is expected by when."""
    word.add_heading("Key", 1)
    say(word, "{%p for entry in plan.key %}")
    word.add_heading("{{ entry.rating | named }}", 2)
    said = "{% if meaning.dimension %}{{ meaning.dimension }}: {% endif %}{{ meaning.text }}"
    say(
        word,
        "{%p for meaning in entry.meanings %}",
        said,
        "{%p else %}",
        "The key gives it no meaning.",
        "{%p endfor %}",
    )
    say(word, "{%p if entry.meanings %}")
    say(
        word,
        "{%p for dimension in entry.undefined %}",
        "{{ dimension }}: the key does not define this.",
        "{%p endfor %}",
        "{%p for dimension in entry.unused %}",
        "{{ dimension }}: not used.",
        "{%p endfor %}",
    )
    say(word, "{%p endif %}", "{%p endfor %}", "{%p if plan.trajectory or plan.due_words %}")
    word.add_heading("What is expected by when", 2)
    each = "{% for period, ratings in d.steps %}{{ ratings }} by {{ period }}{{ ', ' if not loop.last }}{% endfor %}"
    say(word, "{%p for d in plan.trajectory %}", "**{{ d.dimension }}:** " + each, "{%p endfor %}")
    say(word, "{%p if plan.due_words %}", "{{ plan.due_words }}", "{%p endif %}", "{%p endif %}")


def inputs(word: Word) -> None:
    """By what the files that the report was made from are found again."""
    say(word, "{%p if plan.inputs %}")
    said = "(a digest of the files behind this report; jtai log --inputs lists the commits that hold them)"
    say(word, "Inputs: {{ plan.inputs }} " + said, style="Inputs")
    say(word, "{%p endif %}")


def plan() -> Word:
    """The plan as agreed."""
    word = begun()
    word.add_heading("{{ plan.title }}", 0)
    say(word, "{%p if plan.partnership %}", "{{ plan.partnership }}", "{%p endif %}")
    say(word, "This is the plan as agreed, for each agency’s governance board to sign off.")
    say(word, "{%p if plan.inspection %}")
    word.add_heading("The inspection", 1)
    say(word, "{{ plan.inspection }}")
    for name, label in (
        ("inspection_days", "Days"),
        ("inspectorates", "Inspectorates"),
        ("lead_inspectorate", "Lead inspectorate"),
    ):
        say(word, f"{{%p if plan.{name} %}}", f"**{label}:** {{{{ plan.{name} }}}}", "{%p endif %}")
    say(word, "{%p endif %}", "{%p if plan.introduction %}")
    word.add_heading("Introduction", 1)
    prose = ("{%p for paragraph in ", " %}", "{{ paragraph }}", "{%p endfor %}")
    say(word, prose[0] + "plan.introduction" + prose[1], *prose[2:], "{%p endif %}")
    word.add_heading("Governance arrangements", 1)
    say(word, prose[0] + "plan.governance" + prose[1], *prose[2:])
    say(word, "{%p if plan.boards %}", "**Boards:** {{ plan.boards | join('; ') }}", "{%p endif %}")
    say(word, "{%p if plan.collated_by %}", "**Collated by:** {{ plan.collated_by }}", "{%p endif %}")
    word.add_heading("Periods", 2)
    due = "{% if due %}; returns due {{ due }}{% endif %}"
    say(word, "{%p for label, days, due in plan.periods %}", "**{{ label }}:** {{ days }}" + due, "{%p endfor %}")
    say(word, "{%p if plan.excellence %}")
    word.add_heading("What does excellence look like", 1)
    say(word, prose[0] + "plan.excellence_introduction" + prose[1], *prose[2:])
    say(word, "{%p for statement in plan.excellence %}")
    say(word, "{{ statement }}", style="List Bullet")
    say(word, "{%p endfor %}", "{%p endif %}")
    word.add_heading("The plan", 1)
    say(word, "{%p if plan.areas_source %}", "{{ plan.areas_source }}", "{%p elif plan.areas %}")
    say(word, "The inspection report names {{ plan.areas }} areas for improvement.", "{%p endif %}")
    say(word, "{%p for theme in plan.themes %}")
    word.add_heading("{{ theme.id }} {{ theme.title }}", 2)
    say(word, "{%p for action in theme.actions %}")
    action(word, "action", 3)
    say(word, "{%p endfor %}", "{%p endfor %}")
    key(word)
    inputs(word)
    return word


def first_page(word: Word) -> None:
    """What the board decides by."""
    whose = "{% if report.agency %}{{ report.agency }}, {% endif %}"
    word.add_heading("{{ plan.title }}: " + whose + "progress report for {{ report.period }}", 0)
    say(
        word,
        "{% if plan.partnership %}{{ plan.partnership }}. {% endif %}"
        "{{ report.edition }}. {{ report.period }}: {{ report.period_days }}."
        "{% if report.audience %} For: {{ report.audience | join(' and ') }}.{% endif %}"
        "{% if plan.collated_by %} Collated by {{ plan.collated_by }}.{% endif %}",
        "{%p if report.public %}",
        "This edition names no officers. It leaves out restricted ratings{% if report.withheld %} "
        "({{ report.withheld }} of {{ report.withheld + report.cells }}){% endif %}, because what is said of a few "
        "people could tell who they are, and shows numbers of people from 1 to 5 as c.",
        "**{{ report.first.headline }}**",
        "{%p endif %}",
        "{%p for paragraph in report.first.summary %}",
        "{{ paragraph }}",
        "{%p endfor %}",
    )
    for title, key in (("Achieved", "achievements"), ("Next", "next")):
        say(
            word,
            f"{{%p if report.first.{key} %}}",
            f"**{title}:** {{{{ report.first.{key} | join('; ') }}}}",
            "{%p endif %}",
        )
    total = "{{ total.number }} {{ total.label }}{% if total.before is not none %} (was {{ total.before }}){% endif %}"
    say(
        word, "**{% for total in report.first.totals %}" + total + "{{ ',  ' if not loop.last else '.' }}{% endfor %}**"
    )
    say(word, "{{ report.first.due_words }}")
    say(word, "{% for chart, picture in charts %}{% if chart.bars %}{{ picture }} {% endif %}{% endfor %}")
    say(word, "{%p if report.first.asks %}")
    word.add_heading("To decide ({{ report.first.asks | length }})", 1)
    about = "**{{ ask.id }}**{% if ask.about %}, about {{ ask.about }}{% endif %}: {{ ask.ask }} ({{ ask.facts }})"
    say(word, "{%p for ask in report.first.asks %}", about, "{%p endfor %}", "{%p endif %}")
    word.add_heading("Behind, worst first ({{ report.first.worst | length + report.first.rest | length }})", 1)
    say(word, "{%p if report.first.worst %}")
    behind(word, "report.first.worst", "truncate(80)")
    say(word, "{%p else %}", "No rating is behind.", "{%p endif %}", "{%p if report.first.rest %}")
    say(word, "{{ report.first.rest | length }} more are behind: see “What else is behind”.", "{%p endif %}")
    say(word, "{%p if report.first.notes %}")
    word.add_heading("Also to know", 1)
    say(word, "{%p for note in report.first.notes %}", "**{{ note.title }}:** {{ note.words }}", "{%p endfor %}")
    say(word, "{%p endif %}", "{%p for line in report.first.legend %}")
    say(word, "{{ line }}", style="Small")
    say(word, "{%p endfor %}")


def behind(word: Word, cells: str, shortened: str) -> None:
    """A row for each of *cells*, which are behind."""
    each = "{{ each.agencies ~ ': ' if each.agencies }}{{ each.what | " + shortened + " }}, {{ each.by }}"
    promised = (
        "{% for each in cell.promised %}" + each + "{{ '; ' if not loop.last }}{% else %}no plan recorded{% endfor %}"
        "{{ '; ' ~ cell.slipped if cell.slipped }}"
    )
    row = [
        "**{{ cell.action }} {{ cell.dimension }}** {{ cell.wording | truncate(70) }}",
        "rating:cell.rating|{{ cell.rated_words }}",
        "{{ cell.behind_for }}",
        "{{ cell.agencies }}",
        promised,
    ]
    columns = ["Action", "Rating", "Behind for", "Lead agency", "What will be done, by when"]
    table(
        word, columns, [[f"{{%tr for cell in {cells} %}}"], row, ["{%tr endfor %}"]], [52, 28, 18, 26, 54], small=True
    )


CONTENTS = (
    ("report.first.rest", "What else is behind"),
    ("true", "Every action"),
    ("report.promises", "What is promised by when"),
    ("report.measures", "Measures"),
    ("true", "By theme"),
    ("report.additional", "Agencies’ additional actions"),
    ("report.assurance", "Assurance"),
    ("not report.agency and (plan.areas or plan.areas_recorded)", "Areas for improvement"),
    ("true", "Key"),
)


def contents(word: Word) -> None:
    """A list of what follows. Word fills in the page numbers when it is asked to bring the list up to date."""
    heading = word.add_heading("Contents", 1)
    heading.paragraph_format.page_break_before = True
    first = word.add_paragraph()
    for kind, text in (("begin", None), (None, ' TOC \\o "1-1" \\h '), ("separate", None)):
        run = OxmlElement("w:r")
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run.append(part)
        first._p.append(run)  # noqa: SLF001  # python-docx makes no field
    for condition, title in CONTENTS:
        say(word, f"{{%p if {condition} %}}", title, "{%p endif %}")
    end = OxmlElement("w:r")
    last = OxmlElement("w:fldChar")
    last.set(qn("w:fldCharType"), "end")
    end.append(last)
    word.add_paragraph()._p.append(end)  # noqa: SLF001


def progress(word: Word, heading: int) -> None:
    """All that is said of the `action` of a `theme`."""
    action(word, "action", heading)
    expected = "{{ cell.expected_words }}{{ '; ' ~ cell.movement_words if cell.movement }}."
    say(word, "{%p for cell in action.cells %}")
    say(
        word,
        "**{{ cell.dimension }}: {{ cell.rating | named }}, {{ cell.standing_words }}.** "
        + expected
        + "{{ ' So far: ' ~ cell.history_words ~ '.' if report.matrix.has_earlier }}"
        "{% for slip in cell.slips %} Slipped before: {{ slip }}.{% endfor %}",
    )
    for key, label in (
        ("revised", "Revised"),
        ("lowered", "Expectation"),
        ("together", "With all leads"),
        ("moderated", "Rated by the board itself"),
    ):
        words = f"cell.{key}.words" if key == "moderated" else f"cell.{key}"
        say(word, f"{{%p if cell.{key} %}}", f"**{label}:** {{{{ {words} }}}}", "{%p endif %}")
    who = (
        "{% if cell.said | length > 1 or cell.moderated %}**{{ said.agency }}: {{ said.rating | named }}"
        "{{ ', ' ~ said.note if said.note }}. **{% endif %}"
    )
    recovery = "{% if said.recovery_words %} **Recovery:** {{ said.recovery_words }}.{% endif %}"
    evidence = "{% for evidence in said.evidence %} **Evidence:** {{ evidence.words }}.{% endfor %}"
    say(
        word,
        "{%p for said in cell.said %}",
        "{%p if said.update or said.recovery_words or said.evidence or cell.said | length > 1 or cell.moderated %}",
        who + "{{ said.update | join(' ') }}" + recovery + evidence,
        "{%p endif %}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p if action.silent %}",
    )
    say(word, "No update from {{ action.silent }}.", style="Small")
    say(word, "{%p endif %}")


def tables(word: Word) -> None:
    """The matrix, the counts, what is promised by when, and the measures."""
    say(word, "{{p matrix.before }}")
    word.add_heading("Every action", 1)
    letter = "{{ entry.rating.letter }} is {{ entry.rating.label | lower }}{{ ', ' if not loop.last else '.' }}"
    letters = "{% for entry in plan.key %}" + letter + "{% endfor %}"
    expected = "Ratings by dimension and period; what was expected stands beside a rating that did not meet it: "
    say(word, expected + letters, style="Small")
    say(word, "{{p matrix.table }}", "{{p matrix.after }}")
    counts = [
        "rating:row.rating|{{ row.label }}{{ ' (' ~ row.rating.letter ~ ')' if row.rating }}",
        "{%tc for words in row.words %}",
        "{{ words }}",
        "{%tc endfor %}",
    ]
    header = ["Rating", "{%tc for dimension in plan.dimensions %}", "{{ dimension }}", "{%tc endfor %}"]
    say(word, "")
    table(word, header, [["{%tr for row in report.counts %}"], counts, ["{%tr endfor %}"]], [40, 20, 30, 20])
    say(word, "{%p if report.period_before %}", "“Was” means {{ report.period_before }}.", "{%p endif %}")
    say(word, "{%p for chart in report.first.charts if chart.bars %}")
    say(word, "**{{ chart.dimension }}.** {{ chart.words }}", style="Small")
    say(word, "{%p endfor %}", "{%p if report.promises %}")
    word.add_heading("What is promised by when", 1)
    row = [
        "{{ each.by }}{{ ' (gone by)' if each.gone_by }}",
        "{{ each.agency }}",
        "{{ each.about }}: {{ each.what }}",
    ]
    rows = [["{%tr for each in report.promises %}"], row, ["{%tr endfor %}"]]
    table(word, ["By", "Who", "What"], rows, [42, 40, 92], small=True)
    say(word, "{%p endif %}", "{%p if report.measures %}")
    word.add_heading("Measures", 1)
    row = [
        "{{ each.action }} {{ each.dimension }}, {{ each.agency }}: {{ each.name }}",
        "{{ each.baseline_words or 'none' }}",
        "{{ each.target_words or 'none' }}",
        "{{ each.values_words }}",
        "{{ each.direction or 'not told' }}",
    ]
    rows = [["{%tr for each in report.measures %}"], row, ["{%tr endfor %}"]]
    table(word, ["Measure", "Baseline", "Target", "Values so far", "Direction"], rows, [60, 18, 26, 44, 26], small=True)
    say(word, "{%p endif %}")


def assurance(word: Word) -> None:
    """Who stands behind what was returned."""
    say(word, "{%p if report.assurance %}")
    word.add_heading("Assurance", 1)
    row = ["{{ each.agency }}", "{{ each.prepared }}", "{{ each.approved }}", "{{ each.signed }}"]
    rows = [["{%tr for each in report.assurance.agencies %}"], row, ["{%tr endfor %}"]]
    columns = ["Agency", "Return prepared by", "Return approved by", "Plan signed by"]
    table(word, columns, rows, [38, 38, 46, 52], small=True)
    say(word, "{%p for title, sentences in report.assurance.groups %}")
    word.add_heading("{{ title }} ({{ sentences | length }})", 2)
    say(word, "{%p for sentence in sentences %}", "{{ sentence }}", "{%p endfor %}", style="List Bullet")
    say(word, "{%p endfor %}", "{%p if report.assurance.challenge %}")
    word.add_heading("Questions to ask", 2)
    say(word, "{%p for asked in report.assurance.challenge %}", "**{{ asked.agency }}**")
    say(word, "{%p for question in asked.questions %}", "{{ question }}", "{%p endfor %}", style="List Bullet")
    say(word, "{%p endfor %}", "{%p endif %}", "{%p endif %}")


def board_report() -> Word:
    """The report of a period."""
    word = begun()
    first_page(word)
    contents(word)
    say(word, "{%p if report.first.rest %}")
    word.add_heading("What else is behind", 1)
    behind(word, "report.first.rest", "truncate(80)")
    say(word, "{%p endif %}")
    tables(word)
    word.add_heading("By theme", 1)
    say(word, "{%p for theme in plan.themes %}")
    word.add_heading("{{ theme.id }} {{ theme.title }}", 2)
    say(word, "{%p for action in theme.actions %}")
    progress(word, 3)
    say(word, "{%p endfor %}", "{%p endfor %}", "{%p if report.additional %}")
    word.add_heading("Agencies’ additional actions", 1)
    say(word, "{%p for theme in report.additional %}")
    word.add_heading("{{ theme.id }} {{ theme.title }}: additional actions", 2)
    say(word, "{%p for action in theme.actions %}")
    progress(word, 3)
    say(word, "{%p endfor %}", "{%p endfor %}", "{%p endif %}")
    assurance(word)
    say(word, "{%p if not report.agency and (plan.areas or plan.areas_recorded) %}")
    word.add_heading("Areas for improvement", 1)
    say(word, "{{ plan.areas_recorded | length }} of {{ plan.areas or plan.areas_recorded | length }} recorded.")
    by = "{{ area.addressed_by | join(', ') or 'no action addresses it' }}"
    say(word, "{%p for area in plan.areas_recorded %}", "{{ area.id }} {{ area.summary }}: " + by, "{%p endfor %}")
    say(word, "{%p endif %}")
    key(word)
    inputs(word)
    return word


if __name__ == "__main__":
    for name, made in (("plan", plan()), ("board-report", board_report())):
        file = TEMPLATES / f"{name}.docx"
        made.save(str(file))
        with ZipFile(file) as whole:
            content = repacked(whole)
        file.write_bytes(content)
