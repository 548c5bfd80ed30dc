"""Write the reference in docs/templates.md from the docstrings of the view: `python tools/view_reference.py`."""

import ast
from collections.abc import Iterator

from keep_current import ROOT, keep_current_below

VIEW = ROOT / "src/jtai_plan/output/report/view"
MODULES = ("plan", "cell", "period")
MARKER = "<!-- from here on made by tools/view_reference.py -->\n"


def reference() -> str:
    """Every noun of the view, its fields, and what they hold."""
    trees = (ast.parse((VIEW / f"{module}.py").read_text(encoding="utf-8")) for module in MODULES)
    nouns = (each for tree in trees for each in tree.body if isinstance(each, ast.ClassDef))
    return "\n".join(line for noun in nouns for line in lines(noun))


def lines(noun: ast.ClassDef) -> Iterator[str]:
    """The part of the reference about *noun*."""
    yield from (f"### {noun.name}", "", ast.get_docstring(noun) or "", "")
    for place, each in enumerate(noun.body):
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield field(each.target.id, ast.unparse(each.annotation), text_below(noun, place))
        elif isinstance(each, ast.FunctionDef):
            yield field(each.name, ast.unparse(each.returns) if each.returns else "", ast.get_docstring(each) or "")
    yield ""


def text_below(noun: ast.ClassDef, place: int) -> str:
    """The docstring below the field at *place*."""
    after = noun.body[place + 1] if place + 1 < len(noun.body) else None
    text = after.value if isinstance(after, ast.Expr) else None
    return str(text.value) if isinstance(text, ast.Constant) else ""


def field(name: str, kind: str, text: str) -> str:
    """A field as an item of a list."""
    return f"- `{name}` ({kind}){f': {text}' if text else ''}"


if __name__ == "__main__":
    keep_current_below(MARKER, ROOT / "docs/templates.md", "\n" + reference().rstrip() + "\n")
