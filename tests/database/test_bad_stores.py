"""Stores that cannot be used: one sentence each, and what is there stays as it is."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text
from support.decided import event

from align.database.decision_store import DecisionStore
from align.database.migrating import newest
from align.database.one_server import only_server
from align.database.opening import address_of, opened, opened_to_read
from align.errors import AlignError, InputError, MissingDependencyError, OutputError, UsageError

MORE = {"value": None, "comment": "", "texts": {}, "content": "", "where": {}}


@pytest.fixture
def kept(tmp_path):
    """A SQLite store of 300 decisions that nobody has open."""
    path = tmp_path / "review" / "decisions.sqlite"
    database = opened(path)
    DecisionStore(database).record_all(event(n, "leave", of=n, comment="why " * 50) for n in range(1, 301))
    database.close()
    assert sorted(each.name for each in path.parent.iterdir()) == ["decisions.sqlite"]
    return path


def refused(path, cause, *words):
    """Opening is refused with one sentence, for writing and for reading, and not one byte is changed."""
    before = {each.name: sha256(each.read_bytes()).digest() for each in path.parent.iterdir() if each.is_file()}
    for open_it in (opened, opened_to_read):
        with pytest.raises(AlignError) as caught:
            open_it(path)
        assert caught.value.cause == cause
        assert str(path) in caught.value.message
        assert all(word in caught.value.message for word in words)
        assert "\n" not in caught.value.message
    files = {each.name: each for each in path.parent.iterdir() if each.is_file()}
    assert {name: sha256(files[name].read_bytes()).digest() for name in before} == before


def seen(folder):
    """All files of a folder, with their contents and times."""
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}


def test_reading_leaves_nothing_behind(kept):
    """One who reads leaves no file beside the store and changes none, also beside other readers."""
    before = seen(kept.parent)
    first, second = opened_to_read(kept), opened_to_read(kept)
    for database in (first, second):
        assert DecisionStore(database).last() == 300
        with pytest.raises(AlignError):
            DecisionStore(database).record(event(301, "leave", of=301))
        database.close()
    assert seen(kept.parent) == before


def test_reading_after_a_crash_changes_nothing(kept):
    """What a program that was killed left beside the store is read, and stays as it is for the next writer."""
    database = opened(kept)
    DecisionStore(database).record(event(301, "leave", of=301))
    copy = Path(shutil.copytree(kept.parent, kept.parent.with_name("copy")))
    database.close()
    before = {name: data for name, (data, _) in seen(copy).items() if not name.endswith("-shm")}
    assert "decisions.sqlite-wal" in before
    database = opened_to_read(copy / kept.name)
    assert DecisionStore(database).last() == 301
    database.close()
    assert {name: data for name, (data, _) in seen(copy).items() if not name.endswith("-shm")} == before


def test_a_reader_and_a_writer_that_comes(kept):
    """A writer that comes while one reads loses nothing, whoever of them ends first."""
    for number, reader_first in ((301, True), (302, False)):
        reader = opened_to_read(kept)
        assert DecisionStore(reader).last() == number - 1
        writer = opened(kept)
        assert DecisionStore(writer).record(event(number, "leave", of=number)) == number
        assert DecisionStore(reader).last() == number
        for database in (reader, writer) if reader_first else (writer, reader):
            database.close()
        assert [each.name for each in kept.parent.iterdir()] == [kept.name]
    database = opened_to_read(kept)
    assert DecisionStore(database).last() == 302
    database.close()


def test_newer_version(kept):
    """A store that a newer version wrote is left as it is."""
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("UPDATE align_version SET version_num = '9999'")
        connection.commit()
    refused(kept, "newer", "newer version of this program", f"knows {newest()}")


def test_newer_version_of_postgresql(server):
    """So is one in PostgreSQL."""
    address = server.new_database()
    database = opened(address)
    with database.writing() as connection:
        connection.execute(text("UPDATE align_version SET version_num = '9999'"))
    database.close()
    for open_it in (opened, opened_to_read):
        with pytest.raises(InputError, match="newer version") as caught:
            open_it(address)
        assert "***" in caught.value.message
        assert server.password not in caught.value.message


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00", bytes(range(256)) * 40])
def test_garbage(kept, content):
    """A file that holds something else is no store, and is not overwritten."""
    kept.write_bytes(content)
    refused(kept, "damaged", "is damaged")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated(kept, share):
    """A file that was cut off is damaged."""
    os.truncate(kept, int(kept.stat().st_size * share))
    refused(kept, "damaged")


def test_overwritten_inside(kept):
    """A file in which a part was overwritten is damaged."""
    content = bytearray(kept.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    kept.write_bytes(content)
    refused(kept, "damaged")


def test_missing_beside_its_log(kept):
    """Where the log of a store is there without its file, no new store is made: the log would spoil it."""
    kept.rename(kept.with_name("decisions.sqlite-wal"))
    refused(kept, "damaged", "its log is there")


def test_folder_in_its_place(tmp_path):
    """A folder is no store."""
    (tmp_path / "decisions.sqlite").mkdir()
    refused(tmp_path / "decisions.sqlite", "damaged", "no file")


def test_other_program(kept):
    """The database of another program is not touched."""
    kept.unlink()
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")
        connection.commit()
    refused(kept, "other-program", "another program")


def test_rows_of_another_hand(kept):
    """A row that this program cannot have written is named."""
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("UPDATE events SET more = '[' WHERE number = 7")
        connection.commit()
    database = opened(kept)
    with pytest.raises(InputError, match=r"is damaged: .* \(event 7: "):
        DecisionStore(database).standing()
    database.close()


@contextmanager
def _as_nobody():
    """A block in which the process has no rights over the files of others."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_read_only_folder(kept):
    """In a folder that cannot be written the decisions are read, and writing is refused when the store is opened."""
    folder = Path(tempfile.mkdtemp())
    try:
        path = Path(shutil.copytree(kept.parent, folder / "review")) / kept.name
        path.chmod(0o444)
        for each in (path.parent, folder):
            each.chmod(0o555)
        with _as_nobody():
            database = opened_to_read(path)
            assert DecisionStore(database).last() == 300
            database.close()
            with pytest.raises(OutputError, match="cannot be written: allow writing") as caught:
                opened(path)
            assert caught.value.cause == "unwritable"
            with pytest.raises(OutputError, match="cannot be written: allow writing"):
                opened(folder / "other" / "decisions.sqlite")
    finally:
        for each in (folder, folder / "review"):
            each.chmod(0o755)
        shutil.rmtree(folder)


