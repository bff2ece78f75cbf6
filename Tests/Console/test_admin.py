"""The admin pages in a real browser, on a real `poundkey serve`."""
import csv
import io
import json
import math
import re
import struct
import subprocess
import wave

import pytest
from admin_page import (  # noqa: F401
    HELGA, OMAR, Page, browser, fresh_store, one_browser, page, poundkey, served, spoken, store, until)
from browsing import POUNDKEY, ROOT
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PAGES = ["/greetings", "/users", "/reports", "/settings", "/scenarios"]
REPORT = "scenarios/fraud/report-and-confirm.yaml"


@pytest.fixture
def flac(tmp_path):
    path = tmp_path / "song.mp3"
    path.write_bytes(b"fLaC" + bytes(4_000))
    return path


def test_a_recording_is_judged_heard_and_put_in_and_deleted_again(page, tmp_path):
    page.open("/greetings").give(spoken(tmp_path / "welcome.wav"))
    page.see("#bench .verdict", "Accepted")
    page.see("#bench .facts", "Mono")
    for sound in page.all("#bench audio"):
        until(page.browser, lambda browser: browser.execute_script("return arguments[0].readyState > 0", sound), "not playable")
    assert len(page.all("#bench audio")) == 2
    image = page.one("#bench .waveform img")
    until(page.browser, lambda browser: browser.execute_script("return arguments[0].naturalWidth > 400", image), "no waveform")

    page.choose("#as-message", "fraudGreetingStandard")
    page.fill("#as-language", "fr")
    page.press("Put it in", "#bench")
    page.see(".notice", "in French is now your recording")
    cell = 'a[href*="message=fraudGreetingStandard&language=fr"]'
    page.see(cell, "Custom")
    assert not page.see("#grid").find_elements(By.CSS_SELECTOR, 'a[href*="language=en"] .chip.good')

    page.one(cell).click()
    page.see("dialog .facts", "Your own")
    for sound in page.all("dialog audio"):
        until(page.browser, lambda browser: browser.execute_script("return arguments[0].readyState > 0", sound), "not playable")
    page.press("Delete", "dialog")
    page.see("dialog", "This cannot be undone")
    page.press("Delete", "dialog:not(.drawer)")
    page.see(cell, "Standard")


def test_a_rejected_file_says_why_in_large_words(page, flac):
    page.open("/greetings").give(flac)
    page.see(".verdict-word", "Rejected")
    why = page.see(".verdict-why", "The content is not what the name says")
    assert float(why.value_of_css_property("font-size").removesuffix("px")) >= 20
    page.see(".finding", "renaming does not change what it is")
    assert not page.all(".put-in")


def test_a_file_can_be_dropped_anywhere(page):
    page.open("/greetings")
    dropping = """
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array([82, 73, 70, 70])], "cut.wav"));
      for (const type of ["dragenter", "dragover", "drop"])
        document.querySelector("h1").dispatchEvent(new DragEvent(type, {dataTransfer: files, bubbles: true, cancelable: true}));"""
    page.browser.execute_script(dropping)
    page.see("#bench h2", "cut.wav")
    page.see("#bench .verdict", "Rejected")
    assert not page.one("#veil").is_displayed()


def test_a_flawed_recording_is_mended_and_taken_on(page, tmp_path):
    page.open("/greetings").give(spoken(tmp_path / "quiet.wav", gain=0.1, lead=2.5))
    page.see("#bench .verdict.warn", "Accepted")
    page.see(".finding", "Speech too quiet")
    page.see(".finding", "Silence at the start")
    page.see(".finding .disc", "1")

    page.press("Make a mended copy")
    copy = page.see(".mending a[download]")
    assert copy.get_attribute("download").endswith(".wav")
    assert len(page.all(".changes li")) >= 2
    page.press("Use it in place of the original")
    page.see(".mending", "Mended copy of quiet.wav")
    page.see("#bench .verdict.good", "Nothing to complain about")


def test_what_cannot_be_mended_says_why(page, flac):
    page.open("/greetings").give(flac)
    page.press("Make a mended copy")
    page.see(".mending [role=alert]", "No honest copy can be made")


