"""The reader: one section, or one part of a long one, and the ways on from there."""

from __future__ import annotations

from bot.cards.article import contents
from bot.cards.passages import blocks, minutes, parts
from bot.core import intents as i
from bot.core.article import Article, Pack
from bot.core.card import Action, Card, Small, Style
from bot.i18n import Words


def section_card(t: Words, pack: Pack, number: int, part: int, resumed: bool = False) -> Card:
    """Part `part` of section `number`, both counted from 0. `resumed`: it is where the reader left off."""
    article = pack.article(t.locale)
    section = article.sections[number]
    every = parts(article, section)
    return Card(
        title=section.title,
        blocks=(
            Small(_where(t, article, number, part, len(every))),
            *([Small(t("reader.resumed"))] if resumed else []),
            *blocks(every[part]),
        ),
        actions=(_turns(t, pack, article, number, part, len(every)), _asides(t, pack)),
        picks=contents(t, pack, section.id),
        locale=t.locale,
    )


def _where(t: Words, article: Article, number: int, part: int, of_parts: int) -> str:
    here = t(
        "reader.where",
        n=number + 1,
        total=len(article.sections),
        minutes=minutes(article, article.sections[number]),
    )
    return here if of_parts == 1 else t("reader.where_part", where=here, part=part + 1, parts=of_parts)


def _turns(t: Words, pack: Pack, article: Article, number: int, part: int, of_parts: int) -> tuple[Action, ...]:
    """Next first, for it is the button one needs; after the last page it is to answer."""
    section = article.sections[number]
    forward = (
        i.ReadSection(pack.id, section.id, part + 1)
        if part + 1 < of_parts
        else i.ReadSection(pack.id, article.sections[number + 1].id)
        if number + 1 < len(article.sections)
        else None
    )
    back = (
        i.ReadSection(pack.id, section.id, part - 1)
        if part > 0
        else i.ReadSection(pack.id, article.sections[number - 1].id, -1)
        if number > 0
        else None
    )
    turns = [Action(t.plain("reader.next"), forward, Style.MAIN)] if forward else []
    turns += [Action(t.plain("reader.previous"), back)] if back else []
    answer = Style.PLAIN if forward else Style.MAIN
    return (*turns, Action(t.plain("action.answer"), i.AnswerItems(pack.id), answer))


def _asides(t: Words, pack: Pack) -> tuple[Action, ...]:
    return (
        Action(t.plain("action.takeaways"), i.ShowTakeaways(pack.id)),
        Action(t.plain("action.proscons"), i.ShowProsCons(pack.id)),
        Action(t.plain("action.polls"), i.ListPolls()),
        Action(t.plain("action.about"), i.OpenArticle(pack.id)),
    )
