"""Where an export's files go: into memory for a message, or into a folder for an operator, a page at a time."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO, Protocol

from bot.core.card import File


class Outlet(Protocol):
    """What writers need of a place for files."""

    def open(self, name: str, mime: str) -> BinaryIO:
        """A new file to write into; whoever made the outlet closes it."""

    def put(self, file: File) -> None:
        """A file that is whole already."""


class Memory:
    """Files kept in memory until they are sent."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str, BytesIO]] = []

    def open(self, name: str, mime: str) -> BinaryIO:
        """A file of bytes."""
        made = BytesIO()
        self._open.append((name, mime, made))
        return made

    def put(self, file: File) -> None:
        """The file's bytes."""
        self.open(file.name, file.mime).write(file.data)

    def files(self) -> tuple[File, ...]:
        """Everything that was written, in the order in which it was opened."""
        return tuple(File(name, made.getvalue(), mime) for name, mime, made in self._open)
