"""Files to start from: each passes as it is."""
import pytest
from conftest import ROOT
from test_schema import errors, schemas  # noqa: F401

RUNS = {"voice": "run", "pin": "run", "fraud": "run", "sms": "run", "app": "run", "explore": "explore",
        "tenant": "lint"}
# Their grammar is not read yet.
TO_COME = ["matrix", "fragment"]
KINDS = {"fragment": "fragment", "tenant": "tenant", "explore": "explore"}
HOME = {"POUNDKEY_HOME": str(ROOT)}


@pytest.mark.parametrize("kind", RUNS)
def test_each_passes_as_it_is(poundkey, tmp_path, kind):
    made = poundkey("new", "my.yaml", "--kind", kind, cwd=tmp_path)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("wrote my.yaml; try: poundkey ")
    result = poundkey(RUNS[kind], "my.yaml", cwd=tmp_path, env=HOME)
    assert result.code == 0, result
    assert poundkey("fmt", "--check", "my.yaml", cwd=tmp_path).code == 0


@pytest.mark.parametrize("kind", [*RUNS, *TO_COME])
def test_each_is_taken_by_its_schema(poundkey, schemas, kind):  # noqa: F811
    assert [error.message for error in errors(schemas, KINDS.get(kind, "scenario"),
                                              poundkey("new", "-", "--kind", kind).out)] == []


def test_the_table_above_has_all_kinds(poundkey):
    wrong = poundkey("new", "my.yaml", "--kind", "xyzzy")
    assert wrong.code == 2
    kinds = wrong.err.split("the kinds are: ")[1].splitlines()[0].rstrip("'.)").split(", ")
    assert sorted(kinds) == sorted([*RUNS, *TO_COME])


def test_the_first_line_says_where_the_schema_is(poundkey, tmp_path):
    first = "# yaml-language-server: $schema="
    made = poundkey("new", "my.yaml", cwd=tmp_path)
    assert (tmp_path / "my.yaml").read_text().startswith(f"{first}scenario.schema.json\n")
    assert "poundkey schema --write FOLDER" in made.out
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    assert poundkey("schema", "--write", "docs", cwd=tmp_path).code == 0
    assert sorted(path.name for path in (tmp_path / "docs").iterdir()) == [
        "explore.schema.json", "fragment.schema.json", "scenario.schema.json", "tenant.schema.json"]
    made = poundkey("new", "a/b/my.yaml", "--kind", "tenant", cwd=tmp_path)
    assert (tmp_path / "a/b/my.yaml").read_text().startswith(f"{first}../../docs/tenant.schema.json\n")
    assert "schema --write" not in made.out


def test_a_title_of_ones_own(poundkey, tmp_path):
    assert poundkey("new", "my.yaml", "--title", "Is it # 5: no", cwd=tmp_path).code == 0
    assert "Is it # 5: no" in poundkey("run", "my.yaml", cwd=tmp_path, env=HOME).out
    assert poundkey("new", "other.yaml", "--title", " ", cwd=tmp_path).code == 2
    assert poundkey("new", "other.yaml", "--title", "a\nb", cwd=tmp_path).code == 2


def test_no_file_is_replaced_unless_told(poundkey, tmp_path):
    (tmp_path / "my.yaml").write_text("mine")
    again = poundkey("new", "my.yaml", cwd=tmp_path)
    assert (again.code, again.err) == (4, "error: my.yaml is there already; --force replaces it\n")
    assert (tmp_path / "my.yaml").read_text() == "mine"
    assert poundkey("new", "my.yaml", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "my.yaml").read_text() == poundkey("new", "-", cwd=tmp_path).out
    assert poundkey("new", "no/where.yaml", cwd=tmp_path).code == 4


def test_schema_of_what_is_none(poundkey, tmp_path):
    assert poundkey("schema", "scenari").code == 2
    assert poundkey("schema", "--write", "nowhere", cwd=tmp_path).code == 2
