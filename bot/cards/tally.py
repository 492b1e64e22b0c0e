"""How people here answer, item by item: counts are shown to those who answered the item themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.cards.counts import ENOUGH, counts_line
from bot.cards.pages import page, pages, trimmed, weight
from bot.core import intents as i
from bot.core.article import Item, ItemKind, Pack
from bot.core.card import Action, Block, Card, Facts, Heading, Small, Style, Text
from bot.core.rich import Rich, bold
from bot.core.stance import ArticleTally, ItemTally
from bot.i18n import Words

ITEMS = 12  # to a page: two lines each on a phone
NAME = 90


def tally_card(
    t: Words, pack: Pack, tally: ArticleTally, answered: Collection[str], kind: str = "", part: int = 0
) -> Card:
    """A page of the tally. `answered` are the items that the reader has answered; `kind` limits it to one kind."""
    article = pack.article(t.locale)
    kinds = [known for known in ItemKind if known == kind] or list(ItemKind)
    every = pages(article.of_kind(*kinds), lambda item: min(weight(item.name), NAME) + 130, most=ITEMS)
    number = page(part, every)
    return Card(
        title=t.plain("tally.title"),
        blocks=(
            Small(article.title),
            Facts(_facts(t, tally)),
            *_items(t, every[number], tally, answered),
            Small(_remark(t, tally, every[number], answered)),
        ),
        actions=(
            _turns(t, pack, kind, number, len(every) - 1),
            tuple(_kind(t, pack, known, kind) for known in ItemKind),
        ),
        locale=t.locale,
    )


def _facts(t: Words, tally: ArticleTally) -> tuple[tuple[str, str], ...]:
    ballots = t.number(tally.ballots)
    if tally.anonymous:
        key = "tally.ballots_all_anonymous" if tally.anonymous == tally.ballots else "tally.ballots_anonymous"
        ballots = t(key, n=tally.ballots, anonymous=tally.anonymous)
    return (
        (t.plain("tally.people"), t.number(tally.people)),
        (t.plain("tally.polls"), t.number(tally.polls)),
        (t.plain("tally.ballots"), ballots),
    )


def _items(t: Words, items: Sequence[Item], tally: ArticleTally, answered: Collection[str]) -> tuple[Block, ...]:
    found: list[Block] = []
    kind: ItemKind | None = None
    for item in items:
        if item.kind is not kind:
            kind = item.kind
            found.append(Heading(t.plain(f"items.{kind}")))
        found.append(_item(t, item, tally.of(item.id), item.id in answered))
    return tuple(found)


def _item(t: Words, item: Item, tally: ItemTally, answered: bool) -> Text:
    line = counts_line(t, tally) if answered or not tally.answered else t("tally.hidden", n=tally.answered)
    return Text(Rich(f"{bold(trimmed(item.name, NAME))}\n{line}"))


def _remark(t: Words, tally: ArticleTally, items: Sequence[Item], answered: Collection[str]) -> Rich:
    """What the numbers are of, and what one has to do to see the rest."""
    said = [t("tally.describes")]
    if any(tally.of(item.id).answered and item.id not in answered for item in items):
        said.append(t("tally.answer_first"))
    if any(0 < tally.of(item.id).answered < ENOUGH and item.id in answered for item in items):
        said.append(t("tally.few", enough=ENOUGH))
    return Rich(" ".join(said))


def _turns(t: Words, pack: Pack, kind: str, number: int, last: int) -> tuple[Action, ...]:
    forward = [Action(t.plain("reader.next"), i.ShowTally(pack.id, kind, number + 1))] if number < last else []
    back = [Action(t.plain("reader.previous"), i.ShowTally(pack.id, kind, number - 1))] if number else []
    whole = [Action(t.plain("tally.whole"), i.ShowTally(pack.id))] if kind else []
    return (Action(t.plain("action.answer"), i.AnswerItems(pack.id), Style.MAIN), *forward, *back, *whole)


def _kind(t: Words, pack: Pack, kind: ItemKind, chosen: str) -> Action:
    return Action(t.plain(f"items.short.{kind}"), None if kind == chosen else i.ShowTally(pack.id, kind))
