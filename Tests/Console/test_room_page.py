"""The room in a real browser on a real server: demos from ring to record, keys, languages, two tabs, a lost connection."""
import json
import re
import signal
import sqlite3
import subprocess
import time

import pytest
from browsing import POUNDKEY, ROOT, Browser
from room_page import (  # noqa: F401
    HELGA, LABELS, LISTEN, OMAR, click, open_room, outcome, phase, press, room, said, sentences, server, shown, sign_in, with_text)
from stage import browse, serve  # noqa: F401
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

#: s that the longest demo may take at its own pace.
DEMO = 120
#: Keeps what the page shows one after the other, so that nothing is missed between two looks.
WATCH = """
window.seen = {phase: [], caption: [], guide: [], node: [], way: [], outcome: [], record: []};
const tell = (list, value) => value && list.at(-1) !== value && list.push(value);
const look = () => {
  tell(seen.phase, document.getElementById("phone").dataset.phase);
  tell(seen.caption, document.getElementById("caption-text").textContent);
  tell(seen.guide, document.getElementById("guide-sentence").textContent);
  tell(seen.node, document.querySelector(".node.current")?.dataset.node);
  for (const way of document.querySelectorAll(".way.walked")) if (!seen.way.includes(way.dataset.way)) seen.way.push(way.dataset.way);
  tell(seen.outcome, document.querySelector(".verdict")?.dataset.outcome);
  seen.record = [...document.querySelectorAll(".record")].map((card) => card.dataset.kind);
};
new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
look();
"""


# The demos, at their own pace; all four at once, each on a server of its own.

@pytest.fixture(scope="module")
def demos(serve):
    browser, windows = Browser(), {}
    for number, (name, label) in enumerate(LABELS.items()):
        if number:
            browser.switch_to.new_window("window")
        server = serve()
        windows[name] = (browser.current_window_handle, server)
        open_room(browser, server)
        # The machines are explored while the server starts; all that is to be seen is awaited.
        browser.until(shown(".node"), DEMO)
        browser.execute_script(WATCH)
        click(browser, "#demos-open")
        click(browser, "#demos button", label)
        browser.until(with_text("#guide-title", label))
    yield browser, windows
    browser.quit()


@pytest.fixture
def played(demos, request):
    """What a demo showed from its start to its end, and the browser and server that showed it."""
    browser, windows = demos
    handle, server = windows[request.param]
    browser.switch_to.window(handle)
    browser.until(shown("#free"), DEMO)
    assert not shown("#guide-problem")(browser), browser.find_element(By.ID, "guide-problem").text
    return browser, server, browser.execute_script("return window.seen")


def in_order(wanted, seen):
    rest = iter(seen)
    return all(any(one == other for other in rest) for one in wanted)


@pytest.mark.parametrize("played", ["confirm"], indirect=True)
def test_the_demo_that_confirms_rings_speaks_and_records(played):
    browser, _, seen = played
    assert in_order(["ringing", "answered", "over"], seen["phase"])
    assert [caption.split(".")[0] for caption in seen["caption"]] == ["Hello", "Thank you, you're verified"]
    assert in_order(["ringing", "prompt", "closing", "ended"], seen["node"])
    assert seen["outcome"] == ["approved"] and seen["record"] == ["signIn"]
    assert in_order(sentences("confirm"), seen["guide"])
    assert browser.complaints() == []


@pytest.mark.parametrize("played", ["report-fraud"], indirect=True)
def test_the_demo_that_reports_fraud_blocks_and_the_next_sign_in_is_refused(played):
    _, server, seen = played
    assert in_order(["ringing", "answered", "over"], seen["phase"])
    assert in_order(["ringing", "prompt", "digits", "confirmingBlock", "closing", "ended"], seen["node"])
    assert seen["outcome"] == ["fraudReported", "userBlocked"]
    assert in_order(["signIn", "report", "mail", "block", "audit", "signIn"], seen["record"])
    assert in_order(sentences("report-fraud"), seen["guide"])
    assert any(user["upn"] == OMAR and user["blocked"] for user in json.loads(server.get("/api/room"))["users"])


