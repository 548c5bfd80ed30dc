"""The HTML report in a real browser: for everyone, at every width, by keyboard, without its script, and on paper."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from places import EXAMPLE, ROOT

REPORT = EXAMPLE / "reports/2022-23-Q1/board-report.html"
PAGES = [
    REPORT,
    REPORT.with_name("public-report.html"),
    REPORT.with_name("agency-police-report.html"),
    ROOT / "reports/plan/plan.html",
]
CHROMIUM = shutil.which("chromium")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What passes is thousands of elements, and nobody reads it.
    "resultTypes": ["violations", "incomplete"],
}

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.once]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The report at 1280 px, with everything that the browser complained of checked at the end."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(REPORT.as_uri())
    yield opened
    assert said == []
    assert set(asked) == {REPORT.as_uri()}
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_nobody_is_kept_out(browser: Browser, file: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    opened = context.new_page()
    opened.goto(file.as_uri())
    found: dict[str, Any] = Axe().run(opened, options=RULES).response
    context.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert {each["id"] for each in found["incomplete"]} <= {"color-contrast"}


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_nothing_runs_out_of_a_telephone(browser: Browser, file: Path) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    opened = context.new_page()
    opened.goto(file.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def shown(page: Page) -> int:
    """How many of the plan's and the agencies' cells are to be seen."""
    return page.locator("details.action [data-cell]:visible").count()


def test_the_filters_work_by_keyboard_and_live_in_the_address(page: Page) -> None:
    everything = shown(page)
    page.locator("#filter-agency").focus()
    page.keyboard.type("Exampleshire Pol")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "filter-dimension"
    page.keyboard.type("Imp")
    few = shown(page)
    assert 0 < few < everything
    assert page.locator("#shown").inner_text() == f"Showing {few} of {everything} ratings."
    assert page.url.endswith("#?agency=Exampleshire+Police&dimension=Impact")
    page.goto("about:blank")
    page.goto(f"{REPORT.as_uri()}#?agency=Exampleshire+Police&dimension=Impact")
    assert shown(page) == few
    page.get_by_role("button", name="Show everything").press("Enter")
    expect(page.locator("details.action[hidden]")).to_have_count(0)
    assert shown(page) == everything


def test_late_cells_alone_can_be_shown(page: Page) -> None:
    page.locator("#filter-standing").select_option("behind unranked")
    standings = page.locator("details.action [data-cell]:visible h5").all_inner_texts()
    assert len(standings) == shown(page) == 10
    assert all(re.search("behind|unranked", each) for each in standings)


def test_a_link_to_what_is_hidden_shows_it(page: Page) -> None:
    page.locator("#filter-theme").select_option("T1")
    assert not page.locator("#action-T4\\.2").is_visible()
    page.locator("table.matrix a", has_text="T4.2").first.click()
    expect(page.locator("details.action[hidden]")).to_have_count(0)
    assert page.locator("#action-T4\\.2").is_visible()


def test_an_address_that_asks_for_what_is_not_there_shows_everything(page: Page) -> None:
    everything = shown(page)
    page.goto(f"{REPORT.as_uri()}#?agency=Nobody&standing=%22%3E")
    page.reload()
    assert shown(page) == everything
    page.goto("about:blank")
    page.goto(REPORT.as_uri())


def test_opening_it_is_the_one_request(browser: Browser) -> None:
    context = browser.new_context()
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(REPORT.as_uri(), wait_until="networkidle")
    assert asked == [REPORT.as_uri()]
    context.close()


def test_everything_is_there_without_the_script(browser: Browser, page: Page) -> None:
    context = browser.new_context(java_script_enabled=False)
    without = context.new_page()
    without.goto(REPORT.as_uri())
    assert shown(without) == shown(page)
    assert not without.locator("#filters").is_visible()
    context.close()


def test_what_is_said_of_an_action_stands_beside_its_name(page: Page) -> None:
    columns = "each => new Set(Array.from(each, one => one.getBoundingClientRect().left)).size"
    facts = page.locator("details.action dl.facts").first
    assert facts.locator("dd").count() > facts.locator("dt").count()
    assert facts.locator("dd").evaluate_all(columns) == facts.locator("dt").evaluate_all(columns) == 1
    name, said = (facts.locator(each).first.bounding_box() for each in ("dt", "dd"))
    assert name is not None
    assert said is not None
    assert name["x"] + name["width"] <= said["x"]


def test_the_page_that_decides_is_two_screens_and_one_sheet(browser: Browser) -> None:
    for file in sorted((EXAMPLE / "reports").glob("*/board-report.html")):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        opened = context.new_page()
        opened.goto(file.as_uri())
        assert opened.evaluate("document.querySelector('header').getBoundingClientRect().bottom") <= 2 * 900, file
        # The sheet that holds the contents and all that follows is the second one.
        opened.add_style_tag(content="@media print { main, footer { display: none } }")
        assert len(re.findall(rb"/Type\s*/Page\b", opened.pdf(format="A4"))) == 1, file
        context.close()


def test_no_column_is_cut_off_on_paper(browser: Browser) -> None:
    # A4 less its margins, at 96 px to the inch.
    context = browser.new_context(viewport={"width": 688, "height": 1000})
    opened = context.new_page()
    opened.goto(REPORT.as_uri())
    opened.emulate_media(media="print")
    wide = opened.evaluate(
        "Array.from(document.querySelectorAll('table, svg, p, li'))"
        ".filter(each => each.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert wide == 0
    assert not opened.locator("#filters").is_visible()
    pages = len(re.findall(rb"/Type\s*/Page\b", opened.pdf(format="A4")))
    assert 5 < pages < 30
    context.close()
