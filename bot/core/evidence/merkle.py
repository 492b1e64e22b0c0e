"""The root: 32 bytes that stand for all ballots of a poll. Once they are posted, no ballot can change unseen.

A Merkle tree as in RFC 6962, over the commitments in ascending order, so that the order of the ballots tells nothing.
Leaves and nodes are hashed under different first bytes; a subtree is as full as it can be on its left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from bot.core.evidence.commitment import LENGTH

_LEAF, _NODE = b"\x00", b"\x01"
EMPTY = sha256(b"").hexdigest()  # the root of no ballots


class Tree:
    """The commitments of a poll, taken one by one and given back in order; about 21 bytes each in memory.

    They lie in a bucket for each first byte, so that only a 256th of them is sorted at a time.
    """

    __slots__ = ("_buckets",)

    def __init__(self, commitments: Iterable[bytes] = ()) -> None:
        self._buckets = [bytearray() for _ in range(256)]
        for one in commitments:
            self.add(one)

    def add(self, commitment: bytes) -> None:
        """Take one more. ValueError unless it is 20 bytes long."""
        if len(commitment) != LENGTH:
            raise ValueError(f"a commitment has {LENGTH} bytes, this one {len(commitment)}")
        self._buckets[commitment[0]] += commitment

    def __contains__(self, commitment: bytes) -> bool:
        bucket = self._buckets[commitment[0]]
        return any(bucket[at : at + LENGTH] == commitment for at in range(0, len(bucket), LENGTH))

    def __len__(self) -> int:
        return sum(map(len, self._buckets)) // LENGTH

    def __iter__(self) -> Iterator[bytes]:
        """In ascending order, equal ones one after the other."""
        for bucket in self._buckets:
            yield from sorted(bytes(bucket[at : at + LENGTH]) for at in range(0, len(bucket), LENGTH))

    def root(self) -> str:
        """The root, hexadecimal."""
        stack = _Stack()
        for one in self:
            stack.push(_leaf(one))
        return stack.folded().hex() if len(self) else EMPTY


@dataclass(frozen=True, slots=True)
class Step:
    """A step from a leaf to the root: the neighbour's hash (hexadecimal), and whether it stands on the left."""

    hash: str
    left: bool


def root(commitments: Iterable[bytes]) -> str:
    """The root of commitments in any order, hexadecimal. ValueError where one is not 20 bytes long."""
    return Tree(commitments).root()


def path(commitments: Iterable[bytes], commitment: bytes) -> tuple[Step, ...] | None:
    """The proof that a commitment is under the root, from the leaf up; None where it isn't among them."""
    tree = commitments if isinstance(commitments, Tree) else Tree(commitments)
    at = next((n for n, one in enumerate(tree) if one == commitment), None)
    if at is None:
        return None
    ranges = _neighbours(at, len(tree))
    hashes = _hashes(tree, sorted(ranges))
    return tuple(Step(hashes[start, end].hex(), start < at) for start, end in ranges)


def verify_path(commitment: bytes, steps: Iterable[Step], root: str) -> bool:
    """Whether the steps lead from this commitment to this root."""
    reached = _leaf(commitment)
    for step in steps:
        neighbour = bytes.fromhex(step.hash)
        reached = _node(neighbour, reached) if step.left else _node(reached, neighbour)
    return reached.hex() == root.lower()


class _Stack:
    """The hashes of full subtrees so far, the largest first: at most one for each power of two."""

    __slots__ = ("_full", "_pushed")

    def __init__(self) -> None:
        self._full: list[bytes] = []
        self._pushed = 0

    def push(self, leaf: bytes) -> None:
        """One more leaf on the right; two full subtrees of a size become one."""
        self._pushed += 1
        joined, size = leaf, self._pushed
        while size % 2 == 0:
            joined, size = _node(self._full.pop(), joined), size // 2
        self._full.append(joined)

    def folded(self) -> bytes:
        """The hash over all of them, of which there is one at least."""
        reached = self._full[-1]
        for left in reversed(self._full[:-1]):
            reached = _node(left, reached)
        return reached


def _neighbours(at: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves, start to end, whose hashes lead from one leaf to the root, from the leaf up."""
    start, end, found = 0, size, []
    while end - start > 1:
        split = start + (1 << ((end - start - 1).bit_length() - 1))
        if at < split:
            found.append((split, end))
            end = split
        else:
            found.append((start, split))
            start = split
    return found[::-1]


def _hashes(tree: Tree, ranges: list[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """The hash of each range of leaves, in one walk. The ranges are in order and don't overlap."""
    found: dict[tuple[int, int], bytes] = {}
    leaves = enumerate(tree)
    for start, end in ranges:
        stack = _Stack()
        for n, one in leaves:
            if n >= start:
                stack.push(_leaf(one))
            if n == end - 1:
                break
        found[start, end] = stack.folded()
    return found


def _leaf(commitment: bytes) -> bytes:
    return sha256(_LEAF + commitment).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()
