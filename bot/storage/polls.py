"""Polls as they are kept: drafted, opened, closed and erased by conditional updates, so that nothing happens twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from bot.core.place import Scope
from bot.core.poll.values import Edit, Poll, PollOption, Rules, State, Wording
from bot.storage.port import Row, Tx

_ALL = 1_000_000_000  # more rows than there are
COLUMNS = (
    "poll_id, place_id, number, article_id, item_id, pack_version, item_version, kind, question, options, wordings,"
    " rules, state,"
    " named, channel_id, electorate, created_by, created_ms, opened_ms, closes_ms, closed_ms, closed_by, revision,"
    " salt, root, starts_ms, edits, thread_id, whole_server"
)


async def add(tx: Tx, poll: Poll) -> None:
    """Keep a new poll."""
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    await tx.run(f"INSERT INTO polls ({COLUMNS}) VALUES ({marks})", *_values(poll))  # noqa: S608 (our own columns)


async def get(tx: Tx, poll_id: str) -> Poll | None:
    """The poll with this id, in any state."""
    row = await tx.one(f"SELECT {COLUMNS} FROM polls WHERE poll_id = ?", poll_id)  # noqa: S608
    return None if row is None else _poll(row)


async def find(tx: Tx, place_id: str, reference: str) -> Poll | None:
    """The poll that people of a place mean by its number ("3", "#3") or id; drafts only by id."""
    number = reference.strip().removeprefix("#")
    row = await tx.one(
        f"SELECT {COLUMNS} FROM polls WHERE place_id = ? AND (poll_id = ? OR number = ?)",  # noqa: S608
        place_id,
        reference.strip(),
        int(number) if number.isdecimal() and len(number) < 10 else -1,
    )
    return None if row is None else _poll(row)


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll by what it asks, in all its languages, its place's first. `number` is None for a draft."""

    id: str
    number: int | None
    state: State
    channel: str
    whole_server: bool
    named: bool
    questions: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The number and the question in the place's language."""
        return f"{self.number} · {self.questions[0]}"


async def questions(tx: Tx, scope: Scope, *states: State) -> list[Asked]:
    """What all polls of a scope in these states ask, newest first: much less than the polls themselves."""
    wanted, (condition, values) = ", ".join("?" * len(states)), within(scope)
    rows = await tx.all(
        "SELECT poll_id, number, state, channel_id, whole_server, named, question, wordings FROM polls"  # noqa: S608
        f" WHERE {condition} AND state IN ({wanted}) ORDER BY number DESC, created_ms DESC, poll_id",
        *values,
        *states,
    )
    return [
        Asked(row[0], row[1], State(row[2]), row[3], bool(row[4]), bool(row[5]), (row[6], *_asked_in(row[7])))
        for row in rows
    ]


def _asked_in(wordings: str) -> list[str]:
    return [] if wordings == "{}" else [question for question, _ in json.loads(wordings).values()]


def within(scope: Scope, table: str = "polls") -> tuple[str, tuple[str, ...]]:
    """The condition that a row of `table` (a name of ours) is a poll of this scope, and its values."""
    if scope.channels is None:
        return f"{table}.place_id = ?", (scope.place,)
    channels = ", ".join("?" * len(scope.channels)) or "NULL"
    visible = f"({table}.whole_server = 1 OR {table}.channel_id IN ({channels}))"
    return f"{table}.place_id = ? AND {visible}", (scope.place, *sorted(scope.channels))


async def of_place(tx: Tx, scope: Scope, *states: State) -> list[Poll]:
    """All polls of a scope in these states, newest first."""
    return await page(tx, scope, *states, limit=_ALL)


async def page(tx: Tx, scope: Scope, *states: State, limit: int, skip: int = 0) -> list[Poll]:
    """At most `limit` polls of a scope in these states, newest first, without the `skip` newest."""
    wanted, (condition, values) = ", ".join("?" * len(states)), within(scope)
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM polls WHERE {condition} AND state IN ({wanted})"  # noqa: S608
        " ORDER BY number DESC, created_ms DESC, poll_id LIMIT ? OFFSET ?",
        *values,
        *states,
        limit,
        skip,
    )
    return [_poll(row) for row in rows]


