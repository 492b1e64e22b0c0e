"""The doctor sees what is wrong, says what to do, and tells a container whether the bot is well."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.doctor import run
from bot.core.ctx import Spot
from bot.core.poll.values import Poll, PollOption, State
from bot.services import heartbeat
from bot.services.keys import Keys, folder_of
from bot.storage import places, polls
from bot.storage.migrate import migrate_file
from bot.storage.port import Tx
from bot.storage.sqlite.database import open_database

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.0123456789"  # the id 123456789012345678, and nothing secret


def doctor(tmp_path: Path, *, health: bool = False, **environ: str) -> tuple[int, str]:
    """Exit code and all that was said."""
    said = io.StringIO()
    given = {"DATABASE_URL": f"sqlite:///{tmp_path / 't.db'}", "DISCORD_TOKEN": TOKEN} | environ
    code = run(given, None, health=health, out=said, err=said)
    return code, said.getvalue()


def database(tmp_path: Path) -> Path:
    """A sound database."""
    migrate_file(tmp_path / "t.db")
    return tmp_path / "t.db"


def test_a_well_one_is_all_ok(tmp_path: Path) -> None:
    """Every line begins with ok; the token itself is never said."""
    database(tmp_path)
    Keys(folder_of(tmp_path / "t.db")).create("p1")
    code, said = doctor(tmp_path)
    assert code == 0
    assert all(line.startswith(("ok ", "look    packages")) for line in said.splitlines())
    assert {"database:", "disk:", "keys:", "packs:", "Python:", "settings:", "token:"} <= set(said.split())
    assert TOKEN not in said


def test_a_first_start_is_no_trouble(tmp_path: Path) -> None:
    """Where nothing is there yet, the first start makes it."""
    code, said = doctor(tmp_path, DISCORD_TOKEN="")
    assert code == 0
    assert "not there yet" in said
    assert "look    token" in said


def garbage(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "t.db").write_bytes(b"no database at all" * 100)
    return {}


def foreign(tmp_path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(tmp_path / "t.db")) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    return {}


def newer(tmp_path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database(tmp_path), isolation_level=None)) as connection:
        connection.execute("INSERT INTO schema_version VALUES (999, 'later', 0)")
    return {}


def orphan(tmp_path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database(tmp_path), isolation_level=None)) as connection:
        connection.execute("INSERT INTO ballots (poll_id, voter, marks) VALUES ('gone', 'v', '{}')")
    return {}


def readable_keys(tmp_path: Path) -> dict[str, str]:
    Keys(folder_of(tmp_path / "t.db")).create("p1")
    folder_of(tmp_path / "t.db").chmod(0o755)
    return {}


def key_of_a_poll_that_is_over(tmp_path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database(tmp_path), isolation_level=None)) as connection:
        connection.execute("INSERT INTO places (place_id, platform, name, created_ms) VALUES ('p', 'text', 'P', 1)")
        connection.execute(
            "INSERT INTO polls (poll_id, place_id, kind, question, options, rules, state, named, channel_id,"
            " created_by, created_ms) VALUES ('p1', 'p', 'single', 'Q', '[]', '{}', 'closed', 0, 'c', 'm', 1)"
        )
    Keys(folder_of(tmp_path / "t.db")).create("p1")
    return {}


def never_rebuilt(tmp_path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database(tmp_path), isolation_level=None)) as connection:
        connection.execute("INSERT INTO timers VALUES ('rebuild', 'database:under-way', 1)")
    heartbeat.beat(tmp_path / "t.db", heartbeat.now_ms())
    return {}


def broken_pack(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "packs" / "one"
    folder.mkdir(parents=True)
    (folder / "en.yaml").write_text("language: en\n")
    return {"CONTENT_DIR": str(tmp_path / "packs")}


def no_folder(tmp_path: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{tmp_path / 'volume' / 't.db'}"}


def cut_short(tmp_path: Path) -> dict[str, str]:
    with database(tmp_path).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xaa" * 40_000)
    return {}


def bad_settings(tmp_path: Path) -> dict[str, str]:
    return {"WEB_PORT": "high", "DISCORD_TOKEN": "Bot x"}


@pytest.mark.parametrize(
    ("spoil", "about", "word"),
    [
        pytest.param(garbage, "database", "restore", id="damaged"),
        pytest.param(cut_short, "database", "backup", id="damaged inside"),
        pytest.param(foreign, "database", "t.db", id="another program's"),
        pytest.param(newer, "database", "999", id="from a newer Tertulia"),
        pytest.param(orphan, "database", "refers to nothing", id="unsound inside"),
        pytest.param(readable_keys, "keys", "chmod 700", id="keys that others can read"),
        pytest.param(key_of_a_poll_that_is_over, "keys", "p1.key", id="a key that should be gone"),
        pytest.param(never_rebuilt, "erased", "The log says why", id="what was erased is still there"),
        pytest.param(broken_pack, "packs", "tertulia check", id="a broken pack"),
        pytest.param(no_folder, "folder", "volume", id="a volume that isn't mounted"),
        pytest.param(bad_settings, "settings", "WEB_PORT", id="settings"),
    ],
)
def test_trouble_is_found(tmp_path: Path, spoil: Callable[[Path], dict[str, str]], about: str, word: str) -> None:
    """Exit code 1, and a line that names the thing and what to do."""
    code, said = doctor(tmp_path, **spoil(tmp_path))
    assert code == 1
    lines = [line for line in said.splitlines() if line.startswith(f"TROUBLE {about}")]
    assert any(word in line for line in lines), said


def test_a_place_where_nothing_may_be_made_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder is made at the first start, unless the place refuses it: here, because it is a file."""
    (tmp_path / "taken").touch()
    monkeypatch.chdir(tmp_path)
    code, said = doctor(tmp_path, DATABASE_URL="sqlite:///taken/data/t.db")
    assert code == 1
    assert "TROUBLE folder: taken/data can't be made" in said


