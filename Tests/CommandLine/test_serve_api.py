"""The desks of `poundkey serve`: what admins do in the console, over HTTP, in a real store."""
import json
import re
import threading
import urllib.parse

import pytest
from conftest import POUNDKEY, ROOT, wav
from serving import Server

HELGA, OMAR, DESK = (f"users/{name}%40larkspur.example" for name in ("helga", "omar", "desk"))
MEBIBYTE = 1 << 20


@pytest.fixture
def serve(tmp_path):
    servers = []

    def start(*options):
        servers.append(Server(POUNDKEY, tmp_path, *options))
        return servers[-1]

    yield start
    for server in servers:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture
def server(serve):
    """The demo tenant."""
    return serve()


def cell(server, message, language):
    [row] = [row for row in server.get("greetings").json["rows"] if row["message"] == message]
    [cell] = [cell for cell in row["cells"] if cell["language"] == language]
    return cell


# Greetings


def test_the_grid_has_a_cell_for_each_message_and_language(server):
    grid = server.get("greetings?language=nl").json
    assert [column["language"] for column in grid["languages"]] == ["en", "fr", "nl"]
    assert grid["languages"][1]["speakers"] == ["helga@larkspur.example"]
    assert len(grid["rows"]) == 18 and all(len(row["cells"]) == 3 for row in grid["rows"])
    assert (grid["limit"], grid["uploadLimit"]) == (MEBIBYTE, 16 * MEBIBYTE)
    # The demo tenant plays the one that offers a report in its place.
    assert cell(server, "greetingStandard", "fr") == {
        "language": "fr", "heard": "fr", "source": "default", "covered": True, "own": False, "length": 7765, "gap": False,
        "hearers": 0}
    assert cell(server, "fraudGreetingStandard", "fr")["hearers"] == 1


