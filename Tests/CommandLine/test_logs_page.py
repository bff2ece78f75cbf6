"""docs/logs.md: its commands work in their order, and the keys are those that it tells."""
import json
import re
import subprocess

import pytest
from conftest import POUNDKEY, ROOT

PAGE = (ROOT / "docs/logs.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines() if line]
STEPS = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]
# Rows of the table of keys: (key, log).
TOLD = re.findall(r"^\| `(\w+)` \| (\w+) \|", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where all commands were run, in one shell that ends with the first that fails."""
    folder = tmp_path_factory.mktemp("logs")
    (folder / "bin").mkdir()
    (folder / "bin/poundkey").symlink_to(POUNDKEY)
    (folder / "day.yaml").write_text(STEPS)
    result = subprocess.run(["bash", "-euo", "pipefail", "-c", "\n".join(COMMANDS)], cwd=folder, capture_output=True, text=True,
                            timeout=120, env={"PATH": f"{folder}/bin:/usr/bin:/bin", "HOME": str(folder)})
    assert result.returncode == 0, result
    return folder, result.stdout


def test_the_commands_work_and_show_what_happened(folder):
    _, out = folder
    assert len(COMMANDS) > 9
    assert "written as 2.1" in out and "MFA denied; fraud code entered (500121)" in out
    assert "is the account enabled?" in out
    assert "2,2025-01-17T09:00:00Z,helga@larkspur.example,User blocked for MFA,Lost phone,omar@larkspur.example" in out


@pytest.mark.parametrize("log", ["signins", "audit", "risk", "calls", "messages"])
def test_the_keys_of_a_log_are_those_of_the_page(poundkey, folder, log):
    store = folder[0] / "larkspur.poundkey"
    header = poundkey("log", log, "--tenant", store, "--format", "csv", *(["--why"] if log == "signins" else [])).out
    told = [key for key, of in TOLD if of in ("all", log)]
    assert sorted(header.splitlines()[0].split(",")) == sorted(told)
    for line in poundkey("log", log, "--tenant", store, "--json").out.splitlines():
        assert list(json.loads(line)) == header.splitlines()[0].split(",")
