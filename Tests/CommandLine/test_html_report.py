"""The HTML report, in a browser: it needs no network, is accessible, filters, replays, and has a dark side."""
import re
from importlib.resources import files

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from conftest import ROOT

WRONG = """scenario: Omar says nothing
tags: [pin, french]
given:
  set: {pin.mode: enabled}
  user: {upn: omar@larkspur.example, pin: "8362", language: fr-FR}
steps:
  - signin
  - answer: {after: 4s}
  - press: {keys: "#", during: greetingPIN}
expect: {result: approved}
"""
INVALID = "scenario: T\nsteps: [hangupp]\n"
SKIPPED = "scenario: Not today\nskip: see <12> & later\nsteps: [signin]\n"


@pytest.fixture(scope="module")
def browser():
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1200"):
        options.add_argument(argument)
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


def medium(browser, scheme):
    features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.fixture
def page(poundkey, tmp_path, browser):
    """The report of some shipped scenarios, one that fails, one that is skipped and one that is none."""
    (tmp_path / "wrong.yaml").write_text(WRONG)
    (tmp_path / "none.yaml").write_text(INVALID)
    (tmp_path / "skipped.yaml").write_text(SKIPPED)
    poundkey("run", "scenarios/fraud", "scenarios/pin", "scenarios/sms", tmp_path, "--trace", "on", "--report",
             f"html={tmp_path}/report.html", cwd=ROOT)
    medium(browser, "light")
    browser.get_log("browser"), browser.get_log("performance")
    browser.get(f"file://{tmp_path}/report.html")
    return browser


def shown(page):
    return page.execute_script(
        "return [...document.querySelectorAll('[data-status]')].filter(e => !e.hidden).map(e => e.dataset.status)")


def choose(page, value):
    page.execute_script("arguments[0].click()", page.find_element(By.CSS_SELECTOR, f"input[value={value}]"))


def test_nothing_is_fetched_and_nothing_is_wrong(page):
    assert page.get_log("browser") == []
    requests = re.findall(r'"Network.requestWillBeSent".*?"url":"([^"]*)"', "".join(
        entry["message"].replace('\\"', '"') for entry in page.get_log("performance")))
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    source = page.page_source
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", source)
    assert "8362" not in source


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_folded_and_unfolded(page, scheme):
    medium(page, scheme)
    axe = (files("axe_core_python") / "axe.min.js").read_text()
    page.execute_script(axe)
    for unfold in (False, True):
        if unfold:
            page.execute_script("document.querySelectorAll('details.case').forEach((d, i) => d.open = i < 12);"
                                "document.querySelectorAll('.cp').forEach(d => d.open = true)")
        found = page.execute_async_script(
            "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => "
            "[v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html)])))")
        assert [v for v in found if v[0] in ("serious", "critical")] == []


def test_the_summary_says_how_it_went(page):
    assert page.title.startswith("✗ 1 of ")
    tiles = [tile.text for tile in page.find_elements(By.CSS_SELECTOR, ".tiles li")]
    assert tiles[1:] == ["✗1 failed", "–1 skipped", "!1 invalid"] or [t.split()[-1] for t in tiles] == [
        "passed", "failed", "skipped", "invalid"]
    facts = page.find_element(By.CSS_SELECTOR, ".facts").text
    assert "Seed" in facts and "Plan" in facts and "Virtual time" in facts
    assert page.find_element(By.CSS_SELECTOR, ".skipped .sk").get_attribute("textContent") == "Skipped: see <12> & later"


