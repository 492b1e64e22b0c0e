"""The card of an article: what it is, where it comes from, what is in it and what one can do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.passages import minutes
from bot.core import intents as i
from bot.core.article import Article, Pack, Source
from bot.core.card import Action, Block, Card, Facts, Pick, PickOption, Small, Style, Text
from bot.core.rich import Rich, bold, rich
from bot.core.text import cut
from bot.i18n import Words

NOTE = 900  # units of an editor's note on a board; the whole note is on the article's own card
LABEL = 100  # units of a select option
MOST = 25  # options of a select


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
        blocks=(
            *_head(t, article, NOTE),
            Small(t("article.board_hint")),
        ),
        actions=_actions(t, pack, started=False),
        picks=(contents(t, pack),),
        locale=t.locale,
    )


def article_card(t: Words, pack: Pack, standing: Standing) -> Card:
    """The private card of an article, from which another can be chosen."""
    article = pack.article(t.locale)
    return Card(
        title=article.title,
        blocks=(*_head(t, article), *_elsewhere(t, pack, standing)),
        actions=(*_actions(t, pack, standing.started), *_moderation(t, pack, standing)),
        picks=(contents(t, pack), *_choice(t, pack, standing.others)),
        locale=t.locale,
    )


def no_article(t: Words, packs: Sequence[Pack], moderator: bool) -> Card:
    """Nothing is on here yet: what there is, and who can put it on."""
    hint = "article.none_moderator" if moderator else "article.none_member"
    listed = tuple(_listed(t, pack) for pack in packs[:10])
    return Card(
        title=t.plain("article.none_title"),
        blocks=(Text(t(hint)), *listed),
        picks=(
            _pick(t, "article.read_one", [(pack, i.OpenArticle(pack.id)) for pack in packs]),
            *([_pick(t, "article.put_on", [(pack, i.UseArticle(pack.id)) for pack in packs])] if moderator else []),
        )
        if packs
        else (),
        locale=t.locale,
    )


def contents(t: Words, pack: Pack, chosen: str = "") -> Pick:
    """The sections to choose from, with the minutes that each takes."""
    article = pack.article(t.locale)
    options = tuple(
        PickOption(
            label=cut(f"{n}. {section.title}", LABEL),
            intent=i.ReadSection(pack.id, section.id),
            detail=t.plain("article.minutes", n=minutes(article, section)),
            chosen=section.id == chosen,
        )
        for n, section in enumerate(article.sections[:MOST], 1)
    )
    return Pick(t.plain("article.contents"), options)


def source_line(source: Source) -> Rich:
    """Where the article comes from; its title leads there where there is an address."""
    title = rich(source.title)
    if source.url.startswith(("https://", "http://")):
        title = Rich(f"[{title}]({source.url.replace(')', '%29').replace(' ', '%20')})")
    rest = "".join(f" · {rich(part)}" for part in (source.publisher, source.date) if part)
    return Rich(title + rest)


def _head(t: Words, article: Article, note: int = 1_500) -> tuple[Block, ...]:
    length = t("article.length", sections=len(article.sections), minutes=minutes(article, *article.sections))
    lines: list[Block] = [Text(bold(article.subtitle))] if article.subtitle else []
    lines += [Text(length)]
    lines += [Text(cut(article.note, note))] if article.note else []
    return (*lines, Facts(((t.plain("article.source"), source_line(article.source)),)))


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
    return (_pick(t, "article.another", [(other, i.OpenArticle(other.id)) for other in others], pack.id),)


def _pick(t: Words, key: str, entries: Sequence[tuple[Pack, i.Intent]], chosen: str = "") -> Pick:
    options = tuple(
        PickOption(
            cut(pack.article(t.locale).title, LABEL),
            intent,
            cut(pack.article(t.locale).subtitle, LABEL),
            pack.id == chosen,
        )
        for pack, intent in entries[:MOST]
    )
    return Pick(t.plain(key), options)


def _listed(t: Words, pack: Pack) -> Text:
    article = pack.article(t.locale)
    subtitle = f"\n{rich(cut(article.subtitle, 120))}" if article.subtitle else ""
    return Text(Rich(f"{bold(cut(article.title, 120))}{subtitle}"))
