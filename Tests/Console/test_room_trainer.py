"""The room as a trainer uses it: steps, the lost phone, practice, small screens, projectors, letting phones in."""
import json
import os
import re
import socket
import subprocess
import time

import pytest
import zxingcpp
from browsing import POUNDKEY, ROOT
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from room_page import (  # noqa: F401
    HELGA, LABELS, LISTEN, OMAR, choose, click, open_room, outcome, phase, press, room, said, sentences, server, shown, sign_in, with_text)
from stage import browse, serve  # noqa: F401

VALENTINA = "valentina@larkspur.example"
#: Where on the screen something is: its edges, in px.
PLACE = """
const all = [...document.querySelectorAll(arguments[0])].filter((one) => one.offsetParent).map((one) => one.getBoundingClientRect());
return [Math.min(...all.map((one) => one.top)), Math.max(...all.map((one) => one.bottom)),
        Math.min(...all.map((one) => one.left)), Math.max(...all.map((one) => one.right))];
"""


def is_whole(browser, css):
    """Whether all of it is on the screen."""
    top, bottom, left, right = browser.execute_script(PLACE, css)
    width, height = browser.execute_script("return [document.documentElement.clientWidth, innerHeight]")
    return top >= 0 and bottom <= height + 0.5 and left >= 0 and right <= width + 0.5


def play(browser, server, demo, user=None):
    server.post("/api/room/demo", demo=demo, user=user)
    browser.until(with_text("#guide-title", LABELS[demo]))


def step_to(browser, demo, number):
    """Presses "Next step" until the sentence of this step is there."""
    wanted = sentences(demo)
    while (now := browser.until(said("#guide-sentence"))) != wanted[number - 1]:
        click(browser, "#step")
        browser.until(lambda b: said("#guide-sentence")(b) != now)


# The next step.

def test_next_step_is_there_at_once_and_what_it_skips_is_neither_heard_then_nor_later(server, browse):
    server.post("/api/room/reset")
    browser = browse()
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN + """
      window.tones = [];
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (when) { tones.push(this.frequency.value); return start.call(this, when); };"""})
    open_room(browser, server)
    play(browser, server, "report-fraud")
    began = time.monotonic()
    step_to(browser, "report-fraud", 5)
    # 5 s, 7 s of ringing, 12 s of greeting, 10 s of the question.
    assert json.loads(server.get("/api/room"))["at"] > 30_000
    assert time.monotonic() - began < 15
    assert [card.get_attribute("data-kind") for card in browser.find_elements(By.CSS_SELECTOR, ".record")][:2] == ["signIn", "report"]
    assert [mark.text for mark in browser.find_elements(By.CSS_SELECTOR, ".mark.key")] == ["0", "#", "1"]
    assert browser.execute_script("return loudness()") == 0
    # The call goes on with what is said by now.
    browser.until(with_text("#pause", "Resume"))
    click(browser, "#pause")
    browser.until(lambda b: b.execute_script("return loudness() > 0.05"))
    # Not one of the keys 0, # and 1: they would all sound at once now.
    assert set(browser.execute_script("return tones")) & {697, 941, 1209, 1336, 1477} == set()
    assert "passed on" in browser.until(said("#caption-text"))
    assert browser.complaints() == []


def test_each_demo_stepped_through_ends_as_it_does_when_played(room, server):
    ends = {"confirm": "approved", "report-fraud": "userBlocked", "lockout": "lockedOut", "lost-phone": "approved"}
    for demo, end in ends.items():
        play(room, server, demo)
        step_to(room, demo, len(sentences(demo)))
        click(room, "#step")
        room.until(shown("#free"))
        assert not shown("#guide-problem")(room)
        room.until(outcome(end))
        # The room goes on by itself.
        assert json.loads(server.get("/api/room"))["paused"] is False


# A lost phone.

