"""Buttons, selects and the ids that they carry: an id is an intent, so a press needs nothing that we remember."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.core.card import Action, Link, Pick, PickOption, Style
from bot.core.codec import decode, encode
from bot.core.intents import Intent
from bot.core.text import cut
from bot.platforms.discord.markdown import plain

Button = discord.ui.Button[discord.ui.LayoutView]
# What follows this sign tells equal intents of one message apart, or one opening of a form from the next.
MARK = "#"
ACCENT = 0xC0583B  # terracotta, the one accent of every card
_STYLES = {
    Style.PLAIN: discord.ButtonStyle.secondary,
    Style.MAIN: discord.ButtonStyle.primary,
    Style.DANGER: discord.ButtonStyle.danger,
}


def intent_of(custom_id: str) -> Intent:
    """The intent that an id carries. `Undecodable` when it carries none."""
    return decode(custom_id.partition(MARK)[0])


class Ids:
    """The ids of one message. Discord refuses a message with the same id twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, intent: Intent | None) -> str:
        """An id that carries the intent; "off" for what can't be pressed."""
        return self.named("off" if intent is None else encode(intent))

    def named(self, wanted: str) -> str:
        """`wanted`, with a number behind it when it is taken."""
        given, number = wanted, 0
        while given in self._taken:
            number += 1
            given = f"{wanted}{MARK}{number}"
        self._taken.add(given)
        return given


def button(action: Action | Link, ids: Ids) -> Button:
    """An action as a button. Label ≤ 80 characters at Discord; ours are ≤ 34, so that a phone shows them whole."""
    label = cut(plain(action.label), 80)
    if isinstance(action, Link):
        return discord.ui.Button(style=discord.ButtonStyle.link, label=label, url=action.url)
    return discord.ui.Button(
        style=_STYLES[action.style],
        label=label or None,
        emoji=action.emoji or None,
        custom_id=ids.of(action.intent),
        disabled=action.intent is None,
    )


def select(pick: Pick, ids: Ids) -> discord.ui.Select[discord.ui.LayoutView]:
    """A pick as a select menu; each option's value is its intent. 25 options, texts of 100 characters at Discord."""
    values = Ids()
    return discord.ui.Select(
        custom_id=ids.named("pick"),
        placeholder=cut(plain(pick.label), 150),
        options=[_option(option, values) for option in pick.options[:25]],
        min_values=1,
        max_values=1,
        required=True,
    )


def _option(option: PickOption, values: Ids) -> discord.SelectOption:
    return discord.SelectOption(
        label=cut(plain(option.label), 100),
        value=values.of(option.intent),
        description=cut(plain(option.detail), 100) or None,
        default=option.chosen,
    )


def rows(actions: Iterable[tuple[Action | Link, ...]], picks: Iterable[Pick], ids: Ids) -> list[list[discord.ui.Item]]:  # type: ignore[type-arg]
    """What can be pressed, in rows: buttons, five in a row at most, then picks: the button one needs comes first."""
    found: list[list[discord.ui.Item[discord.ui.LayoutView]]] = []
    for row in actions:
        drawn = [button(action, ids) for action in row]
        found += [list(drawn[at : at + 5]) for at in range(0, len(drawn), 5)]
    return found + [[select(pick, ids)] for pick in picks if pick.options]
