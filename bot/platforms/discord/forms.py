"""A form as a modal, and what comes back from one.

A modal's id carries its intent and a nonce: phones cache a modal's contents by id, and two people who open the same
form must not get each other's. What was filled in is read from the interaction alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.core.card import Action, Card, Choice, FieldKind, FormField, Style
from bot.core.card import Form as CardForm
from bot.core.codec import encode
from bot.core.text import cut
from bot.i18n import Words, words
from bot.platforms.discord.ballots import PARTS, SEVERAL, joined, labels, parts
from bot.platforms.discord.directory import WRITABLE
from bot.platforms.discord.markdown import plain
from bot.platforms.discord.parts import MARK
from bot.platforms.discord.prose import text_of

GROUP = 10  # choices of a radio or checkbox group at most; a radio group has 2 at least
LONGEST = 4000  # characters of a text input
SHORT = 300  # of one line, where the field names no limit
MOST_PICKED = 25  # roles in one select
_CHANNEL_TYPES = [discord.ChannelType(number) for number in sorted(WRITABLE)]
Item = discord.ui.Item[Any]


class _Picked(discord.SelectDefaultValue):
    """A value picked before whose id is written as text, as Discord's schema has it; discord.py writes a number."""

    def to_dict(self) -> Any:
        return super().to_dict() | {"id": str(self.id)}


class Form(discord.ui.Modal):
    """A modal that discord.py doesn't store."""

    def is_finished(self) -> bool:
        return True


def modal(card: Card, form: CardForm) -> Form:
    """The form as a modal; the card's text introduces it where one of the five parts is left."""
    view = Form(
        title=cut(plain(form.title), 45),
        custom_id=f"{encode(form.intent)}{MARK}{secrets.token_hex(6)}",
        timeout=None,
    )
    intro = "\n".join(text for block in card.blocks if (text := text_of(block)))
    if intro and _size(form) < PARTS:
        view.add_item(discord.ui.TextDisplay(cut(intro, LONGEST)))
    t = words(card.locale)
    for label in [label for field in form.fields for label in _labels(field, t)][:PARTS]:
        view.add_item(label)
    return view


def drawable(card: Card) -> Card:
    """The card whose form a modal holds, or which has none: the card itself, or what it names instead."""
    while card.form is not None and card.form.instead is not None and _size(card.form) > PARTS:
        card = card.form.instead
    return card


def unfolded(card: Card, form: CardForm) -> Card:
    """The card with a button that opens its form, for where a modal can't be the answer: after a modal or a delay."""
    unasked: dict[str, Any] = {"asked": False} if hasattr(form.intent, "asked") else {}
    asks = replace(form.intent, **unasked)
    opener, opens = Action(cut(form.title, 34), asks, Style.MAIN), encode(asks)
    has_one = any(
        isinstance(action, Action) and action.intent is not None and encode(action.intent) == opens
        for row in card.actions
        for action in row
    )
    actions = card.actions if has_one else (*card.actions, (opener,))
    return Card(card.title or form.title, card.blocks, actions, card.picks, locale=card.locale)


def submitted(data: Mapping[str, Any]) -> dict[str, str]:
    """What stands in each field of a submitted modal: a text, the chosen values joined by commas, or a file's id."""
    return joined(_values(data.get("components") or ()))


def _values(components: Any) -> Iterator[tuple[str, str]]:
    for part in components:
        if "component" in part:
            yield from _values([part["component"]])
        if "components" in part:
            yield from _values(part["components"])
        if "custom_id" in part:
            given = part.get("values")
            yield part["custom_id"], ",".join(given) if given is not None else str(part.get("value") or "")


def _size(form: CardForm) -> int:
    return sum(parts(field) for field in form.fields)


def _labels(field: FormField, t: Words) -> Iterable[discord.ui.Label[Any]]:
    return labels(field, t) if field.kind in SEVERAL else [_label(field)]


def _label(field: FormField) -> discord.ui.Label[Any]:
    component = _text(field) if field.kind in (FieldKind.LINE, FieldKind.TEXT) else _choice(field)
    return discord.ui.Label(
        text=cut(plain(field.label), 45), description=cut(plain(field.hint), 100) or None, component=component
    )


def _text(field: FormField) -> Item:
    most = min(field.most or (SHORT if field.kind is FieldKind.LINE else LONGEST), LONGEST)
    return discord.ui.TextInput(
        style=discord.TextStyle.short if field.kind is FieldKind.LINE else discord.TextStyle.paragraph,
        custom_id=field.name,
        default=cut(field.value, most) or None,
        required=field.required,
        min_length=field.least or None,
        max_length=most,
    )


def _choice(field: FormField) -> Item:
    if field.kind is FieldKind.FILE:
        return discord.ui.FileUpload(
            custom_id=field.name, required=field.required, min_values=int(field.required), max_values=1
        )
    if field.kind is FieldKind.ROLES:
        return discord.ui.RoleSelect(
            custom_id=field.name,
            required=field.required,
            min_values=0,
            max_values=MOST_PICKED,
            default_values=_picked(field),
        )
    if field.kind is FieldKind.CHANNEL:
        return discord.ui.ChannelSelect(
            custom_id=field.name, required=field.required, min_values=0, max_values=1, channel_types=_CHANNEL_TYPES,
            default_values=_picked(field),
        )  # fmt: skip
    if field.kind is FieldKind.ONE and 2 <= len(field.choices) <= GROUP:
        radios = [discord.RadioGroupOption(**_words(choice)) for choice in field.choices]
        return discord.ui.RadioGroup(custom_id=field.name, required=field.required, options=radios)
    least, most = _limits(field)
    if field.kind is FieldKind.MANY and len(field.choices) <= GROUP:
        boxes = [discord.CheckboxGroupOption(**_words(choice)) for choice in field.choices]
        return discord.ui.CheckboxGroup(
            custom_id=field.name, required=least > 0, min_values=least, max_values=most, options=boxes
        )
    return discord.ui.Select(
        custom_id=field.name,
        required=least > 0,
        min_values=least,
        max_values=most,
        options=[discord.SelectOption(**_words(choice)) for choice in field.choices[:25]],
    )


def _picked(field: FormField) -> list[_Picked]:
    """What stood there before, as Discord marks it."""
    kind = (
        discord.SelectDefaultValueType.role if field.kind is FieldKind.ROLES else discord.SelectDefaultValueType.channel
    )
    most = MOST_PICKED if field.kind is FieldKind.ROLES else 1
    return [_Picked(id=int(one), type=kind) for one in field.value.split()[:most] if one.isdecimal()]


def _limits(field: FormField) -> tuple[int, int]:
    """How many choices at least and at most, whatever the field says beyond what there is."""
    there = min(len(field.choices), 25)
    most = 1 if field.kind is FieldKind.ONE else min(field.most or there, there)
    least = max(field.least, 1) if field.required else 0
    return min(least, most), most


def _words(choice: Choice) -> dict[str, Any]:
    return {
        "label": cut(plain(choice.label), 100) or "–",
        "value": choice.value,
        "description": cut(plain(choice.detail), 100) or None,
        "default": choice.chosen,
    }