async def _anonymous_poll(db: Path) -> None:
    async def work(tx: Tx) -> None:
        await places.ensure(tx, Spot("test", "test:town", "square", "Town"), 1)
        options = (PollOption("a", "Yes"), PollOption("b", "No"))
        await polls.add(tx, Poll("p1", "test:town", "Well?", "single", options, state=State.OPEN, number=1))

    async with await open_database(db) as opened:
        await opened.write(work)


def test_a_lost_key_is_found(tmp_path: Path) -> None:
    """An open anonymous poll without its key takes no votes: an operator should know before the voters do."""
    asyncio.run(_anonymous_poll(database(tmp_path)))
    code, said = doctor(tmp_path)
    assert code == 1
    assert "poll p1 is gone" in said
    Keys(folder_of(tmp_path / "t.db")).create("p1")
    assert doctor(tmp_path)[0] == 0


def test_a_near_miss_is_told(tmp_path: Path) -> None:
    """A setting that is nearly one of ours is worth a look, no trouble."""
    code, said = doctor(tmp_path, WEB_PROT="80")
    assert code == 0
    assert "look    settings: WEB_PROT is not a setting. Did you mean WEB_PORT?" in said


def test_health_is_quiet_when_all_is_well(tmp_path: Path) -> None:
    """Exit code 0 and not a word while a bot beats on a database that answers."""
    heartbeat.beat(database(tmp_path), heartbeat.now_ms())
    assert doctor(tmp_path, health=True) == (0, "")
    assert "is running" in doctor(tmp_path)[1]


@pytest.mark.parametrize(
    ("age_s", "well"),
    [
        pytest.param(0, True, id="just now"),
        pytest.param(59, True, id="three beats late"),
        pytest.param(61, False, id="hung"),
        pytest.param(-61, False, id="from the future"),
        pytest.param(None, False, id="never"),
    ],
)
def test_a_heartbeat_is_fresh_for_a_minute(tmp_path: Path, age_s: int | None, well: bool) -> None:
    """Older than a minute, or impossible, is no sign of life."""
    now = 1_793_534_400_000
    if age_s is not None:
        heartbeat.beat(tmp_path / "t.db", now - age_s * 1000)
    assert heartbeat.fresh(tmp_path / "t.db", now) is well


@pytest.mark.parametrize("spoil", [garbage, foreign, newer, bad_settings, no_folder])
def test_health_fails_with_a_sentence(tmp_path: Path, spoil: Callable[[Path], dict[str, str]]) -> None:
    """What is wrong stands in the container's health log."""
    heartbeat.beat(tmp_path / "t.db", heartbeat.now_ms())
    code, said = doctor(tmp_path, health=True, **spoil(tmp_path))
    assert code == 1
    assert said.strip()


def test_a_stopped_bot_is_not_healthy(tmp_path: Path) -> None:
    """A database alone is not enough."""
    database(tmp_path)
    code, said = doctor(tmp_path, health=True)
    assert code == 1
    assert "sign of life" in said


async def test_the_heart_stops_with_the_bot(tmp_path: Path) -> None:
    """The sign is there soon after the start, and taken away at the end."""
    db = tmp_path / "t.db"
    beating = asyncio.create_task(heartbeat.run(db))
    async with asyncio.timeout(10):
        while not heartbeat.fresh(db, heartbeat.now_ms()):
            await asyncio.sleep(0)
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)
    assert not list(tmp_path.iterdir())


async def test_a_disk_that_refuses_does_not_stop_the_bot(tmp_path: Path) -> None:
    """No heartbeat can be written into a folder that isn't there: the loop goes on."""
    beating = asyncio.create_task(heartbeat.run(tmp_path / "gone" / "t.db"))
    done, _ = await asyncio.wait([beating], timeout=0.05)
    assert not done
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)
