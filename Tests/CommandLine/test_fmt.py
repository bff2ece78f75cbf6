"""The one layout of files: what is written, what is only told, and what is left alone."""
import os
import subprocess

import pytest
from conftest import ROOT

LOOSE = "scenario:   'Loose'   # as it comes\nsteps:\n- signin\n-   press: '#'\n\n\n\nexpect: {result:  noAnswer}\n"
TIGHT = ('scenario: Loose       # as it comes\nsteps:\n  - signin\n  - press: "#"\n\n'
         "expect: {result: noAnswer}\n")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "loose.yaml").write_text(LOOSE)
    (tmp_path / "tight.yml").write_text(TIGHT)
    (tmp_path / "other.yaml").write_text("jobs:   {a:   b}\n")
    return tmp_path


def test_files_are_laid_out_and_named(poundkey, folder):
    result = poundkey("fmt", ".", cwd=folder)
    assert (result.code, result.out, result.err) == (0, "changed ./loose.yaml\n1 of 2 files changed\n", "")
    assert (folder / "loose.yaml").read_text() == TIGHT
    assert (folder / "other.yaml").read_text() == "jobs:   {a:   b}\n", "YAML of other kinds is nobody's business"
    assert poundkey("fmt", ".", cwd=folder).out == "0 of 2 files changed\n"


def test_a_file_that_is_named_is_laid_out_whatever_it_is(poundkey, folder):
    assert poundkey("fmt", "other.yaml", cwd=folder).code == 0
    assert (folder / "other.yaml").read_text() == "jobs: {a: b}\n"


def test_mode_and_links_stay(poundkey, folder):
    (folder / "loose.yaml").chmod(0o640)
    (folder / "link.yaml").symlink_to("loose.yaml")
    assert poundkey("fmt", "link.yaml", cwd=folder).code == 0
    assert (folder / "loose.yaml").stat().st_mode & 0o777 == 0o640
    assert (folder / "link.yaml").is_symlink() and (folder / "loose.yaml").read_text() == TIGHT
    assert sorted(path.name for path in folder.iterdir() if "part" in path.name) == []


def test_check_lists_what_would_change_and_changes_nothing(poundkey, folder):
    result = poundkey("fmt", "--check", ".", cwd=folder)
    assert (result.code, result.out) == (1, "./loose.yaml\n")
    assert (folder / "loose.yaml").read_text() == LOOSE
    assert (poundkey("fmt", "--check", "tight.yml", cwd=folder).code) == 0


def test_diff_is_what_diff_and_patch_understand(poundkey, folder):
    result = poundkey("fmt", "--diff", "loose.yaml", cwd=folder)
    assert result.code == 1
    assert (folder / "loose.yaml").read_text() == LOOSE
    subprocess.run(["patch", "-p0", "--quiet"], cwd=folder, input=result.out.encode(), check=True)
    assert (folder / "loose.yaml").read_text() == TIGHT


def test_diff_shows_no_pin(poundkey, tmp_path):
    (tmp_path / "t.yaml").write_text("tenant:   T\nusers: [{upn: a@t.example,   pin: '8362'}]\n")
    result = poundkey("fmt", "--diff", "t.yaml", cwd=tmp_path)
    assert result.code == 1 and "••••" in result.out and "8362" not in result.out


def test_standard_input_goes_to_standard_output(poundkey):
    result = poundkey("fmt", "-", input=LOOSE.encode())
    assert (result.code, result.out, result.err) == (0, TIGHT, "")
    assert poundkey("fmt", "-", "--check", input=LOOSE.encode()).out == "standard input\n"
    assert poundkey("fmt", "-", "--check", input=TIGHT.encode()).code == 0
    assert poundkey("fmt", "-", "x.yaml").code == 2


def test_line_ends_and_the_byte_order_mark_are_changes(poundkey, tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbf" + TIGHT.replace("\n", "\r\n").encode())
    assert poundkey("fmt", "--check", "x.yaml", cwd=tmp_path).code == 1
    assert poundkey("fmt", "x.yaml", cwd=tmp_path).code == 0
    assert (tmp_path / "x.yaml").read_bytes() == TIGHT.encode()


def test_what_is_no_yaml_is_told_and_the_rest_is_done(poundkey, folder):
    (folder / "broken.yaml").write_text("scenario: [\n")
    result = poundkey("fmt", ".", cwd=folder)
    assert result.code == 3
    assert "error[yaml]" in result.err and "./broken.yaml:2:1" in result.err
    assert (folder / "broken.yaml").read_text() == "scenario: [\n"
    assert (folder / "loose.yaml").read_text() == TIGHT


def test_what_it_cannot_lay_out_is_left_alone(poundkey, tmp_path):
    text = "scenario:   T\n? steps\n: [signin]\n"
    (tmp_path / "x.yaml").write_text(text)
    result = poundkey("fmt", "x.yaml", cwd=tmp_path)
    assert result.code == 4
    assert "error[not-formatted]" in result.err and "x.yaml:2:1" in result.err
    assert (tmp_path / "x.yaml").read_text() == text


def test_paths_that_are_not_there_and_folders_without_files(poundkey, tmp_path):
    assert poundkey("fmt", "nowhere", cwd=tmp_path).code == 2
    assert poundkey("fmt", cwd=tmp_path).code == 2
    nothing = poundkey("fmt", ".", cwd=tmp_path)
    assert nothing.code == 5 and '"fragment:"' in nothing.err


def test_a_file_that_may_not_be_written_stays(poundkey, as_nobody, tmp_path):
    path = tmp_path / "loose.yaml"
    path.write_text(LOOSE)
    path.chmod(0o444)
    result = poundkey("fmt", path, **as_nobody)
    assert result.code == 4 and "cannot be written" in result.err
    assert path.read_text() == LOOSE


def test_shipped_files_are_in_the_one_layout(poundkey):
    result = poundkey("fmt", "--check", "scenarios", cwd=ROOT)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_device_is_no_file(poundkey):
    assert poundkey("fmt", os.devnull).code == 2