@pytest.mark.parametrize("played", ["lockout"], indirect=True)
def test_the_demo_of_wrong_pins_locks_and_shows_no_key_of_a_pin(played):
    browser, _, seen = played
    assert in_order(["ringing", "prompt", "digits", "prompt", "digits", "closing", "ended"], seen["node"])
    # A check is over in less than a frame; the way through it stays drawn.
    assert {"digits checkingPIN", "checkingPIN prompt", "checkingPIN closing"} <= set(seen["way"])
    assert seen["outcome"] == ["denied", "lockedOut"]
    assert in_order(["signIn", "signIn", "audit"], seen["record"]) and "lock" in seen["record"]
    assert in_order(sentences("lockout"), seen["guide"])
    keys = [mark.get_attribute("textContent") for mark in browser.find_elements(By.CSS_SELECTOR, ".mark.key")]
    assert keys and set(keys) <= {"•", "#"}


@pytest.mark.parametrize("played", ["lost-phone"], indirect=True)
def test_the_demo_of_a_lost_phone_recovers_with_a_pass(played):
    browser, server, seen = played
    assert seen["outcome"] == ["appNotAnswered", "approved"] or seen["outcome"] == ["appNotAnswered", "approved", "approved"]
    assert in_order(["signIn", "pass", "signIn", "app", "signIn"], seen["record"])
    assert in_order(sentences("lost-phone"), seen["guide"])
    # The trainer goes on from here: the new telephone is asked, with its number matching.
    click(browser, "#sign-in-now button")
    sign_in(browser, OMAR, "app")
    number = browser.until(said(".match-number"))
    browser.until(shown('[data-device="new phone"] input')).send_keys(number)
    click(browser, '[data-device="new phone"] [type=submit]')
    browser.until(outcome("approved"))


def test_a_demo_pauses_steps_and_resumes(room, server):
    click(room, "#demos-open")
    click(room, "#demos button", LABELS["confirm"])
    room.until(phase("ringing"))
    click(room, "#pause")
    room.until(with_text("#pause", "Resume"))
    at = json.loads(server.get("/api/room"))["at"]
    assert json.loads(server.get("/api/room"))["at"] == at
    # At once into the next one: seven seconds of the room, and the call is answered in it.
    click(room, "#step")
    room.until(phase("answered"))
    room.until(with_text("#guide-sentence", sentences("confirm")[2]))
    room.until(with_text("#pause", "Resume"))
    assert json.loads(server.get("/api/room"))["at"] == 12_000
    click(room, "#step")
    room.until(with_text("#guide-sentence", sentences("confirm")[3]))
    room.until(outcome("approved"))
    # A key is held for a tenth of a second.
    assert json.loads(server.get("/api/room"))["at"] == 21_100
    click(room, "#pause")
    room.until(with_text("#pause", "Pause"))


# What a person does.

def test_a_call_is_answered_and_confirmed_with_the_mouse_and_its_record_opens_in_place(room):
    sign_in(room)
    assert room.until(said(".asked", "We are calling +XX")).endswith("23")
    click(room, '#phone[data-phase="ringing"] #answer')
    room.until(with_text("#caption-text", "Hello"))
    assert room.find_element(By.ID, "caller").text == "+1 855 330 8653"
    click(room, '[data-key="#"]')
    room.until(outcome("approved"))
    card = room.until(shown('[data-kind="signIn"]'))
    assert "MFA completed in the cloud" in card.text and not card.get_attribute("open")
    click(room, '[data-kind="signIn"] summary')
    assert "approved" in card.text and "Error code" in card.text
    assert room.complaints() == []


def test_it_rings_speaks_sounds_a_key_and_is_mute_when_asked(server, browse):
    server.post("/api/room/reset")
    browser = browse()
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})
    open_room(browser, server)
    assert browser.execute_script("return loudness()") == 0
    sign_in(browser)
    # 440 and 480 Hz: the caller ID of the demo tenant begins with +1.
    browser.until(lambda b: b.execute_script("return loudness() > 0.05 && pitch() > 430 && pitch() < 490"))
    click(browser, '#phone[data-phase="ringing"] #answer')
    browser.until(with_text("#caption-text", "Hello"))
    browser.until(lambda b: b.execute_script("return loudness() > 0.05 && (pitch() < 430 || pitch() > 490)"))
    click(browser, "#mute")
    # Over a second, which no pause in the speech lasts.
    browser.until(lambda b: b.execute_async_script(
        "const done = arguments[0]; let [most, left] = [0, 60];"
        "const look = () => { most = Math.max(most, loudness()); if (left--) requestAnimationFrame(look); else done(most < 0.0001); };"
        "look();"))
    click(browser, "#mute")
    press(browser, "0")
    # Upper tone of 0, where the message has nothing as loud.
    browser.until(lambda b: b.execute_script("return [941, 1336].some(tone => Math.abs(pitch() - tone) < 12)"))


