"""The order of the stack: everybody's own, complete, and stable."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.load import load_library
from bot.core.article import ItemKind
from bot.core.deck import deck
from bot.paths import content_dir

ARTICLE = load_library(content_dir())["us-mexico-bargain"].article("en")


@given(st.integers(0, 70_000), st.sampled_from(["", *ItemKind]))
def test_a_deck_has_every_item_once_kind_by_kind(seed: int, first: str) -> None:
    """Nothing is missing or twice, a kind stays together, the wanted kind leads, and the same seed deals the same."""
    cards = deck(ARTICLE, seed, first)
    assert sorted(item.id for item in cards) == sorted(item.id for item in ARTICLE.items)
    assert len([kind for kind, _ in groupby(item.kind for item in cards)]) == len(ItemKind)
    assert not first or cards[0].kind == first
    assert cards == deck(ARTICLE, seed, first)


@pytest.mark.parametrize("kind", list(ItemKind))
def test_no_item_of_a_kind_is_always_first(kind: ItemKind) -> None:
    """Over many people each item leads its kind about equally often."""
    own = ARTICLE.of_kind(kind)
    leads = [next(item.id for item in deck(ARTICLE, seed) if item.kind is kind) for seed in range(2_000)]
    share = [leads.count(item.id) / 2_000 * len(own) for item in own]
    assert all(0.75 < part < 1.25 for part in share)
