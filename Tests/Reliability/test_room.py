"""No room, and no right to write."""
import os
import shutil
import subprocess

import pytest
from stores import LOAD, POUNDKEY, START, assert_whole, check, load, new_store, poundkey, query

BLOCK = ("block", "user1@larkspur.example", "--reason", "Lost", "--at", START)


@pytest.fixture
def mounted(tmp_path):
    """Mounts, and takes away afterwards; where that is not allowed, the test says so."""
    places = []

    def mount(*arguments):
        place = tmp_path / f"mounted-{len(places)}"
        place.mkdir()
        result = subprocess.run(["mount", *arguments, str(place)], capture_output=True, text=True)
        if result.returncode != 0:
            pytest.skip(f"this machine lets nobody mount a file system here: {result.stderr.strip()}")
        places.append(place)
        return place

    yield mount
    for place in reversed(places):
        subprocess.run(["umount", str(place)], check=True)


def grown(store, **options):
    """Changes until one fails; those that were acknowledged."""
    result = load("grow", store, 1_000, **options)
    return result, [line for line in result.out.splitlines() if line.startswith("ack ")]


def fill(disk):
    with open(disk / "filler", "ab", buffering=0) as filler:
        try:
            while filler.write(bytes(4096)):
                pass
        except OSError:
            pass


def test_on_a_full_disk_nothing_is_lost_and_with_room_it_goes_on(tmp_path, mounted):
    disk = mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs")
    store = new_store(disk)
    result, acknowledged = grown(store)
    assert result.code == 4 and len(acknowledged) > 3, result
    assert result.err == f"store-load: {store} cannot be written: the disk is full; nothing was changed\n"
    blocked = 0
    for _ in range(20):
        fill(disk)
        refused = poundkey(*BLOCK, "--tenant", store)
        if refused.code:
            break
        # It found room in the log, and what it moved into the file made more.
        blocked += 1
    assert (refused.code, refused.out) == (4, ""), refused
    assert refused.err == f"error: {store} cannot be written: the disk is full; nothing was changed\n"
    assert_whole(store)
    done = "SELECT count(*) FROM event WHERE kind = 'userBlocked' AND upn = 'user1@larkspur.example'"
    assert query(store, done) == [(blocked,)]
    (disk / "filler").unlink()
    grow = "SELECT what FROM change WHERE what LIKE 'grow %' ORDER BY id"
    assert [what for (what,) in query(store, grow)] == [f"grow {index + 1}" for index in range(len(acknowledged))]
    subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
    assert poundkey(*BLOCK, "--tenant", store).code == 0
    assert_whole(store)


def test_a_file_that_may_not_grow_is_an_error_and_loses_nothing(tmp_path):
    store = new_store(tmp_path)
    result, acknowledged = grown(store, before=["prlimit", "--fsize=1000000"])
    assert result.code == 4 and len(acknowledged) > 3, result
    assert result.err.startswith(f"store-load: {store}: SQLite says \"disk I/O error"), result
    assert len(query(store, "SELECT 1 FROM change WHERE what LIKE 'grow %'")) == len(acknowledged)
    assert_whole(store)
    assert poundkey(*BLOCK, "--tenant", store).code == 0


def expect_read_and_not_written(store, run, error):
    reading = run("blocked", "--tenant", store)
    assert (reading.code, reading.out) == (0, "nobody is blocked\n"), reading
    whole = run("tenant", "check", store)
    assert whole.code == 0, whole
    writing = run(*BLOCK, "--tenant", store)
    assert (writing.code, writing.out, writing.err) == (4, "", error), writing