def test_the_sound_is_what_the_telephone_carries(room):
    sign_in(room)
    click(room, '#phone[data-phase="ringing"] #answer')
    room.until(lambda b: b.execute_script("return performance.getEntriesByType('resource').filter(e => e.name.includes('/api/sounds/')).length"))
    heard = room.execute_async_script("""
      const done = arguments[0];
      const url = performance.getEntriesByType('resource').find(e => e.name.includes('/api/sounds/')).name;
      fetch(url).then(r => r.arrayBuffer()).then(bytes => new OfflineAudioContext(1, 8000, 8000).decodeAudioData(bytes))
        .then(sound => done([sound.numberOfChannels, Math.round(sound.duration)]));""")
    assert heard == [1, 13]


def test_all_of_it_by_keyboard_alone(server, browse):
    server.post("/api/room/reset")
    browser = browse()
    browser.get(server.url)
    browser.until(shown("#start-button"))
    focused = lambda: browser.switch_to.active_element
    for _ in range(10):
        focused().send_keys(Keys.TAB)
        if focused().get_attribute("id") == "start-button":
            break
    assert browser.execute_script("return getComputedStyle(document.activeElement).outlineWidth") == "3px"
    focused().send_keys(Keys.ENTER)
    browser.until(lambda b: b.find_elements(By.CSS_SELECTOR, "#user option"))
    press(browser, "s")
    assert focused().get_attribute("id") == "user"
    focused().send_keys("Omar")
    assert focused().get_attribute("value") == OMAR
    focused().send_keys(Keys.TAB)
    assert focused().get_attribute("id") == "method"
    focused().send_keys(Keys.TAB, Keys.ENTER)
    browser.until(phase("ringing"))
    press(browser, Keys.ENTER)
    browser.until(with_text("#caption-text", "Hello"))
    press(browser, "0")
    browser.until(with_text(".mark.key", "0"))
    press(browser, "#")
    browser.until(with_text("#caption-text", "press 1"))
    press(browser, "1")
    browser.until(shown('[data-kind="block"]'))
    press(browser, "h")
    browser.until(outcome("fraudReported"))
    press(browser, "?")
    browser.until(shown("#help"))
    press(browser, Keys.ESCAPE)
    browser.until(lambda b: not b.find_element(By.ID, "help").is_displayed())
    assert browser.complaints() == []


def test_keys_in_quick_succession_arrive_in_their_order(room):
    sign_in(room)
    room.until(phase("ringing"))
    press(room, Keys.ENTER)
    room.until(with_text("#caption-text", "Hello"))
    press(room, "98765432101234567")
    keys = lambda b: "".join(mark.text for mark in b.find_elements(By.CSS_SELECTOR, ".mark.key"))
    assert room.until(lambda b: len(keys(b)) == 17 and keys(b)) == "98765432101234567"


def test_digits_in_a_field_are_text_and_no_keys_of_the_telephone(room, server):
    sign_in(room, method="text")
    code = room.until(shown("#code"))
    code.send_keys("12#")
    assert code.get_attribute("value") == "12#"
    assert room.find_elements(By.CSS_SELECTOR, ".mark.key") == []


def test_a_text_arrives_in_the_telephone_and_its_code_is_typed_at_the_sign_in(room):
    sign_in(room, method="text")
    text = room.until(said(".bubble"))
    assert "one part, GSM-7" in room.find_element(By.CSS_SELECTOR, ".letter").text
    code = next(word.strip(".") for word in text.split() if word.strip(".").isdigit())
    room.until(shown("#code")).send_keys("000000", Keys.ENTER)
    room.until(with_text(".notice", "That is not the code"))
    room.until(shown("#code")).send_keys(code, Keys.ENTER)
    room.until(outcome("approved"))
    # The machines are explored while the server starts.
    room.until(lambda b: b.find_elements(By.CSS_SELECTOR, '.node.current[data-node="ended"]'), DEMO)


