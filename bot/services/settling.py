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
from bot.core.setting import CHANNEL, ROLE, SETTINGS, read_ids
from bot.core.text import cut, folded
from bot.i18n import LOCALES
from bot.services.addresses import check_channel, check_roles
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.record import logged
from bot.storage import events, places, posts
from bot.storage.port import Tx

Value = str | tuple[str, ...]
Keeper = Callable[[Tx, str, Value], Awaitable[None]]


async def change(desk: Desk, here: Here, intent: ChangeSetting) -> Show:
    """Change one setting; without a value, its form; without a name, all of them."""
    if not intent.name:
        return Show(cards.settings(here.t, here.place, here.timezone, here.place_locale), replace=True)
    name = _named(intent.name, here)
    if not intent.value.strip():
        return Show(cards.form(here.t, here.place, name, here.timezone, here.place_locale))
    value, now = await READERS[name](desk, here, intent.value.strip()), desk.clock()

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.ctx.event, now):
            await places.ensure(tx, here.spot, now)
            await KEEPERS[name](tx, here.place.id, value)
            said = " ".join(value) if isinstance(value, tuple) else value
            await logged(tx, here, now, "setting_changed", f"setting:{name}", name=name, value=said or "–")

    await desk.db.write(work)
    after = await desk.here(here.ctx)
    desk.boards.ring()
    return Show(cards.settings(after.t, after.place, after.timezone, after.place_locale, changed=name), replace=True)


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


def _named(typed: str, here: Here) -> str:
    names = {name: here.t.plain(f"settings.{name}") for name in SETTINGS}
    found = typed if typed in names else suggest.exact(typed, names)
    if found is None:
        raise refuse("unknown_setting", typed=typed)
    return found


HANDLERS: Mapping[type[Intent], Handler] = {ChangeSetting: change}
