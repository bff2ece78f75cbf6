"""The commands in docs/store.md, as they stand there."""
import re
import sqlite3
import subprocess

from stores import POUNDKEY, ROOT, START, poundkey


def test_the_commands_of_the_page_do_what_it_says(tmp_path):
    page = (ROOT / "docs/store.md").read_text(encoding="utf-8")
    first, backup, restore = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    (tmp_path / "poundkey").symlink_to(POUNDKEY)
    (tmp_path / "elsewhere").mkdir()

    def run(commands):
        commands = commands.replace("/another/place/", f"{tmp_path}/elsewhere/")
        result = subprocess.run(["bash", "-euc", f"PATH={tmp_path}:$PATH\n{commands}"], cwd=tmp_path, capture_output=True,
                                text=True, timeout=60)
        assert result.returncode == 0, result
        return result.stdout

    assert "✓ whole" in run(first)
    store = tmp_path / "larkspur.poundkey"
    block = ("block", "helga@larkspur.example", "--reason", "Lost", "--tenant", store, "--at", START)
    assert poundkey(*block).code == 0
    # In use: what is not in the file yet is in the backup.
    reader = sqlite3.connect(store)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM change").fetchone()
    assert poundkey(*block).code == 0
    assert "2 of audit" in run(backup)
    reader.close()
    assert (tmp_path / "backup.poundkey").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "elsewhere/larkspur.poundkey.key").stat().st_mode & 0o777 == 0o600
    assert poundkey(*block).code == 0
    assert "2 of audit" in run(restore)


def test_the_tables_of_the_page_are_those_of_a_store(tmp_path):
    page = (ROOT / "docs/store.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))))
    store = tmp_path / "a.poundkey"
    assert poundkey("tenant", "init", store, "--name", "Acme").code == 0
    with sqlite3.connect(store) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert there == named
