"""Articles that a server imported: previewed first, then published, visible there only."""

from __future__ import annotations

from dataclasses import dataclass

from bot.storage.port import Tx


@dataclass(frozen=True, slots=True)
class KeptPack:
    """An imported pack as it is kept: `data` is its JSON text, `state` preview, published or removed."""

    article: str
    version: str
    state: str
    data: str


async def published(tx: Tx, place_id: str) -> list[tuple[str, str]]:
    """(article id, version) of the place's own published articles, oldest first."""
    rows = await tx.all(
        "SELECT article_id, version FROM packs WHERE place_id = ? AND state = 'published'"
        " ORDER BY added_ms, article_id",
        place_id,
    )
    return [(row[0], row[1]) for row in rows]


async def get(tx: Tx, place_id: str, article_id: str) -> KeptPack | None:
    """An imported pack in any state."""
    row = await tx.one(
        "SELECT article_id, version, state, data FROM packs WHERE place_id = ? AND article_id = ?",
        place_id,
        article_id,
    )
    return None if row is None else KeptPack(row[0], row[1], row[2], row[3])


async def put(tx: Tx, place_id: str, pack: KeptPack, added_by: str, now_ms: int) -> None:
    """Keep a pack, in the place of a preview with the same id; one that was published stays as it is."""
    await tx.run(
        "INSERT INTO packs (place_id, article_id, version, data, state, added_ms, added_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (place_id, article_id) DO UPDATE SET version = excluded.version,"
        " data = excluded.data, state = excluded.state, added_ms = excluded.added_ms, added_by = excluded.added_by"
        " WHERE packs.state = 'preview'",
        place_id,
        pack.article,
        pack.version,
        pack.data,
        pack.state,
        now_ms,
        added_by,
    )


async def set_state(tx: Tx, place_id: str, article_id: str, state: str) -> int:
    """Publish or remove; how many packs it was."""
    return await tx.run("UPDATE packs SET state = ? WHERE place_id = ? AND article_id = ?", state, place_id, article_id)


async def discard(tx: Tx, place_id: str, article_id: str) -> int:
    """Throw a preview away; how many it was."""
    return await tx.run(
        "DELETE FROM packs WHERE place_id = ? AND article_id = ? AND state = 'preview'", place_id, article_id
    )
