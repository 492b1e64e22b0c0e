"""Keys of anonymous polls: outside the database and its backups, and destroyed when the poll closes.

A ballot's id is HMAC-SHA256(key, voter), the mark of having voted HMAC-SHA256(key, "voted:" + voter): an unkeyed hash
of a Discord id would be guessed from the member list.

One more key, `events.key`, stays: what is kept of a platform's event is HMAC-SHA256(that key, event), since an unkeyed
hash of Discord's ids, which hold their time, would be guessed to the millisecond.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import logging
import os
import secrets
import threading
from pathlib import Path

from bot.core.ctx import EventId

log = logging.getLogger("tertulia.keys")

SIZE = 32  # bytes of a key: those of the hash
EVENTS = "events"  # the name of the key for events; a poll's is its id


def folder_of(database: Path) -> Path:
    """Where a database's keys are: its own, so that another one beside it doesn't take them for left over."""
    return database.with_name(f"{database.name}.keys")


class Keys:
    """One file a key, in a folder that only the program's user can read. The threads of storage may ask for tags."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bytes] = {}
        self._condemned: set[str] = set()  # what was to go: used no more, even while its file is still there
        self._lock = threading.Lock()

    def create(self, poll_id: str) -> None:
        """Make a poll's key, durably, before the first ballot needs it. A key that is there already stays.

        It is written whole under another name first: half a key would be no secret, a second one would split the votes.
        """
        with self._lock:
            self._condemned.discard(poll_id)
            if not self._path(poll_id).exists():
                self._make(poll_id)

    def ballot_id(self, poll_id: str, voter: str) -> str | None:
        """The id of the voter's ballot in a poll, or None when its key is gone: nobody can say whose is whose."""
        return self._signed(poll_id, voter)

    def tag(self, poll_id: str, voter: str) -> str | None:
        """The mark that the voter has voted in a poll, or None when its key is gone."""
        return self._signed(poll_id, f"voted:{voter}")

    def event(self, event: str) -> EventId:
        """What is kept of a platform's event: the same for the same event as long as the key is the same.

        Where the key can't be kept, one of this run stands in: repeated events are then known until the next start.
        """
        with self._lock:
            key = self._known.get(EVENTS) or self._read_or_make(EVENTS)
            self._known[EVENTS] = key
        return EventId(hmac.new(key, event.encode(), hashlib.sha256).hexdigest()[:32])

    def destroy(self, poll_id: str) -> None:
        """Overwrite and remove a poll's key. Does nothing when there is none.

        OSError where its file can't be removed; the program itself uses the key no more, and `kept` still names it.
        """
        with self._lock:
            self._known.pop(poll_id, None)
            self._condemned.add(poll_id)
            path = self._path(poll_id)
            if path.exists():
                with contextlib.suppress(OSError):  # one that can't be overwritten may still be removed
                    _overwrite(path)
                path.unlink()
                _keep_names(self._folder)
            self._condemned.discard(poll_id)

    def kept(self) -> tuple[str, ...]:
        """The polls that have a key, or one that could not be removed."""
        found = self._folder.glob("*.key") if self._folder.exists() else ()
        return tuple(path.stem for path in found if path.stem != EVENTS)

    def stuck(self) -> frozenset[str]:
        """The polls whose key could not be removed by this run of the program, or only by somebody else since."""
        return frozenset(self._condemned)

    def _make(self, name: str) -> bytes:
        key = secrets.token_bytes(SIZE)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f"{name}.new"
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self._path(name))
        _keep_names(self._folder)
        return key

    def _read_or_make(self, name: str) -> bytes:
        try:
            return self._read(name) or self._make(name)
        except OSError as error:
            log.error("key not kept", extra={"key": name, "error": str(error)})
            return secrets.token_bytes(SIZE)

    def _signed(self, poll_id: str, words: str) -> str | None:
        with self._lock:
            key = self._key(poll_id)
        return None if key is None else hmac.new(key, words.encode(), hashlib.sha256).hexdigest()

    def _key(self, poll_id: str) -> bytes | None:
        if poll_id in self._condemned:
            return None
        if poll_id not in self._known:
            key = self._read(poll_id)
            if key is None:
                return None
            self._known[poll_id] = key
        return self._known[poll_id]

    def _read(self, name: str) -> bytes | None:
        """A key as it is kept; None for none, for half of one, and for what is left of one that was overwritten."""
        try:
            key = self._path(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        return key if len(key) == SIZE and any(key) else None

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
