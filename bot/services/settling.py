"""A place's settings: language, time zone, moderator roles, where reports go, when results are seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from zoneinfo import available_timezones

from bot.cards import settling as cards
from bot.core import suggest
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import ChangeSetting, Intent
from bot.core.poll.values import Results
from bot.core.setting import CHANNEL, KINDS, ROLE, SETTINGS, SettingKind, read_ids
from bot.core.text import cut, folded
from bot.i18n import LOCALES
from bot.services.addresses import check_channel, check_roles
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.record import logged
from bot.services.stage import SlowDown
from bot.storage import events, places, posts
from bot.storage.port import Tx

Value = str | tuple[str, ...]
Keeper = Callable[[Tx, str, Value], Awaitable[None]]


async def change(desk: Desk, here: Here, intent: ChangeSetting) -> Show:
    """Change one setting; without a value, its form; without a name, all of them."""
    name = _named(intent, here)
    if not name:
        return await _all(desk, here)
    typed = _given(intent, name)
    if typed is None:
        known = await look_up(desk, here)
        return Show(cards.form(here.t, here.place, name, here.timezone, here.place_locale, known))
    value, now = await READERS[name](desk, here, typed), desk.clock()

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.event, now):
            await places.ensure(tx, here.spot, now)
            await KEEPERS[name](tx, here.place.id, value)
            said = " ".join(value) if isinstance(value, tuple) else value
            await logged(tx, here, now, "setting_changed", f"setting:{name}", name=name, value=said or "–")

    await desk.db.write(work)
    after = await desk.here(here.ctx)
    desk.boards.ring()
    return await _all(desk, after, changed=name)


async def _all(desk: Desk, here: Here, changed: str = "") -> Show:
    known = await look_up(desk, here)
    shown = cards.settings(here.t, here.place, here.timezone, here.place_locale, known, changed=changed)
    return Show(shown, replace=True)


def _given(intent: ChangeSetting, name: str) -> str | None:
    """The value that was typed or picked; None where the form is to ask. From a form of pickers nothing picked is none.

    Refusal: wrong_id, for a value of another kind.
    """
    kind, role = KINDS[name], intent.role.partition("|")[0]  # Discord tells a role's name with it
    picked = {SettingKind.ROLES: role, SettingKind.CHANNEL: intent.channel}
    strange = [value for other, value in picked.items() if value and other is not kind]
    if strange:
        raise refuse("wrong_id", typed=strange[0])
    typed = intent.value.strip() or picked.get(kind, "").strip()
    return typed or ("-" if intent.asked and kind in picked else None)


async def look_up(desk: Desk, here: Here) -> cards.Known:
    """What the platform says now of the roles and the channel that the settings name."""
    settings, arm = here.place.settings, desk.reach.get(here.spot.platform)
    if arm is None:
        return cards.Known()
    roles = arm.roles(here.place.id)
    names = dict(roles or {})
    gone = {role for role in settings.moderators if roles is not None and role not in roles}
    lacking: tuple[str, ...] = ()
    if settings.reports:
        try:
            channel = await arm.channel(here.place.id, settings.reports)
        except SlowDown:
            return cards.Known(names, frozenset(gone), has_roles=roles is not None)
        if channel is None:
            gone.add(settings.reports)
        else:
            names[settings.reports], lacking = channel.name, channel.lacking
    return cards.Known(names, frozenset(gone), lacking, has_roles=roles is not None)


async def _language(desk: Desk, here: Here, typed: str) -> str:
    known = {locale: locale for locale in LOCALES} | {"english": "en", "ingles": "en", "spanish": "es", "espanol": "es"}
    value = known.get(folded(typed))
    if value is None:
        raise refuse("unknown_language", typed=typed)
    return value


async def _timezone(desk: Desk, here: Here, typed: str) -> str:
    zones = {zone: zone.replace("_", " ") for zone in available_timezones()}
    cities = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in zones}
    value = typed if typed in zones else suggest.exact(typed, zones) or suggest.exact(typed, cities)
    if value is None:
        near = suggest.ranked(cut(typed, 60), zones)
        raise refuse("unknown_timezone", typed=typed, suggestion=near[0] if near else "")
    return value


async def _moderators(desk: Desk, here: Here, typed: str) -> tuple[str, ...]:
    return check_roles(desk, here, read_ids(typed, ROLE))


async def _reports(desk: Desk, here: Here, typed: str) -> str:
    named = (here.spot.channel,) if folded(typed) in ("here", "aqui") else read_ids(typed, CHANNEL)[:1]
    return await check_channel(desk, here, named[0]) if named else ""


async def _results(desk: Desk, here: Here, typed: str) -> str:
    if typed not in tuple(Results):
        raise refuse("wrong_value", option="results", typed=typed, choices=[str(value) for value in Results])
    return typed


async def _keep_language(tx: Tx, place: str, value: Value) -> None:
    await places.set_column(tx, place, "locale", str(value))
    await posts.bump_place(tx, place)


async def _keep_timezone(tx: Tx, place: str, value: Value) -> None:
    await places.set_column(tx, place, "timezone", str(value))


def _keep(name: str) -> Keeper:
    async def keep(tx: Tx, place: str, value: Value) -> None:
        await places.change_settings(tx, place, **{name: value})

    return keep


# What is typed is read before the transaction: a list of time zones is slow to look through.
READERS: Mapping[str, Callable[[Desk, Here, str], Awaitable[Value]]] = {
    "language": _language,
    "timezone": _timezone,
    "moderators": _moderators,
    "reports": _reports,
    "results": _results,
}
KEEPERS: Mapping[str, Keeper] = {
    "language": _keep_language,
    "timezone": _keep_timezone,
    **{name: _keep(name) for name in ("moderators", "reports", "results")},
}


def _named(intent: ChangeSetting, here: Here) -> str:
    """The setting that is meant; where a role or a channel was picked and nothing named, the first that takes one."""
    typed = intent.name
    if not typed:
        kind = SettingKind.ROLES if intent.role else SettingKind.CHANNEL if intent.channel else None
        return next((name for name, its in KINDS.items() if its is kind), "")
    names = {name: here.t.plain(f"settings.{name}") for name in SETTINGS}
    found = typed if typed in names else suggest.exact(typed, names)
    if found is None:
        raise refuse("unknown_setting", typed=typed)
    return found


HANDLERS: Mapping[type[Intent], Handler] = {ChangeSetting: change}
