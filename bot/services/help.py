"""Help on everything, or on one command."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import commands, help  # noqa: A004 (the card is called what it is)
from bot.core import intents as i
from bot.core import suggest
from bot.core.card import Audience, Card, Show
from bot.core.commands import COMMANDS
from bot.core.errors import refuse
from bot.core.intents import Intent
from bot.core.text import folded
from bot.i18n import words
from bot.services.desk import Desk, Handler
from bot.services.here import Here


async def show_help(desk: Desk, here: Here, intent: i.ShowHelp) -> Show:
    """Everything, or the command named in any of our languages. Refusal: unknown_command with a suggestion."""
    card = _topic(here, intent.topic) if folded(intent.topic) else help.overview(here.t, here.moderator)
    return Show(card, Audience.PREFER_PRIVATE, replace=True)


def _topic(here: Here, typed: str) -> Card:
    names = commands.names(here.t, words("en"))
    wanted = folded(typed)
    same = [path for name, path in names.items() if folded(name) == wanted]
    if same:
        return help.topic_card(here.t, help.by_path(same[0]))
    family = [path for name, path in names.items() if folded(name).startswith(wanted + " ")]
    if family:
        title = " ".join(typed.strip("/ ").replace(".", " ").split())
        return help.group_card(here.t, title, [c for c in COMMANDS if c.path in set(family)])
    near = suggest.ranked(typed, {name: name for name in names})
    raise refuse("unknown_command", typed=typed, suggestion=f"/{near[0]}" if near else "")


HANDLERS: Mapping[type[Intent], Handler] = {i.ShowHelp: show_help}
