"""A fresh console is planted once, by its pretend people, through the desk."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from bot.content.demo import Pretend, read_demo
from bot.content.problems import PackError
from bot.core.card import Show
from bot.core.ctx import Spot
from bot.core.intents import Intent, ShowTally, UseArticle
from bot.core.place import Scope
from bot.core.poll.values import State
from bot.paths import seeds_dir
from bot.services.planting import Unplanted, _Gardener, actor, plant
from bot.storage import boxes, polls, stances
from tests.support import a_desk, said

SPOT = Spot("text", "text:local", "main", "Tertulia", members=4)
DEMO = read_demo(seeds_dir() / "demo.yaml")


async def test_a_fresh_place_is_planted_once(tmp_path: Path) -> None:
    """The article is on, the polls stand as the file says; a second time nothing is done."""
    async with a_desk(tmp_path) as table:
        assert await plant(table.desk, SPOT, seeds_dir())
        assert not await plant(table.desk, SPOT, seeds_dir())
        kept = await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(SPOT.place), State.OPEN, State.CLOSED))
        counts = [await table.desk.db.read(lambda tx, p=p: boxes.of(p).count(tx, p.id)) for p in kept]
        tally = await table.ask(actor(DEMO.person("tom"), "text"), ShowTally(), SPOT)
    assert [(poll.state.value, n) for poll, n in zip(reversed(kept), reversed(counts), strict=True)] == [
        (poll.state, len(poll.ballots)) for poll in DEMO.polls
    ]
    assert "2 agree · 1 disagree" in said(tally)


class Cut(Exception):
    """The process ends here."""


@pytest.mark.parametrize("at", [1, 2, 9, 14, 15, 16, 17, 18, 20, 21])
async def test_a_planting_that_was_cut_short_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Wherever the first start was stopped, after the second the place is as if it never had been, and stays so."""
    asked = count(1)

    async def until(gardener: _Gardener, step: str, who: Pretend, intent: Intent) -> Show:
        if next(asked) > at:
            raise Cut
        return await whole(gardener, step, who, intent)

    whole = _Gardener.ask
    async with a_desk(tmp_path) as table:
        with monkeypatch.context() as patched, pytest.raises(Cut):
            patched.setattr(_Gardener, "ask", until)
            await plant(table.desk, SPOT, seeds_dir())
        assert await plant(table.desk, SPOT, seeds_dir())
        assert not await plant(table.desk, SPOT, seeds_dir())
        kept = await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(SPOT.place), *State))
        counts = [await table.desk.db.read(lambda tx, p=p: boxes.of(p).count(tx, p.id)) for p in kept]
        stands = await table.desk.db.read(lambda tx: stances.of_article(tx, SPOT.place, DEMO.article))
    told = [(poll.number, poll.state.value, n) for poll, n in zip(reversed(kept), reversed(counts), strict=True)]
    assert told == [(n, poll.state, len(poll.ballots)) for n, poll in enumerate(DEMO.polls, 1)]
    assert len(stands) == len(DEMO.stances)


async def test_each_place_is_planted_by_its_own_people(tmp_path: Path) -> None:
    """The web's María isn't the terminal's: their ids begin with the platform."""
    web = Spot("web", "web:local", "main", "Tertulia", members=4)
    async with a_desk(tmp_path) as table:
        assert await plant(table.desk, SPOT, seeds_dir())
        assert await plant(table.desk, web, seeds_dir())
    assert actor(DEMO.person("maria"), "web").id == "web:maria"


async def test_a_place_where_somebody_moderated_is_left_alone(tmp_path: Path) -> None:
    """Planting is for the first start, not for putting back what was taken away."""
    async with a_desk(tmp_path) as table:
        sam = actor(DEMO.moderator, "text")
        assert not (await table.ask(sam, UseArticle("weekend-main-street"), SPOT)).refused
        assert not await plant(table.desk, SPOT, seeds_dir())
        kept = await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(SPOT.place), State.OPEN, State.CLOSED))
    assert not kept


async def test_seeds_that_name_what_is_not_there_say_so(tmp_path: Path) -> None:
    """The operator learns which step could not be done."""
    text = (seeds_dir() / "demo.yaml").read_text("utf-8").replace("item: t-leverage", "item: t-nothing")
    (tmp_path / "demo.yaml").write_text(text, "utf-8")
    async with a_desk(tmp_path) as table:
        with pytest.raises(Unplanted, match="t-nothing"):
            await plant(table.desk, SPOT, tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("member: maria", "member: marta", "nobody here is called “marta”"),
        ("stance: pass", "stance: perhaps", "perhaps"),
        ("article: us-mexico-bargain", "", "article: is missing"),
        ("moderators:", "moderaters:", "unknown key"),
    ],
    ids=["stranger", "stance", "no article", "misspelt"],
)
def test_a_wrong_demo_file_is_refused_with_its_line(tmp_path: Path, before: str, after: str, problem: str) -> None:
    """As for packs: file, line, what is wrong."""
    text = (seeds_dir() / "demo.yaml").read_text("utf-8").replace(before, after, 1)
    (tmp_path / "demo.yaml").write_text(text, "utf-8")
    with pytest.raises(PackError, match=problem) as refused:
        read_demo(tmp_path / "demo.yaml")
    assert "demo.yaml:" in str(refused.value)
