"""Cards for when something could not be done, or just was: what happened first, what to do next second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.card import Action, Card, Text
from bot.core.errors import Refusal
from bot.core.intents import ShowPoll
from bot.core.rich import Rich, moment
from bot.core.text import cut, one_line
from bot.i18n import Words

LONGEST_QUOTE = 300  # units of what was typed, said back in a refusal


def notice(t: Words, key: str, **facts: object) -> Card:
    """One sentence."""
    return Card(blocks=(Text(t(key, **facts)),), locale=t.locale)


def refusal(t: Words, refusal: Refusal) -> Card:
    """The sentence of a refusal, in the reader's words, and the way on where there is one."""
    said = notice(t, f"error.{refusal.key}", **_facts(t, refusal.facts))
    if refusal.key == "hidden_until_voted":
        return replace(said, actions=((Action(t.plain("poll.action.vote"), ShowPoll(str(refusal.facts["poll"]))),),))
    return said


def broken(t: Words, ref: str) -> Card:
    """Something of ours broke: say so, and the reference that also stands in the log."""
    return notice(t, "error.broken", ref=ref)


def _facts(t: Words, facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as words: moments as such, lists with this locale's commas, an absent suggestion as "none"."""
    return {name: _fact(t, name, value) for name, value in facts.items()}


def _fact(t: Words, name: str, value: object) -> object:
    if name.endswith("_ms") and isinstance(value, int):
        return moment(value, "R" if name == "closed_ms" else "f")
    if name == "suggestion" and not value:
        return "none"
    if isinstance(value, list | tuple):
        return t.listed([_quoted(str(part)) for part in value])
    if isinstance(value, str) and not isinstance(value, Rich):
        return _quoted(value)
    return Rich("") if value is None else value


def _quoted(typed: str) -> str:
    """What somebody typed, as a sentence can hold it: on one line, without overrides, not for ever."""
    return cut(one_line(typed), LONGEST_QUOTE)
