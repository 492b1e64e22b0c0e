"""An operator's files: drafts while they are written, all of them in place when the last one is whole, or none."""

from __future__ import annotations

import os
from io import BufferedWriter
from pathlib import Path
from typing import BinaryIO

from bot.core.card import File


class NotWritten(Exception):
    """A sentence that says why, and what to do."""


class Drafts:
    """An outlet into a folder. The first file goes to `output`, the others beside it: poll.csv, poll-ballots.csv.

    NotWritten where a file is there already and not `force`, or the system refuses. Files are readable by their owner
    alone.
    """

    def __init__(self, output: Path, force: bool) -> None:
        self._output = output
        self._force = force
        self._made: list[tuple[Path, Path, BufferedWriter]] = []

    def open(self, name: str, mime: str) -> BinaryIO:
        """A draft to write into."""
        path = self._beside(name) if self._made else self._output
        if path.exists() and not self._force:
            raise NotWritten(f"{path} is there already. Add --force to replace it, or name another file.")
        draft = path.with_name(f"{path.name}.new")
        try:
            draft.unlink(missing_ok=True)
            made = os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except OSError as problem:
            raise NotWritten(f"{path} can't be written: {problem.strerror}.") from problem
        self._made.append((path, draft, made))
        return made

    def put(self, file: File) -> None:
        """A file that is whole already. Where the very same lies there, it stays: the verifier of another export."""
        path = self._beside(file.name) if self._made else self._output
        if not _holds(path, file.data):
            self.open(file.name, file.mime).write(file.data)

    def keep(self) -> list[tuple[Path, int]]:
        """Put the drafts in place; where they are, and how large."""
        for path, _, made in self._made:
            try:
                made.close()
            except OSError as problem:
                raise NotWritten(f"{path} can't be written: {problem.strerror}.") from problem
        for path, draft, _ in self._made:
            draft.replace(path)
        return [(path, path.stat().st_size) for path, _, _ in self._made]

    def __enter__(self) -> Drafts:
        return self

    def __exit__(self, *why: object) -> None:
        """Leave nothing behind of what was not kept."""
        for _, draft, made in self._made:
            if not made.closed:
                made.close()
            draft.unlink(missing_ok=True)

    def _beside(self, name: str) -> Path:
        """Where another file goes: poll.csv has poll-ballots.csv and poll-verify.py beside it."""
        stem = Path(name).stem.rpartition("-")[2]
        return self._output.with_name(f"{self._output.stem}-{stem}{Path(name).suffix}")


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
