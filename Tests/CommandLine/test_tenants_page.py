"""Every command of docs/tenants.md, in its order, in one folder, as a reader types them."""
import re
import shlex
import subprocess

from conftest import POUNDKEY, ROOT

PAGE = (ROOT / "docs/tenants.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines() if line]


def test_every_command_of_the_page_works_in_its_order(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/poundkey").symlink_to(POUNDKEY)
    subprocess.run(["sox", "-n", "-r", "8000", "-c", "1", "-b", "16", tmp_path / "welcome.wav", "synth", "3", "sine",
                    "300", "gain", "-12"], check=True)
    (tmp_path / "tokens.csv").write_text("upn,serial number,secret key,time interval,manufacturer,model\n"
                                         "helga@larkspur.example,1001,JBSWY3DPEHPK3PXP,60,Acme,K2\n")
    # One shell, which stops at the first command that fails and says which it was.
    script = "set -euo pipefail\n" + "\n".join(f"echo {shlex.quote('$ ' + line)}\n{line}" for line in COMMANDS)
    result = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120,
                            env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "HOME": str(tmp_path)})
    assert result.returncode == 0, result.stdout[-500:] + result.stderr[-500:]
    assert len(COMMANDS) > 50
    last = result.stdout.split("$ poundkey blocked --at 2025-04-1")
    assert "helga@larkspur.example" in last[1] and "helga@larkspur.example" not in last[2]
