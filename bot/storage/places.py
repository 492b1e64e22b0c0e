"""Places (a Discord server, the web page): what is set there, and what its readers chose for themselves."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from bot.core.ctx import Spot
from bot.core.place import Place, PlaceSettings, Reader
from bot.storage.days import to_the_day
from bot.storage.port import Row, Tx


async def place(tx: Tx, place_id: str) -> Place:
    """The place, with nothing set if it was never seen."""
    row = await tx.one(
        "SELECT locale, timezone, article_id, settings, revision, platform_locale FROM places WHERE place_id = ?",
        place_id,
    )
    return (
        Place(place_id) if row is None else Place(place_id, row[0], row[1], row[2], _settings(row[3]), row[4], row[5])
    )


async def seen_by(tx: Tx, place_id: str, actor_id: str) -> tuple[Place, Reader | None, bool]:
    """The place, what the person chose there, and whether it has articles of its own: one look, for every click."""
    row = await tx.one(
        "SELECT p.locale, p.timezone, p.article_id, p.settings, p.revision, p.platform_locale,"
        " r.locale, r.article_id, r.section_id, r.side_first, r.seed, r.remind,"
        " EXISTS (SELECT 1 FROM packs k WHERE k.place_id = p.place_id AND k.state = 'published')"
        " FROM (SELECT ? AS place_id) h LEFT JOIN places p ON p.place_id = h.place_id"
        " LEFT JOIN readers r ON r.place_id = h.place_id AND r.actor_id = ?",
        place_id,
        actor_id,
    )
    if row is None:
        raise LookupError(place_id)  # a row of one always comes
    return _place(place_id, row), None if row[10] is None else _reader(row, 6), bool(row[12])


async def ensure(tx: Tx, spot: Spot, now_ms: int) -> None:
    """Make sure that the place has its row, under its present name and in the platform's language for it."""
    await tx.run(
        "INSERT INTO places (place_id, platform, name, created_ms, platform_locale) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (place_id) DO UPDATE SET name = excluded.name, platform_locale = excluded.platform_locale"
        " WHERE places.name <> excluded.name"
        " OR COALESCE(places.platform_locale, '') <> COALESCE(excluded.platform_locale, '')",
        spot.place,
        spot.platform,
        spot.name,
        now_ms,
        spot.locale,
    )


async def known_as(tx: Tx, place_id: str) -> tuple[str, str | None]:
    """The place's name and the platform's language for it, as they were last told."""
    row = await tx.one("SELECT name, platform_locale FROM places WHERE place_id = ?", place_id)
    return ("", None) if row is None else (row[0], row[1])


async def channels(tx: Tx, place_id: str) -> frozenset[str]:
    """The channels that polls, recurring polls and open reports of a place belong to."""
    rows = await tx.all(
        "SELECT channel_id FROM polls WHERE place_id = ? UNION SELECT channel_id FROM schedules WHERE place_id = ?"
        " UNION SELECT channel_id FROM reports WHERE place_id = ? AND state = 'open'",
        place_id,
        place_id,
        place_id,
    )
    return frozenset(row[0] for row in rows)


async def set_article(tx: Tx, place_id: str, article_id: str | None) -> None:
    """Put an article on in a place, or none."""
    await tx.run("UPDATE places SET article_id = ?, revision = revision + 1 WHERE place_id = ?", article_id, place_id)


async def set_column(tx: Tx, place_id: str, name: str, value: str | None) -> None:
    """Set the place's `locale` or `timezone`."""
    statements = {
        "locale": "UPDATE places SET locale = ?, revision = revision + 1 WHERE place_id = ?",
        "timezone": "UPDATE places SET timezone = ?, revision = revision + 1 WHERE place_id = ?",
    }
    await tx.run(statements[name], value, place_id)


async def change_settings(tx: Tx, place_id: str, **changes: Any) -> None:
    """Change some of the place's settings."""
    settings = replace((await place(tx, place_id)).settings, **changes)
    await tx.run("UPDATE places SET settings = ? WHERE place_id = ?", json.dumps(asdict(settings)), place_id)


async def next_number(tx: Tx, place_id: str) -> int:
    """The next poll number of the place: counts up, never reused."""
    row = await tx.one("UPDATE places SET poll_seq = poll_seq + 1 WHERE place_id = ? RETURNING poll_seq", place_id)
    if row is None:
        raise LookupError(place_id)
    return int(row["poll_seq"])


async def reader(tx: Tx, place_id: str, actor_id: str) -> Reader | None:
    """What the person chose here, or None if they never did anything."""
    row = await tx.one(
        "SELECT locale, article_id, section_id, side_first, seed, remind FROM readers"
        " WHERE place_id = ? AND actor_id = ?",
        place_id,
        actor_id,
    )
    return None if row is None else _reader(row, 0)


async def next_to_remind(tx: Tx, place_id: str, after: str) -> str | None:
    """The first person after `after`, in the order of their ids, who asked for reminders here."""
    row = await tx.one(
        "SELECT MIN(actor_id) FROM readers WHERE place_id = ? AND remind = 1 AND actor_id > ?", place_id, after
    )
    return None if row is None else row[0]


async def remember(tx: Tx, place_id: str, actor_id: str, reader: Reader, now_ms: int) -> None:
    """Keep what a person chose here."""
    await tx.run(
        "INSERT INTO readers (place_id, actor_id, locale, article_id, section_id, side_first, seed, remind, seen_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (place_id, actor_id) DO UPDATE SET locale = excluded.locale,"
        " article_id = excluded.article_id, section_id = excluded.section_id, side_first = excluded.side_first,"
        " seed = excluded.seed, remind = excluded.remind, seen_ms = excluded.seen_ms",
        place_id,
        actor_id,
        reader.locale,
        reader.article,
        reader.section,
        reader.side_first,
        reader.seed,
        int(reader.remind),
        to_the_day(now_ms),
    )


async def forget_reader(tx: Tx, place_id: str, actor_id: str) -> int:
    """Erase what a person chose here; how many rows went."""
    return await tx.run("DELETE FROM readers WHERE place_id = ? AND actor_id = ?", place_id, actor_id)


def _reader(row: Row, first: int) -> Reader:
    """From six columns, the first of which is at `first`."""
    locale, article, section, side_first, seed, remind = (row[first + n] for n in range(6))
    return Reader(locale, article, section, side_first, seed, bool(remind))


def _place(place_id: str, row: Row) -> Place:
    return Place(place_id, row[0], row[1], row[2], _settings(row[3]), row[4] or 0, row[5])


@lru_cache(maxsize=256)
def _settings(text: str | None) -> PlaceSettings:
    """The settings of a place from their JSON: read for every click, changed once in a while."""
    raw = json.loads(text or "{}")
    return PlaceSettings(tuple(raw.get("moderators", ())), raw.get("reports", ""), raw.get("results", "voted"))
