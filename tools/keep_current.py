"""Write what a script makes from the code; or with --check, say whether the file has it already."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def keep_current(file: Path, text: str) -> None:
    """Write *text* into *file*. With --check nothing is written; raises SystemExit if the file says something else."""
    if "--check" not in sys.argv:
        file.write_text(text, encoding="utf-8", newline="\n")
    elif not file.exists() or file.read_text(encoding="utf-8") != text:
        sys.exit(f"{file.relative_to(ROOT)} is not current. Run: python tools/{Path(sys.argv[0]).name}")


def keep_current_below(line: str, file: Path, text: str) -> None:
    """Do the same for what stands in *file* below *line*. What stands above is written by hand."""
    above, _, _ = file.read_text(encoding="utf-8").partition(line)
    keep_current(file, above + line + text)
