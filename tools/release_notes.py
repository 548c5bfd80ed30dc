"""Print what CHANGELOG.md says of a version, for the notes of its release: `python tools/release_notes.py v1.2.0`."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def notes(tag: str, version: str, changelog: str) -> str:
    """The part of *changelog* about *version*; raises SystemExit if *tag* is not its tag or the part is missing."""
    if tag != f"v{version}":
        sys.exit(f"The tag is {tag}, and pyproject.toml says {version}. Tag v{version}, or change the version first.")
    part = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if part is None or not part[1].strip():
        sys.exit(f"CHANGELOG.md has nothing under '## [{version}]'. Move what is unreleased there, and tag again.")
    return part[1].strip()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say which tag: python tools/release_notes.py v1.2.0")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    print(notes(sys.argv[1], project["version"], (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))
