"""Every rule about a payload begins with looking at all its parts, nested ones and accessories counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Part = Mapping[str, Any]

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT_DISPLAY, THUMBNAIL, CONTAINER, LABEL, FILE_UPLOAD = 9, 10, 11, 17, 18, 19
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23
SELECTS = frozenset({3, 5, 6, 7, 8})
V2_ONLY = frozenset({9, 10, 11, 12, 13, 14, 17})
EPHEMERAL, V2_FLAG = 1 << 6, 1 << 15


def units(text: str) -> int:
    """Length as Discord counts it: UTF-16 units, which never undercounts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def children(part: Part) -> Iterator[Part]:
    """The parts directly inside a part or payload: `components`, `accessory` and a label's `component`."""
    yield from part.get("components") or ()
    for key in ("accessory", "component"):
        if isinstance(part.get(key), Mapping):
            yield part[key]


def walk(payload: Part) -> Iterator[Part]:
    """Every part under a payload, outer ones first; the payload itself is not one."""
    for part in children(payload):
        yield part
        yield from walk(part)


def body(payload: Part) -> Part:
    """The message or modal inside an interaction callback; a plain message is its own body."""
    data = payload.get("data")
    return data if isinstance(data, Mapping) else payload


def is_v2(message: Part) -> bool:
    """Whether a message says that it is made of Components V2."""
    return bool((message.get("flags") or 0) & V2_FLAG)