async def scheduled(tx: Tx, scope: Scope) -> list[Poll]:
    """The drafts of a scope that start by themselves, the next first."""
    condition, values = within(scope)
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM polls WHERE {condition} AND state = 'draft' AND starts_ms IS NOT NULL"  # noqa: S608
        " ORDER BY starts_ms, poll_id",
        *values,
    )
    return [_poll(row) for row in rows]


async def newest_draft(tx: Tx, scope: Scope, moderator: str) -> str | None:
    """The id of the newest draft of a scope that this moderator made."""
    condition, values = within(scope)
    row = await tx.one(
        f"SELECT poll_id FROM polls WHERE {condition} AND state = 'draft' AND created_by = ?"  # noqa: S608
        " ORDER BY created_ms DESC, poll_id LIMIT 1",
        *values,
        moderator,
    )
    return None if row is None else row[0]


async def about(tx: Tx, scope: Scope, article_id: str, state: State) -> list[Poll]:
    """The polls of a scope on an article's items, in one state, oldest first."""
    condition, values = within(scope)
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM polls WHERE {condition} AND article_id = ? AND state = ? ORDER BY number",  # noqa: S608
        *values,
        article_id,
        state,
    )
    return [_poll(row) for row in rows]


async def rewrite(tx: Tx, poll: Poll) -> int:
    """Put a changed draft in the place of the old one, which must still be at the revision before; how many it was."""
    return await tx.run(
        "UPDATE polls SET kind = ?, question = ?, options = ?, wordings = ?, rules = ?, named = ?, closes_ms = ?,"
        " starts_ms = ?, whole_server = ?, revision = ? WHERE poll_id = ? AND state = 'draft' AND revision = ?",
        poll.kind,
        poll.question,
        _options_json(poll),
        _wordings_json(poll),
        json.dumps(poll.rules.to_json(), ensure_ascii=False),
        int(poll.named),
        poll.closes_ms,
        poll.starts_ms,
        int(poll.whole_server),
        poll.revision,
        poll.id,
        poll.revision - 1,
    )


async def discard(tx: Tx, place_id: str, poll_id: str) -> int:
    """Throw a draft of a place away; how many it was."""
    return await tx.run("DELETE FROM polls WHERE place_id = ? AND poll_id = ? AND state = 'draft'", place_id, poll_id)


async def discard_old_drafts(tx: Tx, before_ms: int) -> int:
    """Throw drafts away that nobody opened and that don't wait for their moment; how many they were."""
    return await tx.run("DELETE FROM polls WHERE state = 'draft' AND starts_ms IS NULL AND created_ms < ?", before_ms)


async def open_(tx: Tx, poll: Poll) -> int:
    """Open a draft with the number, time, electorate and channel of `poll`; 0 if it isn't that draft any more."""
    return await tx.run(
        "UPDATE polls SET state = 'open', number = ?, opened_ms = ?, closes_ms = ?, electorate = ?, channel_id = ?,"
        " salt = ?, rules = ?, starts_ms = NULL,"
        " revision = revision + 1 WHERE poll_id = ? AND state = 'draft' AND revision = ?",
        poll.number,
        poll.opened_ms,
        poll.closes_ms,
        poll.electorate,
        poll.channel,
        poll.salt,
        json.dumps(poll.rules.to_json(), ensure_ascii=False),
        poll.id,
        poll.revision,
    )


async def publish(tx: Tx, poll_id: str, revision: int) -> int:
    """Publish an open or closed poll to the whole server; 0 if it is so already or isn't at this revision."""
    return await tx.run(
        "UPDATE polls SET whole_server = 1, revision = revision + 1"
        " WHERE poll_id = ? AND state IN ('open', 'closed') AND whole_server = 0 AND revision = ?",
        poll_id,
        revision,
    )