def test_the_pass_of_the_help_desk_stands_beside_the_sign_in_and_never_on_the_lost_phone(room, server):
    # Half way through a fade a colour is no finding.
    room.medium(motion="reduce")
    play(room, server, "lost-phone")
    assert not shown("#slip")(room) and not shown("#device-words")(room)
    step_to(room, "lost-phone", 2)
    assert "This phone is lost: Omar does not have it." == room.until(said("#device-words"))
    room.until(shown('[data-device="old phone"]'))
    assert room.violations() == []
    step_to(room, "lost-phone", 4)
    text = room.until(with_text("#slip .pass", "")).text
    assert re.fullmatch(r"\S{8}", text)
    assert "The help desk reads out:" in room.find_element(By.ID, "slip").text
    assert "once" in room.find_element(By.ID, "slip").text
    step_to(room, "lost-phone", 5)
    room.until(shown("#code"))
    # Near where it is typed, in the same column.
    _, low, left, right = room.execute_script(PLACE, "#code")
    top, _, slip_left, slip_right = room.execute_script(PLACE, "#slip")
    assert 0 <= top - low < 150 and slip_left < right and left < slip_right
    assert text not in room.find_element(By.ID, "phone").get_attribute("textContent")
    assert shown("#device-words")(room) and room.violations() == []
    # It was good once: it is gone when it is used.
    step_to(room, "lost-phone", 6)
    room.until(lambda b: not shown("#slip")(b))
    assert text not in room.find_element(By.CSS_SELECTOR, ".middle").text
    step_to(room, "lost-phone", 9)
    assert room.until(said("#device-words")) == "Omar\u2019s new phone"
    server.post("/api/room/reset")
    room.until(lambda b: not shown("#device-words")(b))


def test_a_pass_of_the_pages_for_admins_is_read_out_by_who_issued_it_and_gone_when_deleted(room, server):
    issued = server.post(f"/api/users/{OMAR}/issuePass", minutes=60)["pass"]
    choose(room, "#user", OMAR)
    assert "Whoever issued it reads it out" in room.until(said("#slip"))
    assert issued not in room.find_element(By.TAG_NAME, "body").text
    server.post(f"/api/users/{OMAR}/deletePass")
    room.until(lambda b: not shown("#slip")(b))


def test_a_pass_whose_time_is_over_leaves_the_screen(room, server):
    play(room, server, "lost-phone")
    step_to(room, "lost-phone", 4)
    room.until(shown("#slip"))
    # An hour of the room, by a pass that is told to end now.
    room.execute_script("""
      const real = Date.parse;
      Date.parse = (text) => real(text) - 3600000;""")
    room.execute_script("document.querySelector('select.language').value = 'fr'; document.querySelector('select.language').dispatchEvent(new Event('change'))")
    room.until(lambda b: not shown("#slip")(b))


# Somebody with an app.

def test_somebody_of_the_demo_tenant_can_match_numbers_freely(room):
    sign_in(room, VALENTINA, "app")
    number = room.until(said(".match-number"))
    room.until(shown('[data-device="phone"] input')).send_keys("00" if number != "00" else "01")
    click(room, '[data-device="phone"] [type=submit]')
    room.until(outcome("appDeclined"))
    click(room, "#sign-in-now button")
    sign_in(room, VALENTINA, "app")
    number = room.until(said(".match-number"))
    room.until(shown('[data-device="phone"] input')).send_keys(number)
    click(room, '[data-device="phone"] [type=submit]')
    room.until(outcome("approved"))


# Practice.

def test_a_room_for_practice_says_what_that_means_and_when_the_tenant_was_changed(serve, browse, tmp_path):
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "POUNDKEY_HOME": str(ROOT)}
    subprocess.run([POUNDKEY, "tenant", "init", tmp_path / "t.poundkey"], check=True, env=environment, capture_output=True)
    server = serve("--tenant", tmp_path / "t.poundkey")
    browser = open_room(browse(), server)
    browser.medium(motion="reduce")
    chip = browser.until(shown("#practice"))
    assert chip.text == "Practice" and not shown("#practice-text")(browser)
    chip.send_keys(Keys.ENTER)
    assert "has it from the next reset on" in browser.until(said("#practice-text"))
    assert browser.violations() == []
    chip.send_keys(Keys.ESCAPE)
    browser.until(lambda b: not shown("#practice-text")(b))
    assert not shown("#changed")(browser)
    server.post(f"/api/users/{OMAR}/block", reason="Lost phone")
    assert "changed on the pages for admins" in browser.until(said("#changed"))
    assert browser.violations() == []
    # Who comes later is told, too.
    browser.refresh()
    open_room(browser, server)
    browser.until(shown("#changed"))
    click(browser, "#changed-reset")
    browser.until(lambda b: not shown("#changed")(b) or shown("dialog[open]")(b))
    browser.until(lambda b: not shown("#changed")(b))
    choose(browser, "#user", OMAR)
    browser.until(with_text("#user-facts", "blocked"))


