"""The card of an article: what it is, where it comes from, what is in it and what one can do with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.pages import trimmed, weight
from bot.cards.passages import minutes
from bot.cards.picks import FEW, Line, pick
from bot.core import intents as i
from bot.core.article import Article, Pack, Source
from bot.core.card import Action, Block, Card, Facts, Option, Pick, Small, Style, Text
from bot.core.rich import Rich, bold, rich
from bot.core.text import cut
from bot.i18n import Words

HEAD, CROWDED = 2_400, 1_100  # weight of an article's head, and beside a long menu of contents
NOTE = 200  # of the editor's note at least, whatever else the head holds
SOURCE = 300  # weight of a title or a publisher: only a text of nothing but signs gets shorter
LISTED = 5  # articles with a button of their own; the rest is in a menu


@dataclass(frozen=True, slots=True)
class Standing:
    """How an article stands with this reader: read before, on here, theirs to put on here; what else there is."""

    started: bool = False
    on_here: Pack | None = None
    moderator: bool = False
    others: tuple[Pack, ...] = ()


def article_board(pack: Pack, t: Words) -> Card:
    """The public card of the article that is on: everybody's way in."""
    article = pack.article(t.locale)
    return Card(
        title=article.title,
        blocks=(*_head(t, article, _gist(article.note)), Small(t("article.board_hint"))),
        actions=_actions(t, pack, started=False),
        picks=contents(t, pack),
        locale=t.locale,
    )


def article_card(t: Words, pack: Pack, standing: Standing) -> Card:
    """The private card of an article, from which another can be chosen."""
    article = pack.article(t.locale)
    return Card(
        title=article.title,
        blocks=(*_head(t, article, article.note), *_elsewhere(t, pack, standing)),
        actions=(*_actions(t, pack, standing.started), *_moderation(t, pack, standing)),
        picks=(*contents(t, pack), *_choice(t, pack, standing.others)),
        locale=t.locale,
    )


def no_article(t: Words, packs: Sequence[Pack], moderator: bool) -> Card:
    """Nothing is on here yet: what there is, and who can put it on."""
    hint = "article.none_moderator" if moderator else "article.none_member"
    listed = tuple(_listed(t, pack, moderator) for pack in packs[:LISTED])
    lines = [_line(t, pack) for pack in packs] if moderator or len(packs) > LISTED else []
    return Card(
        title=t.plain("article.none_title"),
        blocks=(Text(t(hint)), *listed),
        picks=pick(t, "article.look_at", lines),
        locale=t.locale,
    )


def contents(t: Words, pack: Pack, chosen: str = "") -> tuple[Pick, ...]:
    """The sections to choose from, with the minutes that each takes."""
    article = pack.article(t.locale)
    lines = [
        Line(
            f"{n}. {section.title}",
            i.ReadSection(pack.id, section.id),
            t.plain("article.minutes", n=minutes(article, section)),
            section.id == chosen,
        )
        for n, section in enumerate(article.sections, 1)
    ]
    return pick(t, "article.contents", lines)


def source_line(source: Source) -> Rich:
    """Where the article comes from; its title leads there where there is an address."""
    title = rich(trimmed(source.title, SOURCE))
    if source.url.startswith(("https://", "http://")):
        title = Rich(f"[{title}]({source.url.replace(')', '%29').replace(' ', '%20')})")
    rest = "".join(f" · {rich(part)}" for part in (trimmed(source.publisher, SOURCE), source.date) if part)
    return Rich(title + rest)


def _gist(note: str) -> str:
    """The first sentence of an editor's note: on a phone the buttons must be near. The article's card has it whole."""
    return re.split(r"(?<=[.!?…])\s", note, maxsplit=1)[0]


def _head(t: Words, article: Article, note: str) -> tuple[Block, ...]:
    """What it is and where it comes from, always; of a long editor's note, what still has room."""
    source = source_line(article.source)
    room = HEAD if len(article.sections) <= FEW else CROWDED
    note = trimmed(note, max(NOTE, room - weight(article.subtitle) - weight(source)))
    length = t("article.length", sections=len(article.sections), minutes=minutes(article, *article.sections))
    lines: list[Block] = [Text(bold(article.subtitle))] if article.subtitle else []
    lines += [Text(length)]
    lines += [Text(note)] if note else []
    return (*lines, Facts(((t.plain("article.source"), source),)))


def _actions(t: Words, pack: Pack, started: bool) -> tuple[tuple[Action, ...], ...]:
    read = t.plain("action.read_on" if started else "action.read")
    return (
        (
            Action(read, i.ReadSection(pack.id), Style.MAIN),
            Action(t.plain("action.answer"), i.AnswerItems(pack.id)),
            Action(t.plain("action.polls"), i.ListPolls()),
        ),
        (
            Action(t.plain("action.takeaways"), i.ShowTakeaways(pack.id)),
            Action(t.plain("action.proscons"), i.ShowProsCons(pack.id)),
            Action(t.plain("action.actions"), i.ShowActions(pack.id)),
            Action(t.plain("action.tally"), i.ShowTally(pack.id)),
        ),
    )


def _elsewhere(t: Words, pack: Pack, standing: Standing) -> tuple[Block, ...]:
    """A word when the reader's article is not the one that is on here."""
    on = standing.on_here
    if on is None or on.id == pack.id:
        return ()
    return (Small(t("article.elsewhere", title=on.article(t.locale).title)),)


def _moderation(t: Words, pack: Pack, standing: Standing) -> tuple[tuple[Action, ...], ...]:
    if not standing.moderator or (standing.on_here is not None and standing.on_here.id == pack.id):
        return ()
    return ((Action(t.plain("article.put_it_on"), i.UseArticle(pack.id)),),)


def _choice(t: Words, pack: Pack, others: Sequence[Pack]) -> tuple[Pick, ...]:
    """The other articles. A choice of one is none."""
    if all(other.id == pack.id for other in others):
        return ()
    most = FEW if len(pack.article(t.locale).sections) <= FEW else LISTED
    return pick(t, "article.another", [_line(t, other, other.id == pack.id) for other in others], most)


def _line(t: Words, pack: Pack, chosen: bool = False) -> Line:
    article = pack.article(t.locale)
    return Line(article.title, i.OpenArticle(pack.id), chosen=chosen)


def _listed(t: Words, pack: Pack, moderator: bool) -> Option:
    """An article with the button that one most likely wants: moderators put it on, members read it."""
    article = pack.article(t.locale)
    subtitle = f"\n{rich(cut(article.subtitle, 120))}" if article.subtitle else ""
    action = (
        Action(t.plain("article.put_it_on"), i.UseArticle(pack.id))
        if moderator
        else Action(t.plain("action.read"), i.OpenArticle(pack.id))
    )
    return Option(Rich(f"{bold(cut(article.title, 120))}{subtitle}"), action)
