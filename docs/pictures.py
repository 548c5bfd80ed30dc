"""Makes the README's picture from the example's latest report: `python docs/pictures.py`. It needs Chromium."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "examples/exampleshire/reports/2022-23-Q1/board-report.html"
PICTURE = ROOT / "docs/pictures/board-report.png"
SIZE = "1060,1180"


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("docs/pictures.py: Chromium is not on the PATH. Install it, then try again.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as profile:
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
        command += ["--disable-background-networking", "--disable-sync", f"--user-data-dir={profile}"]
        command += [f"--window-size={SIZE}", f"--screenshot={PICTURE}", REPORT.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
    print(PICTURE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
