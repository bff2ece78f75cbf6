"""The pages for admins follow what happens: what one reads stays where it is, and what one types stays typed."""
import json
import urllib.request

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from admin_page import HELGA, OMAR, Page, browser, fresh_store, one_browser, served, store, until  # noqa: F401


@pytest.fixture
def page(browser, served):
    return Page(browser, served())


def report_fraud(server, user=HELGA):
    """What somebody does in the room who was called and did not sign in: 0#, and 1 to be blocked."""
    server.post("/api/room/sign-in", user=user, method="call")
    server.post("/api/room/answer", user=user)
    for key in "0#1":
        server.post("/api/room/press", user=user, key=key)


def change(server, setting, value):
    request = urllib.request.Request(
        f"{server.url}/api/settings/{setting}", json.dumps({"value": value}).encode(),
        {"Content-Type": "application/json", "Origin": server.url}, method="PUT")
    urllib.request.urlopen(request, timeout=20).read()


def test_a_report_of_fraud_reaches_the_list_of_users(page):
    page.open("/users")
    row = page.one("#users tbody tr[data-key^=omar]")
    page.browser.execute_script("arguments[0].stays = true; window.stays = true", row)
    report_fraud(page.server)
    page.see("#users tbody tr[data-key^=helga]", "Blocked")
    page.see("#users tbody tr[data-key^=helga]", "Reported fraud")
    assert page.browser.execute_script("return window.stays && arguments[0].stays && arguments[0].isConnected", row), \
        "rows that say the same stay as they are"


def test_parts_of_a_users_page_are_drawn_anew_in_their_place(page):
    page.open(f"/users?user={HELGA}")
    page.browser.execute_script("window.parts = ['phones', 'methods', 'block'].map((id) => document.getElementById(id))")
    page.browser.execute_script("document.querySelector('#phones button').focus()")
    report_fraud(page.server)
    page.see("#block", "Unblock")
    page.see("#signIns .record")
    page.see(".chips", "Blocked")
    assert page.browser.execute_script("return window.parts.map((part) => part.isConnected)") == [True, True, False]
    assert page.browser.execute_script("return document.activeElement.closest('section').id") == "phones"
    until(page.browser, lambda browser: "Block list" in browser.find_element(By.ID, "told").get_attribute("textContent"))


def test_what_is_typed_into_a_question_stays(page):
    page.open(f"/users?user={HELGA}").press("Block")
    page.fill("dialog input", "Half a reas")
    report_fraud(page.server)
    page.browser.execute_async_script("setTimeout(arguments[0], 1500)")
    assert page.one("dialog input").get_attribute("value") == "Half a reas"
    assert page.browser.switch_to.active_element.get_attribute("id") == "asked-reason"
    assert "Unblock" not in page.one("#block").text, "behind a question nothing moves"
    page.key(Keys.ESCAPE)
    page.see("#block", "Unblock")
    assert page.browser.execute_script("return document.activeElement.id") == "block", "where one was"


def test_new_records_are_told_above_and_shown_when_they_are_asked_for(page):
    report_fraud(page.server, OMAR)
    page.open("/reports?log=signIns")
    page.see("#found", "1 record")
    page.press("Open the record")
    opened = page.see("tr.opened")
    report_fraud(page.server)
    page.see("#news", "1 new record: show")
    assert opened.is_displayed() and len(page.all(".opens")) == 1
    told = page.one("#told")
    assert (told.get_attribute("role"), told.get_attribute("textContent")) == ("status", "1 new record: show")
    page.press("1 new record: show")
    page.see("#found", "2 records")
    assert not page.one("#news").is_displayed()
    assert page.browser.switch_to.active_element.get_attribute("class").endswith("opener")


@pytest.mark.parametrize("log, says", [("audit", "Fraud reported"), ("blocked", HELGA), ("calls", "Fraud reported"), ("signIns", HELGA)])
def test_what_is_empty_is_filled(page, log, says):
    page.open(f"/reports?log={log}")
    page.see(".empty")
    report_fraud(page.server)
    page.see("#rows tbody", says)


def test_many_new_records_are_counted_and_read_out_once(page):
    page.server.post(f"/api/users/{OMAR}/block", reason="1")
    page.open("/reports?log=audit")
    page.see("#rows tbody")
    page.browser.execute_script("""
        window.told = [];
        new MutationObserver(() => told.push(document.querySelector('#told').textContent))
            .observe(document.querySelector('#told'), {childList: true});""")
    for number in range(6):
        page.server.post(f"/api/users/{OMAR}/{'un' if number % 2 == 0 else ''}block", reason=str(number))
        page.browser.execute_async_script("setTimeout(arguments[0], 500)")
    page.see("#news", "6 new records: show")
    assert len(page.browser.execute_script("return told")) == 1


def test_the_blocked_list_says_that_it_has_changed(page):
    page.server.post(f"/api/users/{OMAR}/block", reason="Lost")
    page.open("/reports?log=blocked")
    page.see("#rows tbody", "Lost")
    report_fraud(page.server)
    page.see("#news", "This list has changed: show")
    page.press("This list has changed: show")
    page.see("#found", "2 records")


def test_filters_hold_for_what_is_new(page):
    report_fraud(page.server)
    page.open(f"/reports?log=signIns&user={HELGA}")
    page.see("#found", "1 record")
    page.browser.execute_script("document.querySelector('#user').value = 'oma'")
    report_fraud(page.server, OMAR)
    page.browser.execute_async_script("setTimeout(arguments[0], 2500)")
    assert not page.one("#news").is_displayed()
    assert page.one("#user").get_attribute("value") == "oma"