def test_a_failure_is_open_with_its_line_its_timeline_and_how_to_run_it_again(page, tmp_path):
    case = page.find_element(By.CSS_SELECTOR, "details.failed")
    assert case.get_attribute("open") is not None
    assert "expected greetingPIN, heard fraudGreetingPIN" in case.text
    quoted = case.find_element(By.TAG_NAME, "pre").get_attribute("textContent").split("\n")
    assert quoted[1].endswith('- press: {keys: "#", during: greetingPIN}')
    caret = quoted[2].index("^")
    assert quoted[1][caret:caret + len(re.search(r"\^+", quoted[2])[0])] in quoted[1][caret:]
    drawing = case.find_element(By.CSS_SELECTOR, "svg.tl")
    assert drawing.get_attribute("aria-label").startswith("Timeline of 4 s: 1 message, no keys, ends undecided")
    assert "fraudGreetingPIN" in drawing.text
    assert f"poundkey run {tmp_path}/wrong.yaml:9 --seed 1" in case.text


def test_the_filter_shows_what_is_asked_for_by_status_and_by_word(page):
    total = len(shown(page))
    choose(page, "failed")
    assert sorted(shown(page)) == ["failed", "invalid"]
    choose(page, "skipped")
    assert shown(page) == ["skipped"]
    choose(page, "all")
    search = page.find_element(By.CSS_SELECTOR, "input[type=search]")
    search.send_keys("fraudreported 0#")
    assert 0 < len(shown(page)) < 8
    assert re.fullmatch(r"\d+ of \d+ shown", page.find_element(By.TAG_NAME, "output").text)
    search.send_keys(" nosuchword")
    assert shown(page) == []
    assert page.find_element(By.CSS_SELECTOR, ".empty").is_displayed()
    search.send_keys(Keys.ESCAPE)
    assert len(shown(page)) == total


def test_the_filter_is_worked_from_the_keyboard(page):
    page.find_element(By.CSS_SELECTOR, "input[value=all]").send_keys(Keys.ARROW_RIGHT)
    assert sorted(shown(page)) == ["failed", "invalid"]


def test_the_player_steps_through_the_trace_with_its_state(page):
    case = next(case for case in page.find_elements(By.CSS_SELECTOR, "details.case")
                if "Report fraud with 0#, then" in case.get_attribute("textContent"))
    page.execute_script("arguments[0].open = true; arguments[0].scrollIntoView()", case)
    say, line = case.find_element(By.CSS_SELECTOR, ".say"), case.find_element(By.CSS_SELECTOR, ".now")
    first = line.get_attribute("x1")
    assert "calling helga@larkspur.example" in say.text and "ringing" in say.text
    click = lambda name: page.execute_script("arguments[0].click()", case.find_element(By.CSS_SELECTOR, name))
    click(".step")
    assert "waiting for #, attempt 1 of 3" in say.text
    assert float(line.get_attribute("x1")) > float(first)
    click(".back")
    assert "ringing" in say.text and line.get_attribute("x1") == first
    slider = case.find_element(By.CSS_SELECTOR, "input[type=range]")
    slider.send_keys(Keys.END)
    assert "hangs up" in say.text
    assert slider.get_attribute("aria-valuetext").endswith("of " + case.find_element(By.CSS_SELECTOR, ".ctl .nu").text
                                                           .split("/")[1])
    click(".play")
    assert case.find_element(By.CSS_SELECTOR, ".play").text == "Pause"
    click(".play")
    assert case.find_element(By.CSS_SELECTOR, ".play").text == "Play"


def test_dark_is_another_page_and_a_telephone_needs_no_scrolling_aside(page):
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = page.execute_script(ground)
    medium(page, "dark")
    assert page.execute_script(ground) != light
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                         {"width": 390, "height": 800, "deviceScaleFactor": 2, "mobile": True})
    assert page.execute_script("return document.documentElement.scrollWidth") <= 390
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_without_a_script_all_of_it_can_be_read(page):
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.refresh()
        tools = page.find_element(By.CSS_SELECTOR, "form.tools")
        assert tools.get_attribute("hidden") is not None
        assert len(page.find_elements(By.CSS_SELECTOR, "svg.tl")) > 20
        assert len(page.find_elements(By.CSS_SELECTOR, ".trace > li")) > 50
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