async def move(tx: Tx, poll_id: str, channel: str) -> None:
    """Let a poll belong to another channel of its place."""
    await tx.run("UPDATE polls SET channel_id = ? WHERE poll_id = ?", channel, poll_id)


async def close(tx: Tx, poll_id: str, at_ms: int, by: str | None) -> int:
    """Close an open poll; 0 if somebody was faster. `by` None: its deadline did it."""
    return await tx.run(
        "UPDATE polls SET state = 'closed', closed_ms = ?, closed_by = ?, revision = revision + 1"
        " WHERE poll_id = ? AND state = 'open'",
        at_ms,
        by,
        poll_id,
    )


async def reopen(tx: Tx, poll_id: str, closes_ms: int | None, salt: str) -> int:
    """Open a closed named poll again; 0 if it isn't one. Its root goes: other ballots may come.

    `salt` is for a poll of before salts were.
    """
    return await tx.run(
        "UPDATE polls SET state = 'open', closes_ms = ?, closed_ms = NULL, closed_by = NULL, root = NULL,"
        " salt = CASE WHEN salt = '' THEN ? ELSE salt END, revision = revision + 1"
        " WHERE poll_id = ? AND state = 'closed' AND named = 1",
        closes_ms,
        salt,
        poll_id,
    )


async def set_root(tx: Tx, poll_id: str, root: str) -> int:
    """Keep the root of a closed poll's ballots, once; 0 if there is one already."""
    return await tx.run(
        "UPDATE polls SET root = ? WHERE poll_id = ? AND state = 'closed' AND root IS NULL", root, poll_id
    )


async def rootless(tx: Tx) -> list[str]:
    """Closed polls that have a salt, and so are promised a root, but none yet."""
    rows = await tx.all("SELECT poll_id FROM polls WHERE state = 'closed' AND root IS NULL AND salt <> ''")
    return [row[0] for row in rows]


async def reword(tx: Tx, poll: Poll) -> int:
    """Give an open poll other words or more options, and note the edit; 0 if it isn't at the revision before."""
    return await tx.run(
        "UPDATE polls SET question = ?, options = ?, wordings = ?, rules = ?, edits = ?, revision = ?"
        " WHERE poll_id = ? AND state = 'open' AND revision = ?",
        poll.question,
        _options_json(poll),
        _wordings_json(poll),
        json.dumps(poll.rules.to_json(), ensure_ascii=False),
        _edits_json(poll),
        poll.revision,
        poll.id,
        poll.revision - 1,
    )


async def note(tx: Tx, poll: Poll) -> None:
    """Keep the public notes of a poll."""
    await tx.run("UPDATE polls SET edits = ? WHERE poll_id = ?", _edits_json(poll), poll.id)


async def set_thread(tx: Tx, poll_id: str, thread: str) -> None:
    """Remember the thread in which a poll is discussed."""
    await tx.run("UPDATE polls SET thread_id = ? WHERE poll_id = ?", thread, poll_id)


async def extend(tx: Tx, poll_id: str, closes_ms: int | None, now_ms: int) -> int:
    """Move an open poll's deadline; 0 if it isn't open any more."""
    return await tx.run(
        "UPDATE polls SET closes_ms = ?, revision = revision + 1"
        " WHERE poll_id = ? AND state = 'open' AND (closes_ms IS NULL OR closes_ms > ?)",
        closes_ms,
        poll_id,
        now_ms,
    )


async def erase(tx: Tx, poll_id: str) -> int:
    """Leave nothing of a poll but its number and that it was erased; its ballots go too."""
    for table in ("ballots", "secret_ballots", "voted", "proposals", "pending_edits"):
        await tx.run(f"DELETE FROM {table} WHERE poll_id = ?", poll_id)  # noqa: S608 (our own names)
    return await tx.run(
        "UPDATE polls SET state = 'erased', question = '', options = '[]', wordings = '{}', edits = '[]',"
        " revision = revision + 1"
        " WHERE poll_id = ? AND state IN ('open', 'closed')",
        poll_id,
    )


