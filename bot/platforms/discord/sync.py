"""Registering the commands only when they changed: Discord limits it by the day, and a start need not wait for it."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

log = logging.getLogger("tertulia.discord")


def fingerprint(application: int, payload: list[dict[str, Any]]) -> str:
    """A hash of what would be registered, and for which application."""
    text = json.dumps([application, payload], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


async def sync(
    application: int,
    payload: list[dict[str, Any]],
    kept: Path,
    register: Callable[[list[dict[str, Any]]], Awaitable[object]],
) -> bool:
    """Register the payload unless the file `kept` says that just this was registered; whether it was sent.

    The file is written after Discord took the commands, so a start that fails half-way tries again. Delete it to
    register again. Raises what `register` raises.
    """
    wanted = fingerprint(application, payload)
    if _read(kept) == wanted:
        return False
    await register(payload)
    _write(kept, wanted)
    log.info("commands registered", extra={"count": len(payload)})
    return True


def _read(kept: Path) -> str:
    return kept.read_text("utf-8").strip() if kept.exists() else ""


def _write(kept: Path, text: str) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(text + "\n", "utf-8")
