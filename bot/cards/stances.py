"""The card stack: one item at a time, three equal answers, and a way out on every card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards.counts import counts_line
from bot.cards.pages import page, pages
from bot.cards.picks import MOST, Line, pick
from bot.core import intents as i
from bot.core.article import Item, Pack
from bot.core.card import Action, Block, Card, Facts, Heading, Pick, Small, Style, Text
from bot.core.deck import outdated
from bot.core.rich import Rich, bold
from bot.core.stance import ArticleTally, ItemTally, Stance, StanceRow
from bot.core.text import cut
from bot.i18n import Words

SHOWN = 5  # items with their tally on the summary; the rest is one press away


@dataclass(frozen=True, slots=True)
class Done:
    """What the press before did: the stance taken ("none": taken back) and the one that stood before it."""

    item: Item
    stance: str
    before: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person is in the stack. `answered` of `total` items; `mine` and `tally` are of the item shown."""

    answered: int
    total: int
    mine: StanceRow | None
    tally: ItemTally


def item_card(t: Words, pack: Pack, item: Item, standing: Standing, done: Done | None = None) -> Card:
    """One item to answer. Its tally is shown only to those who have answered it."""
    return Card(
        title=_title(t, item, standing),
        blocks=(
            *_done(t, done),
            *([Heading(item.title)] if item.title else []),
            Text(item.text),
            *_mine(t, pack, standing),
        ),
        actions=(_answers(t, pack, item), _ways(t, pack, item, standing, done)),
        locale=t.locale,
    )


def summary(
    t: Words,
    pack: Pack,
    mine: Mapping[str, StanceRow],
    tally: ArticleTally,
    part: int = 0,
    done: Done | None = None,
) -> Card:
    """What I answered, how everybody did, and the way to change an answer: `part` pages through these."""
    items = pack.article(t.locale).items
    left = sum(item.id not in mine for item in items)
    every = pages([item for item in items if item.id in mine], lambda _: 1, most=MOST)
    number = page(part, every)
    return Card(
        title=t.plain("stances.summary_title" if left else "stances.all_done"),
        blocks=(
            *_done(t, done),
            Facts(_counted(t, mine, left)),
            *_everybody(t, items, mine, tally),
            Small(t("stances.named_note")),
        ),
        actions=tuple(
            row for row in (_summary_ways(t, pack, left, done), _more(t, pack, number, len(every) - 1)) if row
        ),
        picks=_change(t, pack, every[number], mine),
        locale=t.locale,
    )


def _counted(t: Words, mine: Mapping[str, StanceRow], left: int) -> tuple[tuple[str, str], ...]:
    counts = {stance: sum(row.stance is stance for row in mine.values()) for stance in Stance}
    facts = [(t.plain(f"stance.{stance}"), t.number(counts[stance])) for stance in Stance]
    return tuple(facts + ([(t.plain("stances.left"), t.number(left))] if left else []))


def _more(t: Words, pack: Pack, number: int, last: int) -> tuple[Action, ...]:
    forward = [Action(t.plain("stances.more"), i.FinishStances(pack.id, number + 1))] if number < last else []
    back = [Action(t.plain("reader.previous"), i.FinishStances(pack.id, number - 1))] if number else []
    return (*forward, *back)


def _title(t: Words, item: Item, standing: Standing) -> str:
    kind = t.plain(f"kind.{item.kind}")
    if standing.mine is not None:
        return t.plain("stances.title_again", kind=kind)
    return t.plain("stances.title", kind=kind, n=standing.answered + 1, total=standing.total)


def _done(t: Words, done: Done | None) -> tuple[Block, ...]:
    """What happened first."""
    if done is None:
        return ()
    name = cut(done.item.name, 90)
    if done.stance == "none":
        return (Text(t("stances.taken_back", name=name)),)
    key = "stances.recorded_pass" if done.stance == Stance.PASS else "stances.recorded"
    return (Text(t(key, stance=bold(t.plain(f"stance.{done.stance}")), name=name)),)


def _mine(t: Words, pack: Pack, standing: Standing) -> tuple[Block, ...]:
    row = standing.mine
    if row is None:
        return ()
    changed = outdated(row, pack.item_versions)
    key = "stances.mine_earlier" if changed else "stances.mine"
    return (
        Text(t(key, stance=bold(t.plain(f"stance.{row.stance}")))),
        Small(t("stances.everybody", counts=counts_line(t, standing.tally))),
    )


def _answers(t: Words, pack: Pack, item: Item) -> tuple[Action, ...]:
    """Equal options look equal."""
    return tuple(
        Action(t.plain(f"stances.press.{stance}"), i.TakeStance(pack.id, item.id, stance)) for stance in Stance
    )


def _ways(t: Words, pack: Pack, item: Item, standing: Standing, done: Done | None) -> tuple[Action, ...]:
    back = (
        (Action(t.plain("stances.take_back"), i.TakeStance(pack.id, item.id, "none")),)
        if standing.mine is not None
        else ()
    )
    return (
        *_undo(t, pack, done),
        *back,
        Action(t.plain("stances.finish"), i.FinishStances(pack.id)),
        Action(t.plain("stances.report"), i.ReportItem(pack.id, item.id)),
    )


def _undo(t: Words, pack: Pack, done: Done | None) -> tuple[Action, ...]:
    """Back to what stood before the last press: the earlier stance, or none."""
    if done is None or done.stance == "none" or done.stance == done.before:
        return ()
    return (Action(t.plain("stances.undo"), i.TakeStance(pack.id, done.item.id, done.before or "none")),)


def _everybody(
    t: Words, items: Sequence[Item], mine: Mapping[str, StanceRow], tally: ArticleTally
) -> tuple[Block, ...]:
    """The items that I answered and most others did too."""
    answered = sorted((item for item in items if item.id in mine), key=lambda item: -tally.of(item.id).answered)
    lines = [_line(t, item, mine[item.id], tally.of(item.id)) for item in answered[:SHOWN]]
    people = Text(t("stances.people", n=tally.people))
    return (Heading(t.plain("stances.everybody_title")), people, *lines) if lines else (people,)


def _line(t: Words, item: Item, row: StanceRow, tally: ItemTally) -> Text:
    own = t("stances.you", stance=t.plain(f"stance.{row.stance}"))
    return Text(Rich(f"{bold(cut(item.name, 90))} · {own}\n{counts_line(t, tally)}"))


def _summary_ways(t: Words, pack: Pack, left: int, done: Done | None) -> tuple[Action, ...]:
    on = (Action(t.plain("stances.go_on"), i.AnswerItems(pack.id), Style.MAIN),) if left else ()
    return (
        *on,
        *_undo(t, pack, done),
        Action(t.plain("stances.all_tallies"), i.ShowTally(pack.id)),
        Action(t.plain("action.polls"), i.ListPolls()),
        Action(t.plain("action.about"), i.OpenArticle(pack.id)),
    )


def _change(t: Words, pack: Pack, answered: Sequence[Item], mine: Mapping[str, StanceRow]) -> tuple[Pick, ...]:
    return pick(t, "stances.change", [_again(t, pack, item, mine[item.id]) for item in answered])


def _again(t: Words, pack: Pack, item: Item, row: StanceRow) -> Line:
    stance = t.plain(f"stance.{row.stance}")
    earlier = outdated(row, pack.item_versions)
    detail = t.plain("stances.earlier_detail", stance=stance) if earlier else stance
    return Line(item.name, i.AnswerItems(pack.id, item.id), f"{t.plain(f'kind.{item.kind}')} · {detail}")