@pytest.fixture
def as_nobody(tmp_path):
    """Runs the program as somebody for whom rights count; the tests may run as root, for whom they do not."""
    if os.geteuid() != 0:
        return poundkey
    for folder in [tmp_path, *tmp_path.parents]:
        if str(folder) not in ("/", "/tmp"):
            folder.chmod(folder.stat().st_mode | 0o055)
    program = shutil.copy2(POUNDKEY, tmp_path / "poundkey")

    def run(*arguments):
        for path in [tmp_path, *tmp_path.rglob("*")]:
            os.chown(path, 65534, 65534)
        from stores import start
        return start(program, *arguments, user=65534, group=65534, cwd=tmp_path)

    return run


def test_a_read_only_file_and_a_read_only_folder_are_read_and_not_written(tmp_path, as_nobody):
    folder = tmp_path / "kept"
    folder.mkdir()
    store = new_store(folder)
    error = f"error: {store} cannot be written: it, or its folder, is read-only; nothing was changed\n"
    store.chmod(0o400)
    expect_read_and_not_written(store, as_nobody, error)
    for ending in ("-wal", "-shm"):
        (folder / f"{store.name}{ending}").unlink(missing_ok=True)
    store.chmod(0o600)
    folder.chmod(0o555)
    expect_read_and_not_written(store, as_nobody, error)
    folder.chmod(0o755)
    assert as_nobody(*BLOCK, "--tenant", store).code == 0


def test_a_read_only_mount_is_read_and_not_written(tmp_path, mounted):
    folder = tmp_path / "written"
    folder.mkdir()
    new_store(folder)
    place = read_only(mounted, folder)
    store = place / "larkspur.poundkey"
    expect_read_and_not_written(
        store, poundkey, f"error: {store} cannot be written: it, or its folder, is read-only; nothing was changed\n")


def read_only(mounted, folder):
    place = mounted("--bind", "-o", "ro", str(folder))
    if subprocess.run(["touch", place / "x"], capture_output=True).returncode == 0:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
    return place


def test_what_a_killed_process_left_in_the_log_is_read_on_a_read_only_mount_too(tmp_path, mounted):
    folder = tmp_path / "written"
    folder.mkdir()
    store = new_store(folder)
    process = subprocess.Popen([LOAD, "changes", store, "30", "logged"], stdout=subprocess.PIPE, text=True)
    for _ in range(5):
        process.stdout.readline()
    process.kill()
    process.communicate()
    place = read_only(mounted, folder)
    result = poundkey("blocked", "--tenant", place / store.name, "--at", START)
    # Each change blocks the same user anew; the list has the latest.
    assert result.code == 0 and int(result.out.split()[-1]) >= 5, result
    (folder / "larkspur.poundkey-shm").unlink()
    result = poundkey("blocked", "--tenant", place / store.name, "--at", START)
    assert result.code == 4, result
    assert result.err == (f"error: {place / store.name} cannot be read where it lies: a process that was ended has left changes "
                          "in the log beside it, and the folder is read-only; copy both to where they can be written\n")


def test_an_old_store_on_a_read_only_mount_says_what_to_do(tmp_path, mounted):
    folder = tmp_path / "old"
    folder.mkdir()
    assert load("fixture", folder / "old.poundkey", "records").code == 0
    place = read_only(mounted, folder)
    store = place / "old.poundkey"
    for arguments in [("blocked", "--tenant", store), ("tenant", "check", store)]:
        result = poundkey(*arguments)
        assert (result.code, result.err) == (4, (
            f"error: {store} was made by an earlier Poundkey and has to be brought to this one's form, but it, or its folder, "
            "is read-only; copy it to where it can be written, and use the copy\n")), result
    shutil.copy(store, tmp_path / "copy.poundkey")
    assert check(tmp_path / "copy.poundkey").code == 0


def test_two_that_open_an_old_store_at_once_bring_it_up_once(tmp_path):
    for number in range(5):
        store = tmp_path / f"{number}.poundkey"
        assert load("fixture", store, "events").code == 0
        processes = [subprocess.Popen([LOAD, "read", store], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
        for process in processes:
            _, error = process.communicate(timeout=30)
            assert process.returncode == 0, error
        assert_whole(store)
