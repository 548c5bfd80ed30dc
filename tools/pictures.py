"""Make the pictures in the README and docs from the example: `python tools/pictures.py`.

Needs Chromium. The picture of the form also needs LibreOffice and poppler.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "examples/exampleshire/reports/2022-23-Q1/board-report.html"
PICTURES = {"board-report.png": "body", "every-action.png": "#matrix"}
"""Each picture, and the part of the report that it starts with."""


def main() -> int:
    """Make every picture; the exit status."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("tools/pictures.py: Chromium is not on the PATH. Install it, then try again.", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1060, "height": 1000})
        page.goto(REPORT.as_uri())
        for name, part in PICTURES.items():
            page.evaluate("part => document.querySelector(part).scrollIntoView()", part)
            page.screenshot(path=ROOT / "docs/pictures" / name)
            print(f"docs/pictures/{name}")
        browser.close()
    take_form(ROOT / "docs/pictures/form")
    print("docs/pictures/form.png")
    return 0


def take_form(picture: Path) -> None:
    """Take a picture of the first printed page of a form."""
    with tempfile.TemporaryDirectory() as folder:
        jtai = Path(sys.executable).with_name("jtai")
        example = str(ROOT / "examples/exampleshire")
        run(jtai, "forms", "--plan", example, "-q", "2022-23-Q1", "--agency", "police", "--out", folder)
        (form,) = Path(folder).glob("*.xlsx")
        run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, form)
        first_page = ("-f", "1", "-l", "1", "-singlefile")
        run("pdftoppm", "-png", "-r", "110", *first_page, form.with_suffix(".pdf"), picture)


def run(*command: str | Path) -> None:
    """Run another program, and fail if it does."""
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    raise SystemExit(main())
