"""Keys of anonymous polls: outside the database and its backups, and destroyed when the poll closes.

A ballot's id is HMAC-SHA256(key, voter), the mark of having voted HMAC-SHA256(key, "voted:" + voter): an unkeyed hash
of a Discord id would be guessed from the member list.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import threading
from pathlib import Path

SIZE = 32  # bytes of a key: those of the hash


def folder_of(database: Path) -> Path:
    """Where a database's keys are: its own, so that another one beside it doesn't take them for left over."""
    return database.with_name(f"{database.name}.keys")


class Keys:
    """One file a key, in a folder that only the program's user can read. The threads of storage may ask for tags."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def create(self, poll_id: str) -> None:
        """Make a poll's key, durably, before the first ballot needs it. A key that is there already stays.

        It is written whole under another name first: half a key would be no secret, a second one would split the votes.
        """
        with self._lock:
            if self._path(poll_id).exists():
                return
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self._folder / f"{poll_id}.new"
            draft.unlink(missing_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(SIZE))
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self._path(poll_id))
            _keep_names(self._folder)

    def ballot_id(self, poll_id: str, voter: str) -> str | None:
        """The id of the voter's ballot in a poll, or None when its key is gone: nobody can say whose is whose."""
        return self._signed(poll_id, voter)

    def tag(self, poll_id: str, voter: str) -> str | None:
        """The mark that the voter has voted in a poll, or None when its key is gone."""
        return self._signed(poll_id, f"voted:{voter}")

    def destroy(self, poll_id: str) -> None:
        """Overwrite and remove a poll's key. Does nothing when there is none."""
        with self._lock:
            self._known.pop(poll_id, None)
            path = self._path(poll_id)
            if path.exists():
                _overwrite(path)
                path.unlink()
                _keep_names(self._folder)

    def kept(self) -> tuple[str, ...]:
        """The polls that have a key."""
        return tuple(path.stem for path in self._folder.glob("*.key")) if self._folder.exists() else ()

    def _signed(self, poll_id: str, words: str) -> str | None:
        with self._lock:
            key = self._key(poll_id)
        return None if key is None else hmac.new(key, words.encode(), hashlib.sha256).hexdigest()

    def _key(self, poll_id: str) -> bytes | None:
        if poll_id not in self._known:
            path = self._path(poll_id)
            key = path.read_bytes() if path.exists() else b""
            if len(key) != SIZE:
                return None
            self._known[poll_id] = key
        return self._known[poll_id]

    def _path(self, poll_id: str) -> Path:
        return self._folder / f"{poll_id}.key"


def _overwrite(path: Path) -> None:
    """Zeros in the key's own place, as far as the file system lets us."""
    with path.open("r+b") as file:
        file.write(bytes(SIZE))
        file.flush()
        os.fsync(file.fileno())


def _keep_names(folder: Path) -> None:
    """Make what was renamed or removed in a folder durable. Windows has no such call and needs none."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
