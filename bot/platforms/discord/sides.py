"""Two sides in two columns: Components V2 has none, so such a card becomes an embed with fields beside each other."""

from __future__ import annotations

import discord

from bot.core.card import Card, Side, Sides
from bot.core.text import cut, units
from bot.platforms.discord.markdown import line
from bot.platforms.discord.parts import ACCENT
from bot.platforms.discord.prose import side_text, text_of

FIELD, DESCRIPTION, TOTAL = 1024, 4096, 6000  # characters, at Discord
_BLANK = "\u200b"  # a field must have a text


def beside(card: Card) -> discord.Embed | None:
    """The card as an embed, when its body is one pair of sides with texts around it and all of it fits."""
    pairs = [block for block in card.blocks if isinstance(block, Sides)]
    if len(pairs) != 1:
        return None
    texts = [text_of(block) for block in card.blocks if block is not pairs[0]]
    if None in texts:
        return None
    embed = discord.Embed(
        title=cut(line(card.title), 256) or None,
        description=cut("\n".join(text for text in texts if text), DESCRIPTION) or None,
        colour=ACCENT,
    )
    left, right = _fields(pairs[0].left), _fields(pairs[0].right)
    for number in range(max(len(left), len(right))):
        _row(embed, number, left, right)
    return embed if len(embed.fields) <= 25 and _size(embed) <= TOTAL else None


def _row(embed: discord.Embed, number: int, left: list[tuple[str, str]], right: list[tuple[str, str]]) -> None:
    """One row of the two columns; a third, empty field keeps the next row from moving up beside it."""
    for name, value in (_at(left, number), _at(right, number)):
        embed.add_field(name=name, value=value, inline=True)
    if number + 1 < max(len(left), len(right)):
        embed.add_field(name=_BLANK, value=_BLANK, inline=True)


def _at(fields: list[tuple[str, str]], number: int) -> tuple[str, str]:
    return fields[number] if number < len(fields) else (_BLANK, _BLANK)


def _fields(side: Side) -> list[tuple[str, str]]:
    """A side in as many fields as its texts need, cut between texts."""
    chunks = [""]
    for row in side_text(side).split("\n"):
        if chunks[-1] and units(chunks[-1]) + units(row) + 1 > FIELD:
            chunks.append("")
        chunks[-1] += ("\n" if chunks[-1] else "") + cut(row, FIELD)
    heading = cut(line(side.heading), 256) or _BLANK  # each time: on a phone fields stand below each other
    return [(heading, chunk or _BLANK) for chunk in chunks]


def _size(embed: discord.Embed) -> int:
    texts = [embed.title or "", embed.description or ""]
    return sum(units(text) for text in texts) + sum(units((f.name or "") + (f.value or "")) for f in embed.fields)
