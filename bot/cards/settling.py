"""The settings of a place, and the form for one."""

from __future__ import annotations

from bot.core.card import Block, Card, Choice, Facts, FieldKind, Form, FormField, Pick, PickOption, Small, Text
from bot.core.intents import ChangeSetting
from bot.core.place import Place
from bot.core.setting import SETTINGS
from bot.core.text import cut
from bot.i18n import LOCALES, Words


def settings(t: Words, place: Place, timezone: str, locale: str, *, changed: str = "") -> Card:
    """All settings, and which to change."""
    facts = Facts(tuple((t.plain(f"settings.{name}"), _shown(t, place, name, timezone, locale)) for name in SETTINGS))
    options = tuple(
        PickOption(t.plain(f"settings.{name}"), ChangeSetting(name), cut(t.plain(f"setting_help.{name}"), 100))
        for name in SETTINGS
    )
    first: tuple[Block, ...] = (
        (Text(t("setting_help.changed", name=t.plain(f"settings.{changed}"))),) if changed else ()
    )
    hint = Small(t("setting_help.hint"))
    pick = Pick(t.plain("setting_help.pick"), options)
    return Card(t.plain("setting_help.title"), (*first, facts, hint), picks=(pick,), locale=t.locale)


def form(t: Words, place: Place, name: str, timezone: str, locale: str) -> Card:
    """One setting to type or to choose."""
    label = cut(t.plain(f"settings.{name}"), 45)
    hint = cut(t.plain(f"setting_help.{name}"), 100)
    now = _value(place, name, timezone, locale)
    values = {"language": LOCALES, "results": ("voted", "live", "close")}.get(name, ())
    choices = tuple(Choice(v, word(t, name, v), chosen=v == now) for v in values)
    kind = FieldKind.ONE if choices else FieldKind.LINE
    field = FormField("value", label, kind, hint, value="" if choices else now, choices=choices)
    whole = Form(label, ChangeSetting(name), (field,), submit=t.plain("setting_help.save"))
    return Card(label, (Text(t(f"setting_help.{name}")),), form=whole, locale=t.locale)


def _shown(t: Words, place: Place, name: str, timezone: str, locale: str) -> str:
    value = _value(place, name, timezone, locale)
    return word(t, name, value) if value else t("setting_help.none")


def word(t: Words, name: str, value: str) -> str:
    """A setting's value as people read it."""
    if name == "language":
        return t.plain(f"setting_help.language_{value}")
    return t.plain(f"draft.results.{value}") if name == "results" else value


def _value(place: Place, name: str, timezone: str, locale: str) -> str:
    return {
        "language": locale,
        "timezone": timezone,
        "moderators": " ".join(place.settings.moderators),
        "reports": place.settings.reports,
        "results": place.settings.results,
    }[name]
