"""The articles that can be read in a place: those that come with the program, and the place's own imports."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping

from bot.content.write import pack_from_json
from bot.core.article import Pack
from bot.services.here import Here
from bot.storage import packs
from bot.storage.port import Database

# Parsed imports kept in memory. One is some 100 KiB; the version in the key keeps an old one from being served.
KEPT = 64


class Shelf:
    """Built-in packs by id, and a small memory of imported ones."""

    def __init__(self, built_in: Mapping[str, Pack]) -> None:
        self.built_in = built_in
        self._imported: OrderedDict[tuple[str, str, str], Pack] = OrderedDict()

    async def pack(self, db: Database, here: Here, article_id: str) -> Pack | None:
        """The pack with this id as it is read here, or None. A place's import comes before a built-in one."""
        versions = dict(here.imports)
        if article_id in versions:
            return await self._import(db, here.place.id, article_id, versions[article_id])
        return self.built_in.get(article_id)

    async def all(self, db: Database, here: Here) -> list[Pack]:
        """Every pack that can be read here: the place's own first."""
        own = [await self._import(db, here.place.id, *entry) for entry in here.imports]
        taken = {article for article, _ in here.imports}
        return [*own, *(pack for name, pack in self.built_in.items() if name not in taken)]

    async def _import(self, db: Database, place: str, article: str, version: str) -> Pack:
        key = (place, article, version)
        if key not in self._imported:
            kept = await db.read(lambda tx: packs.get(tx, place, article))
            if kept is None:
                raise LookupError(article)
            self._imported[key] = pack_from_json(json.loads(kept.data))
            while len(self._imported) > KEPT:
                self._imported.popitem(last=False)
        self._imported.move_to_end(key)
        return self._imported[key]
