"""What speaks for and against: both sides look equal, and which stands first differs from reader to reader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from bot.cards.pages import page, pages, weight
from bot.cards.passages import titled
from bot.core import intents as i
from bot.core.article import Article, Item, ItemKind, Pack
from bot.core.card import Action, Block, Card, Heading, Rule, Side, Sides, Small, Text
from bot.i18n import Words

PAIRED, SIDES = "paired", "sides"
ROWS = 4
Row = tuple[Item | None, Item | None]


def proscons(t: Words, pack: Pack, first: str, layout: str, part: int) -> Card:
    """A page of for and against. `first` is the side that stands first, "pro" or "con"."""
    every = pages(rows(pack, t.locale, first, layout), _size, most=ROWS)
    number = page(part, every)
    body = _side_by_side(t, every[number], first) if layout == SIDES else _paired(t, every[number])
    return Card(
        title=t.plain("proscons.title"),
        blocks=(Small(_hint(t, pack, first, number, len(every))), *body),
        actions=_actions(t, pack, layout, number, len(every) - 1),
        locale=t.locale,
    )


def rows(pack: Pack, locale: str, first: str, layout: str) -> tuple[Row, ...]:
    """Pairs first, then what has no counterpart; side by side, these too stand across from each other."""
    article = pack.article(locale)
    pairs = [pair for pair in ((article.item(pro), article.item(con)) for pro, con in pack.pairs) if all(pair)]
    paired = {item.id for pair in pairs for item in pair if item}
    pros, cons = (_without(article, kind, paired) for kind in (ItemKind.PRO, ItemKind.CON))
    alone: list[Row] = list(zip_longest(pros, cons)) if layout == SIDES else _one_by_one(pros, cons, first)
    return tuple(row if first == "pro" else (row[1], row[0]) for row in (*pairs, *alone))


def _one_by_one(pros: Sequence[Item], cons: Sequence[Item], first: str) -> list[Row]:
    lone_pros: list[Row] = [(pro, None) for pro in pros]
    lone_cons: list[Row] = [(None, con) for con in cons]
    return lone_pros + lone_cons if first == "pro" else lone_cons + lone_pros


def _without(article: Article, kind: ItemKind, paired: set[str]) -> list[Item]:
    return [item for item in article.of_kind(kind) if item.id not in paired]


def _size(row: Row) -> int:
    return sum(weight(item.title + item.text) + 40 for item in row if item)


def _hint(t: Words, pack: Pack, first: str, number: int, total: int) -> str:
    article = pack.article(t.locale)
    counts = t(
        "proscons.counts",
        first=first,
        pros=len(article.of_kind(ItemKind.PRO)),
        cons=len(article.of_kind(ItemKind.CON)),
    )
    return counts if total == 1 else t("proscons.page", counts=counts, n=number + 1, total=total)


def _paired(t: Words, page_rows: Sequence[Row]) -> tuple[Block, ...]:
    found: list[Block] = []
    lone = [row for row in page_rows if not all(row)]
    for row in page_rows:
        if lone and row is lone[0]:
            found.append(Heading(t.plain("proscons.alone")))
        found += [Text(_said(t, item)) for item in row if item]
        found.append(Rule())
    return tuple(found[:-1]) or (Text(t("items.none")),)


def _side_by_side(t: Words, page_rows: Sequence[Row], first: str) -> tuple[Block, ...]:
    second = "con" if first == "pro" else "pro"
    if not page_rows:
        return (Text(t("items.none")),)
    lefts, rights = zip(*page_rows, strict=True)
    return (Sides(_side(t, lefts, first), _side(t, rights, second)),)


def _side(t: Words, items: Sequence[Item | None], kind: str) -> Side:
    texts = tuple(titled(item.title, item.text, "\n") for item in items if item)
    return Side(t.plain(f"kind.{kind}"), texts or ("—",))


def _said(t: Words, item: Item) -> str:
    side = t.plain(f"kind.{item.kind}")
    return titled(f"{side} · {item.title}" if item.title else f"{side} ·", item.text, "\n")


def _actions(t: Words, pack: Pack, layout: str, number: int, last: int) -> tuple[tuple[Action, ...], ...]:
    other = PAIRED if layout == SIDES else SIDES
    forward = [Action(t.plain("reader.next"), i.ShowProsCons(pack.id, layout, number + 1))] if number < last else []
    back = [Action(t.plain("reader.previous"), i.ShowProsCons(pack.id, layout, number - 1))] if number else []
    return (
        (*forward, *back, Action(t.plain(f"proscons.{other}"), i.ShowProsCons(pack.id, other))),
        (
            Action(t.plain("proscons.answer_pros"), i.AnswerItems(pack.id, kind="pro")),
            Action(t.plain("proscons.answer_cons"), i.AnswerItems(pack.id, kind="con")),
            Action(t.plain("action.tally"), i.ShowTally(pack.id)),
            Action(t.plain("action.read_on"), i.ReadSection(pack.id)),
        ),
    )
