"""Logs that are taken away for a spreadsheet; and lists of none, of one, of hundreds."""
import codecs
import csv
import io
import json
import time
import urllib.request

import pytest
from browsing import Browser, Server
from admin_page import OMAR, Page, browser, fresh_store, one_browser, poundkey, served, store, until  # noqa: F401

FORMULA = "=cmd|'/c calc'!A1"


def raw(server, path):
    with urllib.request.urlopen(server.url + path, timeout=60) as answer:
        return answer.read()


@pytest.fixture
def hostile(store, served):
    for reason in (FORMULA, "a;=1+1", "é, ü"):
        poundkey("block", OMAR, "--reason", reason, "--tenant", store)
        poundkey("unblock", OMAR, "--reason", "@x", "--tenant", store)
    return served("--tenant", store)


def test_what_the_page_takes_away_has_a_byte_order_mark_and_no_formula(hostile, browser):
    page = Page(browser, hostile).open("/reports?log=audit")
    address = page.see("#csv").get_attribute("href")
    assert "spreadsheet=comma" in address
    taken = raw(hostile, address.removeprefix(hostile.url))
    assert taken.startswith(codecs.BOM_UTF8) and taken.count(codecs.BOM_UTF8) == 1
    rows = list(csv.reader(io.StringIO(taken.decode("utf-8-sig"), newline="")))
    reasons = [row[4] for row in rows[1:] if row[3] == "User blocked for MFA"]
    assert reasons == [f"'{FORMULA}", "a;'=1+1", "é, ü"]
    # Opened under the other separator, no cell begins with a formula either.
    for line in csv.reader(io.StringIO(taken.decode("utf-8-sig"), newline=""), delimiter=";"):
        assert not [cell for cell in line if cell.startswith(("=", "@", "+", "-"))]


def test_where_numbers_have_a_decimal_comma_it_is_separated_by_semicolons(hostile):
    french = Browser("fr")
    try:
        page = Page(french, hostile).open("/reports?log=audit")
        address = page.see("#csv").get_attribute("href")
    finally:
        french.quit()
    taken = raw(hostile, address.removeprefix(hostile.url)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(taken, newline=""), delimiter=";"))
    assert {len(row) for row in rows} == {len(rows[0])} and rows[0][0] == "sequence"
    assert rows[1][4] == f"'{FORMULA}"


def test_scripts_get_it_as_the_command_line_writes_it(hostile, store):
    plain = raw(hostile, "/api/logs/audit?format=csv")
    assert not plain.startswith(codecs.BOM_UTF8)
    assert plain == poundkey("log", "audit", "--format", "csv", "--tenant", store)


# Sizes

@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A store of 500 users."""
    folder = tmp_path_factory.mktemp("crowd")
    people = "\n".join(f"  - {{upn: person{number:03}@larkspur.example, name: Person {number:03}, phone: \"+33 6123{number:05}\"}}"
                       for number in range(500))
    (folder / "many.yaml").write_text(f"tenant: Larkspur\nusers:\n{people}\n")
    path = folder / "many.poundkey"
    poundkey("tenant", "init", path, "--from", folder / "many.yaml", "--at", "2026-01-01T00:00:00Z")
    yield path


#: More than a page of a log has.
ROWS = 230


@pytest.fixture(scope="module")
def busy(crowd):
    """Many of them blocked, each of whom has tried to sign in."""
    server = Server(crowd.parent, "--tenant", crowd, "--keep")
    for number in range(ROWS):
        upn = f"person{number:03}@larkspur.example"
        server.post(f"/api/users/{upn}/block", reason=f"Number {number}")
        server.post("/api/room/sign-in", user=upn, method="call")
    yield server
    server.stop()


#: Seconds in which an answer is there, or the page says that it loads (200 ms after it asked).
SOON = 1.0


@pytest.mark.parametrize("path, css", [
    ("/users", "#users tbody tr"), ("/users?state=blocked", "#users tbody tr"), ("/reports?log=blocked", ".opens"),
    ("/reports?log=signIns", ".opens"), ("/reports?log=audit", ".opens"), ("/settings", ".finding-item"), ("/greetings", ".greeting-grid tr"),
])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_list_of_hundreds_is_there_soon_and_fits(busy, browser, path, css, width):
    browser.size(width, 844)
    page = Page(browser, busy).open(path)
    page.see(css)
    assert browser.execute_script("return document.documentElement.scrollWidth - innerWidth") <= 0


def test_blocked_and_sign_ins_go_on_behind_the_first_two_hundred(busy, browser):
    page = Page(browser, busy).open("/reports?log=blocked")
    page.see("#found", "The newest 200 records")
    page.press("Show older ones")
    page.see("#found", f"{ROWS} records")
    assert len(page.all(".opens")) == ROWS
    page.open("/reports?log=signIns")
    page.see("#found", "The newest 200 records")


def test_many_findings_are_shown_a_few_at_first(busy, browser):
    page = Page(browser, busy).open("/settings")
    page.see("#finding-count", "finding")
    first = len(page.all(".finding-item"))
    assert first <= 25
    more = json.loads(busy.get("/api/findings"))["findings"]
    assert len(more) > 25
    page.press(f"Show {len(more) - 25:,} more")
    assert len(page.all(".finding-item")) == len(more)
    assert browser.switch_to.active_element.get_attribute("id") == "finding-25"


def test_what_was_written_last_with_an_earlier_time_is_not_told_as_new(store, served, browser):
    poundkey("block", OMAR, "--reason", "x", "--at", "2040-01-01T00:00:00Z", "--tenant", store)
    server = served("--tenant", store)
    server.post("/api/users/helga@larkspur.example/block", reason="y")
    page = Page(browser, server).open("/reports?log=audit")
    assert OMAR in page.see(".opens").text, "the newest by its time is the one that was written first"
    browser.execute_async_script("setTimeout(arguments[0], 1500)")
    assert not page.one("#news").is_displayed()


@pytest.fixture
def single(served, browser, tmp_path):
    """One person, to whom nothing has happened: a tenant without anybody is not served."""
    (tmp_path / "one.yaml").write_text("tenant: Acme\nusers:\n  - {upn: first@acme.example}\n")
    poundkey("tenant", "init", tmp_path / "acme.poundkey", "--from", tmp_path / "one.yaml")
    return Page(browser, served("--tenant", tmp_path / "acme.poundkey"))


def test_one_user_and_one_record_are_said_in_the_singular(single):
    single.open("/users").see("#found", "1 user")
    single.server.post("/api/users/first@acme.example/block", reason="Lost")
    for log, css in (("audit", "#found"), ("blocked", "#found")):
        single.open(f"/reports?log={log}").see(css, "1 record")
        assert len(single.all(".opens")) == 1


def test_every_list_with_nothing_in_it_says_so(single):
    places = ["/users?search=nobody", "/users?view=tokens", *(f"/reports?log={log}" for log in ("signIns", "risk", "calls", "messages", "blocked"))]
    for path in places:
        single.open(path)
        single.see(".empty")
        assert not single.browser.complaints()


@pytest.mark.parametrize("path", ["/api/users?limit=50", "/api/logs/signIns", "/api/logs/blocked", "/api/tokens"])
def test_an_answer_comes_soon(busy, path):
    """Generous, since a machine may be busy: figures stand in the report of a quiet one."""
    busy.get(path)
    begin = time.perf_counter()
    busy.get(path)
    assert time.perf_counter() - begin < SOON
