"""The root is that of RFC 6962 over the sorted commitments, in little memory; a path leads to it from each ballot."""

from __future__ import annotations

import hashlib
import random
import tracemalloc
from collections.abc import Iterator

import pytest

from bot.core.evidence.merkle import EMPTY, Step, Tree, path, root, verify_path

SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100]
each_size = pytest.mark.parametrize("size", SIZES)


def leaves(count: int) -> Iterator[bytes]:
    """So many commitments, in no order."""
    return (hashlib.sha256(str(n).encode()).digest()[:20] for n in range(count))


def by_the_book(ordered: list[bytes]) -> bytes:
    """The definition in RFC 6962, 2.1, word for word: split at the largest power of two below the size."""
    if len(ordered) == 1:
        return hashlib.sha256(b"\x00" + ordered[0]).digest()
    split = 1
    while split * 2 < len(ordered):
        split *= 2
    return hashlib.sha256(b"\x01" + by_the_book(ordered[:split]) + by_the_book(ordered[split:])).digest()


@each_size
def test_the_root_is_that_of_the_definition(size: int) -> None:
    """For every shape of tree."""
    assert root(leaves(size)) == by_the_book(sorted(leaves(size))).hex()


def test_no_ballots_have_a_root() -> None:
    """That of nothing."""
    assert root([]) == EMPTY == hashlib.sha256(b"").hexdigest()


def test_the_order_of_the_ballots_tells_nothing() -> None:
    """Any order has the same root."""
    some = list(leaves(50))
    shuffled = random.Random(3).sample(some, len(some))
    assert root(shuffled) == root(some)


@each_size
def test_one_ballot_more_less_or_other_is_another_root(size: int) -> None:
    """Whichever it is."""
    some = list(leaves(size))
    other = bytes(20)
    roots = {root(some), root([*some, other]), *(root([*some[:n], other, *some[n + 1 :]]) for n in range(size))}
    roots |= {root([*some[:n], *some[n + 1 :]]) for n in range(size)}
    assert len(roots) == 2 + 2 * size


@each_size
def test_a_path_leads_from_each_ballot_to_the_root(size: int) -> None:
    """And from no other ballot, by no other steps, to no other root."""
    some, whole = list(leaves(size)), root(leaves(size))
    for one in some:
        steps = path(some, one)
        assert steps is not None
        assert len(steps) <= size.bit_length()
        assert verify_path(one, steps, whole)
        assert not verify_path(bytes(20), steps, whole)
        assert not verify_path(one, steps, root([bytes(20)]))
        assert not steps or not verify_path(one, [*steps[:-1], Step(steps[-1].hash, not steps[-1].left)], whole)


def test_there_is_no_path_from_a_ballot_that_is_not_there() -> None:
    """Nor is it in the tree."""
    tree = Tree(leaves(10))
    assert path(tree, bytes(20)) is None
    assert bytes(20) not in tree
    assert all(one in tree for one in leaves(10))


def test_a_tree_takes_commitments_only() -> None:
    """Of another length it would lose count."""
    with pytest.raises(ValueError, match="20 bytes"):
        Tree([bytes(32)])


def test_the_root_needs_little_memory() -> None:
    """At most 30 bytes a ballot, so that a million need less than 30 MiB."""
    count = 40_000
    tracemalloc.start()
    try:
        root(leaves(count))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak / count < 30
