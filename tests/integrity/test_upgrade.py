"""A database of before secret ballots, with polls that run: their voters go on as if nothing had happened."""

from __future__ import annotations

import hmac
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.core.evidence.checking import check
from bot.core.intents import (
    CastBallot,
    ClosePoll,
    ExportRecord,
    PressOption,
    RetractBallot,
    ShowMyBallots,
    VerifyReceipt,
)
from bot.services.keys import Keys, folder_of
from bot.storage.migrate import migrate_file
from bot.storage.scripts import load_scripts
from tests.integrity.polls import box, kept, tally
from tests.support import DAY, NOON, Table, a_desk, crowd, said, sam

OLD_RULES = {"minimum": 1, "maximum": 1, "results": "live", "reasons": True, "roles": [], "role_names": []}
OPTIONS = json.dumps([["a", "Parks"], ["b", "Buses"]])
POLLS = [
    ("openanonym", 1, "open", 0),
    ("opennamed2", 2, "open", 1),
    ("closedanon", 3, "closed", 0),
    ("closednam4", 4, "closed", 1),
]
PEOPLE = crowd(8)


def an_old_database(path: Path) -> None:
    """Schema 2 with an open and a closed poll of each sort, six ballots in each: four for a, two for b."""
    migrate_file(path, scripts=load_scripts()[:2])
    keys = Keys(folder_of(path))
    keys.create("openanonym")
    key = (folder_of(path) / "openanonym.key").read_bytes()
    with closing(sqlite3.connect(path)) as c, c:
        c.execute(
            "INSERT INTO places (place_id, platform, name, created_ms, poll_seq) VALUES ('test:town','test','T',1,4)"
        )
        for poll_id, number, state, named in POLLS:
            c.execute(
                "INSERT INTO polls (poll_id, place_id, number, kind, question, options, rules, state, named, "
                " channel_id, created_by, created_ms, opened_ms, closed_ms)"
                " VALUES (?, 'test:town', ?, 'single', 'Q?', ?, ?, ?, ?, 'square', 'm', 1, ?, ?)",
                (
                    poll_id,
                    number,
                    OPTIONS,
                    json.dumps(OLD_RULES),
                    state,
                    named,
                    NOON - DAY,
                    NOON if state == "closed" else None,
                ),
            )
            for n in range(6):
                secret = key if state == "open" else b"a key that is no more"
                voter = f"test:p{n}" if named else hmac.new(secret, f"test:p{n}".encode(), "sha256").hexdigest()
                told = (f"P{n}", NOON - DAY) if named else (None, None)
                marks = json.dumps({"a" if n < 4 else "b": 1})
                c.execute(
                    "INSERT INTO ballots (poll_id, voter, voter_name, marks, cast_ms) VALUES (?,?,?,?,?)",
                    (poll_id, voter, told[0], marks, told[1]),
                )


async def exported(table: Table, number: str) -> dict[str, object]:
    """A poll's record as JSON."""
    card = await table.card(sam, ExportRecord(number, "json"))
    return json.loads(card.files[0].data)  # type: ignore[no-any-return]


async def test_voters_of_an_open_anonymous_poll_keep_their_ballots(tmp_path: Path) -> None:
    """They see, change and take back the one ballot they have; the poll ends with a root, their receipts under it."""
    an_old_database(tmp_path / "t.db")
    async with a_desk(tmp_path) as table:
        poll = await kept(table, "openanonym")
        assert "1 · Q?: A, Parks" in said(await table.card(PEOPLE[0], ShowMyBallots()))
        await table.card(PEOPLE[0], CastBallot("1", marks="b"))
        await table.card(PEOPLE[1], RetractBallot("1"))
        await table.card(PEOPLE[6], PressOption("1", "b"))
        assert dict((await tally(table, poll)).counts) == {"a": 2, "b": 4} and len(await box(table, poll)) == 6
        receipt = said(await table.card(PEOPLE[2], VerifyReceipt("1"))).split("receipt: ")[1][:39]
        await table.card(sam, ClosePoll("1", sure=True))
        assert "Counted: a ballot with this receipt" in said(await table.card(PEOPLE[2], VerifyReceipt("1", receipt)))
        assert [finding.about for finding in check(await exported(table, "1"), receipt)][-1] == "receipt"
        assert not table.desk.keys.kept()


async def test_named_polls_and_closed_ones_read_as_before(tmp_path: Path) -> None:
    """With the same counts, and without a root that nobody posted when they closed."""
    an_old_database(tmp_path / "t.db")
    async with a_desk(tmp_path) as table:
        for poll_id, _, state, _ in POLLS:
            poll = await kept(table, poll_id)
            assert dict((await tally(table, poll)).counts) == {"a": 4, "b": 2}
            assert bool(poll.salt) == (state == "open") and poll.root is None
        await table.card(PEOPLE[0], PressOption("2", "b"))
        assert len(await box(table, await kept(table, "opennamed2"))) == 6
    assert (tmp_path / f"t.db.before-v{len(load_scripts())}").exists()