def test_a_demo_is_played_by_who_is_chosen_in_the_form(serve, browse, tmp_path):
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "POUNDKEY_HOME": str(ROOT)}
    subprocess.run([POUNDKEY, "tenant", "init", tmp_path / "t.poundkey"], check=True, env=environment, capture_output=True)
    browser = open_room(browse(), serve("--tenant", tmp_path / "t.poundkey"))
    # The first is there unchosen.
    for user in (OMAR, HELGA):
        choose(browser, "#user", user)
    for _ in range(2):
        click(browser, "#demos-open")
        click(browser, "#demos button", LABELS["report-fraud"])
        browser.until(with_text("#guide-sentence", "Helga"))
        browser.until(phase("ringing"))
        assert "Helga" in browser.until(said("#device-owner"))
    assert browser.complaints() == []


def test_the_demo_tenant_is_not_for_practice(serve, browse):
    server = serve()
    room = open_room(browse(), server)
    assert not shown("#practice")(room)
    server.post(f"/api/users/{OMAR}/block", reason="Lost phone")
    choose(room, "#user", OMAR)
    room.until(with_text("#user-facts", "blocked"))
    assert not shown("#changed")(room)
    server.post(f"/api/users/{OMAR}/unblock", reason="Found")


# Small screens.

@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(390, 844), (360, 640)])
def test_on_a_small_screen_the_whole_telephone_is_there_when_it_rings(server, browse, size, language):
    server.post("/api/room/reset")
    browser = browse(language)
    browser.size(*size)
    open_room(browser, server)
    # From the form, which may have been scrolled to.
    browser.execute_script("window.scrollTo(0, 400)")
    sign_in(browser)
    browser.until(phase("ringing"))
    browser.until(lambda b: is_whole(b, "#answer, #hang-up, #caller"))
    click(browser, "#answer")
    browser.until(phase("answered"))
    browser.until(lambda b: is_whole(b, ".pad, #hang-up, #caption"))
    # And before anything else but the bar.
    assert browser.execute_script(PLACE, "#phone")[0] < browser.execute_script(PLACE, "#sign-in")[0]
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    server.post("/api/room/demo", demo="report-fraud")
    browser.until(phase("ringing"))
    browser.until(lambda b: is_whole(b, "#guide-sentence, #step, #answer, #hang-up"))
    browser.until(phase("answered"))
    browser.until(lambda b: is_whole(b, "#guide-sentence, .pad, #hang-up"))
    server.post("/api/room/reset")


@pytest.mark.parametrize("size", [(390, 844), (360, 640)])
def test_on_a_small_screen_one_menu_holds_all_controls_by_keyboard_too(server, browse, size):
    server.post("/api/room/reset")
    browser = browse()
    browser.medium(motion="reduce")
    browser.size(*size)
    open_room(browser, server)
    top, bottom, *_ = browser.execute_script(PLACE, "header")
    assert bottom - top <= 56
    assert not shown("#reset")(browser)
    menu = browser.find_element(By.ID, "tools-open")
    menu.send_keys(Keys.ENTER)
    assert menu.get_attribute("aria-expanded") == "true"
    browser.until(lambda b: is_whole(b, "#demos-open, #faults-open, #save, #reset, select.language"))
    assert browser.violations() == []
    browser.find_element(By.ID, "demos-open").send_keys(Keys.ENTER)
    browser.until(shown("#demos button"))
    assert browser.violations() == []
    click(browser, "#demos button", LABELS["confirm"])
    browser.until(with_text("#guide-sentence", "Omar types"))
    browser.until(lambda b: not shown("#demos-open")(b))
    menu.send_keys(Keys.ENTER)
    browser.until(shown("#demos-open"))
    browser.find_element(By.ID, "demos-open").send_keys(Keys.ESCAPE)
    browser.until(lambda b: not shown("#demos-open")(b))
    assert browser.switch_to.active_element == menu
    # On a wide screen they stand in the bar again.
    browser.size(1440, 900)
    browser.until(shown("#reset"))
    assert not shown("#tools-open")(browser)
    browser.until(lambda b: b.execute_script("return !document.querySelector('#tools select.language')"))
    assert browser.complaints() == []