def _fill(store: DecisionStore) -> int:
    """Decide until the disk is full; the number of decisions that were acknowledged."""
    for number in range(1, 10_000):
        try:
            store.record(event(number, "leave", of=number, comment="x" * 9_000))
        except OutputError as error:
            if error.cause == "disk-full" and "make room" in error.message:
                return number - 1
            raise
    raise AssertionError("the disk is not full")


def test_full(tmp_path):
    """Where there is no more room, the decision is refused in a sentence, and all before it are kept."""
    path = tmp_path / "decisions.sqlite"
    opened(path).close()
    database = opened(path)
    with database.engine.connect() as connection:  # the one connection, which all that follows use too
        connection.exec_driver_sql("PRAGMA max_page_count = 100")
    acknowledged = _fill(DecisionStore(database))
    database.close()
    database = opened(path)
    assert DecisionStore(database).last() == acknowledged > 0
    database.close()


def test_full_disk(tmp_path):
    """So it is on a disk that is truly full, and a store that cannot be made there leaves nothing behind."""
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", tmp_path]
    if os.geteuid() != 0 or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root alone")
    try:
        path = tmp_path / "decisions.sqlite"
        database = opened(path)
        acknowledged = _fill(DecisionStore(database))
        assert DecisionStore(database).last() == acknowledged > 0
        database.close()
        with pytest.raises(OutputError, match="a disk that is full"):
            opened(tmp_path / "second.sqlite")
        assert not [each.name for each in tmp_path.iterdir() if "second" in each.name]
        database = opened_to_read(path)
        assert DecisionStore(database).last() == acknowledged
        database.close()
    finally:
        subprocess.run(["umount", "-l", tmp_path], check=True)


def test_moved(kept):
    """In a collection that was moved or renamed all decisions are there, and more can be made."""
    there = kept.parent.rename(kept.parents[1] / "another name ü %20?#") / kept.name
    database = opened(there)
    assert DecisionStore(database).record(event(301, "leave", of=301)) == 301
    database.close()


