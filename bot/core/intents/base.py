"""The root of every intent, and what marks a field that a person types or attaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

PROSE = "prose"
Prose = Annotated[str, PROSE]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody attached: its name and its bytes."""

    name: str
    data: bytes


UPLOAD = "upload"
Upload = Annotated[Attachment | None, UPLOAD]


@dataclass(frozen=True, slots=True)
class Intent:
    """What a person asks for. `VERB` names it in the codec and is never changed or reused within a major version."""

    VERB: ClassVar[str] = ""
    MODERATORS: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ModeratorIntent(Intent):
    """What only a moderator may ask for: checked at the door on every press, whatever a platform showed."""

    MODERATORS: ClassVar[bool] = True
