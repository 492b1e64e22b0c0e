"""The order in which a person meets the items: their own, so that no item is always first and none always last."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from bot.core.article import Article, Item, ItemKind
from bot.core.stance import StanceRow


def deck(article: Article, seed: int, first: str = "") -> tuple[Item, ...]:
    """All items, kind by kind, both shuffled by `seed`; the kind named `first` comes first."""
    order = random.Random(seed)
    kinds = order.sample(list(ItemKind), len(ItemKind))
    kinds.sort(key=lambda kind: kind != first)
    own = {kind: article.of_kind(kind) for kind in ItemKind}
    shuffled = {kind: order.sample(own[kind], len(own[kind])) for kind in ItemKind}
    return tuple(item for kind in kinds for item in shuffled[kind])


def pending(items: Iterable[Item], mine: Mapping[str, StanceRow], versions: Mapping[str, str]) -> tuple[Item, ...]:
    """The items still to be answered, then those whose wording changed since they were."""
    items = tuple(items)
    changed = tuple(i for i in items if i.id in mine and outdated(mine[i.id], versions))
    return tuple(i for i in items if i.id not in mine) + changed


def outdated(row: StanceRow, versions: Mapping[str, str]) -> bool:
    """Whether the item reads otherwise now than when this stance was taken."""
    return row.item_version != versions.get(row.item_id)
