"""What the composer suggests while somebody types a command: whole lines to go on with."""

from __future__ import annotations

from bot.core.errors import Refusal
from bot.platforms.typed import Completion, completions, is_command, quoted, read
from bot.platforms.web.people import Person
from bot.services.desk import Desk

MOST = 25


async def suggestions(desk: Desk, person: Person, locale: str, line: str) -> dict[str, object]:
    """Up to 25 lines to choose from, each with a label and a detail; `ready`: the line can be sent as it stands."""
    if not is_command(line):
        return {"items": [], "ready": True}
    found = completions(line, locale, moderators=person.moderates)
    values = [] if not found.source else await _values(desk, person, line, found)
    others = [_item(line[: found.start] + c.text, c.label, c.detail) for c in found.candidates]
    return {"items": (values + others)[:MOST], "ready": _ready(line, locale)}


async def _values(desk: Desk, person: Person, line: str, found: Completion) -> list[dict[str, str]]:
    answers = await desk.suggest(person.ctx(""), found.source, found.typed, found.given)
    before = line[: found.start]
    return [_item(f"{before}{quoted(each.value)} ", each.label) for each in answers]


def _item(line: str, label: str, detail: str = "") -> dict[str, str]:
    return {"line": line, "label": label, "detail": detail}


def _ready(line: str, locale: str) -> bool:
    try:
        read(line, locale)
    except Refusal:
        return False
    return True
