"""A ballot's commitment: 20 bytes that stand for it. Whoever has the ballot can compute them; they tell nothing of it.

What they tell nothing of, they do by the nonce, 32 hexadecimal characters drawn by chance for each ballot. A ballot of
a named poll has none: there the voter's id stands in its place, and nothing is to be hidden.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from json.encoder import encode_basestring_ascii
from typing import Protocol

LENGTH = 20  # bytes: 160 bits, which make a receipt of 32 letters
_DOMAIN = b"tertulia ballot 1\n"  # so that no other hash of ours can pass for a ballot's
# The one way to write it: no spaces, ASCII only, marks in the order of their options' ids.
_WRITE = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode
_TEXT = encode_basestring_ascii  # the same for a text alone


class Committing(Protocol):
    """What gives a ballot's commitment, once its marks are known."""

    def __call__(self, nonce: str, voter: str = "", weight: int = 1) -> bytes: ...


def commitment(poll_id: str, marks: Mapping[str, int], nonce: str, voter: str = "", weight: int = 1) -> bytes:
    """The commitment of a ballot: the first 20 bytes of SHA-256.

    Hashed is the line "tertulia ballot 1", then `[poll, [[option, mark], …], nonce]` as JSON; after it `voter` in a
    named poll, and `weight` where it isn't 1.
    """
    return committing(poll_id, marks)(nonce, voter, weight)


def committing(poll_id: str, marks: Mapping[str, int]) -> Committing:
    """What gives the commitment of each ballot with these marks: what they share is written and hashed once."""
    shared = sha256(_DOMAIN + f"{_WRITE([poll_id, sorted(marks.items())])[:-1]},".encode("ascii"))

    def commit(nonce: str, voter: str = "", weight: int = 1) -> bytes:
        rest = _TEXT(nonce) + (f",{_TEXT(voter)}" if voter else "") + (f",{weight}" if weight != 1 else "")
        hashed = shared.copy()
        hashed.update(f"{rest}]".encode("ascii"))
        return hashed.digest()[:LENGTH]

    return commit


def seed_of(salt: str, root: str) -> str:
    """The seed of a poll's lots: SHA-256 of the salt that was announced at opening and the root (hex) of the ballots.

    No voter of a secret poll can choose it: they don't know the other ballots' nonces. Whoever runs the bot could, by
    trying nonces; of a poll with names, so could the last voter, who may know all ballots. ValueError where `root` is
    not hexadecimal.
    """
    return sha256(salt.encode() + bytes.fromhex(root)).hexdigest()
