"""Measure how long a report takes and how large it is, in each format: `python benchmarks/reports.py`.

For three plans: this repository's, as agreed; the example's latest period; and 210 actions with 12 periods, all rated.
The HTML report of the last one must stay below 2 MB, so that it can be mailed.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from run import JTAI, ROOT, TIMES, fill_in, made_larger, made_longer

YEARS = 2
LARGEST = 2_000_000
FORMATS = ("md", "html", "pdf", "docx")


def main() -> int:
    """Measure, print, and exit with 1 if the largest HTML report is too large."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder, "large")
        shutil.copytree(ROOT / "plan", large / "plan", ignore=shutil.ignore_patterns("returns", ".jtai"))
        made_larger(large, TIMES)
        made_longer(large, YEARS)
        fill_in(large)
        size = 0
        for words, root in (
            ("this plan", ROOT),
            ("the example", ROOT / "examples/exampleshire"),
            ("the large plan", large),
        ):
            for form in FORMATS:
                out = Path(folder, "out", root.name)
                begun = time.perf_counter()
                subprocess.run(
                    [*JTAI, "report", "--plan", root, "--format", form, "--out", out], check=True, capture_output=True
                )
                taken = time.perf_counter() - begun
                (file,) = out.rglob(f"*.{form}")
                size = file.stat().st_size
                print(f"{words}, {form}: {taken:.2f} s, {size / 1000:,.0f} kB")
                if form == "html":
                    too_large = size > LARGEST
                file.unlink()
    return int(too_large)


if __name__ == "__main__":
    sys.exit(main())
