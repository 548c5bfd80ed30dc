"""Makes the pictures of the README and docs from the example: `python docs/pictures.py`.

It needs Chromium, and for the form's picture LibreOffice and poppler.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "examples/exampleshire/reports/2022-23-Q1/board-report.html"
PICTURES = {"board-report.png": "body", "period-by-period.png": "#periods"}
"""Each picture, and the part of the report at whose top it begins."""


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("docs/pictures.py: Chromium is not on the PATH. Install it, then try again.", file=sys.stderr)
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
    """Take a picture of the first page of a form, as it is printed."""
    with tempfile.TemporaryDirectory() as folder:
        jtai = Path(sys.executable).with_name("jtai")
        made = [
            "forms",
            "--plan",
            ROOT / "examples/exampleshire",
            "-q",
            "2022-23-Q1",
            "--agency",
            "police",
            "--out",
            folder,
        ]
        subprocess.run([jtai, *made], check=True, capture_output=True)
        (form,) = Path(folder).glob("*.xlsx")
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, form], check=True, capture_output=True
        )
        page = ["pdftoppm", "-png", "-r", "110", "-f", "1", "-l", "1", "-singlefile", form.with_suffix(".pdf"), picture]
        subprocess.run(page, check=True)


if __name__ == "__main__":
    raise SystemExit(main())
