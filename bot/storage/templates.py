"""Plans of polls kept under a name, to start from again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.storage.port import Tx


async def put(tx: Tx, place_id: str, name: str, title: str, plan: Mapping[str, Any], by: str, now_ms: int) -> None:
    """Keep a plan; one of the same name gives way. `name` tells it from the others here, `title` is as it was typed."""
    await tx.run(
        "INSERT INTO templates (place_id, name, title, draft, created_by, created_ms) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (place_id, name) DO UPDATE SET title = excluded.title, draft = excluded.draft,"
        " created_by = excluded.created_by, created_ms = excluded.created_ms",
        place_id,
        name,
        title,
        json.dumps(dict(plan), ensure_ascii=False),
        by,
        now_ms,
    )


async def get(tx: Tx, place_id: str, name: str) -> dict[str, Any] | None:
    """The plan of this name."""
    row = await tx.one("SELECT draft FROM templates WHERE place_id = ? AND name = ?", place_id, name)
    return None if row is None else json.loads(row[0])


async def titles(tx: Tx, place_id: str) -> dict[str, str]:
    """What there is: name → title, by name."""
    rows = await tx.all("SELECT name, title FROM templates WHERE place_id = ? ORDER BY name", place_id)
    return {row[0]: row[1] for row in rows}


async def remove(tx: Tx, place_id: str, name: str) -> int:
    """Throw one away; how many it was."""
    return await tx.run("DELETE FROM templates WHERE place_id = ? AND name = ?", place_id, name)
