"""Where the files of this repository are."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
"""The repository, which is also the root of Southend's plan."""

EXAMPLE = ROOT / "examples/exampleshire"
BY_DUE_DAYS = ROOT / "examples/sampleton"
"""Monthly, with one dimension, red, amber and green, and due days."""
"""The root of the made-up plan."""
