"""The Word reports, made by docxtpl from a template that a partnership can restyle in Word."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement, serialize_for_reading
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from jtai_plan.output.palette import PLAIN, Paint
from jtai_plan.output.report.active_content import refuse_active_content
from jtai_plan.output.report.docx_matrix import UPRIGHT, matrix_xml
from jtai_plan.output.report.html import charts_of
from jtai_plan.output.report.pdf import compiled
from jtai_plan.output.report.templates import environment_of, faults_told, file_of
from jtai_plan.output.report.view.cell import RatingView
from jtai_plan.output.report.view.period import ChartView, ReportView
from jtai_plan.rules.colours import LIGHT

# The earliest date a zip file can hold: without a clock, the same files give the same bytes. A report of a period has
# the period's last day.
MADE = datetime(1980, 1, 1)  # noqa: DTZ001  # Word's own properties have no time zone

MOST = 255
"""How many characters a property of a Word file may have."""


def docx(root: Path, name: str, values: Mapping[str, Any]) -> bytes:
    """The report of the template *name*, filled in with *values*. Raises TemplateIsWrong."""
    shown, file = file_of(root, f"{name}.docx")
    environment = environment_of(root, _filters(values["plan"].palette))
    report: ReportView | None = values.get("report")
    charts: tuple[ChartView, ...] = report.first.charts if report else ()
    with faults_told(shown):
        template = DocxTemplate(BytesIO(file.read_bytes()))
        template.init_docx()
        refuse_active_content(shown, template.docx)
        pictures = [_picture(root, template, svg) for svg in charts_of(root, values)]
        drawn: dict[str, Any] = {"charts": list(zip(charts, pictures, strict=True))}
        if report:
            drawn["matrix"] = _matrix(template, report, values["plan"].palette)
        template.render({**values, **drawn}, environment)
        made: Document = template.docx
        refuse_active_content(shown, made)
    for shape, chart in zip(made.inline_shapes, (chart for chart in charts if chart.bars), strict=False):
        properties = shape._inline.docPr  # noqa: SLF001  # python-docx offers no other way to say it
        properties.set("descr", chart.words)
        properties.set("name", f"{chart.dimension} by period")
    about = made.core_properties
    about.title = made.paragraphs[0].text[:MOST]
    about.author = about.last_modified_by = (values["plan"].partnership or "")[:MOST]
    about.language = "en-GB"
    about.created = about.modified = datetime(*report.last_day) if report else MADE  # noqa: DTZ001
    whole = BytesIO()
    made.save(whole)
    with ZipFile(whole) as archive:
        return repacked(archive)


def repacked(archive: ZipFile) -> bytes:
    """*archive* with the same date on every file in it."""
    packed = BytesIO()
    with ZipFile(packed, "w") as new:
        for name in sorted(archive.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, archive.read(name))
    return packed.getvalue()


class _Xml:
    """A picture or table for a template, which can put it somewhere and do nothing else with it.

    The sandbox shows no attribute that begins with an underscore.
    """

    __slots__ = ("_xml",)

    def __init__(self, xml: object) -> None:
        self._xml = xml

    def __html__(self) -> str:
        return str(self._xml)

    __str__ = __html__


def _picture(root: Path, template: DocxTemplate, svg: str) -> _Xml | str:
    if not svg:
        return ""
    png = compiled(root, "picture.typ", {"svg": svg}, format="png", ppi=200.0)
    return _Xml(InlineImage(template, BytesIO(png), width=Mm(49)))


def _matrix(template: DocxTemplate, report: ReportView, palette: Mapping[str, Paint]) -> dict[str, _Xml]:
    """The matrix as a `table`, and what stands `before` and `after` it so that many columns get a page on its side."""
    table = _Xml(matrix_xml(report.matrix, palette))
    if report.matrix.columns <= UPRIGHT:
        return {"before": _Xml(""), "table": table, "after": _Xml("")}
    section = deepcopy(template.docx.sections[0]._sectPr)  # noqa: SLF001  # python-docx moves no section
    before = _section_end(section)
    size = section.find(qn("w:pgSz"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    for key, value in (("w:orient", "landscape"), ("w:w", height), ("w:h", width)):
        size.set(qn(key), value)
    return {"before": before, "table": table, "after": _section_end(section)}


def _section_end(section: BaseOxmlElement) -> _Xml:
    """A paragraph, too small to be seen, that ends a section."""
    small = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return _Xml(f"<w:p><w:pPr>{small}{serialize_for_reading(section)}</w:pPr></w:p>")


def _filters(palette: Mapping[str, Paint]) -> Mapping[str, Callable[..., Any]]:
    """What a Word template can ask of a rating."""

    def painted(rating: RatingView | None) -> Paint:
        return palette[rating.id] if rating else PLAIN

    return {
        "fill": lambda rating: painted(rating).fill.removeprefix("#"),
        "is_dark": lambda rating: painted(rating).ink == LIGHT,
        "named": lambda rating: f"{rating.label} ({rating.letter})" if rating else "No rating",
    }
