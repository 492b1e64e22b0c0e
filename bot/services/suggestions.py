"""What completes an option while somebody types: at most 25 values, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import available_timezones

from bot.cards import commands
from bot.cards.polls.wording import lettered
from bot.core import suggest as likeness
from bot.core.article import ItemKind, Pack
from bot.core.commands import COMMANDS
from bot.core.errors import Refusal
from bot.core.poll.values import Results, State
from bot.core.ready import ReadyPoll
from bot.core.setting import SETTINGS
from bot.core.text import cut, folded
from bot.i18n import LOCALES
from bot.services.articles import current
from bot.services.desk import Desk, Suggestion
from bot.services.here import Here
from bot.services.polls.finding import need_shown
from bot.storage import polls, templates

MOST = 25  # Discord's answers to one autocomplete
UNITS = 100  # of a value and of a label
ITEM_ORDER = (ItemKind.ACTION, ItemKind.TAKEAWAY, ItemKind.PRO, ItemKind.CON)
Names = Mapping[str, str]  # value → label
RANKED = re.compile(r"(?P<before>[a-y](?:\s*[>=]\s*[a-y])*)\s*[>=]\s*")  # letters, and a sign that wants another


async def suggest(desk: Desk, here: Here, source: str, typed: str, given: Mapping[str, str]) -> tuple[Suggestion, ...]:
    """Values for an option that completes from `source`. Empty for a source that there is not."""
    find = SOURCES.get(source)
    names = await find(desk, here, typed, given) if find else {}
    fitting = list(names) if source in ("timezone", "setting_value") else likeness.ranked(typed, names)
    return tuple(Suggestion(value, cut(names[value], UNITS)) for value in fitting[:MOST] if len(value) <= UNITS)


async def _articles(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    return {pack.id: pack.article(here.locale).title for pack in await desk.shelf.all(desk.db, here)}


async def _sections(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    pack = await _pack(desk, here, given)
    sections = pack.article(here.locale).sections if pack else ()
    return {section.id: f"{n}. {section.title}" for n, section in enumerate(sections, 1)}


async def _items(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    pack = await _pack(desk, here, given)
    items = pack.article(here.locale).of_kind(*ITEM_ORDER) if pack else ()
    return {item.id: f"{here.t.plain(f'kind.{item.kind}')} · {item.name}" for item in items}


async def _ready(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    pack = await _pack(desk, here, given)
    on = pack.id if pack else ""
    ordered = sorted(desk.ready, key=lambda poll: poll.article != on)
    return {poll.id: _question(poll, here.locale) for poll in ordered}


async def _templates(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    kept = await desk.db.read(lambda tx: templates.titles(tx, here.place.id)) if here.moderator else {}
    return {title: title for title in kept.values()}


async def _polls(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    return _numbered(await _seen(desk, here, State.OPEN, State.CLOSED))


async def _open_polls(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    return _numbered(await _seen(desk, here, State.OPEN))


async def _closed_polls(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    """Those that can be opened again."""
    return _numbered([one for one in await _seen(desk, here, State.CLOSED) if one.named])


async def _drafts(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    """Drafts have no number yet, and members don't see them."""
    if not here.moderator:
        return {}
    return {one.id: one.questions[0] for one in await _seen(desk, here, State.DRAFT)}


async def _seen(desk: Desk, here: Here, *states: State) -> list[polls.Asked]:
    """What all polls in these states ask that this person may see, newest first."""
    scope = await here.scope(desk.db)
    return await desk.db.read(lambda tx: polls.questions(tx, scope, *states))


async def _records(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    """Polls, and after them the stances on the article that is on here."""
    found = await _polls(desk, here, typed, given)
    pack = await desk.shelf.pack(desk.db, here, here.place.article) if here.place.article else None
    if pack is None:
        return found
    label = here.t.plain("export.answers_to", title=pack.article(here.locale).title)
    newest = dict(list(found.items())[: MOST - 1])  # the article's line must find room among the first
    return {**newest, "article": label, **found}


async def _topics(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    shown = [command for command in COMMANDS if here.moderator or not command.moderators]
    return {
        command.path: f"/{commands.path(here.t, command)} · {commands.described(here.t, command)}" for command in shown
    }


async def _timezones(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    return {name: name for name in _zones_like(folded(typed))}


async def _settings(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    return {name: here.t.plain(f"settings.{name}") for name in SETTINGS}


async def _setting_values(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    """What the setting named so far can be; nothing for those that take mentions."""
    name = given.get("name", "")
    if name == "timezone":
        return await _timezones(desk, here, typed, given)
    if name == "language":
        return {locale: here.t.plain(f"setting_help.language_{locale}") for locale in LOCALES}
    return {value: here.t.plain(f"draft.results.{value}") for value in Results} if name == "results" else {}


async def _marks(desk: Desk, here: Here, typed: str, given: Mapping[str, str]) -> Names:
    """The options of the poll named so far, by letter, while it can be seen; behind a begun ranking, those left."""
    poll = await desk.db.read(lambda tx: need_shown(tx, here, given.get("poll", "")))
    if poll.state is not State.OPEN:
        return {}
    names = {poll.letter(option.id).lower(): lettered(here.t, poll, option) for option in poll.options}
    begun = RANKED.match(typed.lower()) if poll.kind == "ranked" else None
    if begun is None:
        return names
    used = set(begun["before"])
    return {begun[0] + letter: f"{begun[0].upper()} {name}" for letter, name in names.items() if letter not in used}


async def _pack(desk: Desk, here: Here, given: Mapping[str, str]) -> Pack | None:
    """The article named in the command so far, else the one that is read or on; None where there is none."""
    for named in (given.get("article", ""), ""):
        try:
            return await current(desk, here, named)
        except Refusal:
            continue
    return None


def _numbered(found: list[polls.Asked]) -> Names:
    """Open polls before closed ones, newest first."""
    return {str(one.number): one.heading for one in sorted(found, key=lambda one: one.state is not State.OPEN)}


def _question(poll: ReadyPoll, locale: str) -> str:
    return poll.question.get(locale) or next(iter(poll.question.values()))


def _zones_like(wanted: str) -> list[str]:
    """Time zones that hold the words, those of a city so called first; or else those of cities that look alike."""
    zones = _zones()
    holding = [name for name in zones if wanted in folded(name)]
    if holding:
        return sorted(holding, key=lambda name: not zones[name].startswith(wanted))
    cities = {city: name for name, city in zones.items()}
    return [cities[city] for city in get_close_matches(wanted, cities, n=5, cutoff=0.6)]


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Each zone's city, folded. The list is on disk and doesn't change while we run."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return {name: folded(name.rsplit("/", 1)[-1]) for name in ("UTC", *names)}


SOURCES: Mapping[str, Callable[[Desk, Here, str, Mapping[str, str]], Awaitable[Names]]] = {
    "template": _templates,
    "article": _articles,
    "section": _sections,
    "item": _items,
    "ready": _ready,
    "poll": _polls,
    "open_poll": _open_polls,
    "draft": _drafts,
    "closed_poll": _closed_polls,
    "record": _records,
    "topic": _topics,
    "timezone": _timezones,
    "setting": _settings,
    "setting_value": _setting_values,
    "mark": _marks,
}
