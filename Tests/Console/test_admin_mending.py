"""What is wrong leads to where it is mended; and a greeting that nobody will hear says so."""
import pytest
from admin_page import OMAR, Page, browser, fresh_store, one_browser, page, poundkey, served, spoken, store, until  # noqa: F401


def put(page, message, language):
    page.choose("#as-message", message)
    page.browser.execute_script("document.querySelector('#as-message').dispatchEvent(new Event('input', {bubbles: true}))")
    page.fill("#as-language", language)


@pytest.mark.parametrize("message, language, says", [
    ("greetingPIN", "fr", "plays in place of"),
    ("retryPIN", "fr", "no call plays"),
    ("fraudGreetingStandard", "nl", "unless a sign-in asks for this language"),
])
def test_before_a_greeting_is_put_in_it_says_that_nobody_will_hear_it_and_afterwards_too(page, tmp_path, message, language, says):
    page.open("/greetings").give(spoken(tmp_path / "welcome.wav"))
    put(page, message, language)
    page.see("#prospect.warn", says)
    page.press("Put it in", "#bench")
    page.see(".notices .notice.good", "is now your recording")
    page.see(".notices .notice.warn", says)
    page.open(f"/greetings?message={message}&language={language}")
    page.see("dialog .notice.warn", says)


def test_a_greeting_that_somebody_hears_says_by_how_many(page, tmp_path):
    page.open("/greetings").give(spoken(tmp_path / "welcome.wav"))
    put(page, "fraudGreetingStandard", "fr")
    page.see("#prospect", "1 user hears it")
    assert not page.all("#prospect.warn")
    page.press("Put it in", "#bench")
    page.see(".notices .notice.good", "is now your recording")
    assert not page.all(".notices .notice.warn")


def test_one_that_stands_before_another_is_told(served, browser, tmp_path):
    (tmp_path / "t.yaml").write_text('tenant: T\nusers:\n  - {upn: a@b.example, language: fr-CA, phone: "+33 612345678"}\n')
    poundkey("tenant", "init", tmp_path / "t.poundkey", "--from", tmp_path / "t.yaml")
    poundkey("settings", "set", "fraudAlert.enabled", "false", "--tenant", tmp_path / "t.poundkey")
    page = Page(browser, served("--tenant", tmp_path / "t.poundkey")).open("/greetings")
    path = spoken(tmp_path / "welcome.wav")
    for language, says in (("fr-CA", "1 user hears it"), ("fr", "the recording in Canadian French")):
        page.give(path)
        put(page, "greetingStandard", language)
        page.see("#prospect", says)
        page.press("Put it in", "#bench")
        page.see(".notices .notice.good", "is now your recording")
        page.settled()


def test_a_flaw_that_a_mended_copy_has_not_offers_to_make_one(page, tmp_path):
    page.open("/greetings").give(spoken(tmp_path / "offset.wav", gain=0.5, offset=3_000))
    page.see("#bench .finding", "poundkey greeting fix")
    page.press("Make a mended copy", "#bench .finding")
    page.see("#bench .mending", "is ready")


def test_a_finding_about_a_setting_leads_to_its_control(page):
    page.open("/settings")
    page.press("To the setting fraudAlert.notify", "#findings")
    until(page.browser, lambda browser: browser.execute_script(
        "return document.activeElement.closest('.setting')?.id") == "fraudAlert.notify")
    assert page.browser.switch_to.active_element.tag_name == "textarea"


def test_a_finding_about_a_user_leads_to_the_section_where_it_is_mended(page):
    page.open("/settings")
    page.press(f"To the phones of {OMAR}", "#findings")
    page.see("h1", "Omar Haddad")
    until(page.browser, lambda browser: browser.switch_to.active_element.get_attribute("id") == "phones")


def test_a_missing_pin_leads_to_the_methods(page, store):
    page.server.post(f"/api/users/{OMAR}/deletePIN")
    poundkey("settings", "set", "pin.mode", "true", "--tenant", store)
    page.open("/settings")
    page.press(f"To the methods of {OMAR}", "#findings")
    until(page.browser, lambda browser: browser.switch_to.active_element.get_attribute("id") == "methods")
    page.press("Set a PIN")
    page.see("dialog")


def test_an_empty_log_leads_to_what_would_fill_it(page):
    page.open("/reports?log=risk")
    page.press("To the setting", ".empty")
    until(page.browser, lambda browser: browser.execute_script(
        "return document.activeElement.closest('.setting')?.id") == "reportActivity.state")
    page.open("/reports?log=blocked")
    page.press("To the users", ".empty")
    page.see("#users")
