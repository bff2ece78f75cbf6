"""Users added on the pages, and hardware tokens: imported, activated, given, taken back, deleted."""
import json
import subprocess

import pytest
from browsing import POUNDKEY
from selenium.webdriver.common.keys import Keys
from admin_page import HELGA, OMAR, browser, fresh_store, one_browser, page, poundkey, served, store, until  # noqa: F401

NIA = "nia@larkspur.example"
HEADER = "upn,serial number,secret key,time interval,manufacturer,model"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def told(*arguments):
    return subprocess.run([POUNDKEY, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def test_a_user_is_added_with_everything_and_the_pin_is_seen_nowhere(page, store):
    page.open("/users").press("Add a user")
    page.fill("#new-upn", NIA)
    page.fill("#new-name", "Nia Obi")
    page.fill("#new-language", "fr-CA")
    page.see("#new-language-hint", "Canadian French")
    page.fill("#new-number", "+44 77")
    page.see("#new-number-hint", "No number that can be called")
    page.fill("#new-number", "+44 7700900321")
    page.see("#new-number-hint", "This number can be called")
    assert page.fill("#new-pin", "83620517").get_attribute("type") == "password"
    page.press("Add", "dialog")
    page.see(".notice", "Nia Obi is added")
    page.see("h1", "Nia Obi")
    until(page.browser, lambda browser: browser.switch_to.active_element.get_attribute("id") == "user-title")
    page.see("#phones", "+XX XXXXXXXX21")
    page.see("#methods", "set")
    assert "83620517" not in page.browser.page_source + page.server.get(f"/api/users/{NIA}") + page.server.get("/api/logs/audit")
    assert "user add" not in page.text()
    assert NIA in told("user", "list", "--tenant", store)
    page.press("All users")
    page.see("#users", "Nia Obi")


def test_an_address_is_enough(page):
    page.open("/users").press("Add a user")
    page.fill("#new-upn", NIA + Keys.ENTER)
    page.see("h1", NIA)
    page.see("#phones", "No phone")


@pytest.mark.parametrize("fields, where, text", [
    ({}, "#new-upn-wrong", "Fill this in"),
    ({"upn": "nia"}, "#new-upn-wrong", "An address is needed"),
    ({"upn": NIA, "pin": "12a4"}, "#new-pin-wrong", "4 to 20 digits"),
    ({"upn": NIA, "language": "?"}, "#new-language-wrong", "this is no language"),
    ({"upn": NIA, "number": "0612345678"}, "#new-number-wrong", "it does not begin with +"),
    ({"upn": HELGA}, "#new-user .notice", "has a user helga@larkspur.example already"),
])
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(page, fields, where, text):
    page.open("/users").press("Add a user")
    page.fill("#new-name", "Nia Obi")
    for name, value in fields.items():
        page.fill(f"#new-{name}", value)
    page.press("Add", "dialog")
    page.see(where, text)
    for name, value in fields.items() | {("name", "Nia Obi")}:
        assert page.one(f"#new-{name}").get_attribute("value") == value
    page.key(Keys.ESCAPE)
    page.gone("dialog")
    page.see("#found", "4 users")


def test_the_form_is_left_by_escape_and_the_button_has_the_focus_again(page):
    page.open("/users").press("Add a user")
    page.see("dialog")
    page.key(Keys.ESCAPE)
    page.gone("dialog")
    assert page.browser.switch_to.active_element.get_attribute("id") == "add"


# Hardware tokens

def tokens(path, *rows):
    path.write_text("\r\n".join([HEADER, *rows]) + "\r\n")
    return path


def give(page, path):
    page.one("#token-file").send_keys(str(path))
    page.settled()
    page.see("#intake .verdict, #intake .notice")


def row(upn, serial, secret=SECRET, interval=30):
    return f"{upn},{serial},{secret},{interval},Contoso,HardwareKey"


def listed(store):
    return told("oath", "list", "--json", "--tenant", store)


def test_a_file_of_tokens_is_looked_into_and_taken_only_then(page, store, tmp_path):
    page.open("/users?view=tokens")
    page.see(".empty", "No hardware tokens yet")
    give(page, tokens(tmp_path / "box.csv", row(HELGA, "1000001"), row(HELGA, "1000002", SECRET[:-1] + "1"), row("nobody@larkspur.example", "7")))
    page.see("#intake .verdict", "1 token can be imported")
    page.see("#intake .verdict", "2 rows are wrong and stay out")
    page.see("#intake .finding", "Line 3")
    page.see("#intake .finding", "Base32 has the digits 2 to 7 only")
    page.see("#intake .finding", "the tenant has no user nobody@larkspur.example")
    assert SECRET[:12] not in page.browser.page_source
    assert listed(store) == ""
    page.press("Import this token")
    page.see(".notice", "1 token is imported")
    page.see("#tokens tbody", "1000001")
    page.see("#intake .finding", "Line 3")
    assert '"serial":"1000001"' in listed(store)
    page.press("Take away")
    page.gone("#intake .finding")


@pytest.mark.parametrize("content, says", [
    ("serial;key\r\n1;2\r\n", "Line 1"), ("", "the file is empty"),
    (f"{HEADER}\r\nnobody@larkspur.example,7,{SECRET},30,A,B\r\n", "the tenant has no user"),
])
def test_of_a_file_without_a_good_row_nothing_is_stored(page, store, tmp_path, content, says):
    (tmp_path / "bad.csv").write_text(content)
    page.open("/users?view=tokens")
    before = page.server.get("/api/logs/audit")
    give(page, tmp_path / "bad.csv")
    page.see("#intake .verdict", "No token can be imported")
    page.see("#intake .finding", says)
    assert not [button for button in page.all("#intake button") if "Import" in button.text]
    assert (listed(store), page.server.get("/api/logs/audit")) == ("", before)


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page, tmp_path):
    (tmp_path / "huge.csv").write_text(HEADER + "\r\n" + "x" * (4 << 20))
    page.open("/users?view=tokens")
    give(page, tmp_path / "huge.csv")
    page.see("#intake .verdict", "at most 4.19 MB")


def code(path, serial):
    """What the token shows now."""
    return json.loads(told("oath", "code", path, "--serial", serial, "--json"))["code"]


def test_a_token_is_activated_taken_back_given_and_deleted(page, store, tmp_path):
    path = tokens(tmp_path / "box.csv", row(HELGA, "1000001"))
    poundkey("oath", "import", path, "--tenant", store)
    page.open(f"/users?user={HELGA}")
    page.see("#methods", "Not activated")
    page.press("Activate token 1000001")
    page.fill("#asked-code", "12345")
    page.press("Activate", "dialog")
    page.see("dialog .wrong", "This is not in the form asked for")
    page.fill("#asked-code", "000000")
    page.press("Activate", "dialog")
    page.see(".notice.bad", "not the current code of token 1000001")
    page.press("Activate token 1000001")
    page.fill("#asked-code", code(path, "1000001"))
    page.press("Activate", "dialog")
    page.see(".notice", "Token 1000001 is activated")
    page.see("#methods", "Active")
    page.see("#methods .facts", "Code")

    page.press("Take back token 1000001")
    page.see("dialog", f"{HELGA} can no longer verify with it")
    page.press("Take back", "dialog")
    page.see("#methods", "No app, key or token")

    page.press("All users")
    page.press("Hardware tokens")
    page.see("#tokens tbody", "nobody’s")
    page.choose("#token-state", "unassigned")
    page.see("#tokens-found", "1 token")
    page.press("Give token 1000001 to a user")
    page.fill("#asked-user", OMAR)
    page.press("Give to a user", "dialog")
    page.see(".notice", f"Token 1000001 is {OMAR}’s now")
    page.see("#tokens .empty", "No token like that")
    page.choose("#token-state", "")
    page.press("Delete token 1000001")
    page.press("Delete", "dialog")
    page.see("#tokens .empty", "No hardware tokens yet")
    assert listed(store) == ""


def test_a_list_of_many_tokens_has_pages_and_a_search(page, store, tmp_path):
    users = [f"p{number:03}@larkspur.example" for number in range(30)]
    for upn in users[:3]:
        page.server.post("/api/users", upn=upn)
    rows = [row(upn, f"20000{index}{number}") for index, upn in enumerate(users[:3]) for number in range(5)]
    rows += [row(HELGA, f"300000{number}") for number in range(5)]
    page.open("/users?view=tokens")
    give(page, tokens(tmp_path / "box.csv", *rows))
    page.press("Import these 20 tokens")
    page.see("#tokens-found", "20 tokens")
    page.open("/users?view=tokens&skip=18")
    assert len(page.all("#tokens tbody tr")) == 2
    page.press("Back to the first")
    page.see("#tokens tbody", "2000000")
    page.fill("#token-search", "HELGA")
    page.see("#tokens-found", "5 tokens")
    page.open("/users?view=tokens&skip=400")
    page.see(".empty", "no tokens on this page any more")


def test_what_has_the_focus_in_the_list_of_tokens_keeps_it_when_another_is_changed_elsewhere(page, tmp_path):
    page.open("/users?view=tokens")
    give(page, tokens(tmp_path / "box.csv", row(HELGA, "1000001"), row(HELGA, "1000002")))
    page.press("Import these 2 tokens")
    page.browser.execute_script("arguments[0].focus()", page.see("[aria-label='Activate token 1000001']"))
    page.server.post("/api/tokens/delete", serial="1000002", user=HELGA)
    page.gone("#tokens tbody", "1000002")
    assert page.browser.switch_to.active_element.get_attribute("aria-label") == "Activate token 1000001"


#: Requests for addresses with `held` in them wait for release().
HELD = """
const [real, waiting] = [window.fetch, []];
window.fetch = (path, ...more) => String(path).includes(arguments[0])
  ? new Promise((go) => waiting.push(() => go(real(path, ...more)))) : real(path, ...more);
window.release = () => waiting.splice(0).forEach((go) => go());
window.told = [];
new MutationObserver(() => told.push(document.querySelector('#told').textContent)).observe(document.querySelector('#told'), {childList: true});
"""


def test_a_file_that_is_looked_into_waits_with_its_view_and_is_read_out_once(page, tmp_path):
    page.open("/users?view=tokens")
    page.browser.execute_script(HELD, "/api/tokens/check")
    page.one("#token-file").send_keys(str(tokens(tmp_path / "box.csv", row(HELGA, "1000001"))))
    page.see("#intake", "box.csv")
    page.press("People", "#views")
    page.see("#users tbody")
    page.browser.execute_script("document.querySelector('#search').focus(); release()")
    until(page.browser, lambda browser: browser.execute_script("return told.length"))
    assert not page.one("#intake").is_displayed()
    assert page.browser.switch_to.active_element.get_attribute("id") == "search"
    page.press("Hardware tokens")
    page.see("#intake .verdict", "1 token can be imported")
    page.fill("#token-search", "nobody")
    page.see("#tokens .empty", "No token like that")
    assert len(page.browser.execute_script("return told")) == 1


def test_an_import_that_worked_is_told_as_such_though_the_list_cannot_be_read_after_it(page, store, tmp_path):
    page.open("/users?view=tokens")
    give(page, tokens(tmp_path / "box.csv", row(HELGA, "1000001")))
    page.browser.execute_script("""
        const real = window.fetch;
        window.fetch = (path, ...more) => String(path).startsWith("/api/tokens?") ? Promise.reject(new TypeError("lost")) : real(path, ...more);""")
    page.press("Import this token")
    page.see(".notice.good", "1 token is imported")
    page.see(".notices .notice.bad")
    assert not page.one("#intake").is_displayed()
    assert "1000001" in listed(store)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_new_places_are_accessible_and_fit(page, tmp_path, width):
    page.browser.size(width, 900)
    fits = "return document.documentElement.scrollWidth - innerWidth"
    page.open("/users").press("Add a user")
    page.fill("#new-number", "+44 77")
    page.see("#new-number-hint", "No number")
    page.press("Add", "dialog")
    assert page.browser.violations() == []
    page.key(Keys.ESCAPE)
    page.open("/users?view=tokens")
    give(page, tokens(tmp_path / "box.csv", row(HELGA, "1000001"), row(HELGA, "1000002", interval=45)))
    assert page.browser.violations() == []
    page.press("Import this token")
    page.see("#tokens tbody", "1000001")
    assert page.browser.violations() == []
    assert page.browser.execute_script(fits) <= 0
    page.open(f"/users?user={HELGA}")
    assert page.browser.violations() == []
    assert page.browser.execute_script(fits) <= 0
