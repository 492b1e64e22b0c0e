"""Stances as a file may hold them: by person, but under numbers that chance gave."""

from __future__ import annotations

from bot.core.record import unnamed
from bot.core.stance import Stance, StanceRow


def row(person: str, item: str, stance: Stance = Stance.AGREE) -> StanceRow:
    """A stance of a person with a name, at a time."""
    return StanceRow("x", item, f"discord:{person}", f"Name {person}", stance, "v1", "i1", 12345)


ROWS = [row("9", "b"), row("1", "a"), row("9", "a", Stance.PASS), row("5", "c")]


def test_nobody_is_named() -> None:
    """Neither id, nor name, nor time; the answers of one person stay together."""
    out = unnamed(ROWS, list.reverse)
    assert {(r.actor_name, r.set_ms) for r in out} == {("", 0)}
    assert [(r.actor_id, r.item_id) for r in out] == [("1", "a"), ("1", "b"), ("2", "c"), ("3", "a")]
    assert not any("discord" in r.actor_id for r in out)


def test_numbers_are_by_chance() -> None:
    """Not by who came first, nor by id."""
    assert unnamed(ROWS, lambda people: None) != unnamed(ROWS, list.reverse)


def test_nothing_is_lost() -> None:
    """Every stance is there, on its item and wording."""
    out = unnamed(ROWS, list.sort)
    assert sorted((r.item_id, r.stance) for r in out) == sorted((r.item_id, r.stance) for r in ROWS)
    assert unnamed([], list.reverse) == ()
