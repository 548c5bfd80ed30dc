"""The scripts in tools/ that a release and the documents depend on."""

import sys
from pathlib import Path

import pytest

from keep_current import ROOT, keep_current, keep_current_below
from layers import imports, picture
from release_notes import notes

CHANGELOG = """\
# Changelog

## [Unreleased]

- Soon

## [1.2.0] - 2026-12-01

### Added

- This

## [1.1.0]

## [1.0.0] - 2026-01-01

- That
"""


@pytest.mark.parametrize(("version", "told"), [("1.2.0", "### Added\n\n- This"), ("1.0.0", "- That")])
def test_the_notes_of_a_release_are_its_part_of_the_changelog(version: str, told: str) -> None:
    assert notes(f"v{version}", version, CHANGELOG) == told


@pytest.mark.parametrize(
    ("tag", "version", "told"),
    [
        ("v1.2.1", "1.2.0", "The tag is v1.2.1, and pyproject.toml says 1.2.0."),
        ("1.2.0", "1.2.0", "The tag is 1.2.0, and pyproject.toml says 1.2.0."),
        ("v1.1.0", "1.1.0", "CHANGELOG.md has nothing under"),
        ("v1.3.0", "1.3.0", "CHANGELOG.md has nothing under"),
    ],
)
def test_a_release_stops_if_its_tag_or_its_notes_are_wrong(tag: str, version: str, told: str) -> None:
    with pytest.raises(SystemExit, match=told):
        notes(tag, version, CHANGELOG)


def test_an_import_that_goes_up_is_not_drawn() -> None:
    found = imports()
    assert ("commands", "rules") in found
    with pytest.raises(SystemExit, match=r"These imports do not go down: \[\('model', 'rules'\)\]"):
        picture({*found, ("model", "rules")})


def test_what_is_not_current_is_named_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keep_current.ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", [str(ROOT / "tools/commands.py"), "--check"])
    file = tmp_path / "commands.md"
    file.write_text("By hand\n<!-- below -->\nOld\n")
    with pytest.raises(SystemExit, match=r"commands\.md is not current\. Run: python tools/commands\.py"):
        keep_current_below("<!-- below -->\n", file, "New\n")
    assert file.read_text() == "By hand\n<!-- below -->\nOld\n"
    keep_current(file, "By hand\n<!-- below -->\nOld\n")

    monkeypatch.setattr(sys, "argv", ["commands.py"])
    keep_current_below("<!-- below -->\n", file, "New\n")
    assert file.read_text() == "By hand\n<!-- below -->\nNew\n"
