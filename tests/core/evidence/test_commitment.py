"""A commitment stands for one ballot and no other, and anybody can compute it with a line of shell."""

from __future__ import annotations

import hashlib

import pytest

from bot.core.evidence.commitment import commitment, seed_of

NONCE = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("given", "hashed"),
    [
        pytest.param(("p1", {"b": 1}, NONCE), f'["p1",[["b",1]],"{NONCE}"]', id="secret"),
        pytest.param(("p1", {"b": 2, "a": 1}, NONCE), f'["p1",[["a",1],["b",2]],"{NONCE}"]', id="options in order"),
        pytest.param(("p1", {"ñ": 1}, NONCE), f'["p1",[["\\u00f1",1]],"{NONCE}"]', id="ASCII only"),
        pytest.param(("p1", {"b": 1}, "", "discord:7"), '["p1",[["b",1]],"","discord:7"]', id="named"),
        pytest.param(("p1", {"b": 1}, "", "discord:7", 1), '["p1",[["b",1]],"","discord:7"]', id="weight of one"),
        pytest.param(("p1", {"b": 1}, "", "discord:7", 3), '["p1",[["b",1]],"","discord:7",3]', id="weighted"),
    ],
)
def test_what_is_hashed(given: tuple[str, dict[str, int], str], hashed: str) -> None:
    """The first 20 bytes of SHA-256 over one line that says what it is, and the ballot as JSON."""
    expected = hashlib.sha256(b"tertulia ballot 1\n" + hashed.encode("ascii")).digest()[:20]
    assert commitment(*given) == expected


def test_every_part_matters() -> None:
    """Another poll, mark, nonce, voter or weight is another commitment."""
    given = [
        ("p1", {"a": 1}, NONCE),
        ("p2", {"a": 1}, NONCE),
        ("p1", {"a": 2}, NONCE),
        ("p1", {"b": 1}, NONCE),
        ("p1", {"a": 1}, NONCE[::-1]),
        ("p1", {"a": 1}, "", "discord:7"),
        ("p1", {"a": 1}, "", "discord:8"),
        ("p1", {"a": 1}, "", "discord:7", 2),
    ]
    assert len({commitment(*one) for one in given}) == len(given)


def test_the_seed_is_the_hash_of_salt_and_root() -> None:
    """As `(printf SALT; printf ROOT | xxd -r -p) | sha256sum` says it."""
    root = hashlib.sha256(b"").hexdigest()
    assert seed_of("salt", root) == hashlib.sha256(b"salt" + bytes.fromhex(root)).hexdigest()
