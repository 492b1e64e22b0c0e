"""Choosing the language of one's own cards."""

from __future__ import annotations

from bot.core import intents as i
from bot.core.card import Action, Card, Text
from bot.i18n import LOCALES, Words

AUTO = "auto"


def ask(t: Words, chosen: str | None) -> Card:
    """Which language? Each under its own name, so that everybody can read theirs."""
    choices = tuple(_choice(t, language, chosen) for language in (*LOCALES, AUTO))
    now = t("language.now", name=t.plain(f"language.name.{chosen or AUTO}"))
    return Card(title=t.plain("language.title"), blocks=(Text(now),), actions=(choices,), locale=t.locale)


def done(t: Words, chosen: str | None) -> Card:
    """Said in the new language, which shows that it worked."""
    key = "language.set" if chosen else "language.set_auto"
    return Card(
        blocks=(Text(t(key, name=t.plain("language.itself"))),),
        actions=((Action(t.plain("action.about"), i.OpenArticle()), Action(t.plain("guide.all"), i.ShowHelp())),),
        locale=t.locale,
    )


def _choice(t: Words, language: str, chosen: str | None) -> Action:
    label = t.plain(f"language.name.{language}")
    return Action(label, None if language == (chosen or AUTO) else i.SetLanguage(language))
