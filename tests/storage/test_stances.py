"""The schema keeps one stance for each person and item, and the counts are of what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.core.place import Scope
from bot.core.stance import Stance, StanceRow, tally_items
from bot.storage import stances
from bot.storage.port import Tx
from bot.storage.sqlite.database import open_database

ROW = StanceRow("a", "i1", "tom", "Tom", Stance.AGREE, "v1", "w1", 1)


async def test_counts_are_by_item_stance_and_wording(tmp_path: Path) -> None:
    """Nothing of another place or article is counted; a tally of them adds up."""

    async def work(tx: Tx) -> None:
        for n in range(5):
            await stances.put(tx, "p", replace(ROW, actor_id=f"m{n}", item_version="w0" if n < 2 else "w1"))
        await stances.put(tx, "p", replace(ROW, actor_id="d", stance=Stance.DISAGREE))
        await stances.put(tx, "elsewhere", ROW)
        await stances.put(tx, "p", replace(ROW, article_id="b"))

    async with await open_database(tmp_path / "t.db") as db:
        await db.write(work)
        counts = await db.read(lambda tx: stances.counts(tx, "p", "a"))
        assert sorted(counts) == [("i1", "agree", "w0", 2), ("i1", "agree", "w1", 3), ("i1", "disagree", "w1", 1)]
        (tally,) = tally_items(counts, {"i1": "w1"})
        assert (tally.agree, tally.disagree, tally.passed, tally.answered, tally.earlier) == (5, 1, 0, 6, 2)


async def test_nobody_took_part_yet(tmp_path: Path) -> None:
    """An untouched article counts as nothing, not as an error."""
    async with await open_database(tmp_path / "t.db") as db:
        took_part = await db.read(lambda tx: stances.participation(tx, Scope("p"), "a"))
        assert took_part == stances.Participation(0, 0, 0, 0)
        assert await db.read(lambda tx: stances.mine(tx, "p", "a", "tom")) == {}