def test_settings_that_are_changed_elsewhere_change_here_but_not_where_one_types(page):
    page.open("/settings")
    typed = page.fill("#sms\\.domain input", "half.a.dom")
    # The field is left, so that not its focus keeps it.
    page.browser.execute_script("document.activeElement.blur()")
    for setting, value in (("sms.domain", "login.larkspur.example"), ("callerID.own", "+1 8553308653"), ("fraudAlert.enabled", "false")):
        change(page.server, setting, value)
    until(page.browser, lambda browser: browser.find_element(
        By.CSS_SELECTOR, "#fraudAlert\\.enabled [role=switch]").get_attribute("aria-checked") == "false")
    assert page.one("#callerID\\.own input").get_attribute("value") == "+1 8553308653"
    assert typed.get_attribute("value") == "half.a.dom"
    page.browser.execute_script("document.querySelector('#fraudAlert\\\\.enabled [role=switch]').click()")
    page.see(".notice", "fraudAlert.enabled is On now")
    assert typed.get_attribute("value") == "half.a.dom"


def test_a_choice_that_is_not_kept_yet_stays_and_what_is_taken_back_is_as_it_is_now(page):
    page.open("/settings")
    chosen = page.one(".setting select")
    other = page.browser.execute_script("return [...arguments[0].options].find((one) => !one.selected).value", chosen)
    page.browser.execute_script(
        "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))", chosen, other)
    typed = page.fill("#sms\\.domain input", "half.a.dom")
    row = chosen.find_element(By.XPATH, "ancestor::li").get_attribute("id")
    for setting, value in (("sms.domain", "login.larkspur.example"), (row, other), ("callerID.own", "+1 8553308653")):
        change(page.server, setting, value)
    until(page.browser, lambda browser: browser.find_element(
        By.CSS_SELECTOR, "#callerID\\.own input").get_attribute("value") == "+1 8553308653")
    assert chosen.get_attribute("value") == other and chosen.is_displayed()
    typed.send_keys(Keys.ESCAPE)
    until(page.browser, lambda browser: browser.find_element(
        By.CSS_SELECTOR, "#sms\\.domain input").get_attribute("value") == "login.larkspur.example")
    assert page.browser.switch_to.active_element.get_attribute("id") == "sms.domain-value"


def test_a_list_in_which_nothing_was_found_follows_without_a_fault(page):
    page.open("/settings?search=nothing-is-called-so")
    page.see("#list .empty")
    findings = page.one("#finding-count").text
    change(page.server, "fraudAlert.enabled", "false")
    change(page.server, "fraudAlert.notify", "admin@larkspur.example")
    until(page.browser, lambda _: page.one("#finding-count").text != findings)
    page.browser.execute_async_script("setTimeout(arguments[0], 500)")
    assert page.browser.complaints() == []


def test_the_grid_of_greetings_follows_the_settings(page):
    page.open("/greetings")
    silent = "tr.silent th code"
    before = {code.get_attribute("textContent") for code in page.all(silent)}
    assert "greetingPIN" in " ".join(before) and "fraudGreetingStandard" not in before
    change(page.server, "fraudAlert.enabled", "false")
    until(page.browser, lambda _: "fraudGreetingStandard" in {code.get_attribute("textContent") for code in page.all(silent)})


def test_a_user_added_on_another_page_appears_and_the_search_stays(page):
    page.open("/users")
    page.fill("#search", "zo")
    page.see("#found", "0 users")
    page.server.post("/api/users", upn="zoe@larkspur.example", name="Zoe")
    page.see("#users tbody", "Zoe")
    assert page.one("#search").get_attribute("value") == "zo"


def test_there_is_one_line_to_the_server_and_none_while_the_tab_is_hidden(page):
    page.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
        window.lines = [];
        const Real = EventSource;
        window.EventSource = class extends Real { constructor(...given) { super(...given); lines.push(this); } };
        let hidden = false;
        Object.defineProperty(document, "hidden", {get: () => hidden});
        window.hide = (given) => { hidden = given; document.dispatchEvent(new Event("visibilitychange")); };
    """})
    open_lines = "return lines.filter((line) => line.readyState !== 2).length"
    page.open("/users")
    until(page.browser, lambda browser: browser.execute_script(open_lines) == 1)
    page.browser.execute_script("hide(true)")
    assert page.browser.execute_script(open_lines) == 0
    report_fraud(page.server)
    page.browser.execute_script("hide(false)")
    page.see("#users tbody tr[data-key^=helga]", "Blocked")
    assert page.browser.execute_script(open_lines) == 1


def test_a_server_that_comes_back_is_looked_at_again(page):
    page.open("/users")
    page.see("#users tbody", "Helga")
    page.server.restart()
    page.server.post("/api/users", upn="zoe@larkspur.example", name="Zoe")
    page.see("#users tbody", "Zoe")


@pytest.mark.parametrize("options", [[], ["--keep"]])
def test_who_asks_for_the_end_is_told_nothing_of_what_has_been_and_of_what_admins_do(served, store, options):
    server = served("--tenant", store, *options)
    report_fraud(server)
    with urllib.request.urlopen(server.url + "/api/events?after=end", timeout=20) as stream:
        types = []
        while "tenantChanged" not in types:
            line = stream.readline()
            assert line and types.count("now") < 5, types
            if line.startswith(b"data: "):
                types.append(json.loads(line[6:])["type"])
                if types[-1] == "now" and "sent" not in types:
                    types.append("sent")
                    server.post("/api/users", upn="zoe@larkspur.example")
    assert "session" not in types and "dial" not in types
    assert "now" in types[:types.index("sent")]
