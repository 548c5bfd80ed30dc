"""Small changes to files that were sound, as a slip of the hand, a broken program or an attacker makes them."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from hypothesis import strategies as st

_PIECES = re.compile(r"\n *|[ \t]+|[\w./@#&;-]+|.", re.DOTALL)
_LETTERS = "abcxyzT0129-_.:,'\"#&*!|>%@`[]{}<>/=$~ \t\n\r\0\u00e9\u202e\ufeff\U0001f693"

IN_YAML = (
    "~", "null", "[]", "{}", "''", '""', "'", '"', "1e999", ".nan", ".inf", "-1", "0", "9" * 400, "0x" + "f" * 400,
    "0o17", "true", "no", "- ", "? ", "*a", "&a x", "<<: *a", "!!binary x", "!x y", "|", ">", "...", "---", "%",
    "2018-02-30", "0001-01-01", "9999-12-31", "2018-12-31T25:00:00", "T9.9", "nobody", "1899-99-Q9", "purple",
    "sha256:0", "[x, y]", "{x: y}", "[[[[]]]]", "\t", "\n", "\u2028", "x" * 3000, "<script>", "{{ x }}", "=1+1",
)  # fmt: skip
IN_XML = (
    "", "0", "-1", "1", "4294967296", "9" * 40, "1e999", "NaN", "XFD1048576", "A0", "AAAA1", "x", "s", "e", "b", "d",
    "str", "inlineStr", "&lt;", "&#0;", "&x;", "<c/>", "<", ">", "</", "/>", "]]>", "<!--", "<![CDATA[", "\ufffe",
    "../../x", "file:///etc/passwd", "http://a.example", "rId99", "xl/worksheets/sheet1.xml", "true", "43465.99",
)  # fmt: skip
IN_TEMPLATES = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{{ x }}", "{{ 1/0 }}", "{{ self }}", "{% include 'x' %}", "{% extends x %}",
    "{% for x in range(9) %}", "{% endfor %}", "{% if %}", "{% endif %}", "{% block x %}", "{% macro m() %}", "|", ".",
    "|x", "|tojson", "|safe", "|first", ".x", "[0]", "()", "none", "0", "'", '"', "-", "+", "~", "\0", "\ud800",
    "{{ ''.__class__ }}", "{{ 'x' * 9999 }}", "<script>", "<form>",
)  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, text: str, odd: Sequence[str], most: int = 3) -> str:
    """*text* after one to *most* changes: a piece replaced, taken out, doubled or swapped, or one letter changed."""
    pieces = _PIECES.findall(text)
    for _ in range(draw(st.integers(1, most))):
        at, other = draw(st.integers(0, len(pieces) - 1)), draw(st.integers(0, len(pieces) - 1))
        match draw(st.sampled_from(("odd", "odd", "copy", "delete", "double", "swap", "letter", "line"))):
            case "odd":
                pieces[at] = draw(st.sampled_from(odd))
            case "copy":
                pieces[at] = pieces[other]
            case "delete":
                pieces[at] = ""
            case "double":
                pieces[at] *= 2
            case "swap":
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "letter":
                place = draw(st.integers(0, len(pieces[at])))
                pieces[at] = pieces[at][:place] + draw(st.sampled_from(_LETTERS)) + pieces[at][place + 1 :]
            case "line":
                end = next((each for each in range(at, len(pieces)) if "\n" in pieces[each]), len(pieces))
                pieces[at:end] = draw(st.sampled_from(([""], [*pieces[at:end], "\n", *pieces[at:end]])))
    return "".join(pieces)


@st.composite
def changed_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """*content* after one to four changes: some bytes replaced, put in or taken out, or the end cut off."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        cut = draw(st.sampled_from((0, 1, 4, 100, len(content))))
        content = content[:at] + draw(st.binary(max_size=8)) + content[at + cut :]
    return content


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a zip, by name."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {each: packed.read(each) for each in packed.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of *parts*."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, part in parts.items():
            zipped.writestr(name, part)
    return content.getvalue()


@st.composite
def changed_zip(draw: st.DrawFn, content: bytes, likely: Sequence[str]) -> bytes:
    """An office file after a change of one of its parts, of those *likely* above all, or of the bytes of the zip."""
    parts = parts_of(content)
    match draw(st.sampled_from(("likely", "likely", "likely", "any", "missing", "bytes"))):
        case "bytes":
            return draw(changed_bytes(content))
        case "missing":
            del parts[draw(st.sampled_from(list(parts)))]
        case where:
            name = draw(st.sampled_from(likely if where == "likely" else list(parts)))
            try:
                parts[name] = draw(changed(parts[name].decode(), IN_XML)).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                parts[name] = draw(changed_bytes(parts[name]))
    return packed(parts)
