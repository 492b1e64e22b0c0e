"""An option that somebody asked for while a poll ran."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """Nobody is told who asked. `state` is waiting, taken or refused; `note` is why it was refused."""

    id: str
    poll: str
    text: str
    state: str = "waiting"
    note: str | None = None
