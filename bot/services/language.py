"""A person's own language for private cards."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import language as cards
from bot.core import intents as i
from bot.core import suggest
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import Intent
from bot.core.text import folded
from bot.i18n import LOCALES, language_of, words
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.remembering import remember


async def set_language(desk: Desk, here: Here, intent: i.SetLanguage) -> Show:
    """Ask, or set and answer in the new language. Refusal: unknown_language."""
    if not folded(intent.language):
        return Show(cards.ask(here.t, here.reader.locale), replace=True)
    chosen = _meant(intent.language)
    locale = None if chosen == cards.AUTO else chosen
    await remember(desk, here, locale=locale)
    spoken = locale or language_of(here.actor.locale, here.place_locale)
    return Show(cards.done(words(spoken), locale), replace=True)


def _meant(typed: str) -> str:
    """A language by its code or its name in any of our languages; "auto" for following the platform."""
    codes = (*LOCALES, cards.AUTO)
    if folded(typed) in codes:
        return folded(typed)
    for locale in LOCALES:
        for key in ("name", "called"):
            names = {code: words(locale).plain(f"language.{key}.{code}") for code in codes}
            if found := suggest.exact(typed, names):
                return found
    raise refuse("unknown_language", typed=typed)


HANDLERS: Mapping[type[Intent], Handler] = {i.SetLanguage: set_language}
