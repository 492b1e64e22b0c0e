"""A rebuild leaves the rows and nothing else: no order in which they came, nothing erased, no plain text elsewhere."""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import errors
from bot.storage.backup import backup, restore
from bot.storage.migrate import migrate_file
from bot.storage.port import Tx
from bot.storage.sqlite import rebuilding, writer
from bot.storage.sqlite.connection import connect
from bot.storage.sqlite.database import open_database
from bot.storage.sqlite.rebuilding import empty_journal, rebuild

POLL = (
    "INSERT INTO polls (poll_id, place_id, kind, question, options, rules, state, named, channel_id, created_by,"
    " created_ms) VALUES ('p', 'test:town', 'single', 'Q', '[]', '{}', 'open', 0, 'c', 'm', 1)"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a secret poll."""
    made = tmp_path / "t.db"
    migrate_file(made)
    with closing(connect(made)) as connection:
        connection.execute(
            "INSERT INTO places (place_id, platform, name, created_ms) VALUES ('test:town','test','T',1)"
        )
        connection.execute(POLL)
    return made


def cast(connection: sqlite3.Connection, n: int) -> list[str]:
    """`n` ballots, one after the other, the same in every run; what each holds and no other does."""
    chance = random.Random(n)
    nonces = [chance.randbytes(16).hex() for _ in range(n)]
    connection.execute("BEGIN")
    for nonce in nonces:
        values = (chance.randbytes(32).hex(), '{"a": 1}', f"because {nonce}", chance.randbytes(16).hex())
        connection.execute("INSERT INTO secret_ballots VALUES ('p', ?, ?, ?, ?, NULL)", values)
    connection.execute("COMMIT")
    return nonces


def places_of(tokens: list[str], path: Path) -> list[list[int]]:
    """Where each token is in the file and its journal: every place."""
    journal = path.with_name(f"{path.name}-wal")
    data = path.read_bytes() + (journal.read_bytes() if journal.exists() else b"")
    return [[found.start() for found in re.finditer(token.encode(), data)] for token in tokens]


def agreeing(tokens: list[str], path: Path) -> float:
    """Of all pairs on one page, the share whose later one lies before the earlier one."""
    where = [each[-1] for each in places_of(tokens, path)]
    pairs = [(a > b) for n, a in enumerate(where) for b in where[n + 1 :] if a // 4096 == b // 4096]
    return sum(pairs) / len(pairs)


def test_the_bytes_tell_the_order_until_the_rebuild(path: Path) -> None:
    """Before it every pair stands in the order in which it came; after it about half of them do."""
    with closing(connect(path)) as connection:
        tokens = cast(connection, 14)  # a page of them
        empty_journal(connection, path)
        assert agreeing(tokens, path) == 1
        rebuild(connection, path)
        empty_journal(connection, path)
        assert 0.3 < agreeing(tokens, path) < 0.7
        assert path.with_name("t.db-wal").stat().st_size == 0


def test_nothing_erased_is_left_and_no_second_copy(path: Path) -> None:
    """Of thousands of reasons, those of erased ballots are nowhere; the others stand where their row is, once."""
    with closing(connect(path)) as connection:
        tokens = cast(connection, 2_000)
        gone = set(random.Random(7).sample(tokens, 600))
        for token in gone:
            connection.execute("DELETE FROM secret_ballots WHERE reason = ?", (f"because {token}",))
        rebuild(connection, path)
        empty_journal(connection, path)
        counts = dict(zip(tokens, map(len, places_of(tokens, path)), strict=True))
        rows = connection.execute("SELECT COUNT(*) FROM secret_ballots").fetchone()[0]
    assert {counts[token] for token in gone} == {0}
    assert {counts[token] for token in tokens if token not in gone} == {1} and rows == 1_400


def temporary_files() -> list[str]:
    """SQLite's own among this process's open files; they have no name in any folder any more."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [name for name in (str(link.readlink()) for link in links) if "etilqs_" in name]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at its own open files, which only Linux lists")
