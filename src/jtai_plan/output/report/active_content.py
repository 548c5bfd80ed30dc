"""What a Word file may hold: text, pictures and fields that count pages. Nothing that fetches, runs or embeds."""

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from jtai_plan.output.report.templates import TemplateIsWrong

_ONLY = "A template may only lay out what it is given"
_RUNS = frozenset(
    {
        *("aFChunk", "attachedTemplate", "control", "activeXControlBinary", "frame", "mailMergeSource", "oleObject"),
        *("package", "subDocument", "vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars"),
    }
)
"""The ends of relationships to what runs, is embedded, or brings another document in."""
_FIELDS = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "STYLEREF", "TOC", "SEQ", "HYPERLINK"),
        *("TITLE", "SUBJECT", "AUTHOR", "DATE", "TIME", "FILENAME", "NUMWORDS", "NUMCHARS", "DOCPROPERTY"),
    }
)
"""The fields that only say something of the document itself. Others fetch, run or ask."""


def refuse_active_content(shown: str, document: Document) -> None:
    """Raise TemplateIsWrong if *document* fetches or runs anything, as Word would on opening it; it may hold links.

    Messages call its template *shown*.
    """
    for part in document.part.package.iter_parts():
        for each in part.rels.values():
            if each.is_external and each.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise TemplateIsWrong(f"{shown}: it would fetch {each.target_ref}. {_ONLY}.")
            if each.reltype.rpartition("/")[2] in _RUNS:
                raise TemplateIsWrong(
                    f"it holds what runs or is embedded ({each.reltype.rpartition('/')[2]}). {_ONLY}."
                )
        if str(part.content_type).endswith("+xml"):
            root = getattr(part, "element", None)
            for field in _fields(parse_xml(part.blob) if root is None else root):
                if field.split(maxsplit=1)[:1] and field.split(maxsplit=1)[0].upper() not in _FIELDS:
                    raise TemplateIsWrong(f"{shown}: it holds a field {field.split(maxsplit=1)[0][:40]}. {_ONLY}.")


def _fields(root: BaseOxmlElement) -> Iterator[str]:
    """The instruction of every field below *root*: of those in one element, and of those that runs spell out.

    A field in the instruction of another could spell its name, so both count as one.
    """
    open_fields: list[list[str]] = []
    for element in root.iter():
        match element.tag:
            case tag if tag == qn("w:fldSimple"):
                yield element.get(qn("w:instr")) or ""
            case tag if tag == qn("w:fldChar"):
                kind = element.get(qn("w:fldCharType"))
                if kind == "begin":
                    open_fields.append([])
                elif kind == "end" and open_fields:
                    yield "".join(open_fields.pop())
            case tag if tag in (qn("w:instrText"), qn("w:delInstrText")):
                if not open_fields:
                    yield element.text or ""
                for each in open_fields:
                    each.append(element.text or "")
    yield from ("".join(each) for each in open_fields)
