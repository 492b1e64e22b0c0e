"""Tallies of stances: counts first, and answers to an earlier wording apart."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.core.stance import ArticleTally, ItemTally, Stance, tally_items

ROWS = st.tuples(
    st.sampled_from("abc"), st.sampled_from(list(Stance)), st.sampled_from(["v1", "v2"]), st.integers(1, 9)
)


def test_a_tally() -> None:
    """Each stance by itself; those to an earlier wording count, and are counted apart."""
    rows = [("a", "agree", "v2", 3), ("a", "agree", "v1", 2), ("a", "pass", "v2", 1), ("b", "disagree", "v1", 4)]
    assert tally_items(rows, {"a": "v2", "b": "v1"}) == (ItemTally("a", 5, 0, 1, 2), ItemTally("b", 0, 4, 0, 0))


def test_an_item_that_is_gone() -> None:
    """All its answers were to an earlier wording."""
    assert tally_items([("gone", "agree", "v1", 2)], {}) == (ItemTally("gone", 2, 0, 0, 2),)


@given(st.lists(ROWS))
def test_nothing_is_lost_or_made_up(rows: list[tuple[str, Stance, str, int]]) -> None:
    """Over all items the answers are the rows; each stance's are its rows'."""
    tallies = tally_items([(item, str(s), v, n) for item, s, v, n in rows], {"a": "v1", "b": "v2"})
    assert sum(tally.answered for tally in tallies) == sum(n for *_, n in rows)
    counted = Counter({(i, s): 0 for i, s, _, _ in rows})
    for item, stance, _, n in rows:
        counted[item, stance] += n
    by_item = {tally.item_id: tally for tally in tallies}
    assert all(by_item[item].count(stance) == n for (item, stance), n in counted.items())
    assert all(0 <= tally.earlier <= tally.answered for tally in tallies)


def test_an_item_nobody_answered() -> None:
    """Has an empty tally."""
    tally = ArticleTally((ItemTally("a", 1),), 1, 0, 0)
    assert (tally.of("a").answered, tally.of("z"), tally.of("z").answered) == (1, ItemTally("z"), 0)