def test_a_caller_id_that_is_lost_on_the_way_is_unknown(room):
    click(room, "#faults-open")
    click(room, "#faults button", "caller ID")
    room.until(with_text(".notice", "caller ID is lost"))
    sign_in(room)
    room.until(phase("ringing"))
    assert room.find_element(By.ID, "caller").text == "unknown"


def test_what_is_refused_is_said_with_what_to_do(room, server):
    click(room, "#save")
    assert room.until(said(".notices .notice.bad")) == (
        "Nothing has happened yet that could be saved. Sign in, or start a demo, and save then.")


def test_a_session_is_saved_as_a_scenario_that_passes(room, server, tmp_path):
    sign_in(room)
    click(room, '#phone[data-phase="ringing"] #answer')
    room.until(with_text("#caption-text", "Hello"))
    press(room, "#")
    room.until(outcome("approved"))
    room.until(lambda b: not phase("answered")(b))
    click(room, "#save")
    room.until(with_text(".notice.good", "session.yaml"))
    (tmp_path / "session.yaml").write_text(server.get("/api/room/scenario"))
    run = subprocess.run([POUNDKEY, "run", "session.yaml"], cwd=tmp_path, capture_output=True, text=True,
                         env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "POUNDKEY_HOME": str(ROOT)})
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_reset_asks_first_and_clears_everything(room):
    sign_in(room)
    press(room, Keys.ENTER)
    room.until(lambda b: phase("ringing")(b) or phase("answered")(b))
    click(room, "#reset")
    click(room, "dialog[open] button[value=no]")
    assert not phase("idle")(room)
    click(room, "#reset")
    click(room, "dialog[open] button[value=yes]")
    room.until(phase("idle"))
    room.until(shown("#records-empty"))
    assert shown("#sign-in-form")(room)


def test_the_time_of_a_call_goes_on_after_a_reset_in_the_middle_of_one(room, server):
    # Another time than before: what stands still is not to be taken for it.
    for time in ("0:01", "0:02"):
        sign_in(room)
        click(room, '#phone[data-phase="ringing"] #answer')
        room.until(with_text("#call-time", time))
        server.post("/api/room/reset")
        room.until(phase("idle"))


# Several looks at one room.

def test_two_tabs_follow_each_other_and_one_that_comes_late_sees_all(room, server):
    first = room.current_window_handle
    room.switch_to.new_window("window")
    second = open_room(room, server).current_window_handle
    sign_in(room)
    room.switch_to.window(first)
    click(room, '#phone[data-phase="ringing"] #answer')
    room.until(with_text("#caption-text", "Hello"))
    room.switch_to.window(second)
    room.until(with_text("#caption-text", "Hello"))
    click(room, '[data-key="#"]')
    room.until(outcome("approved"))
    room.switch_to.window(first)
    room.until(outcome("approved"))
    assert [mark.text for mark in room.find_elements(By.CSS_SELECTOR, ".mark.key")] == ["#"]
    room.switch_to.new_window("window")
    open_room(room, server)
    room.until(outcome("approved"))
    assert len(room.find_elements(By.CSS_SELECTOR, ".record")) == 1
    assert [mark.text for mark in room.find_elements(By.CSS_SELECTOR, ".mark.key")] == ["#"]


def test_after_a_restart_of_the_server_the_page_says_so_and_goes_on(serve, browse):
    server = serve()
    browser = open_room(browse(), server)
    sign_in(browser)
    browser.until(phase("ringing"))
    server.stop()
    assert "goes on by itself" in browser.until(said("#lost"))
    server.start()
    browser.until(lambda b: not shown("#lost")(b))
    # Another session: what was is gone, and all works.
    browser.until(phase("idle"))
    sign_in(browser)
    browser.until(phase("ringing"))


