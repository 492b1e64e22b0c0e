"""What tests stand on: a real desk on a real database, real packs, pretend people, and a clock that tests wind."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import paths
from bot.content.load import load_library
from bot.content.ready import ready_polls
from bot.core.article import Pack
from bot.core.card import Action, Card, Option, Show
from bot.core.ctx import Actor, ChannelAccess, Ctx, Spot
from bot.core.intents import Intent
from bot.core.ready import ReadyPoll
from bot.core.rich import unmarked
from bot.services.desk import Desk
from bot.services.keys import Keys, folder_of
from bot.services.registry import HANDLERS
from bot.services.shelf import Shelf
from bot.services.suggestions import suggest
from bot.storage.migrate import migrate_file
from bot.storage.sqlite.database import open_database

NOON = 1_793_534_400_000  # 2026-11-01 12:00 UTC
HOUR = 3_600_000
DAY = 24 * HOUR

maria = Actor("test:maria", "María", "es", joined_ms=NOON - 90 * DAY, created_ms=NOON - 900 * DAY)
tom = Actor("test:tom", "Tom", "en", joined_ms=NOON - 90 * DAY, created_ms=NOON - 900 * DAY)
aiko = Actor("test:aiko", "Aiko", "en", joined_ms=NOON - 90 * DAY, created_ms=NOON - 900 * DAY)
sam = Actor("test:sam", "Sam", "en", manages=True, joined_ms=NOON - 90 * DAY, created_ms=NOON - 900 * DAY)
SPOT = Spot("test", "test:town", "square", "Town", "en", members=312)

_events = count(1)


@dataclass
class Clock:
    """A clock that stands until a test moves it."""

    now: int = NOON

    def __call__(self) -> int:
        return self.now


class Seeing:
    """An access to these channels; `asked_first` are known only once the platform was asked."""

    def __init__(self, *channels: str, asked_first: Collection[str] = ()) -> None:
        self.channels = frozenset(channels)
        self.asked_first = set(asked_first)
        self.asked: list[str] = []

    def can_view(self, channel: str) -> bool | None:
        return None if channel in self.asked_first else channel in self.channels

    async def ask(self, channels: Collection[str]) -> frozenset[str]:
        self.asked += channels
        return self.channels & set(channels)


@dataclass(frozen=True)
class Table:
    """A desk with a table around it: `ask` is what a person does, with an event of its own."""

    desk: Desk
    clock: Clock

    async def ask(
        self, actor: Actor, intent: Intent, spot: Spot = SPOT, event: str = "", access: ChannelAccess | None = None
    ) -> Show:
        """What the desk answers. Without an `access`, nothing is known of other channels than the spot's."""
        more = {} if access is None else {"access": access}
        return await self.desk.answer(Ctx(actor, spot, event or f"event:{next(_events)}", **more), intent)

    async def card(self, actor: Actor, intent: Intent) -> Card:
        """The card of the answer, which must not be a refusal."""
        show = await self.ask(actor, intent)
        assert not show.refused, said(show)
        return show.card


@asynccontextmanager
async def a_desk(tmp_path: Path, now: int = NOON) -> AsyncIterator[Table]:
    """A desk on a fresh database in `tmp_path`, or on the one that an earlier desk left there."""
    clock = Clock(now)
    library, ready = _library()
    if not (tmp_path / "t.db").exists():
        (tmp_path / "t.db").write_bytes(_fresh())
    async with await open_database(tmp_path / "t.db", exclusive=True) as db:
        yield Table(
            Desk(db, Shelf(library), Keys(folder_of(tmp_path / "t.db")), clock, HANDLERS, suggest, ready), clock
        )


@cache
def _library() -> tuple[Mapping[str, Pack], tuple[ReadyPoll, ...]]:
    """The packs and ready polls that ship, read once: they are values."""
    library = load_library(paths.content_dir())
    return library, ready_polls(paths.seeds_dir() / "polls.yaml", library)


@cache
def _fresh() -> bytes:
    """A database as the migrations make it, made once."""
    with TemporaryDirectory() as folder:
        migrate_file(Path(folder) / "t.db")
        return (Path(folder) / "t.db").read_bytes()


def ctx(actor: Actor, event: str = "", spot: Spot = SPOT) -> Ctx:
    """The surroundings of something that `actor` does."""
    return Ctx(actor, spot, event or f"event:{next(_events)}")


def crowd(n: int) -> list[Actor]:
    """`n` members like Tom."""
    return [replace(tom, id=f"test:p{i}", name=f"P{i}") for i in range(n)]


def said(show: Show | Card) -> str:
    """All that a card says, as bare text: to look for words in."""
    card = show.card if isinstance(show, Show) else show
    return "\n".join([unmarked(card.title), *(unmarked(text) for text in _texts(card.blocks))])


def actions(card: Card) -> list[Action]:
    """Every action of a card, those beside options too."""
    beside = [block.action for block in card.blocks if isinstance(block, Option)]
    return beside + [action for row in card.actions for action in row if isinstance(action, Action)]


def labelled(card: Card, label: str) -> Intent:
    """The intent of the action whose label begins like this."""
    found = next(action for action in actions(card) if action.label.startswith(label))
    assert found.intent is not None
    return found.intent


def _texts(value: object) -> list[str]:
    """Every string in a block, at any depth."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for part in value for text in _texts(part)]
    names = getattr(type(value), "__dataclass_fields__", {})
    return [text for name in names for text in _texts(getattr(value, name)) if name != "intent"]