@pytest.mark.parametrize(
    ("in_memory", "where"),
    [pytest.param(True, None, id="in memory"), pytest.param(False, "t.db.rebuilding", id="a large database")],
)
def test_no_plain_text_in_a_shared_temporary_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: bool, where: str | None
) -> None:
    """The new pages wait in memory; those of a large database in a folder of ours, which is gone afterwards."""
    if not in_memory:
        monkeypatch.setattr(rebuilding, "MOST_IN_MEMORY", 0)
    seen: set[str | None] = set()

    def look() -> int:
        folder = path.with_name("t.db.rebuilding")
        assert not folder.exists() or folder.stat().st_mode & 0o077 == 0
        seen.update(Path(name).parent.name for name in temporary_files())
        return 0

    with closing(connect(path)) as connection:
        cast(connection, 20_000)
        connection.set_progress_handler(look, 5_000)
        rebuild(connection, path)
        connection.set_progress_handler(None, 0)
    assert seen == ({where} if where else set())
    assert not path.with_name("t.db.rebuilding").exists()


def test_the_test_above_would_see_one(path: Path) -> None:
    """Left to itself, SQLite puts the new pages of a rebuild where everybody's temporary files are."""
    seen: set[str] = set()
    with closing(connect(path)) as connection:
        cast(connection, 20_000)
        connection.execute("PRAGMA temp_store = FILE")
        connection.set_progress_handler(lambda: seen.update(temporary_files()) or 0, 5_000)
        connection.execute("VACUUM")
        connection.set_progress_handler(None, 0)
    assert seen or not Path("/proc/self/fd").exists()


async def test_a_rebuild_waits_for_a_reader_and_lets_writers_go_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody reads an old snapshot, as a backup does: writes are stored meanwhile, and once it ends all is done."""
    monkeypatch.setattr(writer, "BETWEEN_S", 0.01)
    async with await open_database(path) as db:
        with closing(sqlite3.connect(path, isolation_level=None)) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT COUNT(*) FROM polls").fetchone()
            under_way = asyncio.create_task(db.rebuild())
            await db.write(add_event)
            with pytest.raises(errors.StorageUnavailable, match="old snapshot"):
                await under_way
        await db.rebuild()
        assert path.with_name("t.db-wal").stat().st_size == 0
        assert (await db.read(lambda tx: tx.one("SELECT COUNT(*) FROM events")))[0] == 1  # type: ignore[index]


async def add_event(tx: Tx) -> None:
    await tx.run("INSERT INTO events VALUES ('e', 1)")


@pytest.fixture
def copies(path: Path, tmp_path: Path) -> Iterator[tuple[list[str], list[str], dict[str, Path]]]:
    """What stands and what was erased, and each sort of copy: a backup, one restored, what the restore replaced."""
    with closing(connect(path)) as connection:
        tokens = cast(connection, 400)
        gone = tokens[::3]
        for token in gone:
            connection.execute("DELETE FROM secret_ballots WHERE reason = ?", (f"because {token}",))
        made = backup(path, tmp_path / "backup.db")
    kept = restore(made, path)
    assert kept is not None
    yield [token for token in tokens if token not in gone], gone, {"backup": made, "restored": path, "replaced": kept}


@pytest.mark.parametrize("which", ["backup", "restored", "replaced"])
def test_every_copy_is_a_rebuild(copies: tuple[list[str], list[str], dict[str, Path]], which: str) -> None:
    """Rows by their keys, each once; nothing erased; readable by their owner alone; the order of votes is not there."""
    standing, gone, files = copies
    assert {len(found) for found in places_of(gone, files[which])} == {0}
    assert {len(found) for found in places_of(standing, files[which])} == {1}
    assert 0.45 < agreeing(standing, files[which]) < 0.55
    assert files[which].stat().st_mode & 0o077 == 0


def test_a_damaged_file_is_replaced_as_it_is(path: Path, tmp_path: Path) -> None:
    """Written anew it might lack what can still be saved."""
    with closing(connect(path)) as connection:
        cast(connection, 400)
    made = backup(path, tmp_path / "backup.db")
    with path.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\xff" * 40_000)
    damaged = path.read_bytes()
    kept = restore(made, path)
    assert kept is not None and kept.read_bytes()[4096:] == damaged[4096:]
