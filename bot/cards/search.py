"""What a search found: each passage with its words in bold and the way to it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import intents as i
from bot.core.article import Pack
from bot.core.card import Action, Card, Option, Small, Style
from bot.core.rich import Rich, bold
from bot.core.search import Hit
from bot.core.text import cut
from bot.i18n import Words

MOST = 6  # each has its button


def found(t: Words, pack: Pack, words: str, hits: Sequence[tuple[Hit, i.Intent]], total: int, complete: bool) -> Card:
    """The first passages of `total`, each with the intent that leads to it; `complete` when each has all the words."""
    title = pack.article(t.locale).title
    return Card(
        title=t.plain("search.title", words=cut(words, 60)),
        blocks=(
            Small(_count(t, total, title)),
            *([] if complete else [Small(t("search.partial"))]),
            *(_option(t, pack, hit, intent) for hit, intent in hits[:MOST]),
        ),
        actions=((Action(t.plain("action.read_on"), i.ReadSection(pack.id), Style.PLAIN),),),
        locale=t.locale,
    )


def _count(t: Words, total: int, title: str) -> Rich:
    if total <= MOST:
        return t("search.all", n=total, title=title)
    return t("search.first", n=total, shown=MOST, title=title)


def _option(t: Words, pack: Pack, hit: Hit, intent: i.Intent) -> Option:
    """A section is told by its title; an item by its kind, for its own title is part of what was searched."""
    label = t.plain("action.read" if hit.section else "action.answer")
    item = pack.article(t.locale).item(hit.item)
    where = t.plain(f"kind.{item.kind}") if item else cut(hit.title, 90)
    return Option(Rich(f"{bold(where)}\n{hit.snippet}"), Action(label, intent))
