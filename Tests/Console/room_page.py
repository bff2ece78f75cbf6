"""The room as its tests have it: a server, a page of an English room, and what is done there."""
import json

import pytest
from browsing import ROOT
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

OMAR, HELGA = "omar@larkspur.example", "helga@larkspur.example"
LABELS = {"lost-phone": "A lost phone", "report-fraud": "Report fraud", "lockout": "Wrong PINs", "confirm": "Confirm a sign-in"}
#: Listens to what goes to the loudspeaker: loudness() from 0 to 1, and pitch() in Hz of what is loudest.
LISTEN = """
const make = AudioContext.prototype.createGain;
AudioContext.prototype.createGain = function () {
  const gain = make.call(this);
  if (!this.heard) {
    const heard = (this.heard = new AnalyserNode(this, {fftSize: 8192, smoothingTimeConstant: 0}));
    gain.connect(heard);
    window.loudness = () => {
      const samples = new Float32Array(heard.fftSize);
      heard.getFloatTimeDomainData(samples);
      return Math.max(...samples.map(Math.abs));
    };
    window.pitch = () => {
      const bins = new Float32Array(heard.frequencyBinCount);
      heard.getFloatFrequencyData(bins);
      return (bins.indexOf(Math.max(...bins)) * this.sampleRate) / heard.fftSize;
    };
  }
  return gain;
};
"""


def shown(css):
    return lambda browser: next((found for found in browser.find_elements(By.CSS_SELECTOR, css) if found.is_displayed()), None)


def with_text(css, text):
    return lambda browser: next((found for found in browser.find_elements(By.CSS_SELECTOR, css)
                                 if found.is_displayed() and text in found.text), None)


def said(css, text=""):
    """The text itself: what was drawn anew between two looks is looked at again."""
    return lambda browser: next((found.text for found in browser.find_elements(By.CSS_SELECTOR, css)
                                 if found.is_displayed() and text in found.text), None)


def click(browser, css, text=""):
    browser.until(lambda b: with_text(css, text)(b).click() or True)


def choose(browser, css, value):
    browser.until(lambda b: Select(shown(css)(b)).select_by_value(value) or True)


def open_room(browser, server):
    browser.get(server.url)
    browser.until(said("#start-button"))
    click(browser, "#start-button")
    browser.until(shown("#sign-in"))
    # The first events have come: the form knows its people.
    browser.until(lambda b: b.find_elements(By.CSS_SELECTOR, "#user option"))
    return browser


def sign_in(browser, user=OMAR, method="call"):
    choose(browser, "#user", user)
    choose(browser, "#method", method)
    click(browser, "#sign-in-form [type=submit]")


def phase(name):
    return shown(f'#phone[data-phase="{name}"]')


def outcome(name):
    return shown(f'[data-outcome="{name}"]')


def press(browser, keys):
    browser.find_element(By.TAG_NAME, "body").send_keys(keys)


@pytest.fixture(scope="module")
def server(serve):
    return serve()


@pytest.fixture
def room(server, browse):
    """An English room of a session that has just begun."""
    server.post("/api/room/reset")
    return open_room(browse(), server)


def sentences(demo):
    words = json.loads((ROOT / "console/words/room.en.json").read_text())
    return [text.replace("{name}", "Omar") for key, text in words.items()
            if key.startswith(f"guide.{demo}.") and key[-1].isdigit()]