def test_an_upload_is_checked_and_kept_and_plays_and_goes_again(server):
    place = "greetings/greetingStandard/fr"
    content = wav(2)
    answer = server.upload(f"{place}?name=bonjour.wav", content, "PUT")
    assert answer.status == 200, answer
    assert answer.json["report"]["verdict"] == "accepted" and answer.json["report"]["duration"] == 2000
    facts = server.get(place).json
    assert (facts["own"], facts["source"], facts["length"], facts["text"]) == (True, "custom", 2000, None)
    assert facts["report"]["findings"] == []
    original = server.get(f"{place}/sound?as=original")
    assert original.bytes == content and original.headers["Content-Type"] == "audio/wav"
    heard = server.get(f"{place}/sound?as=phone")
    assert heard.headers["Content-Type"] == "audio/wav" and heard.bytes[:4] == b"RIFF" and heard.bytes != content
    drawing = server.get(f"{place}/waveform.svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml" and drawing.text.startswith("<svg ")
    assert cell(server, "greetingStandard", "fr")["own"]
    assert server.delete(place).json == {}
    assert server.get(place).json["source"] == "default"
    assert server.delete(place).error == {
        "id": "notFound", "message": "the tenant has no greeting of its own for greetingStandard in fr", "hint": None}


def test_a_greeting_that_was_put_in_plays_in_the_next_call(server):
    server.upload("greetings/fraudGreetingStandard/fr?name=a.wav", wav(2), "PUT")
    server.post("room/sign-in", user="helga@larkspur.example", method="call")
    server.post("room/answer", user="helga@larkspur.example")
    play = server.wait_for("play")
    assert (play["message"], play["source"], play["length"]) == ("fraudGreetingStandard", "custom", 2000)
    sound = server.get(play["audio"].removeprefix("/api/"))
    assert sound.status == 200 and sound.bytes[:4] == b"RIFF"


def test_a_rejected_greeting_is_told_with_its_report_and_not_kept(server):
    answer = server.upload("greetings/activation/fr?name=long.wav", wav(21), "PUT")
    assert answer.status == 422
    assert answer.error == {"id": "rejected", "message": "21.00 s: cut 1.1 s",
                            "hint": "Trim the silence at both ends or shorten the text: a greeting stays under 20 s."}
    assert answer.json["error"]["sentences"] == {
        "message": {"template": "{1}: cut {2}", "figures": [{"seconds": 2100, "digits": 2}, {"seconds": 11, "digits": 1}]},
        "hint": {"template": "Trim the silence at both ends or shorten the text: a greeting stays under {1} s.", "figures": [{"count": 20}]}}
    assert [finding["id"] for finding in answer.json["report"]["findings"]] == ["duration.limit"]
    assert answer.json["report"]["findings"][0]["at"] == 20000
    assert answer.json["report"]["findings"][0]["sentences"]["message"] == answer.json["error"]["sentences"]["message"]
    assert not cell(server, "activation", "fr")["own"]


def test_a_file_that_is_too_large_is_cut_off_while_it_comes(server):
    """Told while the sender has not come to an end, by either way of saying how long a body is."""
    with server.begin_upload("greetings/activation/fr?name=a.wav", **{"Transfer-Encoding": "chunked"}) as line:
        piece = bytes(64 * 1024)
        for _ in range(MEBIBYTE // len(piece)):
            line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        line.sendall(b"1\r\n\0\r\n")
        told = line.recv(65536)
    assert told.startswith(b"HTTP/1.1 413 ") and b'"id":"tooLarge"' in told
    with server.begin_upload("greetings/activation/fr?name=a.wav", **{"Content-Length": MEBIBYTE + 1}) as line:
        assert line.recv(65536).startswith(b"HTTP/1.1 413 ")
    assert not cell(server, "activation", "fr")["own"]
    # Of just the limit it is taken, and judged.
    answer = server.upload("greetings/activation/fr?name=a.wav", wav(1, pad_to=MEBIBYTE), "PUT")
    assert answer.status == 200, answer


@pytest.mark.parametrize("field", ["chunked", "length"])
def test_a_file_that_breaks_off_is_not_kept(server, field):
    """Half an MP3 is a good MP3, where no index at its start tells how much there should be."""
    frame = 180
    content = (ROOT / "greetings/en/activation.mp3").read_bytes()[frame:]
    half = content[:len(content) // frame // 2 * frame]
    assert server.upload("greetings/check?name=a.mp3", half).json["verdict"] == "accepted"
    fields = {"Transfer-Encoding": "chunked"} if field == "chunked" else {"Content-Length": len(content)}
    with server.begin_upload("greetings/activation/fr?name=a.mp3", **fields) as line:
        line.sendall(b"%x\r\n%s\r\n" % (len(half), half) if field == "chunked" else half)
        line.shutdown(1)
        while line.recv(65536):
            pass
    assert not cell(server, "activation", "fr")["own"]


def test_what_is_no_sound_is_judged_and_neither_drawn_nor_heard(server):
    page = b"<html><script>alert(1)</script></html>"
    report = server.upload("greetings/check?name=a.wav", page).json
    assert report["verdict"] == "rejected"
    assert [finding["id"] for finding in report["findings"]] == ["format.mismatch"]
    for what in ("waveform", "phone", "mend"):
        answer = server.upload(f"greetings/{what}?name=a.wav", page)
        assert answer.status == 422 and answer.error["message"], answer
    assert server.upload("greetings/check?name=a.wav", b"").json["findings"][0]["id"] == "size.empty"
    assert server.ask("POST", "greetings/check?name=a.wav", "x", Content_Type="text/plain").status == 415


def test_a_quiet_file_is_mended_and_what_was_done_is_told(server):
    quiet = wav(2, level=300)
    report = server.upload("greetings/check?name=quiet.wav", quiet).json
    assert [finding["id"] for finding in report["findings"]] == ["level.low"]
    mended = server.upload("greetings/mend?name=quiet%20one.wav", quiet)
    assert mended.status == 200 and mended.headers["Content-Type"] == "audio/wav"
    assert mended.headers["Content-Disposition"] == 'attachment; filename="quiet one-mended.wav"'
    [change] = json.loads(urllib.parse.unquote(mended.headers["Poundkey-Changes"]))
    assert change["what"] == "level"
    assert server.upload("greetings/check?name=b.wav", mended.bytes).json["findings"] == []
    # Once more there is nothing to do.
    again = server.upload("greetings/mend?name=b.wav", mended.bytes)
    assert again.bytes == mended.bytes and again.headers["Poundkey-Changes"] == "%5B%5D"


def test_a_long_recording_is_looked_at_and_mended_though_it_could_not_be_kept(server):
    long = wav(12, rate=48000)
    assert len(long) > MEBIBYTE
    report = server.upload("greetings/check?name=a.wav", long).json
    assert [finding["id"] for finding in report["findings"]] == ["size.limit"]
    assert server.upload("greetings/waveform?name=a.wav", long).text.startswith("<svg ")
    mended = server.upload("greetings/mend?name=a.wav", long)
    assert server.upload("greetings/activation/en?name=a.wav", mended.bytes, "PUT").status == 200
    with server.begin_upload("greetings/activation/fr?name=a.wav", **{"Content-Length": 16 * MEBIBYTE + 1}) as line:
        assert line.recv(65536).startswith(b"HTTP/1.1 413 ")


# Users


def test_users_are_listed_page_by_page(server):
    first = server.get("users?limit=2").json
    assert [user["upn"] for user in first["users"]] == ["desk@larkspur.example", "helga@larkspur.example"]
    assert (first["total"], first["next"]) == (4, "helga@larkspur.example")
    rest = server.get(f"users?limit=2&after={first['next']}").json
    assert [user["upn"] for user in rest["users"]] == ["omar@larkspur.example", "valentina@larkspur.example"]
    assert (rest["total"], rest["next"]) == (4, None)
    assert [user["upn"] for user in server.get("users?search=BRANDT").json["users"]] == ["helga@larkspur.example"]
    assert server.get("users?limit=201").status == 400


def test_the_page_of_a_user_has_all_but_secrets_and_whole_numbers(server):
    page = server.get(HELGA).json
    assert page["phones"] == [{"kind": "mobile", "number": "+XX XXXXXXX78"}]
    assert (page["upn"], page["state"], page["pin"], page["methods"]) == (
        "helga@larkspur.example", "enforced", "set", ["call", "text"])
    keys = """appPassword apps atRisk block blocked defaultMethod enabled groups guest hasPass language lockedUntil methods
        mustChangePassword mustRegister name pass passkeys phones pin registered remembered risks signIns state tokens upn
        wrongPINs"""
    assert sorted(page) == sorted(keys.split())
    assert server.get("users/nobody%40larkspur.example").error["id"] == "notFound"


def test_what_is_done_to_a_user_stands_in_the_store_and_the_room_knows(server):
    done = server.post(f"{HELGA}/block", reason="Lost phone")
    assert done.status == 200 and done.json["user"]["block"]["by"] == "admin"
    told = server.wait_for("user")
    assert told["user"]["upn"] == "helga@larkspur.example" and told["user"]["blocked"]
    assert [user["upn"] for user in server.get("users?state=blocked").json["users"]] == ["helga@larkspur.example"]
    [row] = server.get("logs/audit").json["rows"]
    assert (row["activity"], row["reason"], row["role"]) == ("User blocked for MFA", "Lost phone", "globalAdministrator")
    server.post("room/sign-in", user="helga@larkspur.example", method="call")
    assert server.wait_for("decided")["outcome"] == "userBlocked"
    assert server.get(HELGA).json["signIns"][0]["outcome"] == "userBlocked"
    assert server.post(f"{HELGA}/unblock", reason="Found").json["user"]["block"] is None
    assert server.post(f"{HELGA}/unblock", reason="Found").error == {
        "id": "refused", "message": "the user is not blocked", "hint": None}


def test_each_action_is_done_or_refused_by_the_rules(server):
    for action, body, changed in [
        ("setEnabled", {"enabled": False}, {"enabled": False}), ("setEnabled", {"enabled": True}, {"enabled": True}),
        ("forcePasswordChange", {}, {"mustChangePassword": True}), ("confirmCompromised", {}, {"atRisk": True}),
        ("dismissRisk", {}, {"atRisk": False}), ("requireRegistration", {"reason": "Old"}, {"mustRegister": True}),
        ("setPhone", {"kind": "office", "number": "+49 3012345678x204"}, {"mustRegister": False}),
        ("deletePhone", {"kind": "office"}, {}), ("setPIN", {"pin": "471147"}, {"pin": "set"}),
        ("deletePIN", {}, {"pin": "none"}), ("revokeSessions", {}, {"remembered": []}), ("unlock", {}, {"wrongPINs": 0}),
        ("resetMethods", {"reason": "Lost"}, {"phones": [], "methods": []}),
    ]:
        answer = server.post(f"{HELGA}/{action}", **body)
        assert answer.status == 200, (action, answer)
        assert changed.items() <= answer.json["user"].items(), action
    for action, body, message in [
        ("dismissRisk", {}, "the user is not at risk"), ("deletePass", {}, "the user has no pass"),
        ("deletePIN", {}, "the user has no PIN"), ("block", {"reason": " "}, "the reason is empty: say why, in a few words"),
        ("removeDevice", {"device": "x"}, 'the user has no device "x"'),
        ("setPhone", {"kind": "alternate", "number": "+33 612345678"}, "an alternate number needs a mobile number first"),
        ("issuePass", {"minutes": 5}, "a pass cannot last 5 minutes: 10 to 43200"),
        ("deletePhone", {"kind": "office"}, "the user has no office number"),
    ]:
        answer = server.post(f"{HELGA}/{action}", **body)
        assert (answer.status, answer.error["message"]) == (422, message), action
    assert server.get("users?state=noMethod").json["total"] == 1


def test_a_pass_is_shown_once_and_opens_the_room(server):
    issued = server.post(f"{HELGA}/issuePass", minutes=60, once=True).json
    text = issued["pass"]
    assert re.fullmatch(r"\S{8}", text) and issued["once"]
    assert issued["user"]["pass"]["standing"] == "valid"
    server.post("room/sign-in", user="helga@larkspur.example", method="pass")
    server.post("room/enter", user="helga@larkspur.example", code=text)
    assert server.wait_for("outcome")["outcome"] == "approved"
    told = [server.get(path).text for path in (HELGA, "users", "logs/audit", "logs/calls", "logs/calls?format=csv",
                                               "logs/signIns", "logs/messages", "findings", "room")]
    assert not any(text in answer for answer in told)
    assert text not in server.stop()


def test_a_pin_that_an_admin_sets_is_the_one_that_the_call_asks_for(server):
    server.put("settings/pin.mode", value="true")
    server.post(f"{HELGA}/setPIN", pin="471147")
    server.post("room/sign-in", user="helga@larkspur.example", method="call")
    server.post("room/answer", user="helga@larkspur.example")
    for key in "471147#":
        server.post("room/press", user="helga@larkspur.example", key=key)
    assert server.wait_for("outcome")["outcome"] == "approved"
    # After a reset it is still hers, and not the one that she had.
    server.post("room/reset")
    server.post("room/sign-in", user="helga@larkspur.example", method="call")
    server.post("room/answer", user="helga@larkspur.example")
    for key in "471147#":
        server.post("room/press", user="helga@larkspur.example", key=key)
    assert server.wait_for("outcome")["outcome"] == "approved"
    assert "471147" not in server.get("logs/calls?format=csv").text


def test_a_pin_that_an_admin_deletes_does_not_come_back(server):
    server.put("settings/pin.mode", value="true")
    assert server.post(f"{HELGA}/deletePIN").status == 200
    assert server.post(f"{HELGA}/deletePIN").status == 422
    server.post("room/sign-in", user="helga@larkspur.example", method="call")
    server.post("room/answer", user="helga@larkspur.example")
    for key in "4711#":
        server.post("room/press", user="helga@larkspur.example", key=key)
    assert server.wait_for("pin")["matched"] is False


def test_a_pin_that_has_become_the_code_for_reports_is_refused(server):
    server.put("settings/fraudAlert.code", value="4711")
    answer = server.post(f"{HELGA}/setPIN", pin="4711")
    assert answer.status == 422
    assert "4711" not in answer.text


# A reset


def report_fraud(server, user):
    """A call in which the user reports fraud and asks for a block."""
    server.post("room/sign-in", user=user, method="call")
    server.post("room/answer", user=user)
    for key in "0#1":
        server.post("room/press", user=user, key=key)
    server.wait_for("outcome", outcome="fraudReported")


def test_a_reset_undoes_what_calls_did_to_people_and_keeps_what_admins_did(server):
    report_fraud(server, "helga@larkspur.example")
    assert server.get(HELGA).json["block"]["by"] == "user"
    server.post(f"{OMAR}/block", reason="Lost phone")
    server.post(f"{HELGA}/setPhone", kind="office", number="+49 3012345678")
    issued = server.post(f"{DESK}/issuePass").json["pass"]
    server.post(f"{DESK}/confirmCompromised")
    server.put("settings/lockout.denials", value="7")
    server.post("room/reset")
    assert [user["upn"] for user in server.get("users?state=blocked").json["users"]] == ["omar@larkspur.example"]
    assert len(server.get(HELGA).json["phones"]) == 2
    desk = server.get(DESK).json
    assert desk["pass"]["standing"] == "valid" and desk["atRisk"]
    [denials] = [one for one in server.get("settings").json["settings"] if one["name"] == "lockout.denials"]
    assert denials["value"] == "7"
    # What was written down stays.
    assert [user["upn"] for user in server.get("users?state=reported").json["users"]] == ["helga@larkspur.example"]
    assert len(server.get("logs/signIns").json["rows"]) == 1
    # The pass still opens; a reset brings back that it was not used.
    server.post("room/sign-in", user="desk@larkspur.example", method="pass")
    server.post("room/enter", user="desk@larkspur.example", code=issued)
    assert server.wait_for("outcome")["outcome"] == "approved"


def test_what_an_admin_ends_that_a_call_began_is_ended_after_a_reset_too(server):
    report_fraud(server, "helga@larkspur.example")
    assert server.post(f"{HELGA}/unblock", reason="A mistake").status == 200
    server.post(f"{OMAR}/block", reason="Lost phone")
    server.post("room/reset")
    assert server.get(HELGA).json["block"] is None
    assert server.post(f"{OMAR}/unblock", reason="Found").status == 200
    server.post("room/reset")
    assert server.get("users?state=blocked").json["total"] == 0


def test_what_an_admin_sets_during_a_demo_stays_and_what_the_demo_set_does_not(server):
    before = {one["name"]: one["value"] for one in server.get("settings").json["settings"]}
    server.post("room/demo", demo="lockout")
    during = {one["name"]: one["value"] for one in server.get("settings").json["settings"]}
    changed = sorted(name for name in before if before[name] != during[name])
    assert "pin.mode" in changed
    others = [name for name in changed if name != "pin.mode"]
    # The same value, and yet it is the admin's from now on.
    assert server.put("settings/pin.mode", value=during["pin.mode"]).status == 200
    server.post("room/reset")
    after = {one["name"]: one["value"] for one in server.get("settings").json["settings"]}
    assert after["pin.mode"] == during["pin.mode"]
    assert [after[name] for name in others] == [before[name] for name in others]


# Logs


def test_logs_answer_filters_with_rows_the_newest_first(server):
    server.post(f"{HELGA}/block", reason="First")
    server.post(f"{OMAR}/block", reason="Second")
    server.post(f"{HELGA}/unblock", reason="Third")
    answer = server.get("logs/audit").json
    assert [row["reason"] for row in answer["rows"]] == ["Third", "Second", "First"]
    assert answer["columns"] == ["sequence", "at", "user", "activity", "reason", "by", "role"]
    assert list(answer["filters"]) == ["activity"] and not answer["more"]
    last = server.get("logs/audit?last=1").json
    assert [row["reason"] for row in last["rows"]] == ["Third"] and last["more"]
    of = server.get("logs/audit?user=helga%40larkspur.example&activity=User+blocked+for+MFA").json
    assert [row["reason"] for row in of["rows"]] == ["First"]
    assert server.get("logs/audit?until=2020-01-01").json["rows"] == []
    assert [row["user"] for row in server.get("logs/blocked").json["rows"]] == ["omar@larkspur.example"]
    assert server.get("logs/blocked?format=csv").text.startswith("user,since,until,by,reason\r\nomar@larkspur.example,")


def test_a_call_is_in_the_logs_with_its_moments(server):
    report_fraud(server, "helga@larkspur.example")
    [sign_in] = server.get("logs/signIns?outcome=fraudReported").json["rows"]
    assert sign_in["number"] == "+XX XXXXXXX78" and {"gate", "reason", "outcome"} == set(sign_in["why"][0])
    keys = server.get("logs/calls?kind=key").json["rows"]
    assert [row["moment"]["key"] for row in keys] == ["1", "#", "0"]
    call = keys[0]["call"]
    assert {row["call"] for row in server.get(f"logs/calls?call={call}").json["rows"]} == {call}
    assert server.get("logs/calls?call=nope").error["message"] == '"call" is no name of a call'


def test_csv_is_what_the_verb_writes_and_streams_beyond_a_piece(serve, store, tmp_path, poundkey):
    """5,000 rows of one instant: pieces go on within it."""
    rows = "".join(f"helga@larkspur.example,{n},{'JBSWY3DPEHPK3PXP' * 2},30,Yubico,Y5\r\n" for n in range(10_000, 15_000))
    (tmp_path / "tokens.csv").write_text(f"upn,serial number,secret key,time interval,manufacturer,model\r\n{rows}")
    poundkey("oath", "import", tmp_path / "tokens.csv", "--tenant", store, "--at", "2025-01-16T09:00:00Z", cwd=tmp_path)
    poundkey("block", "omar@larkspur.example", "--reason", "=1+1, \"quoted\"", "--tenant", store)
    wanted = poundkey("log", "audit", "--tenant", store, "--format", "csv")
    server = serve("--tenant", store)
    answer = server.get("logs/audit?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    assert answer.text == wanted.out and answer.text.count("\r\n") > 5_000
    few = poundkey("log", "audit", "--tenant", store, "--format", "csv", "--last", "3")
    assert server.get("logs/audit?format=csv&last=3").text == few.out
    many = server.get("logs/audit?last=1000000").json
    assert len(many["rows"]) == wanted.out.count("\r\n") - 1


# Settings


def test_a_setting_is_set_refused_and_reset(server):
    answer = server.put("settings/call.ringTimeout", value="45s").json
    assert (answer["setting"]["value"], answer["setting"]["isDefault"]) == ("45s", False)
    assert server.put("settings/call.ringTimeout", value="500s").error == {
        "id": "refused", "message": 'call.ringTimeout cannot be "500s"', "hint": "it takes 5 s to 120 s; the default is 60s"}
    assert server.delete("settings/call.ringTimeout").json["setting"]["isDefault"]
    assert server.put("settings/call.ringTimeot", value="45s").error == {
        "id": "notFound", "message": "there is no such setting", "hint": 'did you mean "call.ringTimeout"?'}
    mails = server.put("settings/fraudAlert.notify", value=["a@b.example", "c@d.example"]).json
    assert mails["setting"]["entries"] == ["a@b.example", "c@d.example"]
    assert server.put("settings/fraudAlert.notify", value=["a@b.example, c@d.example"]).status == 422
    assert server.put("settings/fraudAlert.notify", value=[]).json["setting"]["entries"] == []
    assert len(server.get("settings").json["settings"]) > 50


def test_what_a_change_newly_contradicts_is_told_and_findings_tell_the_whole(server):
    answer = server.put("settings/fraudAlert.code", value="9").json
    assert {finding["id"] for finding in answer["findings"]} == {"report-code.no-greeting"}
    findings = server.get("findings").json["findings"]
    assert {"id", "severity", "subject", "message", "remedy"} == set(findings[0]) - {"sentences"}
    assert {"kind": "setting", "name": "fraudAlert.enabled", "message": None, "language": None} in [
        finding["subject"] for finding in findings]
    server.post(f"{HELGA}/setPIN", pin="4711")
    assert server.put("settings/fraudAlert.code", value="4711").json["warnings"] == [
        "the new report code is the PIN of helga@larkspur.example: in doubt the report wins, so who enters it reports "
        "fraud and is not let in; choose another code, or set other PINs"]
    assert server.post(f"{OMAR}/setPIN", pin="4711").error["message"] == (
        "this PIN is the code that reports fraud: choose another")


# Scenarios


FAILING = """scenario: It is expected to go otherwise
steps:
  - signin: call
  - answer:
  - press: {keys: "#", during: fraudGreetingStandard}
expect:
  result: denied
"""


def test_scenarios_are_listed_and_run_with_their_moments(server):
    listed = server.get("scenarios").json["scenarios"]
    assert len(listed) > 150 and all(one["invalid"] is None for one in listed)
    [entries] = [one for one in listed if one["path"] == "scenarios/pin/entries.yaml"]
    assert len(entries["cases"]) > 1
    case = entries["cases"][1]["case"]
    run = server.post("scenarios/run", paths=[entries["path"]], case=case).json
    assert (run["passed"], run["failed"], run["skipped"], run["invalid"]) == (1, 0, 0, [])
    [result] = run["results"]
    assert (result["status"], result["name"], result["type"]) == ("passed", case, "case")
    keys = {moment["recording"] for moment in result["moments"] if moment["what"] == "message"}
    assert keys and keys == set(run["recordings"])
    whole = server.post("scenarios/run").json
    assert whole["passed"] > 180 and whole["failed"] == 0 and whole["invalid"] == []
    assert server.post("scenarios/run", paths=[entries["path"]], case="nope").status == 404
    assert server.post("scenarios/run", paths=[]).json["results"] == []


def test_a_failed_scenario_says_where_and_opens_in_the_phone(serve, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "fails.yaml").write_text(FAILING)
    (folder / "broken.yaml").write_text("scenario: Broken\nsteps:\n  - dance:\n")
    (folder / "away.yaml").write_text("scenario: Away\ngiven:\n  tenant: /etc/hostname\nsteps:\n  - signin: call\n")
    (folder / "up.yaml").write_text("scenario: Up\ngiven:\n  tenant: ../tenant.yaml\nsteps:\n  - signin: call\n")
    (tmp_path / "tenant.yaml").write_text("tenant: Secret\n")
    (tmp_path / "outside.yaml").write_text(FAILING)
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    server = serve("--scenarios", folder)
    mine = {one["path"]: one for one in server.get("scenarios").json["scenarios"] if one["path"].startswith("mine/")}
    assert sorted(mine) == ["mine/away.yaml", "mine/broken.yaml", "mine/fails.yaml", "mine/up.yaml"]
    assert mine["mine/fails.yaml"]["invalid"] is None and mine["mine/broken.yaml"]["invalid"][0]["file"] == "mine/broken.yaml"
    answer = server.post("scenarios/run", paths=sorted(mine))
    run = answer.json
    assert (run["passed"], run["failed"]) == (0, 1)
    assert sorted(one["path"] for one in run["invalid"]) == ["mine/away.yaml", "mine/broken.yaml", "mine/up.yaml"]
    [problem] = run["results"][0]["problems"]
    assert (problem["file"], problem["line"]) == ("mine/fails.yaml", 7) and problem["quote"]["line"] == "  result: denied"
    for text in (answer.text, server.get("scenarios").text):
        assert str(tmp_path) not in text and "Secret" not in text and str(ROOT) not in text
    assert server.post("room/open", path="mine/fails.yaml").json == {}
    assert server.get("room").json["source"] == "scenario"
    assert server.wait_for("dial")["user"]
    for path in ("mine/link.yaml", "mine/../outside.yaml", str(folder / "fails.yaml"), "../outside.yaml", "mine", ""):
        assert server.post("room/open", path=path).status == 404, path
        assert server.post("scenarios/run", paths=[path]).status == 404, path


def test_one_run_at_a_time_and_the_other_is_told_so(server):
    statuses, gate = [], threading.Barrier(6)

    def run():
        gate.wait()
        statuses.append(server.post("scenarios/run").status)

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) == {200, 409}
    assert server.post("scenarios/run", paths=["scenarios/pin/entries.yaml"]).status == 200


def test_the_list_of_scenarios_waits_for_no_run(serve, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "many.yaml").write_text(
        "scenario: Many\nmatrix:\n  axes:\n"
        + "".join(f"    {axis}: [{', '.join(f'{number}s' for number in range(20, 20 + count))}]\n"
                  for axis, count in (("after", 45), ("then", 40)))
        + "steps:\n" + "".join(f"  - signin: call\n  - answer: {{after: 4s}}\n  - press: \"#\"\n  - wait: ${{{axis}}}\n"
                                for axis in ("after", "then") * 6))
    server = serve("--scenarios", folder)
    before, answers = server.get("scenarios").json, []
    running = threading.Thread(target=lambda: answers.append(server.post("scenarios/run", paths=["many/many.yaml"])))
    running.start()
    lists = 0
    # Until the run has its turn the other is not told that it has to wait.
    while running.is_alive():
        assert server.get("scenarios").json == before
        lists += running.is_alive()
    assert answers[0].status == 200 and len(answers[0].json["results"]) == 1_800
    assert lists >= 2, "the list waited for the run"


def test_a_folder_of_scenarios_that_is_none_is_a_mistake(poundkey, tmp_path):
    result = poundkey("serve", "--port", "0", "--scenarios", tmp_path / "nowhere")
    assert (result.code, result.err) == (2, f"error: --scenarios {tmp_path}/nowhere is no folder\n")


# A store of somebody's own


def test_in_a_store_what_admins_do_is_written_and_told_by_the_verbs(serve, store, poundkey):
    server = serve("--tenant", store)
    assert server.post(f"{HELGA}/block", reason="Lost phone").status == 200
    assert server.upload("greetings/activation/fr?name=a.wav", wav(2), "PUT").status == 200
    assert server.put("settings/call.limit", value="2m").json["setting"]["value"] == "120s"
    said = server.stop()
    assert "helga@larkspur.example" in poundkey("blocked", "--tenant", store).out
    assert poundkey("greeting", "list", "--tenant", store, "--json").out.count("activation") == 1
    assert [json.loads(line)["activity"] for line in
            poundkey("log", "audit", "--tenant", store, "--json", "--since", "2025-06-01").out.splitlines()] == [
        "User blocked for MFA", "Greeting added", "Settings changed"]
    assert poundkey("tenant", "check", store).code == 0
    assert said.splitlines()[1:] == [
        f"The room is for practice: nothing of it is written into {store}; --keep does that."]


def test_what_another_program_writes_to_the_store_is_seen(serve, store, poundkey):
    server = serve("--tenant", store)
    poundkey("block", "omar@larkspur.example", "--reason", "Lost phone", "--tenant", store)
    assert server.get("users?state=blocked").json["total"] == 1


def test_tokens_of_somebody_whom_another_program_added_are_taken_and_told_so(serve, store, poundkey):
    server = serve("--tenant", store)
    assert poundkey("user", "add", "nia@larkspur.example", "--tenant", store).code == 0
    rows = ["upn,serial number,secret key,time interval,manufacturer,model",
            "nia@larkspur.example,1234567,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,30,Larkspur,Key"]
    answer = server.upload("tokens/import?name=t.csv", "\n".join(rows).encode())
    assert (answer.status, answer.json) == (200, {"imported": 1, "wrong": 0, "untold": 0, "problems": []})
    assert [(token["serial"], token["user"], token["hasKey"]) for token in server.get("tokens").json["tokens"]] == [
        ("1234567", "nia@larkspur.example", True)]


def test_nothing_of_this_machine_is_in_what_goes_wrong(serve, store):
    server = serve("--tenant", store)
    store.write_bytes(b"no store any more")
    for answer in (server.get("users"), server.get("logs/audit"), server.get("logs/audit?format=csv"),
                   server.post(f"{HELGA}/block", reason="x"), server.get("greetings")):
        assert str(store.parent) not in answer.text
        if answer.status != 200:
            assert set(answer.error) == {"id", "message", "hint"} and answer.status in (500, 503)
