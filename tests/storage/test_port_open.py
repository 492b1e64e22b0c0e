"""What can be wrong with a database at the start, each told in its own sentence with the next step."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.storage import errors
from bot.storage.scripts import load_scripts
from bot.storage.sqlite.database import open_database


@contextmanager
def nobody() -> Iterator[None]:
    """Permissions mean nothing to root, so root steps down for a moment."""
    if os.geteuid() != 0:
        yield
        return
    load_scripts()  # the checkout itself may lie in a folder of root's alone
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other users may enter (pytest's own may not be), owned by whom `nobody` becomes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
        yield folder
        folder.chmod(0o755)


def _make(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE schema_version (version INTEGER);")


def garbage(path: Path) -> None:
    path.write_bytes(b"this is a letter, not a database. " * 400)


def truncated(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE t (a); INSERT INTO t VALUES (randomblob(50000));")
    path.write_bytes(path.read_bytes()[:9000])


def overwritten(path: Path) -> None:
    _make(path)
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3000)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE schema_version (version INTEGER); INSERT INTO schema_version VALUES (999);"
        )


def read_only_file(path: Path) -> None:
    _make(path)
    path.chmod(0o444)


def read_only_folder(path: Path) -> None:
    path.parent.chmod(0o555)


def read_only_folder_with_file(path: Path) -> None:
    _make(path)
    path.chmod(0o666)
    path.parent.chmod(0o555)


def missing_folder(path: Path) -> None:
    path.parent.chmod(0o755)
    path.parent.rmdir()


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (garbage, errors.DatabaseCorrupt),
        (truncated, errors.DatabaseCorrupt),
        (overwritten, errors.DatabaseCorrupt),
        (foreign, errors.DatabaseForeign),
        (newer, errors.SchemaTooNew),
        (read_only_file, errors.DatabaseReadOnly),
        (read_only_folder, errors.DatabaseFolderUnwritable),
        (read_only_folder_with_file, errors.DatabaseFolderUnwritable),
        (missing_folder, errors.DatabaseFolderMissing),
    ],
)
@pytest.mark.parametrize("exclusive", [True, False], ids=["bot", "command"])
async def test_each_trouble_has_its_own_fact(
    place: Path, spoil: Callable[[Path], None], expected: type[errors.StorageError], exclusive: bool
) -> None:
    """Opening raises exactly this fact, and its sentence names a path or a version and ends like a sentence."""
    folder = place / "data"
    with nobody():
        folder.mkdir()
        spoil(folder / "t.db")
        with pytest.raises(errors.StorageError) as told:
            await open_database(folder / "t.db", exclusive=exclusive)
        if folder.exists():
            folder.chmod(0o755)
    assert type(told.value) is expected
    assert ("data" in str(told.value) or "999" in str(told.value)) and str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("prepare", "expected"),
    [
        pytest.param(lambda path: None, errors.DatabaseMissing, id="nothing there"),
        pytest.param(lambda path: path.touch(), errors.SchemaTooOld, id="empty"),
        pytest.param(_make, errors.SchemaTooOld, id="older"),
        pytest.param(garbage, errors.DatabaseCorrupt, id="garbage"),
    ],
)
async def test_reading_only_makes_and_changes_nothing(
    tmp_path: Path, prepare: Callable[[Path], None], expected: type[errors.StorageError]
) -> None:
    """A read-only opening refuses what it would have to make or migrate."""
    path = tmp_path / "t.db"
    prepare(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(expected):
        await open_database(path, readonly=True)
    assert (path.read_bytes() if path.exists() else None) == before


async def test_reading_only_from_a_folder_that_is_read_only(place: Path) -> None:
    """SQLite would only say it can't open the file; we say which folder and why."""
    with nobody():
        async with await open_database(place / "t.db"):
            pass
        place.chmod(0o555)
        with pytest.raises(errors.DatabaseFolderUnwritable):
            await open_database(place / "t.db", readonly=True)


async def test_a_readonly_database_refuses_to_write(tmp_path: Path) -> None:
    """`write` on a read-only opening is `DatabaseReadOnly`, before anything runs."""
    async with await open_database(tmp_path / "t.db"):
        pass
    async with await open_database(tmp_path / "t.db", readonly=True) as database:
        with pytest.raises(errors.DatabaseReadOnly):
            await database.write(lambda tx: tx.run("DELETE FROM events"))


async def test_one_bot_at_a_time(tmp_path: Path) -> None:
    """A second bot is refused by name; commands beside the bot are not; closing gives the lease back."""
    path = tmp_path / "t.db"
    async with await open_database(path, exclusive=True):
        with pytest.raises(errors.DatabaseInUse, match=f"process {os.getpid()}"):
            await open_database(path, exclusive=True)
        async with await open_database(path), await open_database(path, readonly=True):
            pass
    async with await open_database(path, exclusive=True):
        pass


async def test_a_start_that_failed_holds_nothing(tmp_path: Path) -> None:
    """After a refusal the lease is free again."""
    path = tmp_path / "t.db"
    garbage(path)
    with pytest.raises(errors.DatabaseCorrupt):
        await open_database(path, exclusive=True)
    path.unlink()
    async with await open_database(path, exclusive=True):
        pass


async def test_a_new_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Names and stances are in it, so nobody else on the machine may read it."""
    async with await open_database(tmp_path / "t.db", exclusive=True):
        for file in tmp_path.iterdir():
            assert file.stat().st_mode & 0o077 == 0, file.name


async def test_the_promises_of_the_pragmas(tmp_path: Path) -> None:
    """WAL, FULL, foreign keys and secure delete are on in the connection that writes."""
    async with await open_database(tmp_path / "t.db") as database:
        assert database._writer is not None
        ask = database._writer._connection.hop
        wanted = {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
            "busy_timeout": 5000,
        }
        for name, value in wanted.items():
            assert await ask(partial(_pragma, name)) == value, name


def _pragma(name: str, connection: sqlite3.Connection) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
