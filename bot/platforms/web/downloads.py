"""Files to take away: kept a while in memory under names that nobody guesses, each for the one person who asked."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass

from bot.core.card import File

KEPT = 400
KEPT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A file and the one who may fetch it; None is everybody."""

    file: File
    reader: str | None


class Downloads:
    """The newest files, at most `KEPT` of them and `KEPT_BYTES` together."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def keep(self, file: File, reader: str | None) -> str:
        """Keep a file; the name to fetch it by, the one it has when it is kept already."""
        name = self._name_of(Kept(file, reader)) or secrets.token_urlsafe(18)
        self._kept[name] = Kept(file, reader)
        self._kept.move_to_end(name)
        while len(self._kept) > 1 and (len(self._kept) > KEPT or self._bytes() > KEPT_BYTES):
            self._kept.popitem(last=False)
        return name

    def fetch(self, name: str, person: str) -> File | None:
        """The file, if it is still here and meant for this person."""
        kept = self._kept.get(name)
        return kept.file if kept and kept.reader in (None, person) else None

    def _name_of(self, wanted: Kept) -> str | None:
        return next((name for name, kept in self._kept.items() if kept == wanted), None)

    def _bytes(self) -> int:
        return sum(len(kept.file.data) for kept in self._kept.values())
