"""Makes the README's pictures from the example's latest report: `python docs/pictures.py`. It needs Chromium."""

import shutil
import sys
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
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
