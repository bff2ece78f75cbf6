"""A page for admins as its tests have it: a store of one's own, a server, and what a person does there."""
import shutil
import struct
import subprocess
import wave

import pytest
from browsing import PATIENCE, POUNDKEY, ROOT, Browser, Server
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

HELGA, OMAR = "helga@larkspur.example", "omar@larkspur.example"


def poundkey(*arguments):
    return subprocess.run([POUNDKEY, *map(str, arguments)], cwd=ROOT, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def fresh_store(tmp_path_factory):
    """A store of the demo tenant, made once: its PINs take a while to hash."""
    path = tmp_path_factory.mktemp("store") / "larkspur.poundkey"
    poundkey("tenant", "init", path)
    return path


@pytest.fixture
def store(tmp_path, fresh_store):
    for ending in ("", ".key"):
        shutil.copy(f"{fresh_store}{ending}", tmp_path / f"larkspur.poundkey{ending}")
    return tmp_path / "larkspur.poundkey"


@pytest.fixture
def served(tmp_path):
    """Starts servers, which end with the test."""
    servers = []

    def start(*options):
        servers.append(Server(tmp_path, *options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="module")
def one_browser():
    browser = Browser()
    yield browser
    browser.quit()


@pytest.fixture
def browser(one_browser):
    one_browser.get("about:blank")
    one_browser.get_log("browser")
    one_browser.size(1600, 1000)
    return one_browser


def until(browser, condition, message=""):
    """Waits for what `condition(browser)` answers; what is drawn anew meanwhile is looked at again."""
    ignored = [NoSuchElementException, StaleElementReferenceException]
    return WebDriverWait(browser, PATIENCE, poll_frequency=0.05, ignored_exceptions=ignored).until(condition, message)


class Page:
    """A page as a person has it: what is to be seen, and what is done with it."""

    def __init__(self, browser, server):
        self.browser, self.server = browser, server

    def open(self, path):
        self.browser.get(self.server.url + path)
        return self.settled()

    def settled(self):
        until(self.browser, lambda browser: browser.execute_script(
            "return document.querySelector('h1')?.textContent && !document.querySelector('[aria-busy=true], [data-busy]')"),
            "the page is still busy")
        return self

    def all(self, css):
        return self.browser.find_elements(By.CSS_SELECTOR, css)

    def one(self, css):
        return until(self.browser, lambda browser: browser.find_element(By.CSS_SELECTOR, css), css)

    def see(self, css, text=""):
        """Waits for a visible element whose text has `text` in it."""
        def shown(browser):
            for element in browser.find_elements(By.CSS_SELECTOR, css):
                if element.is_displayed() and text in element.text:
                    return element
            return False
        return until(self.browser, shown, f"{css} with {text!r} on {self.browser.current_url}")

    def gone(self, css, text=""):
        until(self.browser, lambda browser: not any(
            text in element.text for element in browser.find_elements(By.CSS_SELECTOR, css)), f"{css} {text!r} is still there")

    def text(self):
        return self.browser.find_element(By.TAG_NAME, "body").text

    def press(self, text, within=""):
        """Presses a button or a link by its words, or by its label."""
        def found(browser):
            for element in browser.find_elements(By.CSS_SELECTOR, f"{within} button, {within} a, {within} summary"):
                if element.is_displayed() and text in (element.text.strip(), element.get_attribute("aria-label")):
                    return element
            return False
        element = until(self.browser, found, f"nothing to press called {text!r} on {self.browser.current_url}")
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        until(self.browser, lambda _: element.get_attribute("aria-disabled") != "true")
        element.click()

    def fill(self, css, text):
        field = self.see(css)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text)
        return field

    def choose(self, css, value):
        self.browser.execute_script(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))",
            self.one(css), value)

    def give(self, path):
        """Chooses a file for the bench, and waits for what is said of it."""
        self.one("#file").send_keys(str(path))
        self.settled()
        self.see("#bench .verdict, #bench .notice")

    def key(self, *keys):
        self.browser.switch_to.active_element.send_keys(*keys)

    def tab_to(self, label):
        """Goes on with the tabulator until something with these words has the focus."""
        for _ in range(120):
            self.browser.switch_to.active_element.send_keys(Keys.TAB)
            element = self.browser.switch_to.active_element
            if label in (element.text.strip(), element.get_attribute("aria-label"), element.get_attribute("id")):
                return element
        raise AssertionError(f"{label!r} is not reached")


@pytest.fixture
def page(browser, served, store):
    return Page(browser, served("--tenant", store))


def spoken(path, gain=1.0, offset=0, lead=0.0):
    """A greeting of ours as a WAV file, changed as asked: quieter, off centre, with silence before it."""
    heard = path.with_name("heard.wav")
    poundkey("greeting", "preview", ROOT / "greetings/en/greetingStandard.mp3", "-o", heard, "--force")
    with wave.open(str(heard)) as source:
        rate, frames = source.getframerate(), source.readframes(source.getnframes())
    samples = [offset] * int(rate * lead) + [int(sample * gain) + offset for sample in struct.unpack(f"<{len(frames) // 2}h", frames)]
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return path
