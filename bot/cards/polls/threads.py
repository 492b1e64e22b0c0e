"""What is said in a poll's thread: what it is for, and that it may be kept; how the poll ended; that it goes on."""

from __future__ import annotations

from bot.cards.polls.decided import sentence
from bot.cards.polls.wording import heading
from bot.core.card import Action, Card, Link, Small, Text
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll
from bot.core.rich import Rich, rich
from bot.core.text import one_line
from bot.i18n import Words


def title(t: Words, poll: Poll) -> str:
    """The thread's name: "3 · question"."""
    return one_line(heading(t, poll))


def erased_title(t: Words, poll: Poll) -> str:
    """Its name once the poll was erased, without the question."""
    return t.plain("thread.erased_title", number=poll.number)


def first(t: Words, poll: Poll, address: str) -> Card:
    """The first message: where to vote, and what becomes of what is said here. `address` is the board's."""
    board = _linked(t("thread.board"), address)
    return Card(
        blocks=(Text(t("thread.first", number=poll.number, board=board)), Small(t("thread.public"))), locale=t.locale
    )


def closed(t: Words, poll: Poll, outcome: Outcome) -> Card:
    """The last message: what was decided, no more than may be told, and that the thread is locked."""
    return Card(blocks=(Text(sentence(t, poll, outcome)), Small(t("thread.locked"))), locale=t.locale)


def open_again(t: Words, poll: Poll) -> Card:
    """The poll was opened again, and with it the thread."""
    return Card(blocks=(Text(t("thread.open_again", number=poll.number)),), locale=t.locale)


def erased(t: Words, poll: Poll) -> Card:
    """The poll was erased; what people said stays theirs."""
    return Card(blocks=(Text(t("thread.erased", number=poll.number)),), locale=t.locale)


def with_link(t: Words, actions: tuple[tuple[Action, ...], ...], address: str) -> tuple[tuple[Action | Link, ...], ...]:
    """A board's actions, with the way to its thread behind the last; as they are where it has none."""
    if not address:
        return actions
    *before, last = actions or ((),)
    return (*before, (*last, Link(t.plain("thread.action"), address)))


def _linked(words: str, address: str) -> Rich:
    return Rich(f"[{rich(words)}]({address})") if address else rich(words)
