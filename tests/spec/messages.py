"""What Discord refuses in a message although its schema allows it: sums, uniqueness and what excludes what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.spec.parts import (
    ACTION_ROW,
    BUTTON,
    CHECKBOX_GROUP,
    RADIO_GROUP,
    SELECTS,
    TEXT_DISPLAY,
    V2_ONLY,
    Part,
    is_v2,
    units,
    walk,
)

MAX_COMPONENTS = 40
MAX_TEXT = 4000
MAX_CONTENT = 2000
MAX_EMBEDS = 6000
MAX_ROWS = 5
LINK, PREMIUM = 5, 6


def faults(message: Part) -> Iterator[str]:
    """The faults of one message body, as sentences. Sources: Discord's component and embed limits."""
    yield from shared_faults(message)
    yield from _v2(message) if is_v2(message) else _classic(message)
    yield from _embeds(message.get("embeds") or ())


def shared_faults(payload: Part) -> Iterator[str]:
    """The faults that messages and modals can both have: ids, rows, choices."""
    yield from repeated("custom_id", (part.get("custom_id") for part in walk(payload)))
    yield from repeated("component id", (part.get("id") or None for part in walk(payload)))
    for part in walk(payload):
        yield from _part(part)


def text_units(payload: Part) -> int:
    """Characters over all Text Displays, in UTF-16 units."""
    return sum(units(part.get("content") or "") for part in walk(payload) if part.get("type") == TEXT_DISPLAY)


def repeated(what: str, values: Iterable[Any]) -> Iterator[str]:
    """A sentence for each value that comes more than once; None doesn't count."""
    counts = Counter(value for value in values if value is not None)
    yield from (f"{what} {value!r} comes {count} times" for value, count in counts.items() if count > 1)


def _v2(message: Part) -> Iterator[str]:
    beside = [key for key in ("content", "embeds", "poll", "sticker_ids") if message.get(key)]
    if beside:
        yield f"{', '.join(beside)} beside Components V2"
    if (count := sum(1 for _ in walk(message))) > MAX_COMPONENTS:
        yield f"{count} components of at most {MAX_COMPONENTS}"
    if (length := text_units(message)) > MAX_TEXT:
        yield f"{length} characters of text display of at most {MAX_TEXT}"
    if "components" in message and not message["components"]:
        yield "an empty Components V2 message"


def _classic(message: Part) -> Iterator[str]:
    if units(message.get("content") or "") > MAX_CONTENT:
        yield f"content: {units(message['content'])} characters of at most {MAX_CONTENT}"
    if len(message.get("components") or ()) > MAX_ROWS:
        yield f"{len(message['components'])} rows of at most {MAX_ROWS}"
    if found := sorted({part["type"] for part in walk(message) if part.get("type") in V2_ONLY}):
        yield f"components of type {found} without the Components V2 flag"


def _embeds(embeds: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    if (total := sum(units(text) for embed in embeds for text in _embed_texts(embed))) > MAX_EMBEDS:
        yield f"{total} characters over all embeds of at most {MAX_EMBEDS}"


def _embed_texts(embed: Mapping[str, Any]) -> Iterator[str]:
    yield from (embed.get(key) or "" for key in ("title", "description"))
    yield (embed.get("footer") or {}).get("text") or ""
    yield (embed.get("author") or {}).get("name") or ""
    for field in embed.get("fields") or ():
        yield from (field.get("name") or "", field.get("value") or "")


def _part(part: Part) -> Iterator[str]:
    kind = part.get("type")
    if kind == ACTION_ROW:
        yield from _row(part.get("components") or ())
    elif kind == BUTTON:
        yield from _button(part)
    elif kind in SELECTS or kind in (RADIO_GROUP, CHECKBOX_GROUP):
        yield from _choices(part)


def _row(parts: Iterable[Part]) -> Iterator[str]:
    kinds = [part.get("type") for part in parts]
    if len(kinds) > 1 and not all(kind == BUTTON for kind in kinds):
        yield "a row holds up to five buttons or one select"


def _button(part: Part) -> Iterator[str]:
    style, custom_id = part.get("style"), part.get("custom_id")
    if style == LINK and (custom_id or not part.get("url")):
        yield "a link button has a url and no custom_id"
    if style not in (LINK, PREMIUM) and (not custom_id or part.get("url")):
        yield "a button has a custom_id and no url"
    if style != PREMIUM and not part.get("label") and not part.get("emoji"):
        yield f"button {custom_id!r} has neither label nor emoji"


def _choices(part: Part) -> Iterator[str]:
    where, options = part.get("custom_id"), part.get("options")
    if options is None:
        return
    yield from repeated(f"{where}: value", (option.get("value") for option in options))
    low, high = part.get("min_values") or 0, part.get("max_values") or 1
    if low > high or low > len(options):
        yield f"{where}: at least {low} of {len(options)} options, at most {high}"
    if sum(bool(option.get("default")) for option in options) > high:
        yield f"{where}: more preselected than may be chosen"
