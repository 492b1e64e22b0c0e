"""Public boards at the text door: printed when they are posted and whenever they change."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from bot.core.card import Card
from bot.core.ctx import Actor, Ctx, Spot
from bot.core.intents import Intent
from bot.i18n import words
from bot.platforms.text.draw import Drawing
from bot.platforms.text.prose import Prose
from bot.services.desk import Desk
from bot.services.stage import Slot

LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEPT = 20  # private cards that can still be pressed


@dataclass(slots=True)
class Board:
    """A board as it was printed last, and what can be pressed on it."""

    mark: str
    text: str
    choices: list[Intent]


class TextStage:
    """The stage of the text door. `boards` are by post; the n-th one's choices are typed as a1, a2 … b1, b2 …"""

    name = "text"
    forgets = True
    pace_s = 0.0

    def __init__(self, desk: Desk, tell: Callable[[str], None], width: int = 88) -> None:
        self.boards: dict[str, Board] = {}
        self._whispers: deque[Board] = deque(maxlen=KEPT)
        self._marks = count()
        self._desk = desk
        self._tell = tell
        self._width = width

    async def show(self, slot: Slot, card: Card) -> str:
        """Print a board; its post is its message's id."""
        known = self.boards.get(slot.post)
        self.boards[slot.post] = await self._print(slot.place, card, words(card.locale).plain("text.board"), known)
        return slot.post

    async def whisper(self, person: Actor, place: str, card: Card) -> None:
        """Print a card for one person: on this one screen it says whose it is."""
        self._whispers.append(await self._print(place, card, words(card.locale).plain("text.only", name=person.name)))

    async def _print(self, place: str, card: Card, above: str, known: Board | None = None) -> Board:
        nobody = Ctx(Actor("text:nobody", ""), Spot(self.name, place, ""), "")
        here = await self._desk.here(nobody)
        mark = known.mark if known else self._mark()
        drawing = Drawing(Prose(card.locale, here.timezone, self._desk.clock(), self._width), mark)
        text = drawing.card(card)
        self._tell(f"{above}\n{text}")
        return Board(mark, text, drawing.choices)

    def pressed(self, typed: str) -> Intent | None:
        """The intent of a board's choice such as "a2"; None if there is none."""
        for board in (*self.boards.values(), *self._whispers):
            number = typed.casefold().removeprefix(board.mark)
            if number != typed.casefold() and number.isdecimal() and 1 <= int(number[:4]) <= len(board.choices):
                return board.choices[int(number[:4]) - 1]
        return None

    def _mark(self) -> str:
        """The next letter; after z comes aa."""
        n = next(self._marks)
        return LETTERS[n % 26] * (1 + n // 26)
