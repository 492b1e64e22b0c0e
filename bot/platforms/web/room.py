"""What stands in the channel, in memory: boards and lines for everybody, answers for their one reader.

Every change gets the next number, so that a page that saw everything up to a number asks only for what came after:
nothing queues up for a slow page, and a page that was away catches up by the same question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.services.bell import Bell

# What is older leaves the channel's memory (never a board): a console that runs for months stays small.
KEPT_PUBLIC = 200
KEPT_PRIVATE = 80

Body = Mapping[str, object]


class Kind(StrEnum):
    """What a message is."""

    BOARD = "board"  # a live public card, edited in place
    CARD = "card"  # an answer
    LINE = "line"  # what somebody typed
    GONE = "gone"  # taken away; stays a while so that pages learn of it


@dataclass(frozen=True, slots=True)
class Message:
    """A message as pages draw it. `reader` alone may see it, None is everybody; `source` is the one it answers."""

    id: str
    kind: Kind
    body: Body
    reader: str | None = None
    by: str = ""
    source: str = ""
    at_ms: int = 0
    seq: int = 0
    rev: int = 0

    def seen_by(self, person: str) -> bool:
        """Whether this person may see it."""
        return self.reader in (None, person)


class Room:
    """The channel. `clock` gives ms since 1970; the bell rings at every change."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self.bell = Bell()
        self._clock = clock
        self._count = 0
        self._messages: dict[str, Message] = {}

    def put(self, message: Message) -> Message:
        """Show a message, in the place of the one with its id where there is one; as it stands then.

        What answered a rewritten private card leaves with it. ValueError if the id is another reader's.
        """
        before = self._messages.get(message.id)
        if before and before.reader != message.reader:
            raise ValueError(f"{message.id} is for somebody else")
        self._count += 1
        at = before or replace(message, seq=self._count, at_ms=self._clock())
        new = replace(message, seq=at.seq, at_ms=at.at_ms, source=at.source, rev=self._count)
        self._messages[new.id] = new
        if before and before.reader:
            self._forget_answers(new.id)
        self._trim(new.reader)
        self.bell.ring()
        return new

    def take_away(self, message: Message) -> None:
        """Take a message away, with what answered it."""
        self._forget_answers(message.id)
        self.put(replace(message, kind=Kind.GONE, body={}))

    def get(self, name: str, person: str) -> Message | None:
        """The message of this id, if there is one that this person may see."""
        found = self._messages.get(name)
        return found if found and found.seen_by(person) and found.kind is not Kind.GONE else None

    def answer_to(self, source: str, person: str) -> Message | None:
        """What stands below `source` for this person alone."""
        mine = (m for m in self._messages.values() if m.reader == person and m.kind is not Kind.GONE)
        return next((m for m in mine if source and m.source == source), None)

    def since(self, person: str, rev: int) -> list[Message]:
        """What this person may see and that changed after `rev`, in the channel's order."""
        changed = (m for m in self._messages.values() if m.rev > rev and m.seen_by(person))
        return sorted((m for m in changed if rev or m.kind is not Kind.GONE), key=lambda m: m.seq)

    def _forget_answers(self, source: str) -> None:
        for answer in [m for m in self._messages.values() if m.source == source and m.kind is not Kind.GONE]:
            self.take_away(answer)

    def _trim(self, reader: str | None) -> None:
        mine = [m for m in self._messages.values() if m.reader == reader and m.kind is not Kind.BOARD]
        kept = KEPT_PRIVATE if reader else KEPT_PUBLIC
        for message in sorted(mine, key=lambda m: m.rev)[: max(0, len(mine) - kept)]:
            del self._messages[message.id]