async def due(tx: Tx, now_ms: int) -> list[tuple[str, int]]:
    """(poll id, deadline) of the open polls whose deadline has passed, the earliest first."""
    rows = await tx.all(
        "SELECT poll_id, closes_ms FROM polls WHERE state = 'open' AND closes_ms <= ? ORDER BY closes_ms", now_ms
    )
    return [(row[0], row[1]) for row in rows]


async def count_in(tx: Tx, scope: Scope, state: State) -> int:
    """How many polls of a scope are in this state."""
    condition, values = within(scope)
    row = await tx.one(f"SELECT COUNT(*) FROM polls WHERE {condition} AND state = ?", *values, state)  # noqa: S608
    return int(row[0]) if row else 0


async def next_deadline(tx: Tx) -> int | None:
    """The nearest deadline of an open poll, in ms since 1970."""
    row = await tx.one("SELECT MIN(closes_ms) FROM polls WHERE state = 'open'")
    return None if row is None else row[0]


async def ids_in(tx: Tx, *states: State) -> set[str]:
    """The ids of the polls in these states, of every place."""
    wanted = ", ".join("?" * len(states))
    return {row[0] for row in await tx.all(f"SELECT poll_id FROM polls WHERE state IN ({wanted})", *states)}  # noqa: S608


def _values(poll: Poll) -> tuple[object, ...]:
    return (
        poll.id, poll.place, poll.number, poll.article, poll.item, poll.pack_version, poll.item_version, poll.kind,
        poll.question, _options_json(poll), _wordings_json(poll), json.dumps(poll.rules.to_json(), ensure_ascii=False),
        poll.state,
        int(poll.named), poll.channel, poll.electorate, poll.created_by, poll.created_ms, poll.opened_ms,
        poll.closes_ms, poll.closed_ms, poll.closed_by, poll.revision,
        poll.salt, poll.root, poll.starts_ms, _edits_json(poll), poll.thread, int(poll.whole_server),
    )  # fmt: skip


def _options_json(poll: Poll) -> str:
    return json.dumps([[option.id, option.text] for option in poll.options], ensure_ascii=False)


def _wordings_json(poll: Poll) -> str:
    words = {locale: [wording.question, list(wording.options)] for locale, wording in poll.wordings.items()}
    return json.dumps(words, ensure_ascii=False)


def _edits_json(poll: Poll) -> str:
    return json.dumps([[edit.at_ms, edit.option, edit.before, edit.after] for edit in poll.edits], ensure_ascii=False)


def _edits(text: str) -> tuple[Edit, ...]:
    return () if text == "[]" else tuple(Edit(*each) for each in json.loads(text))


def _poll(row: Row) -> Poll:
    raw: list[Any] = [row[n] for n in range(29)]
    options, wordings, rules = _read(raw[9], raw[10], raw[11])
    return Poll(
        id=raw[0], place=raw[1], number=raw[2], article=raw[3], item=raw[4], pack_version=raw[5], item_version=raw[6],
        kind=raw[7], question=raw[8], options=options, wordings=wordings, rules=rules, state=State(raw[12]),
        named=bool(raw[13]),
        channel=raw[14], electorate=raw[15], created_by=raw[16], created_ms=raw[17], opened_ms=raw[18],
        closes_ms=raw[19], closed_ms=raw[20], closed_by=raw[21], revision=raw[22],
        salt=raw[23], root=raw[24], starts_ms=raw[25], edits=_edits(raw[26]), thread=raw[27],
        whole_server=bool(raw[28]),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _read(options: str, wordings: str, rules: str) -> tuple[tuple[PollOption, ...], Mapping[str, Wording], Rules]:
    """What a poll's JSON says. Remembered by the text itself: a crowd's votes all read the same poll."""
    spoken = json.loads(wordings).items()
    return (
        tuple(PollOption(*pair) for pair in json.loads(options)),
        MappingProxyType({name: Wording(question, tuple(texts)) for name, (question, texts) in spoken}),
        Rules.from_json(json.loads(rules)),
    )