def test_files_that_are_too_large_are_refused_by_name(page, tmp_path):
    long = tmp_path / "long.wav"
    with wave.open(str(long), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(44_100)
        target.writeframes(b"".join(struct.pack("<h", int(9_000 * math.sin(at / 9))) for at in range(600_000)))
    page.open("/greetings").give(long)
    page.see(".verdict-why", "The file is too large")

    huge = tmp_path / "huge.wav"
    with open(huge, "wb") as file:
        file.truncate(64 * 1024 * 1024)
    page.give(huge)
    page.see("#bench h2", "huge.wav")
    page.see(".verdict-why", "The file is too large")


def test_a_lost_connection_is_told_and_what_to_do(page, tmp_path):
    page.open("/greetings")
    recording = spoken(tmp_path / "welcome.wav")
    page.server.process.kill()
    page.give(recording)
    page.see("#bench [role=alert]", "The connection was lost")
    page.see("#bench [role=alert] button", "Try again")


def test_the_grid_has_all_messages_and_what_is_heard_in_their_place(page):
    page.open("/greetings")
    rows = page.all(".greeting-grid tbody tr")
    assert len(rows) == 18
    page.see(".greeting-grid thead", "French")
    page.fill("#also", "nl" + Keys.ENTER)
    page.see(".greeting-grid thead", "Dutch")
    page.see('a[href*="message=greetingStandard&language=nl"]', "heard in English")
    page.one("#only-playing").click()
    until(page.browser, lambda _: 0 < len(page.all(".greeting-grid tbody tr")) < 18)
    assert not page.all(".greeting-grid tr.silent")


# Users

def test_a_user_is_blocked_with_a_reason_and_unblocked(page):
    page.open("/users")
    page.fill("#search", "OMAR")
    page.see("#found", "1 user")
    page.press("Omar Haddad\nomar@larkspur.example")
    page.press("Block")
    page.press("Block", "dialog")
    page.see("dialog .wrong", "Fill this in")
    page.fill("dialog input", "  ")
    page.press("Block", "dialog")
    page.see("dialog .wrong", "Fill this in")
    page.fill("dialog input", "Reported a strange call")
    page.press("Block", "dialog")
    page.see(".notice", "is blocked for 90 days")
    page.see(".chips", "Blocked")
    page.see(".facts", "Reported a strange call")

    page.open("/users")
    page.choose("#state", "blocked")
    page.see("#found", "1 user")
    page.open("/reports?log=blocked")
    page.see(".records", "Reported a strange call")

    page.open(f"/users?user={OMAR}")
    page.press("Unblock")
    page.fill("dialog input", "A mistake")
    page.press("Unblock", "dialog")
    page.see(".notice", "no longer blocked")
    page.gone(".chips", "Blocked")


def test_a_pass_is_shown_once(page):
    page.open(f"/users?user={OMAR}")
    page.press("Issue a pass")
    page.fill("dialog input[type=number]", "5")
    page.press("Issue a pass", "dialog")
    page.see("dialog .wrong", "From 10 to 43200")
    page.fill("dialog input[type=number]", "30")
    page.press("Issue a pass", "dialog")
    secret = page.see("dialog .secret").text
    assert len(secret) >= 8
    page.press("Done", "dialog")
    page.gone("dialog .secret")
    assert secret not in page.browser.page_source
    page.see(".facts", "Valid pass")
    page.open(f"/users?user={OMAR}")
    assert secret not in page.browser.page_source


def test_what_the_rules_refuse_is_told_in_their_words(page):
    page.open(f"/users?user={HELGA}")
    page.press("Set a number")
    page.choose("dialog select", "mobile")
    page.fill("dialog input", "12")
    page.press("Save", "dialog")
    page.see(".notice.bad [lang=en]", "number")


def test_a_list_of_many_users_has_pages(served, browser, tmp_path):
    people = "\n".join(f"  - {{upn: person{number:03}@larkspur.example, name: Person {number:03}, phone: \"+33 6123{number:05}\"}}"
                       for number in range(120))
    (tmp_path / "many.yaml").write_text(f"tenant: Larkspur\nusers:\n{people}\n")
    poundkey("tenant", "init", tmp_path / "many.poundkey", "--from", tmp_path / "many.yaml")
    page = Page(browser, served("--tenant", tmp_path / "many.poundkey")).open("/users")
    page.see("#found", "120 users")
    assert len(page.all("#users tbody tr")) == 50
    page.press("The next 50")
    page.see("#users tbody", "Person 099")
    page.press("The next 50")
    page.see("#users tbody", "Person 119")
    assert len(page.all("#users tbody tr")) == 20
    page.press("Back to the first")
    page.see("#users tbody", "Person 000")


# Reports

@pytest.fixture
def used(store, served, browser, tmp_path):
    """A store in which things happened."""
    (tmp_path / "day.yaml").write_text(
        "scenario: A report of fraud by phone\nsteps:\n  - signin: call\n  - answer: {after: 4s}\n"
        "  - press: {keys: \"0#\", during: fraudGreetingStandard}\nexpect:\n  result: fraudReported\n")
    for day, did in enumerate([("play", tmp_path / "day.yaml"), ("block", OMAR, "--reason", "Lost phone", "--by", HELGA),
                               ("unblock", OMAR, "--reason", "Found again")], 16):
        poundkey(*did, "--tenant", store, "--at", f"2026-01-{day}T09:00:00Z")
    return Page(browser, served("--tenant", store))


def test_logs_are_filtered_opened_and_taken_away(used):
    used.open("/reports")
    used.see("#found", "1 record")
    used.press("Open the record")
    used.see("tr.opened", "500121")
    used.see("tr.opened .gate", "the account is enabled")

    used.press("Audit")
    used.see(".records", "Lost phone")
    first = used.see(".records tbody tr.opens")
    assert "Found again" in first.text, "the newest is the first"
    used.choose("#activity", "User blocked for MFA")
    used.see("#found", "1 record")
    used.fill("#user", "Helga" + Keys.TAB)
    used.see(".empty", "No record matches all the filters together")
    used.press("Clear the filters")
    used.choose("#activity", "User blocked for MFA")
    used.see("#found", "1 record")

    used.fill("#user", "nobody" + Keys.TAB)
    used.see("#no-user", "No user is called that")
    used.fill("#user", "omar@larkspur.example")
    until(used.browser, lambda browser: "user=omar" in browser.current_url)
    used.settled()
    used.see("#found", "1 record")

    address = used.see("#csv").get_attribute("href")
    taken = list(csv.reader(io.StringIO(used.server.get(address.removeprefix(used.server.url)).removeprefix("\ufeff"))))
    assert taken[0][:3] == ["sequence", "at", "user"]
    assert [row[3:5] for row in taken[1:]] == [["User blocked for MFA", "Lost phone"]]

    used.press("Clear the filters")
    used.press("Calls")
    used.see(".records", "Fraud reported")
    used.choose("#kind", "key")
    used.see("#found", "2 records")


def test_days_bound_what_is_shown(used):
    used.open("/reports?log=audit&since=2020-01-01")
    used.see(".records", "Lost phone")
    used.open("/reports?log=audit&until=2020-01-01")
    used.see(".empty", "No record matches")


def test_an_empty_log_says_how_something_comes_into_it(page):
    page.open("/reports?log=calls")
    page.see(".empty", "Take a call in the room")


# Settings

def setting_of(store, name):
    told = subprocess.run([POUNDKEY, "settings", "--json", "--tenant", store], check=True, capture_output=True).stdout
    return next(row for row in map(json.loads, told.splitlines()) if row["name"] == name)["value"]


def test_a_setting_is_changed_and_set_back(page, store):
    page.open("/settings")
    page.fill("#search", "ringTimeout")
    page.see("#found", "1 setting")
    page.fill('[id="call.ringTimeout-value"]', "45" + Keys.ENTER)
    page.see(".notice", "call.ringTimeout is 45 seconds now")
    page.see(".setting.changed .chip", "Changed")
    assert setting_of(store, "call.ringTimeout") == "45s"

    page.fill('[id="call.ringTimeout-value"]', "500" + Keys.ENTER)
    page.see(".setting .wrong [lang=en]", "call.ringTimeout")
    page.key(Keys.ESCAPE)
    page.press("Back to 60 seconds")
    page.see(".notice", "call.ringTimeout is 60 seconds now")
    page.gone(".setting.changed")
    assert setting_of(store, "call.ringTimeout") == "60s"


def test_switches_choices_and_lists_are_changed_by_their_kind(page, store):
    page.open("/settings?search=fraudAlert.notify")
    page.fill("textarea", "security@larkspur.example\nboss@larkspur.example")
    page.press("Save")
    page.see(".notice", "fraudAlert.notify")
    assert setting_of(store, "fraudAlert.notify") == "security@larkspur.example, boss@larkspur.example"

    page.open("/settings?search=risk.policy")
    page.choose("select[id='risk.policy-value']", "block")
    page.press("Save")
    page.see(".notice", "risk.policy")
    assert setting_of(store, "risk.policy") == "block"

    page.open("/settings?search=pin.mode")
    page.see("[role=switch]").click()
    page.see("[role=switch][aria-checked=true]")
    assert setting_of(store, "pin.mode") == "true"


def test_what_the_check_finds_leads_to_its_place(page):
    page.open("/settings")
    page.see("#findings", "Only one way in")
    page.press("To the setting fraudAlert.notify", "#findings")
    until(page.browser, lambda browser: browser.execute_script(
        "return document.activeElement.closest('.setting')?.id") == "fraudAlert.notify")
    page.press(f"To the phones of {OMAR}", "#findings")
    page.see("h1", "Omar Haddad")


def test_all_settings_are_there_and_the_changed_can_be_shown_alone(page):
    page.open("/settings")
    count = len(page.all(".setting"))
    assert count == len(json.loads(page.server.get("/api/settings"))["settings"])
    page.choose("#view", "retired")
    until(page.browser, lambda _: 0 < len(page.all(".setting")) < count)
    assert all("Retired" in setting.text for setting in page.all(".setting"))


# Scenarios

def test_a_scenario_is_run_looked_at_and_opened_in_the_phone(page):
    page.open(f"/scenarios?path={REPORT}")
    page.press("Run", "#one")
    page.see("#one .chip.good", "Passed")
    assert [key.text for key in page.all(".track.person .spot.key")] == ["0", "#", "1"]
    bars = page.all(".track.service .spot.ours")
    assert len(bars) == 3
    bars[1].click()
    until(page.browser, lambda browser: "1" in page.see(".moments li.lit").text)

    page.press("Open in the phone", "#one")
    until(page.browser, lambda browser: browser.current_url == page.server.url + "/")
    assert json.loads(page.server.get("/api/room"))["source"] == "scenario"


def test_a_failed_scenario_shows_the_line_and_what_to_do(served, browser, store, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "wrong.yaml").write_text(
        "scenario: This one is wrong\nsteps:\n  - signin: call\n  - answer: {after: 4s}\n  - press: \"#\"\nexpect:\n  result: denied\n")
    page = Page(browser, served("--tenant", store, "--scenarios", folder)).open("/scenarios")
    page.fill("#search", "This one is wrong")
    page.see("#found", "1 file")
    page.press("Run this one")
    page.see("#progress", "1 failed")
    page.see("#one .chip.bad", "Failed")
    page.see("#one .problem .quote", "result: denied")


def test_a_folder_is_run_with_its_progress(page):
    page.open("/scenarios")
    page.press("Run the folder scenarios/fraud")
    page.see("#progress", "Done:")
    page.see("#progress", "0 failed")
    page.see(".folder", "17 passed")


# All pages

def test_every_page_speaks_french(page):
    page.open("/users")
    page.choose("select.language", "fr")
    page.see("h1", "Utilisateurs")
    titles = {"/greetings": "Messages d’accueil", "/users": "Utilisateurs", "/reports": "Rapports", "/settings": "Paramètres", "/scenarios": "Scénarios"}
    keys = json.loads((ROOT / "console/words/admin.en.json").read_text())
    for path, title in titles.items():
        page.open(path)
        page.see("h1", title)
        assert page.one("html").get_attribute("lang") == "fr"
        assert not [line for line in page.text().splitlines() if line in keys], f"keys without words on {path}"
    page.open(f"/users?user={HELGA}")
    page.press("Bloquer")
    page.see("dialog", "pendant 90 jours")


# What the server says, in French. What Selenium reads has plain spaces for those that do not break.

def french(page, path):
    page.open(path)
    if page.one("html").get_attribute("lang") != "fr":
        page.choose("select.language", "fr")
        until(page.browser, lambda _: page.one("html").get_attribute("lang") == "fr")
        page.open(path)
    return page


@pytest.fixture
def speaking(page):
    """The page in French, and in English again afterwards: the choice is kept."""
    yield lambda path: french(page, path)
    page.browser.execute_script("localStorage.clear()")


def english_in(page, css):
    return [part.text for one in page.all(css) for part in one.find_elements(By.CSS_SELECTOR, "[lang=en]")]


def test_a_rejected_file_is_refused_in_french(speaking, flac, tmp_path):
    page = speaking("/greetings")
    page.give(flac)
    page.see(".verdict-word", "Refusé")
    page.see(".finding", "c’est FLAC, et non MP3")
    page.see(".finding", "le renommer ne change pas ce qu’il est")
    assert english_in(page, "#bench") == []

    page.give(spoken(tmp_path / "quiet.wav", gain=0.1, lead=2.5))
    low = page.see(".finding", "la voix est à -").text
    assert re.search(r"la voix est à -4\d,\d dBov : il faut tendre l’oreille", low), low
    assert re.search(r"Montez-la de 2\d,\d dB : -22 dBov est l’idéal", low), low
    lead = page.see(".finding", "sont silencieuses").text
    assert re.search(r"les premières 2,\d\d\u202fs sont silencieuses : on croit la ligne coupée", lead), lead
    page.press("Faire une copie corrigée")
    page.see(".changes", "la voix passe de -4")
    assert english_in(page, "#bench") == []


def test_what_the_check_finds_is_french(speaking):
    page = speaking("/settings")
    page.see("#findings", f"{OMAR} n’a qu’un moyen d’être vérifié : sans lui, seul un administrateur peut aider")
    page.see("#findings", "l’alerte de fraude est supprimée depuis le 1er mars 2025")
    assert english_in(page, "#findings") == []
    page.fill("#search", "ringTimeout")
    page.see("#found", "1 paramètre")
    page.fill('[id="call.ringTimeout-value"]', "500" + Keys.ENTER)
    page.see(".setting .wrong", "call.ringTimeout ne peut pas être « 500s »")
    page.see(".setting .wrong", "valeurs possibles : 5\u202fs à 120\u202fs\u202f; par défaut : 60s")
    assert english_in(page, ".setting .wrong") == []


def test_why_a_sign_in_ended_as_it_did_is_french(used):
    try:
        french(used, "/reports")
        used.press("Ouvrir l’enregistrement")
        used.see("tr.opened .gate", "le compte est activé")
        used.see("tr.opened .gate", "vérifié par un appel")
        assert english_in(used, "tr.opened .gates") == []
    finally:
        used.browser.execute_script("localStorage.clear()")


def test_what_the_rules_refuse_is_french(speaking):
    page = speaking(f"/users?user={HELGA}")
    answer = page.browser.execute_async_script("""
      const done = arguments[arguments.length - 1];
      Promise.all([import("/scripts/shell.js"), import("/scripts/api.js")]).then(async ([{ refused }, { post }]) => {
        await post("/api/users/helga@larkspur.example/issuePass", { minutes: 1 }).catch(refused);
        done(document.querySelector(".notice.bad").textContent);
      });""")
    assert answer
    page.see(".notice.bad", "un passe ne peut pas durer 1 minute : de 10 à 43\u202f200")
    assert english_in(page, ".notice.bad") == []


def test_figures_are_written_as_french_writes_them_and_what_has_no_french_stays_english(speaking):
    page = speaking("/settings")
    told = page.browser.execute_async_script("""
      const done = arguments[arguments.length - 1];
      import("/scripts/sentences.js").then(async ({ ready, tell }) => {
        await ready;
        const say = (text, template, figures) => {
          const element = tell(document.createElement("p"), { text, sentences: template && { text: { template, figures } } }, ["text"]);
          return [element.textContent, element.lang];
        };
        done([
          say("1 byte", "{1} byte", [{ count: 1 }]),
          say("0 bytes", "{1} bytes", [{ count: 0 }]),
          say("1,048,577 bytes", "{1} bytes", [{ count: 1048577 }]),
          say("x", "{1}: cut {2}", [{ seconds: 2031, digits: 2 }, { seconds: 4, digits: 1 }]),
          say("x", "{1} at {2}", [{ percent: -5, digits: 2 }, { decimal: -361, digits: 1 }]),
          say("x", "{1} or {2}", [["a", { count: 2 }], { template: "a call", figures: [] }]),
          say("x", "{1} since {2}", [{ template: "fraud alert is gone", figures: [] }, { day: "2025-03-14" }]),
          say("x", "locked {1}", [{ instant: "2025-01-15T09:00:00Z" }]),
          say("verified by magic", "verified by {1}", [{ template: "magic", figures: [] }]),
          say("as an old record has it: 5 calls"),
          say("the account is enabled"),
        ]);
      });""")
    assert told == [
        ["1\u00a0octet", ""], ["0\u00a0octet", ""], ["1\u202f048\u202f577\u00a0octets", ""],
        ["20,31\u202fs\u00a0: coupez 0,4\u202fs", ""], ["-0,05\u00a0% à -36,1", ""], ["a, 2 ou un appel", ""],
        ["l’alerte de fraude est supprimée depuis le 14 mars 2025", ""], ["x", "en"], ["verified by magic", "en"], ["as an old record has it: 5 calls", "en"], ["le compte est activé", ""],
    ]


def test_a_user_is_blocked_by_keyboard_alone(page):
    page.open("/users")
    page.tab_to("Omar Haddad\nomar@larkspur.example")
    page.key(Keys.ENTER)
    page.see("h1", "Omar Haddad")
    page.browser.execute_script("document.querySelector('h1').focus()")
    page.tab_to("Block")
    page.key(Keys.ENTER)
    page.see("dialog")
    assert page.browser.switch_to.active_element.tag_name == "input"
    page.key("By keyboard")
    page.key(Keys.ENTER)
    page.see(".chips", "Blocked")
    assert page.browser.switch_to.active_element.get_attribute("id") == "user-title"


def test_a_question_is_left_by_escape(page):
    page.open(f"/users?user={OMAR}")
    page.press("Block")
    page.see("dialog")
    page.key(Keys.ESCAPE)
    page.gone("dialog")
    assert page.browser.switch_to.active_element.text == "Block"


PLACES = [*PAGES, f"/users?user={OMAR}", "/reports?log=audit", "/reports?log=calls", "/reports?log=blocked",
          "/greetings?message=greetingStandard&language=en", f"/scenarios?path={REPORT}"]


@pytest.mark.parametrize("width", [1600, 390])
@pytest.mark.parametrize("path", PLACES)
def test_every_page_is_accessible_and_fits(used, path, width):
    used.browser.size(width, 1000)
    used.open(path)
    if "path=" in path:
        used.press("Run", "#one")
        used.see(".moments")
    for opener in used.all(".opener")[:1]:
        opener.click()
    sideways = used.browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert sideways <= 0, f"{path} scrolls sideways by {sideways} px at {width}"
    assert used.browser.violations() == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_an_answer_says_so_and_tries_again(page, path):
    page.browser.execute_cdp_cmd("Network.enable", {})
    page.browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/api/*"]})
    try:
        page.open(path)
        page.see("main .notice.bad", "The server does not answer")
    finally:
        page.browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    page.press("Try again", "main")
    page.gone("main .notice.bad")
    page.settled()
    page.see({"/greetings": ".greeting-grid", "/users": "#users table", "/reports": "#rows .empty", "/settings": ".setting", "/scenarios": ".folder"}[path])


def test_no_page_breaks_its_own_policy(page):
    for path in PLACES:
        page.open(path)
    told = [entry["message"] for entry in page.browser.get_log("browser")]
    assert not [message for message in told if "Content Security Policy" in message or "Uncaught" in message], told
