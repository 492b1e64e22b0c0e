"""A place's settings as moderators type them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from bot.core.errors import refuse
from bot.core.text import folded


class SettingKind(StrEnum):
    """What a setting takes: one of a few values, a text, roles of the place, or one of its channels."""

    CHOICE = "choice"
    TEXT = "text"
    ROLES = "roles"
    CHANNEL = "channel"


KINDS: Mapping[str, SettingKind] = {
    "language": SettingKind.CHOICE,
    "timezone": SettingKind.TEXT,
    "moderators": SettingKind.ROLES,
    "reports": SettingKind.CHANNEL,
    "results": SettingKind.CHOICE,
}
SETTINGS = tuple(KINDS)
NONE = {"none", "ninguno", "ninguna", "nadie", "-", "off", "no"}
ROLE, CHANNEL = "@&", "#"  # what stands before the id in a mention
_ID = re.compile(r"(?:<(@&|@!?|#))?(?<!\d)(\d{15,20})(?!\d)")  # a snowflake, alone or inside a mention


def read_ids(text: str, sign: str) -> tuple[str, ...]:
    """The ids in a text of bare ids and mentions with this sign; none for "none".

    Refusal: wrong_id where there are none, or where something else is mentioned.
    """
    if folded(text) in NONE or text.strip() == "-":
        return ()
    found = _ID.findall(text)
    if not found or any(mentioned not in ("", sign) for mentioned, _ in found):
        raise refuse("wrong_id", typed=text)
    return tuple(dict.fromkeys(number for _, number in found))
