"""A sceptic with the whole disk and the whole member list, after the close: no ballot can be told to be anybody's."""

from __future__ import annotations

import hashlib
import hmac
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from bot.core.intents import CastBallot, PressOption, RetractBallot
from bot.storage.backup import backup
from tests.integrity.polls import kept, open_poll
from tests.services.polls.acting import close
from tests.support import Table, a_desk, crowd

PEOPLE = crowd(40)
HASHES = ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s", "sha3_256")


async def a_closed_poll(table: Table, folder: Path) -> tuple[str, bytes, str]:
    """Forty people vote, some twice, some take it back; a backup is made meanwhile. Its id, its key, its salt."""
    poll = await open_poll(table)
    for n, person in enumerate(PEOPLE):
        table.clock.now += 1000
        await table.card(person, PressOption(poll.id, "abcd"[n % 4]))
    for person in PEOPLE[::5]:
        await table.card(person, CastBallot(poll.id, marks="b"))
    for person in PEOPLE[::9]:
        await table.card(person, RetractBallot(poll.id))
    key = (folder / "t.db.keys" / f"{poll.id}.key").read_bytes()
    backup(folder / "t.db", folder / "backup.db")
    await close(table, poll)
    return poll.id, key, (await kept(table, poll.id)).salt


def disk(folder: Path) -> bytes:
    """Every byte of every file: database, journal, backup, whatever else there is."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def guesses(person: str, known: tuple[str, ...]) -> Iterator[bytes]:
    """All that somebody who knows the id, and everything that is public, may hash: each way, with each salt."""
    ids = (person, person.partition(":")[2])
    for word, salt, name in product(ids, known, HASHES):
        for text in (word, word + salt, salt + word, f"{word}:{salt}", f"{salt}:{word}", f"voted:{word}"):
            yield hashlib.new(name, text.encode()).digest()
        yield hmac.new(salt.encode(), word.encode(), name).digest()
        yield hmac.new(salt.encode(), f"voted:{word}".encode(), name).digest()


def traces(everything: bytes) -> set[bytes]:
    """Every run of 16 bytes on the disk, and every run of 32 hexadecimal signs."""
    runs = re.findall(rb"[0-9a-fA-F]{32,}", everything)
    written = {run[at : at + 32].lower() for run in runs for at in range(len(run) - 31)}
    return written | {everything[at : at + 16] for at in range(len(everything) - 15)}


async def test_no_id_on_the_disk_can_be_made_from_a_member_list(tmp_path: Path) -> None:
    """Not from database, journal or backup, by any usual hash of a person's id with anything public; nor is the key."""
    async with a_desk(tmp_path) as table:
        poll_id, key, salt = await a_closed_poll(table, tmp_path)
        before_stop = disk(tmp_path)
    for everything in (before_stop, disk(tmp_path)):
        there = traces(everything)
        assert not there & {key[:16], key.hex()[:32].encode()}
        guessed = {g for person in PEOPLE for g in guesses(person.id, ("", poll_id, salt, "test:town", "tertulia"))}
        assert not there & ({guess[:16] for guess in guessed} | {guess.hex()[:32].encode() for guess in guessed})


async def test_the_test_above_would_find_an_unkeyed_id(tmp_path: Path) -> None:
    """So that it can fail: a plain hash of a person's id in a ballot is found by it."""
    naive = hashlib.sha256(PEOPLE[3].id.encode()).hexdigest()
    (tmp_path / "t.db").write_text(naive)
    assert traces(disk(tmp_path)) & {guess.hex()[:32].encode() for guess in guesses(PEOPLE[3].id, ("",))}


async def test_with_the_key_they_could_be_linked(tmp_path: Path) -> None:
    """Which is why it is destroyed: whoever still had it would find the ballots, and nobody else can."""
    async with a_desk(tmp_path) as table:
        _, key, _ = await a_closed_poll(table, tmp_path)
        mine = hmac.new(key, PEOPLE[1].id.encode(), "sha256").hexdigest()
        assert mine.encode() in disk(tmp_path)
        assert [path.name for path in (tmp_path / "t.db.keys").iterdir()] == ["events.key"]


async def test_nothing_joins_a_ballot_to_who_has_voted(tmp_path: Path) -> None:
    """The two lists have nothing in common, no time, no row numbers, and neither is in the order of the votes.

    The list of who voted goes at the close: the one here is in the backup of before. What the bytes tell beside what
    SQL tells is looked at in tests/secrecy.
    """
    async with a_desk(tmp_path) as table:
        poll_id, key, _ = await a_closed_poll(table, tmp_path)
    with closing(sqlite3.connect(tmp_path / "backup.db")) as raw:
        tags = [row[0] for row in raw.execute("SELECT tag FROM voted WHERE poll_id = ?", (poll_id,))]
    with closing(sqlite3.connect(tmp_path / "t.db")) as raw:
        ids = [row[0] for row in raw.execute("SELECT ballot_id FROM secret_ballots WHERE poll_id = ?", (poll_id,))]
        assert raw.execute("SELECT * FROM voted").fetchall() == []
        columns = {row[1] for row in raw.execute("PRAGMA table_info(secret_ballots)")}
        for table_name in ("secret_ballots", "voted"):
            with pytest.raises(sqlite3.OperationalError):
                raw.execute(f"SELECT rowid FROM {table_name}")
    voters = [person.id for n, person in enumerate(PEOPLE) if n % 9]
    by_voter = [hmac.new(key, voter.encode(), "sha256").hexdigest() for voter in voters]
    assert columns == {"poll_id", "ballot_id", "marks", "reason", "nonce", "part"}
    assert len(ids) == len(tags) == len(voters) and not set(ids) & set(tags)
    assert ids == sorted(by_voter) != by_voter
