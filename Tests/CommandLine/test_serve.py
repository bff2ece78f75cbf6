"""What `poundkey serve` says where there is nothing to serve, or nowhere."""
import shutil
import socket

import pytest
from conftest import ROOT


def test_a_tenant_without_people_has_nobody_to_call(poundkey, tmp_path):
    poundkey("tenant", "init", "empty.poundkey", "--name", "Empty", cwd=tmp_path)
    result = poundkey("serve", "--tenant", "empty.poundkey", cwd=tmp_path)
    assert (result.code, result.err) == (1, "error: the tenant in empty.poundkey has no users yet\n")


def test_a_store_that_is_not_there(poundkey, tmp_path):
    result = poundkey("serve", "--tenant", "nothere", cwd=tmp_path)
    assert (result.code, result.err) == (
        2, "error: nothere does not exist; poundkey tenant init nothere makes a store\n")


def test_a_damaged_store_is_not_served(poundkey, store):
    with open(store, "r+b") as file:
        file.seek(4096)
        file.write(b"\x5a" * 8192)
    result = poundkey("serve", "--tenant", store)
    assert result.code == 3 and f"error: {store} is damaged: " in result.err


def test_a_home_without_pages(poundkey, tmp_path):
    (tmp_path / "greetings").mkdir()
    shutil.copy(ROOT / "greetings/manifest.json", tmp_path / "greetings")
    result = poundkey("serve", "--port", "0", env={"POUNDKEY_HOME": str(tmp_path)})
    assert (result.code, result.err) == (
        4, f"error: the pages are not here: there is no {tmp_path}/console that can be read\n")


@pytest.mark.parametrize("options, code, message", [
    (["--keep"], 2, "Error: --keep is for a store: --tenant STORE\n"),
    (["--port", "70000"], 2, "Error: --port takes 0 to 65535\n"),
    (["--scenarios", "nowhere"], 2, "error: --scenarios nowhere is no folder\n"),
    (["--listen", "192.0.2.1", "--port", "8123"], 4,
     "error: 192.0.2.1 port 8123: this machine has no such address; ip address shows those that it has\n"),
])
def test_what_cannot_be_served_is_told(poundkey, tmp_path, options, code, message):
    result = poundkey("serve", *options, cwd=tmp_path)
    assert result.code == code and result.err.startswith(message), result


def test_a_port_that_was_asked_for_and_is_taken(poundkey):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = poundkey("serve", "--port", str(port))
    assert (result.code, result.err) == (
        4, f"error: port {port} is taken; leave out --port, and the next free one is taken\n")
