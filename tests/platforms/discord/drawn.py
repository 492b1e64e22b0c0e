"""A card as the payload that would go to Discord, for looking at and for the spec gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.card import Card
from bot.platforms.discord.draw import Drawing, draw
from bot.platforms.discord.forms import modal
from tests.spec.parts import EPHEMERAL, V2_FLAG, walk

Json = dict[str, Any]


def message(card: Card, *, layout: bool = False) -> Json:
    """The body of a private message."""
    return payload(draw(card, layout=layout))


def payload(drawing: Drawing) -> Json:
    """A drawing as a message body."""
    told: Json = {"flags": EPHEMERAL | (V2_FLAG if drawing.v2 else 0)}
    if drawing.content:
        told["content"] = drawing.content
    if drawing.embed:
        told["embeds"] = [drawing.embed.to_dict()]
    if drawing.view:
        told["components"] = drawing.view.to_components()
    return told


def form(card: Card) -> Json:
    """The modal of a card with a form."""
    assert card.form is not None
    return dict(modal(card, card.form).to_dict())


def parts(body: Mapping[str, Any], kind: int) -> Iterator[Mapping[str, Any]]:
    """The parts of one type, top to bottom."""
    return (part for part in walk(body) if part["type"] == kind)


def text(body: Mapping[str, Any]) -> str:
    """All text displays, a line between."""
    return "\n".join(part["content"] for part in parts(body, 10))
