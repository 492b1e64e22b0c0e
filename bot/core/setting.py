"""A place's settings as moderators type them."""

from __future__ import annotations

import re

from bot.core.errors import refuse
from bot.core.text import folded

SETTINGS = ("language", "timezone", "moderators", "reports", "results")
NONE = {"none", "ninguno", "ninguna", "nadie", "-", "off", "no"}
_ID = re.compile(r"\d{15,20}")  # a snowflake, alone or inside a mention such as <@&…> or <#…>


def read_ids(text: str) -> tuple[str, ...]:
    """The ids in a text of mentions and ids; none for "none". Refusal: wrong_id where there is neither."""
    if folded(text) in NONE or text.strip() == "-":
        return ()
    found = tuple(dict.fromkeys(_ID.findall(text)))
    if not found:
        raise refuse("wrong_id", typed=text)
    return found