def test_what_happens_while_the_stream_is_cut_is_caught_up_with_once(server, browse):
    server.post("/api/room/reset")
    browser = browse()
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
      window.streams = [];
      window.EventSource = class extends EventSource { constructor(url) { super(url); streams.push(this); } };"""})
    open_room(browser, server)
    sign_in(browser)
    browser.until(phase("ringing"))
    press(browser, Keys.ENTER)
    browser.until(with_text("#caption-text", "Hello"))
    press(browser, "0")
    keys = lambda b: [mark.text for mark in b.find_elements(By.CSS_SELECTOR, ".mark.key")]
    browser.until(lambda b: keys(b) == ["0"])
    browser.execute_script("streams.at(-1).close(); streams.at(-1).onerror(new Event('error'))")
    server.post("/api/room/press", user=OMAR, key="#")
    assert keys(browser) == ["0"]
    browser.until(lambda b: keys(b) == ["0", "#"])
    browser.until(lambda b: not shown("#lost")(b))
    assert re.search(r"[?]after=\w+\.\d+$", browser.execute_script("return streams.at(-1).url"))
    kinds = [card.get_attribute("data-kind") for card in browser.find_elements(By.CSS_SELECTOR, ".record")]
    assert kinds == ["signIn", "report"]


def test_a_server_that_stands_still_is_noticed_within_15_s_and_nothing_is_lost(serve, browse):
    server = serve()
    browser = open_room(browse(), server)
    sign_in(browser)
    browser.until(phase("ringing"))
    begun = time.monotonic()
    server.process.send_signal(signal.SIGSTOP)
    try:
        assert "goes on by itself" in browser.until(said("#lost"))
        assert 5 < time.monotonic() - begun < 15
    finally:
        server.process.send_signal(signal.SIGCONT)
    browser.until(lambda b: not shown("#lost")(b))
    press(browser, Keys.ENTER)
    browser.until(with_text("#caption-text", "Hello"))
    assert len(browser.find_elements(By.CSS_SELECTOR, ".mark.answered, .mark.key")) <= 1


@pytest.fixture
def held(tmp_path):
    """A kept room whose store another process holds."""
    store = tmp_path / "larkspur.poundkey"
    subprocess.run([POUNDKEY, "tenant", "init", store], check=True, capture_output=True)
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield store, lambda: connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.parametrize("language, waits, kept", [
    ("en", "another program is writing to it", "All that has happened here is in the tenant’s store."),
    ("fr", "un autre programme y écrit", "Tout ce qui s’est passé ici est dans le fichier du locataire.")])
def test_what_is_not_kept_yet_is_said_until_it_is_also_to_who_comes_late(held, serve, browse, language, waits, kept):
    store, release = held
    server = serve("--tenant", store, "--keep")
    browser = open_room(browse(language), server)
    sign_in(browser)
    browser.until(phase("ringing"))
    browser.until(said(".notice.bad", waits))
    late = open_room(browse(language), server)
    late.until(said(".notice.bad", waits))
    late.execute_async_script("""
      const done = arguments[0];
      import("/scripts/shell.js").then(({ notice }) => [1, 2, 3, 4, 5].forEach((one) => notice(`Passing ${one}`))).then(done);""")
    assert said(".notice.bad", waits)(late), "later notices do not push it out"
    assert [one.text for one in late.find_elements(By.CSS_SELECTOR, ".notices .notice:not(.bad)")] == ["Passing 3", "Passing 4", "Passing 5"]
    release()
    for one in (browser, late):
        one.until(said(".notice.good", kept))
        assert not shown(".notice.bad")(one)


# Languages, sizes, people.

def test_in_french(server, browse):
    server.post("/api/room/reset")
    browser = browse("fr")
    browser.get(server.url)
    click(browser, "#start-button", "Commencer")
    browser.until(lambda b: b.find_elements(By.CSS_SELECTOR, "#user option"))
    assert browser.execute_script("return document.documentElement.lang") == "fr"
    sign_in(browser, HELGA)
    browser.until(with_text(".asked", "Nous appelons le +XX"))
    click(browser, '#phone[data-phase="ringing"] #answer')
    caption = browser.until(with_text("#caption-text", "Bonjour"))
    assert caption.get_attribute("lang") == "fr"
    press(browser, "#")
    browser.until(with_text(".verdict", "Confirmée par la personne"))
    assert browser.until(said(".record .chip")) == "connexion"
    # Another language is there at once, and stays chosen.
    Select(browser.find_element(By.CSS_SELECTOR, "select.language")).select_by_value("en")
    browser.until(with_text(".verdict", "Confirmed by the person"))
    browser.refresh()
    browser.until(with_text("#start-button", "Start"))


def test_a_language_that_is_chosen_while_the_words_of_the_room_load_is_kept(server, browse):
    browser = browse()
    browser.get(server.url)
    browser.until(said("#start-button", "Start"))
    browser.execute_script("""
      const real = window.fetch;
      window.fetch = (path, ...more) => String(path).endsWith("/room.en.json")
        ? new Promise((go) => (window.release = () => go(real(path, ...more)))) : real(path, ...more);""")
    click(browser, "#start-button")
    browser.until(lambda b: b.execute_script("return Boolean(window.release)"))
    Select(browser.find_element(By.CSS_SELECTOR, "select.language")).select_by_value("fr")
    browser.until(lambda b: b.execute_script("return document.documentElement.lang") == "fr")
    browser.execute_script("release()")
    browser.until(shown("#sign-in"))
    french = json.loads((ROOT / "console/words/room.fr.json").read_text())["timeline.empty"]
    assert browser.execute_script("return document.querySelector('[data-words=\"timeline.empty\"]').textContent") == french


def test_the_timeline_tells_in_english_what_has_no_french_yet_and_says_so(server, browse):
    server.post("/api/room/reset")
    browser = browse("fr")
    browser.get(server.url)
    browser.until(said("#start-button", "Commencer"))
    browser.execute_script("""
      const real = window.fetch;
      window.fetch = (path, ...more) => String(path).endsWith("/sentences.fr.json")
        ? new Promise((go) => (window.release = () => go(real(path, ...more)))) : real(path, ...more);""")
    click(browser, "#start-button")
    browser.until(lambda b: b.find_elements(By.CSS_SELECTOR, "#user option"))
    sign_in(browser, OMAR, "text")
    browser.until(shown("#code"))
    server.post("/api/room/enter", user=OMAR, code="1")
    drawn = """
      const [part, mark] = ["#timeline .moments li span", "#timeline .mark.wrong"].map((css) => document.querySelector(css));
      return part && mark && [part.lang, part.textContent, mark.title];"""
    language, english, _ = browser.until(lambda b: b.execute_script(drawn))
    assert language == "en"
    browser.execute_script("release()")
    browser.until(lambda b: b.execute_script(drawn)[0] == "")
    _, french, title = browser.execute_script(drawn)
    assert french != english and french in title


def test_why_and_what_is_refused_are_french(server, browse):
    server.post("/api/room/reset")
    browser = browse("fr")
    open_room(browser, server)
    server.post(f"/api/users/{OMAR}/block", reason="Lost phone")
    sign_in(browser, OMAR)
    browser.until(outcome("userBlocked"))
    server.post(f"/api/users/{OMAR}/unblock", reason="Found")
    click(browser, '[data-kind="signIn"] summary')
    why = browser.until(said('[data-kind="signIn"] .facts', "compte : le compte est activé"))
    assert re.search(r"liste de blocage : bloqué jusqu’au \d+ .+ 20\d\d,? .+ : Lost phone", why), why
    told = browser.find_elements(By.XPATH, "//*[@data-kind='signIn']//dt[text()='Pourquoi']/following-sibling::dd")
    assert len(told) > 5 and not [one.text for one in told if one.get_attribute("lang")]
    browser.execute_async_script("""
      const done = arguments[0];
      Promise.all([import("/scripts/shell.js"), import("/scripts/api.js")]).then(([{ refused }, { post }]) =>
        post("/api/room/enter", { user: "helga@larkspur.example", code: "1" }).catch(refused).then(done));""")
    browser.until(with_text(".notice.bad", "aucune page ne demande rien à helga@larkspur.example"))
    assert not browser.find_elements(By.CSS_SELECTOR, ".notice.bad [lang=en]")


def test_a_demo_in_french_is_played_by_somebody_who_hears_french(server, browse):
    server.post("/api/room/reset")
    browser = browse("fr")
    open_room(browser, server)
    click(browser, "#demos-open")
    click(browser, "#demos button", "Signaler une fraude")
    browser.until(with_text("#guide-sentence", "se connecte comme Helga"))
    browser.until(with_text("#device-owner", "Helga"))
    browser.until(with_text("#caption-text", "Bonjour"))


def test_every_node_of_the_machines_has_a_name_in_both_languages(server):
    machines = json.loads(server.get("/api/room/diagram"))["machines"]
    for language in ("en", "fr"):
        words = json.loads((ROOT / f"console/words/room.{language}.json").read_text())
        assert [name for machine in machines for name in machine["nodes"] if f"node.{name}" not in words] == []


@pytest.mark.parametrize("scheme, size", [("light", (1600, 1000)), ("dark", (1600, 1000)), ("light", (390, 844)), ("dark", (390, 844))])
def test_axe_finds_nothing_serious(server, browse, scheme, size):
    server.post("/api/room/reset")
    browser = browse()
    # Half way through a fade a colour is no finding.
    browser.medium(scheme, "reduce")
    browser.size(*size)
    browser.get(server.url)
    browser.until(with_text("#start-button", "Start"))
    found = browser.violations()
    open_room(browser, server)
    found += browser.violations()
    sign_in(browser, method="text")
    browser.until(shown(".bubble"))
    found += browser.violations()
    click(browser, "#sign-in-now .row .quiet:not(.alone)")
    browser.until(outcome("cancelled"))
    found += browser.violations()
    click(browser, "#sign-in-now .row button")
    sign_in(browser)
    browser.until(phase("ringing"))
    found += browser.violations()
    press(browser, Keys.ENTER)
    browser.until(with_text("#caption-text", "Hello"))
    press(browser, "0#")
    browser.until(shown('[data-kind="report"]'))
    for summary in browser.find_elements(By.CSS_SELECTOR, ".record summary, .as-list summary"):
        summary.click()
    found += browser.violations()
    press(browser, "?")
    browser.until(shown("#help"))
    assert found + browser.violations() == []


def test_a_demo_in_presenter_mode_has_nothing_serious_either(room):
    click(room, "#presenter")
    assert room.execute_script("return getComputedStyle(document.documentElement).fontSize") == "24px"
    assert not room.find_element(By.ID, "save").is_displayed()
    click(room, "#demos-open")
    click(room, "#demos button", LABELS["report-fraud"])
    room.until(phase("ringing"))
    assert room.violations() == []
    room.refresh()
    room.until(with_text("#start-button", "Start"))
    assert room.execute_script("return getComputedStyle(document.documentElement).fontSize") == "24px"


@pytest.mark.parametrize("width, height", [(1366, 768), (1600, 900), (1920, 1080)])
def test_the_whole_keypad_is_to_be_seen_on_a_projector(room, width, height):
    room.size(width, height)
    click(room, "#demos-open")
    click(room, "#demos button", LABELS["report-fraud"])
    room.until(phase("answered"))
    lowest = "return Math.max(...[...document.querySelectorAll('.pad, .hang-up')].map((e) => e.getBoundingClientRect().bottom)) - innerHeight"
    assert room.execute_script(lowest) <= 0
    click(room, "#presenter")
    room.until(lambda b: b.execute_script(lowest) <= 0)


def test_nothing_moves_where_less_motion_is_wanted(room):
    moving = "return document.getAnimations().length"
    sign_in(room)
    room.until(phase("ringing"))
    assert room.execute_script(moving) > 0
    room.medium(motion="reduce")
    room.until(lambda b: b.execute_script(moving) == 0)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_page_takes_100_kB_and_12_requests_at_most(server, browse, language):
    server.post("/api/room/reset")
    browser = browse(language)
    browser.get(server.url)
    browser.until(lambda b: b.execute_script("return document.documentElement.dataset.session"))
    loaded = browser.execute_script("""
      return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(e => [e.name, e.decodedBodySize])""")
    assert all(name.startswith((server.url, "data:")) for name, _ in loaded), loaded
    requests = [one for one in loaded if one[0].startswith(server.url) and "/api/events" not in one[0]]
    # The stream is open still, and so stands in no list.
    stream = len(server.get("/api/room"))
    assert len(requests) + 1 <= 12, loaded
    assert sum(size for _, size in requests) + stream <= 100_000, loaded


# What people found.

def test_a_sign_in_after_a_refused_one_is_shown_as_it_goes(room, server):
    server.post(f"/api/users/{OMAR}/block", reason="Lost phone")
    server.post("/api/room/sign-in", user=OMAR, method="text")
    room.until(outcome("userBlocked"))
    server.post(f"/api/users/{OMAR}/unblock", reason="Found")
    server.post("/api/room/sign-in", user=OMAR, method="text")
    room.until(lambda b: b.find_element(By.CSS_SELECTOR, "#sign-in-now input").is_displayed())


def test_one_fault_of_the_network_takes_the_place_of_the_one_before(room, server):
    for fault in ("busy", "callerIdStripped"):
        server.post("/api/room/fault", fault=fault)
    sign_in(room)
    room.until(phase("ringing"))
    room.until(with_text("#caller", "unknown"))
