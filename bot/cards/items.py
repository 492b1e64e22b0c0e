"""Takeaways and calls to action, each with a button to answer it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.pages import page, pages, turns, weight
from bot.cards.passages import titled
from bot.cards.picks import Line, pick
from bot.core import intents as i
from bot.core.article import Item, ItemKind, Pack
from bot.core.card import Action, Block, Card, Option, Pick, Small, Text
from bot.core.poll.values import Poll
from bot.i18n import Words

POLLS = 10  # open polls in the menu; the list of polls has them all
FEW = 6  # options with a button of their own, three of Discord's components each


def takeaways(t: Words, pack: Pack, part: int = 0) -> Card:
    """The article's takeaways, told as its own."""
    return _items(t, pack, ItemKind.TAKEAWAY, part, ())


def actions(t: Words, pack: Pack, part: int, polls: Sequence[Poll], moderator: bool) -> Card:
    """The calls to action, the open polls about them, and for moderators the way to one more."""
    shown = _page(t, pack, ItemKind.ACTION, part)[0]
    picks = _open_polls(t, polls) + (_start_one(t, shown) if moderator else ())
    return _items(t, pack, ItemKind.ACTION, part, picks)


def answer_label(t: Words) -> str:
    """The label of the button beside an item."""
    return t.plain("action.answer")


def _items(t: Words, pack: Pack, kind: ItemKind, part: int, picks: tuple[Pick, ...]) -> Card:
    article = pack.article(t.locale)
    shown, number, last = _page(t, pack, kind, part)
    first = article.of_kind(kind).index(shown[0]) + 1 if shown else 0
    body: tuple[Block, ...] = tuple(_option(t, pack, n, item) for n, item in enumerate(shown, first))
    return Card(
        title=t.plain(f"items.{kind}"),
        blocks=(Small(article.title), *(body or (Text(t("items.none")),))),
        actions=tuple(row for row in (_turns(t, pack, kind, number, last), _ways(t, pack, kind)) if row),
        picks=picks,
        locale=t.locale,
    )


def _page(t: Words, pack: Pack, kind: ItemKind, part: int) -> tuple[tuple[Item, ...], int, int]:
    """(the items of a page, its number, the last page's number)."""
    items = pack.article(t.locale).of_kind(kind)
    every = pages(items, lambda item: weight(item.title + item.text) + 8, most=FEW)
    number = page(part, every)
    return every[number], number, len(every) - 1


def _option(t: Words, pack: Pack, number: int, item: Item) -> Option:
    name = f"{number}. {item.title}" if item.title else f"{number}."
    answer = Action(answer_label(t), i.AnswerItems(pack.id, item.id))
    return Option(titled(name, item.text, "\n" if item.title else " "), answer)


def _turns(t: Words, pack: Pack, kind: ItemKind, number: int, last: int) -> tuple[Action, ...]:
    intent = i.ShowTakeaways if kind is ItemKind.TAKEAWAY else i.ShowActions
    return turns(t, number, last, lambda part: intent(pack.id, part))


def _ways(t: Words, pack: Pack, kind: ItemKind) -> tuple[Action, ...]:
    other = (
        Action(t.plain("action.actions"), i.ShowActions(pack.id))
        if kind is ItemKind.TAKEAWAY
        else Action(t.plain("action.takeaways"), i.ShowTakeaways(pack.id))
    )
    return (
        Action(t.plain("action.answer_all"), i.AnswerItems(pack.id, kind=kind)),
        other,
        Action(t.plain("action.proscons"), i.ShowProsCons(pack.id)),
        Action(t.plain("action.tally"), i.ShowTally(pack.id, kind)),
        Action(t.plain("action.read_on"), i.ReadSection(pack.id)),
    )


def _open_polls(t: Words, polls: Sequence[Poll]) -> tuple[Pick, ...]:
    lines = [Line(f"{poll.number} · {poll.question}", i.ShowPoll(poll.id)) for poll in polls]
    return pick(t, "items.open_polls", lines, POLLS)


def _start_one(t: Words, items: Sequence[Item]) -> tuple[Pick, ...]:
    return pick(t, "items.start_poll", [Line(item.name, i.DraftPoll(item=item.id)) for item in items])
