"""What the tests of the console share: the program serving a store of its own, and a browser."""
import os
import re
import shutil
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parent.parent.parent
POUNDKEY = Path(os.environ.get("POUNDKEY_UNDER_TEST", ROOT / ".build/release-static/release/poundkey"))


def poundkey(*arguments):
    return subprocess.run([POUNDKEY, *map(str, arguments)], cwd=ROOT, check=True, capture_output=True).stdout


class Console:
    """`poundkey serve`, at a free port."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([POUNDKEY, "serve", "--port", "0", *map(str, arguments)], cwd=ROOT,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if not found:
            self.process.kill()
            raise RuntimeError(f"serve said {line!r}; stderr: {self.process.stderr.read()}")
        self.url = found.group()

    def get(self, path):
        with urllib.request.urlopen(self.url + path) as answer:
            return answer.read()

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(10)
        self.process.stdout.close()
        self.process.stderr.close()


@pytest.fixture(scope="session")
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
def serve():
    """Starts consoles; all end with the test."""
    started = []

    def start(*arguments):
        started.append(Console(*arguments))
        return started[-1]

    yield start
    for console in started:
        if console.process.poll() is None:
            console.end()


@pytest.fixture
def console(serve, store):
    return serve("--tenant", store)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio",
                     "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required",
                     "--force-prefers-reduced-motion", "--window-size=1600,1000",
                     f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"intl.accept_languages": "en"})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium):
    chromium.get("about:blank")
    chromium.get_log("browser")
    size(chromium, 1600, 1000)
    yield chromium
    size(chromium, 1600, 1000)


def size(driver, width, height):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})


def until(driver, condition, message="", seconds=15):
    """Waits for what `condition(driver)` answers; what is redrawn meanwhile is looked at again."""
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
    ignored = [NoSuchElementException, StaleElementReferenceException]
    return WebDriverWait(driver, seconds, poll_frequency=0.05, ignored_exceptions=ignored).until(condition, message)
