"""A place's settings: language, time zone, moderator roles, where reports go, when results are seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from zoneinfo import available_timezones

from bot.cards import settling as cards
from bot.core import suggest
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import ChangeSetting, Intent
from bot.core.place import Place
from bot.core.poll.values import Results
from bot.core.setting import SETTINGS, read_ids
from bot.core.text import folded
from bot.i18n import LOCALES
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.record import logged
from bot.storage import events, places, posts
from bot.storage.port import Tx

Setter = Callable[[Tx, Here, str], Awaitable[str]]


async def change(desk: Desk, here: Here, intent: ChangeSetting) -> Show:
    """Change one setting; without a value, its form; without a name, all of them."""
    if not intent.name:
        return Show(cards.settings(here.t, here.place, here.timezone, here.place_locale), replace=True)
    name = _named(intent.name, here)
    if not intent.value.strip():
        return Show(cards.form(here.t, here.place, name, here.timezone, here.place_locale))
    now = desk.clock()

    async def work(tx: Tx) -> Place:
        if await events.first_time(tx, here.ctx.event, now):
            await places.ensure(tx, here.spot, now)
            value = await SETTERS[name](tx, here, intent.value.strip())
            await logged(tx, here, now, "setting_changed", f"setting:{name}", name=name, value=value)
        return await places.place(tx, here.place.id)

    place = await desk.db.write(work)
    after = await desk.here(here.ctx)
    desk.boards.ring()
    return Show(cards.settings(after.t, place, after.timezone, after.place_locale, changed=name), replace=True)


async def _language(tx: Tx, here: Here, typed: str) -> str:
    known = {locale: locale for locale in LOCALES} | {"english": "en", "ingles": "en", "spanish": "es", "espanol": "es"}
    value = known.get(folded(typed))
    if value is None:
        raise refuse("unknown_language", typed=typed)
    await places.set_column(tx, here.place.id, "locale", value)
    await posts.bump_place(tx, here.place.id)
    return value


async def _timezone(tx: Tx, here: Here, typed: str) -> str:
    zones = {zone: zone.replace("_", " ") for zone in available_timezones()}
    cities = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in zones}
    value = typed if typed in zones else suggest.exact(typed, zones) or suggest.exact(typed, cities)
    if value is None:
        near = suggest.ranked(typed, zones)
        raise refuse("unknown_timezone", typed=typed, suggestion=near[0] if near else "")
    await places.set_column(tx, here.place.id, "timezone", value)
    return value


async def _moderators(tx: Tx, here: Here, typed: str) -> str:
    roles = read_ids(typed)
    await places.change_settings(tx, here.place.id, moderators=roles)
    return " ".join(roles)


async def _reports(tx: Tx, here: Here, typed: str) -> str:
    channel = here.spot.channel if folded(typed) in ("here", "aqui") else "".join(read_ids(typed)[:1])
    await places.change_settings(tx, here.place.id, reports=channel)
    return channel


async def _results(tx: Tx, here: Here, typed: str) -> str:
    if typed not in tuple(Results):
        raise refuse("wrong_value", option="results", typed=typed, choices=[str(value) for value in Results])
    await places.change_settings(tx, here.place.id, results=typed)
    return typed


SETTERS: Mapping[str, Setter] = {
    "language": _language,
    "timezone": _timezone,
    "moderators": _moderators,
    "reports": _reports,
    "results": _results,
}


def _named(typed: str, here: Here) -> str:
    names = {name: here.t.plain(f"settings.{name}") for name in SETTINGS}
    found = typed if typed in names else suggest.exact(typed, names)
    if found is None:
        raise refuse("unknown_setting", typed=typed)
    return found


HANDLERS: Mapping[type[Intent], Handler] = {ChangeSetting: change}
