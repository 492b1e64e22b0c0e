"""What Discord refuses in a form although its schema allows it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.spec.messages import shared_faults
from tests.spec.parts import TEXT_INPUT, Part, units, walk

MAX_PARTS = 5


def faults(modal: Part) -> Iterator[str]:
    """The faults of one modal (title, custom_id, components), as sentences."""
    if not 1 <= len(modal.get("components") or ()) <= MAX_PARTS:
        yield f"{len(modal.get('components') or ())} parts; a modal has 1 to {MAX_PARTS}"
    yield from shared_faults(modal)
    for part in walk(modal):
        if part.get("type") == TEXT_INPUT:
            yield from _text_input(part)


def _text_input(part: Part) -> Iterator[str]:
    low, high = part.get("min_length") or 0, part.get("max_length") or 4000
    if low > high:
        yield f"{part.get('custom_id')}: at least {low} and at most {high} characters"
    if units(part.get("value") or "") > high:
        yield f"{part.get('custom_id')}: the value is longer than the {high} that may be written"
