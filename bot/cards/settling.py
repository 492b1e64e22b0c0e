"""The settings of a place, and the form for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.card import Block, Card, Choice, Facts, FieldKind, Form, FormField, Pick, PickOption, Small, Text
from bot.core.intents import ChangeSetting
from bot.core.place import Place
from bot.core.rich import join, mention
from bot.core.setting import CHANNEL, KINDS, ROLE, SETTINGS, SettingKind
from bot.core.text import cut
from bot.i18n import LOCALES, Words

CHOICES: Mapping[str, tuple[str, ...]] = {"language": LOCALES, "results": ("voted", "live", "close")}
_PICKED = {SettingKind.ROLES: FieldKind.ROLES, SettingKind.CHANNEL: FieldKind.CHANNEL}


@dataclass(frozen=True, slots=True)
class Known:
    """What the platform says of the roles and channels that settings name, by their ids.

    `gone` are those that are no more; `lacking` the rights that the bot lacks in the channel for reports. `has_roles`:
    the platform has roles, and decides itself which commands it shows to whom.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    lacking: tuple[str, ...] = ()
    has_roles: bool = False


def settings(t: Words, place: Place, timezone: str, locale: str, known: Known, *, changed: str = "") -> Card:
    """All settings, and which to change; what is amiss with them stands below."""
    facts = Facts(
        tuple((t.plain(f"settings.{name}"), _shown(t, place, name, timezone, locale, known)) for name in SETTINGS)
    )
    options = tuple(
        PickOption(t.plain(f"settings.{name}"), ChangeSetting(name), cut(t.plain(f"setting_help.{name}"), 100))
        for name in SETTINGS
    )
    first: tuple[Block, ...] = (
        (Text(t("setting_help.changed", name=t.plain(f"settings.{changed}"))),) if changed else ()
    )
    blocks = (*first, facts, *_amiss(t, place, known), Small(t("setting_help.hint")))
    pick = Pick(t.plain("setting_help.pick"), options)
    return Card(t.plain("setting_help.title"), blocks, picks=(pick,), locale=t.locale)


def form(t: Words, place: Place, name: str, timezone: str, locale: str, known: Known) -> Card:
    """One setting to type, to choose or to pick; a role or channel that is gone isn't among those picked."""
    label = cut(t.plain(f"settings.{name}"), 45)
    hint = cut(t.plain(f"setting_help.{name}"), 100)
    now = _value(place, name, timezone, locale)
    choices = tuple(Choice(v, word(t, name, v), chosen=v == now) for v in CHOICES.get(name, ()))
    if picked := _PICKED.get(KINDS[name]):
        there = " ".join(one for one in now.split() if one not in known.gone)
        shown = FormField("value", label, picked, hint, required=False, value=there)
    else:
        kind = FieldKind.ONE if choices else FieldKind.LINE
        shown = FormField("value", label, kind, hint, value="" if choices else now, choices=choices)
    intro: tuple[Block, ...] = (Text(t(f"setting_help.{name}")),)
    if name == "moderators" and known.has_roles:
        intro = (*intro, Small(t("setting_help.integrations")))
    whole = Form(label, ChangeSetting(name, asked=bool(picked)), (shown,), submit=t.plain("setting_help.save"))
    return Card(label, intro, form=whole, locale=t.locale)


def word(t: Words, name: str, value: str, names: Mapping[str, str] | None = None) -> str:
    """A setting's value as people read it; `names` are those of roles and channels, where they are known."""
    if name == "language":
        return t.plain(f"setting_help.language_{value}")
    if name == "results":
        return t.plain(f"draft.results.{value}")
    sign = {SettingKind.ROLES: ROLE, SettingKind.CHANNEL: CHANNEL}.get(KINDS.get(name, SettingKind.TEXT))
    if sign is None:
        return value
    return join([mention(sign, one, (names or {}).get(one, "")) for one in value.split()], " ")


def _amiss(t: Words, place: Place, known: Known) -> tuple[Block, ...]:
    """What is amiss with the roles and the channel, and what the platform itself must be told."""
    found: list[Block] = []
    if any(role in known.gone for role in place.settings.moderators):
        found.append(Text(t("setting_help.roles_gone")))
    if place.settings.reports in known.gone:
        found.append(Text(t("setting_help.reports_gone")))
    if known.lacking:
        rights = t.listed([t.plain(f"right.{right}") for right in known.lacking])
        found.append(Text(t("setting_help.reports_lacking", rights=rights)))
    if place.settings.moderators and known.has_roles:
        found.append(Small(t("setting_help.integrations")))
    return tuple(found)


def _shown(t: Words, place: Place, name: str, timezone: str, locale: str, known: Known) -> str:
    value = _value(place, name, timezone, locale)
    if not value:
        return t("setting_help.none")
    if KINDS[name] not in _PICKED:
        return word(t, name, value)
    gone = t.plain("setting_help.gone")
    each = [f"{gone} ({one})" if one in known.gone else word(t, name, one, known.names) for one in value.split()]
    return join(each, " ")


def _value(place: Place, name: str, timezone: str, locale: str) -> str:
    return {
        "language": locale,
        "timezone": timezone,
        "moderators": " ".join(place.settings.moderators),
        "reports": place.settings.reports,
        "results": place.settings.results,
    }[name]
