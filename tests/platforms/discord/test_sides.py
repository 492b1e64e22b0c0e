"""Sides beside each other, on a phone: Discord stands them below each other there, in order."""

from __future__ import annotations

from bot.core.card import Card, Side, Sides
from bot.platforms.discord.sides import beside


def test_a_side_that_goes_on_says_again_which_it_is() -> None:
    """Every field with words has its side's heading, so that none is taken for the other's."""
    long = Card("T", (Sides(Side("For", ("word " * 80,) * 2), Side("Against", ("word " * 80,) * 6)),))
    embed = beside(long)
    assert embed is not None
    named = [field.name for field in embed.fields if field.value and field.value != "\u200b"]
    assert set(named) == {"For", "Against"}
    assert named.count("Against") > 1
