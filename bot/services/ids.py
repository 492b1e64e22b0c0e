"""Ids are made here, in Python, at random: short enough for a button, too many to guess."""

from __future__ import annotations

import secrets

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 signs: five bits each, no look-alikes


def new_id(length: int = 10) -> str:
    """A random id of lower-case letters and digits: 50 bits at the default length."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
