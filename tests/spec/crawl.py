"""Everything that can be reached: from each command on, each press of each card, each form filled in to the brim."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.core.card import Action, Card, FieldKind, Form, FormField, Option, Show
from bot.core.commands import COMMANDS
from bot.core.ctx import Actor
from bot.core.intents import (
    Attachment,
    ClosePoll,
    DiscardDraft,
    DropImport,
    EraseMyData,
    ErasePoll,
    Intent,
    PublishImport,
    RemoveArticle,
    StartPoll,
)
from tests.support import Table
from tests.worst import filled

Seen = Callable[[Actor, Intent, Show], None]

PER_VERB = 5  # answers of one verb to one person: the first few cards of a kind show what it is like
ENDS = (StartPoll, DiscardDraft, DropImport, PublishImport)  # what changes the world is left for the end
ENDS_WHEN_SURE = (ClosePoll, EraseMyData, ErasePoll, RemoveArticle)
ARTICLE = Attachment("long.md", ("# T\n\nLead.\n\n" + "## S\n\n" + "Words. " * 400 + "\n\n").encode() * 3)


@dataclass
class Crawl:
    """One person's walk over all cards. `text` is what they type wherever they can; `seen` looks at every answer."""

    table: Table
    actor: Actor
    text: str
    seen: Seen
    left: list[Intent] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)
    _counts: Counter[str] = field(default_factory=Counter)

    async def walk(self, first: Iterable[Intent]) -> None:
        """Go wherever the cards lead. What would end something is kept in `left`."""
        ahead = deque(first)
        while ahead:
            intent = ahead.popleft()
            if self._news(intent):
                ahead.extend(await self.ask(intent))

    async def ask(self, intent: Intent) -> list[Intent]:
        """Ask once; what the answer offers."""
        self._counts[intent.VERB] += 1
        show = await self.table.ask(self.actor, intent)
        self.seen(self.actor, intent, show)
        return list(offered(show.card, self.text))

    def _news(self, intent: Intent) -> bool:
        """Whether this is worth asking now."""
        if isinstance(intent, ENDS) or (isinstance(intent, ENDS_WHEN_SURE) and intent.sure):
            self.left.append(intent)
            return False
        known = repr(intent)
        fresh = known not in self._met and self._counts[intent.VERB] < PER_VERB
        self._met.add(known)
        return fresh


def commands(text: str) -> Iterator[Intent]:
    """Every command, bare."""
    for command in COMMANDS:
        yield command.intent(**command.preset)


def offered(card: Card, text: str) -> Iterator[Intent]:
    """All that a card offers to do; its form sent once with long texts and all marks, once as it stands."""
    beside = [block.action for block in card.blocks if isinstance(block, Option)]
    for action in [*beside, *(action for row in card.actions for action in row)]:
        if isinstance(action, Action) and action.intent is not None:
            yield action.intent
    for pick in card.picks:
        yield from (option.intent for option in pick.options)
    if card.form is not None:
        yield from sent(card.form, text)


def sent(form: Form, text: str) -> Iterator[Intent]:
    """The intents of a form that was filled in."""
    yield replace(form.intent, **{f.name: _brimful(f, text) for f in form.fields})
    yield replace(form.intent, **{f.name: _as_it_stands(f) for f in form.fields})


def _brimful(field: FormField, text: str) -> object:
    if field.kind is FieldKind.FILE:
        return ARTICLE
    if field.choices:
        most = 1 if field.kind is FieldKind.ONE else field.most or len(field.choices)
        return ",".join(choice.value for choice in field.choices[-most:])
    if field.name in ("closes", "until"):
        return "3 days"
    if field.name == "options":
        return " | ".join(f"{number} {filled(text, 90)}" for number in range(25))
    return filled(text, field.most or 300)


def _as_it_stands(field: FormField) -> object:
    if field.kind is FieldKind.FILE:
        return None
    return ",".join(choice.value for choice in field.choices if choice.chosen) if field.choices else field.value
