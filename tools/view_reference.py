"""Write the reference of the view model in docs/templates.md, from what output/report/view.py says of itself."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs/templates.md"
VIEW = ROOT / "src/jtai_plan/output/report/view.py"
BEGINS = "<!-- from here on made by tools/view_reference.py -->\n"


def reference() -> str:
    """Every noun of the view model, its fields, and what they hold."""
    nouns = [each for each in ast.parse(VIEW.read_text(encoding="utf-8")).body if isinstance(each, ast.ClassDef)]
    return "\n".join(line for noun in nouns for line in lines(noun))


def lines(noun: ast.ClassDef) -> Iterator[str]:
    """The part of the reference that is about *noun*."""
    yield from (f"### {noun.name}", "", ast.get_docstring(noun) or "", "")
    for place, each in enumerate(noun.body):
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield field(each.target.id, ast.unparse(each.annotation), said_after(noun, place))
        elif isinstance(each, ast.FunctionDef):
            yield field(each.name, ast.unparse(each.returns) if each.returns else "", ast.get_docstring(each) or "")
    yield ""


def said_after(noun: ast.ClassDef, place: int) -> str:
    """The text that stands below the field at *place*."""
    after = noun.body[place + 1] if place + 1 < len(noun.body) else None
    said = after.value if isinstance(after, ast.Expr) else None
    return str(said.value) if isinstance(said, ast.Constant) else ""


def field(name: str, kind: str, said: str) -> str:
    """A field as an item of a list."""
    return f"- `{name}` ({kind}){f': {said}' if said else ''}"


if __name__ == "__main__":
    text = DOCUMENT.read_text(encoding="utf-8")
    whole = text.partition(BEGINS)[0] + BEGINS + "\n" + reference().rstrip() + "\n"
    if "--check" in sys.argv:
        sys.exit(
            0 if whole == text else "docs/templates.md is not what the view model says: python tools/view_reference.py"
        )
    DOCUMENT.write_text(whole, encoding="utf-8")