# A projector.

@pytest.mark.parametrize("demo", LABELS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_small_projector_nothing_that_a_demo_needs_is_hidden(server, browse, language, demo):
    server.post("/api/room/reset")
    room = open_room(browse(language), server)
    room.medium(motion="reduce")
    room.size(1024, 768)
    click(room, "#presenter")
    server.post("/api/room/demo", demo=demo)
    room.until(lambda b: len(b.find_elements(By.CSS_SELECTOR, "#guide-steps li")) == len(sentences(demo)))
    room.until(shown("#step"))
    for number in range(1, len(sentences(demo)) + 1):
        at = lambda b: len(b.find_elements(By.CSS_SELECTOR, "#guide-steps .done"))
        while room.until(lambda b: at(b) + 1) < number:
            before = at(room)
            click(room, "#step")
            room.until(lambda b: at(b) > before)
        assert is_whole(room, "#guide-sentence, #pause, #step"), number
        on_call = room.execute_script("return document.getElementById('phone').dataset.phase")
        if on_call == "answered":
            assert is_whole(room, "#caller, .pad, #hang-up, #caption"), number
        elif on_call == "ringing":
            assert is_whole(room, "#caller, #answer, #hang-up"), number
        if shown("#slip")(room):
            assert is_whole(room, "#slip"), number
        if shown("#sign-in-now")(room):
            assert is_whole(room, ".verdict, .asked, .match-number, #code"), number
        assert room.execute_script("return document.documentElement.scrollWidth <= innerWidth"), number
    server.post("/api/room/reset")


@pytest.mark.parametrize("presents", [False, True])
@pytest.mark.parametrize("size", [(1024, 768), (1280, 800), (1366, 768)])
def test_on_a_notebook_the_bar_is_one_line_and_telephone_and_its_words_are_whole(server, browse, size, presents):
    server.post("/api/room/reset")
    room = open_room(browse("fr"), server)
    room.medium(motion="reduce")
    room.size(*size)
    if presents:
        click(room, "#presenter")
    fits = lambda b: b.execute_script("const c = document.getElementById('caption'); return c.scrollHeight <= c.clientHeight")
    one_line = lambda b: b.execute_script("return document.querySelector('header').offsetHeight < 4 * parseFloat(getComputedStyle(document.documentElement).fontSize)")
    room.until(one_line)
    sign_in(room, HELGA)
    room.until(phase("ringing"))
    room.until(lambda b: is_whole(b, "#phone, #answer, #hang-up"))
    click(room, "#demos-open")
    click(room, "#demos button", "Signaler une fraude")
    room.until(phase("ringing"))
    room.until(lambda b: is_whole(b, "#guide-sentence, #phone, #answer, #hang-up"))
    room.until(phase("answered"))
    room.until(said("#caption-text", "touche"))
    assert is_whole(room, "#phone, .pad, #hang-up, #caption") and fits(room)
    assert room.execute_script("return parseFloat(getComputedStyle(document.getElementById('caption-text')).fontSize)") >= 12
    room.execute_script("window.scrollTo(0, 150)")
    assert room.execute_script(PLACE, "#phone")[0] >= room.execute_script(PLACE, "header")[1]
    assert room.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    server.post("/api/room/reset")


def test_on_a_notebook_a_menu_holds_the_rarer_controls(server, browse):
    server.post("/api/room/reset")
    room = open_room(browse(), server)
    room.medium(motion="reduce")
    room.size(1280, 800)
    room.until(lambda b: not shown("#save")(b))
    room.find_element(By.ID, "rest-open").send_keys(Keys.ENTER)
    room.until(lambda b: is_whole(b, "#faults-open, #save"))
    room.find_element(By.ID, "faults-open").send_keys(Keys.ENTER)
    room.until(shown("#faults button"))
    assert room.violations() == []
    room.find_element(By.ID, "faults-open").send_keys(Keys.ESCAPE)
    room.find_element(By.ID, "rest-open").send_keys(Keys.ESCAPE)
    room.until(lambda b: not shown("#save")(b))


# A page that is loaded again.

def test_a_page_loaded_again_in_the_middle_of_a_call_is_as_it_was_and_sound_goes_on_at_its_place(server, browse):
    server.post("/api/room/reset")
    browser = browse()
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
      window.starts = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (when, into = 0) {
        starts.push({into, ahead: when - this.context.currentTime, at: performance.now()});
        return start.call(this, when, into);
      };"""})
    open_room(browser, server)
    sign_in(browser)
    click(browser, '#phone[data-phase="ringing"] #answer')
    browser.until(with_text("#caption-text", "Hello"))
    began = next(json.loads(line[6:]) for line in events(server) if '"type":"play"' in line)
    looks = lambda b: [b.find_element(By.ID, name).text for name in ("caller", "caption-text", "device-owner")] + [
        mark.text for mark in b.find_elements(By.CSS_SELECTOR, ".mark")]
    before = looks(browser)
    browser.refresh()
    open_room(browser, server)
    browser.until(phase("answered"))
    browser.until(lambda b: looks(b) == before)
    heard = browser.until(lambda b: b.execute_script("return starts.at(-1)"))
    at = json.loads(server.get("/api/room"))["at"]
    passed = browser.execute_script("return performance.now()") - heard["at"]
    # Where the room is: what has passed since the message began, less what has passed since its sound did.
    assert abs(heard["into"] - heard["ahead"] - (at - began["at"] - passed) / 1000) < 0.3
    assert heard["into"] > 0


def events(server):
    """Everything that the running session has told so far."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        text = b""
        while b'"type":"now"' not in text:
            text += line.recv(65_536)
    return [part for part in re.findall(r"data: .*", text.decode())]


# Letting phones in.

@pytest.fixture
def listening(serve):
    """At all addresses: links name one that others reach, and this machine comes in by loopback."""
    try:
        return serve("--listen", "0.0.0.0")
    except AssertionError as ended:
        if "no address that others reach" not in str(ended):
            raise
        pytest.skip("this machine is in no network")


def scanned(browser):
    """What a phone reads off the picture of the screen."""
    browser.until(lambda b: b.execute_script("const i = document.querySelector('.invitation-code'); return i && i.complete && i.naturalWidth > 0"))
    pixels = browser.execute_async_script("""
      const done = arguments[0];
      const image = document.querySelector('.invitation-code');
      const canvas = Object.assign(document.createElement('canvas'), {width: 400, height: 400});
      const pen = canvas.getContext('2d');
      pen.drawImage(image, 0, 0, 400, 400);
      const {data} = pen.getImageData(0, 0, 400, 400);
      done(Array.from({length: 400 * 400}, (_, index) => data[4 * index] > 127 ? 1 : 0).join(''));""")
    image = memoryview(bytes(255 if pixel == "1" else 0 for pixel in pixels)).cast("B", (400, 400))
    [found] = zxingcpp.read_barcodes(image)
    return found.text


def test_two_presses_make_one_invitation(listening, browse):
    browser = open_room(browse(), listening)
    browser.execute_script("""
      const real = window.fetch;
      window.made = 0;
      window.fetch = (path, request) => {
        if (path === "/api/invitation" && request?.method === "POST") window.made += 1;
        return real(path, request);
      };""")
    button = browser.until(shown("#invite"))
    browser.execute_script("arguments[0].click(); arguments[0].click()", button)
    browser.until(said(".invitation-link"))
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    assert len(browser.find_elements(By.CSS_SELECTOR, "dialog.invitation")) == 1
    assert browser.execute_script("return made") == 1


def test_a_phone_is_invited_from_the_page_and_the_invitation_closed_by_keyboard_alone(listening, browse):
    browser = open_room(browse(), listening)
    browser.medium(motion="reduce")
    browser.until(shown("#invite")).send_keys(Keys.ENTER)
    link = browser.until(said(".invitation-link"))
    assert re.fullmatch(rf"http://[^/]+:{listening.port}/join/[\w-]{{22}}", link) and scanned(browser) == link
    assert browser.until(said(".invitation-devices")) == "0 devices are in."
    assert browser.violations() == []
    assert browser.switch_to.active_element.text == "Close"
    ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    second = browser.until(lambda b: (text := said(".invitation-link")(b)) != link and text)
    assert scanned(browser) == second
    take = lambda one: listening.get("/join/" + one.rsplit("/", 1)[1])
    take(second)
    browser.until(with_text(".invitation-devices", "1 device is in."))
    # It was good once: the one before is still open, and is shown.
    browser.until(lambda b: said(".invitation-link")(b) == link)
    for _ in range(4):
        if browser.switch_to.active_element.text == "Close the invitation":
            break
        browser.switch_to.active_element.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert "No invitation is open" in browser.until(said(".invitation-none"))
    assert not shown(".invitation-code")(browser)
    assert browser.switch_to.active_element.text == "Another invitation"
    assert browser.violations() == []
    with pytest.raises(Exception, match="410"):
        take(link)
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    browser.until(lambda b: not b.find_elements(By.CSS_SELECTOR, "dialog.invitation"))
    assert browser.switch_to.active_element.get_attribute("id") == "invite"
    assert browser.complaints() == []


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_in_presenter_mode_the_code_fills_the_height_and_all_of_the_dialog_is_to_be_seen(listening, browse, size):
    browser = browse("fr")
    browser.medium(motion="reduce")
    browser.size(*size)
    open_room(browser, listening)
    click(browser, "#presenter")
    # One line of the bar, in the longer language and with one more button.
    top, bottom, *_ = browser.execute_script(PLACE, "header")
    assert bottom - top < 4 * browser.execute_script("return parseFloat(getComputedStyle(document.documentElement).fontSize)")
    click(browser, "#invite", "Inviter un téléphone")
    browser.until(shown(".invitation-code"))
    top, bottom, left, right = browser.execute_script(PLACE, ".invitation-code")
    # Half of the height: a code of 37 modules, seen from eight times its side.
    assert bottom - top >= 0.5 * size[1] and abs((bottom - top) - (right - left)) < 1
    assert is_whole(browser, ".invitation-code, .invitation-link, dialog .button")
    assert scanned(browser) == browser.until(said(".invitation-link"))
    assert browser.violations() == []


def test_without_listen_and_from_elsewhere_there_is_no_button_to_invite(room, server):
    assert not shown("#invite")(room)
    assert json.loads(server.get("/api/room"))["invites"] is False


def test_a_second_sign_in_leaves_the_call_that_rings_on_the_telephone(room):
    sign_in(room)
    room.until(phase("ringing"))
    room.execute_script("document.getElementById('sign-in-form').requestSubmit()")
    room.until(with_text(".notice.warn", "Another sign-in is being verified"))
    assert phase("ringing")(room)
    click(room, "#answer")
    room.until(phase("answered"))


def test_who_chooses_somebody_stays_in_the_form(room):
    for user in (OMAR, HELGA):
        sign_in(room, user)
        click(room, '#phone[data-phase="ringing"] #hang-up')
        room.until(shown(".verdict"))
        click(room, "#sign-in-now button", "Another sign-in")
    choose(room, "#user", OMAR)
    room.until(shown("#sign-in-form"))
    assert not shown(".verdict")(room)


def test_one_notice_takes_the_place_of_another_that_says_the_same(room, server):
    server.post("/api/room/pause")
    for _ in range(2):
        room.execute_script("document.getElementById('sign-in-form').requestSubmit()")
    room.until(with_text(".notice.bad", "Time stands still here. Resume first."))
    assert [card.text for card in room.find_elements(By.CSS_SELECTOR, ".notices .notice")] == ["Time stands still here. Resume first."]
