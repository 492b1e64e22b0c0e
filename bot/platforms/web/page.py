"""What the page says around the cards: its words in the reader's language, who is at the table, what to begin with."""

from __future__ import annotations

from bot.core import intents as i
from bot.core.codec import encode
from bot.core.intents import Intent
from bot.i18n import Slot, Words, words
from bot.platforms.web.people import PEOPLE, Person

MEMBER_STARTERS: tuple[tuple[str, Intent], ...] = (
    ("read", i.ReadSection()),
    ("answer", i.AnswerItems()),
    ("sides", i.ShowProsCons()),
    ("polls", i.ListPolls()),
    ("help", i.ShowHelp()),
)
MODERATOR_STARTERS: tuple[tuple[str, Intent], ...] = (
    ("poll", i.DraftPoll()),
    ("panel", i.ShowPanel()),
    *MEMBER_STARTERS,
)
_ROOM = "web."


def page(person: Person, locale: str, upload_limit: int) -> dict[str, object]:
    """All that the page needs beside its messages. `uploadLimit` is in bytes."""
    t = words(locale)
    starters = MODERATOR_STARTERS if person.moderates else MEMBER_STARTERS
    return {
        "locale": locale,
        "me": person.id,
        "people": [{"id": p.id, "name": p.name, "moderates": p.moderates} for p in PEOPLE],
        "starters": [{"label": t.plain(f"web.starter.{name}"), "intent": encode(intent)} for name, intent in starters],
        "words": spoken(t),
        "uploadLimit": upload_limit,
    }


def spoken(t: Words) -> dict[str, str]:
    """The page's own words by their key, places for values still in braces: the page fills them."""
    ours = (key for key in t.messages if key.startswith(_ROOM))
    return {key.removeprefix(_ROOM): t.plain(key, **_kept(t, key)) for key in ours}


def _kept(t: Words, key: str) -> dict[str, str]:
    return {part.name: f"{{{part.name}}}" for part in t.messages[key] if isinstance(part, Slot)}
