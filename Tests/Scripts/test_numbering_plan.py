"""script/numbering-plan where the files or the packages are not what they should be."""
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NUMBERS = "Sources/VerificationCore/Numbers"


@pytest.fixture
def repository(tmp_path):
    for folder in ("script", "Tests", NUMBERS):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("script/numbering_plan.py", "Tests/requirements.txt", f"{NUMBERS}/NumberingPlanCodes.swift",
                 f"{NUMBERS}/NumberingPlanAreas.swift"):
        shutil.copy2(ROOT / file, tmp_path / file)
    return tmp_path


def run(repository, *arguments):
    return subprocess.run([sys.executable, repository / "script/numbering_plan.py", *arguments], capture_output=True,
                          text=True)


def test_a_stale_and_a_missing_file_are_named_and_written_anew(repository):
    codes, areas = (repository / NUMBERS / f"NumberingPlan{name}.swift" for name in ("Codes", "Areas"))
    codes.write_text(codes.read_text().replace('"FR", [9]', '"FR", [9, 10]'))
    areas.unlink()
    result = run(repository, "--check")
    assert result.returncode == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        f"{NUMBERS}/NumberingPlanCodes.swift", f"{NUMBERS}/NumberingPlanAreas.swift"]
    assert not areas.exists()
    assert run(repository).returncode == 0
    assert run(repository, "--check").returncode == 0
    assert areas.read_bytes() == (ROOT / NUMBERS / areas.name).read_bytes()


def test_another_version_than_the_pinned_one_is_4(repository):
    (repository / "Tests/requirements.txt").write_text("phonenumbers==1.2.3\n")
    result = run(repository, "--check")
    assert result.returncode == 4
    assert "Tests/requirements.txt pins 1.2.3: install what is pinned" in result.stderr