def test_link_out_of_the_collection(tmp_path):
    """A link that leads the store out of the collection is refused; a link to the collection is not."""
    collection, outside = tmp_path / "collection", tmp_path / "outside"
    collection.mkdir()
    outside.mkdir()
    assert address_of(collection) == collection / "review" / "decisions.sqlite"
    (collection / "review").symlink_to(outside)
    with pytest.raises(InputError, match="leads out of the collection") as caught:
        address_of(collection)
    assert caught.value.cause == "outside"
    assert address_of(collection, str(outside / "a.sqlite")) == outside / "a.sqlite"
    (tmp_path / "link").symlink_to(collection)
    (collection / "review").unlink()
    address_of(tmp_path / "link")


def test_second_server(store, address):
    """A second server on a store is refused while the first one runs; other programs may write."""
    second = opened(address)
    with only_server(store.database):
        with pytest.raises(OutputError, match="open in another server already") as caught, only_server(second):
            pass
        assert caught.value.cause == "served"
        DecisionStore(second).record(event(1, "leave"))
    with only_server(second):
        pass
    second.close()


def test_postgresql_that_is_not_there(server):
    """A wrong password, a wrong database and a server that does not answer are told apart; no password is shown."""
    good = server.new_database()
    for address, cause in (
        (good.replace(server.password, "wrong-word"), "refused"),
        (server.address("nowhere"), "refused"),
        (good.replace(f":{server.port}", ":9"), "unreachable"),
    ):
        with pytest.raises(AlignError) as caught:
            opened(address)
        assert caught.value.cause == cause
        assert server.password not in str(caught.value)
        assert "wrong-word" not in str(caught.value)


def test_postgresql_that_went_away(server, monkeypatch):
    """Where the server closed connections that nobody used for a while, the next decision opens a new one."""
    monkeypatch.setattr("align.database.opening.TRUSTED_S", 0.0)
    database = opened(server.new_database())
    store = DecisionStore(database)
    store.record(event(1, "leave"))
    name = database.engine.url.database
    end = f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '{name}'"
    server.run(end)
    assert store.record(event(2, "leave", of=2)) == 2
    monkeypatch.setattr("align.database.opening.TRUSTED_S", 1e9)
    server.run(end)
    with pytest.raises(OutputError, match="does not answer"):
        store.record(event(3, "leave", of=3))
    assert store.record(event(3, "leave", of=3)) == 3
    database.close()


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://a:b@c:port/d", "http://x", "://"])
def test_address(address):
    """An address that is none of ours is refused, with the form of one that is."""
    with pytest.raises(UsageError, match="postgresql://NAME") as caught:
        opened(address)
    assert caught.value.cause == "address"


def test_no_driver(monkeypatch):
    """Without the package for PostgreSQL the message says how to install it."""
    monkeypatch.setattr("align.database.opening.find_spec", lambda _: None)
    with pytest.raises(MissingDependencyError, match="pip install"):
        opened("postgresql://a:b@127.0.0.1/c")


@pytest.mark.parametrize(
    ("column", "nonsense"),
    [
        ("time", "never"), ("time", "2026-02-30T08:00:00.000Z"), ("by", ""), ("key", "spell"), ("decision", "burn"),
        ("kind", "spell"), ("event", "x"), ("more", "{"), ("more", "[]"), ("more", json.dumps(MORE | {"comment": 5})),
        ("more", json.dumps(MORE | {"value": ["x"]})), ("more", json.dumps(MORE | {"value": {"reading": "x" * 10**6}})),
        ("more", json.dumps(MORE | {"texts": 5})), ("more", json.dumps(MORE | {"content": None})),
    ],
)  # fmt: skip
def test_row_that_is_no_decision(kept, column, nonsense):
    """What another program wrote is named in a sentence of its own; who asks for it gets all other decisions."""
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute(f"UPDATE events SET {column} = ? WHERE number = 7", [nonsense])
        connection.commit()
    told: list[str] = []
    with closing(opened_to_read(kept)) as database:
        with pytest.raises(InputError, match=r"\(event 7: "):
            DecisionStore(database).standing()
        assert len(DecisionStore(database, told.append).standing()) == 299
    assert len(told) == 1
    assert told[0].startswith("Decision 7 (")
    assert "decide it again" in told[0]
    assert len(told[0]) < 800
