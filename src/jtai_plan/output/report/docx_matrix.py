"""The matrix as a table of Word: docxtpl would take long to repeat its many cells."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from jtai_plan.model.text import cut
from jtai_plan.output.palette import PLAIN, Paint
from jtai_plan.output.report.view.cell import PointView
from jtai_plan.output.report.view.period import MatrixView

UPRIGHT = 12
"""How many columns beside that of the actions fit an upright page."""
_WIDTHS = {False: 9_800, True: 14_600}
"""How wide the table is, upright and lying on its side, in twentieths of a point."""
_WORDING = 48
_EARLIER = 3
"""How many columns wide that of the earlier periods is."""


def matrix_xml(matrix: MatrixView, palette: Mapping[str, Paint]) -> str:
    """The table of *matrix*, in the markup of Word; its paragraphs have the style "Cell"."""
    width = _WIDTHS[matrix.columns > UPRIGHT]
    # The letters of earlier periods take the room of several.
    each, dimensions = len(matrix.periods) + _EARLIER * matrix.has_earlier, len(matrix.dimensions)
    narrow = min(600, width * 8 // 10 // (each * dimensions))
    of_dimension = [*[_EARLIER * narrow] * matrix.has_earlier, *[narrow] * len(matrix.periods)]
    widths = [width - narrow * each * dimensions, *of_dimension * dimensions]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="B1B4B6"/>' for side in ("top", "bottom", "insideH"))
    rows = "".join((*_header(matrix), *_body(matrix, palette)))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:firstRow="1" w:firstColumn="1"/><w:tblCaption w:val="Every action"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _header(matrix: MatrixView) -> Iterator[str]:
    earlier = ["Earlier"] if matrix.has_earlier else []
    each = len(matrix.periods) + len(earlier)
    labels = [_cell(dimension, span=each, bold=True) for dimension in matrix.dimensions]
    yield _row([_cell("Action", bold=True), *labels], header=True)
    periods = [_cell(label, bold=True) for _ in matrix.dimensions for label in (*earlier, *matrix.periods)]
    yield _row([_cell("Action, by period", bold=True), *periods], header=True)


def _body(matrix: MatrixView, palette: Mapping[str, Paint]) -> Iterator[str]:
    each = len(matrix.periods) + matrix.has_earlier
    for name, title, rows in matrix.themes:
        yield _row([_cell(f"{name} {title}", span=1 + matrix.columns, bold=True)])
        for row in rows:
            cells = [_cell(f"{row.id} {cut(row.wording, _WORDING)}")]
            for cell in row.cells:
                if cell is None:
                    cells.append(_cell("withheld", span=each))
                    continue
                earlier, points = cell
                cells += [_cell(earlier)] if matrix.has_earlier else []
                cells += (_point(point, palette) for point in points)
            yield _row(cells)


def _point(point: PointView, palette: Mapping[str, Paint]) -> str:
    if point.withheld:
        return _cell("withheld")
    # Letters can be read on stripes only where the ground is plain.
    colours = palette[point.rating.id] if point.rating and not point.part_returned else PLAIN
    words = f"{point.letter}{point.mark}{f' {point.expected}' if point.late else ''}"
    return _cell(words, bold=True, fill=colours.fill, ink=colours.ink, hatched=point.part_returned)


def _row(cells: list[str], *, header: bool = False) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if header else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    words: str, *, span: int = 1, bold: bool = False, fill: str = "", ink: str = "", hatched: bool = False
) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    pattern = "diagStripe" if hatched else "clear"
    ground = f'<w:shd w:val="{pattern}" w:color="B1B4B6" w:fill="{fill[1:]}"/>' if fill else ""
    colour = f'<w:color w:val="{ink[1:]}"/>' if ink else ""
    looks = f'{"<w:b/>" if bold else ""}{colour}<w:sz w:val="14"/>'
    text = f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    return f'<w:tc><w:tcPr>{wide}{ground}</w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>{text}</w:p></w:tc>'
