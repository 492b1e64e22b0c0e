"""Keys of anonymous polls: outside the database and its backups, and destroyed when the poll closes.

A voter's tag is HMAC-SHA256(key, voter): an unkeyed hash of a Discord id would be guessed from the member list.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path


class Keys:
    """One file a key, in a folder that only the program's user can read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bytes] = {}

    def create(self, poll_id: str) -> None:
        """Make a poll's key, durably, before the first ballot needs it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(poll_id)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))

    def tag(self, poll_id: str, voter: str) -> str | None:
        """The voter's tag in a poll, or None when its key is gone: nobody can say any more who voted."""
        key = self._key(poll_id)
        return None if key is None else hmac.new(key, voter.encode(), hashlib.sha256).hexdigest()

    def destroy(self, poll_id: str) -> None:
        """Overwrite and remove a poll's key. Does nothing when there is none."""
        self._known.pop(poll_id, None)
        path = self._path(poll_id)
        if path.exists():
            path.write_bytes(bytes(32))
            path.unlink()

    def kept(self) -> tuple[str, ...]:
        """The polls that have a key."""
        return tuple(path.stem for path in self._folder.glob("*.key")) if self._folder.exists() else ()

    def _key(self, poll_id: str) -> bytes | None:
        if poll_id not in self._known:
            path = self._path(poll_id)
            if not path.exists():
                return None
            self._known[poll_id] = path.read_bytes()
        return self._known[poll_id]

    def _path(self, poll_id: str) -> Path:
        return self._folder / f"{poll_id}.key"
