"""What the scenario asks of a platform: type, press, fill in, look. And what people see there, by its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.core.rich import Rich, spans
from bot.i18n import words
from bot.services.desk import Desk

MOMENT = "◷"  # stands where a platform shows a time in its own way


@dataclass(frozen=True)
class Seen:
    """What one person sees of a message: its words with single spaces, what can be pressed, a form, files.

    `choices` are by label; what stands behind a label, and `handle`, are the platform's own.
    """

    text: str
    choices: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    private: bool = True
    handle: Any = None

    def choice(self, label: str) -> Any:
        """What stands behind the one label that begins so. AssertionError if there isn't exactly one."""
        found = [value for name, value in self.choices.items() if name.startswith(label)]
        assert len(found) == 1, f"{label!r} is {len(found)} times among {list(self.choices)} in: {self.text}"
        return found[0]

    def says(self, key: str, locale: str, **facts: object) -> bool:
        """Whether it holds a message of the locale file. Facts left out, and moments, may be anything."""
        return fragments(key, locale, facts).search(self.text) is not None


class Table(Protocol):
    """A platform with people at it: maria and diego read Spanish, tom, aiko, noor and lena English; sam moderates."""

    name: str
    desk: Desk

    async def type(self, who: str, command: str, **options: str) -> Seen:
        """Type a command by its English names."""

    async def press(self, who: str, label: str, on: Seen) -> Seen:
        """Press what a message or a board offers, by the beginning of its label."""

    async def fill(self, who: str, form: Seen, **values: str) -> Seen:
        """Fill in the form that an answer opened, and send it."""

    async def boards(self) -> list[Seen]:
        """What stands in public, oldest first, once it is in step with what is true."""


def squeezed(text: str) -> str:
    """Single spaces only: how lines are broken is the platform's affair."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """A text of ours without markup, moments as one sign."""
    return "".join(MOMENT if span.moment is not None else span.text for span in spans(Rich(text)))


def fragments(key: str, locale: str, facts: Mapping[str, object]) -> re.Pattern[str]:
    """A pattern of a message's words, with anything where a fact is not given."""
    t = words(locale)
    anything = dict.fromkeys(re.findall(r"name='(\w+)'", repr(t.messages[key])), Rich(MOMENT))
    message = squeezed(bare(t(key, **{**anything, **facts})))
    return re.compile(".*?".join(re.escape(part.strip()) for part in message.split(MOMENT)))
