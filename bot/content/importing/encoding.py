"""Bytes to text: UTF-8, or what the file says, or the old Windows code page as a last guess."""

from __future__ import annotations

import codecs

from bot.content.importing.said import Note, note

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes, declared: str = "") -> tuple[str, tuple[Note, ...]]:
    """The text, and a note where its encoding had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    for encoding in ("utf-8", declared):
        try:
            return data.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace"), (note("encoding", encoding="Windows-1252"),)
