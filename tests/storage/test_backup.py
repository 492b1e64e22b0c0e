"""A backup taken in a storm is sound, and a restore never loses the old file."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.backup import run_backup, run_restore
from bot.storage import errors
from bot.storage.backup import backup, integrity, restore
from bot.storage.migrate import migrate_file
from bot.storage.port import Tx, Work
from bot.storage.sqlite.database import open_database

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
KEPT = "t.db.replaced-20260102T120000000000Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one event, `old`."""
    made = tmp_path / "live" / "t.db"
    made.parent.mkdir()
    migrate_file(made)
    add(made, "old")
    return made


def add(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO events VALUES (?, 1)", (name,))


def names(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT event_id FROM events")}


def pair(number: int) -> Work[None]:
    async def work(tx: Tx) -> None:
        await tx.run("INSERT INTO events VALUES (?, 1)", f"{number}-a")
        await tx.run("INSERT INTO events VALUES (?, 1)", f"{number}-b")

    return work


async def test_a_backup_in_a_storm_shows_one_moment(path: Path, tmp_path: Path) -> None:
    """While hundreds of pairs are written, each copy is sound and holds whole pairs only, all acknowledged ones."""
    async with await open_database(path, exclusive=True) as database:
        for turn in range(3):
            storm = [asyncio.ensure_future(database.write(pair(turn * 1000 + n))) for n in range(400)]
            await storm[0]
            copy = await asyncio.to_thread(backup, path, tmp_path / f"{turn}.db")
            await asyncio.gather(*storm)
            found = names(copy) - {"old"}
            assert {name[:-2] + "-a" for name in found} | {name[:-2] + "-b" for name in found} == found
            assert f"{turn * 1000}-a" in found and integrity(copy) == []


def test_a_backup_is_one_private_file_that_reads_anywhere(path: Path, tmp_path: Path) -> None:
    """No journal beside it, nothing unfinished left, readable by its owner alone; a folder gets a dated name."""
    folder = tmp_path / "copies"
    folder.mkdir()
    made = backup(path, folder, now=NOON)
    assert [file.name for file in folder.iterdir()] == [made.name] == ["t-20260102T120000000000Z.db"]
    assert made.read_bytes()[18] == 1 and made.stat().st_mode & 0o077 == 0
    assert names(made) == {"old"}


def test_a_backup_does_not_overwrite_by_itself(path: Path, tmp_path: Path) -> None:
    """An existing file stays unless asked by force; the database itself is never the target, not even by force."""
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(errors.BackupRefused, match="exists already"):
        backup(path, target)
    assert target.read_text() == "precious"
    assert backup(path, target, force=True) == target and names(target) == {"old"}
    with pytest.raises(errors.BackupRefused, match="the database itself"):
        backup(path, path, force=True)


def test_a_backup_of_a_damaged_database_is_not_kept(path: Path, tmp_path: Path) -> None:
    """Damage is told, and a former good backup stays as it is."""
    target = backup(path, tmp_path / "copy.db")
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 40_000)
    assert integrity(path)
    with pytest.raises((errors.BackupRefused, errors.DatabaseCorrupt)):
        backup(path, target, force=True)
    assert names(target) == {"old"} and {file.name for file in tmp_path.iterdir()} == {"copy.db", "live"}


def test_a_restore_puts_the_backup_in_place_and_keeps_the_old_file(path: Path, tmp_path: Path) -> None:
    """The backup's rows are back, the newer ones are in the kept file, and the backup itself is untouched."""
    copy = backup(path, tmp_path / "copy.db")
    add(path, "newer")
    assert restore(copy, path, now=NOON) == path.with_name(KEPT)
    assert names(path) == {"old"} == names(copy)
    assert names(path.with_name(KEPT)) == {"old", "newer"}
    assert {file.name for file in path.parent.iterdir()} == {"t.db", "t.db.lock", KEPT}


def test_a_restore_after_a_crash_does_not_replay_the_old_journal(path: Path, tmp_path: Path) -> None:
    """A journal left by a killed bot is folded into the kept file; it never touches the restored one."""
    copy = backup(path, tmp_path / "copy.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO events VALUES ('in the journal', 1)")
        crashed = {name: path.with_name(name).read_bytes() for name in ("t.db", "t.db-wal")}
    for name, content in crashed.items():
        path.with_name(name).write_bytes(content)
    restore(copy, path, now=NOON)
    assert names(path) == {"old"}
    assert names(path.with_name(KEPT)) == {"old", "in the journal"}


def test_a_restore_over_a_damaged_database_works(path: Path, tmp_path: Path) -> None:
    """That is what it is for; even the damaged file and its journal are kept."""
    copy = backup(path, tmp_path / "copy.db")
    path.write_bytes(b"garbage " * 2000)
    path.with_name("t.db-wal").write_bytes(b"more garbage")
    restore(copy, path, now=NOON)
    assert names(path) == {"old"}
    assert path.with_name(KEPT).read_bytes() == b"garbage " * 2000
    assert not path.with_name("t.db-wal").exists()


def test_a_restore_sets_aside_a_journal_whose_database_is_gone(path: Path, tmp_path: Path) -> None:
    """The journal of a lost file is kept for whoever wants to look, and is never played into the restored one."""
    copy = backup(path, tmp_path / "copy.db")
    path.unlink()
    path.with_name("t.db-wal").write_bytes(b"what is left")
    assert restore(copy, path, now=NOON) is None
    assert names(path) == {"old"} and not path.with_name("t.db-wal").exists()
    assert path.with_name(f"{KEPT}-wal").read_bytes() == b"what is left"


def test_a_restore_where_there_was_nothing(path: Path, tmp_path: Path) -> None:
    """On a new machine there is no old file to keep."""
    copy = backup(path, tmp_path / "copy.db")
    assert restore(copy, tmp_path / "new.db") is None
    assert names(tmp_path / "new.db") == {"old"}


async def test_a_restore_is_refused_while_in_use(path: Path, tmp_path: Path) -> None:
    """Under a running bot or beside an open command it is refused, and changes nothing."""
    copy = backup(path, tmp_path / "copy.db")
    add(path, "newer")
    for exclusive in (True, False):
        async with await open_database(path, exclusive=exclusive):
            with pytest.raises(errors.DatabaseInUse):
                await asyncio.to_thread(restore, copy, path)
    assert names(path) == {"old", "newer"}
    assert not list(path.parent.glob("*.replaced*")) and not list(path.parent.glob("*.incoming*"))


def spoil_nothing(copy: Path) -> None:
    copy.unlink()


def spoil_garbage(copy: Path) -> None:
    copy.write_bytes(b"garbage " * 2000)


def spoil_inside(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[8192:20000] = b"\xff" * (20000 - 8192)
    copy.write_bytes(content)


def spoil_empty(copy: Path) -> None:
    copy.write_bytes(b"")


def spoil_foreign(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def spoil_newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("INSERT INTO schema_version VALUES (999, 'future', 1)")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (spoil_nothing, errors.DatabaseMissing),
        (spoil_garbage, errors.DatabaseCorrupt),
        (spoil_inside, errors.DatabaseCorrupt),
        (spoil_empty, errors.BackupRefused),
        (spoil_foreign, errors.DatabaseForeign),
        (spoil_newer, errors.SchemaTooNew),
    ],
)
def test_a_bad_backup_is_refused_before_anything_moves(
    path: Path, tmp_path: Path, spoil: Callable[[Path], None], expected: type[errors.StorageError]
) -> None:
    """The database stays as it was, whatever is wrong with the backup."""
    copy = backup(path, tmp_path / "copy.db")
    spoil(copy)
    with pytest.raises(expected):
        restore(copy, path)
    assert names(path) == {"old"} and not list(path.parent.glob("*.replaced*"))


def test_the_commands_say_one_line(path: Path, tmp_path: Path) -> None:
    """Success goes to out with 0, a refusal to err with 1, each in one line."""
    copy, out, err = tmp_path / "copy.db", io.StringIO(), io.StringIO()
    codes = [run_backup(path, copy, out=out, err=err), run_backup(path, copy, out=out, err=err)]
    codes += [
        run_restore(copy, path, out=out, err=err),
        run_restore(tmp_path / "none.db", path, out=out, err=err),
    ]
    assert codes == [0, 1, 0, 1]
    said, refused = out.getvalue().splitlines(), err.getvalue().splitlines()
    assert [line.split()[0] for line in said] == ["Backed", "Restored"] and "kept as t.db.replaced-" in said[1]
    assert len(refused) == 2 and "--force" in refused[0] and "none.db" in refused[1]


@pytest.mark.parametrize(("spoil", "says"), [(spoil_nothing, "There is no file"), (spoil_garbage, "take another one")])
def test_a_backup_that_is_none_is_told_from_the_database(
    path: Path, tmp_path: Path, spoil: Callable[[Path], None], says: str
) -> None:
    """What is wrong with a backup isn't mended by restoring a backup, so the sentence doesn't say that."""
    copy, err = backup(path, tmp_path / "copy.db"), io.StringIO()
    spoil(copy)
    assert run_restore(copy, path, err=err) == 1
    assert says in err.getvalue() and "copy.db" in err.getvalue() and "tertulia restore" not in err.getvalue()
