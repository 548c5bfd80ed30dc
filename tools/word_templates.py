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
LATE = "{% if cell.standing in ('behind', 'unranked') %}"


def begun() -> Word:
    """A document in the house style: A4, Arial, British English, the marking and page numbers on each page."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (("Normal", 10), ("Title", 20), *((f"Heading {n}", 16 - 2 * n) for n in range(1, 5))):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for key in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), "Arial")
        style.font.italic = False
        style.font.bold = name != "Normal"
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    word.styles["Normal"].element.get_or_add_rPr().append(language)
    for each in word.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), "en-GB")
    word.styles["Normal"].paragraph_format.space_after = Pt(4)
    small = word.styles.add_style("Inputs", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size, small.font.color.rgb = word.styles["Normal"], Pt(8), QUIET
    small.paragraph_format.space_before = Pt(18)
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


def table(word: Word, columns: list[str], rows: list[list[str]], widths: list[int]) -> None:
    """A table with a header row that is repeated on each page; a row of one text is a tag of the template."""
    made = word.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, words in zip(made.rows[0].cells, columns, strict=True):
        _bold(cell.paragraphs[0], f"**{words}**")
    _mark(made.rows[0], "w:tblHeader")
    for row in rows:
        added = made.add_row()
        _mark(added, "w:cantSplit")
        for cell, words in zip(added.cells, row, strict=False):
            fill(cell, words)
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
    """Put *words* in *cell*; those after "rating:" name a rating, which is painted."""
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
            run = paragraph.add_run("{{ (" + rating + ") | " + ("letter" if after else "named") + " }}" + after)
            run.font.color.rgb = colour
            run.bold = True
        paragraph.add_run("{%r endif %}")


def action(word: Word, action: str, heading: int) -> None:
    """What the plan says of an action."""
    word.add_heading(f"{{{{ {action}.id }}}} {{{{ {action}.wording }}}}", heading)
    say(word, f"**Lead:** {{{{ {action}.leads | map(attribute='words') | join('; ') or 'none in this period' }}}}")
    facts = (
        ("outcome_measure", "Outcome measure", "| join('; ')"),
        ("reporting", "Reporting", ""),
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
    )
    say(word, "{%p endif %}", "{%p endfor %}", "{%p if plan.trajectory %}")
    word.add_heading("What is expected by when", 2)
    each = "{% for period, ratings in d.steps %}{{ ratings }} by {{ period }}{{ ', ' if not loop.last }}{% endfor %}"
    say(word, "{%p for d in plan.trajectory %}", "**{{ d.dimension }}:** " + each, "{%p endfor %}", "{%p endif %}")


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


def noticed(word: Word) -> None:
    """The groups of cells that the board is asked to notice."""
    say(word, "{%p for group in report.notice.groups %}")
    word.add_heading("{{ group.title }} ({{ group.cells | length }})", 2)
    say(word, "{%p for cell in group.cells %}")
    expected = "{% if cell.expected %}; {{ cell.expected }}{% endif %}"
    say(
        word,
        "**{{ cell.action }} {{ cell.dimension }}: {{ cell.rating | named }}, {{ cell.standing_words }}**" + expected,
    )
    leads = "Lead: {{ cell.leads | map(attribute='words') | join('; ') or 'none in this period' }}"
    rating = "{% if cell.said | length > 1 %}: {{ said.rating.label }}{% endif %}"
    details: tuple[str, ...] = ("{{ cell.wording }}", leads)
    details += ("{%p if cell.together %}", "With all leads: {{ cell.together }}", "{%p endif %}")
    details += ("{%p if cell.moderated %}", "Moderated by {{ cell.moderated.words }}", "{%p endif %}")
    details += ("{%p if cell.lowered %}", "Expectation: {{ cell.lowered }}", "{%p endif %}")
    details += (
        "{%p for slip in cell.slips %}",
        "Slipped before: {{ slip }}",
        "{%p endfor %}",
        "{%p for said in cell.late %}",
    )
    details += (
        "{{ said.agency }}" + rating + ". Recovery: {{ said.recovery_words or 'none recorded' }}",
        "{%p endfor %}",
    )
    say(word, *details, style="List Bullet")
    say(word, "{%p endfor %}", "{%p else %}")
    say(word, "No rating is behind, and none has changed for better or worse.", "{%p endfor %}")


def progress(word: Word, heading: int) -> None:
    """All that is said of the `action` of a `theme`."""
    action(word, "action", heading)
    returned = (
        "{%p for said in cell.said %}\n{{ said.agency }}: {{ said.rating | named }}{{ ', awaited' if said.awaited }}\n"
    )
    returned += "{%p endfor %}\n{%p if cell.moderated %}\nModerated by {{ cell.moderated.board }}\n{%p endif %}"
    row = [
        "{{ cell.dimension }}",
        "{{ cell.expected_ratings ~ ', by ' ~ cell.expected_by if cell.expected_by else 'Nothing yet' }}",
        "rating:cell.rating",
        returned,
        "{{ cell.standing_words }}",
        "{{ cell.movement_words or 'No rating to compare' }}",
    ]
    table(
        word,
        ["Dimension", "Expected", "Rating", "Returned", "Standing", "Movement"],
        [["{%tr for cell in action.cells %}"], row, ["{%tr endfor %}"]],
        [25, 32, 22, 45, 26, 24],
    )
    say(word, "{%p for cell in action.cells %}")
    word.add_heading("{{ action.id }} {{ cell.dimension }}", 4)
    say(word, "{%p if cell.history | length > 1 %}", "So far: {{ cell.history_words }}.", "{%p endif %}")
    say(word, "{%p if cell.revised %}", "Revised: {{ cell.revised }}", "{%p endif %}")
    say(word, "{%p if cell.together %}", "With all leads: {{ cell.together }}", "{%p endif %}")
    say(word, "{%p if cell.moderated %}")
    say(word, "Moderated to {{ cell.rating | named }} by {{ cell.moderated.words }}", "{%p endif %}")
    say(
        word,
        "{%p for measure in cell.measures %}",
        "**Measure, {{ measure.agency }}:** {{ measure.words }}",
        "{%p endfor %}",
    )
    say(
        word,
        "{%p for said in cell.said %}",
        "{%p if cell.said | length > 1 %}",
        "**{{ said.agency }}**",
        "{%p endif %}",
    )
    say(word, "{%p for paragraph in said.update or ['No update recorded.'] %}", "{{ paragraph }}", "{%p endfor %}")
    say(word, "{%p if said.recovery_words %}", "**Recovery:** {{ said.recovery_words }}", "{%p endif %}")
    say(word, "{%p for evidence in said.evidence %}", "**Evidence:** {{ evidence.words }}", "{%p endfor %}")
    say(word, "{%p endfor %}", "{%p endfor %}")


def board_report() -> Word:
    """The report of a period."""
    word = begun()
    whose = "{% if report.agency %}{{ report.agency }}, {% endif %}"
    word.add_heading("{{ plan.title }}: " + whose + "progress report for {{ report.period }}", 0)
    say(word, "{%p if plan.partnership %}", "{{ plan.partnership }}", "{%p endif %}")
    say(
        word,
        "{{ report.edition }}. {{ report.period }}: {{ report.period_days }}."
        "{% if report.audience %} For: {{ report.audience | join(' and ') }}.{% endif %}"
        "{% if plan.collated_by %} Collated by {{ plan.collated_by }}.{% endif %}",
        "{%p if report.public %}",
        "This edition names no officers. It leaves out restricted ratings{% if report.withheld %} "
        "({{ report.withheld }} of {{ report.withheld + report.cells }}){% endif %}, and shows numbers of people from "
        "1 to 5 as c.",
        "{%p endif %}",
        "**{{ report.headline }}**",
    )
    word.add_heading("For the board’s attention", 1)
    about = "**{{ ask.id }}**{% if ask.about %}, about {{ ask.about }}{% endif %} ({{ ask.period }}): {{ ask.ask }}"
    say(word, "{%p if report.notice.asks %}")
    word.add_heading("Asks still open ({{ report.notice.asks | length }})", 2)
    say(word, "{%p for ask in report.notice.asks %}", about + " (to {{ ask.board }})", "{%p endfor %}", "{%p endif %}")
    say(word, "{%p if report.notice.decisions %}")
    word.add_heading("Decided ({{ report.notice.decisions | length }})", 2)
    say(word, "{%p for ask in report.notice.decisions %}", about + " Decided by {{ ask.decision }}", "{%p endfor %}")
    say(word, "{%p endif %}", "{%p if report.notice.amendments %}")
    word.add_heading("Amended after closing ({{ report.notice.amendments | length }})", 2)
    say(word, "{%p for amendment in report.notice.amendments %}", "{{ amendment }}", "{%p endfor %}", "{%p endif %}")
    say(word, "{%p if report.notice.withdrawn %}")
    word.add_heading("Withdrawn ({{ report.notice.withdrawn | length }})", 2)
    say(word, "{%p for action in report.notice.withdrawn %}", "{{ action }}", "{%p endfor %}", "{%p endif %}")
    noticed(word)
    each = (
        "{% for cell in report.notice.slipped_again %}{{ cell.action }} {{ cell.dimension }}{{ ', ' if not loop.last }}"
    )
    say(word, "{%p if report.notice.slipped_again %}")
    word.add_heading("Slipped before ({{ report.notice.slipped_again | length }})", 2)
    say(word, "These ratings are behind again, or missed the date their agency gave: " + each + "{% endfor %}.")
    say(word, "{%p endif %}", "{%p if report.notice.lowest_as_expected %}")
    word.add_heading("{{ report.notice.lowest.label }}, as expected", 2)
    group = "{{ actions | join(', ') }} ({{ dimensions }}){{ '; ' if not loop.last }}"
    say(word, "{% for actions, dimensions in report.notice.lowest_as_expected %}" + group + "{% endfor %}.")
    say(word, "{%p endif %}", "{%p if report.notice.missing %}")
    word.add_heading("Missing, by agency ({{ report.notice.missing | length }})", 2)
    say(word, "{%p for missing in report.notice.missing %}")
    groups = "{% for actions, dimensions in missing.groups %}" + group + "{% else %}no rating is due yet{% endfor %}"
    fault = "{% if missing.fault %}. The return could not be read: {{ missing.fault }}{% endif %}"
    say(
        word,
        "**{{ missing.agency }}**: " + groups + "{{ missing.silent_words }}" + fault,
        "{%p endfor %}",
        "{%p endif %}",
    )
    say(word, "{%p if report.notice.record_fault %}")
    say(
        word,
        "The boards’ record could not be read, so this report shows no moderated ratings: "
        "{{ report.notice.record_fault }}",
        "{%p endif %}",
    )
    say(word, "{%p if report.challenge %}")
    word.add_heading("Questions to ask", 1)
    say(word, "{%p for asked in report.challenge %}")
    word.add_heading("{{ asked.agency }}: questions ({{ asked.questions | length }})", 2)
    say(word, "{%p for question in asked.questions %}", "{{ question }}", "{%p endfor %}", style="List Bullet")
    say(word, "{%p endfor %}", "{%p endif %}")
    word.add_heading("Counts", 1)
    number = (
        "{% for id, words, number in report.standings if number %}{{ number }} {{ words }}{{ ', ' if not loop.last }}"
    )
    say(word, "Of {{ report.cells }} ratings: " + number + "{% endfor %}.")
    say(word, "{%p if report.revisions %}")
    times = "{{ 'once' if report.revisions == 1 else report.revisions ~ ' times' }}"
    say(word, "Boards have changed what is expected " + times + ".", "{%p endif %}")
    counts = [
        "rating:row.rating|{{ row.label if not row.rating }}",
        "{%tc for words in row.words %}",
        "{{ words }}",
        "{%tc endfor %}",
    ]
    header = ["Rating", "{%tc for dimension in plan.dimensions %}", "{{ dimension }}", "{%tc endfor %}"]
    table(word, header, [["{%tr for row in report.counts %}"], counts, ["{%tr endfor %}"]], [40, 20, 30, 20])
    say(word, "{%p if report.period_before %}", "“Was” means {{ report.period_before }}.", "{%p endif %}")
    word.add_heading("Period by period", 1)
    letters = "{% for entry in plan.key %}{{ entry.rating.letter }} is {{ entry.rating.label | lower }}, {% endfor %}"
    say(
        word,
        "In these tables "
        + letters
        + "– is no rating, ! is behind or unranked, and ? is part returned. Each entry shows "
        "the rating, then what was expected.",
    )
    say(word, "{%p for chart, picture in charts %}", "{%p if chart.bars %}")
    word.add_heading("{{ chart.dimension }} by period", 2)
    say(word, "{{ picture }}")
    point = "{{ point.mark }}{% if point.expected %} ({{ point.expected }}){% endif %}"
    heat = [
        "{{ cell.action }}",
        "{%tc for point in cell.history %}",
        "rating:point.rating|{{ ' withheld' if point.withheld }}" + point,
        "{%tc endfor %}",
    ]
    table(
        word,
        ["Action", "{%tc for period in report.periods %}", "{{ period }}", "{%tc endfor %}"],
        [["{%tr for cell in chart | cells_of(plan) %}"], heat, ["{%tr endfor %}"]],
        [80, 10, 20, 10],
    )
    say(word, "{%p endif %}", "{%p endfor %}")
    word.add_heading("Progress by theme", 1)
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
